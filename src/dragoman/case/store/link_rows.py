"""Links and decisions: rows that are added and superseded, and never changed in what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.case.judgements import Decision, Judgement, Link, LinkKind
from dragoman.case.query import Filters
from dragoman.case.store.base import StoredDecision, StoredLink
from dragoman.case.store.conditions import Where
from dragoman.case.store.dialect import Database
from dragoman.case.store.link_columns import COLUMNS, FROM
from dragoman.case.store.listings import chunks, marks, page, wanted
from dragoman.case.store.tables import DECISION, LINK, insert, number_of, stored_decision, stored_link


def put_link(database: Database, link: Link, a_report: int, b_report: int) -> str:
    """Keeps a link between places of the reports with these numbers; returns its id."""
    same = database.rows(
        f"SELECT {COLUMNS} {FROM} WHERE l.kind = ? AND l.a_report = ? AND l.a_entry = ? AND l.b_report = ? AND l.b_entry = ?"
        " AND l.made_by = ? AND l.superseded IS NULL",
        (link.kind, a_report, link.a.entry, b_report, link.b.entry, link.by),
    )
    if same:
        old = stored_link(same[0]).link
        judgement = old.judgement if link.judgement == "undecided" else link.judgement
        if replace(link, at=old.at, judgement=judgement, id=old.id) == old:
            return old.id
        supersede(database, old.id, link.at)
        link = replace(link, judgement=judgement)
    number = _next(database, "links")
    places = (a_report, link.a.entry, b_report, link.b.entry)
    database.rows(insert("links", LINK), (number, link.kind, *places, link.score, link.why, link.by, link.at, link.judgement, None))
    return f"L{number}"


def _next(database: Database, table: str) -> int:
    return int(database.rows(f"SELECT COALESCE(MAX(number), 0) + 1 FROM {table}")[0][0])


def supersede(database: Database, link: str, at: str) -> None:
    """Says that a link holds no longer."""
    database.rows("UPDATE links SET superseded = ? WHERE number = ? AND superseded IS NULL", (at, number_of(link, "L")))


def reinstate(database: Database, link: str) -> None:
    """Says that a link holds again."""
    database.rows("UPDATE links SET superseded = NULL WHERE number = ?", (number_of(link, "L"),))


def set_judgement(database: Database, link: str, judgement: Judgement) -> None:
    """Notes a person's word on a link."""
    database.rows("UPDATE links SET judgement = ? WHERE number = ?", (judgement, number_of(link, "L")))


def link_of(database: Database, link: str) -> StoredLink | None:
    """The link of this id."""
    found = database.rows(f"SELECT {COLUMNS} {FROM} WHERE l.number = ?", (number_of(link, "L"),))
    return stored_link(found[0]) if found else None


def links(
    database: Database, kinds: Sequence[LinkKind], filters: Filters, superseded: bool, limit: int | None, offset: int
) -> list[StoredLink]:
    """All links of these kinds between reports up to the day asked for."""
    where, (cut, window) = _holding(kinds, filters, superseded), page(limit, offset)
    sql = f"SELECT {COLUMNS} {FROM}{where} ORDER BY l.number{cut}"
    return [stored_link(row) for row in database.rows(sql, [*where.values, *window])]


def links_at(
    database: Database, places: Iterable[tuple[int, str]], kinds: Sequence[LinkKind], filters: Filters, superseded: bool
) -> list[StoredLink]:
    """Those that touch one of these places (a report's number and an entry's id)."""
    found: dict[int, StoredLink] = {}
    for some in chunks(list(dict.fromkeys(places))):
        table, values = wanted(some)
        for side in ("a", "b"):
            where = _holding(kinds, filters, superseded)
            join = f"JOIN wanted p ON l.{side}_report = p.report AND l.{side}_entry = p.entry"
            rows = database.rows(f"{table}SELECT {COLUMNS} {FROM} {join}{where}", [*values, *where.values])
            found.update((row[0], stored_link(row)) for row in rows)
    return [found[number] for number in sorted(found)]


def _holding(kinds: Sequence[LinkKind], filters: Filters, superseded: bool) -> Where:
    where = Where()
    if kinds:
        where.add(f"l.kind IN ({marks(kinds)})", *kinds)
    if not superseded:
        where.add("l.superseded IS NULL")
    if filters.as_of:
        for side in ("a", "b"):
            where.add(f"{side}.published <= ?", filters.as_of).add(f"{side}.published > ''")
    return where


def put_decision(database: Database, decision: Decision) -> str:
    """Keeps a decision; "undo" marks its target as undone. Raises ValueError if undo's target is no decision's id."""
    number = _next(database, "decisions")
    identity = f"J{number}"
    if decision.verb == "undo":
        undone = (identity, number_of(decision.target, "J"))
        database.rows("UPDATE decisions SET undone = ? WHERE number = ?", undone)
    values = (decision.verb, decision.target, decision.value, decision.why, decision.by, decision.at)
    database.rows(insert("decisions", DECISION), (number, *values, None))
    return identity


def decisions(database: Database, target: str | None) -> list[StoredDecision]:
    """What people decided, in order."""
    where = Where() if target is None else Where().add("target = ?", target)
    rows = database.rows(f"SELECT {', '.join(DECISION)} FROM decisions{where} ORDER BY number", where.values)
    return [stored_decision(row) for row in rows]
