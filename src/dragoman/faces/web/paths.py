"""Where each kind of item has its page."""

from __future__ import annotations

import re

_ID = re.compile(r"[A-Z]\d{1,9}")
PATHS = {"A": "/actors/", "E": "/events/", "T": "/threads/", "F": "/figures/", "D": "/disputes/", "C": "/promises/", "L": "/links/"}


def path_of(item: str) -> str:
    """The path of an item of the case, by its id; "" for what is none."""
    return PATHS[item[0]] + item if _ID.fullmatch(item) and item[0] in PATHS else ""
