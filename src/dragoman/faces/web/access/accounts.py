"""Accounts: a name, a role, and what is kept of the password. They lie in the house, and hold for every case that is served from it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from dragoman.errors import InputError
from dragoman.faces.web.access.house import House
from dragoman.faces.web.access.roles import Role
from dragoman.reading.wording import one_line

_LONGEST = 64
_COLUMNS = "key, name, role, made, changed"


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in; `key` tells names apart that are written alike. `made` and `changed` are moments in UTC."""

    key: str
    name: str
    role: Role
    made: str
    changed: str


def moment(at: datetime | None = None) -> str:
    """A moment in UTC as it is kept; now without one."""
    return (at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")


def key_of(name: str) -> str:
    """What a name is known by: capitals, composition and blanks around do not count."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def checked_name(name: str) -> str:
    """A name that an account can have. Raises InputError."""
    found = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(found) <= _LONGEST or one_line(found) != found or not any(sign.isalnum() for sign in found):
        raise InputError("the name", f"{one_line(name)[:80]!r} is no name", f"give 1 to {_LONGEST} printable characters")
    return found


def accounts(house: House) -> list[Account]:
    """All accounts, by name."""
    return [Account(*row) for row in house.rows(f"SELECT {_COLUMNS} FROM accounts ORDER BY key")]


def exist(house: House) -> bool:
    """Whether there is any account, so that everybody signs in."""
    return bool(house.rows("SELECT 1 FROM accounts LIMIT 1"))


def account(house: House, name: str) -> Account | None:
    """The account of a name."""
    found = house.rows(f"SELECT {_COLUMNS} FROM accounts WHERE key = ?", key_of(name))
    return Account(*found[0]) if found else None


def known(house: House, name: str) -> Account:
    """The account of a name. Raises InputError where there is none."""
    if (found := account(house, name)) is None:
        raise _unknown(name)
    return found


def kept_password(house: House, name: str) -> str | None:
    """What is kept of the password of an account."""
    found = house.rows("SELECT password FROM accounts WHERE key = ?", key_of(name))
    return str(found[0][0]) if found else None


def add(house: House, name: str, role: Role, password: str) -> Account:
    """Makes an account; `password` is what is kept of it. Raises InputError where there is one of that name."""
    found = Account(key_of(name), name, role, moment(), moment())
    with house.writing() as database:
        made = database.execute(
            "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (found.key, found.name, found.role, password, found.made, found.changed),
        )  # fmt: skip
        if made.rowcount != 1:
            raise InputError(name, "there is such an account", "choose another name, or see `dragoman user list`")
    return found


def set_role(house: House, name: str, role: Role) -> None:
    """Gives an account another role, which holds from the next page on. Raises InputError where there is none."""
    _change(house, name, "role", role)


def set_password(house: House, name: str, password: str) -> None:
    """Gives an account another password and ends its sessions. Raises InputError where there is none."""
    with house.writing() as database:
        _change(house, name, "password", password)
        database.execute("DELETE FROM sessions WHERE account = ?", (key_of(name),))
        database.execute("DELETE FROM attempts WHERE key = ?", (f"account {key_of(name)}",))


def remove(house: House, name: str) -> None:
    """Takes an account away, with its sessions and tokens. Raises InputError where there is none."""
    with house.writing() as database:
        if database.execute("DELETE FROM accounts WHERE key = ?", (key_of(name),)).rowcount != 1:
            raise _unknown(name)


def _change(house: House, name: str, column: str, value: str) -> None:
    with house.writing() as database:
        done = database.execute(f"UPDATE accounts SET {column} = ?, changed = ? WHERE key = ?", (value, moment(), key_of(name)))
        if done.rowcount != 1:
            raise _unknown(name)


def _unknown(name: str) -> InputError:
    return InputError(one_line(name)[:80], "there is no such account", "see `dragoman user list`")


def strengthen(house: House, found: Account, before: str, password: str) -> None:
    """Keeps the same password with better settings, unless it was changed meanwhile."""
    with house.writing() as database:
        database.execute("UPDATE accounts SET password = ? WHERE key = ? AND password = ?", (password, found.key, before))
