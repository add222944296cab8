"""Events as the JSON that TimelineJS shows: one slide for each event, with its status in front of its words."""

from __future__ import annotations

from html import escape
from typing import Any

from dragoman.case.asking import Telling
from dragoman.case.exports.selecting import Selected
from dragoman.reading.wording import one_line


def timelinejs(s: Selected) -> dict[str, Any]:
    """The slides by day. TimelineJS takes texts for HTML, so that all are escaped; an event that no report dates stands

    on the day of the report that tells it first, and says so; where that has no day either, it has no slide."""
    return {"scale": "human", "events": [_slide(s, telling) for telling in s.tellings if _first(telling)]}


def told_date(telling: Telling) -> bool:
    """Whether a report tells a year, a month or a day of an event."""
    return telling.event.when is not None and "W" not in telling.event.when.start


def _first(telling: Telling) -> str:
    """The date of the slide; "" where there is none."""
    return telling.event.when.start if telling.event.when and told_date(telling) else telling.published


def _slide(s: Selected, telling: Telling) -> dict[str, Any]:
    event, when = telling.event, telling.event.when
    act = f"{event.type} {event.mode}" if event.mode else event.type
    who = " → ".join(filter(None, (", ".join(telling.who), ", ".join(telling.whom))))
    row = s.all_reports[telling.mention.place.report]
    said = " · ".join(one_line(text) for text in (row.publisher, row.title, row.published) if text)
    text = f"<blockquote>{_safe(telling.mention.sentence)}</blockquote><p>{_safe(said)}</p>"
    if not told_date(telling):
        text += "<p>No date is told; this is the day of the report.</p>"
    found: dict[str, Any] = {"unique_id": event.id, "start_date": _date(_first(telling)), "group": event.status}
    if when and told_date(telling) and when.end != when.start and "W" not in when.end:
        found["end_date"] = _date(when.end)
    return found | {"text": {"headline": _safe(f"{event.status}: {act} {who}".rstrip()), "text": text}}


def _date(day: str) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), map(int, day.split("-")), strict=False))


def _safe(text: str) -> str:
    return escape(one_line(text))
