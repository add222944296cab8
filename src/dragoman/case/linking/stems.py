"""Words as they are compared between reports: stems that join "resigned", "resigns" and "resignation", and how rare each is.

The case has no language model, so that words are cut by their spelling alone. Two words that differ in meaning may come to one stem
("general", "generation" stay apart, "port", "porter" do not): a stem is evidence, never an identity.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from io import StringIO
from typing import NamedTuple

from dragoman.lexicons.load import load, text_of

_WORD = re.compile(r"[^\W_]+(?:[.,'\u2019-][^\W_]+)*")
_INNER = re.compile(r"[-\u2019']")
_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = (
    ("ization", 4), ("isation", 4), ("ation", 4), ("ition", 4), ("ution", 4), ("ment", 4), ("ance", 4), ("ence", 4), ("ness", 4),
    ("able", 4), ("ible", 4), ("ship", 4), ("ator", 4), ("ion", 4), ("ive", 4), ("ity", 4), ("ize", 4), ("ise", 4), ("ate", 4),
    ("ery", 4), ("age", 4), ("ant", 5), ("ent", 5), ("al", 4), ("er", 4), ("or", 4), ("ly", 4),
)  # fmt: skip
"""Endings that make one word of another, longest first, with the fewest letters that must be left."""
_FEWEST = 3
"""Letters that are left at least when an ending of inflection is cut."""
_LONGEST = 40
"""A longer "word" is an address or noise: it is compared by its first letters."""


class Word(NamedTuple):
    """A word of a text: its stem, where it begins (characters), and whether it is written with a capital."""

    stem: str
    start: int
    capital: bool


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of `text[start:end]` with their stems; hyphens and apostrophes part words."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        at = match.start()
        for part in _INNER.split(match.group()):
            if len(part) > 1 or part.isdigit():
                yield Word(stem(part), at, part[0].isupper())
            at += len(part) + 1


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one word in lower case without accents. "attacks", "attacked" and "attacker" give "attack"."""
    plain = folded(word)[:_LONGEST]
    if len(plain) <= _FEWEST or not plain.isalpha():
        return plain
    plain = _irregular().get(plain, plain)
    return _last_letter(_derived(_uninflected(plain)))


def folded(word: str) -> str:
    """Lower case, no accents, no possessive ending."""
    decomposed = unicodedata.normalize("NFKD", word.replace("\u2019", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().removesuffix("'s").strip(".,'")


def _uninflected(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ed", "ing", "ings"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= _FEWEST and _VOWEL.search(base):
            return base + "e" if base.endswith(("at", "iz", "is")) and len(base) > 4 else _undoubled(base)
    return word


def _undoubled(base: str) -> str:
    return base[:-1] if base[-1] == base[-2] and base[-1] not in "lsez" else base


def _derived(word: str) -> str:
    for ending, fewest in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= fewest and _VOWEL.search(base):
            return _undoubled(base)
    return word


def _last_letter(word: str) -> str:
    """ "deny" and "denial" meet as "deni", "release" and "releasing" as "releas"."""
    if word.endswith("y") and len(word) > _FEWEST and word[-2] not in "aeiou":
        return word[:-1] + "i"
    return word.rstrip("e") if len(word.rstrip("e")) >= _FEWEST else word


@cache
def _irregular() -> Mapping[str, str]:
    lexicon = load("irregular")
    return {form: lemma for part in lexicon.values() for form, lemma in part.items()}


@cache
def _rarities() -> Mapping[str, float]:
    rows = csv.reader(StringIO(text_of("stems.csv")))
    return {row[0]: float(row[1]) for row in rows if row and not row[0].startswith("#")}


RAREST = 8.0
"""The weight of a stem that the table does not know."""


def rarity(stem: str) -> float:
    """How much a shared stem tells: about 0 for "the" and "say", `RAREST` for a word that no list knows. Natural logarithm."""
    return _rarities().get(stem, RAREST)
