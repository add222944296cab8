"""The times of a report: TIMEX3 expressions with their values, relative ones resolved against the day of publication.

One pass from left to right: at each place the rules of the grammar are asked, longest match first, and the first that
finds something takes its words. The last day that was named is what "the next day" counts from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dragoman.language.annotations import Annotations
from dragoman.reading.entries import Time
from dragoman.reading.surface import Line, line_of
from dragoman.reading.times import calendar_math as calendar
from dragoman.reading.times.clocks import CLOCKS
from dragoman.reading.times.days import DAYS
from dragoman.reading.times.lengths import LENGTHS
from dragoman.reading.times.periods import PERIODS
from dragoman.reading.times.rules import LEXICON, PART, Found, Rule, Setting
from dragoman.reading.times.years import YEARS

RULES: tuple[Rule, ...] = (*DAYS, *CLOCKS, *PERIODS, *YEARS, *LENGTHS)

_NEEDS = frozenset(needed for rule in RULES for needed in rule.needs)


@dataclass
class _Candidate:
    match: re.Match[str]
    rule: Rule


def read_times(annotations: Annotations, published: date | None, line: Line | None = None) -> list[Time]:
    """Every time expression in text order. Without `published` the relative ones keep their type and have no value.

    `line` is the line of the annotations, where the caller has it already.
    """
    line = line or line_of(annotations)
    times: list[Time] = []
    for found in _joined(line, _sweep(line, published)):
        span = line.span(found.first, found.last)
        times.append(Time(f"t{len(times) + 1}", span.start, span.end, found.type, found.value))
    return times


def _sweep(line: Line, published: date | None) -> Iterator[Found]:
    reached, previous, named, reference, period = 0, None, None, published, published
    for candidate in _candidates(line):
        if candidate.match.start() < reached:
            continue
        setting = Setting(line, candidate.match, published, reference, period, previous, named)
        for found in candidate.rule.build(setting):
            yield found
            reached, previous = found.last, found
            reference = _day_of(found) or reference
            if candidate.rule not in LENGTHS and (begins := _period_of(found)):
                # not of lengths: "a year earlier" twice means the same year twice
                period, named = begins, found if named is None or not _within(found, named) else named


def _candidates(line: Line) -> list[_Candidate]:
    """All matches of all rules, leftmost first, the longest first where several begin at one place."""
    found: list[_Candidate] = []
    for first, last, words in line.stretches:
        lacking = {needed for needed in _NEEDS if words.isdisjoint(needed)}
        found.extend(_Candidate(match, rule) for rule in RULES for match in rule.matches(line.text, first, last, lacking))
    return sorted(found, key=lambda c: (c.match.start(), -c.match.end()))


def _day_of(found: Found) -> date | None:
    if found.type not in ("DATE", "TIME") or not found.value or not re.match(r"\d{4}-\d\d-\d\d", found.value):
        return None
    return date.fromisoformat(found.value[:10])


def _within(found: Found, named: Found) -> bool:
    """Whether a day only tells where a quarter ended: "for the quarter ended June 30"."""
    return (named.value or "")[5:6] == "Q" and len(found.value or "") == len("2004-06-30")


_PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?|(\d{4})-([QH])(\d)")


def _period_of(found: Found) -> date | None:
    """The first day of the day, month, quarter, half or year that was found."""
    match = _PERIOD.fullmatch(found.value or "") if found.type != "DURATION" else None
    if match is None:
        return None
    if match[5]:
        return calendar.day(int(match[4]), (int(match[6]) - 1) * (3 if match[5] == "Q" else 6) + 1, 1)
    return calendar.day(int(match[1]), int(match[2] or 1), int(match[3] or 1))


def _joined(line: Line, founds: Iterator[Found]) -> list[Found]:
    """A clock time and the day right behind it are one expression: "4 a.m. Thursday", "the night of May 3".

    In "2 p.m. (1900 GMT) on Monday" they stay three, but both hours are Monday's.
    """
    kept: list[Found] = []
    for found in founds:
        if not _is_clock(found) and (day := _day_of(found)):
            _move_clocks(line, kept, found.first, day)
            if kept and _is_clock(kept[-1]) and line.text[kept[-1].last : found.first] in (" ", " on "):
                clock = kept.pop()
                found = Found(clock.first, found.last, "TIME", clock.value)
            else:
                found = _with_part(line, found, day)
        kept.append(found)
    return kept


_PART_OF = re.compile(rf"(?<!\S)the (?:(?:early|late) )?(?P<part>{PART}) of $")


def _with_part(line: Line, found: Found, day: date) -> Found:
    """ "The night of May 3" for "May 3"."""
    before = line.text[max(0, found.first - 30) : found.first]
    match = _PART_OF.search(before) if found.type == "DATE" else None
    if match is None:
        return found
    return Found(found.first - len(before) + match.start(), found.last, "TIME", f"{day.isoformat()}T{LEXICON['day_parts'][match['part']]}")


_TO_DAY = (" ", " on ", " ( ", " ) ", " ) on ")
_TO_CLOCK = (" to ", " and ", " or ", " - ", " until ", " till ")


def _move_clocks(line: Line, kept: list[Found], first: int, day: date) -> None:
    """Gives the hours that stand right before position `first` to the day that is named there.

    In "8 a.m. (2300 GMT Sunday)" the day is that of Greenwich and holds for the hour in the brackets alone.
    """
    greenwich = False
    for i in range(len(kept) - 1, -1, -1):
        gap = line.text[kept[i].last : first]
        bridged = gap in _TO_DAY or (i < len(kept) - 1 and gap in _TO_CLOCK)
        if not _is_clock(kept[i]) or not bridged or (greenwich and gap == " ( "):
            return
        greenwich = (kept[i].value or "").endswith("Z") and ")" not in gap
        kept[i] = kept[i]._replace(value=day.isoformat() + (kept[i].value or "")[10:])
        first = kept[i].first


def _is_clock(found: Found) -> bool:
    return found.type == "TIME" and bool(re.match(r".{10}T\d\d:\d\d", found.value or ""))
