"""Map: where the events that pass took place, as a picture and as a table; the same that `dragoman places` gives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from dragoman.case.case import Case
from dragoman.case.places.placing import Places
from dragoman.case.places.spots import SOURCES
from dragoman.case.query import Filters
from dragoman.errors import MissingLibrary, QueryError
from dragoman.faces.cli import case_pages, places_command
from dragoman.faces.cli.answers import Answer, json_text
from dragoman.faces.png import has_png
from dragoman.faces.web import mapping
from dragoman.faces.web.address import number
from dragoman.faces.web.frame import name_of
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.problems import Refused, senseless
from dragoman.faces.web.settling import is_gathering
from dragoman.faces.web.told import told
from dragoman.reading.wording import one_line

VIEWS = ("core", "all")
_PAGE = 100
_MOST_BEYOND = 12
_MOST_ORDERED = 300
_SMALLEST, _CLOSEST = 0.6, 500.0
"""Degrees of the smallest picture of several places, and pixels of a degree from which on they are not taken apart any more."""
_BOX = re.compile(r"(-?\d{1,3}(\.\d{1,6})?,){3}-?\d{1,3}(\.\d{1,6})?")
_Answer = TypeVar("_Answer")


def show(case: Case, asked: Asked) -> Page:
    """The picture above the table of places; with `place` the events of one."""
    if is_gathering(case):
        events = case.store.count_items("event", asked.filters)
        return Page("Map", {"missing": "", "waits": events, "one": None, "picture": ""}, downloads=(), kept=False)
    try:
        found = case.places(asked.filters)
    except MissingLibrary as problem:
        return Page("Map", {"missing": str(problem), "one": None, "picture": ""}, downloads=())
    forms = ("csv", "json", "geojson", "svg", "png") if has_png() else ("csv", "json", "geojson", "svg")
    if place := asked.address.get("place"):
        return Page("Map", _one(case, asked, found, place), downloads=forms[:3])
    start = number(asked.address, "from", 0, 1_000_000)
    values = {
        "missing": "", "one": None, "found": found, "places": found.at[start : start + _PAGE], "count": len(found.at), "start": start,
        "step": _PAGE, "summary": places_command.told(found), "without": _without(found), "sources": SOURCES, "kinds": places_command.KINDS,
        "others": places_command.other_names, **(_picture(asked, found) if found.at else {"picture": "", "beyond": (), "views": ()}),
    }  # fmt: skip
    return Page("Map", values, downloads=forms if found.at else forms[:3])


def _picture(asked: Asked, found: Places) -> Mapping[str, Any]:
    """The picture with what lies beyond its edge, and the addresses of the other views."""
    view, shown, has_core = _view(asked, found)
    beyond = [at for at in found.at if not view.holds(at)]
    ways = (("where most happens", None, "core"), ("all places", "all", "all"))
    views = [(words, asked.address.but(view=name, **{"from": None}), shown == which) for words, name, which in ways]
    return {
        "picture": mapping.picture(found.at, view, lambda mark: _link(asked, mark, view)),
        "beyond": [(at, asked.address.but(place=at.spot.key, view=None, **{"from": None})) for at in beyond[:_MOST_BEYOND]],
        "more_beyond": max(0, len(beyond) - _MOST_BEYOND), "views": views if has_core or shown == "box" else [],
    }  # fmt: skip


def _link(asked: Asked, mark: mapping.Mark, view: mapping.View) -> str:
    """To the events of a place; of several places to the picture in which they lie apart."""
    if len(mark.places) == 1 or view.down > _CLOSEST:
        return str(asked.address.but(place=mark.places[0].spot.key, view=None, **{"from": None}))
    box = ",".join(f"{degrees:.2f}" for degrees in mapping.bounds(mark.places))
    return str(asked.address.but(view=box, **{"from": None}))


def _view(asked: Asked, found: Places) -> tuple[mapping.View, str, bool]:
    """The part of the world to draw, which one it is, and whether most events lie in less of it than all."""
    wanted, core = asked.address.get("view") or VIEWS[0], mapping.core(found.at)
    has_core = len(core) < len(found.at)
    if wanted in VIEWS:
        places = core if wanted == "core" else found.at
        return mapping.view_of(places), wanted if has_core else "all", has_core
    west, south, east, north = _box(wanted)
    return mapping.view_in((west, south, east, north), _SMALLEST), "box", has_core


def _box(given: str) -> Sequence[float]:
    """West, south, east and north as an address has them. Raises Refused."""
    if not _BOX.fullmatch(given):
        raise senseless(f"view is {one_line(given[:60])!r}; expected {', '.join(VIEWS)}, or west,south,east,north in degrees.")
    west, south, east, north = map(float, given.split(","))
    if not (-360 <= west <= east <= 360 and -90 <= south <= north <= 90):
        raise senseless(f"view is {given}; expected the west before the east, the south before the north, within the world.")
    return west, south, east, north


def _without(found: Places) -> Sequence[tuple[str, int, list[tuple[str, int]]]]:
    """Why events have no point: the reason, how many, and the words with most events."""
    made = []
    for reason, words in places_command.REASONS.items():
        counts = Counter(one.words for one in found.unplaced if one.reason == reason)
        if counts:
            made.append((words, counts.total(), counts.most_common(8)))
    return made


def _one(case: Case, asked: Asked, found: Places, place: str) -> Mapping[str, Any]:
    """The events of one place, by day, a page at a time."""
    at = None if place == places_command.NOWHERE else places_command.placed(found, place)
    title, events = (places_command.label(at), at.events) if at else places_command.chosen(found, place)
    start = number(asked.address, "from", 0, 1_000_000)
    why = {one.event: one for one in found.unplaced} if at is None else {}
    open_day = Filters(as_of=asked.filters.as_of)
    if at is None or len(events) > _MOST_ORDERED:  # by number: to order them by day, all would have to be told
        shown = [told(telling) for telling in case.tellings(events[start : start + _PAGE], open_day)]
    else:
        shown = [told(telling) for telling in case.tellings(events, open_day)][start : start + _PAGE]
    near = mapping.picture([at], mapping.view_around(at), lambda _: "") if at else ""
    return {
        "missing": "", "one": at, "called": title, "events": shown, "count": len(events), "start": start,
        "step": _PAGE, "why": why, "picture": near, "back": asked.address.but(place=None, **{"from": None}), "sources": SOURCES,
        "kinds": places_command.KINDS, "others": places_command.other_names,
    }  # fmt: skip


def load(case: Case, asked: Asked) -> Answer:
    """All places, or the events of one."""
    return _asked(lambda: places_command.page(case, asked.filters, asked.address.get("place")))


def geojson(case: Case, asked: Asked) -> bytes:
    """The same as GeoJSON."""
    found = _asked(lambda: places_command.geojson(case, asked.filters, asked.address.get("place")))
    return (json_text(found.items) + "\n").encode("utf-8", "replace")


def draw(case: Case, asked: Asked) -> str:
    """The picture as SVG."""
    found = _asked(lambda: case.places(asked.filters))
    if not found.at:
        raise QueryError("no event that passes has a place, so there is no picture")
    about = " · ".join((name_of(case), *case_pages.about_filters(case, asked.filters)[1:]))
    return str(mapping.picture(found.at, _view(asked, found)[0], lambda _: "", alone=True, title=f"Where it happened: {about}"))


def _asked(question: Callable[[], _Answer]) -> _Answer:
    try:
        return question()
    except MissingLibrary as problem:
        raise Refused(501, "There is no map here", f"{problem}.", "Start `dragoman serve` again when it is installed.") from None
