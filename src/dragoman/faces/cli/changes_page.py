"""`dragoman changes`: what is new in a case since a day, or since the last look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from dragoman.case.case import Case
from dragoman.case.changing import Change, Changes
from dragoman.case.exporting import Late, answer, report
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow
from dragoman.faces.cli import case_pages
from dragoman.faces.cli.answers import Answer, Block, Section, sources
from dragoman.reading.wording import one_line, spoken_date

_Item = TypeVar("_Item", ReportRow, Change)
_KINDS = {"T": "Threads", "D": "Disputes", "C": "Promises, plans, threats and demands"}
_MOST_EVENTS = 100
_MOST = 200
"""Blocks of one kind on a page; the tables have all."""


def changes(case: Case, filters: Filters, reader: str) -> Answer:
    """Since `filters.since`, or else since `reader` last asked; that look is then noted."""
    found = case.changes(filters, reader, limit=0)
    events = case_pages.timeline(case, filters, _MOST_EVENTS, found.after) if found.reports else None
    items = Late(lambda: _items(filters, found, events))
    sections = (
        _section("New reports", found.reports, _report),
        *(_section(heading, [c for c in found.changed if c.id.startswith(kind)], _changed) for kind, heading in _KINDS.items()),
        *(Section(f"Events of {section.heading}", section.blocks) for section in (events.sections if events else ())),
    )
    table = tuple((change.id, "new" if change.before is None else "changed", change.now) for change in found.changed)
    source = (*case_pages.about_filters(case, filters), *(() if filters.since else sources(f"since the last look of {one_line(reader)}")))
    most = max(len(found.reports), *(sum(c.id.startswith(kind) for c in found.changed) for kind in _KINDS))
    footer = f"Of each kind the first {_MOST} are shown; --format json and csv list all." if most > _MOST else ""
    return Answer("Changes", source, sections, ("id", "change", "state"), table, items, "Nothing is new.", footer)


def _section(heading: str, found: Sequence[_Item], block: Callable[[_Item], Block]) -> Section:
    many = f" ({_MOST} of {len(found):,})" if len(found) > _MOST else ""
    return Section(heading + many, tuple(map(block, found[:_MOST])))


def _report(row: ReportRow) -> Block:
    about = sources(one_line(row.publisher or ""), spoken_date(row.published) if row.published else "no date")
    return Block(row.id[:8], row.title or "(without a title)", about=about)


def _changed(change: Change) -> Block:
    was = f"was: {change.before}" if change.before is not None else ""
    return Block(change.id, change.now, "changed" if was else "new", "yellow" if was else "green", about=sources(was))


def _items(filters: Filters, found: Changes, events: Answer | None) -> dict[str, Any]:
    items = answer(filters, reports=[report(row) for row in found.reports])
    return items | {"events": events.items["events"] if events else [], "changed": [_item(change) for change in found.changed]}


def _item(change: Change) -> dict[str, str | None]:
    return {"id": change.id, "state": change.now, "before": change.before}
