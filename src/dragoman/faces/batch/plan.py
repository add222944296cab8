"""How the work is cut: inputs into groups, groups into shards. Both follow from the inputs alone, whoever does the work and how often.

A group is one large file, or small files that stand beside each other; it is read from its beginning to its end by one process. A shard
is a stretch of a group's records: what is coded at once, held in memory at once, and written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.faces.batch.records import Cut, Record
from dragoman.faces.batch.sources import Input

_MANY_GROUPS = 4  # for each share: with so many, whole groups are dealt out, so that no file is read by two shares


@dataclass(frozen=True, slots=True)
class Limits:
    """A shard ends before it holds more than so many records, or so many bytes of them (of text or HTML, unpacked).

    A shard has at least one record, whatever its size (at most 50 MB, the largest that is read).
    """

    records: int = 1_000
    size: int = 32_000_000


@dataclass(frozen=True, slots=True)
class Group:
    """Files that are read one after the other."""

    number: int
    inputs: tuple[Input, ...]

    @property
    def name(self) -> str:
        """Five digits and more: names stand in the order of the groups."""
        return f"{self.number:05}"

    @property
    def size(self) -> int:
        """Bytes of its files as they are stored."""
        return sum(one.size for one in self.inputs)


@dataclass(frozen=True, slots=True)
class Shard:
    """Records to be coded. `size` is how many bytes of the inputs were read for it, roughly: for the clock alone."""

    group: int
    part: int
    cuts: tuple[Cut, ...]
    size: int = 0

    @property
    def name(self) -> str:
        """What its files are called."""
        return shard_name(self.group, self.part)


def shard_name(group: int, part: int) -> str:
    """ "00002-00017": the part of the group, counted from 0."""
    return f"{group:05}-{part:05}"


@dataclass(frozen=True, slots=True)
class Share:
    """Which part of the work a call does: share `number` of `of`, counted from 1."""

    number: int = 1
    of: int = 1

    def has(self, group: int, part: int, groups: int) -> bool:
        """Whether this share does a shard, of `groups` groups in all."""
        whole = groups >= _MANY_GROUPS * self.of
        return (group if whole else group + part) % self.of == self.number - 1

    def reads(self, group: int, groups: int) -> bool:
        """Whether this share may have a shard of a group."""
        return groups < _MANY_GROUPS * self.of or self.has(group, 0, groups)


def groups_of(inputs: Sequence[Input], limits: Limits) -> tuple[Group, ...]:
    """The groups in the order of the inputs: neighbours share one as long as they are small together and no more than a shard's records."""
    found: list[list[Input]] = []
    size = 0
    for one in inputs:
        if not found or size + one.size > limits.size or len(found[-1]) >= limits.records:
            found.append([])
            size = 0
        found[-1].append(one)
        size += one.size
    return tuple(Group(number, tuple(members)) for number, members in enumerate(found))


def shards_of(group: int, cuts: Iterable[tuple[Cut, int]], limits: Limits) -> Iterator[Shard]:
    """The shards of a group's records, each of which comes with the bytes that were read of the group's files up to it."""
    held: list[Cut] = []
    part = size = at = before = 0
    for item, position in cuts:
        weight = len(item.data) if isinstance(item, Record) else 0
        if held and (len(held) >= limits.records or size + weight > limits.size):
            yield Shard(group, part, tuple(held), at - before)
            held, part, size, before = [], part + 1, 0, at
        held.append(item)
        size += weight
        at = position
    if held:
        yield Shard(group, part, tuple(held), at - before)


def share(written: str) -> Share:
    """The share that "3/16" means. Raises InputError for anything else."""
    number, slash, of = written.partition("/")
    if not (slash and number.isascii() and number.isdigit() and of.isascii() and of.isdigit() and 1 <= int(number) <= int(of) <= 1_000_000):
        raise InputError(f"--shard {written}", "is no share of the work", "write i/n with i from 1 to n, such as 3/16")
    return Share(int(number), int(of))
