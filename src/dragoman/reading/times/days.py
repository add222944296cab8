"""Days: "January 3", "May 3, 4 and 5", "late Sunday", "yesterday", "that evening", "Christmas Eve"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dragoman.reading.numerals import either
from dragoman.reading.times import calendar_math as calendar
from dragoman.reading.times.rules import (
    A_MONTH,
    A_PART,
    A_WEEKDAY,
    DAY,
    EDGE,
    LEXICON,
    MONTH,
    NOTHING,
    OF_YEAR,
    PART,
    TO,
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
    turned_year,
    weekday_number,
)

_ATTACKS = ("attack", "attacks", "terrorist", "terror", "hijackings", "hijackers", "strikes")


def _month_day(s: Setting) -> Sequence[Found]:
    m = s.match
    if not s.capital("month") or not 1 <= (number := day_number(m["day"])) <= 31 or s.after()[:1] == ["%"]:
        return NOTHING
    year = m["year"] or turned_year(s.published, m["of"])
    if (number, month_number(m["month"])) == (11, 9) and s.after()[:1] and s.after()[0] in _ATTACKS:
        year = "2001"
    return s.found("DATE", dated(s, month_number(m["month"]), number, year))


def _bare_ordinal(s: Setting) -> Sequence[Found]:
    """ "until the 14th": of the month that the text speaks of."""
    number, anchor, after = int(s.match["day"]), s.period, s.after()
    if _BEFORE_ORDINAL.isdisjoint(s.before()) or not (after == [] or after[0] in _AFTER_ORDINAL) or not 1 <= number <= 31:
        return NOTHING
    return s.found("DATE", iso(anchor and calendar.day(anchor.year, anchor.month, number)))


_BEFORE_ORDINAL = frozenset({"on", "by", "until", "till", "since", "before", "after", "from", "to"})
_AFTER_ORDINAL = frozenset([".", ",", ";", ")", '"', "and", "or", "but", "to", "until", "when", "after", "as", "with"])


def _spelled_day(s: Setting) -> Sequence[Found]:
    """ "February eleventh", "the twenty-first of May": as transcripts write days."""
    m = s.match
    if not s.capital("month" if m["month"] else "month2"):
        return NOTHING
    number = sum(_SPELLED[word] for word in (m["words"] or m["words2"]).replace(" -", "").split())
    return s.found("DATE", dated(s, month_number(m["month"] or m["month2"]), number, m["year"]))


def _dashed_day(s: Setting) -> Sequence[Found]:
    """ "August-17": only where no space stands around the dash."""
    return NOTHING if re.search(r"\s", s.written()) else _month_day(s)


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


def _day_list(s: Setting) -> Sequence[Found]:
    """ "May 3, 4 and 5, 2004": three days, the first with the month and the last with the year."""
    m = s.match
    spots = [spot.span() for spot in re.finditer(r"(?<!\S)[0-9]{1,2}(?!\S)", m["days"])]
    numbers = [int(m["days"][a:b]) for a, b in spots]
    if not s.capital("month") or numbers != sorted(set(numbers)) or not 1 <= numbers[0] <= numbers[-1] <= 31:
        return NOTHING
    at = m.start("days")
    ends = [at + b for _, b in spots[:-1]] + [m.end()]
    starts = [m.start()] + [at + a for a, _ in spots[1:]]
    month = month_number(m["month"])
    return [Found(a, b, "DATE", dated(s, month, n, m["year"])) for a, b, n in zip(starts, ends, numbers, strict=True)]


def _days_month(s: Setting) -> Sequence[Found]:
    """ "from 8 to 10 May", "from 28 May to 2 June 1991": two days."""
    m = s.match
    first, second = day_number(m["day"]), day_number(m["day2"])
    if not s.capital("month2") or not (1 <= first <= 31 and 1 <= second <= 31):
        return NOTHING
    month2 = month_number(m["month2"])
    month = month_number(m["month"]) if m["month"] else month2
    if (month, first) >= (month2, second):
        return NOTHING
    days = dated(s, month, first, m["year"]), dated(s, month2, second, m["year"])
    return (*s.found("DATE", days[0], "first"), *s.found("DATE", days[1], "last"))


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
    if year < 100:
        year += 1900 if year > 30 else 2000
    if not (1 <= first <= 31 and 1 <= second <= 31):
        return NOTHING
    if first > 12 or first == second:
        return s.found("DATE", iso(calendar.day(year, second, first)))
    return s.found("DATE", iso(calendar.day(year, first, second)) if second > 12 else None)


# ---- weekdays: "Friday", "late Sunday", "next Monday", "Tuesday last week", "Friday morning"


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
    ahead = turn in ("coming", "this coming") or (turn != "this past" and not s.over and bool(s.ahead))
    return calendar.weekday(s.published, number, ahead=ahead)


def _by_weekday(s: Setting) -> Sequence[Found]:
    if not s.capital("weekday") or _in_longer_name(s) or s.before()[-1:] in (["bloody"], ["black"]):
        return NOTHING
    day = iso(_weekday_day(s))
    if part := s.match["part"]:
        return s.found("TIME", day and f"{day}T{LEXICON['day_parts'][part]}")
    return s.found("DATE", day)


_PAPERS = frozenset(LEXICON["cues"]["papers"])


def _in_longer_name(s: Setting) -> bool:
    """ "Sunday Times": the word belongs to the name of something."""
    token = s.line.token_at(s.match.end() - 1)
    name = token and s.line.annotations.name_at(token)
    if name and name.kind in ("ORGANIZATION", "PERSON", "FACILITY", "EVENT") and name.last - name.first > 1:
        return True
    return not _PAPERS.isdisjoint(s.after()[:1])


# ---- days that count from today or from the day named before: "yesterday", "that evening", "the day before"

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
    """ "this morning", "last night", "that evening", "the next morning", "the night before"."""
    m = s.match
    anchor, shift = (s.published, 0)
    turn = m["turn"].removeprefix("the ") if m["turn"] else "previous"
    if turn in ("last", "previous"):
        anchor, shift = (s.published if turn == "last" else s.reference), -1
    elif turn in ("next", "following"):
        anchor, shift = s.reference, 1
    elif turn in ("that", "same"):
        anchor = s.reference
    day = iso(anchor and calendar.plus_days(anchor, shift))
    return s.found("TIME", day and f"{day}T{LEXICON['day_parts'][m['part'] or m['part2']]}")


def _edge_of_day(s: Setting) -> Sequence[Found]:
    """ "by mid-afternoon", "late morning yesterday": on the day named right behind, else as "that morning"."""
    m = s.match
    if m["weekday"] and not s.capital("weekday"):
        return NOTHING
    day = s.reference
    if m["word"]:
        day = s.published and calendar.plus_days(s.published, _DEICTIC[m["word"]])
    elif m["weekday"]:
        day = s.published and calendar.weekday(s.published, weekday_number(m["weekday"]), ahead=bool(s.ahead))
    return s.found("TIME", f"{day.isoformat()}T{LEXICON['day_parts'][m['part']]}" if day else None)


# ---- feasts: "Christmas Eve", "Good Friday 2024", "Labor Day"


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
    if name in LEXICON["weekday_holidays"]:
        month, number, nth, after = LEXICON["weekday_holidays"][name]
        return calendar.plus_days(calendar.nth_weekday(year, month, number, nth) or date.min, after)
    return calendar.plus_days(calendar.easter(year), LEXICON["easter_holidays"][name])


_FEASTS = [*LEXICON["fixed_holidays"], *LEXICON["easter_holidays"], *LEXICON["weekday_holidays"]]
_OF_FEASTS = {max(feast.split(), key=len) for feast in _FEASTS}
_SPELLED: dict[str, int] = LEXICON["spelled_days"] | {"twenty": 20, "thirty": 30}
_ORDINAL_DAY = rf"(?:(?:(?:twenty|thirty)(?: -)? )?(?:{either(LEXICON['spelled_days'])}))"
_NO_COUNT = rf"(?! (?:[:/]|pct|percent|{UNIT}|people))"
_TURNS = "this|last|that|the same|the next|the following|the previous"

DAYS: tuple[Rule, ...] = (
    rule(
        "month_day",
        rf"(?:around )?(?:{WEEKDAY_OR_SHORT} ,? ?)?(?:(?P<turn>last|this|next) )?(?P<month>{MONTH})"
        rf" (?:the )?(?P<day>{DAY})(?: {OF_YEAR}|{YEAR_BEHIND})(?! (?:[:/]|pct|percent))",
        _month_day,
        A_MONTH,
    ),
    rule("dashed_day", rf"(?P<month>{MONTH}) - (?P<day>{DAY})(?P<year>(?!))?(?P<of>(?!))?(?! [:/])", _dashed_day, A_MONTH, {"-"}),
    rule(
        "day_month",
        rf"(?:{WEEKDAY_OR_SHORT} ,? ?)?(?:the )?(?P<day>{DAY})(?: of)? (?P<month>{MONTH})(?: {OF_YEAR}|{YEAR_BEHIND})",
        _month_day,
        A_MONTH,
    ),
    rule("bare_ordinal", r"the (?P<day>[0-3]?[0-9]) (?:st|nd|rd|th)", _bare_ordinal, {"st", "nd", "rd", "th"}),
    rule(
        "spelled_day",
        rf"(?:(?P<month>{MONTH}) (?:the )?(?P<words>{_ORDINAL_DAY})|the (?P<words2>{_ORDINAL_DAY}) (?:day )?of (?P<month2>{MONTH}))"
        rf"{YEAR_BEHIND}",
        _spelled_day,
        A_MONTH,
        _SPELLED.keys(),
    ),
    rule(
        "month_days",
        rf"(?P<month>{MONTH}) (?P<day>{DAY}) {TO} (?:(?P<month2>{MONTH}) )?(?P<day2>{DAY}){YEAR_BEHIND}{_NO_COUNT}",
        _month_days,
        A_MONTH,
    ),
    rule(
        "day_list",
        rf"(?P<month>{MONTH}) (?P<days>{DAY}(?: , {DAY}){{1,9}} (?:, )?and {DAY}){YEAR_BEHIND}{_NO_COUNT}",
        _day_list,
        A_MONTH,
    ),
    rule(
        "days_month",
        rf"(?P<first>(?P<day>{DAY})(?: (?P<month>{MONTH}))?) {TO}"
        rf" (?P<last>(?P<day2>{DAY}) (?P<month2>{MONTH}){YEAR_BEHIND})",
        _days_month,
        A_MONTH,
    ),
    rule(
        "iso_day",
        rf"(?P<year>{YEAR}) (?P<sign>[-/.]) (?P<month>[01][0-9]) (?P=sign) (?P<day>[0-3][0-9])"
        r"(?: t (?P<clock>[0-2][0-9] : [0-5][0-9]))?",
        _numeric_day,
    ),
    rule("nine_eleven", r"9 / 11(?! /)", lambda s: s.found("DATE", "2001-09-11"), {"/"}),
    rule("slashed_day", rf"(?P<a>[0-9]{{1,2}}) / (?P<b>[0-9]{{1,2}}) / (?P<year>{YEAR}|[0-9]{{2}})", _slashed_day, {"/"}),
    rule(
        "weekday",
        rf"(?:{EDGE} (?:on )?)?"
        r"(?:(?P<turn>last|next|this past|this coming|this|(?:the )?(?:coming|following|previous)) )?"
        rf"(?P<weekday>{WEEKDAY})(?: (?P<part>{PART}))?(?: (?:of )?(?P<week>(?:last|this|next) week))?",
        _by_weekday,
        A_WEEKDAY,
    ),
    rule(
        "deictic",
        rf"(?:{EDGE} )?"
        r"(?P<word>yesterday|today|tomorrow|tonight|(?:the )?day before yesterday|(?:the )?day after tomorrow)"
        rf"(?: (?P<part>{PART}))?",
        _deictic,
        {"yesterday", "today", "tomorrow", "tonight"},
    ),
    rule(
        "part_of_day",
        rf"(?:{EDGE} )?(?:(?P<turn>{_TURNS}) (?P<part>{PART})|the (?P<part2>{PART}) before(?= [.,;]))",
        _part_of_day,
        A_PART,
    ),
    rule(
        "edge_of_day",
        rf"(?:early|late|mid)(?: -)? (?P<part>morning|afternoon|evening)"
        rf"(?: (?:on |of )?(?:(?P<word>yesterday|today|tomorrow)|(?P<weekday>{WEEKDAY})))?",
        _edge_of_day,
        A_PART,
    ),
    rule("holiday", rf"(?P<feast>{either(_FEASTS)}){YEAR_BEHIND}", _holiday, _OF_FEASTS),
)
