"""What is no quantity: numbers that name, rank, date a life or keep a score ("Boeing 747", "Article 5", "aged 30", "a 3-1 win")."""

from __future__ import annotations

import re

from dragoman.lexicons.load import load
from dragoman.reading.figures.people import PEOPLE
from dragoman.reading.figures.place import Place
from dragoman.reading.surface import Line

_CONTEXT: dict[str, list[str]] = load("units")["context"]
_SCORE_NOUNS = frozenset(_CONTEXT["scores"])
_FRACTION = re.compile(r" (?:- )?(?:thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)(?!\S)")
_RACES = frozenset(_CONTEXT["races"])
_NAMING = frozenset(_CONTEXT["naming"])


def is_label(place: Place) -> bool:
    """ "Boeing 747", "AK-47", "Article 5", "six-nation", "3rd", "a 3-1 win": the number names or ranks."""
    line, before = place.line, place.words_before
    text = line.annotations.text
    span = line.span(place.first, place.last)
    last = before[-1] if before else ""
    if text[span.start - 1 : span.start].isalpha() or text[span.end : span.end + 1].isalpha() or last in _NAMING or last in ("#", "/"):
        return True
    if len(before) > 1 and (last == "-" or (last == "." and before[-2] == "no")) and text[span.start - 1] in "-\u2010\u2011\u2013.":
        return True
    behind = place.behind
    if before[-2:] in (["one", "in"], ["1", "in"]) or _FRACTION.match(behind):
        return True  # "one in five drivers", "two thirds of them"
    if _in_title(place) or _is_year(place) or _is_race(place):
        return True
    if re.match(r" -(?: |$)| (?:st|nd|rd|th) | / |: [0-9]| : [0-9]", behind + " ") and not re.match(r" - (?:[^a-z]|$)", behind):
        return True
    if " - " in line.text[place.first : place.last] and behind.split()[:1] and behind.split()[0] in _SCORE_NOUNS:
        return True
    return _after_name(place) and line.text[place.first].isdigit() and not _plural_follows(place)


def _is_year(place: Place) -> bool:
    """ "the 2004 Olympic Games", "the 1997 budget": no count is likely to be so, unless it is round or bounded."""
    line = place.line
    if not line.text[place.first : place.last].isdigit() or not 1900 <= place.value <= 2099:
        return False
    return _has_capital(line, place.last + 1) or (place.value % 50 != 0 and place.words_before[-1:] != ["than"])


def _is_race(place: Place) -> bool:
    """ "the 100m final": metres, no millions."""
    behind = place.behind.split()[:1]
    return place.line.text[: place.last].endswith(" m") and bool(behind) and behind[0] in _RACES


def _in_title(place: Place) -> bool:
    """ "the film Nine Bakers", "the Four Powers": a number word with a capital inside a sentence, and so the word behind it."""
    line, before = place.line, place.words_before
    if not before or before[-1] in ('"', "'", ":", "(", "-") or not line.text[place.first].isalpha():
        return False
    return _has_capital(line, place.first) and _has_capital(line, place.last + 1)


def _has_capital(line: Line, position: int) -> bool:
    return position < len(line.text) and line.written(position, position + 1)[:1].isupper()


def _after_name(place: Place) -> bool:
    token = place.line.token_at(max(place.first - 2, 0)) if place.first else None
    if token is None or not token.text[:1].isupper():
        return False
    return token.upos in ("PROPN", "X") and token.index > 0 and bool(place.words_before)


def _plural_follows(place: Place) -> bool:
    return any(w in PEOPLE or (w.endswith("s") and len(w) > 3) for w in place.behind.split()[:3] if w.isalpha())


def is_age(place: Place) -> bool:
    """ "Brandt, 61, said", "aged 30", "30 years old", "the man (45)"."""
    if not isinstance(place.value, int) or place.value > 120:
        return False
    before, behind = place.words_before, place.behind.split()[:3]
    if (
        before[-1:] in (["aged"], ["age"])
        or behind[:2] == ["years", "old"]
        or behind[:3] == ["-", "year", "-"]
        or behind[:2] == ["year", "-"]
    ):
        return True
    if not place.line.text[place.first].isdigit() or before[-1:] not in ([","], ["("]):
        return False
    return not behind or behind[0] in (
        ",",
        ".",
        ")",
        ";",
        ":",
        "and",
        "who",
        "was",
        "from",
        "of",
        "told",
        "said",
        '"',
        "-",
    )
