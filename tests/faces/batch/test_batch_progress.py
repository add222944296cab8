"""How far the work is, told with a clock of the test's own."""

from __future__ import annotations

from dragoman.errors import InputError
from dragoman.faces.batch.coding import Coded
from dragoman.faces.batch.plan import Shard
from dragoman.faces.batch.progress import Progress, duration


def test_rate_and_time_left_go_by_the_work_of_this_call() -> None:
    now = [0.0]
    progress = Progress(total=1_000, clock=lambda: now[0])
    progress.passed_over(500)  # done by an earlier call
    shard = Shard(0, 0, (InputError("a", "b", "c"),) * 2, size=100)
    progress.begin(shard)
    now[0] = 10.0
    progress.step(words=200)
    assert progress.line() == "1 reports, 0.1 reports/s, 20 words/s, 55% of the input, 90 s left".replace("90 s", "2 min")
    now[0] = 20.0
    progress.step(words=200)
    progress.shard(shard, Coded(shard.name, 2, "", (), {"failed": 1}, (), {}))
    assert progress.fraction == 0.6
    assert progress.left == 80.0
    assert progress.line().endswith("60% of the input, 1 failed, 80 s left")


def test_durations_are_told_in_the_unit_that_fits() -> None:
    assert [duration(s) for s in (4, 600, 7_500, 864_000)] == ["4 s", "10 min", "2 h 05 min", "10 days"]
