"""What tells one state of a case from another: pages and answers that were made of the same state are the same."""

from __future__ import annotations

from dragoman.case.adding import CHANGES
from dragoman.case.case import Case


def state(case: Case) -> tuple[object, ...]:
    """What changes whenever a page of the case could: the count of changes, and which case it is at all."""
    store = case.store
    first = store.report_rows(limit=1)
    return (store.meta(CHANGES), store.last_number(), *((row.id, row.added) for row in first))
