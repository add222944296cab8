"""The house: the one file beside all cases in which the workspace keeps what belongs to no case.

Accounts, sessions, tokens, the record of what was done, alerts and what was sent lie here. What belongs to one case is kept under its
`case_key`. The file is made when something is first kept; asking a house that is not there yet finds nothing. Several programs may use
it at once (a server, `dragoman user`); several threads share one connection, so nobody may wait for anything else while it writes.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dragoman.errors import InputError, StoreError

PLACE = "DRAGOMAN_HOUSE"
_PATIENCE_S = 5.0

MIGRATIONS: Mapping[str, Sequence[str]] = {
    "access": (
        """CREATE TABLE accounts (
             key TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, password TEXT NOT NULL, made TEXT NOT NULL, changed TEXT NOT NULL
           )""",
        """CREATE TABLE sessions (
             hash TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
             begun REAL NOT NULL, seen REAL NOT NULL
           )""",
        """CREATE TABLE tokens (
             id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
             scope TEXT NOT NULL, made TEXT NOT NULL, ends TEXT NOT NULL, used TEXT NOT NULL DEFAULT ''
           )""",
        "CREATE TABLE attempts (key TEXT PRIMARY KEY, count INTEGER NOT NULL, last REAL NOT NULL)",
        """CREATE TABLE audit (
             number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, last TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
             address TEXT NOT NULL, about TEXT NOT NULL, case_key TEXT NOT NULL, times INTEGER NOT NULL DEFAULT 1
           )""",
        "CREATE INDEX audit_of_kind ON audit (kind, number)",
    ),
    "alerts": (
        """CREATE TABLE alerts (
             number INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, case_key TEXT NOT NULL, name TEXT NOT NULL,
             owner TEXT NOT NULL, wanted TEXT NOT NULL, webhook TEXT NOT NULL, private INTEGER NOT NULL, secret TEXT NOT NULL,
             mail TEXT NOT NULL, digest TEXT NOT NULL, feed_key TEXT NOT NULL, made TEXT NOT NULL, mark TEXT NOT NULL,
             from_day TEXT NOT NULL, paused INTEGER NOT NULL DEFAULT 0, looked TEXT NOT NULL DEFAULT '', problem TEXT NOT NULL DEFAULT ''
           )""",
        "CREATE INDEX alerts_of_case ON alerts (case_key, number)",
        """CREATE TABLE matches (
             number INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE,
             key TEXT NOT NULL, found TEXT NOT NULL, told TEXT NOT NULL, UNIQUE (alert, key)
           )""",
        "CREATE INDEX matches_of_alert ON matches (alert, number)",
        """CREATE TABLE deliveries (
             id TEXT PRIMARY KEY, alert INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE, channel TEXT NOT NULL, target TEXT NOT NULL,
             made REAL NOT NULL, due REAL NOT NULL, until REAL NOT NULL, state TEXT NOT NULL, lease REAL NOT NULL DEFAULT 0,
             tries INTEGER NOT NULL DEFAULT 0, about TEXT NOT NULL, body BLOB NOT NULL
           )""",
        "CREATE INDEX deliveries_of_alert ON deliveries (alert, made)",
        "CREATE INDEX deliveries_due ON deliveries (state, due)",
        """CREATE TABLE tellings (
             match INTEGER NOT NULL REFERENCES matches ON DELETE CASCADE, channel TEXT NOT NULL, delivery TEXT NOT NULL,
             PRIMARY KEY (match, channel)
           )""",
        """CREATE TABLE tries (
             delivery TEXT NOT NULL REFERENCES deliveries ON DELETE CASCADE, number INTEGER NOT NULL, at REAL NOT NULL,
             outcome TEXT NOT NULL, PRIMARY KEY (delivery, number)
           )""",
        "ALTER TABLE alerts ADD COLUMN secret_at TEXT NOT NULL DEFAULT ''",
    ),
}
"""The tables, by the part of the workspace that keeps them: each part has its statements in order, and only ever adds to their end."""


class House:
    """The file, opened when it is first needed. Raises StoreError where it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._opened: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    def exists(self) -> bool:
        """Whether anything was ever kept."""
        return self.path.exists()

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """What a SELECT finds; nothing where there is no house yet."""
        with self._lock, self._mapped():
            if self._opened is None and not self.exists():
                return []
            return self._connection().execute(question, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all that is done within holds, or nothing. Call no network and ask no case within it."""
        with self._lock, self._mapped():
            database = self._connection()
            if database.in_transaction:  # within another block of this thread: its end decides
                yield database
                return
            with _transaction(database):
                yield database

    def close(self) -> None:
        """Lets the file go; it is opened again when it is needed."""
        with self._lock:
            opened, self._opened, self._file = self._opened, None, None
            if opened is not None:
                opened.close()

    def _connection(self) -> sqlite3.Connection:
        """The connection; another one where another file has taken the place of the one that was opened."""
        if self._opened is not None and self._file != file_mark(self.path):
            self.close()
        if self._opened is None:
            try:
                self._opened = _open(self.path)
            except OSError as problem:
                raise StoreError(str(self.path), f"it cannot be made ({problem.strerror})", f"name another file in {PLACE}") from None
            self._file = file_mark(self.path)
        return self._opened

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        """The one place where SQLite's errors become ours."""
        try:
            yield
        except sqlite3.IntegrityError:  # of whoever writes
            raise
        except sqlite3.OperationalError as problem:
            raise StoreError(
                str(self.path), f"it cannot be used ({problem})", f"wait and try again, or name another file in {PLACE}"
            ) from None
        except sqlite3.DatabaseError as problem:
            raise StoreError(str(self.path), f"this is no house of the workspace ({problem})", f"name another file in {PLACE}") from None


def file_mark(path: str | Path) -> tuple[int, int] | None:
    """What tells a file from another that has taken its place; None for a database, or where there is no file."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _open(path: Path) -> sqlite3.Connection:
    """The file with all its tables, for its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    opened = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False)
    try:
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("PRAGMA foreign_keys = ON")
        opened.execute("PRAGMA secure_delete = ON")
        _bring_up(opened, path)
    except BaseException:
        opened.close()
        raise
    return opened


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:  # SQLite may have ended it itself when the disk was full
            database.execute("ROLLBACK")
        raise


def _bring_up(database: sqlite3.Connection, path: Path) -> None:
    with _transaction(database):
        database.execute("CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, version INTEGER NOT NULL)")
        known = dict(database.execute("SELECT name, version FROM parts").fetchall())
        for part, statements in MIGRATIONS.items():
            if known.get(part, 0) > len(statements):
                raise StoreError(str(path), "it was made by a newer version of dragoman", "bring dragoman up to date")
            for statement in statements[known.get(part, 0) :]:
                database.execute(statement)
            database.execute(
                "INSERT INTO parts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version", (part, len(statements))
            )


def place() -> Path:
    """Where the house is: $DRAGOMAN_HOUSE, else `dragoman/workspace.db` in $XDG_DATA_HOME, else in ~/.local/share.

    Raises InputError where none of these is known.
    """
    named, data = os.environ.get(PLACE), os.environ.get("XDG_DATA_HOME")
    try:
        found = Path(named).expanduser() if named else Path(data or Path("~/.local/share").expanduser(), "dragoman", "workspace.db")
    except RuntimeError:  # in a container whose user has no entry anywhere
        raise InputError(
            PLACE, "it is not set, and there is no home folder", "name the file in which accounts and alerts are kept"
        ) from None
    return found.absolute()


def the_house() -> House:
    """The house of this program, the same one at each call."""
    return _house(place())


@cache
def _house(path: Path) -> House:
    return House(path)


def case_key(location: str) -> str:
    """The name under which what belongs to a case is kept: its absolute path, or its URL without the password."""
    if "://" not in location:
        return str(Path(location).absolute())
    parts = urlsplit(location)
    user, at, host = parts.netloc.rpartition("@")
    return f"{parts.scheme}://{user.partition(':')[0]}{at}{host}{parts.path}"
