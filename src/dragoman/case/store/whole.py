"""A case as a whole: the rows that only export and import need, with their numbers. `Whole` in `base.py` says what each method does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dragoman.case.store.base import ItemKind, ItemRow, StoredDecision, StoredLink, StoredReading
from dragoman.case.store.dialect import Database
from dragoman.case.store.listings import chunks, marks
from dragoman.case.store.tables import DECISION, ITEM, LINK, insert, item_row, listed, number_of, unpack

_NOTE = "case."
_REPORT = "SELECT number FROM reports WHERE id = ?"


class SqlWhole:
    """The rows of one case; `check_writing` raises ValueError outside a transaction."""

    def __init__(self, database: Database, check_writing: Callable[[], None]) -> None:
        self._database = database
        self._check_writing = check_writing

    def readings(self, report: str) -> list[StoredReading]:
        """All readings of a report, the first one first."""
        sql = "SELECT d.data, d.made_by, d.made_at FROM readings d JOIN reports r ON r.number = d.report WHERE r.id = ? ORDER BY d.number"
        return [StoredReading(unpack(data), by, at) for data, by, at in self._database.rows(sql, (report,))]

    def notes(self) -> dict[str, str]:
        """All that was kept under a key."""
        found = self._database.rows("SELECT key, value FROM meta ORDER BY key")
        return {key.removeprefix(_NOTE): value for key, value in found if key.startswith(_NOTE)}

    def counters(self) -> dict[ItemKind, int]:
        """The last number of each kind."""
        return dict(self._database.rows("SELECT kind, last FROM counters ORDER BY kind"))

    def items(self, kind: ItemKind) -> list[ItemRow]:
        """All items of a kind by number."""
        rows = self._database.rows(f"SELECT {listed(ITEM)} FROM items WHERE kind = ? ORDER BY number", (kind,))
        return [item_row(row) for row in rows]

    def keys(self, items: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        """The keys of each item."""
        wanted = list(items)
        found: dict[str, list[tuple[str, int]]] = {item: [] for item in wanted}
        for some in chunks(wanted):
            sql = f"SELECT item, key, latest FROM keys WHERE item IN ({marks(some)}) ORDER BY item, key"
            for item, key, latest in self._database.rows(sql, some):
                found[item].append((key, latest))
        return found

    def shared_events(self) -> frozenset[str]:
        """The events in which at least two actors take part."""
        found = self._database.rows(
            "SELECT e.item FROM roles g JOIN entries e ON e.report = g.report AND e.entry = g.entry"
            " WHERE g.role <> 'speaker' AND g.item IS NOT NULL AND e.kind = 'event' AND e.item IS NOT NULL"
            " GROUP BY e.item HAVING COUNT(DISTINCT g.item) > 1"
        )
        return frozenset(item for (item,) in found)

    def named_words(self) -> list[str]:
        """The words of actors' names."""
        return [str(word) for (word,) in self._database.rows("SELECT word FROM names ORDER BY word")]

    def put_counter(self, kind: ItemKind, last: int) -> None:
        """Says which number was given last."""
        self._write(insert("counters", ("kind", "last"), replace=("kind",)), (kind, last))

    def put_keys(self, kind: ItemKind, item: str, keys: Sequence[tuple[str, int]]) -> None:
        """Files an item under keys as they were."""
        self._check_writing()
        sql = insert("keys", ("kind", "key", "item", "latest"), replace=("kind", "key", "item"))
        self._database.many(sql, [(kind, key, item, latest) for key, latest in keys])

    def put_named_words(self, words: Iterable[str]) -> None:
        """Adds words of names."""
        self._check_writing()
        self._database.many("INSERT INTO names (word) VALUES (?) ON CONFLICT DO NOTHING", [(word,) for word in words])

    def put_link(self, stored: StoredLink) -> None:
        """Adds a link under the id that it has."""
        link = stored.link
        a_report, b_report = (int(self._database.rows(_REPORT, (place.report,))[0][0]) for place in (link.a, link.b))
        places = (a_report, link.a.entry, b_report, link.b.entry)
        values = (number_of(link.id, "L"), link.kind, *places, link.score, link.why, link.by, link.at, link.judgement, stored.superseded)
        self._write(insert("links", LINK), values)

    def put_decision(self, stored: StoredDecision) -> None:
        """Adds a decision under the id that it has."""
        one = stored.decision
        values = (number_of(one.id, "J"), one.verb, one.target, one.value, one.why, one.by, one.at, stored.undone)
        self._write(insert("decisions", DECISION), values)

    def _write(self, sql: str, values: Sequence[object]) -> None:
        self._check_writing()
        self._database.rows(sql, values)
