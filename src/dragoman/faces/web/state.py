"""What tells one state of a case from another, and what is worked out once for each state, whoever of several threads asks for it first.

Pages and answers that were made of the same state are the same; so is what many of them need: the days of the case, its sources, the
choices of a filter. It is kept until the case has changed, and then forgotten when newer things need the room.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from dragoman.case.case import Case
from dragoman.case.once import Once

_Value = TypeVar("_Value")
_MOST = 300
"""Values that are kept; each is small (a list of days, of publishers, of the counts that a picture is drawn of)."""


def state(case: Case) -> tuple[object, ...]:
    """What changes whenever a page of the case could: the counts of changes and of those that are settled, and which case it is at all."""
    store = case.store
    first = store.report_rows(limit=1)
    return (*case.stamp(), store.last_number(), *((row.id, row.added) for row in first))


_ONCE = Once(_MOST)


def once(case: Case, what: str, make: Callable[[], _Value], *about: Hashable) -> _Value:
    """What `make` gives, worked out once for this state of the case; `what` and `about` tell it from other things.

    Nobody may change the value. `make` may itself ask for other things, but never for the same.
    """
    return _ONCE.value((case.store.location, state(case), what, about), make)
