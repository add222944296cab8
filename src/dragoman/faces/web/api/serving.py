"""From a request to JSON: what was asked is checked, answered, and given with its ETag and the addresses of its other parts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.errors import QueryError, SchemaError
from dragoman.faces.cli.answers import json_text
from dragoman.faces.web import address as addresses
from dragoman.faces.web.access.guard import required
from dragoman.faces.web.access.visitor import visitor_of
from dragoman.faces.web.address import Address, number
from dragoman.faces.web.api.openapi import document, parameters
from dragoman.faces.web.api.question import BASE, Answered, Question, Window
from dragoman.faces.web.api.routes import PAGING, QUESTIONS
from dragoman.faces.web.desk import Desk
from dragoman.faces.web.page import Asked
from dragoman.faces.web.problems import Refused, senseless
from dragoman.faces.web.state import state

_JSON = "application/json"
_LIST = f"{BASE}/openapi.json lists the addresses and what they take."


def routes(desk: Desk) -> list[BaseRoute]:
    """All addresses of the API."""
    told = json_text(document()).encode("utf-8")
    tag = _tag(told.decode("utf-8"))

    async def described(request: Request) -> Response:
        return _response(request, tag, lambda: (told, {}))

    found: list[BaseRoute] = [Route(f"{BASE}/openapi.json", described, methods=["GET"])]
    return found + [Route(BASE + question.path, _endpoint(desk, question), methods=["GET"]) for question in QUESTIONS]


def _endpoint(desk: Desk, question: Question) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        required(visitor_of(request), question.role)
        return await desk.ask(lambda case: _answered(case, request, question), snapshot=question.snapshot)

    return endpoint


def _answered(case: Case, request: Request, question: Question) -> Response:
    """The answer; or only that nothing has changed, where the asker knows it already."""
    item = request.path_params.get("item", "")
    try:
        address = addresses.read(request.url.path, request.query_params.multi_items(), [one.name for one in parameters(question)])
        _check(address, question)
        window = _window(address, question)
        asked = Asked(address, Filters(), item, visitor=visitor_of(request))
        beside = question.beside(case, asked) if question.beside else ""
        tag = _tag(str(address), *map(str, state(case)), beside)
        return _response(request, tag, lambda: _written(case, replace(asked, filters=_filters(case, address)), question, window))
    except Refused as problem:
        raise Refused(problem.status, problem.title, problem.found, _LIST) from None
    except QueryError as problem:
        status, title = (404, "Not in this case") if item else (400, "This question cannot be answered")
        raise Refused(status, title, f"{problem}.", _LIST) from None
    except SchemaError as problem:
        raise Refused(500, "This report cannot be shown", str(problem), "`dragoman reread CASE` reads it again.") from None


def _check(address: Address, question: Question) -> None:
    """Refuses what is given and empty, which a form of a page may send; all else is refused by what reads it."""
    for one in parameters(question):
        if address.get(one.name) == "":
            raise senseless(f"{one.name} is empty; leave it out, or give it a value.")


def _filters(case: Case, address: Address) -> Filters:
    """The filters of an address. An actor or a thread that the case does not have is not found; all else makes no sense."""
    named = {name: value for name in ("actor", "thread") if (value := address.get(name))}
    try:
        ids = addresses.filters(case, Address(address.path, named))
    except Refused as problem:
        raise Refused(404, "Not in this case", problem.found, _LIST) from None
    found = {name: getattr(ids, name) for name in named}
    return addresses.filters(case, Address(address.path, {**address.given, **found}))


def _written(case: Case, asked: Asked, question: Question, window: Window) -> tuple[bytes, dict[str, str]]:
    found = question.ask(case, asked, window)
    headers = {} if found.total is None else {"X-Total-Count": str(found.total), **_links(asked.address, window, found)}
    return (json_text(found.items) + "\n").encode("utf-8", "replace"), headers


def _response(request: Request, tag: str, make: Callable[[], tuple[bytes, dict[str, str]]]) -> Response:
    if _known(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers={"ETag": tag})
    body, headers = make()
    return Response(body, media_type=_JSON, headers={"ETag": tag, **headers})


def _tag(*parts: str) -> str:
    """A tag of the address and the case's state; another release of dragoman may answer otherwise, so its version is part of it."""
    told = "\0".join((metadata.version("dragoman"), *parts))
    return f'"{hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]}"'


def _known(given: str, tag: str) -> bool:
    """Whether If-None-Match names the tag; "W/" does not count, as HTTP has it."""
    return tag in (one.strip().removeprefix("W/") for one in given.split(","))


def _window(address: Address, question: Question) -> Window:
    if not question.paged:
        return Window(None, 0)
    limit, offset = (number(address, one.name, one.schema["default"], one.schema["maximum"]) for one in PAGING)
    return Window(limit or None, offset)


def _links(address: Address, window: Window, found: Answered) -> dict[str, str]:
    """Where the other parts are (RFC 8288)."""
    total = found.total or 0
    if window.limit is None:
        return {}
    step, at = window.limit, window.offset
    starts = {"first": 0, "last": max(total - 1, 0) // step * step}
    if at > 0:
        starts["prev"] = max(at - step, 0)
    if at + step < total:
        starts["next"] = at + step
    return {"Link": ", ".join(f'<{address.but(limit=step, offset=start)}>; rel="{name}"' for name, start in starts.items())}
