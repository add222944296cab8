"""Who asks: the visitor of a request, whom the guard has let in."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.types import Scope

from dragoman.faces.web.access.roles import Role

PLACE = "dragoman.visitor"


@dataclass(frozen=True)
class Visitor:
    """Somebody who may be here: the name of the account (the author of what is decided), the role, and what forms must bring back.

    On loopback without accounts it is the author of the settings, as admin; `name` is "" where the settings know nobody.
    `signed_in` tells a session, which can be ended, from a token and from loopback without accounts.
    """

    name: str
    role: Role
    form_token: str
    signed_in: bool = False
    by_token: bool = False


def visitor_of(request: HTTPConnection) -> Visitor:
    """The visitor of a request that the guard has let in. Raises LookupError where it has let nobody in, which is a fault of ours."""
    found = request.scope.get(PLACE)
    if not isinstance(found, Visitor):
        raise LookupError("no visitor was let in")
    return found


def let_in(scope: Scope, visitor: Visitor) -> None:
    """Notes who asks."""
    scope[PLACE] = visitor
