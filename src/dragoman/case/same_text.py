"""Which reports carry the same text: copies of one wire, cut, reordered or with another first paragraph.

A signature (MinHash over shingles of words, by rensa) finds reports that may be copies without comparing all; a check over the
passages that both texts share decides. Who quotes the same speech has not copied: quotations count only beside shared words of the
reporter's own.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rensa import RMinHash

from dragoman.text.report import Span

WHOLE, HEAD = 96, 32
"""Numbers of the signature that stand for the whole text, and for its first words: a short cut is like the head only."""
_HEAD_WORDS = 90
_BAND = 2
"""Numbers of a signature that must agree at one place: two texts that share a quarter of their shingles are found in 95 of 100 cases."""
_SHINGLE = 4
_MOST_WORDS = 20_000
_SEED = 1962
_GAP = 3
"""Words that may differ inside a shared passage: editors change one or two."""
_PASSAGE = 10
"""Words from which a shared stretch is a passage: stock phrases are shorter."""
_SHARE = 0.45
"""The share of the shorter text that lies in shared passages, from which one is a copy. See docs/method/case_linking.md."""
_FEWEST_WORDS = 12
"""Shorter texts ("URGENT ...") are copies only if they are equal."""
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"\u201c[^\u201d\n]{1,1500}\u201d|\"[^\"\n]{1,1500}\"|``(?:[^'\n]|'(?!')){1,1500}''")


@dataclass(frozen=True, slots=True)
class Copy:
    """Two texts that are one: `share` is the part of the shorter one, 0 to 1, that lies in shared passages; `why` says so in words."""

    share: float
    why: str


def signature(text: str) -> bytes:
    """What near copies are found by: 128 numbers of four bytes, the smallest first; b"" for a text without words."""
    found = _words(text)
    if not found:
        return b""
    numbers = array("I", (*_digest(found, WHOLE), *_digest(found[:_HEAD_WORDS], HEAD)))
    return numbers.tobytes()


def _digest(found: Sequence[str], size: int) -> list[int]:
    shingles = [" ".join(found[i : i + _SHINGLE]) for i in range(max(1, len(found) - _SHINGLE + 1))]
    hashed = RMinHash(num_perm=size, seed=_SEED)
    hashed.update(shingles)
    return list(hashed.digest())


def text_keys(signature: bytes) -> list[str]:
    """The keys under which a report is filed and asked for: who shares none is no copy."""
    numbers = array("I")
    numbers.frombytes(signature)
    bands = range(0, len(numbers), _BAND)
    return [f"x{i}:{numbers[i]:x}.{numbers[i + 1]:x}" for i in bands]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text[: _MOST_WORDS * 12])][:_MOST_WORDS]


def copies(one: str, other: str) -> Copy | None:
    """Whether one text copies the other, and how much of the shorter is shared; None if they were written apart."""
    first, second = _Text(one), _Text(other)
    short, long = (first, second) if len(first.words) <= len(second.words) else (second, first)
    if not short.words:
        return None
    if short.words == long.words:
        return Copy(1.0, "the same text")
    if len(short.words) < _FEWEST_WORDS:
        return None
    shared = _shared(short.words, long.words)
    share = sum(shared) / len(shared)
    if share < _SHARE or _of_own(short, shared) < _SHARE:
        return None
    longest = max(b - a for a, b in _stretches(shared))
    return Copy(round(share, 3), f"{share:.0%} of the shorter text stands in the other too, up to {longest} words on end")


def shared_spans(one: str, other: str) -> list[Span]:
    """The passages of the first text that the second one has too."""
    first, second = _Text(one), _Text(other)
    stretches = _stretches(_shared(first.words, second.words))
    return [Span(first.places[start][0], first.places[end - 1][1]) for start, end in stretches]


class _Text:
    """The words of a text, where they stand, and which of them stand inside quotation marks."""

    def __init__(self, text: str) -> None:
        text = text[: _MOST_WORDS * 12]
        found = list(_WORD.finditer(text))[:_MOST_WORDS]
        self.words = [m.group().lower() for m in found]
        self.places = [m.span() for m in found]
        self.quoted = [False] * len(found)
        spans = iter([*((m.start(), m.end()) for m in _QUOTED.finditer(text)), (len(text) + 1, len(text) + 1)])
        start, end = next(spans)
        for i, word in enumerate(found):
            while word.start() >= end and end <= len(text):
                start, end = next(spans)
            self.quoted[i] = start <= word.start() < end


def _of_own(text: _Text, shared: Sequence[bool]) -> float:
    """The share of the words outside quotations that are shared; 1 if there are hardly any."""
    own = [s for s, quoted in zip(shared, text.quoted, strict=True) if not quoted]
    return sum(own) / len(own) if len(own) >= _FEWEST_WORDS else 1.0


def _shared(short: Sequence[str], long: Sequence[str]) -> list[bool]:
    """For each word of `short` whether it lies in a passage that `long` has too."""
    there = {tuple(long[i : i + _SHINGLE]) for i in range(len(long) - _SHINGLE + 1)}
    marked = [False] * len(short)
    for i in range(len(short) - _SHINGLE + 1):
        if tuple(short[i : i + _SHINGLE]) in there:
            marked[i : i + _SHINGLE] = [True] * _SHINGLE
    for (_, end), (start, _) in pairwise(list(_stretches(marked))):
        if start - end <= _GAP:
            marked[end:start] = [True] * (start - end)
    for start, end in list(_stretches(marked)):
        if end - start < _PASSAGE:
            marked[start:end] = [False] * (end - start)
    return marked


def _stretches(marked: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """First and one past the last place of each stretch of marks."""
    start = None
    for i, mark in enumerate((*marked, False)):
        if mark and start is None:
            start = i
        elif not mark and start is not None:
            yield start, i
            start = None
