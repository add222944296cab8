"""Pages for what goes wrong: what was found, what was expected, and the way back."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from dragoman.errors import StoreError
from dragoman.faces.web.templating import render
from dragoman.reading.wording import one_line


class Refused(Exception):
    """A request that is not answered by a page: `status` is HTTP's; `title`, `found` and `remedy` are sentences for the reader.

    `way` is an address that helps, with its words; `headers` are those of HTTP that belong to the status.
    """

    def __init__(
        self, status: int, title: str, found: str, remedy: str, way: tuple[str, str] = ("/", "To the first page"),
        headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(f"{title}: {found}")
        self.status = status
        self.title = title
        self.found = found
        self.remedy = remedy
        self.way = way
        self.headers = dict(headers or {})


def not_found(what: str) -> Refused:
    """There is no such thing in the case."""
    return Refused(404, "Not in this case", what, "Ids and addresses are found on the pages of the menu, or by a search.")


def not_yet(found: str, now: str) -> Refused:
    """The record of the day asked for does not hold it; `now` is the address without the day."""
    return Refused(404, "Not in the record of that day", found, "It is first told in a later report.", (now, "As it stands now"))


def senseless(found: str) -> Refused:
    """A filter or an address that cannot be understood."""
    return Refused(400, "This question cannot be answered", found, "Change it in the address, or begin again from the menu.")


def not_taken(method: str, allowed: str) -> Refused:
    """Something is sent to a page that only shows, or asked of an address that only takes."""
    found = f"It takes no {one_line(method[:20])}; expected {allowed}."
    return Refused(405, "This address does not take that", found, "Begin again from the menu.", headers={"Allow": allowed})


def unavailable(problem: StoreError) -> Refused:
    """The case, or what lies beside it, cannot be opened now."""
    return Refused(503, "The case cannot be opened now", f"{problem.where}: {problem.found}.", f"What helps: {problem.remedy}.")


def refusal(problem: Refused, request: Request) -> Response:
    """The page of a problem; below /api/, and for a script that asks for JSON, the same as JSON (RFC 9457)."""
    headers = {"Cache-Control": "no-store", **problem.headers}
    if problem.status == 413:
        headers["Connection"] = "close"
    if problem.status == 503:
        headers.setdefault("Retry-After", "5")
    if wants_json(request):
        told = {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.found, "remedy": problem.remedy}
        return JSONResponse(told, problem.status, headers, "application/problem+json")
    return HTMLResponse(render("problem.html", {"problem": problem, "title": problem.title}), problem.status, headers)


def wants_json(request: Request) -> bool:
    """Whether a script asks: below /api/, or one that says so in its Accept header."""
    if request.url.path.startswith("/api/"):
        return True
    return request.headers.get("accept", "").partition(",")[0].partition(";")[0].strip().lower() == "application/json"
