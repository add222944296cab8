"""The command `serve`, with its options. Nothing but click is imported until it runs."""

from __future__ import annotations

import click

from dragoman.faces.cli.words import names_of_files


@click.command(
    epilog="""\b
Examples:
  dragoman serve cuba.case
  dragoman serve cuba.case --port 0 --open
  ssh -L 8484:localhost:8484 desk.example dragoman serve cuba.case      # a case on another machine
  dragoman serve cuba.case --behind-proxy 127.0.0.1 --name desk.example # a team, behind a proxy that encrypts"""
)
@click.argument("case", metavar="CASE", shell_complete=names_of_files)
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="HOST",
    help="Where to listen. An address that other machines reach needs accounts (`dragoman user add`).",
)  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8484, show_default=True, metavar="PORT", help="0 for any that is free.")
@click.option("--open", "open_it", is_flag=True, help="Also open it in a browser.")
@click.option(
    "--name", "names", multiple=True, metavar="HOST",
    help="A name under which others reach it (desk.example), beside those of this machine; may be given several times. Needs accounts.",
)  # fmt: skip
@click.option(
    "--behind-proxy", "proxies", multiple=True, metavar="ADDRESS",
    help="The address of a proxy that encrypts: its X-Forwarded-For and X-Forwarded-Proto are believed. Needs accounts.",
)  # fmt: skip
@click.option("--certificate", metavar="FILE", shell_complete=names_of_files, help="Encrypt with this certificate (PEM), without a proxy.")
@click.option("--key", metavar="FILE", shell_complete=names_of_files, help="The key of the certificate, where it stands in another file.")
def serve(
    case: str,
    host: str,
    port: int,
    open_it: bool,
    names: tuple[str, ...],
    proxies: tuple[str, ...],
    certificate: str | None,
    key: str | None,
) -> int:
    """Show a case as pages in a browser, until Ctrl-C.

    Only this machine can reach it, unless other names or addresses are given. Reports may be added meanwhile; every page shows
    what is there when it is loaded.
    """
    if key is not None and certificate is None:
        raise click.UsageError("--key is the key of a certificate; give --certificate too")
    from dragoman.faces.cli import serve_command

    return serve_command.run(serve_command.Request(case, host, port, open_it, names, proxies, certificate, key))
