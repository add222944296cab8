"""The shards that are still to be coded, one after the other: groups are read from their beginning, and what is done is passed over.

Passing over means reading and cutting, which is hundreds of times faster than coding; a group that is done altogether is not opened.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, cast

from dragoman.errors import DragomanError, InputError, StoreError
from dragoman.faces.batch import parquet
from dragoman.faces.batch.output import OutputFolder
from dragoman.faces.batch.plan import Group, Limits, Shard, Share, shard_name, shards_of
from dragoman.faces.batch.records import Cut, cut, fingerprint
from dragoman.faces.batch.sources import Input, opened

_PORTION = 1 << 20


def remaining(
    groups: Sequence[Group], folder: OutputFolder, share: Share, limits: Limits, passed_over: Callable[[int], None] = lambda size: None
) -> Iterator[Shard]:
    """The shards of this share that are not done; `passed_over` is told of bytes of the inputs that need no coding.

    Raises StoreError where an input is no longer what it was when a shard of it was coded.
    """
    for group in groups:
        if not share.reads(group.number, len(groups)):
            continue
        if _is_done(group, folder, share, len(groups)):
            passed_over(group.size)
        else:
            yield from _of_group(group, folder, share, limits, len(groups), passed_over)


def _is_done(group: Group, folder: OutputFolder, share: Share, groups: int) -> bool:
    entry = folder.group(group)
    if entry is None or not folder.is_unchanged(group):
        return False
    mine = (part for part in range(entry["shards"]) if share.has(group.number, part, groups))
    return all(folder.shard(shard_name(group.number, part)) is not None for part in mine)


def _of_group(
    group: Group, folder: OutputFolder, share: Share, limits: Limits, groups: int, passed_over: Callable[[int], None]
) -> Iterator[Shard]:
    reading = _Reading(group)
    parts = 0
    for shard in shards_of(group.number, reading.cuts(), limits):
        parts += 1
        mine = share.has(group.number, shard.part, groups)
        entry = folder.shard(shard.name) if mine else None
        if entry is not None and entry["input_sha256"] != fingerprint(shard.cuts):
            raise _changed(group, "the records of a shard that is done were other ones")
        if not mine or entry is not None:
            passed_over(shard.size)
        else:
            yield shard
    kept = folder.group(group)
    if kept is not None and [one["sha256"] for one in kept["inputs"]] != reading.sha256:
        raise _changed(group, "its SHA-256 was another one")
    if kept is None:
        folder.end_group(group, parts, reading.sha256, reading.passed)


def _changed(group: Group, how: str) -> StoreError:
    names = group.inputs[0].name if len(group.inputs) == 1 else f"{group.inputs[0].name} to {group.inputs[-1].name}"
    return StoreError(names, f"has changed since the run began ({how})", "name another folder for the output to code it as it is now")


class _Reading:
    """The files of a group as one row of records; afterwards `sha256` has the fingerprint of each, `passed` what is no record."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self.sha256: list[str] = []
        self.passed: Counter[str] = Counter()

    def cuts(self) -> Iterator[tuple[Cut, int]]:
        """Each record with the bytes that were read of the files up to it."""
        before = 0
        for one in self._group.inputs:
            with opened(one) as file:
                watched = Watched(file)
                try:
                    for item in cut_input(one, watched, self.passed):
                        yield item, before + min(watched.count, one.size)
                    watched.drain()
                except DragomanError:
                    raise
                except _errors_of(one) as problem:
                    reason = getattr(problem, "strerror", None) or problem or type(problem).__name__
                    remedy = "see to it that it can be read, and run the same command again: it goes on where it was"
                    raise InputError(one.name, f"cannot be read on ({reason})", remedy) from None
            self.sha256.append(watched.sha256)
            before += one.size


def _errors_of(one: Input) -> tuple[type[Exception], ...]:
    """What may be raised while an input is read: each storage system has errors of its own."""
    return (Exception,) if one.is_address else (OSError,)


def cut_input(one: Input, watched: Watched, passed: Counter[str]) -> Iterator[Cut]:
    """The records of an input, whatever form it has."""
    head = watched.peek(len(parquet.MAGIC))
    if head != parquet.MAGIC:
        yield from cut(cast(BinaryIO, watched), one.name, passed)
    elif not one.is_address:
        watched.drain()
        yield from parquet.rows_of(one.path, one.name)
    else:
        yield from _copied(one, watched)


def _copied(one: Input, watched: Watched) -> Iterator[Cut]:
    """A Parquet file is read from several places at once: one behind an address is copied to the disk for that time."""
    with tempfile.NamedTemporaryFile(prefix="dragoman-", suffix=".parquet") as copy:
        shutil.copyfileobj(cast(BinaryIO, watched), copy, _PORTION)
        copy.flush()
        yield from parquet.rows_of(copy.name, one.name)


class Watched:
    """A file that counts and fingerprints what is read of it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._ahead = b""
        self.count = 0

    @property
    def sha256(self) -> str:
        """Of everything that was read so far."""
        return self._hash.hexdigest()

    def peek(self, size: int) -> bytes:
        """The first bytes, to be read again."""
        self._ahead = self._file.read(size)
        return self._ahead

    def read(self, size: int = _PORTION, /) -> bytes:
        """Up to `size` bytes."""
        return self._seen(self._file.read)(size)

    def readline(self, size: int = _PORTION, /) -> bytes:
        """The next line, or its first `size` bytes."""
        return self._seen(self._file.readline)(size)

    def _seen(self, take: Callable[[int], bytes]) -> Callable[[int], bytes]:
        def taken(size: int) -> bytes:
            ahead, self._ahead = self._ahead[:size], self._ahead[size:]
            data = ahead if ahead.endswith(b"\n") or len(ahead) == size else ahead + take(size - len(ahead))
            self._hash.update(data)
            self.count += len(data)
            return data

        return taken

    def drain(self) -> None:
        """Reads to the end, so that the fingerprint is that of the whole file."""
        while self.read(_PORTION):
            pass


def is_inside(folder: str, inputs: Sequence[Input]) -> bool:
    """Whether one of the inputs lies in the folder that the output goes to."""
    place = os.path.realpath(folder)
    return any(os.path.realpath(one.path).startswith(place + os.sep) for one in inputs if not one.is_address)
