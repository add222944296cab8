"""Made-up reports with places: what the map is tested with without the language model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dragoman.case.case import Case
from dragoman.reading.entries import EventType, Reading, Status
from tests.case.following import NOON, loaded, read

Told = tuple[str, str, str, EventType, Status, str]
"""Who, the trigger, to whom, the type, the status, and the words for the place."""


def told(text: str, day: str, publisher: str, *acts: Told) -> Reading:
    """A reading as `read` makes it, with the places of its events."""
    reading = read(text, day, publisher, *(act[:5] for act in acts))
    return replace(reading, events=tuple(replace(event, place=act[5] or None) for event, act in zip(reading.events, acts, strict=True)))


def placed_case(place: Path, *readings: Reading) -> Path:
    """A settled case of readings."""
    with Case.open(place, create=True) as case:
        for reading in readings:
            case.add(loaded(reading.report), reading, NOON)
        case.settle()
    return place


def readings() -> list[Reading]:
    """Five days of a made-up war in real places."""
    return [
        told(
            "Guards shelled the market in Mosul on Monday. The council condemned the shelling of Basra.", "2026-03-02", "Courier",
            ("Guards", "shelled", "", "ASSAULT", "occurred", "Mosul"), ("council", "condemned", "", "ACCUSE", "occurred", "Basra"),
        ),
        told(
            "The Guards bombed a bridge in Mosul again. Envoys will meet in Geneva in May.", "2026-03-03", "Islander",
            ("Guards", "bombed", "", "ASSAULT", "occurred", "Mosul"), ("Envoys", "meet", "", "CONSULT", "planned", "Geneva"),
        ),
        told(
            "Officers seized a depot in northern Iraq. Drivers marched through the streets.", "2026-03-04", "Courier",
            ("Officers", "seized", "", "COERCE", "occurred", "northern Iraq"), ("Drivers", "marched", "", "PROTEST", "ongoing", ""),
        ),
        told(
            "Gunmen raided a clinic in Africa. Thieves robbed a bank in Nowhereton.", "2026-03-05", "Courier",
            ("Gunmen", "raided", "", "ASSAULT", "occurred", "Africa"), ("Thieves", "robbed", "", "ASSAULT", "occurred", "Nowhereton"),
        ),
        told(
            "Police arrested the smugglers in Tripoli, Lebanon.", "2026-03-06", "Courier",
            ("Police", "arrested", "smugglers", "COERCE", "occurred", "Tripoli"),
        ),
    ]  # fmt: skip
