"""`dragoman changes`: what is new in a case since a day, or since the last look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

from dragoman.case.case import Case
from dragoman.case.deriving import Derived
from dragoman.case.exporting import answer, report
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow
from dragoman.errors import StoreError
from dragoman.faces.cli import case_pages
from dragoman.faces.cli.answers import Answer, Block, Section, sources
from dragoman.reading.wording import one_line, spoken_date

_LOOKED = "looked:"
_KINDS = {"T": "Threads", "D": "Disputes", "C": "Promises, plans, threats and demands"}
_MOST_EVENTS = 100


def changes(case: Case, filters: Filters, reader: str) -> Answer:
    """Since `filters.since`, or else since `reader` last asked; that look is then noted."""
    before, after = _before(case, filters, reader)
    rows = case.reports(filters, after=after)
    now = Filters(as_of=filters.as_of, actor=filters.actor, thread=filters.thread, type=filters.type, status=filters.status)
    state = _state(case.derived(now))
    told = {name: text for name, text in state.items() if before.get(name) != text}
    events = case_pages.timeline(case, filters, _MOST_EVENTS, after) if rows else None
    items = answer(filters, reports=[report(row) for row in rows])
    items |= {"events": events.items["events"] if events else [], "changed": [_item(name, text, before) for name, text in told.items()]}
    sections = (
        Section("New reports", tuple(map(_report, rows))),
        *(
            Section(heading, tuple(_changed(n, t, before) for n, t in told.items() if n.startswith(kind)))
            for kind, heading in _KINDS.items()
        ),
        *(Section(f"Events of {section.heading}", section.blocks) for section in (events.sections if events else ())),
    )
    table = tuple((name, "changed" if name in before else "new", text) for name, text in told.items())
    if not filters.since and not filters.as_of:
        with suppress(StoreError):  # a case that may only be read remembers no looks
            _note(case, reader, _state(case.derived()))
    source = (*case_pages.about_filters(case, filters), *(() if filters.since else sources(f"since the last look of {one_line(reader)}")))
    return Answer("Changes", source, sections, ("id", "change", "state"), table, items, "Nothing is new.")


def _before(case: Case, filters: Filters, reader: str) -> tuple[Mapping[str, str], int]:
    """How everything stood, and the number of the last report that was known then."""
    if filters.since:
        eve = date.fromisoformat(filters.since) - timedelta(days=1) if filters.since > "0001-01-01" else date.min
        return _state(case.derived(Filters(as_of=eve.isoformat()))), 0
    noted = json.loads(case.noted(_LOOKED + reader) or '{"state": {}, "number": 0}')
    return noted["state"], int(noted["number"])


def _note(case: Case, reader: str, state: Mapping[str, str]) -> None:
    number = max((row.number for row in case.reports()), default=0)
    case.note(_LOOKED + reader, json.dumps({"state": state, "number": number}))


def _state(derived: Derived) -> dict[str, str]:
    """What everything that may change comes to, in one line each."""
    found = {thread.id: f"{thread.title}: {thread.state}" for thread in derived.threads}
    found |= {dispute.id: f"{dispute.summary} ({len(dispute.sides)} sides)" for dispute in derived.disputes}
    return found | {c.id: f"{c.kind}, {c.state}" for c in derived.commitments}


def _report(row: ReportRow) -> Block:
    about = sources(one_line(row.publisher or ""), spoken_date(row.published) if row.published else "no date")
    return Block(row.id[:8], row.title or "(without a title)", about=about)


def _changed(name: str, text: str, before: Mapping[str, str]) -> Block:
    was = f"was: {before[name]}" if name in before else ""
    return Block(name, text, "changed" if was else "new", "yellow" if was else "green", about=sources(was))


def _item(name: str, text: str, before: Mapping[str, str]) -> dict[str, str | None]:
    return {"id": name, "state": text, "before": before.get(name)}
