"""Where a text speaks to news desks and not to readers: embargoes, slugs, what a new version adds, who gets pictures.

"(attention embargo)" above a report imposes no embargo, and "ATTENTION - adds attack in north ///" tells of no attack that the
report does not tell of itself. Nothing in such a note is an event or a statement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from dragoman.lexicons.load import words_of
from dragoman.text.report import Span

_WIDEST = 120
"""Characters that a note in brackets may hold behind its opening; a longer bracket is an aside of the writer."""
_SLUG = re.compile(r"\([A-Z][\w']*(?:[-/](?!(?:and|or|of|in|by|to|the)\b)[\w'.]+){2,6}(?:[ ](?:[A-Z\d][\w.]*|lead|ld|add|sub)){0,3}\)")


class DeskNotes:
    """The notes of one text, found once; asks in logarithmic time whether an offset lies in one."""

    def __init__(self, text: str) -> None:
        self.spans = tuple(_found(text))
        self._starts = [span.start for span in self.spans]

    def hold(self, offset: int) -> bool:
        """Whether a character of the text belongs to a note."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self.spans[at].end


def _found(text: str) -> Iterator[Span]:
    """The notes in the order of the text, none within another."""
    found = {Span(*m.span()) for pattern in (*_patterns(), _SLUG) for m in pattern.finditer(text)}
    reached = 0
    for span in sorted(found, key=lambda span: (span.start, -span.end)):  # one that holds another comes before it
        if span.end > reached:
            reached = span.end
            yield span


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Brackets and lines that open with a word of the desk; every repeat is bounded."""
    brackets, alone, lines = (_any_of(words_of("desk", "notes", name)) for name in ("brackets", "alone", "lines"))
    bracket = rf"[(\[][ \t]{{0,2}}(?:(?:{brackets})\b(?![ ]to\b)[^()\[\]\n]{{0,{_WIDEST}}}|(?:{alone})[ ]{{0,2}})[)\]]"
    line = rf"^[ \t]{{0,8}}(?:{lines})[ \t]{{0,2}}(?::|///|-{{1,2}}[ \t]|[–—])[^\n]{{0,400}}$"
    return re.compile(bracket, re.IGNORECASE), re.compile(line, re.IGNORECASE | re.MULTILINE)


def _any_of(words: frozenset[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", "[ ]") for word in sorted(words, key=lambda word: (-len(word), word)))
