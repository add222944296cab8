"""The mode of a demand, a refusal or a threat, from the act that is demanded, refused or threatened in it.

PLOVER tells REQUEST and REJECT apart by what they are about (help, a meeting, yielding, a change) and THREATEN by what is
threatened. The act itself is an event of its own whose status was decided by the word of the demand: its cue is the trigger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dragoman.reading.entries import Event, EventType
from dragoman.text.report import Span

_OF_WORDS: Mapping[EventType, str] = MappingProxyType(
    {"AID": "assist", "COOPERATE": "assist", "CONSULT": "meet", "RETREAT": "yield", "CONCEDE": "yield", "AGREE": "yield"}
)
_OF_THREATS: Mapping[EventType, str] = MappingProxyType(
    {"ASSAULT": "violence", "MOBILIZE": "violence", "COERCE": "restrict", "SANCTION": "relations"}
)
_MODES: Mapping[EventType, Mapping[EventType, str]] = MappingProxyType({"REQUEST": _OF_WORDS, "REJECT": _OF_WORDS, "THREATEN": _OF_THREATS})
_GENERAL = (None, "change")
"""Modes that a frame gives when it knows nothing of what is asked."""


def with_modes(events: Sequence[Event]) -> list[Event]:
    """The events, with the mode set where an act that is asked for, refused or threatened tells it."""
    decided: dict[Span, Event] = {}
    for event in events:
        for cue in event.cues:
            decided.setdefault(cue, event)
    return [_with_mode(event, decided.get(event.trigger)) for event in events]


def _with_mode(event: Event, about: Event | None) -> Event:
    if about is None or about.id == event.id or event.mode not in _GENERAL:
        return event
    mode = _MODES.get(event.type, {}).get(about.type)
    return replace(event, mode=mode) if mode else event
