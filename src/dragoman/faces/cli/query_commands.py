"""The command `query`: SQL over the tables of an archive. Nothing but click is imported here."""

from __future__ import annotations

import sys

import click

from dragoman.faces.cli.words import names_of_files

FORMATS = ("terminal", "csv", "json", "markdown", "parquet")


@click.command(
    epilog="""\b
Examples:
  dragoman query --list
  dragoman query tables/ --named events-by-dyad --chart dyads.svg
  dragoman query tables/ "SELECT status, count(*) FROM events WHERE first_mention GROUP BY ALL"
  dragoman query tables/ - --out answer.parquet < question.sql

\b
Exit codes:
  0    the question was answered
  2    the command line, the SQL or the place of the output is at fault; nothing was written
  3    the folder, its tables or a library lacks"""
)
@click.argument("folder", metavar="DIR", required=False, shell_complete=names_of_files)
@click.argument("sql", metavar="[SQL|-]", required=False)
@click.option("--named", metavar="NAME", help="Ask a question that is there already; --list shows them.")
@click.option("--list", "listing", is_flag=True, help="Show the named questions.")
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Rows to show; 0 is all. Without it: 50 on a page, all in other forms.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS),
    help="What to write. Without it: what the ending of --out says (.csv, .json, .md, .parquet), else terminal.",
)  # fmt: skip
@click.option("--out", metavar="PATH", default="-", shell_complete=names_of_files, help="File to write; - is standard output.")
@click.option("--chart", metavar="FILE", shell_complete=names_of_files, help="Draw the answer to a named question: .svg or .png.")
@click.option(
    "--memory", type=click.IntRange(1, 1024), default=2, show_default=True, metavar="GB", help="The most that a question may take."
)
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", help="Cores to work on. Without it: those of this computer, at most 4.")
@click.pass_context
def query(
    ctx: click.Context,
    folder: str | None,
    sql: str | None,
    named: str | None,
    listing: bool,
    limit: int | None,
    form: str | None,
    out: str,
    chart: str | None,
    memory: int,
    workers: int | None,
) -> int:
    """Ask the tables that `dragoman code` wrote, in SQL or by the name of a question.

    The tables are reports, events, statements, figures, times and actors, each with a column month. They are only read: one SELECT
    in each call, in DuckDB's SQL, and no other file is opened. Needs `pip install 'dragoman[query]'`.
    """
    from dragoman.faces.cli import query_command

    if listing:
        return query_command.show_questions()
    if folder is None:
        click.echo(ctx.get_help())
        return 2
    text = sys.stdin.read() if sql == "-" else sql
    return query_command.run(query_command.Request(folder, text, named, limit, form, out, chart, memory, workers))
