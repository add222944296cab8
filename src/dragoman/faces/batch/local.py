"""The local engine: one process, one language model shared by threads, articles of web pages in processes beside it.

Three shards are held at most: one is being read from the input, one coded, one written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Protocol

from dragoman.faces.batch.coding import Coded, Loads, ReadsMany, code_shard
from dragoman.faces.batch.plan import Shard


class Watches(Protocol):
    """What is told of the work as it goes on."""

    def begin(self, shard: Shard) -> None:
        """A shard is to be coded."""

    def step(self, name: str, words: int, reports: int = 1) -> None:
        """Reports of a shard were read, of so many words together."""

    def lost(self, name: str) -> None:
        """What was read of a shard is lost, and will be read again."""

    def coded(self, name: str, failed: int) -> None:
        """A shard is coded; so many of its reports failed."""


def run(shards: Iterator[Shard], reader: ReadsMany, load: Loads, commit: Callable[[Coded], None], watch: Watches) -> None:
    """Codes the shards one after the other and commits each; the threads are those of the reader.

    Whatever goes wrong with reading the inputs or writing the tables comes out here, after what was coded before is written.
    """
    with ThreadPoolExecutor(1, "dragoman-input") as feeding, ThreadPoolExecutor(1, "dragoman-output") as writing:
        coming: Future[Shard | None] = feeding.submit(next, shards, None)
        written: Future[None] | None = None
        while (shard := coming.result()) is not None:
            coming = feeding.submit(next, shards, None)
            watch.begin(shard)
            coded = code_shard(shard, reader, load, partial(watch.step, shard.name))
            if written is not None:
                written.result()
            written = writing.submit(commit, coded)
            watch.coded(shard.name, coded.counts["failed"])
        if written is not None:
            written.result()
