"""The case: many reports as one record that keeps who said what.

>>> with Case.open("cuba.case", create=True) as case:  # doctest: +SKIP
...     case.add(loaded, reading)
...     case.settle()
...     for telling in case.timeline(Filters(as_of="1962-10-28")):
...         print(telling.event.id, telling.who, telling.mention.sentence)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dragoman.case.adding import Added, Adder
from dragoman.case.asking import Questions, Telling
from dragoman.case.deriving import Derived, Records
from dragoman.case.exporting import answer, report
from dragoman.case.judgements import CaseActor, Commitment, Dispute, FigureSeries, Thread
from dragoman.case.judging import Judge
from dragoman.case.query import Filters
from dragoman.case.showing import Shower, Shown
from dragoman.case.store.base import ALL, Found, ItemKind, ItemRow, Order, ReportRow, Store
from dragoman.case.store.opening import open_store
from dragoman.case.store.words import forms
from dragoman.reading.entries import Reading
from dragoman.text.loaded import Loaded


class Case:
    """One case in its store. Opened by one thread; others open their own."""

    def __init__(self, store: Store, by: str = "dragoman") -> None:
        """A case over an open store; `by` names what makes the readings that are added."""
        self.store = store
        self._records = Records(store)
        self._questions = Questions(store, self._records)
        self._shower = Shower(store, self._records, self._questions)
        self._adder = Adder(store, by)

    @classmethod
    def open(cls, location: str | Path, *, create: bool = False, by: str = "dragoman") -> Case:
        """The case in a file or at a `postgresql://` URL; begun there if `create`. Raises StoreError."""
        return cls(open_store(location, create=create), by)

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
        self._records.settle()

    # --- questions

    def timeline(self, filters: Filters = ALL, *, limit: int | None = None, offset: int = 0, after: int = 0) -> list[Telling]:
        """The events that pass, the earliest first. `after`: only what reports with a greater number tell."""
        return self._questions.events(filters, limit=limit, offset=offset, after=after)

    def tellings(self, items: Sequence[str], filters: Filters = ALL) -> list[Telling]:
        """These events, those that are told up to the day asked for."""
        return self._questions.tellings(items, filters)

    def actors(self, filters: Filters = ALL, *, order: Order = "claims", limit: int | None = None) -> list[CaseActor]:
        """The actors that pass, those named most often first."""
        return self._questions.actors(filters, order=order, limit=limit)

    def threads(self, filters: Filters = ALL) -> list[Thread]:
        """The threads that pass, with where each stands."""
        return self._questions.threads(filters)

    def disputes(self, filters: Filters = ALL) -> list[Dispute]:
        """The disputes that pass, in the order in which they arose."""
        return self._questions.disputes(filters)

    def commitments(self, filters: Filters = ALL) -> list[Commitment]:
        """The commitments that pass, the overdue first."""
        return self._questions.commitments(filters)

    def figures(self, filters: Filters = ALL) -> list[FigureSeries]:
        """The series of figures that pass."""
        return self._questions.figures(filters)

    def reports(self, filters: Filters = ALL, *, after: int = 0) -> list[ReportRow]:
        """The reports that pass, by day of publication."""
        return self.store.report_rows(filters, after=after)

    def search(self, query: str, filters: Filters = ALL, *, limit: int = 20, offset: int = 0) -> Found:
        """The reports whose words match; see `Store.search`. Raises QueryError where nothing is asked."""
        return self.store.search(query, filters, limit=limit, offset=offset)

    def show(self, item: str, filters: Filters = ALL) -> Shown:
        """Everything about one item or link, by its id. Raises QueryError if the case has none."""
        return self._shower.show(item, filters)

    def derived(self, filters: Filters = ALL) -> Derived:
        """Threads, disputes, commitments and figures that pass, all at once."""
        return self._questions.derived(filters)

    def contract(self, filters: Filters = ALL) -> dict[str, Any]:
        """All that the filters select, as plain values after the contract `dragoman.case/1`."""
        found, reports = self.derived(filters), self.reports(filters)
        ids = {row.id for row in reports}
        links = [kept.link for kept in self.store.links(filters=Filters(as_of=filters.as_of))]
        items = answer(
            filters,
            actors=self.actors(filters, order="number"),
            events=[telling.event for telling in self.timeline(filters)],
            figures=found.figures,
            disputes=found.disputes,
            commitments=found.commitments,
            threads=found.threads,
            links=[link for link in links if link.a.report in ids and link.b.report in ids],
        )
        return {"schema": items.pop("schema"), "as_of": items.pop("as_of"), "reports": [report(row) for row in reports], **items}

    def judge(self, by: str) -> Judge:
        """Takes the decisions of one person; call `settle` when they are taken."""
        return Judge(self.store, by)

    def found(self, kind: ItemKind, name: str, limit: int = 10) -> list[ItemRow]:
        """Items whose name holds these words, those with most entries first; else those that some report calls so."""
        wanted = set(forms(name))
        listed = self.store.items(kind, order="claims") if wanted else []
        rows = [found.item for found in listed if wanted <= set(forms(found.item.name or ""))]
        return rows[:limit] or self.store.named(kind, name, limit=limit)

    def names(self, items: Sequence[str]) -> dict[str, str]:
        """The names of items by their ids."""
        return self._questions.names(items)


def now() -> str:
    """This moment as it is noted in a case."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
