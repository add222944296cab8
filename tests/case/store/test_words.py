"""Words are the same whether a text is ASCII or not, and their offsets are those of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.case.store.words import LONGEST, fold, forms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. mission", ["the", "u", "s", "mission"]),
        ("Zoë’s café_1,500", ["zoe", "s", "cafe", "1", "500"]),
        ("cafe\u0301", ["cafe"]),
        ("STRASSE straße İzmir", ["strasse", "strasse", "izmir"]),
        ("Киев 北京", ["киев", "北京"]),
        ("\x00 \ud800 _ -", []),
        ("x" * 100, ["x" * LONGEST]),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@given(st.text())
def test_offsets_point_at_what_was_folded(text: str) -> None:
    assert all(fold(text[word.start : word.end]) == word.form for word in words(text))


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_texts_have_the_words_that_they_have_among_others(text: str) -> None:
    assert forms(text) == forms(f"{text} é")[:-1]
