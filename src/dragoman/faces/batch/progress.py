"""How far the work is: reports and words a second, the share of the input that is done, and the time left.

The share goes by the bytes of the inputs as they are stored, since nobody knows how many reports they hold. The rate is that of the
last minutes of this call: what an earlier call did counts for the share alone.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from dragoman.faces.batch.plan import Shard

_WINDOW = 300.0  # seconds that the rate is taken over


@dataclass(slots=True)
class _UnderWay:
    """A shard that is being coded: its bytes, what a report of it takes of them, and what was read of it."""

    size: int
    each: float
    reports: int = 0
    words: int = 0


@dataclass
class Progress:
    """Counts of one call. `total` are the bytes of the inputs that this call has to go through."""

    total: int
    clock: Callable[[], float] = time.monotonic
    done: float = 0.0
    reports: int = 0
    words: int = 0
    failed: int = 0
    shards: int = 0
    began: float = 0.0
    show: Callable[[Progress], None] = lambda progress: None
    _coded: float = 0.0  # bytes of the shards that this call has coded
    _ahead: float = 0.0  # bytes that the reports take that were read of the shards under way, about
    _under_way: dict[str, _UnderWay] = field(default_factory=dict)
    _marks: deque[tuple[float, int, int]] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.began = self.clock()
        self._marks.append((self.began, 0, 0))

    def passed_over(self, size: int) -> None:
        """Bytes that need no coding."""
        with self._lock:
            self.done += size

    def begin(self, shard: Shard) -> None:
        """A shard is to be coded."""
        self._under_way[shard.name] = _UnderWay(shard.size, shard.size / len(shard.cuts))

    def step(self, name: str, words: int, reports: int = 1) -> None:
        """Reports of a shard were read, of so many words together."""
        shard = self._under_way[name]
        shard.reports += reports
        shard.words += words
        self._ahead += shard.each * reports
        self.reports += reports
        self.words += words
        now = self.clock()
        if now - self._marks[-1][0] >= 1:
            self._marks.append((now, self.reports, self.words))
            while now - self._marks[0][0] > _WINDOW:
                self._marks.popleft()
        self.show(self)

    def lost(self, name: str) -> None:
        """What was read of a shard is lost, and will be read again."""
        shard = self._under_way[name]
        self._ahead -= shard.each * shard.reports
        self.reports -= shard.reports
        self.words -= shard.words
        shard.reports = shard.words = 0

    def coded(self, name: str, failed: int) -> None:
        """A shard is coded; so many of its reports failed."""
        shard = self._under_way.pop(name)
        self.failed += failed
        self.shards += 1
        self._ahead -= shard.each * shard.reports
        with self._lock:
            self.done += shard.size
            self._coded += shard.size
        self.show(self)

    @property
    def fraction(self) -> float:
        """The share of the input that is done, 0 to 1."""
        return min(1.0, (self.done + self._ahead) / self.total) if self.total else 1.0

    @property
    def rates(self) -> tuple[float, float]:
        """Reports and words a second."""
        since, reports, words = self._marks[0]
        seconds = max(self.clock() - since, 1e-6)
        return max(0, self.reports - reports) / seconds, max(0, self.words - words) / seconds

    @property
    def left(self) -> float | None:
        """Seconds that the rest takes at the rate of this call; None before the first report is read."""
        seconds, coded = self.clock() - self.began, self._coded + self._ahead
        return max(0.0, self.total - self.done - self._ahead) * seconds / coded if coded else None

    def line(self) -> str:
        """All of it in one line."""
        reports, words = self.rates
        told = f"{self.reports:,} reports, {reports:,.1f} reports/s, {words:,.0f} words/s, {self.fraction:.0%} of the input"
        told += f", {self.failed:,} failed" if self.failed else ""
        return told if self.left is None else f"{told}, {duration(self.left)} left"


def duration(seconds: float) -> str:
    """ "45 s", "12 min", "3 h 20 min", "5 days"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60:,} h {minutes % 60:02} min" if minutes < 72 * 60 else f"{minutes / 1440:,.0f} days"
