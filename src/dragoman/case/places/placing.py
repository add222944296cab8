"""The events of a case by the place where they happened; those without one are counted and told why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.case.asking import Questions
from dragoman.case.deciding import rejected
from dragoman.case.edits import Edit, Edits, place_of, target_of
from dragoman.case.places.gathering import gathered, located
from dragoman.case.places.shelf import Found
from dragoman.case.places.spots import Located, Reason, Spot, SpotKind
from dragoman.case.query import Filters
from dragoman.case.store.base import EntryRow, Store
from dragoman.reading.entries import Status
from dragoman.reading.plover import STATUSES

_FEW = 500
"""Of so many events each is told anew for the day asked for; of more, the status is the one that the store keeps."""
_FINEST: tuple[SpotKind, ...] = ("town", "part", "country")
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class At:
    """A place with its events, by number. `statuses` counts them; `called` are the words of the reports; `why` tells how it was found.

    `name` is what most reports call a town or a part; a country has its name of today.
    """

    spot: Spot
    name: str
    events: tuple[str, ...]
    statuses: Mapping[Status, int]
    called: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An event whose words for a place have no point on the map, and why."""

    event: str
    words: str
    reason: Reason
    why: str


@dataclass(frozen=True, slots=True)
class Places:
    """The events that pass by their places, those with most events first. `silent` counts the events of which no report tells a place."""

    at: tuple[At, ...]
    unplaced: tuple[Unplaced, ...]
    silent: int
    events: int

    @property
    def placed(self) -> int:
        """How many events have a place."""
        return sum(len(one.events) for one in self.at)


def places(store: Store, questions: Questions, filters: Filters) -> Places:
    """Where the events that pass took place. Raises MissingLibrary where the gazetteer is not installed."""
    decisions = [kept.decision for kept in store.decisions()]
    gone, narrowed = rejected(decisions), filters != Filters(as_of=filters.as_of)
    passing = store.passing("event", filters) if narrowed or gone else None
    count = len(passing - gone) if passing is not None else store.count_items("event", filters)
    known = _with_edits(store, gathered(store).events, Edits(decisions))
    agreed: dict[str, Found] = {}
    for event, found in known.items():
        there = [one for one in found if filters.takes_report(one.published)]
        if there and event not in gone and (passing is None or event in passing):
            agreed[event] = most_agreed(there)
    spots, unplaced = _by_spot(agreed), _unplaced(agreed)
    statuses = _statuses(store, questions, filters, [event for events in spots.values() for event in events])
    at = [_at(events, agreed, statuses) for events in spots.values()]
    ordered = sorted(at, key=lambda one: (-len(one.events), _FINEST.index(one.spot.kind), one.name, one.spot.key))
    return Places(tuple(ordered), unplaced, count - len(agreed), count)


def _with_edits(store: Store, events: Mapping[str, Sequence[Found]], edits: Edits) -> Mapping[str, Sequence[Found]]:
    """The mentions of each event with the places that people have set: those of an item hold for all its mentions."""
    targets = [target for target in edits.targets if "place" in edits.of(target)]
    if not targets:
        return events
    spots = located({words for target in targets if (words := edits.of(target)["place"].value)})
    items = {target for target in targets if place_of(target) is None}
    rows = store.entries([place for target in targets if (place := place_of(target))])
    members = store.members(items | {row.item for row in rows.values() if row.item})
    changed = {
        event: [one for row in told if (one := _edited(row, edits.of(event, target_of(row.place)), spots, events.get(event, ())))]
        for event, told in members.items()
    }
    return {event: told for event, told in {**events, **changed}.items() if told}


def _edited(row: EntryRow, fields: Mapping[str, Edit], spots: Mapping[str, Located], told: Iterable[Found]) -> Found | None:
    """A mention as it stands with its edits; None where no place is told."""
    if "place" not in fields:
        return next((one for one in told if one.place == row.place), None)
    words = fields["place"].value
    if not words:
        return None
    found = spots[words]
    return Found(row.place, row.published, replace(found, why=f"set by {fields['place'].decision.by}: {found.why}"))


def most_agreed(told: Sequence[Found]) -> Found:
    """The mention whose place stands for all: of the finest kind, unless another country is named more often; else the first told.

    A town says more than its country: who names the country does not gainsay who names the town.
    """
    with_spot = [one for one in told if one.located.spot]
    if not with_spot:
        return told[0]
    countries = Counter(one.located.spot.country for one in with_spot if one.located.spot)
    best = countries.most_common(1)[0][0]
    there = [one for one in with_spot if one.located.spot and one.located.spot.country == best]
    keys = Counter(one.located.spot.key for one in there if one.located.spot)
    return min(there, key=lambda one: (_rank(one.located), -keys[one.located.spot.key if one.located.spot else ""]))


def _rank(found: Located) -> int:
    return _FINEST.index(found.spot.kind) if found.spot else len(_FINEST)


def _by_spot(agreed: Mapping[str, Found]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for event, one in agreed.items():
        if one.located.spot:
            found.setdefault(one.located.spot.key, []).append(event)
    return found


def _unplaced(agreed: Mapping[str, Found]) -> tuple[Unplaced, ...]:
    """Those whose words have no point, by number."""
    found = [
        Unplaced(event, one.located.words, one.located.reason or "unknown", one.located.why)
        for event, one in agreed.items() if one.located.spot is None
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: int(one.event[1:])))


def _statuses(store: Store, questions: Questions, filters: Filters, events: Sequence[str]) -> Mapping[str, Status]:
    if len(events) <= _FEW:
        return {telling.event.id: telling.event.status for telling in questions.tellings(events, filters)}
    rows = store.item_rows(events).values()
    return {row.id: row.status for row in rows if row.status in STATUSES}


def _at(events: Collection[str], agreed: Mapping[str, Found], statuses: Mapping[str, Status]) -> At:
    told = [agreed[event].located for event in events]
    spot = next(one.spot for one in told if one.spot)
    counts = Counter(statuses[event] for event in events if event in statuses)
    called = Counter(one.words for one in told).most_common()
    named = spot.name if spot.kind == "country" else Counter(one.core for one in told).most_common(1)[0][0]
    why = Counter(one.why for one in told).most_common(_MOST_REASONS)
    return At(
        spot,
        named,
        tuple(sorted(events, key=lambda event: int(event[1:]))),
        {status: counts[status] for status in STATUSES if counts[status]},
        tuple(words for words, _ in called if words != named),
        tuple(reason for reason, _ in why),
    )
