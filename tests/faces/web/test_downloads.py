"""What can be downloaded from a page is, byte for byte, what the command line writes for the same question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.faces.cli.main import main

Output = pytest.CaptureFixture[bytes]

SAME = [
    ("/chronology", ["timeline", "--limit", "0"]),
    ("/threads", ["threads"]),
    ("/actors", ["actors", "--limit", "0"]),
    ("/figures", ["figures"]),
    ("/disputes", ["disputes"]),
    ("/promises", ["promises"]),
    ("/network", ["network", "--limit", "0"]),
]


def written(capsysbinary: Output, case: Path, command: str, *options: str) -> bytes:
    capsysbinary.readouterr()
    assert main([command, str(case), *options]) == 0
    return capsysbinary.readouterr().out


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize("filters", [{}, {"as_of": "2026-01-12"}, {"since": "2026-01-11", "type": "ASSAULT"}, {"status": "promised"}])
@pytest.mark.parametrize(("path", "command"), SAME)
def test_a_listing(
    pages: TestClient, case_file: Path, capsysbinary: Output, path: str, command: list[str], filters: dict[str, str], form: str
) -> None:
    options = [part for name, value in filters.items() for part in (f"--{name.replace('_', '-')}", value)]
    answer = pages.get(f"{path}.{form}", params=filters)
    assert answer.content == written(capsysbinary, case_file, command[0], *command[1:], *options, "--format", form)
    assert answer.headers["content-disposition"].startswith('attachment; filename="')


@pytest.mark.parametrize("form", ["csv", "json"])
def test_items_searches_and_the_log(pages: TestClient, case_file: Path, capsysbinary: Output, form: str) -> None:
    with Case.open(case_file) as case:
        items = {
            "events": case.timeline()[0].event.id, "actors": case.actors()[0].id, "threads": case.threads()[0].id,
            "disputes": case.disputes()[0].id, "promises": case.commitments()[0].id, "figures": case.figures()[0].id,
        }  # fmt: skip
    for path, item in items.items():
        assert pages.get(f"/{path}/{item}.{form}").content == written(capsysbinary, case_file, "show", item, "--format", form)
    found = pages.get(f"/search.{form}", params={"q": "harbour OR sailors"})
    assert found.content == written(capsysbinary, case_file, "search", "harbour OR sailors", "--limit", "10000", "--format", form)
    assert pages.get(f"/log.{form}").content == written(capsysbinary, case_file, "log", "--format", form)


def test_the_page_links_to_the_same_filters(pages: TestClient) -> None:
    assert "/disputes.csv?as_of=2026-01-12" in pages.get("/disputes?as_of=2026-01-12").text


def test_a_reading_can_be_had_whole(pages: TestClient, case_file: Path) -> None:
    with Case.open(case_file) as case:
        row = case.reports()[0]
        kept = case.store.reading_json(row.id)
    assert pages.get(f"/reports/{row.id}.json").json() == json.loads(kept or "")
    lines = pages.get(f"/reports/{row.id}.csv").text.splitlines()
    assert lines[0] == "kind,id,item,start,end,words"
    assert any(line.startswith("event,e2,E") for line in lines)


def test_a_search_for_nothing_is_no_file(pages: TestClient) -> None:
    assert pages.get("/search.csv").status_code == 400
