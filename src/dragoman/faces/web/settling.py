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
from dragoman.errors import StoreError
from dragoman.faces.web.desk import Desk

AT_ONCE = 300
"""Reports up to which a case is settled with each decision."""
_LOOK_S = 2.0
_PROGRAM = "from dragoman.faces.web.settling import settle_asked; settle_asked()"
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


async def _settled_elsewhere(location: str) -> bool:
    """Has a process settle the case; whether it could. It is told the location by its input: there may be a password in it."""
    try:
        process = await asyncio.create_subprocess_exec(sys.executable, "-P", "-c", _PROGRAM, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL)
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
    with suppress(AttributeError, OSError):
        os.nice(5)
    with Case.open(sys.stdin.buffer.read().decode("utf-8", "surrogateescape")) as case:
        case.settle()
