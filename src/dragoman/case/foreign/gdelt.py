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

# Codes of CAMEO that are another's or nobody's in ISO 3166-1 and in PLOVER.
_COUNTRIES: Mapping[str, str] = {"ROM": "ROU", "TMP": "TLS"}
_SECTORS: Mapping[str, str] = {"INS": "REB", "SEP": "REB"}


def row_of(cells: Mapping[str, str]) -> Row:
    """Raises BadRow, and NoEvent for public statements (CAMEO 01)."""
    digits = cell(cells["EventCode"])
    kind, mode = plover_of(digits)
    happened = day(cells["Day"], "Day")
    known = day(cells.get("DATEADDED"), "DATEADDED") or happened
    return Row(
        identity(cells.get("GlobalEventID")),
        f"CAMEO {digits}, {kind}",
        kind,
        mode,
        initiators=_party(cells, "Actor1"),
        recipients=_party(cells, "Actor2"),
        day=happened,
        published=date.fromisoformat(known) if known else None,
        place=cell(cells.get("ActionGeo_Fullname")),
        url=address(cells.get("SOURCEURL")),
    )


def plover_of(digits: str) -> tuple[EventType, str | None]:
    """The PLOVER type and mode of a CAMEO code. Raises BadRow for what is no code, NoEvent for root 01."""
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 4):
        raise BadRow(f"found {ascii(digits)[:40]} as EventCode; expected a CAMEO code of two to four digits", "no CAMEO code")
    found = next((known for end in (4, 3, 2) if (known := _codes().get(digits[:end]))), None)
    if found is not None:
        return found
    if digits.startswith("01"):
        raise NoEvent("CAMEO 01 (public statements)")
    raise BadRow(f"found the CAMEO code {digits}; expected one from 01 to 20, with its zero in front", "no CAMEO code")


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
    code = cell(cells.get(f"{side}CountryCode"))
    country = country_of(_COUNTRIES.get(code, code))
    name = cell(cells.get(f"{side}Name")) or state_name(country) or cell(cells.get(f"{side}Code"))
    types = (cell(cells.get(f"{side}Type{n}Code")) for n in (1, 2, 3))
    sectors = sectors_of(_SECTORS.get(code, code) for code in types)
    return (Party(name, country, sectors),) if name else ()
