"""Writes the pictures of the guide: `python -m tests.faces.web.e2e.pictures docs/guide/pictures`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faces.web.e2e.chromium import HOW, browser, program
from tests.faces.web.e2e.served import addresses, build, served

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_WIDE = {"width": 1120, "height": 660}


def write(out: Path, path: str) -> list[Path]:
    """Takes the pictures of the example's pages; `path` is the browser. Returns their files."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room, browser(path) as chromium:
        case = build(Path(room) / "cuba.case")
        places = addresses(case)
        with served(case) as base:
            context = chromium.new_context(base_url=base, reduced_motion="reduce", color_scheme="light")
            page = context.new_page()
            return taken(page, places, out)


def taken(page: Page, places: dict[str, str], out: Path) -> list[Path]:
    """The pictures from a browser that is there already."""
    made = []
    for picture in (_now, _chronology, _report, _disputes, _map, _brief, _review):
        page.set_viewport_size({"width": _WIDE["width"], "height": _WIDE["height"]})
        made.append(picture(page, places, out))
    return made


def _taken(shown: Page | Locator, out: Path, name: str) -> Path:
    place = out / f"{name}.png"
    place.write_bytes(shown.screenshot(scale="css"))
    return place


def _now(page: Page, _: dict[str, str], out: Path) -> Path:
    page.goto("/?as_of=1962-10-28")
    return _taken(page, out, "now")


def _chronology(page: Page, _: dict[str, str], out: Path) -> Path:
    page.goto("/chronology?by=actor&as_of=1962-10-28")
    return _taken(page.locator("figure.wide"), out, "chronology")


def _report(page: Page, places: dict[str, str], out: Path) -> Path:
    """An act lit up, in the text and in the record."""
    page.goto(places["report"])
    page.set_viewport_size({"width": _WIDE["width"], "height": 480})
    page.locator(".columns").evaluate("one => one.scrollIntoView({ block: 'start' })")
    page.locator(".text .act a").nth(1).click()
    return _taken(page, out, "report")


def _disputes(page: Page, _: dict[str, str], out: Path) -> Path:
    page.goto("/disputes")
    return _taken(page, out, "disputes")


def _review(page: Page, _: dict[str, str], out: Path) -> Path:
    """A question about two mentions."""
    page.goto("/review?reason=same_event")
    return _taken(page, out, "review")


def _map(page: Page, _: dict[str, str], out: Path) -> Path:
    """The picture alone; the buttons are above it."""
    page.goto("/map")
    return _taken(page.locator("figure.wide"), out, "map")


def _brief(page: Page, _: dict[str, str], out: Path) -> Path:
    page.goto("/brief?as_of=1962-10-28")
    return _taken(page, out, "brief")


def main(given: Sequence[str]) -> int:
    """The command. Returns 2 where no folder is given or there is no browser."""
    path = program()
    if len(given) != 1 or path is None:
        print("usage: python -m tests.faces.web.e2e.pictures FOLDER" if path else HOW, file=sys.stderr)
        return 2
    for place in write(Path(given[0]), path):
        print(f"{place}  {place.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
