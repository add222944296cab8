"""What the command line says on standard error: always one line, whatever a file name or a report holds."""

from __future__ import annotations

from dataclasses import dataclass

import click

from dragoman.reading.wording import one_line
from dragoman.text.loaded import Loaded

FEW = 3
"""So many reports are named one by one for having no date, and so many for a strange one."""


def tell(message: str) -> None:
    """Prints one printable line that begins with the program's name."""
    click.echo(f"dragoman: {one_line(message)}", err=True)


@dataclass
class DayTally:
    """How many reports had no date of publication, or a strange one."""

    undated: int = 0
    noticed: int = 0

    def warn_of_days(self, loaded: Loaded, remedy: str, which: str = "") -> None:
        """Tells of a report without a date, with the `remedy`, and of a strange one, the first FEW of each; `which` follows the name."""
        if loaded.report.published is None:
            self.undated += 1
            if self.undated <= FEW:
                tell(f"{loaded.name}{which}: no date of publication; {remedy}")
        for notice in loaded.notices:
            self.noticed += 1
            if self.noticed <= FEW:
                tell(f"{loaded.name}{which}: {notice}")
