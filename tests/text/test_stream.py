"""Streams: what is looked at is read again, and nothing is lost between head and rest."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.text import stream as module
from dragoman.text.stream import HEAD, Stream


def test_the_head_is_read_again() -> None:
    stream = Stream(io.BytesIO(b"one\ntwo\n"))
    assert stream.head == b"one\ntwo\n"
    assert stream.read_line(100) == b"one\n"
    assert stream.read(100) == b"two\n"
    assert stream.read(100) == stream.read_line(100) == b""


def test_a_line_that_reaches_past_the_head() -> None:
    line = b"x" * (HEAD + 10) + b"\n"
    stream = Stream(io.BytesIO(line + b"next\n"))
    assert stream.read_line(10 * HEAD) == line
    assert stream.read_line(10) == b"next\n"


def test_a_line_longer_than_the_limit_comes_in_part_and_can_be_skipped() -> None:
    stream = Stream(io.BytesIO(b"y" * 3 * HEAD + b"\nnext"))
    assert len(stream.read_line(HEAD + 5)) == HEAD + 5
    stream.skip_line()
    assert stream.read_line(100) == b"next"


@given(st.binary(max_size=60), st.lists(st.integers(1, 9)))
def test_nothing_is_lost_or_read_twice(data: bytes, limits: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "HEAD", 7)
        stream = Stream(io.BytesIO(data))
        parts = [stream.read_line(limit) if limit % 2 else stream.read(limit) for limit in limits]
        assert all(len(part) <= limit for part, limit in zip(parts, limits, strict=True))
        assert b"".join(parts) + stream.read(100) == data
