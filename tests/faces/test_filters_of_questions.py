"""Every question takes every filter, and none gives more for it than without; what passes is what was asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dragoman.faces.cli.main import main
from tests.case.leaving import eventful_case

Output = pytest.CaptureFixture[str]
QUESTIONS = {
    "timeline": "events", "threads": "threads", "actors": "actors", "figures": "figures", "disputes": "disputes", "promises": "commitments",
    "search": "hits", "network": "edges", "changes": "events", "export": "events",
}  # fmt: skip
FILTERS = {
    "--as-of": "2026-03-02", "--since": "2026-03-12", "--actor": "port union", "--thread": "T1", "--type": "assault",
    "--status": "promised",
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = tmp_path_factory.mktemp("filters") / "port.case"
    eventful_case(found).close()
    return str(found)


def asked(question: str, place: str, capsys: Output, *options: str) -> list[dict[str, Any]]:
    words = {"search": ["port OR mole"], "changes": ["--by", "Bo"]}.get(question, [])
    since = ["--since", "2026-03-01"] if question == "changes" and "--since" not in options else []
    assert main([question, place, *words, *since, *options, "--format", "json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)[QUESTIONS[question]]
    return found


def name_of(item: dict[str, Any]) -> Any:
    return item.get("id") or item.get("report", {}).get("id") or (item["source"], item["target"], item["kind"], item["sign"])


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_filter_narrows(question: str, place: str, capsys: Output) -> None:
    everything = {name_of(item) for item in asked(question, place, capsys)}
    passing = {option: {name_of(item) for item in asked(question, place, capsys, option, value)} for option, value in FILTERS.items()}
    assert all(found <= everything for found in passing.values())
    if question not in ("figures", "disputes", "threads"):  # the case has none, or one that all pass
        assert everything and any(found < everything for found in passing.values())


def test_what_passes_was_asked_for(place: str, capsys: Output) -> None:
    assert {e["type"] for e in asked("timeline", place, capsys, "--type", "ASSAULT")} == {"ASSAULT"}
    assert {e["status"] for e in asked("export", place, capsys, "--status", "promised")} == {"promised"}
    assert {a["name"] for a in asked("actors", place, capsys, "--actor", "port union")} == {"Port Union"}
    assert {e["kind"] for e in asked("network", place, capsys, "--status", "promised")} == {"promise"}
    assert [c["kind"] for c in asked("promises", place, capsys, "--status", "threatened")] == ["threat"]
    assert {h["report"]["published"] for h in asked("search", place, capsys, "--since", "2026-03-12")} == {"2026-03-12"}


def test_the_library_answers_as_the_command_line_does(place: str, capsys: Output) -> None:
    from dragoman import Case, Filters

    with Case.open(place) as case:
        filters = Filters(since="2026-03-12", status="promised")
        typed = ("--since", "2026-03-12", "--status", "promised")
        methods = {
            "timeline": [t.event.id for t in case.timeline(filters)], "threads": [t.id for t in case.threads(filters)],
            "actors": [a.id for a in case.actors(filters)], "promises": [c.id for c in case.commitments(filters)],
            "changes": [t.event.id for t in case.changes(filters).events],
        }  # fmt: skip
        for question, ids in methods.items():
            assert [item["id"] for item in asked(question, place, capsys, *typed)] == ids
        assert [e.source for e in case.network(filters).edges] == [e["source"] for e in asked("network", place, capsys, *typed)]
