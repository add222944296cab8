"""`dragoman import --format gdelt|polecat|acled` and `dragoman compare`: rows of other data sets in a case, and beside what it holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict

import click

from dragoman.case.case import Case
from dragoman.case.foreign.bringing import Brought, DataSet, bring
from dragoman.case.foreign.bringing import opened as opened_sheet
from dragoman.case.foreign.comparing import compare
from dragoman.faces.cli.answers import json_text
from dragoman.faces.cli.export_command import opened
from dragoman.faces.cli.messages import tell
from dragoman.reading.wording import one_line

ALL_ADDED, SOME_BAD, NONE_ADDED = 0, 1, 3
_SHOWN = 50
_FEW = 10


def run(case: str, file: str, form: DataSet) -> int:
    """Adds the rows of a file, - for standard input; the exit code is 0, 1 if some rows were bad, 3 if all were."""
    bad: list[str] = []
    with nullcontext(sys.stdin.buffer) if file == "-" else opened(file) as source:
        sheet = opened_sheet(form, source, one_line(file))  # before the case, so that a wrong file makes none
        with Case.open(case, create=True) as into:
            brought = bring(into, sheet, lambda line: _tell(line, bad))
            for line in _told(brought):
                click.echo(line)
            click.echo(f"the case {one_line(case)} holds {into.store.count_reports():,} reports")
    if not brought.bad:
        return ALL_ADDED
    return SOME_BAD if brought.added or brought.known else NONE_ADDED


def _tell(line: str, bad: list[str]) -> None:
    if len(bad) < _SHOWN:
        bad.append(line)
        tell(line)


def _told(brought: Brought) -> Iterator[str]:
    more = f", of which the first {_SHOWN} were told" if brought.bad > _SHOWN else ""
    yield f"{brought.added:,} rows added, {brought.known:,} already there, {brought.bad:,} bad{more}"
    if brought.without:
        kinds = ", ".join(f"{kind}: {count:,}" for kind, count in brought.without.most_common(8))
        yield f"{brought.without.total():,} rows passed over, of which PLOVER has no event: {kinds}"


def run_compare(case: str, form: DataSet, as_json: bool) -> int:
    """Tells how many events both have, and which only one has."""
    with Case.open(case) as held:
        found = compare(held, form)
    if as_json:
        click.echo(json_text({"with": form, **asdict(found)}))
        return 0
    theirs, ours, both = len(found.theirs), len(found.ours), len(found.matched)
    click.echo(f"{both:,} matched (the same type, somebody the same on each side, a day apart at most)")
    click.echo(f"{theirs:,} only in {form}{_some(found.theirs)}")
    click.echo(f"{ours:,} only in our reports, between the first and the last day of {form}{_some(found.ours)}")
    if found.undated:
        click.echo(f"{found.undated:,} events without a day were not compared")
    return 0


def _some(events: Sequence[str]) -> str:
    more = ", …" if len(events) > _FEW else ""
    return f": {', '.join(events[:_FEW])}{more}" if events else ""
