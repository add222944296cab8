"""Which item of the case a new mention belongs to: the best one that no member of it contradicts, else a new one.

Mentions come one at a time, report by report, and what was decided is not turned over by what comes later: a person can.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dragoman.case.judgements import LinkKind, Place
from dragoman.case.linking.rules import may_come_of, may_reverse, never_same
from dragoman.case.linking.score import Scored, chance, score
from dragoman.case.linking.views import EventView

JOIN = 0.5
"""The mean chance with the members of an item from which a mention joins it."""
LINK = 0.5
"""The chance from which an act counts as what came of a plan, or as undoing another."""
MOST_MEMBERS = 12
"""Members of one item that a mention is compared with: the first of them and the last."""


class Member(NamedTuple):
    """A mention that is already in the case, and the item that it belongs to."""

    item: str
    view: EventView


class Assignment(NamedTuple):
    """The item that an act's or an actor's mention joins, None for a new one; the member that it is linked to, the chance, the reason."""

    item: str | None
    to: Place | None = None
    scored: Scored = Scored(0.0, "")


class Tie(NamedTuple):
    """A link between two items' mentions that does not make them one: what came of a plan, what undoes what."""

    kind: LinkKind
    item: str
    to: Place
    scored: Scored


def assign(view: EventView, candidates: Iterable[Member], join: float = JOIN) -> Assignment:
    """The item that `view` joins: of those that no member forbids, the one whose members it matches best on the mean."""
    best, best_mean = None, join
    for members in by_item(candidates).values():
        if any(never_same(view, member.view) for member in members):
            continue
        chances = [chance(view, member.view) for member in members]
        mean = sum(chances) / len(chances)
        if mean >= best_mean:
            best, best_mean = members[chances.index(max(chances))], mean
    if best is None:
        return Assignment(None)
    return Assignment(best.item, best.view.place, Scored(round(best_mean, 4), score(view, best.view).why))


def by_item(candidates: Iterable[Member]) -> dict[str, list[Member]]:
    """The members of each item, in their order; of many only the first and the last."""
    found: dict[str, list[Member]] = {}
    for member in candidates:
        found.setdefault(member.item, []).append(member)
    half = MOST_MEMBERS // 2
    return {item: ms if len(ms) <= MOST_MEMBERS else ms[:half] + ms[-half:] for item, ms in found.items()}


def ties(view: EventView, candidates: Sequence[Member]) -> list[Tie]:
    """The plans that `view` may be the outcome of and the acts that it may undo, the best mention of each item, the most certain first."""
    found: dict[tuple[LinkKind, str], Tie] = {}
    for item, other in candidates:
        for kind, may in (("came_of", may_come_of(view, other)), ("reverses", may_reverse(view, other))):
            if may and (scored := score(view, other)).score >= LINK:
                _keep_better(found, Tie(kind, item, other.place, scored))  # type: ignore[arg-type]
    return sorted(found.values(), key=lambda tie: (-tie.scored.score, tie.item))


def _keep_better(found: dict[tuple[LinkKind, str], Tie], tie: Tie) -> None:
    before = found.get((tie.kind, tie.item))
    if before is None or before.scored.score < tie.scored.score:
        found[tie.kind, tie.item] = tie
