"""The command `serve`, with its options. Nothing but click is imported until it runs."""

from __future__ import annotations

import click

from dragoman.faces.cli.words import names_of_files


@click.command(
    epilog="""\b
Examples:
  dragoman serve cuba.case
  dragoman serve cuba.case --port 0 --open
  ssh -L 8484:localhost:8484 desk.example dragoman serve cuba.case      # a case on another machine"""
)
@click.argument("case", metavar="CASE", shell_complete=names_of_files)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="Where to listen: an address of this machine alone.")
@click.option("--port", type=click.IntRange(0, 65535), default=8484, show_default=True, metavar="PORT", help="0 for any that is free.")
@click.option("--open", "open_it", is_flag=True, help="Also open it in a browser.")
def serve(case: str, host: str, port: int, open_it: bool) -> int:
    """Show a case as pages in a browser, until Ctrl-C.

    Only this machine can reach it. Reports may be added meanwhile; every page shows what is there when it is loaded.
    """
    from dragoman.faces.cli import serve_command

    return serve_command.run(case, host, port, open_it)
