"""Sources: what comes out of files of every kind, good and bad."""

import bz2
import gzip
import io
import json
import random
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.text import formats
from dragoman.text.formats import load_source, read_source
from dragoman.text.loaded import Loaded
from dragoman.text.report import Report

NEWS = "Officials in Tarvo said on Monday that the bridge would stay shut until the flood had passed.\r\nNobody was hurt."
LATIN = "The café owner in Orléans said that the strike – the third this year – was “not over”, and that he would wait."
GERMAN = "Die Regierung hat am Montag angek\u00fcndigt, dass die Br\u00fccke wegen des Hochwassers gesperrt bleibt."


def only(data: bytes) -> Report | InputError:
    (item,) = read_source(data, "a.txt")
    return item


def report(data: bytes) -> Report:
    item = only(data)
    assert isinstance(item, Report), item
    return item


def error(data: bytes) -> InputError:
    item = only(data)
    assert isinstance(item, InputError), item
    assert "\n" not in str(item)
    assert item.remedy
    return item


class TestPlainText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_the_text_is_unchanged_whatever_the_encoding(self, encoding: str) -> None:
        assert report(NEWS.encode(encoding)).text == NEWS

    def test_windows_1252_and_latin_1(self) -> None:
        assert report(LATIN.encode("cp1252")).text == LATIN
        accented = LATIN.replace("\u2013", "-").replace("\u201c", '"').replace("\u201d", '"')
        assert report(accented.encode("latin-1")).text == accented

    def test_a_pipe_that_gives_a_byte_at_a_time(self) -> None:
        class Trickle(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                return super().read(1 if size else 0)

        (item,) = read_source(Trickle(NEWS.encode()), "standard input")
        assert isinstance(item, Report)
        assert item.text == NEWS

    def test_newlines_and_control_characters_stay(self) -> None:
        text = "\tThe minister said so.\r\rThe \x0cother\u2028did not. \x1b[0m \n\n"
        assert report(text.encode()).text == text

    def test_nothing_is_known_of_the_publication(self) -> None:
        item = report(NEWS.encode())
        assert (item.title, item.published, item.publisher, item.url, item.source_id) == (None,) * 5
        assert item.language == "en"

    @pytest.mark.parametrize("text", ["[AFP] The talks went on in Tarvo.", "<Tarvo> A note to editors", "{sic}"])
    def test_brackets_do_not_make_another_format(self, text: str) -> None:
        assert report(text.encode()).text == text


class TestRefusedFiles:
    def test_empty(self) -> None:
        assert error(b"").found == "the file is empty"
        assert error(b"\xef\xbb\xbf").found == "the file is empty"
        assert "white space" in error(b" \r\n\t\n").found
        assert "white space" in error("\u2003\u2028".encode()).found

    @pytest.mark.parametrize(
        ("data", "named"),
        [
            (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
            (bz2.compress(NEWS.encode()), "bzip2"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
            (b"GIF89a\x01\x00\x01\x00", "GIF"),
            (b"{\\rtf1\\ansi Tarvo}", "RTF"),
            (b"\x7fELF\x02\x01\x01" + bytes(50), "program"),
            (b"Tarvo\x00said\x00\x00so", "binary"),
            (bytes(range(256)) * 9, "binary"),
            (random.Random(7).randbytes(4096), ""),
        ],
    )
    def test_binary(self, data: bytes, named: str) -> None:
        assert named in error(data).found

    def test_a_word_document_is_a_zip_archive(self) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("word/document.xml", NEWS)
        assert "zip" in error(packed.getvalue()).found

    def test_another_encoding(self) -> None:
        russian = "Правительство объявило о переговорах."
        assert "encoding" in error(russian.encode("cp1251")).found

    def test_another_language(self) -> None:
        assert error(GERMAN.encode()).found == "the text is in German, not in English"
        assert "German" in error(GERMAN.encode("latin-1")).found

    def test_too_large(self) -> None:
        found = error(b"The same again. " * (formats.LIMIT // 16 + 1))
        assert "larger than 50 MB" in found.found
        assert "JSON Lines" in found.remedy

    def test_xml(self) -> None:
        assert "XML" in error(b"<?xml version='1.0'?><memo><item>A</item></memo>").found

    def test_a_stream_that_breaks(self) -> None:
        class Broken(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                raise OSError(5, "Input/output error")

        (item,) = read_source(Broken(), "disk.txt")
        assert isinstance(item, InputError)
        assert str(item).startswith("disk.txt: cannot be read (Input/output error); ")


PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>Bridge shut</title>
<meta property="og:title" content="Tarvo bridge stays shut"><meta property="og:site_name" content="Tarvo Gazette">
<meta property="article:published_time" content="2026-01-10T08:30:00+01:00">
<link rel="canonical" href="https://gazette.example/bridge"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Tarvo bridge stays shut</h1>
<p>Officials in Tarvo said on Monday that the caf\u00e9 bridge would stay shut until the flood had passed.</p>
<p>Nobody was hurt when a part of the embankment gave way on Sunday, the town\u2019s mayor told reporters.</p>
</article><footer>All rights reserved</footer></body></html>"""


class TestHtml:
    def test_article_and_metadata(self) -> None:
        item = report(PAGE.replace("{charset}", "utf-8").encode())
        assert "the caf\u00e9 bridge would stay shut" in item.text
        assert "town\u2019s mayor" in item.text
        assert "Sport" not in item.text
        assert item.title == "Tarvo bridge stays shut"
        assert item.publisher == "Tarvo Gazette"
        assert item.published == date(2026, 1, 10)
        assert item.url == "https://gazette.example/bridge"

    @pytest.mark.parametrize(("charset", "encoding"), [("windows-1252", "cp1252"), ("x", "utf-8"), ("utf-16", "utf-16")])
    def test_encodings(self, charset: str, encoding: str) -> None:
        assert "the caf\u00e9 bridge" in report(PAGE.replace("{charset}", charset).encode(encoding)).text

    def test_a_page_from_an_archive(self) -> None:
        page = PAGE.replace("2026-01-10", "1962-10-24").replace("{charset}", "utf-8")
        assert report(page.encode()).published == date(1962, 10, 24)

    def test_without_a_date_there_is_none(self) -> None:
        page = PAGE.replace('"2026-01-10T08:30:00+01:00"', '""').replace("{charset}", "utf-8")
        assert report(page.encode()).published is None
        assert report(page.replace("on Monday", "on 2026-01-07").encode()).published is None

    @pytest.mark.parametrize(
        "page",
        [
            "<html></html>",
            "<!doctype html><html><body><div id=app></div><script>start()</script></body></html>",
            "<html><body><ul><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/c>Us</a></ul></body></html>",
            pytest.param("<!-- c --><html>" + "<div>" * 5000, id="deep"),
            pytest.param("<html><body>" + "<!---->" * 9000, id="comments"),
        ],
    )
    def test_without_an_article(self, page: str) -> None:
        assert error(page.encode()).found == "an HTML page without an article"

    def test_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(formats, "HTML_LIMIT", 2_000_000)
        assert "larger than 2 MB" in error(b"<html><body>" + b"<p>The same again." * 120_000).found


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


class TestJson:
    def test_all_fields(self) -> None:
        item = report(
            lines(
                {
                    "id": "r-1",
                    "title": "Bridge shut",
                    "text": NEWS,
                    "published": "2026-01-10",
                    "publisher": "Gazette",
                    "url": "https://gazette.example/1",
                    "more": [1],
                }
            )
        )
        assert item == Report(NEWS, "Bridge shut", "Gazette", date(2026, 1, 10), "https://gazette.example/1", "r-1")

    def test_the_records_of_ngec(self) -> None:
        item = report(lines({"id": 20190801, "date": "2019-08-01", "event_text": NEWS, "story": None}))
        assert item == Report(NEWS, published=date(2019, 8, 1), source_id="20190801")

    def test_nulls_are_absent_fields(self) -> None:
        record = {"text": NEWS, "id": None, "title": "", "published": None, "date": "20260110", "url": None}
        assert report(lines(record)) == Report(NEWS, published=date(2026, 1, 10))

    def test_an_array_and_a_single_object_laid_out_over_lines(self) -> None:
        record = {"text": NEWS, "date": "2026-01-10"}
        expected = Report(NEWS, published=date(2026, 1, 10))
        assert report(json.dumps(record, indent=2).encode()) == expected
        assert list(read_source(json.dumps([record, record], indent=2).encode(), "a")) == [expected, expected]
        assert list(read_source(json.dumps([record]).encode("utf-16"), "a")) == [expected]

    def test_lines_in_utf_16_and_with_a_byte_order_mark(self) -> None:
        data = lines({"text": NEWS}, {"text": LATIN})
        expected = [Report(NEWS), Report(LATIN)]
        assert list(read_source(data.decode().encode("utf-16"), "a")) == expected
        assert list(read_source(b"\xef\xbb\xbf" + data, "a")) == expected

    def test_one_bad_line_does_not_lose_the_others(self) -> None:
        good = {"text": NEWS}
        bad: list[object] = [
            {"title": "x"},
            {"text": 7},
            5,
            {"text": NEWS, "published": "2026-02-30"},
            {"text": GERMAN},
        ]
        data = lines(good) + b'{"text": "cut off\n\n' + lines(*bad, good)
        found = list(read_source(data, "wire.jsonl"))
        assert [isinstance(item, Report) for item in found] == [True, False, False, False, False, False, False, True]
        errors = [item for item in found if isinstance(item, InputError)]
        assert [item.where for item in errors] == [f"wire.jsonl:{number}" for number in (2, 4, 5, 6, 7, 8)]
        assert [item.found for item in errors] == [
            "not a JSON record (invalid control character at column 18)",
            'no "text" among its fields ("title")',
            '"text" is the number 7, not a string',
            "the number 5 where an object should be",
            "\"published\": the date '2026-02-30' does not exist",
            "the text is in German, not in English",
        ]

    @pytest.mark.parametrize(
        ("record", "found"),
        [
            ({}, "an object without fields"),
            ({"text": ""}, '"text" is empty'),
            ({"text": " \n"}, '"text" is empty'),
            ({"text": None}, '"text" is null, not a string'),
            ({"text": "A", "title": ["x"]}, '"title" is an array, not a string'),
            ({"text": "A", "id": True}, '"id" is true or false, not a string'),
            ({"text": "A", "date": 1768003200.5}, '"date" is the number 1768003200.5, not a date'),
            ({"text": "A", "date": "soon"}, "\"date\": 'soon' is not a date that can be read"),
        ],
    )
    def test_wrong_fields(self, record: dict[str, object], found: str) -> None:
        assert error(lines(record)).found == found

    def test_broken_documents_name_the_line(self) -> None:
        item = error(b'{\n  "text": "A",\n  "title" "B"\n}')
        assert item.where == "a.txt:3"
        assert item.found.startswith("not valid JSON (expecting ':' delimiter")
        assert error(b"[]").found == "an empty JSON array"
        assert error(b'[{"text": "A"},').found.startswith("not valid JSON")
        (first, second) = read_source(b'[{"text": "A"}, {"text": 1}]', "a.json")
        assert isinstance(first, Report)
        assert isinstance(second, InputError)
        assert second.where == "a.json, record 2"

    def test_values_nested_too_deeply_and_numbers_too_long(self) -> None:
        assert "nested too deeply" in error(b'{"text": ' + b"[" * 100_000).found
        assert error(b'{"text": ' + b"9" * 5000 + b"}").found == "not valid JSON (a number of thousands of digits)"

    def test_a_lone_surrogate_and_control_characters_stay_in_the_text(self) -> None:
        item = report(b'{"text": "A \\ud800 B \\u0000 C \\u001b"}')
        assert item.text == "A \ud800 B \0 C \x1b"
        assert len(item.id) == 64

    def test_a_record_over_the_limit_is_refused_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(formats, "LIMIT", 200_000)
        data = lines({"text": NEWS}, {"text": "A" * 300_000}, {"text": NEWS})
        first, second, third = read_source(io.BytesIO(data), "big.jsonl")
        assert first == third == Report(NEWS)
        assert isinstance(second, InputError)
        assert second.where == "big.jsonl:2"

    def test_a_large_file_is_read_line_by_line(self) -> None:
        class Endless(io.BytesIO):
            """Never ends, so that whoever reads it whole never returns."""

            line = lines({"text": "The same again."})

            def read(self, size: int | None = -1, /) -> bytes:
                return (self.line * 5000)[:size]

            def readline(self, size: int | None = -1, /) -> bytes:
                return self.line

        found: Iterator[Report | InputError] = read_source(Endless(), "endless")
        assert isinstance(next(found), Report)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_the_bytes_are_something_comes_out(data: bytes) -> None:
    items = list(read_source(data, "a"))
    assert items
    assert all("\n" not in str(item) for item in items if isinstance(item, InputError))


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["text", "id", "date", "published", "title"]) | st.text(), inner, max_size=5)
        ),
        max_leaves=8,
    )
)
def test_whatever_the_json_is_something_comes_out(value: object) -> None:
    for data in (lines({"text": value}), lines(value, value), json.dumps(value, indent=1).encode()):
        items = list(read_source(data, "a"))
        assert all("\n" not in str(item) for item in items if isinstance(item, InputError))


@given(st.text(min_size=1, max_size=200).filter(lambda text: bool(text.replace("\ufeff", "").strip())))
def test_text_in_utf_8_with_a_mark_is_never_changed(text: str) -> None:
    (item,) = read_source(b"\xef\xbb\xbf# " + text.replace("\0", "").encode(), "a")
    assert isinstance(item, InputError) or item.text == "# " + text.replace("\0", "")


class TestPacked:
    def test_any_format_may_be_gzip_compressed(self) -> None:
        assert report(gzip.compress(NEWS.encode())).text == NEWS
        assert report(gzip.compress(PAGE.replace("{charset}", "utf-8").encode())).title == "Tarvo bridge stays shut"
        line = json.dumps({"text": NEWS}).encode() + b"\n"
        assert len(list(read_source(gzip.compress(line) + gzip.compress(line), "a.jsonl.gz"))) == 2

    def test_lines_before_the_damage_are_read_and_the_damage_is_told_once(self) -> None:
        lines = b"".join(json.dumps({"text": NEWS, "id": n}).encode() + b"\n" for n in range(3000))
        packed = gzip.compress(lines)
        *reports, last = read_source(packed[: len(packed) // 2], "a.jsonl.gz")
        assert reports and all(isinstance(item, Report) for item in reports)
        assert isinstance(last, InputError) and "before they are complete" in last.found

    def test_of_a_damaged_document_nothing_is_read(self) -> None:
        assert "before they are complete" in error(gzip.compress(NEWS.encode())[:-9]).found

    def test_a_small_file_that_grows_without_end(self) -> None:
        assert "larger than 50 MB" in error(gzip.compress(b"Tarvo " * (formats.LIMIT // 5), 1)).found

    def test_packed_twice(self) -> None:
        assert "gzip" in error(gzip.compress(gzip.compress(NEWS.encode()))).found


class TestBytesBesideTheReport:
    def loaded(self, data: bytes) -> list[Loaded]:
        items = list(load_source(data, "a"))
        assert all(isinstance(item, Loaded) for item in items)
        return [item for item in items if isinstance(item, Loaded)]

    def test_a_text_is_its_file(self) -> None:
        (item,) = self.loaded(LATIN.encode("cp1252"))
        assert (item.raw, item.media_type, item.name) == (LATIN.encode("cp1252"), "text/plain", "a")

    def test_a_page_is_its_file(self) -> None:
        page = PAGE.replace("{charset}", "utf-8").encode()
        (item,) = self.loaded(page)
        assert (item.raw, item.media_type) == (page, "text/html")

    def test_a_record_is_its_line(self) -> None:
        lines = [json.dumps({"text": NEWS, "id": n}).encode() for n in range(3)]
        items = self.loaded(b"\n".join(lines))
        assert [item.raw for item in items] == lines
        assert [item.name for item in items] == ["a:1", "a:2", "a:3"]
        assert {item.media_type for item in items} == {"application/json"}

    def test_a_record_of_an_array_is_its_part_of_the_array(self) -> None:
        records = [{"text": NEWS, "id": "a, ]"}, {"text": NEWS + " [b", "id": 2}]
        items = self.loaded(json.dumps(records, indent=1).encode())
        assert [json.loads(item.raw) for item in items] == records
        assert items[1].name == "a, record 2"


ENTRY = "<item><title>Bridge shut</title><link>https://gazette.example/1</link><pubDate>Sat, 10 Jan 2026 08:00:00 +0100</pubDate>{}</item>"


class TestSavedFeeds:
    def test_an_entry_with_its_whole_text_is_a_report(self) -> None:
        text = "".join(
            f"<p>Officials in Tarvo said on Monday that bridge number {n} would stay shut until the flood had passed.</p>" for n in range(9)
        )
        entry = ENTRY.format(f"<description><![CDATA[{text}]]></description>")
        feed = f"<rss version='2.0'><channel><title>Tarvo Gazette</title>{entry}</channel></rss>"
        item = report(f"<?xml version='1.0'?>{feed}".encode())
        assert "bridge number 8" in item.text and "<p>" not in item.text
        assert (item.title, item.publisher, item.published) == ("Bridge shut", "Tarvo Gazette", date(2026, 1, 10))
        assert item.url == item.source_id == "https://gazette.example/1"

    def test_a_summary_is_told_with_what_to_do(self) -> None:
        entry = ENTRY.format("<description>The bridge stays shut.</description>")
        found = error(f"<rss version='2.0'><channel>{entry}</channel></rss>".encode())
        assert "only a summary" in found.found and "--feed" in found.remedy and found.where == "a.txt, entry 1"

    def test_a_feed_without_entries(self) -> None:
        assert "without entries" in error(b"<rss version='2.0'><channel><title>Tarvo</title></channel></rss>").found
