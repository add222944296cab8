"""The commands about a case, with their options. Nothing but click is imported until one of them runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from dragoman.faces.cli.words import PublicationDay, names_of_files

_FORMATS = ("terminal", "json", "csv", "markdown")
_CASE = click.argument("case", metavar="CASE", shell_complete=names_of_files)
# The options that every question has, in the order in which --help shows them.
_OPTIONS = (
    click.option("--as-of", metavar="DATE", help="The record of that day: only reports published up to it (YYYY-MM-DD)."),
    click.option("--since", metavar="DATE", help="Only what is from that day or later."),
    click.option("--actor", metavar="ID|NAME", help="Only what an actor takes part in."),
    click.option("--thread", metavar="ID|TITLE", help="Only what belongs to a thread."),
    click.option("--type", metavar="TYPE", help="Only events of a PLOVER type, such as ASSAULT or REQUEST."),
    click.option("--status", metavar="STATUS", help="Only events with a status, such as occurred, promised or denied."),
    click.option("--format", "form", type=click.Choice(_FORMATS), default="terminal", show_default=True, help="What to write."),
    click.option("--out", metavar="FILE", default="-", shell_complete=names_of_files, help="File to write; - is standard output."),
)
_limit = click.option("--limit", type=click.IntRange(0), default=300, show_default=True, metavar="N", help="At most so many; 0 for all.")
_page = click.option("--limit", type=click.IntRange(0), default=100, show_default=True, metavar="N", help="At most so many; 0 for all.")
_few = click.option("--limit", type=click.IntRange(0), default=50, show_default=True, metavar="N", help="At most so many; 0 for all.")
_SQLITE = b"SQLite format 3\0"
FILTERS = ("as_of", "since", "actor", "thread", "type", "status")
_Function = Callable[..., int]


def asked(command: _Function) -> _Function:
    """The command with the argument CASE and the options that every question has."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return _CASE(command)


def narrowing(command: _Function) -> _Function:
    """The command with the argument CASE and the options that tell what a question is about."""
    for option in reversed(_OPTIONS[: len(FILTERS)]):
        command = option(command)
    return _CASE(command)


def narrowed(command: _Function) -> _Function:
    """The command `actors` with the options of a case that it does not have already."""
    for option in reversed((*_OPTIONS[:7], _page)):
        command = option(command)
    return command


def is_case(name: str) -> bool:
    """Whether a name on the command line is that of a case: a database's URL, or a file that begins as SQLite's do."""
    if name.startswith(("postgresql://", "postgres://")):
        return True
    try:
        with open(name, "rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False


def given_for_case(ctx: click.Context) -> str | None:
    """The first option for a case that was typed."""
    names = ("as_of", "since", "actor", "thread", "type", "status", "form", "limit")
    typed = (
        "--format" if name == "form" else f"--{name.replace('_', '-')}"
        for name in names
        if ctx.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE
    )
    return next(typed, None)


def actors_of(case: str, out: str, given: dict[str, Any]) -> int:
    """`dragoman actors CASE`."""
    from dragoman.faces.cli import case_command

    return case_command.actors(request(case, {**given, "out": out}), given["limit"])


def request(case: str, given: dict[str, Any]) -> Any:
    """What was typed, as `case_command.Request`."""
    from dragoman.faces.cli import case_command  # brings the store and the pages

    return case_command.Request(case, {name: given[name] for name in FILTERS}, given["form"], given["out"])


@click.command(
    epilog="""\b
Examples:
  dragoman timeline cuba.case
  dragoman timeline cuba.case --as-of 1962-10-28 --actor Khrushchev
  dragoman timeline cuba.case --type ASSAULT --format csv > assaults.csv"""
)
@asked
@_limit
def timeline(case: str, limit: int, **given: Any) -> int:
    """Show what happened, day by day: each event once, whatever number of reports tell it."""
    from dragoman.faces.cli import case_command

    return case_command.timeline(request(case, given), limit)


@click.command(
    epilog="""\b
Examples:
  dragoman search cuba.case 'tanker AND quarantine'
  dragoman search cuba.case '"no weapons" OR inspect*' --since 1962-10-28
  dragoman search cuba.case 'khruschev~'"""
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, metavar="N", help="At most so many reports.")
@asked
@click.argument("query", metavar="QUERY", nargs=-1, required=True)
def search(case: str, query: tuple[str, ...], limit: int, **given: Any) -> int:
    """Find reports by their words, the newest first.

    All words must occur; "..." is a phrase; AND, OR, NOT and parentheses; missil* begins words; khruschev~ finds names of the
    case that are spelt alike. Capitals and accents do not count.
    """
    from dragoman.faces.cli import case_command

    return case_command.search(request(case, given), " ".join(query), limit)


@click.command(
    epilog="""\b
Examples:
  dragoman show cuba.case E16
  dragoman show cuba.case A9 --as-of 1962-10-28"""
)
@asked
@click.argument("item", metavar="ID")
def show(case: str, item: str, **given: Any) -> int:
    """Show everything about one item, down to the sentences of the reports.

    ID is an event (E12), an actor (A3), a thread (T1), a dispute (D1), a commitment (C4), a series of figures (F2), a link (L7),
    or a report by the first letters of its id (8ee3feb3).
    """
    from dragoman.faces.cli import case_command

    return case_command.show(request(case, given), item)


@click.command()
@asked
@_page
def threads(case: str, limit: int, **given: Any) -> int:
    """Show where each process stands: talks, a blockade, a withdrawal, a trial."""
    from dragoman.faces.cli import case_command

    return case_command.threads(request(case, given), limit)


@click.command()
@asked
@_page
def stories(case: str, limit: int, **given: Any) -> int:
    """Show which reports tell one story, whoever publishes them.

    At most some hundreds of reports are grouped at once: choose days with --since and --as-of in a large case.
    """
    from dragoman.faces.cli import case_command

    return case_command.stories(request(case, given), limit)


@click.command()
@asked
@_few
def disputes(case: str, limit: int, **given: Any) -> int:
    """Show what is contradicted, with both sides: figures, whether it happened, who did it, when."""
    from dragoman.faces.cli import case_command

    return case_command.disputes(request(case, given), limit)


@click.command()
@asked
@_page
def promises(case: str, limit: int, **given: Any) -> int:
    """Show plans, promises, threats and demands, and what became of each; the overdue first."""
    from dragoman.faces.cli import case_command

    return case_command.promises(request(case, given), limit)


@click.command()
@asked
@_page
def figures(case: str, limit: int, **given: Any) -> int:
    """Show what was counted, with every value that was given for it, by whom and when."""
    from dragoman.faces.cli import case_command

    return case_command.figures(request(case, given), limit)


@click.command(
    epilog="""\b
Examples:
  dragoman add cuba.case examples/cuba_1962/case.jsonl
  dragoman add kiosk.case monday/ --published 2026-01-12
  dragoman add kiosk.case --feed https://news.example/world.xml --watch

\b
Exit codes:
  0    every report is in the case
  1    some inputs failed (each is named on standard error), the others are in the case
  2    the command line is at fault
  3    nothing could be read, or the case cannot be opened
  130  stopped with Ctrl-C; what was added stays"""
)
@click.argument("case", metavar="CASE", shell_complete=names_of_files)
@click.argument("files", metavar="[INPUT|-]...", nargs=-1, shell_complete=names_of_files)
@click.option(
    "--published", type=PublicationDay(), metavar="DATE",
    help="Day of publication (YYYY-MM-DD) of every report of the call, also where the input says otherwise.",
)  # fmt: skip
@click.option("--publisher", metavar="TEXT", help="Who published them: sources are counted by it.")
@click.option("--title", metavar="TEXT", help="Title of the report.")
@click.option("--url", metavar="URL", help="Where it was published.")
@click.option("--feed", "feeds", metavar="URL", multiple=True, help="An RSS or Atom feed: its new entries are fetched. Repeatable.")
@click.option("--watch", is_flag=True, help="Ask the feeds again and again until Ctrl-C.")
@click.option("--every", type=click.IntRange(1, 24 * 60), default=15, show_default=True, metavar="MINUTES", help="How often, with --watch.")
@click.option("--allow-private", is_flag=True, help="Also fetch from addresses that are not public, such as those of your own network.")
@click.option("--actors", metavar="FILE", shell_complete=names_of_files, help="Your own list of actors (TOML or CSV). It goes before ours.")
def add(
    case: str,
    files: tuple[str, ...],
    feeds: tuple[str, ...],
    watch: bool,
    every: int,
    allow_private: bool,
    actors: str | None,
    **given: Any,
) -> int:
    """Add reports to a case; begins the case if there is none.

    CASE is a file name or a postgresql:// URL. INPUT is what `dragoman read` takes: text, HTML, JSON Lines, web archives,
    saved feeds, folders; - is standard input. Adding a report twice changes nothing.
    """
    if not files and not feeds:
        raise click.UsageError("there is nothing to add; name files or folders, - for standard input, or --feed URL")
    if watch and not feeds:
        raise click.UsageError("--watch has nothing to watch; name a feed with --feed URL")
    from dragoman.faces.cli import add_command  # brings the store, and later the language model

    roster = None
    if actors is not None:
        from dragoman.faces.cli.actor_list import opened_roster

        roster = opened_roster(actors)
    known = {name: value for name, value in given.items() if value is not None}
    return add_command.run(add_command.Request(case, files, known, feeds, watch, 60.0 * every, allow_private, roster))


@click.command()
@click.option("--by", metavar="NAME", help="Whose last look; without it, the name that `dragoman judge` would note.")
@asked
def changes(case: str, by: str | None, **given: Any) -> int:
    """Show what is new: since --since DATE, or since you last asked (which is then noted).

    New reports and events, threads and commitments whose state has changed, new disputes.
    """
    from dragoman.faces.cli import case_command, judge_command

    return case_command.changes(request(case, given), judge_command.author(by))


_why = click.option("--why", metavar="TEXT", default="", help="The reason, for the log.")
_by = click.option("--by", metavar="NAME", help="Who decides; without it DRAGOMAN_AUTHOR of the environment, else your login name.")


def _decide(case: str, verb: str, target: str, values: tuple[str, ...], why: str, by: str | None) -> int:
    from dragoman.faces.cli import judge_command

    return judge_command.run(judge_command.Request(case, verb, target, values, why, by))


@click.command(
    epilog="""\b
Examples:
  dragoman judge cuba.case L12 different --why "two ministers of one surname"
  dragoman judge cuba.case J3 undo"""
)
@_CASE
@click.argument("link", metavar="LINK|DECISION")
@click.argument("verdict", type=click.Choice(("same", "different", "undo")))
@_why
@_by
def judge(case: str, link: str, verdict: str, why: str, by: str | None) -> int:
    """Say whether what a link joins is the same or different, or take a decision back.

    LINK is an id such as L12 (`dragoman show` lists the links of an item), DECISION one such as J3 (`dragoman log`).
    """
    return _decide(case, verdict, link.upper(), (), why, by)


@click.command()
@_CASE
@click.argument("item", metavar="ID")
@click.argument("name", metavar="NAME")
@_why
@_by
def rename(case: str, item: str, name: str, why: str, by: str | None) -> int:
    """Give an actor or a thread another name."""
    return _decide(case, "rename", item.upper(), (name,), why, by)


@click.command()
@_CASE
@click.argument("item", metavar="ID")
@click.argument("other", metavar="OTHER")
@_why
@_by
def merge(case: str, item: str, other: str, why: str, by: str | None) -> int:
    """Make two actors, two events or two threads one, under the first one's id."""
    return _decide(case, "merge", item.upper(), (other.upper(),), why, by)


@click.command()
@_CASE
@click.argument("item", metavar="ID")
@click.argument("mentions", metavar="REPORT:ENTRY...", nargs=-1, required=True)
@_why
@_by
def split(case: str, item: str, mentions: tuple[str, ...], why: str, by: str | None) -> int:
    """Take mentions out of an actor, an event or a thread, as an item of their own.

    A mention is written as `dragoman show` does, with a colon: 8ee3feb3:e4.
    """
    return _decide(case, "split", item.upper(), mentions, why, by)


@click.command()
@_CASE
@click.argument("item", metavar="ID")
@_why
@_by
def reject(case: str, item: str, why: str, by: str | None) -> int:
    """Say that an item is nothing: it is not shown any more."""
    return _decide(case, "reject", item.upper(), (), why, by)


@click.command(
    epilog="""\b
Examples:
  dragoman edit cuba.case C19 state=kept --why "the Navy counted them all"
  dragoman edit cuba.case E40 status=denied actor=A4,A7 when=1962-10-27
  dragoman edit cuba.case 8ee3feb3:f2 value=12..15
  dragoman edit cuba.case 8ee3feb3:e4 source=A9

\b
An event (E40) or one mention of it (8ee3feb3:e4):
  type, mode, status   in PLOVER's words, such as ASSAULT, bomb, occurred
  actor, recipient     ids of actors, with commas: A4,A7
  when                 1962-10-27, 1962-10, 1962, 1962-W43, or FROM/TO
  place                in your words
A figure (8ee3feb3:f2; F3 where it has one value only):
  value                12, 12..15, 12.. (at least), ..15 (at most)
  unit, of             in your words
A mention, a figure or a statement (8ee3feb3:s1):
  source               the actor who says it
A commitment (C19):
  state                not yet rated, in the works, stalled, compromise, kept, broken
  due                  1962-11-20
`none` takes away what may be missing."""
)
@_CASE
@click.argument("item", metavar="ID|REPORT:ENTRY")
@click.argument("values", metavar="FIELD=VALUE...", nargs=-1, required=True)
@_why
@_by
def edit(case: str, item: str, values: tuple[str, ...], why: str, by: str | None) -> int:
    """Correct what was read: every question and filter goes by your value, and `show` tells what was read.

    A mention is written as `dragoman show` does, with a colon: 8ee3feb3:e4.
    """
    return _decide(case, "edit", item if ":" in item else item.upper(), values, why, by)


@click.command()
@_CASE
@click.argument("event", metavar="EVENT")
@click.argument("thread", metavar="THREAD")
@_why
@_by
def pin(case: str, event: str, thread: str, why: str, by: str | None) -> int:
    """Put an event into a thread, whatever the rules say."""
    return _decide(case, "pin", event.upper(), (thread.upper(),), why, by)


@click.command(
    epilog="""\b
Examples:
  dragoman reread cuba.case
  dragoman reread cuba.case --all

\b
Exit codes:
  0    every report was read again
  1    some reports failed (each is named on standard error, and its older reading stays)
  2    the command line is at fault
  3    no report could be read again, or the case cannot be opened
  130  stopped with Ctrl-C; run again, it goes on where it stopped"""
)
@_CASE
@click.option("--all", "everything", is_flag=True, help="Also what this version with these weights has read already.")
@click.option("--actors", metavar="FILE", shell_complete=names_of_files, help="Your own list of actors (TOML or CSV). It goes before ours.")
def reread(case: str, everything: bool, actors: str | None) -> int:
    """Read every report again, with a newer dragoman or a newer language model.

    Items that are the same keep their ids, and all decisions stay; those that do not find what they were about wait for it
    (`dragoman log CASE --state waiting`). Older readings are kept.
    """
    from dragoman.faces.cli import reread_command

    roster = None
    if actors is not None:
        from dragoman.faces.cli.actor_list import opened_roster

        roster = opened_roster(actors)
    return reread_command.run(case, everything, roster)


_VERBS = ("same", "different", "undo", "rename", "split", "merge", "reject", "edit", "pin", "confirm")


@click.command(
    epilog="""\b
Examples:
  dragoman log cuba.case --by "Ada Holm" --since 2026-11-01
  dragoman log cuba.case --state waiting"""
)
@_CASE
@click.option("--since", metavar="DATE", help="Only what was decided on that day (YYYY-MM-DD) or later.")
@click.option("--until", metavar="DATE", help="Only what was decided up to that day.")
@click.option("--by", metavar="NAME", help="Only what one person decided.")
@click.option("--verb", "verbs", type=click.Choice(_VERBS), multiple=True, help="Only decisions of a kind. Repeatable.")
@click.option("--item", metavar="ID", help="Only what is about an item, a link, a decision, or a mention as REPORT:ENTRY.")
@click.option(
    "--state", "states", type=click.Choice(("stands", "undone", "overruled", "waiting")), multiple=True,
    help="Only decisions that stand, were taken back, were overruled by a later one, or wait for what they were about. Repeatable.",
)  # fmt: skip
@_OPTIONS[-2]
@_OPTIONS[-1]
def log(
    case: str, since: str | None, until: str | None, by: str | None, verbs: tuple[str, ...], item: str | None, states: tuple[str, ...],
    form: str, out: str,
) -> int:  # fmt: skip
    """List all decisions: who decided what, when and why, and what has become of it.

    Of two decisions on one thing the later counts, and both are listed. A decision waits where the reports, read again, do not
    have what it was about; it counts again as soon as they do.
    """
    from dragoman.faces.cli import judge_command

    named = item if item is None or ":" in item else item.strip().upper()
    given = {**dict.fromkeys(FILTERS), "as_of": until, "since": since, "form": form, "out": out}
    return judge_command.log(request(case, given), judge_command.Asked(by, verbs, named, states))


COMMANDS = (
    add, reread, timeline, threads, stories, disputes, promises, figures, changes, search, show,
    judge, rename, merge, split, reject, edit, pin, log,
)  # fmt: skip
"""The commands, in the order in which they are added."""
