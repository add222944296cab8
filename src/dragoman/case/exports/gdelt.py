"""Events under the column names of GDELT 2.0, with CAMEO codes: one row for each event of the case that a PLOVER data set would hold.

The CAMEO code is made from the PLOVER code that type and status come to, so that a threatened attack is 13 and a denied one has no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dragoman.case.asking import Telling
from dragoman.case.exports.elsewhere import code_of, day_of, land_of, sides
from dragoman.case.exports.selecting import Selected
from dragoman.case.exports.tables import Cell, Column, ColumnType, Table, contexts
from dragoman.case.judgements import CaseActor
from dragoman.reading.codes import cameo
from dragoman.reading.wording import one_line

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
          "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: tuple[str, ...] = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{of}Geo_{name}" for of in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
FILLED = frozenset({
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
    "NumMentions", "NumSources", "NumArticles", "ActionGeo_Fullname", "DATEADDED", "SOURCEURL",
    *(f"Actor{n}{name}" for n in (1, 2) for name in ("Code", "Name", "CountryCode", "Type1Code", "Type2Code", "Type3Code")),
})  # fmt: skip
"""Columns for which a case has something; all others stay empty."""
_TYPES: Mapping[str, ColumnType] = {
    "Year": "whole", "FractionDate": "number", "QuadClass": "whole", "NumMentions": "whole", "NumSources": "whole", "NumArticles": "whole",
}  # fmt: skip


def gdelt(s: Selected) -> Table:
    """The selected events that are events in PLOVER's sense, by day."""
    actors = sides(s)
    columns = tuple(Column(name, _TYPES.get(name, "text"), "") for name in COLUMNS)
    return Table("gdelt", columns, tuple(_rows(s, actors)))


def quad_of(digits: str) -> int:
    """GDELT's class of a CAMEO code: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""
    root = int(digits[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def _rows(s: Selected, actors: Mapping[str, CaseActor]) -> Iterator[tuple[Cell, ...]]:
    for telling in s.tellings:
        code, event = code_of(telling.event), telling.event
        if code is None:
            continue
        digits = cameo(code.type, code.mode, contexts(s, event))
        row = {"GlobalEventID": event.id, **_time(telling), **_counts(s, telling)}
        row |= {"EventCode": digits, "EventBaseCode": digits[:3], "EventRootCode": digits[:2], "QuadClass": quad_of(digits)}
        row |= _party("Actor1", [actors[a] for a in event.initiators if a in actors])
        row |= _party("Actor2", [actors[a] for a in event.recipients if a in actors])
        land = land_of(event.place)
        row["ActionGeo_Fullname"] = ", ".join(dict.fromkeys(filter(None, (one_line(event.place or ""), land.name if land else "")))) or None
        yield tuple(row.get(name) for name in COLUMNS)


def _time(telling: Telling) -> dict[str, Cell]:
    """The day of the event, as GDELT writes it; where none is told, only as much of the date as is."""
    when, day = telling.event.when, day_of(telling.event)
    found: dict[str, Cell] = {}
    if when is not None:
        found["Year"] = int(when.start[:4])
        if len(when.start) >= 7 and "W" not in when.start:
            found["MonthYear"] = when.start[:4] + when.start[5:7]
    if day is not None:
        there = date.fromisoformat(day)  # GDELT counts thirty days for every month
        found |= {"Day": day.replace("-", ""), "FractionDate": round(there.year + ((there.month - 1) * 30 + there.day) / 365, 4)}
    return found


def _counts(s: Selected, telling: Telling) -> dict[str, Cell]:
    event = telling.event
    rows = [s.all_reports[report] for report in dict.fromkeys(claim.report for claim in event.claims)]
    added = min(row.added for row in rows)
    return {
        "NumMentions": len(event.claims),
        "NumSources": len({row.publisher or row.id for row in rows}),
        "NumArticles": len(rows),
        "DATEADDED": "".join(filter(str.isdigit, added))[:14] or None,
        "SOURCEURL": next((one_line(row.url) for row in rows if row.url), None),
    }


def _party(side: str, actors: Sequence[CaseActor]) -> dict[str, Cell]:
    """The first of a side: GDELT has one actor on each."""
    if not actors:
        return {}
    actor = actors[0]
    found: dict[str, Cell] = {f"{side}Name": one_line(actor.name), f"{side}CountryCode": actor.country}
    found[f"{side}Code"] = "".join((actor.country or "", *actor.sectors[:3])) or None
    return found | {f"{side}Type{n}Code": sector for n, sector in enumerate(actor.sectors[:3], 1)}
