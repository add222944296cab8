"""What most mentions of an event, or of an actor, agree on: type, status, sides and days of the one, kind and country of the other.

What several sources say counts once for each of them; a copy of a report says nothing again. A row of a data set was coded from reports,
perhaps from these: beside a report it is no further source, and all data sets together are one where no report tells an event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar, cast

import msgspec

from dragoman.case.foreign.sets import is_row
from dragoman.case.record import EventMention, Record
from dragoman.reading.entries import Actor, Kind, Status, When

SAMPLE = 8
"""Mentions of an actor that tell its country and sectors, spread over all reports."""
_Value = TypeVar("_Value", bound=Hashable)
_Any = TypeVar("_Any")


class Traits(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of an actor: its kind, its ISO 3166-1 alpha-3 code if it has one, and its sectors, the most frequent first."""

    kind: Kind
    country: str | None
    sectors: tuple[str, ...]


def sample(places: Sequence[_Any]) -> Sequence[_Any]:
    """At most SAMPLE of the places, spread evenly."""
    return places[:: -(-len(places) // SAMPLE)] if places else places


def traits(told: Sequence[Actor]) -> Traits:
    """What some mentions of an actor, one at least, agree on."""
    sectors = Counter(sector for actor in told for sector in actor.sectors)
    return Traits(
        Counter(actor.kind for actor in told).most_common(1)[0][0],
        most([actor.country for actor in told if actor.country]),
        tuple(sector for sector, count in sectors.most_common() if 2 * count >= len(told)),
    )


def sources(record: Record, mentions: Iterable[EventMention]) -> set[str]:
    """Who stands behind some mentions. A copy says nothing again: whom it quotes ("a witness") is the one whom the first text quotes."""
    first: dict[str, str] = {}
    mentions, rows = _parted(record, mentions)
    if not mentions and rows:
        return {"data sets"}
    told = [m for m in mentions if first.setdefault(record.original(m.place.report), m.place.report) == m.place.report]
    return {record.claimant(mention.place.report, mention.voices).source for mention in told}


def _parted(record: Record, mentions: Iterable[EventMention]) -> tuple[list[EventMention], list[EventMention]]:
    """The mentions of reports, and those of rows of data sets."""
    parts: tuple[list[EventMention], list[EventMention]] = ([], [])
    for mention in mentions:
        report = record.reports[mention.place.report]
        parts[is_row(report.publisher, report.title, report.source_id)].append(mention)
    return parts


def status(record: Record, item: str, mentions: Sequence[EventMention]) -> Status:
    """The status that a person has given it, else that most sources give it; of two equal ones the one told first."""
    if item in record.said:
        return cast(Status, record.said[item])
    told: dict[Status, list[EventMention]] = {}
    reported, rows = _parted(record, mentions)
    for mention in reported or rows:  # a data set holds all that it has for done
        told.setdefault(mention.event.status, []).append(mention)
    if len(told) == 1:
        return next(iter(told))
    return max(told, key=lambda one: len(sources(record, told[one])))


def when(mentions: Iterable[EventMention]) -> When | None:
    """The days that most mentions give; those that are told go before those that are inferred."""
    given = [mention.event.when for mention in mentions if mention.event.when]
    return most([one for one in given if not one.inferred]) or most(given)


def with_status(mentions: Sequence[EventMention], wanted: Status) -> Sequence[EventMention]:
    """The mentions that give an event this status; all of them where none does."""
    return [m for m in mentions if m.event.status == wanted] or mentions


def initiators(record: Record, mentions: Iterable[EventMention]) -> tuple[str, ...]:
    """Who does it."""
    return often(who.id for mention in mentions for who in record.initiators(mention))


def recipients(record: Record, mentions: Iterable[EventMention]) -> tuple[str, ...]:
    """To whom it is done."""
    return often(who.id for mention in mentions for who in record.recipients(mention))


def most(values: Sequence[_Value]) -> _Value | None:
    """The most frequent value, of equal ones the first; None of none."""
    return Counter(values).most_common(1)[0][0] if values else None


def often(values: Iterable[str]) -> tuple[str, ...]:
    """Those told at least half as often as the one told most, in that order."""
    counts = Counter(values).most_common()
    return tuple(value for value, count in counts if 2 * count >= counts[0][1])
