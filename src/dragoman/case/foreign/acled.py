"""A row of ACLED: its words for kinds of events back to PLOVER types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from dragoman.case.exports.elsewhere import land_of
from dragoman.case.foreign.rows import BadRow, NoEvent, Party, Row, cell, day, identity, number_of_dead
from dragoman.reading.entries import EventType

_Sort = tuple[EventType, str | None]
# By sub-event, where it says more than the kind; the way back from exports/acled.py, with ACLED's other words added.
_SUBS: Mapping[str, _Sort] = {
    "shelling/artillery/missile attack": ("ASSAULT", "heavy-weapons"),
    "suicide bomb": ("ASSAULT", "suicide-attack"),
    "remote explosive/landmine/ied": ("ASSAULT", "explosives"),
    "grenade": ("ASSAULT", "explosives"),
    "air/drone strike": ("ASSAULT", None),
    "chemical weapon": ("ASSAULT", "unconventional"),
    "sexual violence": ("ASSAULT", "sexual"),
    "abduction/forced disappearance": ("ASSAULT", "abduct"),
    "mob violence": ("ASSAULT", None),
    "looting/property destruction": ("ASSAULT", "destroy"),
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
        inferred=cell(cells.get("time_precision")) != "1",
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
    raise BadRow(f"found {ascii(kind)[:40]} as event_type; expected one of ACLED's six kinds")


def _day(text: str) -> str:
    """An ISO day, also of "01 May 2024". Raises BadRow."""
    words = cell(text).split()
    if len(words) == 3 and words[1].lower() in _MONTHS and words[0].isdecimal():
        month = _MONTHS.index(words[1].lower()) + 1
        return day(f"{words[2]}-{month:02}-{words[0].zfill(2)}", "event_date")
    return day(text, "event_date")


def _known(text: str | None) -> date | None:
    """The day of a number of seconds since 1970; None where there is none."""
    found = cell(text)
    if not (found.isascii() and found.isdigit() and len(found) <= 11):
        return None
    try:
        return datetime.fromtimestamp(int(found), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _parties(cells: Mapping[str, str], number: int) -> tuple[Party, ...]:
    first, inter = cell(cells.get(f"actor{number}")), cell(cells.get(f"inter{number}")).lower()
    others = [name for part in (cells.get(f"assoc_actor_{number}") or "")[:4000].split(";") if (name := cell(part))]
    land = land_of(cell(cells.get("country"))) if inter in _STATE_FORCES else None
    sectors = ("MIL",) if inter in _STATE_FORCES and first.lower().startswith("military forces") else _SECTORS.get(inter, ())
    known = (Party(first, land.code if land else None, sectors),) if first else ()
    return (*known, *(Party(name) for name in others if name != first))
