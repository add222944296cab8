"""A case in a PostgreSQL database, for a team: everything lies in the schema `dragoman` of the database that the URL names.

The only file that needs psycopg, which `pip install 'dragoman[postgres]'` brings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import psycopg
from psycopg import errors

from dragoman.case.store.dialect import WAIT_S, Row, Values, writable
from dragoman.case.store.query_tree import How, Leaf
from dragoman.errors import StoreError

WAIT = f"{WAIT_S}s"
_LOCK = 0x647261676F6D616E  # "dragoman": whoever holds this advisory lock is the writer
_LAST_POSITION, _MOST_PLACES = 16383, 255  # PostgreSQL keeps no word's place beyond these
_MOST_BYTES = 700_000  # an index entry ends at 1 MB
_PASSWORD = re.compile(r"(?<=:)[^:/@]*(?=@)|(?<=password=)[^&\s]*")
_FOUND: tuple[tuple[type[psycopg.Error], str, str], ...] = (
    (errors.DiskFull, "the disk of the database is full; what is in the case stays as it was", "make room and run the command again"),
    (
        errors.LockNotAvailable,
        f"another process has been writing for {WAIT_S} seconds",
        "wait until it has ended and run the command again",
    ),
    (errors.ReadOnlySqlTransaction, "the database can only be read", "connect to one that can be written"),
    (errors.InsufficientPrivilege, "this user may not do that", "ask for leave to use (for adding: to write) the schema dragoman"),
    (errors.OperationalError, "the connection is gone", "see that the server runs and run the command again"),
)
_MATCHING = "SELECT report FROM words WHERE lexemes @@ CAST(? AS tsquery)"
_Result = TypeVar("_Result")


class PostgresDatabase:
    """One connection to the database at `url`."""

    def __init__(self, url: str) -> None:
        """Connects. Raises StoreError with the server's words."""
        self.location = _PASSWORD.sub("…", url)
        self.read_only = False
        try:
            self._connection = psycopg.connect(url, autocommit=True, connect_timeout=15, fallback_application_name="dragoman")
        except (psycopg.Error, UnicodeError, ValueError) as error:
            said = " ".join(str(error).split()) or "no answer"
            raise StoreError(self.location, f"cannot connect ({said})", "see that the server runs and that the URL is right") from error
        self.rows("SET search_path TO dragoman")
        self.rows("SET client_min_messages TO warning")
        self.rows(f"SET lock_timeout TO '{WAIT}'")
        self.rows("SET jit TO off")  # compiling a question takes longer than answering it
        self.rows("SET work_mem TO '32MB'")  # a count over all entries of a large case stays in memory
        if self.rows("SHOW server_encoding")[0][0] != "UTF8":
            self.close()
            raise StoreError(self.location, "the database does not keep UTF-8", "make one with `createdb --encoding UTF8`")

    def _guarded(self, act: Callable[[], _Result]) -> _Result:
        try:
            return act()
        except psycopg.IntegrityError as error:
            raise ValueError(
                f"what is written does not fit the case ({error}): add reports and items before what belongs to them"
            ) from error
        except psycopg.Error as error:
            for kind, found, remedy in _FOUND:
                if isinstance(error, kind):
                    raise StoreError(self.location, found, remedy) from error
            raise

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Runs one statement and returns its rows."""
        return self._guarded(lambda: self._fetched(sql, values))

    def _fetched(self, sql: str, values: Values) -> list[Row]:
        cursor = self._connection.execute(_marked(sql), [writable(value) for value in values] or None)
        return cursor.fetchall() if cursor.description else []

    def many(self, sql: str, values: Iterable[Values]) -> None:
        """Runs one statement for each sequence of values, without waiting for each answer."""
        with self._connection.cursor() as cursor:
            self._guarded(lambda: cursor.executemany(_marked(sql), [[writable(value) for value in row] for row in values]))

    def begin(self, *, write: bool) -> None:
        """Begins a transaction. Writers take turns by one lock that readers do not know; so nobody waits in a circle."""
        self.rows("BEGIN" if write else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if not write:
            return
        try:
            self.rows(f"SELECT pg_advisory_xact_lock({_LOCK})")
        except StoreError:  # somebody else wrote too long: the transaction that waited is over
            self.rollback()
            raise

    def commit(self) -> None:
        """Keeps what the transaction wrote."""
        self.rows("COMMIT")

    def rollback(self) -> None:
        """Forgets what the transaction wrote; a lost connection has forgotten it already."""
        try:
            self._connection.execute("ROLLBACK")
        except psycopg.Error:
            self.close()

    @property
    def column_types(self) -> Mapping[str, str]:
        """PostgreSQL's; ids and days are compared by their bytes, as SQLite does, whatever the language of the database."""
        return {"text": 'TEXT COLLATE "C"', "blob": "BYTEA", "real": "DOUBLE PRECISION"}

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def version(self) -> int:
        """The version of the schema; 0 where there is no case yet."""
        if not self.rows("SELECT 1 FROM pg_tables WHERE schemaname = 'dragoman' AND tablename = 'meta'"):
            return 0
        return int(self.rows("SELECT value FROM meta WHERE key = 'schema_version'")[0][0])

    def set_version(self, version: int) -> None:
        """Notes the version of the schema."""
        known = "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        self.rows(f"INSERT INTO meta (key, value) VALUES ('schema_version', ?) {known}", (str(version),))

    def create_home(self) -> None:
        """A schema of its own, so that a case can share a database with other things."""
        self.rows("CREATE SCHEMA IF NOT EXISTS dragoman")

    def create_words(self) -> None:
        """The words of each report with their places; `body` only for long ones, whose places PostgreSQL does not keep in full."""
        self.rows("CREATE TABLE words (report INTEGER PRIMARY KEY REFERENCES reports (number), lexemes TSVECTOR NOT NULL, body TEXT)")
        self.rows("CREATE INDEX words_by_lexeme ON words USING gin (lexemes) WITH (fastupdate = off)")
        self.rows("CREATE INDEX words_long ON words (report) WHERE body IS NOT NULL")

    def put_words(self, report: int, title: Sequence[str], text: Sequence[str]) -> None:
        """Adds a report's words to the index. They come folded, so that they can be written as PostgreSQL's own form."""
        lexemes, short = _lexemes(title, text)
        body = None if short else f" {' '.join(title)} \n {' '.join(text)} "
        self.rows("INSERT INTO words (report, lexemes, body) VALUES (?, CAST(? AS tsvector), ?)", (report, lexemes, body))

    def having(self, how: How, leaves: Sequence[Leaf]) -> tuple[str, list[Any]]:
        """One query of full text for the single words, one for each phrase."""
        single = [f"'{leaf.words[0]}'" + ":*" * leaf.prefix for leaf in leaves if len(leaf.words) == 1]
        found = [_phrase(leaf) for leaf in leaves if len(leaf.words) > 1]
        if single:
            found.append((_MATCHING, [(" & " if how == "and" else " | ").join(single)]))
        sql = (" INTERSECT " if how == "and" else " UNION ").join(f"({sql})" for sql, _ in found)
        return sql, [value for _, values in found for value in values]


def _phrase(leaf: Leaf) -> tuple[str, list[Any]]:
    """Words side by side; in a long report, whose places are not all kept, they are looked for in its text of words."""
    marks = [f"'{word}'" for word in leaf.words]
    sought = " <-> ".join(marks) + ":*" * leaf.prefix
    long = "SELECT report FROM words WHERE body IS NOT NULL AND body LIKE ?"
    return f"{_MATCHING} UNION {long}", [sought, f"% {' '.join(leaf.words)}{'' if leaf.prefix else ' '}%"]


@lru_cache(maxsize=500)
def _marked(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def _lexemes(title: Sequence[str], text: Sequence[str]) -> tuple[str, bool]:
    """The words with their places as PostgreSQL writes them, and whether all of that can be kept."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    # One place stays free after the title, so that no phrase begins in it and ends in the text.
    for place, word in enumerate((*title, "", *text), start=1):
        if word:
            places[word].append(place)
    short = len(title) + len(text) < _LAST_POSITION and all(len(there) <= _MOST_PLACES for there in places.values())
    if not short and sum(len(word.encode()) + 2 * min(len(there), _MOST_PLACES) + 8 for word, there in places.items()) > _MOST_BYTES:
        return " ".join(f"'{word}'" for word in _fitting(places)), False
    return " ".join(f"'{word}':{','.join(map(str, there[:_MOST_PLACES]))}" for word, there in places.items()), short


def _fitting(words: Iterable[str]) -> list[str]:
    """The first words that one entry of the index can hold: all but those of a text of several megabytes."""
    kept, size = [], 0
    for word in words:
        size += len(word.encode()) + 8
        if size > _MOST_BYTES:
            break
        kept.append(word)
    return kept
