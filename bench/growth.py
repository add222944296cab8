"""Ten thousand reports out of a quarter of them: readings told again of other years, by other people, in other words.

Every word of a generation is changed for another of the same length and about the same rarity, the same one throughout, so that offsets
hold, nobody meets their namesake of another generation, and no text is a copy. Function words and the names of states stay as they
are: the United States act in every year. Years move by two a generation.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from dragoman.case.linking.stems import rarity, stem
from dragoman.reading.entries import Reading

YEARS = 2
"""Years by which each generation is later than the one before."""
_WORD = re.compile(r"[A-Za-z]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FUNCTION = 2.0
_COARSE = 2.0
_WORDED = {"name", "roles", "place", "of", "title", "channel", "text"}
"""Fields that hold words of the text."""
_DATED = {"start", "end", "value", "when"}
"""Fields that hold ISO dates where they hold a text."""


def grown(readings: Sequence[Reading], most: int) -> Iterator[Reading]:
    """The readings, then their generations, until there are `most`."""
    yield from readings[:most]
    told, generation = min(len(readings), most), 0
    classes = _classes(readings)
    while told < most:
        generation += 1
        change = _changed(classes, generation)
        for reading in readings[: most - told]:
            yield generated(reading, change, generation)
        told += min(len(readings), most - told)


def _classes(readings: Iterable[Reading]) -> list[list[str]]:
    """The words that may stand for each other."""
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    kept = {word for r in readings for a in r.actors if a.kind in ("country", "government") for word in _WORD.findall(a.name.lower())}
    for reading in readings:
        for word in set(_WORD.findall(reading.report.text.lower())):
            weight = rarity(stem(word))
            if weight >= _FUNCTION and len(word) > 2 and word not in kept:
                found[len(word), int(weight / _COARSE)].add(word)
    return [sorted(words) for _, words in sorted(found.items())]


def _changed(classes: Iterable[Sequence[str]], generation: int) -> Callable[[str], str]:
    """Puts the words of one generation into a text."""
    draw, other = random.Random(generation), dict[str, str]()
    for words in classes:
        turned = list(words)
        draw.shuffle(turned)
        other.update(zip(words, turned, strict=True))

    def one(match: re.Match[str]) -> str:
        word = match[0]
        new = other.get(word.lower(), word.lower())
        if word.isupper() and len(word) > 1:
            return new.upper()
        return new[:1].upper() + new[1:] if word[:1].isupper() else new

    return lambda text: _WORD.sub(one, text)


def generated(reading: Reading, change: Callable[[str], str], generation: int) -> Reading:
    """One reading of a generation."""
    later = _YEAR.sub
    years = YEARS * generation

    def dates(text: str) -> str:
        moved = later(lambda match: str(int(match[0]) + years), text)
        return moved.replace("-02-29", "-02-28")

    def of(value: Any, name: str = "") -> Any:
        if isinstance(value, str):
            return change(value) if name in _WORDED else dates(value) if name in _DATED else value
        if isinstance(value, date):
            return _moved(value, years)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: of(getattr(value, f.name), f.name) for f in fields(value) if _may_change(value, f.name)})
        if isinstance(value, tuple) and type(value) is tuple:
            return tuple(of(part, name) for part in value)
        return value

    new: Reading = of(reading)
    source = f"{reading.report.source_id or ''}.{generation}"
    return replace(new, report=replace(new.report, source_id=source))


_UNCHANGED: Mapping[str, frozenset[str]] = {"Actor": frozenset({"kind"}), "Time": frozenset({"start", "end"})}


def _may_change(value: object, field: str) -> bool:
    return field not in _UNCHANGED.get(type(value).__name__, frozenset())


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + years)
