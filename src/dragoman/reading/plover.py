"""★ The ontology: PLOVER's event types, modes, contexts, classes and scores, and the one table (type, status) -> code.

Facts after PLOVER 2021 (Open Event Data Alliance). Where its sources contradict each other, this file says which one is
followed. dragoman keeps the act (`type`) and whether it took place (`status`) apart; `code` folds the two into the one
code that a PLOVER data set would hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

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

_COOPERATIVE: tuple[EventType, ...] = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID")
_YIELDING: tuple[EventType, ...] = ("CONCEDE", "RETREAT")
_SPOKEN: tuple[EventType, ...] = ("REQUEST", "ACCUSE", "REJECT", "THREATEN")
_HOSTILE: tuple[EventType, ...] = ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")


class Rule(NamedTuple):
    """One row of the table: an act of these types, with one of these statuses, has this code, for this reason.

    `gives` is "itself" where the code is the act's own type, None where a PLOVER data set would hold no event.
    """

    statuses: tuple[Status, ...]
    types: tuple[EventType, ...]
    gives: EventType | Literal["itself"] | None
    why: str


# The one table (type, status) -> code. docs/reference/plover.md prints it; every pair stands in exactly one rule.
RULES: tuple[Rule, ...] = (
    Rule(
        ("occurred", "ongoing"),
        TYPES,
        "itself",
        "What took place, or is taking place, is what it is. A refusal, a demand, an accusation or a threat is made by "
        "saying it: said, it has occurred.",
    ),
    Rule(
        ("planned", "promised"),
        _COOPERATIVE,
        "AGREE",
        "PLOVER has no event of the future; its manual turns future cooperation (CONSULT, SUPPORT, COOPERATE, AID) into "
        "AGREE, the willingness to cooperate. A meeting still to come is AGREE.",
    ),
    Rule(
        ("planned", "promised"),
        _YIELDING,
        "AGREE",
        "Here the sources disagree. The 2021 manual has announced yielding as CONCEDE; in the labelled corpus of PLOVER's "
        "users (PLV, Hu and others 2024) yielding that is agreed, offered or said to be done later (to withdraw, release, "
        "resign, lift) is AGREE in 22 of 23 training sentences. We follow the corpus: it treats yielding as it treats all "
        "other cooperation, and keeps CONCEDE for yielding that takes effect by being declared (a ceasefire, a pardon, a "
        "restriction lifted), which has the status occurred here. Whoever wants the manual's reading finds these events "
        "by type and status.",
    ),
    Rule(
        ("planned", "promised"),
        _HOSTILE,
        "THREATEN",
        "A hostile deed that its doer announces, plans or vows is a threat; the mode of THREATEN says what is threatened.",
    ),
    Rule(
        ("planned", "promised"),
        _SPOKEN,
        "itself",
        "Whoever announces a demand, an accusation, a refusal or a threat has made it.",
    ),
    Rule(
        ("threatened",),
        TYPES,
        "THREATEN",
        "A threat is a deed of words whatever it threatens, the end of talks or the withdrawal from a treaty included.",
    ),
    Rule(
        ("demanded",),
        TYPES,
        "REQUEST",
        "To call for an act, or to order it in words, is REQUEST since 2021. A demand that is made by demonstrating stays "
        "part of the PROTEST, which is an event of its own. The manual makes one exception that type and status cannot tell: "
        "the call of a party to a conflict to end it is AGREE there.",
    ),
    Rule(
        ("cancelled",),
        ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "RETREAT"),
        "REJECT",
        "The manual counts cancelled meetings as REJECT; an accord, a word of support or a yielding called off is a refusal "
        "in the same way.",
    ),
    Rule(
        ("cancelled",),
        ("COOPERATE", "AID"),
        "SANCTION",
        "To stop material help or exchange reduces a relation that exists: SANCTION discontinue, in the manual's words.",
    ),
    Rule(
        ("cancelled",),
        _SPOKEN,
        "CONCEDE",
        "A demand dropped, a charge withdrawn, a veto or a threat taken back is yielding in words.",
    ),
    Rule(
        ("cancelled",),
        _HOSTILE,
        "RETREAT",
        "A hostile deed called off is yielding in deeds. It must never be counted as the deed.",
    ),
    Rule(
        ("denied",),
        TYPES,
        None,
        "What is said not to have happened is no event. Where the denial is itself an act of the sixteen types (a refusal in "
        "'will not'), that act is an event of its own.",
    ),
    Rule(
        ("hypothetical",),
        TYPES,
        None,
        "A condition or a guess is no event. PLOVER defines a mode for it and notes that nobody codes it.",
    ),
)

CODES: Mapping[tuple[EventType, Status], EventType | None] = MappingProxyType(
    {(act, status): act if rule.gives == "itself" else rule.gives for rule in RULES for status in rule.statuses for act in rule.types}
)

# The mode that a code made from another type takes: what is threatened, asked for or refused. A type alone, where the mode
# of the act makes no difference; (type, mode) where it does. What stands in neither has no mode there.
_CODED_MODES: Mapping[EventType, Mapping[EventType | tuple[EventType, str], str]] = MappingProxyType(
    {
        "THREATEN": {
            "ASSAULT": "violence",
            "SANCTION": "relations",
            ("SANCTION", "expel"): "expel",
            ("COERCE", "arrest"): "arrest",
            ("COERCE", "deport"): "expel",
            ("COERCE", "restrict"): "restrict",
            ("COERCE", "censor"): "restrict",
            ("COERCE", "curfew"): "restrict",
            ("COERCE", "martial-law"): "restrict",
        },
        "REQUEST": {
            "AID": "assist",
            "COOPERATE": "assist",
            "SUPPORT": "assist",
            "CONSULT": "meet",
            "CONCEDE": "yield",
            "RETREAT": "yield",
        },
        "REJECT": {"CONSULT": "meet", "SUPPORT": "assist", "CONCEDE": "yield", "RETREAT": "yield"},
        "SANCTION": {"COOPERATE": "discontinue", "AID": "discontinue"},
    }
)


def code(act: EventType, status: Status) -> EventType | None:
    """The type that a PLOVER data set would give to an act of this status; None where it would have no event."""
    return CODES[act, status]


def score(act: EventType, mode: str | None = None) -> float:
    """The conflict-cooperation score of a type, of its mode if that has one of its own."""
    own = MODES.get(act, {}).get(mode) if mode else None
    return SCORE[act] if own is None else own


def coded_mode(act: EventType, mode: str | None, status: Status) -> str | None:
    """The mode that goes with `code(act, status)`: the act's own, else what is threatened, asked for or refused."""
    given = code(act, status)
    if given is None or given == act:
        return mode if given else None
    modes = _CODED_MODES.get(given, {})
    return modes.get((act, mode)) or modes.get(act) if mode else modes.get(act)
