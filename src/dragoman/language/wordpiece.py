"""One word -> the ids of its word pieces, as BERT cuts them (Wu et al. 2016; Devlin et al. 2019).

The word is cleaned of control characters, put into lower case without accents, split at punctuation and at ideographs, and
each part is taken to pieces by the longest match in the vocabulary. The package `tokenizers` does the same, but brings 30 MB
with it (it depends on a client for a model hub); a test holds both against each other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

_LONGEST = 100  # characters of a part; a longer one is unknown
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class WordPieces:
    """A vocabulary: one piece a line, the number of the line being its id; pieces inside a word begin with "##"."""

    def __init__(self, path: Path) -> None:
        """Raises OSError if the file cannot be read."""
        lines = path.read_text("utf-8").split("\n")
        self._ids: Mapping[str, int] = {piece: number for number, piece in enumerate(lines) if piece}
        self.unknown = self._ids["[UNK]"]

    def mark(self, name: str) -> int:
        """The id of a mark that is no part of a text: [CLS], [SEP], [MASK]."""
        return self._ids[name]

    def ids(self, word: str) -> list[int]:
        """The ids of a word's pieces; that of [UNK] for a word of which nothing is left."""
        return [i for part in _parts(word) for i in self._pieces(part)] or [self.unknown]

    def _pieces(self, part: str) -> Sequence[int]:
        if len(part) > _LONGEST:
            return (self.unknown,)
        found, start = [], 0
        while start < len(part):
            prefix = "##" if start else ""
            ends = range(len(part), start, -1)
            end = next((e for e in ends if prefix + part[start:e] in self._ids), None)
            if end is None:
                return (self.unknown,)
            found.append(self._ids[prefix + part[start:end]])
            start = end
        return found


def _parts(word: str) -> Iterator[str]:
    """The plain form of a word, cut at white space, punctuation and ideographs."""
    if word.isascii() and word.isalpha():  # most words
        yield word.lower()
        return
    part = ""
    for character in _plain(word):
        if character.isspace() or _stands_alone(character):
            if part:
                yield part
            part = ""
            if not character.isspace():
                yield character
        else:
            part += character
    if part:
        yield part


def _plain(word: str) -> str:
    """Lower case without accents and control characters."""
    clean = "".join(c for c in word if not _is_control(c))
    bare = "".join(c for c in unicodedata.normalize("NFD", clean) if unicodedata.category(c) != "Mn")
    return "".join(c.lower() for c in bare)


def _is_control(character: str) -> bool:
    if character in "\t\n\r":
        return False
    return character in "\x00\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Co")


def _stands_alone(character: str) -> bool:
    if character.isascii():
        return not character.isalnum() and character.isprintable()
    code = ord(character)
    return unicodedata.category(character).startswith("P") or any(low <= code <= high for low, high in _IDEOGRAPHS)
