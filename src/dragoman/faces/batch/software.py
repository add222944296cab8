"""What the tables depend on beside the inputs and the settings: dragoman, its weights, and the libraries that reading goes through."""

from __future__ import annotations

import platform
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dragoman.faces.made_by import made_by

_LIBRARIES = ("numpy", "onnxruntime", "polars", "py3langid", "trafilatura")


def software() -> dict[str, str]:
    """The version of each, by its name, on this computer; "none" for a library that lacks."""
    return {"made by": made_by(), **{name: version_of(name) for name in _LIBRARIES}}


def version_of(library: str) -> str:
    """The version of a library, "none" where it lacks."""
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def processor() -> str:
    """The kind of the processor, as far as it can be told: other kinds may round numbers in another way."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()
