"""dragoman reads the news of an unfolding crisis and keeps the record of who did what to whom, and who says so.

The public names are imported when they are first used, so that `import dragoman` costs nothing.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "ActorCode", "Case", "Client", "Filters", "Reader", "Reading", "Report", "__version__", "code_actor", "read", "relation",
    "relations_many",
]  # fmt: skip

_HOMES = {
    "ActorCode": "dragoman.reading.actors.codes",
    "Case": "dragoman.case.case",
    "Client": "dragoman.faces.client",
    "Filters": "dragoman.case.query",
    "Reader": "dragoman.reading.read",
    "Reading": "dragoman.reading.reading",
    "Report": "dragoman.text.report",
    "code_actor": "dragoman.reading.actors.coding",
    "read": "dragoman.reading.read",
    "relation": "dragoman.reading.relations",
    "relations_many": "dragoman.reading.relations",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib import metadata  # half of the import time of the command line

        return metadata.version("dragoman")
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}; it has {', '.join(__all__)}")
