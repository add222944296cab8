"""Threads: where each process stands; and one of them with what happened in it, what is disputed, promised and counted."""

from __future__ import annotations

from dataclasses import replace

from dragoman.case.case import Case
from dragoman.faces.web.address import number
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.pages import item
from dragoman.faces.web.told import latest, promises, undertaken

_PAGE = 40
_MOST_EVENTS = 60
_MOST_PROMISES, _MOST_SERIES = 25, 60


def show(case: Case, asked: Asked) -> Page:
    """All threads that pass."""
    start = number(asked.address, "from", 0, 1_000_000)
    found = case.threads(asked.filters, limit=start + _PAGE)
    return Page("Threads", {"threads": found[start:], "count": case.count("thread", asked.filters), "start": start, "step": _PAGE})


def show_one(case: Case, asked: Asked) -> Page:
    """One thread; the newest event stands first."""
    shown = item.found(case, asked)
    inside = replace(asked.filters, thread=shown.id)
    events, count = latest(case, inside, _MOST_EVENTS)
    commitments, series = undertaken(case, inside), case.ids("figure", inside)
    values = {
        "shown": shown,
        "around": item.around(shown),
        "events": events,
        "event_count": count,
        "disputes": case.disputes(inside),
        "promises": promises(case, commitments[:_MOST_PROMISES], asked.filters),
        "promise_count": len(commitments),
        "series": case.figures_of(series[:_MOST_SERIES], asked.filters.as_of),
        "series_count": len(series),
    }
    return Page(shown.title, values)
