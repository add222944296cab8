"""What other data sets would call an event: class, score, PLV root and CAMEO code, made from its PLOVER code.

CAMEO codes: facts from the table CAMEO -> PLOVER of the Open Event Data Alliance (`CAMEO2PLOVER-2021.txt`,
github.com/openeventdata/PLOVER, CC BY-SA 4.0), inverted. That table sends many CAMEO codes to one PLOVER type and mode. The
way back takes, of the CAMEO codes of a type and mode, what all of them begin with: three or four digits if they share them,
else the root with a 0 behind it, CAMEO's own "not specified". Codes outside the root that the type has by itself are looked
at only if the mode has no other. Contexts are topics and do not narrow the code, but for AID and COOPERATE, whose finer CAMEO
codes are topics and nothing else. `CHOSEN` lists what was decided by hand. No scale of Goldstein's is given: `goldstein_style` is
PLOVER's own conflict-cooperation score, which is of that kind (-10 conflict, +10 cooperation) but not his.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dragoman.language.labels import RELATION_ROOTS
from dragoman.reading.entries import Event, EventType
from dragoman.reading.plover import MODES, QUAD, TYPES, Quad, code, coded_mode, score

# The fifteen roots of the PLV corpus, in the order in which scores are given: CONCEDE and RETREAT are one, YIELD.
PLV_ROOTS: tuple[str, ...] = RELATION_ROOTS

# The two digits that a type has by itself. ACCUSE is also 09 (mode investigate), ASSAULT also 19 and 20.
CAMEO_ROOTS: Mapping[EventType, str] = MappingProxyType(
    {
        "AGREE": "03",
        "CONSULT": "04",
        "SUPPORT": "05",
        "COOPERATE": "06",
        "AID": "07",
        "CONCEDE": "08",
        "RETREAT": "08",
        "REQUEST": "10",
        "ACCUSE": "11",
        "REJECT": "12",
        "THREATEN": "13",
        "PROTEST": "14",
        "MOBILIZE": "15",
        "SANCTION": "16",
        "COERCE": "17",
        "ASSAULT": "18",
    }
)

# What the CAMEO codes of a type and mode share, where that is more than the root.
SHARED: Mapping[tuple[EventType, str], str] = MappingProxyType(
    {
        ("CONSULT", "phone"): "041",
        ("CONSULT", "third-party"): "044",
        ("RETREAT", "release"): "0841",
        ("RETREAT", "access"): "086",
        ("RETREAT", "disarm"): "087",
        ("RETREAT", "ceasefire"): "0871",
        ("RETREAT", "withdraw"): "0872",
        ("ACCUSE", "investigate"): "090",
        ("REQUEST", "yield"): "105",
        ("THREATEN", "expel"): "136",
        ("THREATEN", "territory"): "1382",
        ("PROTEST", "demo"): "141",
        ("PROTEST", "hunger"): "142",
        ("PROTEST", "boycott"): "143",
        ("PROTEST", "obstruct"): "144",
        ("PROTEST", "riot"): "145",
        ("SANCTION", "discontinue"): "162",
        ("SANCTION", "expel"): "166",
        ("COERCE", "seize"): "171",
        ("COERCE", "restrict"): "172",
        ("COERCE", "curfew"): "1723",
        ("COERCE", "martial-law"): "1724",
        ("COERCE", "arrest"): "173",
        ("COERCE", "deport"): "174",
        ("ASSAULT", "beat"): "182",
        ("ASSAULT", "sexual"): "1821",
        ("ASSAULT", "torture"): "1822",
        ("ASSAULT", "suicide-attack"): "183",
        ("ASSAULT", "explosives"): "183",
        ("ASSAULT", "firearms"): "193",
        ("ASSAULT", "unconventional"): "204",
    }
)

# Decided by hand, with the reason that docs/reference/plover.md prints.
CHOSEN: Mapping[tuple[EventType, str], tuple[str, str]] = MappingProxyType(
    {
        ("CONSULT", "visit"): ("042", "042 is the visitor's side, 043 the host's; the initiator of a visit is the visitor"),
        ("PROTEST", "strike"): ("143", "CAMEO has strikes and boycotts in one code"),
        ("SANCTION", "convict"): ("116", "CAMEO counts verdicts among its accusations; the manual does not"),
        ("ASSAULT", "abduct"): ("181", "184 is the use of people as shields"),
        ("ASSAULT", "destroy"): ("1712", "the table's only code for the destruction of property"),
        ("ASSAULT", "heavy-weapons"): ("194", "195 is for weapons from the air, which are modes of their own now"),
        ("ASSAULT", "aerial"): ("195", "the mode is younger than the table"),
        ("ASSAULT", "drone"): ("195", "the mode is younger than the table"),
        ("ASSAULT", "crowd-control"): ("175", "violent repression, which the table has among assaults; the mode is younger"),
    }
)

# Contexts that are the whole difference between CAMEO's codes, the first that an event has counts.
BY_CONTEXT: Mapping[EventType, Mapping[str, str]] = MappingProxyType(
    {
        "COOPERATE": {"intelligence": "064", "military": "062", "legal": "063", "economic": "061"},
        "AID": {"asylum": "075", "peacekeeping": "074", "military": "072", "economic": "071"},
        "ASSAULT": {"military": "190"},
    }
)


@dataclass(frozen=True, slots=True)
class Codes:
    """An event in the words of other data sets.

    `plover` and `mode` are PLOVER's, `plv` one of `PLV_ROOTS`, `quad` PLOVER's class (PLV's is the same but for YIELD, always 2);
    `goldstein_style` is PLOVER's conflict-cooperation score of the mode or the type, -10 to +10; `cameo` has three or four digits
    ("180": not specified below 18), `cameo_root` its first two.
    """

    plover: EventType
    mode: str | None
    plv: str
    quad: Quad
    goldstein_style: float
    cameo: str

    @property
    def cameo_root(self) -> str:
        """The first two digits of the CAMEO code."""
        return self.cameo[:2]


def codes(act: EventType, mode: str | None = None, contexts: Iterable[str] = ()) -> Codes:
    """The codes of a PLOVER type, with its mode and contexts. A mode that the type does not have counts as none."""
    mode = mode if mode in MODES.get(act, {}) else None
    return Codes(act, mode, plv_root(act), QUAD[act], score(act, mode), cameo(act, mode, contexts))


def codes_of(event: Event) -> Codes | None:
    """The codes of an event after its `plover` code, which has its status in it; None if that is null.

    A threatened attack is THREATEN, mode violence, CAMEO 130; a denied one is nothing.
    """
    if event.plover not in TYPES:
        return None
    act = event.plover
    mode = event.mode if act == event.type else None
    if act == code(event.type, event.status):
        mode = coded_mode(event.type, event.mode, event.status)
    return codes(act, mode, event.contexts)


def plv_root(act: EventType) -> str:
    """The root that the PLV corpus has for a PLOVER type."""
    return "YIELD" if act in ("CONCEDE", "RETREAT") else act


def cameo(act: EventType, mode: str | None = None, contexts: Iterable[str] = ()) -> str:
    """The CAMEO code of a PLOVER type: three or four digits, as far as type, mode and contexts tell."""
    key = (act, mode or "")
    if key in CHOSEN:
        return CHOSEN[key][0]
    if key in SHARED:
        return SHARED[key]
    had = set(contexts) if mode is None else set()
    by_context = (digits for context, digits in BY_CONTEXT.get(act, {}).items() if context in had)
    return next(by_context, f"{CAMEO_ROOTS[act]}0")
