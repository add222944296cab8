"""What the heads `sources`, `cues` and `contents` learn from: the attributions of PolNeAR (Newell, Margolin and Ruths 2018).

Each head gives every word O, B or I of its own kind of span, so that a source and a cue inside somebody else's words are told as
well. Of contents inside one another the outermost is marked: the inner one is what its own source and cue say of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.language.labels import GAPS
from dragoman.language.pieces import gaps_of
from dragoman.language.segment import words_in
from dragoman.text.report import Span
from training.data import Document, Sentence, packed_rows

PARTS = {"sources": "source", "cues": "cue", "contents": "content"}
"""The heads and the parts of an attribution that they learn."""


def attribution_documents() -> list[Document]:
    """The articles of the training part, as runs of sentences with the three labels."""
    return [_document(row) for row in packed_rows("attribution", "train")]


def _document(row: dict[str, Any]) -> Document:
    text = row["text"]
    marked = {head: _outermost([Span(*s) for a in row["attributions"] for s in a[part]]) for head, part in PARTS.items()}
    sentences, end = [], 0
    for start, stop in row.get("sentences") or _paragraphs(text):
        words = words_in(text, Span(start, stop))
        if words:
            gap = "break" if "\n" in text[end : words[0].start] else "space"
            labels = {head: _labels(words, spans) for head, spans in marked.items()}
            sentences.append(Sentence([text[w.start : w.end] for w in words], gaps_of(words, GAPS.index(gap)), labels))
            end = words[-1].end
    return sentences


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _outermost(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, without those inside another."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def _labels(words: Sequence[Span], spans: Sequence[Span]) -> list[str]:
    labels = ["O"] * len(words)
    for span in spans:
        inside = [i for i, word in enumerate(words) if word.start < span.end and span.start < word.end]
        for place, i in enumerate(inside):
            first = place == 0 and words[i].start >= span.start and span.start >= words[0].start
            labels[i] = "B" if first else "I"
    return labels
