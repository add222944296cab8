"""One case, one server, and a browser for each file of tests; a page of its own for each test, which tells what went wrong in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.faces.web.e2e.chromium import HOW, browser, program
from tests.faces.web.e2e.served import addresses, build, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

REQUIRED = "DRAGOMAN_REQUIRE_CHROMIUM"


if os.environ.get(REQUIRED, "0") not in ("", "0") and program() is None:
    raise pytest.UsageError(f"{REQUIRED} is set and {HOW}")


@dataclass
class Watched:
    """What a page asked for and complained of."""

    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listens to a page from now on."""
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda problem: self.complaints.append(str(problem)))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser, or a skip that says how to get it; with DRAGOMAN_REQUIRE_CHROMIUM=1 nothing is tested at all without it."""
    path = program()
    if path is None:
        pytest.skip(HOW)
    return path


@pytest.fixture(scope="session")
def cuba(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as a case; nothing changes it."""
    return build(tmp_path_factory.mktemp("e2e") / "cuba.case")


@pytest.fixture(scope="session")
def places(cuba: Path) -> dict[str, str]:
    """The address of each kind of page."""
    return addresses(cuba)


@pytest.fixture(scope="session")
def base(cuba: Path) -> Iterator[str]:
    """Where the workspace is."""
    with served(cuba) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """Not for the whole session: while Playwright runs, no other test could use asyncio in this thread."""
    with browser(chromium_path) as opened:
        yield opened


@pytest.fixture
def context_options() -> dict[str, Any]:
    """What the browser of a test is like; a test file may say otherwise."""
    return {}


@pytest.fixture
def context(chromium: Browser, base: str, context_options: dict[str, Any]) -> Iterator[BrowserContext]:
    """A user who has not been here before."""
    opened = chromium.new_context(base_url=base, reduced_motion="reduce", **{"viewport": {"width": 1280, "height": 800}, **context_options})
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page that has nothing on it yet."""
    return context.new_page()


@pytest.fixture
def watched(page: Page) -> Watched:
    """What the page does meanwhile."""
    found = Watched()
    found.watch(page)
    return found
