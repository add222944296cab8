"""A case in one SQLite file: write-ahead log, so that readers and the writer do not wait for each other; FTS5 for words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from dragoman.case.store.dialect import WAIT_S, Row, Values, writable
from dragoman.case.store.query_tree import How, Leaf
from dragoman.errors import StoreError

_SHORTEST = 512  # bytes of a page, and so of a database
APPLICATION_ID = 0x44524147  # "DRAG": tells a case from other SQLite files
_PRAGMAS = (
    f"busy_timeout = {WAIT_S * 1000}",
    "foreign_keys = ON",
    # A case survives the death of the process at any moment; a power cut may cost the last reports, never the case.
    "synchronous = NORMAL",
    "temp_store = MEMORY",
    "cache_size = -32000",
    "journal_size_limit = 67108864",
    "trusted_schema = OFF",
)
_FOUND = {
    sqlite3.SQLITE_NOTADB: ("this file is no case (nor any SQLite database)", "name a file that `dragoman add` made, or a new one"),
    sqlite3.SQLITE_CORRUPT: (
        "the case is damaged",
        "take the last copy of the file, or save what can be saved with `sqlite3 FILE .recover`",
    ),
    sqlite3.SQLITE_FULL: ("the disk is full; what is in the case stays as it was", "make room and run the command again"),
    sqlite3.SQLITE_IOERR: (
        "the disk refuses to read or write; what is in the case stays as it was",
        "look after the disk and run it again",
    ),
    sqlite3.SQLITE_READONLY: ("the case cannot be written", "get leave to write the file and its folder, or copy the case elsewhere"),
    sqlite3.SQLITE_PERM: ("the case cannot be opened", "get leave to read the file"),
    sqlite3.SQLITE_CANTOPEN: ("the case cannot be opened", "see that its folder exists and may be read and written"),
    sqlite3.SQLITE_BUSY: (f"another process has been writing for {WAIT_S} seconds", "wait until it has ended and run the command again"),
    sqlite3.SQLITE_LOCKED: (f"another process has been writing for {WAIT_S} seconds", "wait until it has ended and run the command again"),
}
_Result = TypeVar("_Result")


class SqliteDatabase:
    """One connection to the file at `path`."""

    def __init__(self, path: Path, *, create: bool) -> None:
        """Opens the file; makes it if `create` and it is not there. Opens it for reading where it cannot be written."""
        self.location = str(path)
        self._check_path(path, create)
        self.read_only = path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        address = f"file:{quote(os.fspath(path.absolute()))}?{_mode(path, self.read_only, create)}"
        self._connection = self._guarded(
            lambda: sqlite3.connect(address, uri=True, isolation_level=None, timeout=WAIT_S, cached_statements=300)
        )
        try:
            self._prepare()
        except StoreError:
            self._connection.close()
            raise

    def _check_path(self, path: Path, create: bool) -> None:
        if path.is_dir():
            raise StoreError(self.location, "this is a folder", "name the file of the case")
        if not path.exists() and not create:
            raise StoreError(self.location, "there is no such case", "see that the name is right; `dragoman add` begins a case")
        if not path.parent.is_dir():
            raise StoreError(self.location, f"there is no folder {path.parent}", "make it, or name a file elsewhere")
        if _other_file(path):  # SQLite takes a file of a byte or two for an empty one, and would write over it
            raise StoreError(self.location, *_FOUND[sqlite3.SQLITE_NOTADB])

    def _prepare(self) -> None:
        for pragma in _PRAGMAS:
            self.rows(f"PRAGMA {pragma}")
        # Both at one moment: another process may be beginning the case between two looks.
        self.begin(write=False)
        application = self.rows("PRAGMA application_id")[0][0]
        empty = not self.rows("SELECT 1 FROM sqlite_master LIMIT 1")
        self.commit()
        if application != APPLICATION_ID and not (application == 0 and empty):
            raise StoreError(self.location, "this SQLite database is no case", "name a file that `dragoman add` made, or a new one")

    def _guarded(self, act: Callable[[], _Result]) -> _Result:
        try:
            return act()
        except sqlite3.IntegrityError as error:
            raise ValueError(
                f"what is written does not fit the case ({error}): add reports and items before what belongs to them"
            ) from error
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in _FOUND:
                raise
            raise StoreError(self.location, *_FOUND[code]) from error

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Runs one statement and returns its rows."""
        return self._guarded(lambda: self._connection.execute(sql, [writable(value) for value in values]).fetchall())

    def many(self, sql: str, values: Iterable[Values]) -> None:
        """Runs one statement for each sequence of values."""
        self._guarded(lambda: self._connection.executemany(sql, ([writable(value) for value in row] for row in values)))

    def begin(self, *, write: bool) -> None:
        """Begins a transaction. A writer takes its turn at once, so that it can never find another one in its way later."""
        if write and self.read_only:
            raise StoreError(self.location, *_FOUND[sqlite3.SQLITE_READONLY])
        self.rows("BEGIN IMMEDIATE" if write else "BEGIN")

    def commit(self) -> None:
        """Keeps what the transaction wrote."""
        self.rows("COMMIT")

    def rollback(self) -> None:
        """Forgets what the transaction wrote. SQLite may have done so itself when the disk was full."""
        if self._connection.in_transaction:
            try:
                self._connection.execute("ROLLBACK")
            except sqlite3.DatabaseError:  # a broken disk: the log without its last mark is forgotten at the next opening
                self._connection.close()

    @property
    def column_types(self) -> Mapping[str, str]:
        """SQLite's names for the types of columns."""
        return {"text": "TEXT", "blob": "BLOB", "real": "REAL"}

    def close(self) -> None:
        """Ends the connection; the last one folds the log into the file."""
        self._connection.close()

    def version(self) -> int:
        """The version of the schema; 0 where there is no case yet."""
        return int(self.rows("PRAGMA user_version")[0][0])

    def set_version(self, version: int) -> None:
        """Notes the version of the schema, and that this file is a case."""
        self.rows(f"PRAGMA application_id = {APPLICATION_ID}")
        self.rows(f"PRAGMA user_version = {int(version)}")

    def use_log(self) -> None:
        """Turns the write-ahead log on; it stays on in the file. Another process may be doing the same, and SQLite does not wait for it."""
        until = time.monotonic() + WAIT_S
        while True:
            try:
                self.rows("PRAGMA journal_mode = WAL")
                return
            except StoreError as error:
                busy = (
                    isinstance(error.__cause__, sqlite3.OperationalError) and error.__cause__.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                )
                if not busy or time.monotonic() > until:
                    raise
                time.sleep(0.02)

    def create_home(self) -> None:
        """The file is there already."""

    def create_words(self) -> None:
        """An index without the texts: they are kept once, in `texts`. The tokenizer only splits at the spaces between folded words."""
        self.rows("CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='ascii', prefix='1 2 3')")

    def put_words(self, report: int, title: Sequence[str], text: Sequence[str]) -> None:
        """Adds a report's words to the index."""
        self.rows("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (report, " ".join(title), " ".join(text)))

    def having(self, how: How, leaves: Sequence[Leaf]) -> tuple[str, list[Any]]:
        """Quoted strings of FTS5; folded words hold no quotation marks."""
        quoted = [f'"{" ".join(leaf.words)}"' + " *" * leaf.prefix for leaf in leaves]
        return "SELECT rowid FROM words WHERE words MATCH ?", [f" {how.upper()} ".join(quoted)]


def _other_file(path: Path) -> bool:
    """Whether there is a file with something in it that is too short for SQLite's; of longer ones SQLite itself tells.

    The file is not opened here: a process that closes a file loses all its locks on it, also those of its other connections, and
    another process would then fold the log away under them.
    """
    try:
        size = path.stat().st_size
    except OSError:  # SQLite tells why it cannot be opened
        return False
    return 0 < size < _SHORTEST


def _mode(path: Path, read_only: bool, create: bool) -> str:
    if not read_only:
        return "mode=rwc" if create else "mode=rw"
    log = path.with_name(path.name + "-wal")
    # A log with something in it has to be read as well; without one, nobody is writing, and SQLite may go without its helper files.
    return "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
