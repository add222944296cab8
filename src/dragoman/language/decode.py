"""Scores of the heads -> sentences, trees and names. Pure: numbers in, structure out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dragoman.language.annotations import Links, Voice
from dragoman.language.labels import ACTS, FACTUALITY, NAME_TAGS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_LOWEST = np.float32(-1e9)
_ROUNDING = 0.01  # sums of scores that differ by less may be the same

START = 0.0
"""Log-odds above which a sentence begins. Swept from -1.5 to 0.7 on every second document of EWT and GUM dev; there it gives F1
0.916 and 0.952 (at -0.5: 0.912 and 0.954), on the other documents 0.888 and 0.957 (at -0.5: 0.880 and 0.955)."""


STOP = 4.0
"""Log-odds added to a start with a capital behind a full stop: since the heads for attribution learn, the encoder holds the sentences of a
quotation together. F1 at 0, 2 and 4: wire 0.944, 0.951, 0.970; EWT dev 0.902, 0.903, 0.904; GUM dev 0.951, 0.952, 0.953
(weights of run 5)."""


def sentence_starts(start_scores: Floats, forced: list[bool]) -> list[int]:
    """Where sentences begin among N words. `start_scores` (N): log-odds of a start; `forced`: a paragraph begins here."""
    starts = [i for i, (score, must) in enumerate(zip(start_scores, forced, strict=True)) if must or score > START]
    return starts if starts[:1] == [0] else [0, *starts]


def tree(scores: Floats) -> Ints:
    """The best tree with one root. `scores` (N + 1, N + 1): [dependent, head], 0 being the root -> heads (N + 1), [0] = 0.

    Greedy heads are taken when they already form a tree; else the maximum spanning tree (Chu and Liu 1965, Edmonds 1967),
    once for each word that may be the root, of the likeliest few.
    """
    scores = scores.copy()
    np.fill_diagonal(scores, _LOWEST)
    scores[0] = _LOWEST
    heads: Ints = scores.argmax(axis=1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and not _cycle(heads):
        return heads
    best, best_total = heads, -np.inf
    for root in np.argsort(-(scores[1:, 0] - scores[1:, 1:].max(axis=1, initial=_LOWEST)))[:3] + 1:
        only = scores.copy()
        only[1:, 0] = _LOWEST
        only[root] = _LOWEST
        only[root, 0] = 0.0
        if only[1:].max(axis=1).sum() + scores[root, 0] < best_total - _ROUNDING:
            continue  # not even with the best head for each word
        found = _spanning_tree(only)
        total = float(scores[np.arange(1, len(scores)), found[1:]].sum())
        if total > best_total:
            best, best_total = found, total
    return best


def _cycle(heads: Ints) -> list[int]:
    """The words of some cycle, or nothing."""
    above = heads.tolist()
    state = [0] * len(above)  # 0 not seen, 1 on the present path, 2 leads to the root
    state[0] = 2
    for start in range(1, len(above)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = above[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []


def _spanning_tree(scores: Floats) -> Ints:
    """Chu-Liu-Edmonds over [dependent, head] scores; contracts one cycle after the other."""
    heads: Ints = scores.argmax(axis=1)
    heads[0] = 0
    found_cycle = _cycle(heads)
    if not found_cycle:
        return heads
    cycle = np.array(found_cycle)
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = scores[cycle, heads[cycle]]
    size = len(outside) + 1  # the cycle becomes the last node
    smaller = np.full((size, size), _LOWEST, dtype=scores.dtype)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    from_cycle = scores[np.ix_(outside, cycle)]
    smaller[:-1, -1] = from_cycle.max(axis=1)
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]
    smaller[-1, :-1] = entering.max(axis=0)
    np.fill_diagonal(smaller, _LOWEST)
    smaller[0] = _LOWEST
    found = _spanning_tree(smaller)
    result: Ints = heads.copy()
    for place, node in enumerate(outside):
        if node:
            above = found[place]
            result[node] = cycle[int(from_cycle[place].argmax())] if above == size - 1 else outside[above]
    entry = int(found[-1])
    broken = int(entering[:, entry].argmax())
    result[cycle[broken]] = outside[entry]
    return result


def _allowed_transitions() -> Floats:
    """(from, to): 0 where a tag may follow the other, else lowest: I-X only follows B-X or I-X."""
    table = np.zeros((len(NAME_TAGS), len(NAME_TAGS)), dtype=np.float32)
    for j, to in enumerate(NAME_TAGS):
        if to.startswith("I-"):
            for i, before in enumerate(NAME_TAGS):
                if before[2:] != to[2:]:
                    table[i, j] = _LOWEST
    return table


_TRANSITIONS = _allowed_transitions()
NO_NAME = 1.5
"""What is added to the score of O, since the sources of names mark more than most readers call a name. F1 at 0, 1.5, 2 and 2.5: on the
even sentences of UNER's EWT dev 0.750, 0.755, 0.760, 0.758, on the odd ones 0.768, 0.784, 0.781, 0.778, on every other sentence of
the held-out part of GMB 0.8715, 0.8748, 0.8711, 0.8664 (weights of run 5; on those of run 6 UNER goes from 0.755
to 0.764 and from 0.757 to 0.765 at 1.5)."""
_PRIOR = np.array([NO_NAME if tag == "O" else 0.0 for tag in NAME_TAGS], dtype=np.float32)
_OUTSIDE = NAME_TAGS.index("O")
_INSIDE = [i for i, tag in enumerate(NAME_TAGS) if tag.startswith("I-")]


def name_logs(scores: Floats) -> Floats:
    """The logarithms of the probabilities of name tags from their scores (N, tags)."""
    scores = scores + _PRIOR
    shifted = scores - scores.max(axis=1, keepdims=True)
    log: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return log


def names(log: Floats) -> list[tuple[int, int, str, float]]:
    """The names of one sentence from its `name_logs` (N, tags): (first word, one past the last, kind, probability)."""
    tags = log.argmax(axis=1).tolist()
    if not any(tags):  # O everywhere
        return []
    if not _allowed(tags):
        tags = _best_path(log)
    chances = np.exp(log[np.arange(len(tags)), tags]).tolist()
    found: list[tuple[int, int, str, float]] = []
    for i, (tag, chance) in enumerate(zip(tags, chances, strict=True)):
        label = NAME_TAGS[tag]
        if label.startswith("B-"):
            found.append((i, i + 1, label[2:], chance))
        elif label != "O":
            first, _, kind, score = found[-1]
            found[-1] = (first, i + 1, kind, min(score, chance))
    return found


def _allowed(tags: Sequence[int]) -> bool:
    """Whether no tag stands behind one that it may not follow; the likeliest tags are then the likeliest path."""
    return not any(tag in _INSIDE and before not in (tag, tag - 1) for before, tag in pairwise((_OUTSIDE, *tags)))


def _best_path(log: Floats) -> list[int]:
    """Viterbi over the tags."""
    best = log[0].copy()
    best[_INSIDE] = _LOWEST
    back = np.zeros(log.shape, dtype=np.int64)
    for i in range(1, len(log)):
        reached = best[:, None] + _TRANSITIONS
        back[i] = reached.argmax(axis=0)
        best = reached.max(axis=0) + log[i]
    path = [int(best.argmax())]
    for i in range(len(log) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def acts(scores: Floats) -> list[tuple[str, float]]:
    """The likeliest type of act of each word and its probability. `scores` (N, labels of ACTS)."""
    found = softmax(scores)
    best = found[:, 1:].argmax(axis=1) + 1
    return [(ACTS[label], chance) for label, chance in zip(best.tolist(), found[np.arange(len(best)), best].tolist(), strict=True)]


def factuality(scores: Floats) -> list[float]:
    """The expected value of each word on the scale, -3 to 3. `scores` (N, labels of FACTUALITY)."""
    values = np.array([float(value) for value in FACTUALITY], dtype=np.float32)
    found: list[float] = (softmax(scores) @ values).tolist()
    return found


def voices(sources: Floats, cues: Floats, contents: Floats) -> list[Voice]:
    """For each word the chance of standing in a source, in a cue, in a content, and of beginning one. Each array is (N, 3)."""
    source, cue, content = map(softmax, (sources, cues, contents))
    found = np.stack([1 - source[:, 0], 1 - cue[:, 0], 1 - content[:, 0], content[:, 1]], axis=1)
    return [tuple(row) for row in found.tolist()]


LEAST_LINK = 0.05
"""Chance below which a word is not thought of as belonging to a cue."""


def links(scores: Floats, first: int) -> list[Links]:
    """For each word of a window the cues that it may belong to. `scores` (N + 1, N + 1): [word, cue], 0 being none; the first word
    of the window is token `first`."""
    to_cues = softmax(scores[1:])[:, 1:]
    found: list[Links] = [()] * len(to_cues)
    words, cues = np.nonzero(to_cues > LEAST_LINK)
    for word, cue, chance in zip(words.tolist(), cues.tolist(), to_cues[words, cues].tolist(), strict=True):
        found[word] = (*found[word], (first + cue, chance))
    return found


def softmax(scores: Floats) -> Floats:
    """Each row of scores as probabilities."""
    shifted: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return chances


def chances(scores: Floats, labels: Ints) -> Floats:
    """The probability of one label for each row of scores (N, all labels): what `softmax` has there."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Floats = shifted[np.arange(len(labels)), labels] / shifted.sum(axis=1)
    return found
