"""Every kind of page in a real browser: quiet, alone, readable by everybody, and no wider than a telephone."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")
pytest.importorskip("playwright", reason="the browser needs playwright")
pytest.importorskip("axe_playwright_python", reason="accessibility is checked by axe-playwright-python")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.faces.web.e2e.conftest import Watched
from tests.faces.web.e2e.served import ITEMS, LISTINGS

NAMES = [*LISTINGS, *ITEMS]
ALIKE = ("chronology", "chronology-by-actor", "as-of", "emptied", "report-marked")  # in the dark, another page of the list shows the same
PROBLEMS = {"/nothing": 404, "/events/E99999": 404, "/reports/0": 404, "/chronology?as_of=tomorrow": 400, "/chronology?colour=red": 400}
SERIOUS = ("serious", "critical")
QUICK = {"resultTypes": ["violations"], "selectors": False, "preload": False}
CONTRAST = {"runOnly": ["color-contrast", "link-in-text-block"]}
TELEPHONE = {"width": 360, "height": 740}
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) { return []; }
  return [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > room + 1)
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 5);
}"""


def faults(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """What axe-core finds serious or critical, with the first place of each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options).then(found => found.violations)", {**QUICK, **(options or {})})
    return [f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in SERIOUS]


def overflow(page: Page) -> list[str]:
    """What makes a page wider than a telephone."""
    page.set_viewport_size({"width": TELEPHONE["width"], "height": TELEPHONE["height"]})
    wider: list[str] = page.evaluate(WIDER)
    return wider


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_quiet_and_for_everybody(page: Page, watched: Watched, base: str, places: dict[str, str], name: str) -> None:
    is_for_everybody(page, watched, base, places[name], dark=name not in ALIKE)


def is_for_everybody(page: Page, watched: Watched, base: str, address: str, *, dark: bool) -> None:
    """A page answers, complains of nothing, asks nobody else, has no fault in the light and in the dark, and fits a telephone."""
    answer = page.goto(address)
    assert answer is not None and answer.status == 200
    assert watched.complaints == []
    assert [url for url in watched.asked if not url.startswith(base + "/")] == []
    page.evaluate(OPEN_ALL)
    assert faults(page) == []
    if dark:
        page.emulate_media(color_scheme="dark")
        assert faults(page, CONTRAST) == []
    assert overflow(page) == []


@pytest.mark.parametrize(("address", "status"), PROBLEMS.items())
def test_a_page_that_says_what_is_wrong(page: Page, watched: Watched, base: str, address: str, status: int) -> None:
    answer = page.goto(address)
    assert answer is not None and answer.status == status
    assert [said for said in watched.complaints if str(status) not in said] == []
    assert [url for url in watched.asked if not url.startswith(base + "/")] == []
    assert page.locator("h1").inner_text()
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []
    assert overflow(page) == []
    page.locator("main a").click()
    assert page.locator("nav[aria-label=Pages]").is_visible()


@pytest.mark.parametrize("name", ["report", "filtered"])
def test_a_narrow_page_is_for_everybody_too(page: Page, places: dict[str, str], name: str) -> None:
    page.set_viewport_size({"width": TELEPHONE["width"], "height": TELEPHONE["height"]})
    page.goto(places[name])
    assert faults(page) == []
