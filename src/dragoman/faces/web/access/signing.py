"""Signing in and out."""

from __future__ import annotations

import math

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dragoman.faces.web.access import accounts, audit, passwords, sessions, throttle
from dragoman.faces.web.access.entrance import Entrance
from dragoman.faces.web.access.guard import SIGN_IN, SIGN_OUT, own
from dragoman.faces.web.access.identity import address_of, bring, identified, session_of
from dragoman.faces.web.access.sending import came_from_here, read, same, stale
from dragoman.faces.web.access.visitor import visitor_of
from dragoman.faces.web.problems import Refused, senseless
from dragoman.faces.web.templating import render

_AT_ONCE, _WAITING = 2, 20
"""So many passwords are checked at once, since each takes 64 MB; so many more may wait."""
_WRONG = "Name or password is wrong."


def routes(entrance: Entrance) -> list[BaseRoute]:
    """The addresses of signing in and out."""
    desk = _Desk(entrance)
    return [
        Route(SIGN_IN, desk.show, methods=["GET"]),
        Route(SIGN_IN, desk.sign_in, methods=["POST"]),
        Route(SIGN_OUT, desk.sign_out, methods=["POST"]),
    ]


class _Desk:
    """Lets people in, some at a time."""

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance
        self._checking = CapacityLimiter(_AT_ONCE)

    async def show(self, request: Request) -> Response:
        """The page to sign in; who is in already, or need not, is sent on."""
        way = own(request.query_params.get("to", ""))
        visitor = await run_sync(identified, self._entrance, request)
        return RedirectResponse(way, 303) if visitor is not None else self._page(request, way)

    async def sign_in(self, request: Request) -> Response:
        """A name and a password."""
        form = await read(request)
        if not came_from_here(request) or not same(form.token, self._entrance.form_token("sign-in")):
            raise stale()
        self._encrypted(request)
        if not passwords.available():
            raise Refused(503, "Nobody can sign in now", "The library argon2-cffi cannot be found.", "Run `pip install 'dragoman[serve]'`.")
        if self._checking.statistics().tasks_waiting >= _WAITING:
            raise Refused(503, "Too many sign in at once", f"{_WAITING} others are waiting.", "Wait a moment and try again.")
        name, password = form.values.get("name", ""), form.values.get("password", "")
        before, address = session_of(self._entrance, request), address_of(request)
        answer = await run_sync(self._checked, name, password, before, address, limiter=self._checking)
        way = own(form.values.get("to", ""))
        if isinstance(answer, float):
            seconds = math.ceil(answer)
            said = f"There were too many wrong passwords. Try again in {_spoken(seconds)}."
            return self._page(request, way, name, said, 429, {"Retry-After": str(seconds)})
        if answer is None:
            return self._page(request, way, name, _WRONG, 403)
        response = RedirectResponse(way, 303)
        bring(response, self._entrance, request, answer)
        return response

    async def sign_out(self, request: Request) -> Response:
        """Ends the session."""
        visitor = visitor_of(request)
        form = await read(request)
        if not visitor.signed_in:
            raise senseless("Nobody is signed in here.")
        if not came_from_here(request) or not same(form.token, visitor.form_token):
            raise stale()
        await run_sync(sessions.end, self._entrance.house, session_of(self._entrance, request))
        await run_sync(audit.noted, self._entrance.house, "signed out", visitor.name, address_of(request))
        response = RedirectResponse(SIGN_IN, 303)
        bring(response, self._entrance, request, "")
        return response

    def _checked(self, name: str, password: str, before: str, address: str) -> str | float | None:
        """The secret of the session that begins; seconds to wait; or None for a name or password that is wrong."""
        house = self._entrance.house
        if wait := throttle.attempt(house, name, address):
            audit.noted(house, "held back", "", address)
            return wait
        kept = accounts.kept_password(house, name)
        right = passwords.matches(kept, password)
        account = accounts.account(house, name)
        if not right or account is None or kept is None:
            audit.noted(house, "wrong password", account.name if account else "", address, "" if account else "no such account")
            return None
        throttle.succeeded(house, name, address)
        if passwords.is_old(kept):
            accounts.strengthen(house, account, kept, passwords.again(password))
        secret = sessions.begin(house, account, before)
        audit.noted(house, "signed in", account.name, address)
        return secret

    def _page(
        self, request: Request, way: str, name: str = "", said: str = "", status: int = 200, headers: dict[str, str] | None = None
    ) -> Response:
        self._encrypted(request)
        values = {"to": way, "name": name[:100], "said": said, "token": self._entrance.form_token("sign-in")}
        return HTMLResponse(render("sign_in.html", values), status, {"Cache-Control": "no-store", **(headers or {})})

    def _encrypted(self, request: Request) -> None:
        if self._entrance.https and request.url.scheme != "https":
            raise Refused(
                403, "This connection is not encrypted", "A password would travel open to everybody on the way.",
                "Open the workspace under its https:// address; a proxy before it must send X-Forwarded-Proto.",
            )  # fmt: skip


def _spoken(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 90 else f"{math.ceil(seconds / 60)} minutes"
