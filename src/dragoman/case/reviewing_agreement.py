"""How far people agree who have decided the same questions: Krippendorff's alpha, and the questions over which they differ.

Alpha is 1 - observed disagreement / disagreement to be expected by chance: 1 where all agree, 0 where they agree no more often than by
chance, below 0 where less often. It takes any number of people, and people who have decided only a part.

The formula for nominal data is that of Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (University of Pennsylvania,
Annenberg School for Communication, 2011), https://repository.upenn.edu/asc_papers/43, section C: with o(c, k) the coincidences of
two values within a unit, each of a unit's ordered pairs weighing 1 / (values of the unit - 1), n(c) their sums and n the sum of all,

    alpha = 1 - (n - 1) * sum of o(c, k) over c != k / sum of n(c) * n(k) over c != k
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from dragoman.case.reviewing import REASONS, Reason
from dragoman.case.reviewing_words import Unit, units
from dragoman.case.store.base import Store


@dataclass(frozen=True, slots=True)
class Agreed:
    """Agreement on one kind of question: `units` were decided by two people or more, `same` of them alike, by these `people`.

    `alpha` is None where it says nothing: there are no such units, or all of them got one and the same word.
    """

    reason: Reason
    units: int
    same: int
    people: tuple[str, ...]
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on each kind of question that two have decided, and the questions over which people differ.

    `open` are still to be settled, `settled` were settled by a further decision; the latest disagreement first.
    """

    kinds: tuple[Agreed, ...]
    open: tuple[Unit, ...]
    settled: tuple[Unit, ...]


def agreement(store: Store) -> Agreement:
    """How far those who have decided about a case agree."""
    shared = [unit for unit in units(store) if len(unit.words) > 1]
    of = {reason: [unit for unit in shared if unit.reason == reason] for reason in REASONS}
    kinds = tuple(_agreed(reason, found) for reason, found in of.items() if found)
    differ = sorted((unit for unit in shared if unit.differ), key=lambda unit: max(word.at for word in unit.words), reverse=True)
    return Agreement(kinds, tuple(u for u in differ if u.settled is None), tuple(u for u in differ if u.settled is not None))


def _agreed(reason: Reason, shared: Sequence[Unit]) -> Agreed:
    people = dict.fromkeys(word.by for unit in shared for word in unit.words)
    value = alpha([word.said for word in unit.words] for unit in shared)
    return Agreed(reason, len(shared), sum(not unit.differ for unit in shared), tuple(people), value)


def alpha(values: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal values, a list for each unit; units with less than two values say nothing.

    None where nothing can be said: no unit has two values, or all values are the same.
    """
    together: defaultdict[tuple[str, str], float] = defaultdict(float)
    for unit in values:
        for pair in permutations(unit, 2):
            together[pair] += 1 / (len(unit) - 1)
    total: defaultdict[str, float] = defaultdict(float)
    for (one, _), weight in together.items():
        total[one] += weight
    count = sum(total.values())
    expected = sum(total[one] * total[other] for one, other in permutations(total, 2))
    if not expected:
        return None
    observed = sum(weight for (one, other), weight in together.items() if one != other)
    return 1 - (count - 1) * observed / expected
