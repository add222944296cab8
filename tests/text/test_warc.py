"""Web archives: pages out of records, whatever stands between them; files are written by another library, FastWARC."""

import gzip
import io
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.text.formats import load_source
from dragoman.text.loaded import DAY_OF_CRAWL, Item, Loaded, Remark
from dragoman.text.stream import Stream
from dragoman.text.warc import Broken, Other, Page, records

fastwarc = pytest.importorskip("fastwarc", reason="web archives for the tests are written with it: pip install fastwarc")

LIMIT = 100_000
OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
SENTENCE = "Officials in Tarvo said on Monday that the {} bridge would stay shut until the flood had passed."

GERMAN = "Die Regierung hat am Montag angek\u00fcndigt, dass die Br\u00fccke gesperrt bleibt. "


def page(name: str, head: str = "") -> str:
    text = (
        f"<p>{SENTENCE.format(name)}</p><p>Nobody was hurt when a part of the embankment gave way on Sunday, the mayor told reporters.</p>"
    )
    return f"<!DOCTYPE html><html><head><title>The {name} bridge</title>{head}</head><body><article>{text}</article></body></html>"


def record(body: str | bytes, head: str = OK, kind: str = "response", url: str = "https://gazette.example/a") -> bytes:
    made = fastwarc.WarcRecord()
    made.init_headers(getattr(fastwarc.WarcRecordType, kind))
    made.headers["WARC-Target-URI"] = url
    made.record_date = datetime(2026, 1, 12, 9, tzinfo=UTC)
    if head:
        made.headers["Content-Type"] = "application/http; msgtype=response"
    made.set_bytes_content((head + "\r\n").encode() * bool(head) + (body.encode() if isinstance(body, str) else body))
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def held(data: bytes, limit: int = LIMIT) -> list[Page | Other | Broken]:
    return list(records(Stream(io.BytesIO(data)), limit))


def items(data: bytes) -> list[Item]:
    return list(load_source(data, "a.warc"))


def reports(found: list[Item]) -> list[Loaded]:
    return [item for item in found if isinstance(item, Loaded)]


def errors(found: list[Item]) -> list[str]:
    return [str(item) for item in found if isinstance(item, InputError)]


class TestPages:
    def test_a_page_becomes_a_report_with_its_address_and_bytes(self) -> None:
        html = page("old", "<meta property='article:published_time' content='2026-01-10'>")
        (item,) = reports(items(record(html)))
        assert SENTENCE.format("old") in item.report.text
        assert (item.report.title, item.report.url) == ("The old bridge", "https://gazette.example/a")
        assert (item.report.published, item.notices) == (date(2026, 1, 10), ())
        assert (item.raw, item.media_type, item.name) == (html.encode(), "text/html", "a.warc, record 1")

    def test_without_a_date_the_day_of_the_crawl_is_taken_and_that_is_told(self) -> None:
        (item,) = reports(items(record(page("old"))))
        assert (item.report.published, item.notices) == (date(2026, 1, 12), (DAY_OF_CRAWL,))
        known = item.knowing({"published": date(2026, 1, 9)}, date(2026, 2, 1))
        assert known.notices == ()

    @pytest.mark.parametrize("packed", [gzip.compress, lambda data: data])
    def test_each_record_packed_or_all_or_none(self, packed: object) -> None:
        both = record(page("old")) + record(page("new"))
        assert callable(packed)
        assert len(reports(items(packed(both)))) == 2
        assert len(reports(items(packed(record(page("old"))) + packed(record(page("new")))))) == 2

    @pytest.mark.parametrize("declared", ["gzip", "deflate"])
    def test_encodings_of_the_transport_are_taken_off(self, declared: str) -> None:
        html = page("old").encode()
        body = gzip.compress(html) if declared == "gzip" else zlib.compress(html)
        chunks = b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in (body[:50], body[50:])) + b"0\r\n\r\n"
        head = f"{OK}Content-Encoding: {declared}\r\nTransfer-Encoding: chunked\r\n"
        (item,) = reports(items(record(chunks, head)))
        assert item.raw == html

    def test_headers_that_promise_an_encoding_which_is_not_there(self) -> None:
        head = f"{OK}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
        assert len(reports(items(record(page("old"), head)))) == 1

    def test_the_servers_encoding_of_characters(self) -> None:
        body = page("caf\u00e9").encode("latin-1")
        (item,) = reports(items(record(body, OK.replace("utf-8", "iso-8859-1"))))
        assert "caf\u00e9" in item.report.text

    def test_a_resource_has_no_head(self) -> None:
        made = record(page("old"), head="", kind="resource").replace(b"WARC-Target-URI", b"Content-Type: text/html\r\nWARC-Target-URI")
        assert len(reports(items(made))) == 1


class TestPassedOver:
    def test_what_is_no_page_is_counted_in_one_line(self) -> None:
        image = record(b"\x89PNG", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n")
        moved = record("", "HTTP/1.1 301 Moved\r\nLocation: /b\r\n")
        brotlied = record(b"\x0b\x02\x80", f"{OK}Content-Encoding: br\r\n")
        links = record("<!DOCTYPE html><html><body><a href='/'>Home</a></body></html>")
        german = record(
            page("alte").replace(
                SENTENCE.format("alte"), "Die Regierung hat am Montag angek\u00fcndigt, dass die Br\u00fccke gesperrt bleibt. " * 4
            )
        )
        found = items(record("", "", "request") + image * 3 + moved + brotlied + links + german + record(page("old")))
        assert len(reports(found)) == 1 and errors(found) == []
        assert isinstance(found[-1], Remark)
        counted = str(found[-1])
        assert counted.startswith("a.warc: passed over: images (3), ")
        kinds = ("request records", "redirects and errors of servers", "pages in a compression that is not read")
        for what in (*kinds, "pages without an article", "pages not in English"):
            assert f"{what} (1)" in counted

    def test_an_archive_without_a_report_is_an_error(self) -> None:
        error, remark = items(record(b"\x89PNG", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"))
        assert isinstance(error, InputError) and "without a report" in error.found
        assert str(remark) == "a.warc: passed over: images (1)"


class TestBrokenRecords:
    GOOD = record(page("old"))

    def test_garbage_between_records_costs_no_record(self) -> None:
        found = items(self.GOOD + b"garbage\r\n\r\nmore\r\n" + self.GOOD)
        assert len(reports(found)) == 2
        assert errors(found) == ["a.warc, record 2: no record begins where one should; get the archive again, or leave the record out"]

    @pytest.mark.parametrize("length", [b"-5", b"much", b"9" * 30])
    def test_a_length_that_is_none(self, length: bytes) -> None:
        bad = self.GOOD.replace(b"Content-Length: ", b"Content-Length: " + length + b" ")
        found = items(self.GOOD + bad + self.GOOD)
        assert len(reports(found)) == 2
        assert len(errors(found)) == 1 and "length" in errors(found)[0]

    def test_a_length_that_reaches_into_the_next_record(self) -> None:
        bad = self.GOOD.replace(b"Content-Length: ", b"Content-Length: 1")  # 1,xxx instead of xxx
        found = items(bad + self.GOOD * 4)
        assert len(reports(found)) == 4
        assert "reaches into the next record" in errors(found)[0]

    def test_a_file_that_is_cut_off(self) -> None:
        found = items(self.GOOD + self.GOOD[:-60])
        assert len(reports(found)) == 1
        assert "cut off" in errors(found)[0]

    def test_a_damaged_member_costs_only_its_record(self) -> None:
        members = [bytearray(gzip.compress(record(page(name)))) for name in ("old", "new", "iron")]
        members[1][60:90] = b"\xff" * 30
        found = items(b"".join(members))
        assert [item.report.title for item in reports(found)] == ["The old bridge", "The iron bridge"]
        assert len(errors(found)) == 1 and "damaged" in errors(found)[0]

    def test_a_page_that_is_too_large_packed_or_not(self) -> None:
        large = record("x" * (LIMIT + 70_000))
        bomb = record(gzip.compress(bytes(100 * LIMIT)), f"{OK}Content-Encoding: gzip\r\n")
        found = held(large + bomb + self.GOOD)
        assert [type(item) for item in found] == [Broken, Broken, Page]

    def test_headers_without_end(self) -> None:
        found = held(b"WARC/1.0\r\n" + b"A: b\r\n" * 20_000 + b"\r\n" + self.GOOD)
        assert isinstance(found[0], Broken) and isinstance(found[-1], Page)

    @given(st.binary(max_size=300))
    def test_no_bytes_break_it(self, data: bytes) -> None:
        assert isinstance(held(b"WARC/1.0\r\n" + data), list)

    @given(st.integers(0, 900), st.binary(min_size=1, max_size=4))
    def test_whatever_byte_is_wrong_the_others_are_read(self, at: int, wrong: bytes) -> None:
        first = bytearray(self.GOOD)
        first[at : at + len(wrong)] = wrong
        assert any(isinstance(item, Page) and item.data == page("old").encode() for item in held(bytes(first) + self.GOOD * 3))


def test_the_same_pages_as_the_other_library_finds() -> None:
    data = b"".join(gzip.compress(record(page(str(n)), url=f"https://gazette.example/{n}")) for n in range(20))

    def theirs() -> Iterator[tuple[str, bytes]]:
        for found in fastwarc.ArchiveIterator(io.BytesIO(data), record_types=fastwarc.WarcRecordType.response):
            yield found.headers["WARC-Target-URI"], found.reader.read()

    ours = [(item.report.url, item.raw) for item in reports(items(data))]
    assert ours == list(theirs())
