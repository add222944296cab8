"""Who acts on whom, event by event, as it is kept when a case is settled: what each event came to on each day, and what is known of
the actors in it. The network of a large case is counted from these rows, without going over the reports.

They are msgspec's structs, which Python's search for garbage passes over: a question about a large case makes a hundred thousand of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import permutations
from typing import Any, Generic, TypeVar

import msgspec

from dragoman.case import agreed
from dragoman.case.agreed import Traits
from dragoman.case.judgements import Place
from dragoman.case.record import EventMention, Record
from dragoman.case.store.base import FollowRow
from dragoman.reading.entries import Actor, EventType, Status
from dragoman.reading.wording import one_line

_Value = TypeVar("_Value")
# Where nobody is told to be acted on, those who do these together do them with each other.
_TOGETHER = ("CONSULT", "AGREE", "COOPERATE")


class Deed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An event between actors. `day` is its first ISO day (or month, or year), of the report where none is told; `last` its last one."""

    type: EventType
    mode: str | None
    status: Status
    day: str
    last: str
    initiators: tuple[str, ...]
    recipients: tuple[str, ...]


class Kept(msgspec.Struct, Generic[_Value], frozen=True, array_like=True, gc=False):
    """Something that is so `now`, from the day `since` on ("": on no day that can be asked for), and was otherwise before.

    `past` gives the day from which each earlier value was so; None is nothing.
    """

    now: _Value | None
    since: str
    past: tuple[tuple[str, _Value | None], ...]

    def at(self, as_of: str | None) -> _Value | None:
        """How it was at the end of a day, None for today."""
        if as_of is None or (self.since and self.since <= as_of):
            return self.now
        at = bisect_right(self.past, as_of, key=lambda was: was[0])
        return self.past[at - 1][1] if at else None

    @property
    def first(self) -> str:
        """The first day on which there was something; "" if there was none."""
        return next((day for day, was in self.past if was is not None), self.since)


class Party(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An actor of a deed: its name in the case, on one line, and what was known of it."""

    name: str
    traits: Kept[Traits]


DEEDS = msgspec.json.Decoder(list[Kept[Deed]])
PARTIES = msgspec.json.Decoder(list[Party])
_Rows = TypeVar("_Rows")


def decoded(decoder: msgspec.json.Decoder[list[_Rows]], rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[str, _Rows]]:
    """Rows of ids and JSON, decoded in one go."""
    return zip([item for item, _ in rows], decoder.decode(f"[{','.join([text for _, text in rows])}]"), strict=True)


def pairs(deed: Deed) -> Iterable[tuple[str, str]]:
    """Who acts on whom; those who meet, agree or work together act on each other."""
    if not deed.recipients and deed.type in _TOGETHER:
        return permutations(deed.initiators, 2)
    return ((one, other) for one in deed.initiators for other in deed.recipients if one != other)


def rows(record: Record, names: Callable[[Iterable[str]], Mapping[str, str]], numbers: Mapping[str, int]) -> list[FollowRow]:
    """All that is to be kept. `names` gives the names of actors, `numbers` the number of each report."""
    deeds = {item: kept for item, mentions in record.clusters.items() if (kept := _deeds(record, item, mentions))}
    found = [FollowRow(item, "event", None, kept.first, len(record.clusters[item]), _json(kept)) for item, kept in deeds.items()]
    acting = {actor for kept in deeds.values() for deed in _all(kept) for actor in (*deed.initiators, *deed.recipients)}
    called = names(sorted(acting))
    for item, told in _told(record, acting, numbers).items():
        if item in called:
            party = Party(one_line(called[item]), _over_time([day for day, _ in told], partial(_traits, told)))
            found.append(FollowRow(item, "actor", None, party.traits.first, len(told), _json(party)))
    return found


def _all(kept: Kept[Deed]) -> Iterator[Deed]:
    yield from (deed for deed in (kept.now, *(was for _, was in kept.past)) if deed)


def _deeds(record: Record, item: str, mentions: Sequence[EventMention]) -> Kept[Deed] | None:
    """An event day by day; None of one that never was between two actors."""
    if ":" in item or not _several(record, mentions):
        return None
    kept = _over_time([m.published for m in mentions], lambda start, end: _deed(record, item, mentions[start:end]))
    return kept if any(_all(kept)) else None


def _several(record: Record, mentions: Iterable[EventMention]) -> bool:
    """Whether two actors take part: most events have one, and cost no more than this."""
    return len({who.id for m in mentions for who in (*record.initiators(m), *record.recipients(m))}) > 1


def _deed(record: Record, item: str, mentions: Sequence[EventMention]) -> Deed | None:
    status, when = agreed.status(record, item, mentions), agreed.when(mentions)
    day = when.start if when else agreed.with_status(mentions, status)[0].published
    last = when.end if when else day
    events = [mention.event for mention in mentions]
    kind, mode = agreed.most([event.type for event in events]) or events[0].type, agreed.most([e.mode for e in events if e.mode])
    deed = Deed(kind, mode, status, day, last, agreed.initiators(record, mentions), agreed.recipients(record, mentions))
    return deed if any(pairs(deed)) else None


def _told(record: Record, wanted: Iterable[str], numbers: Mapping[str, int]) -> dict[str, list[tuple[str, Actor]]]:
    """The mentions of each actor with their days, in the order in which the store has them."""
    found: dict[str, list[tuple[str, int, str, Actor]]] = {item: [] for item in wanted}
    for told in record.mentions:
        report = told.report
        for actor in told.actors:
            item = record.item(Place(report.id, actor.id))
            if item in found and actor.id != item:  # an actor that a person put into a report is named there by its own id
                found[item].append((report.published, numbers[report.id], actor.id, actor))
    return {item: [(day, actor) for day, *_, actor in sorted(some, key=lambda one: one[:3])] for item, some in found.items()}


def _traits(told: Sequence[tuple[str, Actor]], start: int, end: int) -> Traits:
    return agreed.traits([actor for _, actor in agreed.sample(told[start:end])])


def _over_time(days: Sequence[str], value: Callable[[int, int], _Value | None]) -> Kept[_Value]:
    """What `value` gives for the mentions from one number to another, for all mentions and for those up to the end of each day.

    `days` are those of the mentions, in order; mentions without a day come first, and are there only today.
    """
    now = value(0, len(days)) if days else None
    start, changes = bisect_right(days, ""), list[tuple[str, _Value | None]]()
    ends = [end for end in range(start + 1, len(days) + 1) if end == len(days) or days[end] != days[end - 1]]
    for end in ends:
        found = now if (start, end) == (0, len(days)) else value(start, end)
        if (changes[-1][1] if changes else None) != found:
            changes.append((days[end - 1], found))
    if changes and changes[-1][1] == now:
        return Kept(now, changes[-1][0], tuple(changes[:-1]))
    return Kept(now, "", tuple(changes))


def _json(kept: Kept[Deed] | Party) -> str:
    return msgspec.json.encode(kept).decode()
