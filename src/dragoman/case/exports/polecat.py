"""Events under POLECAT's column names: one row for each event of the case that a PLOVER data set would hold.

`Event Type` is the one code that type and status come to (docs/reference/plover.md): a planned attack is THREATEN, a demanded release
REQUEST, a cancelled meeting REJECT. What is denied or supposed is no event there, and has no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.case.asking import Telling
from dragoman.case.exports.elsewhere import code_of, day_of, joined, land_of, publishers, roles_of, sides, words_for
from dragoman.case.exports.selecting import Selected
from dragoman.case.exports.tables import Cell, Column, ColumnType, Table, contexts
from dragoman.case.judgements import CaseActor
from dragoman.case.record import EventMention
from dragoman.reading.wording import one_line

_PARTY = ("Name", "Name Raw", "Title", "COW", "COUNTRY", "Primary {} Sector", "Sectors", "Wikipedia {} ID")


def _party(side: str) -> tuple[str, ...]:
    return tuple(name.format(side) if "{}" in name else f"{side} {name}" for name in _PARTY)


COLUMNS: tuple[str, ...] = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *_party("Actor"), *_party("Recipient"),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version", "Event Text",
)  # fmt: skip
EMPTY = frozenset({
    "Actor COW", "Wikipedia Actor ID", "Recipient COW", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Latitude", "Longitude", "GeoNames ID", "Feature Type", "Story Locations", "Version",
})  # fmt: skip
"""Columns for which a case has nothing."""
_TYPES: Mapping[str, ColumnType] = {"Intensity": "number", "Quad Code": "whole"}


def polecat(s: Selected) -> Table:
    """The selected events that are events in PLOVER's sense, by day."""
    actors = sides(s)
    columns = tuple(Column(name, _TYPES.get(name, "text"), "") for name in COLUMNS)
    return Table("polecat", columns, tuple(_rows(s, actors)))


def _rows(s: Selected, actors: Mapping[str, CaseActor]) -> Iterator[tuple[Cell, ...]]:
    for telling in s.tellings:
        if code_of(telling.event):
            row = _event(s, telling) | _parties(s, telling, actors) | _where(telling) | _story(s, telling.mention)
            yield tuple(row.get(name) for name in COLUMNS)


def _event(s: Selected, telling: Telling) -> dict[str, Cell]:
    event = telling.event
    code, mentions = code_of(event), s.mentions(event)
    return {
        "Event ID": event.id,
        "Event Date": day_of(event),
        "Event Type": code.type if code else None,
        "Event Mode": code.mode if code else None,
        "Intensity": code.score if code else None,
        "Quad Code": int(code.quad) if code else None,
        "Contexts": joined(contexts(s, event)),
        "Source": publishers(s, mentions),
        "Publication Date": mentions[0].published or None,
        "Event Text": telling.mention.sentence,
    }


def _parties(s: Selected, telling: Telling, actors: Mapping[str, CaseActor]) -> dict[str, Cell]:
    event, told = telling.event, telling.mention.event
    found: dict[str, Cell] = {}
    for side, ids, entries in (("Actor", event.initiators, told.initiators), ("Recipient", event.recipients, told.recipients)):
        known = [actors[actor] for actor in ids if actor in actors]
        sectors = list(dict.fromkeys(sector for actor in known for sector in actor.sectors))
        found |= {
            f"{side} Name": joined(actor.name for actor in known),
            f"{side} Name Raw": words_for(s, telling.mention, entries),
            f"{side} Title": roles_of(s, telling.mention, entries),
            f"{side} COUNTRY": joined(actor.country for actor in known),
            f"Primary {side} Sector": sectors[0] if sectors else None,
            f"{side} Sectors": joined(sectors),
        }
    return found


def _where(telling: Telling) -> dict[str, Cell]:
    place = telling.event.place
    land = land_of(place)
    return {"Raw Placename": one_line(place) if place else None, "Country": land.code if land else None}


def _story(s: Selected, mention: EventMention) -> dict[str, Cell]:
    """Who else the report names that is quoted as the event's text."""
    actors = s.actors_in(mention.place.report)
    bodies = ("organization", "government")
    return {
        "Story People": joined(actor.name for actor in actors if actor.kind == "person" and actor.name[:1].isupper()),
        "Story Organizations": joined(actor.name for actor in actors if actor.kind in bodies and actor.name[:1].isupper()),
        "Language": s.all_reports[mention.place.report].language,
    }
