"""`dragoman serve`: the workspace on a port, until it is ended."""

from __future__ import annotations

import gc
import socket
import ssl
import sys
import webbrowser
from collections.abc import Callable

import uvicorn

from dragoman.case.case import Case
from dragoman.errors import InputError
from dragoman.faces.cli.serve_command import Request
from dragoman.faces.web.access import accounts, passwords
from dragoman.faces.web.access.entrance import Entrance, local_author
from dragoman.faces.web.access.house import the_house
from dragoman.faces.web.app import application
from dragoman.faces.web.security import Host, checked_host, checked_names


def serve(asked: Request, tell: Callable[[str], None]) -> None:
    """Serves until Ctrl-C or SIGTERM. `tell` is given the address. Raises InputError and StoreError before anything is served."""
    listen = checked_host(asked.host)
    entrance = _entrance(asked, listen, tell)
    _checked_certificate(asked)
    Case.open(asked.case).close()  # what is wrong with the case is told here, not on the first page
    listening = _listening(listen.address, asked.port)
    here, address = _addresses(asked, listen, listening.getsockname()[1], entrance)
    config = uvicorn.Config(
        application(asked.case, entrance, address), log_level="warning", access_log=False, server_header=False, date_header=True,
        lifespan="on", limit_concurrency=200, timeout_keep_alive=15, h11_max_incomplete_event_size=32 * 1024, http="h11", ws="none",
        proxy_headers=bool(asked.proxies), forwarded_allow_ips=list(asked.proxies), ssl_certfile=asked.certificate, ssl_keyfile=asked.key,
    )  # fmt: skip
    gc.set_threshold(*_COLLECTED_AFTER)
    server = _Server(config)
    server.ready = lambda: _ready(asked, here, address, entrance, tell)
    with listening:
        server.run([listening])


def _entrance(asked: Request, listen: Host, tell: Callable[[str], None]) -> Entrance:
    """Who may come in. Raises InputError where others than this machine could, and there are no accounts."""
    house = the_house()
    beyond = not listen.loopback or bool(asked.names or asked.proxies)
    there = accounts.exist(house)
    if beyond and not there:
        where = "--host" if not listen.loopback else "--name" if asked.names else "--behind-proxy"
        raise InputError(
            where, "other machines could reach the workspace, and whoever did could read the case, since there are no accounts yet",
            "make one by `dragoman user add NAME --role admin`; or leave it out, and go through `ssh -L 8484:localhost:8484`",
        )  # fmt: skip
    if there:
        passwords.need()
    names = checked_names(asked.names, listen)
    https = bool(asked.proxies or asked.certificate)
    if beyond and not https:
        tell("passwords and pages travel open to whoever is on the way; --behind-proxy or --certificate encrypts them")
    return Entrance(names, beyond, https, local_author(), house)


def _addresses(asked: Request, listen: Host, port: int, entrance: Entrance) -> tuple[str, str]:
    """Where it listens, and where it is reached: under the first of its names, or where it listens."""
    scheme = "https" if asked.certificate else "http"
    here = f"{scheme}://{f'[{listen.address}]' if ':' in listen.address else listen.address}:{port}/"
    if not asked.names:
        return here, here
    return here, f"https://{entrance.names[0]}/" if asked.proxies else f"{scheme}://{entrance.names[0]}:{port}/"


def _checked_certificate(asked: Request) -> None:
    """Raises InputError where the certificate or its key cannot be used."""
    if asked.certificate is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(asked.certificate, asked.key)
    except OSError as problem:
        told = "it is no certificate with its key in PEM" if isinstance(problem, ssl.SSLError) else problem.strerror
        raise InputError("--certificate", f"{asked.certificate} cannot be used ({told})", "give the PEM files of both, see --key") from None


_COLLECTED_AFTER = (100_000, 20, 100)
"""Objects made between two searches for cyclic garbage: a page makes many at once, and keeps none that refer to each other."""


class _Server(uvicorn.Server):
    """Says when it is ready."""

    ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to listen."""
        await super().startup(sockets)
        if not self.should_exit:
            self.ready()


def _ready(asked: Request, here: str, address: str, entrance: Entrance, tell: Callable[[str], None]) -> None:
    found = f", where its proxy finds it at {here}" if asked.proxies and address != here else ""
    signed = "; everybody signs in" if entrance.guarded() else ""
    tell(f"the workspace is at {address}{found}{signed} (Ctrl-C ends it)")
    sys.stderr.flush()
    if asked.open_it and not webbrowser.open(address):
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
