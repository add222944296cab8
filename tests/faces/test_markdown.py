"""The page as Markdown, checked with a Markdown parser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dragoman.faces.cli.markdown import escaped, markdown
from dragoman.reading.wording import one_line
from tests.faces.story import hostile, reading

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def shown(line: str) -> str:
    """What a reader sees of a line that stands behind other words."""
    (inline,) = (token for token in PARSER.parse(line) if token.type == "inline")
    assert {child.type for child in inline.children or ()} <= {"text", "softbreak"}, inline.children
    return inline.content and "".join(child.content for child in inline.children or ())


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _thin_ `code` ~~gone~~",
        "[click](javascript:alert(1)) ![x](y) <b>x</b> <!-- y --> &amp; &#60;",
        "# head", "- item", "+ item", "* item", "1. one", "2) two", "> quote", "---", "===", "| a | b |", "~~~", "```",
        "http://evil.example www.evil.example a@evil.example \\ $x$ <http://evil.example>",
    ],
)  # fmt: skip
def test_markup_in_a_text_shows_as_its_characters(text: str) -> None:
    assert shown(escaped(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_out_as_it_is(text: str) -> None:
    line = one_line(text)
    if line:
        assert shown("x " + escaped(line)) == "x " + line


def test_bare_addresses_become_no_links() -> None:
    line = escaped("http://evil.example WWW.evil.example a@evil.example")
    assert "http://" not in line
    assert "WWW." not in line
    assert "a@" not in line


def test_the_page_has_the_lines_of_the_terminal() -> None:
    page = markdown(reading())
    assert page.startswith("# Harbour talks called off after a night of boardings\n")
    assert "- ✕ cancelled: **President Ada Holm and Sudmark** (consult: meet · according to Piet Zand)" in page
    assert "  - “We shall answer every insult” (said)" in page
    assert "- **up to 12 people (sailors)**, told by the report itself" in page
    assert "## Notices" in page


def test_a_hostile_report_gives_no_link_picture_or_html() -> None:
    page = markdown(hostile())
    found = {child.type for token in PARSER.parse(page) for child in (token, *(token.children or ()))}
    assert not found & {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "table_open"}
    assert "\x1b" not in page
    page.encode()
