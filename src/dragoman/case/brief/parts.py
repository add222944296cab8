"""What a brief is made of: sections of lines, each line with the numbers of its notes, each note a sentence of a saved report.

No line holds markup, and every text is on one line and printable: a page escapes it for its medium and needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Manner = Literal["composed", "quoted", "counted", "label"]
"""How a line came about: composed of the record's fields, quoted from a report, counted over the case, or a label of the lines below it."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the sentence `quote` of a report, which may be cut ("…"). `number` counts from 1 through the brief."""

    number: int
    report: str
    publisher: str
    published: str
    quote: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the brief.

    `notes` are the numbers of its notes. `day` is an ISO day; `dated` tells whether it is the day of the act ("done on") or only the
    day of the report ("told on"). `sources` is how many independent sources tell it, 0 where that is not counted; `standing` how its
    source stands in the report ("named", "unnamed", "anonymous", "institution"), "" where the report itself tells it. `new` tells
    whether it is told only in reports since the day asked for. `item` is the item of the case that it is about ("E12"), "" if none.
    """

    text: str
    manner: Manner
    notes: tuple[int, ...] = ()
    day: str = ""
    dated: bool = False
    sources: int = 0
    standing: str = ""
    new: bool = False
    item: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines, then the sections below it. `item` is the item that it is about ("T2"), "" if none."""

    heading: str
    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()
    item: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A report that the brief rests on: `url` is the address given with it, None where it has none."""

    id: str
    title: str
    publisher: str
    published: str
    url: str | None
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """What the brief is of. Days are ISO days, "" where no report has one. `copies` of the `reports` repeat another's text.

    `publishers` counts those of the reports that are no copies: the independent sources. `undated` reports belong to no day.
    """

    as_of: str
    since: str
    first: str
    last: str
    reports: int
    copies: int
    publishers: int
    undated: int = 0
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole brief. `told` are the reports that the notes name, by id in the order of publication."""

    head: Head
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    told: tuple[Told, ...]
