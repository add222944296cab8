"""From what a person types to what an alert wants: actors and threads by name, days of the calendar, words that can be looked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from dragoman.case.case import Case
from dragoman.case.news import Wanted
from dragoman.case.query import Filters
from dragoman.errors import InputError, QueryError
from dragoman.faces.alerts.alert import wanted_of
from dragoman.faces.cli.case_command import filters_of

_TYPED = ("kind", "words", "promise", "state")


def of_names(case: Case, given: Mapping[str, Any]) -> Wanted:
    """What is wanted, with actors and threads named by id or by name. Raises InputError."""
    try:
        filters = filters_of(case, {name: given.get(name) or None for name in ("actor", "thread", "type", "status")})
    except click.UsageError as problem:
        raise InputError("filters", problem.format_message().replace("--", "").rstrip("."), "change it") from None
    known = {"actor": filters.actor, "thread": filters.thread, "type": filters.type, "status": filters.status}
    return wanted_of({**{name: given.get(name) for name in _TYPED}, **known})


def checked(case: Case, wanted: Wanted, from_day: str | None = None) -> Wanted:
    """What is wanted, if it can be answered. Raises InputError for words that cannot be looked for, and for a day of no calendar."""
    Filters(since=from_day or None)
    try:
        if wanted.words:
            case.store.matching(wanted.words)
    except QueryError as problem:
        raise InputError("words", str(problem), "write them as for `dragoman search`") from None
    return wanted
