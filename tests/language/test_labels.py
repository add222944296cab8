import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.labels import SHAPES, apply_lemma_rule, lemma_rule, shape_of

LETTERS = st.text(alphabet="abcdefgßéžŁ'’-XYZ", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("talks", "lower"), ("Kofi", "title"), ("A", "title"), ("NATO", "upper"), ("McCain", "mixed"),
        ("1962", "number"), ("--", "symbol"), ("中", "other"), ("", "symbol"),
    ],
)
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


@pytest.mark.parametrize(
    ("word", "lemma", "rule"),
    [("studies", "study", "3:y"), ("Talks", "talk", "1:"), ("Geneva", "Geneva", "0::keep"), ("was", "be", "3:be")],
)
def test_rules_are_short(word: str, lemma: str, rule: str) -> None:
    assert lemma_rule(word, lemma) == rule


@given(LETTERS, LETTERS)
def test_a_rule_gives_its_lemma_back(word: str, lemma: str) -> None:
    if ":" not in lemma and not lemma.startswith("="):
        assert apply_lemma_rule(lemma_rule(word, lemma), word) == lemma


def test_a_rule_that_cuts_more_than_there_is_leaves_the_word() -> None:
    assert apply_lemma_rule("5:y", "ab") == "ab"
