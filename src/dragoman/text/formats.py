"""From a file's bytes to reports: text, HTML, JSON, web archives and feeds are told apart by what the bytes hold.

Whatever cannot be read comes out as an `InputError` among the reports, so that one bad record never loses the others.
JSON Lines and web archives are read record by record in bounded memory; the other formats are read whole, up to a limit.
Gzip-compressed data are unpacked on the way.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from dragoman.errors import InputError
from dragoman.text import feed, html, jsonl, warc
from dragoman.text.dates import DateError, read_date
from dragoman.text.decoding import DecodingError, decode
from dragoman.text.gunzip import MAGIC, Gunzip
from dragoman.text.identify import ENGLISH, identify, language_name
from dragoman.text.loaded import DAY_OF_CRAWL, Item, Loaded, passed_over
from dragoman.text.report import Report
from dragoman.text.stream import BLANK, HEAD, UTF8_MARK, Stream, Unpacks

# Bytes of a text, of one JSON document or of one line of JSON Lines. A novel has under 2 MB: nothing larger is a report.
LIMIT = 50_000_000
# The article extraction builds the whole tree of a page in memory, many times its size; 2 MB take three seconds.
HTML_LIMIT = 10_000_000

TEXT, HTML, JSON = "text/plain", "text/html", "application/json"
# Feeds cut their summaries at 50 to 80 words (characters here); shorter reports are rare, and their pages tell more.
_SHORTEST_ENTRY = 600
_LONGEST_ID = 500
NOT_ENGLISH = ", not in English"
_NO_ARTICLE = "an HTML page without an article"
_OBJECT = re.compile(rb'\s*\{\s*(?:"|\}|$)')
_ARRAY = re.compile(rb"\s*\[\s*(?:\{|\]\s*$)")


def read_source(data: bytes | BinaryIO, where: str) -> Iterator[Report | InputError]:
    """The reports alone of what `load_source` gives, and the errors."""
    for item in load_source(data, where):
        if isinstance(item, Loaded):
            yield item.report
        elif isinstance(item, InputError):
            yield item


def load_source(data: bytes | BinaryIO, where: str) -> Iterator[Item]:
    """The reports of one file or stream with their bytes, in its order, and an error in the place of each that cannot be read.

    `where` is what messages call the source ("reports/a.txt", "standard input"); a line of JSON Lines is "where:7", a
    record of a web archive "where, record 7". For plain text `Report.text` is the file's text as decoded, unchanged; for
    HTML it is the extracted article. Only English comes out as a report. At least one item is given, whatever the source
    holds; what holds no report by its nature (images in a web archive) is counted in a `Remark` at the end.
    """
    try:
        stream = Stream(io.BytesIO(data) if isinstance(data, bytes) else data)
        if stream.head.startswith(MAGIC):
            yield from _load_packed(Gunzip(stream), where)
        else:
            yield from _load(stream, where)
    except OSError as problem:
        yield InputError(where, f"cannot be read ({problem.strerror or problem})", "check the file and its permissions")


def _load_packed(packed: Gunzip, where: str) -> Iterator[Item]:
    """What gzip-compressed data hold; past damage only where records stand on their own."""
    stream = Stream(packed)
    if stream.head or not packed.damage:
        yield from _load(stream, where, packed)
    if packed.damage:
        yield InputError(where, packed.damage, "get the file again; what stood before the damage was read")


def _load(stream: Stream, where: str, packed: Gunzip | None = None) -> Iterator[Item]:
    head = stream.head.removeprefix(UTF8_MARK)
    if warc.looks_like_warc(head):
        yield from _load_archive(stream, where, packed)
    elif looks_like_json_lines(head):
        yield from _load_json_lines(stream, where, packed)
    elif feed.looks_like_feed(head):
        yield from _whole(_load_feed(stream, where), packed)
    elif html.looks_like_html(head):
        yield from _whole([_load_html(stream, where)], packed)
    else:
        yield from _whole(_load_text(stream, where), packed)


def _whole(items: Iterator[Item] | list[Item], packed: Gunzip | None) -> Iterator[Item]:
    """Nothing of a document of which only the first part could be unpacked."""
    for item in items:
        if packed is None or not packed.damage:
            yield item


# JSON Lines


def looks_like_json_lines(head: bytes) -> bool:
    """Whether these first bytes (without a byte order mark) begin JSON Lines."""
    return _OBJECT.match(head) is not None and _first_line_is_json(head)


def _first_line_is_json(head: bytes) -> bool:
    """Whether the first line holds a whole value, or another object begins on the second: JSON Lines, not one object."""
    first, _, rest = head.lstrip(BLANK).partition(b"\n")
    if b"\n" not in head.lstrip(BLANK):
        return len(head) > HEAD - len(UTF8_MARK) or _is_json(first)
    return _is_json(first) or rest.lstrip(BLANK).startswith(b"{")


def _is_json(line: bytes) -> bool:
    try:
        jsonl.parse(line.decode("utf-8", "replace"))
    except ValueError:
        return False
    return True


def _load_json_lines(stream: Stream, where: str, packed: Gunzip | None = None) -> Iterator[Item]:
    for line in lines_of(stream, where, packed):
        yield line if isinstance(line, InputError) else load_line(line.data, line.where)


class Line(NamedTuple):
    """A line of JSON Lines that is not blank; `where` is what messages call it ("a.jsonl:7")."""

    where: str
    data: bytes


def lines_of(stream: Stream, where: str, packed: Unpacks | None = None) -> Iterator[Line | InputError]:
    """The lines, and what stands in the place of one that is too large; nothing of one that damage cuts off, which is told elsewhere."""
    number = 0
    while line := stream.read_line(LIMIT + 1):
        number += 1
        if packed is not None and packed.damage and not line.endswith(b"\n"):
            return
        if len(line) > LIMIT and not line.endswith(b"\n"):
            stream.skip_line()
            yield too_large(f"{where}:{number}", LIMIT, "split the record into the reports it is made of")
        elif line.strip(BLANK).removeprefix(UTF8_MARK):
            yield Line(f"{where}:{number}", line)


def load_line(line: bytes, where: str) -> Loaded | InputError:
    """The report of one line of JSON Lines."""
    try:
        text = decode(line)
    except DecodingError as problem:
        return InputError(where, str(problem), "give JSON Lines in UTF-8")
    item = jsonl.read_line(text, where)
    return _in_english(Loaded(item, line.strip(BLANK), JSON, where)) if isinstance(item, Report) else item


# Web pages and archives of them


def _load_html(stream: Stream, where: str) -> Item:
    data = stream.read(HTML_LIMIT + 1)
    if len(data) > HTML_LIMIT:
        return too_large(where, HTML_LIMIT, "save the article alone, as text")
    return load_page(data, where)


def load_page(data: bytes, where: str, charset: str | None = None) -> Loaded | InputError:
    """The article of one web page. `charset` is the encoding that a server named for it; it goes before the page's own word."""
    try:
        page = decode(data, charset or html.declared_encoding(data))
    except DecodingError as problem:
        return InputError(where, str(problem), "save the page as text in UTF-8")
    return _article(page, data, where)


def _article(page: str, data: bytes, where: str) -> Loaded | InputError:
    found = html.article(page)
    if found is None:
        return InputError(where, _NO_ARTICLE, "save the text of the article in a plain text file")
    try:
        published = read_date(found.published) if found.published else None
    except DateError:
        published = None  # what the page says of itself is no claim of the user's: without it, dates stay unresolved
    report = Report(found.text, found.title, found.publisher, published, found.url)
    return _in_english(Loaded(report, data, HTML, where))


def _load_archive(stream: Stream, where: str, packed: Gunzip | None) -> Iterator[Item]:
    """The pages of a web archive; those without an article or in another language are what a crawl brings, and only counted."""
    passed: Counter[str] = Counter()
    found = False
    for item in _archived_items(stream, where, packed, passed):
        found = True
        yield item
    if not found:
        yield InputError(where, "a web archive without a report", "see what was passed over" if passed else "get the archive again")
    yield from passed_over(where, passed)


def _archived_items(stream: Stream, where: str, packed: Gunzip | None, passed: Counter[str]) -> Iterator[Item]:
    """Record by record, going on behind what is damaged."""
    number = 0
    while True:
        for record in warc.records(stream, HTML_LIMIT, number):
            number = record.number
            if packed is None or not packed.damage or not isinstance(record, warc.Broken):
                yield from _archived(record, f"{where}, record {number}", passed)
        if packed is None or not packed.damage:
            return
        yield InputError(f"{where}, after record {number}", packed.damage, "get the file again; the records behind the damage are read")
        if not packed.resume():
            return


def _archived(record: warc.Page | warc.Other | warc.Broken, where: str, passed: Counter[str]) -> Iterator[Item]:
    if isinstance(record, warc.Broken):
        yield InputError(where, record.found, "get the archive again, or leave the record out")
    elif isinstance(record, warc.Other):
        passed[record.kind] += 1
    else:
        item = load_archived(record, where)
        if isinstance(item, str):
            passed[item] += 1
        else:
            yield item


def load_archived(record: warc.Page, where: str) -> Loaded | InputError | str:
    """The report of an archived page, or what it is counted as: most pages of a crawl are no articles, or not in English."""
    item = load_page(record.data, where, record.charset)
    if isinstance(item, InputError):
        if item.found == _NO_ARTICLE:
            return "pages without an article"
        return "pages not in English" if item.found.endswith(NOT_ENGLISH) else item
    report = replace(item.report, url=record.url or item.report.url)
    if report.published is None and record.crawled is not None:
        return replace(item, report=replace(report, published=record.crawled), notices=(*item.notices, DAY_OF_CRAWL))
    return replace(item, report=report)


# Feeds that were saved


def _load_feed(stream: Stream, where: str) -> Iterator[Item]:
    data = stream.read(feed.LIMIT + 1)
    try:
        found = feed.read_feed(data, where)
    except InputError as problem:
        yield problem
        return
    if not found.entries:
        yield InputError(where, "a feed without entries", "leave it out")
    for number, entry in enumerate(found.entries, start=1):
        yield load_entry(entry, found.title, f"{where}, entry {number}")


def load_entry(entry: feed.Entry, publisher: str | None, where: str) -> Loaded | InputError:
    """The report that an entry of a feed carries itself, if it carries the whole text and not only a summary."""
    content = entry.content or entry.summary
    raw = content.encode("utf-8", "surrogatepass")
    if "<" in content:
        item = _article(f"<html><body><article>{content}</article></body></html>", raw, where)
    else:
        item = _in_english(Loaded(Report(content), raw, TEXT, where))
    if isinstance(item, InputError) or len(item.report.text) < _SHORTEST_ENTRY:
        return InputError(where, "the feed carries only a summary", "give the feed's address (--feed URL), so that the page is fetched")
    return replace(item, report=named_by(entry, publisher, item.report))


def named_by(entry: feed.Entry, publisher: str | None, report: Report) -> Report:
    """The report with what the feed says of it, which goes before what the page says, the name of the publisher excepted."""
    return replace(
        report,
        title=entry.title or report.title,
        publisher=report.publisher or publisher,
        published=entry.published or report.published,
        url=entry.url or report.url,
        source_id=entry.id[:_LONGEST_ID],
    )


# Plain text, and what can be told only once it is decoded


def _load_text(stream: Stream, where: str) -> Iterator[Item]:
    """Plain text, or a format that could only be told once it was decoded."""
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        yield too_large(where, LIMIT, "split it into single reports, or give JSON Lines with one report on each line")
        return
    try:
        text = decode(data)
    except DecodingError as problem:
        yield InputError(where, _looks_like(problem), _remedy(str(problem)))
        return
    yield from _load_decoded(text, data, where)


def _load_decoded(text: str, data: bytes, where: str) -> Iterator[Item]:
    start = text[:HEAD].encode("utf-8", "replace")
    if not text:
        yield InputError(where, "the file is empty", "give a file that holds a report")
    elif jsonl.is_blank(text):
        yield InputError(where, "the file holds only white space", "give a file that holds a report")
    elif _ARRAY.match(start) or _OBJECT.match(start):
        yield from _load_json_document(text, where)
    elif html.looks_like_html(start):  # in UTF-16
        yield _article(text, data, where)
    elif start.lstrip().startswith(b"<?xml"):
        yield InputError(where, "an XML document", "save the text of the article in a plain text file")
    else:
        yield _in_english(Loaded(Report(text), data, TEXT, where))


def _load_json_document(text: str, where: str) -> Iterator[Item]:
    try:
        value = jsonl.parse(text)
    except ValueError as problem:
        if _first_line_is_json(text[:HEAD].encode("utf-8", "replace")):  # JSON Lines in UTF-16
            yield from _load_json_lines(Stream(io.BytesIO(text.encode("utf-8", "surrogatepass"))), where)
        else:
            found = f"not valid JSON ({jsonl.broken(problem)})"
            yield InputError(f"{where}:{jsonl.line_of(problem)}", found, "correct the JSON, or give the text alone")
        return
    parts = jsonl.parts(text) if isinstance(value, list) else iter([text])
    for place, item in jsonl.read_records(value, where):
        raw = next(parts, "").encode("utf-8", "surrogatepass")
        yield _in_english(Loaded(item, raw, JSON, place)) if isinstance(item, Report) else item


# What all have in common


def _in_english(loaded: Loaded) -> Loaded | InputError:
    """The report if it is in English or its language cannot be told."""
    code = identify(loaded.report.text)
    if code == ENGLISH:
        return loaded
    return InputError(loaded.name, f"the text is in {language_name(code)}{NOT_ENGLISH}", "give an English translation")


def too_large(where: str, limit: int, remedy: str) -> InputError:
    """What is said of something larger than `limit` bytes."""
    return InputError(where, f"larger than {limit // 1_000_000} MB, too large for one report", remedy)


def _looks_like(problem: DecodingError) -> str:
    return f"{problem}, not text" if not str(problem).startswith("text") else str(problem)


def _remedy(kind: str) -> str:
    if "compressed" in kind or "archive" in kind:
        return "unpack it first, or pipe the text in: `dragoman read -`"
    if kind.startswith("text"):
        return "convert it to UTF-8 (`iconv -f ENCODING -t UTF-8`)"
    return "save its text in a plain text file"
