"""Full text: a query's tree becomes conditions over the index of words, the same on both databases.

Hits come the newest first. A rank by relevance would differ between the databases and change whenever a report is added; who
follows a crisis wants to see first what was said last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dragoman.case.query import Filters
from dragoman.case.store import conditions
from dragoman.case.store.base import Found, Hit, ReportRow
from dragoman.case.store.dialect import Database
from dragoman.case.store.listings import chunks, marks
from dragoman.case.store.query_tree import Both, How, Leaf, Node, Not, expand, parse, sought
from dragoman.case.store.snippets import matches, snippets
from dragoman.case.store.tables import REPORT, listed, report_row, unpack

_MOST_ALIKE = 24
Having = Callable[[How, Sequence[Leaf]], tuple[str, list[Any]]]


def search(database: Database, query: str, filters: Filters, limit: int, offset: int) -> Found:
    """The reports that match."""
    if limit < 0 or offset < 0:
        raise ValueError(f"limit and offset cannot be negative, found {limit} and {offset}")
    tree = expand(parse(query), lambda word: alike(database, word))
    sql, values = _condition(tree, database.having)
    where = conditions.reports(filters, 0).add(sql, *values)
    newest = database.rows(f"SELECT r.number FROM reports r{where} ORDER BY r.published DESC, r.number DESC", where.values)
    shown = [row[0] for row in newest[offset : offset + limit]]
    return Found(len(newest), tuple(hit for some in chunks(shown) for hit in _hits(database, some, tree)))


def matching(database: Database, query: str) -> frozenset[str]:
    """The ids of the reports that match."""
    sql, values = _condition(expand(parse(query), lambda word: alike(database, word)), database.having)
    return frozenset(row[0] for row in database.rows(f"SELECT r.id FROM reports r WHERE {sql}", values))


def _hits(database: Database, numbers: Sequence[int], tree: Node) -> list[Hit]:
    found = database.rows(
        f"SELECT {listed(REPORT, 'r')}, t.data FROM reports r JOIN texts t ON t.report = r.number WHERE r.number IN ({marks(numbers)})"
        " ORDER BY r.published DESC, r.number DESC",
        numbers,
    )
    return [_hit(report_row(row[:-1]), unpack(row[-1]), tree) for row in found]


def alike(database: Database, word: str) -> list[str]:
    """Words of the names in the case that are spelt like this one: two letters may differ, one in words under six letters."""
    allowed = 2 if len(word) > 5 else 1
    names = [
        row[0]
        for row in database.rows("SELECT word FROM names WHERE LENGTH(word) BETWEEN ? AND ?", (len(word) - allowed, len(word) + allowed))
    ]
    near = process.extract(word, names, scorer=OSA.distance, score_cutoff=allowed, limit=_MOST_ALIKE)
    return [name for name, *_ in near]


def _hit(report: ReportRow, text: str, tree: Node) -> Hit:
    found = matches(text, sought(tree))
    return Hit(report, len(found), snippets(text, found))


def _condition(node: Node, having: Having) -> tuple[str, list[Any]]:
    if isinstance(node, Leaf):
        return _condition(Both("and", (node,)), having)
    if isinstance(node, Not):
        inner, values = _condition(node.part, having)
        return f"NOT ({inner})", values
    if isinstance(node, Both):
        leaves = [part for part in node.parts if isinstance(part, Leaf)]
        parts = [_condition(part, having) for part in node.parts if not isinstance(part, Leaf)]
        if leaves:
            select, values = having(node.how, leaves)
            parts.insert(0, (f"r.number IN ({select})", values))
        sql = f" {node.how.upper()} ".join(sql for sql, _ in parts)
        return f"({sql})", [value for _, values in parts for value in values]
    raise TypeError(f"a fuzzy word is expanded before it is looked for: {node}")
