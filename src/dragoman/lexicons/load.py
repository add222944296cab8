"""Opens the word lists that the rules know: one TOML file each, read once; long lists of rows are CSV, which opens much faster."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import tomli  # compiled: opens our lists in a third of the time of tomllib


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `lexicons/<name>.toml`. The same object for every caller: do not change it."""
    return tomli.loads(text_of(f"{name}.toml"))


@cache
def words_of(name: str, *keys: str) -> frozenset[str]:
    """One list of words of a lexicon, by the keys that lead to it: `words_of("status", "measures", "motion")`."""
    found: Any = load(name)
    for key in keys:
        found = found[key]
    return frozenset(found)


def text_of(file: str) -> str:
    """The text of `lexicons/<file>`."""
    return resources.files("dragoman.lexicons").joinpath(file).read_text("utf-8")
