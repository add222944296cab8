"""Everything can be reached without a pointer, and one always sees where one is."""

from __future__ import annotations

import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")
pytest.importorskip("playwright", reason="the browser needs playwright")

from playwright.sync_api import Page, expect

ASKED = ("now", "filtered", "actor", "dispute", "figure", "search", "report", "network", "map", "brief")
# Words of a text and shapes of a picture are links for a pointer; the record and the table beside them hold the same for the keyboard.
_NUMBERED = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, summary')]
    .filter(one => !(one.tabIndex < 0 && one.closest('.text, svg')))
    .filter(one => one.type !== 'hidden' && one.checkVisibility({ visibilityProperty: true }));
  all.forEach((one, at) => { one.dataset.stop = at; });
  return all.map(one => one.outerHTML.slice(0, 100));
}"""
_WHERE = """() => {
  const one = document.activeElement;
  if (one === document.body) { return null; }
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return {
    stop: one.dataset.stop === undefined ? -1 : Number(one.dataset.stop),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inView: box.bottom > 0 && box.top < window.innerHeight,
    what: one.outerHTML.slice(0, 100),
  };
}"""
_MOST_STOPS = 1200


def walked(page: Page, most: int) -> tuple[list[str], set[int], list[str]]:
    """Tab through a page, at most so many times: all its stops, the numbers of those reached, and those that one does not see."""
    stops: list[str] = page.evaluate(_NUMBERED)
    reached, unseen = set[int](), list[str]()
    for _ in range(min(len(stops) + 40, most)):
        page.keyboard.press("Tab")
        where = page.evaluate(_WHERE)
        if where is None or (where["stop"] == 0 and 0 in reached):
            break
        reached.add(where["stop"])
        if not (where["outlined"] and where["inView"]):
            unseen.append(where["what"])
    return stops, reached, unseen


@pytest.mark.parametrize("name", ASKED)
def test_every_link_is_reached_and_seen(page: Page, places: dict[str, str], name: str) -> None:
    page.goto(places[name])
    stops, reached, unseen = walked(page, _MOST_STOPS)
    assert unseen == []
    assert [stops[at] for at in range(len(stops)) if at not in reached] == []


def test_the_skip_link_comes_first_and_goes_to_the_content(page: Page) -> None:
    page.goto("/actors")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_filter_is_set_by_keyboard(page: Page) -> None:
    page.goto("/chronology")
    page.get_by_text("Filter", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Status").focus()
    page.keyboard.type("denied")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**status=denied*")
    expect(page.get_by_role("list", name="Filters in force")).to_contain_text("denied")
