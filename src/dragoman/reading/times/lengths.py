"""Lengths, repetitions and stretches without a name: "21-month", "two days ago", "every Monday", "daily", "now"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.reading.numerals import NUMBER, either, number
from dragoman.reading.times import calendar_math as calendar
from dragoman.reading.times.rules import (
    LEXICON,
    MANY,
    MONTH,
    NOTHING,
    ONE,
    PART,
    PLURALS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    Found,
    Rule,
    Setting,
    duration,
    is_age,
    month_number,
    rule,
)

# ---- lengths: "eight months", "21-month", "two days ago", "the last few months", "a year earlier", "every two weeks"


def _amount(words: str | None) -> int | float | None:
    """The number of "two", "a", "12"; None for "few", "several", "12 to 18" and the like."""
    if words is None:
        return None
    words = re.sub(rf" {_SOLID}$", "", words)
    if not {"few", "several", "many", "some", "couple", "to", "or"}.isdisjoint(words.split()) or re.search(r"\w - [0-9]", words):
        return None
    return 1 if words in ("a", "an", "one", "full", "the") else number(words)


def _by_length(s: Setting) -> Sequence[Found]:
    m = s.match
    unit = PLURALS.get(m["unit"], m["unit"])
    amount = _amount(m["amount"])
    if is_age(s) or (unit == "second" and m["amount"] in ("a", None)) or (amount is not None and amount > 10**6):
        return NOTHING
    if s.before(2) == ["no", "."] or not _agrees(s, unit, amount) or _is_fraction(s, unit, amount):
        return NOTHING
    after = m["after"]
    if after is None:
        return s.found("DURATION", duration(amount, unit))
    if unit in ("second", "minute", "hour"):
        return s.found("DURATION", duration(amount, unit), "core")
    back = after in ("ago", "earlier", "before", "previously")
    anchor = s.published if after in ("ago", "from now") else s.reference if unit in ("day", "week") else s.period
    if amount is None:
        return s.found("DATE", "PAST_REF") if after == "ago" else s.found("DURATION", duration(None, unit), "core")
    if after in ("before", "after") and s.after()[:1] not in ([], ["."], [","], [";"], ['"']):
        return s.found("DURATION", duration(amount, unit), "core")
    return s.found("DATE", calendar.shift(anchor, -round(amount) if back else round(amount), unit))


def _is_fraction(s: Setting, unit: str, amount: int | float | None) -> bool:
    """ "one quarter of the country", "in some quarters"."""
    return unit == "quarter" and (s.after()[:1] == ["of"] or (amount is None and not s.match["turn"]))


def _agrees(s: Setting, unit: str, amount: int | float | None) -> bool:
    """Whether number and unit fit: "two days", "two-day", "a three hour siege"; not "three-quarters"."""
    plural, hyphen = s.match["unit"] != unit, bool(s.match["hyphen"])
    if plural or amount == 1:
        return not (plural and hyphen)
    if hyphen or s.match["after"] or unit in ("second", "quarter"):
        return hyphen
    return not s.match["amount"][:1].isdigit() or s.line.written(s.match.end() + 1, s.match.end() + 2).islower()


_NO_LENGTHS = frozenset(["'", "this", "these", "those", "early", "working", "office", "opening", "rush", "business", "visiting", "peak"])


def _bare_plural(s: Setting) -> Sequence[Found]:
    """ "for years", "just days after": an unknown number of the unit."""
    last = s.before()[-1:] or [""]
    if is_age(s) or last[0] in _NO_LENGTHS or re.fullmatch(NUMBER, last[0]) or s.match["unit"] in ("seconds", "quarters"):
        return NOTHING
    return s.found("DURATION", duration(None, PLURALS[s.match["unit"]]))


def _indefinite(s: Setting) -> Sequence[Found]:
    """ "a year": a length, or in "twice a week", "$5 a year", "two million barrels a day" a repetition."""
    before = s.before(2)
    last = before[-1] if before else ""
    unit = s.match["unit"]
    if (
        unit == "second"
        or s.after()[:1] == ["-"]
        or (unit == "quarter" and s.after()[:1] == ["of"])
        or is_age(s)
        or last in ("such", "quite", "what", "half")
    ):
        return NOTHING
    if (
        last in ("once", "twice", "times", "percent", "%", "million", "billion", "barrels", "dollars", "tons", "tonnes")
        or last[:1].isdigit()
    ):
        return s.found("SET", duration(1, unit))
    return s.found("DURATION", duration(1, unit))


def _with_half(s: Setting) -> Sequence[Found]:
    """ "half an hour", "a year and a half"."""
    unit, amount = (s.match["unit"], 0.5) if s.match["unit"] else (s.match["and_half"], 1.5)
    if unit in ("second", "quarter") or is_age(s):
        return NOTHING
    smaller = {"hour": ("minute", 60), "year": ("month", 12), "day": ("hour", 24), "minute": ("second", 60)}
    if unit in smaller:
        return s.found("DURATION", duration(amount * smaller[unit][1], smaller[unit][0]))
    return s.found("DURATION", duration(amount, unit))


def _long(s: Setting) -> Sequence[Found]:
    unit = s.match["unit"]
    return s.found("DURATION", duration(None if unit in PLURALS else 1, PLURALS.get(unit, unit)))


def _every(s: Setting) -> Sequence[Found]:
    m = s.match
    if m["weekday"]:
        return s.found("SET", f"XXXX-WXX-{WEEKDAYS[m['weekday']]}") if s.capital("weekday") else NOTHING
    if m["month"]:
        return s.found("SET", f"XXXX-{month_number(m['month']):02d}") if s.capital("month") else NOTHING
    if m["part"]:
        return s.found("SET", f"XXXX-XX-XXT{LEXICON['day_parts'][m['part']]}")
    unit = PLURALS.get(m["unit"], m["unit"])
    amount = 2 if m["amount"] == "other" else _amount(m["amount"]) if m["amount"] else 1
    return s.found("SET", duration(amount, unit))


def _plural_weekday(s: Setting) -> Sequence[Found]:
    return s.found("SET", f"XXXX-WXX-{WEEKDAYS[s.match['weekday']]}") if s.capital("weekday") else NOTHING


def _adverbial_set(s: Setting) -> Sequence[Found]:
    """ "daily"; not in the name of a newspaper."""
    next_is_name = bool(s.after()) and s.line.written(s.match.end() + 1, s.match.end() + 2)[:1].isupper()
    before_is_name = len(s.before(2)) == 2 and s.line.written(s.match.start() - 2, s.match.start() - 1)[:1].isupper()
    if (s.capital() and s.before()) or next_is_name or before_is_name:
        return NOTHING
    next_token = s.line.token_at(s.match.end() + 1) if s.after() else None
    if s.before()[-1:] == ["the"] and (next_token is None or next_token.upos in ("VERB", "AUX", "PUNCT")):
        return NOTHING  # "the daily said"
    if s.after()[:1] in (['"'], ["newspaper"], ["paper"], ["magazine"], ["newspapers"]):
        return NOTHING
    return s.found("SET", LEXICON["sets"][s.match.group()])


_FEW = r"(?:(?:a |the )?few|several|many|some|(?:a )?couple of)"
_SOLID = "(?:more|additional|further|extra|full|whole|working|business|consecutive|straight|successive|calendar|long)"
_AMOUNT = rf"(?:{NUMBER}(?: (?:to|or|-) {NUMBER})?|{_FEW})(?: {_SOLID})?"

_LENGTHS = [
    rule(
        "length",
        r"(?:(?P<turn>the (?:last|past|next|coming|first|final|previous|preceding|following)|last|past|next|recent) )?"
        rf"(?P<core>(?P<amount>{_AMOUNT})(?P<hyphen> -)? (?P<unit>{UNIT}))"
        r"(?: (?P<after>ago|earlier|before|previously|later|after|from now|hence))?",
        _by_length,
    ),
    rule(
        "indefinite",
        rf"(?P<core>(?P<amount>an?) (?P<unit>{ONE})) (?P<after>ago|earlier|before|later|after)(?P<hyphen>)",
        _by_length,
    ),
    rule("a_unit", rf"an? (?:full |whole )?(?P<unit>{ONE})", _indefinite),
    rule(
        "recent",
        rf"(?:the )?(?P<recent>recent|coming|past|last|next) (?P<unit>{MANY})",
        lambda s: s.found("DURATION", duration(None, PLURALS[s.match["unit"]]), 0),
    ),
    rule("bare_plural", rf"(?P<unit>{MANY})", _bare_plural),
    rule("half", rf"half an? (?P<unit>{ONE})|an? (?P<and_half>{ONE}) and an? half", _with_half),
    rule("long", rf"(?P<unit>{UNIT}) - long", _long),
    rule(
        "every",
        rf"(?:every|each) (?:(?P<amount>other|{NUMBER}) )?"
        rf"(?:(?P<unit>{UNIT})|(?P<weekday>{WEEKDAY})|(?P<month>{MONTH})|(?P<part>{PART}))",
        _every,
    ),
    rule("weekdays", rf"(?P<weekday>{WEEKDAY}) ?s", _plural_weekday),
    rule("set", either(LEXICON["sets"]), _adverbial_set),
]

# ---- stretches without a name: "now", "recently", "the future"


def _by_reference(s: Setting) -> Sequence[Found]:
    word, after = s.match.group(), s.after(2)
    if word == "now" and (after[:1] in (["that"], ["-"]) or s.before()[-1:] == ["every"]):
        return NOTHING
    if (
        word == "the past"
        and s.before()[-1:] != ["in"]
        and after
        and after[0] not in (".", ",", ";", "and", ")", '"', "or", "has", "had", "was", "that", "is", "to", "as", "?", "but")
    ):
        return NOTHING
    if word in ("the future", "the near future") and after[:1] == ["of"]:
        return NOTHING
    return s.found("DATE", LEXICON["references"][word])


_REFERENCES = [rule("reference", either(LEXICON["references"]), _by_reference)]

LENGTHS: tuple[Rule, ...] = (*_LENGTHS, *_REFERENCES)
