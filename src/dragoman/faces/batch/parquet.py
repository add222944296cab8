"""Parquet, in and out: the only file of this package that imports polars, which `pip install 'dragoman[archive]'` brings."""

from __future__ import annotations

import importlib.util
import io
import json
import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from dragoman.errors import InputError, MissingLibrary
from dragoman.faces.batch.records import Record
from dragoman.faces.batch.schema import COLUMNS, SCHEMA, ColumnType

MAGIC = b"PAR1"
Cell = str | int | float | bool | date | tuple[str, ...] | None
_TEXTS = ("text", "event_text")
_FIELDS = (*_TEXTS, "id", "title", "published", "date", "publisher", "url")
_BATCH = 1_000  # rows that are held at once
_LEVEL = 3  # of zstd: stated, so that another default of the library changes no file


def check_installed() -> None:
    """Raises MissingLibrary without polars."""
    if importlib.util.find_spec("polars") is None:
        raise MissingLibrary("Parquet needs the library polars, which is not installed; run `pip install 'dragoman[archive]'`")


def written(table: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """The bytes of a table's file: the same for the same rows, whatever else the machine does."""
    polars = _polars()
    types: dict[ColumnType, Any] = {
        "text": polars.String(),
        "whole": polars.Int64(),
        "number": polars.Float64(),
        "truth": polars.Boolean(),
        "texts": polars.List(polars.String()),
        "day": polars.Date(),
    }
    columns = COLUMNS[table]
    cells: Any = zip(*rows, strict=True) if rows else ([] for _ in columns)
    series = [
        polars.Series(column.name, list(map(list, found)) if column.type == "texts" else list(found), types[column.type])
        for column, found in zip(columns, cells, strict=True)
    ]
    file = io.BytesIO()
    metadata = {"dragoman": f"{SCHEMA} {table}"}
    polars.DataFrame(series).write_parquet(file, compression="zstd", compression_level=_LEVEL, metadata=metadata)
    return file.getvalue()


def rows_of(path: str, name: str) -> Iterator[Record | InputError]:
    """The rows of a Parquet file as records, as if each were a line of JSON Lines with the columns as its fields.

    Some row groups are held at once. Columns that no report has are not read.
    """
    polars = _polars()
    number = 0
    try:
        table = polars.scan_parquet(path, glob=False, low_memory=True)
        present = table.collect_schema().names()
        if not any(text in present for text in _TEXTS):
            shown = ", ".join(f'"{column[:60]}"' for column in present[:8])
            raise InputError(name, f'no column "text" (it has {shown})', f"name its columns {', '.join(_FIELDS)}")
        wanted = table.select([field for field in _FIELDS if field in present])
        for batch in wanted.collect_batches(chunk_size=_BATCH, maintain_order=True, lazy=True):
            for row in batch.iter_rows(named=True):
                number += 1
                yield Record("line", f"{name}, row {number}", _as_json(row))
    except InputError as problem:
        yield problem
    except polars.exceptions.PolarsError as problem:
        found = f"the Parquet file is damaged ({str(problem).splitlines()[0][:200]})"
        yield InputError(name if not number else f"{name}, after row {number}", found, "get the file again; the rows before it were read")


def _as_json(row: dict[str, Any]) -> bytes:
    told = {name: _plain(value) for name, value in row.items() if value is not None}
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    """Days and times in ISO form; what JSON has no type for becomes an object, which no field of a report may be."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) else {}


def _polars() -> Any:
    check_installed()
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # the cores are for reading
    import polars  # an extra, and slow to import

    return polars
