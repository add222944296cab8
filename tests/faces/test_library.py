"""The examples of docs/guide/library.md run, on a made-up case; and the page names every question and every export."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dragoman import Case
from tests.case.following import NOON
from tests.case.leaving import eventful_case
from tests.faces.story import TEXT

PAGE = (Path(__file__).parents[2] / "docs" / "guide" / "library.md").read_text("utf-8")


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, story_reader: None, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    with eventful_case("cuba.case") as case:
        (guard,) = case.found("actor", "guard")
        case.judge("Ada").rename(guard.id, "Nikita Khrushchev", "", NOON)
        case.settle()
    Path("cuba.jsonl").write_text(json.dumps({"text": TEXT, "published": "2026-01-10"}), "utf-8")
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        exec(compile(block, "library.md", "exec"), {})
    out = capsys.readouterr().out
    assert "The Kora Guard promised to free the pilots." in out and "The Kora Guard never bombed the mole" in out
    with Case.open("mine.case") as mine:
        assert [actor.name for actor in mine.actors()].count("The new name") == 1
        assert [entry.decision.verb for entry in mine.log()] == ["rename"]


def test_methods_that_the_page_names_exist() -> None:
    named = set(re.findall(r"[`.]case\.(\w+)\(", PAGE)) | set(re.findall(r"Case\.(\w+)\(", PAGE))
    assert named >= {"timeline", "changes", "network", "lines", "tables", "import_lines"}
    assert [name for name in named if not hasattr(Case, name)] == []
