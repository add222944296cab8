"""Text -> windows of words that the encoder reads in one go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.language.labels import GAPS
from dragoman.language.pieces import gaps_of
from dragoman.language.segment import words_in
from dragoman.text.paragraphs import paragraphs
from dragoman.text.report import Span

WINDOW = 110
"""Words to a window, as in training; neighbouring paragraphs share one, since names and tenses carry over."""

LONGEST = 170
"""A paragraph longer than this is cut, if possible where a sentence seems to end."""

_SPACE, _BREAK = GAPS.index("space"), GAPS.index("break")


_DATELINE = re.compile(r"[A-Z]{3}[A-Z'’.-]*(?:[ ,]+[\w.'’-]{1,20}){0,8}?(?: ?\([^()\n]{2,40}\))?(?: (?:--|[-–—]) ?|— ?)(?=[\"“'‘]?[A-Z])")
"""A place in capitals, perhaps a date and an agency, and a dash, at the head of a paragraph."""


@dataclass
class Window:
    """Words as spans of the text, what stands before each (`gaps`, indices into GAPS), and the paragraph of each.

    `forced` marks the words that a sentence must begin with: the first of a paragraph, or all first words when the sentences
    are given.
    """

    words: list[Span] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    forced: list[bool] = field(default_factory=list)


def windows_of(text: str) -> Iterator[Window]:
    """The windows of a text in order; every word is in just one."""
    window = Window()
    for number, paragraph in enumerate(paragraphs(text)):
        for part, words in enumerate(_parts(text, paragraph)):
            if window.words and len(window.words) + len(words) > WINDOW:
                yield window
                window = Window()
            _append(window, words, number, _BREAK if part == 0 else _SPACE)
    if window.words:
        yield window


def _parts(text: str, paragraph: Span) -> Iterator[list[Span]]:
    """The words of a paragraph, cut behind a dateline and where it is too long."""
    words = words_in(text, paragraph)
    dateline = _DATELINE.match(text, paragraph.start, min(paragraph.end, paragraph.start + 100))
    head = sum(word.start < dateline.end() for word in words) if dateline else 0
    if 0 < head < len(words):
        yield words[:head]
    yield from _cut(text, words[head:] if head < len(words) else words)


def _append(window: Window, words: Sequence[Span], paragraph: int, first_gap: int) -> None:
    window.gaps.extend(gaps_of(words, first_gap))
    window.forced.extend(place == 0 for place in range(len(words)))
    window.words.extend(words)
    window.paragraphs.extend([paragraph] * len(words))


def _cut(text: str, words: list[Span]) -> Iterator[list[Span]]:
    """A paragraph whole, or in pieces of at most LONGEST words that end, where they can, behind a full stop."""
    start = 0
    while len(words) - start > LONGEST:
        end = start + LONGEST
        stops = [i + 1 for i in range(start + LONGEST // 3, end - 1) if _seems_to_end(text, words[i], words[i + 1])]
        end = stops[-1] if stops else end
        yield words[start:end]
        start = end
    if start < len(words):
        yield words[start:]


def _seems_to_end(text: str, word: Span, following: Span) -> bool:
    return text[word.end - 1] in '.!?”"' and text[following.start].isupper() and word.end < following.start
