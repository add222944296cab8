"""The figures of a report: every quantity with a meaning, outside its times.

A pattern over the line of atoms (reading/surface.py) finds the numbers with what bounds them ("at least",
"between ... and ..."), and reading/counted.py says what each counts. A number that counts nothing we can name (a list
number, a score, the 747 of an aircraft) is no figure.

Conventions: "dozens", "hundreds", "tens of thousands" are approximate with twice the word (24, 200, 20000) as the
lower bound and no upper one; "a dozen" and "a million" are the number, approximate; "more than 20" has 20 as its lower
bound, "nearly 20" is 20, approximate; "no casualties" is 0. The span runs from the bounding words to the counted noun
when that stands close.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dragoman.language.annotations import Annotations
from dragoman.lexicons.load import load
from dragoman.reading.entries import Figure, Time
from dragoman.reading.figures.amounts import MONEY_OR_MEASURE, SIGN, sign_currency
from dragoman.reading.figures.counted import counted
from dragoman.reading.figures.elided import completed
from dragoman.reading.figures.people import PLURALS
from dragoman.reading.figures.place import Amount, Counted, Place
from dragoman.reading.numerals import NUMBER, SCALE, either, number
from dragoman.reading.surface import Line, line_of
from dragoman.text.report import Span

_LEXICON = load("units")
_BOUNDS: dict[str, list[str]] = _LEXICON["bounds"]
_VAGUE: dict[str, int] = _LEXICON["vague"]

_SHIFTS = frozenset(_LEXICON["measured"]["shifts"])
_BY = frozenset(_LEXICON["measured"]["by"])
_BOUND = "|".join(f"(?:{either(_BOUNDS[kind])})" for kind in ("low", "high", "guess"))
_VAGUES = either(_VAGUE)
_SCALES = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_QUANTITY = re.compile(
    rf"(?<!\S)(?P<bounds>(?:(?:{_BOUND}|the|another|an additional|a further|between|from) ){{0,3}}?)"
    rf"(?:(?P<vague>(?:(?:many|several) )?(?:{_VAGUES})(?: of (?:{_VAGUES}))?)"
    rf"|(?P<several>several|a few|a couple of|a couple|many)(?: (?P<several_scale>{_SCALES})){{1,2}}"
    rf"|(?:(?P<sign>{SIGN}) )?(?P<a>{NUMBER})"
    rf"(?:(?P<unit> (?:{MONEY_OR_MEASURE}))? (?P<link>-|to|and|or) (?:(?P<sign2>{SIGN}) )?(?P<b>{NUMBER}))?)(?!\S)"
)
_OVER_THE = re.compile(r" (?:over|under|above|below|around|about|some)(?= the )")
_BEHIND = re.compile(rf" (?P<bound>{either([*_BOUNDS['low_after'], *_BOUNDS['high_after'], *_BOUNDS['guess_after'], '- plus'])})(?!\S)")
_NONE = re.compile(
    r"(?<!\S)(?:(?:no|without(?: any)?|zero) (?:[a-z]+ ){0,2}?"
    rf"(?P<noun>{either(w for w in _LEXICON['people']['of_words'] if w.endswith('s') or w == 'dead')})"
    r"|(?:no one|nobody|no (?:people|one else)) (?:was|were|had been|has been|is|got|have been) (?:[a-z]+ )?"
    rf"(?P<verb>{either(set(_LEXICON['done_to'].values()))})"
    rf"|none of (?:the|those|these|his|her|its|our|their) (?:[a-z]+ ){{0,2}}?(?P<people>{either(PLURALS)}))(?!\S)"
)


def read_figures(annotations: Annotations, times: Sequence[Time], line: Line | None = None) -> list[Figure]:
    """Every figure in text order. `times` are the report's times: their numbers ("eight months") are no figures.

    `line` is the line of the annotations, where the caller has it already.
    """
    line = line or line_of(annotations)
    found: list[tuple[Amount, Counted | None]] = [*_amounts(line, _taken(times)), *_nothings(line)]
    found.sort(key=lambda pair: pair[0].first)
    figures: list[Figure] = []
    for amount, what in completed(line, found):
        span = Span(line.span(amount.first, amount.last).start, line.span(amount.first, max(amount.last, what.last)).end)
        if figures and span.start < figures[-1].end:
            span = Span(line.span(amount.place.first, amount.last).start, span.end)
        low, high = (_times(x, what.factor) for x in (amount.low, amount.high))
        figures.append(Figure(f"f{len(figures) + 1}", *span, low, high, what.unit, what.of, amount.approximate))
    return figures


def _times(value: int | float | None, factor: float) -> int | float | None:
    return value if value is None or factor == 1 else value / round(1 / factor)  # 35 cents are 0.35, where 35 * 0.01 is not


def _taken(times: Sequence[Time]) -> list[Span]:
    return sorted((Span(time.start, time.end) for time in times), key=lambda span: span.end)


def _nothings(line: Line) -> Iterator[tuple[Amount, Counted]]:
    """ "no casualties", "nobody was hurt": a figure of 0."""
    for match in _NONE.finditer(line.text):
        of = _LEXICON["people"]["of_words"][match["noun"]] if match["noun"] else match["verb"] or match["people"]
        place = Place(line, match.start(), match.end(), 0, None)
        yield Amount(match.start(), match.end(), 0, 0, False, place), Counted("person", of, match.end())


def _amounts(line: Line, taken: Sequence[Span]) -> Iterator[tuple[Amount, Counted | None]]:
    """Every number outside the times, with what it counts where that can be told from its own words."""
    position = 0
    while (match := _QUANTITY.search(line.text, position)) is not None:
        position = match.end()
        span = line.span(_number_begins(match), match.end())
        time = _first_overlap(taken, span)
        if time is None or (span.covers(time) and match["b"] is None and re.search(rf" {SCALE}", match["a"] or "")):  # "1300 billion"
            yield from _read(line, match)
        else:  # "in 1993 to 23.6 percent": what follows the time may be a number of its own
            position = max(match.start() + 1, min(line.position_of(time.end), match.end()))


def _number_begins(match: re.Match[str]) -> int:
    return next(match.start(name) for name in ("vague", "several", "a") if match[name])


def _first_overlap(taken: Sequence[Span], span: Span) -> Span | None:
    index = bisect_right(taken, span.start, key=lambda time: time.end)
    return taken[index] if index < len(taken) and taken[index].overlaps(span) else None


def _read(line: Line, match: re.Match[str]) -> Iterator[tuple[Amount, Counted | None]]:
    """The figures of one match: one, or two where "from 10 to 15 percent" tells of a change, or none."""
    if match["vague"] or match["several"]:
        amounts: list[Amount | None] = [_vague(line, match)]
    elif match["b"] is None:
        amounts = [_single(line, match, match.start(), match.start("a"), match.end("a"), match["sign"])]
    else:
        amounts = _pair(line, match)
    whats = [counted(amount.place) if amount else None for amount in amounts]
    for amount, what in zip(amounts, whats, strict=True):
        if amount:
            yield amount, what or (whats[-1]._replace(last=amount.last) if whats[-1] else None)


def _vague(line: Line, match: re.Match[str]) -> Amount:
    if match["several"]:
        low: int | float = 1
        for word in match.group()[match.start("several") - match.start() :].split():
            low *= 2 if word in ("several", "few", "couple", "many") else (number(f"a {word}") or 1) if word not in ("a", "of") else 1
        first = match.start("several")
    else:
        words = [_VAGUE[w] for w in match["vague"].split() if w in _VAGUE]
        low = words[0] if len(words) == 1 else words[0] * words[1] // 2
        first = match.start("vague")
    bounds = match["bounds"].split()
    bounded_above = bounds[:2] in (["up", "to"], ["less", "than"], ["fewer", "than"])
    begin = match.start() if bounds and bounds[0] not in ("the", "from", "between") else first
    place = Place(line, first, match.end(), low, None)
    return Amount(begin, match.end(), None if bounded_above else low, low if bounded_above else None, True, place)


def _single(
    line: Line, match: re.Match[str], begin: int, first: int, last: int, sign: str | None, text: str | None = None
) -> Amount | None:
    """The number at `[first, last)` with the bounding words from `begin`; a currency sign may stand between."""
    value = number(text or line.text[first:last])
    if value is None:
        return None
    if line.text[:first].endswith(" minus "):
        value = -value
    words = match["bounds"] if begin < first else ""
    low, high, guess = _bounds(words, value)
    stripped = re.sub(r"^(?:(?:the|from|between) )+", "", words)
    begin += len(words) - len(stripped)
    behind = _BEHIND.match(line.text, last)
    end = last
    if behind:
        end = behind.end()
        low, high, guess = _bounds_behind(behind["bound"], value, guess)
    guess = guess or bool(re.match(r"an? (?:hundred|thousand|million|billion|dozen)", line.text[first:last]))
    place = Place(line, first, end, value, sign and sign_currency(line, first, sign))
    if sign and place.currency is None:
        begin = first - 2  # "a $" was no Australian dollar: `_QUANTITY` took an article for it
        place = Place(line, first, end, value, sign_currency(line, first, sign.split()[-1]))
    return Amount(begin, end, low, high, guess, place)


def _bounds(words: str, value: int | float) -> tuple[int | float | None, int | float | None, bool]:
    """Lower bound, upper bound, approximate: as the words before the number have it."""
    text = _OVER_THE.sub("", f" {words}")  # "handed over the six men"
    guess = any(f" {w} " in text for w in _BOUNDS["guess"])
    if any(f" {w} " in text for w in _BOUNDS["high"]):
        return None, value, guess
    if any(f" {w} " in text for w in _BOUNDS["low"]) and "slightly more than" not in text:
        return value, None, guess
    return value, value, guess


def _bounds_behind(word: str, value: int | float, guess: bool) -> tuple[int | float | None, int | float | None, bool]:
    if word in _BOUNDS["low_after"] or word == "- plus":
        return value, None, guess
    if word in _BOUNDS["high_after"]:
        return None, value, guess
    return value, value, True


def _pair(line: Line, match: re.Match[str]) -> list[Amount | None]:
    """Two numbers with a link between them: a range where they make one, else each on its own."""
    first = _single(line, match, match.start(), match.start("a"), match.end("a"), match["sign"])
    second = _single(line, match, match.start("b"), match.start("b"), match.end("b"), match["sign2"] or match["sign"])
    if first is None or second is None:
        return [first, second]
    if _is_hung_on(line, match.start("a")):
        return [None, second]
    low, high = _scaled(line, match, first.place.value, second.place.value)
    if _same_unit(line, match) and _is_range(line, match, low, high):
        begin = match.start() + (len("from ") if match["bounds"].startswith("from ") else 0)
        place = Place(line, match.start("a"), match.end(), high, first.place.currency or second.place.currency)
        return [Amount(begin, match.end(), low, high, first.approximate, place)]
    if match["link"] == "-" and not match["unit"]:
        return []  # a score, a part number, a telephone number
    return [first, second]


def _same_unit(line: Line, match: re.Match[str]) -> bool:
    """Whether "3 percent to 44 billion yen" does not stand there: both numbers have one unit, or the first has none."""
    if match["unit"] is None:
        return True
    behind = re.match(rf" ({MONEY_OR_MEASURE})(?!\S)", line.text[match.end() : match.end() + 40])
    return behind is not None and behind.group() == match["unit"]


def _scaled(line: Line, match: re.Match[str], low: int | float, high: int | float) -> tuple[int | float, int | float]:
    """ "30 to 50 million": the first number takes the scale word of the second where it has none and needs it."""
    if match["link"] == "-" and (ending := re.fullmatch(r"([0-9]+\.)([0-9]{2,4})", match["a"])) and len(match["b"]) == len(ending[2]):
        return low, number(ending[1] + match["b"]) or high  # "117.40-43 yen"
    scale = re.search(rf" (?P<word>{SCALE})$", match["b"])
    trailing = re.search(rf" (?P<word>{SCALE})$", match["a"])
    if low >= high and scale is None and trailing:  # "1.8 million to 2.3"
        return low, number(f"{match['b']} {trailing['word']}") or high
    if scale is None or re.search(SCALE, match["a"]) or low >= high:
        return low, high
    lifted = number(f"{match['a']} {scale['word']}")
    return (lifted, high) if lifted is not None and lifted < high else (low, high)


def _is_range(line: Line, match: re.Match[str], low: int | float, high: int | float) -> bool:
    link, bounds = match["link"], match["bounds"].split()
    if low >= high or (link == "to" and _is_change(line, match, low, high)):
        return False
    if link == "and":
        return "between" in bounds
    if link == "-":
        return "-" in line.text[match.end("a") : match.start("b")] and not re.match(r" - [0-9]", line.text[match.end() :])
    return "from" not in bounds or link == "or" or line.before(match.start(), 1)[-1:] in (["range"], ["ranges"], ["ranging"], ["ranged"])


def _is_change(line: Line, match: re.Match[str], low: int | float, high: int | float) -> bool:
    """ "fell 1.40 dollars to 57.52 dollars", "rose by 300 to 12,000": by so much to such a level; "rose 5 to 7 percent" is a range."""
    if "from" in match["bounds"].split() or not (match["unit"] or high > 5 * low):
        return False
    words = [word for word in line.before(match.start("a"), 4) if word not in _BY]
    token = line.token_at(max(match.start("a") - 2, 0)) if words else None
    while token is not None and token.index > 0 and token.lower in _BY:
        token = line.annotations.tokens[token.index - 1]
    return token is not None and (token.lemma.lower() in _SHIFTS or token.lower in _SHIFTS)


def _is_hung_on(line: Line, position: int) -> bool:
    """Whether the number is part of a name ("Sakhalin-2 to 20 billion dollars")."""
    start = line.atom_at(position).start
    before = line.annotations.text[max(0, start - 2) : start]
    return before[1:] in ("-", "\u2010", "\u2011") and before[0].isalpha()
