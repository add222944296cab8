"""Connections that lead only to public addresses and end on time: the one place where sockets are opened.

A name is resolved here, every address that it has is checked, and the connection goes to a checked address and nowhere else: a name
that has another address a moment later (DNS rebinding) gains nothing. One point in time ends everything: connecting, the handshake,
and answers that come drop by drop.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CONNECT_AT_MOST = 10.0


class NotPublic(Exception):
    """The address is not on the public internet; the message names it."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; what IPv6 wraps is unwrapped first."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if found in _NAT64:
            inner.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        if any(wrapped is not None and not _global(wrapped) for wrapped in inner):
            return False
        if found.ipv4_mapped is not None:
            return True
    return _global(found)


def _global(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_global and not address.is_multicast


class Deadline:
    """A point in time at which all work on one request ends."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, asked: float | None = None) -> float:
        """Seconds that are left, at most as many as asked for. Raises httpcore.ReadTimeout when none is."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for one request is over")
        return left if asked is None else min(left, asked)


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Guarded(httpcore.NetworkBackend):
    """Connects to checked addresses only."""

    def __init__(self, deadline: Deadline, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        problem: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._checked(host, port):
            try:
                left = self._deadline.left(min(timeout or _CONNECT_AT_MOST, _CONNECT_AT_MOST))
                return _Timed(self._sockets.connect_tcp(address, port, left, local_address, socket_options), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                problem = failed
        raise problem

    def _checked(self, host: str, port: int) -> list[str]:
        """All addresses of a host, none of which may be private: a name with one public and one private address is a trap."""
        addresses = resolve(host, port)
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise NotPublic(address if address == host else f"{host} ({address})")
        return addresses


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order in which the system wants them tried."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise httpcore.ConnectError(f"{host} has no address ({problem})") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _Body(httpx.SyncByteStream):
    """The body of an answer, as it comes."""

    def __init__(self, parts: Iterable[bytes], pool: httpcore.ConnectionPool) -> None:
        self._parts = parts
        self._pool = pool

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        self._pool.close()


class Transport(httpx.BaseTransport):
    """Carries one request over a connection of its own, which is closed with the answer."""

    def __init__(self, deadline: Deadline, allow_private: bool, certificates: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=certificates, max_connections=1, max_keepalive_connections=0, network_backend=_Guarded(deadline, allow_private)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        answer = self._pool.handle_request(
            httpcore.Request(request.method, target, headers=request.headers.raw, content=request.stream, extensions=request.extensions)
        )
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream, self._pool))

    def close(self) -> None:
        self._pool.close()
