"""Shards to workers that come and go: who codes what, and what becomes of a shard whose worker is lost. Knows nothing of clusters.

A shard that loses its worker goes to another one, before new shards do. One that loses several may hold a report that ends the process
which reads it: its records are then read one by one, and a record that ends a worker twice by itself fails, as any report does that cannot
be read. A shard that goes on losing workers without such a record is given up, and told when all others are done.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from dragoman.errors import ClusterError
from dragoman.faces.batch.local import Watches
from dragoman.faces.batch.plan import Shard

LOSSES = 3  # of workers by one shard, until its records are read one by one
ALONE = 2  # of workers by one record that is read by itself, until it fails
_PULSE = 1.0  # seconds that news are waited for at most
_SOON = 0.05  # while the next shard is being read from the input
_PATIENCE = 30.0  # seconds without a worker until that is told


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker can be given work."""

    worker: int


@dataclass(frozen=True, slots=True)
class Step:
    """What a worker has read of its shard since it was last told."""

    worker: int
    reports: int
    words: int


@dataclass(frozen=True, slots=True)
class Done:
    """A worker has done what it was given; `failed` reports of it could not be read."""

    worker: int
    failed: int


@dataclass(frozen=True, slots=True)
class Lost:
    """A worker is gone, or nothing is heard of it any more."""

    worker: int
    reason: str


News = Ready | Step | Done | Lost


class Crew(Protocol):
    """Workers, each of which does one thing at a time."""

    def start(self) -> int:
        """Asks for one more worker; gives its number. It is told when it is ready."""

    def hold(self, shard: Shard) -> None:
        """Keeps a shard where workers find it by its name."""

    def let_go(self, name: str) -> None:
        """A shard is needed no longer."""

    def give(self, worker: int, name: str, barred: Sequence[int]) -> None:
        """A worker is to code a shard that is held, without the records at these places, and to write its tables."""

    def try_alone(self, worker: int, name: str, place: int) -> None:
        """A worker is to read one record of a shard, and to write nothing."""

    def news(self, patience: float) -> Sequence[News]:
        """What has happened, as soon as anything has; at most so many seconds later. Raises what a worker says that ends the run."""


def run(shards: Iterator[Shard], crew: Crew, size: int, watch: Watches, tell: Callable[[str], None]) -> None:
    """Has all shards coded by `size` workers. `tell` is given sentences about workers that are lost.

    Raises ClusterError where workers are lost without anything being done, or where a shard had to be given up; what goes wrong with the
    inputs or the output comes out as it is.
    """
    dispatcher = _Dispatcher(crew, size, watch, tell)
    for _ in range(size):
        dispatcher.start()
    with ThreadPoolExecutor(1, "dragoman-input") as feeding:
        coming: Future[Shard | None] | None = feeding.submit(next, shards, None)
        while coming is not None or dispatcher.has_work:
            while dispatcher.idle and coming is not None and coming.done() and not dispatcher.again:
                shard = coming.result()
                if shard is not None:
                    dispatcher.take(shard)
                coming = feeding.submit(next, shards, None) if shard is not None else None
            dispatcher.deal()
            dispatcher.hear(crew.news(_patience(dispatcher, coming)))
    dispatcher.check()


def _patience(dispatcher: _Dispatcher, coming: Future[Shard | None] | None) -> float:
    """How long news may be waited for: a shard that is there is not kept from a worker that is free."""
    if coming is None or not dispatcher.idle:
        return _PULSE
    return 0.0 if coming.done() else _SOON


@dataclass(slots=True)
class _Job:
    """A shard under way. `alone` is the place of the record that is read by itself, None while the shard is coded as a whole."""

    name: str
    records: int
    losses: int = 0
    barred: list[int] = field(default_factory=list)
    alone: int | None = None
    examined: bool = False


class _Dispatcher:
    """Who is there, who does what, and what has to be done again."""

    def __init__(self, crew: Crew, size: int, watch: Watches, tell: Callable[[str], None]) -> None:
        self._crew, self._size, self._watch, self._tell = crew, size, watch, tell
        self.idle: deque[int] = deque()
        self.again: deque[_Job] = deque()
        self._busy: dict[int, _Job] = {}
        self._given_up: list[str] = []
        self._fruitless = 0  # workers lost since something was last done
        self._alone_since = time.monotonic()  # when a worker was last there

    @property
    def has_work(self) -> bool:
        """Whether a shard is under way or to be done again."""
        return bool(self._busy or self.again)

    def start(self) -> None:
        """Asks for one more worker."""
        self._crew.start()

    def take(self, shard: Shard) -> None:
        """A new shard."""
        self._crew.hold(shard)
        self._watch.begin(shard)
        self.again.append(_Job(shard.name, len(shard.cuts)))

    def deal(self) -> None:
        """Gives what is there to those who have nothing to do."""
        while self.idle and self.again:
            worker, job = self.idle.popleft(), self.again.popleft()
            self._busy[worker] = job
            if job.alone is None:
                self._crew.give(worker, job.name, tuple(job.barred))
            else:
                self._crew.try_alone(worker, job.name, job.alone)

    def hear(self, news: Sequence[News]) -> None:
        """Takes note of what has happened."""
        for one in news:
            if isinstance(one, Ready):
                self.idle.append(one.worker)
            elif isinstance(one, Step):
                if (job := self._busy.get(one.worker)) is not None and job.alone is None:
                    self._watch.step(job.name, one.words, one.reports)
            elif isinstance(one, Done):
                self._done(one)
            else:
                self._lost(one)
        self._tell_of_waiting()

    def check(self) -> None:
        """Raises ClusterError if shards were given up."""
        if self._given_up:
            shown = ", ".join(self._given_up[:3]) + (" and others" if len(self._given_up) > 3 else "")
            found = f"lost {2 * LOSSES} workers each, and no report of theirs does so alone"
            raise ClusterError(f"shards {shown}", found, "give each worker more memory and run the same command again: all others are done")

    # one thing that has happened

    def _done(self, told: Done) -> None:
        self._fruitless = 0
        self.idle.append(told.worker)
        job = self._busy.pop(told.worker)
        if job.alone is None:
            self._watch.coded(job.name, told.failed)
            self._crew.let_go(job.name)
        else:
            self._next_alone(job)

    def _lost(self, told: Lost) -> None:
        self._fruitless += 1
        if told.worker in self.idle:
            self.idle.remove(told.worker)
        if (job := self._busy.pop(told.worker, None)) is not None:
            self._job_lost(job, told.reason)
        if self._fruitless > 4 * self._size + 2 * LOSSES:
            found = f"{self._fruitless} workers were lost one after the other, and nothing was done between"
            raise ClusterError("the cluster", f"{found} ({told.reason})", "see to its nodes, and run the same command again: it goes on")
        self.start()

    def _job_lost(self, job: _Job, reason: str) -> None:
        job.losses += 1
        if job.alone is not None:
            if job.losses >= ALONE:
                job.barred.append(job.alone)
                self._tell(f"record {job.alone + 1} of shard {job.name} ends the process that reads it; it goes to failed.jsonl")
                self._next_alone(job)
            else:
                self.again.appendleft(job)
            return
        self._watch.lost(job.name)
        if job.losses < LOSSES:
            self._tell(f"a worker was lost ({reason}); another one codes shard {job.name}")
            self.again.appendleft(job)
        elif not job.examined:
            self._tell(f"shard {job.name} has lost {job.losses} workers ({reason}); its reports are read one by one to find out why")
            job.alone, job.losses = 0, 0
            self.again.appendleft(job)
        else:
            self._tell(f"shard {job.name} is given up ({reason})")
            self._given_up.append(job.name)
            self._crew.let_go(job.name)

    def _next_alone(self, job: _Job) -> None:
        """After one record was read by itself, or could not be: the next one, or the shard as a whole."""
        job.losses = 0
        place = (job.alone or 0) + 1
        job.alone, job.examined = (place, False) if place < job.records else (None, True)
        self.again.appendleft(job)

    def _tell_of_waiting(self) -> None:
        now = time.monotonic()
        if self._busy or self.idle:
            self._alone_since = now
        elif now - self._alone_since >= _PATIENCE:
            self._alone_since = now
            self._tell("no worker is there yet; the cluster may have no free core")
