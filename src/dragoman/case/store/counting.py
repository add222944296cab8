"""Counts over a database that understands SQL: one statement each, and no row for every report or event."""

from __future__ import annotations

from dragoman.case.query import Filters
from dragoman.case.store import conditions
from dragoman.case.store.counting_terms import Published, Tallied
from dragoman.case.store.dialect import Database


class SqlCounts:
    """`Counts` over an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def days(self) -> list[str]:
        """The days of the reports."""
        sql = "SELECT DISTINCT published FROM reports WHERE published > '' ORDER BY published"
        return [row[0] for row in self._database.rows(sql)]

    def publishers(self, filters: Filters) -> list[Published]:
        """What each publisher's reports come to."""
        where = conditions.reports(filters, 0)
        ends = "COALESCE(MIN(NULLIF(r.published, '')), ''), MAX(r.published)"
        sql = f"SELECT r.publisher, COUNT(*), COUNT(r.same_text_as), {ends} FROM reports r{where} GROUP BY r.publisher"
        return [Published(*row) for row in self._database.rows(sql, where.values)]

    def events(self, filters: Filters) -> list[Tallied]:
        """Events by day, thread and status."""
        where = conditions.listed("event", filters, 0)
        days = f"SELECT e.item AS item, COALESCE(MIN(e.begins), MIN(e.published)) AS day FROM entries e{where} GROUP BY e.item"
        sql = f"SELECT g.day, i.parent, i.status, COUNT(*) FROM ({days}) g JOIN items i ON i.id = g.item GROUP BY g.day, i.parent, i.status"
        return [Tallied(*row) for row in self._database.rows(sql, where.values)]

    def last_told(self, filters: Filters) -> dict[str, str]:
        """The last day of each event."""
        where = conditions.listed("event", filters, 0)
        sql = f"SELECT e.item, MAX(e.published) FROM entries e{where} GROUP BY e.item ORDER BY LENGTH(e.item), e.item"
        return {str(item): str(day) for item, day in self._database.rows(sql, where.values)}
