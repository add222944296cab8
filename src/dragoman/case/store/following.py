"""What follows from a case, as it is kept: one row for each thread, dispute, commitment and series,
and for each event between actors and each of these actors, found by kind, by day and by event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dragoman.case.store.base import LETTERS, FollowKind, FollowOrder, FollowRow
from dragoman.case.store.conditions import Where
from dragoman.case.store.dialect import Database, Row
from dragoman.case.store.listings import chunks, marks, page
from dragoman.case.store.tables import insert, number_of

_COLUMNS = ("item", "kind", "number", "about", "day", "size", "json")
_ORDERS: dict[FollowOrder, str] = {"number": "number", "size": "size DESC, number", "day": "day, number"}
# The same order of rows of item, kind, about, day, size, json, number.
_KEYS: dict[FollowOrder, Callable[[Row], tuple[int | str, int]]] = {
    "number": lambda row: (0, row[6]), "size": lambda row: (-row[4], row[6]), "day": lambda row: (row[3], row[6]),
}  # fmt: skip


class Following:
    """The kept items of one case; `check_writing` raises ValueError outside a transaction."""

    def __init__(self, database: Database, check_writing: Callable[[], None]) -> None:
        self._database = database
        self._check_writing = check_writing

    def rows(
        self, kind: FollowKind, as_of: str | None = None, *, order: FollowOrder = "number", limit: int | None = None, offset: int = 0
    ) -> list[FollowRow]:
        """The items of a kind that there were on a day."""
        where, (cut, window) = _of(kind, as_of), page(limit, offset)
        sql = f"SELECT item, kind, about, day, size, json, number FROM following{where}"
        if limit is None and not offset:  # the database would carry the JSON through its sorting: three times the time
            found = sorted(self._database.rows(sql, where.values), key=_KEYS[order])
        else:
            found = self._database.rows(f"{sql} ORDER BY {_ORDERS[order]}{cut}", [*where.values, *window])
        return [FollowRow._make(row[:-1]) for row in found]

    def heads(
        self, kind: FollowKind, as_of: str | None = None, *, order: FollowOrder = "number", least: int = 0
    ) -> list[tuple[str, str | None]]:
        """The ids of the items of a kind on a day whose size is `least` or more, each with the event that it is about."""
        where = _of(kind, as_of)
        if least:
            where.add("size >= ?", least)
        sql = f"SELECT item, about FROM following{where} ORDER BY {_ORDERS[order]}"
        return [(item, about) for item, about in self._database.rows(sql, where.values)]

    def of(self, items: Iterable[str]) -> list[FollowRow]:
        """These items, those that there are, in the order asked for."""
        wanted, found = list(dict.fromkeys(items)), dict[str, FollowRow]()
        for some in chunks(wanted):
            sql = f"SELECT item, kind, about, day, size, json FROM following WHERE item IN ({marks(some)})"
            found |= {row[0]: FollowRow._make(row) for row in self._database.rows(sql, some)}
        return [found[item] for item in wanted if item in found]

    def jsons(self, kind: FollowKind, items: Iterable[str] | None = None) -> list[tuple[Any, ...]]:
        """The ids of all items of a kind, or of those of `items`, with their JSON, in no order."""
        sql = "SELECT item, json FROM following WHERE kind = ?"
        if items is None:
            return self._database.rows(sql, (kind,))
        wanted = chunks(list(dict.fromkeys(items)))
        return [row for some in wanted for row in self._database.rows(f"{sql} AND item IN ({marks(some)})", [kind, *some])]

    def about(self, events: Iterable[str]) -> list[FollowRow]:
        """The items that are about these events, by number."""
        found: list[FollowRow] = []
        for some in chunks(list(dict.fromkeys(events))):
            sql = f"SELECT item, kind, about, day, size, json FROM following WHERE about IN ({marks(some)}) ORDER BY kind, number"
            found += [FollowRow._make(row) for row in self._database.rows(sql, some)]
        return found

    def stamp(self) -> str:
        """Another text whenever a person has decided, or a report was read again: more than additions has changed then."""
        sql = "SELECT (SELECT COUNT(*) FROM decisions), (SELECT COUNT(*) FROM readings) - (SELECT COUNT(*) FROM reports)"
        decided, reread = self._database.rows(sql)[0]
        return f"{decided} {reread}"

    def put(self, rows: Sequence[FollowRow]) -> None:
        """Keeps these items, in the place of those with their ids."""
        self._check_writing()
        values = [(r.item, r.kind, number_of(r.item, LETTERS[r.kind]), r.about, r.day, r.size, r.json) for r in rows]
        self._database.many(insert("following", _COLUMNS, replace=("item",)), values)

    def drop(self, items: Iterable[str]) -> None:
        """Forgets these items."""
        self._check_writing()
        self._database.many("DELETE FROM following WHERE item = ?", [(item,) for item in items])


def _of(kind: FollowKind, as_of: str | None) -> Where:
    where = Where().add("kind = ?", kind)
    return where.add("day <= ?", as_of).add("day > ''") if as_of else where
