"""The command `alert` with what can be done to alerts. Nothing but click is imported until one of them runs."""

from __future__ import annotations

from typing import Any

import click

from dragoman.faces.cli.words import names_of_files

_KINDS = ("events", "figures", "disputes", "promises", "threads", "statements", "reports")
_number = click.argument("number", metavar="NUMBER", type=click.IntRange(1))


@click.group(
    epilog="""\b
Examples:
  dragoman alert cuba.case add "Boardings" events --type COERCE --mail desk@example.org --digest day
  dragoman alert cuba.case add "Khrushchev speaks" statements --actor Khrushchev --webhook https://hooks.example/in
  dragoman alert cuba.case list
  dragoman alert cuba.case run          # look and send once, as for cron"""
)
@click.argument("case", metavar="CASE", shell_complete=names_of_files)
@click.pass_context
def alert(ctx: click.Context, case: str) -> None:
    """Keep alerts of a case: saved filters that tell what is new by a feed, a webhook or a mail.

    While `dragoman serve` runs, and after each round of `dragoman add --watch`, the alerts look by themselves.
    """
    ctx.obj = case


@alert.command()
@click.argument("name", metavar="NAME")
@click.argument("kind", type=click.Choice(_KINDS))
@click.option("--actor", metavar="ID|NAME", help="Only what an actor takes part in; of statements, whose they are.")
@click.option("--thread", metavar="ID|TITLE", help="Only what belongs to a thread.")
@click.option("--type", metavar="TYPE", help="Only events of a PLOVER type, such as ASSAULT or REQUEST.")
@click.option("--status", metavar="STATUS", help="Only events with a status, such as occurred, promised or denied.")
@click.option("--words", metavar="QUERY", help="Only from reports with these words, written as for `dragoman search`.")
@click.option("--promise", type=click.Choice(("promise", "plan", "threat", "demand")), help="Of promises: only this kind.")
@click.option(
    "--state", type=click.Choice(("not yet rated", "in the works", "stalled", "compromise", "kept", "broken")),
    help="Of promises: only those that come to this state.",
)  # fmt: skip
@click.option("--webhook", metavar="URL", default="", help="Where matches are sent as signed JSON.")
@click.option("--allow-private", is_flag=True, help="The webhook may be at an address that is not public, and without TLS.")
@click.option("--mail", metavar="ADDRESS", default="", help="Where matches are mailed; the mail server stands in the settings.")
@click.option(
    "--digest", type=click.Choice(("at once", "hour", "day")), default="at once", show_default=True, help="At most one mail in that time."
)
@click.option("--from", "from_day", metavar="DATE", help="Also tell what reports published on that day or later tell already.")
@click.pass_obj
def add(case: str, /, name: str, kind: str, **given: Any) -> int:
    """Make an alert. It tells of what comes from now on.

    Its feed is at /alerts/NUMBER.atom of the workspace. The secret that signs what the webhook gets is shown once.
    """
    from dragoman.faces.cli import alert_command  # brings the store and the network's libraries

    return alert_command.add(case, name, kind, given)


@alert.command("list")
@click.option("--format", "form", type=click.Choice(("terminal", "json")), default="terminal", show_default=True, help="What to write.")
@click.pass_obj
def listing(case: str, form: str) -> int:
    """Show the alerts of a case, what they found last, and what waits to be sent."""
    from dragoman.faces.cli import alert_command

    return alert_command.listing(case, form)


@alert.command()
@_number
@click.pass_obj
def remove(case: str, number: int) -> int:
    """Remove an alert with all that it has found and sent."""
    from dragoman.faces.cli import alert_command

    return alert_command.remove(case, number)


@alert.command()
@_number
@click.option("--off", is_flag=True, help="Let it go on; what came meanwhile is told.")
@click.pass_obj
def pause(case: str, number: int, off: bool) -> int:
    """Halt an alert: it neither looks nor sends."""
    from dragoman.faces.cli import alert_command

    return alert_command.pause(case, number, not off)


@alert.command()
@click.pass_obj
def run(case: str) -> int:
    """Look for what is new, and send what is due, once.

    \b
    Exit codes:
      0  everything that was due is sent
      1  something could not be sent; it is tried again with the next run"""
    from dragoman.faces.cli import alert_command

    return alert_command.run(case)


@alert.command()
@_number
@click.pass_obj
def test(case: str, number: int) -> int:
    """Send a message that says that it is a test to the webhook and the mail address of an alert."""
    from dragoman.faces.cli import alert_command

    return alert_command.test(case, number)
