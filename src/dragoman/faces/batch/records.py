"""Raw records: what an input is cut into before anything of it is understood.

Cutting is cheap and goes through a file once, from its beginning to its end: the lines of JSON Lines, the web pages of an archive, the
rows of a Parquet file, or a whole document. What a record says (JSON, the article of a page, its language) is found by `load`, which
any process may do for any record by itself.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Literal

from dragoman.errors import InputError
from dragoman.faces.batch import unzstd
from dragoman.faces.batch.unzstd import Unzstd
from dragoman.text import gunzip, warc
from dragoman.text.formats import (
    HTML_LIMIT,
    LIMIT,
    NOT_ENGLISH,
    lines_of,
    load_archived,
    load_line,
    load_source,
    looks_like_json_lines,
    too_large,
)
from dragoman.text.gunzip import Gunzip
from dragoman.text.html import looks_like_html
from dragoman.text.loaded import Loaded
from dragoman.text.stream import BLANK, UTF8_MARK, Stream

Kind = Literal["line", "page", "document"]


@dataclass(frozen=True, slots=True)
class Record:
    """One raw record. `place` is what messages call it ("a.jsonl.gz:7"); `page` is there for a page of a web archive.

    `data` are the bytes of the line, of the page or of the whole document.
    """

    kind: Kind
    place: str
    data: bytes
    page: warc.Page | None = None

    @property
    def is_web_page(self) -> bool:
        """Whether an article has to be taken out of it, which is costly."""
        return self.page is not None or (self.kind == "document" and looks_like_html(self.data[: 1 << 16]))


Cut = Record | InputError
"""A record, or what stands in the place of one that cannot be read."""

Told = Loaded | InputError | str
"""A report; why there is none; or what the record is counted as, in the plural, where nothing is wrong."""


def cut(file: BinaryIO, name: str, passed: Counter[str]) -> Iterator[Cut]:
    """The records of one file, in its order; what a web archive holds beside pages is counted in `passed`.

    What a file holds is told by its first bytes, gzip and Zstandard being unpacked on the way. Raises MissingLibrary where the library
    for Zstandard lacks, OSError where the file itself cannot be read on.
    """
    stream = Stream(file)
    if stream.head.startswith(gunzip.MAGIC):
        yield from _cut_packed(Gunzip(stream), name, passed)
    elif stream.head.startswith(unzstd.MAGIC):
        yield from _cut_packed(Unzstd(stream), name, passed)
    else:
        yield from _cut(stream, name, passed, None)


def _cut_packed(packed: Gunzip | Unzstd, name: str, passed: Counter[str]) -> Iterator[Cut]:
    stream = Stream(packed)
    if stream.head or not packed.damage:
        yield from _cut(stream, name, passed, packed)
    if packed.damage:
        yield InputError(name, packed.damage, "get the file again; what stood before the damage was read")


def _cut(stream: Stream, name: str, passed: Counter[str], packed: Gunzip | Unzstd | None) -> Iterator[Cut]:
    head = stream.head.removeprefix(UTF8_MARK)
    if warc.looks_like_warc(head):
        yield from _pages(stream, name, passed, packed)
    elif looks_like_json_lines(head):
        yield from _lines(stream, name, packed)
    else:
        yield from _document(stream, name, packed)


def _lines(stream: Stream, name: str, packed: Gunzip | Unzstd | None) -> Iterator[Cut]:
    for line in lines_of(stream, name, packed):
        if isinstance(line, InputError):
            yield line
        else:
            yield Record("line", line.where, line.data.strip(BLANK).removeprefix(UTF8_MARK))


def _pages(stream: Stream, name: str, passed: Counter[str], packed: Gunzip | Unzstd | None) -> Iterator[Cut]:
    """Record by record, going on behind damaged members of gzip."""
    number, found = 0, False
    while True:
        for record in warc.records(stream, HTML_LIMIT, number):
            number = record.number
            place = f"{name}, record {number}"
            if isinstance(record, warc.Other):
                passed[record.kind] += 1
            elif isinstance(record, warc.Page):
                found = True
                yield Record("page", place, record.data, replace(record, data=b""))
            elif packed is None or not packed.damage:
                found = True
                yield InputError(place, record.found, "get the archive again, or leave the record out")
        if not (isinstance(packed, Gunzip) and packed.damage):
            break
        found = True
        yield InputError(f"{name}, after record {number}", packed.damage, "get the file again; the records behind the damage are read")
        if not packed.resume():
            break
    if not found:
        yield InputError(name, "a web archive without a web page", "leave it out")


def _document(stream: Stream, name: str, packed: Gunzip | Unzstd | None) -> Iterator[Cut]:
    """The whole file as one record; nothing of one of which only the first part could be unpacked."""
    data = stream.read(LIMIT + 1)
    if packed is not None and packed.damage:
        return
    if len(data) > LIMIT:
        yield too_large(name, LIMIT, "split it into single reports, or give JSON Lines with one report on each line")
    else:
        yield Record("document", name, data)


def load(record: Record) -> tuple[Told, ...]:
    """What one record says: a line or a page gives one answer, a document as many as it holds reports.

    The bytes that a report was read from are left out of it, since they would travel between processes for nothing.
    """
    if record.page is not None:
        return (_told(load_archived(replace(record.page, data=record.data), record.place)),)
    if record.kind == "line":
        return (_told(load_line(record.data, record.place)),)
    found = load_source(record.data, record.place)
    return tuple(_told(item) for item in found if isinstance(item, Loaded | InputError))


def _told(item: Told) -> Told:
    if isinstance(item, Loaded):
        return replace(item, raw=b"")
    if isinstance(item, InputError) and item.found.endswith(NOT_ENGLISH):
        return "reports not in English"
    return item


def fingerprint(cuts: Iterable[Cut]) -> str:
    """The SHA-256 over records: two rows of records have the same one only if they are the same."""
    found = hashlib.sha256()
    for item in cuts:
        parts = (item.kind, item.place, _of_page(item.page)) if isinstance(item, Record) else ("error", str(item), "")
        data = item.data if isinstance(item, Record) else b""
        told = "\0".join(parts).encode("utf-8", "surrogatepass")
        found.update(b"%d %d\n" % (len(told), len(data)))
        found.update(told)
        found.update(data)
    return found.hexdigest()


def _of_page(page: warc.Page | None) -> str:
    return f"{page.url} {page.crawled} {page.charset}" if page is not None else ""
