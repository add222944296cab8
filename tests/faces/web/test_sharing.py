"""Pages that are made once for all of a role, and before anybody asks: everybody sees their own name, tokens and what they may do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from markupsafe import escape
from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.faces.web import ahead, app
from dragoman.faces.web.access import accounts, passwords
from dragoman.faces.web.access.visitor import Visitor
from dragoman.faces.web.ahead import Ahead, make_ahead
from dragoman.faces.web.desk import Desk
from dragoman.faces.web.page import Asked
from dragoman.faces.web.routes import WAYS
from dragoman.faces.web.sharing import Lately, stand_in, told_to
from dragoman.reading.entries import Reading
from tests.faces.web.people import NAMES, PASSWORD, settle, sign_in, token_on

Make = Callable[[Iterable[Reading]], Path]
SECOND = 'Otto "O" <Other> & Sons'
_LETTERS = {"/actors": "A1", "/threads": "T1", "/figures": "F1", "/disputes": "D1", "/promises": "C1", "/events": "E1"}


@pytest.fixture
def place(make: Make, readings: list[Reading]) -> Path:
    """A case that a test may change, in which each of two reviewers has decided something."""
    file = make(readings)
    with Case.open(file) as case:
        for number, name in enumerate((NAMES["reviewer"], SECOND), 1):
            case.judge(name).rename(f"A{number}", f"Name {number}", "as it signs", "2026-01-12T09:00:00Z")
        case.settle()
    return file


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A house with a second reviewer, whose name has to be escaped."""
    place = tmp_path_factory.mktemp("house") / "house.db"
    house = settle(place)
    accounts.add(house, SECOND, "reviewer", passwords.hashed(PASSWORD, ""))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRAGOMAN_HOUSE", str(place))
        yield


def _pages(client: TestClient, name: str) -> dict[str, tuple[int, str]]:
    """Every page as somebody sees it, the tokens of the forms taken out."""
    client.cookies.clear()
    sign_in(client, name)
    found = {}
    for path in (way.path.replace("{item}", _LETTERS.get(way.path.partition("/{")[0], "1")) for way in WAYS if way.path != "/account"):
        answer = client.get(path)
        found[path] = (answer.status_code, answer.text.replace(token_on(answer.text), "TOKEN") if "token" in answer.text else answer.text)
    return found


def test_what_was_made_for_another_of_the_same_role_is_what_would_have_been_made_anew(
    place: Path, two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TestClient(app.application(str(place)), base_url="http://localhost", follow_redirects=False) as client:
        first, shared = _pages(client, NAMES["reviewer"]), _pages(client, SECOND)
    monkeypatch.setattr(app, "stand_in", lambda visitor: visitor)
    with TestClient(app.application(str(place)), base_url="http://localhost", follow_redirects=False) as client:
        alone = _pages(client, SECOND)
    assert sum(status == 200 for status, _ in shared.values()) > 15
    assert shared == alone
    for path, (status, text) in shared.items():
        if status == 200:
            assert f"<bdi>{escape(SECOND)}</bdi></a>" in text and f"<bdi>{NAMES['reviewer']}</bdi></a>" in first[path][1]


def test_a_page_is_made_once_for_all_of_a_role(place: Path, two: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    truly = app._made

    def counted(case: Case, asked: Asked, way: object) -> object:
        made.append(f"{asked.address} {asked.visitor.role}")
        return truly(case, asked, way)  # type: ignore[arg-type]

    monkeypatch.setattr(app, "_made", counted)
    with TestClient(app.application(str(place)), base_url="http://localhost", follow_redirects=False) as client:
        for name in (NAMES["reviewer"], SECOND, NAMES["reader"]):
            client.cookies.clear()
            sign_in(client, name)
            assert client.get("/chronology").status_code == 200
    assert made == ["/chronology reviewer", "/chronology reader"]


def test_the_marks_of_a_stand_in_are_on_no_page(place: Path, two: None) -> None:
    mark = stand_in(Visitor("Ada", "admin", "token", signed_in=True))
    assert told_to(Visitor("Ada <b>", "admin", "t1"), f"{mark.name} {mark.form_token}") == "Ada &lt;b&gt; t1"
    with TestClient(app.application(str(place)), base_url="http://localhost", follow_redirects=False) as client:
        for _, text in _pages(client, SECOND).values():
            assert mark.name not in text and mark.form_token not in text


def test_a_visitor_without_a_name_stays_without() -> None:
    assert stand_in(Visitor("", "admin", "")).name == ""


def test_only_the_kinds_that_came_last_are_kept_in_mind() -> None:
    lately = Lately(2)
    kinds = [Visitor("", role, "") for role in ("reader", "reviewer", "admin")]
    for kind in (*kinds, kinds[1]):
        lately.add(kind)
    assert [*lately] == [kinds[1], kinds[2]]


def test_pages_are_made_ahead_when_the_case_has_changed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "AT_ONCE", 0)
    made: list[object] = []
    desk = Desk(str(place))
    try:
        asyncio.run(_watched(desk, made, place))
    finally:
        desk.close()


async def _watched(desk: Desk, made: list[object], place: Path) -> None:
    lately = Lately()
    fails = Ahead(_refuse, True)
    page = Ahead(lambda case: made.append(case.store.count_reports()), True)
    task = asyncio.create_task(make_ahead(desk, lately, lambda _: [fails, page], look_s=0.01))
    try:
        await asyncio.sleep(0.1)
        assert made == []  # nobody has come yet: for whom should they be made?
        lately.add(Visitor("", "admin", ""))
        await _until(lambda: len(made) == 1)
        await asyncio.sleep(0.1)
        assert len(made) == 1  # nothing has changed
        with Case.open(place) as case, case.store.transaction():
            case.store.set_meta("settled", (case.store.meta("settled") or "") + "0")
            case.store.set_meta("changes", (case.store.meta("changes") or "") + "0")
        await _until(lambda: len(made) == 2)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _refuse(_: Case) -> object:
    raise app._BROKEN


async def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not done():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
