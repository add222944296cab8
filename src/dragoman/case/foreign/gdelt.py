"""A row of GDELT 2.0's events: CAMEO codes back to PLOVER types, by the longest beginning that our tables know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from dragoman.case.foreign.rows import BadRow, NoEvent, Party, Row, address, cell, country_of, day, identity, sectors_of, state_name
from dragoman.reading.codes import CAMEO_ROOTS, CHOSEN, SHARED
from dragoman.reading.entries import EventType

# What the tables of reading/codes.py do not say in this direction: roots that no type has by itself, and returns and releases.
_BY_HAND: Mapping[str, tuple[EventType, str | None]] = {
    "02": ("REQUEST", None),
    "084": ("RETREAT", None),
    "09": ("ACCUSE", "investigate"),
    "19": ("ASSAULT", None),
    "20": ("ASSAULT", None),
}


def row_of(cells: Mapping[str, str]) -> Row:
    """Raises BadRow, and NoEvent for public statements (CAMEO 01)."""
    digits = cell(cells["EventCode"])
    kind, mode = plover_of(digits)
    happened = day(cells["Day"], "Day")
    known = day(cells["DATEADDED"], "DATEADDED") or happened
    return Row(
        identity(cells["GlobalEventID"]),
        f"CAMEO {digits}, {kind}",
        kind,
        mode,
        initiators=_party(cells, "Actor1"),
        recipients=_party(cells, "Actor2"),
        day=happened,
        published=date.fromisoformat(known) if known else None,
        place=cell(cells["ActionGeo_Fullname"]),
        url=address(cells["SOURCEURL"]),
    )


def plover_of(digits: str) -> tuple[EventType, str | None]:
    """The PLOVER type and mode of a CAMEO code. Raises BadRow for what is no code, NoEvent for root 01."""
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 4):
        raise BadRow(f"found {ascii(digits)[:40]} as EventCode; expected a CAMEO code of two to four digits")
    found = next((known for end in (4, 3, 2) if (known := _codes().get(digits[:end]))), None)
    if found is not None:
        return found
    if digits.startswith("01"):
        raise NoEvent("CAMEO 01 (public statements)")
    raise BadRow(f"found the CAMEO code {digits}; expected one from 01 to 20")


@cache
def _codes() -> Mapping[str, tuple[EventType, str | None]]:
    """Type and mode of what CAMEO codes begin with; no mode where several share one code."""
    found: dict[str, tuple[EventType, str | None]] = {}
    for type, root in CAMEO_ROOTS.items():
        found.setdefault(root, (type, None))
    given = {**SHARED, **{key: digits for key, (digits, _) in CHOSEN.items()}}
    for (type, mode), digits in given.items():
        found[digits] = (type, None) if digits in found else (type, mode)
    return {**found, **_BY_HAND}


def _party(cells: Mapping[str, str], side: str) -> tuple[Party, ...]:
    country = country_of(cells[f"{side}CountryCode"])
    name = cell(cells[f"{side}Name"]) or state_name(country) or cell(cells[f"{side}Code"])
    sectors = sectors_of(cells[f"{side}Type{n}Code"] for n in (1, 2, 3))
    return (Party(name, country, sectors),) if name else ()
