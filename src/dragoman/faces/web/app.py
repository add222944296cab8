"""The application: takes a request to its page, the page to its template, and every error to a page of its own."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from dragoman.case.case import Case
from dragoman.errors import QueryError, SchemaError, StoreError
from dragoman.faces.cli.answers import write
from dragoman.faces.web import address as addresses
from dragoman.faces.web.api import serving as api
from dragoman.faces.web.desk import Desk
from dragoman.faces.web.frame import as_of_day, days_of, frame
from dragoman.faces.web.page import Asked, Way
from dragoman.faces.web.pages import network
from dragoman.faces.web.problems import Refused, not_found, not_yet, refusal, senseless
from dragoman.faces.web.remembered import Remembered
from dragoman.faces.web.routes import WAYS
from dragoman.faces.web.security import Gate
from dragoman.faces.web.state import state
from dragoman.faces.web.templating import render
from dragoman.reading.wording import one_line

_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "svg": "image/svg+xml; charset=utf-8", "png": "image/png"}
_YEAR_S = 365 * 24 * 3600
_PLAIN = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True)
class Workspace:
    """What all pages share: the threads that ask the case, and the pages that were made a moment ago."""

    desk: Desk
    made: Remembered = field(default_factory=Remembered)


def application(location: str) -> ASGIApp:
    """The workspace of one case. The case is opened when the first page is asked for."""
    desk = Desk(location)
    workspace = Workspace(desk)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.close()

    routes = [route for way in WAYS for route in _routes(workspace, way)]
    routes += api.routes(desk)
    routes.append(Mount("/static", _Static(directory=str(resources.files("dragoman.faces.web").joinpath("static")))))
    handlers: dict[Any, Callable[[Request, Any], Response]] = {
        Refused: lambda request, problem: refusal(problem, request.url.path),
        StoreError: lambda request, problem: refusal(_unavailable(problem), request.url.path),
        HTTPException: lambda request, problem: refusal(_of_status(problem.status_code), request.url.path),
        Exception: lambda request, problem: refusal(_BROKEN, request.url.path),
    }
    return Gate(Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan))


class _Static(StaticFiles):
    """Our own files: their addresses change with their content, so that a browser may keep them."""

    def file_response(self, *given: Any, **named: Any) -> Response:
        """The file, to be kept for a year."""
        response = super().file_response(*given, **named)
        response.headers["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable"
        return response


_BROKEN = Refused(
    500, "This page could not be made", "Something in the workspace is at fault, not in what you asked.",
    "The case is as it was. Please report the line that `dragoman serve` printed.",
)  # fmt: skip


def _of_status(status: int) -> Refused:
    if status == 404:
        return not_found("There is no such page.")
    return Refused(status, "This cannot be answered", "The request was not understood.", "Begin again from the menu.")


def _unavailable(problem: StoreError) -> Refused:
    return Refused(503, "The case cannot be opened now", f"{problem.where}: {problem.found}.", f"What helps: {problem.remedy}.")


# --- from a request to an answer


def _routes(workspace: Workspace, way: Way) -> list[BaseRoute]:
    """The files go first: "/actors/{item}" would take "A1.csv" for an id."""
    made: list[BaseRoute] = [Route(way.path, _page(workspace, way), methods=["GET"])]
    if way.load is not None:
        place = "/threads" if way.path == "/" else way.path
        made.insert(0, Route(place + ".{form}", _file(workspace.desk, way), methods=["GET"]))
    return made


def _known(way: Way) -> tuple[str, ...]:
    return (*way.narrows, *way.takes, *(("day",) if "as_of" in way.narrows else ()))


def _asked(case: Case, request: Request, way: Way) -> Asked:
    path = request.url.path
    address = addresses.read(path, request.query_params.multi_items(), _known(way))
    item = request.path_params.get("item", "")
    return Asked(address, addresses.filters(case, address), item, request.cookies.get(_cookie(case), ""))


def _page(workspace: Workspace, way: Way) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        return await workspace.desk.ask(lambda case: _shown(case, request, way, workspace.made))

    return endpoint


def _shown(case: Case, request: Request, way: Way, made: Remembered) -> Response:
    """The page, or the way to its address without blanks, where a form has sent them."""
    given = addresses.read(request.url.path, request.query_params.multi_items(), _known(way))
    key = (str(given), state(case))
    if (known := made.get(key)) is not None:
        return HTMLResponse(known)
    days = days_of(case)
    if (plain := _plain(given, days)) != given:
        return RedirectResponse(str(plain), 303)
    asked = _asked(case, request, way)
    try:
        page = way.show(case, asked)
    except QueryError as problem:
        raise _unanswered(case, asked, problem) from None
    except SchemaError as problem:
        raise Refused(500, "This report cannot be shown", str(problem), "`dragoman reread CASE` reads it again.") from None
    text = render(way.template, frame(case, way, asked, page, days))
    response = HTMLResponse(text)
    if page.seen:
        response.set_cookie(_cookie(case), page.seen, max_age=_YEAR_S, httponly=True, samesite="strict")
    else:
        made.put(key, text)
    return response


def _unanswered(case: Case, asked: Asked, problem: QueryError) -> Refused:
    """What a page says that cannot be made: there is no such item, or not yet on that day, or the question makes no sense."""
    if not asked.item:
        return senseless(f"{problem}.")
    if asked.filters.as_of and _there(case, asked.item):
        return not_yet(f"The record as of {asked.filters.as_of} does not hold {asked.item}.", str(asked.address.but(as_of=None)))
    return not_found(f"The case has no {one_line(asked.item[:60])}.")


def _there(case: Case, item: str) -> bool:
    try:
        case.show(item)
    except QueryError:
        return False
    return True


def _plain(given: addresses.Address, days: tuple[str, ...]) -> addresses.Address:
    found = addresses.Address(given.path, {name: value for name, value in given.given.items() if value})
    if found.get("day") is None:
        return found
    number = addresses.number(found, "day", 0, 999_999_999)
    return as_of_day(found, days, number) if days else found.but(day=None)


def _cookie(case: Case) -> str:
    """The cookie's name: all ports of this machine share cookies, so each case has its own."""
    return "seen-" + hashlib.sha256(case.store.location.encode("utf-8", "replace")).hexdigest()[:12]


def _file(desk: Desk, way: Way) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        return await desk.ask(lambda case: _loaded(case, request, way))

    return endpoint


def _loaded(case: Case, request: Request, way: Way) -> Response:
    """What the command line writes for the same question."""
    form = request.path_params["form"]
    if form not in _forms(way):
        raise not_found(f"There is no such file; it can be had as {' or '.join(_forms(way))}.")
    asked = _asked(case, request, way)
    try:
        data = _data(case, asked, way, form)
    except QueryError as problem:
        raise _unanswered(case, asked, problem) from None
    name = "-".join(filter(None, (_PLAIN.sub("-", request.url.path.strip("/").rpartition(".")[0]), asked.filters.as_of)))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(data, media_type=_TYPES[form], headers=headers)


def _forms(way: Way) -> tuple[str, ...]:
    """The formats in which a page can be had."""
    drawn = ("svg", "png") if network.has_png() else ("svg",)
    return (*(("csv", "json") if way.load else ()), *(drawn if way.draw else ()))


def _data(case: Case, asked: Asked, way: Way, form: str) -> bytes:
    if way.draw is not None and form in ("svg", "png"):
        drawn = way.draw(case, asked)
        return drawn.encode("utf-8", "replace") if form == "svg" else network.png(drawn)
    written = io.StringIO()
    if way.load is not None:
        write(way.load(case, asked), form, written)
    return written.getvalue().encode("utf-8", "replace")
