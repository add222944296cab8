"""The brief on a page, and as files that are byte for byte what `dragoman brief` writes."""

from __future__ import annotations

import re
from collections.abc import Callable

import click
from markupsafe import Markup

from dragoman.case.brief.parts import Brief, Note
from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.faces.brief.html import inside
from dragoman.faces.cli.brief_command import as_file, called
from dragoman.faces.web.page import Asked, Page, Write
from dragoman.faces.web.problems import Refused

TAKES = ("as_of", "since", "thread")
FORMS = {"md": "markdown", "html": "html", "pdf": "pdf"}
MOST_EVENTS = 120_000
"""Of more events a brief would take longer than a page may (65,000 take 1.2 seconds); what narrows them is told instead."""
_MOST_WORDS = 60


def show(case: Case, asked: Asked) -> Page:
    """The whole brief; each note leads to its sentence, marked in its report."""
    if (events := _too_many(case, asked)) is not None:
        return Page("Brief", {"brief": "", "events": events, "most": MOST_EVENTS}, downloads=())
    brief = case.brief(asked.filters)
    texts = {told.id: case.store.text(told.id) or "" for told in brief.told}

    def address(note: Note) -> str:
        mark = {"mark": f"{span[0]}-{span[1]}"} if (span := _place(note.quote, texts.get(note.report, ""))) else {}
        return str(asked.address.to(f"/reports/{note.report}", **mark)) + ("#mark" if mark else "")

    name = called(case.store.location)
    return Page("Brief", {"brief": Markup(inside(brief, name, address)), "events": 0, "most": MOST_EVENTS}, downloads=tuple(FORMS))


def _too_many(case: Case, asked: Asked) -> int | None:
    if asked.filters.thread:
        return None
    events = case.store.count_items("event", Filters(as_of=asked.filters.as_of))
    return events if events > MOST_EVENTS else None


def _place(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quoted sentence stands in its report: the same words with any white space between them."""
    words = quote.removesuffix("…").split()[:_MOST_WORDS]
    at = text.find(plain := " ".join(words))  # as nearly all stand
    if words and at >= 0:
        return at, at + len(plain)
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return found.span() if found else None


def files() -> dict[str, Write]:
    """What writes the brief in each form, by the ending of the file."""
    return {ending: _writes(form) for ending, form in FORMS.items()}


def _writes(form: str) -> Callable[[Case, Asked], bytes]:
    def write(case: Case, asked: Asked) -> bytes:
        if (events := _too_many(case, asked)) is not None:
            raise Refused(
                400, "The brief of so much takes too long for a page",
                f"The record has {events:,} events; at most {MOST_EVENTS:,} are told here.",
                "Give a `thread`, or an earlier day as `as_of`; or let `dragoman brief` take its time.",
            )  # fmt: skip
        return _written(case.brief(asked.filters), form, called(case.store.location))

    return write


def _written(brief: Brief, form: str, name: str) -> bytes:
    try:
        return as_file(brief, form, name)
    except click.UsageError as problem:  # WeasyPrint, or what it needs, is not there
        found, _, remedy = problem.format_message().partition("; ")
        raise Refused(501, "No PDF can be made here", f"{found}.", f"What helps: {remedy}.", ("/brief", "To the brief")) from None
