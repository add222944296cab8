"""The case: many reports as one record that keeps who said what.

>>> with Case.open("cuba.case", create=True) as case:  # doctest: +SKIP
...     case.add(loaded, reading)
...     case.settle()
...     for telling in case.timeline(Filters(as_of="1962-10-28")):
...         print(telling.event.id, telling.who, telling.mention.sentence)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Self

from dragoman.case.adding import Added, Adder
from dragoman.case.asking import Questions, Telling
from dragoman.case.brief.composing import compose
from dragoman.case.brief.parts import Brief
from dragoman.case.changing import Changes, changes
from dragoman.case.deriving import Derived, Records
from dragoman.case.exporting import answer, report
from dragoman.case.exports.acled import acled
from dragoman.case.exports.lines import encoded, lines
from dragoman.case.exports.polecat import polecat
from dragoman.case.exports.selecting import Selected
from dragoman.case.exports.tables import Table, tables
from dragoman.case.importing import import_case
from dragoman.case.judgements import CaseActor, Commitment, Dispute, FigureSeries, Thread
from dragoman.case.judging import Judge
from dragoman.case.log import Entry, entries, waiting
from dragoman.case.network import Network, Period, network
from dragoman.case.news import Mark, News
from dragoman.case.once import Once
from dragoman.case.places.placing import Places, places
from dragoman.case.printings import as_new
from dragoman.case.query import Filters
from dragoman.case.rereading import Rereader
from dragoman.case.reviewing import ANY, Doubt, Queue, Wanted
from dragoman.case.reviewing_agreement import Agreement, agreement
from dragoman.case.reviewing_evidence import Quote, quotes
from dragoman.case.reviewing_queue import Reviewer
from dragoman.case.showing import Shower, Shown
from dragoman.case.store.base import ALL, FollowKind, Found, ItemKind, ItemRow, Order, ReportRow, Store
from dragoman.case.store.opening import open_store
from dragoman.case.store.words import forms
from dragoman.case.uncollected import uncollected
from dragoman.reading.entries import Reading
from dragoman.text.loaded import Loaded
from dragoman.text.report import Report

if TYPE_CHECKING:
    from dragoman.case.stories import Story


class Case:
    """One case in its store. Opened by one thread; others open their own."""

    def __init__(self, store: Store, by: str = "dragoman", *, as_kept: bool = False, decoded: Once | None = None) -> None:
        """A case over an open store; `by` names what makes the readings that are added.

        `as_kept`: questions about threads, disputes, commitments and figures of a large case are answered from what was settled last,
        although reports have come, or decisions were taken, since (see `is_settled`); without it they are worked out anew each time.
        `decoded`: what is kept stays there once it is decoded; the threads that ask one case may share it.
        """
        self.store = store
        self._records = Records(store, as_kept=as_kept, decoded=decoded)
        self._questions = Questions(store, self._records)
        self._shower = Shower(store, self._records, self._questions)
        self._adder = Adder(store, by)
        self._reviewer = Reviewer(store, self._records)

    @classmethod
    def open(
        cls, location: str | Path, *, create: bool = False, by: str = "dragoman", as_kept: bool = False, decoded: Once | None = None
    ) -> Case:
        """The case in a file or at a `postgresql://` URL; begun there if `create`. Raises StoreError."""
        return cls(open_store(location, create=create), by, as_kept=as_kept, decoded=decoded)

    def close(self) -> None:
        """Ends the connection to the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # --- adding

    def has(self, identity: str) -> bool:
        """Whether the case has a report of this id."""
        return bool(self.store.reports([identity]))

    def as_new(self, report: Report) -> Report | None:
        """The report as it is to be read and added; None if the case has it.

        A text that the case has from another publisher is a report of its own, with an id of its own.
        """
        return as_new(self.store, report)

    def read_by(self, by: str) -> None:
        """Says what makes the readings that are added from now on."""
        self._adder.by = by

    def rereader(self, by: str) -> Rereader:
        """Reads reports again; `by` names what makes the newer readings. Call `settle` when it has finished."""
        return Rereader(self.store, by)

    def add(self, loaded: Loaded, reading: Reading, at: str | None = None, notes: Mapping[str, str] | None = None) -> Added | None:
        """Adds a report with its reading, whole or not at all; None if the case has it already.

        `at` is the moment that is noted, as ISO date and time in UTC; now without it. `notes` are kept together with the report.
        """
        return self._adder.add(loaded, reading, at or now(), notes)

    def note(self, key: str, value: str) -> None:
        """Keeps something beside the reports, such as what is known of a feed."""
        with self.store.transaction():
            self.store.set_meta(key, value)

    def noted(self, key: str) -> str | None:
        """What was kept under `key`."""
        return self.store.meta(key)

    def settle(self) -> None:
        """Works out threads, disputes, commitments and figures anew and keeps them; call it when reports have been added."""
        with uncollected():
            self._records.settle()
            self._reviewer.note()

    # --- questions

    def timeline(self, filters: Filters = ALL, *, limit: int | None = None, offset: int = 0, after: int = 0) -> list[Telling]:
        """The events that pass, the earliest first. `after`: only what reports with a greater number tell."""
        with uncollected():
            return self._questions.events(filters, limit=limit, offset=offset, after=after)

    def tellings(self, items: Sequence[str], filters: Filters = ALL) -> list[Telling]:
        """These events, those that are told up to the day asked for."""
        with uncollected():
            return self._questions.tellings(items, filters)

    def actors(self, filters: Filters = ALL, *, order: Order = "claims", limit: int | None = None, offset: int = 0) -> list[CaseActor]:
        """The actors that pass, those named most often first."""
        with uncollected():
            return self._questions.actors(filters, order=order, limit=limit, offset=offset)

    def most_named(self, filters: Filters = ALL, *, limit: int | None = None) -> list[str]:
        """The ids of the actors that pass, those named most often first."""
        return self._questions.most_named(filters, limit=limit)

    def threads(self, filters: Filters = ALL, *, limit: int | None = None) -> list[Thread]:
        """The threads that pass, with where each stands."""
        with uncollected():
            return self._questions.threads(filters, limit=limit)

    def disputes(self, filters: Filters = ALL, *, limit: int | None = None) -> list[Dispute]:
        """The disputes that pass, in the order in which they arose."""
        with uncollected():
            return self._questions.disputes(filters, limit=limit)

    def commitments(self, filters: Filters = ALL, *, limit: int | None = None) -> list[Commitment]:
        """The commitments that pass, the overdue first."""
        with uncollected():
            return self._questions.commitments(filters, limit=limit)

    def figures(self, filters: Filters = ALL, *, limit: int | None = None) -> list[FigureSeries]:
        """The series of figures that pass."""
        with uncollected():
            return self._questions.figures(filters, limit=limit)

    def figures_of(self, items: Sequence[str], as_of: str | None = None) -> list[FigureSeries]:
        """These series of figures as they were on a day, those that there were."""
        return self._questions.figures_of(items, as_of)

    def most_claimed(self, filters: Filters = ALL) -> list[str]:
        """The ids of the series of figures that pass, those with most claims first."""
        return self._questions.most_claimed(filters)

    def count(self, kind: Literal["thread", "figure", "actor"], filters: Filters = ALL) -> int:
        """How many threads, series of figures or actors pass."""
        return self._questions.count(kind, filters)

    def ids(self, kind: Literal["thread", "figure", "actor"], filters: Filters = ALL) -> Sequence[str]:
        """The ids of the threads, series or actors that pass, in their order: what a page leaves out need not be read."""
        return self._questions.ids(kind, filters)

    def reports(self, filters: Filters = ALL, *, after: int = 0) -> list[ReportRow]:
        """The reports that pass, by day of publication."""
        return self.store.report_rows(filters, after=after)

    def stories(self, filters: Filters = ALL) -> list[Story]:
        """The reports that pass by the story that they tell, those told most first. Raises QueryError where too many pass."""
        from dragoman.case.stories import stories  # brings numpy

        return stories(self.store, filters)

    def search(self, query: str, filters: Filters = ALL, *, limit: int = 20, offset: int = 0) -> Found:
        """The reports whose words match; see `Store.search`. Raises QueryError where nothing is asked."""
        return self.store.search(query, filters, limit=limit, offset=offset)

    def show(self, item: str, filters: Filters = ALL) -> Shown:
        """Everything about one item or link, by its id. Raises QueryError if the case has none."""
        with uncollected():
            return self._shower.show(item, filters)

    def changes(self, filters: Filters = ALL, reader: str = "", *, limit: int | None = None) -> Changes:
        """What is new since `filters.since`, or else since `reader` last asked, which is then noted. `limit`: at most so many events."""
        with uncollected():
            return changes(self.store, self._questions, filters, reader, limit)

    def news(self, since: Mark, from_day: str | None = None) -> News:
        """What the reports added since a mark tell for the first time. Ask it within one snapshot of the store, of a settled case."""
        return News(self.store, self._records, self._questions, self._shower, since, from_day)

    def is_settled(self) -> bool:
        """Whether what follows from all reports and decisions that there are now is worked out; `settle` does it."""
        return self._records.is_settled()

    def answers_as_kept(self) -> bool:
        """Whether questions are answered from what was settled last although the case has changed since."""
        return not self._records.is_settled() and self._records.keeps(None)

    def stamp(self) -> tuple[str | None, str | None]:
        """Something else whenever the answer to a question may be another one."""
        return self._records.stamp()

    def network(self, filters: Filters = ALL, by: Period | None = None) -> Network:
        """Who acts on whom in what passes: signed, weighted by events, and in periods if `by` is "month", "week" or "day"."""
        with uncollected():
            return network(self.selected(filters), by)

    def places(self, filters: Filters = ALL) -> Places:
        """Where the events that pass took place, with the reason for each. Raises MissingLibrary without `dragoman[map]`."""
        return places(self.store, self._questions, filters)

    def derived(self, filters: Filters = ALL) -> Derived:
        """Threads, disputes, commitments and figures that pass, all at once."""
        return self._questions.derived(filters)

    def brief(self, filters: Filters = ALL) -> Brief:
        """What happened, who says so, what is disputed, promised and due: sentences with the reports' sentences they rest on.

        The same case gives the same brief. `as_of` is its day, `since` the day from which news is told, `thread` the only thread told.
        """
        with self.store.snapshot():
            return compose(self.store, self._records, self._questions, filters)

    # --- exports

    def contract(self, filters: Filters = ALL) -> dict[str, Any]:
        """All that the filters select, as plain values after the contract `dragoman.case/1`."""
        chosen = self.selected(filters)
        found = chosen.derived
        items = answer(
            filters,
            actors=chosen.actors,
            events=chosen.events,
            figures=found.figures,
            disputes=found.disputes,
            commitments=found.commitments,
            threads=found.threads,
            links=chosen.links,
        )
        return {"schema": items.pop("schema"), "as_of": items.pop("as_of"), "reports": [report(row) for row in chosen.reports], **items}

    def selected(self, filters: Filters = ALL) -> Selected:
        """All that the filters select, to be exported in several forms."""
        return Selected(self.store, self._records, self._questions, filters)

    def lines(self, filters: Filters = ALL) -> Iterator[str]:
        """The lossless form: lines of JSON from which `import_lines` makes the same case again."""
        return encoded(lines(self.selected(filters)))

    def tables(self, filters: Filters = ALL) -> dict[str, Table]:
        """All that the filters select as flat tables, by name: "reports", "actors", "events", "claims" and so on."""
        return {table.name: table for table in tables(self.selected(filters))}

    def polecat(self, filters: Filters = ALL) -> Table:
        """The events under POLECAT's column names; what it would not hold is left out, what a case does not know is None."""
        return polecat(self.selected(filters))

    def acled(self, filters: Filters = ALL) -> Table:
        """The events that occurred, of the kinds that ACLED records, under its column names."""
        return acled(self.selected(filters))

    @staticmethod
    def import_lines(location: str | Path, source: BinaryIO, name: str = "the file") -> int:
        """Makes a case, where there is none, of what `lines` gave; the number of its reports. Raises InputError and StoreError.

        Nothing is left of it if anything is wrong with the file; `name` is what the error calls it.
        """
        return import_case(location, source, name)

    def judge(self, by: str) -> Judge:
        """Takes the decisions of one person; call `settle` when they are taken."""
        return Judge(self.store, by)

    def review(self, wanted: Wanted = ANY, *, limit: int | None = 20, offset: int = 0, skip: Collection[str] = ()) -> Queue:
        """What is uncertain and nobody has judged, what matters most and is least certain first; without the questions of `skip`."""
        return self._reviewer.queue(wanted, limit=limit, offset=offset, skip=skip)

    def doubt(self, item: str) -> Doubt | None:
        """The question about one link, event, commitment or dispute, whether it is decided or not; None if there is none."""
        return self._reviewer.doubt(item)

    def evidence(self, doubts: Sequence[Doubt]) -> dict[str, tuple[Quote, ...]]:
        """For each question, by its id, the places of the reports that a person has to see, as they were read."""
        return quotes(self.store, doubts)

    def agreement(self) -> Agreement:
        """How far the people agree who have decided the same questions, and where they differ."""
        return agreement(self.store)

    def log(self) -> list[Entry]:
        """All decisions in order, with what has become of each."""
        return entries(self.store.decisions(), self.waiting())

    def waiting(self) -> frozenset[str]:
        """The decisions that stand but whose object the reports as they were last read do not have."""
        if not self.store.decisions():
            return frozenset()
        kinds: tuple[FollowKind, ...] = ("thread", "dispute", "commitment", "figure")
        return waiting(self.store, frozenset(item for kind in kinds for item, _ in self._records.heads(kind, None)))

    def found(self, kind: ItemKind, name: str, limit: int = 10) -> list[ItemRow]:
        """Items whose name holds these words, those with most entries first; else those that some report calls so."""
        rows = self.store.called(kind, sorted(set(forms(name))), limit=limit)
        return rows or self.store.named(kind, name, limit=limit)

    def today(self) -> str:
        """The day of the latest report, "" if no report has a date."""
        return self.store.last_day()

    def names(self, items: Sequence[str]) -> dict[str, str]:
        """The names of items by their ids."""
        return self._questions.names(items)


def now() -> str:
    """This moment as it is noted in a case."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
