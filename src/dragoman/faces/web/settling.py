"""Working out what follows from a case while it is served: after decisions, and after reports that others add.

A small case is settled together with the decision. A large one takes some seconds: it is settled by a process of its own, since these are
seconds of computing that the pages should not wait for; until then pages answer from what was settled last and say so.
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress

from dragoman.case.case import Case
from dragoman.case.places.gathering import gathered, is_gathered, places_are_known
from dragoman.errors import StoreError
from dragoman.faces.web.desk import Desk

AT_ONCE = 300
"""Reports up to which a case is settled with each decision."""
_LOOK_S = 2.0
_PROGRAM = "from dragoman.faces.web.settling import settle_asked; settle_asked()"
_GATHER = "from dragoman.faces.web.settling import gather_asked; gather_asked()"
_GATHERING: set[str] = set()
_LONGEST_WAIT_S = 300.0
"""Between two attempts where settling fails: a disk may be full, a database away."""


def settle_small(case: Case) -> None:
    """Settles a case that takes no time."""
    if case.store.count_reports() <= AT_ONCE:
        case.settle()


async def keep_settled(desk: Desk) -> None:
    """Sees to it, until it is cancelled, that the case is settled soon after it has changed and nobody changes it any more."""
    before, wait = None, _LOOK_S
    while True:
        await asyncio.sleep(wait)
        stamp = await _unsettled(desk)
        if stamp is None or stamp != before:  # while reports are being added, each would be settled for nothing
            before, wait = stamp, _LOOK_S
        elif await _settled_elsewhere(desk.location):
            wait = _LOOK_S
        else:
            wait = min(2 * wait, _LONGEST_WAIT_S)


async def _unsettled(desk: Desk) -> tuple[str | None, str | None] | None:
    """What tells the state of the case where it is not settled; None where it is, or where it cannot be asked."""
    with suppress(StoreError):
        return await desk.ask(lambda case: None if case.is_settled() else case.stamp())
    return None


async def gather_places(desk: Desk) -> None:
    """Has a process of its own go over the places of a large case where nobody has yet: some seconds of computing. The map waits for it."""
    try:
        where = await desk.ask(_unplaced)
    except StoreError:
        return
    if where is not None:
        _GATHERING.add(where)
        try:
            await _done_elsewhere(_GATHER, desk.location)
        finally:
            _GATHERING.discard(where)


def is_gathering(case: Case) -> bool:
    """Whether the places of a case are being gone over by another process, so that the map is better asked for later."""
    return case.store.location in _GATHERING and not is_gathered(case.store)


def _unplaced(case: Case) -> str | None:
    """The location of a case whose places nobody has gone over; None also where there is no gazetteer."""
    return case.store.location if places_are_known() and not is_gathered(case.store) else None


async def _settled_elsewhere(location: str) -> bool:
    return await _done_elsewhere(_PROGRAM, location)


async def _done_elsewhere(program: str, location: str) -> bool:
    """Has a process do it for a case; whether it could. It is told the location by its input: there may be a password in it."""
    try:
        process = await asyncio.create_subprocess_exec(sys.executable, "-P", "-c", program, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL)
    except OSError:  # the machine has no memory or no process left: the next attempt may find some
        return False
    try:
        await process.communicate(location.encode("utf-8", "surrogateescape"))
    finally:
        if process.returncode is None:
            process.terminate()
    return process.returncode == 0


def settle_asked() -> None:
    """Settles the case that the standard input names: what the process does."""
    with _asked() as case:
        case.settle()


def gather_asked() -> None:
    """Goes over the places of the case that the standard input names, and keeps them for other processes: what the process does."""
    with _asked() as case, case.store.snapshot():
        gathered(case.store)


def _asked() -> Case:
    with suppress(AttributeError, OSError):
        os.nice(5)
    return Case.open(sys.stdin.buffer.read().decode("utf-8", "surrogateescape"))
