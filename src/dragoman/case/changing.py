"""What is new in a case: since a day, or since somebody last looked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.case.asking import Questions, Telling
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow, Store
from dragoman.errors import StoreError

_LOOKED = "looked:"


@dataclass(frozen=True, slots=True)
class Change:
    """A thread, a dispute or a commitment that is new (`before` is None) or stands elsewhere than it did; both in one line."""

    id: str
    now: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """New reports, the events that they tell, and what has changed. `after` is the number of the last report that was known."""

    reports: tuple[ReportRow, ...]
    events: tuple[Telling, ...]
    changed: tuple[Change, ...]
    after: int


def changes(store: Store, questions: Questions, filters: Filters, reader: str, limit: int | None = None) -> Changes:
    """Since `filters.since`, or else since `reader` last asked; that look is then noted. `limit`: at most so many events."""
    before, after = _before(store, questions, filters, reader)
    rows = store.report_rows(filters, after=after)
    now = questions.states(replace(filters, since=None))
    told = tuple(Change(name, text, before.get(name)) for name, text in now.items() if before.get(name) != text)
    events = questions.events(filters, limit=limit, after=after) if rows and limit != 0 else []
    if not filters.since and not filters.as_of:
        with suppress(StoreError):  # a case that may only be read remembers no looks
            _note(store, reader, questions.states(Filters()))
    return Changes(tuple(rows), tuple(events), told, after)


def _before(store: Store, questions: Questions, filters: Filters, reader: str) -> tuple[Mapping[str, str], int]:
    """How everything stood, and the number of the last report that was known then."""
    if filters.since:
        eve = date.fromisoformat(filters.since) - timedelta(days=1) if filters.since > "0001-01-01" else date.min
        return questions.states(Filters(as_of=eve.isoformat())), 0
    noted = json.loads(store.meta(_LOOKED + reader) or '{"state": {}, "number": 0}')
    return noted["state"], int(noted["number"])


def _note(store: Store, reader: str, state: Mapping[str, str]) -> None:
    with store.transaction():
        store.set_meta(_LOOKED + reader, json.dumps({"state": state, "number": store.last_number()}))
