"""One shard from its records to the bytes of its tables: a function of the records and the settings, the same in every engine."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.errors import DragomanError, InputError
from dragoman.faces.batch.flat import Row, rows_of
from dragoman.faces.batch.parquet import written
from dragoman.faces.batch.plan import Shard
from dragoman.faces.batch.records import Cut, Record, Told, fingerprint
from dragoman.faces.batch.schema import TABLES, UNKNOWN_MONTH
from dragoman.reading.entries import Reading
from dragoman.reading.wording import one_line, shortened
from dragoman.text.loaded import Loaded
from dragoman.text.report import Report

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{4,}")  # of an object in memory: another one in each run
_LONGEST = 400


class ReadsMany(Protocol):
    """What coding needs of a reader; `dragoman.Reader` is one."""

    def read_many(self, reports: Iterable[Report], *, failed: Callable[[Report, Exception], None] | None = None) -> Iterator[Reading]:
        """Readings in the order of the reports; those that could not be read go to `failed`, in their order too."""


Loads = Callable[[Iterable[Cut]], Iterator[tuple[Told, ...]]]
"""Records to what they say, in their order; `extracting.Extractor` does it in several processes."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file to be written: `path` below the output folder, with `rows` rows."""

    path: str
    data: bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be read: where it stands, why, and what to do."""

    place: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Coded:
    """What became of a shard. `counts` has rows by table, "words" and "failed"; `passed` what is counted as no report to be read."""

    shard: str
    records: int
    input_sha256: str
    files: tuple[TableFile, ...]
    counts: Mapping[str, int]
    failed: tuple[Failure, ...]
    passed: Mapping[str, int]


def code_shard(
    shard: Shard, reader: ReadsMany, load: Loads, step: Callable[[int], None] = lambda words: None, barred: Collection[int] = ()
) -> Coded:
    """Codes all records of a shard; `step` is told of each report that was read with the number of its words.

    `barred` are the places of records that end the process that reads them: they fail without being read. The same shard gives the
    same bytes with every reader of the same weights on one kind of processor, however many threads it has.
    """
    tally = _Tally(shard.name)
    for loaded, outcome in _read(reader, tally.reports(load(_allowed(shard.cuts, barred)))):
        if isinstance(outcome, Exception):
            tally.fail(loaded, outcome)
        else:
            step(tally.add(loaded, outcome))
    return tally.coded(len(shard.cuts), fingerprint(shard.cuts))


def _allowed(cuts: Sequence[Cut], barred: Collection[int]) -> Iterator[Cut]:
    for place, item in enumerate(cuts):
        if place in barred and isinstance(item, Record):
            yield InputError(item.place, "ends the process that reads it", "leave it out, and please report this fault of dragoman")
        else:
            yield item


class _Tally:
    """Rows, failures and counts of a shard as they come."""

    def __init__(self, shard: str) -> None:
        self.shard = shard
        self.number = 0
        self.tables: dict[str, dict[str, list[Row]]] = {name: {} for name in TABLES}
        self.counts: Counter[str] = Counter(dict.fromkeys((*TABLES, "words", "failed"), 0))
        self.passed: Counter[str] = Counter()
        self.failed: list[tuple[int, Failure]] = []
        self.places: deque[int] = deque()

    def reports(self, answers: Iterable[tuple[Told, ...]]) -> Iterator[Loaded]:
        """The reports among what the records say; the rest is counted."""
        for told in (one for answer in answers for one in answer):
            self.number += 1
            if isinstance(told, Loaded):
                self.places.append(self.number)
                yield told
            elif isinstance(told, InputError):
                self.failed.append((self.number, Failure(one_line(told.where), _reason(told.found), one_line(told.remedy))))
            else:
                self.passed[told] += 1

    def fail(self, loaded: Loaded, problem: Exception) -> None:
        """A fault of dragoman's own on one report."""
        reason = f"could not be read ({type(problem).__name__}: {problem})"
        failure = Failure(one_line(loaded.name), _reason(reason), "this is a fault of dragoman, please report it")
        self.failed.append((self.places.popleft(), failure))

    def add(self, loaded: Loaded, reading: Reading) -> int:
        """The rows of a reading; gives the words of its text."""
        published = reading.report.published
        month = f"{published.year:04}-{published.month:02}" if published else UNKNOWN_MONTH
        for table, rows in rows_of(reading, loaded, f"{self.shard}-{self.places.popleft():05}").items():
            self.counts[table] += len(rows)
            if rows:
                self.tables[table].setdefault(month, []).extend(rows)
        words = len(reading.report.text.split())
        self.counts["words"] += words
        return words

    def coded(self, records: int, sha256: str) -> Coded:
        """All of it, the failures in the order of the input."""
        self.counts["failed"] = len(self.failed)
        files = tuple(self._files())
        failed = tuple(failure for _, failure in sorted(self.failed, key=lambda pair: pair[0]))
        return Coded(self.shard, records, sha256, files, dict(self.counts), failed, dict(sorted(self.passed.items())))

    def _files(self) -> Iterator[TableFile]:
        for table in TABLES:
            months = self.tables.pop(table)
            for month in sorted(months):
                rows = months.pop(month)
                yield TableFile(f"{table}/month={month}/{self.shard}.parquet", written(table, rows), len(rows))


def _read(reader: ReadsMany, reports: Iterator[Loaded]) -> Iterator[tuple[Loaded, Reading | Exception]]:
    """Each report with its reading or with what went wrong, in their order.

    Where the whole row breaks off (the language model itself failed on a text), what was under way is read one by one.
    """
    ended, broken = False, False
    while not ended:
        waiting: deque[Loaded] = deque()
        outcomes: deque[tuple[Loaded, Exception]] = deque()

        def taken(waiting: deque[Loaded] = waiting) -> Iterator[Report]:
            nonlocal ended, broken
            try:
                for loaded in reports:
                    waiting.append(loaded)
                    yield loaded.report
            except Exception:
                broken = True  # no fault of the reader: the reports end here, and whoever asks for more would be given none
                raise
            ended = True

        def failed(
            _: Report, problem: Exception, waiting: deque[Loaded] = waiting, told: deque[tuple[Loaded, Exception]] = outcomes
        ) -> None:
            told.append((waiting.popleft(), problem))

        try:
            for reading in reader.read_many(taken(), failed=failed):
                yield from _drained(outcomes)
                yield waiting.popleft(), reading
        except (DragomanError, OSError, MemoryError):  # of the machine or the installation, not of one report
            raise
        except Exception:
            if broken:
                raise
            yield from _drained(outcomes)
            yield from ((loaded, _alone(reader, loaded.report)) for loaded in waiting)
        yield from _drained(outcomes)


def _drained(outcomes: deque[tuple[Loaded, Exception]]) -> Iterator[tuple[Loaded, Exception]]:
    while outcomes:
        yield outcomes.popleft()


def _alone(reader: ReadsMany, report: Report) -> Reading | Exception:
    try:
        return next(reader.read_many([report]))
    except (DragomanError, OSError, MemoryError):
        raise
    except Exception as problem:
        return problem


def _reason(text: str) -> str:
    return shortened(one_line(_ADDRESS.sub("0x…", text)), _LONGEST)
