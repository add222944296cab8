"""`dragoman stories`: the reports of a case by the story that they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.case.case import Case
from dragoman.case.exporting import Late, answer, report
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow
from dragoman.faces.cli import case_pages
from dragoman.faces.cli.answers import Answer, Block, Point, Section, sources
from dragoman.reading.wording import one_line, spoken_date

if TYPE_CHECKING:
    from dragoman.case.stories import Story  # brings numpy

_SHOWN = 8
"""Reports of a story that a page lists; the tables have all."""
_SHORT_ID = 8


def stories(case: Case, filters: Filters, limit: int | None = None) -> Answer:
    """Stories told in several reports first, then those told in one."""
    passing = case.stories(filters)
    found = passing[:limit]
    columns = ("story", "report", "published", "publisher", "same_text_as", "title")
    rows = tuple(
        (number, row.id, row.published, row.publisher, row.same_text_as, row.title)
        for number, story in enumerate(found, 1) for row in story.reports
    )  # fmt: skip
    items = Late(lambda: answer(filters, stories=[_plain(story) for story in found]))
    more = f"{len(passing) - len(found)} more stories; --limit 0 shows all." if len(passing) > len(found) else ""
    blocks = tuple(_block(number, story) for number, story in enumerate(found, 1))
    return Answer(
        "Stories", case_pages.about_filters(case, filters), (Section("", blocks),), columns, rows, items, "No report passes.", more
    )


def _block(number: int, story: Story) -> Block:
    first, last = (spoken_date(row.published) if row.published else "no date" for row in (story.reports[0], story.reports[-1]))
    many = f"{len(story.reports)} reports" if len(story.reports) > 1 else "1 report"
    who = f"{len(story.sources)} sources" if len(story.sources) > 1 else one_line(story.sources[0])
    about = sources(many, who, first if first == last else f"{first} to {last}")
    points = [_point(row) for row in story.reports[:_SHOWN]] if len(story.reports) > 1 else []
    if len(story.reports) > _SHOWN:
        points.append(Point("", ("", "", f"… and {len(story.reports) - _SHOWN} more")))
    return Block(str(number), story.title or "(without a title)", about=about, points=tuple(points))


def _point(row: ReportRow) -> Point:
    copy = f"repeats {row.same_text_as[:_SHORT_ID]}" if row.same_text_as else ""
    day = spoken_date(row.published) if row.published else "no date"
    return Point(
        row.id[:_SHORT_ID],
        (one_line(row.title or "(without a title)"), "", ""),
        ", ".join(sources(one_line(row.publisher or ""), day, copy)),
    )


def _plain(story: Story) -> dict[str, object]:
    return {"title": story.title, "sources": list(story.sources), "reports": [report(row) for row in story.reports]}
