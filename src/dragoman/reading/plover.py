"""★ The ontology: PLOVER's event types, modes, contexts, classes and scores, and the one table (type, status) -> code.

Facts after PLOVER 2021 (Open Event Data Alliance). Where its sources contradict each other, this file says which one is
followed. dragoman keeps the act (`type`) and whether it took place (`status`) apart; `code` folds the two into the one
code that a PLOVER data set would hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import get_args

from dragoman.reading.entries import EventType, Status

TYPES: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)


class Quad(IntEnum):
    """The four classes of events: words or deeds, cooperation or conflict."""

    VERBAL_COOPERATION = 1
    MATERIAL_COOPERATION = 2
    VERBAL_CONFLICT = 3
    MATERIAL_CONFLICT = 4


# RETREAT is material cooperation (the manual's closing table), SANCTION material conflict: its own section and
# the PLV corpus say so, against the closing table.
QUAD: Mapping[EventType, Quad] = MappingProxyType(
    {
        "AGREE": Quad.VERBAL_COOPERATION,
        "CONSULT": Quad.VERBAL_COOPERATION,
        "SUPPORT": Quad.VERBAL_COOPERATION,
        "CONCEDE": Quad.VERBAL_COOPERATION,
        "COOPERATE": Quad.MATERIAL_COOPERATION,
        "AID": Quad.MATERIAL_COOPERATION,
        "RETREAT": Quad.MATERIAL_COOPERATION,
        "REQUEST": Quad.VERBAL_CONFLICT,
        "ACCUSE": Quad.VERBAL_CONFLICT,
        "REJECT": Quad.VERBAL_CONFLICT,
        "THREATEN": Quad.VERBAL_CONFLICT,
        "PROTEST": Quad.MATERIAL_CONFLICT,
        "SANCTION": Quad.MATERIAL_CONFLICT,
        "MOBILIZE": Quad.MATERIAL_CONFLICT,
        "COERCE": Quad.MATERIAL_CONFLICT,
        "ASSAULT": Quad.MATERIAL_CONFLICT,
    }
)

# Conflict (-10) to cooperation (+10). ACCUSE is printed as +3 in the manual; all its modes are negative, so -3.
SCORE: Mapping[EventType, float] = MappingProxyType(
    {
        "AGREE": 2.5,
        "CONSULT": 2.5,
        "SUPPORT": 5.0,
        "CONCEDE": 4.5,
        "COOPERATE": 9.5,
        "AID": 10.0,
        "RETREAT": 6.5,
        "REQUEST": 0.0,
        "ACCUSE": -3.0,
        "REJECT": -2.0,
        "THREATEN": -3.5,
        "PROTEST": -5.0,
        "SANCTION": -6.0,
        "MOBILIZE": -5.5,
        "COERCE": -7.0,
        "ASSAULT": -9.0,
    }
)

# Each type's modes with their scores; None where the manual prints none. The five types not named here have no modes.
MODES: Mapping[EventType, Mapping[str, float | None]] = MappingProxyType(
    {
        "CONSULT": {"visit": 4.0, "third-party": 1.0, "multilateral": 4.0, "phone": 1.5},
        "RETREAT": {
            "withdraw": 8.0,
            "release": 6.5,
            "disarm": 10.0,
            "ceasefire": 7.5,
            "access": 6.5,
            "resign": 4.5,
        },
        "REQUEST": {"assist": 0.5, "change": -1.0, "yield": -1.0, "meet": 0.0},
        "REJECT": {"assist": -1.5, "change": -2.0, "yield": -2.0, "meet": -2.0},
        "ACCUSE": {"disapprove": -2.0, "investigate": -3.5, "allege": -3.5},
        "THREATEN": {
            "restrict": -3.0,
            "arrest": -3.5,
            "relations": -3.5,
            "expel": -3.5,
            "territory": -4.0,
            "violence": -3.5,
        },
        "PROTEST": {
            "demo": -5.0,
            "riot": -7.0,
            "strike": -5.0,
            "hunger": -4.5,
            "boycott": -4.5,
            "obstruct": -4.5,
            "vandalize": None,
        },
        "SANCTION": {"convict": -6.0, "expel": -5.5, "withdraw": -6.0, "discontinue": -6.0},
        "MOBILIZE": {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6.0},
        "COERCE": {
            "seize": -7.0,
            "restrict": -7.0,
            "censor": -6.5,
            "curfew": -6.5,
            "martial-law": -7.5,
            "arrest": -7.0,
            "deport": -7.0,
            "withhold": -7.0,
            "misinformation": -6.5,
            "cyber": -7.0,
        },
        "ASSAULT": {
            "abduct": -8.5,
            "beat": -7.5,
            "torture": -8.5,
            "sexual": -8.5,
            "targeted": -9.5,
            "destroy": -8.5,
            "primitive": -8.0,
            "firearms": -9.0,
            "explosives": -9.0,
            "suicide-attack": -9.5,
            "aerial": -9.5,
            "drone": -9.5,
            "heavy-weapons": -9.5,
            "crowd-control": -7.5,
            "unconventional": -10.0,
        },
    }
)

CONTEXTS: frozenset[str] = frozenset(  # one string, split: a list literal would take forty lines
    """military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic
    legal reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality
    diplomatic territory peacekeeping health asylum migration disasters natural_resource environment technology
    terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking""".split()  # noqa: SIM905
)

_COOPERATIVE: tuple[EventType, ...] = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")
_HOSTILE: tuple[EventType, ...] = ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")

# What is left of an act that was called off. A hostile deed called off is yielding in deeds, hostile words taken back
# are yielding in words; a meeting or a promise called off is a refusal; help that is stopped is a sanction.
_CANCELLED: Mapping[EventType, EventType] = MappingProxyType(
    {
        "AGREE": "REJECT",
        "CONSULT": "REJECT",
        "SUPPORT": "REJECT",
        "CONCEDE": "REJECT",
        "RETREAT": "REJECT",
        "COOPERATE": "SANCTION",
        "AID": "SANCTION",
        "REQUEST": "CONCEDE",
        "ACCUSE": "CONCEDE",
        "REJECT": "CONCEDE",
        "THREATEN": "CONCEDE",
        "PROTEST": "RETREAT",
        "SANCTION": "RETREAT",
        "MOBILIZE": "RETREAT",
        "COERCE": "RETREAT",
        "ASSAULT": "RETREAT",
    }
)


def _announced(act: EventType) -> EventType:
    """An act still to come, by the will of the one who acts.

    A promised CONCEDE or RETREAT is AGREE, as in the PLV corpus (22 of 23 of its rows); the manual says CONCEDE. A
    REQUEST, ACCUSE, REJECT or THREATEN that is announced is made by announcing it.
    """
    if act in _COOPERATIVE:
        return "AGREE"
    return "THREATEN" if act in _HOSTILE else act


def _code(act: EventType, status: Status) -> EventType | None:
    match status:
        case "occurred" | "ongoing":
            return act
        case "planned" | "promised":
            return _announced(act)
        case "threatened":
            return "THREATEN"
        case "demanded":
            return "REQUEST"
        case "cancelled":
            return _CANCELLED[act]
        case _:  # "denied" and "hypothetical": nothing that a data set of events would hold
            return None


CODES: Mapping[tuple[EventType, Status], EventType | None] = MappingProxyType(
    {(act, status): _code(act, status) for act in TYPES for status in STATUSES}
)


def code(act: EventType, status: Status) -> EventType | None:
    """The type that a PLOVER data set would give to an act of this status; None where it would have no event."""
    return CODES[act, status]


def score(act: EventType, mode: str | None = None) -> float:
    """The conflict-cooperation score of a type, of its mode if that has one of its own."""
    own = MODES.get(act, {}).get(mode) if mode else None
    return SCORE[act] if own is None else own
