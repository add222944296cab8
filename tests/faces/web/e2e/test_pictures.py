"""The pictures of the guide can be taken, and every picture that the guide shows is one of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")
pytest.importorskip("playwright", reason="the browser needs playwright")

from playwright.sync_api import Page

from tests.faces.web.e2e import pictures
from tests.faces.web.e2e.served import ROOT

GUIDE = ROOT / "docs" / "guide"


def test_the_guide_shows_pictures_that_are_taken_of_the_pages(page: Page, places: dict[str, str], tmp_path: Path) -> None:
    taken = {place.name: place.stat().st_size for place in pictures.taken(page, places, tmp_path)}
    shown = {name for file in GUIDE.glob("*.md") for name in re.findall(r"\]\(pictures/([\w.-]+)\)", file.read_text("utf-8"))}
    kept = {place.name for place in (GUIDE / "pictures").iterdir()}
    assert shown <= kept
    assert {name for name in kept if name.endswith(".png")} >= taken.keys()
    assert all(10_000 < size < 400_000 for size in taken.values()), taken
