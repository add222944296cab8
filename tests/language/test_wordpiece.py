"""Our word pieces against those of the library that is the measure."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.encoder import WEIGHTS
from dragoman.language.wordpiece import WordPieces

tokenizers = pytest.importorskip("tokenizers")

# Letters, marks, signs and ideographs that were in Unicode long ago: the library's tables may be older or newer than Python's.
LETTERS = st.characters(max_codepoint=0x9FA5, categories=("Lu", "Ll", "Lo", "Nd", "Po", "Ps", "Pe", "Sc", "Sm", "Cc"))
YOUNG = ((0x0860, 0x08FF), (0x1C80, 0x1CBF), (0x2C00, 0x3040))
KNOWN = LETTERS.filter(lambda c: not any(low <= ord(c) <= high for low, high in YOUNG))


@cache
def ours() -> WordPieces:
    return WordPieces(WEIGHTS / "vocabulary.txt")


@cache
def theirs() -> object:
    pieces = (WEIGHTS / "vocabulary.txt").read_text("utf-8").split()
    model = tokenizers.models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]", max_input_chars_per_word=100)
    made = tokenizers.Tokenizer(model)
    made.normalizer = tokenizers.normalizers.BertNormalizer()
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return made


def expected(word: str) -> list[int]:
    return theirs().encode(word, add_special_tokens=False).ids or [ours().unknown]  # type: ignore[attr-defined]


PLAIN = ["Grozny", "re-elected", "Élysée", "O'Neill", "naïveté", "ﬁre", "Ǆ", "ß", "İstanbul"]
ODD = ["北京", "C$30", "…", "x" * 101, "€", "\u200b", "a\u0301b"]


@pytest.mark.parametrize("word", PLAIN + ODD)
def test_known_words(word: str) -> None:
    assert ours().ids(word) == expected(word)


@given(st.text(KNOWN, min_size=1, max_size=12))
def test_any_word(word: str) -> None:
    assert ours().ids(word) == expected(word)


def test_a_mark_in_the_text_is_no_mark_of_ours() -> None:
    assert ours().mark("[MASK]") not in ours().ids("[MASK]")
