"""Which words may begin an entry."""

from __future__ import annotations

import pytest

from dragoman.reading.actors.states import land_named, land_words
from dragoman.reading.openings import Openings
from tests.reading.plain_text import plain


@pytest.mark.parametrize(("word", "begins"), [("New", True), ("Newark", False), ("New Zealand", True), ("Zz", False), ("Pe", True)])
def test_a_word_begins_an_entry_if_the_entry_starts_with_its_letters(word: str, begins: bool) -> None:
    assert Openings(["New Zealand", "Peru", "Costa Rica"]).begin(word) is begins


def test_nothing_begins_where_there_is_no_entry() -> None:
    assert not Openings([]).begin("Peru")


@pytest.mark.parametrize("phrase", ["Peru", "PERU", "the Netherlands", "The Netherlands", "THE NETHERLANDS", "Peru's", "Peru\u2019s"])
def test_lands_are_found_in_a_text_as_they_are_by_name(phrase: str) -> None:
    named = land_named(phrase)
    assert named is not None
    assert [word.land for word in land_words(plain(f"{phrase} waits"))] == [named[0]]
