"""The look: nothing comes from elsewhere, and every colour of a text can be read on its ground, in light and in dark."""

from __future__ import annotations

import re
from importlib import resources

import pytest

HERE = resources.files("dragoman.faces.web")
CSS = HERE.joinpath("static", "workspace.css").read_text("utf-8")
LIGHT, DARK = re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
TEXTS = ("ink", "soft", "link", "accent", "done", "ahead", "pressed", "undone", "supposed")


def colours(block: str) -> dict[str, tuple[float, float, float]]:
    """The colours of a scheme, each as red, green and blue from 0 to 1."""
    found = re.findall(r"--([a-z-]+): #([0-9a-f]{6})", block)
    return {name: (int(hex[:2], 16) / 255, int(hex[2:4], 16) / 255, int(hex[4:], 16) / 255) for name, hex in found}


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The ratio that WCAG 2 asks for, 1 to 21."""

    def light(colour: tuple[float, float, float]) -> float:
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("block", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", ["paper", "card", "faint"])
def test_text_can_be_read(block: str, text: str, ground: str) -> None:
    found = colours(block)
    assert contrast(found[text], found[ground]) >= 4.5


@pytest.mark.parametrize("block", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_lit_can_be_read_and_the_focus_is_seen(block: str) -> None:
    found = colours(block)
    assert contrast(found["lit-ink"], found["lit"]) >= 4.5
    assert contrast(found["lit-edge"], found["paper"]) >= 3


def test_nothing_is_loaded_from_elsewhere_and_nothing_stands_inline() -> None:
    files = [*HERE.joinpath("templates").iterdir(), *HERE.joinpath("static").iterdir()]
    assert len(files) > 20
    for file in files:
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(", text), file.name
        if file.name.endswith(".html"):
            assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text), file.name
            assert not re.search(r"\|\s*safe\b|autoescape false", text), file.name
            assert all("static(" in script for script in re.findall(r"<script[^>]*>", text)), file.name
