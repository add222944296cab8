"""The questions to a case on the command line: opens the case, asks, writes the answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.case.store.base import ItemKind
from dragoman.errors import InputError, QueryError
from dragoman.faces.cli import case_pages, changes_page, stories_page
from dragoman.faces.cli.answers import Answer, write
from dragoman.faces.cli.destination import NewFile, StandardOutput
from dragoman.reading.wording import one_line

_ID = re.compile(r"[A-Z]\d{1,9}")
_SHOWN = 5


@dataclass(frozen=True)
class Request:
    """One question: `case` is a file or a URL; `asked` the filters as they were typed; `form` one of answers.FORMATS."""

    case: str
    asked: dict[str, str | None]
    form: str = "terminal"
    out: str = "-"


def timeline(request: Request, limit: int) -> int:
    """Events in the order of time."""
    return run(request, lambda case, filters: case_pages.timeline(case, filters, limit or None))


def actors(request: Request, limit: int) -> int:
    """Who is named."""
    return run(request, lambda case, filters: case_pages.actors(case, filters, limit or None))


def threads(request: Request, limit: int) -> int:
    """Where each process stands."""
    return run(request, lambda case, filters: case_pages.threads(case, filters, limit or None))


def stories(request: Request, limit: int) -> int:
    """Which reports tell one story."""
    return run(request, lambda case, filters: stories_page.stories(case, filters, limit or None))


def disputes(request: Request, limit: int) -> int:
    """What is contradicted."""
    return run(request, lambda case, filters: case_pages.disputes(case, filters, limit or None))


def promises(request: Request, limit: int) -> int:
    """What was undertaken, and what became of it."""
    return run(request, lambda case, filters: case_pages.promises(case, filters, limit or None))


def figures(request: Request, limit: int) -> int:
    """What was counted."""
    return run(request, lambda case, filters: case_pages.figures(case, filters, limit or None))


def search(request: Request, query: str, limit: int) -> int:
    """Reports by their words."""
    return run(request, lambda case, filters: case_pages.search(case, query, filters, limit))


def show(request: Request, item: str) -> int:
    """One item."""
    return run(request, lambda case, filters: case_pages.show(case, item, filters))


def changes(request: Request, reader: str) -> int:
    """What is new."""
    return run(request, lambda case, filters: changes_page.changes(case, filters, reader))


def run(request: Request, ask: Callable[[Case, Filters], Answer]) -> int:
    """Opens the case, asks, and writes the answer."""
    with Case.open(request.case) as case:
        filters = filters_of(case, request.asked)
        try:
            answer = ask(case, filters)
        except QueryError as problem:
            raise click.UsageError(str(problem)) from None
    with StandardOutput(request.form) if request.out == "-" else NewFile(Path(request.out)) as place:
        write(answer, request.form, place.stream)
        place.commit()
    return 0


def filters_of(case: Case, asked: dict[str, Any]) -> Filters:
    """The filters that were typed: types and statuses in any letters, actors and threads by id or by name."""
    kind, status = asked.get("type"), asked.get("status")
    try:
        return Filters(
            asked.get("as_of"),
            asked.get("since"),
            _item(case, "actor", asked.get("actor")),
            _item(case, "thread", asked.get("thread")),
            kind.upper() if kind else None,
            status.lower() if status else None,
        )
    except InputError as problem:
        raise click.UsageError(str(problem)) from None


def _item(case: Case, kind: ItemKind, name: str | None) -> str | None:
    """The id of an actor or a thread that was named by it, or by its name."""
    if name is None:
        return None
    if _ID.fullmatch(name.strip().upper()) and name.strip().upper() in case.names([name.strip().upper()]):
        return name.strip().upper()
    found = case.found(kind, name, _SHOWN + 1)
    if not found:
        raise InputError(f"--{kind}", f"the case has no {kind} {one_line(name)!r}", f"`dragoman {kind}s CASE` shows all, with their ids")
    if len(found) > 1 and kind == "thread":
        known = ", ".join(f"{row.id} {one_line(row.name or '')}" for row in found[:_SHOWN])
        raise InputError(f"--{kind}", f"{one_line(name)!r} may be several: {known}", "give the id")
    return found[0].id
