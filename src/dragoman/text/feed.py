"""Feeds (RSS, Atom, RDF): from their bytes to entries. The only door to feedparser; nothing is fetched here.

A feed is hostile input. What declares entities of its own is refused, the size is bounded, and whatever the parser
raises means that no feed could be read.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.errors import InputError
from dragoman.text.dates import DateError, read_date
from dragoman.text.html import looks_like_html

# Bytes of one feed; the large ones of news agencies have under 2 MB.
LIMIT = 5_000_000
_START = re.compile(
    rb"\s*(?>(?><\?.{0,500}?\?>|<!--.{0,2000}?-->|<!doctype\s+(?:rss|rdf|feed)[^>\[]{0,300}>)\s*)*+<(?:rss|feed|rdf:rdf|(?:atom|a|ns0):feed)\b",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_KEY_LENGTH = 24


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. `id` is the feed's own, else its link, else made of its title and text.

    `summary` and `content` are HTML or plain text, as the feed has them, harmful markup included; `content` is
    only there where the feed carries more than a summary. `published` is the day as the entry's own time zone has it.
    """

    id: str
    url: str | None = None
    title: str | None = None
    published: date | None = None
    summary: str = ""
    content: str = ""

    @property
    def key(self) -> str:
        """A short stand-in for the id, of one length whatever the feed sends: 24 hexadecimal digits."""
        return hashlib.sha256(self.id.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_LENGTH]


@dataclass(frozen=True)
class Feed:
    """A feed: `title` names the publisher, `entries` are in the feed's order. `flaw` says what is wrong with its form, if anything is."""

    title: str | None
    entries: tuple[Entry, ...]
    flaw: str | None = None


def looks_like_feed(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a feed."""
    return _START.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_feed(data: bytes, where: str, content_type: str = "", base: str = "") -> Feed:
    """The feed in these bytes. `content_type` is what the server said of them, `base` the address that links are relative to.

    A feed whose XML is broken gives the entries that could be told. Raises InputError if it is no feed.
    """
    if problem := _no_feed(data, where):
        raise problem
    # the feed parser is wanted only for feeds, and takes a twentieth of a second to import
    import feedparser

    headers = {"content-location": base, **({"content-type": content_type} if content_type else {})}
    try:
        # a stream, since a plain text that names a file or an address would be opened
        # and without work on the markup of texts, which nobody shows and some of which takes quadratic time
        found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
        entries = tuple(_entry(entry) for entry in found.entries)
        title = _line(found.feed.get("title"))
    except Exception as fault:
        raise InputError(where, f"a feed that cannot be read ({type(fault).__name__})", _REMEDY) from None
    if not entries and not found.version:
        raise InputError(where, "no feed (neither RSS nor Atom)", _REMEDY)
    return Feed(title, _without_doubles(entries), _flaw(found))


_REMEDY = "check the address of the feed"


def _no_feed(data: bytes, where: str) -> InputError | None:
    if len(data) > LIMIT:
        return InputError(where, f"a feed larger than {LIMIT // 1_000_000} MB", _REMEDY)
    if not data.strip():
        return InputError(where, "an empty answer where a feed should be", _REMEDY)
    if looks_like_html(data[: 1 << 16]) and not looks_like_feed(data):
        remedy = "look for the feed's own address in the page (a link with type application/rss+xml or application/atom+xml)"
        return InputError(where, "a web page (HTML), not a feed", remedy)
    if _ENTITY.search(data):
        return InputError(where, "a feed that declares entities of its own, which can grow without end", "use another feed")
    return None


def _entry(entry: Mapping[str, Any]) -> Entry:
    contents = [part.get("value") or "" for part in entry.get("content", ())]
    url, title = _line(entry.get("link")), _line(entry.get("title"))
    summary, content = entry.get("summary") or "", max(contents, key=len, default="")
    return Entry(
        id=_line(entry.get("id")) or url or f"{title or ''}\n{content or summary}",
        url=url,
        title=title,
        published=_published(entry),
        summary=summary,
        content=content if content != summary else "",
    )


def _line(value: Any) -> str | None:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text or None


def _published(entry: Mapping[str, Any]) -> date | None:
    """The day as written, else as the parser makes it out (in UTC), else that of the last change."""
    for name in ("published", "created", "updated"):
        try:
            return read_date(entry.get(name) or "")
        except DateError:
            pass
        if parsed := entry.get(f"{name}_parsed"):
            try:
                return date(*parsed[:3])
            except ValueError:
                continue
    return None


def _without_doubles(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple({entry.key: entry for entry in reversed(entries)}.values())[::-1]


def _flaw(found: Mapping[str, Any]) -> str | None:
    problem = found.get("bozo_exception")
    return " ".join(str(problem).split())[:200] if found.get("bozo") and _is_of_form(problem) else None


def _is_of_form(problem: Any) -> bool:
    """Whether the XML is broken; a wrong word about its encoding alone hurts nothing."""
    return type(problem).__name__ not in ("CharacterEncodingOverride", "NonXMLContentType")
