"""All pages of the workspace: their addresses, and the questions of the command line that give the same as files."""

from __future__ import annotations

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.faces.cli import case_pages, judge_command
from dragoman.faces.cli.answers import Answer
from dragoman.faces.web.address import narrows
from dragoman.faces.web.page import Asked, Load, Show, Way
from dragoman.faces.web.pages import (
    actors,
    chronology,
    disputes,
    figures,
    item,
    log,
    network,
    now,
    promises,
    report,
    search,
    sources,
    threads,
)
from dragoman.faces.web.problems import senseless

_INSIDE = ("as_of", "since", "type", "status")
_MOST_HITS = 10_000


def _item(case: Case, asked: Asked) -> Answer:
    return case_pages.show(case, asked.item, asked.filters)


def _searched(case: Case, asked: Asked) -> Answer:
    query = asked.address.get("q")
    if not query:
        raise senseless("Nothing is asked; expected words behind q=.")
    return case_pages.search(case, query, asked.filters, _MOST_HITS)


def _decisions(case: Case, _: Asked) -> Answer:
    return judge_command.decisions(case, Filters(), judge_command.Asked())


def _listing(path: str, template: str, show: Show, load: Load | None, *takes: str) -> Way:
    """A page of the menu."""
    return Way(path, template, show, load, path, narrows(path), takes)


WAYS: tuple[Way, ...] = (
    _listing("/", "now.html", now.show, lambda case, asked: case_pages.threads(case, asked.filters)),
    _listing(
        "/chronology", "chronology.html", chronology.show, lambda case, asked: case_pages.timeline(case, asked.filters, None), "by", "from"
    ),
    _listing("/threads", "threads.html", threads.show, lambda case, asked: case_pages.threads(case, asked.filters), "from"),
    _listing("/actors", "actors.html", actors.show, lambda case, asked: case_pages.actors(case, asked.filters, None), "from"),
    _listing("/figures", "figures.html", figures.show, lambda case, asked: case_pages.figures(case, asked.filters), "from"),
    _listing("/disputes", "disputes.html", disputes.show, lambda case, asked: case_pages.disputes(case, asked.filters), "from"),
    _listing("/promises", "promises.html", promises.show, lambda case, asked: case_pages.promises(case, asked.filters), "kind", "state"),
    Way("/network", "network.html", network.show, network.load, "/network", narrows("/network"), ("from",), network.draw),
    _listing("/search", "search.html", search.show, _searched, "q", "from"),
    _listing("/sources", "sources.html", sources.show, None, "from"),
    _listing("/log", "log.html", log.show, _decisions),
    Way("/threads/{item}", "thread.html", threads.show_one, _item, "/threads", _INSIDE),
    Way("/actors/{item}", "actor.html", actors.show_one, _item, "/actors", _INSIDE),
    Way("/figures/{item}", "figure.html", figures.show_one, _item, "/figures"),
    Way("/disputes/{item}", "dispute.html", disputes.show_one, _item, "/disputes"),
    Way("/promises/{item}", "item.html", item.show, _item, "/promises"),
    Way("/events/{item}", "item.html", item.show, _item, "/chronology"),
    Way("/links/{item}", "item.html", item.show, _item, "/log"),
    Way("/reports/{item}", "report.html", report.show, report.load, "/sources", ("as_of",), ("mark", "entry")),
)
