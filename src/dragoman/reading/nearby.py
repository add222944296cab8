"""Which entries stand at a place of the text, without going over all of them: a long report has thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from dragoman.reading.entries import Figure, Time
from dragoman.text.report import Span

Entry = TypeVar("Entry")
Placed = TypeVar("Placed", Time, Figure)
_WIDTH = 400  # characters to a shelf; a paragraph or so


class Nearby(Generic[Entry]):
    """Entries on shelves of the text by the spans that they hold."""

    def __init__(self, entries: Iterable[Entry], spans: Callable[[Entry], Iterable[Span]]) -> None:
        self._entries = list(entries)
        self._shelves: dict[int, list[int]] = {}
        for number, entry in enumerate(self._entries):
            for shelf in {shelf for span in spans(entry) for shelf in _shelves(span)}:
                self._shelves.setdefault(shelf, []).append(number)

    def at(self, span: Span) -> list[Entry]:
        """All entries that touch the span, and some of its neighbours, in their own order."""
        numbers = {number for shelf in _shelves(span) for number in self._shelves.get(shelf, ())}
        return [self._entries[number] for number in sorted(numbers)]


def by_place(entries: Iterable[Placed]) -> Nearby[Placed]:
    """Times or figures by the one span that each has."""
    return Nearby(entries, lambda entry: [Span(entry.start, entry.end)])


def _shelves(span: Span) -> range:
    return range(span.start // _WIDTH, (span.end - 1) // _WIDTH + 1)
