"""Events under the column names of two data sets that analysts have: POLECAT and ACLED.

What has no counterpart in a case stays empty; nothing is guessed to fill a column. docs/reference/exports.md says, column by column,
what stands there and what is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from dragoman.case.exports.selecting import Selected
from dragoman.case.judgements import CaseActor, CaseEvent
from dragoman.case.query import Filters
from dragoman.case.record import EventMention
from dragoman.lexicons.load import load
from dragoman.reading.entries import EventType, Status
from dragoman.reading.plover import QUAD, Quad, code, coded_mode, score
from dragoman.reading.wording import one_line


class Land(NamedTuple):
    """A state: its ISO 3166-1 alpha-3 code, and its usual name in English."""

    code: str
    name: str


class Code(NamedTuple):
    """What a PLOVER data set has of an event: type, mode, class (1 to 4) and conflict-cooperation score (-10 to 10)."""

    type: EventType
    mode: str | None
    quad: Quad
    score: float


def code_of(event: CaseEvent) -> Code | None:
    """The one code that type and status come to; None where it is no event there (denied, hypothetical)."""
    return code_for(event.type, event.mode, event.status)


def code_for(type: EventType, own: str | None, status: Status) -> Code | None:
    """The one code that a type, its mode and a status come to; None where it is no event there."""
    kind = code(type, status)
    if kind is None:
        return None
    mode = coded_mode(type, own, status)
    return Code(kind, mode, QUAD[kind], score(kind, mode))


def land_of(place: str | None) -> Land | None:
    """The state that a place lies in, where our lists know the whole name and it is in one state only; None otherwise."""
    state = _places().get(one_line(place).casefold()) if place else None
    return Land(state, load("states")["states"][state]["names"][0]) if state else None


@cache
def _places() -> Mapping[str, str]:
    states, towns = load("states")["states"], load("states")["places"]
    found: dict[str, set[str]] = {}
    for state, known in states.items():
        for name in (*known["names"], *known.get("seats", ()), *towns.get(state, ())):
            found.setdefault(name.casefold(), set()).add(state)
    return {name: known.pop() for name, known in found.items() if len(known) == 1}


def joined(values: Iterable[str | None], between: str = ";") -> str | None:
    """The values that are there, each once, on one line; None of none."""
    return between.join(dict.fromkeys(one_line(value).replace(between.strip(), ",") for value in values if value)) or None


def sides(s: Selected) -> Mapping[str, CaseActor]:
    """All actors that the selected events name, by id."""
    ids = sorted({actor for event in s.events for actor in (*event.initiators, *event.recipients)})
    return {actor.id: actor for actor in s.questions.actors_of(ids, Filters(as_of=s.filters.as_of))}


def publishers(s: Selected, mentions: Sequence[EventMention]) -> str | None:
    """Who published the reports that tell of an event."""
    reports = [s.all_reports[mention.place.report] for mention in mentions]
    return joined(row.publisher for row in reports)


def words_for(s: Selected, mention: EventMention, entries: Sequence[str]) -> str | None:
    """What the report of a mention calls those who take part."""
    actors = {actor.id: actor for actor in s.actors_in(mention.place.report)}
    return joined(actors[entry].name for entry in entries if entry in actors)


def roles_of(s: Selected, mention: EventMention, entries: Sequence[str]) -> str | None:
    """What the report of a mention says that they are ("foreign minister")."""
    actors = {actor.id: actor for actor in s.actors_in(mention.place.report)}
    return joined(role for entry in entries if entry in actors for role in actors[entry].roles)


def day_of(event: CaseEvent) -> str | None:
    """The first day of an event, where a whole day is told or inferred; None for a month, a year, and no date."""
    return event.when.start if event.when and len(event.when.start) == 10 and "W" not in event.when.start else None
