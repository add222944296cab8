"""Short ids for derived items ("F3", "D1", "C7", "T2") that stay when reports arrive.

An item is known by keys: what it is made of ("F:report:f2" for a figure of a series, "T:E4" for an event of a thread). It keeps the
number that any of its keys had; an item whose keys are all new gets the next number. The case saves `known` and gives it back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_NUMBER = re.compile(r"([A-Z])(\d+)")


class Numbers:
    """Gives numbers to items; `known` maps each key to the id that it had, and grows."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self.known: dict[str, str] = dict(known or {})
        self._taken: set[str] = set()
        self._asked: Counter[tuple[str, ...]] = Counter()
        self._last: dict[str, int] = {}
        for match in filter(None, map(_NUMBER.fullmatch, set(self.known.values()))):
            self._last[match[1]] = max(self._last.get(match[1], 0), int(match[2]))

    def give(self, prefix: str, keys: Iterable[str]) -> str:
        """The id of the item with these keys. Of several ids that they had the lowest counts; no id is given to two items."""
        full = [f"{prefix}:{key}" for key in keys]
        again = self._asked[tuple(full)] = self._asked[tuple(full)] + 1
        if again > 1:  # two items of the same keys: the second is known as such
            full = [f"{key}#{again}" for key in full]
        had = {self.known[key] for key in full if key in self.known} - self._taken
        found = min(had, key=_order) if had else self._next(prefix)
        self._taken.add(found)
        for key in full:
            if had:
                self.known.setdefault(key, found)
            else:  # what was part of another item, and is one of its own now, keeps this number from now on
                self.known[key] = found
        return found

    def _next(self, prefix: str) -> str:
        self._last[prefix] = self._last.get(prefix, 0) + 1
        return f"{prefix}{self._last[prefix]}"


def _order(item: str) -> tuple[str, int]:
    match = _NUMBER.fullmatch(item)
    return (match[1], int(match[2])) if match else (item, 0)
