"""An alert as a feed: Atom (RFC 4287), the latest first, in pages (RFC 5005) of a bounded size.

Ids and dates never change, so that a reader shows nothing twice. Everything is written as plain text and escaped; characters that XML
does not allow are made visible.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from dragoman.faces.alerts.alert import Alert
from dragoman.faces.alerts.ledger import Ledger, Match
from dragoman.faces.alerts.messages import line_of, link_of, sentence_of, source_of, title_of
from dragoman.reading.wording import one_line, shortened

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml; charset=utf-8"
ON_A_PAGE = 50
_LONGEST_TITLE = 160
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(ledger: Ledger, alert: Alert, watches: str, address: str, own: str, page: int = 1) -> bytes:
    """A page of the feed of an alert. `watches` are its filters in words, `address` that of the workspace, `own` that of the feed."""
    matches = ledger.matches(alert, ON_A_PAGE, (page - 1) * ON_A_PAGE)
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _text(root, "id", f"urn:uuid:{alert.uuid}")
    _text(root, "title", alert.name)
    _text(root, "subtitle", watches)
    _text(root, "updated", matches[0].found if matches else alert.made)
    _text(SubElement(root, "author"), "name", "dragoman")
    _text(root, "generator", "dragoman")
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": own if page == 1 else f"{own}?page={page}"})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{address.rstrip('/')}/alerts/{alert.number}"})
    _turn(root, own, page, ledger.count(alert))
    for match in matches:
        _entry(root, alert, match, address)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _turn(root: Element, own: str, page: int, count: int) -> None:
    last = max(-(-count // ON_A_PAGE), 1)
    for rel, number in (("first", 1), ("previous", page - 1), ("next", page + 1), ("last", last)):
        if last > 1 and 1 <= number <= last:
            SubElement(root, "link", {"rel": rel, "type": "application/atom+xml", "href": own if number == 1 else f"{own}?page={number}"})


def _entry(root: Element, alert: Alert, match: Match, address: str) -> None:
    told = match.told
    entry = SubElement(root, "entry")
    _text(entry, "id", f"urn:uuid:{uuid.uuid5(uuid.UUID(alert.uuid), match.key)}")
    _text(entry, "title", shortened(title_of(told), _LONGEST_TITLE))
    _text(entry, "updated", match.found)
    _text(entry, "published", match.found)
    link = link_of(told, address) or f"{address.rstrip('/')}/alerts/{alert.number}"
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": link})
    SubElement(entry, "category", {"term": told.kind})
    _text(entry, "content", "\n".join(_lines(match)), {"type": "text"})


def _lines(match: Match) -> Sequence[str]:
    told = match.told
    sentence, source = sentence_of(told), source_of(told)
    lines = (
        line_of(told),
        f"“{sentence}”" if sentence else "",
        " · ".join(filter(None, (source, told.item if told.item != told.report else ""))),
    )
    return [one_line(line) for line in lines if line]


def _text(parent: Element, name: str, text: str, given: dict[str, str] | None = None) -> None:
    SubElement(parent, name, given or {}).text = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def tag_of(data: bytes) -> str:
    """The ETag of a page of the feed."""
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"'
