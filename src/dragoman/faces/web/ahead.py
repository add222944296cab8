"""The pages of the menu, made before somebody asks: after a large case has changed, while nobody waits for anything else.

Of thousands of reports a brief or a chronology takes a second or two, which whoever comes first would wait for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from dragoman.case.case import Case
from dragoman.errors import StoreError
from dragoman.faces.web.access.visitor import Visitor
from dragoman.faces.web.desk import Desk
from dragoman.faces.web.problems import Refused
from dragoman.faces.web.settling import AT_ONCE
from dragoman.faces.web.state import state

LOOK_S = 2.0
_PAUSE_S = 0.05


@dataclass(frozen=True)
class Ahead:
    """A page to be made and remembered; `snapshot` as with `Desk.ask`."""

    make: Callable[[Case], object]
    snapshot: bool


async def make_ahead(desk: Desk, lately: Iterable[Visitor], pages: Callable[[Visitor], Sequence[Ahead]], look_s: float = LOOK_S) -> None:
    """Has the pages made for those who came `lately`, until it is cancelled: whenever the case has changed and is settled, and when
    others come. What somebody asks for goes first.
    """
    made: object = None
    while True:
        await asyncio.sleep(look_s)
        kinds = [*lately]
        now = (await _state(desk), frozenset(kinds))
        if now[0] is None or now == made:
            continue
        for page in (page for kind in kinds for page in pages(kind)):
            while desk.waiting:
                await asyncio.sleep(_PAUSE_S)
            with suppress(StoreError, Refused):  # whoever asks for the page is told
                await desk.ask(page.make, snapshot=page.snapshot)
        made = now


async def _state(desk: Desk) -> object:
    """What tells the state of a large case that is settled; None for any other, and where it cannot be asked."""
    with suppress(StoreError):
        return await desk.ask(lambda case: state(case) if case.is_settled() and case.store.count_reports() > AT_ONCE else None)
    return None
