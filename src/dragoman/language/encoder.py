"""The language model at run time: text -> Annotations. The only file that imports onnxruntime.

One pass of one network gives sentence boundaries, tags, trees and names; `decode.py` turns the scores into structure.
Each window is run by itself: what is said of a text does not hang on its neighbours, there is no padding, and on a core it is
faster than batches, whose states do not stay in its cache. An `Encoder` may be shared by threads: the session is thread-safe and
everything else is per call.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
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
from dragoman.language.annotations import Annotations, Name, Sentence, Token
from dragoman.language.labels import GAPS, SCORED_HEADS, SHAPES, WORD_HEADS
from dragoman.language.lemmas import Lemmas
from dragoman.language.name_edges import mended
from dragoman.language.pieces import Features, PieceTable
from dragoman.language.windows import Window, windows_of
from dragoman.text.report import Span

WEIGHTS = Path(__file__).parent / "weights"
AHEAD = 8  # windows of each further thread that are run before they are asked for: bounds the memory that scores take
_STOPS = frozenset({".", "!", "?"})
_OPENING = frozenset({'"', "``", "“", "‘", "«"})


_Arc = tuple[int, str, int, float]
"""Of a token: its head (-1 for the root), its relation, its sentence, the chance of the arc."""

_Relations = Callable[[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64]], NDArray[np.int64]]


@dataclass
class _Scores:
    """What the network says of one window of N words, position 0 being the root."""

    words: dict[str, NDArray[Any]]
    arcs: NDArray[np.float32]
    rel_dep: NDArray[np.float32]
    rel_head: NDArray[np.float32]
    links: NDArray[np.float32]


class Encoder:
    """Opens the weights once and annotates texts."""

    def __init__(self, weights: Path = WEIGHTS, threads: int = 1) -> None:
        """`threads`: cores that one call may use, each for a window of its own. Raises WeightsError if the folder holds no model."""
        self._weights, self._threads = weights, threads
        self._pool = ThreadPoolExecutor(threads, "dragoman") if threads > 1 else None
        try:
            labels = json.loads((weights / "labels.json").read_text("utf-8"))
            self._pieces = PieceTable(weights / "vocabulary.txt")
            self._lemmas = Lemmas(json.loads((weights / "lemmas.json").read_text("utf-8")))
            self._relation = _relation_scores(weights / "relations.npz")
            self._session = _session(weights / "model.onnx")
        except Exception as error:  # the libraries raise types of their own for a missing or a broken file
            raise WeightsError(
                f"{weights}: no language model could be opened there ({error}); "
                "expected model.onnx, relations.npz, labels.json, lemmas.json and vocabulary.txt: reinstall dragoman"
            ) from error
        self._labels: Mapping[str, Sequence[str]] = {name: [sys.intern(label) for label in of] for name, of in labels.items()}
        self._outputs = [*(f"words.{name}" for name in WORD_HEADS), "arcs", "rel_dep", "rel_head", "links"]

    def annotate(self, text: str) -> Annotations:
        """Everything the model says about one text."""
        return next(self.annotate_many([text]))

    def annotate_many(self, texts: Iterable[str]) -> Iterator[Annotations]:
        """Annotations in the order of the texts, made as they are asked for.

        With one thread a text is only taken when its annotations are asked for. With more, windows to come (AHEAD for each
        thread) are run while the caller works on the annotations that it has.
        """
        return self._annotated(((text, window) for text in texts for window in (*windows_of(text), None)), given=False)

    def annotate_windows(self, text: str, windows: Sequence[Window], *, given: bool = False) -> Annotations:
        """Annotations of words that somebody else cut; `given`: `forced` marks all sentences there are (gold sentences)."""
        return next(self._annotated(((text, window) for window in (*windows, None)), given))

    def states(self, words: Sequence[Sequence[str]], gaps: Sequence[Sequence[int]]) -> tuple[NDArray[np.float32], list[Features]]:
        """The states (B, T, width) of the pieces of B windows after the layers that other networks build on, and their features."""
        features = [self._pieces.features(window, before) for window, before in zip(words, gaps, strict=True)]
        found: NDArray[np.float32] = self._session.run(["states"], _inputs(features))[0]
        return found, features

    def open_beside(self, name: str) -> onnxruntime.InferenceSession:
        """A network that builds on `states`, from the same folder. Raises WeightsError if it is not there."""
        try:
            return _session(self._weights / name)
        except Exception as error:  # as above
            raise WeightsError(f"{self._weights}: no {name} could be opened there ({error}); reinstall dragoman") from error

    def _annotated(self, parts: Iterable[tuple[str, Window | None]], given: bool) -> Iterator[Annotations]:
        """Each text comes as its windows and a None."""
        builder = None
        for text, window, scores in self._scored(parts):
            builder = builder or _Builder(text, self._labels, self._lemmas, given)
            if window is None or scores is None:  # the text ends
                yield builder.annotations()
                builder = None
            else:
                builder.add(window, scores, self._relations)

    def _scored(self, parts: Iterable[tuple[str, Window | None]]) -> Iterator[tuple[str, Window | None, _Scores | None]]:
        """The same with scores; with a pool some are under way ahead of those that are asked for."""
        if self._pool is None:
            yield from ((text, window, self._scores(text, window)) for text, window in parts)
            return
        waiting: deque[tuple[str, Window | None, Future[_Scores | None]]] = deque()
        try:
            for text, window in parts:
                waiting.append((text, window, self._pool.submit(self._scores, text, window)))
                if len(waiting) > AHEAD * self._threads:
                    yield _come(waiting.popleft())
            while waiting:
                yield _come(waiting.popleft())
        finally:  # the caller may stop early
            for _, _, future in waiting:
                future.cancel()

    def _scores(self, text: str, window: Window | None) -> _Scores | None:
        if window is None:
            return None
        features = self._pieces.features([text[w.start : w.end] for w in window.words], window.gaps)
        found = [array[0] for array in self._session.run(self._outputs, _inputs([features]))]
        return _Scores(dict(zip(WORD_HEADS, found, strict=False)), *found[len(WORD_HEADS) :])

    def _relations(self, dependents: NDArray[np.float32], words: NDArray[np.float32], above: NDArray[np.int64]) -> NDArray[np.int64]:
        """The best relation of each of M arcs: a bilinear form over the factors of its dependent (M, size) and of its head.

        `above` (M) are the rows of the heads among `words` (N, size). Most words are nobody's head: the costly half of the product
        is done once for each word that is one.
        """
        size, _, labels = self._relation.shape
        used = np.zeros(len(words), dtype=bool)
        used[above] = True
        halfway = (_with_one(words[used]) @ self._relation.reshape(size, size * labels)).reshape(-1, size, labels)
        place = used.cumsum() - 1  # of each head among those used
        scores = np.matmul(_with_one(dependents)[:, None, :], halfway[place[above]])
        best: NDArray[np.int64] = scores[:, 0].argmax(axis=1)
        return best


def _come(part: tuple[str, Window | None, Future[_Scores | None]]) -> tuple[str, Window | None, _Scores | None]:
    text, window, future = part
    return text, window, future.result()


@cache
def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Arenas keep the memory of the largest batch for ever; a reader of one report should stay small.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _tree(arcs: NDArray[np.float32], start: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Words `start` to `end` of a window as a sentence: the head of each by its row in the window, 0 for the root, and its chance."""
    inside = np.empty((end - start + 1, end - start + 1), dtype=np.float32)
    inside[0] = 0.0  # the root has no head
    inside[1:, 0] = arcs[start + 1 : end + 1, 0]
    inside[1:, 1:] = arcs[start + 1 : end + 1, start + 1 : end + 1]
    heads = decode.tree(inside)[1:]
    return np.where(heads == 0, 0, heads + start), decode.chances(inside[1:], heads)


def _below_a_word(relation: str) -> str:
    """A second root cannot be: what hangs beside the first is paratactic."""
    return "parataxis" if relation == "root" else relation


def _is_address(word: str) -> bool:
    """Whether a word is a place on the net and not the name of anybody."""
    return "@" in word[1:] or "://" in word or word.lower().startswith("www.")


def _relation_scores(path: Path) -> NDArray[np.float32]:
    """The bilinear form (size of heads, size of dependents, labels), kept (dependents, labels, heads) as int8 with a scale a row."""
    with np.load(path) as kept:
        form: NDArray[np.float32] = kept["table"].astype(np.float32) * kept["scale"]
    return np.ascontiguousarray(form.transpose(2, 0, 1))


def _with_one(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Appends a constant 1 to each row, so that a bilinear form has its linear terms."""
    found = np.ones((len(rows), rows.shape[1] + 1), dtype=np.float32)
    found[:, :-1] = rows
    return found


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

    def add(self, window: Window, scores: _Scores, relations: _Relations) -> None:
        """Adds what the network says of one window."""
        boundary = scores.words["boundary"][1:]
        score = np.full(len(boundary), -np.inf, dtype=np.float32)
        if not self._given:
            score = boundary[:, 1] - boundary[:, 0] + decode.STOP * np.array(self._after_stop(window), dtype=np.float32)
        starts = self._without_lone_quotes(window, decode.sentence_starts(score, window.forced))
        sentences = list(pairwise([*starts, len(window.words)]))
        self._add_words(window, scores, self._arcs(scores, sentences, relations))
        first = len(self._tokens) - len(window.words)
        names = decode.name_logs(scores.words["names"][1:])
        for start, end in sentences:
            at = (window.words[start].start, window.words[end - 1].end, first + start, first + end)
            self._sentences.append(Sentence(len(self._sentences), *at, window.paragraphs[start]))
            self._add_names(window.words[start:end], decode.names(names[start:end]), first + start)

    def _arcs(self, scores: _Scores, sentences: Sequence[tuple[int, int]], relations: _Relations) -> list[_Arc]:
        """The arc of each word of the window. Its relation is asked for all words at once, which is faster."""
        first = len(self._tokens)
        heads, sure = map(np.concatenate, zip(*(_tree(scores.arcs, start, end) for start, end in sentences), strict=True))
        found = [self._labels["relations"][i] for i in relations(scores.rel_dep[1:], scores.rel_head, heads).tolist()]
        numbers = [number for number, (start, end) in enumerate(sentences, len(self._sentences)) for _ in range(start, end)]
        return [
            (first + head - 1, _below_a_word(relation), number, chance) if head else (-1, "root", number, chance)
            for head, relation, number, chance in zip(heads.tolist(), found, numbers, sure.tolist(), strict=True)
        ]

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

    def _add_words(self, window: Window, scores: _Scores, arcs: Sequence[_Arc]) -> None:
        """The tokens of the window; everything that each of them is told stands in a list of one entry a word."""
        told = {name: values[1:] for name, values in scores.words.items()}
        best = {name: [self._labels[name][i] for i in told[name].tolist()] for name in WORD_HEADS if name not in SCORED_HEADS}
        acts, facts = decode.acts(told["acts"]), decode.factuality(told["factuality"])
        voices = decode.voices(told["sources"], told["cues"], told["contents"])
        links = decode.links(scores.links, len(self._tokens))
        rows = zip(window.words, best["upos"], best["feats"], best["lemmas"], arcs, acts, facts, voices, links, strict=True)
        for span, upos, feats, rule, (head, relation, sentence, score), (act, act_score), fact, voice, cues in rows:
            place, form = len(self._tokens), self._text[span.start : span.end]
            lemma = self._lemmas.by_rule(form, upos, rule)
            arc = (head, relation, sentence, score)
            self._tokens.append(
                Token(place, span.start, span.end, form, lemma, upos, _feats(feats), *arc, act, act_score, fact, voice, cues)
            )

    def _add_names(self, words: Sequence[Span], names: Iterable[tuple[int, int, str, float]], first: int) -> None:
        """`names` among the words of a sentence, the first of which is token `first`."""
        for start, end, kind, score in names:
            if not all(_is_address(self._text[w.start : w.end]) for w in words[start:end]):
                self._names.append(Name(words[start].start, words[end - 1].end, first + start, first + end, kind, score))

    def annotations(self) -> Annotations:
        """All of it."""
        return Annotations(self._text, self._tokens, self._sentences, mended(self._text, self._tokens, self._names))
