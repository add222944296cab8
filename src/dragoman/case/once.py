"""What is worked out once, whoever of several threads asks for it first; the others wait for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

_Value = TypeVar("_Value")


class Once:
    """Values by their keys, of which the `most` asked for last are kept. Nobody may change a value."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def value(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """What is kept under a key, else what `make` gives. A failure is told to all who wait, and not kept.

        `make` may itself ask for other values, but never for the same.
        """
        with self._lock:
            found = self._values.get(key)
            if found is None:
                mine: Future[_Value] = Future()
                self._values[key] = mine
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
            else:
                self._values.move_to_end(key)
        if found is not None:
            told: _Value = found.result()
            return told
        try:
            mine.set_result(make())
        except BaseException as problem:
            with self._lock:
                self._values.pop(key, None)
            mine.set_exception(problem)
        return mine.result()
