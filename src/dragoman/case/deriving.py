"""From the store to a record, and from a record to what follows from it: figures, disputes, commitments and threads.

What follows is worked out when reports have been added, and is kept with what it was on earlier days (`following.py`). A small case is
worked out anew for the day that is asked for. Numbers stay: an item keeps its id on every day and whatever reports arrive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

import msgspec

from dragoman.case import acting
from dragoman.case.acting import DEEDS, PARTIES, Deed, Party
from dragoman.case.adding import CHANGES
from dragoman.case.commitments import commitments, urgency
from dragoman.case.deciding import standing
from dragoman.case.disputes import disputes
from dragoman.case.edits import Edits, letter_of, target_of
from dragoman.case.figures import measured_things
from dragoman.case.following import (
    COMMITMENTS,
    DISPUTES,
    SERIES,
    THREADS,
    commitment_at,
    commitment_row,
    day_number,
    dispute_at,
    dispute_row,
    series_at,
    series_row,
    thread_at,
    thread_row,
)
from dragoman.case.judgements import Commitment, Dispute, FigureSeries, Link, Place, Thread
from dragoman.case.kept import entry_of, info, mentions
from dragoman.case.numbering import Numbers
from dragoman.case.once import Once
from dragoman.case.query import Filters
from dragoman.case.record import Mentions, Record
from dragoman.case.replaying import moved_entries
from dragoman.case.states import States
from dragoman.case.store.base import EntryRow, FollowKind, FollowRow, ItemRow, ReportRow, Store
from dragoman.case.threads import Loom, Woven, threads, woven
from dragoman.case.uncollected import uncollected
from dragoman.case.untouched import codes, is_same, untouched

_SETTLED, _WOVEN = "settled", "woven"
FORMAT = "4"
"""Of what is kept. Raise it whenever other code would find other rows, or could not read these: they are all made anew then."""
_NOTHING_WOVEN = '["",[],[],{}]'
_DECODER = msgspec.json.Decoder(tuple[str, list[Woven], list[Loom], dict[str, str]])
FEW = 60
"""A case of so many reports is worked out anew for an earlier day, word by word as it was: that takes no time."""
DECODED = 4
"""Kinds of what is kept that stay decoded: threads, disputes, commitments, series."""
_ONE_BY_ONE = 2000
"""Rows that are looked up one by one; more are read with all others."""
_ATTEMPTS = 3
_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from a record."""

    threads: tuple[Thread, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    figures: tuple[FigureSeries, ...] = ()


@dataclass(frozen=True, slots=True)
class _Settled:
    """What was worked out, to be kept: `before` is what was noted as settled then, `changes` the count of changes that it is of.

    `woven` are the threads of events as they are kept, `rows` the items that are new or have changed, `gone` those that are no more.
    """

    before: str | None
    changes: str
    woven: str
    threads: tuple[Thread, ...]
    numbers: Mapping[str, str]
    rows: Sequence[FollowRow]
    gone: Collection[str]


def derive(
    record: Record, events: Sequence[Woven] | None = None, same: Mapping[str, Thread] | None = None
) -> tuple[Derived, dict[str, str]]:
    """All that follows from a record, and the ids that its items are known by from now on.

    `events`: what `woven` gave, if it is known; `same`: the threads that are known to be `untouched`.
    """
    processes = threads(record, numbers := Numbers(record.ids), events, same)
    measured = measured_things(record, numbers := Numbers(numbers.known))
    clashes = disputes(record, numbers := Numbers(numbers.known), measured)
    undertaken = commitments(record, numbers := Numbers(numbers.known))
    return Derived(processes, clashes, undertaken, tuple(thing.series for thing in measured)), numbers.known


class Records:
    """The records of one case; the last one is remembered until the case changes.

    `as_kept`: of a large case to which reports were added since, or about which people have decided, what was kept last answers, until
    somebody has settled it; else it is worked out for each question.
    """

    def __init__(self, store: Store, *, as_kept: bool = False, decoded: Once | None = None) -> None:
        """`decoded`: where what is kept stays once it is decoded; several connections to one case may share it."""
        self._store = store
        self._as_kept = as_kept
        self._whole: tuple[str | None, Record] | None = None
        self._stamp = ""
        self._of_day: tuple[tuple[str | None, str | None], Record, Derived] | None = None
        self._decoded = decoded or Once(DECODED)
        self._states: tuple[str | None, States] | None = None

    def whole(self) -> Record:
        """The record of all reports."""
        changes = self._store.meta(CHANGES)
        if self._whole is None or self._whole[0] != changes:
            self._whole = (changes, self._grown())
        return self._whole[1]

    def _grown(self) -> Record:
        """The record of all reports: where people have decided nothing, only those that are new since it was made last are read."""
        rows, before, stamp = self._store.report_rows(), self._whole, self._stamp
        self._stamp = self._store.follows().stamp()
        if before is None or stamp != self._stamp or not stamp.startswith("0 "):
            return self.of(rows)
        known = {told.report.id: told for told in before[1].mentions}
        new = self.of([row for row in rows if row.id not in known])
        there = [replace(known[row.id], report=info(row)) for row in rows if row.id in known]
        return replace(Record.of((*there, *new.mentions), {**before[1].item_of, **new.item_of}), links=new.links, ids=new.ids)

    def until(self, as_of: str | None) -> Record:
        """The record of a day, None for all reports."""
        return self.whole().until(as_of) if as_of else self.whole()

    def of(self, reports: Sequence[ReportRow], *, as_read: bool = False) -> Record:
        """The record of these reports, with all that people have decided; `as_read` leaves out what they have edited."""
        rows: dict[str, list[EntryRow]] = {report.id: [] for report in reports}
        for place, row in self._store.entries((Place(report.id) for report in reports), roles=False).items():
            rows[place.report].append(row)
        items = {row.place: row.item for found in rows.values() for row in found if row.item}
        links = [kept.link for kept in self._store.links(kinds=("came_of", "reverses"))]
        return replace(self._edited([mentions(r, rows[r.id]) for r in reports], items, links, as_read), ids=self._store.numbers())

    def of_items(self, items: Iterable[str], filters: Filters, *, as_read: bool = False) -> Record:
        """What the reports up to the day asked for tell of these items, and who takes part in it."""
        rows = [row for members in self._store.members(items, filters).values() for row in members]
        return replace(self._of_rows(rows, filters, as_read), as_of=filters.as_of or "")

    def of_places(self, places: Iterable[Place]) -> Record:
        """What these entries tell, and who takes part in it; of a place without an entry only the report."""
        wanted = list(dict.fromkeys(places))
        found = self._store.entries(place for place in wanted if place.entry)
        return self._of_rows(list(found.values()), Filters(), reports=[place.report for place in wanted])

    def _of_rows(self, rows: Sequence[EntryRow], filters: Filters, as_read: bool = False, reports: Iterable[str] = ()) -> Record:
        """The record of some entries: only what is asked for is read, so that a question costs the same in a large case."""
        acting = {Place(row.place.report, actor) for row in rows for _, actor in row.roles if actor[:1] == "a"}
        parties = self._store.entries(acting - {row.place for row in rows})
        links = self._store.links([row.place for row in rows if row.kind == "event"], kinds=("reverses",), filters=filters)
        undone = self._store.entries({stored.link.b for stored in links})
        of: dict[str, list[EntryRow]] = {report: [] for report in reports}
        for row in (*rows, *parties.values()):
            of.setdefault(row.place.report, []).append(row)
        there = self._store.reports(of)
        # A copy counts as the report that it repeats, which may tell of something else.
        while copied := self._store.reports({row.same_text_as for row in there.values() if row.same_text_as} - there.keys()):
            there |= copied
            of |= {report: [] for report in copied}
        items = {row.place: row.item for row in (*rows, *parties.values(), *undone.values()) if row.item}
        told = [mentions(there[report], found) for report, found in of.items() if report in there]
        return self._edited(told, items, [stored.link for stored in links], as_read)

    def _edited(self, told: Sequence[Mentions], items: Mapping[Place, str], links: Sequence[Link], as_read: bool) -> Record:
        decisions = [kept.decision for kept in self._store.decisions()]
        if as_read:
            decisions = [decision for decision in decisions if decision.verb != "edit"]
        edited, items_of = Edits(decisions).over(told, items, lambda actor: entry_of(self._store, actor))
        return Record.of(edited, items_of, links, decisions)

    # --- what follows

    def derived(self, as_of: str | None) -> Derived:
        """What follows from the record of a day."""
        return Derived(tuple(self.threads(as_of)), tuple(self.disputes(as_of)), tuple(self.commitments(as_of)), tuple(self.figures(as_of)))

    def heads(self, kind: FollowKind, as_of: str | None, *, since: str | None = None) -> list[tuple[str, str | None]]:
        """The ids of the threads, disputes, commitments or series that there were on a day, with the events that they are about.

        `since` leaves out series of which nothing was said on that day or later.
        """
        if (found := self._anew(as_of)) is not None:
            return _heads(found, kind)
        least = day_number(since) if since else 0
        return self._store.follows().heads(kind, as_of, order="size" if kind == "thread" else "day", least=least)

    def spoken(self, actor: str) -> frozenset[str]:
        """The series to which an actor gives a value."""
        places = self._store.spoken("figure", actor)
        return frozenset(self._store.numbers(f"F:{place.report}:{place.entry}" for place in places).values())

    def threads(self, as_of: str | None, items: Collection[str] | None = None) -> list[Thread]:
        """The threads of a day, or those of `items`, those that most is told of first."""
        if (found := self._anew(as_of)) is not None:
            return [thread for thread in found.threads if items is None or thread.id in items]
        at = [thread for kept in self._kept("thread", THREADS, items) if (thread := thread_at(kept, as_of))]
        return sorted(at, key=lambda thread: -len(thread.events)) if as_of else at

    def disputes(self, as_of: str | None, items: Collection[str] | None = None) -> list[Dispute]:
        """The disputes of a day, or those of `items`, in the order in which they arose."""
        if (found := self._anew(as_of)) is not None:
            return [dispute for dispute in found.disputes if items is None or dispute.id in items]
        return [dispute for kept in self._kept("dispute", DISPUTES, items) if (dispute := dispute_at(kept, as_of))]

    def commitments(self, as_of: str | None, items: Collection[str] | None = None) -> list[Commitment]:
        """The commitments of a day, or those of `items`, the overdue first."""
        if (found := self._anew(as_of)) is not None:
            return [commitment for commitment in found.commitments if items is None or commitment.id in items]
        there = {item for item, _ in self.heads("commitment", as_of)} if as_of else None
        at = [commitment_at(kept, as_of) for kept in self._kept("commitment", COMMITMENTS, items)]
        today = as_of or self.today()
        return sorted((c for c in at if there is None or c.id in there), key=lambda commitment: urgency(commitment, today))

    def figures(self, as_of: str | None, items: Collection[str] | None = None) -> list[FigureSeries]:
        """The series of a day, or those of `items`, the first given first."""
        if (found := self._anew(as_of)) is not None:
            return [series for series in found.figures if items is None or series.id in items]
        return [series for kept in self._kept("figure", SERIES, items) if (series := series_at(kept, as_of))]

    def about(self, event: str, as_of: str | None) -> Derived:
        """What follows and is about one event."""
        if (found := self._anew(as_of)) is not None:
            series = {s.id for s in found.figures if s.about == event}
            return Derived(
                tuple(t for t in found.threads if event in t.events),
                tuple(d for d in found.disputes if d.about == event or d.about in series),
                tuple(c for c in found.commitments if c.act == event),
                tuple(s for s in found.figures if s.id in series),
            )
        rows = self._store.follows().about([event])
        thread = [row.parent for row in self._store.item_rows([event]).values() if row.parent]
        of = {kind: [row.item for row in rows if row.kind == kind] for kind in ("dispute", "commitment", "figure")}
        return Derived(
            tuple(t for t in self.threads(as_of, thread) if event in t.events),
            tuple(self.disputes(as_of, of["dispute"])),
            tuple(self.commitments(as_of, of["commitment"])),
            tuple(self.figures(as_of, of["figure"])),
        )

    def keeps(self, as_of: str | None) -> bool:
        """Whether what was on a day is answered from what is kept."""
        settled = self.is_settled()
        if settled and as_of is None:
            return True
        return (settled or (self._as_kept and _is_ours(self._store.meta(_SETTLED)))) and self._store.count_reports() > FEW

    def states(self) -> States:
        """Where everything stood on each day. Only of a case that `keeps` it."""
        settled = self._store.meta(_SETTLED)
        if self._states is None or self._states[0] != settled:
            self._states = (settled, States(self._store.follows()))
        return self._states[1]

    def deeds(self, as_of: str | None, events: Collection[str] | None) -> list[tuple[str, Deed]]:
        """What the events between actors, or those of them, came to on a day. Only of a case that `keeps` them."""
        kept = acting.decoded(DEEDS, self._jsons("event", events))
        return [(event, deed) for event, known in kept if (events is None or event in events) and (deed := known.at(as_of))]

    def parties(self, actors: Collection[str]) -> dict[str, Party]:
        """What is known of actors of deeds. Only of a case that `keeps` them."""
        wanted = frozenset(actors)
        return {actor: party for actor, party in acting.decoded(PARTIES, self._jsons("actor", wanted)) if actor in wanted}

    def _jsons(self, kind: FollowKind, items: Collection[str] | None) -> list[tuple[Any, ...]]:
        few = items is not None and len(items) <= _ONE_BY_ONE
        return self._store.follows().jsons(kind, sorted(items) if items is not None and few else None)

    def today(self) -> str:
        """The day of the latest report, "" if none has a date."""
        return self._store.last_day()

    def is_settled(self) -> bool:
        """Whether what is kept is of the case as it is now."""
        changes = self._store.meta(CHANGES)
        return self._store.meta(_SETTLED) == (changes and settled_by(changes))

    def stamp(self) -> tuple[str | None, str | None]:
        """Something else whenever an answer may be: how often the case was written to, and of which count what is kept is."""
        return self._store.meta(CHANGES), self._store.meta(_SETTLED)

    def _settled_until(self) -> int:
        """The count of changes that what is kept is of; -1 if nothing is that could be used."""
        settled = self._store.meta(_SETTLED)
        return int((settled or "").partition(" ")[2]) if _is_ours(settled) else -1

    def _anew(self, as_of: str | None) -> Derived | None:
        """What follows, worked out now: where reports were added since, or where a case is small. None where what is kept answers."""
        changes = self._store.meta(CHANGES)
        if self.keeps(as_of):
            return None
        if self._of_day is None or self._of_day[0] != (changes, as_of):
            record = self.until(as_of)
            self._of_day = ((changes, as_of), record, derive(record)[0])
        return self._of_day[2]

    def _kept(self, kind: FollowKind, decoder: msgspec.json.Decoder[_Kept], items: Collection[str] | None) -> list[_Kept]:
        """What is kept of a kind, decoded; all of it is remembered until the case changes, since several questions may need it."""
        if items is not None:
            return [decoder.decode(row.json) for row in self._store.follows().of(items)]

        def decoded() -> list[_Kept]:
            rows = self._store.follows().rows(kind, order="size" if kind == "thread" else "day")
            return [decoder.decode(row.json) for row in rows]

        return self._decoded.value((kind, self._store.meta(_SETTLED)), decoded)

    # --- settling

    def settle(self) -> None:
        """Works out what follows from the whole case as it is now, and keeps it. Does nothing where nothing has changed since.

        It is worked out from a snapshot, so that others can add and decide meanwhile. Where another program has kept what follows in
        that time, it is worked out again; at last with the case locked.
        """
        wanted = int(self._store.meta(CHANGES) or "-1")
        for _ in range(_ATTEMPTS):
            with self._store.snapshot(), uncollected():
                found = self._worked_out() if self._settled_until() < wanted else None
            if found is None:
                return
            with self._store.transaction():
                self._keep(found)
        with self._store.transaction(), uncollected():
            if self._settled_until() < wanted:
                self._keep(self._worked_out())

    def _worked_out(self) -> _Settled:
        changes, before = self._store.meta(CHANGES) or "", self._store.meta(_SETTLED)
        ours, follows = _is_ours(before), self._store.follows()
        there = {row.item: row for kind in get_args(FollowKind) for row in follows.rows(kind)}
        known = there if ours else {}  # what code of another format has kept may not even be readable
        record = self._grown()
        kept, events, told_before = self._woven(record, ours, told := codes(record))
        same = untouched(record, told_before, told, known)
        found, numbers = derive(record, events, same)
        rows = self._rows(record, found, known, same)
        self._whole = (changes, record)
        return _Settled(
            before, changes, kept, found.threads, {key: item for key, item in numbers.items() if record.ids.get(key) != item},
            [row for row in rows if known.get(row.item) != row], there.keys() - (known.keys() & {row.item for row in rows}),
        )  # fmt: skip

    def _keep(self, found: _Settled) -> None:
        """Writes what has changed, unless another program has written meanwhile."""
        if self._store.meta(_SETTLED) != found.before:
            return
        self._store.put_numbers(found.numbers)
        self._store.set_meta(_WOVEN, found.woven)
        self._keep_threads(found.threads)
        self._store.follows().drop(found.gone)
        self._store.follows().put(found.rows)
        self._store.set_meta(_SETTLED, settled_by(found.changes))

    def _woven(self, record: Record, ours: bool, now_told: Mapping[str, str]) -> tuple[str, Sequence[Woven], Mapping[str, str]]:
        """What is to be kept of the threads of all events, these threads, and the codes of the reports that were there before.

        What was decided last is taken over, unless people or a newer reader have changed what is told.
        """
        stamp, known, looms, told = _DECODER.decode((ours and self._store.meta(_WOVEN)) or _NOTHING_WOVEN)
        if stamp != (now := self._as_told(record)):
            known, looms, told = [], [], {}
        kept: list[Loom] = []
        events = woven(record, known, looms, kept)
        return msgspec.json.encode((now, events, kept, now_told)).decode(), events, told

    def _as_told(self, record: Record) -> str:
        """Another text whenever the same reports tell something else than before: read again, moved or edited by people."""
        moved = sorted((target_of(place), record.item(place)) for place in moved_entries(self._store))
        changed = sorted((d.target, d.value or "") for d in standing(record.decisions) if d.verb == "edit" and letter_of(d.target) != "C")
        _, _, reread = self._store.follows().stamp().partition(" ")
        return f"{reread} {hashlib.sha256(repr((moved, changed)).encode('utf-8', 'replace')).hexdigest()[:16]}"

    def _rows(self, record: Record, found: Derived, before: Mapping[str, FollowRow], same: Mapping[str, Thread]) -> list[FollowRow]:
        """All that is to be kept; `before` is what was kept last, `same` the threads that are as they were."""
        about = {series.id: series.about for series in found.figures}
        rows = [
            before[thread.id] if is_same(thread, same, before) else thread_row(record, thread, before.get(thread.id))
            for thread in found.threads
        ]
        rows += [series_row(record, series) for series in found.figures]
        rows += [dispute_row(record, d, about.get(d.about, d.about), before.get(d.id)) for d in found.disputes]
        rows += [commitment_row(record, commitment) for commitment in found.commitments]
        return rows + acting.rows(record, self._names, {row.id: row.number for row in self._store.report_rows()})

    def _names(self, actors: Iterable[str]) -> dict[str, str]:
        return {row.id: row.name or row.id for row in self._store.item_rows(actors).values()}

    def _keep_threads(self, found: Sequence[Thread]) -> None:
        """Threads as items, and each event under its thread: so that the store can be asked for what belongs to one."""
        of_event = {item: thread.id for thread in found for item in thread.events}
        for row in self._store.whole().items("event"):
            if row.parent != of_event.get(row.id):
                self._store.put_item(replace(row, parent=of_event.get(row.id)))
        there = {row.id: row for row in self._store.whole().items("thread")}
        for row in (ItemRow(thread.id, "thread", name=thread.title, day=thread.since or "") for thread in found):
            if there.pop(row.id, None) != row:
                self._store.put_item(row)
        for name in there:
            self._store.drop_item(name)


def _is_ours(settled: str | None) -> bool:
    """Whether what is noted as settled was kept by code of this format."""
    return settled is not None and settled.partition(" ")[0] == FORMAT


def settled_by(changes: str) -> str:
    """What is noted of a case that is settled after so many changes."""
    return f"{FORMAT} {changes}"


def _heads(found: Derived, kind: FollowKind) -> list[tuple[str, str | None]]:
    """The ids of what was worked out, with the events that it is about."""
    about = {series.id: series.about for series in found.figures}
    heads: Mapping[FollowKind, Callable[[], list[tuple[str, str | None]]]] = {
        "thread": lambda: [(thread.id, None) for thread in found.threads],
        "dispute": lambda: [(dispute.id, about.get(dispute.about, dispute.about)) for dispute in found.disputes],
        "commitment": lambda: [(commitment.id, commitment.act) for commitment in found.commitments],
        "figure": lambda: list(about.items()),
    }
    return heads[kind]()
