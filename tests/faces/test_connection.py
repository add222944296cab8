"""Connections: which addresses are public, and that only a checked one is connected to."""

import httpcore
import pytest

from dragoman.faces import connection
from dragoman.faces.connection import Deadline, NotPublic, is_public, resolve

PRIVATE_4 = """127.0.0.1 127.8.9.1 10.0.0.1 172.16.5.5 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255
    224.0.0.1 240.0.0.1 192.0.2.1""".split()  # noqa: SIM905
PRIVATE_6 = """:: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
    2002:7f00:1:: 64:ff9b::a00:1""".split()  # noqa: SIM905
PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE_4 + PRIVATE_6)
def test_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "localhost", "::1"])
def test_other_ways_to_write_the_loopback_address(host: str) -> None:
    try:
        found = resolve(host, 80)
    except httpcore.ConnectError:
        return  # not every system takes these for numbers
    assert not any(map(is_public, found))


class Sockets(httpcore.NetworkBackend):
    """Connects to nothing and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> httpcore.NetworkStream:
        self.asked.append(host)
        if host.endswith("1"):
            raise httpcore.ConnectError("nobody there")
        return httpcore.MockStream([])


def guarded(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> tuple[connection._Guarded, Sockets]:
    left = list(answers)
    monkeypatch.setattr(connection, "resolve", lambda host, port: left.pop(0))
    sockets = Sockets()
    backend = connection._Guarded(Deadline(5), allow_private=False)
    backend._sockets = sockets  # type: ignore[assignment]
    return backend, sockets


def test_the_checked_address_is_connected_to_and_the_name_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    backend, sockets = guarded(monkeypatch, ["8.8.8.8"])  # a second question would find nothing left to answer
    backend.connect_tcp("rebinding.example", 443)
    assert sockets.asked == ["8.8.8.8"]


def test_the_next_address_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    backend, sockets = guarded(monkeypatch, ["1.1.1.1", "8.8.8.8"])
    backend.connect_tcp("news.example", 443)
    assert sockets.asked == ["1.1.1.1", "8.8.8.8"]


def test_one_private_address_among_public_ones_is_a_trap(monkeypatch: pytest.MonkeyPatch) -> None:
    backend, sockets = guarded(monkeypatch, ["8.8.8.8", "169.254.169.254"])
    with pytest.raises(NotPublic, match=r"trap\.example \(169\.254\.169\.254\)"):
        backend.connect_tcp("trap.example", 80)
    assert sockets.asked == []


def test_a_deadline_ends_everything() -> None:
    assert Deadline(60).left(5) == 5
    assert 0 < Deadline(60).left() <= 60
    with pytest.raises(httpcore.ReadTimeout):
        Deadline(0).left(5)
