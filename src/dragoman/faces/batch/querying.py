"""SQL over the tables of an archive, read-only: the only file that imports DuckDB, which `pip install 'dragoman[query]'` brings.

Each table is a view over its Parquet files, with the column `month` that its folders name. Before a question is run, DuckDB is
shut in: it reads the files of the tables and nothing else, loads and fetches no extension, and its settings are locked. One SELECT
is taken at a time; whatever writes is refused before it runs.
"""

from __future__ import annotations

import glob
import importlib.util
import math
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from dragoman.errors import InputError, MissingLibrary, QueryError
from dragoman.faces.batch.output import MANIFEST
from dragoman.faces.batch.schema import COLUMNS, TABLES, Column, ColumnType

Value = str | int | float | bool | list[Any] | dict[str, Any] | None
"""What JSON can hold: days are ISO texts, decimals are floats, numbers that are none are null, bytes are hexadecimal."""

_LIBRARY = "duckdb"
_FILES = "month=*/[0-9]*.parquet"
"""Files that are being written begin with a dot."""
_TYPES: dict[ColumnType, str] = {
    "text": "VARCHAR", "whole": "BIGINT", "number": "DOUBLE", "truth": "BOOLEAN", "texts": "VARCHAR[]", "day": "DATE",
}  # fmt: skip
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: its columns, each name once, and its rows; `more` tells that the limit cut it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    more: bool

    def first(self, limit: int | None) -> Found:
        """The same answer with its first `limit` rows."""
        return self if limit is None or limit >= len(self.rows) else Found(self.columns, self.rows[:limit], True)


class Tables:
    """The tables of one archive, open for questions. Raises InputError where there are none, MissingLibrary without DuckDB."""

    def __init__(self, folder: str, *, memory: int = 2, threads: int = 1) -> None:
        """`memory` is the most that a question may take, in GB; nothing is put aside on a disk."""
        self.folder = Path(folder)
        held = _held(self.folder)
        self.complete = (self.folder / MANIFEST).is_file()
        self._scratch = tempfile.TemporaryDirectory(prefix="dragoman-query-")
        self._base = _connected(memory, threads)
        for table in TABLES:
            self._base.execute(_view(table, self.folder.resolve()) if table in held else _nothing(table))
        self._shut_in(held)

    def _shut_in(self, held: list[str]) -> None:
        """No file but those of the tables, and a folder of its own to hand Parquet over."""
        rooms = [str(self.folder.resolve() / table) for table in held]
        patterns = [glob.escape(room) for room in rooms]  # DuckDB asks for the pattern first, for each file then
        rooms += [*(pattern for pattern in patterns if pattern not in rooms), str(Path(self._scratch.name).resolve())]
        self._base.execute(f"SET allowed_directories = [{', '.join(_quoted(f'{room}/') for room in rooms)}]")
        self._base.execute("SET enable_external_access = false")
        self._base.execute("SET lock_configuration = true")

    def close(self) -> None:
        """Frees what is held."""
        self._base.close()
        self._scratch.cleanup()

    def ask(self, sql: str, limit: int | None = None) -> Found:
        """The answer to one SELECT, its first `limit` rows. Raises QueryError, one line, where it cannot be answered."""
        with _one_line():
            answer = self._selected(sql)
            columns = _once(answer.columns)
            rows = self._stoppable((answer if limit is None else answer.limit(limit + 1)).fetchall)
        cut = rows if limit is None else rows[:limit]
        return Found(columns, tuple(tuple(map(_plain, row)) for row in cut), len(rows) > len(cut))

    def parquet(self, sql: str, limit: int | None = None) -> bytes:
        """The same answer as a Parquet file, with the types that DuckDB gives."""
        place = Path(self._scratch.name).resolve() / "answer.parquet"
        with _one_line():
            answer = self._selected(sql)
            wanted = answer if limit is None else answer.limit(limit)
            self._stoppable(lambda: wanted.write_parquet(str(place), compression="zstd"))
        return place.read_bytes()

    def _stoppable(self, work: Callable[[], Any]) -> Any:
        """Works in a thread, since DuckDB would not hear Ctrl-C in this one."""
        with ThreadPoolExecutor(1) as pool:
            try:
                return pool.submit(work).result()
            except BaseException:
                self._base.interrupt()
                raise

    def _selected(self, sql: str) -> Any:
        statements = self._base.extract_statements(sql)
        if len(statements) != 1:
            found = f"{len(statements)} statements" if statements else "no statement"
            raise QueryError(f"the SQL holds {found}, and one SELECT is taken at a time; ask one question in each call")
        kind = statements[0].type.name
        if kind == "MULTI":
            raise QueryError("PIVOT without the values to pivot on is not taken; name them: PIVOT events ON status IN ('denied', …)")
        if kind != "SELECT":
            raise QueryError(f"the SQL is of kind {kind}, and tables are only read; write a SELECT, or save its answer with --out FILE")
        return self._base.sql(sql)


def _connected(memory: int, threads: int) -> Any:
    if importlib.util.find_spec(_LIBRARY) is None:
        raise MissingLibrary("SQL over tables needs the library duckdb, which is not installed; run `pip install 'dragoman[query]'`")
    import duckdb  # an extra, and slow to import

    never = dict.fromkeys(("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions"), "false")
    return duckdb.connect(":memory:", config={**never, "threads": str(threads), "memory_limit": f"{memory}GB", "temp_directory": ""})


def _held(folder: Path) -> list[str]:
    """The tables that have files."""
    expected = "name a folder that `dragoman code INPUT... --out DIR` has written"
    if not folder.exists():
        raise InputError(str(folder), "there is no such folder", expected)
    if not folder.is_dir():
        raise InputError(str(folder), "is a file, not a folder of tables", expected)
    held = [table for table in TABLES if next((folder / table).glob(_FILES), None) is not None]
    if not held:
        raise InputError(str(folder), f"holds no tables (expected {TABLES[0]}/month=…/*.parquet and the like)", expected)
    return held


def _view(table: str, folder: Path) -> str:
    pattern = f"{glob.escape(str(folder / table))}/{_FILES}"
    if "=" in str(folder):  # DuckDB would take key=value above the tables for columns
        columns = "* EXCLUDE (filename), regexp_extract(filename, 'month=([^/]*)/[^/]*$', 1) AS month"
        return f"CREATE VIEW {table} AS SELECT {columns} FROM read_parquet({_quoted(pattern)}, hive_partitioning=false, filename=true)"
    return f"CREATE VIEW {table} AS SELECT * FROM read_parquet({_quoted(pattern)}, hive_partitioning=true, hive_types={{'month': VARCHAR}})"


def _nothing(table: str) -> str:
    """No rows, with the right columns: of a run that has not come so far. A view, so that nothing can be written to it."""
    columns = (*COLUMNS[table], Column("month", "text", ""))
    told = ", ".join(f'NULL::{_TYPES[column.type]} AS "{column.name}"' for column in columns)
    return f"CREATE VIEW {table} AS SELECT {told} WHERE false"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def _one_line() -> Iterator[None]:
    """Turns what DuckDB says into one line with a next step."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise QueryError("the question needs more memory than it may take; ask for less at once, or give more with --memory") from None
    except duckdb.Error as problem:
        told, _, _ = str(problem).partition("\nLINE ")
        line = " ".join(told.split())[:_LONGEST].rstrip(".;")
        remedy = "`SELECT * FROM events LIMIT 1` shows a table's columns, `dragoman query --list` the named questions"
        raise QueryError(f"the SQL cannot be answered: {line}; {remedy}") from None


def _once(columns: list[str]) -> tuple[str, ...]:
    """The names, a second one of a kind with a number behind it."""
    taken: list[str] = []
    for name in columns:
        new, count = name, 1
        while new in taken:
            count += 1
            new = f"{name}_{count}"
        taken.append(new)
    return tuple(taken)


def _plain(value: Any) -> Value:
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    return value.hex() if isinstance(value, bytes) else str(value)
