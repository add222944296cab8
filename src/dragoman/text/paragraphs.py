"""Paragraphs: the stretches of a text that hold whole sentences.

A blank line always ends a paragraph. A single line break ends one too, unless the text was hard-wrapped: broken by a
program at a fixed width, as e-mail and old wire copy are. Such a text gives itself away, because nearly every line is
so long that the first word of the next line would not have fitted, and most lines stop in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dragoman.text.report import Span

_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# What is trimmed off: all that Python takes for white space, and marks that take no room (byte order mark, zero width).
_BLANK = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\ufeff\u200b\u2060"
_FIRST_WORD = re.compile(r"\S{1,60}")
_ENDS_SENTENCE = re.compile("[.!?:\u2026][\"'\u2019\u201d\u00bb)\\]]*$")

# Programs wrap between 55 and 85 columns as a rule; a little more room on both sides does no harm, since the other two
# conditions are strict: few lines end before they must (the end of a sentence may; a line of less than half the width is
# a heading), and half of all lines stop in mid-sentence.
_WIDTHS = range(45, 101)
_STRAY_SHARE = 0.2
_OPEN_SHARE = 0.5
_SLACK = 3


class _Line(NamedTuple):
    """Characters `start` to `end` without the white space around; `indent` is how many were before, `sealed` whether a
    blank line or a paragraph separator stands in front."""

    start: int
    end: int
    indent: int
    sealed: bool


def paragraphs(text: str) -> list[Span]:
    """The paragraphs in text order, white space trimmed off: every visible character is in exactly one of the spans.

    Time grows with the length of the text only.
    """
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    spans: list[Span] = []
    for before, line in pairwise([None, *lines]):
        if line is None:
            continue
        if before is not None and width is not None and _continues(text, before, line, width):
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(Span(line.start, line.end))
    return spans


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold something to see."""
    sealed = True
    for start, end, separator in _raw_lines(text):
        raw = text[start:end]
        core = raw.lstrip(_BLANK)
        indent = len(raw) - len(core)
        core = core.rstrip(_BLANK)
        if core:
            yield _Line(start + indent, start + indent + len(core), indent, sealed)
        sealed = not core or separator == "\u2029"


def _raw_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each line and the break that ends it."""
    start = 0
    for found in _LINE_BREAK.finditer(text):
        yield start, found.start(), found[0]
        start = found.end()
    yield start, len(text), ""


def _wrap_width(text: str, lines: Sequence[_Line]) -> int | None:
    """The width at which the text was hard-wrapped; None if its line breaks are the author's own."""
    pairs = [(line, after) for line, after in pairwise(lines) if not after.sealed]
    if not pairs:
        return None
    lengths = sorted(_right_edge(line) for line, _ in pairs)
    width = lengths[len(lengths) * 9 // 10]
    if width not in _WIDTHS:
        return None
    kept = sum(not _fits(text, line, after, width) for line, after in pairs)
    strays = sum(_is_open(text, line) and 2 * _right_edge(line) > width and _fits(text, line, after, width)
                 for line, after in pairs)  # fmt: skip
    return width if strays <= _STRAY_SHARE * (kept + strays) and _mostly_open(text, pairs) else None


def _mostly_open(text: str, pairs: Sequence[tuple[_Line, _Line]]) -> bool:
    """Whether the lines stop in mid-sentence; where there are few to judge by, each must run on in lower case."""
    if len(pairs) < 3:
        return all(_is_open(text, line) and text[after.start].islower() for line, after in pairs)
    runs_on = any(_is_open(text, line) and text[after.start].islower() for line, after in pairs)
    return runs_on and sum(_is_open(text, line) for line, _ in pairs) >= _OPEN_SHARE * len(pairs)


def _is_open(text: str, line: _Line) -> bool:
    return _ENDS_SENTENCE.search(text, max(line.start, line.end - 4), line.end) is None


def _right_edge(line: _Line) -> int:
    """The column after the last character."""
    return line.end - line.start + line.indent


def _fits(text: str, line: _Line, after: _Line, width: int) -> bool:
    """Whether the first word of the next line would have had room on this one."""
    word = _FIRST_WORD.match(text, after.start, after.end)
    return _right_edge(line) + 1 + (len(word[0]) if word else 1) <= width - _SLACK


def _continues(text: str, before: _Line, line: _Line, width: int) -> bool:
    """Whether, in a text wrapped at `width`, the line goes on with the paragraph of the line before."""
    return not line.sealed and line.indent <= before.indent + 1 and not _fits(text, before, line, width)
