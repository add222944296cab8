"""The keys under which entries are found again, few and selective, so that adding a report costs the same in a large case.

A key is a short string. An entry is stored under its `*_keys`; a new one asks with its `*_questions`, which also reach into the
neighbouring half-months. Who shares no key is never compared.
"""

from __future__ import annotations

from datetime import date

from dragoman.case.linking.rules import TO_COME
from dragoman.case.linking.views import EventView, heaviest

_ABOUT = 6
"""Stems of what the report is about that are tied to the trigger's root."""
_SIDES = 4
_HALF = 15  # days of a half-month


def event_keys(view: EventView) -> frozenset[str]:
    """Where a mention of an event is found: its word with what the report is about, its type with who takes part or the place."""
    days = (_shelf(view),)
    return frozenset((*_matters(view, days), *_parts(view, days), *_open(view)))


def event_questions(view: EventView) -> frozenset[str]:
    """Where mentions of the same act may lie, and the plans and acts that it may be the outcome or the undoing of."""
    shelf = _shelf(view)
    days = (shelf,) if shelf == "" else tuple(str(int(shelf) + step) for step in (-1, 0, 1))
    return frozenset((*_matters(view, days), *_parts(view, days), *_parts(view, ("open",))))


def _shelf(view: EventView) -> str:
    """The half-month of the event, or of the report where no date is told, as a number; "" where neither is known."""
    day = view.start or view.published
    return str(date.fromisoformat(day).toordinal() // _HALF) if day else ""


def _matters(view: EventView, days: tuple[str, ...]) -> list[str]:
    if not view.root:
        return []
    return [f"w:{view.root}:{s}:{day}" for s in heaviest(view.about, _ABOUT) for day in days]


def _parts(view: EventView, days: tuple[str, ...]) -> list[str]:
    if not view.type:
        return []
    sides = sorted(view.recipients)[:_SIDES] + sorted(view.initiators)[:_SIDES]
    places = [view.place_name] if view.place_name else []
    return [f"t:{view.type}:{part}:{day}" for part in (*sides, *places) for day in days]


def _open(view: EventView) -> list[str]:
    """A plan waits for its outcome without a limit of time."""
    return _parts(view, ("open",)) if view.status in TO_COME else []
