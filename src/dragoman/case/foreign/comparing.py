"""The rows of a data set beside the events that our reports tell: which are the same, which only one of the two has.

Two events are matched, one to one, if their days are one apart at most, the PLOVER codes are the same, and somebody on each side is the
same actor of the case or of the same state. An event that the case holds as one act is matched by that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.case.asking import Telling
from dragoman.case.case import Case
from dragoman.case.exports.elsewhere import code_of, day_of
from dragoman.case.foreign.sets import DataSet, is_row, publishers_of
from dragoman.case.judgements import CaseEvent

_SLACK = 1


@dataclass(frozen=True)
class Compared:
    """Events with a day, by id: `matched` pairs theirs with ours; `ours` only between the first and the last day of the data set.

    `near` pairs those of theirs that only differ in type from one of ours that is not matched; they stand in `theirs` too. `undated`
    counts events without a day, of theirs and of ours, and `outside` those of ours on other days: none of them is compared. `told` has
    each event in words.
    """

    matched: tuple[tuple[str, str], ...]
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    near: tuple[tuple[str, str], ...]
    undated: tuple[int, int]
    outside: int
    days: tuple[str, str] | None
    told: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class _Act:
    event: str
    day: date
    type: str
    initiators: frozenset[str]
    recipients: frozenset[str]


@dataclass
class _Sorted:
    """The acts of a case that can be compared."""

    theirs: list[_Act] = field(default_factory=list)
    ours: list[_Act] = field(default_factory=list)
    both: list[_Act] = field(default_factory=list)
    undated: tuple[int, int] = (0, 0)
    told: dict[str, str] = field(default_factory=dict)


def compare(case: Case, form: DataSet) -> Compared:
    """Compares the rows of a data set that were brought into the case with what the other reports tell. Other data sets are left out."""
    found = _sorted(case, form)
    pairs = list(_pairs(found.theirs, found.ours))
    days = [act.day for act in (*found.theirs, *found.both)]
    within = [act for act in found.ours if days and min(days) - _slack() <= act.day <= max(days) + _slack()]
    left, right = {one for one, _ in pairs}, {other for _, other in pairs}
    rest = [act for act in found.theirs if act.event not in left], [act for act in within if act.event not in right]
    return Compared(
        tuple([(act.event, act.event) for act in found.both] + pairs),
        tuple(act.event for act in rest[0]),
        tuple(act.event for act in rest[1]),
        tuple(_pairs(*rest, any_type=True)),
        found.undated,
        len(found.ours) - len(within),
        (min(days).isoformat(), max(days).isoformat()) if days else None,
        found.told,
    )


def _sorted(case: Case, form: DataSet) -> _Sorted:
    rows = {row.id: row.publisher for row in case.reports() if is_row(row.publisher or "", row.title or "", row.source_id or "")}
    countries = {actor.id: actor.country for actor in case.actors()}
    found, wanted = _Sorted(), publishers_of(form)
    for telling in case.timeline():
        reports = [claim.report for claim in telling.event.claims]
        here, there = any(report not in rows for report in reports), any(rows.get(report) in wanted for report in reports)
        act = _act(telling, countries)
        if act is None:
            counts = code_of(telling.event) is not None
            found.undated = (found.undated[0] + (there and counts), found.undated[1] + (here and not there and counts))
        elif here or there:
            (found.both if here and there else found.theirs if there else found.ours).append(act)
            found.told[act.event] = _words(telling, act)
    return found


def _words(telling: Telling, act: _Act) -> str:
    """ "2006-12-01  ASSAULT  Iraq → Iran"."""
    who = " → ".join(filter(None, (", ".join(telling.who), ", ".join(telling.whom)))) or "nobody named"
    return f"{act.day}  {act.type}  {who}"


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


def _pairs(theirs: Sequence[_Act], ours: Sequence[_Act], any_type: bool = False) -> Iterator[tuple[str, str]]:
    """Each of theirs with the first of ours that fits and is not taken, the same day before the next ones."""
    known: dict[tuple[str, date], list[_Act]] = defaultdict(list)
    for act in ours:
        known["" if any_type else act.type, act.day].append(act)
    taken: set[str] = set()
    for act in theirs:
        near = (
            other
            for days in (0, -_SLACK, _SLACK)
            for other in known.get(("" if any_type else act.type, act.day + timedelta(days=days)), ())
        )
        found = next((other for other in near if other.event not in taken and _same_sides(act, other, any_type)), None)
        if found is not None:
            taken.add(found.event)
            yield act.event, found.event


def _same_sides(one: _Act, other: _Act, both: bool) -> bool:
    """Whether somebody is the same on each side, or, unless `both` are wanted, nobody is told there by either."""
    sides = ((one.initiators, other.initiators), (one.recipients, other.recipients))
    if both:
        return all(a & b for a, b in sides)
    return any(a and b for a, b in sides) and all(a & b or not (a or b) for a, b in sides)
