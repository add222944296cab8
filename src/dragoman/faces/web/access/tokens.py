"""Tokens, by which a program comes in: shown once, kept as a hash, each with a scope and an end."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dragoman.errors import InputError, StoreError
from dragoman.faces.web.access.accounts import Account, key_of, known, moment
from dragoman.faces.web.access.house import House
from dragoman.faces.web.access.roles import SCOPES, Role, Scope, lesser
from dragoman.reading.wording import one_line

DAYS = 90
_BEGINS = "dragoman_"


@dataclass(frozen=True)
class Token:
    """A token without its secret: whose, for what, and from when to when; `used` is the day of its last use, "" for none."""

    id: str
    name: str
    scope: Scope
    made: str
    ends: str
    used: str

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.ends <= moment()


def make(house: House, name: str, scope: Scope, days: int = DAYS) -> tuple[Token, str]:
    """Makes a token; its secret is never seen again. Raises InputError where there is no such account."""
    secret = _BEGINS + secrets.token_urlsafe(32)
    ends = moment(datetime.now(UTC) + timedelta(days=days))
    with house.writing() as database:
        owner = known(house, name)
        made = Token(secrets.token_hex(4), owner.name, scope, moment(), ends, "")
        values = (made.id, _hash(secret), owner.key, scope, made.made, ends)
        database.execute("INSERT INTO tokens (id, hash, account, scope, made, ends) VALUES (?, ?, ?, ?, ?, ?)", values)
    return made, secret


def tokens(house: House, name: str | None = None) -> list[Token]:
    """The tokens of an account, or all."""
    question = "SELECT t.id, a.name, t.scope, t.made, t.ends, t.used FROM tokens t JOIN accounts a ON a.key = t.account"
    end = " ORDER BY a.key, t.made, t.id"
    found = house.rows(question + end) if name is None else house.rows(f"{question} WHERE a.key = ?{end}", key_of(name))
    return [Token(*row) for row in found]


def revoke(house: House, id: str, name: str | None = None) -> None:
    """Takes a token away, if it is that of `name` where one is given. Raises InputError where there is none."""
    with house.writing() as database:
        owner = "" if name is None else " AND account = ?"
        values = (id,) if name is None else (id, key_of(name))
        if database.execute(f"DELETE FROM tokens WHERE id = ?{owner}", values).rowcount != 1:
            raise InputError(one_line(id)[:40], "there is no such token", "see `dragoman user tokens`")


def whose(house: House, secret: str) -> tuple[Account, Role] | None:
    """Whose token it is, and what may be done by it: what its scope and the owner's role both allow. None where it is none or over."""
    if not secret.startswith(_BEGINS):
        return None
    found = house.rows(
        """SELECT a.key, a.name, a.role, a.made, a.changed, t.id, t.scope, t.used FROM tokens t JOIN accounts a ON a.key = t.account
           WHERE t.hash = ? AND t.ends > ?""",
        _hash(secret), moment(),
    )  # fmt: skip
    if not found:
        return None
    *told, id, scope, used = found[0]
    if used != (today := moment()[:10]):
        with suppress(StoreError), house.writing() as database:
            database.execute("UPDATE tokens SET used = ? WHERE id = ?", (today, id))
    owner = Account(*told)
    allowed: Scope = scope
    return owner, lesser(owner.role, SCOPES[allowed])


def _hash(secret: str) -> str:
    return hashlib.sha256(b"token " + secret.encode("utf-8", "replace")).hexdigest()
