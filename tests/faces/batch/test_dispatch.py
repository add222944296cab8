"""Who codes what, with workers of the test's own that die as they are told: no cluster."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from dragoman.errors import ClusterError, StoreError
from dragoman.faces.batch import dispatch
from dragoman.faces.batch.dispatch import ALONE, LOSSES, Done, Lost, News, Ready, Step
from dragoman.faces.batch.plan import Shard
from dragoman.faces.batch.progress import Progress
from dragoman.faces.batch.records import Record


class Crew:
    """Workers that read two reports of what they are given, then die if `deadly` says so of its records, else finish it."""

    def __init__(self, deadly: Callable[[str, Sequence[str]], bool] = lambda name, texts: False) -> None:
        self.deadly = deadly
        self.started = 0
        self.waiting: list[News] = []
        self.held: dict[str, Shard] = {}
        self.tables: dict[str, list[str]] = {}
        self.times: Counter[str] = Counter()

    def start(self) -> int:
        self.started += 1
        self.waiting.append(Ready(self.started))
        return self.started

    def hold(self, shard: Shard) -> None:
        self.held[shard.name] = shard

    def let_go(self, name: str) -> None:
        del self.held[name]

    def give(self, worker: int, name: str, barred: Sequence[int]) -> None:
        texts = [text for place, text in enumerate(self.texts(name)) if place not in barred]
        self.times[name] += 1
        self.waiting.append(Step(worker, min(2, len(texts)), 10))
        if self.deadly(name, texts):
            self.waiting.append(Lost(worker, "it died"))
            return
        self.tables[name] = texts
        self.waiting += [Step(worker, len(texts) - min(2, len(texts)), 10), Done(worker, len(barred))]

    def try_alone(self, worker: int, name: str, place: int) -> None:
        dies = self.deadly(name, [self.texts(name)[place]])
        self.waiting.append(Lost(worker, "it died") if dies else Done(worker, 0))

    def news(self, patience: float) -> Sequence[News]:
        told, self.waiting = self.waiting[:1], self.waiting[1:]
        return told

    def texts(self, name: str) -> list[str]:
        return [item.data.decode() for item in self.held[name].cuts if isinstance(item, Record)]


def shards(*texts: str) -> list[Shard]:
    """A shard for each text, with a record for each of its words."""
    made = (tuple(Record("line", f"a:{word}", word.encode()) for word in text.split()) for text in texts)
    return [Shard(0, part, cuts, size=10) for part, cuts in enumerate(made)]


def dispatched(crew: Crew, work: Sequence[Shard], size: int = 2) -> tuple[Progress, list[str]]:
    """Runs it; gives the counts, and what was told."""
    told: list[str] = []
    progress = Progress(total=sum(shard.size for shard in work))
    dispatch.run(iter(work), crew, size, progress, told.append)
    assert not crew.held
    return progress, told


def test_every_shard_is_coded_once_where_nobody_dies() -> None:
    crew = Crew()
    progress, told = dispatched(crew, shards("a b c", "d", "e f", "g h"))
    assert crew.tables == {"00000-00000": ["a", "b", "c"], "00000-00001": ["d"], "00000-00002": ["e", "f"], "00000-00003": ["g", "h"]}
    assert set(crew.times.values()) == {1}
    assert (progress.reports, progress.shards, progress.fraction, told) == (8, 4, 1.0, [])


def test_what_a_lost_worker_had_goes_to_another_and_counts_once() -> None:
    chance = random.Random(3)
    crew = Crew(lambda name, texts: chance.random() < 0.3)
    work = shards(*("a b c d" for _ in range(40)))
    progress, told = dispatched(crew, work)
    assert crew.tables == {shard.name: ["a", "b", "c", "d"] for shard in work}
    assert max(crew.times.values()) > 1
    assert (progress.reports, progress.words, progress.fraction) == (160, 800, 1.0)
    assert crew.started > 5
    assert "a worker was lost (it died); another one codes shard" in told[0]


def test_a_record_that_ends_its_worker_again_and_again_fails_and_the_others_are_coded() -> None:
    crew = Crew(lambda name, texts: "poison" in texts or "venom" in texts)
    progress, told = dispatched(crew, shards("a b", "c poison d venom e", "f"))
    assert crew.tables == {"00000-00000": ["a", "b"], "00000-00001": ["c", "d", "e"], "00000-00002": ["f"]}
    assert progress.failed == 2
    assert crew.started == 2 + LOSSES + 2 * ALONE
    assert told[-2:] == [f"record {n} of shard 00000-00001 ends the process that reads it; it goes to failed.jsonl" for n in (2, 4)]


def test_a_shard_that_kills_only_as_a_whole_is_given_up_when_all_others_are_done() -> None:
    crew = Crew(lambda name, texts: len(texts) > 2)
    with pytest.raises(ClusterError, match=r"shards 00000-00001: lost 6 workers each.*more memory"):
        dispatched(crew, shards("a", "b c d", "e", "f g"))
    assert sorted(crew.tables) == ["00000-00000", "00000-00002", "00000-00003"]
    assert not crew.held


def test_workers_that_never_get_ready_end_the_run() -> None:
    class Stillborn(Crew):
        def start(self) -> int:
            self.started += 1
            self.waiting.append(Lost(self.started, "its node ended"))
            return self.started

    crew = Stillborn()
    with pytest.raises(ClusterError, match=r"workers were lost one after the other.*\(its node ended\)"):
        dispatch.run(iter(shards("a")), crew, 2, Progress(total=1), lambda line: None)
    assert crew.started < 20


def test_what_is_wrong_with_the_input_or_the_output_comes_out_as_it_is() -> None:
    def broken() -> object:
        yield from shards("a")
        raise StoreError("a.jsonl", "has changed", "name another folder")

    with pytest.raises(StoreError, match="has changed"):
        dispatch.run(broken(), Crew(), 1, Progress(total=1), lambda line: None)  # type: ignore[arg-type]
