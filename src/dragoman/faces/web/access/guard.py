"""The guard: tells for each request who asks, and sends away whoever may not be here, before any page is looked for."""

from __future__ import annotations

import time
from urllib.parse import quote

from anyio.to_thread import run_sync
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.errors import StoreError
from dragoman.faces.web.access import audit
from dragoman.faces.web.access.entrance import Entrance
from dragoman.faces.web.access.identity import BEARER, address_of, identified, session_of
from dragoman.faces.web.access.roles import Role, allows
from dragoman.faces.web.access.visitor import Visitor, let_in
from dragoman.faces.web.problems import Refused, refusal, unavailable, wants_json
from dragoman.faces.web.templating import render

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
OPEN, OPEN_BELOW = (SIGN_IN,), ("/static/", "/feeds/")
"""What nobody needs to be known for; a feed's address is its own key."""
_LONGEST_WAY = 2000
_MINUTE_S, _MOST_ADDRESSES = 60.0, 1000


class Guard:
    """Stands before the pages; behind it `visitor_of` knows who asks."""

    def __init__(self, app: ASGIApp, entrance: Entrance) -> None:
        self._app = app
        self._entrance = entrance
        self._noted_at: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"] in OPEN or scope["path"].startswith(OPEN_BELOW):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            visitor = await self._visitor(request)
        except Refused as problem:
            await self._noted(address_of(request))
            await refusal(problem, request)(scope, receive, send)
            return
        except StoreError as problem:
            await refusal(unavailable(problem), request)(scope, receive, send)
            return
        if visitor is None:
            await _to_sign_in(self._entrance, request)(scope, receive, send)
            return
        let_in(scope, visitor)
        own = visitor.signed_in or visitor.by_token
        await self._app(scope, receive, _not_kept(send) if own else send)

    async def _visitor(self, request: Request) -> Visitor | None:
        entrance = self._entrance
        if not entrance.closed and not entrance.house.exists():  # so it is for most: nothing has to be looked up
            return identified(entrance, request)
        return await run_sync(identified, entrance, request)

    async def _noted(self, address: str) -> None:
        """Writes down that a token was none, once in a minute for an address: whoever tries many must not keep the house busy."""
        now = time.monotonic()
        if now - self._noted_at.get(address, -_MINUTE_S) < _MINUTE_S:
            return
        if len(self._noted_at) >= _MOST_ADDRESSES:
            self._noted_at.clear()
        self._noted_at[address] = now
        await run_sync(audit.noted, self._entrance.house, "refused", "", address, "a token that opens nothing")


def _not_kept(send: Send) -> Send:
    """What is shown to somebody who signed in is kept by no browser, so that nobody finds it there after they have left."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Cache-Control", "no-store")
            headers.add_vary_header("Cookie")
            headers.add_vary_header("Authorization")
        await send(message)

    return sending


def _to_sign_in(entrance: Entrance, request: Request) -> Response:
    """A page leads to the sign-in and from there back; a program, and a form that is sent, is told."""
    problem = Refused(401, "You are not signed in", "This workspace has accounts.", "Sign in first.", (SIGN_IN, "Sign in"), BEARER)
    if request.method not in ("GET", "HEAD") or wants_json(request):
        return refusal(problem, request)
    if request.headers.get("sec-fetch-site") == "cross-site" and not session_of(entrance, request):
        # A strict cookie does not come along from another site (a link in a mail): the page asks for itself once more, as its own
        return HTMLResponse(render("arrived.html", {"to": _way(request)}), headers={"Cache-Control": "no-store"})
    way = _way(request)
    return RedirectResponse(SIGN_IN if way == "/" else f"{SIGN_IN}?to={quote(way, safe='')}", 303, {"Cache-Control": "no-store"})


def _way(request: Request) -> str:
    """The address that was asked for, from its path on."""
    query = f"?{request.url.query}" if request.url.query else ""
    way = quote(request.url.path, safe="/%") + query
    return own(way)


def own(way: str) -> str:
    """An address of the workspace itself; the first page for what is none, or leads elsewhere."""
    ours = way.startswith("/") and not way.startswith("//") and "\\" not in way and way.isprintable() and len(way) <= _LONGEST_WAY
    return way if ours and not way.startswith((SIGN_IN, SIGN_OUT)) else "/"


def required(visitor: Visitor, role: Role) -> None:
    """Refuses a visitor who may not do what a role may."""
    if not allows(visitor.role, role):
        raise Refused(
            403, "You may not do this", f"It needs the role {role}; you are here as {visitor.role}.", "Ask whoever keeps the accounts."
        )
