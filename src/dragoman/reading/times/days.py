"""Days and hours: "January 3", "late Sunday", "yesterday", "Christmas Eve", "4 a.m. EDT", "0600 GMT"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dragoman.reading.numerals import either
from dragoman.reading.times import calendar_math as calendar
from dragoman.reading.times.rules import (
    DAY,
    EDGE,
    LEXICON,
    MONTH,
    NOTHING,
    PART,
    UNIT,
    WEEKDAY,
    WEEKDAY_OR_SHORT,
    YEAR,
    YEAR_BEHIND,
    Found,
    Rule,
    Setting,
    dated,
    day_number,
    iso,
    month_number,
    rule,
    weekday_number,
)

# ---- days: "January 3", "3 January 2024", "2024-01-03", "Friday", "late Sunday", "yesterday"


_ATTACKS = ("attack", "attacks", "terrorist", "terror", "hijackings", "hijackers", "strikes")


def _month_day(s: Setting) -> Sequence[Found]:
    m = s.match
    if not s.capital("month") or not 1 <= (number := day_number(m["day"])) <= 31 or s.after()[:1] == ["%"]:
        return NOTHING
    year = m["year"]
    if (number, month_number(m["month"])) == (11, 9) and s.after()[:1] and s.after()[0] in _ATTACKS:
        year = "2001"
    return s.found("DATE", dated(s, month_number(m["month"]), number, year))


def _month_days(s: Setting) -> Sequence[Found]:
    """ "May 3 to 5", "May 30 - June 2, 2004": two days."""
    m = s.match
    if not s.capital("month"):
        return NOTHING
    first, second = day_number(m["day"]), day_number(m["day2"])
    if not (1 <= first <= 31 and 1 <= second <= 31):
        return NOTHING
    month = month_number(m["month"])
    month2 = month_number(m["month2"]) if m["month2"] else month
    start2 = m.start("month2") if m["month2"] else m.start("day2")
    return (
        Found(m.start("month"), m.end("day"), "DATE", dated(s, month, first, m["year"])),
        Found(start2, m.end(), "DATE", dated(s, month2, second, m["year"])),
    )


def _days_month(s: Setting) -> Sequence[Found]:
    """ "from 8 to 10 May": two days."""
    m = s.match
    first, second = day_number(m["day"]), day_number(m["day2"])
    if not s.capital("month") or not 1 <= first < second <= 31:
        return NOTHING
    month = month_number(m["month"])
    days = dated(s, month, first, m["year"]), dated(s, month, second, m["year"])
    return (*s.found("DATE", days[0], "day"), *s.found("DATE", days[1], "last"))


def _numeric_day(s: Setting) -> Sequence[Found]:
    m = s.match
    month, number = int(m["month"]), int(m["day"])
    day = iso(calendar.day(int(m["year"]), month, number))
    if m["clock"]:
        return s.found("TIME", day and f"{day}T{m['clock'].replace(' ', '')}")
    return s.found("DATE", day)


def _slashed_day(s: Setting) -> Sequence[Found]:
    """ "23/1/2024": resolved only where one of the two numbers cannot be a month."""
    first, second, year = (int(s.match[name]) for name in ("a", "b", "year"))
    if not (1 <= first <= 31 and 1 <= second <= 31):
        return NOTHING
    if first > 12 or first == second:
        return s.found("DATE", iso(calendar.day(year, second, first)))
    return s.found("DATE", iso(calendar.day(year, first, second)) if second > 12 else None)


def _weekday_day(s: Setting) -> date | None:
    m, number = s.match, weekday_number(s.match["weekday"])
    if s.published is None:
        return None
    turn = (m["turn"] or "").removeprefix("the ")
    if turn == "last":
        return calendar.weekday(s.published, number, ahead=False, strictly=True)
    if turn == "next":
        return calendar.weekday(s.published, number, ahead=True, strictly=True)
    if m["week"]:
        return calendar.in_week(s.published, number, {"last": -1, "this": 0, "next": 1}[m["week"].split()[0]])
    if turn in ("following", "previous") and s.reference:
        return calendar.weekday(s.reference, number, ahead=turn == "following", strictly=True)
    ahead = turn in ("coming", "this coming") or (turn != "this past" and bool(s.ahead))
    return calendar.weekday(s.published, number, ahead=ahead)


def _by_weekday(s: Setting) -> Sequence[Found]:
    """ "Friday", "late Sunday", "next Monday", "Tuesday last week", "Friday morning"."""
    if not s.capital("weekday") or _in_longer_name(s) or s.before()[-1:] in (["bloody"], ["black"]):
        return NOTHING
    day = iso(_weekday_day(s))
    if part := s.match["part"]:
        return s.found("TIME", day and f"{day}T{LEXICON['day_parts'][part]}")
    return s.found("DATE", day)


def _in_longer_name(s: Setting) -> bool:
    """ "Sunday Times": the word belongs to the name of something."""
    token = s.line.token_at(s.match.end() - 1)
    name = token and s.line.annotations.name_at(token)
    if name and name.kind in ("ORGANIZATION", "PERSON", "FACILITY", "EVENT") and name.last - name.first > 1:
        return True
    after = s.after()[:1]
    return bool(after) and after[0] in (
        "times",
        "telegraph",
        "mirror",
        "mail",
        "herald",
        "express",
        "post",
        "tribune",
        "world",
    )


_DEICTIC = {
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "tonight": 0,
    "day before yesterday": -2,
    "day after tomorrow": 2,
}


def _deictic(s: Setting) -> Sequence[Found]:
    m = s.match
    word = m["word"].removeprefix("the ")
    if s.capital("word") and s.before()[-1:] == ["usa"]:
        return NOTHING
    day = iso(s.published and calendar.plus_days(s.published, _DEICTIC[word]))
    part = m["part"] or ("night" if word == "tonight" else None)
    if part:
        return s.found("TIME", day and f"{day}T{LEXICON['day_parts'][part]}")
    return s.found("DATE", day)


def _part_of_day(s: Setting) -> Sequence[Found]:
    """ "this morning", "last night", "that evening", "the next morning"."""
    m = s.match
    anchor, shift = (s.published, 0)
    turn = m["turn"].removeprefix("the ")
    if turn in ("last", "previous"):
        anchor, shift = (s.published if turn == "last" else s.reference), -1
    elif turn in ("next", "following"):
        anchor, shift = s.reference, 1
    elif turn in ("that", "same"):
        anchor = s.reference
    day = iso(anchor and calendar.plus_days(anchor, shift))
    return s.found("TIME", day and f"{day}T{LEXICON['day_parts'][m['part']]}")


def _holiday(s: Setting) -> Sequence[Found]:
    name, year = s.match["feast"], s.match["year"]
    token = s.line.token_at(s.match.start())
    if token and token.relation == "flat":  # a surname
        return NOTHING
    if not s.capital("feast") or s.after()[:1] == ["island"] or (s.after()[:1] == ["'"] and name == "may day"):
        return NOTHING
    if year is None and s.published is None:
        return s.found("DATE", None)
    years = [int(year)] if year else [s.published.year + i for i in (-1, 0, 1)] if s.published else []
    days = [d for y in years if (d := _feast(name, y)) is not None]
    published = s.published
    if published and not year:
        side = [d for d in days if d >= published] if s.ahead else days
        days = sorted(side or days, key=lambda d: abs((d - published).days))
    return s.found("DATE", iso(days[0]) if days else None)


def _feast(name: str, year: int) -> date | None:
    if name in LEXICON["fixed_holidays"]:
        return calendar.day(year, *LEXICON["fixed_holidays"][name])
    if not 1583 <= year <= 9998:
        return None
    if name.startswith("thanksgiving"):
        return calendar.thanksgiving(year)
    return calendar.plus_days(calendar.easter(year), LEXICON["easter_holidays"][name])


_FEASTS = either([*LEXICON["fixed_holidays"], *LEXICON["easter_holidays"], "thanksgiving day", "thanksgiving"])

_TO = r"(?:-|to|and|or|until|through|till)"
_DAYS = [
    rule(
        "month_day",
        rf"(?:{WEEKDAY_OR_SHORT} ,? ?)?(?:(?P<turn>last|this|next) )?(?P<month>{MONTH})"
        rf" (?:the )?(?P<day>{DAY}){YEAR_BEHIND}(?! (?:[:/]|pct|percent))",
        _month_day,
    ),
    rule(
        "day_month",
        rf"(?:{WEEKDAY_OR_SHORT} ,? ?)?(?:the )?(?P<day>{DAY})(?: of)? (?P<month>{MONTH}){YEAR_BEHIND}",
        _month_day,
    ),
    rule(
        "month_days",
        rf"(?P<month>{MONTH}) (?P<day>{DAY}) {_TO} (?:(?P<month2>{MONTH}) )?(?P<day2>{DAY})"
        rf"{YEAR_BEHIND}(?! (?:[:/]|{UNIT}|people))",
        _month_days,
    ),
    rule(
        "days_month",
        rf"(?P<day>{DAY}) {_TO} (?P<last>(?P<day2>{DAY}) (?P<month>{MONTH}){YEAR_BEHIND})",
        _days_month,
    ),
    rule(
        "iso_day",
        rf"(?P<year>{YEAR}) (?P<sign>[-/.]) (?P<month>[01][0-9]) (?P=sign) (?P<day>[0-3][0-9])"
        r"(?: t (?P<clock>[0-2][0-9] : [0-5][0-9]))?",
        _numeric_day,
    ),
    rule("nine_eleven", r"9 / 11(?! /)", lambda s: s.found("DATE", "2001-09-11")),
    rule("slashed_day", rf"(?P<a>[0-9]{{1,2}}) / (?P<b>[0-9]{{1,2}}) / (?P<year>{YEAR})", _slashed_day),
    rule(
        "weekday",
        rf"(?:{EDGE} (?:on )?)?"
        r"(?:(?P<turn>last|next|this past|this coming|this|(?:the )?(?:coming|following|previous)) )?"
        rf"(?P<weekday>{WEEKDAY})(?: (?P<part>{PART}))?(?: (?:of )?(?P<week>(?:last|this|next) week))?",
        _by_weekday,
    ),
    rule(
        "deictic",
        rf"(?:{EDGE} )?"
        r"(?P<word>yesterday|today|tomorrow|tonight|(?:the )?day before yesterday|(?:the )?day after tomorrow)"
        rf"(?: (?P<part>{PART}))?",
        _deictic,
    ),
    rule(
        "part_of_day",
        rf"(?:{EDGE} )?(?P<turn>this|last|that|the same|the next|the following|the previous) (?P<part>{PART})",
        _part_of_day,
    ),
    rule("holiday", rf"(?P<feast>{_FEASTS}){YEAR_BEHIND}", _holiday),
]

# ---- clock times: "4 a.m. EDT", "0600 GMT", "10:30", "noon"

_CLOCK_CUES = frozenset({"at", "by", "until", "till", "from", "around", "about", "before", "after", "since", "to", "and", "(", "between"})


def _by_clock(s: Setting) -> Sequence[Found]:
    m = s.match
    hour, minute = int(m["hour"]), int(m["minute"] or 0)
    half, zone = m["half"], m["zone"]
    if not (half or zone or (m["minute"] and s.before()[-1:] and s.before()[-1] in _CLOCK_CUES)):
        return NOTHING
    if half:
        if not 1 <= hour <= 12:
            return NOTHING
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return s.found("TIME", _clock(s, hour, minute, zone))


def _military(s: Setting) -> Sequence[Found]:
    digits = s.match["clock"]
    return s.found("TIME", _clock(s, int(digits[:2]), int(digits[2:]), s.match["zone"]))


def _named_hour(s: Setting) -> Sequence[Found]:
    return s.found("TIME", _clock(s, 0 if "midnight" in s.match.group() else 12, 0, None))


def _clock(s: Setting, hour: int, minute: int, zone: str | None) -> str | None:
    """The hour on the day that was named last if it stands close, else on the day of publication."""
    if hour > 24 or minute > 59:
        return None
    day = iso(s.published)
    previous = s.previous
    if previous and previous.value and re.match(r"\d{4}-\d\d-\d\d", previous.value):
        between = s.line.text[previous.last : s.match.start()]
        if len(between) < 40 and _BREAKS.isdisjoint(between.split()):
            day = previous.value[:10]
    return day and f"{day}T{hour:02d}:{minute:02d}{'Z' if zone in ('gmt', 'utc') else ''}"


def _dotted(s: Setting) -> Sequence[Found]:
    m = s.match
    hour, half = int(m["hour"]), m["half"]
    if half:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return s.found("TIME", _clock(s, hour, int(m["minute"]), m["zone"] or m["zone2"]))


_BREAKS = frozenset({".", ";", "\n"})
_HALF = r"(?P<half>[ap](?: \.)? m(?: \.)?|[ap]m)"
_ZONE = (
    r"(?P<zone>gmt|utc|est|edt|pst|pdt|cst|cdt|mst|mdt|cet|cest|bst|ist|eastern"
    r"|(?:local|moscow|beijing|eastern) time)"
)

_CLOCKS = [
    rule("clock", rf"(?P<hour>[012]?[0-9])(?: [:.] (?P<minute>[0-5][0-9]))?(?: {_HALF})?(?: \(? ?{_ZONE})?", _by_clock),
    rule(
        "dotted_clock",
        rf"(?P<hour>[012]?[0-9])\.(?P<minute>[0-5][0-9]) (?:{_HALF}(?: {_ZONE})?|(?P<zone2>gmt))",
        _dotted,
    ),
    rule("military", rf"(?P<clock>[012][0-9][0-5][0-9]) (?:{_ZONE}|hours|hrs|h)", _military),
    rule("named_hour", r"noon|midday|midnight", _named_hour),
]

DAYS: tuple[Rule, ...] = (*_DAYS, *_CLOCKS)
