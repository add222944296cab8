"""Signing in and out as a browser does it, and what a browser is given for it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.faces.web.access import audit, passwords, throttle
from dragoman.faces.web.access.entrance import Entrance
from dragoman.faces.web.access.house import House, the_house
from dragoman.faces.web.app import application
from tests.faces.web.people import NAMES, PASSWORD, sign_in, token_on

ADA, ROLF = NAMES["admin"], NAMES["reader"]


@pytest.fixture
def house(settled: Path) -> House:
    """The one that the pages ask, without what tests before have left."""
    with the_house().writing() as database:
        for table in ("sessions", "attempts", "audit"):
            database.execute(f"DELETE FROM {table}")
    return the_house()


def opened(case: Path, base: str = "http://localhost", entrance: Entrance | None = None) -> TestClient:
    """A browser before the workspace."""
    return TestClient(application(str(case), entrance), base_url=base, follow_redirects=False)


@pytest.fixture
def team(house: House, case_file: Path) -> Iterator[TestClient]:
    """The workspace of a team on this machine."""
    with opened(case_file) as client:
        yield client


def test_who_signs_in_comes_where_they_wanted_to(team: TestClient) -> None:
    away = team.get("/chronology?as_of=2026-01-10&by=actor")
    assert away.headers["location"] == "/sign-in?to=%2Fchronology%3Fas_of%3D2026-01-10%26by%3Dactor"
    shown = team.get(away.headers["location"])
    assert shown.status_code == 200 and shown.headers["cache-control"] == "no-store"
    answer = sign_in(team, ADA, to="/chronology?as_of=2026-01-10&by=actor")
    assert (answer.status_code, answer.headers["location"]) == (303, "/chronology?as_of=2026-01-10&by=actor")
    page = team.get("/threads")
    assert page.status_code == 200 and ADA in page.text and "Sign out" in page.text
    assert page.headers["cache-control"] == "no-store" and {"Cookie", "Authorization"} <= set(page.headers["vary"].split(", "))
    assert team.get("/sign-in?to=/log").headers["location"] == "/log"  # who is in already


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nb", "/" + "a" * 3000, "/sign-out", ""],
)
def test_nobody_is_sent_elsewhere(team: TestClient, to: str) -> None:
    assert sign_in(team, ADA, to=to).headers["location"] == "/"


def test_the_cookie_of_a_session(team: TestClient) -> None:
    cookie = sign_in(team, ADA).headers["set-cookie"]
    assert re.match(r"dragoman-[0-9a-f]{8}=[\w-]{43}; HttpOnly; Max-Age=604800; Path=/; SameSite=strict$", cookie)


def test_the_cookie_of_a_session_over_https(house: House, case_file: Path) -> None:
    with opened(case_file, "https://desk.example", Entrance(("desk.example",), True, True)) as team:
        answer = sign_in(team, ADA)
        assert re.match(
            r"__Host-dragoman=[\w-]{43}; HttpOnly; Max-Age=604800; Path=/; SameSite=strict; Secure$", answer.headers["set-cookie"]
        )
        page = team.get("/")
        assert page.status_code == 200 and page.headers["strict-transport-security"] == "max-age=31536000"
        assert all("Secure" in cookie for cookie in page.headers.get_list("set-cookie"))
        assert team.get("/", headers={"host": "evil.example"}).status_code == 400


def test_nobody_signs_in_without_encryption_where_there_should_be_some(house: House, case_file: Path) -> None:
    with opened(case_file, "http://desk.example", Entrance(("desk.example",), True, True)) as team:
        answer = team.get("/sign-in")
        assert answer.status_code == 403 and "not encrypted" in answer.text and "X-Forwarded-Proto" in answer.text
        assert "<form" not in answer.text


def test_each_sign_in_has_a_session_of_its_own_and_the_one_before_ends(team: TestClient, house: House) -> None:
    sign_in(team, ADA)
    name, first = next(iter(team.cookies.items()))
    team.cookies.clear()
    team.cookies.set(name, "fixed-by-somebody-else")
    shown = token_on(team.get("/sign-in").text)
    team.cookies.set(name, first)
    form = {"token": shown, "name": ROLF, "password": PASSWORD}
    second = team.post("/sign-in", data=form).cookies[name]
    assert second not in (first, "fixed-by-somebody-else")
    team.cookies.clear()
    for secret, status in ((first, 303), (second, 200), ("fixed-by-somebody-else", 303)):
        assert team.get("/threads", headers={"Cookie": f"{name}={secret}"}).status_code == status


def test_who_signs_out_is_out(team: TestClient, house: House) -> None:
    sign_in(team, ADA)
    kept = dict(team.cookies)
    answer = team.post("/sign-out", data={"token": token_on(team.get("/account").text)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    for name, secret in kept.items():
        assert team.get("/threads", headers={"Cookie": f"{name}={secret}"}).headers["location"].startswith("/sign-in")
    assert [note.kind for note in audit.notes(house)[0]] == ["signed out", "signed in"]


def test_nobody_is_signed_out_by_another_site(team: TestClient) -> None:
    sign_in(team, ADA)
    assert team.post("/sign-out", data={"token": "guessed"}).status_code == 403
    assert team.get("/sign-out").status_code == 405
    assert team.get("/threads").status_code == 200


# --- what is wrong


def test_a_wrong_name_and_a_wrong_password_are_told_alike(team: TestClient) -> None:
    told = []
    for name in (ADA, "Nobody Here"):
        answer = sign_in(team, name, "not the password")
        assert answer.status_code == 403 and not answer.cookies and "set-cookie" not in answer.headers
        told.append(answer.text.replace(name, "NAME"))
    assert told[0] == told[1] and "Name or password is wrong." in told[0]


def test_a_wrong_name_takes_as_long_as_a_wrong_password(team: TestClient, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "attempt", lambda *_: 0.0)
    sign_in(team, ADA, "not the password")
    taken: dict[str, list[float]] = {ADA: [], "Nobody Here": []}
    for _ in range(5):
        for name, found in taken.items():
            begun = time.perf_counter()
            sign_in(team, name, "not the password")
            found.append(time.perf_counter() - begun)
    there, not_there = min(taken[ADA]), min(taken["Nobody Here"])
    assert 0.5 < there / not_there < 2.0, taken


def test_after_five_wrong_passwords_one_waits_also_with_the_right_one(team: TestClient, house: House) -> None:
    for name in (ADA, "Nobody Here"):
        for _ in range(5):
            assert sign_in(team, name, "not the password").status_code == 403
        answer = sign_in(team, name, PASSWORD)
        assert answer.status_code == 429 and int(answer.headers["retry-after"]) in range(13, 16)
        assert "too many wrong passwords. Try again in 1" in answer.text and "set-cookie" not in answer.headers
    assert sign_in(team, ROLF).status_code == 303  # another account from the same address
    kinds = {note.kind: note.times for note in audit.notes(house)[0] if note.name in (ADA, "")}
    assert kinds["wrong password"] == 5 and kinds["held back"] == 2


def test_a_password_in_the_place_of_the_name_is_not_written_down(team: TestClient, house: House) -> None:
    sign_in(team, PASSWORD, "")
    assert PASSWORD not in str(audit.notes(house))


@pytest.mark.parametrize(
    ("form", "headers", "status"),
    [
        ({"token": "0" * 64}, {}, 403),
        ({}, {"origin": "https://evil.example"}, 403),
        ({}, {"origin": "null"}, 403),
        ({}, {"sec-fetch-site": "cross-site"}, 403),
        ({}, {"sec-fetch-site": "same-site"}, 403),
        ({}, {"content-type": "text/plain"}, 415),
        ({}, {"content-type": "multipart/form-data; boundary=x"}, 415),
        ({"name": "a" * 70_000}, {}, 413),
        ({}, {"sec-fetch-site": "same-origin", "origin": "http://localhost"}, 303),
    ],
)
def test_a_form_of_another_site_signs_nobody_in(team: TestClient, form: dict[str, str], headers: dict[str, str], status: int) -> None:
    data = {"token": token_on(team.get("/sign-in").text), "name": ADA, "password": PASSWORD, **form}
    answer = team.post("/sign-in", data=data, headers=headers)
    assert answer.status_code == status
    assert ("set-cookie" in answer.headers) is (status == 303)


def test_a_form_that_nobody_can_read(team: TestClient) -> None:
    sent = {"content-type": "application/x-www-form-urlencoded"}
    for body in (b"name=%ff%fe", b"\xff\xfe", b"&".join(b"a=1" for _ in range(5000))):
        assert team.post("/sign-in", content=body, headers=sent).status_code == 400


def test_where_the_library_for_passwords_lacks_it_says_so(team: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "available", lambda: False)
    answer = sign_in(team, ADA)
    assert answer.status_code == 503 and "pip install &#39;dragoman[serve]&#39;" in answer.text


def test_the_first_account_closes_an_open_workspace_at_once(
    case_file: Path, tmp_path: Path, houses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAGOMAN_HOUSE", str(tmp_path / "workspace.db"))
    with opened(case_file) as client:
        assert client.get("/threads").status_code == 200
        assert client.get("/sign-in").headers["location"] == "/"
        (tmp_path / "workspace.db").write_bytes(houses.read_bytes())
        assert client.get("/threads").headers["location"] == "/sign-in?to=%2Fthreads"


def test_a_workspace_that_others_reach_stays_closed_without_accounts(case_file: Path, tmp_path: Path) -> None:
    house = House(tmp_path / "workspace.db")
    with opened(case_file, "http://desk.example", Entrance(("desk.example",), True, house=house)) as client:
        assert client.get("/threads").headers["location"] == "/sign-in?to=%2Fthreads"
        assert sign_in(client, ADA).status_code == 403


def test_a_house_that_cannot_be_read_lets_nobody_in(case_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_HOUSE", str(tmp_path / "letter.txt"))
    (tmp_path / "letter.txt").write_text("Dear reader. " * 300, "utf-8")
    with opened(case_file) as client:
        for address in ("/threads", "/api/1/threads", "/sign-in"):
            answer = client.get(address)
            assert answer.status_code == 503 and "no house of the workspace" in answer.text, address


def test_a_link_from_another_site_is_followed_once_more_with_the_cookie(team: TestClient) -> None:
    there = {"sec-fetch-site": "cross-site"}
    answer = team.get("/chronology?as_of=2026-01-10&by=actor", headers=there)
    assert answer.status_code == 200 and 'content="0; url=/chronology?as_of=2026-01-10&amp;by=actor"' in answer.text
    assert team.get("http://localhost//evil.example/a", headers=there).text.count('url=/"') == 1
    sign_in(team, ADA)
    assert "<h1>Threads" in team.get("/threads", headers=there).text


# --- one's own account


def test_another_password(team: TestClient, house: House) -> None:
    sign_in(team, ROLF)
    token = token_on(team.get("/account").text)
    new = "four quite other words"

    def change(present: str, first: str, second: str) -> int:
        return team.post("/account/password", data={"token": token, "password": present, "new": first, "again": second}).status_code

    assert change("not it", new, new) == 403
    assert change(PASSWORD, new, new + "x") == 400
    assert change(PASSWORD, "short", "short") == 400
    assert team.get("/account").status_code == 200
    assert change(PASSWORD, new, new) == 303
    assert team.get("/account").headers["location"].startswith("/sign-in")
    assert sign_in(team, ROLF).status_code == 403
    assert sign_in(team, ROLF, new).status_code == 303
    token = token_on(team.get("/account").text)
    assert change(new, PASSWORD, PASSWORD) == 303
    assert [note.about for note in audit.notes(house, ["account"])[0]] == ["/account/password"] * 2


def test_guessing_the_present_password_is_held_back(team: TestClient) -> None:
    sign_in(team, ROLF)
    form = {"token": token_on(team.get("/account").text), "password": "not it", "new": "x" * 20, "again": "x" * 20}
    assert [team.post("/account/password", data=form).status_code for _ in range(6)] == [403] * 5 + [429]


def test_signing_out_everywhere(team: TestClient, case_file: Path) -> None:
    sign_in(team, ROLF)
    with opened(case_file) as other:
        sign_in(other, ROLF)
        assert "In 2 browsers." in other.get("/account").text
        other.post("/account/sessions", data={"token": token_on(other.get("/account").text)})
        assert other.get("/threads").status_code == 303
    assert team.get("/threads").status_code == 303
