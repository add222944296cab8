"""Lengths, repetitions and stretches without a name: "21-month", "two days ago", "every Monday", "daily", "now"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.lexicons.load import load
from dragoman.reading.numerals import either, number
from dragoman.reading.times import calendar_math as calendar
from dragoman.reading.times.rules import (
    A_PLURAL,
    A_UNIT,
    A_WEEKDAY,
    BOUND,
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

# ---- the amounts that stand before a unit of time: far fewer forms than figures have, so a plain run of number words

_NUMBERS = load("units")["numbers"]
_WORDS = [*_NUMBERS["ones"], *_NUMBERS["teens"], *_NUMBERS["tens"], "hundred", "dozen", "thousand", "million", "billion"]
_WORD = rf"(?:{either(_WORDS)})(?!\S)"
_FIRST = rf"(?:[0-9][0-9,.]*|(?:half )?an? (?=dozen|hundred|thousand|million|billion)|{_WORD})"
_RUN = rf"{_FIRST}(?: (?:- |(?:(?<=hundred )|(?<=thousand ))and )?{_WORD}){{0,6}}"
COUNT = rf"{_RUN}(?:(?: -)? and(?: -)? an?(?: -)? (?:half|quarter)| [0-9] / [0-9]| [½¼¾])?(?!\S)"
_FEW = r"(?:(?:a |the )?few|several|many|some|(?:a )?couple of|(?:hundreds|thousands|dozens|scores|tens) of)"
_SOLID = "(?:more|additional|further|extra|full|whole|working|business|consecutive|straight|successive|calendar|long)"
_AMOUNT = rf"(?:{COUNT}(?: (?:to|or|-) {COUNT})?|{_FEW})(?: {_SOLID})?"
_VAGUE = frozenset(["few", "several", "many", "some", "couple", "to", "or", "hundreds", "thousands", "dozens", "scores", "tens"])


def _amount(words: str | None) -> int | float | None:
    """The number of "two", "a", "12"; None for "few", "several", "12 to 18" and the like."""
    if words is None:
        return None
    words = re.sub(rf" {_SOLID}$", "", words)
    if not _VAGUE.isdisjoint(words.split()) or re.search(r"\w - [0-9]", words):
        return None
    return 1 if words in ("a", "an", "one", "full", "the") else number(words)


# ---- lengths: "eight months", "21-month", "two days ago", "the last few months", "a year earlier"

_BACK = ("ago", "earlier", "before", "previously")
_CLOSING = frozenset('.,;")')


def _by_length(s: Setting) -> Sequence[Found]:
    m = s.match
    unit = PLURALS.get(m["unit"], m["unit"])
    amount = _amount(m["amount"])
    if is_age(s) or (unit == "second" and m["amount"] in ("a", None)) or (amount is not None and amount > 10**6):
        return NOTHING
    if s.before(2) == ["no", "."] or not _agrees(s, unit, amount) or _is_fraction(s, unit, amount):
        return NOTHING
    if m["after"] is None:
        return (Found(_begin(s), m.end(), "DURATION", duration(amount, unit)),)
    if unit in ("second", "minute", "hour") or (m["after"] in ("before", "after") and (s.after() or ["."])[0] not in _CLOSING):
        return s.found("DURATION", duration(amount, unit), "core")
    if amount is None:
        return s.found("DATE", "PAST_REF") if m["after"] == "ago" else s.found("DURATION", duration(None, unit), "core")
    return s.found("DATE", _counted(s, unit, round(amount)))


def _counted(s: Setting, unit: str, amount: int) -> str | None:
    """What lies so many units from today ("ago") or from what was named last ("earlier", "later")."""
    after = s.match["after"]
    moved = -amount if after in _BACK else amount
    if unit == "year" and s.quarter and after in ("ago", "earlier", "before") and _compares(s):
        return calendar.years_on(s.quarter, moved)
    anchor = s.published if after in ("ago", "from now") else s.reference if unit in ("day", "week") else s.period
    return calendar.shift(anchor, moved, unit)


_COMPARING = frozenset({"compared", "against", "versus", "than", "from", "earned", "lost", "income", *LEXICON["cues"]["in_books"]})


def _compares(s: Setting) -> bool:
    """ "... profit was 3 million, from 2 million a year earlier": of two quarters, where one was named."""
    return not _COMPARING.isdisjoint(re.split(r" [.;] ", " ".join(s.before(18)))[-1].split())


def _begin(s: Setting) -> int:
    """ "the nine months" is one expression, and in "the 21-month siege" the article is the siege's."""
    m = s.match
    bare = m["det"] and (m["hyphen"] or m["unit"] not in PLURALS)
    return m.start("amount") if bare else m.start()


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


def _spell(s: Setting) -> Sequence[Found]:
    """ "a three-year period", "a 90 - day stretch": the noun only says that it is a length."""
    return NOTHING if is_age(s) else s.found("DURATION", duration(_amount(s.match["amount"]), s.match["unit"]))


_NO_LENGTHS = frozenset(
    ["'", "this", "these", "those", "early", "working", "office", "opening", "rush", "business", "visiting", "peak", "best", "worst"]
)


def _bare_plural(s: Setting) -> Sequence[Found]:
    """ "for years", "days after", "weeks or months": an unknown number of the unit; "years ago" is the past."""
    last, m = s.before()[-1:] or [""], s.match
    if is_age(s) or last[0] in _NO_LENGTHS or re.fullmatch(COUNT, last[0]) or m["unit"] in ("seconds", "quarters"):
        return NOTHING
    if s.before(2) == ["matter", "of"]:  # "only a matter of days": how soon, not how long
        return NOTHING
    if m["ago"]:
        return s.found("DATE", "PAST_REF")
    return s.found("DURATION", duration(None, PLURALS[m["unit"]]))


def _indefinite(s: Setting) -> Sequence[Found]:
    """ "a year": a length, or in "$5 a year", "two million barrels a day", "six a day" a repetition."""
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
    if not s.match["bound"] and _is_rate(s, last):
        return s.found("SET", duration(1, unit))
    return s.found("DURATION", duration(1, unit))


_COUNTED = frozenset(LEXICON["cues"]["counted"])


def _is_rate(s: Setting, last: str) -> bool:
    """ "six a day", "20 percent a year", "5,000 visitors a month": a number, or a number and what it counts."""
    if last in _COUNTED or last[:1].isdigit() or re.fullmatch(_WORD, last):
        return True
    return last.endswith("s") and any(word[:1].isdigit() or re.fullmatch(_WORD, word) for word in s.before(3)[:-1])


def _with_half(s: Setting) -> Sequence[Found]:
    """ "half an hour", "a year and a half"."""
    unit, amount = (s.match["and_half"], 1.5) if s.match["and_half"] else (s.match["unit"] or s.match["unit2"], 0.5)
    if unit in ("second", "quarter") or is_age(s):
        return NOTHING
    smaller = {"hour": ("minute", 60), "year": ("month", 12), "day": ("hour", 24), "minute": ("second", 60)}
    if unit in smaller:
        return s.found("DURATION", duration(amount * smaller[unit][1], smaller[unit][0]))
    return s.found("DURATION", duration(amount, unit))


def _long(s: Setting) -> Sequence[Found]:
    unit = s.match["unit"] or s.match["solid"]
    return s.found("DURATION", duration(None if unit in PLURALS else 1, PLURALS.get(unit, unit)))


_TURN = (
    r"(?:(?P<turn>the (?:last|past|next|coming|first|final|previous|preceding|following)|last|past|next|recent)"
    r"|(?P<det>the|these|those)) "
)
_SOLID_LONG = ("daylong", "weeklong", "monthlong", "yearlong", "decadelong")
_LENGTHS = (
    rule(
        "length",
        rf"(?P<core>(?:{BOUND} )?(?:{_TURN})?(?P<amount>{_AMOUNT})(?P<hyphen> -)? (?P<unit>{UNIT})(?: or so)?)"
        r"(?: (?P<after>ago|earlier|before|previously|later|after|from now|hence))?",
        _by_length,
        A_UNIT,
    ),
    rule(
        "indefinite",
        rf"(?P<core>(?:{BOUND} )?(?P<amount>an?) (?P<unit>{ONE})(?: or so)?) (?P<after>ago|earlier|before|later|after)(?P<hyphen>)",
        _by_length,
        A_UNIT,
        {"a", "an"},
    ),
    rule(
        "spell",
        rf"an? (?P<amount>[0-9]+|{_WORD}) - (?P<unit>{ONE}) (?:period|stretch|span|spell)",
        _spell,
        {"period", "stretch", "span", "spell"},
    ),
    rule("a_unit", rf"(?P<bound>{BOUND} )?an? (?:full |whole )?(?P<unit>{ONE})(?: or so)?", _indefinite, A_UNIT, {"a", "an"}),
    rule(
        "recent",
        rf"(?:the )?(?P<recent>recent|coming|past|last|next) (?P<unit>{MANY})",
        lambda s: s.found("DURATION", duration(None, PLURALS[s.match["unit"]])),
        A_PLURAL,
    ),
    rule(
        "running",
        r"the (?:last|past|next|coming) (?P<unit>hour|minute|fortnight)",
        lambda s: s.found("DURATION", duration(1, s.match["unit"])),
        {"hour", "minute", "fortnight"},
    ),
    rule("bare_plural", rf"(?P<unit>{MANY})(?: (?:or|to) (?:even )?(?:{MANY}))?(?P<ago> ago)?", _bare_plural, A_PLURAL),
    rule(
        "half",
        rf"half an? (?P<unit>{ONE})|an? (?P<and_half>{ONE}) and an? half|(?:an? )?half(?: -)? (?P<unit2>hour|day|year)",
        _with_half,
        {"half"},
    ),
    rule("long", rf"(?P<unit>{UNIT}) - long|(?P<solid>day|week|month|year|decade)long", _long, {"long", *_SOLID_LONG}),
)

# ---- repetitions: "every Monday", "every two weeks", "twice a week", "daily"


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
    if (s.capital() and s.before()) or next_is_name or _name_before(s):
        return NOTHING
    next_token = s.line.token_at(s.match.end() + 1) if s.after() else None
    if s.before()[-1:] == ["the"] and (next_token is None or next_token.upos in ("VERB", "AUX", "PUNCT")):
        return NOTHING  # "the daily said"
    if s.after()[:1] in (['"'], ["newspaper"], ["paper"], ["magazine"], ["newspapers"]):
        return NOTHING
    return s.found("SET", LEXICON["sets"][s.match.group()])


def _name_before(s: Setting) -> bool:
    """ "the Vesti daily"; the capital of a sentence's first word says nothing."""
    token = s.line.token_at(s.match.start() - 2) if s.before() else None
    if token is None or not token.text[:1].isupper():
        return False
    return token.upos == "PROPN" or (token.upos == "X" and len(s.before(2)) == 2)


_SETS = (
    rule(
        "every",
        rf"(?:every|each) (?:(?P<amount>other|{COUNT}) )?"
        rf"(?:(?P<unit>{UNIT})|(?P<weekday>{WEEKDAY})|(?P<month>{MONTH})|(?P<part>{PART}))",
        _every,
        {"every", "each"},
    ),
    rule(
        "times_a",
        rf"(?:once|twice|(?:[0-9]+|{_WORD}|several|many) times) (?:an?|each|every) (?P<unit>{ONE})",
        lambda s: s.found("SET", duration(1, s.match["unit"])),
        {"once", "twice", "times"},
    ),
    rule("weekdays", rf"(?P<weekday>{WEEKDAY}) ?s", _plural_weekday, A_WEEKDAY | {f"{day}s" for day in WEEKDAYS}),
    rule("set", either(LEXICON["sets"]), _adverbial_set),
)

# ---- stretches without a name: "now", "recently", "the future"


def _by_reference(s: Setting) -> Sequence[Found]:
    word, after = s.match.group(), s.after(2)
    if after[:1] == ["-"] or (word == "now" and _is_idle_now(s)) or (word == "the past" and not _stands_alone(s)):
        return NOTHING
    if word == "soon" and (s.before()[-1:] == ["as"] or after[:1] in (["after"], ["as"]) or s.ahead is not True):
        return NOTHING  # "soon after", "as soon as"; "was soon freed" is no time that lies ahead
    if word in ("the future", "the near future") and after[:1] == ["of"]:
        return NOTHING
    return s.found("DATE", LEXICON["references"][word])


_AFTER_PAST = frozenset([".", ",", ";", "and", ")", '"', "or", "has", "had", "was", "that", "is", "to", "as", "?", "but"])


def _stands_alone(s: Setting) -> bool:
    """ "In the past they fought" against "the past half-century", "the past leaders"."""
    after = s.after()
    if not after or after[0] in _AFTER_PAST:
        return True
    token = s.line.token_at(s.match.end() + 1)
    return s.before()[-1:] == ["in"] and (token is None or token.upos not in ("NOUN", "NUM", "ADJ"))


def _is_idle_now(s: Setting) -> bool:
    """ "Now, ..." that opens a sentence, "for now", "from now on", "every now and then"."""
    if s.before()[-1:] in (["every"], ["for"], ["from"]):
        return True
    return s.capital() and s.after()[:1] == [","]


_REFERENCES = (rule("reference", either(LEXICON["references"]), _by_reference),)

LENGTHS: tuple[Rule, ...] = (*_LENGTHS, *_SETS, *_REFERENCES)
