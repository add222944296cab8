"""The command `dragoman`: its words, options and exit codes. Nothing but click is imported until a command runs.

Exit codes: 0 all was read; 1 some inputs failed, the others were read; 2 the command line or the place of the output is
at fault; 3 nothing could be read; 130 stopped by Ctrl-C; 141 whoever read the output went away; 143 ended by SIGTERM.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from datetime import date
from types import FrameType
from typing import Any, NoReturn

import click
from click.shell_completion import get_completion_class

from dragoman.errors import DragomanError
from dragoman.faces.cli import (
    alert_commands,
    brief_commands,
    case_commands,
    code_commands,
    export_commands,
    places_commands,
    query_commands,
    review_commands,
    serve_commands,
    user_commands,
)
from dragoman.faces.cli.words import PublicationDay, names_of_files

FORMATS = ("terminal", "json", "jsonl", "markdown", "html")
USAGE, NOTHING, STOPPED, TERMINATED, PIPE_CLOSED = 2, 3, 130, 143, 141


class Commands(click.Group):
    """The group of all commands, quiet when the reader of the output goes away (`dragoman read … | head`)."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            _forget_output()
            ctx.exit(PIPE_CLOSED)


def _forget_output() -> None:
    """Sends what is still buffered for a closed pipe nowhere, so that Python does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version  # slow to import, wanted here only

    try:
        click.echo(f"dragoman {version('dragoman')}")
    except PackageNotFoundError:
        click.echo("dragoman (run from its source, not installed)")
    ctx.exit()


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  dragoman read report.txt --published 2026-01-10
  dragoman read page.html --format html --out reading.html
  dragoman read feed.jsonl --format jsonl > readings.jsonl
  dragoman add my.case reports/
  dragoman timeline my.case --as-of 2026-01-10
  curl -s https://news.example/article | dragoman read --published 2026-01-10
`dragoman COMMAND --help` tells more about a command.""",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context) -> int:
    """Reads news reports: who did what to whom and when, who says so, and whether it happened, was promised,
    threatened, demanded, called off or denied - each tied to the words it was read from."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    return USAGE


@cli.command(
    epilog="""\b
Examples:
  dragoman read report.txt --published 2026-01-10
  dragoman read a.txt b.html feed.jsonl --format html --out pages/
  dragoman read feed.jsonl --format jsonl | head
  dragoman read - --published 2026-01-10 --format json < report.txt

\b
Exit codes:
  0    every report was read
  1    some inputs failed (each is named on standard error), the others were read
  2    the command line or the place of the output is at fault; nothing was written
  3    no report could be read; nothing was written
  130  stopped with Ctrl-C"""
)
@click.argument("files", metavar="[FILE|-]...", nargs=-1, shell_complete=names_of_files)
@click.option(
    "--published", type=PublicationDay(), metavar="DATE",
    help="Day of publication (YYYY-MM-DD) that 'Friday' or 'last week' are counted from. Without it, and without a "
    "date in the input, such dates stay unresolved; today is never assumed.",
)  # fmt: skip
@click.option("--title", metavar="TEXT", help="Title of the report.")
@click.option("--publisher", metavar="TEXT", help="Who published it.")
@click.option("--url", metavar="URL", help="Where it was published.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS),
    help="What to write. Without it: what the ending of --out says (.json, .jsonl, .md, .html), else terminal.",
)  # fmt: skip
@click.option(
    "--out", metavar="PATH", default="-", shell_complete=names_of_files,
    help="File to write, all at once when the reading is done; - is standard output. For html and markdown also a "
    "folder (an existing one, or a name that ends with /): one file for each report.",
)  # fmt: skip
@click.option(
    "--actors", metavar="FILE", shell_complete=names_of_files,
    help="Your own list of actors (TOML or CSV): names with country, sectors, aliases and dates. It goes before ours.",
)  # fmt: skip
@click.pass_context
def read(
    ctx: click.Context,
    files: tuple[str, ...],
    published: date | None,
    title: str | None,
    publisher: str | None,
    url: str | None,
    form: str | None,
    out: str,
    actors: str | None,
) -> int:
    """Read news reports and write what they say.

    FILE is plain text, HTML, JSON Lines with "text" and, if known, "id", "title", "published", "publisher", "url", a web
    archive (WARC), a saved feed, any of these gzip-compressed, or a folder; - is standard input, and so is no FILE at all.
    --published, --title, --publisher and --url hold for every report of the call, also where the input says otherwise.
    """
    if not files and sys.stdin.isatty():
        click.echo(ctx.get_help())
        return USAGE
    from dragoman.faces.cli import read_command  # brings the reader, the pages and their libraries

    known = {"published": published, "title": title, "publisher": publisher, "url": url}
    roster = None
    if actors is not None:
        from dragoman.faces.cli.actor_list import opened_roster  # brings our own lists

        roster = opened_roster(actors)
    request = read_command.Request(files or ("-",), {k: v for k, v in known.items() if v is not None}, form, out, roster)
    return read_command.run(request)


@cli.command(
    epilog="""\b
Examples:
  dragoman relations pairs.jsonl --out answers.jsonl
  dragoman relations - < pairs.jsonl | head

\b
A line in:   {"id": "7", "text": "Kora freed two Velmoran pilots.",
              "source": {"start": 0, "end": 4}, "target": {"start": 15, "end": 30}}
A line out:  {"id": "7", "root": "YIELD", "scores": {"AGREE": 0.01, ...}}

\b
Exit codes:
  0    every line was answered
  1    some lines could not be (each is named on standard error), the others were
  2    the command line or the place of the output is at fault; nothing was written
  3    no line could be answered
  130  stopped with Ctrl-C"""
)
@click.argument("file", metavar="[FILE|-]", required=False, shell_complete=names_of_files)
@click.option(
    "--out", metavar="PATH", default="-", shell_complete=names_of_files,
    help="File to write, all at once when the work is done; - is standard output.",
)  # fmt: skip
@click.pass_context
def relations(ctx: click.Context, file: str | None, out: str) -> int:
    """Say what one marked actor does to another.

    FILE is JSON Lines with "text", "source" and "target": offsets in characters of the text, from the first to one past the
    last, or null where the text does not name that side. - is standard input, and so is no FILE at all. The answer is one of the
    fifteen PLV roots, with the probability of each.
    """
    if file is None and sys.stdin.isatty():
        click.echo(ctx.get_help())
        return USAGE
    from dragoman.faces.cli import relations_command  # brings the language model

    return relations_command.run(file or "-", out)


@cli.command(
    epilog="""\b
Examples:
  dragoman actors marked.jsonl > codes.jsonl
  dragoman actors marked.jsonl --actors mine.toml --out codes.jsonl
  dragoman actors cuba.case --as-of 1962-10-28

\b
Exit codes:
  0    every line was answered
  1    some lines were bad (each is named on standard error), the others were answered
  2    the command line, the list of actors or the place of the output is at fault; nothing was written
  3    no line could be answered, and nothing was written"""
)
@click.argument("file", metavar="[FILE|-]", required=False, shell_complete=names_of_files)
@click.option(
    "--published", type=PublicationDay(), metavar="DATE",
    help="Day of publication (YYYY-MM-DD) of every text that has no \"published\" of its own: it tells who held which office.",
)  # fmt: skip
@click.option(
    "--actors", metavar="FILE", shell_complete=names_of_files,
    help="Your own list of actors (TOML or CSV): names with country, sectors, aliases and dates. It goes before ours.",
)  # fmt: skip
@click.option(
    "--out", metavar="PATH", default="-", shell_complete=names_of_files,
    help="File to write, all at once when the work is done; - is standard output.",
)  # fmt: skip
@case_commands.narrowed
@click.pass_context
def actors(ctx: click.Context, /, file: str | None, published: date | None, actors: str | None, out: str, **given: Any) -> int:
    """Show the actors of a case, or code marked actors: PLOVER's country and sectors for each.

    FILE is a case (a file that `dragoman add` made, or a postgresql:// URL): its actors are shown, those named most often first.

    Or FILE is JSON Lines: {"id", "text", "source": [{"start", "end"}, ...], "target": [...]}, offsets in characters of the text,
    and "published" if it is known. - is standard input, and so is no FILE at all. Each line is answered in the same order by
    {"id", "source": [{"country", "sectors"}, ...], "target": [...]}; an actor that nothing can be told of is null.
    """
    if file is None and sys.stdin.isatty():
        click.echo(ctx.get_help())
        return USAGE
    if file is not None and case_commands.is_case(file):
        if published or actors:
            raise click.UsageError("--published and --actors are for marked actors; a case has its days already")
        return case_commands.actors_of(file, out, given)
    if asked := case_commands.given_for_case(ctx):
        raise click.UsageError(f"{asked} is for a case, and {file or '-'} is none; name a file that `dragoman add` made")
    from dragoman.faces.cli import actors_command  # brings the language model's library

    return actors_command.run(actors_command.Request(file or "-", out, published, actors))


@cli.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the script that completes dragoman's words in a shell.

    \b
    bash:  dragoman completion bash > ~/.local/share/bash-completion/completions/dragoman
    zsh:   dragoman completion zsh > ~/.zfunc/_dragoman     (a folder of your $fpath)
    fish:  dragoman completion fish > ~/.config/fish/completions/dragoman.fish
    """
    script = get_completion_class(shell)
    if script is None:
        raise click.UsageError(f"this version of click completes no {shell}; use bash, zsh or fish")
    click.echo(script(cli, {}, "dragoman", "_DRAGOMAN_COMPLETE").source())


@cli.command()
def schema() -> None:
    """Print the JSON Schema of a reading in JSON."""
    import json

    from dragoman.reading.wire import json_schema  # brings the schema's library

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


for _command in (
    *case_commands.COMMANDS,
    alert_commands.alert,
    *review_commands.COMMANDS,
    places_commands.places,
    brief_commands.brief,
    code_commands.code,
    query_commands.query,
    *export_commands.COMMANDS,
    serve_commands.serve,
    user_commands.user,
):
    cli.add_command(_command)


def main(args: Sequence[str] | None = None) -> int:
    """Runs a command line and gives the exit code; every expected error is one line on standard error."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's own threads spin on the cores that the language model's need
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _terminated)
    try:
        result = cli.main(args, prog_name="dragoman", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.ClickException as problem:
        return _told(_with_remedy(problem), USAGE)
    except DragomanError as problem:
        return _told(str(problem), NOTHING)
    except OSError as problem:
        return _told(
            f"the output cannot be written ({problem.strerror or problem}); free some space or name another place",
            USAGE,
        )
    except click.Abort:
        return _told("stopped", STOPPED)


def _with_remedy(problem: click.ClickException) -> str:
    """click's own messages say what is wrong; this adds where to look. Ours have a remedy behind a semicolon."""
    message = problem.format_message()
    command = problem.ctx.command_path if isinstance(problem, click.UsageError) and problem.ctx else "dragoman"
    return message if "; " in message else f"{message.rstrip('.')}; see {command} --help"


def _terminated(_: int, __: FrameType | None) -> NoReturn:
    """Leaves by the door, so that unfinished files are taken away."""
    raise SystemExit(TERMINATED)


def _told(message: str, code: int) -> int:
    from dragoman.faces.cli.messages import tell  # not needed for --help

    tell(message)
    return code


if __name__ == "__main__":
    sys.exit(main())
