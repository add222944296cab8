"""Passwords: kept as argon2id, and checked in the same time whether there is such an account or not."""

from __future__ import annotations

import importlib.util
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from dragoman.errors import InputError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 500


def available() -> bool:
    """Whether passwords can be checked here."""
    return importlib.util.find_spec("argon2") is not None


def need() -> None:
    """Raises InputError where the library for passwords lacks."""
    if not available():
        raise InputError("accounts", "the library argon2-cffi cannot be found", "run `pip install 'dragoman[serve]'`")


def hashed(password: str, name: str) -> str:
    """What is kept of a password. Raises InputError for one that is too easily guessed, and where the library lacks."""
    need()
    found = _plain(password)
    if not SHORTEST <= len(found) <= LONGEST:
        raise InputError(
            "the password", f"it has {len(found):,} characters", f"give {SHORTEST} to {LONGEST} characters; four random words do"
        )
    if len(set(found)) < 5 or found.casefold() in name.casefold() * 20:
        raise InputError("the password", "it is too easily guessed", "give another one; four random words do")
    return _hasher().hash(found)


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept; None where there is no account, which takes as long and never does."""
    from argon2.exceptions import InvalidHashError, VerificationError  # not everybody's

    stand_in = _stand_in()  # made for everybody alike, so that the first to ask learns nothing from the time either
    try:
        found = _hasher().verify(stand_in if kept is None else kept, _plain(password[: 2 * LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return found and kept is not None


def is_old(kept: str) -> bool:
    """Whether a password was kept with weaker settings than those of now."""
    return _hasher().check_needs_rehash(kept)


def again(password: str) -> str:
    """A password that was checked, kept with the settings of now."""
    return _hasher().hash(_plain(password))


def _plain(password: str) -> str:
    """The same password however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # not everybody's

    return PasswordHasher()


@cache
def _stand_in() -> str:
    return _hasher().hash("nobody's password")
