"""The review in a real browser: by keyboard to the end, without a script, on a telephone, and for everybody."""

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
from dragoman.case.reviewing import Wanted
from dragoman.faces.web.access.house import PLACE
from tests.faces.web.e2e.conftest import Watched
from tests.faces.web.e2e.served import served
from tests.faces.web.e2e.test_every_page import CONTRAST, OPEN_ALL, faults, overflow

ME = "Ada Holm"
NOON = "2026-03-01T12:00:00Z"


@pytest.fixture
def case_file(cuba: Path, tmp_path: Path) -> Path:
    """The example for each test anew: these tests decide."""
    return shutil.copy(cuba, tmp_path / "cuba.case")


@pytest.fixture
def base(case_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("DRAGOMAN_AUTHOR", ME)
    monkeypatch.setenv(PLACE, str(tmp_path / "house.db"))
    with served(case_file) as address:
        yield address


def queue(place: Path, wanted: Wanted | None = None) -> list[str]:
    with Case.open(place) as case:
        return [doubt.id for doubt in case.review(wanted or Wanted(), limit=None).doubts]


def taken(place: Path) -> list[tuple[str, str, str]]:
    with Case.open(place) as case:
        return [(kept.decision.verb, kept.decision.target, kept.decision.by) for kept in case.store.decisions()]


def asked(page: Page) -> str:
    """The id of the question that is shown."""
    return page.locator("form.answer input[name=item]").first.input_value()


def press(page: Page, key: str) -> None:
    """Presses a key, and waits until the next question has taken the place of this one."""
    page.evaluate("document.querySelector('[data-review]').dataset.old = 1")
    page.keyboard.press(key)
    page.wait_for_selector("[data-review]:not([data-old])")


def test_the_queue_is_reviewed_by_keyboard_to_the_end(page: Page, watched: Watched, base: str, case_file: Path) -> None:
    whole = queue(case_file)
    assert len(whole) > 20
    page.goto("/review")
    seen: list[str] = []
    for number in range(2 * len(whole)):
        if page.locator(".done").count():
            break
        seen.append(asked(page))
        expect(page.locator("#question")).to_be_focused(timeout=5000) if number else None
        state = page.get_by_role("button", name="Broken").count() > 0
        press(page, "6" if state and number % 2 else "r" if number % 3 == 2 else "a")
    expect(page.locator(".done")).to_have_text("Nothing is left to be decided here.")
    assert len(seen) == len(set(seen)), "nothing was asked twice"
    decisions = taken(case_file)
    assert [target for _, target, _ in decisions] == seen and {by for _, _, by in decisions} == {ME}
    assert queue(case_file) == []
    assert len(seen) >= len(whole) - 5, "a decision may answer another question, or ask a new one"
    assert {"same", "different", "confirm", "reject", "edit"} <= {verb for verb, _, _ in decisions}
    assert watched.complaints == []
    page.goto("/log")
    expect(page.get_by_role("row")).to_have_count(len(decisions) + 1)


def test_skip_undo_and_correct_by_keyboard(page: Page, watched: Watched, base: str, case_file: Path) -> None:
    page.goto("/review?reason=event")
    first = asked(page)
    press(page, "s")
    second = asked(page)
    assert first != second and taken(case_file) == []
    press(page, "u")
    assert asked(page) == first
    press(page, "a")
    assert taken(case_file) == [("confirm", first, ME)]
    press(page, "u")
    assert asked(page) == first
    page.keyboard.press("e")
    expect(page.locator("#f1-status")).to_be_focused()
    page.locator("#f1-status").select_option("denied")
    page.locator("#f1-place").fill("Havana harbour")
    page.evaluate("document.querySelector('[data-review]').dataset.old = 1")
    page.get_by_role("button", name="Correct it").first.click()
    page.wait_for_selector("[data-review]:not([data-old])")
    assert asked(page) != first
    with Case.open(case_file) as case:
        (event,) = (t.event for t in case.timeline() if t.event.id == first)
    assert (event.status, event.place) == ("denied", "Havana harbour")
    assert watched.complaints == []


def test_keys_do_nothing_while_one_types_and_a_click_on_text_accepts_nothing(page: Page, base: str, case_file: Path) -> None:
    page.goto("/review")
    before = asked(page)
    page.keyboard.press("w")
    expect(page.locator("#why")).to_be_focused()
    page.keyboard.type("as a rule: us")
    page.keyboard.press("Enter")
    assert page.locator("#why").input_value() == "as a rule: us"
    page.keyboard.press("Escape")
    page.locator(".quote mark").first.click()
    page.locator(".quote .words").first.dblclick()
    page.locator(".reason").click()
    page.keyboard.press("Control+a")
    assert asked(page) == before and taken(case_file) == []
    page.keyboard.press("?")
    expect(page.locator(".keys")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator(".keys")).not_to_have_attribute("open", "")
    press(page, "a")
    with Case.open(case_file) as case:
        assert case.store.decisions()[0].decision.why == "as a rule: us"


def test_a_page_of_questions_is_accepted_at_once(page: Page, base: str, case_file: Path) -> None:
    page.goto("/review/list?reason=same_actor")
    page.get_by_role("button", name="Tick all").click()
    shown = page.locator("input[name=take]").evaluate_all("all => all.map(one => one.value)")
    page.locator("input[name=take]").first.uncheck()
    push(page, "Accept what is ticked")
    assert sorted(target for _, target, _ in taken(case_file)) == sorted(shown[1:])
    push(page, "Undo")
    assert queue(case_file, Wanted(("same_actor",))) == shown


def test_a_promise_and_a_dispute_are_decided_on_their_pages(page: Page, base: str, case_file: Path) -> None:
    page.goto("/promises")
    page.get_by_role("link", name="decide", exact=False).first.click()
    expect(page.get_by_role("heading", name="What has become of it?")).to_be_visible()
    item = asked(page)
    page.goto(f"/promises/{item}")
    page.get_by_text("Decide what became of it").click()
    page.get_by_label("State").select_option("compromise")
    page.locator(".decide").get_by_label("Why").fill("in part")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("compromise (as a person decided)").first).to_be_visible()
    dispute = queue(case_file, Wanted(("dispute",)))[0]
    page.goto(f"/disputes/{dispute}")
    page.get_by_text("Is it a dispute?").click()
    page.get_by_role("button", name="No dispute").click()
    page.wait_for_url("**/log")
    expect(page.get_by_role("cell", name="stands")).to_have_count(2)
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("undone by")).to_be_visible()
    assert dispute in queue(case_file, Wanted(("dispute",)))


def test_everything_works_without_a_script(chromium: Browser, base: str, case_file: Path) -> None:
    context = chromium.new_context(base_url=base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/review?reason=same_event")
    first = page.locator("form.answer input[name=item]").get_attribute("value") or ""
    push(page, "Skip")
    second = page.locator("form.answer input[name=item]").get_attribute("value") or ""
    assert first != second
    page.locator("#why").fill("two letters")
    page.locator("#why").press("Enter")
    assert taken(case_file) == [], "Enter in the field chooses no answer"
    push(page, "Two acts")
    assert taken(case_file) == [("different", second, ME)]
    push(page, "Undo")
    assert page.locator("form.answer input[name=item]").get_attribute("value") == second
    page.get_by_role("link", name="A page at once").click()
    page.locator("input[name=take]").first.check()
    push(page, "Accept what is ticked")
    assert len(taken(case_file)) == 3
    context.close()


def push(page: Page, name: str) -> None:
    """Pushes a button that sends a form, and waits for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def differing(place: Path) -> str:
    """A link over which two reviewers differ; its id."""
    with Case.open(place) as case:
        link = case.review(Wanted(("same_event",)), limit=1).doubts[0].id
        case.judge("Ben").link(link, True, "one appeal", NOON)
        case.judge("Cy").link(link, False, "two letters", NOON)
        case.settle()
    return link


def test_a_disagreement_is_settled_by_a_third(page: Page, watched: Watched, base: str, case_file: Path) -> None:
    link = differing(case_file)
    page.goto("/review?second=1")
    assert asked(page) == link
    assert "Ben" not in page.content() and "two letters" not in page.content()
    page.goto("/review/agreement")
    expect(page.get_by_text("too little to rely on")).to_be_visible()
    page.locator(f"#{link}").get_by_label("Why").fill("the second came a day later")
    page.locator(f"#{link}").get_by_role("button", name="It is: different").click()
    expect(page.get_by_role("heading", name="Settled")).to_be_visible()
    expect(page.get_by_text("To be settled")).to_have_count(0)
    assert taken(case_file)[-1] == ("different", link, ME)
    assert watched.complaints == []


PAGES = ("/review", "/review?reason=same_event", "/review?reason=state", "/review?reason=event", "/review/list", "/review/agreement")


def test_the_pages_are_for_everybody_and_fit_a_telephone(page: Page, watched: Watched, base: str, case_file: Path) -> None:
    differing(case_file)
    with Case.open(case_file) as case:
        others = [f"/actors/{case.actors()[0].id}", "/events/E1", f"/promises/{case.commitments()[0].id}", "/log", "/promises"]
    for address in (*PAGES, *others):
        page.set_viewport_size({"width": 1280, "height": 800})
        answer = page.goto(address)
        assert answer is not None and answer.status == 200
        page.evaluate(OPEN_ALL)
        assert faults(page) == [], address
        page.emulate_media(color_scheme="dark")
        assert faults(page, CONTRAST) == [], address
        page.emulate_media(color_scheme="light")
        assert overflow(page) == [], address
    assert watched.complaints == []
