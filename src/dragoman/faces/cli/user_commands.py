"""The commands below `user`, with their options. Nothing but click is imported until one runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from dragoman.faces.web.access.roles import Role, Scope

_ROLES = ("reader", "reviewer", "editor", "admin")
_SCOPES = ("read", "review", "edit", "admin")
_stdin = click.option("--password-stdin", "from_stdin", is_flag=True, help="Take the password from standard input, as one line.")


@click.group(
    epilog="""\b
Examples:
  dragoman user add "Ada Holm" --role admin
  dragoman user role "Ada Holm" editor
  dragoman user token "Ada Holm" --scope read --days 30
As soon as there is an account, everybody signs in to `dragoman serve`, also on this machine. Accounts lie in the
file that DRAGOMAN_HOUSE names, without it in ~/.local/share/dragoman/workspace.db."""
)
def user() -> None:
    """Say who may come into the workspace.

    A reader looks; a reviewer also decides what waits for review and keeps alerts; an editor also corrects, renames and joins; an
    admin also sees who did what.
    """


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), required=True, help="What the account may do.")
@_stdin
def add(name: str, role: str, from_stdin: bool) -> int:
    """Make an account; the password is asked for twice."""
    from dragoman.faces.cli import user_command

    return user_command.add(name, cast("Role", role), from_stdin)


@user.command("list")
def listing() -> int:
    """List the accounts."""
    from dragoman.faces.cli import user_command

    return user_command.listing()


@user.command()
@click.argument("name")
@click.argument("role", type=click.Choice(_ROLES))
def role(name: str, role: str) -> int:
    """Give an account another role."""
    from dragoman.faces.cli import user_command

    return user_command.role(name, cast("Role", role))


@user.command()
@click.argument("name")
@_stdin
def password(name: str, from_stdin: bool) -> int:
    """Give an account another password, which ends its sessions."""
    from dragoman.faces.cli import user_command

    return user_command.password(name, from_stdin)


@user.command()
@click.argument("name")
def remove(name: str) -> int:
    """Take an account away, with its sessions and tokens."""
    from dragoman.faces.cli import user_command

    return user_command.remove(name)


@user.command()
@click.argument("name")
@click.option("--scope", type=click.Choice(_SCOPES), required=True, help="What it may do, at most what the account may.")
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, metavar="N", help="How long it holds.")
def token(name: str, scope: str, days: int) -> int:
    """Make a token for a program, and show it this once.

    The program sends it as `Authorization: Bearer TOKEN`.
    """
    from dragoman.faces.cli import user_command

    return user_command.token(name, cast("Scope", scope), days)


@user.command()
@click.argument("name", required=False)
def tokens(name: str | None) -> int:
    """List the tokens of an account, or all."""
    from dragoman.faces.cli import user_command

    return user_command.all_tokens(name)


@user.command()
@click.argument("token", metavar="ID")
def revoke(token: str) -> int:
    """Take a token back, by the ID that `tokens` lists."""
    from dragoman.faces.cli import user_command

    return user_command.revoke(token)
