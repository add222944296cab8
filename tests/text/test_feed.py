"""Feeds: entries out of RSS, Atom and RDF, good, broken and hostile."""

import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.text.feed import LIMIT, Feed, looks_like_feed, read_feed

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Tarvo Gazette</title>
<link>https://gazette.example/</link>
<item><title>Bridge  shut</title><link>/bridge</link><guid isPermaLink="false">g1</guid>
<pubDate>Sat, 10 Jan 2026 23:30:00 -0500</pubDate><description>&lt;p&gt;Short&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>The whole text.</p>]]></content:encoded></item>
<item><title>Talks go on</title><link>https://gazette.example/talks</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Tarvo Wire</title>
<entry><id>tag:wire,1</id><title>Bridge shut</title><link href="https://wire.example/1"/><updated>2026-01-11T01:00:00Z</updated>
<published>2026-01-10T08:00:00Z</published><summary>Short</summary></entry></feed>"""
RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tarvo RDF</title></channel>
<item rdf:about="https://rdf.example/1"><title>Bridge shut</title><link>https://rdf.example/1</link><dc:date>2026-01-10</dc:date></item></rdf:RDF>"""


def read(data: bytes, content_type: str = "") -> Feed:
    return read_feed(data, "the feed", content_type, "https://gazette.example/rss")


def refused(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.remedy
    return caught.value


def test_rss() -> None:
    feed = read(RSS)
    first, second = feed.entries
    assert (feed.title, feed.flaw) == ("Tarvo Gazette", None)
    assert (first.id, first.url, first.title) == ("g1", "https://gazette.example/bridge", "Bridge shut")
    assert (first.summary, first.content) == ("<p>Short</p>", "<p>The whole text.</p>")
    assert first.published == date(2026, 1, 10)  # as its own time zone has it
    assert (second.id, second.published) == ("https://gazette.example/talks", None)


@pytest.mark.parametrize(("data", "url"), [(ATOM, "https://wire.example/1"), (RDF, "https://rdf.example/1")])
def test_atom_and_rdf(data: bytes, url: str) -> None:
    (entry,) = read(data).entries
    assert (entry.url, entry.title, entry.published) == (url, "Bridge shut", date(2026, 1, 10))


def test_of_a_broken_feed_what_can_be_told_is_read() -> None:
    feed = read(RSS.replace(b"Talks go on", b"Talks & <b>go on"))
    assert len(feed.entries) == 2
    assert feed.flaw
    assert "\n" not in feed.flaw


def test_a_cut_feed() -> None:
    assert [entry.id for entry in read(RSS[: RSS.index(b"<item><title>Talks")]).entries] == ["g1"]


def test_an_entry_that_comes_twice_counts_once() -> None:
    item = RSS[RSS.index(b"<item><title>Talks") : RSS.index(b"</channel>")]
    assert len(read(RSS.replace(item, item * 3)).entries) == 2


def test_keys_have_one_length_whatever_the_id() -> None:
    long = read(RSS.replace(b">g1<", b">" + b"g" * 10_000 + b"<")).entries[0]
    assert len(long.key) == 24
    assert long.key != read(RSS).entries[0].key


def test_html_is_an_error_that_says_so() -> None:
    problem = refused(b"<!DOCTYPE html><html><head><title>Not found</title></head><body><p>Gone</p></body></html>")
    assert problem.found == "a web page (HTML), not a feed"
    assert "application/rss+xml" in problem.remedy


@pytest.mark.parametrize("data", [b"", b"  \n", b"Tarvo", b'{"items": []}', b"<?xml version='1.0'?><memo/>", b"\x89PNG\r\n"])
def test_no_feed(data: bytes) -> None:
    assert refused(data).where == "the feed"


def test_a_text_that_names_a_file_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(RSS)
    refused(str(tmp_path / "feed.xml").encode())


def test_entities_that_grow() -> None:
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
    )
    assert "entities" in refused(laughs).found


def test_too_large() -> None:
    assert "larger than 5 MB" in refused(RSS + b" " * LIMIT).found


@pytest.mark.parametrize("start", [b"<rss", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a --><feed ", b"<?xml version='1.0'?><rdf:RDF "])
def test_what_looks_like_a_feed(start: bytes) -> None:
    assert looks_like_feed(start + b">")


@pytest.mark.parametrize(
    "start", [b"<html>", b"<rssx>", b"Tarvo <rss>", b"<?xml version='1.0'?><svg>", b"<!--" * 9000, b"<?" * 9000, b" " * 60_000]
)
def test_what_does_not(start: bytes) -> None:
    begin = time.process_time()
    assert not looks_like_feed(start)
    assert time.process_time() - begin < 1


@pytest.mark.parametrize("part", [b"<", b"<a ", b"&", b"<![CDATA[", b"<!--", b"<item>", b"&lt;a ", b"&lt;!--"])
def test_a_hostile_feed_takes_no_endless_time(part: bytes) -> None:
    begin = time.process_time()
    for end in (b"", b"</description></item></channel></rss>"):
        read(b"<rss version='2.0'><channel><item><description>" + part * 5000 + end)
    assert time.process_time() - begin < 5


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    with suppress(InputError):
        read(b"<rss><channel>" + data)
