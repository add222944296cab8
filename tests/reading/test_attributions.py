"""Statements as corpora of attribution have them."""

from __future__ import annotations

import pytest

from dragoman.reading.attributions import attributions
from dragoman.reading.entries import Reading, Statement
from dragoman.text.report import Report, Span


def contents(text: str, *said: str) -> list[str]:
    """The widened contents of one statement whose spans are the words given."""
    spans = tuple(Span(text.index(words), text.index(words) + len(words)) for words in said)
    statement = Statement("s1", None, (), (), spans, "direct", "unnamed", None, None)
    (row,) = attributions(Reading(Report(text), statements=(statement,)))
    return [text[start:end] for start, end in row["content"]]


@pytest.mark.parametrize(
    ("text", "said", "widened"),
    [
        ('"We stay," Gil said.', "We stay", '"We stay,"'),
        ("“We stay.”", "We stay", "“We stay.”"),
        ("``We stay,'' Gil said.", "We stay", "``We stay,''"),
        ('Gil said that they "would stay".', 'that they "would stay', 'that they "would stay"'),
        ("Gil said that they stay.", "that they stay", "that they stay"),
        ('Gil said they stay. "Go," Roe said.', "they stay", "they stay"),
        ('We stay" was all.', "We stay", "We stay"),
    ],
)
def test_marks_stand_inside_the_content(text: str, said: str, widened: str) -> None:
    assert contents(text, said) == [widened]


def test_each_part_of_a_content_gets_its_own_marks() -> None:
    assert contents('"We stay," Gil said, "come what may."', "We stay", "come what may") == ['"We stay,"', '"come what may."']


def test_source_and_cue_are_given_as_they_are() -> None:
    text = "Gil said they stay."
    statement = Statement("s1", None, (Span(0, 3),), (Span(4, 8),), (Span(9, 18),), "indirect", "named", None, None)
    assert attributions(Reading(Report(text), statements=(statement,))) == [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]]}]


def test_the_comma_behind_an_apposition_is_the_sources() -> None:
    text = "Gil, a nurse, said they stay. Roe, too, said so."
    for source, given in (("Gil, a nurse", "Gil, a nurse,"), ("Roe", "Roe")):
        start = text.index(source)
        statement = Statement("s1", None, (Span(start, start + len(source)),), (), (Span(19, 28),), "indirect", "named", None, None)
        ((span,),) = (row["source"] for row in attributions(Reading(Report(text), statements=(statement,))))
        assert text[slice(*span)] == given
