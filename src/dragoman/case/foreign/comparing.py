"""The rows of a data set beside the events that our reports tell: which are the same, which only one of the two has.

Two events are matched, one to one, if their days are one apart at most, the PLOVER codes are the same, and somebody on each side is the
same actor of the case or of the same state. An event that the case holds as one act is matched by that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.case.asking import Telling
from dragoman.case.case import Case
from dragoman.case.exports.elsewhere import code_of, day_of
from dragoman.case.foreign.bringing import DataSet, called
from dragoman.case.judgements import CaseEvent

_SLACK = 1


@dataclass(frozen=True)
class Compared:
    """Events with a day, by id: `matched` pairs theirs with ours; `ours` only between the first and the last day of the data set.

    `undated` counts events of both without a day, which are not compared.
    """

    matched: tuple[tuple[str, str], ...]
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    undated: int


@dataclass(frozen=True)
class _Act:
    event: str
    day: date
    type: str
    initiators: frozenset[str]
    recipients: frozenset[str]


def compare(case: Case, form: DataSet) -> Compared:
    """Compares the rows of a data set that were brought into the case with what the other reports tell. Other data sets are left out."""
    publisher = {row.id: row.publisher for row in case.reports()}
    countries = {actor.id: actor.country for actor in case.actors()}
    theirs, ours, both, undated = [], [], [], 0
    foreign = called()
    for telling in case.timeline():
        tellers = {publisher.get(claim.report) for claim in telling.event.claims}
        here, there = bool(tellers.difference(foreign.values())), foreign[form] in tellers
        act = _act(telling, countries)
        if act is None:
            undated += (here or there) and code_of(telling.event) is not None
        elif here and there:
            both.append(act)
        elif there:
            theirs.append(act)
        elif here:
            ours.append(act)
    pairs = list(_pairs(theirs, ours))
    days = [act.day for act in (*theirs, *both)]
    within = [act for act in ours if days and min(days) - _slack() <= act.day <= max(days) + _slack()]
    left, right = {one for one, _ in pairs}, {other for _, other in pairs}
    return Compared(
        tuple([(act.event, act.event) for act in both] + pairs),
        tuple(act.event for act in theirs if act.event not in left),
        tuple(act.event for act in within if act.event not in right),
        undated,
    )


def _slack() -> timedelta:
    return timedelta(days=_SLACK)


def _act(telling: Telling, countries: Mapping[str, str | None]) -> _Act | None:
    """None for what a PLOVER data set has not, and for what has no day."""
    event: CaseEvent = telling.event
    code, day = code_of(event), day_of(event)
    if code is None or day is None:
        return None
    sides = (frozenset(_keys(side, countries)) for side in (event.initiators, event.recipients))
    return _Act(event.id, date.fromisoformat(day), code.type, *sides)


def _keys(actors: Sequence[str], countries: Mapping[str, str | None]) -> Iterator[str]:
    for actor in actors:
        yield actor
        if country := countries.get(actor):
            yield f"in {country}"


def _pairs(theirs: Sequence[_Act], ours: Sequence[_Act]) -> Iterator[tuple[str, str]]:
    """Each of theirs with the first of ours that fits and is not taken, the same day before the next ones."""
    known: dict[tuple[str, date], list[_Act]] = defaultdict(list)
    for act in ours:
        known[act.type, act.day].append(act)
    taken: set[str] = set()
    for act in theirs:
        near = (other for days in (0, -_SLACK, _SLACK) for other in known.get((act.type, act.day + timedelta(days=days)), ()))
        found = next((other for other in near if other.event not in taken and _same_sides(act, other)), None)
        if found is not None:
            taken.add(found.event)
            yield act.event, found.event


def _same_sides(one: _Act, other: _Act) -> bool:
    """Whether somebody is the same on each side, or nobody is told there by either."""
    sides = ((one.initiators, other.initiators), (one.recipients, other.recipients))
    return any(a and b for a, b in sides) and all(a & b or not (a or b) for a, b in sides)
