"""A web server of the tests' own on the loopback address: it answers each path as a function says, also in hostile ways."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What to answer: `parts` go out one after the other, each when the iterator gives it; with status 0 nothing else."""

    body: bytes = b""
    status: int = 200
    fields: Mapping[str, str] = field(default_factory=dict)
    parts: Iterator[bytes] | None = None


Answering = Callable[[Mapping[str, str]], Reply]


@dataclass
class Site:
    """A running server. `paths` may be changed while it runs; `asked` lists the requests as path and fields (names in lower case)."""

    url: str
    paths: dict[str, Reply | Answering]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def times(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)


@contextmanager
def serving(certificate: str | None = None) -> Iterator[Site]:
    """A server that ends with the block; unknown paths get status 404. With a certificate (and its key) it speaks TLS as localhost."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fields = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append((self.path, fields))
            found = site.paths.get(self.path, Reply(b"no such page", 404))
            reply = found(fields) if callable(found) else found
            with suppress(BrokenPipeError, ConnectionResetError):  # the client had enough
                self.answer(reply)

        def answer(self, reply: Reply) -> None:
            if reply.status:
                self.send_response(reply.status)
            for name, value in reply.fields.items():
                self.send_header(name, value)
            if reply.parts is None:
                self.send_header("Content-Length", str(len(reply.body)))
            if reply.status:
                self.end_headers()
            for part in [reply.body] if reply.parts is None else reply.parts:
                self.wfile.write(part)
                self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_address[1]}", {})
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        site.url = f"https://localhost:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
