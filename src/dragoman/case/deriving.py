"""From the store to a record, and from a record to what follows from it: figures, disputes, commitments and threads.

What follows from the whole case is worked out when reports have been added and is kept; for an earlier day it is worked out when it is
asked for. Numbers stay: an item keeps its id on every day and whatever reports arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import msgspec

from dragoman.case.adding import CHANGES
from dragoman.case.commitments import commitments
from dragoman.case.disputes import disputes
from dragoman.case.figures import figure_series
from dragoman.case.judgements import Commitment, Dispute, FigureSeries, Place, Thread
from dragoman.case.kept import mentions
from dragoman.case.numbering import Numbers
from dragoman.case.query import Filters
from dragoman.case.record import Record
from dragoman.case.store.base import EntryRow, ItemRow, ReportRow, Store
from dragoman.case.threads import threads

_DERIVED, _SETTLED = "derived", "settled"


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from a record."""

    threads: tuple[Thread, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    figures: tuple[FigureSeries, ...] = ()


_DECODER = msgspec.json.Decoder(Derived)


def derive(record: Record) -> tuple[Derived, dict[str, str]]:
    """All that follows from a record, and the ids that its items are known by from now on."""
    woven = threads(record, numbers := Numbers(record.ids))
    series = figure_series(record, numbers := Numbers(numbers.known))
    clashes = disputes(record, numbers := Numbers(numbers.known))
    undertaken = commitments(record, numbers := Numbers(numbers.known))
    return Derived(woven, clashes, undertaken, series), numbers.known


class Records:
    """The records of one case; the last one is remembered until the case changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._whole: tuple[str | None, Record] | None = None
        self._of_day: tuple[tuple[str | None, str | None], Record, Derived] | None = None

    def whole(self) -> Record:
        """The record of all reports."""
        changes = self._store.meta(CHANGES)
        if self._whole is None or self._whole[0] != changes:
            self._whole = (changes, self.of(self._store.report_rows()))
        return self._whole[1]

    def until(self, as_of: str | None) -> Record:
        """The record of a day, None for all reports."""
        return self.whole().until(as_of) if as_of else self.whole()

    def of(self, reports: Sequence[ReportRow]) -> Record:
        """The record of these reports, with all that people have decided."""
        rows: dict[str, list[EntryRow]] = {report.id: [] for report in reports}
        for place, row in self._store.entries(Place(report.id) for report in reports).items():
            rows[place.report].append(row)
        items = {row.place: row.item for found in rows.values() for row in found if row.item}
        links = [kept.link for kept in self._store.links(kinds=("came_of", "reverses"))]
        decisions = [kept.decision for kept in self._store.decisions()]
        return Record.of((mentions(r, rows[r.id]) for r in reports), items, links, decisions, self._store.numbers())

    def of_items(self, items: Iterable[str], filters: Filters) -> Record:
        """The record of the reports up to the day asked for that tell of these items."""
        members = self._store.members(items, filters)
        wanted = {row.place.report for rows in members.values() for row in rows}
        return replace(self.of(list(self._store.reports(wanted).values())), as_of=filters.as_of or "")

    def derived(self, as_of: str | None) -> Derived:
        """What follows from the record of a day: what was kept, if it is that of the whole case, else worked out now."""
        changes = self._store.meta(CHANGES)
        if as_of is None and changes == self._store.meta(_SETTLED):
            return _DECODER.decode(self._store.meta(_DERIVED) or "{}")
        if self._of_day is None or self._of_day[0] != (changes, as_of):
            record = self.until(as_of)
            self._of_day = ((changes, as_of), record, derive(record)[0])
        return self._of_day[2]

    def settle(self) -> None:
        """Works out what follows from the whole case and keeps it. Does nothing where the case has not changed since."""
        with self._store.transaction():
            changes = self._store.meta(CHANGES)
            if changes is None or changes == self._store.meta(_SETTLED):
                return
            record = self.of(self._store.report_rows())
            found, known = derive(record)
            self._store.put_numbers({key: item for key, item in known.items() if record.ids.get(key) != item})
            self._keep_threads(found.threads)
            self._store.set_meta(_DERIVED, msgspec.json.encode(found).decode())
            self._store.set_meta(_SETTLED, changes)
            self._whole = (changes, record)

    def _keep_threads(self, found: Sequence[Thread]) -> None:
        """Threads as items, and each event under its thread: so that the store can be asked for what belongs to one."""
        of_event = {item: thread.id for thread in found for item in thread.events}
        rows = self._store.item_rows(listed.item.id for listed in self._store.items("event"))
        gone = {listed.item.id for listed in self._store.items("thread")} - {thread.id for thread in found}
        for row in rows.values():
            if row.parent != of_event.get(row.id):
                self._store.put_item(replace(row, parent=of_event.get(row.id)))
        for thread in found:
            self._store.put_item(ItemRow(thread.id, "thread", name=thread.title, day=thread.since or ""))
        for name in gone:
            self._store.drop_item(name)
