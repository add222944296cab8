"""Figures as series: one measured thing, all the values claimed for it, and which of them are revisions.

A measured thing is what is counted (the fate of people, else the noun), in what unit, about which event. A figure that belongs to no
event joins the series whose sentences speak of the same things. Values are ranges: "at least 12" does not contradict 15, and "about
100" not 97. A source that changes its own value revises it; that is told in the series and is no dispute (`disputes.py`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from dragoman.case.judgements import FigureClaim, FigureSeries, Place, Revision
from dragoman.case.likeness import likeness
from dragoman.case.linking.stems import stem
from dragoman.case.mentions import stems_of
from dragoman.case.numbering import Numbers
from dragoman.case.record import STATE_SECTORS, Claimant, FigureMention, Record, days_between
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
_MANY = 1000
"""From so many on, a number is not met by chance."""
_ONE_STORY = 2  # actors that two reports share
_TIMES = 3
"""Of what is told without an event, one value is not so many times another."""
_OF_ALL = STATE_SECTORS | {"UNO", "IGO", "NGO"}
_BESIDE, _FAR = 320, 10
"""Characters between two numbers that two sources set beside each other, and how many times one may be the other."""
_SAME_KIND = 0.5
_ONE_EVENT, _NO_EVENT = 0.2, 0.6


class Range(NamedTuple):
    """Lower and upper bound; infinite where there is none."""

    low: float
    high: float

    def meets(self, other: Range) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high


class Given(NamedTuple):
    """One claim as it is compared: the figure, who stands behind it, the ISO day on which it was given, its range.

    `alone`: its report gives no other number of the same kind; where it gives several, which of them another report means is not told.
    """

    mention: FigureMention
    by: Claimant
    day: str
    range: Range
    alone: bool = True


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
    kinds = Counter(map(_kind_in_report, record.figures))
    return tuple(measure(record, about, mentions, numbers, kinds) for about, mentions in grouped(record, record.figures))


def _kind_in_report(mention: FigureMention) -> tuple[str, str, str]:
    return mention.place.report, _measure(mention), mention.figure.unit or ""


def grouped(record: Record, figures: Iterable[FigureMention]) -> list[tuple[str | None, list[FigureMention]]]:
    """The figures of each measured thing, with the event that it is about (None if none), in the order of the figures."""
    by_key: dict[tuple[str, ...], list[list[FigureMention]]] = {}
    found: list[tuple[str | None, list[FigureMention]]] = []
    kept = tuple(figures)
    told = _told_of_one_deed(record, kept)
    for mention in kept:
        about = record.item(Place(mention.place.report, mention.event)) if mention.event else None
        about = told.get(mention.place, about)
        key = (about or "", _measure(mention), mention.figure.unit or "", "part" if mention.part else "")
        rows = by_key.setdefault(key, [])
        row = _home(record, rows[-_RECENT:], mention, about) if _is_told(mention, about) else None
        if row is None:
            row = []
            rows.append(row)
            found.append((about, row))
        row.append(mention)
    return found


def _is_told(mention: FigureMention, about: str | None) -> bool:
    """Whether it is told what a figure measures: a bare length, or money, may be anything's."""
    return bool(_measure(mention)) or (about is not None and mention.figure.unit not in words_of("case", "lengths", "units"))


def _home(record: Record, rows: Sequence[list[FigureMention]], mention: FigureMention, about: str | None) -> list[FigureMention] | None:
    """The measured thing that a figure gives a value for: the most alike, of equal ones that with the same value, then the latest."""
    scored = [
        (score, any(_equal(m, mention) for m in row[-_RECENT:]), n)
        for n, row in enumerate(rows)
        if (score := _belongs(record, row, mention, about)) >= SAME_THING
    ]
    return rows[max(scored)[2]] if scored else None


def _belongs(record: Record, row: Sequence[FigureMention], mention: FigureMention, about: str | None) -> float:
    """How surely a figure is another value for what a row measures.

    Of one report, two figures measure two things unless they are equal or one is set against the other.
    """
    own = [m for m in row[-_RECENT:] if m.place.report == mention.place.report]
    against = any(_against(record, m, mention) for m in own)
    if own and not (mention.rival or against) and not any(m.rival or _equal(m, mention) for m in own):
        return 0.0
    if own and (mention.rival or against):
        return 1.0
    recent = [m for m in row[-_RECENT:] if not _other_kind(m, mention) and (about or _comparable(m, mention))]
    if not recent or days_between(recent[-1].published, mention.published) > _DAYS_APART:
        return 0.0
    alike = max(_alike(record, m, mention) for m in recent)
    return max(alike, SAME_THING) if about else alike


def _told_of_one_deed(record: Record, figures: Sequence[FigureMention]) -> dict[Place, str]:
    """Figures that are set against one before them in their report: the event of that one.

    So are those that two sources give beside each other for acts of one kind ("deployed 4,000", "deployed 8,000").
    """
    found: dict[Place, str] = {}
    last: dict[tuple[str, str], FigureMention] = {}
    for mention in figures:
        key = (mention.place.report, _measure(mention))
        other, last[key] = last.get(key), mention
        about = found.get(other.place) or (record.item(Place(other.place.report, other.event)) if other.event else None) if other else None
        if other and about and ((mention.rival and not mention.event) or (mention.event and _against(record, other, mention))):
            found[mention.place] = about
    return found


def _against(record: Record, one: FigureMention, other: FigureMention) -> bool:
    """Whether two who are named give two numbers of one thing beside each other in a report."""
    if one.place.report != other.place.report or abs(one.figure.start - other.figure.start) > _BESIDE or one.part or other.part:
        return False
    if _head(one) != _head(other) or one.figure.unit != other.figure.unit or not one.of or _equal(one, other):
        return False
    mine, theirs = _claimant(record, one), _claimant(record, other)
    if mine.speaker is None or theirs.speaker is None or mine.source == theirs.source:
        return False
    acts = [record.event_at.get(Place(m.place.report, m.event or "")) for m in (one, other)]
    if all(acts) and one.fate and one.event != other.event:
        return False  # the dead of two deeds
    deeds = [(act.event.type, act.words_of_act) for act in acts if act]
    alike = deeds[0] == deeds[1] if len(deeds) == 2 else likeness(_about(one), _about(other)).score >= _ONE_EVENT
    return alike and _size_of(one) * _FAR >= _size_of(other) >= _size_of(one) / _FAR


def _alike(record: Record, one: FigureMention, other: FigureMention) -> float:
    """Likeness of two figures' sentences; large numbers near each other, of the same people and in one story, are likely of one thing."""
    if (one.kind - one.of) & (other.kind - other.of):
        return _SAME_KIND
    said = likeness(_about(one), _about(other)).score
    one_story = len(record.cast[one.place.report] & record.cast[other.place.report]) >= _ONE_STORY
    told = one.of - _anybody() or one.words & other.words - one.of
    return max(said, SAME_THING) if one_story and told and _near(one, other) else said


@cache
def _anybody() -> frozenset[str]:
    """Nouns that tell nothing of who is counted."""
    return stems_of("figures", "anybody")


def _about(mention: FigureMention) -> frozenset[str]:
    """What the sentence tells besides who is counted, and how many."""
    return frozenset(word for word in mention.words - mention.of if not word[0].isdigit())


def _other_kind(one: FigureMention, other: FigureMention) -> bool:
    """Cases of cholera are no cases of measles."""
    return bool(one.kind and other.kind) and not one.kind & other.kind


def _near(one: FigureMention, other: FigureMention) -> bool:
    """Whether two large numbers of people lie within a third of each other; "thousands" lies near everything."""
    if any(f.low is not None and f.low >= _MANY and f.high is None for f in (one.figure, other.figure)):
        return False
    low, high = sorted((_size_of(one), _size_of(other)))
    return one.figure.unit == "person" and low >= _MANY and high * 0.7 <= low


def _comparable(one: FigureMention, other: FigureMention) -> bool:
    low, high = sorted((_size_of(one), _size_of(other)))
    return high <= _TIMES * low


def _equal(one: FigureMention, other: FigureMention) -> bool:
    return (one.figure.low, one.figure.high) == (other.figure.low, other.figure.high)


def measure(
    record: Record, about: str | None, mentions: Sequence[FigureMention], numbers: Numbers, kinds: Counter[tuple[str, str, str]]
) -> Measured:
    """One measured thing from its figures, which are in the record's order; `kinds` counts the figures of one kind in each report."""
    given = tuple(_given(record, mention, kinds[_kind_in_report(mention)] < 2) for mention in mentions)
    by_source = _by_source(record, given)
    positions = tuple(standing[-1] for standing in by_source.values())
    revisions = tuple(r for source, standing in by_source.items() for r in _revisions(source, standing)) + tuple(_grown(record, given))
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
    if one.range.meets(other.range) or _of_others(one, other) or one.mention.part or other.mention.part or _each_its_own(one, other):
        return False
    if one.mention.place.report == other.mention.place.report:
        named = one.by.speaker is not None and other.by.speaker is not None
        if not (one.mention.rival or other.mention.rival or named):
            return False
    elif not _of_one_day(one, other):
        return False
    early, late = sorted((one, other), key=lambda g: g.day)
    return not _has_grown(early, late)


def _each_its_own(one: Given, other: Given) -> bool:
    """Whether two firms or clubs each tell of themselves: their profits, their flights. Of people, all may tell."""
    if one.mention.figure.unit == "person" or one.mention.rival or other.mention.rival:
        return False
    told = [given.by.speaker for given in (one, other)]
    if all(told) and _head(one.mention) in stems_of("figures", "own"):
        return True
    return all(who and who.kind == "organization" and _OF_ALL.isdisjoint(who.sectors) for who in told)


def _of_one_day(one: Given, other: Given) -> bool:
    """What belongs to no event changes from day to day (patients, the missing): only what is given on one day contradicts.

    The two sentences have to tell of the same things, more so where no event joins them.
    """
    apart = one.mention.event is None or other.mention.event is None
    alike = likeness(_about(one.mention), _about(other.mention)).score
    return alike >= (_NO_EVENT if apart else _ONE_EVENT) and (not apart or (one.day == other.day and one.alone and other.alone))


def _has_grown(early: Given, late: Given) -> bool:
    """A later, higher count of what only grows: the same, unless two who speak for themselves are far apart over the dead or the hurt."""
    if early.day >= late.day or not _grows(early.mention) or late.range.high <= early.range.low:
        return False
    told = early.by.speaker is None or late.by.speaker is None or early.mention.fate is None
    return told or late.range.low <= GROWTH * max(early.range.high, 0)


def _grows(mention: FigureMention) -> bool:
    return mention.fate in words_of("case", "growing", "fates") or _head(mention) in stems_of("growing", "nouns")


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
    return _last_telling(mention.figure.of or "")


@lru_cache(maxsize=65536)
def _last_telling(of: str) -> str:
    stems = [stem(w) for w in of.split()[-8:]]
    telling = [s for s in stems if s not in _fate_stems() and s not in _FATE_WORDS]
    return telling[-1] if telling else ""


@cache
def _fate_stems() -> frozenset[str]:
    return frozenset(stem(w) for kind in ("dead", "injured", "arrested") for w in words_of("units", "tolls", kind))


def _given(record: Record, mention: FigureMention, alone: bool) -> Given:
    by = _claimant(record, mention)
    return Given(mention, by, record.day_said(mention.published, mention.voices), range_of(mention), alone)


def _claimant(record: Record, mention: FigureMention) -> Claimant:
    giver = record.who(mention.place.report, mention.giver)
    return Claimant(giver, giver.party) if giver else record.claimant(mention.place.report, mention.voices)


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
    return _size_of(claim.mention)


def _size_of(mention: FigureMention) -> float:
    figure = mention.figure
    return _number(figure.low if figure.low is not None else figure.high or 0)


def _revisions(source: str, standing: Sequence[Given]) -> Iterable[Revision]:
    """Steps from one value to another: apart, or moved to one side by more than the room that either has."""
    for before, after in pairwise(standing):
        if _moved(before, after) and not _of_others(before, after) and not _is_daily(before.mention):
            yield Revision(before.mention.place, after.mention.place, source)


def _grown(record: Record, given: Sequence[Given]) -> Iterable[Revision]:
    """Steps by which a count that only grows is put higher by another source in a later report: of one event, or of cases of one kind."""
    of_one = [g for g in given if _grows(g.mention) and (g.mention.event or g.mention.kind - g.mention.of) and not g.mention.part]
    by_report: dict[str, Given] = {}
    for claim in of_one:
        report = _text_of(record, claim.mention.place.report)
        if report not in by_report or _size(claim) > _size(by_report[report]):
            by_report[report] = claim
    standing = sorted(by_report.values(), key=lambda g: (g.day, g.mention.place))
    for before, after in pairwise(standing):
        later = before.by.source != after.by.source and before.day < after.day
        if later and _size(after) > _size(before) and _moved(before, after) and not _of_others(before, after):
            yield Revision(before.mention.place, after.mention.place, after.by.source)


def _is_daily(mention: FigureMention) -> bool:
    """Whether a figure without an event is a price, a rate or a score: tomorrow's is another one."""
    unit = mention.figure.unit or ""
    rate = unit in words_of("case", "markets", "units") or (len(unit) == 3 and unit.isupper())
    of_play = len(mention.words & _play_and_markets()) >= 2
    return mention.event is None and (rate or of_play or _head(mention) in stems_of("markets", "nouns"))


@cache
def _play_and_markets() -> frozenset[str]:
    return frozenset(stem(word) for kind in ("sport", "market") for word in words_of("acts", "domains", kind))


def _moved(before: Given, after: Given) -> bool:
    """ "About 80" and then "up to 100" says more than before, though both may hold; "10 to 20" and then "12" does not."""
    if not before.range.meets(after.range):
        return True
    old, new = before.mention.figure, after.mention.figure
    room = APPROXIMATE if old.approximate or new.approximate else ROUND
    steps = [(float(b) - a) for a, b in ((old.low, new.low), (old.high, new.high)) if a is not None and b is not None]
    least = room * max(_size(before), 1)
    return bool(steps) and ((min(steps) >= 0 and max(steps) > least) or (max(steps) <= 0 and min(steps) < -least))


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
