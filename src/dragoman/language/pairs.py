"""What one actor does to another, asked of the encoder: a text with two spans -> the chances of the fifteen roots of PLV.

The lower layers are those of the language model; `relations.onnx` holds layers of its own above them, which are told by an
embedding where the two spans lie (`training/pairs.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.language.encoder import WEIGHTS, Encoder
from dragoman.language.labels import RELATION_ROOTS
from dragoman.language.pieces import gaps_of
from dragoman.language.segment import words_in
from dragoman.text.report import Span

SOURCE, TARGET = 1, 2
MOST_WORDS = 150
"""Words that are looked at: of a longer text those around the two spans."""

_BATCH = 16


def roles_of(words: Sequence[Span], source: Span | None, target: Span | None) -> list[int]:
    """For each word SOURCE, TARGET or 0; the source has a word that lies in both."""
    return [SOURCE if _touches(word, source) else TARGET if _touches(word, target) else 0 for word in words]


def words_around(text: str, spans: Sequence[Span | None]) -> list[Span]:
    """At most MOST_WORDS words of a text: from its start, or, if a span lies beyond, from a little before the first span."""
    words = words_in(text)
    last = max((i for i, w in enumerate(words) for span in spans if _touches(w, span)), default=0)
    first = min((i for i, w in enumerate(words) for span in spans if _touches(w, span)), default=0)
    start = 0 if last < MOST_WORDS else max(0, min(first - 20, last + 20 - MOST_WORDS))
    return words[start : start + MOST_WORDS]


def _touches(word: Span, span: Span | None) -> bool:
    return span is not None and word.start < span.end and span.start < word.end


class PairScorer:
    """Opens the weights once and scores pairs."""

    def __init__(self, weights: Path = WEIGHTS, encoder: Encoder | None = None) -> None:
        """`encoder`: one that is open already. Raises WeightsError if the folder does not hold the model."""
        self._encoder = encoder or Encoder(weights)
        self._session = self._encoder.open_beside("relations.onnx")

    def scores(self, texts: Sequence[str], sources: Sequence[Span | None], targets: Sequence[Span | None]) -> NDArray[np.float32]:
        """The probabilities (n, 15), in the order of RELATION_ROOTS, of n texts with two spans of each (None: not named)."""
        questions = list(zip(texts, sources, targets, strict=True))
        order = sorted(range(len(questions)), key=lambda i: len(questions[i][0]))
        made = np.zeros((len(questions), len(RELATION_ROOTS)), dtype=np.float32)
        for at in range(0, len(order), _BATCH):
            group = order[at : at + _BATCH]
            made[group] = self._scored([questions[i] for i in group])
        return made

    def _scored(self, questions: Sequence[tuple[str, Span | None, Span | None]]) -> NDArray[np.float32]:
        words = [words_around(text, (source, target)) for text, source, target in questions]
        forms = [[text[w.start : w.end] for w in some] for some, (text, _, _) in zip(words, questions, strict=True)]
        states, features = self._encoder.states(forms, [gaps_of(some) for some in words])
        roles, real = np.zeros(states.shape[:2], dtype=np.int64), np.zeros(states.shape[:2], dtype=np.int64)
        for row, (some, made, (_, source, target)) in enumerate(zip(words, features, questions, strict=True)):
            real[row, : len(made.pieces)] = 1
            for role, first, last in zip(roles_of(some, source, target), made.first[1:], made.last[1:], strict=True):
                roles[row, first : last + 1] = role
        found: NDArray[np.float32] = self._session.run(None, {"states": states, "roles": roles, "real": real})[0]
        return found
