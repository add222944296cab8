"""The day of publication, from the ways in which feeds, files and people write it."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain

_MONTHS = (
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
)  # fmt: skip
_MONTH_NUMBERS = dict(chain.from_iterable(((name, i), (name[:3], i), (name[:4], i)) for i, name in enumerate(_MONTHS, start=1)))
_TIME = r"(?:(?:[T ]\s?|,\s?|\s?at\s)[0-9]{1,2}[:.h]?[0-9]{2}.{0,40})?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s)?"
_FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        rf"(?P<year>[0-9]{{4}})(?P<sep>[-/.])(?P<month>[0-9]{{1,2}})(?P=sep)(?P<day>[0-9]{{1,2}}){_TIME}",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?:[T ]?[0-9]{4,6}.{0,10})?",
        rf"{_WEEKDAY}(?P<name>[a-z]{{3,9}})\.?\s(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>[0-9]{{4}}){_TIME}",
        rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-](?P<name>[a-z]{{3,9}})\.?,?[\s-](?P<year>[0-9]{{4}}){_TIME}",
        # as C's asctime writes it
        rf"{_WEEKDAY}(?P<name>[a-z]{{3}})\s(?P<day>[0-9]{{1,2}})\s[0-9:]{{5,8}}\s(?:[a-z+0-9]{{2,5}}\s)?(?P<year>[0-9]{{4}})",
    )
)
_LONGEST = 100


class DateError(ValueError):
    """Not a day: the message says what was found."""


def read_date(written: str) -> date:
    """The day that is written, as its own time zone has it (no shift to another zone).

    Takes ISO dates and times, "20260110", "January 10, 2026", "10 Jan. 2026" and RFC 2822 ("Sat, 10 Jan 2026 08:00:00
    +0100"). Orders of bare numbers that could mean two days ("10/01/2026") are refused. Raises DateError.
    """
    text = " ".join(written[: _LONGEST + 1].split())
    for form in _FORMS:
        found = form.fullmatch(text)
        if found and (month := _month(found.groupdict())):
            return _day(written, int(found["year"]), month, int(found["day"]))
    raise DateError(f"{_shown(written)} is not a date that can be read")


def _month(parts: dict[str, str | None]) -> int | None:
    name = parts.get("name")
    return _MONTH_NUMBERS.get(name.lower()) if name else int(parts["month"] or 0) or 13


def _day(written: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(f"the date {_shown(written)} does not exist") from None


def _shown(written: str) -> str:
    return repr(written if len(written) <= _LONGEST else written[:_LONGEST] + "\u2026")
