"""A person saves a page as an alert, a report comes, and the alert has it; every page of alerts is for everybody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")
pytest.importorskip("playwright", reason="the browser needs playwright")
pytest.importorskip("axe_playwright_python", reason="accessibility is checked by axe-playwright-python")

from playwright.sync_api import Browser, Page, expect

from dragoman.case.case import Case
from tests.case.following import NOON, loaded, read
from tests.faces.alerts.receiver import Receiver, receiving
from tests.faces.web.e2e.conftest import Watched
from tests.faces.web.e2e.served import served
from tests.faces.web.e2e.test_every_page import CONTRAST, OPEN_ALL, faults, overflow

NEWS = "The Atlantic Squadron boarded the freighter Marisol off Cape Ash. Her master protested by radio, the owners said in Valdoro."


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Somebody's webhook."""
    with receiving() as running:
        yield running


@pytest.fixture
def own(cuba: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """The example as a case that a test may change, with its workspace and a house of its own."""
    place = tmp_path / "own.case"
    shutil.copy(cuba, place)
    monkeypatch.setenv("DRAGOMAN_HOUSE", str(tmp_path / "workspace.db"))
    monkeypatch.setenv("DRAGOMAN_AUTHOR", "Ada Holm")
    with served(place) as address:
        yield place, address


def a_report_comes(place: Path) -> None:
    told = read(NEWS, "1962-11-21", "Courier", ("Atlantic Squadron", "boarded", "freighter Marisol", "COERCE", "occurred"))
    with Case.open(place) as case:
        case.add(loaded(told.report), told, NOON)
        case.settle()


def test_a_page_saved_as_an_alert_tells_what_comes(page: Page, own: tuple[Path, str], receiver: Receiver) -> None:
    place, base = own
    page.goto(f"{base}/chronology?type=COERCE")
    page.get_by_role("link", name="Save as alert").click()
    expect(page.get_by_label("Tell of new")).to_have_value("events")
    expect(page.get_by_label("Type of event")).to_have_value("COERCE")
    page.get_by_label("Name", exact=True).fill("Boardings")
    page.get_by_label("Webhook", exact=True).fill(receiver.url)
    page.get_by_label("It may lie at an address that is not public").check()
    page.get_by_role("button", name="Make the alert").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boardings")
    expect(page.get_by_text("whsec_")).to_be_visible()
    expect(page.get_by_text("Nothing yet")).to_be_visible()
    a_report_comes(place)
    match = page.locator(".match")
    for _ in range(40):
        page.wait_for_timeout(500)
        page.reload()
        if match.count() and page.get_by_text("taken (status 200)").count():
            break
    expect(match).to_have_count(1)
    expect(match).to_contain_text("The Atlantic Squadron boarded the freighter Marisol off Cape Ash.")
    assert len(receiver.taken) == 1
    match.get_by_role("link", name="in the report").click()
    expect(page.locator("#mark")).to_be_in_viewport()
    page.goto(f"{base}/alerts")
    expect(page.get_by_role("link", name="Boardings")).to_be_visible()
    page.get_by_role("link", name="Boardings").click()
    with page.expect_response("**/*.atom") as waiting:
        page.evaluate("fetch(document.querySelector('a[href$=\".atom\"]').href)")
    assert "atom+xml" in waiting.value.headers["content-type"]
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator("#sent")).to_contain_text("a test")
    page.get_by_text("Remove", exact=True).click()
    page.get_by_role("button", name="Remove this alert").click()
    expect(page.get_by_text("No alert yet")).to_be_visible()


def test_without_javascript_an_alert_is_made_and_paused(chromium: Browser, own: tuple[Path, str]) -> None:
    _, base = own
    context = chromium.new_context(base_url=base, java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto("/alerts/new")
        page.get_by_label("Name", exact=True).fill("Everything")
        page.get_by_role("button", name="Make the alert").click()
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("paused")
    finally:
        context.close()


def test_the_pages_of_alerts_are_for_everybody(page: Page, own: tuple[Path, str], receiver: Receiver) -> None:
    place, base = own
    receiver.answers = [404]
    page.goto(f"{base}/alerts/new")
    page.get_by_label("Name", exact=True).fill("Boardings and everything else that is told of ships, by whomever, and wherever")
    page.get_by_label("Webhook", exact=True).fill(receiver.url + "/" + "long" * 60)
    page.get_by_label("It may lie at an address that is not public").check()
    page.get_by_role("button", name="Make the alert").click()
    one = page.url
    a_report_comes(place)
    for _ in range(40):
        page.wait_for_timeout(500)
        page.goto(one)
        if page.get_by_text("given up").count():
            break
    watched = Watched()
    watched.watch(page)
    for address in (one, f"{base}/alerts", f"{base}/alerts/new?kind=promises&promise=threat", f"{one}/edit"):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")
        page.goto(address)
        page.evaluate(OPEN_ALL)
        assert faults(page) == []
        page.emulate_media(color_scheme="dark")
        assert faults(page, CONTRAST) == []
        assert overflow(page) == []
        assert faults(page) == []
    assert watched.complaints == []
    assert [url for url in watched.asked if not url.startswith(base + "/")] == []
