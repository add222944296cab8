"""`dragoman query`: a question to the tables of an archive, and its answer as a table on a page, CSV, JSON, Markdown or Parquet."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from dragoman.errors import QueryError
from dragoman.faces.batch.charts import chart
from dragoman.faces.batch.querying import Found, Tables, Value
from dragoman.faces.batch.questions import QUESTIONS, Question
from dragoman.faces.cli.answers import Answer, json_text, write
from dragoman.faces.cli.cores import cores
from dragoman.faces.cli.destination import NewFile, StandardOutput
from dragoman.faces.cli.markdown import escaped
from dragoman.faces.cli.messages import tell
from dragoman.faces.cli.picture_file import check, write_picture
from dragoman.reading.wording import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

_ENDINGS = {".csv": "csv", ".json": "json", ".md": "markdown", ".parquet": "parquet"}
_PAGES = ("terminal", "markdown")
_ON_A_PAGE = 50
_LONGEST_SQL = 100_000
_WIDEST = 10_000
_HEADING = 16


@dataclass(frozen=True)
class Request:
    """One call, as it is written on the command line: `sql` or the name of a question."""

    folder: str
    sql: str | None = None
    named: str | None = None
    limit: int | None = None
    form: str | None = None
    out: str = "-"
    chart: str | None = None
    memory: int = 2
    workers: int | None = None


def show_questions() -> int:
    """One line for each named question."""
    width = max(map(len, QUESTIONS))
    for name, question in QUESTIONS.items():
        click.echo(f"{name.ljust(width)}  {question.about}: {question.note}")
    return 0


def run(request: Request) -> int:
    """Asks and writes; gives the exit code."""
    question = _named(request)
    sql = question.sql if question else _given(request.sql)
    form = request.form or _ENDINGS.get(Path(request.out).suffix.lower(), "terminal")
    if form == "parquet" and request.out == "-" and sys.stdout.isatty():
        raise click.UsageError("Parquet is no text for a terminal; name a file with --out, or take another --format")
    limit = (_ON_A_PAGE if form in _PAGES else None) if request.limit is None else request.limit or None
    try:
        with closing(Tables(request.folder, memory=request.memory, threads=request.workers or cores())) as tables:
            if not tables.complete:
                tell(f"{request.folder}: the run is not finished; the answer is over what is there so far")
            whole = tables.ask(sql) if request.chart else None  # a chart is of all rows: they are asked for once
            _write(request, tables, sql, form, limit, question, whole)
            if request.chart and question and whole:
                _draw(request.chart, whole, question, request.folder)
    except QueryError as problem:
        raise click.ClickException(str(problem)) from None
    return 0


def _named(request: Request) -> Question | None:
    if request.chart:
        _check_chart(request.chart, request.named)
    if request.named is None:
        return None
    if request.sql is not None:
        raise click.UsageError("SQL and --named were both given; ask one question in each call")
    if request.named not in QUESTIONS:
        raise click.UsageError(f"--named {request.named}: there is no such question; the names are {', '.join(QUESTIONS)}")
    return QUESTIONS[request.named]


def _given(sql: str | None) -> str:
    if sql is None or not sql.strip():
        raise click.UsageError(
            "no question was given; write SQL behind the folder, or --named NAME (`dragoman query --list` shows the names)"
        )
    if len(sql) > _LONGEST_SQL:
        raise click.UsageError(f"the SQL has {len(sql):,} characters; at most {_LONGEST_SQL:,} are taken")
    return sql


def _check_chart(name: str, named: str | None) -> None:
    if named is None:
        raise click.UsageError("--chart draws named questions; add --named NAME (`dragoman query --list` shows the names)")
    check("--chart", "a chart", name)


def _draw(name: str, found: Found, question: Question, folder: str) -> None:
    note = f"{Path(folder).resolve().name}: {question.note}"
    write_picture(name, chart(found.columns, found.rows, question.shape, question.about, note))


# --- the answer


def _write(
    request: Request, tables: Tables, sql: str, form: str, limit: int | None, question: Question | None, whole: Found | None
) -> None:
    data = tables.parquet(sql, limit) if form == "parquet" else b""
    found = Found((), (), False) if form == "parquet" else whole.first(limit) if whole else tables.ask(sql, limit)
    title = question.about if question else "Answer"
    source = (request.folder, question.note if question else " ".join(sql.split()))
    with StandardOutput(form) if request.out == "-" else NewFile(Path(request.out)) as place:
        if form == "parquet":
            place.stream.buffer.write(data)
        elif form == "json":
            place.stream.write(json_text(_items(found, sql, request.named)) + "\n")
        elif form == "csv":
            rows = tuple(tuple(map(_cell, row)) for row in found.rows)
            write(Answer(title, source, (), found.columns, rows, {}), "csv", place.stream)
        elif form == "markdown":
            place.stream.write("\n".join(_markdown(found, title, source)) + "\n")
        else:
            _page(found, title, source, place.stream)
        place.commit()
    if found.more and form not in _PAGES:
        tell(f"only the first {len(found.rows):,} rows were written; ask for more with --limit, 0 for all")


def _items(found: Found, sql: str, named: str | None) -> dict[str, Any]:
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return {"question": named, "sql": sql.strip(), "columns": list(found.columns), "rows": rows, "more": found.more}


def _cell(value: Value) -> str | int | float | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(str(_cell(one) if one is not None else "") for one in value)
    return json_text(value, indent=None) if isinstance(value, dict) else value


def _shown(value: Value) -> str:
    cell = _cell(value)
    if cell is None:
        return ""
    return one_line(cell) if isinstance(cell, str) else f"{cell:,}" if isinstance(cell, float) else str(cell)


def _told_rows(found: Found) -> str:
    if not found.rows:
        return "No row passes."
    rows = f"{len(found.rows):,} row{'' if len(found.rows) == 1 else 's'}"
    return f"The first {rows}; ask for more with --limit, 0 for all." if found.more else f"{rows}."


def _numbers(found: Found) -> list[bool]:
    """Which columns hold numbers alone: they stand at the right."""
    held = [[row[at] for row in found.rows if row[at] is not None] for at in range(len(found.columns))]
    return [bool(some) and all(isinstance(one, int | float) and not isinstance(one, bool) for one in some) for some in held]


def _markdown(found: Found, title: str, source: tuple[str, ...]) -> Iterator[str]:
    yield from (f"# {escaped(title)}", "", " · ".join(escaped(one_line(part)) for part in source), "")
    if found.rows:
        yield f"| {' | '.join(escaped(one_line(name)) for name in found.columns)} |"
        yield f"| {' | '.join('---:' if right else '---' for right in _numbers(found))} |"
        for row in found.rows:
            yield f"| {' | '.join(escaped(_shown(value)) for value in row)} |"
        yield ""
    yield _told_rows(found)


def _page(found: Found, title: str, source: tuple[str, ...], stream: TextIO) -> None:
    """A table as wide as the terminal; as wide as it needs to be where it goes to a file or a pipe, so that no word is lost.

    Where the columns have no room beside each other, each row is a block of lines.
    """
    from rich.console import Console  # only this format pays for rich
    from rich.text import Text

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDEST
    console.print(Text(one_line(title), style="bold"))
    console.print(Text(one_line(" · ".join(source)), style="dim"))
    rows = [[_shown(value) for value in row] for row in found.rows]
    numbers = _numbers(found)
    least = [_least(name, [row[at] for row in rows], numbers[at]) for at, name in enumerate(found.columns)]
    if rows and sum(least) + 3 * len(least) <= console.width:
        console.print(_table(found, rows, numbers, least))
    else:
        for row in rows:
            console.print()
            for name, value in zip(found.columns, row, strict=True):
                console.print(Text.assemble((f"{one_line(name)}  ", "dim"), value))
        console.print()
    console.print(Text(_told_rows(found), style="dim"))


def _least(name: str, values: list[str], number: bool) -> int:
    """How narrow a column may be: a number is never cut."""
    widest = max(map(len, values), default=0)
    return max(widest, min(len(name), _HEADING)) if number else min(max(widest, len(name)), _HEADING)


def _table(found: Found, rows: list[list[str]], numbers: list[bool], least: list[int]) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, right, width in zip(found.columns, numbers, least, strict=True):
        table.add_column(Text(one_line(name)), justify="right" if right else "left", overflow="fold", min_width=width)
    for row in rows:
        table.add_row(*map(Text, row))
    return table
