"""The table of who acts on whom goes: what comes of each event between actors is kept in `following`, with its days."""

from __future__ import annotations

from dragoman.case.store.dialect import Database


def apply(database: Database) -> None:
    """Drops the table with its indexes; nothing stood in it alone."""
    database.rows("DROP TABLE dealings")
