"""Web pages: which files are taken for one, and what hostile ones do."""

import time

import pytest

from dragoman.text.html import article, declared_encoding, looks_like_html


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html>",
        b"\r\n<HTML lang=en>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">',
        b"<!-- saved -->\n<!-- by hand --><html>",
        b"<div class=a><p>One.</p><p>Two.</p>",
    ],
)
def test_pages(head: bytes) -> None:
    assert looks_like_html(head)


@pytest.mark.parametrize("head", [b"", b"<rss><item>", b"The <p> tag is used in <html> pages.", b"< 5 people said so", b"{}"])
def test_other_files(head: bytes) -> None:
    assert not looks_like_html(head)


def test_looking_takes_no_time_whatever_the_page() -> None:
    start = time.monotonic()
    for part in (b"<!---->", b"<!-- ", b"<?xml ", b"<meta ", b"<meta charset", b" \n", b"<p"):
        head = part * (65536 // len(part))
        looks_like_html(head)
        declared_encoding(head)
    assert time.monotonic() - start < 20  # catastrophic search would take years


def test_the_encoding_that_a_page_names() -> None:
    assert declared_encoding(b'<head><meta charset="Windows-1251">') == "Windows-1251"
    assert declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">') == "iso-8859-1"
    assert declared_encoding(b"<head></head>") is None


def test_paragraphs_are_lines_and_what_stands_around_is_left_out() -> None:
    page = (
        "<html><body><header><a href=/>Home</a></header><main><article>"
        "<p>The ferry to Tarvo was late on Monday because of a storm in the strait, its owners said.</p>"
        "<p>It carried ninety passengers, most of whom had waited since the early morning.</p>"
        "</article></main><script>track('x')</script></body></html>"
    )
    found = article(page)
    assert found is not None
    assert found.text.splitlines() == [
        "The ferry to Tarvo was late on Monday because of a storm in the strait, its owners said.",
        "It carried ninety passengers, most of whom had waited since the early morning.",
    ]
    assert (found.title, found.published, found.url) == (None, None, None)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("", id="nothing"),
        pytest.param("<html>", id="a tag"),
        pytest.param("<" * 1000, id="brackets"),
        pytest.param("<p>" * 2000, id="empty paragraphs"),
        pytest.param("<div>" * 20_000 + "Deep down", id="deep"),
        pytest.param("&#xD800;&#0;" * 50, id="characters that are none"),
        pytest.param("<html><body>Home News Sport", id="navigation"),
    ],
)
def test_a_page_without_an_article_gives_none(page: str) -> None:
    assert article(page) is None
