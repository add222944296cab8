"""Web archives (WARC, ISO 28500): the web pages in them, one after the other, in bounded memory.

Only what a reader of reports needs: answers to requests (`response`, `resource`) that hold HTML. Everything else is
passed over and counted. A record that breaks the form costs only itself: reading goes on at the next line that begins
a record.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.text.dates import DateError, read_date
from dragoman.text.html import looks_like_html
from dragoman.text.stream import HEAD, Stream

_VERSION = re.compile(rb"WARC/[0-9]\.[0-9]{1,2}\r?\n")
_NEXT_RECORD = re.compile(rb"\r?\nWARC/[0-9]\.[0-9]{1,2}\r?\n")
_STATUS = re.compile(rb"HTTP/[0-9.]{1,5} +([0-9]{3})\b")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{2,40})", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_LINE_LIMIT = 1 << 14
_HEADER_LIMIT = 1 << 16
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})


@dataclass(frozen=True)
class Page:
    """A web page of an archive: `number` counts records from 1, `data` are its bytes without encodings of the transport.

    `crawled` is the day on which it was archived, `charset` the encoding that the server named.
    """

    number: int
    data: bytes
    url: str | None = None
    crawled: date | None = None
    charset: str | None = None


@dataclass(frozen=True)
class Other:
    """A record without a web page: `kind` says what it is, in the plural."""

    number: int
    kind: str


@dataclass(frozen=True)
class Broken:
    """A record that cannot be read; `found` says why."""

    number: int
    found: str


def looks_like_warc(head: bytes) -> bool:
    """Whether these first bytes begin a web archive."""
    return _VERSION.match(head.lstrip(b"\r\n")) is not None


def records(stream: Stream, limit: int, before: int = 0) -> Iterator[Page | Other | Broken]:
    """What each record holds, in order; pages of more than `limit` bytes come out as broken. `before` records went by already."""
    number = before
    while line := _first_line(stream):
        number += 1
        if not _VERSION.fullmatch(line):
            _to_next_record(stream)
            yield Broken(number, "no record begins where one should")
        else:
            yield _record(stream, number, limit)


def _first_line(stream: Stream) -> bytes:
    """The next line that is not empty."""
    while (line := stream.read_line(_LINE_LIMIT)) and not line.strip():
        pass
    return line


def _to_next_record(stream: Stream) -> None:
    """Passes over everything up to the next line that begins a record."""
    while line := stream.read_line(_LINE_LIMIT):
        if _VERSION.fullmatch(line):
            stream.unread(line)
            return


def _record(stream: Stream, number: int, limit: int) -> Page | Other | Broken:
    named = _headers(stream)
    length = named.get("content-length", "") if named is not None else ""
    if named is None or not (length.isascii() and length.isdigit() and len(length) < 16):
        _to_next_record(stream)
        return Broken(number, "its header is broken" if named is None else "its length is missing or no number")
    start = stream.read(min(int(length), HEAD))
    kind = _kind(named, start)
    if kind or int(length) > limit + _HEADER_LIMIT:
        rest = int(length) - len(start)
        missing = rest - stream.skip(rest)
        return Broken(number, "it is cut off") if missing else _left_out(number, kind, limit)
    block = start + stream.read(int(length) - len(start))
    if len(block) < int(length):
        return Broken(number, "it is cut off")
    if not _ends_here(stream) and (inside := _NEXT_RECORD.search(block)):
        stream.unread(block[inside.start() :])
        return Broken(number, "its length reaches into the next record")
    return _page(number, named, block, limit)


def _left_out(number: int, kind: str | None, limit: int) -> Other | Broken:
    return Other(number, kind) if kind else _too_large(number, limit)


def _ends_here(stream: Stream) -> bool:
    """Whether a record may end here: empty lines follow, another record, or nothing."""
    line = stream.read_line(_LINE_LIMIT)
    stream.unread(line)
    return not line.strip() or _VERSION.fullmatch(line) is not None


def _headers(stream: Stream) -> dict[str, str] | None:
    """The named fields up to the empty line; None if they are cut off or without end."""
    block = b""
    while (line := stream.read_line(_LINE_LIMIT)).strip():
        block += line
        if len(block) > _HEADER_LIMIT:
            return None
    return _fields(block) if line else None


def _fields(block: bytes) -> dict[str, str]:
    """Header lines by their names in lower case; of two with one name, the first."""
    fields: dict[str, str] = {}
    for line in block.splitlines():
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _kind(named: Mapping[str, str], start: bytes) -> str | None:
    """What the record is if it holds no page (in the plural), judged by its first bytes."""
    record = named.get("warc-type", "").lower()
    if record not in ("response", "resource"):
        known = record in ("warcinfo", "request", "metadata", "revisit", "conversion", "continuation")
        return f"{record} records" if known else "records of an unknown type"
    head, body = _http(named, start)
    if head is None:
        content = _media_type(named.get("content-type", ""))
        return None if content in _HTML_TYPES else _other_content(content)
    status = _STATUS.match(head)
    if status is None or status[1] != b"200":
        return "redirects and errors of servers"
    answer = _fields(head)
    content = _media_type(answer.get("content-type", ""))
    if content in _HTML_TYPES or (not content and looks_like_html(body)):
        encoding = answer.get("content-encoding", "").lower()
        return None if encoding in ("", "identity", *_PACKED) else "pages in a compression that is not read"
    return _other_content(content)


def _other_content(media_type: str) -> str:
    family = media_type.partition("/")[0]
    return {"image": "images", "video": "films", "audio": "recordings", "font": "fonts"}.get(family, "other files")


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _http(named: Mapping[str, str], block: bytes) -> tuple[bytes | None, bytes]:
    """The head and the body of an answer over HTTP; a resource has no head."""
    if _media_type(named.get("content-type", "")) != "application/http" and not block.startswith(b"HTTP/"):
        return None, block
    end = re.search(rb"\r?\n\r?\n", block)
    return (block[: end.start()], block[end.end() :]) if end else (block[:_HEADER_LIMIT], b"")


def _page(number: int, named: Mapping[str, str], block: bytes, limit: int) -> Page | Broken:
    head, body = _http(named, block)
    answer = _fields(head) if head is not None else dict(named)
    if "chunked" in answer.get("transfer-encoding", "").lower():
        body = _joined(body)
    if answer.get("content-encoding", "").lower() in _PACKED:
        body = _unpacked(body, limit)
    if len(body) > limit:
        return _too_large(number, limit)
    charset = _CHARSET.search(answer.get("content-type", ""))
    return Page(number, body, _url(named), _day(named), charset[1] if charset else None)


def _too_large(number: int, limit: int) -> Broken:
    return Broken(number, f"a page larger than {limit // 1_000_000} MB")


def _joined(body: bytes) -> bytes:
    """A body in chunks as one; many archives hold it joined already, and then nothing is changed."""
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK_SIZE.match(body, at):
        size = int(found[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if body.startswith(b"\r\n", at) else 1
    return b"".join(parts) if parts and at >= len(body) else body


def _unpacked(body: bytes, limit: int) -> bytes:
    """A compressed body decompressed up to one byte more than `limit`; one that is not compressed is left as it is."""
    for window in (32 + zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(body, limit + 1)
        except zlib.error:
            continue
    return body


def _url(named: Mapping[str, str]) -> str | None:
    url = named.get("warc-target-uri", "").strip("<>")  # WARC 1.0's example puts it into angle brackets
    return url or None


def _day(named: Mapping[str, str]) -> date | None:
    try:
        return read_date(named.get("warc-date", ""))
    except DateError:
        return None
