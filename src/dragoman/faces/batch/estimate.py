"""What coding an archive would take: measured on a few reports of it, nothing written."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.faces.batch.coding import Loads, ReadsMany, code_shard
from dragoman.faces.batch.feeding import Watched, cut_input
from dragoman.faces.batch.plan import Group, Shard
from dragoman.faces.batch.records import Cut, Record
from dragoman.faces.batch.sources import Input, opened

_FILES = 3
_LOOKED_AT = 1_000  # records of each of these files, for how many bytes of it one takes
_TRIED = 20  # records of each that are coded


@dataclass(frozen=True, slots=True)
class Estimate:
    """What was measured on the records tried, and what follows for all (`all_...`)."""

    reports: int
    words: int
    failed: int
    passed: int
    seconds: float
    all_reports: float
    all_seconds: float
    all_bytes: float


def estimated(groups: Sequence[Group], size: int, reader: ReadsMany, load: Loads) -> Estimate:
    """Codes a few records from the first, the middle and the last file; `size` are the bytes of all inputs."""
    inputs = [one for group in groups for one in group.inputs]
    chosen = sorted({0, len(inputs) // 2, len(inputs) - 1})[:_FILES]
    tried: list[Cut] = []
    share = 0.0  # of all inputs, that the records tried are
    for place in chosen:
        cuts, stored = _looked_at(inputs[place])
        some = cuts[:: max(1, len(cuts) // _TRIED)][:_TRIED]
        tried += some
        share += stored * _weight(some) / max(1, _weight(cuts)) / max(1, size)
    code_shard(Shard(0, 0, tuple(tried[:1])), reader, load)  # opens the language model, which is no part of the rate
    begun = time.monotonic()
    coded = code_shard(Shard(0, 0, tuple(tried)), reader, load)
    seconds = max(time.monotonic() - begun, 1e-6)
    counts, times = coded.counts, 1 / max(share, 1e-12)
    written = sum(len(file.data) for file in coded.files)
    passed = sum(coded.passed.values())
    told = (counts["reports"], counts["words"], counts["failed"], passed, seconds)
    return Estimate(*told, counts["reports"] * times, seconds * times, written * times)


def _looked_at(one: Input) -> tuple[list[Cut], int]:
    """The first records of a file, and how many of its stored bytes they take."""
    found: list[Cut] = []
    with opened(one) as file:
        watched = Watched(file)
        for item in cut_input(one, watched, Counter()):
            found.append(item)
            if len(found) == _LOOKED_AT:
                return found, min(watched.count, one.size)
    return found, one.size


def _weight(cuts: Sequence[Cut]) -> int:
    return sum(len(item.data) for item in cuts if isinstance(item, Record))
