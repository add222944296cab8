"""The command `places`. Nothing but click is imported here."""

from __future__ import annotations

from typing import Any

import click

from dragoman.faces.cli.case_commands import narrowing, request
from dragoman.faces.cli.words import names_of_files

_FORMS = ("terminal", "json", "csv", "markdown", "geojson")


@click.command(
    epilog="""\b
Examples:
  dragoman places zaire.case
  dragoman places zaire.case --status occurred --format geojson --out zaire.geojson
  dragoman places zaire.case --place COD                                # what happened there, day by day"""
)
@narrowing
@click.option("--place", metavar="ID", help="The events of one place, by the id that the list shows; `none` for those without one.")
@click.option("--format", "form", type=click.Choice(_FORMS), default="terminal", show_default=True, help="What to write.")
@click.option("--out", metavar="FILE", default="-", shell_complete=names_of_files, help="File to write; - is standard output.")
def places(case: str, place: str | None, **given: Any) -> int:
    """Show where it happened: the places of the events, with the reason why each is that point of the map.

    A name that nothing decides stays without a point, and so does one that tells whom an act is aimed at; both are listed, with the
    reason. Events of which no report tells a place are counted. The gazetteer comes with `pip install 'dragoman[map]'`.
    """
    from dragoman.faces.cli import places_command  # brings the store and the pages

    return places_command.run(request(case, given), place)
