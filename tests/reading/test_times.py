"""Times: spans and TIMEX3 values in made-up sentences, read against Saturday 2026-01-10."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reading.numerals import number
from dragoman.reading.surface import line_of
from dragoman.reading.times import calendar_math as calendar
from dragoman.reading.times.builder import read_times
from tests.reading.act_trees import tree
from tests.reading.plain_text import plain

SATURDAY = date(2026, 1, 10)


def found(text: str, published: date | None = SATURDAY) -> list[tuple[str, str, str | None]]:
    return [(text[t.start : t.end], t.type, t.value) for t in read_times(plain(text), published)]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("The envoy landed on Friday in Tarvo.", "Friday", "2026-01-09"),
        ("The envoy landed on Saturday.", "Saturday", "2026-01-10"),
        ("The envoy will land on Monday.", "Monday", "2026-01-12"),
        ("He planned to leave Tarvo on Monday.", "Monday", "2026-01-12"),
        ("The interview is to be broadcast Monday.", "Monday", "2026-01-12"),
        ("A vote is scheduled for Tuesday.", "Tuesday", "2026-01-13"),
        ("They were to meet Thursday at the port.", "Thursday", "2026-01-15"),
        ("The strike lasts until Sunday.", "Sunday", "2026-01-11"),
        ("Shots were heard late Sunday near the port.", "late Sunday", "2026-01-04"),
        ("Talks broke down last Saturday.", "last Saturday", "2026-01-03"),
        ("Talks resume next Saturday.", "next Saturday", "2026-01-17"),
        ("He resigned on Tuesday last week.", "Tuesday last week", "2025-12-30"),
        ("The minister resigned yesterday.", "yesterday", "2026-01-09"),
        ("The minister resigned the day before yesterday.", "the day before yesterday", "2026-01-08"),
        ("A curfew begins tomorrow.", "tomorrow", "2026-01-11"),
        ("It happened on January 3.", "January 3", "2026-01-03"),
        ("It happened on 3 January 2024 at sea.", "3 January 2024", "2024-01-03"),
        ("It happened on Dec. 29 at sea.", "Dec. 29", "2025-12-29"),
        ("It happened on the 3rd of March, 1987.", "the 3rd of March, 1987", "1987-03-03"),
        ("It happened on Wednesday, March 4, 1987.", "Wednesday, March 4, 1987", "1987-03-04"),
        ("The log says 2024-02-29 in red.", "2024-02-29", "2024-02-29"),
        ("The log says 23/11/2005 in red.", "23/11/2005", "2005-11-23"),
        ("The log says 3/11/2005 in red.", "3/11/2005", None),
        ("Exports fell last August.", "last August", "2025-08"),
        ("Exports fell in early January.", "early January", "2026-01"),
        ("Exports fell in July last year.", "July last year", "2025-07"),
        ("Exports fell in March 1996.", "March 1996", "1996-03"),
        ("A summit follows next week.", "next week", "2026-W03"),
        ("Rains came this month.", "this month", "2026-01"),
        ("Rains came earlier this year.", "earlier this year", "2026"),
        ("The fleet was sold in 1991.", "1991", "1991"),
        ("The fleet was sold in the late 1970s.", "the late 1970s", "197X"),
        ("The fort is of the 17th century.", "the 17th century", "16"),
        ("Profits rose in the third quarter.", "the third quarter", "2025-Q3"),
        ("Profits rose in the second half of 2006.", "the second half of 2006", "2006-H2"),
        ("The dam was built in the summer of 1996.", "the summer of 1996", "1996-SU"),
        ("The dam burst last spring.", "last spring", "2025-SP"),
        ("Work ends by the end of 2027.", "the end of 2027", "2027"),
        ("The port closed two years ago.", "two years ago", "2024"),
        ("The port closed three weeks ago.", "three weeks ago", "2025-W51"),
        ("The port closed eleven days ago.", "eleven days ago", "2025-12-30"),
        ("They met on Good Friday 2024.", "Good Friday 2024", "2024-03-29"),
        ("They met on Christmas Eve.", "Christmas Eve", "2025-12-24"),
        ("The 9/11 attacks changed it.", "9/11", "2001-09-11"),
        ("The Sept. 11 attacks changed it.", "Sept. 11", "2001-09-11"),
        ("The port is now closed.", "now", "PRESENT_REF"),
        ("The port was recently closed.", "recently", "PAST_REF"),
    ],
)
def test_a_date_is_found_and_resolved(text: str, span: str, value: str | None) -> None:
    assert found(text) == [(span, "DATE", value)]


@pytest.mark.parametrize(
    ("text", "span", "kind", "value"),
    [
        ("The 21-month siege is over.", "21-month", "DURATION", "P21M"),
        ("They talked for eight months in Tarvo.", "eight months", "DURATION", "P8M"),
        ("Trade fell over the last few months.", "the last few months", "DURATION", "PXM"),
        ("They need two and a half years for it.", "two and a half years", "DURATION", "P2Y6M"),
        ("They talked for half an hour.", "half an hour", "DURATION", "PT30M"),
        ("They had waited for decades.", "decades", "DURATION", "PXY"),
        ("The council sits every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
        ("The council sits every two weeks.", "every two weeks", "SET", "P2W"),
        ("Ferries run daily to the island.", "daily", "SET", "P1D"),
        ("The well gives 300 barrels a day.", "a day", "SET", "P1D"),
        ("Guns fired at 0600 GMT.", "0600 GMT", "TIME", "2026-01-10T06:00Z"),
        ("Guns fired at 4 a.m. on Thursday.", "4 a.m. on Thursday", "TIME", "2026-01-08T04:00"),
        ("Guns fired at 10:30 near the port.", "10:30", "TIME", "2026-01-10T10:30"),
        ("Guns fired on Thursday night.", "Thursday night", "TIME", "2026-01-08TNI"),
        ("Guns fired last night.", "last night", "TIME", "2026-01-09TNI"),
    ],
)
def test_lengths_repetitions_and_hours(text: str, span: str, kind: str, value: str) -> None:
    assert found(text) == [(span, kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "The 50-year-old sailor, 61, aged 20 years, lived.",
        "A six-month-old girl lived.",
        "They counted 2000 soldiers and 1999 goats.",
        "Route 1950 and $1999 of Windows 2000.",
        "The side won 3-1 and 21-14.",
        "He may march with us.",
        "Theresa May smiled.",
        "The Sunday Times and the Vesti daily reported it.",
        "Three-quarters of it, a second time.",
        "Now, that was a storm.",
        "They mourn the fall of the old regime.",
        "One quarter of the land, in some quarters.",
    ],
)
def test_no_time_is_read_where_there_is_none(text: str) -> None:
    assert found(text) == []


def test_ranges_give_both_ends() -> None:
    assert [v for _, _, v in found("They met from May 3 to 5, 1991 in Tarvo.")] == ["1991-05-03", "1991-05-05"]
    assert [v for _, _, v in found("They met from 8 to 10 May 1991.")] == ["1991-05-08", "1991-05-10"]
    assert [v for _, _, v in found("The drought of 1991-95 ended.")] == ["1991", "1995"]
    assert [v for _, _, v in found("It rose between 1991 and 1995.")] == ["1991", "1995"]


def test_the_next_day_counts_from_the_day_named_before() -> None:
    text = "On January 3, 1996 the fort fell. The next day a truce was signed. Two days later it broke."
    assert [v for _, _, v in found(text)] == ["1996-01-03", "1996-01-04", "1996-01-06"]


def test_both_hours_of_a_double_clock_belong_to_the_day_behind() -> None:
    values = [v for _, _, v in found("The ferry sank at 2 p.m. (1900 GMT) Monday.")]
    assert values == ["2026-01-05T14:00", "2026-01-05T19:00Z", "2026-01-05"]


def test_without_publication_only_absolute_dates_are_resolved() -> None:
    text = "On Friday, yesterday, last August and next week; on January 3, 2004, in 1991 and for two days."
    values = [value for _, _, value in found(text, None)]
    assert values == [None, None, None, None, "2004-01-03", "1991", "P2D"]
    assert [span for span, _, _ in found(text, None)] == [span for span, _, _ in found(text)]


def test_a_day_that_does_not_exist_has_no_value() -> None:
    assert found("It fell on February 30.") == [("February 30", "DATE", None)]
    assert found("It fell on 31 April 2024.") == [("31 April 2024", "DATE", None)]
    assert found("It fell on 2023-02-29.") == [("2023-02-29", "DATE", None)]


def test_the_tree_decides_whether_a_weekday_lies_ahead() -> None:
    past = tree("They PRON nsubj 2|met:meet VERB root 0 Tense=Past VerbForm=Fin|envoys NOUN obj 2|Monday PROPN obl 2")
    ahead = tree("They PRON nsubj 3|will AUX aux 3|meet VERB root 0 VerbForm=Inf|envoys NOUN obj 3|Monday PROPN obl 3")
    present = tree("They PRON nsubj 2|meet VERB root 0 Tense=Pres VerbForm=Fin|envoys NOUN obj 2|Monday PROPN obl 2")
    values = [read_times(annotations, SATURDAY)[0].value for annotations in (past, ahead, present)]
    assert values == ["2026-01-05", "2026-01-12", "2026-01-12"]


def test_ids_are_numbered_in_text_order() -> None:
    times = read_times(plain("On Monday and Tuesday, in 1991 and in 1992."), SATURDAY)
    assert [t.id for t in times] == ["t1", "t2", "t3", "t4"]
    assert [t.start for t in times] == sorted(t.start for t in times)


def test_a_heading_is_not_joined_to_the_line_below_it() -> None:
    assert [span for span, _, _ in found("Rains in May\n\n1996 was dry.")] == ["May", "1996"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u0130\u0130 1 \u00bd", "9" * 5000 + " years ago", "in 20000000 years"])
def test_odd_input_does_not_crash(text: str) -> None:
    read_times(plain(text), SATURDAY)


_WORDS = st.sampled_from(
    [
        "May",
        "3",
        "12",
        "1991",
        "Friday",
        "last",
        "next",
        "the",
        "two",
        "-",
        ":",
        ".",
        ",",
        "(",
        ")",
        "a",
        "m",
        "pm",
        "GMT",
        "of",
        "years",
        "day",
        "ago",
        "to",
        "and",
        "31",
        "February",
        "99999999999",
        "%",
        "’",
        "s",
        "quarter",
        "century",
        "every",
        "half",
        "million",
        "night",
        "weekend",
        "end",
        "\n\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=25).map(" ".join)))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    for published in (SATURDAY, date.min, date.max, None):
        times = read_times(plain(text), published)
        assert all(0 <= t.start < t.end <= len(text) for t in times)
        assert all(a.end <= b.start for a, b in pairwise(times))


def test_the_line_leads_back_to_the_text() -> None:
    line = line_of(plain("The 21\u2013month\nwar; it\u2019s over.\n\nNext"))
    assert line.text == "the 21 - month war ; it ' s over . \n next"
    start = line.text.index("21")
    assert line.written(start, start + len("21 - month")) == "21\u2013month"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty - one", 21),
        ("half a million", 500_000),
        ("1.1 billion", 1_100_000_000),
        ("two hundred and five thousand", 205_000),
        ("2 1 / 2", 2.5),
        ("three - quarters of a million", 750_000),
        ("5,000", 5000),
        ("9" * 40, None),
    ],
)
def test_number_words(words: str, value: float | None) -> None:
    assert number(words) == value
    assert value is None or isinstance(number(words), type(value))


def test_calendar() -> None:
    assert calendar.day(2023, 2, 29) is None
    assert calendar.easter(2024) == date(2024, 3, 31)
    assert calendar.nth_weekday(1999, 11, 4, 4) == date(1999, 11, 25)
    assert calendar.nth_weekday(2024, 5, 1, -1) == date(2024, 5, 27)
    assert calendar.nth_weekday(9999, 12, 1, -1) is None
    assert calendar.years_on("2004-Q3", -1) == "2003-Q3"
    assert calendar.years_on("0001-Q3", -1) is None
    assert calendar.shift(date.max, 1, "day") is None
    assert calendar.shift(date(2026, 1, 31), -2, "month") == "2025-11"
    assert calendar.weekday(SATURDAY, 6, ahead=True, strictly=True) == date(2026, 1, 17)
