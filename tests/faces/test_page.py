"""The HTML page: self-contained, strictly escaped, each place of the text tied to its entry and back."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib import resources

from hypothesis import given
from hypothesis import strategies as st

from dragoman.faces.cli.marks import Anchors, Mark, marks, stretches
from dragoman.faces.cli.page import article, page
from dragoman.reading.entries import Reading
from dragoman.text.report import Report, Span
from tests.faces.story import TEXT, hostile, reading

VOID = {"meta", "br"}


class Parsed(HTMLParser):
    """Tags with their attributes, the words of the text column, and whether all elements are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append("text" if dict(attrs).get("class") == "text" else tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() in (tag, "text")

    def handle_data(self, data: str) -> None:
        if "text" in self.open:
            self.text += data

    def all(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


def parsed(*readings: Reading) -> Parsed:
    found = Parsed("".join(page(readings)))
    assert found.open == []
    return found


def test_the_text_stands_there_character_by_character() -> None:
    assert parsed(reading()).text == TEXT


def test_paragraphs_are_apart_and_lose_no_character() -> None:
    text = "\n One line\nstands here.\r\n\r\nAnother\tone. \n"
    found = parsed(Reading(Report(text)))
    assert found.text == text
    assert [tag for tag, attrs in found.tags if attrs.get("dir") == "auto"] == ["p", "p", "p"]


def test_every_entry_has_its_place_and_every_place_its_entry() -> None:
    found = parsed(reading())
    ids = found.all("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in found.all("href") if href.startswith("#")} <= set(ids)
    refs = {ref for value in found.all("data-refs") for ref in value.split()}
    assert refs <= set(ids)
    story = reading()
    entries = len(story.actors) + len(story.times) + len(story.figures) + len(story.statements) + len(story.events)
    assert len([i for i in ids if re.fullmatch(r"r1-[atfse]\d+", i)]) == entries - 1  # one act is told twice


def test_several_readings_share_a_page_without_sharing_anchors() -> None:
    ids = parsed(reading(), reading(), hostile()).all("id")
    assert len(ids) == len(set(ids))


def test_the_policy_names_style_and_script_and_forbids_the_rest() -> None:
    html = "".join(page([reading()]))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe" not in policy[1]
    for tag in ("style", "script"):
        contents = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert len(contents) == 1
        digest = base64.b64encode(hashlib.sha256(contents[0].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]


def test_the_page_asks_for_nothing_from_outside() -> None:
    found = parsed(reading())
    assert not {"link", "img", "iframe", "object", "embed"} & {tag for tag, _ in found.tags}
    assert found.all("src") == []
    assert found.all("style") == []
    assert [h for h in found.all("href") if not h.startswith("#")] == ["https://courier.example/harbour-talks"]
    style = "".join(page([reading()])).partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_a_hostile_report_stays_text() -> None:
    found = parsed(hostile())
    assert [tag for tag, _ in found.tags].count("script") == 1
    assert not {"img", "b:x"} & {tag for tag, _ in found.tags}
    assert not any("javascript" in (href or "") for href in found.all("href"))
    assert not any(name.startswith("on") for _, attrs in found.tags for name in attrs)
    assert all(re.fullmatch(r"r\d+-[a-z0-9-]+", i) for i in found.all("id"))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", found.text)


def test_status_is_told_by_symbol_and_word_not_by_colour_alone() -> None:
    html = "".join(page([reading()]))
    assert '<span aria-hidden="true">✕</span> cancelled' in html
    assert 'data-symbol="✕"' in html


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_stand_out_from_every_ground_in_light_and_dark() -> None:
    style = resources.files("dragoman.faces.cli").joinpath("page.css").read_text("utf-8")
    palettes = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)]
    assert len(palettes) == 2
    for palette in palettes:
        for ink in ("ink", "soft", "done", "ahead", "pressed", "undone", "supposed"):
            for ground in ("paper", "card", "lit"):
                darker, lighter = sorted((_luminance(palette[ink]), _luminance(palette[ground])))
                assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (ink, ground, palette[ink])


def test_no_readings_give_no_page() -> None:
    assert list(page([])) == []


def test_a_reading_without_entries_shows_its_text() -> None:
    assert parsed(Reading(Report("A quiet day."))).text == "A quiet day."


def test_a_statement_within_a_statement_is_tinted_deeper() -> None:
    assert 'class="content deeper"' in article(reading())


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=30))
def test_overlapping_marks_cut_the_text_without_losing_or_doubling_any(pairs: list[tuple[int, int]]) -> None:
    text = "abcdefghijklmnopqrstuvwxyz"
    found = [Mark(Span(a, b), "content", f"r1-s{n}") for n, (a, b) in enumerate(pairs)]
    cut = list(stretches(text, found))
    assert "".join(text[s.start : s.end] for s in cut) == text
    for mark in found:
        if 0 <= mark.span.start < mark.span.end <= len(text):
            covered = [i for s in cut if mark in s.marks for i in range(s.start, s.end)]
            assert covered == list(range(*mark.span))
            assert sum(mark in s.opening for s in cut) == 1


def test_a_retelling_leads_to_the_first_telling() -> None:
    story = reading()
    anchor = Anchors.number(story, "r1")
    assert anchor("e", "e1") == anchor("e", "e2") == "r1-e2"
    symbols = {mark.symbol for mark in marks(story, anchor) if mark.kind == "act"}
    assert symbols == {"●", "◐", "◇", "◆", "▲", "▷", "✕", "⊘", "○"}
