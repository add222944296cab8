"""Articles out of web pages, in processes of their own: the extraction is Python from end to end, and threads would wait for each other.

Only so many pages are under way at once; answers come in the order of the records. A page on which a process ends abruptly, or that takes
longer than a minute, costs only itself.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from types import TracebackType
from typing import Self

from dragoman.errors import InputError
from dragoman.faces.batch.records import Cut, Record, Told, load

_AHEAD = 4  # pages under way for each process: with 10 MB, the largest page, this bounds what they hold
_PATIENCE = 60.0  # seconds for one page; the slowest of 10 MB takes 15
_PAGES = 2_000  # of one process before another takes its place: the libraries keep some memory of each page


class Extractor:
    """Loads records in their order, web pages with `processes` processes, which start with the first page."""

    def __init__(self, processes: int, patience: float = _PATIENCE) -> None:
        self._processes = processes
        self._patience = patience
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def __call__(self, cuts: Iterable[Cut]) -> Iterator[tuple[Told, ...]]:
        """What each record says; what could not be cut out of an input is handed on."""
        waiting: deque[tuple[Cut, Future[tuple[Told, ...]] | None]] = deque()
        for cut in cuts:
            waiting.append((cut, self._submitted(cut) if isinstance(cut, Record) and cut.is_web_page else None))
            while len(waiting) > _AHEAD * self._processes or (waiting and waiting[0][1] is None):
                yield self._answer(*waiting.popleft())
        while waiting:
            yield self._answer(*waiting.popleft())

    def _submitted(self, record: Record) -> Future[tuple[Told, ...]]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")  # threads of the language model run here already
            self._pool = ProcessPoolExecutor(self._processes, context, initializer=_end_with_parent, max_tasks_per_child=_PAGES)
        try:
            return self._pool.submit(load, record)
        except Exception as problem:  # the pool broke before, or no process can be started: told when the page's turn comes
            broken: Future[tuple[Told, ...]] = Future()
            broken.set_exception(problem)
            return broken

    def _answer(self, cut: Cut, under_way: Future[tuple[Told, ...]] | None) -> tuple[Told, ...]:
        if isinstance(cut, InputError):
            return (cut,)
        if under_way is None:
            return _here(cut)
        try:
            return under_way.result(self._patience * _AHEAD)
        except (BrokenProcessPool, CancelledError, TimeoutError):
            return self._alone(cut)
        except Exception:
            return _here(cut)

    def _alone(self, record: Record) -> tuple[Told, ...]:
        """A page whose process ended, perhaps because of another page: tried once more with no other beside it."""
        self._end()
        try:
            return self._submitted(record).result(self._patience)
        except TimeoutError:
            found = f"its article could not be found within {self._patience:.0f} seconds"
        except BrokenProcessPool:
            found = "its extraction ended abruptly"
        except Exception:
            return _here(record)
        self._end()
        return (InputError(record.place, found, "save the text of the article in a plain text file"),)

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            workers = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.terminate()


def _here(record: Record) -> tuple[Told, ...]:
    """What a record says, found in this process: also where another one could not be given it. A fault of ours costs this record only."""
    try:
        return load(record)
    except (OSError, MemoryError):  # of the machine
        raise
    except Exception as problem:
        found = f"could not be loaded ({type(problem).__name__}: {problem})"
        return (InputError(record.place, found, "this is a fault of dragoman, please report it"),)


def _end_with_parent() -> None:
    """A process whose parent was killed ends too, instead of waiting for work without end."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
