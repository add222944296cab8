"""Periods of the calendar: "last August", "the third quarter", "1991", "the late 1970s", "next week", "the weekend"."""

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
    ORDINALS,
    SEASON,
    UNIT,
    YEAR,
    Found,
    Rule,
    Setting,
    dated,
    day_number,
    duration,
    month_number,
    rule,
)

_YEAR_CUES, _MONTH_CUES = frozenset(LEXICON["cues"]["year"]), frozenset(LEXICON["cues"]["month"])
_NOT_AFTER_YEAR = frozenset(LEXICON["cues"]["not_after_year"])

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


def _month_value(s: Setting, month: int) -> str | None:
    m = s.match
    if m["year"]:
        return f"{m['year']}-{month:02d}"
    if s.published is None:
        return None
    now = s.published
    if m["of"]:
        return f"{now.year + {'last': -1, 'this': 0, 'next': 1}[m['of'].split()[-2]]:04d}-{month:02d}"
    turn = m["turn"]
    if turn is None and s.ahead is None and (month - now.month) % 12 <= 1:
        return calendar.shift(now, (month - now.month) % 12, "month")
    if turn in ("last", "this past") or (turn is None and s.ahead is not True):
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
        year = now.year + {"last": -1, "this": 0, "next": 1}[m["of"].split()[-2]]
    elif m["turn"] == "last":
        year = now.year - (order + 2 >= now.month)
    elif m["turn"] == "next":
        year = now.year + (order <= now.month)
    else:
        year = now.year - (order > now.month and s.ahead is False and m["turn"] != "this")
    return s.found("DATE", f"{year:04d}-{code}")


def _by_quarter(s: Setting) -> Sequence[Found]:
    m = s.match
    if s.after(2)[:2] in (["-", "final"], ["-", "finals"]) or s.after()[:1] in (["final"], ["finals"]):
        return NOTHING
    count = ORDINALS[m["ordinal"]]
    code = ("Q" if m["what"] == "quarter" else "H") + str(count)
    if m["what"] == "half" and (count > 2 or not (m["year"] or m["of"])):
        return NOTHING
    if m["year"]:
        return s.found("DATE", f"{m['year']}-{code}")
    if s.published is None:
        return s.found("DATE", None)
    if m["of"]:
        turn = m["of"].split()[-2]
        return s.found("DATE", f"{s.published.year + {'last': -1, 'next': 1}.get(turn, 0):04d}-{code}")
    begins = 3 * count - 2
    year = s.published.year - (begins > s.published.month and not s.ahead)
    return s.found("DATE", f"{year:04d}-{code}")


_OF_YEAR = r"(?P<of>(?:, )?(?:of )?(?:last|this|next) year)"

_IN_THE = "|".join(rf"(?<={word} )the" for word in ("in", "during", "by", "until"))

_MONTHS_AND_SEASONS = [
    rule(
        "month",
        rf"(?:(?P<edge>{EDGE}) )?(?:(?P<turn>last|next|this past|this coming|this) )?(?P<month>{MONTH})"
        rf"(?: (?:(?:of |, )?(?P<year>{YEAR})|{_OF_YEAR}))?",
        _by_month,
    ),
    rule(
        "season",
        rf"(?:{EDGE} )?(?:(?P<turn>last|next|this|{_IN_THE}|the(?= \S+ of)) )?(?P<season>{SEASON})"
        rf"(?: (?:(?:of |, )?(?P<year>{YEAR})|{_OF_YEAR}))?",
        _by_season,
    ),
    rule(
        "quarter",
        rf"(?:the )?(?:fiscal(?: -)? )?(?P<ordinal>{either(ORDINALS)})(?: -)? (?P<what>quarter|half)"
        rf"(?: (?:(?:of |, )?(?P<year>{YEAR})|(?P<of>(?:of )?(?:last|this|next|the) year)))?",
        _by_quarter,
    ),
]

# ---- years, decades, centuries: "1991", "early 1990", "the late 1970s", "the 19th century"


def _by_year(s: Setting) -> Sequence[Found]:
    value = s.match["year"]
    if s.match["edge"] or s.match["word"]:
        return s.found("DATE", value)
    return s.found("DATE", value) if _is_year(s, int(value)) else NOTHING


def _is_year(s: Setting, value: int) -> bool:
    """Whether a bare number is a year: nothing beside it makes it an amount, a clock time, or part of a name."""
    before, after = s.before(2), s.after(3)
    last = before[-1] if before else ""
    follows = after[0] if after else ""
    if last in ("$", "€", "£", "#", "no", "at", "-", "/", ":", "+", ",", "x", "flight") and not _listed_year(before):
        return False
    if follows in _NOT_AFTER_YEAR or follows in ("$", "%", "/", ":", "x") or after[:2] == ["-", "strong"]:
        return False
    cued = last in _YEAR_CUES
    if not cued and last and _before_is_name(s):
        return False
    if _counts_plural(s, after) and last not in ("the", "'", "s", "his", "her", "their", "its", "of"):
        return False
    return cued or 1900 <= value <= (s.published.year + 30 if s.published else 2060)


def _listed_year(before: Sequence[str]) -> bool:
    """ "in 1991, 1993", "post-1959": the comma or dash stands behind another year or a prefix of time."""
    return len(before) == 2 and before[1] in (",", "-", "/") and bool(re.fullmatch(rf"{YEAR}|post|pre", before[0]))


def _before_is_name(s: Setting) -> bool:
    """ "Windows 2000", "Euro 2004": a capitalised word that is no sentence's first stands right before."""
    atom = s.line.atom_at(max(s.match.start() - 2, 0))
    return s.line.annotations.text[atom.start].isupper()


_NO_PLURALS = frozenset({"this", "series", "across", "less", "versus", "does"})


def _counts_plural(s: Setting, after: Sequence[str]) -> bool:
    token = s.line.token_at(s.match.start())
    head = s.line.annotations.head(token) if token else None
    if s.line.written(s.match.end() + 1, s.match.end() + 2)[:1].isupper():
        return False
    if token and head and token.relation.startswith("nummod") and head.index > token.index:
        return head.feats.get("Number") == "Plur" and head.upos != "PROPN"
    next_token = s.line.token_at(s.match.end() + 1) if after else None
    if next_token and next_token.upos in ("VERB", "AUX"):
        return False
    follows = after[0] if after else ""
    return follows.endswith("s") and len(follows) > 3 and follows not in _NO_PLURALS


def _two_digit_year(s: Setting) -> Sequence[Found]:
    return s.found("DATE", f"{19 if int(s.match['yy']) > 30 else 20}{s.match['yy']}")


def _year_range(s: Setting) -> Sequence[Found]:
    """ "1991-95", "1991 to 1995": two years."""
    m = s.match
    first, second = m["year"], m["year2"]
    second = first[: 4 - len(second)] + second
    if int(second) <= int(first) or s.before()[-1:] == ["$"]:
        return NOTHING
    return Found(m.start("year"), m.end("year"), "DATE", first), Found(m.start("year2"), m.end("year2"), "DATE", second)


_DECADES = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}


def _by_decade(s: Setting) -> Sequence[Found]:
    m = s.match
    if m["year"]:
        return s.found("DATE", m["year"][:3] + "X")
    digit = _DECADES[m["word"]] if m["word"] else int(m["yy"][0])
    if m["word"] and s.before()[-1:] in (["his"], ["her"], ["their"]):
        return NOTHING
    return s.found("DATE", f"{'20' if digit < 2 else '19'}{digit}X")


def _by_century(s: Setting) -> Sequence[Found]:
    if s.match["number"]:
        count = int(s.match["number"])
    else:
        count = {"nineteenth": 19, "twentieth": 20, "eighteenth": 18, "twenty - first": 21}[s.match["word"]]
    return s.found("DATE", f"{count - 1:02d}") if 1 <= count <= 30 else NOTHING


_YEARS = [
    rule("year", rf"(?:(?P<edge>{EDGE}) )?(?P<word>the year |fiscal(?: year)? )?(?P<year>{YEAR})", _by_year),
    rule("short_year", r"(?<=in |of )' (?P<yy>[0-9]{2})", _two_digit_year),
    rule(
        "year_range",
        rf"(?P<year>{YEAR}) (?:-|to|/) (?P<year2>{YEAR}|[0-9]{{2}})(?! (?:-|/|{UNIT}|percent|%|people))",
        _year_range,
    ),
    rule(
        "decade",
        rf"(?:the )?(?:{EDGE} (?:the )?)?(?:(?P<year>(?:1[0-9]|20)[0-9]0)(?: ')? s"
        rf"|' (?P<yy>[0-9]0)(?: ')? s|(?<=the )(?P<word>{either(_DECADES)}))",
        _by_decade,
    ),
    rule(
        "century",
        rf"(?:the )?(?:{EDGE} )?(?:(?P<number>[0-9]{{1,2}}) (?:st|nd|rd|th)"
        r"|(?P<word>eighteenth|nineteenth|twentieth|twenty - first))(?: -)? century",
        _by_century,
    ),
]

# ---- turns of a unit: "next week", "this month", "the following day", "later this year", "the weekend"

_TURNS = {
    "last": -1,
    "this": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "previous": -1,
    "following": 1,
    "same": 0,
    "that": 0,
    "past": -1,
}


def _by_turn(s: Setting) -> Sequence[Found]:
    m = s.match
    if m["turn"].startswith("this "):
        return _this_past(s)
    turn, unit = m["turn"].removeprefix("the "), m["unit"]
    textual = turn in ("previous", "following", "same", "that") or (unit == "day" and turn == "next")
    if m["turn"] in ("the next", "the last", "the past", "the coming") and unit != "day":
        # "over the next week" is a stretch that begins now, not the calendar week
        return s.found("DURATION", duration(1, unit))
    anchor = (s.reference if unit in ("day", "week") else s.period) if textual else s.published
    if (turn == "last" and unit == "day") or (turn == "this" and s.before()[-1:] == ["to"]):
        return NOTHING
    if unit == "century":
        return s.found("DATE", f"{(anchor.year - 1) // 100 + _TURNS[turn]:02d}" if anchor else None)
    if unit == "decade":
        return s.found("DATE", f"{anchor.year // 10 + _TURNS[turn]:03d}X" if anchor else None)
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
    """ "the end of the month", "year-end": of the running one."""
    unit = s.match["unit"] or "year"
    if s.match["unit"] is None:
        return s.found("DATE", f"{s.published.year:04d}-12-31" if s.published else None)
    return s.found("DATE", calendar.shift(s.published, 0, unit))


def _week_of(s: Setting) -> Sequence[Found]:
    day = dated(s, month_number(s.match["month"]), day_number(s.match["day"]), None) if s.capital("month") else None
    suffix = "-WE" if s.match["what"] == "weekend" else ""
    return s.found("DATE", day and calendar.week(date.fromisoformat(day)) + suffix)


_CALENDAR_UNIT = r"(?P<unit>day|week|month|quarter|year|decade|century)"

_TURNED = [
    rule(
        "turn",
        rf"(?:{EDGE} )?(?P<turn>last|this|next|the (?:last|next|past|coming|current|previous|following|same)|that"
        rf"|this (?:past|coming)) {_CALENDAR_UNIT}",
        _by_turn,
    ),
    rule("weekend", r"(?P<turn>last|this past|this coming|this|next|the past|the coming|the) weekend", _by_weekend),
    rule(
        "end_of",
        r"(?:the )?(?:beginning|start|middle|end) of the (?P<unit>week|month|year)|(?:the )?year(?: -)? end(?P<x>)",
        _end_of,
    ),
    rule("week_of", rf"the (?P<what>week|weekend) of (?P<month>{MONTH}) (?P<day>{DAY})", _week_of),
]

PERIODS: tuple[Rule, ...] = (*_MONTHS_AND_SEASONS, *_YEARS, *_TURNED)
