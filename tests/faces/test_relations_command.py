"""`dragoman relations`: lines in, lines out, and what is told of the bad ones. The scorer is made up."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dragoman.faces.cli import relations_command
from dragoman.faces.cli.main import main
from dragoman.reading import relations
from dragoman.reading.codes import PLV_ROOTS
from dragoman.text.report import Span

Output = pytest.CaptureFixture[str]
TEXT = "Kora freed two Velmoran pilots."
GOOD = {"id": "p1", "text": TEXT, "source": {"start": 0, "end": 4}, "target": {"start": 15, "end": 30}}


class Lengths:
    """The root whose place is the length of the source; the first if there is no source."""

    def scores(self, texts: Sequence[str], sources: Sequence[Span | None], targets: Sequence[Span | None]) -> list[list[float]]:
        best = [source.end - source.start if source else 0 for source in sources]
        return [[float(place == wanted) for place in range(len(PLV_ROOTS))] for wanted in best]


@pytest.fixture(autouse=True)
def scorer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "_scorer", Lengths)


def write(path: Path, *rows: object) -> str:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return str(path)


def answers(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_line_in_is_a_line_out_in_the_same_order(tmp_path: Path, capsys: Output) -> None:
    name = write(tmp_path / "pairs.jsonl", *({**GOOD, "id": number, "source": None} for number in range(150)), GOOD)
    assert main(["relations", name]) == 0
    out, err = capsys.readouterr()
    made = answers(out)
    assert [row["id"] for row in made] == [*range(150), "p1"]
    assert made[0] == {"id": 0, "root": "AGREE", "scores": {root: float(root == "AGREE") for root in PLV_ROOTS}}
    assert made[-1]["root"] == PLV_ROOTS[4]
    assert err == ""


def test_either_side_may_be_missing_and_other_fields_are_passed_over(tmp_path: Path, capsys: Output) -> None:
    row = {"text": TEXT, "target": None, "root": "AID", "flags": [1], "source": {"start": 0, "end": 4, "text": "Kora"}}
    assert main(["relations", write(tmp_path / "pairs.jsonl", row)]) == 0
    assert answers(capsys.readouterr().out)[0]["id"] is None


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("{", "not a JSON record"),
        ("[1]", "where an object should be"),
        ({"id": "x"}, "no text"),
        ({"text": " "}, "no text"),
        ({"text": 7}, '"text" is 7, not a string'),
        ({**GOOD, "id": True}, '"id" is true'),
        ({**GOOD, "source": "Kora"}, '"source" is "Kora"; give {"start": n, "end": n}'),
        ({**GOOD, "source": {"start": 0}}, '"source" is {"start": 0}; give'),
        ({**GOOD, "source": {"start": 0, "end": 4.0}}, '"source" is'),
        ({**GOOD, "source": {"start": False, "end": True}}, '"source" is'),
        ({**GOOD, "target": {"start": 4, "end": 4}}, '"target" is [4, 4] in a text of 31 characters'),
        ({**GOOD, "target": {"start": -2, "end": 4}}, "give a start before the end, both inside the text"),
        ({**GOOD, "target": {"start": 0, "end": 32}}, "give a start before the end, both inside the text"),
        ("9" * 6000, "not a JSON record"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_answered(tmp_path: Path, capsys: Output, bad: object, told: str) -> None:
    name = write(tmp_path / "pairs.jsonl", GOOD, bad, {**GOOD, "id": "p3"})
    assert main(["relations", name]) == 1
    out, err = capsys.readouterr()
    assert [row["id"] for row in answers(out)] == ["p1", "p3"]
    assert err.startswith(f"dragoman: {name}:2: ")
    assert told in err
    assert err.count("\n") == 1


def test_nothing_answered_is_code_3_and_writes_no_file(tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "answers.jsonl"
    out.write_text("older", "utf-8")
    assert main(["relations", write(tmp_path / "pairs.jsonl", "{}"), "--out", str(out)]) == 3
    assert out.read_text("utf-8") == "older"
    assert {path.name for path in tmp_path.iterdir()} == {"answers.jsonl", "pairs.jsonl"}
    for name in (write(tmp_path / "empty.jsonl"), str(tmp_path / "none.jsonl"), str(tmp_path)):
        capsys.readouterr()
        assert main(["relations", name]) == 3
        err = capsys.readouterr().err
        assert name in err
        assert err.count("\n") == 1


def test_a_file_appears_when_all_is_answered(tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "answers.jsonl"
    assert main(["relations", write(tmp_path / "pairs.jsonl", GOOD), "--out", str(out)]) == 0
    assert answers(out.read_text("utf-8"))[0]["root"] == "AID"
    assert capsys.readouterr().out == ""


def test_a_place_that_cannot_be_written_to_is_code_2(tmp_path: Path, capsys: Output) -> None:
    assert main(["relations", write(tmp_path / "pairs.jsonl", GOOD), "--out", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err


@pytest.mark.parametrize("args", [["relations", "-"], ["relations"]])
def test_standard_input(args: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    data = b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\n\n{\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(args) == 1
    out, err = capsys.readouterr()
    assert [row["id"] for row in answers(out)] == ["p1"]
    assert err.startswith("dragoman: standard input:3: ")


def test_an_id_cannot_drive_the_terminal(tmp_path: Path, capsys: Output) -> None:
    assert main(["relations", write(tmp_path / "pairs.jsonl", {**GOOD, "id": "\x1b[2J\u202e\u00e4"})]) == 0
    out = capsys.readouterr().out
    assert out.isascii()
    assert "\x1b" not in out
    assert answers(out)[0]["id"] == "\x1b[2J\u202e\u00e4"


def test_a_line_that_is_far_too_long_costs_only_itself(tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations_command.lines, "LIMIT", 300)
    name = write(tmp_path / "pairs.jsonl", GOOD, {**GOOD, "text": TEXT * 20}, GOOD)
    assert main(["relations", name]) == 1
    out, err = capsys.readouterr()
    assert len(answers(out)) == 2
    assert f"{name}:2: longer than" in err
