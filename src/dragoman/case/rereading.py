"""A newer reading of a report takes the place of the one that holds, and all that people and rules have said goes on from there.

Entries that are the same keep their ids (see `anchoring.py`), so whatever points at them goes on pointing at them. An entry that is the
same keeps its item; one that now tells something else may leave it, unless a person has decided about it. What the newer reading does
not have any more is remembered with its item: decisions about it wait, and hold again when a later reading finds it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from dragoman.case.adding import CHANGES, OF_ROWS, Adder, Work, count_change, other_entries
from dragoman.case.anchoring import anchored
from dragoman.case.deciding import standing
from dragoman.case.indexing import reindex
from dragoman.case.judgements import Link, LinkKind, Place
from dragoman.case.kept import KeptActor, actor_view, event_view_alone, to_json
from dragoman.case.linking.actors import ActorMember, actor_keys, assign_actors, score_actors
from dragoman.case.linking.cluster import Assignment, Member, Tie
from dragoman.case.linking.rules import never_same
from dragoman.case.linking.views import ActorView, EventView, actor_views
from dragoman.case.mentions import mentions_of
from dragoman.case.printings import report_of
from dragoman.case.replaying import decided_entries, replay
from dragoman.case.store.base import EntryRow, ReportRow, Store, StoredReading
from dragoman.errors import QueryError, SchemaError
from dragoman.reading.entries import Event, Reading
from dragoman.reading.wire import from_dict
from dragoman.reading.wire import to_json as reading_json
from dragoman.reading.wording import one_line
from dragoman.text.report import Report

_CURSOR = "rereading"
_JOINING = frozenset({"same_actor", "same_event"})
_Key = tuple[LinkKind, Place, Place]


@dataclass(frozen=True, slots=True)
class Reread:
    """What a newer reading of one report changed: how many entries came, went and say something else, by kind ("event").

    `moved` counts actors and events that belong to another item now; `same` says that the reading is what it was.
    """

    report: str
    title: str
    same: bool
    new: Mapping[str, int] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    moved: int = 0


@dataclass
class _Cursor:
    """An unfinished run that reads all reports again: how far it has come, by the reports' numbers."""

    by: str
    after: int


@dataclass
class _Before:
    """What the case had of the report: rows by entry, items that entries had before they were lost, entries that people decided about."""

    rows: Mapping[str, EntryRow]
    lost: dict[str, str]
    decided: frozenset[str]

    def item(self, entry: str) -> str | None:
        row = self.rows.get(entry)
        return row.item if row else self.lost.get(entry)


class Rereader(Adder):
    """Reads reports of one case again; `by` names what makes the new readings."""

    def __init__(self, store: Store, by: str) -> None:
        """Over the store of a case."""
        super().__init__(store, by)
        self._before = _Before({}, {}, frozenset())
        self._decided: frozenset[Place] = frozenset()

    # --- which reports

    def to_read(self, everything: bool) -> list[ReportRow]:
        """The reports to be read again, in the order of adding: those that something else has read last; with `everything` all of them.

        A run over everything that was broken off goes on where it stopped.
        """
        cursor = self._cursor()
        there = sorted(self.store.report_rows(), key=lambda row: row.number)
        made = {row.id: self._reader_of(row.id) for row in there}
        rows = [row for row in there if not made[row.id].startswith(OF_ROWS)]
        if cursor is not None and cursor.by == self.by:
            return [row for row in rows if row.number > cursor.after]
        if everything:
            with self.store.transaction():
                self._note(_Cursor(self.by, 0))
            return rows
        return [row for row in rows if made[row.id] != self.by]

    def reports(self, rows: Iterable[ReportRow]) -> Iterator[Report]:
        """The reports of these rows as they were when they were first read, one at a time."""
        for row in rows:
            yield report_of(row, self.store.text(row.id) or "")

    # --- one report

    def reread(self, reading: Reading, at: str) -> Reread:
        """Puts a newer reading of a report in the place of the one that holds, whole or not at all.

        Raises QueryError if the case has no such report.
        """
        try:
            with self.store.transaction():
                return self._reread(reading, at)
        except BaseException:
            self._forget()
            raise

    def _reread(self, reading: Reading, at: str) -> Reread:
        if self._changes != (changes := self.store.meta(CHANGES)):
            self._forget()
            self._decided = decided_entries(self.store)
        row = self.store.reports([reading.report.id]).get(reading.report.id)
        if row is None:
            raise QueryError(f"the case has no report {reading.report.id[:8]!r}; add it first")
        if (cursor := self._cursor()) is not None and cursor.by == self.by:
            self._note(_Cursor(self.by, max(cursor.after, row.number)))
        kept = self.store.whole().readings(row.id)
        new = anchored(reading, list(_readings(kept)))
        self.store.put_reading(row.id, written := reading_json(new), by=self.by, at=at)
        title = one_line(row.title or "") or row.id[:8]
        if kept and kept[-1].json == written:
            return Reread(row.id, title, True)
        return self._replace(Work(row, new, at), title, changes)

    def _replace(self, work: Work, title: str, changes: str | None) -> Reread:
        """Brings the entries of a report to those of its new reading."""
        report, mentions = work.row.id, mentions_of(work.reading)
        before = self._load(report)
        self.store.drop_entries(report)
        self._actors.drop(items := {row.item or "" for row in before.rows.values()})
        self._events.drop(items)
        self._place_actors(work)
        self._place_events(work, mentions)
        work.entries += other_entries(work, mentions)
        self.store.put_entries(report, work.entries)
        after = {row.place.entry: row for row in work.entries}
        self._keep_lost(report, before, after)
        self._relink(work, before, after)
        self._name_anew(before, after)
        reindex(self.store, [report])
        self._changes = count_change(self.store, changes)
        return _told(report, title, before, after)

    def _load(self, report: str) -> _Before:
        rows = {place.entry: row for place, row in self.store.entries([Place(report)]).items()}
        lost = msgspec.json.decode(self.store.meta(_lost(report)) or "{}", type=dict[str, str])
        held = self._held()
        decided = {place.entry for place in self._decided if place.report == report}
        decided |= {entry for entry, row in rows.items() if row.item in held}
        self._before = _Before(rows, lost, frozenset(decided))
        return self._before

    def _held(self) -> frozenset[str]:
        """The items that people have decided about."""
        taken = standing(stored.decision for stored in self.store.decisions())
        return frozenset(name for decision in taken for name in (decision.target, decision.value) if name)

    # --- its actors and events

    def _place_actors(self, work: Work) -> None:
        views = actor_views(work.reading)
        kept = {actor.id: actor for actor in work.reading.actors}
        staying = {view.place.entry: item for view in views if (item := self._actor_stays(view))}
        others = [view for view in views if view.place.entry not in staying]
        taken = set(staying.values())
        found = assign_actors(others, lambda view: [m for m in self._actor_members(actor_keys(view)) if m.item not in taken])
        chosen = {view.place.entry: assignment for view, assignment in zip(others, found, strict=True)}
        for view in views:
            entry = view.place.entry
            assignment = chosen.get(entry, Assignment(staying.get(entry)))
            item = assignment.item or self._free(entry, taken) or self._new_actor(work, view)
            taken.add(item)
            self._actor_members_of([item])
            self._join_actor(work, view, assignment, item)
            self.store.put_keys("actor", item, actor_keys(view))
            row = EntryRow(view.place, "actor", item, type=view.kind, name=one_line(view.name), json=to_json(KeptActor(view, kept[entry])))
            work.entries.append(row)

    def _actor_stays(self, view: ActorView) -> str | None:
        """The item that an actor had, if it stays there: a person decided so, nothing of it changed, or nobody of it contradicts."""
        item = self._before.item(view.place.entry)
        if item is None or view.place.entry in self._before.decided or _same_actor(self._before.rows.get(view.place.entry), view):
            return item
        others: Sequence[ActorMember] = self._actor_members_of([item])
        named = [member.view for member in others if view.names and member.view.names]
        contradicted = any(score_actors(view, one).score == 0.0 for one in named)
        return item if others and not contradicted else None

    def _free(self, entry: str, taken: Iterable[str]) -> str | None:
        """An item that an entry had, if nothing else belongs to it."""
        had = dict.fromkeys(item for item in (self._before.item(entry), self._before.lost.get(entry)) if item and item not in taken)
        return next((item for item, members in self.store.members(had, newest=1).items() if not members), None)

    def _which_event(self, work: Work, view: EventView, event: Event, candidates: Sequence[Member]) -> Assignment:
        item = self._before.item(event.id)
        if item is None:
            return super()._which_event(work, view, event, candidates)
        others = [member.view for member in self._members_of([item]) if member.view.place.report != work.row.id]
        row = self._before.rows.get(event.id)
        if event.id in self._before.decided or (row and _same_event(row, view)):
            return Assignment(item)
        if others and not any(never_same(view, other) for other in others):
            return Assignment(item)
        found = super()._which_event(work, view, event, [m for m in candidates if not others or m.item != item])
        return found if found.item else Assignment(self._free(event.id, work.event_items.values()))

    def _event_ties(self, work: Work, view: EventView, candidates: Sequence[Member]) -> Sequence[Tie]:
        row = self._before.rows.get(view.place.entry)
        return () if row and _same_event(row, view) else super()._event_ties(work, view, candidates)

    # --- what points at them

    def _keep_lost(self, report: str, before: _Before, after: Mapping[str, EntryRow]) -> None:
        """Remembers the first items of entries that are gone or belong elsewhere, and files no more what is left without entries."""
        left = {e: row.item for e, row in before.rows.items() if row.item and (e not in after or after[e].item != row.item)}
        lost = {e: item for e, item in (left | before.lost).items() if e not in after or after[e].item != item}
        if lost != before.lost:
            self.store.set_meta(_lost(report), msgspec.json.encode(lost).decode())
        had = {row.item for row in before.rows.values() if row.item}
        for item in sorted(had - {row.item for row in after.values()}):
            if not self.store.members([item], newest=1)[item]:
                self.store.drop_keys(item)

    def _relink(self, work: Work, before: _Before, after: Mapping[str, EntryRow]) -> None:
        """Ends the links of entries that are gone or tell something else now, and lets those hold again whose entries are back."""
        report, made = work.row.id, {_key(link) for link in work.links}
        places = [Place(report, entry) for entry in {*before.rows, *after}]
        back = {Place(report, entry) for entry in after if entry not in before.rows}
        home = {place for place in back if before.lost.get(place.entry) == after[place.entry].item}
        same = {entry for entry, old in before.rows.items() if entry in after and after[entry].json == old.json}
        changed = {Place(report, entry) for entry, row in after.items() if row.kind == "event" and entry not in same}
        moved = {Place(report, entry) for entry, row in after.items() if entry in before.rows and before.rows[entry].item != row.item}
        stored = self.store.links(places, superseded=True)
        there = self.store.entries(place for one in stored for place in (one.link.a, one.link.b) if place.entry)
        holding = {_key(one.link) for one in stored if one.superseded is None}
        for one in stored:
            link, key = one.link, _key(one.link)
            whole = all(place in there for place in (link.a, link.b))
            if one.superseded is not None:
                held = link.judgement != "undecided" or bool({link.a, link.b} & home)
                if whole and key not in holding and {link.a, link.b} & back and (held or _still(link, there)):
                    self.store.reinstate(link.id)
            elif not whole or (link.judgement == "undecided" and self._ended(link, there, changed, moved, made)):
                self.store.supersede(link.id, work.at)
        ended = {_key(one.link): one.link for one in stored if one.superseded is not None}
        for link in work.links:
            before_it = ended.get(_key(link))
            if before_it and _key(link) not in holding and (before_it.score, before_it.why) == (link.score, link.why):
                self.store.reinstate(before_it.id)
            else:
                self.store.put_link(link)

    def _ended(
        self, link: Link, there: Mapping[Place, EntryRow], changed: Collection[Place], moved: Collection[Place], made: Collection[_Key]
    ) -> bool:
        """Whether a link between entries that there are holds no longer: they are two now, or the newer reading does not give it."""
        if link.kind in _JOINING:
            return (link.a in moved or link.b in moved) and not _still(link, there)
        return link.a in changed and _key(link) not in made

    def _name_anew(self, before: _Before, after: Mapping[str, EntryRow]) -> None:
        """An item that was called after an entry is called after what the entry is now."""
        items = self.store.item_rows({row.item for row in after.values() if row.item})
        renamed = {s.decision.target for s in self.store.decisions() if s.decision.verb == "rename"}
        for entry, row in after.items():
            old, item = before.rows.get(entry), items.get(row.item or "")
            if old is None or item is None or item.id != old.item or item.id in renamed:
                continue
            name = row.name if item.name == old.name else item.name
            kind = row.type if item.type == old.type else item.type
            status = row.status if item.status == old.status else item.status
            if (new := replace(item, name=name, type=kind, status=status)) != item:
                self.store.put_item(new)

    # --- the run

    def finish(self) -> None:
        """Plays the decisions over the new readings, and notes that everything was read."""
        with self.store.transaction():
            if self._cursor() is not None:
                self.store.set_meta(_CURSOR, "")
            if self.store.decisions():
                replay(self.store)
                reindex(self.store)
                count_change(self.store, self.store.meta(CHANGES))

    def _reader_of(self, report: str) -> str:
        kept = self.store.whole().readings(report)
        return kept[-1].by if kept else ""

    def _cursor(self) -> _Cursor | None:
        kept = self.store.meta(_CURSOR)
        return msgspec.json.decode(kept, type=_Cursor) if kept else None

    def _note(self, cursor: _Cursor) -> None:
        self.store.set_meta(_CURSOR, msgspec.json.encode(cursor).decode())


def _lost(report: str) -> str:
    return f"lost of {report}"


def _readings(kept: Sequence[StoredReading]) -> Iterator[Reading]:
    """The readings of a report as they were kept, the one that holds first; what cannot be understood any more is left out."""
    for stored in reversed(kept):
        value = json.loads(stored.json)
        text = str(value["report"]["text"]).encode("utf-8", "surrogatepass")
        value["report"]["id"] = hashlib.sha256(text).hexdigest()  # a further printing has an id of its own
        try:
            yield from_dict(value)
        except SchemaError:
            continue


def _same_actor(row: EntryRow | None, view: ActorView) -> bool:
    return row is not None and actor_view(row) == view


def _same_event(row: EntryRow, view: EventView) -> bool:
    """Whether what an event is compared by is what it was."""
    return row.kind == "event" and event_view_alone(row) == replace(view, about={})


def _key(link: Link) -> _Key:
    return link.kind, link.a, link.b


def _still(link: Link, there: Mapping[Place, EntryRow]) -> bool:
    """Whether both ends of a link are in one item, where the link says that they are one."""
    return link.kind not in _JOINING or there[link.a].item == there[link.b].item


def _told(report: str, title: str, before: _Before, after: Mapping[str, EntryRow]) -> Reread:
    new: Counter[str] = Counter(row.kind for entry, row in after.items() if entry not in before.rows)
    gone: Counter[str] = Counter(row.kind for entry, row in before.rows.items() if entry not in after)
    both = [(row, after[entry]) for entry, row in before.rows.items() if entry in after]
    changed: Counter[str] = Counter(now.kind for old, now in both if old.json != now.json)
    moved = sum(old.item != now.item for old, now in both)
    return Reread(report, title, False, dict(new), dict(gone), dict(changed), moved)
