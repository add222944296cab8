"""A team in a real browser: signing in, what each role is shown, one's own account, the audit, and a link from another site."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")
pytest.importorskip("argon2", reason="accounts need dragoman[serve]")
pytest.importorskip("playwright", reason="the browser needs playwright")
pytest.importorskip("axe_playwright_python", reason="accessibility is checked by axe-playwright-python")

from playwright.sync_api import Page, expect

from dragoman.case.case import Case
from dragoman.faces.web.access import throttle
from dragoman.faces.web.access.house import House
from dragoman.faces.web.access.roles import ROLES, Role, allows
from dragoman.faces.web.routes import WAYS
from tests.faces.web.e2e.conftest import Watched
from tests.faces.web.e2e.served import served
from tests.faces.web.e2e.test_every_page import CONTRAST, TELEPHONE, faults, overflow
from tests.faces.web.people import NAMES, PASSWORD

NEW = "four quite other words"


@pytest.fixture(scope="module")
def base(cuba: Path, settled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The workspace of a team, over a case of its own, since the team decides."""
    place = tmp_path_factory.mktemp("team") / "cuba.case"
    with Case.open(cuba) as case:  # what is still in the log of the database is written into its file
        case.store.meta("version")
    shutil.copy(cuba, place)
    with served(place) as address:
        yield address


@pytest.fixture
def house(settled: Path) -> Iterator[House]:
    """It, without what tests before have tried."""
    found = House(settled)
    with found.writing() as database:
        database.execute("DELETE FROM attempts")
    yield found
    found.close()


def come_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Signs in on the page that is open, with the keyboard alone."""
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "telephone"])
def test_the_sign_in_is_for_everybody(page: Page, watched: Watched, base: str, house: House, dark: bool, narrow: bool) -> None:
    if narrow:
        page.set_viewport_size({"width": TELEPHONE["width"], "height": TELEPHONE["height"]})
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.goto("/chronology?as_of=1962-10-27")
    assert page.url == base + "/sign-in?to=%2Fchronology%3Fas_of%3D1962-10-27"
    assert faults(page) == []
    come_in(page, "Somebody Else", "not the password")
    expect(page.get_by_role("alert")).to_have_text("Name or password is wrong.")
    expect(page.get_by_label("Name")).to_have_value("Somebody Else")
    assert faults(page) == []
    assert overflow(page) == []
    assert [said for said in watched.complaints if "403" not in said] == []
    assert [url for url in watched.asked if not url.startswith(base + "/")] == []


def test_who_signs_in_is_led_on_and_who_signs_out_is_out(page: Page, base: str, house: House) -> None:
    page.goto("/chronology?as_of=1962-10-27")
    come_in(page, NAMES["reader"])
    page.wait_for_url(base + "/chronology?as_of=1962-10-27")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    session = next(cookie for name, cookie in cookies.items() if name.startswith("dragoman-"))
    assert session["httpOnly"] and session["sameSite"] == "Strict"
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(base + "/sign-in")
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()  # the page before is kept nowhere


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_shown_what_it_may_see(page: Page, watched: Watched, base: str, house: House, role: Role) -> None:
    page.goto("/")
    come_in(page, NAMES[role])
    page.wait_for_url(base + "/")
    expect(page.locator(".visitor")).to_contain_text(NAMES[role])
    expect(page.locator(".visitor")).to_contain_text(role)
    expect(page.get_by_role("link", name="Audit")).to_have_count(1 if role == "admin" else 0)
    for way in WAYS:
        if "{" in way.path:
            continue
        answer = page.goto(way.path)
        assert answer is not None and answer.status == (200 if allows(role, way.role) else 403), way.path
        if not allows(role, way.role):
            expect(page.locator("main")).to_contain_text(f"It needs the role {way.role}; you are here as {role}.")
    for link in page.locator("nav[aria-label=Pages] a").all():
        path = (link.get_attribute("href") or "").partition("?")[0]
        assert all(allows(role, way.role) for way in WAYS if way.path == path), path
    assert [said for said in watched.complaints if "403" not in said] == []


def test_an_actor_is_renamed_by_who_may_and_the_log_and_the_audit_tell_by_whom(page: Page, base: str, house: House) -> None:
    page.goto("/actors/A1")
    come_in(page, NAMES["reader"])
    page.wait_for_url(base + "/actors/A1")
    expect(page.locator("details.decide")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    page.goto("/actors/A1")
    come_in(page, NAMES["editor"])
    page.wait_for_url(base + "/actors/A1")
    page.locator("details.decide summary").click()
    form = page.locator("form[action='/items/A1/rename']")
    form.get_by_label("Name").fill("The Quarantine Fleet")
    form.get_by_label("Why").fill("so the desk calls it")
    form.get_by_role("button", name="Rename").click()
    expect(page.locator("h1")).to_contain_text("The Quarantine Fleet")
    page.goto("/log")
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("The Quarantine Fleet")
    expect(row).to_contain_text("so the desk calls it")
    expect(row).to_contain_text(NAMES["editor"])
    page.get_by_role("button", name="Sign out").click()
    page.goto("/audit?kind=decision")
    come_in(page, NAMES["admin"])
    page.wait_for_url(base + "/audit?kind=decision")
    expect(page.locator("tbody tr").first).to_contain_text(NAMES["editor"])
    expect(page.locator("tbody tr").first).to_contain_text("/items/A1/rename")


@pytest.mark.parametrize("address", ["/audit", "/audit?kind=account", "/account", "/threads"])
def test_the_pages_of_a_team_are_for_everybody(page: Page, base: str, house: House, address: str) -> None:
    page.goto(address)
    come_in(page, NAMES["admin"])
    page.wait_for_url(base + address)
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []
    assert overflow(page) == []
    assert faults(page) == []


def test_too_many_wrong_passwords_wait(page: Page, base: str, house: House) -> None:
    for _ in range(throttle.FREE["account"]):
        throttle.attempt(house, NAMES["reader"], "")
    page.goto("/threads")
    come_in(page, NAMES["reader"])
    expect(page.get_by_role("alert")).to_contain_text("There were too many wrong passwords. Try again in 1")
    assert faults(page) == []


def test_another_password_by_keyboard(page: Page, base: str, house: House, houses: Path, settled: Path) -> None:
    page.goto("/account")
    come_in(page, NAMES["reviewer"])
    page.wait_for_url(base + "/account")
    page.get_by_label("Present password").focus()
    for words in (PASSWORD, NEW, NEW):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(base + "/sign-in")
    come_in(page, NAMES["reviewer"], NEW)
    page.wait_for_url(base + "/")
    expect(page.locator(".visitor")).to_contain_text(NAMES["reviewer"])


def test_a_page_works_without_scripts(page: Page, base: str, house: House) -> None:
    page.route("**/static/*.js*", lambda route: route.abort())
    page.goto("/audit")
    come_in(page, NAMES["admin"])
    page.wait_for_url(base + "/audit")
    page.get_by_label("Kind").select_option("signed in")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(base + "/audit?kind=signed+in")
    assert NAMES["admin"] in page.locator("table").inner_text()


@pytest.fixture
def elsewhere(base: str, tmp_path: Path) -> Iterator[str]:
    """A page of another site, with a link to the workspace and a form that would sign the visitor out."""
    form = f'<form method="post" action="{base}/sign-out"><input name="token" value="guessed"><button>Send</button></form>'
    (tmp_path / "mail.html").write_text(f'<a href="{base}/threads?as_of=1962-10-27">Look</a>{form}', "utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

        def __init__(self, *given: object, **named: object) -> None:
            super().__init__(*given, directory=str(tmp_path), **named)  # type: ignore[arg-type]

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/mail.html"  # localhost is another site than 127.0.0.1
    server.shutdown()
    server.server_close()


def test_a_link_in_a_mail_opens_and_a_form_on_another_site_does_nothing(page: Page, base: str, house: House, elsewhere: str) -> None:
    page.goto("/threads")
    come_in(page, NAMES["reader"])
    page.wait_for_url(base + "/threads")
    page.goto(elsewhere)
    page.get_by_role("link", name="Look").click()
    page.wait_for_url(base + "/threads?as_of=1962-10-27")
    expect(page.locator(".visitor")).to_contain_text(NAMES["reader"])  # the visit goes on
    page.goto(elsewhere)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("h1")).to_have_text("You are not signed in")  # the cookie stays at home
    page.goto("/threads")
    expect(page.locator(".visitor")).to_contain_text(NAMES["reader"])
