"""What a form sends: checked before anything is done, done once, in the name of the visitor, and never shown to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.case.case import Case, now
from dragoman.errors import QueryError, StoreError
from dragoman.faces.web import app
from dragoman.faces.web.access import audit
from dragoman.faces.web.access.entrance import Entrance
from dragoman.faces.web.access.house import case_key, the_house
from dragoman.faces.web.page import Deed, Done, Sent
from dragoman.faces.web.problems import Refused
from dragoman.reading.entries import Reading
from tests.faces.web.people import NAMES, bearer, sign_in, token_on

Make = Callable[[Iterable[Reading]], Path]
DONE: list[Sent] = []
FORM = {"content-type": "application/x-www-form-urlencoded"}


def rename(case: Case, sent: Sent) -> Done:
    """Gives an actor another name, by which the tests see whether it was done."""
    DONE.append(sent)
    try:
        decision = case.judge(sent.visitor.name).rename(sent.item, sent.form["name"], sent.form.get("why", ""), now())
    except KeyError:
        raise Refused(400, "Nothing is renamed", "name is missing.", "Give it.") from None
    case.settle()
    return Done(f"/actors/{sent.item}", {"decision": decision})


def fail(case: Case, sent: Sent) -> Done:
    """Is interrupted when it has begun."""
    DONE.append(sent)
    if sent.item == "query":
        raise QueryError("nothing of that name")
    raise StoreError(case.store.location, "the disk is full", "free some space")


@pytest.fixture
def place(make: Make, readings: list[Reading]) -> Path:
    """A case that a test may change."""
    return make(readings[:3])


@pytest.fixture
def team(place: Path, settled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The workspace of a team, in which actors can be renamed by editors."""
    monkeypatch.setattr(app, "DEEDS", (Deed("/test/rename/{item}", "editor", rename), Deed("/test/fail/{item}", "reader", fail)))
    DONE.clear()
    with the_house().writing() as database:
        for table in ("sessions", "attempts", "audit"):
            database.execute(f"DELETE FROM {table}")
    with TestClient(app.application(str(place)), base_url="http://localhost", follow_redirects=False) as client:
        yield client


def form(client: TestClient, **fields: str) -> dict[str, str]:
    """Fields with the token of the visitor's forms."""
    return {"token": token_on(client.get("/account").text), **fields}


def test_a_decision_is_made_in_the_name_of_the_visitor_and_written_down(team: TestClient, place: Path) -> None:
    sign_in(team, NAMES["editor"])
    answer = team.post("/test/rename/A1", data=form(team, name="Harbour Guard", why="so it is called", more=""))
    assert (answer.status_code, answer.headers["location"]) == (303, "/actors/A1")
    assert "Harbour Guard" in team.get("/actors/A1").text
    with Case.open(place) as case:
        (kept,) = case.judge("").log()
        assert (kept.decision.by, kept.decision.why, kept.decision.target) == (NAMES["editor"], "so it is called", "A1")
    note = audit.notes(the_house(), ["decision"])[0][0]
    assert (note.name, note.about, note.case_key) == (NAMES["editor"], "/test/rename/A1", case_key(str(place)))
    assert DONE[0].form == {"name": "Harbour Guard", "why": "so it is called", "more": ""}  # without the token


def test_a_script_is_told_in_json(team: TestClient) -> None:
    sign_in(team, NAMES["editor"])
    fields = form(team, name="Harbour Guard")
    headers = {"Accept": "application/json", "X-Dragoman-Token": fields.pop("token")}
    answer = team.post("/test/rename/A1", data=fields, headers=headers)
    assert answer.status_code == 200 and answer.json() == {"decision": "J1"}
    for wrong, status in ((fields | {"name": " "}, 400), ({}, 400)):
        answer = team.post("/test/rename/A1", data=wrong, headers={**headers, **FORM})
        assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert team.post("/test/rename/A1", data=fields, headers={**headers, "X-Dragoman-Token": "x"}).json()["status"] == 403


def test_a_program_needs_no_form(team: TestClient, settled: Path) -> None:
    headers = {**bearer(the_house(), NAMES["admin"], "edit"), "Accept": "application/json"}
    assert team.post("/test/rename/A1", data={"name": "Harbour Guard"}, headers=headers).json() == {"decision": "J1"}
    assert DONE[0].visitor.name == NAMES["admin"] and DONE[0].visitor.role == "editor"


@pytest.mark.parametrize("who", [NAMES["editor"], NAMES["reader"], ""])
def test_what_may_not_be_done_is_not_begun(team: TestClient, who: str) -> None:
    if who:
        sign_in(team, who)
    token = token_on(team.get("/account").text) if who else ""
    wrong = {"token": token[:-1] + "_"} if who == NAMES["editor"] else {"token": token}
    answer = team.post("/test/rename/A1", data={**wrong, "name": "Harbour Guard"})
    assert answer.status_code == (403 if who else 401)
    assert DONE == []


def test_the_token_of_another_session_is_none(team: TestClient, place: Path) -> None:
    sign_in(team, NAMES["editor"])
    fields = form(team, name="Harbour Guard")
    team.post("/sign-out", data={"token": fields["token"]})
    sign_in(team, NAMES["editor"])
    assert team.post("/test/rename/A1", data=fields).status_code == 403
    assert DONE == []


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:3000", "null", "https://localhost"])
def test_a_form_on_another_site_does_nothing(team: TestClient, origin: str) -> None:
    sign_in(team, NAMES["editor"])
    fields = form(team, name="Harbour Guard")
    assert team.post("/test/rename/A1", data=fields, headers={"Origin": origin}).status_code == 403
    assert DONE == []


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "application/json"}, b'{"name": "x"}', 415),
        ({"content-type": "text/plain"}, b"name=x", 415),
        ({}, b"name=x", 415),
        (FORM, b"name=" + b"x" * 65_536, 413),
        (FORM, b"name=%ff", 400),
        (FORM, b"&".join([b"a=b"] * 4001), 400),
    ],
)
def test_what_cannot_be_read_is_refused(team: TestClient, headers: dict[str, str], body: bytes, status: int) -> None:
    sign_in(team, NAMES["editor"])
    token = token_on(team.get("/account").text)
    assert team.post("/test/rename/A1", content=body, headers={**headers, "X-Dragoman-Token": token}).status_code == status
    assert DONE == []


def test_a_field_that_is_given_several_times(team: TestClient) -> None:
    sign_in(team, NAMES["editor"])
    token = token_on(team.get("/account").text)
    team.post("/test/rename/A1", content="pick=L1&pick=L3&name=Guard&pick=L2", headers={**FORM, "X-Dragoman-Token": token})
    assert DONE[0].every("pick") == ("L1", "L3", "L2") and DONE[0].form["pick"] == "L2"


def test_what_fails_is_not_done_twice(team: TestClient) -> None:
    sign_in(team, NAMES["reader"])
    team.get("/threads")
    answer = team.post("/test/fail/store", data=form(team))
    assert answer.status_code == 503 and "the disk is full" in answer.text
    assert len(DONE) == 1
    assert team.post("/test/fail/query", data=form(team)).status_code == 400
    assert audit.notes(the_house(), ["decision"])[1] == 0
    assert team.get("/threads").status_code == 200


def test_a_case_that_has_vanished_is_told_before_anything_is_done(team: TestClient, place: Path, tmp_path: Path) -> None:
    sign_in(team, NAMES["editor"])
    fields = form(team, name="Harbour Guard")
    place.rename(tmp_path / "away.case")
    assert team.post("/test/rename/A1", data=fields).status_code == 503
    assert DONE == []
    (tmp_path / "away.case").rename(place)
    assert team.post("/test/rename/A1", data=fields).status_code == 303


def test_a_page_is_never_shown_to_another_visitor(place: Path, settled: Path) -> None:
    workspace = app.application(str(place))
    pages: dict[str, str] = {}
    with TestClient(workspace, base_url="http://localhost", follow_redirects=False) as client:
        for name in NAMES.values():
            client.cookies.clear()
            sign_in(client, name)
            pages[name] = [client.get("/threads").text for _ in range(2)][-1]  # made, and then remembered
        client.cookies.clear()
        assert client.get("/threads").status_code == 303
    tokens = {name: token_on(page) for name, page in pages.items()}
    assert len(set(tokens.values())) == len(NAMES)
    for name, page in pages.items():
        others = [other for other in NAMES.values() if other != name]
        assert name in page and not any(other in page or tokens[other] in page for other in others)
        assert ("/audit" in page) is (name == NAMES["admin"])


def test_where_the_settings_know_nobody_nothing_is_decided(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "DEEDS", (Deed("/test/rename/{item}", "editor", rename),))
    monkeypatch.setenv("DRAGOMAN_HOUSE", str(tmp_path / "none.db"))
    DONE.clear()
    for author, status in (("", 403), ("Ada Holm", 303)):
        entrance = Entrance(author=author)
        with TestClient(app.application(str(place), entrance), base_url="http://localhost", follow_redirects=False) as client:
            answer = client.post("/test/rename/A1", data={"token": entrance.form_token("local"), "name": "Harbour Guard"})
            assert answer.status_code == status
            assert ("DRAGOMAN_AUTHOR" in answer.text) is (status == 403)
    assert [sent.visitor.name for sent in DONE] == ["Ada Holm"]
    assert not (tmp_path / "none.db").exists()
