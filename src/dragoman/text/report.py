"""★ What was written: a report and the spans of its characters.

Offsets everywhere in dragoman are Unicode code points into `Report.text`, half-open ``[start, end)``. The text is
never changed after it was decoded: whatever white space, quotes or emoji it holds, `text[start:end]` is what the
reader saw.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of characters: `start` is the first, `end` is one past the last (code points into the report's text)."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether every character of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Report:
    """One news text with what is known of its publication.

    `text` is exactly what was read. `published` is the day that relative dates ("Friday") are resolved against; None
    when it is not known, and then they stay unresolved. `source_id` is the id that the input gave it (`id` of a JSON
    line). `language` is an ISO 639-1 code.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    source_id: str | None = None
    language: str = "en"

    @cached_property
    def id(self) -> str:
        """The SHA-256 of the text as UTF-8, in hexadecimal: the same text has the same id wherever it was found."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
