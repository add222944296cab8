"""What a person does here: goes back in time, lights up what belongs together, follows a line down to its words, takes it home."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")
pytest.importorskip("playwright", reason="the browser needs playwright")

from playwright.sync_api import Browser, Locator, Page, expect

from dragoman.faces.cli.main import main

GROUND = "one => getComputedStyle(one).backgroundColor"
SAME = {
    "/threads": ["threads"], "/chronology": ["timeline", "--limit", "0"], "/actors": ["actors", "--limit", "0"], "/figures": ["figures"],
    "/disputes": ["disputes"], "/promises": ["promises"], "/network": ["network", "--limit", "0"],
}  # fmt: skip


def as_of(page: Page) -> str | None:
    """The day in the address."""
    return parse_qs(urlsplit(page.url).query).get("as_of", [None])[0]


def lit(found: Locator) -> bool:
    return "lit" in (found.get_attribute("class") or "").split()


# --- the slider


def test_the_slider_says_its_day_while_it_moves_and_goes_there(page: Page) -> None:
    page.goto("/chronology")
    slider, shown = page.locator("#day"), page.locator("#day-shown")
    before = shown.inner_text()
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(shown).not_to_have_text(before)
    moved = shown.inner_text()
    assert as_of(page) is None
    assert slider.get_attribute("aria-valuetext") == moved
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert as_of(page) == "1962-11-03"
    expect(page.locator("#day-shown")).to_have_text(moved)
    expect(page.locator(".foot")).to_contain_text("only reports published up to that day")


def test_the_slider_is_drawn_with_a_pointer(page: Page) -> None:
    page.goto("/disputes")
    box = page.locator("#day").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 8, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=4)
    with page.expect_navigation():
        page.mouse.up()
    assert "1962-10-23" <= (as_of(page) or "") <= "1962-11-12"


def test_the_day_goes_along_to_the_next_page(page: Page) -> None:
    page.goto("/?as_of=1962-10-27")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Disputes").click()
    assert as_of(page) == "1962-10-27"
    page.get_by_role("searchbox").fill("missiles")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert as_of(page) == "1962-10-27"


def test_without_javascript_the_slider_and_the_report_work(chromium: Browser, base: str, places: dict[str, str]) -> None:
    context = chromium.new_context(base_url=base, java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto("/chronology?type=COERCE")
        page.locator("#day").focus()
        page.keyboard.press("ArrowLeft")
        page.get_by_role("button", name="Show this day").click()
        page.wait_for_url("**as_of=1962-11-12*")
        assert "type=COERCE" in page.url
        page.goto(places["report"])
        page.locator(".text .act a").first.click()
        anchor = urlsplit(page.url).fragment
        assert anchor
        expect(page.locator(f".record #{anchor}")).to_be_in_viewport()
    finally:
        context.close()


# --- a report


def test_text_and_record_light_each_other_up(page: Page, places: dict[str, str]) -> None:
    page.goto(places["report"])
    item = page.locator(".record .item[data-refs^=r-e]").first
    ref = item.get_attribute("data-refs")
    word = page.locator(f".text [data-refs='{ref}']").first
    assert not lit(word) and not lit(item)
    item.hover(position={"x": 5, "y": 5})
    assert lit(word) and lit(item)
    page.locator("h1").hover()
    assert not lit(word) and not lit(item)
    word.hover()
    assert lit(word) and lit(item)


def test_a_click_on_a_word_shows_its_entry_and_escape_lets_go(page: Page, places: dict[str, str]) -> None:
    page.goto(places["report"])
    last = page.locator(".text .act a").last
    owner = last.locator("xpath=ancestor-or-self::*[@data-refs][1]")
    item = page.locator(f".record .item[data-refs='{owner.get_attribute('data-refs')}']").first
    last.click()
    expect(item).to_be_in_viewport()
    page.locator("h1").hover()
    assert lit(item), "a click holds the light"
    page.keyboard.press("Escape")
    assert not lit(item)


@pytest.mark.parametrize("kind", ["event", "dispute", "promise", "thread", "figure"])
def test_an_item_leads_down_to_its_words(page: Page, places: dict[str, str], kind: str) -> None:
    page.goto(places[kind])
    link = page.locator("a[href*='/reports/'][href$='#mark']")
    told = page.locator(".passage, .event, .promise").filter(has=link).first
    words = " ".join(told.locator(".words").first.inner_text().split())
    told.locator(link).first.click()
    page.wait_for_url("**/reports/**")
    expect(page.locator("#mark")).to_be_in_viewport()
    marked = page.locator(".text mark.focus")
    assert " ".join("".join(marked.all_text_contents()).split()) == words
    assert marked.first.evaluate(GROUND) != page.locator(".text").evaluate(GROUND)


# --- taking it home


@pytest.mark.parametrize("form", ["CSV", "JSON"])
@pytest.mark.parametrize(("path", "command"), SAME.items())
def test_what_is_downloaded_is_what_the_command_line_writes(
    page: Page, cuba: Path, capsysbinary: pytest.CaptureFixture[bytes], path: str, command: list[str], form: str
) -> None:
    page.goto(f"{path}?as_of=1962-10-28")
    with page.expect_download() as waiting:
        page.locator(".foot").get_by_role("link", name=form, exact=True).click()
    got = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename == f"{path.strip('/')}-1962-10-28.{form.lower()}"
    capsysbinary.readouterr()
    assert main([command[0], str(cuba), *command[1:], "--as-of", "1962-10-28", "--format", form.lower()]) == 0
    assert got == capsysbinary.readouterr().out


def test_the_picture_of_the_network_can_be_had(page: Page) -> None:
    page.goto("/network")
    assert page.locator("img.network").evaluate("one => one.complete && one.naturalWidth > 500")
    with page.expect_download() as waiting:
        page.locator(".foot").get_by_role("link", name="SVG", exact=True).click()
    assert b"<svg" in Path(waiting.value.path()).read_bytes()[:300]
