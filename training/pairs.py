"""The relation of a marked pair: `python -m training.pairs RUN WEIGHTS --silver FILE --folds 0 1 2 3 4 --answers FILE` measures,
`--out FILE` trains the shipped network.

The lower layers of the encoder stay as the joint training left them and are run once for all; a copy of the upper ones, told by
a learned embedding which pieces are the source and which the target, is trained on `plv_train`, on our own lines and, before
that, on what the lexicon of act frames is sure of. Learning is quick, since only half of the layers is run.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.encoder import Encoder
from dragoman.language.labels import RELATION_ROOTS
from dragoman.language.pairs import SOURCE, TARGET, roles_of, words_around
from dragoman.language.pieces import gaps_of
from dragoman.reading.codes import plv_root
from dragoman.text.report import Span
from training.act_data import lines
from training.data import DATA
from training.export_onnx import open_network, quantise
from training.network import SHARED, Network, through

MOST_SILVER = 400


@dataclass
class Pair:
    """One question: a sentence with two spans (either may be missing) and its root; `group` tells where it is from."""

    text: str
    source: Span | None
    target: Span | None
    root: str
    group: str


def plv_pairs() -> list[Pair]:
    """The rows of `plv_train` in their order."""
    with (DATA / "events" / "plv_train.jsonl").open(encoding="utf-8") as rows:
        return [Pair(r["text"], _span(r["source"]), _span(r["target"]), r["root"], "plv") for r in map(json.loads, rows)]


def _span(mark: dict[str, Any] | None) -> Span | None:
    return Span(mark["start"], mark["end"]) if mark else None


def own_pairs() -> list[Pair]:
    """The sentences of `lines/`."""
    return [Pair(x.text, x.source, x.target, plv_root(x.root), "own") for x in lines()]


def silver_pairs(path: Path) -> list[Pair]:
    """Pairs of actors of events that the lexicon is sure of."""
    found = []
    with path.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            for pair in row["pairs"] if len(row["words"]) < 80 else ():
                root = plv_root(pair["root"])
                found.append(Pair(row["text"], Span(*pair["source"]), Span(*pair["target"]), root, "silver"))
    return found


# ------------------------------------------------------------------ features


@dataclass
class Item:
    """The states (T, width) after the lower layers, the role of each piece (T), and the label."""

    states: Tensor
    roles: Tensor
    label: int


def items_of(encoder: Encoder, pairs: Sequence[Pair]) -> list[Item]:
    """What the shipped lower layers give for each pair, a few sentences of like length at a time."""
    words = [words_around(pair.text, (pair.source, pair.target)) for pair in pairs]
    order = sorted(range(len(pairs)), key=lambda i: len(words[i]))
    items: dict[int, Item] = {}
    for at in range(0, len(order), 32):
        group = order[at : at + 32]
        forms = [[pairs[i].text[w.start : w.end] for w in words[i]] for i in group]
        states, features = encoder.states(forms, [gaps_of(words[i]) for i in group])
        for row, i in enumerate(group):
            made = features[row]
            roles = [0] * len(made.pieces)
            for role, first, last in zip(roles_of(words[i], pairs[i].source, pairs[i].target), made.first[1:], made.last[1:], strict=True):
                roles[first : last + 1] = [role] * (last + 1 - first)
            items[i] = Item(torch.from_numpy(states[row, : len(roles)].copy()), torch.tensor(roles), RELATION_ROOTS.index(pairs[i].root))
    return [items[i] for i in range(len(pairs))]


# ------------------------------------------------------------------ network


class PairNetwork(nn.Module):
    """Upper layers of the encoder with roles added, and a linear layer over the means of all pieces and of the two spans."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        width = network.sizes.width
        self.roles = nn.Embedding(3, width)
        nn.init.normal_(self.roles.weight, std=0.02)
        self.layers = copy.deepcopy(network.encoder.layers[SHARED:])
        self.dropout = nn.Dropout(0.2)
        self.head = nn.Linear(4 * width, len(RELATION_ROOTS))

    def forward(self, states: Tensor, roles: Tensor, real: Tensor) -> Tensor:
        """states (B, T, width), roles (B, T) of 0, 1, 2, real (B, T) 1 for pieces and 0 for padding -> (B, roots)."""
        x = states + self.roles(roles)
        x = through(self.layers, x, real)
        whole = _mean(x, real.to(x.dtype))
        parts = [_mean(x, (roles == role).to(x.dtype)) for role in (SOURCE, TARGET)]
        return self.head(self.dropout(torch.cat([x[:, 0], whole, *parts], dim=1)))


def _mean(x: Tensor, weight: Tensor) -> Tensor:
    return (x * weight[:, :, None]).sum(dim=1) / weight.sum(dim=1, keepdim=True).clamp(min=1.0)


# ------------------------------------------------------------------ training


def collate(items: Sequence[Item]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """States, roles, which pieces are real, labels."""
    pad = nn.utils.rnn.pad_sequence
    real = [torch.ones(len(item.roles), dtype=torch.long) for item in items]
    states = pad([item.states for item in items], batch_first=True)
    roles = pad([item.roles for item in items], batch_first=True)
    return states, roles, pad(real, batch_first=True), torch.tensor([item.label for item in items])


def train(model: PairNetwork, items: Sequence[Item], epochs: float, rates: tuple[float, float], rng: random.Random, size: int = 16) -> None:
    """One-cycle training, batches of like length."""
    head = [*model.head.parameters(), *model.roles.parameters()]
    groups = [{"params": model.layers.parameters(), "lr": rates[0]}, {"params": head, "lr": rates[1]}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total = math.ceil(epochs * math.ceil(len(items) / size))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, list(rates), total_steps=total + 1, pct_start=0.1)
    model.train()
    step = 0
    while step < total:
        order = sorted(items, key=lambda item: len(item.roles) + rng.random() * 12)
        parts = [order[i : i + size] for i in range(0, len(order), size)]
        rng.shuffle(parts)
        for part in parts[: total - step]:
            states, roles, real, labels = collate(part)
            loss = functional.cross_entropy(model(states, roles, real), labels, label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1


def chances(model: PairNetwork, items: Sequence[Item]) -> Tensor:
    """Probabilities (items, roots)."""
    model.eval()
    with torch.no_grad():
        made = [functional.softmax(model(*collate(items[i : i + 32])[:3]), dim=1) for i in range(0, len(items), 32)]
    return torch.cat(made)


def warmed_up(network: Network, encoder: Encoder, silver: Path, rng: random.Random) -> PairNetwork:
    """A network that has learnt from what the lexicon is sure of, no root more than MOST_SILVER times."""
    model = PairNetwork(network)
    by_root: dict[str, list[Pair]] = {}
    for pair in silver_pairs(silver):
        by_root.setdefault(pair.root, []).append(pair)
    kept = [p for some in by_root.values() for p in rng.sample(some, min(len(some), MOST_SILVER))]
    train(model, items_of(encoder, kept), 2, (1.5e-4, 1e-3), rng)
    return model


def learnt(base: PairNetwork, items: Sequence[Item], epochs: float, seeds: int, rng: random.Random) -> PairNetwork:
    """The mean of the weights of several runs from one start (Wortsman et al. 2022): one network, steadier than each of them."""
    total: dict[str, Tensor] = {}
    for _ in range(seeds):
        model = copy.deepcopy(base)
        train(model, items, epochs, (2e-4, 2e-3), rng)
        for name, value in model.state_dict().items():
            total[name] = total.get(name, torch.zeros(())) + value / seeds
    model.load_state_dict(total)
    return model


def export(model: PairNetwork, path: Path) -> None:
    """Writes the network for the run time, its layers in int8."""
    example = (torch.zeros(2, 7, 384), torch.zeros(2, 7, dtype=torch.long), torch.ones(2, 7, dtype=torch.long))
    axes = {name: {0: "batch", 1: "length"} for name in ("states", "roles", "real")}
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        graph, made = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        torch.onnx.export(
            Probabilities(model.eval()), example, str(graph), input_names=["states", "roles", "real"], output_names=["chances"],
            dynamic_axes={**axes, "chances": {0: "batch"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantise(graph, made)
        os.replace(made, path)


class Probabilities(nn.Module):
    """The network with its scores made probabilities."""

    def __init__(self, model: PairNetwork) -> None:
        super().__init__()
        self.model = model

    def forward(self, states: Tensor, roles: Tensor, real: Tensor) -> Tensor:
        return functional.softmax(self.model(states, roles, real), dim=1)


def folds_of(count: int) -> list[list[int]]:
    """Five folds of the rows, drawn by a fixed seed."""
    order = list(range(count))
    random.Random(1).shuffle(order)
    return [order[fold::5] for fold in range(5)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder with the checkpoint that the weights were exported from")
    parser.add_argument("weights", type=Path, help="folder with the exported language model")
    parser.add_argument("--silver", type=Path, required=True, help="what training.silver wrote")
    parser.add_argument("--folds", type=int, nargs="*", default=[], help="folds (0 to 4) to answer from the four others")
    parser.add_argument("--answers", type=Path, help="where the answers of the folds go, for score_events.py relations")
    parser.add_argument("--out", type=Path, help="where the network trained on everything goes")
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--seeds", type=int, default=1)
    args = parser.parse_args()
    encoder, rng = Encoder(args.weights), random.Random(5)
    items, own = items_of(encoder, plv_pairs()), items_of(encoder, own_pairs())
    base = warmed_up(open_network(args.run / "checkpoint.pt"), encoder, args.silver, rng)
    rows = []
    for fold in args.folds:
        test = folds_of(len(items))[fold]
        model = learnt(base, [*(items[i] for i in set(range(len(items))) - set(test)), *own], args.epochs, args.seeds, rng)
        best = chances(model, [items[i] for i in test]).argmax(dim=1).tolist()
        rows += [{"id": f"plv-train-{i:04}", "root": RELATION_ROOTS[label]} for i, label in zip(test, best, strict=True)]
        right = sum(items[i].label == label for i, label in zip(test, best, strict=True))
        print(f"fold {fold}: accuracy {right / len(test):.3f}", flush=True)
    if args.answers:
        args.answers.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    if args.out:
        export(learnt(base, [*items, *own], args.epochs, args.seeds, rng), args.out)


if __name__ == "__main__":
    main()
