"""Statements as corpora of attribution have them: source, cue and content, with the quotation marks inside the content.

The contract leaves the marks of a wholly direct quotation outside its content; PolNeAR and PARC, and the programs that score
against them, have the marks and the stop before the closing one inside, and the comma behind a source's apposition in the source.
"""

from __future__ import annotations

import re

from dragoman.reading.entries import Reading
from dragoman.text.report import Span

_OPENING = re.compile(r"(?:[\"“«]|``|'')[ \t]?\Z")
_CLOSING = re.compile(r"[.,;:?!…]{0,3}[ \t]?(?:[\"”»]|'')")
_WIDEST = 3  # characters of an opening mark and the space behind it


def attributions(reading: Reading) -> list[dict[str, list[list[int]]]]:
    """One row for each statement: `source`, `cue` and `content`, lists of [start, end) offsets into the report's text."""
    text = reading.report.text
    return [
        {
            "source": [_with_comma(text, span) for span in s.source],
            "cue": [list(span) for span in s.cue],
            "content": [_with_marks(text, span) for span in s.content],
        }
        for s in reading.statements
    ]


def _with_comma(text: str, span: Span) -> list[int]:
    """A source with the comma that closes its apposition: "Gil, a nurse,"."""
    start, end = span
    return [start, end + (text[end : end + 1] == "," and "," in text[start:end])]


def _with_marks(text: str, span: Span) -> list[int]:
    """A span with the opening mark before it, and with the closing one behind it if it holds or follows its opening mark."""
    start, end = span
    opening = _OPENING.search(text, max(0, start - _WIDEST), start)
    if opening:
        start = opening.start()
    closing = _CLOSING.match(text, end)
    if closing and _is_open(text[start:end]):
        end = closing.end()
    return [start, end]


def _is_open(text: str) -> bool:
    """Whether a quotation begins in a text and does not end in it."""
    paired = any(text.count(opening) > text.count(closing) for opening, closing in (("“", "”"), ("«", "»"), ("``", "''")))
    return paired or text.count('"') % 2 == 1 or ("``" not in text and text.count("''") % 2 == 1)
