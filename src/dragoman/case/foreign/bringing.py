"""Files of other data sets into a case, row by row: a bad row is named and passed over, and a row that the case has is not added again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dragoman.case.adding import OF_ROWS
from dragoman.case.case import Case
from dragoman.case.foreign import acled, gdelt, polecat
from dragoman.case.foreign.rows import BadRow, NoEvent, Row, read_row
from dragoman.case.foreign.sets import DataSet
from dragoman.case.foreign.sheets import Line, Sheet
from dragoman.text.loaded import Loaded

_ROW_OF: Mapping[DataSet, Callable[[Mapping[str, str]], Row]] = {"gdelt": gdelt.row_of, "polecat": polecat.row_of, "acled": acled.row_of}


@dataclass
class Brought:
    """What came of a file: `bad` and `without` (rows of which PLOVER has no event) count by kind, `recoded` rows that were no UTF-8."""

    added: int = 0
    known: int = 0
    recoded: int = 0
    bad: Counter[str] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)


def bring(case: Case, sheet: Sheet, tell: Callable[[str], None]) -> Brought:
    """Adds the rows as claims of the data set; `tell` gets a line for each bad row. Each row is written whole or not at all."""
    brought, persons = Brought(), _persons(case)
    case.read_by(f"{OF_ROWS}{sheet.called}")
    for line in sheet.lines:
        try:
            _add(case, line, sheet, brought, persons)
        except NoEvent as kind:
            brought.without[str(kind)] += 1
        except BadRow as problem:
            brought.bad[problem.kind] += 1
            tell(f"{sheet.name}:{line.number}: {problem}; the row was passed over")
    case.settle()
    return brought


def _persons(case: Case) -> frozenset[str]:
    """The names of two words or more of the persons that the case knows, case-folded."""
    named = (name for actor in case.actors() if actor.kind == "person" for name in (actor.name, *actor.aliases))
    return frozenset(name.casefold() for name in named if " " in name)


def _add(case: Case, line: Line, sheet: Sheet, brought: Brought, persons: frozenset[str]) -> None:
    if line.wrong:
        raise BadRow(line.wrong, "lines that cannot be read")
    if len(line.cells) != len(sheet.columns):
        raise BadRow(f"found {len(line.cells):,} columns; expected {len(sheet.columns)}", "another number of columns")
    row = _ROW_OF[sheet.form](dict(zip(sheet.columns, line.cells, strict=True)))
    report, reading = read_row(row, sheet.called, persons)
    kind = "text/csv" if sheet.form == "acled" else "text/tab-separated-values"
    if case.has(report.id) or case.add(Loaded(report, line.raw, kind, f"{sheet.name}:{line.number}"), reading) is None:
        brought.known += 1
    else:
        brought.added += 1
    brought.recoded += line.recoded
