"""The readings made by hand: every span lies in its text, every reference exists, and the program counts with them rightly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from bench.quality import gold_readings, measures
from bench.quality.gold_readings import GoldReport, Scores
from dragoman.reading.entries import EventType, Kind, Standing, StatementMode, Status

FILES = sorted(gold_readings.GOLD.glob("*/*.json"))
scored = pytest.mark.skipif(not (measures.SHARED / "scorers").is_dir(), reason="the scorers are not here")


def spans(gold: dict[str, Any]) -> Iterator[list[int]]:
    for event in gold["events"]:
        yield event["trigger"]
    for statement in gold["statements"]:
        yield from statement["content"]
        yield from (statement[part] for part in ("source", "cue") if statement[part])
    for entry in gold["figures"] + gold["times"]:
        yield entry["span"]


def references(gold: dict[str, Any]) -> Iterator[str | None]:
    for event in gold["events"]:
        yield from (*event["by"], *event["to"], event["said"])
    yield from (statement["speaker"] for statement in gold["statements"])
    yield from (figure["said"] for figure in gold["figures"])


def made_up(name: str) -> dict[str, Any]:
    text = "Ruritania freed two sailors on Friday, Rassendyll said."
    actors: dict[str, Any] = {
        "R": {"name": "Ruritania", "kind": "country", "country": None, "aliases": []},
        "S": {"name": "Rassendyll", "kind": "person", "country": None, "aliases": []},
    }
    event = {"types": ["RETREAT"], "statuses": ["occurred"], "trigger": [10, 15], "by": ["R"], "to": [], "when": "2026-01-09"}
    optional = {**event, "types": ["AID"], "said": None, "core": False}
    statement = {"source": [39, 49], "speaker": "S", "cue": [50, 54], "content": [[0, 37]], "mode": "indirect", "standing": "named"}
    return {
        "source": {"file": "cases/made_up.jsonl", "id": name},
        "text": text,
        "published": "2026-01-10",
        "actors": actors,
        "events": [{**event, "said": "S", "core": True}, optional],
        "statements": [{**statement, "channel": None, "core": True}],
        "figures": [{"span": [16, 27], "low": 2, "high": 2, "unit": "person", "said": "S"}],
        "times": [{"span": [31, 37], "value": "2026-01-09"}],
    }


def reading_of(gold: dict[str, Any], *types: str, status: str = "occurred") -> dict[str, Any]:
    event = {"trigger": [10, 15], "status": status, "initiators": ["a1"], "recipients": [], "according_to": ["s1"]}
    actors = [{"id": "a1", "name": "Ruritania", "kind": "country", "country": None}]
    return {
        "report": {"text": gold["text"]},
        "actors": [*actors, {"id": "a2", "name": "Rassendyll", "kind": "person", "country": None}],
        "events": [{**event, "type": t, "when": {"start": "2026-01-09", "end": "2026-01-09"}} for t in types],
        "statements": [{"id": "s1", "speaker": "a2", "content": [[0, 37]], "standing": "named"}],
        "figures": [],
        "times": [{"start": 31, "end": 37, "value": "2026-01-09"}],
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_gold_reading_refers_to_its_actors_and_uses_the_readings_words(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    assert "text" not in gold
    assert {name for name in references(gold) if name is not None} <= set(gold["actors"])
    assert {actor["kind"] for actor in gold["actors"].values()} <= set(get_args(Kind))
    assert {name for event in gold["events"] for name in event["types"]} <= set(get_args(EventType))
    assert {name for event in gold["events"] for name in event["statuses"]} <= set(get_args(Status))
    assert {statement["mode"] for statement in gold["statements"]} <= set(get_args(StatementMode))
    assert {statement["standing"] for statement in gold["statements"]} <= set(get_args(Standing))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_spans_lie_in_the_text(path: Path) -> None:
    report = next(report for report in gold_readings.load(path.parent.name) if report.name == path.stem)
    if report.gold is None:
        pytest.skip(report.missing or "")
    length = len(report.gold["text"])
    assert [span for span in spans(report.gold) if not 0 <= span[0] < span[1] <= length] == []


def test_no_report_stands_in_both_halves() -> None:
    texts = [json.loads(path.read_text("utf-8"))["sha256"] for path in FILES]
    assert len(set(texts)) == len(texts)


def test_a_report_without_its_text_is_left_out_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = {**made_up("n1"), "sha256": "0" * 64}
    del gold["text"]
    (tmp_path / "tuning").mkdir()
    (tmp_path / "tuning" / "sailors.json").write_text(json.dumps(gold), "utf-8")
    monkeypatch.setattr(gold_readings, "GOLD", tmp_path)
    [absent] = gold_readings.load("tuning", tmp_path)
    assert absent.gold is None and "n1 in cases/made_up.jsonl is not there" in (absent.missing or "")
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "made_up.jsonl").write_text(json.dumps({"id": "n1", "text": "Another text."}) + "\n", "utf-8")
    [different] = gold_readings.load("tuning", tmp_path)
    assert different.gold is None and "not to be compared" in (different.missing or "")


@scored
def test_a_right_reading_scores_full_and_an_optional_event_neither_helps_nor_harms() -> None:
    gold = made_up("n1")
    scores = gold_readings.score(gold_readings.counting_scorer(), gold, reading_of(gold, "RETREAT", "AID"))
    numbers = scores.numbers()
    assert scores.counts["events"] == scores.counts["full"] == (1, 1, 1)
    assert {numbers[name] for name in ("status", "initiators", "time", "claimant", "statements_full", "times")} == {1.0}
    assert "recipients" not in numbers and numbers["figures"] == 0


@scored
def test_shares_are_of_the_events_found() -> None:
    gold = made_up("n1")
    scorer = gold_readings.counting_scorer()
    planned = gold_readings.score(scorer, gold, reading_of(gold, "RETREAT", status="planned"))
    missed = gold_readings.score(scorer, gold, reading_of(gold, "COERCE"))
    both = gold_readings.pooled([planned, missed])
    assert both.counts["events"] == (1, 2, 2) and both.counts["full"] == (0, 2, 2)
    assert both.shares["status"] == (0, 1) and both.shares["initiators"] == (1, 1)
    assert both.numbers()["precision"] == both.numbers()["recall"] == both.numbers()["events"] == 0.5


@scored
def test_the_lines_name_what_was_missed_made_up_and_wrong() -> None:
    gold = made_up("n1")
    scorer = gold_readings.counting_scorer()
    wrong = list(gold_readings.lines(scorer, gold, reading_of(gold, "RETREAT", "AID", status="planned")))
    assert wrong == [
        "wrong  event      RETREAT  Ruritania [freed]  status planned, not occurred",
        "missed figure     2..2 person  Ruritania freed [two sailors]",
    ]
    other = list(gold_readings.lines(scorer, gold, reading_of(gold, "COERCE")))
    assert "missed event      RETREAT occurred  Ruritania [freed]" in other
    assert "false  event      COERCE occurred  Ruritania [freed]" in other


def test_the_unseen_half_shows_no_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["gold_readings", "unseen", "--verbose"])
    with pytest.raises(SystemExit):
        gold_readings.main()
    assert "numbers only" in capsys.readouterr().err


def test_the_table_has_a_line_for_each_report_and_one_for_all() -> None:
    scores = Scores({"events": (1, 2, 4)}, {"status": (1, 1), "time": (0, 0)})
    rows = list(gold_readings.table({"sailors": scores}))
    assert [row.split()[0] for row in rows[1:3]] == ["sailors", "all"]
    assert rows[1].split()[1:6] == ["50.0", "25.0", "33.3", "100.0", "-"]


def test_a_report_says_why_it_is_missing() -> None:
    assert GoldReport("sailors", None, "why").missing == "why"
