"""Figures as series: one measured thing, all the values claimed for it, and which of them are revisions.

A measured thing is what is counted (the fate of people, else the noun), in what unit, about which event. A figure that belongs to no
event joins the series whose sentences speak of the same things. Values are ranges: "at least 12" does not contradict 15, and "about
100" not 97. A source that changes its own value revises it; that is told in the series and is no dispute (`disputes.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from dragoman.case.judgements import FigureClaim, FigureSeries, Place, Revision
from dragoman.case.likeness import closeness
from dragoman.case.linking.stems import stem
from dragoman.case.numbering import Numbers
from dragoman.case.record import Claimant, FigureMention, Record, days_between
from dragoman.lexicons.load import words_of

APPROXIMATE = 0.15
"""How far a value may lie from what an approximate one ("about 100") says, as a share of it."""
ROUND = 0.03
"""The same for a round number: "14,000" is said of 14,200, too."""
SAME_THING = 0.4
"""Likeness of sentences from which two figures without an event count one thing."""
GROWTH = 1.5
"""A count that another named source gives later may be this many times as high and still be the same count grown."""
_RECENT = 6
_DAYS_APART = 45


class Range(NamedTuple):
    """Lower and upper bound; infinite where there is none."""

    low: float
    high: float

    def meets(self, other: Range) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high


class Given(NamedTuple):
    """One claim as it is compared: the figure, who stands behind it, the ISO day on which it was given, its range."""

    mention: FigureMention
    by: Claimant
    day: str
    range: Range


@dataclass(frozen=True, slots=True)
class Measured:
    """A series with what it was made from: every claim, and the value that each source stands by at last (`positions`)."""

    series: FigureSeries
    given: tuple[Given, ...]
    positions: tuple[Given, ...]


def figure_series(record: Record, numbers: Numbers | None = None) -> tuple[FigureSeries, ...]:
    """All series of a record, first given first. `numbers` gives the ids and remembers them; without it `record.ids` does."""
    return tuple(measured.series for measured in measured_things(record, numbers))


def measured_things(record: Record, numbers: Numbers | None = None) -> tuple[Measured, ...]:
    """All series with their claims. Time grows with the number of figures, not with its square."""
    numbers = numbers or Numbers(record.ids)
    return tuple(measure(record, about, mentions, numbers) for about, mentions in grouped(record, record.figures))


def grouped(record: Record, figures: Iterable[FigureMention]) -> list[tuple[str | None, list[FigureMention]]]:
    """The figures of each measured thing, with the event that it is about (None if none), in the order of the figures."""
    by_key: dict[tuple[str, ...], list[list[FigureMention]]] = {}
    found: list[tuple[str | None, list[FigureMention]]] = []
    for mention in figures:
        about = record.item(Place(mention.place.report, mention.event)) if mention.event else None
        key = (about or "", _measure(mention), mention.figure.unit or "", "part" if mention.part else "")
        rows = by_key.setdefault(key, [])
        row = next((r for r in reversed(rows[-_RECENT:]) if about or _same_thing(r, mention)), None)
        if row is None:
            row = []
            rows.append(row)
            found.append((about, row))
        row.append(mention)
    return found


def measure(record: Record, about: str | None, mentions: Sequence[FigureMention], numbers: Numbers) -> Measured:
    """One measured thing from its figures, which are in the record's order."""
    given = tuple(_given(record, mention) for mention in mentions)
    by_source = _by_source(record, given)
    positions = tuple(standing[-1] for standing in by_source.values())
    revisions = tuple(r for source, standing in by_source.items() for r in _revisions(source, standing))
    name = numbers.give("F", (f"{m.place.report}:{m.place.entry}" for m in mentions))
    series = FigureSeries(name, _of(mentions), about, mentions[0].figure.unit, tuple(map(_claim, given)), revisions)
    return Measured(series, given, positions)


def range_of(mention: FigureMention) -> Range:
    """What values a figure allows, approximate and round ones with some room on both sides."""
    figure = mention.figure
    low = -math.inf if figure.low is None else _number(figure.low)
    high = math.inf if figure.high is None else _number(figure.high)
    room = APPROXIMATE if figure.approximate else ROUND if _is_round(low) or _is_round(high) else 0.0
    return Range(low - abs(low) * room if room and low > -math.inf else low, high + abs(high) * room if room and high < math.inf else high)


def contradict(one: Given, other: Given) -> bool:
    """Whether the two values cannot both hold: apart as ranges, of the same people, and not one count that has grown since."""
    if one.range.meets(other.range) or _of_others(one, other) or one.mention.part or other.mention.part:
        return False
    early, late = sorted((one, other), key=lambda g: g.day)
    return not _has_grown(early, late)


def _has_grown(early: Given, late: Given) -> bool:
    """A later, higher count of what only grows: the same count, unless two who speak for themselves are far apart."""
    if early.day >= late.day or early.mention.fate not in _growing() or late.range.high <= early.range.low:
        return False
    told = early.by.speaker is None or late.by.speaker is None
    return told or late.range.low <= GROWTH * max(early.range.high, 0)


def _growing() -> frozenset[str]:
    return words_of("case", "growing", "fates")


def _of_others(one: Given, other: Given) -> bool:
    """Whether the two count different people, or the smaller some of the larger ("three officers", "12 people")."""
    a, b = _group(one.mention), _group(other.mention)
    if a == b:
        return False
    if a and b:
        return True
    some, whole = (one, other) if a else (other, one)
    return some.range.low <= whole.range.high


def _group(mention: FigureMention) -> str:
    """Which people are counted, where a figure tells more than their fate; "" where it does not."""
    return _head(mention) if mention.fate else ""


def _measure(mention: FigureMention) -> str:
    return mention.fate or _head(mention)


_FATE_WORDS = frozenset({"person", "people", "total", "victim", "dead", "bodi", "death", "man", "men", "other"})


def _head(mention: FigureMention) -> str:
    """The stem of the last word of what is counted, the fate left out: "Iraqi civilians killed" gives "civilian"."""
    fates = frozenset(stem(w) for kind in ("dead", "injured", "arrested") for w in words_of("units", "tolls", kind))
    stems = [stem(w) for w in (mention.figure.of or "").split()[-8:]]
    telling = [s for s in stems if s not in fates and s not in _FATE_WORDS]
    return telling[-1] if telling else ""


def _same_thing(row: Sequence[FigureMention], mention: FigureMention) -> bool:
    recent = row[-_RECENT:]
    near = days_between(recent[-1].published, mention.published) <= _DAYS_APART
    return near and any(closeness(m.words - m.of, mention.words - mention.of).score >= SAME_THING for m in recent)


def _given(record: Record, mention: FigureMention) -> Given:
    by = record.claimant(mention.place.report, mention.voices)
    return Given(mention, by, record.day_said(mention.published, mention.voices), range_of(mention))


def _by_source(record: Record, given: Sequence[Given]) -> dict[str, list[Given]]:
    """What each source stood by, report after report: of several values in one report the largest is the whole, the others are parts."""
    found: dict[str, dict[tuple[str, str], Given]] = {}
    for claim in given:
        reports = found.setdefault(claim.by.source, {})
        key = (claim.day, _text_of(record, claim.mention.place.report))
        if key not in reports or _size(claim) > _size(reports[key]):
            reports[key] = claim
    return {source: [reports[k] for k in sorted(reports, key=lambda k: k[0])] for source, reports in found.items()}


def _text_of(record: Record, report: str) -> str:
    """The report, or the one that it copies: a copy says nothing again."""
    return record.reports[report].same_text_as or report


def _size(claim: Given) -> float:
    figure = claim.mention.figure
    return _number(figure.low if figure.low is not None else figure.high or 0)


def _revisions(source: str, standing: Sequence[Given]) -> Iterable[Revision]:
    """Steps from one value to another that cannot hold beside it."""
    for before, after in pairwise(standing):
        if not before.range.meets(after.range) and not _of_others(before, after):
            yield Revision(before.mention.place, after.mention.place, source)


def _claim(given: Given) -> FigureClaim:
    figure, place, speaker = given.mention.figure, given.mention.place, given.by.speaker
    return FigureClaim(figure.low, figure.high, place.report, place.entry, speaker.id if speaker else None, given.day or None)


def _of(mentions: Sequence[FigureMention]) -> str | None:
    """The shortest description: "killed" rather than "Iraqi civilians killed", unless all say who."""
    told = [m.figure.of for m in mentions if m.figure.of]
    return min(told, key=_length_first) if told else None


_length_first: Callable[[str], tuple[int, str]] = lambda words: (len(words), words)  # noqa: E731


def _is_round(value: float) -> bool:
    """Whether a number of three digits or more has only zeros behind its first two."""
    if not 100 <= abs(value) < 1e15 or value != int(value):
        return False
    digits = str(abs(int(value)))
    return not digits[2:].strip("0")


def _number(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
