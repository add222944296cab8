"""What counts as a word in a search, on both databases alike: runs of letters and digits, without case and accents.

The databases get words and give reports back; neither splits text itself. So an answer, and the offsets of a match, do not
depend on where a case is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 64
"""Characters of a word that count; a database limits what it can index."""
_ASCII_WORD = re.compile("[a-z0-9]+")
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")


class Word(NamedTuple):
    """A word as it is compared (`form`) and where it stands: offsets into the text that it was found in."""

    form: str
    start: int
    end: int


def fold(word: str) -> str:
    """The form in which words are compared: no case, no accents, no typographic variants; "" where nothing is left."""
    if word.isascii():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(character for character in plain if character.isalnum())[:LONGEST]


def words(text: str) -> Iterator[Word]:
    """The words of a text, in order."""
    if text.isascii():
        for match in _ASCII_WORD.finditer(text.lower()):
            yield Word(match[0][:LONGEST], match.start(), match.end())
        return
    for match in _WORD.finditer(text):
        form = fold(match[0])
        if form:
            yield Word(form, match.start(), match.end())


def forms(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [word.form for word in words(text)]


def folded(name: str) -> str:
    """A name as it is looked up: its words, each after a space."""
    return " ".join(forms(name))
