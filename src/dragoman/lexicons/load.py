"""Opens the word lists that the rules know: one TOML file each, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `lexicons/<name>.toml`. The same object for every caller: do not change it."""
    text = resources.files("dragoman.lexicons").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
