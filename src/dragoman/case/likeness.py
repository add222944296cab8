"""How much two sentences speak of the same things: shared telling words, the rare ones for more."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from dragoman.case.linking.stems import rarity

ONE_WORD = 0.8
"""What a single shared word is worth among several that are not shared."""


class Likeness(NamedTuple):
    """`score` 0 to 1: the weight of the shared stems over that of the shorter side; `shared`: the stems, rarest first."""

    score: float
    shared: tuple[str, ...]


def likeness(one: Set[str], other: Set[str]) -> Likeness:
    """One shared word makes no likeness, however short a side is: at least two must be shared, or all of one side."""
    shared = one & other
    if not shared or (len(shared) < 2 and len(shared) < max(len(one), len(other))):
        return Likeness(0.0, tuple(shared))
    least = min(_weight(one), _weight(other))
    return Likeness(min(1.0, _weight(shared) / least), tuple(sorted(shared, key=lambda s: (-rarity(s), s))))


def closeness(one: Set[str], other: Set[str]) -> Likeness:
    """The same for the few words that tell what an act is about: one shared word counts, for less."""
    shared = one & other
    if not shared:
        return Likeness(0.0, ())
    score = _weight(shared) / min(_weight(one), _weight(other))
    alone = ONE_WORD if len(shared) == 1 and len(one) > 1 and len(other) > 1 else 1.0
    return Likeness(min(1.0, score) * alone, tuple(sorted(shared, key=lambda s: (-rarity(s), s))))


def _weight(stems: Set[str]) -> float:
    return sum(map(rarity, stems)) or 1.0
