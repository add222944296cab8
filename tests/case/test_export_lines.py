"""A case leaves as lines and comes back the same, from and to each database; a part of one becomes a case of its own."""

from __future__ import annotations

import io
import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.case.store.migrations import STEPS
from dragoman.case.store.opening import open_store
from tests.case.following import NOON, loaded, read
from tests.case.leaving import ODD, eventful_case
from tests.case.store.postgres_server import PostgresServer

Place = Callable[[str], str]


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Gives new places where there is no case: "sqlite" or "postgresql"."""

    def made(kind: str) -> str:
        if kind == "sqlite":
            return str(tmp_path / f"{len(list(tmp_path.iterdir()))}.case")
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.new_database()

    return made


def exported(case: Case, filters: Filters | None = None) -> str:
    return "".join(case.lines(filters or Filters()))


def imported(place: str, lines: str) -> Case:
    Case.import_lines(place, io.BytesIO(lines.encode()))
    return Case.open(place, by="dragoman 9.9")


def answers(case: Case) -> dict[str, Any]:
    """What every question gives."""
    shown = [case.show(item["id"]) for kind in ("events", "actors", "threads") for item in case.contract()[kind]]
    return {
        "contract": case.contract(), "shown": shown, "log": case.judge("").log(), "search": case.search("port OR kora~"),
        "network": case.network(by="week"), "days": [case.contract(Filters(as_of=day)) for day in ("2026-03-02", "2026-03-09")],
    }  # fmt: skip


@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_the_same_case_comes_back(place: Place, source: str, target: str) -> None:
    with eventful_case(place(source)) as case:
        lines, told = exported(case), answers(case)
    with imported(place(target), lines) as again:
        assert exported(again) == lines
        assert answers(again) == told


def test_a_case_that_came_back_goes_on_as_the_first_would(tmp_path: Path) -> None:
    later = read("The Kora Guard shelled Tarvo again.", "2026-03-15", "Islander", ("Kora Guard", "shelled", "", "ASSAULT", "occurred"))
    with eventful_case(tmp_path / "a.case") as case, imported(str(tmp_path / "b.case"), exported(case)) as again:
        for one in (case, again):
            one.add(loaded(later.report), later, NOON)
            one.settle()
            (undone,) = [kept.decision.id for kept in one.judge("").log() if kept.decision.verb == "split"]
            one.judge("Bo").undo(undone, "", NOON)
            one.settle()
        assert exported(again) == exported(case)


def test_the_lines_hold_texts_bytes_readings_and_decisions(tmp_path: Path) -> None:
    with eventful_case(tmp_path / "a.case") as case:
        found = [json.loads(line) for line in case.lines()]
    kinds = Counter(line["line"] for line in found)
    assert (kinds["report"], kinds["reading"], kinds["decision"], found[-1]["lines"]) == (6, 7, 5, len(found) - 1)
    odd = next(line for line in found if line["line"] == "report" and line["text"] == ODD)
    assert odd["bytes"]["are"] == "base64"
    assert {"feed:https://news.example/"} < {line["key"] for line in found if line["line"] == "note"}
    undone = next(line for line in found if line["line"] == "decision" and line["undone"])
    assert (undone["by"], undone["why"], undone["verb"]) == ("Ada", "another attack", "different")
    assert [line["superseded"] for line in found if line["line"] == "link" and line["superseded"]] == ["2026-03-21T12:00:00Z"]


def test_no_line_can_drive_a_terminal(tmp_path: Path) -> None:
    with eventful_case(tmp_path / "a.case") as case:
        lines = exported(case)
    assert not {"\x1b", "\u202e", "\x00", "\x7f"} & set(lines)
    assert lines.encode().decode() == lines


@pytest.mark.parametrize(
    "filters",
    [Filters(as_of="2026-03-09"), Filters(since="2026-03-09"), Filters(type="ASSAULT"), Filters(status="promised"), Filters(actor="A1")],
    ids=str,
)
def test_a_part_is_what_the_filters_select_and_becomes_a_case(tmp_path: Path, filters: Filters) -> None:
    with eventful_case(tmp_path / "a.case") as case:
        lines, wanted = exported(case, filters), case.contract(filters)
        whole = len(case.reports())
    with imported(str(tmp_path / "b.case"), lines) as part:
        found = part.contract()
    assert [event["id"] for event in found["events"]] == [event["id"] for event in wanted["events"]] != []
    claims = {(event["id"], claim["report"], claim["event"]) for event in wanted["events"] for claim in event["claims"]}
    assert {(event["id"], claim["report"], claim["event"]) for event in found["events"] for claim in event["claims"]} == claims
    assert {actor["id"] for actor in wanted["actors"]} <= {actor["id"] for actor in found["actors"]}
    assert {report["id"] for report in wanted["reports"]} <= {report["id"] for report in found["reports"]}
    assert len(found["reports"]) < whole


def test_every_table_of_the_schema_goes_along_or_is_made_anew(tmp_path: Path) -> None:
    """Whoever changes the schema has to say here where the new columns are in the lines."""
    known = {
        "meta": "note", "counters": "counter", "numbers": "number", "blobs": "report", "reports": "report", "texts": "report",
        "readings": "reading", "items": "item", "entries": "entry", "roles": "entry", "keys": "item", "links": "link",
        "decisions": "decision", "names": "words",
        "text_keys": "made from signatures", "following": "worked out by settle",
    }  # fmt: skip
    columns = {
        "reports": {"number", "id", "published", "title", "publisher", "url", "source_id", "language", "added", "blob",
                    "signature", "same_text_as"},
        "readings": {"report", "number", "made_by", "made_at", "data"},
        "items": {"id", "kind", "number", "name", "folded", "type", "status", "parent", "day", "json"},
        "entries": {"report", "entry", "kind", "item", "type", "status", "begins", "ends", "name", "folded", "published", "json"},
        "links": {"number", "kind", "a_report", "a_entry", "b_report", "b_entry", "score", "why", "made_by",
                  "made_at", "judgement", "superseded"},
        "decisions": {"number", "verb", "target", "value", "why", "made_by", "made_at", "undone"},
    }  # fmt: skip
    open_store(tmp_path / "a.case", create=True).close()
    with sqlite3.connect(tmp_path / "a.case") as database:
        tables = {
            name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if not name.startswith("words")
        }
        assert tables == set(known), f"schema {len(STEPS)}"
        for table, expected in columns.items():
            assert {row[1] for row in database.execute(f"PRAGMA table_info({table})")} == expected
