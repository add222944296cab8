"""Pictures as PNG: the only file that opens resvg-py, which `pip install 'dragoman[picture]'` brings. SVG needs nothing."""

from __future__ import annotations

import importlib.util


def has_png() -> bool:
    """Whether the library that makes PNG of SVG is there."""
    return importlib.util.find_spec("resvg_py") is not None


def png(drawn: str) -> bytes:
    """An SVG as PNG. Raises ImportError where `has_png` is False."""
    import resvg_py  # only for PNG, and only if the user has it

    return bytes(resvg_py.svg_to_bytes(svg_string=drawn))
