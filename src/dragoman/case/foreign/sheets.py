"""A file of a data set as rows of cells: with a line of column names or without, with tabs, commas or semicolons between the cells.

A row that is not UTF-8 is read as Windows-1252, which spreadsheets write, and marked. What is no such file at all is refused before
the case is touched.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO, NamedTuple
from zipfile import BadZipFile
from zlib import error as ZlibError

from dragoman.case.exports import acled, gdelt, polecat
from dragoman.case.foreign.sets import CALLED, GDELT_1, DataSet
from dragoman.errors import InputError
from dragoman.text.stream import UTF8_MARK

LONGEST = 2**20
"""Bytes of one line."""
_MOST_CELLS = 400
_LOOKED_AT = 20
"""Rows without column names of which one has to have GDELT's number of columns."""
_TAB = "\t"
_UTF_16, _MOST_NULS = (b"\xff\xfe", b"\xfe\xff"), 8
_BROKEN = (OSError, EOFError, BadZipFile, ZlibError)
# GDELT 1.0 has no ADM2 codes, and before April 2013 no addresses.
_GDELT_1 = tuple(name for name in gdelt.COLUMNS if not name.endswith("ADM2Code"))
_WIDTHS: Mapping[int, tuple[str, Sequence[str]]] = {
    len(gdelt.COLUMNS): (CALLED["gdelt"], gdelt.COLUMNS), len(_GDELT_1): (GDELT_1, _GDELT_1), len(_GDELT_1) - 1: (GDELT_1, _GDELT_1[:-1]),
}  # fmt: skip
_OTHER_NAMES = {"sqldate": "Day"}
_NEEDS: Mapping[DataSet, tuple[str, ...]] = {
    "gdelt": ("GlobalEventID", "Day", "EventCode"),
    "polecat": ("Event ID", "Event Date", "Event Type"),
    "acled": ("event_id_cnty", "event_date", "event_type"),
}
_COLUMNS: Mapping[DataSet, Sequence[str]] = {"gdelt": gdelt.COLUMNS, "polecat": polecat.COLUMNS, "acled": acled.COLUMNS}


class Line(NamedTuple):
    """The cells of a row, the number of its last line, and its bytes.

    `wrong` says why there are no cells, `recoded` that the bytes were not UTF-8."""

    number: int
    cells: Sequence[str]
    raw: bytes
    wrong: str = ""
    recoded: bool = False


@dataclass(frozen=True)
class Sheet:
    """A file whose columns are known; its rows are still to be read. `name` is what messages call the file, `called` the data set."""

    form: DataSet
    called: str
    name: str
    columns: Sequence[str]
    lines: Iterator[Line]


def opened(form: DataSet, source: BinaryIO, name: str) -> Sheet:
    """Finds out what the columns are. Raises InputError where the file is no such data set."""
    raw = _raw_lines(source)
    first = next(raw, None)
    if first is None:
        raise InputError(f"{name}:1", "the file is empty", f"name a file of {CALLED[form]}")
    if first.raw.startswith(_UTF_16) or first.raw[:200].count(0) > _MOST_NULS:
        raise InputError(f"{name}:1", "this is not UTF-8, perhaps UTF-16 or no text at all", "save it as CSV in UTF-8")
    text = _decoded(first.raw)[0]
    lines = _cut(form, text, chain((first,), raw))
    if form == "gdelt" and _TAB in text and text[:13].casefold().strip('"') != "globaleventid":
        return _unnamed(name, lines)
    head = next(lines)
    return Sheet(form, CALLED[form], name, _columns(form, head, name), lines)


def _unnamed(name: str, lines: Iterator[Line]) -> Sheet:
    """GDELT's own files have no line of names: the number of columns tells the version."""
    begun = list(islice(lines, _LOOKED_AT))
    width = next((len(line.cells) for line in begun if len(line.cells) in _WIDTHS), None)
    if width is None:
        found = f"found {len(begun[0].cells):,} columns in the first row" if begun else "the file is empty"
        raise InputError(f"{name}:1", f"{found}; GDELT 2.0 has 61, GDELT 1.0 58 or 57", "name a file of GDELT's events (….export.CSV)")
    called, columns = _WIDTHS[width]
    return Sheet("gdelt", called, name, columns, chain(begun, lines))


def _columns(form: DataSet, head: Line, name: str) -> Sequence[str]:
    """The columns by the names that our exports have, whatever their case."""
    known = {column.casefold(): column for column in _COLUMNS[form]} | (_OTHER_NAMES if form == "gdelt" else {})
    columns = [known.get(cell.strip().casefold(), cell.strip()) for cell in head.cells]
    missing = [column for column in _NEEDS[form] if column not in columns]
    if head.wrong or missing or len(columns) > _MOST_CELLS:
        lacking = f"the first line lacks the columns {', '.join(missing)}" if missing else "there are too many columns"
        raise InputError(f"{name}:{head.number}", head.wrong or lacking, f"name a file of {CALLED[form]} with its line of column names")
    return columns


# --- lines and cells


class _Raw(NamedTuple):
    number: int
    raw: bytes
    wrong: str


def _cut(form: DataSet, first: str, lines: Iterable[_Raw]) -> Iterator[Line]:
    """GDELT's and POLECAT's cells stand between tabs and are not quoted; all else is CSV."""
    if _TAB in first and form != "acled":
        return _tabbed(lines)
    return _csv(lines, max(",;\t", key=first.count))


def _tabbed(lines: Iterable[_Raw]) -> Iterator[Line]:
    for number, raw, wrong in lines:
        text, recoded = _decoded(raw)
        text = text.rstrip("\r\n")
        if text or wrong:
            yield Line(number, () if wrong else [_unquoted(part) for part in text.split(_TAB)], raw, wrong, recoded)


def _unquoted(text: str) -> str:
    """Some programs put quotes around cells that hold quotes; GDELT's own files do not, and there a quote is a quote."""
    inner = text[1:-1]
    quoted = len(text) > 1 and text[0] == text[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if quoted else text


def _raw_lines(source: BinaryIO) -> Iterator[_Raw]:
    """Number, bytes and what is wrong; of a line that is too long the rest is read past."""
    number = 0
    while True:
        number += 1
        try:
            raw = source.readline(LONGEST + 1)
            long, rest = len(raw) > LONGEST, raw
            while long and rest and not rest.endswith(b"\n"):
                rest = source.readline(LONGEST)
        except _BROKEN as problem:
            yield _Raw(number, b"", f"the file breaks off ({problem})"[:120])
            return
        if long:
            yield _Raw(number, b"", f"the line has more than {LONGEST // 2**20} MiB")
        elif raw:
            yield _Raw(number, raw.removeprefix(UTF8_MARK) if number == 1 else raw, "")
        else:
            return


def _decoded(raw: bytes) -> tuple[str, bool]:
    """The text, and whether it was no UTF-8."""
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), True


class _Feed:
    """The lines that a CSV reader takes, and what of them makes the row that it gives."""

    def __init__(self, lines: Iterable[_Raw]) -> None:
        self._lines = iter(lines)
        self.number = 0
        self.raw = b""
        self.wrong = ""
        self.recoded = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, raw, wrong = next(self._lines)
        self.raw += raw
        self.wrong = wrong or self.wrong
        text, recoded = _decoded(raw)
        self.recoded |= recoded
        return text

    def begin(self) -> None:
        """A row is about to begin."""
        self.raw, self.wrong, self.recoded = b"", "", False


def _csv(lines: Iterable[_Raw], between: str) -> Iterator[Line]:
    """Rows of CSV, whose cells may hold line ends."""
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=between)
    while True:
        feed.begin()
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            yield Line(feed.number, (), b"", f"this is no CSV ({problem})")
            continue
        if cells is None:
            return
        if cells or feed.wrong:
            yield Line(feed.number, () if feed.wrong else cells, feed.raw, feed.wrong, feed.recoded)
