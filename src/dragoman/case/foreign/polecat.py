"""A row of POLECAT: types, modes and contexts are PLOVER's already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from dragoman.case.exports.elsewhere import land_of
from dragoman.case.foreign.rows import BadRow, Party, Row, cell, country_of, day, identity, sectors_of, state_name
from dragoman.reading.plover import CONTEXTS, MODES, TYPES

_SPACES = re.compile(r"[ -]")


def row_of(cells: Mapping[str, str]) -> Row:
    """Raises BadRow."""
    told = cell(cells["Event Type"])
    kind = next((type for type in TYPES if type == told.upper()), None)
    if kind is None:
        raise BadRow(f"found {ascii(told)[:40]} as Event Type; expected one of PLOVER's sixteen types", "no PLOVER type")
    mode = cell(cells.get("Event Mode")).lower()
    happened = day(cells["Event Date"], "Event Date")
    known = day(cells.get("Publication Date"), "Publication Date") or happened
    return Row(
        identity(cells["Event ID"]),
        f"PLOVER {kind} ({mode})" if mode else f"PLOVER {kind}",
        kind,
        mode if mode in MODES.get(kind, {}) else None,
        tuple(found for told in _listed(cells.get("Contexts")) if (found := _SPACES.sub("_", told.lower())) in CONTEXTS),
        _parties(cells, "Actor"),
        _parties(cells, "Recipient"),
        happened,
        published=date.fromisoformat(known) if known else None,
        place=cell(cells.get("Raw Placename") or cells.get("Placename")),
    )


def _listed(text: str | None) -> list[str]:
    return [found for part in (text or "")[:4000].split(";") if (found := cell(part))]


def _code(told: str) -> str:
    """The code of a state that is told by its code or its name."""
    land = None if country_of(told) else land_of(told)
    return land.code if land else told


def _parties(cells: Mapping[str, str], side: str) -> tuple[Party, ...]:
    """The names of a side; countries only where there is one for each name, sectors only where there is one name."""
    codes = [_code(told) for told in _listed(cells.get(f"{side} COUNTRY"))]
    names = _listed(cells.get(f"{side} Name")) or [name for code in codes if (name := state_name(code))]
    each = codes if len(codes) == len(names) else [""] * len(names)
    sectors = sectors_of(_listed(cells.get(f"{side} Sectors") or cells.get(f"Primary {side} Sector"))) if len(names) == 1 else ()
    return tuple(Party(name, country_of(code), sectors) for name, code in zip(names, each, strict=True))
