"""Gzip-compressed streams: the same bytes as the standard library gives, and past damage."""

import gzip
import io

from hypothesis import given
from hypothesis import strategies as st

from dragoman.text.gunzip import Gunzip
from dragoman.text.stream import Stream


def opened(data: bytes) -> Gunzip:
    return Gunzip(Stream(io.BytesIO(data)))


def everything(packed: Gunzip) -> bytes:
    return b"".join(iter(lambda: packed.read(1000), b""))


@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(0, 9))
def test_members_are_joined_and_padding_is_left_out(members: list[bytes], zeros: int) -> None:
    packed = opened(b"".join(map(gzip.compress, members)) + bytes(zeros))
    assert everything(packed) == b"".join(members)
    assert packed.damage is None


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=5), st.integers(1, 50))
def test_lines(members: list[bytes], limit: int) -> None:
    packed, plain = opened(b"".join(map(gzip.compress, members))), io.BytesIO(b"".join(members))
    while line := plain.readline(limit):
        assert packed.readline(limit) == line
    assert packed.readline(limit) == b""


def test_a_member_that_is_cut_off_is_damage() -> None:
    packed = opened(gzip.compress(b"Tarvo " * 1000)[:-3])
    assert everything(packed) == b"Tarvo " * 1000
    assert packed.damage == "the gzip data end before they are complete"
    assert not packed.resume()


def test_reading_goes_on_behind_a_damaged_member() -> None:
    bad = bytearray(gzip.compress(bytes(range(256)) * 40))
    bad[20:40] = b"\xff" * 20
    packed = opened(gzip.compress(b"one") + bytes(bad) + gzip.compress(b"three"))
    assert everything(packed).startswith(b"one")
    assert packed.damage is not None and packed.damage.startswith("the gzip data are damaged")
    assert packed.resume()
    assert everything(packed) == b"three"


@given(st.binary(max_size=400))
def test_no_bytes_break_it_or_hold_it_up(data: bytes) -> None:
    packed = opened(b"\x1f\x8b\x08" + data)
    everything(packed)
    while packed.resume():
        everything(packed)


def test_what_grows_without_end_comes_in_pieces() -> None:
    packed = opened(gzip.compress(bytes(50_000_000), 1))
    assert len(packed.read(1 << 20)) <= 1 << 20
