"""The pages of alerts: made, changed, paused and removed by forms; whose they are; their feeds with and without a key."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")

from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.case.news import Wanted
from dragoman.faces.alerts.alert import Alert, Where
from dragoman.faces.alerts.deliveries import Deliveries
from dragoman.faces.alerts.deliveries import made as delivery
from dragoman.faces.alerts.ledger import Ledger, Told
from dragoman.faces.web.access.house import PLACE, case_key, the_house
from dragoman.faces.web.app import application
from dragoman.reading.entries import Reading
from tests.case.following import NOON, crisis, loaded
from tests.faces.alerts.receiver import receiving
from tests.faces.web.markup import seen
from tests.faces.web.people import NAMES, settle, sign_in, token_on

Make = Callable[[Iterable[Reading]], Path]
ADDRESS = "https://hooks.example/in"


@pytest.fixture
def place(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case that a test may change, with a house of its own."""
    monkeypatch.setenv(PLACE, str(tmp_path / "workspace.db"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("DRAGOMAN_AUTHOR", "Ada Holm")
    return make(crisis()[:2])


@pytest.fixture
def alone(place: Path) -> Iterator[TestClient]:
    """The workspace of one person on their own machine."""
    with TestClient(application(str(place)), base_url="http://localhost", follow_redirects=False) as client:
        yield client


@pytest.fixture
def team(place: Path) -> Iterator[TestClient]:
    """The workspace of a team; nobody is signed in."""
    settle(the_house().path)
    with TestClient(application(str(place)), base_url="http://localhost", follow_redirects=False) as client:
        yield client


def send(client: TestClient, path: str, form: dict[str, str] | None = None, page: str = "/alerts/new") -> int:
    """Sends a form as the page has it; the status."""
    token = token_on(client.get(page).text)
    answer = client.post(path, data={**(form or {}), "token": token})
    return answer.status_code


def ledger() -> Ledger:
    return Ledger(the_house())


def alerts(place: Path) -> list[Alert]:
    return ledger().of_case(case_key(str(place)))


def made(place: Path, owner: str, name: str = "Guard", **where: object) -> Alert:
    """An alert that has found something and has nothing to send."""
    found = ledger().add(case_key(str(place)), name, owner, Wanted("events"), Where(**where), "2/0/2026-03-02")  # type: ignore[arg-type]
    told = Told(
        "events", "E1", "occurred", "Kora Guard (assault)", ("The Kora Guard ", "shelled", " the harbour."), "", "ab", "0-1", "Courier"
    )
    ledger().looked(found, [("E1:occurred", told)], "2/0/2026-03-02")
    return ledger().alert(found.case_key, found.number)


def until(ready: Callable[[], bool]) -> bool:
    """Whether it comes true while the watch does its rounds."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(0.1)
    return False


def test_no_alert_yet(alone: TestClient) -> None:
    page = alone.get("/alerts")
    assert page.status_code == 200
    assert "No alert yet" in page.text
    assert 'href="/alerts/new"' in page.text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("/chronology?type=ASSAULT&as_of=2026-03-02", {"kind": "events", "type": "ASSAULT"}),
        ("/figures", {"kind": "figures"}),
        ("/disputes?since=2026-01-01", {"kind": "disputes"}),
        ("/promises?kind=threat&state=kept", {"kind": "promises", "promise": "threat", "state": "kept"}),
        ("/threads", {"kind": "threads"}),
        ("/search?q=%22grain+stores%22", {"kind": "reports", "words": '"grain stores"'}),
        ("/actors/A1", {"kind": "statements", "actor": "A1"}),
    ],
)
def test_a_page_with_filters_can_be_saved_as_an_alert(alone: TestClient, page: str, expected: dict[str, str]) -> None:
    link = next(a["href"] for a in seen(alone.get(page).text).all("a") if a.get("href", "").startswith("/alerts/new"))
    shown = alone.get(link)
    if shown.status_code == 303:
        shown = alone.get(shown.headers["location"])
    assert shown.status_code == 200
    form = seen(shown.text)
    given = {field["name"]: field.get("value", "") for field in form.all("input") if field.get("name") in ("actor", "words")}
    chosen = [option["value"] for option in form.all("option") if "selected" in option]
    assert set(expected.values()) <= {*given.values(), *chosen}


def test_an_alert_is_made_by_a_form_and_tells_what_comes(alone: TestClient, place: Path) -> None:
    with receiving() as receiver:
        form = {"name": "Guard", "kind": "events", "actor": "Kora Guard", "webhook": receiver.url, "private": "1", "digest": "at once"}
        assert send(alone, "/alerts/add", form) == 303
        (alert,) = alerts(place)
        assert (alert.owner, alert.name, alert.wanted.filters.actor) == ("Ada Holm", "Guard", "A1")
        shown = alone.get(f"/alerts/{alert.number}").text
        assert "whsec_" in shown
        assert "events · with Kora Guard (A1)" in shown
        with Case.open(place) as case:
            for one in crisis()[2:]:
                case.add(loaded(one.report), one, NOON)
            case.settle()
        assert until(lambda: bool(receiver.taken)), "the watch sees that the case has changed, and sends"
        (match,) = json.loads(receiver.taken[0].body)["matches"]
        assert match["title"] == "Kora Guard (retreat)"
        assert until(lambda: Deliveries(the_house()).open_ones(alert.number) == 0)
    shown = alone.get(f"/alerts/{alert.number}").text
    assert "withdrew</b> from the harbour of Tarvo." in shown
    assert "taken (status 200)" in shown
    assert "1 match" in alone.get("/alerts").text


def test_a_test_is_sent_by_the_watch(alone: TestClient, place: Path) -> None:
    with receiving() as receiver:
        alert = made(place, "Ada Holm", webhook=receiver.url, private=True)
        assert until(lambda: len(receiver.taken) == 1)
        assert send(alone, f"/alerts/{alert.number}/test") == 303
        assert until(lambda: len(receiver.taken) == 2)
        assert json.loads(receiver.taken[1].body)["test"] is True


def test_it_is_changed_paused_and_removed(alone: TestClient, place: Path) -> None:
    alert = made(place, "Ada Holm")
    edit = alone.get(f"/alerts/{alert.number}/edit").text
    assert 'value="Guard"' in edit
    form = {"name": "Retreats", "kind": "events", "type": "RETREAT", "digest": "day", "mail": "desk@example.org"}
    assert send(alone, f"/alerts/{alert.number}/change", form) == 303
    changed = alerts(place)[0]
    assert (changed.name, changed.wanted.filters.type, changed.where.mail, changed.where.digest) == (
        "Retreats",
        "RETREAT",
        "desk@example.org",
        "day",
    )
    assert send(alone, f"/alerts/{alert.number}/pause") == 303
    assert alerts(place)[0].paused
    assert "paused" in alone.get("/alerts").text
    assert send(alone, f"/alerts/{alert.number}/resume") == 303
    assert not alerts(place)[0].paused
    assert send(alone, f"/alerts/{alert.number}/secret") == 303
    assert alerts(place)[0].secret != alert.secret
    assert send(alone, f"/alerts/{alert.number}/remove") == 303
    assert alerts(place) == []
    assert alone.get(f"/alerts/{alert.number}").status_code == 404


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "", "kind": "events"}, "name"),
        ({"name": "x", "kind": "weather"}, "kind"),
        ({"name": "x", "kind": "events", "actor": "Nobody Atall"}, "Nobody"),
        ({"name": "x", "kind": "events", "mail": "a@b.example\r\nBcc: c@d.example"}, "mail"),
        ({"name": "x", "kind": "events", "words": '""'}, "words"),
        ({"name": "x", "kind": "events", "webhook": "http://hooks.example/"}, "in the clear"),
        ({"name": "x", "kind": "events", "from": "soon"}, "calendar"),
    ],
)
def test_what_makes_no_sense_is_said(alone: TestClient, place: Path, form: dict[str, str], said: str) -> None:
    token = token_on(alone.get("/alerts/new").text)
    answer = alone.post("/alerts/add", data={**form, "token": token})
    assert answer.status_code == 400
    assert said in "".join(seen(answer.text).text)
    assert alerts(place) == []


@pytest.mark.parametrize("item", ["0", "99", "x", "1e3", "²", "99999999999999999999"])
def test_an_alert_that_is_not_there(alone: TestClient, item: str) -> None:
    assert alone.get(f"/alerts/{item}").status_code == 404
    assert alone.get(f"/alerts/{item}/edit").status_code == 404


# --- a team


def test_readers_see_what_is_found_and_nothing_of_where_it_goes(team: TestClient, place: Path) -> None:
    alert = made(place, NAMES["reviewer"], webhook=ADDRESS, mail="desk@example.org")
    ledger().pause(alert, True)
    sign_in(team, NAMES["reader"])
    for page in (team.get("/alerts").text, team.get(f"/alerts/{alert.number}").text):
        assert "Kora Guard (assault)" in page
        assert not any(word in page for word in (ADDRESS, "desk@example.org", alert.feed_key, "whsec_", "/pause", "/alerts/new"))
    assert team.get("/alerts/new").status_code == 403
    assert team.get(f"/alerts/{alert.number}/edit").status_code == 403


@pytest.mark.parametrize("verb", ["change", "remove", "pause", "resume", "test", "retry", "feed", "secret"])
def test_only_the_owner_and_an_admin_may(team: TestClient, place: Path, verb: str) -> None:
    alert = made(place, NAMES["editor"], webhook=ADDRESS)
    ledger().pause(alert, True)
    sign_in(team, NAMES["reviewer"])
    assert team.get(f"/alerts/{alert.number}/edit").status_code == 403
    assert send(team, f"/alerts/{alert.number}/{verb}", {"name": "Mine now", "kind": "events"}) == 403
    assert [(one.name, one.secret, one.feed_key) for one in alerts(place)] == [(alert.name, alert.secret, alert.feed_key)]
    assert ledger().alert(alert.case_key, alert.number).paused
    team.cookies.clear()
    sign_in(team, NAMES["admin"])
    assert send(team, f"/alerts/{alert.number}/{verb}", {"name": "Guard", "kind": "events"}) == 303


def test_only_an_admin_may_let_the_server_call_private_addresses(team: TestClient, place: Path) -> None:
    sign_in(team, NAMES["reviewer"])
    assert "not public" not in team.get("/alerts/new").text
    form = {"name": "Inside", "kind": "events", "webhook": "http://127.0.0.1:9/in", "private": "1"}
    assert send(team, "/alerts/add", form) == 400
    assert send(team, "/alerts/add", {**form, "webhook": "https://127.0.0.1:9/in"}) == 303
    (alert,) = alerts(place)
    assert alert.where.private is False


def test_an_own_name_is_kept_as_owner(team: TestClient, place: Path) -> None:
    sign_in(team, NAMES["reviewer"])
    assert send(team, "/alerts/add", {"name": "Mine", "kind": "events", "owner": "Ada Admin"}) == 303
    assert alerts(place)[0].owner == NAMES["reviewer"]


# --- feeds


def test_a_feed_for_whoever_may_see_the_case(alone: TestClient, place: Path) -> None:
    alert = made(place, "Ada Holm")
    answer = alone.get(f"/alerts/{alert.number}.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.content)
    assert not found.bozo
    assert [entry.title for entry in found.entries] == ["occurred: Kora Guard (assault) – The Kora Guard shelled the harbour."]
    assert found.entries[0].link == "http://localhost/events/E1"
    again = alone.get(f"/alerts/{alert.number}.atom", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert alone.get(f"/alerts/{alert.number}.atom?page=0").status_code == 400
    assert alone.get(f"/alerts/{alert.number}.atom?page=2").status_code == 200
    assert alone.get(f"/alerts/{alert.number}.atom?page=000000001{'9' * 40}").status_code == 400
    assert alone.get("/alerts/99.atom").status_code == 404
    for number in (str(10**20), "9" * 5000, "1.5", "٣"):
        assert alone.get(f"/alerts/{number}.atom").status_code == 404


def test_the_key_opens_the_feed_and_nothing_else_until_it_is_changed(team: TestClient, place: Path) -> None:
    alert, other = made(place, NAMES["editor"]), made(place, NAMES["editor"], "Other")
    own = f"/feeds/{alert.feed_key}/{alert.number}.atom"
    assert team.get(f"/alerts/{alert.number}.atom").status_code != 200
    answer = team.get(own)
    assert answer.status_code == 200
    links = {link.rel: link.href for link in feedparser.parse(answer.content).feed.links}
    assert links["self"] == f"http://localhost{own}"
    for path in (
        f"/feeds/{alert.feed_key}/{other.number}.atom",
        f"/feeds/x/{alert.number}.atom",
        "/feeds/",
        f"/feeds/{alert.feed_key}/99.atom",
        f"/feeds/{alert.feed_key}/{10**20}.atom",
    ):
        assert team.get(path).status_code == 404
    assert urlsplit(team.get("/alerts", headers={"accept": "text/html"}).headers.get("location", "")).path in ("/sign-in", "")
    assert team.get(f"/alerts/{alert.number}?key={alert.feed_key}").status_code != 200
    sign_in(team, NAMES["editor"])
    assert send(team, f"/alerts/{alert.number}/feed") == 303
    team.cookies.clear()
    assert team.get(own).status_code == 404
    assert team.get(f"/feeds/{alerts(place)[0].feed_key}/{alert.number}.atom").status_code == 200


def test_whoever_has_only_the_key_is_not_told_where_the_case_lies(team: TestClient, place: Path) -> None:
    alert = made(place, NAMES["editor"])
    place.write_bytes(b"no case any more, but something else of some length" * 40)
    answer = team.get(f"/feeds/{alert.feed_key}/{alert.number}.atom")
    assert answer.status_code == 503 and place.name not in answer.text and "Ask again" in answer.text


def test_hostile_matches_stay_text(alone: TestClient, place: Path) -> None:
    evil = '"><img src=x onerror=alert(1)>\x1b[31m\u202e'
    alert = made(place, "Ada Holm", name="<b>bold</b>")
    known = ledger().alert(alert.case_key, alert.number)
    ledger().looked(known, [("x", Told("events", evil, evil, evil, (evil, evil, evil), evil, evil, evil, evil, evil, evil))], "3/0/")
    for path in ("/alerts", f"/alerts/{alert.number}", f"/alerts/{alert.number}/edit"):
        text = alone.get(path).text
        assert "<img" not in text
        assert "<b>bold" not in text
        assert "\x1b" not in text
        assert "\u202e" not in text


# --- the API


def test_the_api_tells_the_same_and_keeps_what_is_the_owners(team: TestClient, place: Path) -> None:
    alert = made(place, NAMES["editor"], webhook=ADDRESS, mail="desk@example.org")
    ledger().pause(alert, True)
    sign_in(team, NAMES["reader"])
    answer = team.get("/api/1/alerts")
    (listed,) = answer.json()["alerts"]
    assert (listed["name"], listed["webhook"], listed["mail"], listed["matches"]) == ("Guard", None, None, 1)
    one = team.get(f"/api/1/alerts/{alert.number}").json()
    assert one["alert"] == listed
    assert one["matches"][0]["title"] == "Kora Guard (assault)"
    assert one["matches"][0]["path"] == "/events/E1"
    assert team.get("/api/1/alerts/99").status_code == 404
    tag = answer.headers["etag"]
    assert team.get("/api/1/alerts", headers={"If-None-Match": tag}).status_code == 304
    known = ledger().alert(alert.case_key, alert.number)
    ledger().looked(known, [("E2:occurred", Told("events", "E2", "occurred"))], "3/0/2026-03-09")
    assert team.get("/api/1/alerts", headers={"If-None-Match": tag}).status_code == 200
    described = team.get("/api/1/openapi.json").json()
    for path, told in (("/alerts", "/alerts"), ("/alerts/{item}", f"/alerts/{alert.number}")):
        schema = described["paths"]["/api/1" + path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator({**schema, "components": described["components"]}).validate(team.get("/api/1" + told).json())
    team.cookies.clear()
    sign_in(team, NAMES["editor"])
    (own,) = team.get("/api/1/alerts").json()["alerts"]
    assert (own["webhook"], own["mail"]) == (ADDRESS, "desk@example.org")
    for page in (team.get("/api/1/alerts").text, team.get(f"/api/1/alerts/{alert.number}").text):
        assert alert.secret not in page
        assert alert.feed_key not in page


def test_every_try_stands_on_the_page(alone: TestClient, place: Path) -> None:
    alert = made(place, "Ada Holm")
    ledger().pause(alert, True)
    deliveries = Deliveries(the_house())
    deliveries.put(delivery(alert.number, "webhook", ADDRESS, "1 match", b"{}", "an-id"), ())
    with the_house().writing() as database:
        database.executemany(
            "INSERT INTO tries VALUES ('an-id', ?, ?, ?)", [(n, 1e9 + n * 60, f"refused with status 50{n}") for n in range(1, 8)]
        )
    shown = alone.get(f"/alerts/{alert.number}").text
    assert [n for n in range(1, 8) if f"refused with status 50{n}" in shown] == list(range(1, 8))
    assert "3 earlier" in shown
    assert "Try again now" in shown
    assert send(alone, f"/alerts/{alert.number}/retry") == 303
