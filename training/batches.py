"""Windows -> tensors: padding, label indices, and batches cut by word pieces (never by words: see docs/method/model.md)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from dragoman.language.labels import SHAPES, WORD_HEADS
from dragoman.language.pieces import Features, PieceTable
from training.act_data import hidden
from training.data import ANY_TAG, Document, Sentence, windows
from training.recipe import ALLOWED_SETS, CASE_SHARE

IGNORE = -100


@dataclass
class LabelSets:
    """The labels of every word head, and the relations; the open sets are counted from the training data."""

    words: dict[str, list[str]]
    relations: list[str]

    def __post_init__(self) -> None:
        self.index = {name: {label: i for i, label in enumerate(labels)} for name, labels in self.words.items()}
        self.index["relations"] = {label: i for i, label in enumerate(self.relations)}


def count_labels(documents: list[Document], at_least: int = 3) -> LabelSets:
    """Labels seen `at_least` times, the most frequent first."""

    def seen(kind: str) -> list[str]:
        counts = Counter(label for document in documents for sentence in document for label in sentence.labels.get(kind, ()))
        return [str(label) for label, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if n >= at_least]

    return LabelSets({name: list(fixed) or seen(name) for name, fixed in WORD_HEADS.items()}, seen("relations"))


@dataclass
class Item:
    """One window: features and targets by head, position 0 being the root.

    `sentence` is the number of the sentence of each word, 0 for the root, which every sentence may point at.
    """

    features: Features
    targets: dict[str, list[int]]
    sentence: list[int]


def make_item(run: list[Sentence], table: PieceTable, labels: LabelSets, neighbours: bool = True) -> Item:
    """A run of sentences as one window; `neighbours` False where they do not follow each other in a text."""
    words = [word for s in run for word in s.words]
    kinds = [*labels.words, "heads", "relations", "links"]
    item = Item(table.features(words, [g for s in run for g in s.gaps]), {k: [_unknown(k)] for k in kinds}, [0])
    offset = 0
    for number, s in enumerate(run):
        for kind in kinds:
            item.targets[kind].extend(_targets(s, kind, labels, offset, neighbours))
        item.sentence.extend([number + 1] * len(s.words))
        offset += len(s.words)
    item.targets["links"] = [to if to < len(item.sentence) else IGNORE for to in item.targets["links"]]
    return item


def _unknown(kind: str) -> int:
    return ANY_TAG if kind in ALLOWED_SETS else IGNORE


def _targets(sentence: Sentence, kind: str, labels: LabelSets, offset: int, neighbours: bool) -> list[int]:
    count, given = len(sentence.words), sentence.labels.get(kind)
    if kind == "boundary":
        return [1] + [0] * (count - 1) if neighbours else [IGNORE] * count
    if not given:
        return [_unknown(kind)] * count
    if kind in ALLOWED_SETS:
        return [int(mask) for mask in given]
    if kind == "heads":
        return [offset + int(head) if head else 0 for head in given]
    if kind == "links":
        places = [offset + place + int(distance) if distance else 0 for place, distance in enumerate(given, 1)]
        return [to if to > 0 or not distance else IGNORE for to, distance in zip(places, given, strict=True)]
    return [labels.index[kind].get(str(label), IGNORE) for label in given]


@dataclass
class Batch:
    """Padded tensors of one batch; `inside` (B, N, N) tells which heads each word may have."""

    inputs: tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
    targets: dict[str, Tensor]
    inside: Tensor


def _pad(rows: list[list[int]], value: int) -> Tensor:
    length = max(map(len, rows))
    return torch.tensor([row + [value] * (length - len(row)) for row in rows])


def collate(items: list[Item]) -> Batch:
    """Items -> one padded batch."""
    sentence = _pad([item.sentence for item in items], -1)
    inside = sentence[:, :, None] == sentence[:, None, :]
    inside[:, :, 0] = True
    inputs = (
        _pad([item.features.pieces for item in items], 0),
        _pad([item.features.shapes for item in items], SHAPES.index("none")),
        _pad([item.features.gaps for item in items], 0),
        _pad([item.features.first for item in items], 0),
        _pad([item.features.last for item in items], 0),
    )
    targets = {kind: _pad([item.targets[kind] for item in items], _unknown(kind)) for kind in items[0].targets}
    return Batch(inputs, targets, inside)


def batches(items: list[Item], size: int, rng: random.Random) -> Iterator[Batch]:
    """Items of like length together, `size` word pieces a batch with the padding counted in, in random order."""
    order = sorted(items, key=lambda item: len(item.features.pieces) + rng.random() * 8)
    groups: list[list[Item]] = [[]]
    for item in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(item.features.pieces) > size:
            groups.append([])
        groups[-1].append(item)
    rng.shuffle(groups)
    return (collate(group) for group in groups)


def syntax_items(documents: list[Document], table: PieceTable, labels: LabelSets, rng: random.Random) -> list[Item]:
    """One epoch of syntax: every sentence once, in windows of many sizes, so that a lone sentence is known as well."""
    items = []
    for document in documents:
        budget = rng.choice((1, 25, 50, 80, 110))
        runs = windows(document, budget, rng, CASE_SHARE["syntax"])
        items.extend(make_item(run, table, labels) for run in runs if _fits(run))
    return items


def name_items(sentences: list[Sentence], table: PieceTable, labels: LabelSets, rng: random.Random, case_share: float) -> list[Item]:
    """Sentences with names only, two or three to a window now and then."""
    rng.shuffle(sentences)
    items, at = [], 0
    while at < len(sentences):
        take = rng.choice((1, 1, 2, 3))
        run = next(windows(sentences[at : at + take], 110, rng, case_share))
        at += len(run)
        if _fits(run):
            items.append(make_item(run, table, labels, neighbours=False))
    return items


def act_items(sentences: list[Sentence], table: PieceTable, labels: LabelSets, rng: random.Random) -> list[Item]:
    """Sentences with acts, in windows of many sizes, some of the acts hidden."""
    items = []
    for run in windows([hidden(s, rng) for s in sentences], rng.choice((25, 50, 80, 110)), rng, CASE_SHARE["acts"]):
        if _fits(run):
            items.append(make_item(run, table, labels, neighbours=False))
    return items


def attribution_items(documents: list[Document], table: PieceTable, labels: LabelSets, rng: random.Random) -> list[Item]:
    """Articles in windows as long as a reader's, now and then shorter; their sentences were cut by a program and teach no boundaries."""
    items = []
    for document in documents:
        runs = windows(document, rng.choice((60, 110, 110)), rng, CASE_SHARE["attribution"])
        items.extend(make_item(run, table, labels, neighbours=False) for run in runs if _fits(run))
    return items


def _fits(run: list[Sentence]) -> bool:
    return sum(len(s.words) for s in run) < 230
