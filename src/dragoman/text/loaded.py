"""What comes out of an input: a report beside the bytes it was read from, or a remark.

A third thing that may come out is an `InputError`: it stands in the place of a report that could not be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dragoman.errors import InputError
from dragoman.text.report import Report

# The first daily newspaper in English began in 1702: what is dated earlier is almost always a slip or a default of a program.
_FIRST_NEWS = date(1702, 1, 1)


@dataclass(frozen=True)
class Loaded:
    """A report and what it was made of.

    `raw` are the bytes as they were found: the whole file, the line of JSON Lines, the page in a web archive (after the
    encodings of the transport), the page that a feed led to. `media_type` says what they are ("text/plain", "text/html",
    "application/json"). `name` is what messages call the place ("a.jsonl:7", "b.warc.gz, record 12"). `notices` are whole
    sentences about what is strange or was assumed; none of them is an error.
    """

    report: Report
    raw: bytes
    media_type: str
    name: str
    notices: tuple[str, ...] = ()

    def knowing(self, fields: Mapping[str, Any], today: date) -> Loaded:
        """The same with these fields of Report, which go before what the input says, and with a notice if its day is odd."""
        report = replace(self.report, **fields) if fields else self.report
        kept = self.notices if "published" not in fields else tuple(n for n in self.notices if n not in _ABOUT_DAYS)
        odd = odd_day(report.published, today)
        return replace(self, report=report, notices=(*kept, odd) if odd else kept)


@dataclass(frozen=True)
class Remark:
    """A line about an input as a whole that is no failure: what was passed over in it, or that a feed has moved."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


Item = Loaded | InputError | Remark


def passed_over(where: str, counts: Counter[str]) -> Iterator[Remark]:
    """One remark that counts what is no report ("images (12)"), or none if there is nothing to count."""
    if counts:
        yield Remark(where, "passed over: " + ", ".join(f"{what} ({number:,})" for what, number in counts.most_common()))


DAY_OF_CRAWL = "The page does not say when it was published; the day on which it was archived is taken."
_ABOUT_DAYS = (DAY_OF_CRAWL,)


def odd_day(published: date | None, today: date) -> str | None:
    """What is strange about a day of publication: it has not come yet, or no newspaper is so old. Nothing is changed.

    A day ahead of `today` by one is already today further east, but is told all the same: it is more often a slip.
    """
    if published is None:
        return None
    if published > today:
        ahead = "tomorrow" if published - today == timedelta(days=1) else "in the future"
        return f"The report is dated {published.isoformat()}, which is {ahead}; check the date of publication."
    if published < _FIRST_NEWS:
        return f"The report is dated {published.isoformat()}, before there were newspapers; check the date of publication."
    return None
