"""Items of the case as plain values after the contract `dragoman.case/1` (docs/reference/case.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, cached_property
from typing import Any

from dragoman.case.judgements import Place
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow

SCHEMA = "dragoman.case/1"
_ENTRIES = {"a": "actor", "e": "event", "f": "figure", "s": "statement"}


def plain(value: Any) -> Any:
    """An item as dictionaries, lists, strings and numbers. A place becomes {"report", "event"}, after the kind of its entry."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Place):
        kind = _ENTRIES.get(value.entry[:1])
        return {"report": value.report, kind: value.entry} if kind else {"report": value.report}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if names := _names(type(value)):  # type: ignore[arg-type]
        return {name: plain(getattr(value, name)) for name in names}
    return {key: plain(item) for key, item in value.items()} if isinstance(value, Mapping) else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass or a struct; a page of a thousand items asks for them often."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else getattr(kind, "__struct_fields__", ())


def report(row: ReportRow) -> dict[str, Any]:
    """A report without its text."""
    known = {name: getattr(row, name) or None for name in ("title", "publisher", "published", "url", "same_text_as", "source_id")}
    return {"id": row.id, **known}


class Late(Mapping[str, Any]):
    """The items of an answer, which are made plain when they are first looked at: a page shows none of them."""

    def __init__(self, make: Callable[[], Mapping[str, Any]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, Any]:
        return self._make()

    def __getitem__(self, name: str) -> Any:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def answer(filters: Filters, **items: Sequence[Any]) -> dict[str, Any]:
    """The items of one answer under their names, with the schema and the day."""
    return {"schema": SCHEMA, "as_of": filters.as_of, **{name: plain(list(found)) for name, found in items.items()}}
