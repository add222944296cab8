"""Events under ACLED's column names: those that occurred, of the kinds that ACLED records.

ACLED records political violence, demonstrations and some strategic developments. A row needs an act of PLOVER that says no less than
the kind of ACLED does; where it says less (an attack of which nobody knows by whom on whom), the kind stays empty. What was planned,
threatened, demanded, denied or called off is never a row.
"""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from dragoman.case.asking import Telling
from dragoman.case.exports.elsewhere import Land, day_of, joined, land_of, publishers, sides
from dragoman.case.exports.selecting import Selected
from dragoman.case.exports.tables import Cell, Column, ColumnType, Table, disputes_of
from dragoman.case.judgements import CaseActor, CaseEvent, FigureSeries, Place
from dragoman.reading.wording import one_line

COLUMNS: tuple[str, ...] = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
EMPTY = frozenset({
    "interaction", "iso", "region", "admin1", "admin2", "admin3", "latitude", "longitude", "geo_precision", "source_scale",
})  # fmt: skip
"""Columns for which a case has nothing."""
_TYPES: Mapping[str, ColumnType] = {"year": "whole", "time_precision": "whole", "fatalities": "whole", "timestamp": "whole"}
_ARMED = frozenset({"MIL", "COP", "REB", "PRM", "UAF"})
_CIVILIAN = frozenset({"CVL", "AGR", "BUS", "EDU", "JRN", "LAB", "MED", "REF", "REL", "SOC"})
_STATE_FORCES = frozenset({"MIL", "COP"})


class Sort(NamedTuple):
    """ACLED's three words for a kind of event; None where ours says too little."""

    disorder: str | None
    event: str | None
    sub: str | None


_NOTHING = Sort(None, None, None)
_VIOLENCE, _DEMONSTRATIONS, _STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
_REMOTE, _CIVILIANS = "Explosions/Remote violence", "Violence against civilians"
ATTACKS: Mapping[str, Sort] = {
    "aerial": Sort(_VIOLENCE, _REMOTE, "Air/drone strike"),
    "drone": Sort(_VIOLENCE, _REMOTE, "Air/drone strike"),
    "heavy-weapons": Sort(_VIOLENCE, _REMOTE, "Shelling/artillery/missile attack"),
    "suicide-attack": Sort(_VIOLENCE, _REMOTE, "Suicide bomb"),
    "explosives": Sort(_VIOLENCE, _REMOTE, None),
    "sexual": Sort(_VIOLENCE, _CIVILIANS, "Sexual violence"),
    "destroy": Sort(_STRATEGIC, _STRATEGIC, "Looting/property destruction"),
    "crowd-control": _NOTHING,
}
"""By mode, where the mode says all; the other attacks go by who is attacked by whom."""
_PROTESTS: Mapping[str | None, Sort] = {
    None: Sort(_DEMONSTRATIONS, "Protests", None),
    "demo": Sort(_DEMONSTRATIONS, "Protests", None),
    "obstruct": Sort(_DEMONSTRATIONS, "Protests", None),
    "riot": Sort(None, "Riots", None),
}


def acled(s: Selected) -> Table:
    """The selected events that occurred and that ACLED has a kind for, by day."""
    actors, disputed, killed = sides(s), disputes_of(s), dead(s)
    columns = tuple(Column(name, _TYPES.get(name, "text"), "") for name in COLUMNS)
    return Table("acled", columns, tuple(_rows(s, actors, disputed, killed)))


def recorded(event: CaseEvent) -> bool:
    """Whether it occurred and is of a kind that ACLED records."""
    if event.status != "occurred":
        return False
    if event.type == "PROTEST":
        return event.mode in _PROTESTS
    return event.type == "ASSAULT" or (event.type, event.mode) == ("COERCE", "arrest")


def _rows(
    s: Selected, actors: Mapping[str, CaseActor], disputed: Mapping[str, list[str]], dead: Mapping[str, Sequence[FigureSeries]]
) -> Iterator[tuple[Cell, ...]]:
    for telling in s.tellings:
        event = telling.event
        if not recorded(event):
            continue
        parties = [[actors[actor] for actor in side if actor in actors] for side in (event.initiators, event.recipients)]
        land, sort = land_of(event.place), sort_of(event, *parties)
        row: dict[str, Cell] = {"event_id_cnty": event.id, **_time(event), **_parties(event, parties, land, sort), **_place(event, land)}
        row |= {"disorder_type": sort.disorder, "event_type": sort.event, "sub_event_type": sort.sub}
        row |= {"civilian_targeting": "Civilian targeting" if sort.event == _CIVILIANS else None}
        row |= _told(s, telling) | {"fatalities": _fatalities(dead.get(event.id, ())), "tags": _tags(disputed.get(event.id, ()))}
        yield tuple(row.get(name) for name in COLUMNS)


def sort_of(event: CaseEvent, initiators: Sequence[CaseActor], recipients: Sequence[CaseActor]) -> Sort:
    """ACLED's words for an event that `recorded` takes."""
    if event.type == "COERCE":
        return Sort(_STRATEGIC, _STRATEGIC, "Arrests")
    if event.type == "PROTEST":
        return _PROTESTS[event.mode]
    if event.mode is not None and event.mode in ATTACKS:
        return ATTACKS[event.mode]
    if recipients and all(_is(actor, _CIVILIAN) for actor in recipients):
        return Sort(_VIOLENCE, _CIVILIANS, "Abduction/forced disappearance" if event.mode == "abduct" else "Attack")
    fighting = (*initiators, *recipients)
    if len(fighting) > 1 and event.mode != "abduct" and initiators and all(_is(actor, _ARMED) for actor in fighting):
        return Sort(_VIOLENCE, "Battles", None)
    return Sort(_VIOLENCE, None, None)


def _is(actor: CaseActor, sectors: frozenset[str]) -> bool:
    return bool(sectors.intersection(actor.sectors[:1]))


def _time(event: CaseEvent) -> dict[str, Cell]:
    when = event.when
    if when is None:
        return {}
    exact = not when.inferred and day_of(event) is not None
    days = _days(when.start, when.end) if exact else None
    precision = None if days is None else 1 if days == 1 else 2 if days <= 7 else 3 if days <= 31 else None
    if not when.inferred and len(when.start) == 7 and when.start == when.end:
        precision = 3
    return {"event_date": day_of(event), "year": int(when.start[:4]), "time_precision": precision}


def _days(start: str, end: str) -> int | None:
    try:
        return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).days + 1
    except ValueError:
        return None


def _parties(event: CaseEvent, parties: Sequence[Sequence[CaseActor]], land: Land | None, sort: Sort) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for number, side in enumerate(parties, 1):
        found[f"actor{number}"] = one_line(side[0].name) if side else None
        found[f"assoc_actor_{number}"] = joined((actor.name for actor in side[1:]), "; ")
        found[f"inter{number}"] = _inter(side[0], land, sort, number == 1) if side else None
    return found


def _inter(actor: CaseActor, land: Land | None, sort: Sort, acts: bool) -> str | None:
    """ACLED's word for what an actor is. State forces abroad are "External/Other forces", so the land has to be known."""
    if acts and sort.event in ("Protests", "Riots"):
        return "Protesters" if sort.event == "Protests" else "Rioters"
    if _is(actor, frozenset({"REB"})):
        return "Rebel group"
    if _is(actor, _CIVILIAN):
        return "Civilians"
    if _is(actor, _STATE_FORCES) and land and actor.country:
        return "State forces" if actor.country == land.code else "External/Other forces"
    return None


def _place(event: CaseEvent, land: Land | None) -> dict[str, Cell]:
    return {"location": one_line(event.place) if event.place else None, "country": land.name if land else None}


def _told(s: Selected, telling: Telling) -> dict[str, Cell]:
    mentions = s.mentions(telling.event)
    added = max(s.all_reports[mention.place.report].added for mention in mentions)
    return {"source": publishers(s, mentions), "notes": telling.mention.sentence, "timestamp": _seconds(added)}


def _seconds(moment: str) -> int | None:
    """Seconds since 1970 of an ISO moment in UTC."""
    try:
        return timegm(datetime.fromisoformat(moment.replace("Z", "+00:00")).utctimetuple())
    except ValueError:
        return None


def dead(s: Selected) -> dict[str, list[FigureSeries]]:
    """The series of the dead of each event."""
    found: dict[str, list[FigureSeries]] = {}
    dead = {figure.place for figure in s.record.figures if figure.fate == "dead" and not figure.part}
    for series in s.records.derived(s.filters.as_of).figures:
        if series.about and all(Place(claim.report, claim.figure) in dead for claim in series.claims):
            found.setdefault(series.about, []).append(series)
    return found


def _fatalities(found: Sequence[FigureSeries]) -> int | None:
    """The number of dead, where there is one series and all its values are one exact number; values that differ are no number."""
    if len(found) != 1:
        return None
    values = {(claim.low, claim.high) for claim in found[0].claims}
    low, high = values.pop()
    return int(low) if not values and low is not None and low == high else None


def _tags(disputes: Sequence[str]) -> str | None:
    return f"dragoman disputed: {', '.join(disputes)}" if disputes else None
