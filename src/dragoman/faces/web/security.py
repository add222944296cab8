"""What stands between the network and the pages: who may ask, what may be sent, and what a browser may do with an answer.

A page of another site that a user has open must not read the workspace: the Host header is checked (another name that points to this
machine is refused), and nothing is shared across origins. Who asks, and what they may do, is for `access`. Reports are hostile: a page
may load scripts, styles and pictures from the workspace's own files, nothing from within itself, nothing from elsewhere.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.errors import InputError
from dragoman.faces.web.access.sending import MOST_BODY, too_much
from dragoman.faces.web.problems import Refused, not_taken, refusal

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # none at all would take the origin from our own forms, by which they are known
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HSTS = "max-age=31536000"
_METHODS = ("GET", "HEAD", "POST")
_DECISIONS = "/api/1/decisions"
"""The one address of the API that takes something."""
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\]")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Host:
    """Where to listen: an IP address, and whether it is this machine's own alone."""

    address: str
    loopback: bool

    @property
    def every(self) -> bool:
        """Whether it stands for all addresses of this machine."""
        return ipaddress.ip_address(self.address).is_unspecified


def checked_host(host: str) -> Host:
    """The host to listen on. Raises InputError for what is no address."""
    name = host.strip().strip("[]").lower()
    try:
        address = ipaddress.ip_address("127.0.0.1" if name == "localhost" else name)
    except ValueError:
        found = f"{host!r} is no address of this machine"
        raise InputError("--host", found, "give an IP address, and the name by which others know it with --name") from None
    return Host(str(address), address.is_loopback)


def checked_names(names: Iterable[str], listen: Host) -> tuple[str, ...]:
    """The names that the workspace answers to beside localhost and 127.0.0.1. Raises InputError."""
    found = [name.strip().lower().rstrip(".") for name in names]
    for name in found:
        if not _NAME.fullmatch(name):
            raise InputError("--name", f"{name!r} is no name of a machine", "give it without https:// and port, such as desk.example")
    if listen.every and not found:
        raise InputError("--host", f"{listen.address} stands for every address", "say with --name under which name others reach it")
    own = () if listen.every else (f"[{listen.address}]" if ":" in listen.address else listen.address,)
    return (*found, *own)


class Gate:
    """Refuses what may not come in, and puts the headers on all that goes out. `names` are known beside those of this machine."""

    def __init__(self, app: ASGIApp, names: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset((*LOOPBACK, *names))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        host = _name(Headers(scope=scope).get("host", ""))

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "private, no-cache")
                if scope["scheme"] == "https" and host not in LOOPBACK:  # other programs share this machine's own names
                    headers["Strict-Transport-Security"] = _HSTS
            await send(message)

        refused = self._refused(scope["method"], scope["path"], Headers(scope=scope))
        app = self._app if refused is None else refusal(refused, Request(scope))
        await app(scope, receive, with_headers)

    def _refused(self, method: str, path: str, headers: Headers) -> Refused | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _name(hosts[0]) not in self._hosts:
            return Refused(
                400, "This address is not known here",
                "The workspace answers to localhost and 127.0.0.1, and to the names with which it was started.",
                "Open it under the address that `dragoman serve` printed; --name gives it another name.",
            )  # fmt: skip
        if method not in _METHODS:
            api = "POST" if path == _DECISIONS else "GET, HEAD"
            return not_taken(method, api if path.startswith("/api/") else "GET, HEAD, POST")
        if _length(headers) > MOST_BODY:
            return too_much()
        return None


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    name, colon, port = host.strip().lower().rpartition(":")
    return name if colon and port.isascii() and port.isdigit() else host.strip().lower()


def _length(headers: Headers) -> int:
    """How long a body is said to be; too long where that is not told or is no number."""
    if "transfer-encoding" in headers:
        return MOST_BODY + 1
    told = headers.get("content-length", "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else MOST_BODY + 1
