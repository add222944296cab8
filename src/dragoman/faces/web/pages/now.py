"""Now: where each thread stands, what is new since the last visit, what is disputed, what is due, and who the sources are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dragoman.case.case import Case
from dragoman.case.judgements import Commitment, Dispute
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.pages.sources import publishers, standings
from dragoman.faces.web.told import Told, promises, told, undertaken

_MOST_THREADS = 12
_MOST = 6
_MOST_NEW = 8
_PAUSE_MINUTES = 30
"""Somebody who comes back within this time goes on with the same visit."""
_SEEN = re.compile(r"(\d{1,9})-(\d{1,9})-(\d{1,10})")


@dataclass(frozen=True)
class Visit:
    """What the cookie tells: the last report known at the visit `before`, the last one known `now`, and the minute of the last look."""

    before: int
    now: int
    minute: int

    @classmethod
    def read(cls, cookie: str, last: int, minute: int) -> Visit:
        """The visit that a request belongs to. `last` is the number of the last report; a first visit has seen them all."""
        found = _SEEN.fullmatch(cookie)
        before, now, looked = map(int, found.groups()) if found else (last, last, minute)
        going_on = looked <= minute < looked + _PAUSE_MINUTES
        return cls(min(before if going_on else now, last), last, minute)

    def __str__(self) -> str:
        return f"{self.before}-{self.now}-{self.minute}"


@dataclass(frozen=True)
class News:
    """What came with the reports added since the last visit."""

    reports: Sequence[ReportRow]
    events: Sequence[Told]
    more: bool
    threads: frozenset[str]
    disputes: Sequence[Dispute]


def show(case: Case, asked: Asked) -> Page:
    """The first page."""
    filters, minute = asked.filters, int(datetime.now(UTC).timestamp()) // 60
    visit = Visit.read(asked.seen, case.store.last_number(), minute)
    disputes, commitments = case.disputes(filters), undertaken(case, filters)
    today = filters.as_of or case.today()
    late, due = _due(commitments, today)
    values = {
        "threads": case.threads(filters, limit=_MOST_THREADS),
        "thread_count": case.count("thread", filters),
        "news": _news(case, filters, visit, disputes),
        "disputes": disputes[::-1][:_MOST],
        "dispute_count": len(disputes),
        "late": promises(case, late[:_MOST], filters),
        "late_count": len(late),
        "due": promises(case, due[:_MOST], filters),
        "due_count": len(due),
        "today": today,
        "report_count": case.store.count_reports(Filters(as_of=filters.as_of)),
        "publishers": publishers(case, filters.as_of)[:8],
        "standings": standings(case, filters.as_of),
    }
    return Page("Now", values, seen=str(visit))


def _due(found: Sequence[Commitment], today: str) -> tuple[list[Commitment], list[Commitment]]:
    """Those whose day has passed without an end, and those whose day is still to come, the next first."""
    open_ones = [c for c in found if c.due and c.state not in ("kept", "broken", "compromise")]
    late = [c for c in open_ones if c.due and c.due < today]
    return late, sorted((c for c in open_ones if c.due and c.due >= today), key=lambda c: c.due or "")


def _news(case: Case, filters: Filters, visit: Visit, disputes: Sequence[Dispute]) -> News | None:
    """None where no report was added since the last visit."""
    if visit.before >= visit.now:
        return None
    rows = case.reports(filters, after=visit.before)
    new = {row.id for row in rows}
    events = [told(t) for t in case.timeline(filters, limit=_MOST_NEW + 1, after=visit.before)]
    fresh = [d for d in disputes if any(place.report in new for side in d.sides for place in side.claims)]
    threads = frozenset(event.thread for event in events if event.thread)
    return News(rows, events[:_MOST_NEW], len(events) > _MOST_NEW, threads, fresh)
