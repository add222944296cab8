"""How many cores a command works on."""

from __future__ import annotations

import os

MOST = 4
"""A fifth of the work is Python's, which runs on one core at a time: with more than four the others would wait."""


def cores() -> int:
    """The cores that this process may use, up to MOST."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST, allowed)
