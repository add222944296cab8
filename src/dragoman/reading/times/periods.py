"""Periods of the calendar: "last August", "the third quarter", "the year-ago period", "next week", "the weekend"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dragoman.reading.numerals import either
from dragoman.reading.times import calendar_math as calendar
from dragoman.reading.times.rules import (
    A_MONTH,
    A_SEASON,
    A_UNIT,
    DAY,
    EDGE,
    LEXICON,
    MONTH,
    NOTHING,
    OF_YEAR,
    ORDINALS,
    SEASON,
    TO,
    YEAR,
    Found,
    Rule,
    Setting,
    dated,
    day_number,
    duration,
    month_number,
    rule,
    turned_year,
)

_MONTH_CUES = frozenset(LEXICON["cues"]["month"])

# ---- months, seasons, quarters: "last August", "March 1996", "early January", "the third quarter"


def _by_month(s: Setting) -> Sequence[Found]:
    m = s.match
    name = m["month"]
    if not s.capital("month") or _is_person(s):
        return NOTHING
    plain = not (m["turn"] or m["edge"] or m["year"] or m["of"])
    if plain and name.removesuffix(" .") in ("may", "march", "mar", "jan", "sun") and not _stands_as_month(s):
        return NOTHING
    return s.found("DATE", _month_value(s, month_number(name)))


def _is_person(s: Setting) -> bool:
    token = s.line.token_at(s.match.start("month"))
    name = token and s.line.annotations.name_at(token)
    return bool(name) and name.kind == "PERSON" if name else False


def _stands_as_month(s: Setting) -> bool:
    token = s.line.token_at(s.match.start("month"))
    if token is not None and token.upos in ("AUX", "VERB"):
        return False
    return s.before()[-1:] != [] and s.before()[-1] in _MONTH_CUES


_AHEAD_AFTER = frozenset(LEXICON["cues"]["ahead_after"])


def _month_value(s: Setting, month: int) -> str | None:
    m = s.match
    if m["year"]:
        return f"{m['year']}-{month:02d}"
    if s.published is None:
        return None
    now = s.published
    if m["of"]:
        return (year_of := turned_year(now, m["of"])) and f"{year_of}-{month:02d}"
    turn = m["turn"]
    if turn is None and not _AHEAD_AFTER.isdisjoint(s.after()):
        return f"{now.year + (month < now.month):04d}-{month:02d}"
    ahead = None if s.over else s.ahead  # "will discuss the September attacks"
    distance = (month - now.month) % 12
    if turn is None and not s.over and (ahead is None or (distance == 1 and now.month < 12)) and distance < 2:
        # the month to come even under a past verb ("warned of a cut in May"): the one eleven months back is "last May".
        # In December "January" is that of the same year if the verb is past.
        return calendar.shift(now, distance, "month")
    if turn in ("last", "this past") or (turn is None and ahead is not True):
        # "last August" is the latest one that is over; a bare "August" may be the month that runs
        year = now.year - (month >= now.month if turn == "last" else month > now.month)
    elif turn == "next":
        year = now.year + (month <= now.month)
    else:
        year = now.year + (month < now.month and turn != "this")
    return f"{year:04d}-{month:02d}"


def _by_season(s: Setting) -> Sequence[Found]:
    m = s.match
    if m["turn"] == "the" and not m["year"] and s.after()[:1] == ["of"]:  # "the fall of the regime"
        return NOTHING
    if not (m["turn"] or m["year"] or m["of"]) or (s.published is None and not m["year"]):
        return NOTHING if not (m["turn"] or m["year"] or m["of"]) else s.found("DATE", None)
    code = LEXICON["seasons"][m["season"]]
    if m["year"]:
        return s.found("DATE", f"{m['year']}-{code}")
    now = s.published or date.min
    order = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    if m["of"]:
        return s.found("DATE", (year_of := turned_year(now, m["of"])) and f"{year_of}-{code}")
    if m["turn"] == "last":
        year = now.year - (order + 2 >= now.month)
    elif m["turn"] == "next":
        year = now.year + (order <= now.month)
    else:
        year = now.year - (order > now.month and s.ahead is False and m["turn"] != "this")
    return s.found("DATE", f"{year:04d}-{code}")


def _month_range(s: Setting) -> Sequence[Found]:
    """ "July to September 1991", "December-February 2004": the year stands with the second month only."""
    m = s.match
    year = m["year"] or turned_year(s.published, m["of"])
    if not (s.capital("month") and s.capital("month2")):
        return NOTHING
    first, second = month_number(m["month"]), month_number(m["month2"])
    begins = None if year is None else f"{int(year) - (first > second):04d}-{first:02d}"
    return (*s.found("DATE", begins, "first"), *s.found("DATE", year and f"{year}-{second:02d}", "last"))


# ---- quarters and halves, and the periods of a balance sheet


_IN_BOOKS = frozenset(LEXICON["cues"]["in_books"])  # "first-half profit" against "a first-half goal"


def _by_quarter(s: Setting) -> Sequence[Found]:
    m = s.match
    if s.after(2)[:2] in (["-", "final"], ["-", "finals"]) or s.after()[:1] in (["final"], ["finals"]):
        return NOTHING
    count = ORDINALS[m["ordinal"]]
    code = ("Q" if m["what"] == "quarter" else "H") + str(count)
    told = m["year"] or m["of"] or m["year0"] or s.quarter or not _IN_BOOKS.isdisjoint(s.after())
    if m["what"] == "half" and (count > 2 or not told):
        return NOTHING
    if year := m["year"] or m["year0"]:
        return s.found("DATE", f"{year}-{code}")
    if s.published is None:
        return s.found("DATE", None)
    if m["of"]:
        return s.found("DATE", (year_of := turned_year(s.published, m["of"])) and f"{year_of}-{code}")
    begins = 3 * count - 2
    year = s.published.year - (begins > s.published.month and not s.ahead) - bool(m["back"])
    if s.ahead and begins + 5 < s.published.month:  # "expects a profit in the first quarter", told in October
        year += 1
    elif s.ahead and begins > s.published.month + 6 and not _IN_BOOKS.isdisjoint(s.after()):
        year -= 1  # "will release fourth-quarter results", told in January
    return s.found("DATE", f"{year:04d}-{code}")


def _a_year_back(s: Setting) -> Sequence[Found]:
    """ "the year-ago quarter", "the year-earlier period": a year before the quarter that the text speaks of."""
    what = s.match["what"]
    named = s.quarter or (s.named.value if s.named and what != "quarter" else None)
    if named is None and what != "quarter":
        return NOTHING
    named = named or (calendar.last_quarter(s.published) if s.published else None)
    return s.found("DATE", named and calendar.years_on(named, -1))


def _latest(s: Setting) -> Sequence[Found]:
    """ "the latest quarter", "the most recent fiscal year": the one spoken of, else the last one that is over."""
    unit = s.match["unit"]
    if unit in ("quarter", "period") and s.quarter:
        return s.found("DATE", s.quarter)
    if unit == "period":
        return NOTHING
    return s.found("DATE", calendar.shift(s.published, -1, unit))


def _the_quarter(s: Setting) -> Sequence[Found]:
    """ "for the quarter", "during the month": the one that the text speaks of."""
    unit, before = s.match["unit"], s.before()[-1:]
    if before not in (["for"], ["during"]) and not (before == ["in"] and unit != "month"):
        return NOTHING
    if unit == "month":
        named = s.named and s.named.value
        return s.found("DATE", named[:7] if named and re.match(r"\d{4}-\d\d(?!\d)", named) else calendar.shift(s.published, 0, unit))
    if s.quarter is None or s.after()[:1] in (["of"], ["before"], ["after"], ["from"]):
        return NOTHING
    return s.found("DATE", s.quarter)


_OF_THE_YEAR = frozenset(LEXICON["cues"]["of_the_year"])


def _the_year(s: Setting) -> Sequence[Found]:
    """ "for the year", "the full year", "the first months of the year": the one that runs; not "man of the year"."""
    before = s.before(2)
    of_part = before[-1:] == ["of"] and before[0] in _OF_THE_YEAR
    if s.match["edge"] or s.match["kind"] or of_part or before[-1:] in (["for"], ["during"]):
        return s.found("DATE", calendar.shift(s.published, 0, "year"))
    return NOTHING


_IN_THE = "|".join(rf"(?<={word} )the" for word in ("in", "during", "by", "until"))

_MONTHS_AND_SEASONS = [
    rule(
        "month",
        rf"(?:(?P<edge>{EDGE}) )?(?:(?P<turn>last|next|this past|this coming|this) )?(?P<month>{MONTH})"
        rf"(?: (?:(?:of |, )?(?P<year>{YEAR})|{OF_YEAR}))?",
        _by_month,
        A_MONTH,
    ),
    rule(
        "season",
        rf"(?:{EDGE} )?(?:(?P<turn>last|next|this|{_IN_THE}|the(?= \S+ of)) )?(?P<season>{SEASON})"
        rf"(?: (?:(?:of |, )?(?P<year>{YEAR})|{OF_YEAR}))?",
        _by_season,
        A_SEASON,
    ),
    rule(
        "quarter",
        rf"(?:the )?(?:(?P<year0>{YEAR}) (?:' s )?)?(?P<back>(?:comparable )?(?:year - (?:ago|earlier)|prior - year) )?(?:fiscal(?: -)? )?"
        rf"(?P<ordinal>{either(ORDINALS)})(?: -)? (?P<what>quarter|half)"
        rf"(?: (?:(?:of |, )?(?:fiscal )?(?P<year>{YEAR})|(?P<of>(?:of )?(?:last|this|next|the) year)))?",
        _by_quarter,
        {"quarter", "half"},
    ),
    rule(
        "month_range",
        rf"(?P<first>(?P<month>{MONTH})) {TO} (?P<last>(?P<month2>{MONTH})(?: (?:(?:of |, )?(?P<year>{YEAR})|{OF_YEAR})))",
        _month_range,
        A_MONTH,
    ),
    rule(
        "year_back",
        r"(?:the )?(?:(?:comparable|corresponding|same) )?(?:year - (?:ago|earlier)|prior - year) (?P<what>quarter|period|month|half)",
        _a_year_back,
        {"year", "prior"},
    ),
    rule("latest", r"the (?:latest|most recent)(?: fiscal| full)? (?P<unit>quarter|year|month|week|period)", _latest, {"latest", "recent"}),
    rule(
        "the_year",
        r"(?P<edge>(?:early|earlier|late|later) in )?the (?P<kind>(?:full|whole|entire|fiscal|financial|current fiscal) )?year",
        _the_year,
        {"year"},
    ),
    rule("the_quarter", r"the (?P<unit>quarter|period|month)", _the_quarter, {"quarter", "period", "month"}),
]

# ---- turns of a unit: "next week", "this month", "the following day", "later this year", "the weekend"

_TURNS = {
    "last": -1,
    "this": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "previous": -1,
    "prior": -1,
    "following": 1,
    "same": 0,
    "that": 0,
    "past": -1,
}


def _by_turn(s: Setting) -> Sequence[Found]:
    m = s.match
    if (s.capital("turn") and s.capital("unit")) or (m["unit"] == "quarter" and s.after()[:1] == ["-"]):
        return NOTHING  # the title of something; a quarter-final
    if m["turn"].startswith("this "):
        return _this_past(s)
    turn, unit = m["turn"].removeprefix("the "), m["unit"]
    textual = turn in ("previous", "prior", "following", "same", "that") or (unit == "day" and turn == "next")
    if m["turn"] in ("the next", "the last", "the past", "the coming") and unit not in ("day", "quarter") and not m["kind"]:
        # "over the next week" is a stretch that begins now, not the calendar week
        return s.found("DURATION", duration(1, unit))
    anchor = (s.reference if unit in ("day", "week") else s.period) if textual else s.published
    if (turn == "last" and unit == "day") or (turn == "this" and s.before()[-1:] == ["to"]):
        return NOTHING
    if unit == "century":
        return s.found("DATE", f"{(anchor.year - 1) // 100 + _TURNS[turn]:02d}" if anchor else None)
    if unit == "decade":
        return s.found("DATE", f"{anchor.year // 10 + _TURNS[turn]:03d}X" if anchor else None)
    if unit == "quarter" and textual and s.quarter:
        return s.found("DATE", s.quarter if turn in ("same", "that") else calendar.shift(s.period, _TURNS[turn], unit))
    return s.found("DATE", calendar.shift(anchor, _TURNS[turn], unit))


def _this_past(s: Setting) -> Sequence[Found]:
    shift = -1 if s.match["turn"].endswith("past") else 1
    return s.found("DATE", calendar.shift(s.published, shift, s.match["unit"]))


def _by_weekend(s: Setting) -> Sequence[Found]:
    turn = (s.match["turn"] or "the").removeprefix("the ") or "the"
    if s.published is None:
        return s.found("DATE", None)
    if turn == "the" and s.ahead is not True:
        # the latest weekend that has begun
        saturday = calendar.weekday(s.published, 6, ahead=False)
        return s.found("DATE", f"{calendar.week(saturday)}-WE" if saturday else None)
    monday = calendar.plus_days(s.published, 7 * {"last": -1, "past": -1, "this past": -1, "next": 1}.get(turn, 0))
    return s.found("DATE", f"{calendar.week(monday)}-WE" if monday else None)


def _end_of(s: Setting) -> Sequence[Found]:
    """ "the end of the month", "the rest of the year": of the running one; "year-end 2004"."""
    m = s.match
    if m["unit"]:
        return s.found("DATE", calendar.shift(s.published, 0, m["unit"]))
    year = m["year"] or (f"{s.published.year:04d}" if s.published else None)
    return s.found("DATE", year if year is None or m.group().startswith("mid") else f"{year}-12-31")


def _the_one_beside(s: Setting) -> Sequence[Found]:
    """ "the day before", "the week after": beside the day or period that was named last; not "the day before the vote"."""
    unit = s.match["unit"]
    if s.after()[:1] not in (["."], [","], [";"], ['"'], [")"], []):
        return NOTHING
    anchor = s.reference if unit in ("day", "week") else s.period
    return s.found("DATE", calendar.shift(anchor, 1 if s.match["side"] == "after" else -1, unit))


def _week_of(s: Setting) -> Sequence[Found]:
    day = dated(s, month_number(s.match["month"]), day_number(s.match["day"]), None) if s.capital("month") else None
    suffix = "-WE" if s.match["what"] == "weekend" else ""
    return s.found("DATE", day and calendar.week(date.fromisoformat(day)) + suffix)


_CALENDAR_UNIT = r"(?P<kind>(?:fiscal|financial|calendar|school|academic) (?=year))?(?P<unit>day|week|month|quarter|year|decade|century)"

_TURNED = [
    rule(
        "turn",
        rf"(?:{EDGE} )?(?P<turn>last|this|next|the (?:last|next|past|coming|current|previous|prior|following|same)|that"
        rf"|this (?:past|coming)) {_CALENDAR_UNIT}(?: or so)?",
        _by_turn,
        A_UNIT,
    ),
    rule("weekend", r"(?P<turn>last|this past|this coming|this|next|the past|the coming|the) weekend", _by_weekend, {"weekend"}),
    rule(
        "end_of",
        r"(?:the )?(?:beginning|start|middle|end|rest|remainder) of the (?P<unit>day|week|month|year|decade)"
        rf"|mid - year|midyear|(?:around )?(?:the )?year(?: -)? end(?: (?:of )?(?P<year>{YEAR}))?",
        _end_of,
        A_UNIT | {"midyear"},
    ),
    rule("beside", r"the (?P<unit>day|week|month|year) (?P<side>before|after)", _the_one_beside, {"before", "after"}),
    rule("week_of", rf"the (?P<what>week|weekend) of (?P<month>{MONTH}) (?P<day>{DAY})", _week_of, A_MONTH, {"week", "weekend"}),
]

PERIODS: tuple[Rule, ...] = (*_MONTHS_AND_SEASONS, *_TURNED)
