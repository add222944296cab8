"""`dragoman places`: the events of a case by place, as a page, a table, JSON or GeoJSON; and the chronology of one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from typing import Any

from dragoman.case.case import Case
from dragoman.case.exporting import Late, answer
from dragoman.case.places.placing import At, Places, Unplaced
from dragoman.case.places.spots import SOURCES, Reason, SpotKind
from dragoman.case.query import Filters
from dragoman.errors import QueryError
from dragoman.faces.cli import case_command, case_pages
from dragoman.faces.cli.answers import Answer, Block, Section, sources
from dragoman.reading.plover import STATUSES
from dragoman.reading.wording import STATUS_WORDS, listed, one_line

NOWHERE = "none"
"""The id that stands for all events whose words for a place have no point."""
REASONS: dict[Reason, str] = {
    "elsewhere": "named, but not as where it happened", "ambiguous": "may be several places", "wide": "wider than a country",
    "unknown": "not in the gazetteer",
}  # fmt: skip
KINDS: dict[SpotKind, str] = {"town": "town", "part": "region", "country": "country"}
_COLUMNS = (
    "id", "place", "kind", "country", "country_name", "latitude", "longitude", "events", *STATUSES, "also", "why", "which",
)  # fmt: skip
_STYLES = {"town": "cyan", "part": "green", "country": "yellow"}


def run(request: case_command.Request, place: str | None) -> int:
    """Asks, and writes the answer."""
    if request.form == "geojson":
        return case_command.run(replace(request, form="json"), lambda case, filters: geojson(case, filters, place))
    return case_command.run(request, lambda case, filters: page(case, filters, place))


def page(case: Case, filters: Filters, place: str | None = None) -> Answer:
    """All places, or the events of one. Raises QueryError for a place that no event has."""
    found = case.places(filters)
    if place is None:
        return _all(case, filters, found)
    title, events = chosen(found, place)
    return case_pages.events(case, filters, case.tellings(events, filters), title)


def geojson(case: Case, filters: Filters, place: str | None = None) -> Answer:
    """The same as GeoJSON (RFC 7946): a point for each place; what has none stands beside them under `unplaced`."""
    found = case.places(filters)
    at = found.at if place is None else () if place == NOWHERE else (placed(found, place),)
    features = [
        {
            "type": "Feature", "id": one.spot.key, "geometry": {"type": "Point", "coordinates": [one.spot.longitude, one.spot.latitude]},
            "properties": {name: value for name, value in _plain(one).items() if name not in ("id", "latitude", "longitude")},
        }
        for one in at
    ]  # fmt: skip
    items = {"type": "FeatureCollection", "attribution": SOURCES, **_counts(found), "features": features}
    return Answer("Places", case_pages.about_filters(case, filters), (), (), (), items)


def chosen(found: Places, place: str) -> tuple[str, Sequence[str]]:
    """What a place is called, and its events. Raises QueryError where no event that passes has it."""
    if place == NOWHERE:
        return "Events whose place has no point", [one.event for one in found.unplaced]
    at = placed(found, place)
    return f"What happened: {label(at)}", at.events


def placed(found: Places, place: str) -> At:
    """The place of an id, in small letters or large. Raises QueryError where no event that passes has it."""
    at = next((one for one in found.at if one.spot.key.lower() == place.lower()), None)
    if at is None:
        raise QueryError(f"no event that passes is placed at {one_line(place[:40])!r}; `dragoman places CASE` lists the ids")
    return at


def label(at: At) -> str:
    """'Goma, Democratic Republic of Congo', or the country alone."""
    return at.name if at.spot.kind == "country" else f"{at.name}, {at.spot.country_name}"


def other_names(at: At) -> tuple[str, ...]:
    """What a place is called besides: the gazetteer's name of today, and the words of reports."""
    return tuple(dict.fromkeys(name for name in (at.spot.name, *at.called) if name != at.name))


def _all(case: Case, filters: Filters, found: Places) -> Answer:
    sections = (Section("", tuple(map(_block, found.at))), Section("Without a point", tuple(_without(found))))
    rows = (*map(_row, found.at), *_rows_without(found))
    items = Late(lambda: _items(filters, found))
    about = (*case_pages.about_filters(case, filters), told(found))
    return Answer("Places", about, sections, _COLUMNS, rows, items, "No event that passes has a place.", SOURCES)


def told(found: Places) -> str:
    """How many of the events have a place, in words."""
    named = f"{len(found.unplaced):,} name one without a point" if found.unplaced else ""
    silent = f"of {found.silent:,} no report tells a place" if found.silent else ""
    return ", ".join(sources(f"{found.placed:,} of {found.events:,} events have a place on the map", named, silent))


def _block(at: At) -> Block:
    counts = listed([f"{count} {STATUS_WORDS[status].word}" for status, count in at.statuses.items()], most=9)
    others = list(other_names(at))
    about = sources(
        f"{len(at.events)} event{'' if len(at.events) == 1 else 's'}",
        counts,
        f"{at.spot.latitude:.2f}, {at.spot.longitude:.2f}",
        f"also {listed(others)}" if others else "",
        at.why[0] if at.why else "",
        " ".join(at.events[:8]) + (" …" if len(at.events) > 8 else ""),
    )
    return Block(at.spot.key, label(at), KINDS[at.spot.kind], _STYLES[at.spot.kind], about=about)


def _groups(found: Places) -> Iterable[tuple[Reason, str, list[Unplaced]]]:
    """Events without a point by reason and words."""
    order = list(REASONS)
    ordered = sorted(found.unplaced, key=lambda one: (order.index(one.reason), one.words, int(one.event[1:])))
    for (reason, words), some in groupby(ordered, key=lambda one: (one.reason, one.words)):
        yield reason, words, list(some)


def _without(found: Places) -> Iterator[Block]:
    for reason, words, some in _groups(found):
        about = sources(REASONS[reason], some[0].why, " ".join(one.event for one in some[:8]) + (" …" if len(some) > 8 else ""))
        yield Block("", words, "no point", "bright_black", about=about)


def _row(at: At) -> tuple[str | int | float | None, ...]:
    spot = at.spot
    counts = (at.statuses.get(status, 0) for status in STATUSES)
    place = (spot.key, at.name, spot.kind, spot.country, spot.country_name, spot.latitude, spot.longitude, len(at.events))
    return (*place, *counts, "; ".join(other_names(at)), "; ".join(at.why), " ".join(at.events))


def _rows_without(found: Places) -> Iterator[tuple[str | int | float | None, ...]]:
    """Rows without degrees: so that the events of the table are as many as those of the case."""
    empty = (None,) * len(STATUSES)
    for reason, words, some in _groups(found):
        which = " ".join(one.event for one in some)
        yield ("", words, reason, None, None, None, None, len(some), *empty, words, some[0].why, which)
    if found.silent:
        yield ("", "", "not told", None, None, None, None, found.silent, *empty, "", "no report tells a place", "")


def _plain(at: At) -> dict[str, Any]:
    spot = {name: value for name, value in asdict(at.spot).items() if name not in ("key", "name")}
    counts = {"events": list(at.events), "statuses": dict(at.statuses), "also": list(other_names(at)), "why": list(at.why)}
    return {"id": at.spot.key, "name": at.name, **spot, **counts}


def _counts(found: Places) -> dict[str, Any]:
    return {"events": found.events, "placed": found.placed, "silent": found.silent, "unplaced": [asdict(one) for one in found.unplaced]}


def _items(filters: Filters, found: Places) -> dict[str, Any]:
    return {**answer(filters), "attribution": SOURCES, **_counts(found), "places": [_plain(one) for one in found.at]}
