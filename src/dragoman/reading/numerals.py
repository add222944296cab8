"""Numbers as the news writes them: "30 million", "twenty-one", "2 1/2", "half a million", "a dozen".

`NUMBER` is a regular expression over the line of atoms (reading/surface.py); `number` reads what it matched. Values are
exact: 1.1 billion is the int 1100000000, and only what is no whole number becomes a float.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from dragoman.lexicons.load import load


def either(words: Any) -> str:
    """A regular expression for any of the words, the longest first, so that none hides another that it begins."""
    return "|".join(_escaped(word) for word in sorted(words, key=len, reverse=True))


def _escaped(word: str) -> str:
    return "".join(c if c.isalnum() or c == " " else "\\" + c for c in word)


_WORDS: dict[str, dict[str, Any]] = load("units")["numbers"]
_ONES, _TEENS, _TENS = (either(_WORDS[kind]) for kind in ("ones", "teens", "tens"))
_LONG_SCALES = either(word for word in _WORDS["scales"] if len(word) > 1)
_GLYPHS = either(word for word in _WORDS["fractions"] if len(word) == 1)

DIGITS = r"(?:[0-9]{1,3} , [0-9]{3}(?![0-9,.])(?! , [0-9])|[0-9]{1,2} , [0-9]{2},[0-9]{3}(?![0-9,.])|[0-9][0-9,.]*)"
_SMALL = rf"(?:(?:{_TENS})(?:(?: -)? (?:{_ONES}))?|{_TEENS}|{_ONES})"
_HUNDREDS = rf"(?:(?:{_SMALL}|an?|{DIGITS})(?: -)? hundred(?: (?:and )?{_SMALL})?)"
_HALVES = r"(?:half(?: -)? an?|an? half|half|(?:a|one) quarter of an?|three(?: -)? quarters of an?)"
_AND_HALF = r"(?:(?: -)? and(?: -)? an?(?: -)? (?:half|quarter))?"
_PLAIN = rf"(?:{_HUNDREDS}|{_SMALL}|{DIGITS}(?: [0-9] / [0-9]| (?:{_GLYPHS}))?){_AND_HALF}"
SCALE = rf"(?:(?:{_LONG_SCALES}|(?<=[0-9] )[mk])(?!\S))"
_REST = rf"(?: (?:and )?(?:{_HUNDREDS}|{_SMALL})(?! -)(?: {SCALE})?){{0,2}}"
_SCALED = rf"(?:{_PLAIN}|{_HALVES}|an?)(?: -)? {SCALE}(?: {SCALE})?{_REST}"
NUMBER = rf"(?:{_SCALED}|{_PLAIN})(?!\S)"
"""Matches one number; begins at an atom and ends at an atom's end (the caller sees to the beginning)."""

_GLUE = frozenset({"a", "an", "and", "-", "of"})
_AMOUNT = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,9})?|[0-9]/[1-9]")
"""18 digits: beyond that it is no quantity, and the int() of a hostile text could take very long."""


def number(text: str) -> int | float | None:
    """The value of what `NUMBER` matched, or None if its words make no number."""
    total, current = Fraction(0), None
    for word in re.sub(r"([0-9]) , ([0-9])", r"\1\2", re.sub(r"([0-9]) / ([0-9])", r"\1/\2", text)).split():
        if (scale := _WORDS["scales"].get(word)) is not None:
            # "two thousand million" multiplies what stands already, "a million" is one of them
            total = total * scale if current is None and total else total + (current or 1) * scale
            current = None
        elif word in _FACTORS:
            current = (current or 1) * _FACTORS[word]
        elif (value := _value(word)) is not None:
            current = (current or 0) + value
        elif word not in _GLUE:
            return None
    return _plain(total + (current or 0))


_FACTORS = {"hundred": Fraction(100), "quarters": Fraction(1, 4)}


def _value(word: str) -> Fraction | None:
    for kind in ("ones", "teens", "tens", "fractions"):
        if word in _WORDS[kind]:
            return Fraction(_WORDS[kind][word])
    digits = word.replace(",", "")
    return Fraction(digits) if _AMOUNT.fullmatch(digits) else None


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
