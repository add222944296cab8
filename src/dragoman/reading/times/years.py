"""Years, decades, centuries: "1991", "fiscal 1988", "1991-95", "nineteen ninety-six", "the late 1970s", "the 19th century"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.lexicons.load import load
from dragoman.reading.numerals import either, number
from dragoman.reading.times.rules import EDGE, LEXICON, NOTHING, UNIT, YEAR, Found, Rule, Setting, rule

_YEAR_CUES, _NOT_AFTER_YEAR = frozenset(LEXICON["cues"]["year"]), frozenset(LEXICON["cues"]["not_after_year"])

# ---- years in figures and in words


def _by_year(s: Setting) -> Sequence[Found]:
    m = s.match
    if m["edge"] or m["word"] or m["prefix"] or m["kind"] or _is_year(s, int(m["year"])):
        return s.found("DATE", m["year"])
    return NOTHING


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
    """ "in 1991, 1993": the comma or dash stands behind another year."""
    return len(before) == 2 and before[1] in (",", "-", "/") and bool(re.fullmatch(YEAR, before[0]))


def _before_is_name(s: Setting) -> bool:
    """ "Windows 2000", "Euro 2004": a capitalised word that is no sentence's first stands right before."""
    atom = s.line.atom_at(max(s.match.start() - 2, 0))
    return s.line.annotations.text[atom.start].isupper()


_NO_PLURALS = frozenset({"this", "series", "across", "less", "versus", "does"})
_YEARLY = frozenset(LEXICON["cues"]["yearly"])


def _counts_plural(s: Setting, after: Sequence[str]) -> bool:
    token = s.line.token_at(s.match.start())
    head = s.line.annotations.head(token) if token else None
    if s.line.written(s.match.end() + 1, s.match.end() + 2)[:1].isupper() or not _YEARLY.isdisjoint(after[:2]):
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


def _spoken_year(s: Setting) -> Sequence[Found]:
    """ "nineteen ninety-six", "the year two thousand and four", as transcripts write years."""
    m = s.match
    if not m["cue"] and s.before()[-1:] not in (["in"], ["since"], ["by"], ["until"], ["of"]):
        return NOTHING
    value = 1900 + int(number(m["rest"]) or 0) if m["rest"] else int(number(m["round"]) or 0)
    return s.found("DATE", f"{value:04d}") if 1900 < value < 2100 else NOTHING


# ---- decades and centuries

_DECADES: dict[str, int] = LEXICON["decades"]


def _by_decade(s: Setting) -> Sequence[Found]:
    m = s.match
    if m["year"]:
        return s.found("DATE", m["year"][:3] + "X")
    if m["short"]:
        return _next_decade(s, m["short"])
    digit = _DECADES[m["word"]] if m["word"] else int(m["yy"][0])
    if m["word"] and s.before()[-1:] in (["his"], ["her"], ["their"]):
        return NOTHING
    return s.found("DATE", f"{'20' if digit < 2 else '19'}{digit}X")


def _next_decade(s: Setting, digits: str) -> Sequence[Found]:
    """ "the 1960s, 70s and 80s": a short decade right behind another; alone it may be an age or a temperature."""
    last = s.previous
    if last is None or (last.value or "")[3:] != "X" or s.match.start() - last.last > len(" , and the "):
        return NOTHING
    return s.found("DATE", f"{(last.value or '')[:2]}{digits[0]}X")


def _by_century(s: Setting) -> Sequence[Found]:
    if s.match["number"]:
        count = int(s.match["number"])
    else:
        count = {"nineteenth": 19, "twentieth": 20, "eighteenth": 18, "twenty - first": 21}[s.match["word"]]
    return s.found("DATE", f"{count - 1:02d}") if 1 <= count <= 30 else NOTHING


_NUMBERS = load("units")["numbers"]
_TENS, _ONES = either(_NUMBERS["tens"]), either(_NUMBERS["ones"])

YEARS: tuple[Rule, ...] = (
    rule(
        "year",
        rf"(?:(?P<edge>{EDGE}) )?(?P<word>the year (?:of )?|(?:the )?(?:fiscal|financial)(?: year)? |fy )?"
        rf"(?P<prefix>(?:post|pre) - )?(?P<year>{YEAR})(?P<kind> (?:fiscal|financial|school|academic) year)?",
        _by_year,
    ),
    rule(
        "spoken_year",
        rf"(?P<cue>the year )?(?:nineteen (?P<rest>(?:{_TENS})(?:(?: -)? (?:{_ONES}))?)"
        rf"|(?P<round>two thousand(?: (?:and )?(?:{_ONES}|ten|eleven|twelve))?))",
        _spoken_year,
        {"nineteen", "thousand"},
    ),
    rule("short_year", r"(?<=in |of )' (?P<yy>[0-9]{2})", _two_digit_year, {"'"}),
    rule(
        "year_range",
        rf"(?P<year>{YEAR}) (?:-|to|/) (?P<year2>{YEAR}|[0-9]{{2}})(?! (?:-|/|{UNIT}|percent|%|people))",
        _year_range,
    ),
    rule(
        "decade",
        rf"(?:the )?(?:{EDGE} (?:the )?)?(?:(?P<year>(?:1[0-9]|20)[0-9]0)(?: ')? s"
        rf"|' (?P<yy>[0-9]0)(?: ')? s|(?P<short>[0-9]0) s|(?<=the )(?P<word>{either(_DECADES)}))",
        _by_decade,
        {"s", *_DECADES},
    ),
    rule(
        "century",
        rf"(?:the )?(?:{EDGE} )?(?:(?P<number>[0-9]{{1,2}}) (?:st|nd|rd|th)"
        r"|(?P<word>eighteenth|nineteenth|twentieth|twenty - first))(?: -)? century",
        _by_century,
        {"century"},
    ),
)
