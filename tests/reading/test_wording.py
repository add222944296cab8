"""Dates, amounts and names in plain English, and text that is safe to show."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.entries import Figure, When
from dragoman.reading.wording import (
    STATUS_WORDS,
    amount,
    first_day,
    listed,
    mid_sentence,
    number,
    one_line,
    printable,
    shortened,
    spoken_date,
    spoken_when,
)


def figure(low: float | None, high: float | None, unit: str | None, of: str | None = None, about: bool = False) -> Figure:
    return Figure("f1", 0, 1, low, high, unit, of, about)


@pytest.mark.parametrize(
    ("given_figure", "words"),
    [
        (figure(8, 8, "person", "killed"), "8 people (killed)"),
        (figure(1, 1, "person"), "1 person"),
        (figure(20, None, "person", "sailors"), "at least 20 people (sailors)"),
        (figure(None, 12, "boat"), "up to 12 boats"),
        (figure(30_000_000, 50_000_000, "barrel", "oil"), "30 to 50 million barrels (oil)"),
        (figure(900_000, 1_200_000, "ton"), "900,000 to 1.2 million tons"),
        (figure(10**11, 10**11, "USD", about=True), "about USD 100 billion"),
        (figure(2.5, 2.5, "percent"), "2.5 percent"),
        (figure(4500, 4500, "person", "people"), "4,500 people"),
        (figure(3, 3, "city"), "3 cities"),
        (figure(0, 0, None), "0"),
    ],
)
def test_amounts_are_told_with_range_unit_and_what_is_counted(given_figure: Figure, words: str) -> None:
    assert amount(given_figure) == words


def test_numbers_without_end_stay_short() -> None:
    assert number(10**400) == "1.000e+400"
    assert number(float("inf")) == "Infinity"
    assert number(float("nan")) == "NaN"
    assert number(-1500) == "-1,500"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-01-09", "Friday 9 January 2026"),
        ("1996-08", "August 1996"),
        ("2026-W03", "week of 12 January 2026"),
        ("2026", "2026"),
        ("1996-SU", "summer 1996"),
        ("2026-01-09T14:30", "Friday 9 January 2026, 14:30"),
        ("2026-02-30", "2026-02-30"),
        ("no\nsuch\x1b value", "no such␛ value"),
    ],
)
def test_dates_are_told_in_words(value: str, words: str) -> None:
    assert spoken_date(value) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, "no date told"),
        (When("2026-01-09", "2026-01-09"), "Friday 9 January 2026"),
        (When("2026-01-12", "2026-01-18"), "week of 12 January 2026"),
        (When("2026-03-01", "2026-03-31"), "March 2026"),
        (When("2026-01-01", "2026-12-31"), "2026"),
        (When("2026-01-08", "2026-01-09"), "from Thursday 8 January 2026 to Friday 9 January 2026"),
        (When("9999-12-27", "9999-12-31"), "from Monday 27 December 9999 to Friday 31 December 9999"),
    ],
)
def test_spans_of_days_are_told_as_the_week_or_month_that_they_are(when: When | None, words: str) -> None:
    assert spoken_when(when) == words


def test_the_first_day_of_a_value_orders_it() -> None:
    assert first_day("2026-W03") == date(2026, 1, 12)
    assert first_day("2026-03") == date(2026, 3, 1)
    assert first_day("2026-W99") is None
    assert first_day("soon") is None


def test_names_are_listed_and_lowered_inside_a_sentence() -> None:
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(list("ABCDEFG")) == "A, B, C, D and 3 more"
    assert mid_sentence("A harbour official") == "a harbour official"
    assert mid_sentence("The Hague") == "The Hague"
    assert mid_sentence("Ada Holm") == "Ada Holm"


def test_long_text_is_cut_at_a_word() -> None:
    assert shortened("one two three", 40) == "one two three"
    assert shortened("one two, three four", 14) == "one two…"
    assert len(shortened("x" * 100, 10)) == 10


def test_control_and_bidirectional_characters_are_made_visible_in_place() -> None:
    assert printable("\x1b[31m\x07\x9b\u202e\u2066\x7f\ud800\x00") == "␛[31m␇\ufffd\ufffd\ufffd␡\ufffd␀"
    assert printable("a\tb\r\nc\u200dd é \N{GRINNING FACE}") == "a\tb\r\nc\u200dd é \N{GRINNING FACE}"
    assert one_line(" a\r\n\tb\u2028c ") == "a b c"


@given(st.text(st.characters()))
def test_printable_keeps_every_offset(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in shown if c not in "\t\n\r")
    shown.encode()


def test_no_two_statuses_share_a_symbol_or_a_word() -> None:
    for form in ("symbol", "ascii", "word", "heading"):
        assert len({getattr(words, form) for words in STATUS_WORDS.values()}) == len(STATUS_WORDS) == 9
    assert all(words.ascii.isascii() for words in STATUS_WORDS.values())
