"""Fits the weights that tell whether two mentions are one act: `python -m training.event_links` prints them for `case/linking/score.py`.

Pairs of gold mentions of ECB+ train (validated sentences), all of one topic that share a root, kindred roots or much of their sentences,
and a part of the rest; a plain logistic regression with a small penalty, by Newton's method.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bench.quality.stories import Gold, load, mentions
from dragoman.case.linking.features import FEATURES, alike_sentences, kindred_word, same_word
from dragoman.case.linking.score import SET
from dragoman.case.linking.views import EventView

PENALTY = 1.0
ELSEWHERE = 0.03
"""The share of pairs with nothing in common, and of pairs of two topics, that are looked at; they count as many times more."""
Row = tuple[list[float], bool, float]


def pairs(gold: list[Gold]) -> Iterator[tuple[Gold, Gold, float]]:
    """Pairs of mentions, each with how many pairs it stands for."""
    draw = random.Random(5)
    by_topic: dict[str, list[Gold]] = defaultdict(list)
    for mention in gold:
        by_topic[mention.topic].append(mention)
    for own in by_topic.values():
        for i, one in enumerate(own):
            for two in own[:i]:
                if _near(one.view, two.view):
                    yield one, two, 1.0
                elif draw.random() < ELSEWHERE:
                    yield one, two, 1 / ELSEWHERE
    by_root: dict[str, list[Gold]] = defaultdict(list)
    for mention in gold:
        by_root[mention.view.root].append(mention)
    for own in by_root.values():
        for i, one in enumerate(own):
            for two in own[:i]:
                if one.topic != two.topic and draw.random() < ELSEWHERE * 5:
                    yield one, two, 1 / (ELSEWHERE * 5)


def _near(one: EventView, two: EventView) -> bool:
    return same_word(one, two) > 0 or kindred_word(one, two) > 0 or alike_sentences(one, two) > 0.3


def fit(rows: NDArray[np.float64], right: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights of the columns of `rows` (n, k), by 25 steps of Newton's method."""
    weights = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[0] = 0.0
    for _ in range(25):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (right - chance)) - penalty * weights
        curve = (rows * (counts * chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        weights += np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    used = [feature for feature in FEATURES if feature.name not in SET]
    gold = mentions(load("train"))
    chosen = list(pairs(gold))
    rows = np.array([[1.0, *(f.measure(a.view, b.view) for f in used)] for a, b, _ in chosen])
    right = np.array([float(a.chain == b.chain) for a, b, _ in chosen])
    counts = np.array([count for *_, count in chosen])
    print(f"{len(chosen)} pairs, {int(right.sum())} of them one act")
    for name, weight in zip(("BIAS", *(f.name for f in used)), fit(rows, right, counts), strict=True):
        print(f'        "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
