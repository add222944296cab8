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
from training.data import Document, Sentence, covered, packed_rows

PARTS = {"sources": "source", "cues": "cue", "contents": "content"}
"""The heads and the parts of an attribution that they learn."""


HELD_OUT = 20
"""Every twentieth article of the training part is kept out: constants of the reading are tuned on them."""


def attribution_documents() -> list[Document]:
    """The articles of the training part, as runs of sentences with the labels of the three parts and their links."""
    return [_document(row) for number, row in enumerate(packed_rows("attribution", "train")) if number % HELD_OUT]


def _document(row: dict[str, Any]) -> Document:
    text = row["text"]
    marked = {head: _outermost([Span(*s) for a in row["attributions"] for s in a[part]]) for head, part in PARTS.items()}
    cut = [words for start, stop in row.get("sentences") or _paragraphs(text) if (words := words_in(text, Span(start, stop)))]
    distances = iter(_distances([word for words in cut for word in words], row["attributions"]))
    sentences, end = [], 0
    for words in cut:
        gap = "break" if "\n" in text[end : words[0].start] else "space"
        labels: dict[str, Sequence[str | int]] = {head: _labels(words, spans) for head, spans in marked.items()}
        labels["links"] = [next(distances) for _ in words]
        sentences.append(Sentence([text[w.start : w.end] for w in words], gaps_of(words, GAPS.index(gap)), labels))
        end = words[-1].end
    return sentences


def _distances(words: Sequence[Span], attributions: Sequence[dict[str, Any]]) -> list[int]:
    """For each word of an article how many words on (or back, below 0) the cue begins that it belongs to; 0 where there is none.

    A word of a source or of a content belongs to its cue, a word of a cue to its first one. Where attributions stand inside one
    another a word belongs to the innermost, and the first word of a cue to the one that its own stands in: who follows
    the links from word to word comes to every cue around it.
    """
    owner, rank = [0] * len(words), [(2, 0)] * len(words)
    for attribution in attributions:
        parts = {part: [covered(words, span) for span in attribution[part]] for part in PARTS.values()}
        if not parts["cue"] or not parts["cue"][0]:
            continue
        cue = parts["cue"][0][0]
        size = sum(map(len, parts["content"]))
        for part, places in parts.items():
            of = (1, size) if part == "content" else (0, size)
            for place in (i for found in places for i in found if i != cue and of < rank[i]):
                owner[place], rank[place] = cue - place, of
    return owner


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
        for place, i in enumerate(covered(words, span)):
            first = place == 0 and words[i].start >= span.start and span.start >= words[0].start
            labels[i] = "B" if first else "I"
    return labels
