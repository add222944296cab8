"""`dragoman actors`: one answer for each good line, bad lines told, the user's own list opened or refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from dragoman.faces.cli import actors_command
from dragoman.faces.cli.actor_list import ListRefused, opened_roster
from dragoman.faces.cli.actors_command import Request, question_of
from dragoman.faces.cli.main import main
from dragoman.reading.actors.codes import ActorCode
from dragoman.reading.actors.coding import Marked


class Coder:
    """Codes a span by its words: capitals are a country, anything else is nobody."""

    def code_many(self, marked: Iterable[Marked]) -> Iterator[list[ActorCode]]:
        for text, spans, _ in marked:
            words = [text[start:end] for start, end in spans]
            yield [ActorCode(word, ("GOV",)) if word.isupper() else ActorCode() for word in words]


GOOD = {"id": 7, "text": "PER met nobody", "source": [{"start": 0, "end": 3}], "target": [{"start": 8, "end": 14}]}


def lines(path: Path, *records: object) -> str:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records), encoding="utf-8")
    return str(path)


def test_each_line_is_answered_in_its_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = lines(tmp_path / "in.jsonl", GOOD, {**GOOD, "id": "b", "source": [], "target": None})
    assert actors_command.run(Request(file), Coder()) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {"id": 7, "source": [{"country": "PER", "sectors": ["GOV"]}], "target": [None]}
    assert second == {"id": "b", "source": [], "target": []}


def test_bad_lines_are_told_and_the_others_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = [
        "{", "[]", {"id": 1, "text": ""}, {**GOOD, "source": [{"start": 0, "end": 99}]}, {**GOOD, "target": [{"start": "0", "end": 2}]},
        {**GOOD, "source": 3}, {**GOOD, "published": "2026-02-30"},
    ]  # fmt: skip
    file = lines(tmp_path / "in.jsonl", *bad, GOOD)
    out = tmp_path / "out.jsonl"
    assert actors_command.run(Request(file, str(out)), Coder()) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1] for line in told] == [f"{file}:{number}" for number in range(1, 8)]
    assert all("; " in line for line in told), "each says what to do"
    assert json.loads(out.read_text("utf-8"))["id"] == 7


def test_nothing_is_written_when_no_line_is_good(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert actors_command.run(Request(lines(tmp_path / "in.jsonl", "no"), str(out)), Coder()) == 3
    assert not out.exists()


def test_a_single_span_needs_no_list_and_the_day_is_kept() -> None:
    question = question_of({**GOOD, "source": {"start": 0, "end": 3}, "target": None, "published": "2006-12-01"}, "x:1")
    assert question.sources == 1 and question.marked.spans == [(0, 3)]
    assert question.marked.published is not None and question.marked.published.year == 2006


def test_a_list_with_faults_ends_the_call_with_all_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,country\nAcme,Chile\nBond,XYZ\n", encoding="utf-8")
    assert main(["actors", lines(tmp_path / "in.jsonl", GOOD), "--actors", str(own)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2 and f"{own}:2" in told[0] and f"{own}:3" in told[1]
    assert main(["read", "x.txt", "--actors", str(tmp_path / "none.toml")]) == 2
    assert "none.toml" in capsys.readouterr().err
    with pytest.raises(ListRefused):
        opened_roster(str(own))
    assert opened_roster(None) is None
