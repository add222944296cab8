"""What the grammar of time expressions is made of: rules, what they find, and the alphabet of their patterns.

A `Rule` is a name, a regular expression over `Line.text` (lower case, single spaces: "jan . 3 , 2004") and a builder.
The builder gets the match in its `Setting` (publication, the last day named before, the outlook of the clause) and
gives what it found: usually one `Found`, several for a range ("May 3 to 5"), none if a closer look says that it is no
time. The rules themselves stand in days.py, clocks.py, periods.py, years.py and lengths.py; builder.py runs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from dragoman.lexicons.load import load
from dragoman.reading.entries import TimeType
from dragoman.reading.numerals import either
from dragoman.reading.surface import Line
from dragoman.reading.times import calendar_math as calendar
from dragoman.reading.times.outlook import looks_ahead, surely_over

LEXICON = load("times")
WEEKDAYS: dict[str, int] = LEXICON["weekdays"]
MONTHS: dict[str, int] = LEXICON["months"]
_SHORT_WEEKDAYS: dict[str, int] = LEXICON["weekday_abbreviations"]
UNITS: dict[str, tuple[str, int]] = LEXICON["units"]
PLURALS: dict[str, str] = LEXICON["plurals"]


class Found(NamedTuple):
    """A time at positions `[first, last)` of the line."""

    first: int
    last: int
    type: TimeType
    value: str | None


@dataclass(frozen=True)
class Setting:
    """Where a match stands: the line, the day of publication, and what the text named before.

    `reference` is the last day ("the next day" counts from it), `period` the beginning of the last day, month, quarter or
    year ("that year"); both are the day of publication as long as nothing was named. `named` is the find that gave
    `period`, `previous` the last find of any kind.
    """

    line: Line
    match: re.Match[str]
    published: date | None
    reference: date | None
    period: date | None
    previous: Found | None
    named: Found | None = None

    @cached_property
    def ahead(self) -> bool | None:
        """Whether the clause looks ahead (True), back (False), or does not tell."""
        return looks_ahead(self.line, self.match.start(), self.match.end())

    @cached_property
    def over(self) -> bool:
        """Whether the words beside the match say that it lies back: "ended Oct. 31", "the January 13 attack"."""
        return surely_over(self.line, self.match.start(), self.match.end())

    @cached_property
    def quarter(self) -> str | None:
        """The quarter or half that the text speaks of, if that is the last period it named, and named close by."""
        near = self.named and self.match.start() - self.named.last < _NEAR and self.named.value
        return near if near and near[5:6] in ("Q", "H") else None

    def before(self, words: int = 1) -> list[str]:
        """The atoms before the match."""
        return self.line.before(self.match.start(), words)

    def after(self, words: int = 1) -> list[str]:
        """The atoms behind the match."""
        return self.line.after(self.match.end(), words)

    def written(self, group: str | int = 0) -> str:
        """The match, or a group of it, with its letter case."""
        return self.line.written(self.match.start(group), self.match.end(group))

    def capital(self, group: str | int = 0) -> bool:
        """Whether the group begins with a capital."""
        return self.written(group)[:1].isupper()

    def found(self, type_: TimeType, value: str | None, group: str | int = 0) -> tuple[Found, ...]:
        """One find over the whole match or one group."""
        return (Found(self.match.start(group), self.match.end(group), type_, value),)


_NEAR = 600  # characters: about two paragraphs of an agency report

Builder = Callable[[Setting], Sequence[Found]]
NOTHING: tuple[Found, ...] = ()


@dataclass(frozen=True, eq=False)
class Rule:
    """A pattern and what it means.

    A text that lacks all the words of one of `needs` cannot match. It is not tried, and its pattern is not even compiled:
    most reports use few of the rules, and compiling them all would take a tenth of a second at every start.
    """

    name: str
    source: str
    build: Builder
    needs: tuple[frozenset[str], ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern; it begins and ends at the bounds of atoms."""
        return re.compile(rf"(?<!\S)(?:{self.source})(?!\S)")

    def matches(self, line: str, first: int, last: int, lacking: Set[Set[str]]) -> Iterator[re.Match[str]]:
        """Every match in the positions `[first, last)` of the line; of the sets in `lacking` no word stands there."""
        return self.pattern.finditer(line, first, last) if lacking.isdisjoint(self.needs) else iter(())


def rule(name: str, pattern: str, build: Builder, *needs: Set[str]) -> Rule:
    """A rule that may match where the line has a word of each of `needs`."""
    return Rule(name, pattern, build, tuple(map(frozenset, needs)))


# ---- the alphabet of the patterns, and the sets of words that rules need

A_MONTH, A_WEEKDAY = frozenset(MONTHS), frozenset(WEEKDAYS)
A_UNIT, A_PLURAL = frozenset([*UNITS, *PLURALS]), frozenset(PLURALS)
A_PART, A_SEASON = frozenset(LEXICON["day_parts"]), frozenset(LEXICON["seasons"])

WEEKDAY = rf"(?:{either(WEEKDAYS)})"
WEEKDAY_OR_SHORT = rf"(?:(?:{either(WEEKDAYS)})|(?:{either(_SHORT_WEEKDAYS)})(?: \.)?)"
_SHORT_MONTHS = [month for month in MONTHS if len(month) < 5 and month not in ("may", "june", "july")]
MONTH = rf"(?:(?:{either(MONTHS.keys() - _SHORT_MONTHS)})|(?:{either(_SHORT_MONTHS)})(?: \.)?)(?!\S)"
DAY = r"(?:[0-3]?[0-9](?: (?:st|nd|rd|th))?)"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
TO = r"(?:-|to|and|or|until|through|till)"
OF_YEAR = r"(?P<of>(?:, )?(?:of )?(?:last|this|next) year)"
YEAR_BEHIND = rf"(?: (?:, )?(?P<year>{YEAR}))?"
SEASON = rf"(?:{either(LEXICON['seasons'])})"
PART = rf"(?:{either(LEXICON['day_parts'])})"
ONE, MANY = either(UNITS), either(PLURALS)
UNIT = rf"(?:{MANY}|{ONE})"
EDGE = r"(?:(?:very )?(?:early|late|mid)(?: -)?|(?:the )?(?:beginning|start|middle|end) of|later|earlier)"
BOUND = r"(?:almost|nearly|about|around|roughly|approximately|at (?:least|most)|(?:(?:no|not) )?(?:more|less|fewer) than)"
""" "Almost two years" is one expression: the standard counts what weighs a length to it."""
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1 st": 1, "2 nd": 2, "3 rd": 3, "4 th": 4}


def month_number(text: str) -> int:
    """1 to 12 of "january", "jan ."."""
    return MONTHS[text.removesuffix(" .")]


def weekday_number(text: str) -> int:
    """1 (Monday) to 7 of "monday", "mon ."."""
    return (WEEKDAYS | _SHORT_WEEKDAYS)[text.removesuffix(" .")]


def day_number(text: str) -> int:
    """The number of "3", "3 rd"."""
    return int(text.split()[0])


def turned_year(published: date | None, phrase: str | None) -> str | None:
    """The year of "last year", "of next year", "this year"; None without a phrase or a day of publication."""
    if published is None or phrase is None:
        return None
    year = published.year + {"last": -1, "this": 0, "next": 1, "the": 0}[phrase.split()[-2]]
    return f"{year:04d}" if 1 <= year <= 9999 else None


def iso(day: date | None) -> str | None:
    """The value of a day."""
    return None if day is None else day.isoformat()


_TOLD_WITHOUT_YEAR = 250  # days
_AHEAD_IS_RARER = 2  # where nothing tells, a day four months ahead counts as far as one eight months back


def dated(s: Setting, month: int, number: int, year: str | None) -> str | None:
    """The day; without a year the nearest one on the side that the clause looks to, or else the nearest."""
    if year is not None:
        return iso(calendar.day(int(year), month, number))
    published = s.published
    if published is None:
        return None
    if s.over:
        return iso(next((d for back in (0, 1) if (d := calendar.day(published.year - back, month, number)) and d <= published), None))
    days = [calendar.day(published.year + shift, month, number) for shift in (-1, 0, 1)]
    near = [d for d in days if d is not None]
    if s.ahead:  # but a day ten months ahead is seldom meant where one two months back is at hand
        near = [d for d in near if 0 <= (d - published).days <= 200] or near
    elif s.ahead is False:  # but the parse of "a summit on December 15" is often past: a few weeks ahead stay possible,
        # and a day that is nine months gone would have been told with its year
        near = [d for d in near if -_TOLD_WITHOUT_YEAR <= (d - published).days <= 45] or near
    return iso(min(near, key=lambda d: (d - published).days * _AHEAD_IS_RARER if d > published else (published - d).days, default=None))


def duration(amount: int | float | None, unit: str) -> str:
    """The TIMEX3 value of a length: P8M, PT48H; with X for a number that is not told."""
    letter, holds = UNITS[unit]
    head = "PT" if unit in ("second", "minute", "hour") else "P"
    if amount is None:
        return f"{head}X{letter}"
    if amount == int(amount):
        return f"{head}{int(amount) * holds}{letter}"
    if unit == "year" and amount * 12 == int(amount * 12):
        return f"P{int(amount)}Y{round(amount % 1 * 12)}M"
    return f"{head}{amount * holds:g}{letter}"


def is_age(s: Setting) -> bool:
    """Whether the match tells how old somebody is: "aged 20 years", "a six-month-old"."""
    after = s.after(3)
    return (
        after[:1] in (["old"], ["olds"])
        or after[:2] in (["-", "old"], ["-", "olds"], ["of", "age"])
        or s.before()[-1:] == ["aged"]
        or s.before(2) == ["age", "of"]
    )
