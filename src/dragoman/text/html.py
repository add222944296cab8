"""The article of a web page: the only door to trafilatura."""

from __future__ import annotations

import re
from dataclasses import dataclass

_START = re.compile(rb"\s*(?>(?><\?xml[^>]{0,200}>|<!--.{0,2000}?-->)\s*)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<(?:head|body|meta|title|article|section|main|div|p|br|h[1-6]|span|a|script|table)[\s/>]", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{2,40})", re.IGNORECASE)
_HEAD = 1 << 14
# An article has at least one line that may be a sentence, and more words than a line of navigation or a notice about
# cookies.
_FEW_WORDS = 15
_SHORT_LINE = 8


@dataclass(frozen=True)
class Article:
    """The running text of a page, its paragraphs set apart by line feeds, with what the page says of itself.

    `published` is as the page has it, in ISO form; None if it does not say.
    """

    text: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None


def looks_like_html(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a web page: by its first tag, or by several known ones."""
    if _START.match(head):
        return True
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and len(_TAG.findall(head[:_HEAD])) >= 3


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page names in its head."""
    found = _CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None


def article(page: str) -> Article | None:
    """The article in a page; None if there is none (a list of links, an empty frame for a program, a notice).

    A page is hostile input for the parser below: whatever that raises means that no article could be found.
    """
    # lxml and the extractor's rules take half a second to import: only for web pages
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            # Without this, many a date in the text is taken for that of the publication, and archives lose theirs.
            date_extraction_params={"original_date": True, "extensive_search": False, "min_date": "1800-01-01"},
        )
    except Exception:
        return None
    if found is None or isinstance(found, dict) or not _is_article(found.text or ""):
        return None
    return Article(
        text=found.text or "",
        title=found.title or None,
        publisher=found.sitename or None,
        published=found.date if found.date and _is_of_page(found.date, page, found.text or "") else None,
        url=found.url or None,
    )


def _is_of_page(day: str, page: str, text: str) -> bool:
    """Whether a date is one that the page gives of itself, and not one that the article tells of."""
    return day not in text or f'"{day}' in page or f"'{day}" in page


def _is_article(text: str) -> bool:
    lines = [len(line.split()) for line in text.splitlines()]
    return sum(lines) >= _FEW_WORDS and max(lines) >= _SHORT_LINE
