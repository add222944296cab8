"""The feeds of alerts: `/alerts/7.atom` for whoever may see the case, `/feeds/KEY/7.atom` for whoever has that address.

Feed readers cannot sign in, so the second address is its own key: it opens one feed and nothing else, until the owner gives another.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dragoman.case.case import Case
from dragoman.errors import InputError, StoreError
from dragoman.faces import settings
from dragoman.faces.alerts.alert import Alert, items_of, spoken
from dragoman.faces.alerts.atom import TYPE, feed, tag_of
from dragoman.faces.alerts.ledger import Ledger
from dragoman.faces.web.access.guard import required
from dragoman.faces.web.access.house import House, case_key
from dragoman.faces.web.access.visitor import visitor_of
from dragoman.faces.web.desk import Desk
from dragoman.faces.web.problems import Refused, senseless

BELOW = "/feeds/"
_MOST_PAGES = 1000
_LONGEST_NUMBER = 18  # digits: what a database holds
_NO_FEED = Refused(
    404, "There is no such feed", "Its address has ended, or never was.", "Its owner finds the present one on the alert's page."
)
_NOT_NOW = Refused(503, "The feed cannot be made now", "The case of it cannot be opened.", "Ask again in some minutes.")


def routes(desk: Desk, house: House) -> list[BaseRoute]:
    """The two addresses of each feed."""
    ledger = Ledger(house)
    return [
        Route("/alerts/{number}.atom", _endpoint(desk, ledger, by_key=False), methods=["GET"]),
        Route(BELOW + "{key}/{number}.atom", _endpoint(desk, ledger, by_key=True), methods=["GET"]),
    ]


def _endpoint(desk: Desk, ledger: Ledger, *, by_key: bool) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        if not by_key:
            required(visitor_of(request), "reader")
        page = _page(request)
        try:
            return await desk.ask(lambda case: _answer(case, ledger, request, page, by_key))
        except StoreError:
            if not by_key:
                raise
            raise _NOT_NOW from None  # whoever has the address of a feed need not be told where the case lies

    return endpoint


def _page(request: Request) -> int:
    given = request.query_params.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) <= 9 and 0 < int(given) <= _MOST_PAGES):
        raise senseless(f"page is no number from 1 to {_MOST_PAGES}.")
    return int(given)


def _answer(case: Case, ledger: Ledger, request: Request, page: int, by_key: bool) -> Response:
    alert = _alert(case, ledger, request, by_key)
    names = case.names(items_of(alert.wanted))
    here = f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"
    data = feed(ledger, alert, spoken(alert.wanted, names), _address() or here, here + request.url.path, page)
    headers = {"ETag": tag_of(data), "Cache-Control": "private, no-cache"}
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if headers["ETag"] in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=TYPE, headers=headers)


def _alert(case: Case, ledger: Ledger, request: Request, by_key: bool) -> Alert:
    number = request.path_params["number"]
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        raise _NO_FEED
    try:
        alert = ledger.alert(case_key(case.store.location), int(number))
    except InputError:
        raise _NO_FEED from None
    key = str(request.path_params.get("key", ""))
    if by_key and not hmac.compare_digest(key.encode("utf-8", "replace"), alert.feed_key.encode()):
        raise _NO_FEED
    return alert


def _address() -> str:
    try:
        return settings.address()
    except InputError:
        return ""
