"""Commands that are killed leave a case that opens, goes on, and ends as if nothing had happened. By the hundred: tests/case/kills.py."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.faces.inputs import load
from dragoman.faces.made_by import made_by
from dragoman.text.loaded import Loaded
from tests.case.kills import PatternReader, Scene, finish, kill_runs, state


@pytest.mark.parametrize("verb", ["add", "reread", "import"])
def test_a_killed_command_leaves_a_case_that_goes_on(verb: str, tmp_path: Path) -> None:
    assert kill_runs(tmp_path, verb, 3, random.Random(4)) >= 1


def test_what_was_added_before_a_kill_is_worked_out_by_the_next_call(tmp_path: Path) -> None:
    """All reports are in the case, but the process died before threads and commitments were worked out; nothing is left to add."""
    scene = Scene(tmp_path, "add", real=False)
    whole, killed = scene.prepare("whole"), scene.prepare("killed")
    finish(scene.call(whole), **scene.how)
    reader = PatternReader()
    with Case.open(killed, create=True, by=made_by()) as case:
        for item in load([str(scene.reports)]):
            assert isinstance(item, Loaded)
            if (report := case.as_new(item.report)) is not None:
                (reading,) = reader.read_many([report])
                case.add(replace(item, report=report), reading)
    finish(scene.call(killed), **scene.how)
    assert state(killed) == state(whole)
