"""How far the work is, told with a clock of the test's own."""

from __future__ import annotations

from dragoman.errors import InputError
from dragoman.faces.batch.plan import Shard
from dragoman.faces.batch.progress import Progress, duration


def test_rate_and_time_left_go_by_the_work_of_this_call() -> None:
    now = [0.0]
    progress = Progress(total=1_000, clock=lambda: now[0])
    progress.passed_over(500)  # done by an earlier call
    shard = Shard(0, 0, (InputError("a", "b", "c"),) * 2, size=100)
    progress.begin(shard)
    now[0] = 10.0
    progress.step(shard.name, words=200)
    assert progress.line() == "1 reports, 0.1 reports/s, 20 words/s, 55% of the input, 90 s left".replace("90 s", "2 min")
    now[0] = 20.0
    progress.step(shard.name, words=200)
    progress.coded(shard.name, failed=1)
    assert progress.fraction == 0.6
    assert progress.left == 80.0
    assert progress.line().endswith("60% of the input, 1 failed, 80 s left")


def test_what_is_lost_counts_once_when_it_is_read_again() -> None:
    now = [0.0]
    progress = Progress(total=400, clock=lambda: now[0])
    shards = [Shard(0, part, (InputError("a", "b", "c"),) * 2, size=100) for part in range(2)]
    for shard in shards:
        progress.begin(shard)
    now[0] = 10.0
    progress.step(shards[0].name, words=50)
    progress.step(shards[1].name, words=70, reports=2)
    assert (progress.reports, progress.words, progress.fraction) == (3, 120, 0.375)
    progress.lost(shards[1].name)
    assert (progress.reports, progress.words, progress.fraction) == (1, 50, 0.125)
    progress.step(shards[1].name, words=70, reports=2)
    progress.coded(shards[1].name, failed=0)
    assert (progress.reports, progress.words, progress.fraction) == (3, 120, 0.375)


def test_durations_are_told_in_the_unit_that_fits() -> None:
    assert [duration(s) for s in (4, 600, 7_500, 864_000)] == ["4 s", "10 min", "2 h 05 min", "10 days"]
