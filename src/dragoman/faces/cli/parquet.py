"""A table as a Parquet file: the only file that needs polars, which `pip install 'dragoman[parquet]'` brings."""

from __future__ import annotations

import importlib.util
import io

import click

from dragoman.case.exports.tables import ColumnType, Table


def parquet(table: Table) -> bytes:
    """The bytes of the file. A column has the type that its table says, also where all its cells are empty."""
    if importlib.util.find_spec("polars") is None:
        raise click.UsageError("Parquet needs the library polars, which is not installed; run `pip install 'dragoman[parquet]'`")
    import polars

    types: dict[ColumnType, polars.DataType] = {
        "text": polars.String(),
        "whole": polars.Int64(),
        "number": polars.Float64(),
        "truth": polars.Boolean(),
        "texts": polars.List(polars.String()),
    }
    schema = {column.name: types[column.type] for column in table.columns}
    rows = [[list(cell) if isinstance(cell, tuple) else cell for cell in row] for row in table.rows]
    frame = polars.DataFrame(rows, schema=schema, orient="row")
    written = io.BytesIO()
    frame.write_parquet(written, compression="zstd", metadata={"dragoman": f"table {table.name} of a case"})
    return written.getvalue()
