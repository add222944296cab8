"""Pictures that a command writes beside its answer: SVG, or PNG, by the ending of the name."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.faces.cli.destination import NewFile
from dragoman.faces.png import has_png, png
from dragoman.reading.wording import one_line


def check(option: str, what: str, name: str) -> None:
    """Raises click.UsageError where a picture of that name cannot be written; `what` is what messages call it ("a chart")."""
    ending = Path(name).suffix.lower()
    if ending not in (".svg", ".png"):
        raise click.UsageError(f"{option} {name}: {what} is SVG or PNG; name a file that ends with .svg or .png")
    if ending == ".png" and not has_png():
        raise click.UsageError("PNG needs the library resvg-py, which is missing; run `pip install 'dragoman[picture]'`, or take .svg")


def write_picture(name: str, drawn: str) -> None:
    """Writes an SVG, as PNG if the name says so."""
    write_file(name, png(drawn) if name.lower().endswith(".png") else drawn.encode())


def write_file(name: str, data: bytes) -> None:
    """Writes a file whole or not at all, and says so."""
    with NewFile(Path(name)) as place:
        place.stream.buffer.write(data)
        place.commit()
    click.echo(f"{one_line(name)} written", err=True)
