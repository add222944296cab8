"""`dragoman review`, `agreement` and `confirm`: the queue in every format, a second reading, and what is said of a wrong line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.faces.cli.main import main
from tests.case.following import NOON, loaded
from tests.case.test_reviewing import story


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DRAGOMAN_AUTHOR", "Ada Holm")
    place = tmp_path / "grain.case"
    with Case.open(place, create=True) as opened:
        for reading in story():
            opened.add(loaded(reading.report), reading, NOON)
        opened.settle()
    return str(place)


def said(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    """What a command writes."""
    assert main(list(line)) == 0
    return capsys.readouterr().out


def test_the_queue_is_listed_with_its_sentences(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = said(capsys, "review", case)
    assert "1 uncertain act" in page and "What has become of it? (kept?)" in page
    assert "evidence that it is kept  The Salt League delivered the grain" in " ".join(page.split()).replace("kept The", "kept  The")
    assert "9 more" not in page and "1 more; --limit" in said(capsys, "review", case, "--limit", "2")
    assert said(capsys, "review", case, "--format", "markdown").startswith("# To be decided\n")


def test_rows_and_items_hold_the_same(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(said(capsys, "review", case, "--below", "2", "--limit", "0", "--format", "csv"))))
    items = json.loads(said(capsys, "review", case, "--below", "2", "--limit", "0", "--format", "json"))
    assert [row["id"] for row in rows] == [item["id"] for item in items["questions"]] and items["count"] == len(rows) == 12
    first = items["questions"][0]
    assert (first["reason"], first["score"], first["evidence"][0]["sentence"]) == ("event", 0.4, "Somebody raided the mill of Oster.")
    assert rows[0]["one"] == "Somebody raided the mill of Oster."


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--reason", "state"), ["C1"]),
        (("--actor", "Salt League", "--reason", "came_of"), 1),
        (("--publisher", "Evening Mail", "--below", "2"), 3),
        (("--from", "0.95", "--below", "0.99"), 6),
    ],
)
def test_filters(case: str, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], ids: object) -> None:
    found = [question["id"] for question in json.loads(said(capsys, "review", case, *options, "--format", "json"))["questions"]]
    assert found == ids or len(found) == ids


def test_two_read_one_confirms_and_they_agree(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    event = json.loads(said(capsys, "review", case, "--reason", "event", "--format", "json"))["questions"][0]["id"]
    assert f"J1: confirm {event}" in said(capsys, "confirm", case, event.lower(), "--why", "seen")
    assert "Nothing is left to be decided" in said(capsys, "review", case, "--reason", "event")
    assert event in said(capsys, "review", case, "--second", "--by", "Ben")
    assert "Nothing is left" in said(capsys, "review", case, "--second")
    said(capsys, "reject", case, event, "--by", "Ben", "--why", "a rumour")
    page = said(capsys, "agreement", case)
    assert "0 of 1 decided alike" in page and "To be settled" in page and "a rumour" in page
    rows = list(csv.DictReader(io.StringIO(said(capsys, "agreement", case, "--format", "csv"))))
    assert [(row["by"], row["said"], row["why"]) for row in rows] == [("Ada Holm", "right", "seen"), ("Ben", "rejected", "a rumour")]
    assert json.loads(said(capsys, "agreement", case, "--format", "json"))["kinds"][0]["alpha"] == 0.0
    assert "confirm" in said(capsys, "log", case, "--verb", "confirm")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("--reason", "weather"), "is not one of"),
        (("--from", "0.8", "--below", "0.5"), "the lower one first"),
        (("--actor", "Nobody Known"), "has no actor"),
    ],
)
def test_a_line_that_makes_no_sense(case: str, capsys: pytest.CaptureFixture[str], line: tuple[str, ...], words: str) -> None:
    assert main(["review", case, *line]) in (2, 3)
    assert words in capsys.readouterr().err


def test_nobody_has_decided_anything_twice(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nothing has been decided by two people yet." in said(capsys, "agreement", case)
    assert main(["confirm", case, "E99"]) == 2
    assert "has no 'E99'" in capsys.readouterr().err
