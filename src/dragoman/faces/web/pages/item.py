"""One item of any kind (an event, a link) with all that shows it, down to the sentences of the reports."""

from __future__ import annotations

from dragoman.case.case import Case
from dragoman.case.showing import Related, Shown
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.paths import path_of
from dragoman.faces.web.problems import not_found
from dragoman.faces.web.told import told
from dragoman.reading.wording import one_line


def found(case: Case, asked: Asked) -> Shown:
    """The item in the path, if its kind has its pages there. Raises Refused and QueryError."""
    if asked.address.path != path_of(asked.item):
        raise not_found(f"The case has no {one_line(asked.item[:60])!r} here.")
    return case.show(asked.item, asked.filters)


def around(shown: Shown) -> list[tuple[str, list[Related]]]:
    """The items around one, by what they have to do with it."""
    groups: dict[str, list[Related]] = {}
    for other in shown.related:
        groups.setdefault(one_line(other.what), []).append(other)
    return list(groups.items())


def show(case: Case, asked: Asked) -> Page:
    """The page of an event, a link, a dispute, a commitment or a series."""
    shown = found(case, asked)
    tellings = case.tellings([shown.id], asked.filters) if shown.kind == "event" else []
    event = told(tellings[0]) if tellings else None
    return Page(f"{shown.kind.capitalize()} {shown.id}", {"shown": shown, "around": around(shown), "event": event})
