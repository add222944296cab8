"""Every kind of page over four weeks of agency reports: what a made-up example does not have shows here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")
pytest.importorskip("playwright", reason="the browser needs playwright")
pytest.importorskip("axe_playwright_python", reason="accessibility is checked by axe-playwright-python")

from playwright.sync_api import Page, expect

from tests.faces.web.e2e.conftest import Watched
from tests.faces.web.e2e.served import ITEMS, LISTINGS, ZAIRE, addresses, build, served
from tests.faces.web.e2e.test_every_page import ALIKE, is_for_everybody
from tests.faces.web.e2e.test_keyboard import walked

SAID = {"search": "/search?q=rebels", "as-of": "/?as_of=1997-04-18", "filtered": "/chronology?as_of=1997-04-21&type=CONSULT"}
"""What is asked of this case where the example is asked something else."""
OWN = {"review": "/review", "review-list": "/review/list", "agreement": "/review/agreement", "alerts": "/alerts"}
"""Those that are not about the record itself."""
DARK = ("now", "chronology", "report", "map", "brief")
"""Looked at in the dark, too: the other pages have the colours of the example's, which all are."""
_STOPS = 400


@pytest.fixture(scope="session")
def zaire(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports as a case; nothing changes it."""
    if not ZAIRE.exists():
        pytest.skip(f"the reports of {ZAIRE.name} are not here")
    return build(tmp_path_factory.mktemp("e2e") / "zaire.case", ZAIRE)


@pytest.fixture(scope="module")
def places(zaire: Path) -> dict[str, str]:
    """The address of each kind of page."""
    return {**addresses(zaire), **SAID, **OWN}


@pytest.fixture(scope="module")
def base(zaire: Path) -> Iterator[str]:
    """Where the workspace is."""
    with served(zaire) as address:
        yield address


@pytest.mark.parametrize("name", [name for name in (*LISTINGS, *ITEMS, *OWN) if name not in ALIKE])
def test_a_page_is_quiet_and_for_everybody(page: Page, watched: Watched, base: str, places: dict[str, str], name: str) -> None:
    is_for_everybody(page, watched, base, places[name], dark=name in DARK)


@pytest.mark.parametrize("name", ["map", "brief", "thread"])
def test_every_link_is_reached_by_keyboard_and_seen(page: Page, places: dict[str, str], name: str) -> None:
    page.goto(places[name])
    stops, reached, unseen = walked(page, _STOPS)
    assert unseen == []
    assert [stops[at] for at in range(min(len(stops), _STOPS - 40)) if at not in reached] == []


def test_the_map_is_zoomed_by_button_and_key_and_a_mark_leads_to_the_events(page: Page) -> None:
    page.goto("/map")
    picture = page.locator("svg.map")
    whole = picture.get_attribute("viewBox")
    page.get_by_role("button", name="Zoom in").click()
    assert picture.get_attribute("viewBox") != whole
    page.get_by_role("button", name="Whole picture").click()
    assert picture.get_attribute("viewBox") == whole
    page.locator(".map-frame").focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    assert picture.get_attribute("viewBox") != whole
    page.keyboard.press("0")
    assert picture.get_attribute("viewBox") == whole
    mark = page.locator("svg.map a").filter(has=page.locator(".spot.town")).first
    name = (mark.locator("title").text_content() or "").partition(",")[0]
    mark.locator(".spot").click(force=True)
    page.wait_for_url("**place=g*")
    expect(page.locator("h1")).to_contain_text(name)
    expect(page.locator("table.events tbody tr").first).to_be_visible()
    page.locator("table.events").get_by_role("link", name="report").first.click()
    expect(page.locator("#mark")).to_be_in_viewport()


def test_the_map_can_be_read_without_a_script(page: Page, base: str) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=base, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/map")
    assert plain.locator("svg.map .spot").count() > 3 and not plain.get_by_role("button", name="Zoom in").is_visible()
    context.close()


def test_a_note_of_the_brief_leads_to_its_sentence(page: Page) -> None:
    page.goto("/brief")
    page.locator(".brief sup a").first.click()
    note = page.locator(".brief .notes li:target")
    expect(note).to_be_in_viewport()
    words = " ".join(note.locator("q").inner_text().split())
    note.locator("a[href*='mark=']").click()
    page.wait_for_url("**/reports/**")
    expect(page.locator("#mark")).to_be_in_viewport()
    marked = " ".join("".join(page.locator(".text mark.focus").all_text_contents()).split())
    assert marked and marked.startswith(words.removesuffix("…"))
