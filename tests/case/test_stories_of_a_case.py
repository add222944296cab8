"""The stories of a case: reports of several outlets about one happening."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.case import stories
from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.errors import QueryError
from tests.case.following import NOON, loaded, read

FERRY = (
    "The ferry Halvard sank off the island of Brenn in a storm with ninety passengers aboard.",
    "Divers reached the wreck of the ferry Halvard off Brenn; the storm had sunk it with its passengers.",
    "The captain of the sunken ferry Halvard was questioned about the storm off Brenn and the passengers' lifejackets.",
)
STRIKE = (
    "Teachers in Oskar province walked out over unpaid wages, and schools stayed shut.",
    "Schools in Oskar province stayed shut as the teachers' walkout over unpaid wages entered its second week.",
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Two stories, told in turns by three papers."""
    made = Case.open(tmp_path / "a.case", create=True)
    told = [
        (text, f"2026-04-{2 * day:02}", paper) for day, (text, paper) in enumerate(zip(FERRY, ("Post", "Herald", "Post"), strict=True), 1)
    ]
    told += [(text, f"2026-04-{2 * day + 1:02}", "Echo") for day, text in enumerate(STRIKE, 1)]
    for text, day, paper in told:
        reading = read(text, day, paper)
        made.add(loaded(reading.report), reading, NOON)
    return made


def test_reports_about_one_happening_are_one_story(case: Case) -> None:
    ferry, strike = case.stories()
    assert [row.published for row in ferry.reports] == ["2026-04-02", "2026-04-04", "2026-04-06"]
    assert (ferry.sources, strike.sources) == (("Post", "Herald"), ("Echo",))
    assert len(strike.reports) == 2
    assert "Halvard" in ferry.title
    assert ferry.title in {row.title for row in ferry.reports}


def test_only_the_reports_that_pass_are_grouped(case: Case) -> None:
    assert [len(story.reports) for story in case.stories(Filters(as_of="2026-04-03"))] == [1, 1]
    assert case.stories(Filters(since="2027-01-01")) == []


def test_more_reports_than_can_be_grouped_are_refused_with_what_to_do(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "MOST", 4)
    with pytest.raises(QueryError, match="5 reports pass, and stories are looked for among 4 at most; choose days"):
        case.stories()


def test_a_copy_is_no_source_of_its_own(case: Case) -> None:
    copy = read(FERRY[0] + " ", "2026-04-07", "Mirror")
    case.add(loaded(copy.report), copy, NOON)
    ferry = case.stories()[0]
    assert len(ferry.reports) == 4
    assert "Mirror" not in ferry.sources
