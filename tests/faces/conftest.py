"""A reader that needs no language model: for the made-up story's text it gives its reading, else an empty one; and an empty house."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from dragoman.reading.entries import Reading
from dragoman.text.report import Report
from tests.faces.story import TEXT, reading


@pytest.fixture(scope="session", autouse=True)
def nobodys_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test sees the accounts of whoever runs it, nor writes there."""
    place = tmp_path_factory.mktemp("house") / "workspace.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRAGOMAN_HOUSE", str(place))
        yield place


class StoryReader:
    """Reads lazily and in order, as the real one."""

    def __init__(self, threads: int = 1, roster: object = None) -> None:
        """Takes what the real one takes, and does without it."""

    def read(self, report: Report) -> Reading:
        return next(self.read_many([report]))

    def read_many(self, reports: Iterable[Report], *, failed: object = None) -> Iterator[Reading]:
        for report in reports:
            yield replace(reading(), report=report) if report.text == TEXT else Reading(report)


@pytest.fixture
def story_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the story's reader in the place of the one with the language model."""
    monkeypatch.setitem(sys.modules, "dragoman.reading.read", SimpleNamespace(Reader=StoryReader))
