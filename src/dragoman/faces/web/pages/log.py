"""The log: what people have decided about the case, and what has become of each decision."""

from __future__ import annotations

from dragoman.case.case import Case
from dragoman.case.log import entries
from dragoman.faces.web.page import Asked, Page


def show(case: Case, asked: Asked) -> Page:
    """All decisions, the newest first."""
    found = entries(case.judge("").log(), case.waiting())[::-1]
    return Page("Log of decisions", {"entries": found})
