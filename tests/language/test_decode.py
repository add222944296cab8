from itertools import product

import numpy as np
import pytest

from dragoman.language import decode
from dragoman.language.labels import NAME_TAGS


def is_tree(heads: np.ndarray) -> bool:
    for node in range(1, len(heads)):
        seen = set()
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = int(heads[node])
    return True


def best_by_trying_all(scores: np.ndarray) -> float:
    size = len(scores)
    best = -np.inf
    for choice in product(range(size), repeat=size - 1):
        heads = np.array([0, *choice])
        if all(heads[i] != i for i in range(1, size)) and (heads[1:] == 0).sum() == 1 and is_tree(heads):
            best = max(best, float(scores[np.arange(1, size), heads[1:]].sum()))
    return best


@pytest.mark.parametrize("seed", range(60))
def test_the_tree_is_the_best_one_with_one_root(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 6))
    scores = rng.normal(size=(size, size)).astype(np.float32)
    heads = decode.tree(scores)
    assert heads[0] == 0
    assert is_tree(heads)
    assert (heads[1:] == 0).sum() == 1
    assert scores[np.arange(1, size), heads[1:]].sum() == pytest.approx(best_by_trying_all(scores), abs=1e-4)


def test_a_long_sentence_of_noise_still_gives_a_tree() -> None:
    heads = decode.tree(np.random.default_rng(0).normal(size=(171, 171)).astype(np.float32))
    assert is_tree(heads)
    assert (heads[1:] == 0).sum() == 1


def test_sentences_begin_where_the_score_or_the_paragraph_says() -> None:
    scores = np.array([-1, -1, 2, -1, -3], dtype=np.float32)
    assert decode.sentence_starts(scores, [False, False, False, True, False]) == [0, 2, 3]


def scores_for(*tags: str) -> np.ndarray:
    table = np.zeros((len(tags), len(NAME_TAGS)), dtype=np.float32)
    for i, tag in enumerate(tags):
        table[i, NAME_TAGS.index(tag)] = 5
    return table


def test_names_are_runs_of_one_kind() -> None:
    found = decode.names(decode.name_logs(scores_for("B-PERSON", "I-PERSON", "O", "B-PLACE", "B-PLACE")))
    assert [name[:3] for name in found] == [(0, 2, "PERSON"), (3, 4, "PLACE"), (4, 5, "PLACE")]
    assert all(0.5 < name[3] <= 1 for name in found)


def test_an_inside_tag_never_stands_without_its_beginning() -> None:
    found = decode.names(decode.name_logs(scores_for("I-PERSON", "I-PLACE", "O")))
    assert all(first < last for first, last, _, _ in found)
    assert decode.names(decode.name_logs(np.zeros((0, len(NAME_TAGS)), dtype=np.float32))) == []


def test_the_chance_of_a_label_is_what_softmax_has_there() -> None:
    scores = np.random.default_rng(0).normal(size=(7, 5)).astype(np.float32)
    labels = np.array([0, 1, 2, 3, 4, 0, 2])
    assert (decode.chances(scores, labels) == decode.softmax(scores)[np.arange(7), labels]).all()
