"""How much there is in a case: what a page needs that counts thousands of reports or events and shows none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from dragoman.case.query import Filters


@dataclass(frozen=True, slots=True)
class Published:
    """How many reports a publisher (None: not told) has in the case, how many of them repeat an earlier text, and their first and last day.

    A day is "" where none is known.
    """

    publisher: str | None
    reports: int
    copies: int
    first: str
    last: str


class Tallied(NamedTuple):
    """So many `events` of a day, a thread and a status: `day` is the first that is told of them, else that of their first report."""

    day: str
    thread: str | None
    status: str | None
    events: int


class Counts(Protocol):
    """Counts over one case. Raises StoreError where the database fails."""

    def days(self) -> list[str]:
        """The days on which reports were published, each once, in order; without those that are not known."""
        ...

    def publishers(self, filters: Filters) -> list[Published]:
        """Who published the reports that pass, in no order."""
        ...

    def events(self, filters: Filters) -> list[Tallied]:
        """The events that pass, by day, thread and status, in no order."""
        ...

    def last_told(self, filters: Filters) -> dict[str, str]:
        """The day of the last report that tells of each event that passes, "" where none has a date; by number."""
        ...
