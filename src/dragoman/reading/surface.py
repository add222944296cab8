"""The surface of a text: one plain line of small pieces that the patterns for times and figures are matched on.

A tokenizer may write "21-month" as one token or as three, "a.m." with its full stop or without. Patterns should not
care: here the text is cut into atoms (a run of letters, a number, any other sign), which are put in lower case, with
plain dashes and quotation marks, and joined by single spaces. "The 21-month war" becomes "the 21 - month war". A
regular expression over that line needs no optional white space, and each match leads back to characters and tokens of
the untouched text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dragoman.language.annotations import Annotations, Token
from dragoman.text.report import Span

_ATOM = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|[^\W\d_]+|\S")
_PLAIN = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | dict.fromkeys("\u2018\u2019\u02bc\u0060", "'")
_PLAIN |= dict.fromkeys("\u201c\u201d\u00ab\u00bb", '"')
BREAK = "\n"
"""Stands between two atoms that no expression may join: the end of a paragraph or of a heading."""


class Atom(NamedTuple):
    """A piece of the text: its characters `[start, end)`, and `position`, where it begins in the line."""

    start: int
    end: int
    position: int


class Stretch(NamedTuple):
    """The positions `[first, last)` of a line from one break to the next, and the atoms there."""

    first: int
    last: int
    words: frozenset[str]


@dataclass(frozen=True)
class Line:
    """The atoms of a text and the line that they make.

    A "position" is an index into `text`, an "offset" one into the report's text.
    """

    text: str
    atoms: Sequence[Atom]
    annotations: Annotations

    @cached_property
    def _positions(self) -> list[int]:
        return [atom.position for atom in self.atoms]

    @cached_property
    def _starts(self) -> list[int]:
        return [atom.start for atom in self.atoms]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.annotations.tokens]

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The line cut at its breaks; what begins in one ends in it."""
        found: list[Stretch] = []
        first = 0
        for part in self.text.split(BREAK):
            last = first + len(part) + len(BREAK)
            found.append(Stretch(first, min(last, len(self.text)), frozenset(part.split())))
            first = last
        return found

    def atom_at(self, position: int) -> Atom:
        """The atom that holds (or stands last before) the position."""
        return self.atoms[max(bisect_right(self._positions, position) - 1, 0)]

    def span(self, first: int, last: int) -> Span:
        """The characters of the report behind positions `[first, last)`."""
        return Span(self.atom_at(first).start, self.atom_at(last - 1).end)

    def written(self, first: int, last: int) -> str:
        """What stands in the report behind positions `[first, last)`, with its letter case."""
        span = self.span(first, last)
        return self.annotations.text[span.start : span.end]

    def token_at(self, position: int) -> Token | None:
        """The token that the atom at the position belongs to; None where the tokens leave it out."""
        return self.token_over(self.atom_at(position).start)

    def token_over(self, offset: int) -> Token | None:
        """The token that covers a character of the report."""
        index = bisect_right(self._token_starts, offset) - 1
        if index < 0 or self.annotations.tokens[index].end <= offset:
            return None
        return self.annotations.tokens[index]

    def position_of(self, offset: int) -> int:
        """Where the first atom that begins at or after a character of the report begins in the line."""
        index = bisect_left(self._starts, offset)
        return self.atoms[index].position if index < len(self.atoms) else len(self.text)

    def before(self, position: int, words: int) -> list[str]:
        """Up to so many atoms (in lower case) that stand before the position, nearest last, not across a break."""
        window = self.text[max(0, position - 24 * words) : position]
        return window.rsplit(BREAK, 1)[-1].split()[-words:]

    def after(self, position: int, words: int) -> list[str]:
        """Up to so many atoms that stand after the position, nearest first, not across a break."""
        window = self.text[position : position + 24 * words]
        return window.split(BREAK, 1)[0].split()[:words]


def line_of(annotations: Annotations) -> Line:
    """Cuts a text into atoms and joins them to the line."""
    parts: list[str] = []
    atoms: list[Atom] = []
    position, end = 0, 0
    text, breaks = annotations.text, _breaks(annotations)
    for found in _ATOM.finditer(text):
        before, (start, end), atom = end, found.span(), found[0]
        feeds = text.count("\n", before, start) if start > before and atoms else 0
        if feeds > 1 or (feeds and start in breaks):
            parts.append(BREAK)
            position += 2
        plain = _PLAIN.get(atom, atom).lower()
        atoms.append(Atom(start, end, position))
        parts.append(plain)
        position += len(plain) + 1
    return Line(" ".join(parts), atoms, annotations)


def _breaks(annotations: Annotations) -> set[int]:
    """Where sentences begin: a single line feed ends a line there, elsewhere it only wraps one."""
    return {sentence.start for sentence in annotations.sentences}
