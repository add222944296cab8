"""What the command line says on standard error: always one line, whatever a file name or a report holds."""

from __future__ import annotations

import click

from dragoman.reading.wording import one_line


def tell(message: str) -> None:
    """Prints one printable line that begins with the program's name."""
    click.echo(f"dragoman: {one_line(message)}", err=True)
