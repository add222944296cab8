"""A real browser: Debian's Chromium, driven by Playwright for Python. Nothing is downloaded, and the browser calls nobody."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOW = "a browser test needs Chromium and its driver: apt-get install chromium; pip install playwright axe-playwright-python"
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_LONGEST_MS = 20_000


def program() -> str | None:
    """The path of Chromium; None where it or its driver is missing."""
    if any(importlib.util.find_spec(name) is None for name in ("playwright", "axe_playwright_python")):
        return None
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def browser(path: str) -> Iterator[Browser]:
    """Chromium without a window, until the block ends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, headless=True, args=list(_QUIET), timeout=2 * _LONGEST_MS)
        yield opened
        opened.close()
