"""A case by its name: a file name, or the URL of a PostgreSQL database."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from dragoman.case.store.base import Store
from dragoman.case.store.dialect import Database
from dragoman.case.store.migrations import bring_up
from dragoman.case.store.sql import SqlStore
from dragoman.case.store.sqlite import SqliteDatabase
from dragoman.errors import StoreError

_POSTGRES = ("postgresql://", "postgres://")


def open_store(location: str | Path, *, create: bool = False) -> Store:
    """Opens the case at a file name or a `postgresql://` URL; begins one there if `create` and there is none.

    An older schema is brought up to date; a file that cannot be written is opened for questions. Raises StoreError where there
    is no case, something else, or a case of a newer version.
    """
    database = _database(location, create)
    try:
        bring_up(database, create=create)
        if isinstance(database, SqliteDatabase) and not database.read_only:
            database.use_log()
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


def _database(location: str | Path, create: bool) -> Database:
    text = str(location)
    if text.startswith(_POSTGRES):
        return _postgres(text)
    if "://" in text:
        raise StoreError(text, "this kind of URL is not known", "give a file name or a postgresql:// URL")
    if not text or "\0" in text:
        raise StoreError(repr(text), "this is no file name", "give a file name or a postgresql:// URL")
    return SqliteDatabase(Path(text), create=create)


def _postgres(url: str) -> Database:
    if importlib.util.find_spec("psycopg") is None:
        raise StoreError("PostgreSQL", "the library psycopg is not installed", "run `pip install 'dragoman[postgres]'`")
    from dragoman.case.store.postgres import PostgresDatabase  # needs psycopg, which is not everybody's

    return PostgresDatabase(url)
