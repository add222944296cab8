"""Deaths of events as best, high and low, under the column names of UCDP's georeferenced events.

A row needs an event that occurred or is under way and a number of dead that reports give for it. No number is made up: `low` and `high`
are the ends of what is claimed, `best` the number that more sources give than any other; where there is none it stays empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman.case.asking import Telling
from dragoman.case.exports.acled import dead
from dragoman.case.exports.elsewhere import day_of, joined, land_of, publishers, sides
from dragoman.case.exports.selecting import Selected
from dragoman.case.exports.tables import Cell, Column, ColumnType, Table
from dragoman.case.judgements import CaseActor, FigureClaim, FigureSeries
from dragoman.reading.wording import one_line

COLUMNS: tuple[str, ...] = (
    "id", "year", "type_of_violence", "side_a", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "where_description", "country", "latitude", "longitude", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
)  # fmt: skip
EMPTY = frozenset({"type_of_violence", "latitude", "longitude", "event_clarity", "deaths_a", "deaths_b", "deaths_civilians"})
"""Columns for which a case has nothing."""
_TYPES: Mapping[str, ColumnType] = dict.fromkeys(
    ("year", "number_of_sources", "date_prec", "deaths_unknown", "best", "high", "low"), "whole"
)


class Deaths(NamedTuple):
    """The dead of one event; None where nothing is claimed that would say."""

    best: int | None
    high: int | None
    low: int | None


def ucdp(s: Selected) -> Table:
    """The selected events that cost lives, by day."""
    columns = tuple(Column(name, _TYPES.get(name, "text"), "") for name in COLUMNS)
    return Table("ucdp", columns, tuple(_rows(s, sides(s), dead(s))))


def _rows(s: Selected, actors: Mapping[str, CaseActor], killed: Mapping[str, Sequence[FigureSeries]]) -> Iterator[tuple[Cell, ...]]:
    for telling in s.tellings:
        event = telling.event
        if event.id not in killed or event.status not in ("occurred", "ongoing"):
            continue
        deaths, land = deaths_of(killed[event.id]), land_of(event.place)
        row: dict[str, Cell] = {"id": event.id, "number_of_sources": event.independent_sources, **_time(telling), **deaths._asdict()}
        row |= {"deaths_unknown": deaths.best, "where_description": one_line(event.place) if event.place else None}
        row |= {"country": land.name if land else None, **_source(s, telling)}
        for side, ids in (("side_a", event.initiators), ("side_b", event.recipients)):
            row[side] = joined((actors[actor].name for actor in ids if actor in actors), "; ")
        yield tuple(row.get(name) for name in COLUMNS)


def deaths_of(series: Sequence[FigureSeries]) -> Deaths:
    """What is claimed of the dead. Numbers of several measured things are never added up: then only the greatest lower end holds."""
    found = [_deaths(one) for one in series]
    if len(found) == 1:
        return found[0]
    return Deaths(None, None, max((one.low for one in found if one.low is not None), default=None))


def _deaths(series: FigureSeries) -> Deaths:
    revised = {revision.before for revision in series.revisions}
    claims = [claim for claim in series.claims if (claim.report, claim.figure) not in revised]
    lows, highs = [_whole(claim.low) for claim in claims], [_whole(claim.high) for claim in claims]
    low = min((value for value in lows if value is not None), default=None)
    high = None if None in highs else max((value for value in highs if value is not None), default=None)
    return Deaths(_best(claims), high, low)


def _best(claims: Sequence[FigureClaim]) -> int | None:
    """The exact number that more sources give than any other."""
    given = {
        (claim.speaker or claim.report, value) for claim in claims if claim.low == claim.high and (value := _whole(claim.low)) is not None
    }
    ranked = Counter(value for _, value in given).most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _whole(value: float | None) -> int | None:
    """A number of people: Int64 holds it, or it is none."""
    return int(value) if value is not None and 0 <= value < 2**63 else None


def _time(telling: Telling) -> dict[str, Cell]:
    when = telling.event.when
    if when is None:
        return {}
    whole = day_of(telling.event) is not None and len(when.end) == 10
    precision = None if when.inferred or not whole else 1 if when.start == when.end else None
    return {"year": int(when.start[:4]), "date_start": when.start, "date_end": when.end, "date_prec": precision}


def _source(s: Selected, telling: Telling) -> dict[str, Cell]:
    row = s.all_reports[telling.mention.place.report]
    title = one_line(row.title) if row.title else None
    office = publishers(s, s.mentions(telling.event))
    return {
        "source_article": telling.mention.sentence,
        "source_office": office,
        "source_date": row.published or None,
        "source_headline": title,
    }
