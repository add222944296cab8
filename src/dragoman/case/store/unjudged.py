"""What nobody has judged yet, asked of the store the least certain first: links of the rules, and what was read of events.

An index holds the undecided links of the rules by kind and score, so that a page of them costs the same in a small and a large case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.case.judgements import Link, LinkKind, Place
from dragoman.case.store.conditions import Where
from dragoman.case.store.dialect import Database
from dragoman.case.store.link_columns import COLUMNS, FROM
from dragoman.case.store.listings import chunks, marks, numbers_of, page, wanted
from dragoman.case.store.tables import stored_link
from dragoman.case.store.unjudged_terms import Narrow

_OPEN = "l.superseded IS NULL AND l.judgement = 'undecided' AND l.made_by = 'rule'"
"""Word for word the condition of the index."""
_EVENTS_AT_ONCE = 400
"""Reports whose events are read at once."""


class SqlUnjudged:
    """`Unjudged` over a database that understands SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def links(self, kind: LinkKind, narrow: Narrow, *, limit: int | None = None) -> list[Link]:
        """Links of one kind."""
        where, (cut, window) = _where(narrow).add("l.kind = ?", kind), page(limit, 0)
        sql = f"SELECT {COLUMNS} {FROM}{where} ORDER BY l.score, l.number{cut}"
        return [stored_link(row).link for row in self._database.rows(sql, [*where.values, *window])]

    def counts(self, narrow: Narrow) -> dict[LinkKind, int]:
        """How many of each kind."""
        where = _where(narrow)
        source = FROM if narrow.publisher is not None else "FROM links l"
        rows = self._database.rows(f"SELECT l.kind, COUNT(*) {source}{where} GROUP BY l.kind", where.values)
        return {kind: int(count) for kind, count in rows}

    def told(self, places: Iterable[Place]) -> dict[Place, tuple[str, int]]:
        """The item of each entry, and how many entries it has."""
        asked = [place for place in dict.fromkeys(places) if place.entry]
        numbers = numbers_of(self._database, (place.report for place in asked))
        names = {number: report for report, number in numbers.items()}
        found: dict[Place, tuple[str, int]] = {}
        for some in chunks([(numbers[place.report], place.entry) for place in asked if place.report in numbers]):
            table, values = wanted(some)
            sql = f"{table}SELECT e.report, e.entry, e.item FROM wanted p JOIN entries e ON e.report = p.report AND e.entry = p.entry"
            found |= {Place(names[report], entry): (item, 0) for report, entry, item in self._database.rows(sql, values) if item}
        counts = self._counts({item for item, _ in found.values()})
        return {place: (item, counts[item]) for place, (item, _) in found.items()}

    def _counts(self, items: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for some in chunks(sorted(items)):
            sql = f"SELECT item, COUNT(*) FROM entries WHERE item IN ({marks(some)}) GROUP BY item"
            found |= {item: int(count) for item, count in self._database.rows(sql, some)}
        return found

    def events(self, after: int) -> Iterator[tuple[Place, str]]:
        """What is kept beside events."""
        sql = (
            "SELECT r.id, e.entry, e.json FROM reports r JOIN entries e ON e.report = r.number"
            " WHERE r.number > ? AND r.number <= ? AND e.kind = 'event'"
        )
        last = int(self._database.rows("SELECT COALESCE(MAX(number), 0) FROM reports")[0][0])
        for start in range(after, last, _EVENTS_AT_ONCE):
            for report, entry, json in self._database.rows(sql, (start, start + _EVENTS_AT_ONCE)):
                yield Place(report, entry), json


def _where(narrow: Narrow) -> Where:
    where = Where().add(_OPEN).add("l.score >= ?", narrow.low).add("l.score < ?", narrow.high)
    if narrow.publisher is not None:
        where.add("(a.publisher = ? OR b.publisher = ?)", narrow.publisher, narrow.publisher)
    if narrow.actor is not None:
        own = "SELECT report, entry FROM entries WHERE item = ? UNION SELECT report, entry FROM roles WHERE item = ?"
        _touching(where, own, narrow.actor, narrow.actor)
    if narrow.thread is not None:
        _touching(where, "SELECT e.report, e.entry FROM items i JOIN entries e ON e.item = i.id WHERE i.parent = ?", narrow.thread)
    return where


def _touching(where: Where, places: str, *values: str) -> None:
    """Only links with an end at one of the places that a SELECT gives: from the places to their links, not the other way round."""
    sides = (f"SELECT k.number FROM ({places}) t JOIN links k ON k.{s}_report = t.report AND k.{s}_entry = t.entry" for s in "ab")
    where.add(f"l.number IN ({' UNION '.join(sides)})", *values, *values)
