"""One text printed by several publishers: each printing is a report of its own, linked with the first as a copy and counted with it.

A report is known by the hash of its text. A further printing is known by the hash of that and of its publisher, so that the publisher is
not lost; it is read like any report, and `dragoman judge` can say that it is no copy after all.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date

from dragoman.case.linking.stems import folded
from dragoman.case.store.base import ReportRow, Store
from dragoman.text.report import Report


@dataclass(frozen=True)
class Printing(Report):
    """A report whose text another one has, too; `identity` is its id in the case."""

    identity: str = ""

    @property
    def id(self) -> str:
        """The id that tells it apart from other printings of its text."""
        return self.identity


def publisher_key(report: Report | ReportRow) -> str:
    """The publisher without capitals and accents; "" where none is known."""
    return " ".join(folded(report.publisher or "").split())


def as_new(store: Store, report: Report) -> Report | None:
    """The report under the id by which the case is to know it; None if the case has it: the text, and no publisher that is new."""
    first = store.reports([report.id]).get(report.id)
    if first is None:
        return report
    if publisher_key(report) in ("", publisher_key(first)):
        return None
    printing = printing_of(report)
    return printing if printing.id not in store.reports([printing.id]) else None


def printing_beside(first: Report, report: Report) -> Printing | None:
    """The report as a further printing of the text of `first`; None if its publisher is no other, or not known."""
    return None if publisher_key(report) in ("", publisher_key(first)) else printing_of(report)


def printing_of(report: Report) -> Printing:
    """A report as a further printing of its text."""
    identity = hashlib.sha256(f"{report.id}\n{publisher_key(report)}".encode("utf-8", "surrogatepass")).hexdigest()
    return Printing(**{field.name: getattr(report, field.name) for field in fields(Report)}, identity=identity)


def report_of(row: ReportRow, text: str) -> Report:
    """A report of the case as it was when it was read."""
    day = date.fromisoformat(row.published) if row.published else None
    given = Report(text, row.title, row.publisher, day, row.url, row.source_id, row.language)
    if given.id == row.id:
        return given
    return Printing(**{field.name: getattr(given, field.name) for field in fields(Report)}, identity=row.id)
