"""The worked example in docs/method/events.md is what the tool says."""

from __future__ import annotations

from typing import Any

from tests.reading.events_example import PAGE, TEXT, made, written

_REMEDY = "if that is meant, run: PYTHONPATH=src:. python -m tests.reading.events_example, and read the text around it again"


def _without_confidence(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Its last digits differ between processors."""
    return [{name: value for name, value in event.items() if name != "confidence"} for event in events]


def test_the_page_shows_what_the_tool_says() -> None:
    tree, events = made()
    page_tree, page_events = written()
    assert page_tree == tree, _REMEDY
    assert _without_confidence(page_events) == _without_confidence(events), _REMEDY
    assert TEXT in " ".join(PAGE.read_text("utf-8").replace("\n> ", " ").split())
