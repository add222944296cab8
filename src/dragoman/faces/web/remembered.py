"""Pages that were made a moment ago: as long as the case has not changed, the same address gives the same page.

The key holds the state of the case, so nothing old is ever shown; only the latest pages are kept, up to some megabytes. Of several
threads that need the same page at once, one makes it and the others wait for it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

MOST_BYTES = 24_000_000


class Made(NamedTuple):
    """A page as HTML, and the cookie that goes with it ("" for none)."""

    text: str
    seen: str = ""


class Remembered:
    """Pages by their keys, those asked for last; safe to use from several threads."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._pages: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = threading.Lock()
        self._under_way: dict[Hashable, tuple[threading.Lock, int]] = {}

    @contextmanager
    def alone(self, key: Hashable) -> Iterator[None]:
        """Only one thread at a time is within this for a key: whoever comes later finds what the first has put."""
        with self._lock:
            turn, count = self._under_way.get(key, (threading.Lock(), 0))
            self._under_way[key] = (turn, count + 1)
        try:
            with turn:
                yield
        finally:
            with self._lock:
                turn, count = self._under_way.pop(key)
                if count > 1:
                    self._under_way[key] = (turn, count - 1)

    def get(self, key: Hashable) -> Made | None:
        """What was kept under a key."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key: Hashable, made: Made) -> None:
        """Keeps a page; forgets those that nobody has asked for longest."""
        with self._lock:
            before = self._pages.pop(key, None)
            self._size += len(made.text) - (len(before.text) if before else 0)
            self._pages[key] = made
            while self._size > self._most:
                self._size -= len(self._pages.popitem(last=False)[1].text)
