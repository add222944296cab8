"""The events that the reader was least sure of: noted report by report when a case is settled, so that nobody reads all events for them.

The note is a list of mentions with their confidence. An event is uncertain only if all its mentions are: one that a second report tells
plainly is sure enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from dragoman.case.judgements import Place
from dragoman.case.store.base import EntryRow, Store

UNSURE = 0.7
"""A mention with a lower confidence is uncertain: 29 of 1,000 mentions of wire reports are."""
_NOTE = "uncertain mentions of events"
_MOST = 5000
"""Mentions that are kept, the least certain of them."""


@dataclass(frozen=True, slots=True)
class _Event:
    confidence: float


@dataclass(frozen=True, slots=True)
class _Mention:
    event: _Event


@dataclass(frozen=True, slots=True)
class _Kept:
    mention: _Mention


_DECODER = msgspec.json.Decoder(_Kept)


@dataclass(frozen=True, slots=True)
class _Noted:
    """`upto` is the number of the last report that was looked at, `reread` how many newer readings the case had then."""

    upto: int = 0
    reread: str = "0"
    mentions: tuple[tuple[str, str, float], ...] = ()


class UncertainEvents:
    """The uncertain events of one case."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = _Noted()

    def note(self) -> None:
        """Writes down what came in since it was noted last."""
        before = self._read()
        if (now := self._grown(before)) != before:
            with self._store.transaction():
                self._store.set_meta(_NOTE, msgspec.json.encode(now).decode())

    def found(self) -> dict[str, list[tuple[Place, float]]]:
        """The uncertain events by their ids: the places of their mentions, each with its confidence."""
        self._known = self._grown(max(self._read(), self._known, key=lambda noted: noted.upto))
        mentions = {Place(report, entry): score for report, entry, score in self._known.mentions}
        found: dict[str, list[tuple[Place, float]]] = {}
        counts: dict[str, int] = {}
        for place, (item, count) in self._store.unjudged().told(mentions).items():
            found.setdefault(item, []).append((place, mentions[place]))
            counts[item] = count
        return {item: some for item, some in found.items() if counts[item] == len(some)}

    def _read(self) -> _Noted:
        return msgspec.json.decode(self._store.meta(_NOTE) or "{}", type=_Noted)

    def _grown(self, before: _Noted) -> _Noted:
        """What was noted with the reports that came since; all is looked at anew where reports were read again."""
        reread, last = self._store.follows().stamp().partition(" ")[2], self._store.last_number()
        if reread != before.reread or before.upto > last:
            before = _Noted(reread=reread)
        if before.upto == last:
            return before
        new = [(place.report, place.entry, score) for place, score in _unsure(self._store.unjudged().events(before.upto))]
        kept = sorted((*before.mentions, *new), key=lambda mention: (mention[2], mention[:2]))[:_MOST]
        return _Noted(last, reread, tuple(kept))


def _unsure(told: Iterable[tuple[Place, str]]) -> Iterable[tuple[Place, float]]:
    for place, json in told:
        score = _DECODER.decode(json).mention.event.confidence
        if score < UNSURE:
            yield place, score


def mentions_of(rows: Mapping[Place, EntryRow]) -> dict[Place, float]:
    """The confidence of each of these entries of events."""
    return {place: _DECODER.decode(row.json).mention.event.confidence for place, row in rows.items()}
