"""What the operator of a workspace has said about who may come in, and from where."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from dragoman.errors import InputError
from dragoman.faces import settings
from dragoman.faces.web.access import accounts
from dragoman.faces.web.access.house import House, the_house


@dataclass(frozen=True)
class Entrance:
    """How a workspace can be reached. `names` are the further names of it; `closed`: nobody comes in without an account, even if there
    is none. `author` is who visits on loopback while there are no accounts, "" for nobody known. `https`: a proxy or the server itself
    encrypts, and nobody signs in without.
    """

    names: tuple[str, ...] = ()
    closed: bool = False
    https: bool = False
    author: str = ""
    house: House = field(default_factory=the_house)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def guarded(self) -> bool:
        """Whether visitors must sign in. Raises StoreError."""
        return self.closed or accounts.exist(self.house)

    def form_token(self, whose: str) -> str:
        """What the forms bring back of those who have no session."""
        return hmac.new(self.secret, whose.encode(), hashlib.sha256).hexdigest()


def local_author() -> str:
    """Who decides on loopback while there are no accounts; "" where the settings tell nobody."""
    try:
        return settings.author() or ""
    except InputError:
        return ""
