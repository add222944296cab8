"""How many an act killed, wounded and arrested, and how many took part: the numbers that event data sets carry.

They are told from the figures that hang on the event. A range gives its lower bound, "up to 20" gives 20; a number that the
text does not tell is NaN. Of several figures of one kind the largest counts ("12 people, three of them children"), except
that numbers joined by "and" are parts and are added ("10 soldiers and two drivers").
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dragoman.lexicons.load import load
from dragoman.reading.entries import Event, Figure

_FATES: dict[str, list[str]] = load("units")["tolls"]
_FATE_OF = {word: kind for kind, words in _FATES.items() for word in words}
_HARMFUL = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_GATHERED = frozenset({"PROTEST", "MOBILIZE"})
_JOINED = re.compile(r"[\s,]*(?:and|as well as|plus)\s*(?:another\s*)?", re.IGNORECASE)


class Tolls(NamedTuple):
    """People of one event; NaN where the text tells no number. `size` is how many took part in a protest, a deployment or a withdrawal."""

    dead: float = math.nan
    injured: float = math.nan
    arrested: float = math.nan
    size: float = math.nan


def tolls_of(event: Event, figures: Mapping[str, Figure], text: str) -> Tolls:
    """The numbers of `event`, whose figures are looked up by id in `figures`; `text` is the report's."""
    kinds: dict[str, list[Figure]] = {}
    for figure in sorted((figures[i] for i in event.figures if i in figures), key=lambda f: f.start):
        if figure.unit == "person" and (kind := _kind(event, figure)) is not None:
            kinds.setdefault(kind, []).append(figure)
    return Tolls(**{kind: _together(found, text) for kind, found in kinds.items()})


def _kind(event: Event, figure: Figure) -> str | None:
    """ "killed" is dead; people of whom nothing is said are those whom an arrest or a killing is of, or who gather."""
    words = re.findall(r"[a-z]+", (figure.of or "").lower())
    fate = next((_FATE_OF[word] for word in reversed(words) if word in _FATE_OF), None)
    if fate is not None:
        return fate if event.type in _HARMFUL else None  # those killed before are no toll of a trial or of an order
    if event.type == "COERCE" and event.mode == "arrest":
        return "arrested"
    return "size" if event.type in _GATHERED or (event.type, event.mode) == ("RETREAT", "withdraw") else None


def _together(figures: Sequence[Figure], text: str) -> float:
    largest, group, end = 0.0, 0.0, -1
    for figure in figures:
        joined = end >= 0 and _JOINED.fullmatch(text, end, max(end, figure.start)) is not None
        group = _number(figure) + (group if joined else 0.0)
        largest, end = max(largest, group), figure.end
    return largest


def _number(figure: Figure) -> float:
    value = figure.low if figure.low is not None else figure.high
    try:
        return float(value if value is not None else 0)
    except OverflowError:
        return math.inf
