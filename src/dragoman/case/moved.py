"""Days that move: an act that is announced for one day, and then, before it has happened, for another; or that one puts off with no
day and another still announces.

Event mentions with two dates are never joined to one event, so that such a change lies between events. What is announced again is the
same act if it is of one kind, nobody takes part in the one who is not told of in the other, and the two are about the same; two visits by
one to another within weeks are one visit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.case.denials import claimant
from dragoman.case.likeness import closeness
from dragoman.case.record import EventMention, Record, days_between
from dragoman.reading.wording import first_day

_PENDING = frozenset({"planned", "promised", "cancelled"})
_ALIKE = 0.34
_APART = 31
"""Days between two announcements of one act, and between the two days for which it is announced."""
_MOST = 40


def moved(record: Record) -> list[list[EventMention]]:
    """The announcements of each act whose day has moved, in the record's order; two of them at least, with two days."""
    last: dict[tuple[str, str], list[list[EventMention]]] = {}
    found: list[list[EventMention]] = []
    for mention in record.events:
        if not is_announced(mention):
            continue
        cast = _cast(record, mention)
        rows = [row for who in cast for row in last.get((mention.event.type, who), [])[-_MOST:]]
        home = next((row for row in reversed(rows) if _is_one(record, row[-1], mention)), None)
        if home is None:
            found.append(home := [])
        home.append(mention)
        for who in cast:
            told = last.setdefault((mention.event.type, who), [])
            if all(row is not home for row in told[-_MOST:]):
                told.append(home)
    return [row for row in found if len(set(map(day_of, row))) > 1 and _is_told_apart(record, row)]


def _is_told_apart(record: Record, row: Sequence[EventMention]) -> bool:
    """Where something is put off with no day, that somebody else has a day for it no earlier: to call a plan off is a development."""
    if len({day for day in map(day_of, row) if day}) > 1:
        return True
    off = [(record.day_said(m.published, m.voices), claimant(record, m).source) for m in row if not day_of(m)]
    on = [(record.day_said(m.published, m.voices), claimant(record, m).source) for m in row if day_of(m) and claimant(record, m).speaker]
    return any(then >= said and by != other for said, by in off for then, other in on)


def day_of(mention: EventMention) -> str:
    """The ISO day for which an act is announced; "" where it is put off with none."""
    return mention.event.when.start if mention.event.when else ""


def is_announced(mention: EventMention) -> bool:
    """Whether a mention has an act as one to come on a day that is told, or called off."""
    event, when = mention.event, mention.event.when
    if event.status == "cancelled" and when is None:
        return True
    if event.status not in _PENDING or when is None or when.inferred or len(when.start) != 10 or not first_day(when.start):
        return False
    return when.start >= mention.published or event.status == "cancelled"


def _cast(record: Record, mention: EventMention) -> frozenset[str]:
    return frozenset(who.id for who in (*record.initiators(mention), *record.recipients(mention)))


def _is_one(record: Record, one: EventMention, other: EventMention) -> bool:
    """Whether two announcements are of one act."""
    ours, theirs = _cast(record, one), _cast(record, other)
    if not (ours <= theirs or theirs <= ours) or (one.event.mode and other.event.mode and one.event.mode != other.event.mode):
        return False
    if one.place.report == other.place.report and one.event.sentence == other.event.sentence:
        return False
    if max(days_between(one.published, other.published), abs(days_between(day_of(one), day_of(other)))) > _APART:
        return False
    same = ours == theirs and len(ours) > 1 and one.event.mode is not None and one.event.mode == other.event.mode
    return same or closeness(_about(record, one), _about(record, other)).score >= _ALIKE


def _about(record: Record, mention: EventMention) -> frozenset[str]:
    return record.matter(mention) | mention.words_of_act


def by_day(mentions: Iterable[EventMention]) -> dict[str, Sequence[EventMention]]:
    """The announcements for each day, the day announced first first."""
    found: dict[str, list[EventMention]] = {}
    for mention in mentions:
        found.setdefault(day_of(mention), []).append(mention)
    return dict(found)
