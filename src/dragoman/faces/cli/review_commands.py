"""The commands of a review, with their options. Nothing but click is imported until one of them runs."""

from __future__ import annotations

from typing import Any

import click

from dragoman.faces.cli.case_commands import FILTERS, request
from dragoman.faces.cli.words import names_of_files

_CASE = click.argument("case", metavar="CASE", shell_complete=names_of_files)
_FORM = click.option(
    "--format", "form", type=click.Choice(("terminal", "json", "csv", "markdown")), default="terminal", show_default=True,
    help="What to write.",
)  # fmt: skip
_OUT = click.option("--out", metavar="FILE", default="-", shell_complete=names_of_files, help="File to write; - is standard output.")
_REASONS = ("dispute", "state", "reverses", "came_of", "event", "same_event", "same_text", "same_actor")


@click.command(
    epilog="""\b
Examples:
  dragoman review cuba.case
  dragoman review cuba.case --reason same_actor --reason same_text --below 0.7
  dragoman review cuba.case --actor Khrushchev --format csv > queue.csv
  dragoman review cuba.case --second --by "Ben Oke"

\b
Reasons, those first from whose error most follows:
  dispute      reports contradict each other
  state        evidence was found for a promise, plan, threat or demand
  reverses     one act is held to undo another
  came_of      an act is held to be what came of a plan
  event        the reader was not sure of an act
  same_event   two mentions are held to be one act
  same_text    two texts are held to be one
  same_actor   two names are held to be one actor"""
)
@_CASE
@click.option("--reason", "reasons", type=click.Choice(_REASONS), multiple=True, help="Only questions of a kind. Repeatable.")
@click.option("--from", "low", type=click.FloatRange(0, 1), default=0.0, metavar="SCORE", help="Only scores from this one on.")
@click.option(
    "--below", "high", type=click.FloatRange(0, 2), default=0.9, show_default=True, metavar="SCORE",
    help="Only scores below this one; 2 also for what the rules are sure of.",
)  # fmt: skip
@click.option("--publisher", metavar="NAME", help="Only what a report of this publisher tells.")
@click.option("--actor", metavar="ID|NAME", help="Only what an actor takes part in.")
@click.option("--thread", metavar="ID|TITLE", help="Only what belongs to a thread.")
@click.option("--second", is_flag=True, help="A second reading: what others have decided and you have not, without their word.")
@click.option("--by", metavar="NAME", help="Who reads for the second time; without it, the name that `dragoman judge` would note.")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, metavar="N", help="At most so many; 0 for all.")
@_FORM
@_OUT
def review(
    case: str, reasons: tuple[Any, ...], low: float, high: float, publisher: str | None, actor: str | None, thread: str | None,
    second: bool, by: str | None, limit: int, form: str, out: str,
) -> int:  # fmt: skip
    """List what is uncertain and nobody has judged, what matters most and is least certain first.

    A link (L7) is decided by `dragoman judge`, an event (E5) or a dispute (D1) by `confirm`, `reject` or `edit`, what became of a
    promise (C3) by `edit CASE C3 state=kept`.
    """
    from dragoman.case.reviewing import Wanted
    from dragoman.errors import QueryError
    from dragoman.faces.cli import judge_command, review_command

    try:
        wanted = Wanted(reasons, low, high, publisher, by=judge_command.author(by) if second else "", second=second)
    except QueryError as problem:
        raise click.UsageError(str(problem)) from None
    given = {**dict.fromkeys(FILTERS), "actor": actor, "thread": thread, "form": form, "out": out}
    return review_command.run(request(case, given), wanted, limit or None)


@click.command()
@_CASE
@_FORM
@_OUT
def agreement(case: str, form: str, out: str) -> int:
    """Show how far those agree who have decided the same questions, and where they differ.

    Krippendorff's alpha: 1 where all agree, 0 where they agree no more often than by chance. Counted from the log: of each person
    what they decided last and did not take back.
    """
    from dragoman.faces.cli import review_command

    return review_command.run_agreement(request(case, {**dict.fromkeys(FILTERS), "form": form, "out": out}))


@click.command()
@_CASE
@click.argument("item", metavar="ID")
@click.option("--why", metavar="TEXT", default="", help="The reason, for the log.")
@click.option("--by", metavar="NAME", help="Who decides; without it DRAGOMAN_AUTHOR of the environment, else your login name.")
def confirm(case: str, item: str, why: str, by: str | None) -> int:
    """Say that an item is right as it was read: it is asked no more, and what was rejected or edited of it before holds no longer."""
    from dragoman.faces.cli import judge_command

    return judge_command.run(judge_command.Request(case, "confirm", item.upper(), (), why, by))


COMMANDS = (review, agreement, confirm)
"""The commands, in the order in which they are added."""
