"""The readings of reports, as the case keeps them; the last ones are remembered, since several pages need the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dragoman.case.case import Case
from dragoman.reading.entries import Reading
from dragoman.reading.wire import from_json

_REMEMBERED = 256


def readings(case: Case, reports: Iterable[str]) -> dict[str, Reading]:
    """The readings that hold, by the ids of their reports; those without one are left out. Raises SchemaError."""
    return {report: _decoded(text) for report, text in case.store.reading_jsons(list(reports))}


@lru_cache(_REMEMBERED)
def _decoded(text: str) -> Reading:
    return from_json(text)
