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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.language.annotations import Annotations
from dragoman.lexicons.load import load
from dragoman.reading.entries import Figure, Time
from dragoman.reading.figures.counted import MONEY_OR_MEASURE, SIGN, Counted, Place, counted, sign_currency
from dragoman.reading.numerals import NUMBER, SCALE, either, number
from dragoman.reading.surface import Line, line_of
from dragoman.text.report import Span

_LEXICON = load("units")
_BOUNDS: dict[str, list[str]] = _LEXICON["bounds"]
_VAGUE: dict[str, int] = _LEXICON["vague"]

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
_BEHIND = re.compile(rf" (?P<bound>{either([*_BOUNDS['low_after'], *_BOUNDS['high_after'], *_BOUNDS['guess_after'], '- plus'])})(?!\S)")
_NONE = re.compile(
    r"(?<!\S)(?:(?:no|without(?: any)?|zero) (?:[a-z]+ ){0,2}?"
    rf"(?P<noun>{either(w for w in _LEXICON['people']['of_words'] if w.endswith('s') or w == 'dead')})"
    r"|(?:no one|nobody|no (?:people|one else)) (?:was|were|had been|has been|is|got|have been) (?:[a-z]+ )?"
    rf"(?P<verb>{either(set(_LEXICON['done_to'].values()))}))(?!\S)"
)


@dataclass(frozen=True)
class Amount:
    """What a number says, before it is known what it counts; `[first, last)` holds the bounding words too."""

    first: int
    last: int
    low: int | float | None
    high: int | float | None
    approximate: bool
    place: Place


def read_figures(annotations: Annotations, times: Sequence[Time]) -> list[Figure]:
    """Every figure in text order. `times` are the report's times: their numbers ("eight months") are no figures."""
    line = line_of(annotations)
    found = sorted([*_amounts(line, _taken(times)), *_nothings(line)], key=lambda pair: pair[0].first)
    figures: list[Figure] = []
    for amount, what in found:
        span = Span(line.span(amount.first, amount.last).start, line.span(amount.first, max(amount.last, what.last)).end)
        if figures and span.start < figures[-1].end:
            span = Span(line.span(amount.place.first, amount.last).start, span.end)
        low, high = (_times(x, what.factor) for x in (amount.low, amount.high))
        figures.append(Figure(f"f{len(figures) + 1}", *span, low, high, what.unit, what.of, amount.approximate))
    return figures


def _times(value: int | float | None, factor: float) -> int | float | None:
    return value if value is None or factor == 1 else value * factor


def _taken(times: Sequence[Time]) -> list[Span]:
    return [Span(time.start, time.end) for time in times]


def _nothings(line: Line) -> Iterator[tuple[Amount, Counted]]:
    """ "no casualties", "nobody was hurt": a figure of 0."""
    for match in _NONE.finditer(line.text):
        of = _LEXICON["people"]["of_words"][match["noun"]] if match["noun"] else match["verb"]
        place = Place(line, match.start(), match.end(), 0, None)
        yield Amount(match.start(), match.end(), 0, 0, False, place), Counted("person", of, match.end())


def _amounts(line: Line, taken: Sequence[Span]) -> Iterator[tuple[Amount, Counted]]:
    next_time = 0
    for match in _QUANTITY.finditer(line.text):
        first = match.start("vague") if match["vague"] else match.start("several") if match["several"] else match.start("a")
        span = line.span(first, match.end())
        while next_time < len(taken) and taken[next_time].end <= span.start:
            next_time += 1
        if next_time < len(taken) and taken[next_time].overlaps(span):
            continue
        yield from _read(line, match)


def _read(line: Line, match: re.Match[str]) -> Iterator[tuple[Amount, Counted]]:
    """The figures of one match: one, or two where "from 10 to 15 percent" tells of a change, or none."""
    if match["vague"] or match["several"]:
        amounts: list[Amount | None] = [_vague(line, match)]
    elif match["b"] is None:
        amounts = [_single(line, match, match.start(), match.start("a"), match.end("a"), match["sign"])]
    else:
        amounts = _pair(line, match)
    whats = [counted(amount.place) if amount else None for amount in amounts]
    for amount, what in zip(amounts, whats, strict=True):
        if amount and what:
            yield amount, what
        elif amount and (shared := whats[-1]):
            yield amount, shared._replace(last=amount.last)


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
    text = f" {words}"
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
    if low >= high:
        return False
    if link == "and":
        return "between" in bounds
    if link == "-":
        return "-" in line.text[match.end("a") : match.start("b")] and not re.match(r" - [0-9]", line.text[match.end() :])
    return "from" not in bounds or link == "or" or line.before(match.start(), 1)[-1:] in (["range"], ["ranges"], ["ranging"], ["ranged"])
