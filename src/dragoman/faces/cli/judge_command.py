"""The commands by which a person decides about a case, and the log of what was decided."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass

import click

from dragoman.case.case import Case, now
from dragoman.case.deciding import standing
from dragoman.case.judgements import Place
from dragoman.case.judging import Judge
from dragoman.case.query import Filters
from dragoman.errors import QueryError
from dragoman.faces.cli import case_command, case_pages
from dragoman.faces.cli.answers import Answer, Section

AUTHOR = "DRAGOMAN_AUTHOR"


@dataclass(frozen=True)
class Request:
    """One decision: what to do to `target`, with the `values` that it needs; `by` None: the author of the settings."""

    case: str
    verb: str
    target: str
    values: tuple[str, ...] = ()
    why: str = ""
    by: str | None = None


def author(by: str | None = None) -> str:
    """Who decides: the name given, else that in the environment (DRAGOMAN_AUTHOR), else the user's login name."""
    if by or os.environ.get(AUTHOR):
        return by or os.environ[AUTHOR]
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise click.UsageError(f"nobody is known to decide; give your name with --by or in {AUTHOR}") from None


def run(request: Request) -> int:
    """Takes the decision and works out what follows."""
    with Case.open(request.case) as case:
        try:
            identity = _way(request)(case.judge(author(request.by)))
        except QueryError as problem:
            raise click.UsageError(str(problem)) from None
        case.settle()
    click.echo(
        f"{identity}: {' '.join((request.verb, request.target, *request.values))}; take it back with `dragoman judge CASE {identity} undo`"
    )
    return 0


def _way(request: Request) -> Callable[[Judge], str]:
    target, values, why, at = request.target, request.values, request.why, now()
    ways: dict[str, Callable[[Judge], str]] = {
        "same": lambda judge: judge.link(target, True, why, at),
        "different": lambda judge: judge.link(target, False, why, at),
        "undo": lambda judge: judge.undo(_decision(judge, target), why, at),
        "rename": lambda judge: judge.rename(target, values[0], why, at),
        "merge": lambda judge: judge.merge(target, values[0], why, at),
        "split": lambda judge: judge.split(target, [_place(value) for value in values], why, at),
        "reject": lambda judge: judge.reject(target, why, at),
        "edit": lambda judge: judge.edit(target, *_field(values[0]), why, at),
        "pin": lambda judge: judge.pin(target, values[0], why, at),
    }
    return ways[request.verb]


def _decision(judge: Judge, target: str) -> str:
    """A decision by its own id, or the last one that holds on an item or a link."""
    if target.startswith("J"):
        return target
    found = [decision for decision in standing(kept.decision for kept in judge.log()) if decision.target == target]
    if not found:
        raise QueryError(f"nothing is decided about {target!r}; `dragoman log CASE` lists all decisions")
    return found[-1].id


def _place(value: str) -> Place:
    report, _, entry = value.rpartition(":")
    if len(report) < 6 or not entry:
        raise QueryError(f"{value!r} is no mention; write it as REPORT:ENTRY, such as 8ee3feb3:e4, as `dragoman show` does")
    return Place(report, entry)


def _field(value: str) -> tuple[str, str]:
    name, _, text = value.partition("=")
    return name.strip(), text.strip()


def log(request: case_command.Request) -> int:
    """What was decided."""
    return case_command.run(request, _log)


def _log(case: Case, filters: Filters) -> Answer:
    found = case.judge("").log()
    rows = tuple(
        (d.decision.id, d.decision.at, d.decision.by, d.decision.verb, d.decision.target, d.decision.value, d.decision.why, d.undone)
        for d in found
    )
    columns = ("id", "at", "by", "verb", "target", "value", "why", "undone")
    items = {"decisions": [dict(zip(columns, row, strict=True)) for row in rows]}
    sections = (Section("", tuple(map(case_pages.decided, found))),)
    return Answer("Decisions", case_pages.about_filters(case, filters), sections, columns, rows, items, "Nobody has decided anything yet.")
