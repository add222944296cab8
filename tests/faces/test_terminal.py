"""The page in a terminal: order, status without colour, width, and nothing that a terminal would act on."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from dragoman.faces.cli.terminal import print_page
from dragoman.reading.entries import Reading
from dragoman.reading.wording import STATUS_WORDS
from dragoman.text.report import Report
from tests.faces.story import hostile, reading


def page(what: Reading, width: int = 80, *, color: bool = False, encoding: str = "utf-8") -> str:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding=encoding, errors="replace")
    console = Console(file=stream, width=width, force_terminal=color, color_system="standard" if color else None)
    print_page(what, console)
    stream.flush()
    return buffer.getvalue().decode(encoding)


def test_the_sections_stand_in_reading_order() -> None:
    shown = page(reading())
    heads = ("Harbour talks called off", "Chronology", "Who says what", "Figures", "Announced, promised", "Notices")
    places = [shown.index(head) for head in heads]
    assert places == sorted(places)


def test_each_status_is_told_by_symbol_and_word() -> None:
    shown = page(reading())
    for event in reading().events:
        words = STATUS_WORDS[event.status]
        assert f"{words.symbol} {words.word}" in shown


def test_colour_only_adds_to_what_the_plain_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    colored = page(reading(), color=True)
    assert "\x1b[36m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == page(reading())


def test_only_the_mark_and_the_asides_of_a_bullet_are_dim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    line = next(line for line in page(reading(), color=True).splitlines() if "We shall answer" in line)
    assert line == "\x1b[2m – \x1b[0m“We shall answer every insult”\x1b[2m  [said]\x1b[0m"


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[(?:\d+;)*3[0-7]m", page(reading(), color=True))


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 100, 200])
def test_the_page_keeps_to_the_width(width: int) -> None:
    lines = page(reading(), width).splitlines()
    assert max(map(cell_len, lines)) <= min(width, 100)


def test_an_output_without_the_symbols_gets_plain_ones() -> None:
    shown = page(reading(), encoding="ascii")
    assert "* occurred" in shown
    assert "x cancelled" in shown
    assert "Norland coast guard -> three Sudmark fishing boats" in shown


@pytest.mark.parametrize("width", [30, 100])
def test_nothing_in_a_report_drives_the_terminal(width: int) -> None:
    shown = page(hostile(), width)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert "[31m" in shown.replace("\n", "") or width == 30


def test_markup_of_the_drawing_library_is_plain_text() -> None:
    shown = page(Reading(Report("[bold]x[/bold] :smile: [link=http://evil.example]y[/link]")))
    assert "[bold]x[/bold] :smile: [link=http://evil.example]y[/link]" in shown


def test_a_report_without_acts_says_so() -> None:
    assert "No act of the sixteen types was found." in page(Reading(Report("A quiet day.")))
