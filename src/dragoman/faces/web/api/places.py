"""Where events took place, as the API gives it: what `dragoman places --format json` writes."""

from __future__ import annotations

from dragoman.case.case import Case
from dragoman.case.exporting import SCHEMA
from dragoman.case.places.placing import Unplaced
from dragoman.case.places.spots import SpotKind
from dragoman.errors import MissingLibrary
from dragoman.faces.cli import places_command
from dragoman.faces.web.api.question import Answered, Window
from dragoman.faces.web.api.schemas import COUNT, NULLABLE, STRING, Components, Schema, many, record
from dragoman.faces.web.page import Asked
from dragoman.faces.web.problems import Refused
from dragoman.reading.plover import STATUSES


def places(case: Case, asked: Asked, _: Window) -> Answered:
    """The places of the events that pass, and the events without one."""
    try:
        return Answered(places_command.page(case, asked.filters).items)
    except MissingLibrary as problem:
        raise Refused(501, "There is no gazetteer here", f"{problem}.", "Start `dragoman serve` again when it is installed.") from None


def shape(components: Components) -> Schema:
    """What the answer looks like."""
    degrees: Schema = {"type": "number", "minimum": -180, "maximum": 180}
    statuses: Schema = {"type": "object", "properties": dict.fromkeys(STATUSES, COUNT), "additionalProperties": False}
    about = {"id": STRING, "name": STRING, "kind": components.of(SpotKind), "country": STRING, "country_name": STRING}
    place = record(
        **about, latitude=degrees, longitude=degrees, events=many(STRING), statuses=statuses, also=many(STRING), why=many(STRING)
    )
    head: dict[str, Schema] = {"schema": {"const": SCHEMA}, "as_of": {**NULLABLE, "format": "date"}, "attribution": STRING}
    counts = {"events": COUNT, "placed": COUNT, "silent": COUNT}
    return record(**head, **counts, unplaced=many(components.of(Unplaced)), places=many(place))
