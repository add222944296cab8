"""The threads that ask the case: each has its own connection, since a case belongs to the thread that opened it.

Every question is asked within one snapshot, so that a page tells of one moment although reports are added meanwhile. A case that was
moved or replaced is noticed before it is asked, and opened anew as soon as it is there again.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar, cast

from dragoman.case.case import Case
from dragoman.case.deriving import DECODED
from dragoman.case.once import Once
from dragoman.case.uncollected import uncollected
from dragoman.errors import StoreError
from dragoman.faces.web.access.house import case_key, file_mark

_Answer = TypeVar("_Answer")
THREADS = 3
PATIENCE_S = 20.0
"""How long a page waits for the case: what takes longer is locked by another program, or too much is asked at once."""
PATIENCE_WITH_CHANGES_S = 60.0
_MOST_WAITING = 200


@dataclass(frozen=True)
class _Job:
    """A question that waits. `changes` one that writes: it is asked once only, also where the case fails it."""

    waiting: Future[Any]
    question: Callable[[Case], Any]
    snapshot: bool
    changes: bool = False


class Desk:
    """Asks one case from several threads. Close it when nobody asks any more."""

    def __init__(self, location: str, threads: int = THREADS) -> None:
        self.location = location
        self._where = case_key(location) if "://" in location else location  # pages show it: no password
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        shared = _Shared()
        self._workers = [_Worker(location, self._jobs, shared) for _ in range(threads)]
        self._changing = asyncio.Lock()
        self.waiting = 0
        """Questions that are being answered or wait for it."""

    async def ask(self, question: Callable[[Case], _Answer], *, snapshot: bool = True) -> _Answer:
        """The answer of a question. Raises what it raises, and StoreError where the case cannot be asked now.

        `snapshot` is False for a question that takes its own.
        """
        job = _Job(Future(), question, snapshot)
        return cast("_Answer", await self._answered(job, PATIENCE_S, "end that program, or wait, and load the page again"))

    async def change(self, work: Callable[[Case], _Answer]) -> _Answer:
        """Does something to the case, one thing at a time, without a snapshot. Raises what it raises, and StoreError as `ask` does."""
        async with self._changing:
            job = _Job(Future(), work, snapshot=False, changes=True)
            remedy = "look at the log whether it was done before you do it again"
            return cast("_Answer", await self._answered(job, PATIENCE_WITH_CHANGES_S, remedy))

    async def _answered(self, job: _Job, patience: float, remedy: str) -> Any:
        if self._jobs.qsize() > _MOST_WAITING:
            raise StoreError(self._where, f"{_MOST_WAITING} pages are waiting for it", "wait a moment and load the page again")
        self._jobs.put(job)
        self.waiting += 1
        try:
            return await asyncio.wait_for(asyncio.wrap_future(job.waiting), patience)
        except TimeoutError:
            raise StoreError(
                self._where, f"it has not answered for {patience:.0f} seconds: another program may have locked it", remedy
            ) from None  # fmt: skip
        finally:
            self.waiting -= 1

    def close(self) -> None:
        """Ends the threads, each with its connection."""
        for _ in self._workers:
            self._jobs.put(None)
        for worker in self._workers:
            worker.join(timeout=5.0)


class _Shared:
    """What the threads need decoded, once for all of them: some hundred megabytes less, and the time of two of three threads.

    It belongs to one file: of another at the same place the counts may be the same.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: tuple[object, Once] = (None, Once(DECODED))

    def decoded(self, mark: object) -> Once:
        """That of the file that `file_mark` tells."""
        with self._lock:
            if self._of[0] != mark:
                self._of = (mark, Once(DECODED))
            return self._of[1]


class _Worker(threading.Thread):
    """One thread with its connection, opened when it is first asked."""

    def __init__(self, location: str, jobs: SimpleQueue[_Job | None], shared: _Shared) -> None:
        super().__init__(name="dragoman-case", daemon=True)
        self._location = location
        self._jobs = jobs
        self._shared = shared
        self._case: Case | None = None
        self._file: object = None
        self.start()

    def run(self) -> None:
        """Answers until there is nothing more to come."""
        while (job := self._jobs.get()) is not None:
            if not job.waiting.set_running_or_notify_cancel():
                continue
            try:
                if job.changes:
                    self._answer(_touched, False)  # a connection that has grown old is found out before anything is done
                    job.waiting.set_result(self._ask(job.question, job.snapshot))
                else:
                    job.waiting.set_result(self._answer(job.question, job.snapshot))
            except BaseException as problem:  # whoever asked is told, and the thread goes on
                job.waiting.set_exception(problem)
        self._drop()

    def _answer(self, question: Callable[[Case], _Answer], snapshot: bool) -> _Answer:
        known = self._case is not None and self._file == file_mark(self._location)
        try:
            return self._ask(question, snapshot)
        except StoreError:
            self._drop()
            if not known:
                raise
        return self._ask(question, snapshot)  # a connection may have grown old (a database that was started again): once more

    def _ask(self, question: Callable[[Case], _Answer], snapshot: bool) -> _Answer:
        if self._file != (found := file_mark(self._location)):
            self._drop()
        if self._case is None:
            self._case, self._file = Case.open(self._location, as_kept=True, decoded=self._shared.decoded(found)), found
        with uncollected(), self._case.store.snapshot() if snapshot else nullcontext():
            return question(self._case)

    def _drop(self) -> None:
        case, self._case, self._file = self._case, None, None
        if case is not None:
            case.close()


def _touched(case: Case) -> None:
    case.store.meta("touched")
