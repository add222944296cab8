"""How good a model is on the development files: `python -m training.evaluate [WEIGHTS]`; bench/quality uses the functions.

LAS and UAS are those of the CoNLL 2018 shared task (universal relations, punctuation counted) on gold words; sentence
boundaries are scored on raw text by the end of the sentence; names by exact span and kind.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.language.annotations import Annotations, Name
from dragoman.language.encoder import WEIGHTS, Encoder
from dragoman.language.labels import GAPS, NAME_TAGS
from dragoman.language.windows import WINDOW, Window
from dragoman.text.report import Span
from training.conllu import GoldDocument, GoldSentence, read_documents
from training.data import DATA, Sentence, entity_rows, named_sentences

SYNTAX = {"ewt": DATA / "syntax" / "en_ewt-ud-dev.conllu.gz", "gum": DATA / "syntax" / "en_gum-ud-dev.conllu.gz"}
JOINED, SPACE, BREAK = (GAPS.index(gap) for gap in ("joined", "space", "break"))


def gold_windows(document: GoldDocument, budget: int) -> Iterator[Window]:
    """Gold words and gold sentences as windows of neighbouring sentences."""
    window = Window()
    end = -1
    for number, sentence in enumerate(document.sentences):
        if window.words and len(window.words) + len(sentence.words) > budget:
            yield window
            window = Window()
        for place, word in enumerate(sentence.words):
            gap = JOINED if word.start == end else SPACE
            window.gaps.append(BREAK if place == 0 and sentence.new_paragraph else gap)
            window.words.append(Span(word.start, word.end))
            window.forced.append(place == 0)
            window.paragraphs.append(number)
            end = word.end
    if window.words:
        yield window


def syntax_scores(encoder: Encoder, path: Path, budget: int = WINDOW) -> dict[str, float]:
    """LAS, UAS, UPOS, FEATS, lemma accuracy on gold words and sentences, in per cent."""
    right = dict.fromkeys(("LAS", "UAS", "UPOS", "FEATS", "LEMMA"), 0)
    total = 0
    for document in read_documents(path):
        found = encoder.annotate_windows(document.text, list(gold_windows(document, budget)), given=True)
        at = 0
        for sentence in document.sentences:
            for word, token in zip(sentence.words, found.tokens[at : at + len(sentence.words)], strict=True):
                head = token.head - at + 1 if token.head >= 0 else 0
                label = token.relation.split(":")[0] == word.relation.split(":")[0]
                right["UAS"] += head == word.head
                right["LAS"] += head == word.head and label
                right["UPOS"] += token.upos == word.upos
                right["FEATS"] += "|".join(f"{k}={v}" for k, v in token.feats.items()) == word.feats
                right["LEMMA"] += token.lemma == word.lemma
            at += len(sentence.words)
            total += len(sentence.words)
    return {name: round(100 * count / total, 2) for name, count in right.items()}


def f1(gold: set[object], found: set[object]) -> float:
    """F1 of two sets."""
    return 2 * len(gold & found) / max(1, len(gold) + len(found))


def segmentation_scores(encoder: Encoder, path: Path) -> dict[str, float]:
    """F1 of sentences (both ends right) and of words on the raw text."""
    gold_sentences, found_sentences = set[object](), set[object]()
    gold_words, found_words = set[object](), set[object]()
    for document, found in _annotated(encoder, list(read_documents(path))):
        gold_sentences |= {(document.id, _ends(s)) for s in document.sentences}
        found_sentences |= {(document.id, (s.start, s.end)) for s in found.sentences}
        gold_words |= {(document.id, w.start, w.end) for s in document.sentences for w in s.words}
        found_words |= {(document.id, t.start, t.end) for t in found.tokens}
    return {"sentences": round(f1(gold_sentences, found_sentences), 4), "words": round(f1(gold_words, found_words), 4)}


def _ends(sentence: GoldSentence) -> tuple[int, int]:
    return sentence.words[0].start, sentence.words[-1].end


def _annotated(encoder: Encoder, documents: list[GoldDocument]) -> Iterable[tuple[GoldDocument, Annotations]]:
    return zip(documents, encoder.annotate_many(d.text for d in documents), strict=True)


KINDS = {"PERSON": "PER", "ORGANIZATION": "ORG", "PLACE": "LOC", "FACILITY": "LOC"}


def _named(names: Iterable[Name]) -> set[tuple[int, int, str]]:
    return {(n.start, n.end, KINDS[n.kind]) for n in names if n.kind in KINDS}


def uner_scores(encoder: Encoder) -> dict[str, float]:
    """F1 over PER, ORG, LOC on the UNER part of EWT dev, each sentence as a text of its own."""
    rows = list(entity_rows("uner_ewt.dev"))
    gold, found = set[object](), set[object]()
    for row, read in zip(rows, encoder.annotate_many(r["text"] for r in rows), strict=True):
        gold |= {(row["id"], e["start"], e["end"], e["type"]) for e in row["entities"]}
        found |= {(row["id"], *name) for name in _named(read.names)}
    return {"F1": round(f1(gold, found), 4)}


def gmb_scores(encoder: Encoder, held_out: int = 10) -> dict[str, float]:
    """F1 over person, organisation, place on every tenth sentence of gmb_news, after the conventions of `training.data`.

    "F1" is against the names with their usual kinds (`training.gmb_kinds`), "F1.as_marked" against GMB's own, slips and all.
    """
    sentences = named_sentences("gmb_news.train")[::held_out]
    as_marked = _gold_names(named_sentences("gmb_news.train", repaired=False)[::held_out])
    gold, found = _gold_names(sentences), set[object]()
    windows, texts = [], []
    for sentence in sentences:
        text, window = "", Window()
        for word, gap in zip(sentence.words, sentence.gaps, strict=True):
            text += " " if gap == SPACE and text else ""
            window.words.append(Span(len(text), len(text) + len(word)))
            text += word
        window.gaps, window.paragraphs = list(sentence.gaps), [0] * len(sentence.words)
        window.forced = [i == 0 for i in range(len(sentence.words))]
        texts.append(text)
        windows.append(window)
    for number, (text, window) in enumerate(zip(texts, windows, strict=True)):
        read = encoder.annotate_windows(text, [window], given=True)
        found |= {(number, n.first, n.last, KINDS[n.kind]) for n in read.names if n.kind in KINDS}
    return {"F1": round(f1(gold, found), 4), "F1.as_marked": round(f1(as_marked, found), 4)}


def _gold_names(sentences: list[Sentence]) -> set[object]:
    """(number of the sentence, first word, one past the last, kind) of every name."""
    found = set[object]()
    for number, sentence in enumerate(sentences):
        tags = [NAME_TAGS[mask.bit_length() - 1] if mask.bit_count() == 1 else "O" for mask in map(int, sentence.labels["names"])]
        found |= {(number, *name) for name in _spans(tags)}
    return found


def _spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    start = None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            kind = tags[start][2:]
            if kind in KINDS:
                yield start, i, KINDS[kind]
            start = None
        if tag.startswith("B-"):
            start = i


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="?", default=WEIGHTS)
    parser.add_argument("--budget", type=int, default=WINDOW, help="words to a window; 1 reads each sentence by itself")
    args = parser.parse_args()
    encoder = Encoder(args.weights)
    for name, path in SYNTAX.items():
        print(name, syntax_scores(encoder, path, args.budget), segmentation_scores(encoder, path), flush=True)
    print("uner_ewt", uner_scores(encoder), flush=True)
    print("gmb_news", gmb_scores(encoder), flush=True)


if __name__ == "__main__":
    main()
