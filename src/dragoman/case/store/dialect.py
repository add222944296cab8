"""What differs between the databases: connecting, transactions, a few words of SQL, full text, and what their errors mean.

All other SQL is written once, with `?` for a value, in words that SQLite (3.31 and later) and PostgreSQL (15) both know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from dragoman.case.store.query_tree import How, Leaf

Row = tuple[Any, ...]
Values = Sequence[Any]
WAIT_S = 60
"""Seconds that a writer waits for another one."""
_UNWRITABLE = {0: "\ufffd", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


class Database(Protocol):
    """An open connection. Every method raises StoreError with what the user can do."""

    location: str
    read_only: bool

    @property
    def column_types(self) -> Mapping[str, str]:
        """What stands for {text}, {blob} and {real} in the definition of a table."""
        ...

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Runs one statement and returns its rows."""
        ...

    def many(self, sql: str, values: Iterable[Values]) -> None:
        """Runs one statement for each sequence of values."""
        ...

    def begin(self, *, write: bool) -> None:
        """Begins a transaction: as the only writer, or as a reader who sees one moment."""
        ...

    def commit(self) -> None:
        """Keeps what the transaction wrote."""
        ...

    def rollback(self) -> None:
        """Forgets what the transaction wrote; never fails."""
        ...

    def close(self) -> None:
        """Ends the connection; never fails."""
        ...

    def version(self) -> int:
        """The version of the schema; 0 where there is no case yet."""
        ...

    def set_version(self, version: int) -> None:
        """Notes the version of the schema."""
        ...

    def create_home(self) -> None:
        """Makes the place where the tables are to be."""
        ...

    def create_words(self) -> None:
        """Makes the index of words."""
        ...

    def put_words(self, report: int, title: Sequence[str], text: Sequence[str]) -> None:
        """Adds a report's words to the index."""
        ...

    def having(self, how: How, leaves: Sequence[Leaf]) -> tuple[str, list[Any]]:
        """A statement, and its values, that selects the numbers of the reports with all ("and") or one ("or") of the leaves."""
        ...


def writable(value: Any) -> Any:
    """A value as both databases can keep it: no NUL and no lone surrogate in a column of text."""
    if not isinstance(value, str) or (value.isascii() and "\0" not in value):
        return value
    return value.translate(_UNWRITABLE)
