"""The API: its answers are the command line's, follow the description that it publishes, and say what is wrong as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.faces.cli.main import main
from dragoman.faces.web.api.openapi import document, table
from dragoman.faces.web.api.question import BASE
from dragoman.faces.web.api.routes import QUESTIONS
from tests.case.following import NOON

Browse = Callable[[Path], TestClient]
ROOT = Path(__file__).parents[3]
CUBA = ROOT / "examples" / "cuba_1962" / "case.jsonl"


def get(pages: TestClient, path: str, **given: object) -> Any:
    return pages.get(BASE + path, params={name: str(value) for name, value in given.items()})


# --- true to its description


@pytest.fixture(scope="module")
def cuba(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as the model reads it."""
    place = tmp_path_factory.mktemp("api") / "cuba.case"
    assert main(["add", str(place), str(CUBA)]) == 0
    return place


def addresses(place: Path) -> Iterator[tuple[str, str]]:
    """Each path of the description with addresses that it answers."""
    with Case.open(place) as case:
        found = {
            "/show/{item}": [
                case.timeline()[0].event.id, case.actors()[0].id, case.threads()[0].id, case.disputes()[0].id, case.commitments()[0].id,
                case.figures()[0].id, case.reports()[0].id, case.selected().links[0].id,
            ],
            "/reports/{item}": [row.id for row in case.reports()],
        }  # fmt: skip
        day = case.reports()[len(case.reports()) // 2].published
    fixed = {"/search": "q=the", "/changes": f"since={day}", "/network": "by=week"}
    for question in QUESTIONS:
        if "{item}" in question.path:
            yield from ((question.path, question.path.replace("{item}", item)) for item in found.get(question.path, ()))
            continue
        asked = f"{question.path}?{fixed.get(question.path, '')}"
        yield question.path, asked
        if any(one.name == "as_of" for one in question.parameters):
            yield question.path, f"{asked}&as_of={day}"


def check_all(pages: TestClient, place: Path) -> None:
    told = pages.get(f"{BASE}/openapi.json").json()
    asked = 0
    for path, address in addresses(place):
        answer = pages.get(BASE + address)
        assert answer.status_code == 200, (address, answer.text)
        schema = told["paths"][BASE + path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        faults = [fault.message for fault in Draft202012Validator({**schema, "components": told["components"]}).iter_errors(answer.json())]
        assert not faults, (address, faults[:3])
        asked += 1
    assert asked >= 2 * (len(QUESTIONS) - 4) + 8


def test_every_answer_over_the_example_is_as_described(browse: Browse, cuba: Path) -> None:
    check_all(browse(cuba), cuba)


def test_decisions_are_as_described(browse: Browse, make: Callable[..., Path], readings: list[Any]) -> None:
    place = make(readings)
    with Case.open(place) as case:
        case.judge("Ada Holm").rename(case.actors()[0].id, "Another Name", "a test", NOON)
        case.settle()
    pages = browse(place)
    check_all(pages, place)
    assert get(pages, "/log").json()["decisions"][0]["by"] == "Ada Holm"
    assert get(pages, "/log", by="Nobody").json()["decisions"] == []


def test_the_description_is_whole() -> None:
    told = document()
    assert told["openapi"] == "3.1.0"
    text = json.dumps(told)
    for part in text.split('"$ref": "#/components/')[1:]:
        kind, name = part.split('"')[0].split("/")
        assert name in told["components"][kind]
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    names = [operation["operationId"] for way in told["paths"].values() for operation in way.values()]
    assert len(set(names)) == len(names) == len(QUESTIONS) + 1
    assert [path for path, way in told["paths"].items() if "post" in way] == [f"{BASE}/decisions"]


def test_the_reference_page_has_the_table() -> None:
    page = (ROOT / "docs" / "reference" / "api.md").read_text("utf-8")
    assert table() in page, "put dragoman.faces.web.api.openapi.table() into docs/reference/api.md"


# --- the same as the command line


@pytest.mark.parametrize("given", [{}, {"as_of": "2026-01-12"}, {"since": "2026-01-11", "type": "ASSAULT"}])
@pytest.mark.parametrize("command", ["timeline", "threads", "actors", "figures", "disputes", "promises", "network"])
def test_a_listing(
    pages: TestClient, case_file: Path, capsysbinary: pytest.CaptureFixture[bytes], command: str, given: dict[str, str]
) -> None:
    options = [part for name, value in given.items() for part in (f"--{name.replace('_', '-')}", value)]
    assert main([command, str(case_file), "--limit", "0", *options, "--format", "json"]) == 0
    paging = {} if command == "network" else {"limit": 0}
    assert get(pages, f"/{command}", **given, **paging).content == capsysbinary.readouterr().out


def test_one_item_a_search_changes_and_the_log(pages: TestClient, case_file: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    same = {
        "/show/E1": ["show", "E1"], "/search?q=harbour+OR+sailors&limit=20": ["search", "harbour OR sailors"],
        "/changes?since=2026-01-12": ["changes", "--since", "2026-01-12"], "/log": ["log"],
    }  # fmt: skip
    for address, (command, *more) in same.items():
        assert main([command, str(case_file), *more, "--format", "json"]) == 0
        assert pages.get(BASE + address).content == capsysbinary.readouterr().out


# --- parts, tags, what is wrong


def test_the_parts_make_the_whole(pages: TestClient) -> None:
    for path, name in (("/timeline", "events"), ("/actors", "actors"), ("/reports", "reports"), ("/promises", "commitments")):
        whole = get(pages, path, limit=0)
        found, answer = [], get(pages, path, limit=2)
        found += answer.json()[name]
        while "next" in answer.links:
            answer = pages.get(answer.links["next"]["url"])
            found += answer.json()[name]
        every = [item["id"] for item in whole.json()[name]]
        assert sorted(item["id"] for item in found) == sorted(every)
        assert name == "events" or found == whole.json()[name]  # of events that begin on one day, a part may show another first
        assert int(answer.headers["x-total-count"]) == len(found) > 2


def test_what_is_known_is_not_sent_again(browse: Browse, make: Callable[..., Path], readings: list[Any]) -> None:
    place = make(readings)
    pages = browse(place)
    tag = get(pages, "/threads").headers["etag"]
    again = pages.get(f"{BASE}/threads", headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert get(pages, "/threads", as_of="2026-01-12").headers["etag"] != tag
    with Case.open(place) as case:
        case.judge("Ada Holm").rename(case.threads()[0].id, "Another title", "", NOON)
        case.settle()
    assert pages.get(f"{BASE}/threads", headers={"if-none-match": tag}).status_code == 200


def test_head_has_the_headers_alone(pages: TestClient) -> None:
    answer = pages.head(f"{BASE}/timeline")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == get(pages, "/timeline").headers["etag"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("/nowhere", 404, "no such page"), ("/show/E99999", 404, "E99999"), ("/show/%3Cscript%3E", 404, "script"),
        ("/reports/zz", 404, "hexadecimal"), ("/threads?colour=red", 400, "colour"), ("/threads?limit=-1", 400, "limit"),
        ("/threads?limit=99999", 400, "limit"), ("/timeline?as_of=soon", 400, "soon"), ("/timeline?type=WAR", 400, "ASSAULT"),
        ("/search", 400, "q="), ("/changes", 400, "since"), ("/network?by=year", 400, "month"), ("/log?state=lost", 400, "undone"),
        ("/timeline?actor=Nobody+At+All", 404, "Nobody At All"), ("/timeline?actor=", 400, "empty"), ("/search?q=(", 400, ""),
        ("/threads?as_of=2026-01-12&as_of=x", 400, "twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_as_json(pages: TestClient, address: str, status: int, word: str) -> None:
    answer = pages.get(BASE + address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told = answer.json()
    Draft202012Validator(document()["components"]["schemas"]["Problem"]).validate(told)
    assert told["status"] == status and word in told["detail"] and told["remedy"]


def test_the_gate_speaks_json_here(pages: TestClient) -> None:
    assert pages.get(f"{BASE}/threads", headers={"host": "evil.example"}).json()["status"] == 400
    assert pages.post(f"{BASE}/threads").json()["status"] == 405


def test_a_case_that_is_gone(browse: Browse, tmp_path: Path) -> None:
    answer = get(browse(tmp_path / "none.case"), "/threads")
    assert (answer.status_code, answer.json()["status"], answer.headers["retry-after"]) == (503, 503, "5")
