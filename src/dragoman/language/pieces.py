"""Words -> what the encoder takes: word pieces, letter shapes, gaps, and where each word begins and ends among them.

Training and reading share this file, so that a word looks the same to the network in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from dragoman.language.labels import GAPS, SHAPES, shape_of
from dragoman.language.wordpiece import WordPieces
from dragoman.text.report import Span

HIDDEN = ""  # in training, a word behind the mask; no text has an empty word
MOST_PIECES = 6  # of one word: a longer one (a web address) keeps its first five and its last
_CACHE_SIZE = 100_000


def gaps_of(words: Sequence[Span], first: int = GAPS.index("space")) -> list[int]:
    """What stands before each word of one run of text, as indices into GAPS; `first` is what stands before the first."""
    joined = [a.end == b.start for a, b in pairwise(words)]
    return [first, *(GAPS.index("joined" if j else "space") for j in joined)][: len(words)]


@dataclass
class Features:
    """One window: `pieces`, `shapes` and `gaps` (T) and the first and last piece of each word (N), both with [CLS] at 0."""

    pieces: list[int]
    shapes: list[int]
    gaps: list[int]
    first: list[int]
    last: list[int]


class PieceTable:
    """Cuts words into pieces with the encoder's own vocabulary; remembers the words that it has seen."""

    def __init__(self, path: Path) -> None:
        self._cut = WordPieces(path)
        self._opening, self._closing, self._mask = map(self._cut.mark, ("[CLS]", "[SEP]", "[MASK]"))
        self._seen: dict[str, tuple[list[int], int]] = {}

    def _of(self, word: str) -> tuple[list[int], int]:
        """Its pieces and its shape."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) > _CACHE_SIZE:
                self._seen = {}  # and not cleared: another thread may be looking
            ids = self._cut.ids(word) if word != HIDDEN else [self._mask]
            if len(ids) > MOST_PIECES:
                ids = [*ids[: MOST_PIECES - 1], ids[-1]]
            found = self._seen[word] = (ids, shape_of(word))
        return found

    def features(self, words: Sequence[str], gaps: Sequence[int]) -> Features:
        """The features of one window of words; `gaps` are indices into GAPS."""
        nothing, special = GAPS.index("joined"), SHAPES.index("none")
        made = Features([self._opening], [special], [nothing], [0], [0])
        for word, gap in zip(words, gaps, strict=True):
            ids, shape = self._of(word)
            made.first.append(len(made.pieces))
            made.pieces.extend(ids)
            made.last.append(len(made.pieces) - 1)
            made.gaps.append(gap)
            if len(ids) == 1:
                made.shapes.append(shape)
            else:
                made.shapes.extend([shape] * len(ids))
                made.gaps.extend([nothing] * (len(ids) - 1))
        made.pieces.append(self._closing)
        made.shapes.append(special)
        made.gaps.append(nothing)
        return made
