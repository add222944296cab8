"""Paragraphs: blank lines, single line breaks, hard-wrapped text, odd separators."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.text.paragraphs import paragraphs

FIRST = (
    "The harbour authority of Velmora closed both of its northern docks on Tuesday after a freighter ran aground in "
    "thick fog, and shipping agents said that at least eleven vessels were waiting outside the breakwater for a berth."
)
SECOND = (
    "Nobody was hurt, according to the coast guard. Divers were due to inspect the hull before the evening tide, while "
    "the owners of the freighter declined to say how long the repairs that it needed would keep it in the port."
)


def texts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in paragraphs(text)]


def test_a_blank_line_breaks() -> None:
    assert texts("One here.\n\nTwo here.\n \t \nThree.") == ["One here.", "Two here.", "Three."]


def test_a_single_line_break_breaks_where_the_text_is_not_wrapped() -> None:
    assert texts(f"{FIRST}\n{SECOND}\n") == [FIRST, SECOND]
    assert texts("A headline\nBy Ann Other\nThe story starts.") == ["A headline", "By Ann Other", "The story starts."]


@pytest.mark.parametrize("width", [55, 65, 72, 80])
def test_a_hard_wrapped_paragraph_stays_whole(width: int) -> None:
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in (FIRST, SECOND))
    assert [" ".join(found.split()) for found in texts(text)] == [FIRST, SECOND]


def test_in_wrapped_text_an_indent_or_a_short_line_starts_a_paragraph() -> None:
    indented = "\n".join(textwrap.fill(paragraph, 70, initial_indent="   ") for paragraph in (FIRST, SECOND))
    assert [" ".join(found.split()) for found in texts(indented)] == [FIRST, SECOND]
    headed = "DOCKS CLOSED\n" + textwrap.fill(FIRST, 70)
    assert texts(headed)[0] == "DOCKS CLOSED"
    assert len(texts(headed)) == 2


def test_a_list_of_headlines_is_not_wrapped_text() -> None:
    lines = [
        "Velmora closes its docks after freighter runs aground",
        "Rail strike enters a third week with no talks planned",
        "Rains swell the Ansa, families leave the lower town",
        "Court puts off hearing on the harbour concession again",
    ]
    assert texts("\n".join(lines)) == lines


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_every_line_separator_counts(separator: str) -> None:
    assert texts(f" First one.{separator}Second one. {separator}{separator}Third one.") == [
        "First one.",
        "Second one.",
        "Third one.",
    ]


def test_a_carriage_return_with_a_line_feed_is_one_break_and_wrapped_text_may_have_them() -> None:
    text = textwrap.fill(FIRST, 70).replace("\n", "\r\n")
    assert len(texts(text)) == 1


def test_white_space_around_is_trimmed_and_marks_without_width_are_nothing() -> None:
    assert texts("\ufeff\u00a0 One.\u3000\n\u200b\n\n") == ["One."]
    assert texts("") == texts(" \n\t\n") == []


@given(st.text(st.one_of(st.sampled_from(" \n\r\t\u2028\u2029\x0b\x85.ab\ud800\ufeff"), st.characters()), max_size=200))
def test_the_spans_are_ordered_and_hold_every_visible_character(text: str) -> None:
    spans = paragraphs(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end < after.start for before, after in pairwise(spans))
    inside = {i for span in spans for i in range(span.start, span.end)}
    assert all(i in inside for i, char in enumerate(text) if not char.isspace() and char not in "\ufeff\u200b\u2060")
    assert all(not text[span.start].isspace() and not text[span.end - 1].isspace() for span in spans)


@given(st.lists(st.text("abc .", min_size=1, max_size=90), max_size=12))
def test_wrapped_or_not_lines_are_never_torn(lines: list[str]) -> None:
    text = "\n".join(lines)
    starts = {span.start for span in paragraphs(text)}
    offset = 0
    for line in lines:
        begin = offset + len(line) - len(line.lstrip())
        assert not any(begin < start < offset + len(line) for start in starts)
        offset += len(line) + 1
