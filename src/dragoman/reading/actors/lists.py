"""Lists of actors: TOML or CSV in, rows of the roster out, and every fault of a list told at once with its line.

Our own lists (`lexicons/organizations.csv`, `lexicons/offices.csv`) have the form that users' lists have and pass the same
checks. The form is described in docs/guide/actors.md.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, get_args

from dragoman.errors import DragomanError
from dragoman.lexicons.load import text_of
from dragoman.reading.actors.codes import BODIES, SECTORS, countries
from dragoman.reading.actors.roster import Entry, Roster, roster_of
from dragoman.reading.actors.states import land_named
from dragoman.reading.entries import Kind

COLUMNS = ("name", "aliases", "country", "sectors", "kind", "from", "to")
KINDS: tuple[str, ...] = get_args(Kind)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NAME_KEY = re.compile(r"""(?:^|[{,\s])["']?name["']?\s*=""")


class ActorListError(DragomanError):
    """A list of actors is refused: `problems` has a line for each fault, with the file, the line and the valid values."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Row:
    """One row as it stands in a file, with its line (counted from 1)."""

    line: int
    values: Mapping[str, Any]


def read_actor_list(data: bytes, name: str) -> list[Entry]:
    """The entries of a list of actors; `name` is the file's, and one that ends with .csv tells CSV, any other TOML.

    Raises ActorListError with all faults of the file.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise ActorListError([f"{name}:{line}: is not UTF-8; save the file as UTF-8"]) from None
    rows, problems = (_csv_rows if name.lower().endswith(".csv") else _toml_rows)(text, name)
    entries = [(row, _checked(row, name, problems)) for row in rows]
    problems += _twice([(row, entry) for row, entry in entries if entry is not None], name)
    if problems:
        raise ActorListError(sorted(problems, key=_line_of))
    return [entry for _, entry in entries if entry is not None]


def with_own(entries: Sequence[Entry]) -> Roster:
    """Our lists with a user's own entries before them."""
    return shipped().having(entries)


@cache
def shipped() -> Roster:
    """The roster of our own lists. They are checked by the tests, not each time that they are opened."""
    rows = (row for name in ("organizations.csv", "offices.csv") for row in _csv_rows(text_of(name), name)[0])
    return roster_of(_entry(row.values) for row in rows)


def _entry(row: Mapping[str, Any]) -> Entry:
    """An entry of a row that holds nothing false."""
    return Entry(
        row["name"], tuple(row.get("aliases", ())), row.get("country"), tuple(row.get("sectors", ())),
        row.get("kind", "organization"), _first_day(row.get("from")), _last_day(row.get("to")),
    )  # fmt: skip


# Rows of a file

_COMMENT = re.compile(r"(?m)^#[^\n]*$")


def _toml_rows(text: str, name: str) -> tuple[list[Row], list[str]]:
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        where = re.search(r"at line (\d+)", str(problem))
        return [], [f"{name}:{where[1] if where else 1}: is no TOML ({problem}); see docs/guide/actors.md for the form"]
    lines = [number for number, line in enumerate(text.splitlines(), 1) for _ in _NAME_KEY.finditer(_bare(line))]
    rows: list[Row] = []
    problems: list[str] = []
    at = 0
    for key, table in tables.items():
        if not isinstance(table, list) or not all(isinstance(row, dict) for row in table):
            problems.append(f"{name}:1: '{key}' is no list of actors; write [[actors]] and then a line for each value")
            continue
        for row in table:
            rows.append(Row(lines[min(at, len(lines) - 1)] if lines else 1, row))
            at += "name" in row
    return rows, problems


def _bare(line: str) -> str:
    """A line of TOML without what stands in quotation marks and comments."""
    return re.sub(r'"(?:[^"\\]|\\.)*"(?!\s*=)|\'[^\']*\'(?!\s*=)', '""', line).split("#", 1)[0]


def _csv_rows(text: str, name: str) -> tuple[list[Row], list[str]]:
    bare = _COMMENT.sub("", text)  # a comment takes a whole line
    reader = csv.reader(io.StringIO(bare, newline=""))
    rows: list[Row] = []
    columns: list[str] = []
    line = 1
    try:
        for values in reader:
            if not columns and not any(values):
                pass  # nothing but comments so far
            elif not columns:
                columns = [column.strip() for column in values]
            elif any(value.strip() for value in values):
                rows.append(Row(line, _csv_values(columns, values)))
            line = reader.line_num + 1
    except csv.Error as problem:
        return rows, [f"{name}:{line}: is no CSV ({problem}); see docs/guide/actors.md for the form"]
    doubled = sorted({column for column in columns if column and columns.count(column) > 1})
    if doubled:
        return [], [f"{name}:1: names the column '{column}' more than once; keep one of them" for column in doubled]
    if "name" not in columns:
        return [], [f"{name}:1: has no column 'name'; the first line names the columns: {', '.join(COLUMNS)}"]
    return rows, []


def _csv_values(columns: Sequence[str], values: Sequence[str]) -> dict[str, Any]:
    """The filled cells of a line; several aliases or sectors are parted by ";" or "|"."""
    found: dict[str, Any] = {}
    for number, cell in enumerate(values):
        if value := cell.strip():
            column = columns[number] if number < len(columns) else f"column {number + 1}"
            found[column] = _parted(value) if column in ("aliases", "sectors") else value
    return found


def _parted(value: str) -> list[str]:
    parts = (part.strip() for part in value.replace("|", ";").split(";"))
    return [part for part in parts if part]


# What may be wrong with a row


def _checked(row: Row, name: str, problems: list[str]) -> Entry | None:
    """The entry of a row, or None if it holds a fault; what is wrong is added to `problems`."""
    found = [*_of_columns(row.values), *_of_names(row.values), *_of_codes(row.values), *_of_times(row.values)]
    problems += [f"{name}:{row.line}: {problem}" for problem in found]
    return None if found else _entry(row.values)


def _of_columns(values: Mapping[str, Any]) -> Iterable[str]:
    for column in values:
        if column not in COLUMNS:
            yield f"'{column}' is no column of a list of actors; the columns are {', '.join(COLUMNS)}"
    for column in ("aliases", "sectors"):
        value = values.get(column, [])
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            yield f'\'{column}\' is {value!r}; write a list of texts, such as ["one", "two"]'


def _of_names(values: Mapping[str, Any]) -> Iterable[str]:
    if "name" not in values:
        yield "has no name; every actor needs one, as it stands in reports"
        return
    aliases = values.get("aliases", [])
    for name in (values["name"], *(aliases if isinstance(aliases, list) else [])):
        if not isinstance(name, str) or len(name) < 2 or not any(c.isalpha() for c in name) or name != " ".join(name.split()):
            yield f"the name {name!r} cannot stand in a report; write two characters or more, a letter among them, single spaces"


def _of_codes(values: Mapping[str, Any]) -> Iterable[str]:
    country, kind, sectors = values.get("country"), values.get("kind", "organization"), values.get("sectors", [])
    if country is not None and not (isinstance(country, str) and country in countries()):
        known = land_named(country) if isinstance(country, str) else None
        meant = f" ({known[0].country}?)" if known is not None and known[0].country else ""
        yield (
            f"the country {country!r}{meant} is no code; "
            f"write ISO 3166-1 alpha-3, such as VEN, or one of {', '.join(BODIES)}, or leave it out"
        )
    if kind not in KINDS:
        yield f"the kind {kind!r} is none; write one of {', '.join(KINDS)}"
    for sector in sectors if isinstance(sectors, list) else ():
        if sector not in SECTORS:
            yield f"the sector {sector!r} is none; write one or more of {', '.join(SECTORS)}"


def _of_times(values: Mapping[str, Any]) -> Iterable[str]:
    days: list[date | None] = []
    for column, read in (("from", _first_day), ("to", _last_day)):
        try:
            days.append(read(values.get(column)))
        except ValueError:
            yield f"'{column}' is {values[column]!r}; write a day, a month or a year of the calendar: 2026-01-10, 2026-01 or 2026"
            days.append(None)
    first, last = days
    if first is not None and last is not None and first > last:
        yield f"'from' ({values['from']}) is later than 'to' ({values['to']}); put the earlier day first"


def _first_day(value: object) -> date | None:
    return _day(value, last=False)


def _last_day(value: object) -> date | None:
    return _day(value, last=True)


def _day(value: object, *, last: bool) -> date | None:
    """The first or the last day of what a value names; ValueError if it is no day, month or year."""
    if value is None or type(value) is date:
        return value
    found = _DAY.fullmatch(str(value).strip())
    if found is None:
        raise ValueError(value)
    year, month = int(found[1]), int(found[2] or (12 if last else 1))
    if not 1 <= month <= 12:
        raise ValueError(value)
    if found[3] is not None:
        return date(year, month, int(found[3]))
    return date(year, month, monthrange(year, month)[1] if last else 1)


def _twice(rows: Sequence[tuple[Row, Entry]], name: str) -> list[str]:
    """Names that two rows bear at one time: which of them a report means could not be told."""
    problems: list[str] = []
    seen: dict[str, list[tuple[Row, Entry]]] = {}
    for row, entry in rows:
        for called in dict.fromkeys(entry.names):
            other = next((r for r, e in seen.get(called, ()) if _overlap(e, entry)), None)
            if other is not None:
                problems.append(
                    f"{name}:{row.line}: '{called}' stands already in line {other.line}; "
                    "keep one of them, or give both times (from, to) that do not overlap"
                )
            seen.setdefault(called, []).append((row, entry))
    return problems


def _overlap(one: Entry, other: Entry) -> bool:
    begins = max(one.start or date.min, other.start or date.min)
    return begins < min(one.end or date.max, other.end or date.max)


def _line_of(problem: str) -> int:
    found = re.search(r":(\d+): ", problem)
    return int(found[1]) if found else 0
