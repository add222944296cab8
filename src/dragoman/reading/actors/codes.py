"""PLOVER's codes for actors: states and what stands in their place, sectors, and the code of one actor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.lexicons.load import load

BODIES = ("UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC")
"""What stands in the place of a state: United Nations, European Union, other bodies of states, non-governmental
organisations, social movements, armed groups of several lands, companies of several lands."""
SECTORS = (
    "GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PRM", "PTY", "OPP", "REB", "PRE", "UAF", "UNK", "CVL", "AGR", "BUS",
    "CRM", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "REL", "SOC",
)  # fmt: skip
OF_THE_STATE = frozenset(("GOV", "LEG", "JUD", "MIL", "COP", "SPY"))
"""Sectors of offices: who held one and holds it no more is ELI."""


@dataclass(frozen=True)
class ActorCode:
    """What PLOVER writes for an actor: `country` is ISO 3166-1 alpha-3, one of `BODIES`, or None if it cannot be told.

    `sectors` are sector codes, the most telling first; empty if nothing tells one. Breakaway lands have the state that
    claims them and PRE.
    """

    country: str | None = None
    sectors: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.country is not None or bool(self.sectors)


@cache
def countries() -> frozenset[str]:
    """All codes that `country` may have: states (also former ones), Antarctica, and the bodies."""
    return frozenset((*load("states")["states"], "ATA", *BODIES))
