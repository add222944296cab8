"""What tells one state of a case from another, and what is worked out once for each state, whoever of several threads asks for it first.

Pages and answers that were made of the same state are the same; so is what many of them need: the days of the case, its sources, the
choices of a filter. It is kept until the case has changed, and then forgotten when newer things need the room.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

from dragoman.case.case import Case

_Value = TypeVar("_Value")
_MOST = 300
"""Values that are kept; each is small (a list of days, of publishers, of the counts that a picture is drawn of)."""


def state(case: Case) -> tuple[object, ...]:
    """What changes whenever a page of the case could: the counts of changes and of those that are settled, and which case it is at all."""
    store = case.store
    first = store.report_rows(limit=1)
    return (*case.stamp(), store.last_number(), *((row.id, row.added) for row in first))


class _Once:
    """Values by their keys, those asked for last; each is made by one thread while the others wait for it."""

    def __init__(self) -> None:
        self._values: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def value(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """What is kept under a key, else what `make` gives. A failure is told to all who wait, and not kept."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                mine: Future[_Value] = Future()
                self._values[key] = mine
                while len(self._values) > _MOST:
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


_ONCE = _Once()


def once(case: Case, what: str, make: Callable[[], _Value], *about: Hashable) -> _Value:
    """What `make` gives, worked out once for this state of the case; `what` and `about` tell it from other things.

    Nobody may change the value. `make` may itself ask for other things, but never for the same.
    """
    return _ONCE.value((case.store.location, state(case), what, about), make)
