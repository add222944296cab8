"""`dragoman serve`: the workspace on a port of this machine, until it is ended."""

from __future__ import annotations

import socket
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from dragoman.case.case import Case
from dragoman.errors import InputError
from dragoman.faces.web.app import application
from dragoman.faces.web.security import checked_host


@dataclass(frozen=True)
class Served:
    """What is asked for: the case, where to listen (port 0: any that is free), and whether to open a browser."""

    case: str
    host: str = "127.0.0.1"
    port: int = 8484
    open: bool = False


def serve(asked: Served, tell: Callable[[str], None]) -> None:
    """Serves until Ctrl-C or SIGTERM. `tell` is given the address. Raises InputError and StoreError before anything is served."""
    host = checked_host(asked.host)
    Case.open(asked.case).close()  # what is wrong with the case is told here, not on the first page
    listening = _listening(host, asked.port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/"
    config = uvicorn.Config(
        application(asked.case), log_level="warning", access_log=False, server_header=False, date_header=True, lifespan="on",
        limit_concurrency=200, timeout_keep_alive=15, h11_max_incomplete_event_size=32 * 1024, http="h11", ws="none", proxy_headers=False,
    )  # fmt: skip
    server = _Server(config)
    server.ready = lambda: _ready(address, asked.open, tell)
    with listening:
        server.run([listening])


class _Server(uvicorn.Server):
    """Says when it is ready."""

    ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to listen."""
        await super().startup(sockets)
        if not self.should_exit:
            self.ready()


def _ready(address: str, open_it: bool, tell: Callable[[str], None]) -> None:
    tell(f"the workspace is at {address} (Ctrl-C ends it)")
    sys.stderr.flush()
    if open_it and not webbrowser.open(address):
        tell(f"no browser could be opened; open {address} yourself")


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as problem:
        made.close()
        raise InputError("--port", f"{port} cannot be used ({problem.strerror})", "give another one, or 0 for any that is free") from None
    return made
