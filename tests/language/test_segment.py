from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.segment import words_in
from dragoman.text.report import Span


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in words_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don't agree.", "They do n't agree ."),
        ("We cannot; he’ll go", "We can not ; he ’ll go"),
        ("Kenya's and the judges' plan", "Kenya 's and the judges ' plan"),
        ("O'Neill met d'Estaing.", "O'Neill met d'Estaing ."),
        ("Mr. Okoro left the U.S. on Jan. 3.", "Mr. Okoro left the U.S. on Jan. 3 ."),
        ("J. Doe said no. No. 7 won.", "J. Doe said no . No. 7 won ."),
        ("$1,250.50 or 30% of C$7", "$ 1,250.50 or 30 % of C $ 7"),
        ("a 21-month war, 1990s, 2nd", "a 21 - month war , 1990s , 2nd"),
        ("at 10:30 on 12/11/1998 (GMT)", "at 10:30 on 12/11/1998 ( GMT )"),
        ("\"Go!\" she said... “Now”--then", "\" Go ! \" she said ... “ Now ” -- then"),
        ("see https://a.example/x?y=1, or mail a.b@c.example.", "see https://a.example/x?y=1 , or mail a.b@c.example ."),
        ("sent by Rosa@OFFICE to @gil", "sent by Rosa@OFFICE to @ gil"),
        ("pre-war anti-tank vice-president", "pre-war anti-tank vice - president"),
        ("café naïve cafe\u0301", "café naïve cafe\u0301"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_words_follow_the_treebanks(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@given(st.text(max_size=400))
def test_every_visible_character_is_in_just_one_word(text: str) -> None:
    spans = words_in(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join(text[a:b] for a, b in spans) == "".join(text.split())


def test_a_stretch_of_text_keeps_the_offsets_of_the_whole() -> None:
    text = "First line.\nSecond line."
    assert [text[a:b] for a, b in words_in(text, Span(12, 24))] == ["Second", "line", "."]


def test_a_very_long_run_is_cut_and_does_not_take_long() -> None:
    spans = words_in("a'" * 50_000 + "(" * 50_000)
    assert spans[-1].end == 150_000
