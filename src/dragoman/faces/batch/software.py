"""What the tables depend on beside the inputs and the settings: dragoman, its weights, and the libraries that reading goes through."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from dragoman.faces.made_by import made_by

_LIBRARIES = ("numpy", "onnxruntime", "polars", "py3langid", "trafilatura")


def software() -> dict[str, str]:
    """The version of each, by its name, on this computer; "none" for a library that lacks."""
    return {"made by": made_by(), **{name: _version(name) for name in _LIBRARIES}}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
