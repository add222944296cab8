"""The Ray engine: shards are cut here and coded by actors, one a core, on all computers of a cluster.

An actor writes what it codes straight into the output folder, which all computers have to see at the same place; only counts come back.
Each first shows that it sees the folder and has the same versions as this computer.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Any, Literal

from dragoman.errors import ClusterError, DragomanError, StoreError
from dragoman.faces.batch import dispatch
from dragoman.faces.batch.cluster import connected, library
from dragoman.faces.batch.coding import ReadsMany, code_shard
from dragoman.faces.batch.extracting import Extractor
from dragoman.faces.batch.local import Watches
from dragoman.faces.batch.plan import Shard
from dragoman.faces.batch.software import processor, software
from dragoman.faces.batch.writing import PART, ShardWriter
from dragoman.reading.actors.roster import Roster

_PULSE = 1.0  # seconds between two questions to an actor how far it is
_TRIES, _BETWEEN = 20, 0.5  # seconds between: network file systems may take some seconds until one computer sees what another one wrote
_Question = Literal["greet", "work", "far"]
_REMEDY = "mount the same file system at the same place on all nodes"


@dataclass(frozen=True, slots=True)
class Setting:
    """One call. `out` is the output folder; `address` that of a running cluster, "auto" for the one on this computer, None for none.

    `workers` are the actors, None for all cores there are; `open_reader` is called in each of them.
    """

    out: Path
    address: str | None
    workers: int | None
    open_reader: Callable[[], ReadsMany]
    tell: Callable[[str], None]


def run(shards: Iterator[Shard], setting: Setting, watch: Watches) -> None:
    """Has all shards coded and written by actors. Nothing is started where no shard is left.

    Raises ClusterError where the cluster fails, StoreError where a node does not see the folder or cannot write to it.
    """
    first = next(shards, None)
    if first is None:
        return
    with connected(setting.address, setting.workers) as (ray, size), _token(setting.out) as token:
        crew = _RayCrew(ray, setting, token)
        try:
            dispatch.run(chain([first], shards), crew, size, watch, setting.tell)
        finally:
            crew.dismiss()


# --- on the nodes


def reader(roster: Roster | None) -> ReadsMany:
    """The reader of an actor: it works on one core."""
    from dragoman.reading.read import Reader  # the language model and its libraries

    return Reader(roster=roster)


@dataclass(frozen=True, slots=True)
class Greeting:
    """What an actor tells of its node: `software` as of `software.software`, `processor` the kind of it."""

    node: str
    software: dict[str, str]
    processor: str


@dataclass(frozen=True, slots=True)
class Told:
    """Reports and words that an actor has read of a shard, and how many reports failed."""

    reports: int
    words: int
    failed: int


_NOTHING = Told(0, 0, 0)


class Coder:
    """An actor: one reader, one shard at a time; a second thread answers how far it is."""

    def __init__(self, out: str, token: str, open_reader: Callable[[], ReadsMany]) -> None:
        self._out, self._token, self._open_reader = Path(out), token, open_reader
        self._writer = ShardWriter(self._out)
        self._load = Extractor(1)  # its process ends with this one
        self._reader: ReadsMany | None = None
        self._reports = self._words = 0

    def greet(self, answer: str) -> Greeting:
        """Sees whether the folder is the one, answers in it, and opens the reader. Raises StoreError where it is another one."""
        node = str(library().util.get_node_ip_address())
        if not _seen(self._out / self._token):
            found = "has another folder there" if self._out.is_dir() else "does not see the output folder"
            raise StoreError(f"{self._out} on node {node}", found, _REMEDY)
        self._writer.write(answer, b"")
        self._reader = self._open_reader()
        return Greeting(node, software(), processor())

    def code(self, shard: Shard, barred: Sequence[int]) -> Told:
        """Codes a shard and writes its tables."""
        assert self._reader is not None
        try:
            coded = code_shard(shard, self._reader, self._load, self._step, frozenset(barred))
            self._writer.commit(coded)
            return Told(self._reports, self._words, coded.counts["failed"])
        finally:
            self._reports = self._words = 0

    def try_alone(self, shard: Shard, place: int) -> Told:
        """Reads one record of a shard and forgets it."""
        assert self._reader is not None
        code_shard(replace(shard, cuts=shard.cuts[place : place + 1]), self._reader, self._load)
        return Told(0, 0, 0)

    def far(self) -> Told:
        """What was read so far of the shard under way."""
        return Told(self._reports, self._words, 0)

    def _step(self, words: int) -> None:
        self._reports += 1
        self._words += words


def _seen(place: Path) -> bool:
    for _ in range(_TRIES):
        if place.exists():
            return True
        time.sleep(_BETWEEN)
    return False


# --- the crew


class _RayCrew:
    """Actors of Ray as workers: what they answer comes back as news."""

    def __init__(self, ray: Any, setting: Setting, token: str) -> None:
        self._ray, self._setting, self._token = ray, setting, token
        options = {"num_cpus": 1, "max_restarts": 0, "max_task_retries": 0, "max_concurrency": 2, "scheduling_strategy": "SPREAD"}
        self._actor = ray.remote(**options)(Coder)
        self._numbers = count(1)
        self._actors: dict[int, Any] = {}
        self._held: dict[str, Any] = {}
        self._asked: dict[Any, tuple[int, _Question]] = {}
        self._far: dict[int, Told] = {}  # of each actor that codes a shard: what it has told of it
        self._next_pulse = 0.0
        self._software = software()
        self._processors = {processor()}

    def start(self) -> int:
        """As `dispatch.Crew` has it, like all that follow."""
        number = next(self._numbers)
        actor = self._actor.remote(str(self._setting.out), self._token, self._setting.open_reader)
        self._actors[number] = actor
        self._asked[actor.greet.remote(self._answer(number))] = (number, "greet")
        return number

    def hold(self, shard: Shard) -> None:
        self._held[shard.name] = self._ray.put(shard)

    def let_go(self, name: str) -> None:
        del self._held[name]

    def give(self, worker: int, name: str, barred: Sequence[int]) -> None:
        self._far[worker] = _NOTHING
        self._asked[self._actors[worker].code.remote(self._held[name], barred)] = (worker, "work")

    def try_alone(self, worker: int, name: str, place: int) -> None:
        self._asked[self._actors[worker].try_alone.remote(self._held[name], place)] = (worker, "work")

    def news(self, patience: float) -> Sequence[dispatch.News]:
        self._ask_how_far()
        if not self._asked:
            time.sleep(patience)
            return ()
        answered, _ = self._ray.wait(list(self._asked), num_returns=1, timeout=patience)
        if answered:
            answered, _ = self._ray.wait(list(self._asked), num_returns=len(self._asked), timeout=0)
        return [one for ref in answered if ref in self._asked for one in self._heard(ref)]

    def dismiss(self) -> None:
        """Ends all actors, whatever they do."""
        for number in list(self._actors):
            self._end(number)

    def _ask_how_far(self) -> None:
        now = time.monotonic()
        if now < self._next_pulse:
            return
        self._next_pulse = now + _PULSE
        asked = {number for number, question in self._asked.values() if question == "far"}
        for number in self._far.keys() - asked:
            self._asked[self._actors[number].far.remote()] = (number, "far")

    def _heard(self, ref: Any) -> Iterator[dispatch.News]:
        number, question = self._asked.pop(ref)
        try:
            answer = self._ray.get(ref)
        except self._ray.exceptions.RayTaskError as problem:
            raise _raised(problem) from None
        except self._ray.exceptions.RayError as problem:
            self._end(number)
            yield dispatch.Lost(number, self._reason(problem))
            return
        if question == "greet":
            self._check(answer, number)
            yield dispatch.Ready(number)
            return
        before = self._far.get(number, _NOTHING)
        yield dispatch.Step(number, answer.reports - before.reports, answer.words - before.words)
        if question == "far":
            self._far[number] = answer
        else:
            self._forget(number)
            yield dispatch.Done(number, answer.failed)

    def _check(self, greeting: Greeting, number: int) -> None:
        """Raises what speaks against a node. One with another kind of processor is told."""
        place = self._setting.out / self._answer(number)
        if not _seen(place):
            raise StoreError(f"{self._setting.out} on node {greeting.node}", "is another folder than on this computer", _REMEDY)
        place.unlink(missing_ok=True)
        for name, here in self._software.items():
            if (there := greeting.software.get(name)) != here:
                found = f"{name} is {there} there and {here} here"
                raise ClusterError(f"node {greeting.node}", found, "install the same versions on all nodes")
        if greeting.processor not in self._processors:
            self._processors.add(greeting.processor)
            shown = " and ".join(sorted(self._processors))
            self._setting.tell(f"the nodes have different processors ({shown}): numbers may differ in the last digit from another run's")

    def _answer(self, number: int) -> str:
        return self._token.replace(PART, f"-{number}{PART}")

    def _end(self, number: int) -> None:
        """An actor that is gone, or is to go: nothing of it is listened to any more."""
        self._forget(number)
        self._asked = {ref: asked for ref, asked in self._asked.items() if asked[0] != number}
        with suppress(Exception):  # it may be gone already, in many ways
            self._ray.kill(self._actors.pop(number))

    def _forget(self, number: int) -> None:
        """What was asked of a shard that is no longer under way."""
        self._far.pop(number, None)
        self._asked = {ref: asked for ref, asked in self._asked.items() if asked != (number, "far")}

    def _reason(self, problem: Exception) -> str:
        if isinstance(problem, self._ray.exceptions.OutOfMemoryError):
            return "its node ran out of memory"
        return "its process or its node ended"


def _raised(problem: Any) -> Exception:
    """What went wrong in an actor, as if it had gone wrong here."""
    cause = getattr(problem, "cause", None)
    if isinstance(cause, DragomanError | OSError | MemoryError):
        return cause
    lines = str(problem).strip().splitlines() or [type(problem).__name__]
    return ClusterError("an actor", f"failed ({lines[-1]})", "this is a fault of dragoman, please report it")


# --- the folder


@contextmanager
def _token(out: Path) -> Iterator[str]:
    """A file in the output folder by which nodes know it; taken away at the end with the answers to it."""
    name = f".cluster-{secrets.token_hex(8)}{PART}"
    ShardWriter(out).write(name, b"")
    try:
        yield name
    finally:
        for place in out.glob(name.replace(PART, f"*{PART}")):
            place.unlink(missing_ok=True)
