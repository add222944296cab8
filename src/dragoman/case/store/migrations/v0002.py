"""What follows from a case, row by row; and an index for the names that reports have for somebody."""

from __future__ import annotations

from dragoman.case.store.dialect import Database

_TABLES = """
CREATE TABLE following (
  item {text} PRIMARY KEY,
  kind {text} NOT NULL,
  number INTEGER NOT NULL,
  about {text},
  day {text} NOT NULL,
  size INTEGER NOT NULL,
  json {text} NOT NULL
);
CREATE INDEX following_by_day ON following (kind, day, number);
CREATE INDEX following_about ON following (about);
CREATE INDEX entries_by_own_name ON entries (item, name, published) WHERE name IS NOT NULL
"""


def apply(database: Database) -> None:
    """Makes the table, empty, and the index: what follows is worked out anew when reports are added, or when it is asked for."""
    for statement in _TABLES.format(**database.column_types).split(";"):
        database.rows(statement)
    database.rows("DELETE FROM meta WHERE key IN ('case.derived', 'case.settled')")
