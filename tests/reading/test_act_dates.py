"""The days of acts through the real model: ranges, terms, a present tense that looks ahead, days of other acts. Made-up lines."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.reading.entries import Event, Reading
from dragoman.reading.read import Reader
from dragoman.text.report import Report

PUBLISHED = date(2026, 1, 10)  # a Saturday
WHEN = {
    "a range": ("The summit will be held in Kenya from January 20 to 22.", "summit", "2026-01-20", "2026-01-22"),
    "a short range": ("The ministers will meet in Nairobi on February 7-9.", "meet", "2026-02-07", "2026-02-09"),
    "years": ("Norway fought a war with Denmark from 1807 to 1814.", "fought", "1807", "1814"),
    "within": ("Kenya will withdraw its troops within two weeks.", "withdraw", "2026-01-10", "2026-W04"),
    "within days": ("The court ordered the release of the editor within 30 days.", "release", "2026-01-10", "2026-02-09"),
    "in months": ("The two leaders agreed on Monday to meet again in three months.", "meet", "2026-04", "2026-04"),
    "are to": ("The two sides are to sign the accord on Monday.", "sign the accord", "2026-01-12", "2026-01-12"),
    "set to resume": ("The talks are set to resume in Nairobi on Monday.", "talks", "2026-01-12", "2026-01-12"),
    "next week": ("The ministers will meet next Tuesday.", "meet", "2026-01-13", "2026-01-13"),
}
PLANNED = {
    "a present tense": ("EU ministers meet in Brussels on January 15.", "meet"),
    "who steps down": ("The mayor steps down on January 31.", "steps"),
}
UNDATED = {
    "ahead of": ("Ahead of Monday's talks, Kenya released ten prisoners.", "released"),
    "looking back": ("Ten men were killed in the past two years.", "killed"),
    "first in years": ("It will be the first visit by a minister in ten years.", "visit"),
}


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    lines = [row[0] for table in (WHEN, PLANNED, UNDATED) for row in table.values()]
    reports = [Report(line, published=PUBLISHED) for line in lines]
    return dict(zip(lines, Reader().read_many(reports), strict=True))


def at(readings: dict[str, Reading], line: str, trigger: str) -> Event:
    found = [e for e in readings[line].events if line[e.trigger.start : e.trigger.end] == trigger]
    assert len(found) == 1, [(e.type, line[e.trigger.start : e.trigger.end]) for e in readings[line].events]
    return found[0]


@pytest.mark.parametrize("name", WHEN)
def test_the_days_of_an_act(name: str, readings: dict[str, Reading]) -> None:
    line, trigger, start, end = WHEN[name]
    when = at(readings, line, trigger).when
    assert when is not None
    assert (when.start, when.end, when.inferred) == (start, end, False)


@pytest.mark.parametrize("name", PLANNED)
def test_a_day_to_come_makes_a_present_tense_a_plan(name: str, readings: dict[str, Reading]) -> None:
    line, trigger = PLANNED[name]
    event = at(readings, line, trigger)
    assert event.status == "planned"
    assert event.when is not None


@pytest.mark.parametrize("name", UNDATED)
def test_no_day_that_is_another_acts(name: str, readings: dict[str, Reading]) -> None:
    line, trigger = UNDATED[name]
    assert at(readings, line, trigger).when is None


def test_a_term_needs_the_day_of_the_report() -> None:
    line = "Kenya will withdraw its troops within two weeks."
    assert [e.when for e in Reader().read(line).events] == [None]
