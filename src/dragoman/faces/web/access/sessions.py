"""Sessions: what a browser brings to be known again. Only a hash is kept; a session ends when it lies idle, and at the latest in a week."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from contextlib import suppress

from dragoman.errors import StoreError
from dragoman.faces.web.access.accounts import Account, key_of
from dragoman.faces.web.access.house import House

IDLE_S = 12 * 3600.0
LONGEST_S = 7 * 24 * 3600.0
_MOST = 20
"""So many sessions an account has at once: the one that was seen longest ago gives way."""
_TOUCH_S = 60.0


def begin(house: House, account: Account, before: str = "") -> str:
    """Begins a session and ends the one that the browser had `before`; what is returned is for its cookie alone."""
    secret = secrets.token_urlsafe(32)
    now = time.time()
    with house.writing() as database:
        database.execute("DELETE FROM sessions WHERE hash = ? OR seen < ? OR begun < ?", (_hash(before), now - IDLE_S, now - LONGEST_S))
        database.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_hash(secret), account.key, now, now))
        latest = "SELECT hash FROM sessions WHERE account = ? ORDER BY seen DESC LIMIT ?"
        database.execute(f"DELETE FROM sessions WHERE account = ? AND hash NOT IN ({latest})", (account.key, account.key, _MOST))
    return secret


def whose(house: House, secret: str) -> Account | None:
    """Whose session it is; None where there is none, or where it has ended."""
    if not secret:
        return None
    now = time.time()
    found = house.rows(
        """SELECT a.key, a.name, a.role, a.made, a.changed, s.seen FROM sessions s JOIN accounts a ON a.key = s.account
           WHERE s.hash = ? AND s.seen >= ? AND s.begun >= ?""",
        _hash(secret), now - IDLE_S, now - LONGEST_S,
    )  # fmt: skip
    if not found:
        return None
    *told, seen = found[0]
    if now - seen > _TOUCH_S:
        with suppress(StoreError), house.writing() as database:  # somebody else is writing: the next page notes it
            database.execute("UPDATE sessions SET seen = ? WHERE hash = ?", (now, _hash(secret)))
    return Account(*told)


def end(house: House, secret: str) -> None:
    """Ends a session."""
    with house.writing() as database:
        database.execute("DELETE FROM sessions WHERE hash = ?", (_hash(secret),))


def end_all(house: House, name: str) -> None:
    """Ends all sessions of an account."""
    with house.writing() as database:
        database.execute("DELETE FROM sessions WHERE account = ?", (key_of(name),))


def count(house: House, account: Account) -> int:
    """How many sessions of an account have not ended."""
    now = time.time()
    question = "SELECT count(*) FROM sessions WHERE account = ? AND seen >= ? AND begun >= ?"
    return int(house.rows(question, account.key, now - IDLE_S, now - LONGEST_S)[0][0])


def form_token(secret: str) -> str:
    """What the forms of a session bring back: made of its secret, which cannot be told from it."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()


def _hash(secret: str) -> str:
    return hashlib.sha256(b"session " + secret.encode("utf-8", "replace")).hexdigest()
