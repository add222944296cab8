"""Trains single heads to their end on the finished encoder: `python -m training.finish_heads RUN acts factuality`.

A head that joined late in a run has not seen enough of the high learning rates. Its layer is linear over the states of words, so
with the encoder at rest the states are made once and the layer is fitted to them in a minute.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.pieces import PieceTable
from training.act_data import own_sentences, silver_sentences
from training.batches import IGNORE, Batch, LabelSets, act_items, batches, count_labels, syntax_items
from training.export_onnx import open_network
from training.network import Network
from training.recipe import BATCH
from training.train import SILVER, save, syntax_documents

EPOCHS, RATE, SIZE = 12, 2e-3, 1024
QUIET = 0.25
"""Share of the sentences without any act that is taken."""


def word_states(network: Network, data: Iterable[Batch], head: str) -> tuple[Tensor, Tensor]:
    """States (M, width) and labels (M) of all words that have a label."""
    states, labels = [], []
    with torch.no_grad():
        for batch in data:
            _, words = network.words(*batch.inputs)
            known = batch.targets[head] != IGNORE
            states.append(words[known])
            labels.append(batch.targets[head][known])
    return torch.cat(states), torch.cat(labels)


def fitted(layer: nn.Linear, states: Tensor, labels: Tensor) -> float:
    """Fits the layer; gives the accuracy on a twentieth of the words that it did not see."""
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(1))
    test, rest = order[: len(order) // 20], order[len(order) // 20 :]
    optimizer = torch.optim.AdamW(layer.parameters(), lr=RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS)
    for _ in range(EPOCHS):
        for part in rest[torch.randperm(len(rest))].split(SIZE):
            scores = layer(functional.dropout(states[part], 0.1))
            loss = functional.cross_entropy(scores, labels[part])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    with torch.no_grad():
        return float((layer(states[test]).argmax(dim=1) == labels[test]).float().mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("heads", nargs="+", choices=("acts", "factuality"))
    args = parser.parse_args()
    network, rng = open_network(args.run / "checkpoint.pt"), random.Random(3)
    torch.manual_seed(3)
    documents = syntax_documents()
    labels, table = count_labels(documents), PieceTable(args.run / "vocabulary.txt")
    for head in args.heads:
        states, wanted = word_states(network, _data(head, documents, table, labels, rng), head)
        share = fitted(network.tags[head], states, wanted)
        print(f"{head}: {len(wanted)} words, accuracy on unseen ones {share:.3f}", flush=True)
    state = torch.load(args.run / "checkpoint.pt", weights_only=False)
    save(network, state["seconds"], args.run / "checkpoint.pt")


def _data(head: str, documents: list, table: PieceTable, labels: LabelSets, rng: random.Random) -> Iterable[Batch]:  # type: ignore[type-arg]
    if head == "factuality":
        marked = [document for document in documents if any("factuality" in s.labels for s in document)]
        return batches(syntax_items(marked, table, labels, rng), BATCH, rng)
    told = [s for s in silver_sentences(SILVER) if any(a not in ("O", "") for a in s.labels["acts"]) or rng.random() < QUIET]
    return batches(act_items(told + own_sentences(), table, labels, rng), BATCH, rng)


if __name__ == "__main__":
    main()
