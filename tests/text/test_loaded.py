"""What comes out of an input: odd days are noticed, nothing is changed."""

from collections import Counter
from datetime import date

import pytest

from dragoman.text.loaded import Loaded, odd_day, passed_over
from dragoman.text.report import Report

TODAY = date(2026, 1, 10)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (None, None),
        (TODAY, None),
        (date(1962, 10, 22), None),
        (date(1702, 1, 1), None),
        (date(2026, 1, 11), "tomorrow"),
        (date(2099, 1, 1), "in the future"),
        (date(1600, 1, 1), "before there were newspapers"),
    ],
)
def test_odd_days(day: date | None, told: str | None) -> None:
    notice = odd_day(day, TODAY)
    assert (notice is None) == (told is None)
    assert told is None or (notice is not None and told in notice)


def test_what_the_user_knows_goes_first_and_is_looked_at_too() -> None:
    loaded = Loaded(Report("Tarvo.", published=date(1600, 1, 1)), b"Tarvo.", "text/plain", "a.txt")
    assert "1600-01-01" in loaded.knowing({}, TODAY).notices[0]
    known = loaded.knowing({"published": TODAY, "title": "A"}, TODAY)
    assert (known.report.published, known.report.title, known.notices, known.raw) == (TODAY, "A", (), b"Tarvo.")


def test_counts_are_one_line() -> None:
    assert [str(line) for line in passed_over("a", Counter(images=2000, fonts=1))] == ["a: passed over: images (2,000), fonts (1)"]
    assert list(passed_over("a", Counter())) == []
