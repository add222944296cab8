"""CoNLL-U files -> documents of sentences and words, with the text and the offsets of each word.

`read_documents` is what training and evaluation read; `annotations` makes a gold `Annotations` of one document, so that the
readers can be tried on trees without a model.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.language.annotations import Annotations, Sentence, Token


@dataclass
class Word:
    """One syntactic word; `start` and `end` are offsets into the document's text; `head` counts from 1, 0 is the root."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    relation: str
    start: int
    end: int


@dataclass
class GoldSentence:
    """The words of a sentence; `new_paragraph` if a paragraph begins with it."""

    words: list[Word]
    new_paragraph: bool


@dataclass
class GoldDocument:
    """One document: its text (sentences joined by a space, paragraphs by a blank line) and its sentences."""

    id: str
    text: str = ""
    sentences: list[GoldSentence] = field(default_factory=list)


def read_documents(path: Path) -> Iterator[GoldDocument]:
    """Reads a (gzipped) CoNLL-U file; words of a multiword token share out its characters where they spell it."""
    document = GoldDocument(path.name)
    rows: list[list[str]] = []
    new_paragraph = False
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                if document.sentences:
                    yield document
                document = GoldDocument(line.split("=")[-1].strip())
                new_paragraph = True
            elif line.startswith("# newpar"):
                new_paragraph = True
            elif line and line[0] != "#":
                rows.append(line.split("\t"))
            elif not line and rows:
                _add_sentence(document, rows, new_paragraph or not document.sentences)
                rows, new_paragraph = [], False
    if document.sentences:
        yield document


def _add_sentence(document: GoldDocument, rows: list[list[str]], new_paragraph: bool) -> None:
    text = document.text
    if text:
        text = text.rstrip() + ("\n\n" if new_paragraph else " ")
    words: list[Word] = []
    pending: list[str] = []  # words of a multiword token that still have to be found in its surface
    surface_start, surface, after = 0, "", ""
    for row in rows:
        if "." in row[0]:
            continue
        space = "" if "SpaceAfter=No" in row[9] else " "
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            pending = [str(i) for i in range(first, last + 1)]
            surface_start, surface, after = len(text), row[1], space
            text += row[1]
            continue
        if row[0] in pending:
            start, end = _share(surface, surface_start, row[1], words, pending, row[0])
            if row[0] == pending[-1]:
                text += after
                pending = []
        else:
            start, end = len(text), len(text) + len(row[1])
            text += row[1] + space
        feats = row[5] if row[5] != "_" else ""
        words.append(Word(row[1], row[2], row[3], feats, int(row[6]), row[7], start, end))
    document.text = text
    document.sentences.append(GoldSentence(words, new_paragraph))


def _share(surface: str, base: int, form: str, words: list[Word], pending: list[str], number: str) -> tuple[int, int]:
    """The part of a multiword token's surface that a word of it stands for."""
    start = base if number == pending[0] else words[-1].end
    if number == pending[-1]:
        return start, base + len(surface)
    return start, min(start + len(form), base + len(surface) - 1)


def annotations(document: GoldDocument) -> Annotations:
    """The gold tree of a document in the form that the readers take (no names)."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    paragraph = -1
    for number, sentence in enumerate(document.sentences):
        paragraph += sentence.new_paragraph
        first = len(tokens)
        for word in sentence.words:
            feats = dict(pair.split("=", 1) for pair in word.feats.split("|") if pair)
            head = first + word.head - 1 if word.head else -1
            form = document.text[word.start : word.end]
            tokens.append(Token(len(tokens), word.start, word.end, form, word.lemma, word.upos, feats, head, word.relation, number))
        sentences.append(Sentence(number, tokens[first].start, tokens[-1].end, first, len(tokens), paragraph))
    return Annotations(document.text, tokens, sentences)
