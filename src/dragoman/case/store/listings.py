"""Listings of items: each line is what an item's entries up to the day asked for come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from dragoman.case.query import Filters
from dragoman.case.store import conditions
from dragoman.case.store.base import Dealing, ItemKind, ItemRow, Listed, Order
from dragoman.case.store.dialect import Database
from dragoman.case.store.tables import ITEM, item_row, listed
from dragoman.case.store.words import folded

AT_ONCE = 500
"""Values in one statement."""
_ORDERS: dict[Order, str] = {
    "number": "",
    "start": "MIN(e.begins) IS NULL, MIN(e.begins), ",
    "newest": "last DESC, ",
    "claims": "entries DESC, ",
}
_HANGING_ORDERS: dict[Order, str] = {"number": "", "start": "i.day = '', i.day, ", "newest": "i.day DESC, ", "claims": ""}
_Value = TypeVar("_Value")


def chunks(values: Sequence[_Value]) -> Iterator[list[_Value]]:
    """The values in portions that one statement can hold."""
    rest = iter(values)
    while portion := list(islice(rest, AT_ONCE)):
        yield portion


def marks(values: Sequence[Any]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))


def page(limit: int | None, offset: int) -> tuple[str, list[int]]:
    """LIMIT and OFFSET with their values. Raises ValueError for negative ones."""
    if offset < 0 or (limit is not None and limit < 0):
        raise ValueError(f"limit and offset cannot be negative, found {limit} and {offset}")
    return " LIMIT ? OFFSET ?", [2**62 if limit is None else limit, offset]


def items(database: Database, kind: ItemKind, filters: Filters, after: int, order: Order, limit: int | None, offset: int) -> list[Listed]:
    """The items of a kind that pass, with what their entries come to."""
    if kind not in conditions.WITH_ENTRIES:
        return _hanging(database, kind, filters, after, order, limit, offset)
    where, (cut, window) = conditions.listed(kind, filters, after), page(limit, offset)
    # Items of one kind have ids of one letter: by length, then by letters, is by number.
    found = database.rows(
        "SELECT e.item, COUNT(*) AS entries, MIN(e.published) AS first, MAX(e.published) AS last,"
        " MIN(e.begins) AS start, MAX(e.ends) AS fin"
        f" FROM entries e{where} GROUP BY e.item ORDER BY {_ORDERS[order]}LENGTH(e.item), e.item{cut}",
        [*where.values, *window],
    )
    rows = item_rows(database, [row[0] for row in found])
    return [Listed(rows[item], *rest) for item, *rest in found]


def _hanging(
    database: Database, kind: ItemKind, filters: Filters, after: int, order: Order, limit: int | None, offset: int
) -> list[Listed]:
    where, (cut, window) = conditions.hanging(kind, filters, after), page(limit, offset)
    sql = f"SELECT {listed(ITEM, 'i')} FROM items i{where} ORDER BY {_HANGING_ORDERS[order]}i.number{cut}"
    rows = map(item_row, database.rows(sql, [*where.values, *window]))
    return [Listed(row, 0, row.day, row.day, None, None) for row in rows]


def count(database: Database, kind: ItemKind, filters: Filters, after: int) -> int:
    """How many items of a kind pass."""
    if kind in conditions.WITH_ENTRIES:
        where, sql = conditions.listed(kind, filters, after), "SELECT COUNT(DISTINCT e.item) FROM entries e"
    else:
        where, sql = conditions.hanging(kind, filters, after), "SELECT COUNT(*) FROM items i"
    return int(database.rows(f"{sql}{where}", where.values)[0][0])


def item_rows(database: Database, ids: Sequence[str]) -> dict[str, ItemRow]:
    """These items, in the order of their ids as asked for."""
    sql = f"SELECT {listed(ITEM)} FROM items WHERE id IN "
    rows = [item_row(row) for some in chunks(ids) for row in database.rows(f"{sql}({marks(some)})", some)]
    there = {row.id: row for row in rows}
    return {identity: there[identity] for identity in ids if identity in there}


def named(database: Database, kind: ItemKind, name: str, limit: int) -> list[ItemRow]:
    """Items of this name, or with an entry of this name."""
    sought = folded(name)
    if not sought:
        return []
    found = database.rows(
        "SELECT i.id FROM items i WHERE i.id IN (SELECT id FROM items WHERE kind = ? AND folded = ?"
        " UNION SELECT item FROM entries WHERE kind = ? AND folded = ? AND item IS NOT NULL)"
        " ORDER BY (SELECT COUNT(*) FROM entries e WHERE e.item = i.id) DESC, i.number LIMIT ?",
        (kind, sought, kind, sought, limit),
    )
    return list(item_rows(database, [row[0] for row in found]).values())


def note_dealings(database: Database, report: int) -> None:
    """Writes down who acts on whom in a report: a question about all reports has no time to find it out."""
    database.rows("DELETE FROM dealings WHERE report = ?", (report,))
    database.rows(
        "INSERT INTO dealings (initiator, recipient, type, status, month, published, until, report, entry)"
        " SELECT DISTINCT one.item, other.item, f.type, f.status, SUBSTR(COALESCE(f.begins, f.published), 1, 7), f.published,"
        " COALESCE(f.ends, f.begins, f.published), f.report, f.entry"
        " FROM entries f JOIN roles one ON one.report = f.report AND one.entry = f.entry AND one.role = 'initiator'"
        " JOIN roles other ON other.report = f.report AND other.entry = f.entry AND other.role = 'recipient'"
        " WHERE f.report = ? AND f.kind = 'event' AND one.item IS NOT NULL AND other.item IS NOT NULL"
        " AND f.type IS NOT NULL AND f.status IS NOT NULL",
        (report,),
    )


def dealings(database: Database, filters: Filters) -> list[Dealing]:
    """Who acted on whom, how often, in which month."""
    where, group = conditions.dealings(filters), "d.initiator, d.recipient, d.type, d.status, d.month"
    found = database.rows(f"SELECT {group}, COUNT(*) FROM dealings d{where} GROUP BY {group} ORDER BY {group}", where.values)
    return list(map(Dealing._make, found))
