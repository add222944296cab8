"""Which reports are about one story: groups of reports whose heaviest words are the same.

Average linkage: the two groups that are most alike on the mean are joined until none are alike enough.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.case.linking.views import Weights

ALIKE = 0.26
"""The mean likeness from which two groups are one story. This and the four below were swept on ECB+ train."""
ALIKE_IN_NEWS = 0.18
"""The same for news of all kinds, without the word that two reports share most of. Chosen by reading the groups of three weeks of wire."""
_LOOKED_AT = 0.15
COHESION = 0.65
"""Two groups of some size are one story only if they are as alike as this share of what holds each together."""
SOME_SIZE = 5
FEW = 3
"""A group of so few reports is a leftover and no story of its own, if any other group is like it at all."""
LEFT_OVER = 0.15
"""The mean likeness from which a leftover joins the group that is most like it."""
Table = NDArray[np.float64]


def story_groups(reports: Sequence[Weights], alike: float | None = None, *, in_topics: bool = True) -> list[int]:
    """The number of the story of each report, numbered by their first reports. `reports` tell what each is about (`about_of`).

    `in_topics`: that the reports were collected by topics, so that each belongs to a story told by several: leftovers join the group
    that is most like them. Of the news of a week most reports stand alone, and two that only share the name of a country are two stories.
    Takes time with the square of the number of reports: for hundreds, not for tens of thousands.
    """
    groups = {i: [i] for i in range(len(reports))}
    pairs = likenesses(reports, beyond_one_word=not in_topics)
    alike = alike or (ALIKE if in_topics else ALIKE_IN_NEWS)
    table = pairs.copy()
    while len(groups) > 1:
        kept, joined = (int(i) for i in sorted(np.unravel_index(int(np.argmax(table)), table.shape)))
        if table[kept, joined] < alike:
            break
        if _are_two(pairs, groups[kept], groups[joined], float(table[kept, joined])):
            table[kept, joined] = table[joined, kept] = -1.0
        else:
            _join(table, groups, kept, joined)
    if in_topics:
        _place_leftovers(table, groups)
    numbers = {i: number for number, members in enumerate(sorted(groups.values(), key=min)) for i in members}
    return [numbers[i] for i in range(len(reports))]


def _are_two(pairs: Table, one: list[int], other: list[int], between: float) -> bool:
    """Whether two groups are each so close that what is between them is a gap: two quakes in two years, two trials of one kind."""
    if min(len(one), len(other)) < SOME_SIZE:
        return False
    return between < COHESION * (_cohesion(pairs, one) + _cohesion(pairs, other)) / 2


def _cohesion(pairs: Table, members: list[int]) -> float:
    """The mean likeness of the pairs within a group of two or more."""
    size = len(members)
    return float(pairs[np.ix_(members, members)].sum() + size) / (size * (size - 1))  # the diagonal holds -1


def _place_leftovers(table: Table, groups: dict[int, list[int]]) -> None:
    """Each small group joins the one that is most like it, the smallest first."""
    waiting = sorted((i for i, members in groups.items() if len(members) <= FEW), key=lambda i: (len(groups[i]), i))
    for i in waiting:
        if i in groups and len(groups[i]) <= FEW:
            best = int(np.argmax(table[i]))
            if table[i, best] >= LEFT_OVER:
                _join(table, groups, best, i)


def likenesses(reports: Sequence[Weights], *, beyond_one_word: bool = False) -> Table:
    """The cosine of each report with each other (n, n); -1 on the diagonal. Words of one report only tell nothing and are left out.

    `beyond_one_word` leaves out of each likeness what the word adds that adds most.
    """
    columns: dict[str, int] = {}
    for report in reports:
        for word in report:
            columns.setdefault(word, len(columns))
    rows = np.zeros((len(reports), len(columns)))
    for row, report in zip(rows, reports, strict=True):
        row[[columns[word] for word in report]] = list(report.values())
    rows = rows[:, (rows > 0).sum(axis=0) > 1]
    rows /= np.maximum(np.sqrt((rows**2).sum(axis=1, keepdims=True)), 1e-9)
    table: Table = rows @ rows.T
    if beyond_one_word:
        for one, others in ((one, np.nonzero(table[one] > _LOOKED_AT)[0]) for one in range(len(reports))):
            table[one, others] -= (rows[others] * rows[one]).max(axis=1, initial=0.0)
    np.fill_diagonal(table, -1.0)
    return table


def _join(table: Table, groups: dict[int, list[int]], kept: int, joined: int) -> None:
    """Makes row and column `kept` those of the joined group, and those of `joined` empty."""
    many, more = len(groups[kept]), len(groups[joined])
    row = (table[kept] * many + table[joined] * more) / (many + more)
    row[[kept, joined]] = -1.0
    row[table[joined] <= -1.0] = -1.0
    row[table[kept] <= -1.0] = -1.0
    table[kept], table[:, kept] = row, row
    table[joined], table[:, joined] = -1.0, -1.0
    groups[kept] += groups.pop(joined)
