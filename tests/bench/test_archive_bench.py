"""The reports of the archive bench, and what follows from samples of a run."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench import many_reports
from bench.archive import Sample, summary, tenths, thinned
from bench.many_reports import many, shortened, write

ROWS = [
    {
        "id": "a",
        "published": "1997-04-06",
        "title": "Osvald meets Klemens",
        "text": "Osvald met Klemens in France on Monday. It was 1996 all over.",
    },
    {"id": "b", "published": "1997-04-07", "title": "Rain", "text": "The minister said that rain fell. He met Klemens in April."},
]


def test_each_time_round_has_other_names_and_days_and_the_same_states() -> None:
    made = list(many(ROWS, 40))
    assert len({row["id"] for row in made}) == 40
    assert [row["published"] for row in made] == sorted(row["published"] for row in made)
    assert made[0]["text"].startswith("Osvald met Klemens in France on Monday.")
    exchanged = {row["text"].split(" met ")[0] for row in made[::2]}
    assert exchanged == {"Osvald"}, "a name is exchanged for one of the same length, and there is no other of six letters here"
    assert all("in France on Monday" in row["text"] for row in made[::2])
    assert "It was 2009 all over." in made[0]["text"], "the years of the text move with the day of publication"


def test_names_of_one_length_change_places() -> None:
    rows = [{**ROWS[0], "text": "Osvald met Ulrike. Gudrun was there, and Klemens too."}]
    told = {row["text"] for row in many(rows, 12)}
    assert len(told) > 3
    assert all(set(text.replace(".", "").replace(",", "").split()) >= {"Osvald", "Ulrike", "Gudrun", "Klemens"} for text in told)


def test_a_report_is_cut_to_whole_sentences_where_one_fits() -> None:
    text = "Two were freed. Three more will follow on Friday. The rest stays."
    assert shortened(text, None) == text
    assert shortened(text, 9) == "Two were freed. Three more will follow on Friday."
    assert shortened(text, 5) == "Two were freed."
    assert shortened(text, 2) == "Two were"


def test_the_same_reports_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_reports, "wire_rows", lambda: ROWS)
    words = [write(tmp_path / name, 5, 4) for name in ("one.jsonl.gz", "two.jsonl.gz")]
    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "two.jsonl.gz").read_bytes()
    lines = [json.loads(line) for line in gzip.decompress((tmp_path / "one.jsonl.gz").read_bytes()).splitlines()]
    assert words[0] == sum(len(line["text"].split()) for line in lines) == 20
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.jsonl.gz", "two.jsonl.gz"]


def samples() -> list[Sample]:
    """A hundred reports of ten words in two calls, ten reports a second at first and nine at the end, when the machine has other work."""
    found, cpu = [Sample(1, 0, 2.0, 200, 210, 0, 0)], 2.0
    for done in range(10, 101, 10):
        cpu += 1.0 if done <= 50 else 1 / 0.9
        if done == 60:
            found.append(Sample(2, 0, 5.0, 150, 210, 50, 500))
            cpu = 5.0 + 1 / 0.9
        found.append(Sample(2 if done > 50 else 1, cpu, cpu, 200 + done, 310, done, done * 10, 1000 if done <= 50 else 900))
    return found


def test_the_rate_of_each_tenth_is_told_without_the_start_of_a_call() -> None:
    parts = tenths(samples(), 100)
    assert [part["tenth"] for part in parts] == list(range(1, 11))
    assert parts[0]["words_per_cpu_second"] == pytest.approx(100)
    assert parts[9]["words_per_cpu_second"] == pytest.approx(90)
    told = summary(samples(), 100)
    assert told["last_to_first_cpu"] == pytest.approx(0.9, abs=1e-3)
    assert told["last_to_first_against_yardstick"] == pytest.approx(1, abs=1e-3), "the yardstick was read as much slower"
    assert (told["calls"], told["resident_mb_most"], told["reports_done"]) == (2, 300, 100)


def test_a_run_that_is_under_way_has_the_tenths_that_are_done() -> None:
    assert [part["tenth"] for part in tenths(samples()[:5], 100)] == [1, 2, 3, 4]


def test_thinning_keeps_the_highest() -> None:
    assert len(thinned(samples(), 4)) == 4
    assert max(one.resident_mb for one in thinned(samples(), 4)) == 300
