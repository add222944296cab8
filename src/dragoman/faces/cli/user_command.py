"""`dragoman user`: accounts and tokens of the workspace, kept in its house; whoever may write that file is above all accounts."""

from __future__ import annotations

import sys
from collections import Counter

import click

from dragoman.errors import InputError
from dragoman.faces.cli.messages import tell
from dragoman.faces.web.access import accounts, audit, passwords, tokens
from dragoman.faces.web.access.entrance import local_author
from dragoman.faces.web.access.house import House, the_house
from dragoman.faces.web.access.roles import MAY, Role, Scope
from dragoman.reading.wording import one_line

_FROM = "command line"


def add(name: str, role: Role, from_stdin: bool) -> int:
    """Makes an account."""
    passwords.need()
    house, name = the_house(), accounts.checked_name(name)
    if accounts.account(house, name) is not None:
        raise InputError(name, "there is such an account", "choose another name, or see `dragoman user list`")
    first = not accounts.exist(house)
    accounts.add(house, name, role, passwords.hashed(_password(from_stdin), name))
    _noted(house, "account", f"added {name} as {role}")
    click.echo(f"{name} signs in as {role}, and {MAY[role]}")
    if first:
        tell("from now on everybody signs in, also on this machine; one admin at least should be among the accounts")
    return 0


def listing() -> int:
    """All accounts."""
    house = the_house()
    found = accounts.accounts(house)
    if not found:
        tell("there are no accounts: whoever uses this machine may do everything in the workspace")
        return 0
    width = max(len(one.name) for one in found)
    counts = Counter(one.name for one in tokens.tokens(house))
    for one in found:
        many = counts[one.name]
        held = "" if not many else "  1 token" if many == 1 else f"  {many} tokens"
        click.echo(f"{one.name:<{width}}  {one.role:<8}  since {one.made[:10]}{held}")
    return 0


def role(name: str, role: Role) -> int:
    """Gives an account another role."""
    house = the_house()
    accounts.set_role(house, name, role)
    _noted(house, "account", f"{_shown(name)} is {role} now")
    click.echo(f"{_shown(name)} is {role} from the next page on, and {MAY[role]}")
    return 0


def password(name: str, from_stdin: bool) -> int:
    """Gives an account another password."""
    passwords.need()
    house = the_house()
    accounts.known(house, name)  # told before a password is asked for
    accounts.set_password(house, name, passwords.hashed(_password(from_stdin), name))
    _noted(house, "account", f"gave {_shown(name)} another password")
    click.echo(f"{_shown(name)} has another password, and signs in again everywhere")
    return 0


def remove(name: str) -> int:
    """Takes an account away."""
    house = the_house()
    accounts.remove(house, name)
    _noted(house, "account", f"removed {_shown(name)}")
    click.echo(f"{_shown(name)} is removed, with sessions and tokens; decisions stay in the log under that name")
    if not accounts.exist(house):
        tell("there are no accounts any more: a workspace that is started now lets in whoever uses this machine, and nobody else")
    return 0


def token(name: str, scope: Scope, days: int) -> int:
    """Makes a token and shows it, this once."""
    house = the_house()
    made, secret = tokens.make(house, name, scope, days)
    _noted(house, "token", f"made {made.id} for {made.name}, scope {scope}, until {made.ends[:10]}")
    tell(f"token {made.id} of {made.name} may {scope} until {made.ends[:10]}; it is shown this once, so keep it now")
    click.echo(secret)
    return 0


def all_tokens(name: str | None) -> int:
    """The tokens, without their secrets."""
    house = the_house()
    if name is not None:
        accounts.known(house, name)
    found = tokens.tokens(house, name)
    if not found:
        tell("there are no tokens")
    for one in found:
        state = "over since" if one.over else "until"
        click.echo(f"{one.id}  {one.name}  {one.scope}  {state} {one.ends[:10]}  {f'last used {one.used}' if one.used else 'never used'}")
    return 0


def revoke(id: str) -> int:
    """Takes a token back."""
    house = the_house()
    tokens.revoke(house, id)
    _noted(house, "token", f"took back {_shown(id)}")
    click.echo(f"the token {_shown(id)} opens nothing any more")
    return 0


def _password(from_stdin: bool) -> str:
    """A password, asked for twice and not shown, or the first line of standard input."""
    if from_stdin:
        line = sys.stdin.buffer.readline(4096)
        try:
            return line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputError("the password", "it is not UTF-8", "send it as UTF-8, on one line") from None
    if not sys.stdin.isatty():
        raise click.UsageError("nobody can be asked for a password here; send it with --password-stdin")
    told: str = click.prompt(f"Password ({passwords.SHORTEST} characters or more)", hide_input=True, confirmation_prompt="Once more")
    return told


def _noted(house: House, kind: audit.Kind, about: str) -> None:
    audit.note(house, kind, local_author(), _FROM, about)


def _shown(name: str) -> str:
    return one_line(name)[:80]
