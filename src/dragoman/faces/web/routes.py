"""All pages of the workspace: their addresses, and the questions of the command line that give the same as files."""

from __future__ import annotations

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.faces.cli import case_pages, judge_command
from dragoman.faces.cli.answers import Answer
from dragoman.faces.web.access import pages as access
from dragoman.faces.web.address import narrows
from dragoman.faces.web.api.question import BASE
from dragoman.faces.web.api.reviewing import DECISIONS, decide
from dragoman.faces.web.page import Asked, Deed, Load, Show, Way
from dragoman.faces.web.pages import (
    actors,
    alerts,
    brief,
    chronology,
    disputes,
    figures,
    item,
    log,
    map,
    network,
    now,
    promises,
    report,
    review,
    search,
    sources,
    threads,
)
from dragoman.faces.web.problems import senseless
from dragoman.faces.web.review import deeds, items
from dragoman.faces.web.review.asking import TAKES

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


def _listing(path: str, template: str, show: Show, load: Load | None, *takes: str, own: bool = False) -> Way:
    """A page of the menu."""
    return Way(path, template, show, load, path, narrows(path), takes, own=own)


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
    Way(
        "/map", "map.html", map.show, map.load, "/map", narrows("/map"), ("place", "view", "from"), map.draw, files={"geojson": map.geojson}
    ),
    Way("/brief", "brief.html", brief.show, None, "/brief", brief.TAKES, files=brief.files(), snapshot=False),
    _listing("/search", "search.html", search.show, _searched, "q", "from"),
    _listing("/sources", "sources.html", sources.show, None, "from"),
    _listing("/log", "log.html", log.show, _decisions, own=True),
    Way("/threads/{item}", "thread.html", threads.show_one, _item, "/threads", _INSIDE),
    Way("/actors/{item}", "actor.html", actors.show_one, _item, "/actors", _INSIDE),
    Way("/figures/{item}", "figure.html", figures.show_one, _item, "/figures"),
    Way("/disputes/{item}", "dispute.html", disputes.show_one, _item, "/disputes"),
    Way("/promises/{item}", "item.html", item.show, _item, "/promises"),
    Way("/events/{item}", "item.html", item.show, _item, "/chronology"),
    Way("/links/{item}", "item.html", item.show, _item, "/log"),
    Way("/reports/{item}", "report.html", report.show, report.load, "/sources", ("as_of",), ("mark", "entry")),
    Way("/review", "review.html", review.show, review.load, "/review", (), (*TAKES, "at"), own=True),
    Way("/review/list", "review_list.html", review.show_many, menu="/review", narrows=(), takes=(*TAKES, "from"), own=True),
    Way("/review/agreement", "review_agreement.html", review.show_agreement, review.load_agreement, "/review", (), ("from",), own=True),
    Way("/alerts", "alerts.html", alerts.show, menu="/alerts", narrows=(), own=True),
    Way("/alerts/new", "alert_form.html", alerts.show_new, menu="/alerts", narrows=(), takes=alerts.FIELDS, role="reviewer", own=True),
    Way("/alerts/{item}", "alert.html", alerts.show_one, menu="/alerts", narrows=(), takes=("from",), own=True),
    Way("/alerts/{item}/edit", "alert_form.html", alerts.show_edit, menu="/alerts", narrows=(), role="reviewer", own=True),
    Way("/account", "account.html", access.show_account, narrows=(), own=True),
    Way("/audit", "audit.html", access.show_audit, access.load_audit, narrows=(), takes=("kind", "name", "from"), role="admin", own=True),
)

DEEDS: tuple[Deed, ...] = (
    Deed(BASE + DECISIONS, "reviewer", decide),
    Deed("/review/decide", "reviewer", deeds.decide),
    Deed("/review/skip", "reviewer", deeds.skip),
    Deed("/review/again", "reviewer", deeds.again),
    Deed("/review/undo", "reviewer", deeds.undo),
    Deed("/review/edit", "editor", deeds.edit),
    Deed("/review/bulk", "reviewer", deeds.bulk),
    Deed("/review/settle", "reviewer", deeds.settle),
    Deed("/items/{item}/state", "reviewer", items.state),
    Deed("/items/{item}/link", "reviewer", items.link),
    Deed("/items/{item}/word", "reviewer", items.word),
    Deed("/items/{item}/rename", "editor", items.rename),
    Deed("/items/{item}/merge", "editor", items.merge),
    Deed("/items/{item}/split", "editor", items.split),
    Deed("/decisions/{item}/undo", "reviewer", items.undo),
    Deed("/account/password", "reader", access.change_password, "account"),
    Deed("/account/sessions", "reader", access.end_sessions, "account"),
    Deed("/account/tokens/{item}/revoke", "reader", access.revoke_token, "token"),
    Deed("/alerts/add", "reviewer", alerts.add, "alert"),
    Deed("/alerts/{item}/change", "reviewer", alerts.change, "alert"),
    Deed("/alerts/{item}/remove", "reviewer", alerts.remove, "alert"),
    Deed("/alerts/{item}/pause", "reviewer", alerts.pause, "alert"),
    Deed("/alerts/{item}/resume", "reviewer", alerts.resume, "alert"),
    Deed("/alerts/{item}/test", "reviewer", alerts.test, "alert"),
    Deed("/alerts/{item}/retry", "reviewer", alerts.retry, "alert"),
    Deed("/alerts/{item}/feed", "reviewer", alerts.new_feed, "alert"),
    Deed("/alerts/{item}/secret", "reviewer", alerts.new_secret, "alert"),
)
"""What forms can send."""
