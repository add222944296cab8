"""The network: who acts on whom in what passes, as a picture and as a table; the same that `dragoman network` gives."""

from __future__ import annotations

from dragoman.case.case import Case
from dragoman.case.network import Network
from dragoman.faces.cli import case_pages, network_command
from dragoman.faces.cli.answers import Answer
from dragoman.faces.png import has_png
from dragoman.faces.web.address import number
from dragoman.faces.web.frame import name_of
from dragoman.faces.web.page import Asked, Page
from dragoman.reading.wording import printable

_PAGE = 100
MOST_EVENTS = 2000
"""Of more events a page would take seconds; the command line, and the files to download, take their time."""


def show(case: Case, asked: Asked) -> Page:
    """The picture above the edges, those with most events first."""
    start = number(asked.address, "from", 0, 1_000_000)
    events = case.store.count_items("event", asked.filters)
    found = case.network(asked.filters) if events <= MOST_EVENTS else Network()
    shown = found.edges[start : start + _PAGE]
    values = {
        "too_many": events if events > MOST_EVENTS else 0, "most": MOST_EVENTS,
        "edges": shown, "names": found.names(shown), "count": len(found.edges), "start": start, "step": _PAGE, "actors": len(found.nodes),
    }  # fmt: skip
    forms = ("csv", "json", "svg", "png") if has_png() else ("csv", "json", "svg")
    return Page("Network", values, downloads=forms)


def load(case: Case, asked: Asked) -> Answer:
    """All edges."""
    return network_command.page(case.network(asked.filters), asked.filters, case_pages.about_filters(case, asked.filters), None)


def draw(case: Case, asked: Asked) -> str:
    """The picture as SVG."""
    about = " · ".join((name_of(case), *case_pages.about_filters(case, asked.filters)[1:]))
    from dragoman.faces.picture import picture  # brings numpy

    return picture(case.network(asked.filters), "Who acts on whom", printable(about))
