"""A row of ACLED: its words for kinds of events back to PLOVER types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from dragoman.case.exports.acled import ATTACKS
from dragoman.case.exports.elsewhere import land_of
from dragoman.case.foreign.rows import BadRow, NoEvent, Party, Row, cell, day, identity, number_of_dead, whole
from dragoman.reading.entries import EventType

_Sort = tuple[EventType, str | None]


def _of_ours() -> dict[str, _Sort]:
    """The way back from the sub-events of exports/acled.py; no mode where two of ours are one of ACLED's."""
    found: dict[str, _Sort] = {}
    for mode, sort in ATTACKS.items():
        if sort.sub:
            found[sort.sub.lower()] = ("ASSAULT", None if sort.sub.lower() in found else mode)
    return found


# By sub-event, where it says more than the kind.
_SUBS: Mapping[str, _Sort] = {
    **_of_ours(),
    "remote explosive/landmine/ied": ("ASSAULT", "explosives"),
    "grenade": ("ASSAULT", "explosives"),
    "chemical weapon": ("ASSAULT", "unconventional"),
    "abduction/forced disappearance": ("ASSAULT", "abduct"),
    "mob violence": ("ASSAULT", None),
    "arrests": ("COERCE", "arrest"),
    "agreement": ("AGREE", None),
    "peaceful protest": ("PROTEST", "demo"),
    "protest with intervention": ("PROTEST", "demo"),
    "excessive force against protesters": ("PROTEST", "demo"),
}
_KINDS: Mapping[str, _Sort] = {
    "battles": ("ASSAULT", None),
    "explosions/remote violence": ("ASSAULT", "explosives"),
    "violence against civilians": ("ASSAULT", None),
    "protests": ("PROTEST", None),
    "riots": ("PROTEST", "riot"),
}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
# The word since 2024, and the number before.
_SECTORS: Mapping[str, tuple[str, ...]] = {"rebel group": ("REB",), "2": ("REB",), "civilians": ("CVL",), "7": ("CVL",)}
_STATE_FORCES = ("state forces", "1")
_OF_STATE = re.compile(r"(Military|Police|Government)(?: Forces)? of (?:the )?([^(:]{2,60}?) *(?:[(:]|$)")
_INSIDE = re.compile(r"\(([^()]{2,60})\)$")
_FORCES: Mapping[str, str] = {"military": "MIL", "police": "COP", "government": "GOV"}


def row_of(cells: Mapping[str, str]) -> Row:
    """Raises BadRow, and NoEvent for the strategic developments that are no act of PLOVER."""
    kind, mode = _sort(cells)
    happened = _day(cells["event_date"])
    return Row(
        identity(cells["event_id_cnty"]),
        cell(cells.get("sub_event_type")) or cell(cells["event_type"]) or cell(cells.get("disorder_type")),
        kind,
        mode,
        initiators=_parties(cells, 1),
        recipients=_parties(cells, 2),
        day=happened,
        inferred=whole(cells.get("time_precision")) != "1",
        published=_known(cells.get("timestamp")) or (date.fromisoformat(happened) if happened else None),
        place=", ".join(dict.fromkeys(filter(None, (cell(cells.get("location")), cell(cells.get("country")))))),
        dead=number_of_dead(cells.get("fatalities")),
    )


def _sort(cells: Mapping[str, str]) -> _Sort:
    sub, kind = cell(cells.get("sub_event_type")).lower(), cell(cells["event_type"]).lower()
    found = _SUBS.get(sub) or _KINDS.get(kind)
    if found is not None:
        return found
    disorder = cell(cells.get("disorder_type"))
    if not kind and not sub:
        if disorder.lower() == "political violence":
            return "ASSAULT", None
        raise NoEvent("rows without event_type")
    if kind == "strategic developments":
        raise NoEvent(f"Strategic developments ({sub or 'no sub-event type'})"[:80])
    raise BadRow(f"found {ascii(kind)[:40]} as event_type; expected one of ACLED's six kinds", "no event_type of ACLED")


def _day(text: str) -> str:
    """An ISO day, also of "01 May 2024" and "1-May-2024". Raises BadRow."""
    words = cell(text).replace("-", " ").split()
    named = [at for at, name in enumerate(_MONTHS, 1) if len(words) == 3 and len(words[1]) > 2 and name.startswith(words[1].lower())]
    if named and words[0].isdecimal():
        month = named[0]
        return day(f"{words[2]}-{month:02}-{words[0].zfill(2)}", "event_date")
    return day(text, "event_date")


def _known(text: str | None) -> date | None:
    """The day of a number of seconds since 1970; None where there is none."""
    found = whole(text)
    if not (found.isascii() and found.isdigit() and len(found) <= 11):
        return None
    try:
        return datetime.fromtimestamp(int(found), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _parties(cells: Mapping[str, str], number: int) -> tuple[Party, ...]:
    inter = whole(cells.get(f"inter{number}")).lower()
    first = _party(cell(cells.get(f"actor{number}")), cell(cells.get("country")), inter)
    others = [name for part in (cells.get(f"assoc_actor_{number}") or "")[:4000].split(";") if (name := cell(part))]
    known = (first,) if first.name else ()
    return (*known, *(_party(name, "", "") for name in others if name != first.name))


def _party(name: str, land: str, inter: str) -> Party:
    """Somebody as ACLED names them: "Military Forces of Iraq (2022-)", "Civilians (Iraq)"; state forces are those of the row's land."""
    force = _OF_STATE.match(name)
    own = land if inter in _STATE_FORCES else ""
    inside = _INSIDE.search(name)
    found = land_of(force[2] if force else own) or (land_of(inside[1]) if inside else None)
    sectors = (_FORCES[force[1].lower()],) if force else _SECTORS.get(inter, ())
    return Party(name, found.code if found else None, sectors)
