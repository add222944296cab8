"""Bytes to text: damaged and odd input."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.text.decoding import DecodingError, decode


def test_a_stray_byte_in_utf_8_becomes_a_mark_and_the_rest_stays() -> None:
    data = "\u201cWe will wait,\u201d said the caf\u00e9 owner.".encode()
    assert decode(data + b" \xff cut \xe2\x80") == data.decode() + " \ufffd cut \ufffd"


def test_lone_surrogates_written_as_utf_8_are_kept() -> None:
    assert decode(b"A \xed\xa0\x80 B") == "A \ud800 B"


def test_the_bytes_that_windows_1252_leaves_out() -> None:
    assert decode(b"It said \x93no\x94 \x81 again and again.") == "It said \u201cno\u201d \x81 again and again."


def test_a_declared_encoding_is_tried_before_the_guess_but_after_utf_8() -> None:
    text = "\u041d\u0435\u0442"
    assert decode(text.encode("cp1251"), "windows-1251") == text
    assert decode(text.encode(), "windows-1251") == text
    assert decode(b"caf\xe9 owners said", "no-such-encoding") == "caf\u00e9 owners said"


@pytest.mark.parametrize("start", ["ID3", "BZh", "PAR1", "OggS"])
def test_letters_that_begin_some_binary_files_may_begin_a_text(start: str) -> None:
    assert decode(f"{start} is what the note said.".encode()) == f"{start} is what the note said."
    with pytest.raises(DecodingError):
        decode(start.encode() + bytes(range(40)))


@given(st.lists(st.text("ab\u00e9\u00fc\u00df\u00f1\u00c4\u2019\u2013\u201c\u00a3", min_size=1, max_size=6), max_size=9))
def test_western_words_in_windows_1252(words: list[str]) -> None:
    text = " ".join(["The officials who spoke on Monday said so:"] * 4 + words + ["b\u00fc"])
    whole = text.encode("cp1252").decode("utf-8", "ignore")
    assert decode(text.encode("cp1252")) == text or not whole.isascii()


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused_by_name(data: bytes) -> None:
    with suppress(DecodingError):
        assert isinstance(decode(data), str)
