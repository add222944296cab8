"""Who a request comes from: a program by its token, a browser by its session, this machine's user where there are no accounts."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from dragoman.faces.web.access import sessions, tokens
from dragoman.faces.web.access.entrance import Entrance
from dragoman.faces.web.access.visitor import Visitor
from dragoman.faces.web.problems import Refused

BEARER = {"WWW-Authenticate": 'Bearer realm="dragoman"'}


def identified(entrance: Entrance, request: Request) -> Visitor | None:
    """The visitor; None for nobody. Raises Refused for a token that is none, whatever cookie comes with it, and StoreError."""
    if not entrance.guarded():
        return Visitor(entrance.author, "admin", entrance.form_token("local"))
    if (shown := request.headers.get("authorization")) is not None:
        return _by_token(entrance, shown)
    secret = session_of(entrance, request)
    if (account := sessions.whose(entrance.house, secret)) is None:
        return None
    return Visitor(account.name, account.role, sessions.form_token(secret), signed_in=True)


def _by_token(entrance: Entrance, shown: str) -> Visitor:
    kind, _, secret = shown.strip().partition(" ")
    found = tokens.whose(entrance.house, secret.strip()) if kind.lower() == "bearer" else None
    if found is None:
        raise Refused(
            401, "This token opens nothing", "It is unknown, over, or was taken back; expected `Authorization: Bearer TOKEN`.",
            "Ask for another one: `dragoman user token NAME`.", headers=BEARER,
        )  # fmt: skip
    account, role = found
    return Visitor(account.name, role, "", by_token=True)


def address_of(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else ""


# --- the cookie of a session


def cookie_of(entrance: Entrance, request: Request) -> str:
    """The cookie's name. Without encryption all ports of a machine share their cookies, so that each house has its own."""
    if request.url.scheme == "https":
        return "__Host-dragoman"
    return "dragoman-" + hashlib.sha256(str(entrance.house.path).encode("utf-8", "replace")).hexdigest()[:8]


def session_of(entrance: Entrance, request: Request) -> str:
    """The secret of the session that a browser brings, "" for none."""
    return request.cookies.get(cookie_of(entrance, request), "")[:200]


def bring(response: Response, entrance: Entrance, request: Request, secret: str) -> None:
    """Gives a browser its session; "" takes it away."""
    response.set_cookie(
        cookie_of(entrance, request), secret, max_age=int(sessions.LONGEST_S) if secret else 0, path="/", httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )  # fmt: skip
