"""`dragoman serve`: looks for the libraries of the workspace, and starts it."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.faces.cli.messages import tell

_NEEDED = ("starlette", "uvicorn", "jinja2")


@dataclass(frozen=True)
class Request:
    """What is asked for: the case, where to listen (port 0: any that is free), whether to open a browser, and how it is reached.

    `names` are its names beside those of this machine; `proxies` the addresses of proxies that encrypt; `certificate` and `key` are
    files in PEM.
    """

    case: str
    host: str = "127.0.0.1"
    port: int = 8484
    open_it: bool = False
    names: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    certificate: str | None = None
    key: str | None = None


def run(request: Request) -> int:
    """Serves a case until it is ended. Raises InputError where the libraries lack."""
    lacking = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if lacking:
        raise InputError("dragoman serve", f"{', '.join(lacking)} cannot be found", "run `pip install 'dragoman[serve]'`")
    from dragoman.faces.web.serving import serve  # needs these libraries, which are not everybody's

    try:
        serve(request, tell)
    except KeyboardInterrupt:
        return 0
    return 0
