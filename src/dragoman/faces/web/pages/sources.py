"""Sources: who published the reports, how much of it is copied, and in which standing those speak whom they quote."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.faces.web.address import number
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.readings import readings
from dragoman.faces.web.state import once
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


def publishers(case: Case, as_of: str | None) -> tuple[Publisher, ...]:
    """Who published the reports up to a day, those with most texts of their own first."""
    return once(case, "publishers", lambda: _publishers(case, as_of), as_of)


def _publishers(case: Case, as_of: str | None) -> tuple[Publisher, ...]:
    of: dict[str, Publisher] = {}
    for found in case.store.counts().publishers(Filters(as_of=as_of)):
        name = one_line(found.publisher or "")
        one = Publisher(name, found.reports - found.copies, found.copies, found.first, found.last)
        of[name] = _both(of[name], one) if name in of else one
    return tuple(sorted(of.values(), key=lambda p: (-p.own, -p.copies, p.name)))


def _both(a: Publisher, b: Publisher) -> Publisher:
    """One publisher, whose name is written in two ways that look the same."""
    firsts = [day for day in (a.first, b.first) if day]
    return Publisher(a.name, a.own + b.own, a.copies + b.copies, min(firsts, default=""), max(a.last, b.last))


def standings(case: Case, as_of: str | None) -> Standings:
    """In which standing the speakers of the last reports up to a day speak; copies are left out."""
    return once(case, "standings", lambda: _standings(case, as_of), as_of)


def _standings(case: Case, as_of: str | None) -> Standings:
    last = _last_own(case, Filters(as_of=as_of))
    found = Counter(statement.standing for reading in readings(case, last).values() for statement in reading.statements)
    total = sum(found.values())
    counts = tuple((name, words, found[name], round(100 * found[name] / total)) for name, words in STANDINGS.items() if found[name])
    return Standings(counts, total, len(last))


def _last_own(case: Case, filters: Filters) -> list[str]:
    """The last reports whose texts are their own, the first of them first."""
    found: list[str] = []
    end = case.store.count_reports(filters)
    while end > 0 and len(found) < _MOST_READ:
        start = max(end - 2 * _MOST_READ, 0)
        rows = case.store.report_rows(filters, limit=end - start, offset=start)
        found = [row.id for row in rows if row.same_text_as is None] + found
        end = start
    return found[-_MOST_READ:]


def show(case: Case, asked: Asked) -> Page:
    """The page: publishers, standings, and the reports themselves, the newest first."""
    start = number(asked.address, "from", 0, 10_000_000)
    count, as_of = case.store.count_reports(asked.filters), asked.filters.as_of
    end = max(count - start, 0)
    first = max(end - _PAGE, 0)
    values = {
        "publishers": publishers(case, as_of),
        "standings": standings(case, as_of),
        "reports": case.store.report_rows(asked.filters, limit=end - first, offset=first)[::-1],
        "count": count,
        "start": start,
        "step": _PAGE,
    }
    return Page("Sources", values, downloads=())
