"""`dragoman import --format gdelt|polecat|acled` and `dragoman compare`: rows of other data sets in a case, and beside what it holds."""

from __future__ import annotations

import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import BinaryIO, cast

import click

from dragoman.case.case import Case
from dragoman.case.foreign.bringing import Brought, bring
from dragoman.case.foreign.comparing import Compared, compare
from dragoman.case.foreign.sets import CALLED, DataSet
from dragoman.case.foreign.sheets import opened as opened_sheet
from dragoman.errors import InputError
from dragoman.faces.cli.answers import json_text
from dragoman.faces.cli.export_command import opened
from dragoman.faces.cli.messages import tell
from dragoman.reading.wording import one_line

ALL_ADDED, SOME_BAD, NONE_ADDED = 0, 1, 3
_SHOWN = 50
_FEW = 10
_KINDS = 8


def run(case: str, file: str, form: DataSet) -> int:
    """Adds the rows of a file, - for standard input; the exit code is 0, 1 if some rows were bad, 3 if all were."""
    bad: list[str] = []
    with ExitStack() as stack:
        source = sys.stdin.buffer if file == "-" else _unpacked(stack.enter_context(opened(file)), file, stack)
        sheet = opened_sheet(form, source, one_line(file))  # before the case, so that a wrong file makes none
        with Case.open(case, create=True) as into:
            brought = bring(into, sheet, lambda line: _tell(line, bad))
            for line in _told(brought):
                click.echo(line)
            click.echo(f"the case {one_line(case)} holds {into.store.count_reports():,} reports")
    if not brought.bad:
        return ALL_ADDED
    return SOME_BAD if brought.added or brought.known else NONE_ADDED


def _unpacked(source: BinaryIO, file: str, stack: ExitStack) -> BinaryIO:
    """The one file in a zip archive, as GDELT publishes its files; any other file as it is. Raises InputError."""
    packed = source.read(4) == b"PK\x03\x04"
    source.seek(0)
    if not packed:
        return source
    try:
        archive = stack.enter_context(zipfile.ZipFile(source))
        inside = [one for one in archive.namelist() if not one.endswith("/")]
        if len(inside) != 1:
            raise InputError(one_line(file), f"the archive holds {len(inside):,} files", "unpack it and name one of them")
        return cast(BinaryIO, stack.enter_context(archive.open(inside[0])))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as problem:
        raise InputError(one_line(file), f"the archive cannot be read ({one_line(str(problem))})", "fetch it again, or unpack it") from None


def _tell(line: str, bad: list[str]) -> None:
    if len(bad) < _SHOWN:
        bad.append(line)
        tell(line)


def _told(brought: Brought) -> Iterator[str]:
    bad = brought.bad.total()
    more = f", of which the first {_SHOWN} were told" if bad > _SHOWN else ""
    yield f"rows: {brought.added:,} added, {brought.known:,} already there, {bad:,} bad{more}{_kinds(brought.bad)}"
    if brought.without:
        yield f"passed over, since PLOVER has no event for them: {brought.without.total():,}{_kinds(brought.without)}"
    if brought.recoded:
        yield f"not UTF-8 and read as Windows-1252: {brought.recoded:,}; look at the names in them"


def _kinds(counts: Counter[str]) -> str:
    """ " (no day as Day: 3, no id: 1)", the most frequent first."""
    more = ", …" if len(counts) > _KINDS else ""
    return f" ({', '.join(f'{kind}: {count:,}' for kind, count in counts.most_common(_KINDS))}{more})" if counts else ""


def run_compare(case: str, form: DataSet, as_json: bool) -> int:
    """Tells how many events both have, and which only one has."""
    with Case.open(case) as held:
        found = compare(held, form)
    if as_json:
        names = ("matched", "theirs", "ours", "near", "undated", "outside", "days")
        click.echo(json_text({"with": form, **{name: getattr(found, name) for name in names}}))
        return 0
    for line in _compared(found, form):
        click.echo(line)
    return 0


def _compared(found: Compared, form: DataSet) -> Iterator[str]:
    called = CALLED[form].split()[0]
    if found.days is None:
        yield f"the case holds no rows of {called} with a day; `dragoman import CASE FILE --format {form}` adds them"
        return
    yield f"{called} has rows from {found.days[0]} to {found.days[1]}; only these days, and one more on each side, are compared."
    yield f"{len(found.matched):,} events in both: the same type, somebody the same or of the same state on each side, a day apart at most"
    yield from _some([f"{found.told[one]}  ({_ids(one, other)})" for one, other in found.matched])
    near = f", {len(found.near):,} of them like one of ours but for the type" if found.near else ""
    yield f"{len(found.theirs):,} events only in {called}{near}"
    beside = dict(found.near)
    yield from _some([f"{found.told[one]}  ({one}){_beside(found, beside.get(one))}" for one in found.theirs])
    yield f"{len(found.ours):,} events only in our reports"
    yield from _some([f"{found.told[one]}  ({one})" for one in found.ours])
    left = (*found.undated, found.outside)
    if any(left):
        yield f"Not compared: {left[0]:,} of {called} and {left[1]:,} of our reports without a day, {left[2]:,} of ours on other days."


def _ids(theirs: str, ours: str) -> str:
    return f"{theirs} is ours {ours}" if theirs != ours else f"{theirs}, told by both"


def _beside(found: Compared, ours: str | None) -> str:
    return f"; ours {ours}: {found.told[ours]}" if ours else ""


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  {one_line(line)}" for line in lines[:_FEW])
    if len(lines) > _FEW:
        yield f"  and {len(lines) - _FEW:,} more; --json lists all"
