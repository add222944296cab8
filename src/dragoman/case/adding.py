"""One report into the case: the check for copies, then every actor and event to the item of the case that it belongs to.

Candidates are found through keys, so that adding costs the same in a large case. All of a report is written in one transaction, or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from dragoman.case.foreign.sets import ONE_ROW_EACH
from dragoman.case.indexing import reindex
from dragoman.case.judgements import Link, Place
from dragoman.case.kept import Abouts, KeptActor, actor_view, kept_event, to_json
from dragoman.case.linking.actors import ActorMember, actor_keys, assign_actors
from dragoman.case.linking.candidates import event_keys, event_questions
from dragoman.case.linking.cluster import MOST_MEMBERS, Assignment, Member, Tie, assign, ties
from dragoman.case.linking.rules import never_same
from dragoman.case.linking.score import Scored
from dragoman.case.linking.views import ActorView, EventView, actor_views, event_views
from dragoman.case.mentions import mentions_of
from dragoman.case.record import EventMention, Mentions
from dragoman.case.same_text import copies, signature, text_keys
from dragoman.case.store.base import EntryRow, ItemRow, ReportRow, Store
from dragoman.reading.entries import Event, Reading, Statement
from dragoman.reading.wire import to_json as reading_json
from dragoman.reading.wording import one_line
from dragoman.text.loaded import Loaded

CHANGES = "changes"
"""Under this key the case counts how often it was written to."""
OF_ROWS = "rows of "
"""What made a reading begins so where its report is a row of a data set: rows are alike and no copies, and are not read again."""
_CANDIDATES = 24
"""Items of the case that one actor or event is compared with."""
_TEXTS = 6
"""Texts that a new one is compared with, word by word."""
_MOST_ITEMS = 20_000
_SAME_ACT = Scored(1.0, "the report itself tells it as one act")
_View = TypeVar("_View", ActorView, EventView)


@dataclass(frozen=True, slots=True)
class Added:
    """What one report brought: `events` mentions, of which `new_events` are acts that the case did not have; actors likewise.

    `same_text_as` is the report whose text it repeats.
    """

    report: str
    published: str
    title: str
    same_text_as: str | None
    actors: int
    new_actors: int
    events: int
    new_events: int
    figures: int
    statements: int


class _Shelf(Generic[_View]):
    """The newest mentions of each item, those that were asked for last kept in memory."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[tuple[str, int, str], _View]]] = {}

    def missing(self, items: Iterable[str]) -> list[str]:
        """The items that have to be looked up; the others count as asked for just now, so that they are not forgotten meanwhile."""
        wanted = list(items)
        for item in wanted:
            if item in self._known:
                self._known[item] = self._known.pop(item)
        return [item for item in wanted if item not in self._known]

    def load(self, item: str, found: Iterable[tuple[tuple[str, int, str], _View]]) -> None:
        """Remembers an item's mentions; forgets the oldest items where there are too many."""
        self._known[item] = sorted(found, key=lambda pair: pair[0])[-MOST_MEMBERS:]
        if len(self._known) > _MOST_ITEMS:
            del self._known[next(iter(self._known))]

    def put(self, item: str, order: tuple[str, int, str], view: _View) -> None:
        """Adds a mention to an item that was looked up, or that is new."""
        self.load(item, (*self._known.get(item, ()), (order, view)))

    def views(self, item: str) -> list[_View]:
        """The views of an item's mentions, by day."""
        return [view for _, view in self._known[item]]

    def drop(self, items: Iterable[str]) -> None:
        """Forgets these items: their mentions have changed."""
        for item in items:
            self._known.pop(item, None)

    def clear(self) -> None:
        """Forgets everything: somebody else has written to the case."""
        self._known.clear()


@dataclass
class Work:
    """One report on its way into the case."""

    row: ReportRow
    reading: Reading
    at: str
    actor_items: dict[str, str] = field(default_factory=dict)
    event_items: dict[str, str] = field(default_factory=dict)
    event_views: dict[str, EventView] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    entries: list[EntryRow] = field(default_factory=list)
    new_actors: int = 0
    new_events: int = 0

    def order(self, entry: str) -> tuple[str, int, str]:
        return self.row.published, self.row.number, entry

    def link(self, link: Link) -> None:
        self.links.append(link)


class Adder:
    """Adds reports to one case. `by` names what made the readings and may be changed."""

    def __init__(self, store: Store, by: str) -> None:
        self.store = store
        self.by = by
        self._abouts = Abouts(store)
        self._actors: _Shelf[ActorView] = _Shelf()
        self._events: _Shelf[EventView] = _Shelf()
        self._changes: str | None = None
        self._edited: set[str] = set()

    def add(self, loaded: Loaded, reading: Reading, at: str, notes: Mapping[str, str] | None = None) -> Added | None:
        """Adds one report with its reading at the moment `at`; None if the case has it already.

        `notes` are kept in the same transaction (see `Store.set_meta`): what is known of the feed that the report came from.
        """
        try:
            with self.store.transaction():
                for key, value in (notes or {}).items():
                    self.store.set_meta(key, value)
                return self._add(loaded, reading, at)
        except BaseException:
            self._forget()  # what is remembered was perhaps not written
            raise

    def _add(self, loaded: Loaded, reading: Reading, at: str) -> Added | None:
        if self._changes != (changes := self.store.meta(CHANGES)):
            self._forget()
            self._edited = {stored.decision.target for stored in self.store.decisions() if stored.decision.verb == "edit"}
        row = self._put_report(loaded, at)
        if row is None:
            return None
        self.store.put_reading(row.id, reading_json(reading), by=self.by, at=at)
        work = Work(row, reading, at)
        earlier = self._same_text(work)
        mentions = mentions_of(reading)
        self._place_actors(work)
        self._place_events(work, mentions)
        work.entries += other_entries(work, mentions)
        self.store.put_entries(row.id, work.entries)
        for link in work.links:
            self.store.put_link(link)
        if self._edited & {*work.actor_items.values(), *work.event_items.values()}:
            reindex(self.store, [row.id])
        self._changes = count_change(self.store, changes)
        return _added(work, earlier)

    def _forget(self) -> None:
        self._actors.clear()
        self._events.clear()
        self._changes = None

    # --- the report

    def _put_report(self, loaded: Loaded, at: str) -> ReportRow | None:
        report = loaded.report
        if report.id in self.store.reports([report.id]):
            return None
        row = ReportRow(
            report.id,
            report.published.isoformat() if report.published else "",
            report.title,
            report.publisher,
            report.url,
            report.source_id,
            report.language,
            at,
            self.store.put_blob(loaded.raw),
            b"" if self.by.startswith(OF_ROWS) else signature(report.text),
        )
        self.store.put_report(row, report.text)
        return self.store.reports([report.id])[report.id]

    def _same_text(self, work: Work) -> str | None:
        """Links the report with the one that it copies, or that copies it if it came out first; gives the former's id."""
        keys = text_keys(work.row.signature or b"")
        found = [report for report in self.store.texts_like(keys, limit=_TEXTS) if report != work.row.id]
        self.store.put_text_keys(work.row.id, keys)
        rows = self.store.reports(found)
        for other in sorted((rows[report] for report in found), key=_age):
            copy = copies(work.reading.report.text, self.store.text(other.id) or "")
            if copy is not None:
                later, first = (work.row, other) if _age(other) < _age(work.row) else (other, work.row)
                self.store.set_same_text(later.id, first.id)
                work.link(Link("same_text", Place(later.id), Place(first.id), copy.share, copy.why, at=work.at))
                return first.id if later.id == work.row.id else None
        return None

    # --- its actors

    def _place_actors(self, work: Work) -> None:
        views = actor_views(work.reading)
        keys = {view.place.entry: actor_keys(view) for view in views}
        found = assign_actors(views, lambda view: self._actor_members(keys[view.place.entry]))
        kept = {actor.id: actor for actor in work.reading.actors}
        for view, assignment in zip(views, found, strict=True):
            item = assignment.item or self._new_actor(work, view)
            self._join_actor(work, view, assignment, item)
            self.store.put_keys("actor", item, keys[view.place.entry])
            json = to_json(KeptActor(view, kept[view.place.entry]))
            work.entries.append(EntryRow(view.place, "actor", item, type=view.kind, name=one_line(view.name), json=json))

    def _actor_members(self, keys: Iterable[str]) -> list[ActorMember]:
        return self._actor_members_of([candidate.item for candidate in self.store.candidates("actor", keys, limit=_CANDIDATES)])

    def _actor_members_of(self, items: Sequence[str]) -> list[ActorMember]:
        for item, rows in self.store.members(self._actors.missing(items), newest=MOST_MEMBERS).items():
            self._actors.load(item, zip(self._orders(rows), map(actor_view, rows), strict=True))
        return [ActorMember(item, view) for item in items for view in self._actors.views(item)]

    def _new_actor(self, work: Work, view: ActorView) -> str:
        work.new_actors += 1
        item = self.store.next_id("actor")
        self.store.put_item(ItemRow(item, "actor", name=one_line(view.name), type=view.kind))
        return item

    def _join_actor(self, work: Work, view: ActorView, assignment: Assignment, item: str) -> None:
        work.actor_items[view.place.entry] = item
        self._actors.put(item, work.order(view.place.entry), view)
        if assignment.to is not None:
            scored = assignment.scored
            work.link(Link("same_actor", view.place, assignment.to, scored.score, scored.why, at=work.at))

    def _orders(self, rows: Sequence[EntryRow]) -> list[tuple[str, int, str]]:
        numbers = {report: row.number for report, row in self.store.reports({row.place.report for row in rows}).items()}
        return [(row.published, numbers[row.place.report], row.place.entry) for row in rows]

    # --- its events

    def _place_events(self, work: Work, mentions: Mentions) -> None:
        views = event_views(work.reading, work.actor_items)
        if views:
            self._abouts.put(work.row.id, views[0].about)
        for view, event, mention in zip(views, work.reading.events, mentions.events, strict=True):
            item = self._place_event(work, view, event)
            work.entries.append(_event_entry(view, mention, item))

    def _place_event(self, work: Work, view: EventView, event: Event) -> str:
        candidates = self._not_of_other_rows(work, self._event_members(event_questions(view)))
        found = self._which_event(work, view, event, candidates)
        item = found.item or self._new_event(work, view)
        if found.to is not None:
            work.link(Link("same_event", view.place, found.to, found.scored.score, found.scored.why, at=work.at))
        for tie in self._event_ties(work, view, [member for member in candidates if member.item != item]):
            work.link(Link(tie.kind, view.place, tie.to, tie.scored.score, tie.scored.why, at=work.at))
        if event.reverses in work.event_items:
            work.link(Link("reverses", view.place, Place(work.row.id, event.reverses), 1.0, "the report itself says so", at=work.at))
        work.event_items[event.id], work.event_views[event.id] = item, view
        self._events.put(item, work.order(event.id), view)
        self.store.put_keys("event", item, event_keys(view))
        return item

    def _not_of_other_rows(self, work: Work, candidates: list[Member]) -> list[Member]:
        """Without the events that another row of the same data set tells, where two rows are two events."""
        publisher = work.row.publisher
        if not self.by.startswith(OF_ROWS) or publisher not in ONE_ROW_EACH:
            return candidates
        reports = self.store.reports({member.view.place.report for member in candidates})
        taken = {member.item for member in candidates if reports[member.view.place.report].publisher == publisher}
        return [member for member in candidates if member.item not in taken]

    def _which_event(self, work: Work, view: EventView, event: Event, candidates: Sequence[Member]) -> Assignment:
        return self._told_before(work, view, event) or assign(view, candidates)

    def _event_ties(self, work: Work, view: EventView, candidates: Sequence[Member]) -> Sequence[Tie]:
        return ties(view, candidates)

    def _told_before(self, work: Work, view: EventView, event: Event) -> Assignment | None:
        """What the report itself tells as one act is one, unless a plan and what came of it."""
        first = event.same_as or ""
        if first in work.event_views and not never_same(view, work.event_views[first]):
            return Assignment(work.event_items[first], Place(work.row.id, first), _SAME_ACT)
        return None

    def _event_members(self, keys: Iterable[str]) -> list[Member]:
        return self._members_of([candidate.item for candidate in self.store.candidates("event", keys, limit=_CANDIDATES)])

    def _members_of(self, items: Sequence[str]) -> list[Member]:
        for item, rows in self.store.members(self._events.missing(items), newest=MOST_MEMBERS).items():
            self._events.load(item, zip(self._orders(rows), map(self._abouts.event_view, rows), strict=True))
        return [Member(item, view) for item in items for view in self._events.views(item)]

    def _new_event(self, work: Work, view: EventView) -> str:
        work.new_events += 1
        item = self.store.next_id("event")
        self.store.put_item(ItemRow(item, "event", type=view.type, status=view.status))
        return item


def count_change(store: Store, before: str | None) -> str:
    """Notes, within a transaction, that the case has changed: who remembers something of it looks anew."""
    now = str(int(before or "0") + 1)
    store.set_meta(CHANGES, now)
    return now


def _age(row: ReportRow) -> tuple[bool, str, int]:
    """The earliest published first, those without a day last; of one day the one added first."""
    return not row.published, row.published, row.number


def _event_entry(view: EventView, mention: EventMention, item: str) -> EntryRow:
    event = mention.event
    roles = [("initiator", actor) for actor in event.initiators] + [("recipient", actor) for actor in event.recipients]
    roles += [("speaker", voice.speaker) for voice in mention.voices[-1:] if voice.speaker]
    return EntryRow(
        view.place, "event", item, view.type, view.status, view.start, view.end, json=kept_event(view, mention), roles=tuple(roles)
    )


def other_entries(work: Work, mentions: Mentions) -> Iterable[EntryRow]:
    """Figures and statements; they belong to no item that is decided when they are added."""
    for figure in mentions.figures:
        yield EntryRow(figure.place, "figure", type=figure.fate, json=to_json(figure), roles=_speaker(work.actor_items, figure.voices[-1:]))
    for told in mentions.statements:
        yield EntryRow(told.place, "statement", json=to_json(told), roles=_speaker(work.actor_items, [told.statement]))


def _speaker(known: Mapping[str, str], voices: Iterable[Statement]) -> tuple[tuple[str, str], ...]:
    return tuple(("speaker", voice.speaker) for voice in voices if voice.speaker and voice.speaker in known)


def _added(work: Work, earlier: str | None) -> Added:
    reading = work.reading
    counts = (len(reading.actors), work.new_actors, len(reading.events), work.new_events, len(reading.figures), len(reading.statements))
    return Added(work.row.id, work.row.published, one_line(work.row.title or ""), earlier, *counts)
