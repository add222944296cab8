"""Files of other data sets into a case, row by row: a bad row is named and passed over, and a row that the case has is not added again."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, NamedTuple

from dragoman.case.adding import OF_ROWS
from dragoman.case.case import Case
from dragoman.case.exports import gdelt as gdelt_columns
from dragoman.case.foreign import acled, gdelt, polecat
from dragoman.case.foreign.rows import BadRow, NoEvent, Row, read_row
from dragoman.errors import InputError
from dragoman.text.loaded import Loaded

DataSet = Literal["gdelt", "polecat", "acled"]
LONGEST = 2**20
"""Bytes of one line."""
_MOST_CELLS = 400


class _Form(NamedTuple):
    """How a data set is called and its rows are read; `needs` are the columns that a header must have."""

    called: str
    row_of: Callable[[Mapping[str, str]], Row]
    needs: tuple[str, ...]


_FORMS: Mapping[DataSet, _Form] = {
    "gdelt": _Form("GDELT 2.0", gdelt.row_of, gdelt_columns.COLUMNS),
    "polecat": _Form("POLECAT", polecat.row_of, ("Event ID", "Event Date", "Event Type")),
    "acled": _Form("ACLED", acled.row_of, ("event_id_cnty", "event_date", "event_type")),
}


def called() -> dict[DataSet, str]:
    """What each data set is called as the publisher of its rows."""
    return {form: shape.called for form, shape in _FORMS.items()}


@dataclass
class Brought:
    """What came of a file: `without` counts the rows of which PLOVER has no event, by kind."""

    added: int = 0
    known: int = 0
    bad: int = 0
    without: Counter[str] = field(default_factory=Counter)


class _Line(NamedTuple):
    """The cells of a row, the number of its last line, and its bytes; `wrong` says why there are no cells."""

    number: int
    cells: Sequence[str]
    raw: bytes
    wrong: str = ""


@dataclass(frozen=True)
class Sheet:
    """A file of a data set whose columns are known; its rows are still to be read. `name` is what messages call the file."""

    form: DataSet
    name: str
    columns: Sequence[str]
    lines: Iterator[_Line]


def opened(form: DataSet, source: BinaryIO, name: str) -> Sheet:
    """Reads the line of column names, which GDELT's files do not have. Raises InputError where the file is no such data set."""
    lines = _csv(source) if form == "acled" else _tabbed(source)
    if form == "gdelt":
        return Sheet(form, name, gdelt_columns.COLUMNS, lines)
    return Sheet(form, name, _checked(next(lines, _Line(1, (), b"", "the file is empty")), _FORMS[form], name), lines)


def bring(case: Case, sheet: Sheet, tell: Callable[[str], None]) -> Brought:
    """Adds the rows as claims of the data set; `tell` gets a line for each bad row. Each row is written whole or not at all."""
    shape, brought = _FORMS[sheet.form], Brought()
    case.read_by(f"{OF_ROWS}{shape.called}")
    for line in sheet.lines:
        if sheet.form == "gdelt" and line.number == 1 and line.cells[:1] and line.cells[0].upper() == "GLOBALEVENTID":
            continue  # our own export has the names in its first line
        try:
            _add(case, shape, line, sheet, brought)
        except NoEvent as kind:
            brought.without[str(kind)] += 1
        except BadRow as problem:
            brought.bad += 1
            tell(f"{sheet.name}:{line.number}: {problem}; the row was passed over")
    case.settle()
    return brought


def _add(case: Case, shape: _Form, line: _Line, sheet: Sheet, brought: Brought) -> None:
    if line.wrong:
        raise BadRow(line.wrong)
    if len(line.cells) != len(sheet.columns):
        raise BadRow(f"found {len(line.cells):,} columns; expected {len(sheet.columns)}")
    report, reading = read_row(shape.row_of(dict(zip(sheet.columns, line.cells, strict=True))), shape.called)
    kind = "text/csv" if sheet.form == "acled" else "text/tab-separated-values"
    if case.has(report.id) or case.add(Loaded(report, line.raw, kind, f"{sheet.name}:{line.number}"), reading) is None:
        brought.known += 1
    else:
        brought.added += 1


def _checked(line: _Line, shape: _Form, name: str) -> Sequence[str]:
    missing = [column for column in shape.needs if column not in line.cells]
    if line.wrong or missing or len(line.cells) > _MOST_CELLS:
        lacking = f"the first line lacks the columns {', '.join(missing)}" if missing else "there are too many columns"
        found = line.wrong or lacking
        raise InputError(f"{name}:{line.number}", found, f"name a file of {shape.called} with its line of column names")
    return line.cells


# --- lines and cells


def _tabbed(source: BinaryIO) -> Iterator[_Line]:
    for number, raw, wrong in _raw_lines(source):
        text = raw.decode("utf-8", "surrogateescape").rstrip("\r\n")
        if text or wrong:
            yield _Line(number, () if wrong else [_unquoted(part) for part in text.split("\t")], raw, wrong or _not_text(text))


def _unquoted(text: str) -> str:
    """Some programs put quotes around cells that hold quotes; GDELT's own files do not, and there a quote is a quote."""
    inner = text[1:-1]
    quoted = len(text) > 1 and text[0] == text[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if quoted else text


def _raw_lines(source: BinaryIO) -> Iterator[tuple[int, bytes, str]]:
    """Number, bytes and what is wrong; of a line that is too long the rest is read past."""
    number = 0
    while raw := source.readline(LONGEST + 1):
        number += 1
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if len(raw) <= LONGEST:
            yield number, raw, ""
            continue
        while raw and not raw.endswith(b"\n"):
            raw = source.readline(LONGEST)
        yield number, b"", f"the line has more than {LONGEST // 2**20} MiB"


def _not_text(text: str) -> str:
    return "" if text.isascii() or not any("\ud800" <= mark <= "\udfff" for mark in text) else "the row is not UTF-8"


class _Feed:
    """The lines that a CSV reader takes, and what of them makes the row that it gives."""

    def __init__(self, source: BinaryIO) -> None:
        self._lines = _raw_lines(source)
        self.number = 0
        self.raw = b""
        self.wrong = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, raw, wrong = next(self._lines)
        self.raw += raw
        self.wrong = wrong or self.wrong
        return raw.decode("utf-8", "surrogateescape")

    def begin(self) -> None:
        """A row is about to begin."""
        self.raw, self.wrong = b"", ""


def _csv(source: BinaryIO) -> Iterator[_Line]:
    """Rows of CSV, whose cells may hold line ends; commas, or semicolons if the header has no comma."""
    feed = _Feed(source)
    first = next(feed, "")
    if not first:
        return
    between = "," if "," in first else ";"
    yield _Line(1, next(csv.reader([first], delimiter=between), []), feed.raw, feed.wrong or _not_text(first))
    reader = csv.reader(feed, delimiter=between)
    while True:
        feed.begin()
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            yield _Line(feed.number, (), b"", f"this is no CSV ({problem})")
            continue
        if cells is None:
            return
        if cells or feed.wrong:
            yield _Line(feed.number, cells, feed.raw, feed.wrong or _not_text("".join(cells)))
