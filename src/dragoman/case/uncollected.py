"""Work that makes many small objects which all live on until it is done: questions about a case, and what follows from it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's search for cyclic garbage, which takes a third of a question's time in a large case and finds nothing.

    It goes on as before at the end; where several threads ask at once, when the first of them has ended.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
