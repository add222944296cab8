"""The language model at run time: text -> Annotations. The only file that imports onnxruntime.

One pass of one network gives sentence boundaries, tags, trees and names; `decode.py` turns the scores into structure.
An `Encoder` may be shared by threads: the session is thread-safe and everything else is per call.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from dragoman.errors import WeightsError
from dragoman.language import decode
from dragoman.language.annotations import Annotations, Name, Sentence, Token, Voice
from dragoman.language.labels import GAPS, SCORED_HEADS, SHAPES, WORD_HEADS, apply_lemma_rule
from dragoman.language.lemmas import Lemmas
from dragoman.language.pieces import Features, PieceTable
from dragoman.language.windows import Window, batches, windows_of
from dragoman.text.report import Span

WEIGHTS = Path(__file__).parent / "weights"
BATCH_WORDS = 800
_STOPS = frozenset({".", "!", "?"})
_OPENING = frozenset({'"', "``", "“", "‘", "«"})
WINDOWS_AT_ONCE = 256  # of a long text: the memory that scores take is bounded by it


@dataclass
class _Scores:
    """What the network says of one window of N words, position 0 being the root."""

    words: dict[str, NDArray[Any]]
    arcs: NDArray[np.float32]
    rel_dep: NDArray[np.float32]
    rel_head: NDArray[np.float32]


class Encoder:
    """Opens the weights once and annotates texts."""

    def __init__(self, weights: Path = WEIGHTS, threads: int = 1) -> None:
        """`threads`: cores that one call may use. Raises WeightsError if the folder does not hold a model."""
        self._weights, self._threads = weights, threads
        try:
            labels = json.loads((weights / "labels.json").read_text("utf-8"))
            self._pieces = PieceTable(weights / "vocabulary.txt")
            self._lemmas = Lemmas(json.loads((weights / "lemmas.json").read_text("utf-8")))
            self._relation = _relation_scores(weights / "relations.npz")
            self._session = _session(weights / "model.onnx", threads)
        except Exception as error:  # the libraries raise types of their own for a missing or a broken file
            raise WeightsError(
                f"{weights}: no language model could be opened there ({error}); "
                "expected model.onnx, relations.npz, labels.json, lemmas.json and vocabulary.txt: reinstall dragoman"
            ) from error
        self._labels: Mapping[str, Sequence[str]] = labels
        self._outputs = [*(f"words.{name}" for name in WORD_HEADS), "arcs", "rel_dep", "rel_head"]

    def annotate(self, text: str) -> Annotations:
        """Everything the model says about one text."""
        return next(self.annotate_many([text]))

    def annotate_many(self, texts: Iterable[str]) -> Iterator[Annotations]:
        """Annotations in the order of the texts; windows of neighbouring texts share batches.

        The first batches are small, so that the first text is there soon; then they double up to WINDOWS_AT_ONCE.
        """
        waiting: list[tuple[str, list[Window]]] = []
        count, limit = 0, 8
        for text in texts:
            made = list(windows_of(text))
            if waiting and count + len(made) > limit:
                yield from self._finish(waiting)
                waiting, count, limit = [], 0, min(2 * limit, WINDOWS_AT_ONCE)
            waiting.append((text, made))
            count += len(made)
        yield from self._finish(waiting)

    def annotate_windows(self, text: str, windows: Sequence[Window], *, given: bool = False) -> Annotations:
        """Annotations of words that somebody else cut; `given`: `forced` marks all sentences there are (gold sentences)."""
        builder = _Builder(text, self._labels, self._lemmas, given)
        for at in range(0, len(windows), WINDOWS_AT_ONCE):
            part = windows[at : at + WINDOWS_AT_ONCE]
            for window, scores in zip(part, self._run([(text, w) for w in part]), strict=True):
                builder.add(window, scores, self._relations)
        return builder.annotations()

    def states(self, words: Sequence[Sequence[str]], gaps: Sequence[Sequence[int]]) -> tuple[NDArray[np.float32], list[Features]]:
        """The states (B, T, width) of the pieces of B windows after the layers that other networks build on, and their features."""
        self._pieces.learn([word for window in words for word in window])
        features = [self._pieces.features(window, before) for window, before in zip(words, gaps, strict=True)]
        found: NDArray[np.float32] = self._session.run(["states"], _inputs(features))[0]
        return found, features

    def open_beside(self, name: str) -> onnxruntime.InferenceSession:
        """A network that builds on `states`, from the same folder. Raises WeightsError if it is not there."""
        try:
            return _session(self._weights / name, self._threads)
        except Exception as error:  # as above
            raise WeightsError(f"{self._weights}: no {name} could be opened there ({error}); reinstall dragoman") from error

    def _finish(self, waiting: Sequence[tuple[str, list[Window]]]) -> Iterator[Annotations]:
        if len(waiting) == 1:  # it may be a long text: its windows are run in parts
            yield self.annotate_windows(*waiting[0])
            return
        scores = iter(self._run([(text, window) for text, windows in waiting for window in windows]))
        for text, windows in waiting:
            builder = _Builder(text, self._labels, self._lemmas, given=False)
            for window in windows:
                builder.add(window, next(scores), self._relations)
            yield builder.annotations()

    def _run(self, windows: Sequence[tuple[str, Window]]) -> list[_Scores]:
        forms = [[text[w.start : w.end] for w in window.words] for text, window in windows]
        self._pieces.learn([form for window in forms for form in window])
        features = [self._pieces.features(f, w.gaps) for f, (_, w) in zip(forms, windows, strict=True)]
        done: dict[int, _Scores] = {}
        for group in batches([window for _, window in windows], BATCH_WORDS):
            found = self._session.run(self._outputs, _inputs([features[i] for i in group]))
            for row, i in enumerate(group):
                count = len(features[i].first)
                values = [array[row, :count] for array in found]
                words = dict(zip(WORD_HEADS, values, strict=False))
                done[i] = _Scores(words, values[-3][:, :count], values[-2], values[-1])
        return [done[i] for i in range(len(windows))]

    def _relations(self, dependents: NDArray[np.float32], heads: NDArray[np.float32]) -> NDArray[np.int64]:
        """The best relation of each arc (M) from the factors of its two ends (M, size): a bilinear form."""
        size, labels, _ = self._relation.shape
        ones = np.ones((len(dependents), 1), dtype=np.float32)
        halfway = np.hstack([dependents, ones]) @ self._relation.reshape(size, labels * size)
        scores = np.matmul(halfway.reshape(-1, labels, size), np.hstack([heads, ones])[:, :, None])
        best: NDArray[np.int64] = scores[:, :, 0].argmax(axis=1)
        return best


@cache
def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Arenas keep the memory of the largest batch for ever; a reader of one report should stay small.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _is_address(word: str) -> bool:
    """Whether a word is a place on the net and not the name of anybody."""
    return "@" in word[1:] or "://" in word or word.lower().startswith("www.")


def _relation_scores(path: Path) -> NDArray[np.float32]:
    """The bilinear form (size, labels, size) of the relation labels, kept as int8 with a scale a row."""
    with np.load(path) as kept:
        form: NDArray[np.float32] = kept["table"].astype(np.float32) * kept["scale"]
    return form


def _inputs(features: Sequence[Features]) -> dict[str, NDArray[np.int64]]:
    def padded(rows: Sequence[Sequence[int]], value: int) -> NDArray[np.int64]:
        table = np.full((len(rows), max(map(len, rows))), value, dtype=np.int64)
        for i, row in enumerate(rows):
            table[i, : len(row)] = row
        return table

    return {
        "pieces": padded([f.pieces for f in features], 0),
        "shapes": padded([f.shapes for f in features], SHAPES.index("none")),
        "gaps": padded([f.gaps for f in features], GAPS.index("joined")),
        "first": padded([f.first for f in features], 0),
        "last": padded([f.last for f in features], 0),
    }


@cache
def _feats(label: str) -> Mapping[str, str]:
    return dict(pair.split("=", 1) for pair in label.split("|") if pair)


class _Builder:
    """Collects tokens, sentences and names of one text, window after window."""

    def __init__(self, text: str, labels: Mapping[str, Sequence[str]], lemmas: Lemmas, given: bool) -> None:
        self._text, self._labels, self._lemmas, self._given = text, labels, lemmas, given
        self._tokens: list[Token] = []
        self._sentences: list[Sentence] = []
        self._names: list[Name] = []

    def add(self, window: Window, scores: _Scores, relations: Any) -> None:
        """Adds what the network says of one window."""
        boundary = scores.words["boundary"][1:]
        score = np.full(len(boundary), -np.inf, dtype=np.float32)
        if not self._given:
            score = boundary[:, 1] - boundary[:, 0] + decode.STOP * np.array(self._after_stop(window), dtype=np.float32)
        starts = self._without_lone_quotes(window, decode.sentence_starts(score, window.forced))
        for start, end in zip(starts, [*starts[1:], len(window.words)], strict=True):
            self._add_sentence(window, scores, start, end, relations)

    def _after_stop(self, window: Window) -> list[bool]:
        """Which words stand with a capital behind a full stop: sentences that a quotation holds together are sentences all the same."""
        found = [False]
        for before, word in pairwise(window.words):
            stop = self._text[before.start : before.end] in _STOPS and before.end < word.start
            found.append(stop and self._text[word.start].isupper())
        return found[: len(window.words)]

    def _without_lone_quotes(self, window: Window, starts: list[int]) -> list[int]:
        """An opening quotation mark is no sentence: it begins the one behind it."""
        kept = starts[:1]
        for start in starts[1:]:
            before = window.words[start - 1]
            alone = start - kept[-1] == 1 and self._text[before.start : before.end] in _OPENING
            if not alone or window.forced[start]:
                kept.append(start)
        return kept

    def _add_sentence(self, window: Window, scores: _Scores, start: int, end: int, relations: Any) -> None:
        rows = np.r_[0, start + 1 : end + 1]
        arcs = scores.arcs[np.ix_(rows, rows)]
        heads = decode.tree(arcs)
        found = relations(scores.rel_dep[rows[1:]], scores.rel_head[rows[heads[1:]]])
        sure = decode.softmax(arcs)[np.arange(len(rows)), heads]
        first, number = len(self._tokens), len(self._sentences)
        acts = decode.acts(scores.words["acts"][start + 1 : end + 1])
        facts = decode.factuality(scores.words["factuality"][start + 1 : end + 1])
        voices = decode.voices(*(scores.words[name][start + 1 : end + 1] for name in ("sources", "cues", "contents")))
        for place in range(end - start):
            word = start + place
            head = int(heads[place + 1])
            above = first + head - 1 if head else -1
            arc = (above, int(found[place]), float(sure[place + 1]))
            told = (*acts[place], facts[place], voices[place])
            self._tokens.append(self._token(window.words[word], scores, word + 1, arc, number, told))
        self._sentences.append(
            Sentence(number, window.words[start].start, window.words[end - 1].end, first, len(self._tokens), window.paragraphs[start])
        )
        for a, b, kind, score in decode.names(scores.words["names"][start + 1 : end + 1]):
            if all(_is_address(self._text[w.start : w.end]) for w in window.words[start + a : start + b]):
                continue
            self._names.append(Name(window.words[start + a].start, window.words[start + b - 1].end, first + a, first + b, kind, score))

    def _token(
        self, span: Span, scores: _Scores, row: int, arc: tuple[int, int, float], sentence: int, told: tuple[str, float, float, Voice]
    ) -> Token:
        head, relation, score = arc
        form = self._text[span.start : span.end]
        label = {name: self._labels[name][int(scores.words[name][row])] for name in WORD_HEADS if name not in SCORED_HEADS}
        relation_name = "root" if head < 0 else self._labels["relations"][relation]
        if head >= 0 and relation_name == "root":
            relation_name = "parataxis"  # a second root cannot be: what hangs beside the first is paratactic
        lemma = self._lemmas.of(form, label["upos"], apply_lemma_rule(label["lemmas"], form))
        feats = _feats(label["feats"])
        place = len(self._tokens)
        return Token(place, span.start, span.end, form, lemma, label["upos"], feats, head, relation_name, sentence, score, *told)

    def annotations(self) -> Annotations:
        """All of it."""
        return Annotations(self._text, self._tokens, self._sentences, self._names)
