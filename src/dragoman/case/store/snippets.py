"""Where a report matches a search, and what to show of it: sentences around the matches, with their offsets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.case.store.base import Snippet
from dragoman.case.store.query_tree import Leaf
from dragoman.case.store.words import Word, words
from dragoman.text.report import Span

MOST_SNIPPETS, REACH = 3, 160
"""Snippets shown of one report, and characters that one reaches to either side of a match."""
_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]{0,2}\s+|\n")


def matches(text: str, leaves: Iterable[Leaf]) -> list[Span]:
    """The places in a text that match a leaf, in order; those that overlap are one."""
    found = list(words(text))
    places: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(found):
        places[word.form].append(number)
    spans = sorted({span for leaf in leaves for span in _of_leaf(leaf, found, places)})
    return list(_united(spans))


def _of_leaf(leaf: Leaf, found: Sequence[Word], places: Mapping[str, Sequence[int]]) -> Iterator[Span]:
    first, last = leaf.words[0], len(leaf.words) - 1
    starts = _beginning(first, places) if leaf.prefix and last == 0 else places.get(first, ())
    for start in starts:
        if start + last < len(found) and _follows(leaf, found, start):
            yield Span(found[start].start, found[start + last].end)


def _beginning(prefix: str, places: Mapping[str, Sequence[int]]) -> list[int]:
    return [number for form, numbers in places.items() if form.startswith(prefix) for number in numbers]


def _follows(leaf: Leaf, found: Sequence[Word], start: int) -> bool:
    *whole, last = leaf.words
    if any(found[start + step].form != word for step, word in enumerate(whole)):
        return False
    end = found[start + len(whole)].form
    return end.startswith(last) if leaf.prefix else end == last


def _united(spans: Iterable[Span]) -> Iterator[Span]:
    open_span: Span | None = None
    for span in spans:
        if open_span and span.start < open_span.end:
            open_span = Span(open_span.start, max(open_span.end, span.end))
            continue
        if open_span:
            yield open_span
        open_span = span
    if open_span:
        yield open_span


def snippets(text: str, marks: Sequence[Span]) -> tuple[Snippet, ...]:
    """The first few sentences with matches; a long sentence is cut between words."""
    shown: list[Snippet] = []
    for mark in marks:
        if shown and mark.end <= shown[-1].span.end:
            continue
        if len(shown) == MOST_SNIPPETS:
            break
        span = _around(text, mark, shown[-1].span.end if shown else 0)
        inside = tuple(other for other in marks if span.covers(other))
        shown.append(Snippet(span, text[span.start : span.end], inside))
    return tuple(shown)


def _around(text: str, mark: Span, floor: int) -> Span:
    low, high = max(min(floor, mark.start), mark.start - REACH), min(len(text), mark.end + REACH)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, mark.start)]
    start = ends[-1] if ends else low if low in (0, floor) else _next_space(text, low, mark.start)
    close = _SENTENCE_END.search(text, mark.end, high)
    end = close.end() if close else high if high == len(text) else _last_space(text, mark.end, high)
    while start < mark.start and text[start].isspace():
        start += 1
    while end > mark.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _next_space(text: str, low: int, high: int) -> int:
    found = text.find(" ", low, high)
    return low if found < 0 else found + 1


def _last_space(text: str, low: int, high: int) -> int:
    found = text.rfind(" ", low, high)
    return high if found < 0 else found
