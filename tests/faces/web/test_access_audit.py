"""The audit page: what happened, by whom and from where, for admins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.faces.web.access import audit
from dragoman.faces.web.access.house import the_house
from dragoman.faces.web.app import application
from tests.faces.web.markup import seen
from tests.faces.web.people import NAMES, bearer, sign_in


@pytest.fixture
def team(case_file: Path, settled: Path) -> Iterator[TestClient]:
    """The workspace of a team in which nothing has happened yet."""
    with the_house().writing() as database:
        for table in ("sessions", "attempts", "audit"):
            database.execute(f"DELETE FROM {table}")
    with TestClient(application(str(case_file)), base_url="http://localhost", follow_redirects=False) as client:
        yield client


def test_it_tells_who_came_in_and_who_was_turned_away(team: TestClient) -> None:
    sign_in(team, NAMES["admin"], "not the password")
    sign_in(team, "Nobody Here", "not the password")
    sign_in(team, NAMES["reader"])
    assert team.get("/audit").status_code == 403
    team.get("/api/1/threads", headers={"Authorization": "Bearer dragoman_nothing"})
    assert team.get("/audit", headers=bearer(the_house(), NAMES["reader"], "admin")).status_code == 403
    team.cookies.clear()
    sign_in(team, NAMES["admin"])
    rows = list(csv.DictReader(io.StringIO(team.get("/audit.csv").text)))
    assert [(row["kind"], row["name"], row["about"]) for row in rows] == [
        ("signed in", NAMES["admin"], ""),
        ("refused", "", "a token that opens nothing"),
        ("refused", NAMES["reader"], "GET /audit"),
        ("signed in", NAMES["reader"], ""),
        ("wrong password", "", "no such account"),
        ("wrong password", NAMES["admin"], ""),
    ]
    assert {row["address"] for row in rows} == {"testclient"}
    assert [row["times"] for row in rows] == ["1", "1", "2", "1", "1", "1"]
    assert team.get("/audit.json").json()["audit"][0]["name"] == NAMES["admin"]
    page = seen(team.get("/audit").text)
    assert "6 lines" in "".join(page.text) and "2 times until" in "".join(page.text)


def test_it_is_narrowed_by_kind_and_name_and_turned(team: TestClient) -> None:
    sign_in(team, NAMES["admin"])
    for number in range(250):
        audit.note(the_house(), "decision", NAMES["editor"], "192.0.2.1", f"/review/L{number}/accept", "/a.case")
    text = "".join(seen(team.get("/audit?kind=decision").text).text)
    assert "250 lines" in text and "/review/L249/accept" in text and "/review/L149/accept" not in text and "signed in" in text
    text = "".join(seen(team.get(f"/audit?kind=decision&name={NAMES['editor']}&from=200").text).text)
    assert "/review/L49/accept" in text and "/review/L0/accept" in text and "201–250 of 250 lines" in text
    assert "Nothing of this is written down yet" in team.get(f"/audit?kind=decision&name={NAMES['reader']}").text
    assert len(team.get("/audit.json?kind=decision").json()["audit"]) == 250
    for wrong in ("kind=weather", "from=x", "colour=red"):
        assert team.get(f"/audit?{wrong}").status_code == 400


def test_it_shows_what_happened_since_it_was_shown(team: TestClient) -> None:
    """The case has not changed meanwhile, so that a page that is kept would be shown again."""
    sign_in(team, NAMES["admin"])
    assert "account" in team.get("/audit").text
    audit.note(the_house(), "account", "Ada", "command line", "added Vera Holm as reader")
    assert "added Vera Holm as reader" in team.get("/audit").text
