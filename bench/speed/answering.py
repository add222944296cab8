"""A process that does one piece of work each time it is asked to, and tells what it took: how `bench.speed` measures by turns.

It says that it is ready in one line, then waits for lines on standard input; each answer is one line of JSON, stage by stage. This file and
`theirs.py` also run in the environment of the others, so they import nothing of ours.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Stages = Mapping[str, Callable[[], object]]
"""What is done when asked, in this order; each is timed by itself. What one stage makes, another may use."""

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: what a child leaves behind is ours to wait for, so that its time is counted


def pin(cores: int) -> None:
    """Lets this process and those that it starts run on so many cores alone."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def answer(stages: Stages) -> None:
    """Answers until standard input ends."""
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        told: dict[str, Any] = {name: _timed(act) for name, act in stages.items()}
        told["peak_mb"] = peak_mb()
        print(json.dumps(told), flush=True)


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock and of processor time, children's included."""
    start, before = time.perf_counter(), processor_time()
    act()
    wait_for_all()
    return time.perf_counter() - start, processor_time() - before


def wait_for_all() -> None:
    """Waits for what children left behind: the time of a process counts only when it has been waited for."""
    try:
        while os.waitpid(-1, 0)[0]:
            pass
    except ChildProcessError:
        return


def processor_time() -> float:
    """Seconds that this process and those that it waited for have worked, in all threads."""
    return sum(of.ru_utime + of.ru_stime for of in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def peak_mb() -> float:
    """The most that this process had in memory, or one of its children."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def texts_of(path: str, share: str = "1/1") -> list[dict[str, Any]]:
    """The reports of a file of JSON Lines, or every n-th of them, from the i-th on ("i/n")."""
    number, of = map(int, share.split("/"))
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][number - 1 :: of]


def words_in(texts: Sequence[str]) -> int:
    """Words as everybody's are counted here: at white space."""
    return sum(len(text.split()) for text in texts)
