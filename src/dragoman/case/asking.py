"""The questions to a case that are answered by items of the contract: events in the order of time, actors, and what follows from both.

Every answer is of the reports up to the day asked for, and of what else the filters select.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from typing import Literal

from dragoman.case import agreed
from dragoman.case.deciding import rejected
from dragoman.case.deriving import Derived, Records
from dragoman.case.judgements import CaseActor, CaseEvent, Claim, Commitment, Dispute, FigureSeries, Mention, Place, Thread
from dragoman.case.kept import kept_actor
from dragoman.case.query import Filters
from dragoman.case.record import EventMention, Record
from dragoman.case.states import claims, of_commitment, of_dispute, of_thread
from dragoman.case.store.base import Order, Store
from dragoman.reading.entries import Actor
from dragoman.reading.wording import one_line

_MOST_ALIASES = 12
_MOST_ITEMS = 4000


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with what shows it: the names of the sides, and the mention whose words stand for all."""

    event: CaseEvent
    who: tuple[str, ...]
    whom: tuple[str, ...]
    mention: EventMention
    published: str

    @property
    def day(self) -> str:
        """The ISO day (or month, or year) of its start; of the report that tells it first, where no date is told."""
        return self.event.when.start if self.event.when else self.published


class Questions:
    """Answers about one case."""

    def __init__(self, store: Store, records: Records) -> None:
        self._store = store
        self._records = records
        self._found: tuple[tuple[str, Filters, tuple[str | None, str | None]], list[str]] | None = None

    # --- events

    def events(
        self, filters: Filters, *, order: Order = "start", limit: int | None = None, offset: int = 0, after: int = 0
    ) -> list[Telling]:
        """The events that pass, the earliest first; `after`: only those told in reports with a greater number."""
        gone = self._rejected()
        listed = self._store.ids("event", filters, order=order, limit=limit, offset=offset, after=after)
        return self.tellings([item for item in listed if item not in gone], filters)

    def tellings(self, items: Sequence[str], filters: Filters) -> list[Telling]:
        """These events, those that are told up to the day asked for, the earliest first."""
        record = self._records.of_items(items, filters) if len(items) < _MOST_ITEMS else self._records.until(filters.as_of)
        parents = {row.id: row.parent for row in self._store.item_rows(items).values()}
        undone = _reversed(record)
        found = [case_event(record, item, undone.get(item), parents.get(item)) for item in items if item in record.clusters]
        names = self.names(actor for event in found for actor in (*event.initiators, *event.recipients))
        return sorted((_telling(record, event, names) for event in found), key=_first_day)

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """The names of items, as people see them."""
        return {row.id: row.name or row.id for row in self._store.item_rows(dict.fromkeys(ids)).values()}

    def _rejected(self) -> frozenset[str]:
        return rejected(kept.decision for kept in self._store.decisions())

    # --- actors

    def actors(
        self, filters: Filters, *, order: Order = "claims", limit: int | None = None, offset: int = 0, after: int = 0
    ) -> list[CaseActor]:
        """The actors that pass, those named in most reports first."""
        if order == "claims" and not after:
            return self.actors_of(self.most_named(filters, limit=limit, offset=offset), filters)
        gone = self._rejected()
        listed = self._store.ids("actor", filters, order=order, limit=limit, offset=offset, after=after)
        return self.actors_of([item for item in listed if item not in gone], filters)

    def most_named(self, filters: Filters, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """The ids of the actors that pass, those named in most reports first."""
        if filters != Filters(as_of=filters.as_of):  # how many there are is asked for next
            return self.ids("actor", filters)[offset:][:limit]
        gone = self._rejected()
        return [item for item in self._store.ids("actor", filters, order="claims", limit=limit, offset=offset) if item not in gone]

    def actors_of(self, items: Sequence[str], filters: Filters) -> list[CaseActor]:
        """These actors, as the reports up to the day asked for have them."""
        places, names = self._store.places_of(items, filters), self._store.names_of(items, filters)
        rows = self._store.item_rows(items)
        sample = {item: agreed.sample(found) for item, found in places.items() if found}
        entries = self._store.entries((place for found in sample.values() for place in found), roles=False)
        told = {item: [kept_actor(entries[place]) for place in found if place in entries] for item, found in sample.items()}
        return [
            _case_actor(item, rows[item].name or item, places[item], names[item], told[item])
            for item in items if item in rows and item in told
        ]  # fmt: skip

    # --- what follows

    def threads(self, filters: Filters, *, limit: int | None = None) -> list[Thread]:
        """Threads, those that most is told of first."""
        ids = self.ids("thread", filters)
        if limit is not None:
            return self._records.threads(filters.as_of, ids[:limit])
        wanted = frozenset(ids)
        return [thread for thread in self._records.threads(filters.as_of) if thread.id in wanted]

    def disputes(self, filters: Filters, *, limit: int | None = None) -> list[Dispute]:
        """Disputes in the order in which they arose."""
        passing, about = self._passing(replace(filters, since=None)), dict(self._records.heads("dispute", filters.as_of))
        found, gone = self._records.disputes(filters.as_of), self._rejected()
        if filters.since:
            new = {row.id for row in self._store.report_rows(Filters(as_of=filters.as_of, since=filters.since))}
            found = [d for d in found if any(place.report in new for side in d.sides for place in side.claims)]
        return [d for d in found if d.id not in gone and (passing is None or _of_dispute(d, about, passing, filters.actor))][:limit]

    def commitments(self, filters: Filters, *, limit: int | None = None) -> list[Commitment]:
        """Commitments: the overdue first, then by the day on which they are due, then by the day on which they were made."""
        passing = self._passing(replace(filters, since=None))
        found = [c for c in self._records.commitments(filters.as_of) if filters.takes_day(c.made)]
        told = [c for c in found if passing is None or c.act in passing or (_only_actor(filters) and filters.actor in (c.maker, c.to))]
        return told[:limit]

    def figures(self, filters: Filters, *, limit: int | None = None) -> list[FigureSeries]:
        """Series of figures, the first given first."""
        return self.figures_of(self.ids("figure", filters)[:limit], filters.as_of)

    def figures_of(self, items: Sequence[str], as_of: str | None) -> list[FigureSeries]:
        """These series as they were on a day, those that there were, the first given first."""
        if len(items) <= _MOST_ITEMS:
            return self._records.figures(as_of, items)
        wanted = frozenset(items)
        return [series for series in self._records.figures(as_of) if series.id in wanted]

    def most_claimed(self, filters: Filters) -> list[str]:
        """The ids of the series that pass, those with most claims first; of equal ones the first given."""
        items, as_of = self.ids("figure", filters), filters.as_of
        if self._records.keeps(as_of):
            counts = claims(self._store.follows(), items if len(items) <= _MOST_ITEMS else None, as_of)
        else:
            counts = {series.id: len(series.claims) for series in self.figures_of(items, as_of)}
        return sorted(items, key=lambda item: -counts.get(item, 0))

    def states(self, filters: Filters) -> dict[str, str]:
        """Where each thread, dispute and commitment that passes stands, in one line each."""
        as_of = filters.as_of
        if filters == Filters(as_of=as_of) and self._records.keeps(as_of):
            return self._records.states().at(as_of, self._records.today(), self._rejected())
        found = {thread.id: of_thread(thread) for thread in self.threads(filters)}
        found |= {dispute.id: of_dispute(dispute) for dispute in self.disputes(filters)}
        return found | {commitment.id: of_commitment(commitment) for commitment in self.commitments(filters)}

    def count(self, kind: Literal["thread", "figure", "actor"], filters: Filters) -> int:
        """How many threads, series or actors pass; all actors are counted without listing them."""
        if kind == "actor" and filters == Filters(as_of=filters.as_of):
            return self._store.count_items("actor", filters)
        return len(self.ids(kind, filters))

    def ids(self, kind: Literal["thread", "figure", "actor"], filters: Filters) -> list[str]:
        """The threads, series or actors that pass, in their order: to tell how many there are, only a page has to be read."""
        key = (kind, filters, self._records.stamp())
        if self._found is None or self._found[0] != key:
            ways = {"thread": self._threads, "figure": self._figures, "actor": self._actors}
            self._found = (key, ways[kind](filters))
        return self._found[1]

    def _actors(self, filters: Filters) -> list[str]:
        gone = self._rejected()
        return [item for item in self._store.ids("actor", filters, order="claims") if item not in gone]

    def _threads(self, filters: Filters) -> list[str]:
        heads = self._records.heads("thread", filters.as_of)
        if filters.as_of is None and self._records.keeps(None):
            narrow = filters != Filters()
            wanted = {listed.item.id for listed in self._store.items("thread", filters)} if narrow else frozenset[str]()
            return [item for item, _ in heads if not narrow or item in wanted]
        passing = self._passing(filters)
        if self._records.keeps(filters.as_of):
            within = None if passing is None else {row.parent for row in self._store.item_rows(passing).values()}
            there = self._records.states().threads(filters.as_of)
            return [item for item in there if filters.thread in (None, item) and (within is None or item in within)]
        threads = self._records.threads(filters.as_of)
        return [t.id for t in threads if filters.thread in (None, t.id) and (passing is None or not passing.isdisjoint(t.events))]

    def _figures(self, filters: Filters) -> list[str]:
        """Only of series that may pass is read what was said, by whom and when."""
        passing, gone = self._passing(replace(filters, since=None)), self._rejected()
        spoken = self._records.spoken(filters.actor) if filters.actor and _only_actor(filters) else frozenset[str]()
        heads = [
            item for item, about in self._records.heads("figure", filters.as_of, since=filters.since)
            if item not in gone and (passing is None or about in passing or item in spoken)
        ]  # fmt: skip
        if not filters.since and not spoken:
            return heads
        return [
            s.id for s in self._records.figures(filters.as_of, heads)
            if any(filters.takes_day(claim.said) for claim in s.claims) and (passing is None or _of_series(s, passing, filters))
        ]  # fmt: skip

    def derived(self, filters: Filters) -> Derived:
        """All that follows and passes."""
        return Derived(
            tuple(self.threads(filters)), tuple(self.disputes(filters)), tuple(self.commitments(filters)), tuple(self.figures(filters))
        )

    def _passing(self, filters: Filters) -> frozenset[str] | None:
        """The events that pass; None where all do."""
        if not (filters.since or filters.actor or filters.thread or filters.type or filters.status):
            return None
        return self._store.passing("event", filters)


def _first_day(telling: Telling) -> tuple[str, int]:
    """By the first day of an event; one without a date stands at the day of the report that tells it first."""
    return telling.day, int(telling.event.id[1:])


def _only_actor(filters: Filters) -> bool:
    return filters.actor is not None and not (filters.thread or filters.type or filters.status)


def _of_dispute(dispute: Dispute, about: Mapping[str, str | None], passing: Collection[str], actor: str | None) -> bool:
    spoken = actor is not None and any(actor in side.speakers for side in dispute.sides)
    return spoken or about.get(dispute.id) in passing


def _of_series(series: FigureSeries, passing: Collection[str], filters: Filters) -> bool:
    spoken = _only_actor(filters) and any(claim.speaker == filters.actor for claim in series.claims)
    return spoken or series.about in passing


def _reversed(record: Record) -> dict[str, str]:
    """Which event each event undoes, as the surest link has it."""
    links = sorted((link for link in record.links if link.kind == "reverses" and link.judgement != "negative"), key=lambda link: link.score)
    return {record.item(link.a): record.item(link.b) for link in links if record.item(link.a) != record.item(link.b)}


def case_event(record: Record, item: str, reverses: str | None = None, thread: str | None = None) -> CaseEvent:
    """An event as most of its mentions have it. What several sources say counts once for each of them."""
    mentions = record.clusters[item]
    status = agreed.status(record, item, mentions)
    events = [mention.event for mention in mentions]
    return CaseEvent(
        item,
        agreed.most([event.type for event in events]) or events[0].type,
        agreed.most([event.mode for event in events if event.mode]),
        status,
        agreed.most([event.plover for event in events if event.plover and event.status == status]),
        agreed.when(mentions),
        agreed.most([one_line(event.place) for event in events if event.place]),
        agreed.initiators(record, mentions),
        agreed.recipients(record, mentions),
        tuple(Claim(mention.place.report, mention.place.entry, mention.event.status) for mention in mentions),
        len(agreed.sources(record, mentions)),
        round(max(event.confidence for event in events), 3),
        reverses,
        thread,
    )


def _telling(record: Record, event: CaseEvent, names: Mapping[str, str]) -> Telling:
    """The mention that stands for an event: the surest of those with its status, of equal ones the first told."""
    mentions = agreed.with_status(record.clusters[event.id], event.status)
    shown = max(mentions, key=lambda m: (len(m.event.initiators) + len(m.event.recipients) > 0, m.event.confidence))
    who, whom = (tuple(names.get(actor, actor) for actor in side) for side in (event.initiators, event.recipients))
    return Telling(event, who, whom, shown, mentions[0].published)


def _case_actor(item: str, name: str, places: Sequence[Place], written: Mapping[str, int], told: Sequence[Actor]) -> CaseActor:
    names: Counter[str] = Counter()
    for alias, count in written.items():
        names[one_line(alias)] += count
    known = agreed.traits(told)
    return CaseActor(
        item,
        name,
        known.kind,
        known.country,
        known.sectors,
        tuple(alias for alias, _ in names.most_common(_MOST_ALIASES + 1) if alias not in ("", name))[:_MOST_ALIASES],
        tuple(starmap(Mention, places)),
    )
