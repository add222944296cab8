"""The application: takes a request to its page, the page to its template, and every error to a page of its own."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from typing import Any

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.errors import QueryError, SchemaError, StoreError
from dragoman.faces.alerts.background import Watch
from dragoman.faces.cli.answers import write
from dragoman.faces.cli.messages import tell
from dragoman.faces.png import has_png, png
from dragoman.faces.web import address as addresses
from dragoman.faces.web import feeds
from dragoman.faces.web.access import audit, signing
from dragoman.faces.web.access.entrance import Entrance, local_author
from dragoman.faces.web.access.guard import Guard, required
from dragoman.faces.web.access.house import case_key
from dragoman.faces.web.access.identity import address_of
from dragoman.faces.web.access.roles import allows
from dragoman.faces.web.access.sending import came_from_here, read, same, stale
from dragoman.faces.web.access.visitor import PLACE, Visitor, visitor_of
from dragoman.faces.web.ahead import Ahead, make_ahead
from dragoman.faces.web.api import serving as api
from dragoman.faces.web.desk import Desk
from dragoman.faces.web.frame import as_of_day, days_of, frame
from dragoman.faces.web.page import Asked, Deed, Done, Sent, Way
from dragoman.faces.web.problems import Refused, not_found, not_taken, not_yet, refusal, senseless, unavailable, wants_json
from dragoman.faces.web.remembered import Made, Remembered
from dragoman.faces.web.routes import DEEDS, WAYS
from dragoman.faces.web.security import Gate
from dragoman.faces.web.settling import gather_places, keep_settled, settle_small
from dragoman.faces.web.sharing import Lately, stand_in, told_to
from dragoman.faces.web.state import state
from dragoman.faces.web.templating import render
from dragoman.reading.wording import one_line

_TYPES = {
    "csv": "text/csv; charset=utf-8", "json": "application/json", "svg": "image/svg+xml; charset=utf-8", "png": "image/png",
    "geojson": "application/geo+json", "md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8", "pdf": "application/pdf",
}  # fmt: skip
_YEAR_S = 365 * 24 * 3600
_PLAIN = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True)
class Workspace:
    """What all pages share: the threads that ask the case, the pages that were made a moment ago, and for whom."""

    desk: Desk
    made: Remembered = field(default_factory=Remembered)
    lately: Lately = field(default_factory=Lately)


def application(location: str, entrance: Entrance | None = None, address: str = "") -> ASGIApp:
    """The workspace of one case, for this machine alone where nothing else is said. The case is opened for the first page.

    `address` is where others reach it, for the links of what alerts send; the settings go before it.
    """
    entrance = entrance or Entrance(author=local_author())
    desk = Desk(location)
    workspace = Workspace(desk)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        beside = [asyncio.create_task(keep_settled(desk)), asyncio.create_task(gather_places(desk))]
        beside.append(asyncio.create_task(make_ahead(desk, workspace.lately, partial(_menu, workspace))))
        watch = Watch(location, entrance.house, address, tell)
        watch.start()
        yield
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await run_sync(watch.end)
        desk.close()

    routes = feeds.routes(desk, entrance.house)
    routes += [route for way in WAYS for route in _routes(workspace, way)]
    routes += [Route(deed.path, _deed(desk, deed, entrance), methods=["POST"]) for deed in DEEDS]
    routes += api.routes(desk)
    routes += signing.routes(entrance)
    routes.append(Mount("/static", _Static(directory=str(resources.files("dragoman.faces.web").joinpath("static")))))
    handlers: dict[Any, Callable[[Request, Any], Response]] = {
        Refused: lambda request, problem: _refused(entrance, request, problem),
        StoreError: lambda request, problem: refusal(unavailable(problem), request),
        HTTPException: lambda request, problem: refusal(_of_status(request, problem), request),
        Exception: lambda request, problem: refusal(_BROKEN, request),
    }
    pages = Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan)
    return Gate(Guard(pages, entrance), entrance.names)


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


_NAMELESS = Refused(
    403, "Nobody is known to decide", "The settings name no author, and there are no accounts.",
    "Start `dragoman serve` with DRAGOMAN_AUTHOR set, or make an account by `dragoman user add`.",
)  # fmt: skip


def _refused(entrance: Entrance, request: Request, problem: Refused) -> Response:
    """What is refused to somebody who is known is written down."""
    visitor = request.scope.get(PLACE)
    if problem.status == 403 and isinstance(visitor, Visitor) and (visitor.signed_in or visitor.by_token):
        audit.noted(entrance.house, "refused", visitor.name, address_of(request), f"{request.method} {request.url.path}")
    return refusal(problem, request)


def _of_status(request: Request, problem: HTTPException) -> Refused:
    if problem.status_code == 404:
        return not_found("There is no such page.")
    if problem.status_code == 405:
        return not_taken(request.method, (problem.headers or {}).get("Allow", "GET, HEAD"))
    return Refused(problem.status_code, "This cannot be answered", "The request was not understood.", "Begin again from the menu.")


# --- from a form to what it does


def _deed(desk: Desk, deed: Deed, entrance: Entrance) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        visitor = visitor_of(request)
        required(visitor, deed.role)
        form = await read(request)
        if not (visitor.by_token or (came_from_here(request) and same(form.token, visitor.form_token))):
            raise stale()
        if not visitor.name:
            raise _NAMELESS
        sent = Sent(form.values, request.path_params.get("item", ""), visitor, form.fields)
        done = await desk.change(lambda case: _done(case, deed, sent))
        if visitor.signed_in or visitor.by_token:
            key = case_key(desk.location)
            await run_sync(audit.noted, entrance.house, deed.kind, visitor.name, address_of(request), request.url.path, key)
        return _gone_on(request, done)

    return endpoint


def _done(case: Case, deed: Deed, sent: Sent) -> Done:
    try:
        done = deed.do(case, sent)
    except QueryError as problem:
        raise senseless(f"{problem}.") from None
    settle_small(case)
    return done


def _gone_on(request: Request, done: Done) -> Response:
    if done.said is not None and wants_json(request):
        return JSONResponse(dict(done.said))
    return RedirectResponse(done.to, 303)


# --- from a request to an answer


def _routes(workspace: Workspace, way: Way) -> list[BaseRoute]:
    """The files go first: "/actors/{item}" would take "A1.csv" for an id."""
    made: list[BaseRoute] = [Route(way.path, _page(workspace, way), methods=["GET"])]
    if way.load is not None or way.files:
        place = "/threads" if way.path == "/" else way.path
        made.insert(0, Route(place + ".{form}", _file(workspace.desk, way), methods=["GET"]))
    return made


def _known(way: Way) -> tuple[str, ...]:
    return (*way.narrows, *way.takes, *(("day",) if "as_of" in way.narrows else ()))


def _given(request: Request, way: Way) -> addresses.Address:
    return addresses.read(request.url.path, request.query_params.multi_items(), _known(way))


def _asked(case: Case, request: Request, address: addresses.Address, visitor: Visitor) -> Asked:
    item = request.path_params.get("item", "")
    return Asked(address, addresses.filters(case, address), item, request.cookies.get(_cookie(case), ""), visitor)


def _page(workspace: Workspace, way: Way) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        required(visitor_of(request), way.role)
        return await workspace.desk.ask(lambda case: _shown(case, request, way, workspace), snapshot=way.snapshot)

    return endpoint


def _shown(case: Case, request: Request, way: Way, workspace: Workspace) -> Response:
    """The page, or the way to its address without blanks, where a form has sent them."""
    given = _given(request, way)
    if (plain := _plain(case, given)) != given:
        return RedirectResponse(str(plain), 303)
    visitor, seen = visitor_of(request), request.cookies.get(_cookie(case), "")
    asker = visitor if way.own else stand_in(visitor)
    workspace.lately.add(stand_in(visitor))
    found = _remembered(case, way, lambda: _asked(case, request, given, asker), (given, seen, asker), workspace)
    response = HTMLResponse(told_to(visitor, found.text))
    if found.seen:
        response.set_cookie(
            _cookie(case), found.seen, max_age=_YEAR_S, httponly=True, samesite="strict", secure=request.url.scheme == "https"
        )
    return response


def _remembered(case: Case, way: Way, asked: Callable[[], Asked], whose: tuple[object, str, Visitor], workspace: Workspace) -> Made:
    """The page as it was made a moment ago for `whose` address, last visit and visitor, else made now."""
    given, seen, asker = whose
    # What goes by the last visit is made again in the next minute.
    visit = (seen, int(time.time()) // 60) if way.path == "/" else ()
    key = (str(given), state(case), asker, visit)
    with workspace.made.alone(key):
        if (found := workspace.made.get(key)) is None:
            found, kept = _made(case, asked(), way)
            if kept:
                workspace.made.put(key, found)
    return found


def _menu(workspace: Workspace, asker: Visitor) -> list[Ahead]:
    """The pages of the menu, as somebody would ask for them."""

    def page(way: Way) -> Ahead:
        asked = Asked(addresses.Address(way.path, {}), Filters(), visitor=asker)
        return Ahead(lambda case: _remembered(case, way, lambda: asked, (asked.address, "", asker), workspace), way.snapshot)

    return [page(way) for way in WAYS if way.menu == way.path and not way.own]


def _made(case: Case, asked: Asked, way: Way) -> tuple[Made, bool]:
    """The page, and whether it may be shown again as long as the case has not changed."""
    try:
        page = way.show(case, asked)
    except QueryError as problem:
        raise _unanswered(case, asked, problem) from None
    except SchemaError as problem:
        raise Refused(500, "This report cannot be shown", str(problem), "`dragoman reread CASE` reads it again.") from None
    framed = frame(case, way, asked, page, days_of(case))
    values = {**framed, "visitor": asked.visitor, "may": partial(allows, asked.visitor.role)}
    return Made(render(way.template, values), page.seen), page.kept


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


def _plain(case: Case, given: addresses.Address) -> addresses.Address:
    """The address without blanks; a stop of the slider in it becomes its day."""
    found = addresses.Address(given.path, {name: value for name, value in given.given.items() if value})
    if found.get("day") is None:
        return found
    number = addresses.number(found, "day", 0, 999_999_999)
    days = days_of(case)
    return as_of_day(found, days, number) if days else found.but(day=None)


def _cookie(case: Case) -> str:
    """The cookie's name: all ports of this machine share cookies, so each case has its own."""
    return "seen-" + hashlib.sha256(case.store.location.encode("utf-8", "replace")).hexdigest()[:12]


def _file(desk: Desk, way: Way) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        required(visitor_of(request), way.role)
        return await desk.ask(lambda case: _loaded(case, request, way), snapshot=way.snapshot)

    return endpoint


def _loaded(case: Case, request: Request, way: Way) -> Response:
    """What the command line writes for the same question."""
    form = request.path_params["form"]
    if form not in _forms(way):
        raise not_found(f"There is no such file; it can be had as {' or '.join(_forms(way))}.")
    asked = _asked(case, request, _given(request, way), visitor_of(request))
    try:
        data = _data(case, asked, way, form)
    except QueryError as problem:
        raise _unanswered(case, asked, problem) from None
    name = "-".join(filter(None, (_PLAIN.sub("-", request.url.path.strip("/").rpartition(".")[0]), asked.filters.as_of)))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(data, media_type=_TYPES[form], headers=headers)


def _forms(way: Way) -> tuple[str, ...]:
    """The formats in which a page can be had."""
    drawn = ("svg", "png") if has_png() else ("svg",)
    return (*(("csv", "json") if way.load else ()), *(drawn if way.draw else ()), *way.files)


def _data(case: Case, asked: Asked, way: Way, form: str) -> bytes:
    if way.draw is not None and form in ("svg", "png"):
        drawn = way.draw(case, asked)
        return drawn.encode("utf-8", "replace") if form == "svg" else png(drawn)
    if form in way.files:
        return way.files[form](case, asked)
    written = io.StringIO()
    if way.load is not None:
        write(way.load(case, asked), form, written)
    return written.getvalue().encode("utf-8", "replace")
