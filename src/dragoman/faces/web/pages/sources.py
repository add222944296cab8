"""Sources: who published the reports, how much of it is copied, and in which standing those speak whom they quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow
from dragoman.faces.web.address import number
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.readings import readings
from dragoman.reading.entries import Standing
from dragoman.reading.wording import one_line

_PAGE = 100
_MOST_READ = 60
"""Standings are counted in the last so many reports: to read all of a large case would take too long."""
STANDINGS: dict[Standing, str] = {
    "named": "people who are named",
    "institution": "offices, governments, organisations",
    "unnamed": "people who are not named",
    "anonymous": "people who asked not to be named",
}


@dataclass(frozen=True)
class Publisher:
    """A publisher with its reports: `own` texts, `copies` of earlier ones, and its first and last day."""

    name: str
    own: int
    copies: int
    first: str
    last: str


@dataclass(frozen=True)
class Standings:
    """How many statements each standing has, in the last `reports` reports."""

    counts: tuple[tuple[str, str, int, int], ...]
    total: int
    reports: int


def publishers(rows: Iterable[ReportRow]) -> list[Publisher]:
    """Who published the reports, those with most texts of their own first."""
    of: dict[str, list[ReportRow]] = {}
    for row in rows:
        of.setdefault(one_line(row.publisher or ""), []).append(row)
    made = [_publisher(name, found) for name, found in of.items()]
    return sorted(made, key=lambda p: (-p.own, -p.copies, p.name))


def _publisher(name: str, rows: Sequence[ReportRow]) -> Publisher:
    days = sorted(row.published for row in rows if row.published)
    copies = sum(row.same_text_as is not None for row in rows)
    return Publisher(name, len(rows) - copies, copies, days[0] if days else "", days[-1] if days else "")


def standings(case: Case, rows: Sequence[ReportRow]) -> Standings:
    """In which standing the speakers of the last reports speak; copies are left out."""
    last = [row.id for row in rows if row.same_text_as is None][-_MOST_READ:]
    found = Counter(statement.standing for reading in readings(case, last).values() for statement in reading.statements)
    total = sum(found.values())
    counts = tuple((name, words, found[name], round(100 * found[name] / total)) for name, words in STANDINGS.items() if found[name])
    return Standings(counts, total, len(last))


def show(case: Case, asked: Asked) -> Page:
    """The page: publishers, standings, and the reports themselves, the newest first."""
    start = number(asked.address, "from", 0, 10_000_000)
    rows = case.reports(asked.filters)
    everything = case.reports(Filters(as_of=asked.filters.as_of))
    values = {
        "publishers": publishers(everything),
        "standings": standings(case, everything),
        "reports": rows[::-1][start : start + _PAGE],
        "count": len(rows),
        "start": start,
        "step": _PAGE,
    }
    return Page("Sources", values, downloads=())
