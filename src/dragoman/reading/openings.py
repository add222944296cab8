"""Which words may begin an entry of a list, so that the longest entry is looked for at few places of a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

_REMEMBERED = 10_000  # words


class Openings:
    """The beginnings of some entries."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries = sorted(entries)
        self.begin = lru_cache(_REMEMBERED)(self._begin)

    def _begin(self, word: str) -> bool:
        """Whether some entry begins with these letters."""
        at = bisect_left(self._entries, word)
        return at < len(self._entries) and self._entries[at].startswith(word)
