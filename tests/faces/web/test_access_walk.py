"""Every address as each role, as nobody, and by a token of each scope: pages, files, the API, deeds, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route, compile_path
from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.faces.web import app
from dragoman.faces.web.access.house import House
from dragoman.faces.web.access.roles import ROLES, SCOPES, Role, Scope, allows, lesser
from dragoman.faces.web.api.question import BASE
from dragoman.faces.web.api.routes import QUESTIONS
from dragoman.faces.web.page import Deed, Done, Sent
from dragoman.faces.web.paths import path_of
from dragoman.faces.web.routes import DEEDS, WAYS
from tests.faces.web.markup import seen
from tests.faces.web.people import NAMES, bearer, sign_in, token_on

AWAY = (401, 403)
_LETTERS = {"/actors": "A1", "/threads": "T1", "/figures": "F1", "/disputes": "D1", "/promises": "C1", "/events": "E1", "/show": "E1"}


def _address(path: str) -> str:
    """An address of a path; whether the case has the item does not matter for who may ask."""
    return path.replace("{item}", _LETTERS.get(path.partition("/{")[0], "X1"))


SHOWN: list[tuple[str, Role]] = [
    *((_address(way.path), way.role) for way in WAYS),
    *(
        (("/threads" if way.path == "/" else _address(way.path)) + f".{form}", way.role)
        for way in WAYS
        if way.load
        for form in ("csv", "svg")
    ),
    *((_address(BASE + question.path), question.role) for question in QUESTIONS),
    (f"{BASE}/openapi.json", "reader"),
    ("/alerts/1.atom", "reader"),
    ("/nowhere", "reader"),
    (f"{BASE}/nowhere", "reader"),
]


def _did(deed: Deed) -> Deed:
    """The deed, which says that it was come to and does nothing else."""

    def do(_: Case, sent: Sent) -> Done:
        return Done("/log", {"did": deed.path, "by": sent.visitor.name})

    return replace(deed, do=do)


@pytest.fixture(scope="module")
def served(case_file: Path, settled: Path) -> Iterator[TestClient]:
    """The workspace of a team, whose deeds do nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "DEEDS", tuple(map(_did, DEEDS)))
        with TestClient(app.application(str(case_file)), base_url="http://localhost", follow_redirects=False) as client:
            yield client


@pytest.fixture
def team(served: TestClient) -> Iterator[TestClient]:
    """It, with nobody signed in."""
    served.cookies.clear()
    yield served
    served.cookies.clear()


def test_no_address_is_outside_the_lists(served: TestClient) -> None:
    """What this file walks is all that there is."""
    inner = served.app
    while not isinstance(inner, Starlette):
        inner = inner._app  # type: ignore[attr-defined]
    known = {way.path for way in WAYS} | {("/threads" if way.path == "/" else way.path) + ".{form}" for way in WAYS}
    known |= {deed.path for deed in DEEDS} | {BASE + question.path for question in QUESTIONS}
    known |= {f"{BASE}/openapi.json", "/sign-in", "/sign-out", "/alerts/{number}.atom", "/feeds/{key}/{number}.atom"}
    assert {route.path for route in inner.routes if isinstance(route, Route)} <= known
    assert [route.path for route in inner.routes if isinstance(route, Mount)] == ["/static"]
    assert len(inner.routes) == len([route for route in inner.routes if isinstance(route, Route)]) + 1
    posts = [route.path for route in inner.routes if isinstance(route, Route) and "POST" in (route.methods or ())]
    assert sorted(posts) == sorted(["/sign-in", "/sign-out", *(deed.path for deed in DEEDS)])


def test_nobody_sees_anything(team: TestClient) -> None:
    for address, _ in SHOWN:
        answer = team.get(address)
        if address.startswith("/api/"):
            assert answer.status_code == 401, address
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.headers["content-type"] == "application/problem+json"
        else:
            assert (answer.status_code, answer.content) == (303, b""), address
            assert answer.headers["location"].startswith("/sign-in")
        assert team.head(address).status_code in (303, 401)
    assert team.get("/feeds/guessed/1.atom").status_code == 404  # whose address is its own key
    assert "boarded" not in team.get("/sign-in").text and "story" not in team.get("/sign-in").text


def test_nobody_does_anything(team: TestClient) -> None:
    token = token_on(team.get("/sign-in").text)
    for deed in DEEDS:
        answer = team.post(_address(deed.path), data={"token": token})
        assert answer.status_code == 401, deed.path
    assert team.post("/sign-out", data={"token": token}).status_code == 401


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_what_it_may(team: TestClient, role: Role) -> None:
    assert sign_in(team, NAMES[role]).status_code == 303
    for address, needed in SHOWN:
        answer = team.get(address)
        assert (answer.status_code == 403) is not allows(role, needed), address
        assert answer.status_code != 401 and not answer.headers.get("location", "").startswith("/sign-in"), address
        if answer.status_code == 403:
            assert needed in answer.text and "boarded" not in answer.text


@pytest.mark.parametrize("role", ROLES)
def test_no_page_offers_what_its_visitor_may_not_do(team: TestClient, case_file: Path, role: Role) -> None:
    """And every form that is sent goes to a deed, and brings the token of its visitor."""
    sign_in(team, NAMES[role])
    with Case.open(case_file) as case:
        items = [case.actors()[0].id, case.threads()[0].id, case.timeline()[0].event.id, case.commitments()[0].id, case.figures()[0].id]
        pages = [path_of(item) for item in items] + [f"/reports/{case.reports()[0].id}", f"/review?at={items[2]}"]
    offered = set()
    for address in (*(way.path for way in WAYS if "{" not in way.path and allows(role, way.role)), *pages):
        page = team.get(address)
        assert page.status_code == 200, address
        forms = [one for one in seen(page.text).all("form") if one.get("method", "get").lower() == "post"]
        fields = [one for one in seen(page.text).all("input") if one.get("name") == "token"]
        assert len(forms) == len(fields), address
        for form in forms:
            assert "enctype" not in form
            (needed,) = [deed.role for deed in DEEDS if compile_path(deed.path)[0].match(form["action"])] or ["reader"]
            assert allows(role, needed), (address, form["action"])
            assert needed != "reader" or form["action"] == "/sign-out" or form["action"].startswith("/account/"), form["action"]
            offered.add(form["action"])
        for link in seen(page.text).links:
            path = link.partition("?")[0].partition("#")[0]
            assert all(allows(role, way.role) for way in WAYS if way.path == path), (address, link)
    assert {"/sign-out", "/account/password"} <= offered
    assert any(action.startswith("/review/") for action in offered) is allows(role, "reviewer")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_it_may(team: TestClient, role: Role) -> None:
    sign_in(team, NAMES[role])
    token = token_on(team.get("/account").text)
    for deed in DEEDS:
        answer = team.post(_address(deed.path), data={"token": token}, headers={"Accept": "application/json"})
        if allows(role, deed.role):
            assert answer.json() == {"did": deed.path, "by": NAMES[role]}
        else:
            assert answer.status_code == 403 and answer.json()["status"] == 403
        assert team.post(_address(deed.path), data={"token": "x" * 64}).status_code == 403


@pytest.mark.parametrize("owner", ["reviewer", "admin"])
@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_may_what_it_says_and_its_owner_may(team: TestClient, settled: Path, scope: Scope, owner: Role) -> None:
    headers = bearer(House(settled), NAMES[owner], scope)
    may = lesser(owner, SCOPES[scope])
    for address, needed in SHOWN:
        answer = team.get(address, headers=headers)
        assert (answer.status_code == 403) is not allows(may, needed), address
        assert answer.status_code not in (303, 401) or answer.headers["location"] != "/sign-in"
    for deed in DEEDS:
        answer = team.post(_address(deed.path), headers={**headers, "Accept": "application/json"}, data={})
        assert answer.status_code == (200 if allows(may, deed.role) else 403), deed.path


def test_a_wrong_token_is_not_mended_by_a_session(team: TestClient) -> None:
    sign_in(team, NAMES["admin"])
    for told in ("Bearer dragoman_nothing", "Bearer", "Basic QWRhOnB3", ""):
        assert team.get("/api/1/threads", headers={"Authorization": told}).status_code == 401
        assert team.get("/threads", headers={"Authorization": told}).status_code == 401
    assert team.get("/threads").status_code == 200


def test_without_accounts_this_machine_may_everything(case_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_HOUSE", str(tmp_path / "none.db"))
    with TestClient(app.application(str(case_file)), base_url="http://localhost", follow_redirects=False) as client:
        for address, _ in SHOWN:
            assert client.get(address).status_code not in AWAY
    assert not (tmp_path / "none.db").exists()
