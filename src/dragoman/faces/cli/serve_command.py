"""`dragoman serve`: looks for the libraries of the workspace, and starts it."""

from __future__ import annotations

import importlib.util

from dragoman.errors import InputError
from dragoman.faces.cli.messages import tell

_NEEDED = ("starlette", "uvicorn", "jinja2")


def run(case: str, host: str, port: int, open_it: bool) -> int:
    """Serves a case until it is ended. Raises InputError where the libraries lack."""
    lacking = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if lacking:
        raise InputError("dragoman serve", f"{', '.join(lacking)} cannot be found", "run `pip install 'dragoman[serve]'`")
    from dragoman.faces.web.serving import Served, serve  # needs these libraries, which are not everybody's

    try:
        serve(Served(case, host, port, open_it), tell)
    except KeyboardInterrupt:
        return 0
    return 0
