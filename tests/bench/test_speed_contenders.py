"""Processes that are measured by turns: what they answer is kept, and one that ends tells why."""

from __future__ import annotations

import sys

import pytest

from bench.speed.contenders import BenchError, Contender, cold, once, start_all
from bench.speed.pages import page
from bench.speed.tables import tables
from dragoman.text.html import article

ANSWERS = """
import json, sys
share = sys.argv[sys.argv.index("--share") + 1] if "--share" in sys.argv else "1/1"
print("a word of some library")
print(json.dumps({"ready": True}), flush=True)
for _ in sys.stdin:
    print(json.dumps({"stage": [2.0 if share == "1/2" else 3.0, 1.5], "peak_mb": 10}), flush=True)
"""


def test_of_two_processes_the_slowest_clock_counts_and_the_sum_of_the_processor_time() -> None:
    two = Contender("two", [sys.executable, "-c", ANSWERS], 100, cores=2, processes=2)
    started, missing = start_all([two])
    two.round()
    two.round()
    two.stop()
    assert (started, missing) == ([two], {})
    assert two.taken == {"stage": [(3.0, 3.0), (3.0, 3.0)]}, "the first round warms up and does not count"
    assert two.peak_mb == 20


def test_one_that_ends_is_named_with_its_last_words_and_the_others_go_on() -> None:
    bad = Contender("bad", [sys.executable, "-c", "raise SystemExit('there is no such library')"], 100)
    good = Contender("good", [sys.executable, "-c", ANSWERS], 100)
    nowhere = Contender("nowhere", ["/no/such/python"], 100)
    started, missing = start_all([bad, good, nowhere])
    good.stop()
    assert started == [good]
    assert missing["bad"] == "bad ended: there is no such library"
    assert "No such file" in missing["nowhere"]


def test_a_whole_command_is_timed_with_its_memory() -> None:
    told = once([sys.executable, "-S", "-c", "bytearray(60_000_000); sum(range(300_000))"])
    assert 0 < told["cpu"] < 5
    assert 55 < told["peak_mb"] < 150


def test_a_command_that_fails_is_left_out_with_the_reason() -> None:
    with pytest.raises(BenchError, match="no luck"):
        once([sys.executable, "-S", "-c", "import sys; sys.exit('no luck')"])
    found, missing = cold({"good": [sys.executable, "-S", "-c", ""], "bad": [sys.executable, "-S", "-c", "1/0"]}, 2)
    assert len(found["good"]) == 2
    assert "ZeroDivisionError" in missing["bad"]


def test_the_report_comes_back_out_of_the_page_around_it() -> None:
    text = "\n\n".join(
        f"The council of town {n} met on Friday and put off its vote on the new harbour until next spring." for n in range(6)
    )
    found = article(page({"title": "Vote put off", "published": "2021-04-12", "text": text}))
    assert found is not None
    assert found.text.split() == ["Vote", "put", "off", *text.split()]
    assert (found.published, found.publisher) == ("2021-04-12", "The Daily Example")


def test_a_run_without_the_others_says_so() -> None:
    noted = dict.fromkeys(("day", "processor", "cores", "memory_gb", "system", "python", "made_by", "revision", "load"), 1)
    missing = {"spaCy": "no environment was named with --others"}
    nothing = {"rounds": 1, "reports": 1, "rates": [], "starts": [], "not_measured": missing}
    told = tables({"machine": {**noted, "libraries": {}}, **nothing})
    assert f"| spaCy, tokenizer to names | not measured: {missing['spaCy']} | the whole reading | not measured | | |" in told
    assert "| times | | not measured | | |" in told
