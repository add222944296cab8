"""What several commands take on the command line: days, names of files."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
from click.shell_completion import CompletionItem


class PublicationDay(click.ParamType[date]):
    """A day of the calendar: never guessed, never today's."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from dragoman.text.dates import DateError, read_date  # not needed for --help

        if isinstance(value, date):
            return value
        try:
            return read_date(value)
        except DateError as problem:
            self.fail(f"{problem}; give the day of publication as YYYY-MM-DD, such as 2026-01-10", param, ctx)


def names_of_files(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Leaves the completion of a file's name to the shell."""
    return [CompletionItem(begun, type="file")]
