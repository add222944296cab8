"""The day of publication in its many spellings."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.text.dates import DateError, read_date


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-10",
        " 2026-01-10\n",
        "2026-1-10",
        "2026/01/10",
        "2026.01.10",
        "20260110",
        "20260110T083000Z",
        "20260110083000",
        "2026-01-10T23:30:00+14:00",
        "2026-01-10T08:30Z",
        "2026-01-10 08:30:00.123456",
        "January 10, 2026",
        "January 10 2026",
        "Jan. 10, 2026",
        "JAN 10, 2026 at 8:30 pm",
        "Saturday, January 10th, 2026",
        "10 January 2026",
        "10 Jan 2026, 08:30",
        "10-Jan-2026",
        "Sat, 10 Jan 2026 08:30:00 +0100",
        "10 Jan 2026 08:30:00 GMT",
        "Sat Jan 10 08:30:00 2026",
    ],
)
def test_spellings_of_one_day(written: str) -> None:
    assert read_date(written) == date(2026, 1, 10)


@pytest.mark.parametrize("month", ["Sept. 3, 2021", "Sep 3, 2021", "3 September 2021"])
def test_september(month: str) -> None:
    assert read_date(month) == date(2021, 9, 3)


@pytest.mark.parametrize("written", ["2026-02-30", "20260230", "February 30, 2026", "2026-13-01", "2025-02-29", "0000-01-01"])
def test_days_that_do_not_exist(written: str) -> None:
    with pytest.raises(DateError, match="does not exist"):
        read_date(written)


@pytest.mark.parametrize(
    "written", ["", "soon", "10/01/2026", "10.01.2026", "2026-01", "2026", "May 2026", "Foo 10, 2026", "2026-01-10-11"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(DateError, match="is not a date that can be read"):
        read_date(written)


def test_the_message_is_one_short_line() -> None:
    with pytest.raises(DateError) as caught:
        read_date("x\n" * 5000)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@given(st.dates())
def test_every_day_comes_back(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day:%A}, {day:%B} {day.day}, {day.year:04}") == day


@settings(max_examples=50)
@given(st.text() | st.from_regex(r"[0-9]{1,4}[-/. ][A-Za-z0-9]{1,9}[-/., ]+[0-9]{1,4}.*"))
def test_nothing_else_is_raised(written: str) -> None:
    with suppress(DateError):
        assert isinstance(read_date(written), date)
