"""The footnotes of a brief: one number for each sentence of a report, in the order in which they are first needed."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.case.brief.material import Material
from dragoman.case.brief.parts import Note
from dragoman.case.judgements import Place
from dragoman.case.record import EventMention, FigureMention
from dragoman.reading.wording import one_line, shortened

LONGEST = 320
"""Characters of a sentence in a note."""
MOST = 1000
"""A brief never has more notes: what `choosing.py` lets through comes to fewer."""
_REACH = 160
_ENDS = (". ", "\n", "? ", "! ")


class Notes:
    """Hands out numbers; a sentence that was noted before keeps its number."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._known: dict[tuple[str, str], Note] = {}

    @property
    def all(self) -> tuple[Note, ...]:
        """All notes by number."""
        return tuple(self._known.values())

    def event(self, mention: EventMention) -> int:
        """The note for the sentence of an event."""
        return self._note(mention.place.report, mention.sentence)

    def figure(self, mention: FigureMention) -> int:
        """The note for the sentence around a figure."""
        return self._note(mention.place.report, around(self._material.text(mention.place.report), mention.figure.start, mention.figure.end))

    def place(self, place: Place) -> int | None:
        """The note for the sentence of an event, a figure or a statement; None if the case has no such entry."""
        if event := self._material.event(place):
            return self.event(event)
        if figure := self._material.figure(place):
            return self.figure(figure)
        told = self._material.statement(place)
        if told is None:
            return None
        spans = told.statement.content
        return self._note(place.report, around(self._material.text(place.report), spans[0].start, spans[0].end))

    def quote(self, number: int) -> str:
        """The sentence of a note."""
        return self.all[number - 1].quote

    def _note(self, report: str, sentence: str) -> int:
        words = shortened(one_line(sentence), LONGEST)
        known = self._known.get((report, words))
        if known is None:
            of = self._material
            known = Note(len(self._known) + 1, report, of.publisher(report), of.published(report), words)
            self._known[report, words] = known
        return known.number


def numbers(found: Iterable[int | None]) -> tuple[int, ...]:
    """The numbers of notes, each once, in order."""
    return tuple(dict.fromkeys(number for number in found if number is not None))


def around(text: str, start: int, end: int) -> str:
    """The sentence, more or less, around a stretch of a text; a line at most."""
    left, right = max(0, start - _REACH), min(len(text), end + _REACH)
    begins = max(text.rfind(mark, left, start) + len(mark) if mark in text[left:start] else left for mark in _ENDS)
    ends = min([at + 1 for mark in _ENDS if (at := text.find(mark, max(start, end - 1), right)) >= 0], default=right)
    return text[begins:ends]
