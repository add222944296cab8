"""`dragoman export` and `dragoman import`: a case into files, and a case made of one."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

import click

from dragoman.case.case import Case
from dragoman.case.exports.acled import recorded
from dragoman.case.exports.forms import COLUMNED, TEXTS, left_out, written
from dragoman.case.exports.lines import encoded, lines
from dragoman.case.exports.selecting import Selected
from dragoman.case.exports.tables import COLUMNS, Cell, Table, table
from dragoman.case.exports.timeml import timeml
from dragoman.errors import InputError
from dragoman.faces.cli.answers import json_text
from dragoman.faces.cli.case_command import filters_of
from dragoman.faces.cli.destination import NewFile, OutputError, StandardOutput
from dragoman.reading.wire import from_json
from dragoman.reading.wording import one_line

ENDINGS = {
    ".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet", ".graphml": "graphml", ".ris": "ris", ".bib": "bibtex",
}  # fmt: skip
_TABLES = ("csv", "parquet")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DEFAULT_TABLE = "events"


@dataclass(frozen=True)
class Request:
    """One export: `asked` are the filters as they were typed; `form` None goes by the ending of `out`; `kind` is one table's name."""

    case: str
    asked: dict[str, str | None]
    form: str | None
    kind: str | None
    out: str


def run(request: Request) -> int:
    """Opens the case and writes what the filters select."""
    form = request.form or ENDINGS.get(Path(request.out).suffix.lower(), "json")
    folder = _is_folder(request.out)
    _check(request, form, folder)
    with Case.open(request.case) as case:
        filters = filters_of(case, request.asked)
        with case.store.snapshot():
            chosen = case.selected(filters)
            if form == "timeml":
                _write_timeml(chosen, Path(request.out))
            elif folder:
                _write_folder(chosen, form, request)
            else:
                _write_file(case, chosen, form, request)
    return 0


def _is_folder(out: str) -> bool:
    return out != "-" and (out.endswith("/") or Path(out).is_dir())


def _check(request: Request, form: str, folder: bool) -> None:
    if request.kind and form not in _TABLES:
        raise click.UsageError(f"--kind is for the formats {' and '.join(_TABLES)}; {form} has all kinds in one file")
    if form == "timeml" and not folder:
        raise click.UsageError("timeml has a file for each report; name a folder with --out FOLDER/")
    if folder and form not in (*_TABLES, "timeml"):
        raise OutputError(request.out, f"is a folder, and {form} is one file", "name a file in it")
    if form == "parquet" and not (folder or request.kind):
        raise click.UsageError("parquet has a file for each kind; name a folder with --out FOLDER/, or one kind with --kind")
    if form == "parquet" and request.out == "-" and sys.stdout.isatty():
        raise click.UsageError("parquet is nothing for a terminal; name a file with --out FILE.parquet")


def _write_folder(chosen: Selected, form: str, request: Request) -> None:
    """A file for each table; all of them take their names when all are complete."""
    place = Path(request.out)
    if place.exists() and not place.is_dir():
        raise OutputError(place, "is a file, not a folder", "name another place, or leave out the / at the end")
    found = [table(chosen, kind) for kind in ([request.kind] if request.kind else COLUMNS)]
    write = _parquet() if form == "parquet" else _csv
    _make(place)
    with ExitStack() as stack:
        files = [stack.enter_context(NewFile(place / f"{one.name}.{form}")) for one in found]
        for one, file in zip(found, files, strict=True):
            write(one, file.stream)
        for file in files:
            file.commit()
    _tell(f"{len(found)} tables with {sum(len(one.rows) for one in found):,} rows written to {place}/")


def _make(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(place, f"cannot be made a folder ({problem.strerror})", "name another place") from None


def _write_timeml(chosen: Selected, place: Path) -> None:
    """A file for each report, named after its id; each takes its name when it is complete."""
    _make(place)
    count = 0
    for report, found in chosen.store.reading_jsons(row.id for row in chosen.reports):
        with NewFile(place / f"{report}.tml") as file:
            file.stream.write(timeml(from_json(found)))
            file.commit()
        count += 1
    _tell(f"{count:,} readings written to {place}/")


def _write_file(case: Case, chosen: Selected, form: str, request: Request) -> None:
    write = _writer(case, chosen, form, request)
    with StandardOutput(form) if request.out == "-" else NewFile(Path(request.out)) as place:
        write(place.stream)
        place.commit()


def _writer(case: Case, chosen: Selected, form: str, request: Request) -> Callable[[TextIO], None]:
    """What writes the answer; made before a file is begun, so that what cannot be answered leaves none."""
    if form == "json":
        contract = case.contract(chosen.filters)
        return lambda stream: _text(stream, json_text(contract) + "\n")
    if form == "jsonl":
        return lambda stream: _all(stream, encoded(lines(chosen)))
    if form in TEXTS:
        parts = written(form, chosen)
        if said := left_out(form, chosen):
            _tell(said)
        return lambda stream: _all(stream, iter(parts))
    if form in COLUMNED:
        found = COLUMNED[form](chosen)
        _tell(_left_out(chosen, found))
        return lambda stream: _csv(found, stream, "\t" if form in ("polecat", "gdelt") else ",")
    found = table(chosen, request.kind or _DEFAULT_TABLE)
    write = _parquet() if form == "parquet" else _csv
    return lambda stream: write(found, stream)


def _all(stream: TextIO, parts: Iterator[str]) -> None:
    for part in parts:
        stream.write(part)


def _text(stream: TextIO, text: str) -> None:
    stream.write(text)


def _left_out(chosen: Selected, found: Table) -> str:
    """How many of the selected events have no row, and why."""
    said = f"{len(found.rows):,} of {len(chosen.events):,} events written as {found.name}"
    if found.name == "acled":
        left: Counter[str] = Counter(event.status for event in chosen.events if event.status != "occurred")
        others = sum(event.status == "occurred" and not recorded(event) for event in chosen.events)
        said += f"; left out are {others:,} of kinds that ACLED does not record" + _counted(left)
        return said
    if found.name == "ucdp":
        return said + "; the others have no number of dead, or neither occurred nor are under way"
    ids = {row[0] for row in found.rows}
    return said + _counted(Counter(event.status for event in chosen.events if event.id not in ids), "; left out are ")


def _counted(left: Counter[str], before: str = " and ") -> str:
    """ "3 denied, 12 hypothetical", the most frequent first."""
    return before + ", ".join(f"{count:,} {status}" for status, count in left.most_common()) if left else ""


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _csv(found: Table, stream: TextIO, between: str = ",") -> None:
    writer = csv.writer(stream, delimiter=between, lineterminator="\n")
    writer.writerow(column.name for column in found.columns)
    writer.writerows(map(cell, row) for row in found.rows)


def cell(value: Cell) -> str | int | float:
    """A value as a cell: lists with "; " between; what a spreadsheet would take for a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    text = one_line("; ".join(value) if isinstance(value, tuple) else value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _parquet() -> Callable[[Table, TextIO], None]:
    # the only format that needs a library beside those of the base install
    from dragoman.faces.cli.parquet import parquet

    def write(found: Table, stream: TextIO) -> None:
        stream.flush()
        stream.buffer.write(parquet(found))

    return write


# --- import


def import_file(case: str, file: str) -> int:
    """Makes a case of a file that `dragoman export --format jsonl` wrote; - is standard input."""
    if file == "-":
        count = Case.import_lines(case, sys.stdin.buffer, "-")
    else:
        with opened(file) as source:
            count = Case.import_lines(case, source, file)
    click.echo(f"the case {one_line(case)} holds {count:,} report{'' if count == 1 else 's'}")
    return 0


def opened(file: str) -> BinaryIO:
    """The file to be read. Raises InputError."""
    try:
        return open(file, "rb")  # closed by the caller
    except FileNotFoundError:
        raise InputError(one_line(file), "there is no such file", "see that the name is right") from None
    except (OSError, ValueError) as problem:
        raise InputError(one_line(file), f"cannot be read ({problem})", "name a file that can be read") from None


def kinds() -> Sequence[str]:
    """The names of all tables."""
    return tuple(COLUMNS)
