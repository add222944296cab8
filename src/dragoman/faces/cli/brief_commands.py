"""The command `brief`. Nothing but click is imported here."""

from __future__ import annotations

import click

from dragoman.faces.cli.case_commands import FILTERS
from dragoman.faces.cli.words import names_of_files

_FORMS = ("markdown", "html", "pdf")


@click.command(
    epilog="""\b
Examples:
  dragoman brief cuba.case
  dragoman brief cuba.case --as-of 1962-10-28 --since 1962-10-26 --out brief.html
  dragoman brief cuba.case --thread T2 --out blockade.pdf"""
)
@click.argument("case", metavar="CASE", shell_complete=names_of_files)
@click.option("--as-of", metavar="DATE", help="The brief of that day: only reports published up to it (YYYY-MM-DD).")
@click.option("--since", metavar="DATE", help="News from that day on: what was told before is told only where it is still open.")
@click.option("--thread", metavar="ID|TITLE", help="Only one thread.")
@click.option(
    "--format", "form", type=click.Choice(_FORMS),
    help="What to write. Without it: what the ending of --out says (.md, .html, .pdf), else markdown.",
)  # fmt: skip
@click.option("--out", metavar="FILE", default="-", shell_complete=names_of_files, help="File to write; - is standard output.")
def brief(case: str, as_of: str | None, since: str | None, thread: str | None, form: str | None, out: str) -> int:
    """Write what happened, who says so, what is disputed, and what was promised and is due.

    Every sentence has a note that leads to the sentence of the report that it rests on. What somebody says stays what they say; where
    the record does not bear a sentence of its own, the report is quoted. The same case gives the same brief.
    """
    from dragoman.faces.cli import brief_command  # brings the store and the pages

    asked = {**dict.fromkeys(FILTERS), "as_of": as_of, "since": since, "thread": thread}
    return brief_command.run(brief_command.Request(case, asked, form, out))
