"""The table that a notebook shows."""

from __future__ import annotations

from dataclasses import replace

from dragoman.reading.entries import Reading
from dragoman.reading.notebook import repr_html
from dragoman.text.report import Report
from tests.faces.story import hostile, reading


def test_acts_and_statements_are_rows() -> None:
    html = repr_html(reading())
    assert html.count("<tr>") == 2 + 12 + 6
    assert "<b>boarded</b>" in html
    assert "✕&nbsp;cancelled" in html


def test_nothing_of_a_report_is_markup() -> None:
    html = repr_html(hostile())
    assert "<script" not in html
    assert "<img" not in html
    assert "\x1b" not in html
    html.encode()


def test_an_empty_reading_and_a_long_one() -> None:
    assert "no acts" in repr_html(Reading(Report("Nothing.")))
    story = reading()
    events = tuple(replace(story.events[11], id=f"e{i}") for i in range(70))
    assert "and 20 more acts" in repr_html(replace(story, events=events))
