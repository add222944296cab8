"""Which characters of a report a record's entries point at, as flat stretches that a page can draw.

Spans nest and overlap freely; HTML elements may not. So the text is cut wherever a span begins or ends, and each
stretch knows all marks that lie on it, the most telling one first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from dragoman.reading.entries import Reading
from dragoman.reading.wording import STATUS_WORDS
from dragoman.text.report import Span

Kind = Literal["act", "cue", "figure", "time", "says", "source", "actor", "content"]
_RANK: dict[Kind, int] = {
    "act": 0, "figure": 1, "time": 2, "cue": 3, "says": 4, "source": 5, "actor": 6, "content": 7,
}  # fmt: skip


class Mark(NamedTuple):
    """A span of the text, what it is, and the anchor of the record's entry that it belongs to.

    `symbol` and `family` tell the status of an act's trigger; they are empty for all else.
    """

    span: Span
    kind: Kind
    anchor: str
    symbol: str = ""
    family: str = ""


@dataclass(frozen=True)
class Stretch:
    """`text[start:end]`, with the marks on it (most telling first) and those that begin here."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    opening: tuple[Mark, ...]


@dataclass(frozen=True)
class Anchors:
    """The anchor of each entry of a reading: made by number, since ids may hold any character.

    A later mention of an act has the anchor of the first mention.
    """

    of: dict[str, str]

    @classmethod
    def number(cls, reading: Reading, prefix: str) -> Anchors:
        """Anchors like 'r1-e3' for all entries of the reading."""
        of: dict[str, str] = {}
        groups: Sequence[tuple[str, Sequence[str]]] = (
            ("a", [actor.id for actor in reading.actors]),
            ("t", [time.id for time in reading.times]),
            ("f", [figure.id for figure in reading.figures]),
            ("s", [statement.id for statement in reading.statements]),
            ("e", [event.id for event in reading.events]),
        )
        for letter, ids in groups:
            of.update({letter + entry: f"{prefix}-{letter}{number}" for number, entry in enumerate(ids, 1)})
        retellings = {e.id: e.same_as for e in reading.events if e.same_as and "e" + e.same_as in of}
        firsts = dict(of)
        of.update({"e" + entry: firsts["e" + first] for entry, first in retellings.items()})
        return cls(of)

    def __call__(self, letter: str, entry: str) -> str:
        """The anchor of the entry with this id among those of a letter: a, t, f, s or e."""
        return self.of[letter + entry]


def marks(reading: Reading, anchor: Anchors) -> Iterator[Mark]:
    """Every span of the reading that a page shows."""
    for actor in reading.actors:
        yield from (Mark(span, "actor", anchor("a", actor.id)) for span in actor.mentions)
    for time in reading.times:
        yield Mark(Span(time.start, time.end), "time", anchor("t", time.id))
    for figure in reading.figures:
        yield Mark(Span(figure.start, figure.end), "figure", anchor("f", figure.id))
    for statement in reading.statements:
        here = anchor("s", statement.id)
        yield from (Mark(span, "content", here) for span in statement.content)
        yield from (Mark(span, "says", here) for span in statement.cue)
        yield from (Mark(span, "source", here) for span in statement.source)
    for event in reading.events:
        here, words = anchor("e", event.id), STATUS_WORDS[event.status]
        yield from (Mark(span, "cue", here) for span in event.cues)
        yield Mark(event.trigger, "act", here, words.symbol, words.family)


def stretches(text: str, found: Iterable[Mark], cuts: Iterable[int] = ()) -> Iterator[Stretch]:
    """The whole text, cut at every place where a mark begins or ends, and at `cuts`. Marks outside the text are left out."""
    inside = [m for m in found if 0 <= m.span.start < m.span.end <= len(text)]
    starting: dict[int, list[Mark]] = {}
    ending: dict[int, list[Mark]] = {}
    for mark in inside:
        starting.setdefault(mark.span.start, []).append(mark)
        ending.setdefault(mark.span.end, []).append(mark)
    places = sorted({0, len(text), *starting, *ending, *cuts})
    active: list[Mark] = []
    for start, end in pairwise(places):
        for mark in ending.get(start, ()):
            active.remove(mark)
        opening = starting.get(start, [])
        active.extend(opening)
        yield Stretch(start, end, tuple(sorted(active, key=_telling)), tuple(opening))


def _telling(mark: Mark) -> tuple[int, int]:
    return _RANK[mark.kind], mark.span.end - mark.span.start
