"""Items of the case as plain values after the contract `dragoman.case/1` (docs/reference/case.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from dragoman.case.judgements import Place
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow

SCHEMA = "dragoman.case/1"
_ENTRIES = {"a": "actor", "e": "event", "f": "figure", "s": "statement"}


def plain(value: Any) -> Any:
    """An item as dictionaries, lists, strings and numbers. A place becomes {"report", "event"}, after the kind of its entry."""
    if isinstance(value, Place):
        kind = _ENTRIES.get(value.entry[:1])
        return {"report": value.report, kind: value.entry} if kind else {"report": value.report}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def report(row: ReportRow) -> dict[str, Any]:
    """A report without its text."""
    known = {name: getattr(row, name) or None for name in ("title", "publisher", "published", "url", "same_text_as", "source_id")}
    return {"id": row.id, **known}


def answer(filters: Filters, **items: Sequence[Any]) -> dict[str, Any]:
    """The items of one answer under their names, with the schema and the day."""
    return {"schema": SCHEMA, "as_of": filters.as_of, **{name: plain(list(found)) for name, found in items.items()}}
