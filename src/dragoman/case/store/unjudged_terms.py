"""What is asked of a store where people are to judge a case: the terms, without SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from dragoman.case.judgements import Link, LinkKind, Place


class Narrow(NamedTuple):
    """Which links are asked for: a score from `low` on and below `high`; one end in a report of `publisher`; one end an entry of the
    item `actor`, or an event in which it takes part; one end an event of `thread`. None lets all pass."""

    low: float = 0.0
    high: float = 2.0
    publisher: str | None = None
    actor: str | None = None
    thread: str | None = None


class Unjudged(Protocol):
    """What is asked of a case where people are to judge it."""

    def links(self, kind: LinkKind, narrow: Narrow, *, limit: int | None = None) -> list[Link]:
        """The undecided links of a kind that rules made and that hold: those of the lowest score first, of equal ones the first made."""
        ...

    def counts(self, narrow: Narrow) -> dict[LinkKind, int]:
        """How many there are of each kind; a kind without any is left out."""
        ...

    def told(self, places: Iterable[Place]) -> dict[Place, tuple[str, int]]:
        """The item that each of these entries belongs to, with the number of its entries; those that belong to none are left out."""
        ...

    def events(self, after: int) -> Iterator[tuple[Place, str]]:
        """(place, what is kept beside it) of each event of the reports with a greater number, report by report."""
        ...
