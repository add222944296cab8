"""What part of a case a question is about: one frozen set of filters for every question, on the command line and in the library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dragoman.errors import InputError
from dragoman.reading.entries import EventType, Status
from dragoman.reading.plover import STATUSES, TYPES

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Filters:
    """Every field narrows; None lets all pass.

    `as_of`: only reports published up to this ISO day, both ends included; a report without a date is left out. `since`: only what
    is from this ISO day or later. `actor`, `thread`: ids of the case ("A2", "T1"). `type`, `status`: of events. Raises InputError
    for a day that is not in the calendar, days in the wrong order, and a type or status that does not exist.
    """

    as_of: str | None = None
    since: str | None = None
    actor: str | None = None
    thread: str | None = None
    type: EventType | None = None
    status: Status | None = None

    def __post_init__(self) -> None:
        for name, day in (("--as-of", self.as_of), ("--since", self.since)):
            _check_day(name, day)
        if self.as_of and self.since and self.since > self.as_of:
            raise InputError("--since", f"{self.since} is later than --as-of {self.as_of}", "give an earlier day, or leave one of them out")
        _check_word("--type", self.type, TYPES)
        _check_word("--status", self.status, STATUSES)

    def takes_report(self, published: str) -> bool:
        """Whether the record of the day asked for holds a report of this ISO day ("" if it has none)."""
        return self.as_of is None or ("" < published <= self.as_of)

    def takes_day(self, day: str | None) -> bool:
        """Whether something of this ISO day (or month, or year) is as late as `since` asks. What has no day passes only without `since`."""
        return self.since is None or (day is not None and day >= self.since[: len(day)])

    def takes_event(self, type: EventType, status: Status) -> bool:
        """Whether an event of this type and status is asked for."""
        return self.type in (None, type) and self.status in (None, status)


def _check_day(name: str, day: str | None) -> None:
    if day is None:
        return
    try:
        if not _DAY.fullmatch(day):
            raise ValueError
        date.fromisoformat(day)
    except ValueError:
        raise InputError(name, f"{day!r} is no day of the calendar", "write it as YYYY-MM-DD") from None


def _check_word(name: str, word: str | None, known: tuple[str, ...]) -> None:
    if word is not None and word not in known:
        raise InputError(name, f"{word!r} is not known", f"choose one of {', '.join(known)}")
