"""Receivers of the tests' own on the loopback address: one takes webhooks, the other mail; both do as they are told, also badly."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Taken:
    """A webhook that came."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are what the next requests get, the last one for ever: a status, or (status, headers); `before` is called before that."""

    url: str = ""
    answers: list[Any] = field(default_factory=lambda: [200])
    taken: list[Taken] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def next(self) -> tuple[int, dict[str, str]]:
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return found if isinstance(found, tuple) else (found, {})


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver of webhooks, until the block ends. The status 0 breaks the connection, 1 answers drop by drop, 2 without end."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.taken.append(Taken({name.lower(): value for name, value in self.headers.items()}, body))
            receiver.before()
            status, headers = receiver.next()
            with suppress(OSError):
                self.answer(status, headers)

        def answer(self, status: int, headers: dict[str, str]) -> None:
            if status == 0:
                self.connection.close()
                return
            if status == 1:
                for letter in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 400:
                    self.connection.sendall(bytes([letter]))
                    time.sleep(0.05)
                return
            self.send_response(200 if status == 2 else status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status == 2:
                self.end_headers()
                for _ in range(10_000):
                    self.wfile.write(b"z" * 10_000)
                return
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/in"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Mailed:
    """A mail that came: the envelope and the bytes."""

    sender: str
    to: list[str]
    data: bytes
    encrypted: bool
    user: str


@dataclass
class Post:
    """A running mail server. `refuse` answers a command in the place of what it would get ("RCPT": "550 no such user")."""

    port: int = 0
    mails: list[Mailed] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None


@contextmanager
def posting(certificate: str | None = None) -> Iterator[Post]:
    """A mail server, until the block ends; with a certificate it offers STARTTLS, and AUTH behind it."""
    post = Post()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.encrypted, self.user, self.sender = False, "", ""
            self.to: list[str] = []
            with suppress(OSError, ValueError):
                self.say("220 mail.test")
                while line := self.rfile.readline(2000):
                    if not self.command(line.decode("latin-1").strip()):
                        return

        def say(self, words: str) -> None:
            self.wfile.write(words.encode() + b"\r\n")
            self.wfile.flush()

        def command(self, line: str) -> bool:
            verb = line.split(" ")[0].upper()
            if verb in post.refuse:
                self.say(post.refuse[verb])
                return True
            if verb == "EHLO":
                offers = ["250-mail.test"]
                offers += ["250-STARTTLS"] if certificate and not self.encrypted else []
                offers += ["250-AUTH PLAIN"] if self.encrypted else []
                self.say("\r\n".join([*offers, "250 SIZE 1000000"]))
            elif verb == "STARTTLS" and certificate:
                self.say("220 go on")
                self.encrypt(certificate)
            elif verb == "AUTH":
                self.user = base64.b64decode(line.split(" ")[2]).split(b"\0")[1].decode()
                self.say("235 welcome")
            elif verb == "MAIL":
                self.sender, self.to = line.partition("<")[2].partition(">")[0], []
                self.say("250 ok")
            elif verb == "RCPT":
                self.to.append(line.partition("<")[2].partition(">")[0])
                self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                self.take()
            elif verb == "QUIT":
                self.say("221 bye")
                return False
            else:
                self.say("250 ok")
            return True

        def take(self) -> None:
            lines: list[bytes] = []
            while (line := self.rfile.readline(20_000)) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            post.mails.append(Mailed(self.sender, self.to, b"".join(lines), self.encrypted, self.user))
            post.before()
            self.say("250 taken")

        def encrypt(self, certificate: str) -> None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.connection = context.wrap_socket(self.connection, server_side=True)
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
            self.encrypted = True

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
    server.daemon_threads = True
    post.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield post
    finally:
        server.shutdown()
        server.server_close()
