"""Pages for what goes wrong: what was found, what was expected, and the way back."""

from __future__ import annotations

from starlette.responses import HTMLResponse, JSONResponse, Response

from dragoman.faces.web.templating import render


class Refused(Exception):
    """A request that is not answered by a page: `status` is HTTP's; `title`, `found` and `remedy` are sentences for the reader.

    `way` is an address that helps, with its words.
    """

    def __init__(self, status: int, title: str, found: str, remedy: str, way: tuple[str, str] = ("/", "To the first page")) -> None:
        super().__init__(f"{title}: {found}")
        self.status = status
        self.title = title
        self.found = found
        self.remedy = remedy
        self.way = way


def not_found(what: str) -> Refused:
    """There is no such thing in the case."""
    return Refused(404, "Not in this case", what, "Ids and addresses are found on the pages of the menu, or by a search.")


def not_yet(found: str, now: str) -> Refused:
    """The record of the day asked for does not hold it; `now` is the address without the day."""
    return Refused(404, "Not in the record of that day", found, "It is first told in a later report.", (now, "As it stands now"))


def senseless(found: str) -> Refused:
    """A filter or an address that cannot be understood."""
    return Refused(400, "This question cannot be answered", found, "Change it in the address, or begin again from the menu.")


def refusal(problem: Refused, path: str = "/") -> Response:
    """The page of a problem; below /api/ the same as JSON (RFC 9457)."""
    headers = {"Cache-Control": "no-store"}
    if problem.status == 405:
        headers["Allow"] = "GET, HEAD"
    if problem.status == 413:
        headers["Connection"] = "close"
    if problem.status == 503:
        headers["Retry-After"] = "5"
    if path.startswith("/api/"):
        told = {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.found, "remedy": problem.remedy}
        return JSONResponse(told, problem.status, headers, "application/problem+json")
    return HTMLResponse(render("problem.html", {"problem": problem, "title": problem.title}), problem.status, headers)
