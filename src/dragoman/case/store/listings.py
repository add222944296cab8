"""Listings of items: each line is what an item's entries up to the day asked for come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from dragoman.case.judgements import Place
from dragoman.case.query import Filters
from dragoman.case.store import conditions
from dragoman.case.store.base import ItemKind, ItemRow, Listed, Order
from dragoman.case.store.dialect import Database, Row
from dragoman.case.store.tables import ITEM, item_row, listed
from dragoman.case.store.words import folded

AT_ONCE = 500
"""Values in one statement."""
_MANY = 2000
"""Reports that are looked up one by one; for more, all are read."""
_ORDERS: dict[Order, str] = {
    "number": "",
    "start": "MIN(e.begins) IS NULL, MIN(e.begins), ",
    "newest": "MAX(e.published) DESC, ",
    "claims": "COUNT(*) DESC, ",
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


def wanted(places: Sequence[tuple[int, str]]) -> tuple[str, list[int | str]]:
    """Places as a table `wanted (report, entry)` before a SELECT, with its values.

    A join with it is looked up place by place; asked for `IN (VALUES ...)`, SQLite goes over all reports.
    """
    rows = ", ".join(["(?, ?)"] * len(places))
    return f"WITH wanted (report, entry) AS (VALUES {rows}) ", [value for place in places for value in place]


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
    order_by = _in_order(order)
    if limit is not None and limit <= AT_ONCE:  # which items they are is found without what all the others come to
        chosen = ids(database, kind, filters, after, order, limit, offset)
        if not chosen:
            return []
        where, cut, window = conditions.entries_up_to(kind, filters).add(f"e.item IN ({marks(chosen)})", *chosen), "", []
    found = database.rows(
        "SELECT e.item, COUNT(*) AS entries, MIN(e.published) AS first, MAX(e.published) AS last,"
        f" MIN(e.begins) AS start, MAX(e.ends) AS fin FROM entries e{where} GROUP BY e.item {order_by}{cut}",
        [*where.values, *window],
    )
    rows = item_rows(database, [row[0] for row in found])
    return [Listed(rows[item], *rest) for item, *rest in found]


def ids(database: Database, kind: ItemKind, filters: Filters, after: int, order: Order, limit: int | None, offset: int) -> list[str]:
    """The ids of the items of a kind with entries that pass, in order."""
    where, (cut, window) = conditions.listed(kind, filters, after), page(limit, offset)
    values = [*where.values, *window]

    def grouped(having: str = "") -> list[str]:
        sql = f"SELECT e.item FROM entries e{where} GROUP BY e.item{having} {_in_order(order)}{cut}"
        return [row[0] for row in database.rows(sql, values)]

    if order == "claims" and limit is not None:  # most items have one entry: a page of those with most is found without sorting them
        found = grouped(" HAVING COUNT(*) > 1")
        if len(found) == limit:
            return found
    return grouped()


def _in_order(order: Order) -> str:
    """Items of one kind have ids of one letter: by length, then by letters, is by number."""
    return f"ORDER BY {_ORDERS[order]}LENGTH(e.item), e.item"


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


def called(database: Database, kind: ItemKind, words: Sequence[str], limit: int) -> list[ItemRow]:
    """Items whose own name holds all these words."""
    if not words:
        return []
    where = conditions.Where().add("i.kind = ?", kind)
    for word in words:
        where.add("' ' || i.folded || ' ' LIKE ?", f"% {word} %")
    if kind in conditions.WITH_ENTRIES:  # what was merged into another item has none left
        where.add("EXISTS (SELECT 1 FROM entries o WHERE o.item = i.id)")
    found = database.rows(
        f"SELECT i.id FROM items i{where} ORDER BY (SELECT COUNT(*) FROM entries e WHERE e.item = i.id) DESC, i.number LIMIT ?",
        [*where.values, limit],
    )
    return list(item_rows(database, [row[0] for row in found]).values())


def places_of(database: Database, items: Sequence[str], filters: Filters) -> dict[str, list[Place]]:
    """The places of each item's entries, by day. All of it stands in one index."""
    rows: list[Row] = []
    for some in chunks(items):
        where = conditions.members(filters).add(f"e.item IN ({marks(some)})", *some)
        sql = f"SELECT e.item, e.report, e.entry FROM entries e{where} ORDER BY e.item, e.published, e.report, e.entry"
        rows += database.rows(sql, where.values)
    known = dict(_ids(database, list({report for _, report, _ in rows})))
    found: dict[str, list[Place]] = {item: [] for item in items}
    for item, report, entry in rows:
        found[item].append(Place(known[report], entry))
    return found


def numbers_of(database: Database, reports: Iterable[str]) -> dict[str, int]:
    """The numbers of these reports by their ids; those that the case lacks are left out."""
    sql, asked = "SELECT id, number FROM reports WHERE id IN ", list(dict.fromkeys(reports))
    return {report: int(number) for some in chunks(asked) for report, number in database.rows(f"{sql}({marks(some)})", some)}


def _ids(database: Database, numbers: Sequence[int]) -> list[tuple[int, str]]:
    sql = "SELECT number, id FROM reports"
    if len(numbers) > _MANY:
        return [(number, name) for number, name in database.rows(sql)]
    return [(number, name) for some in chunks(numbers) for number, name in database.rows(f"{sql} WHERE number IN ({marks(some)})", some)]


def names_of(database: Database, items: Sequence[str], filters: Filters) -> dict[str, dict[str, int]]:
    """How often each item has each of the names that its entries have."""
    found: dict[str, dict[str, int]] = {item: {} for item in items}
    for some in chunks(items):
        where = conditions.members(filters).add(f"e.item IN ({marks(some)})", *some).add("e.name IS NOT NULL")
        sql = f"SELECT e.item, e.name, COUNT(*) FROM entries e{where} GROUP BY e.item, e.name ORDER BY e.item, MIN(e.published), e.name"
        for item, name, count in database.rows(sql, where.values):
            found[item][name] = count
    return found
