"""What stands between the network and the pages: who may ask, what may be sent, and what a browser may do with an answer.

The workspace has no accounts yet, so it answers this machine only. A page of another site that a user has open must not read it:
the Host header is checked (another name that points to this machine is refused), and nothing is shared across origins. Reports are
hostile: a page may load scripts, styles and pictures from the workspace's own files, nothing from within itself, nothing from elsewhere.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.errors import InputError
from dragoman.faces.web.problems import Refused, refusal

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_MOST_BODY = 64 * 1024
_METHODS = ("GET", "HEAD")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def checked_host(host: str) -> str:
    """The host to listen on, if it is this machine's own. Raises InputError for any other."""
    name = host.strip().strip("[]").lower()
    if name == "localhost":
        return "127.0.0.1"
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise InputError(
            "--host", f"{host!r} is not this machine alone, and whoever reached it could read the case, since there are no accounts yet",
            "leave --host out; from another machine, go through `ssh -L 8484:localhost:8484`",
        )  # fmt: skip
    return str(address)


class Gate:
    """Refuses what may not come in, and puts the headers on all that goes out."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        refused = self._refused(scope["method"], Headers(scope=scope))
        app = self._app if refused is None else refusal(refused, scope["path"])
        await app(scope, receive, with_headers)

    def _refused(self, method: str, headers: Headers) -> Refused | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _name(hosts[0]) not in self._hosts:
            return Refused(
                400, "This address is not known here", "The workspace answers to localhost and 127.0.0.1 only.",
                "Open it under the address that `dragoman serve` printed.",
            )  # fmt: skip
        if method not in _METHODS:
            return Refused(405, "Nothing can be sent here yet", f"The workspace only shows pages; it takes no {method[:20]}.", "")
        if _length(headers) > _MOST_BODY:
            return Refused(413, "Too much was sent", "A question to the workspace has no body.", "")
        return None


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    name, colon, port = host.strip().lower().rpartition(":")
    return name if colon and port.isascii() and port.isdigit() else host.strip().lower()


def _length(headers: Headers) -> int:
    """How long a body is said to be; too long where that is not told or is no number."""
    if "transfer-encoding" in headers:
        return _MOST_BODY + 1
    told = headers.get("content-length", "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else _MOST_BODY + 1
