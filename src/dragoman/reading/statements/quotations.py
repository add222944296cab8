"""Where a text quotes somebody: the stretches between quotation marks, and the quotations inside them.

Curly, straight, TeX and angle marks are read, single marks too where they cannot be apostrophes. A quotation never runs
past its paragraph: one that goes on in the next paragraph, which then opens with a mark of its own, is given once a
paragraph. Marks are matched in one pass per paragraph, so that hostile text costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.text.report import Span

_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r]*\n|\n(?=\s*[\"“«`„'‘])|(?<=[.!?\"”»'’])[ \t]*\n")
_DOUBLE = re.compile(r"``|''(?!')|‘‘|’’|‘’|[\"“”„«»]")
_SINGLE = re.compile(r"[`'‘’]")
_OPENING = frozenset({"``", "“", "„", "«", "‘‘", "‘’"})
_CLOSING = {
    "''": ("``", '"', "''"),
    "’’": ("‘‘", "‘’", "’’"),
    "”": ("“", "„", '"', "”", "``"),
    "»": ("«",),
    '"': ('"', "``", "“", "”"),
    "“": ("„",),
}
_BEFORE_OPENING = frozenset("([{-–—/\"“‘'`:;,>")
_SHORT = 300  # characters in which a mark that stands free must find its partner
_LONGEST = 5000  # characters; an opening mark whose partner is farther away than this is a slip of the keyboard


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks, `[start, end)`; `inner` is what stands between the marks, without outer white space.

    `depth` is 0 for a quotation of the report and 1 for one inside another. `closed` is False where the closing mark is
    missing because the quotation goes on in the next paragraph.
    """

    start: int
    end: int
    inner: Span
    depth: int = 0
    closed: bool = True

    @property
    def span(self) -> Span:
        """The quotation with its marks."""
        return Span(self.start, self.end)


def find_quotations(text: str) -> list[Quotation]:
    """All quotations of a text in the order in which they open; an inner one follows the one that holds it."""
    found: list[Quotation] = []
    open_mark: str | None = None
    for start, end in _paragraphs(text):
        outer, open_mark = _double_quoted(text, start, end, open_mark)
        found += outer
        for quotation in outer:
            found += _single_quoted(text, quotation.inner.start, quotation.inner.end, depth=1)
        position = start
        for stop, after in [*((q.start, q.end) for q in outer), (end, end)]:
            found += _single_quoted(text, position, stop, depth=0)
            position = after
    return sorted(found, key=lambda q: (q.start, q.depth))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH_BREAK.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def _quotation(text: str, opening: tuple[int, int], closing: tuple[int, int], depth: int, closed: bool) -> Quotation | None:
    start, end = opening[1], closing[0]
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(opening[0], closing[1], Span(start, end), depth, closed) if start < end else None


def _double_quoted(text: str, start: int, end: int, running: str | None) -> tuple[list[Quotation], str | None]:
    """Pairs double marks in [start, end): the first mark of a pair decides which marks can close it.

    `running` is the mark of a quotation that the paragraph before left open; what comes back with the quotations is
    that of one left open here, if the next paragraph closes it without a mark of its own at its head.
    """
    found, opened = _paired(text, start, end, (start, start, running) if running else None, nested=True)
    if opened is not None:
        found, opened = _paired(text, start, end, (start, start, running) if running else None, nested=False)
    if opened is None or end - opened[0] > _LONGEST:
        return found, None
    going_on = _goes_on(text, end, opened[2])
    closed_later = not going_on and _closes_next(text, end, opened[2])
    if going_on or closed_later:
        last = _quotation(text, opened[:2], (end, end), 0, False)
        found += [last] if last else []
    return found, opened[2] if closed_later else None


def _paired(
    text: str, start: int, end: int, opened: tuple[int, int, str] | None, *, nested: bool
) -> tuple[list[Quotation], tuple[int, int, str] | None]:
    """The closed quotations of [start, end) and the mark left open; with `nested`, a “ inside “ ” opens a second level."""
    found: list[Quotation | None] = []
    level = 0
    for mark in _DOUBLE.finditer(text, start, end):
        sign = mark.group()
        if opened is None:
            if _may_open(text, start, mark.start(), mark.end(), sign):
                opened = (mark.start(), mark.end(), sign)
        elif _must_open(text, mark.start(), mark.end(), sign, end):
            if nested and sign == opened[2] == "“":
                level += 1
            else:
                opened, level = (mark.start(), mark.end(), sign), 0  # the one before had lost its partner
        elif level and sign == "”":
            level -= 1
        elif opened[2] in _CLOSING.get(sign, ()):
            found.append(_quotation(text, opened[:2], (mark.start(), mark.end()), 0, True))
            opened = None
    return [q for q in found if q], opened


def _closes_next(text: str, end: int, sign: str) -> bool:
    """Whether the first double mark behind `end` closes without having opened: the quotation ran over the break."""
    mark = _DOUBLE.search(text, end, end + _LONGEST)
    if mark is None or sign not in _CLOSING.get(mark.group(), ()) or text[mark.start() - 1].isspace():
        return False
    before = text[mark.start() - 1]
    return (before.isalnum() or before in ".,!?…") and text.count("\n\n", end, mark.start()) <= 1


def _may_open(text: str, start: int, at: int, after: int, sign: str) -> bool:
    """Whether a mark met outside a quotation can open one; `5'10"` and a stray closing mark cannot."""
    if sign in _OPENING:
        return True
    if sign not in ('"', "”", "''", "’’"):
        return False
    before = " " if at == start else text[at - 1]
    behind = text[after : after + 1]
    if behind.isspace():  # a slip of the space bar: `" at last," she said`
        following = text.find('"', after, after + _SHORT)
        return before.isspace() and following > after + 1 and not text[following - 1].isspace() and "\n" not in text[after:following]
    return before.isspace() or before in _BEFORE_OPENING or (before in ".!?" and behind.isalpha())


def _must_open(text: str, at: int, after: int, sign: str, end: int) -> bool:
    """Whether a mark met inside a quotation can only be an opening one: white space before, a word behind."""
    if sign in ("``", "«", "‘‘", "‘’"):
        return True
    if sign in ("”", "’’", "''"):
        return False
    return at > 0 and text[at - 1].isspace() and after < end and (text[after].isalnum() or sign == "“")


def _goes_on(text: str, end: int, sign: str) -> bool:
    """Whether the text behind `end`, past white space, opens with the same mark again, as a continued quotation does."""
    rest = text[end : end + 40].lstrip()
    return rest.startswith(sign) or not rest


def _single_quoted(text: str, start: int, end: int, depth: int) -> Iterator[Quotation]:
    """Single-quoted stretches of [start, end): apostrophes stand inside or behind a word, opening marks before one."""
    opened: tuple[int, int] | None = None
    for mark in _SINGLE.finditer(text, start, end):
        at, after = mark.span()
        before = text[at - 1] if at > start else " "
        behind = text[after] if after < end else " "
        if opened is None:
            if mark.group() != "’" and (before.isspace() or before in _BEFORE_OPENING) and behind.isalpha():
                opened = (at, after)
        elif mark.group() in "'’" and not behind.isalnum() and _may_close(text, opened[0], at, before):
            found = _quotation(text, opened, (at, after), depth, True)
            opened = None
            if found:
                yield found


def _may_close(text: str, opened: int, at: int, before: str) -> bool:
    """Whether a single mark closes; behind an s it is a possessive ("workers'") unless the opening mark was curly."""
    if at - opened > _LONGEST or before.isspace():
        return False
    return before in ".,!?…;)" or before.lower() != "s" or text[opened] == "‘" or "\n" not in text[opened:at]
