"""Filters as conditions in SQL: which reports, entries and items pass. No value is ever written into a statement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dragoman.case.query import Filters
from dragoman.case.store.base import ItemKind

WITH_ENTRIES = frozenset({"actor", "event", "figure"})
"""The kinds of items that entries of readings belong to."""
_BELOW = (
    "WITH RECURSIVE below (id) AS (SELECT id FROM items WHERE id = ? UNION"
    " SELECT child.id FROM items child JOIN below ON child.parent = below.id) SELECT id FROM below"
)


class Where:
    """Conditions that all must hold, with their values in the same order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.values: list[Any] = []

    def add(self, sql: str, *values: Any) -> Where:
        """Adds one condition."""
        self._parts.append(sql)
        self.values.extend(values)
        return self

    def within(self, column: str, select: Select) -> Where:
        """Adds the condition that `column` is among what a SELECT gives."""
        return self.add(f"{column} IN ({select})", *select.values)

    def __str__(self) -> str:
        return f" WHERE {' AND '.join(self._parts)}" if self._parts else ""


class Select(Where):
    """A SELECT with its conditions."""

    def __init__(self, head: str) -> None:
        super().__init__()
        self.head = head

    def add(self, sql: str, *values: Any) -> Select:
        """Adds one condition."""
        super().add(sql, *values)
        return self

    def __str__(self) -> str:
        return self.head + super().__str__()


def reports(filters: Filters, after: int) -> Where:
    """The reports `r` that pass: by their day, and by having an entry of what else is asked for."""
    where = Where()
    _published(where, "r.published", filters.as_of)
    if filters.since:
        where.add("r.published >= ?", filters.since)
    if after:
        where.add("r.number > ?", after)
    if filters.actor:
        where.add("r.number IN (SELECT report FROM entries WHERE item = ?)", filters.actor)
    if filters.thread or filters.type or filters.status:
        events = _events(replace(filters, since=None, actor=None), 0)
        events.head = "SELECT f.report FROM entries f"
        where.within("r.number", events)
    return where


def entries_up_to(kind: ItemKind, filters: Filters) -> Where:
    """The entries `e` of a kind's items up to the day asked for."""
    where = Where().add("e.kind = ?", kind).add("e.item IS NOT NULL")
    _published(where, "e.published", filters.as_of)
    return where


def listed(kind: ItemKind, filters: Filters, after: int) -> Where:
    """The entries `e` that an item's line in a listing is made of: those of the items that pass, up to the day asked for."""
    where = entries_up_to(kind, filters)
    if kind == "event":
        if after or filters.since or _about_events(filters):
            where.within("e.item", _events(filters, after))
        return where
    own = replace(filters, actor=None, thread=None, type=None, status=None)
    if after or filters.since:
        where.within("e.item", _own(kind, own, after))
    if filters.thread and kind == "figure":
        where.add(f"e.item IN ({_BELOW})", filters.thread)
    (_add_actors if kind == "actor" else _add_figures)(where, replace(filters, since=None))
    return where


def hanging(kind: ItemKind, filters: Filters, after: int) -> Where:
    """The items `i` without entries (threads, disputes, commitments) that pass."""
    where = Where().add("i.kind = ?", kind)
    _published(where, "i.day", filters.as_of)
    if filters.thread:
        where.add(f"i.id IN ({_BELOW})", filters.thread)
    if kind == "thread":
        if after or filters.since or filters.actor or filters.type or filters.status:
            events = _events(replace(filters, thread=None), after)
            where.add(f"i.id IN (SELECT parent FROM items WHERE kind = 'event' AND id IN ({events}))", *events.values)
        return where
    if filters.since:
        where.add("i.day >= ?", filters.since)
    if after or filters.actor or filters.type or filters.status:
        events = _events(replace(filters, thread=None, since=None), after)
        figures = f"SELECT id FROM items WHERE kind = 'figure' AND parent IN ({events})"
        where.add(f"(i.parent IN ({events}) OR i.parent IN ({figures}))", *events.values, *events.values)
    return where


def _about_events(filters: Filters) -> bool:
    return any((filters.actor, filters.thread, filters.type, filters.status))


def _published(where: Where, column: str, as_of: str | None) -> None:
    if as_of:
        where.add(f"{column} <= ?", as_of).add(f"{column} > ''")


def _since(where: Where, since: str | None) -> None:
    """What an entry says of its time may be a month or a year: it is compared as far as it goes."""
    if since:
        own = "COALESCE(f.ends, f.begins, f.published)"
        where.add(f"{own} > ''").add(f"{own} >= SUBSTR(CAST(? AS TEXT), 1, LENGTH({own}))", since)


def _of_roles(kind: str, actor: str) -> Select:
    """The entries `f` in which an actor takes part. SQLite keeps to the order of a CROSS JOIN: from the actor to its entries."""
    select = Select("SELECT f.item FROM roles g CROSS JOIN entries f").add("g.item = ?", actor)
    return select.add("f.report = g.report").add("f.entry = g.entry").add("f.kind = ?", kind)


def _own(kind: str, filters: Filters, after: int) -> Select:
    """The items of a kind with an entry `f` of the time asked for; an actor's entry has no time but its report's."""
    select = Select("SELECT f.item FROM entries f").add("f.kind = ?", kind)
    _published(select, "f.published", filters.as_of)
    _since(select, filters.since)
    if after:
        select.add("f.report > ?", after)
    return select


def _events(filters: Filters, after: int) -> Select:
    """The events with an entry `f` that passes all filters."""
    select = _of_roles("event", filters.actor) if filters.actor else Select("SELECT f.item FROM entries f").add("f.kind = 'event'")
    _published(select, "f.published", filters.as_of)
    _since(select, filters.since)
    if after:
        select.add("f.report > ?", after)
    if filters.type:
        select.add("f.type = ?", filters.type)
    if filters.status:
        if not filters.type:  # every event has one; said so, SQLite finds the status in the index of types, and reads no other row
            select.add("f.type > ''")
        select.add("f.status = ?", filters.status)
    if filters.thread:
        select.add(f"f.item IN ({_BELOW})", filters.thread)
    return select


def _add_actors(where: Where, filters: Filters) -> None:
    """Actors that take part in an event that passes; of an actor asked for only itself."""
    if filters.actor:
        where.add("e.item = ?", filters.actor)
    if filters.type or filters.status or filters.thread:
        events = _events(replace(filters, actor=None), 0)
        events.head = "SELECT g.item FROM entries f CROSS JOIN roles g"
        where.within("e.item", events.add("g.report = f.report").add("g.entry = f.entry"))


def _add_figures(where: Where, filters: Filters) -> None:
    """Figures of the events that pass; where only an actor is asked for, also those that the actor gives."""
    if not (filters.type or filters.status or filters.actor):
        return
    events = _events(replace(filters, thread=None), 0)
    about = f"SELECT id FROM items WHERE kind = 'figure' AND parent IN ({events})"
    if filters.type or filters.status or not filters.actor:
        where.add(f"e.item IN ({about})", *events.values)
        return
    said = _of_roles("figure", filters.actor)
    where.add(f"e.item IN ({said} UNION {about})", *said.values, *events.values)


def members(filters: Filters) -> Where:
    """The entries `e` up to the day asked for."""
    where = Where()
    _published(where, "e.published", filters.as_of)
    return where
