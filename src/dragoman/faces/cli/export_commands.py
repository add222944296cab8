"""The commands by which a case leaves dragoman and comes back: `export`, `import`, `network`. Nothing but click is imported here."""

from __future__ import annotations

from typing import Any

import click

from dragoman.faces.cli.case_commands import FILTERS, asked, narrowing, request
from dragoman.faces.cli.words import names_of_files

_FORMS = (
    "json", "jsonl", "csv", "parquet", "polecat", "acled", "gdelt", "ucdp", "graphml", "timelinejs", "ris", "bibtex",
    "stix", "ftm", "annotations", "prov", "claimreview", "timeml",
)  # fmt: skip
_KINDS = ("reports", "actors", "events", "claims", "figures", "disputes", "commitments", "evidence", "threads", "links", "decisions")


@click.command(
    epilog="""\b
Examples:
  dragoman export cuba.case --out cuba.jsonl                      # all of it, to be imported again
  dragoman export cuba.case --format csv --out tables/            # a table for each kind
  dragoman export cuba.case --as-of 1962-10-28 --thread T1 --format csv --kind events > removal.csv
  dragoman export cuba.case --format acled --out cuba_acled.csv"""
)
@narrowing
@click.option(
    "--format", "form", type=click.Choice(_FORMS),
    help="What to write. Without it: what the ending of --out says (.json, .jsonl, .csv, .parquet, .graphml, .ris, .bib), else json.",
)  # fmt: skip
@click.option("--kind", type=click.Choice(_KINDS), help="One table of csv or parquet; csv without a folder is events if nothing is said.")
@click.option(
    "--out", metavar="PATH", default="-", shell_complete=names_of_files,
    help="File to write; - is standard output. For csv, parquet and timeml a folder (an existing one, or a name that ends with /).",
)  # fmt: skip
def export(case: str, form: str | None, kind: str | None, out: str, **given: Any) -> int:
    """Write all that the filters select.

    json follows the contract dragoman.case/1. jsonl loses nothing: `dragoman import` makes the same case of it. csv and parquet are
    tables. polecat and gdelt (tab-separated), acled and ucdp (CSV) have the columns of these data sets; what they would not hold is
    left out and counted on standard error, what a case does not know stays empty. The others are for other programs:
    docs/reference/exports.md tells what each holds and loses.
    """
    from dragoman.faces.cli import export_command  # brings the store

    return export_command.run(export_command.Request(case, {name: given[name] for name in FILTERS}, form, kind, out))


@click.command(
    "import",
    epilog="""\b
Examples:
  dragoman import copy.case cuba.jsonl
  dragoman export cuba.case --format jsonl | dragoman import postgresql://localhost/crisis -
  dragoman import iraq.case 20150218230000.export.CSV.zip --format gdelt    # others' events, as claims of GDELT""",
)
@click.argument("case", metavar="CASE", shell_complete=names_of_files)
@click.argument("file", metavar="FILE|-", shell_complete=names_of_files)
@click.option(
    "--format", "form", type=click.Choice(("jsonl", "gdelt", "polecat", "acled")), default="jsonl", show_default=True, help="What FILE is."
)
def import_(case: str, file: str, form: Any) -> int:
    """Make a case of what `dragoman export --format jsonl` wrote: the same ids, the same answers, the same log.

    Then CASE is a file that does not exist yet, or a postgresql:// URL without a case. Anything wrong with the file leaves no case.
    gdelt, polecat and acled add the rows of these data sets to a case, which may be new, as claims of the data set; a bad row is named
    and passed over. docs/reference/exports.md tells what is taken of a row.
    """
    if form != "jsonl":
        from dragoman.faces.cli import import_command

        return import_command.run(case, file, form)
    from dragoman.faces.cli import export_command

    return export_command.import_file(case, file)


@click.command(
    epilog="""\b
Examples:
  dragoman network cuba.case --picture cuba.svg
  dragoman network cuba.case --as-of 1962-10-28 --by week
  dragoman network cuba.case --gexf cuba.gexf --format csv --out edges.csv"""
)
@click.option("--by", type=click.Choice(("month", "week", "day")), help="Cut time into periods.")
@click.option("--gexf", metavar="FILE", shell_complete=names_of_files, help="Also write the network over time for Gephi and networkx.")
@click.option("--picture", metavar="FILE", shell_complete=names_of_files, help="Also draw it: FILE.svg, or FILE.png.")
@click.option("--limit", type=click.IntRange(0), default=300, show_default=True, metavar="N", help="At most so many edges; 0 for all.")
@asked
def network(case: str, by: Any, gexf: str | None, picture: str | None, limit: int, **given: Any) -> int:
    """Show who acts on whom: cooperation and conflict, in words and deeds, weighted by events.

    An event counts once, however many reports tell it. What was denied, called off or supposed does not count; threats, promises
    and demands are edges of their own kinds.
    """
    from dragoman.faces.cli import network_command  # brings the store and the pages

    return network_command.run(network_command.Request(request(case, given), by, limit, gexf, picture))


@click.command(
    epilog="""\b
Examples:
  dragoman import iraq.case 20150218230000.export.CSV.zip --format gdelt
  dragoman compare iraq.case --with gdelt"""
)
@click.argument("case", metavar="CASE", shell_complete=names_of_files)
@click.option("--with", "other", type=click.Choice(("gdelt", "polecat", "acled")), required=True, help="The data set that was imported.")
@click.option("--json", "as_json", is_flag=True, help="All ids as JSON.")
def compare(case: str, other: Any, as_json: bool) -> int:
    """Compare imported rows of a data set with what the other reports tell.

    Two events are the same if the case holds them as one, or if they have the same PLOVER type, somebody the same (or of the same
    state) on each side, and days one apart at most. Each is matched once.
    """
    from dragoman.faces.cli import import_command

    return import_command.run_compare(case, other, as_json)


COMMANDS = (network, export, import_, compare)
"""The commands, in the order in which they are added."""
