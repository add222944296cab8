import os

import pytest

from dragoman.faces.cli.cores import MOST, cores


def test_a_command_takes_the_cores_it_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    for allowed, taken in ((1, 1), (2, 2), (64, MOST)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, n=allowed: set(range(n)), raising=False)
        assert cores() == taken


def test_where_affinity_is_not_known_all_cores_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1
