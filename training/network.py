"""The network: the MiniLM-L6 encoder with letter case given back, and one small head for each task.

Shapes: B windows, T word pieces, N words (position 0 stands for the root and is read from the [CLS] piece).
The encoder is written out in plain torch so that what is exported to ONNX is what is read here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.labels import GAPS, SHAPES

SHARED = 3
"""Layers whose states other networks build on (`training/pairs.py`)."""


@dataclass(frozen=True)
class Sizes:
    """How many labels each word head has, how many relations there are, and the widths of the layers."""

    words: dict[str, int]
    relations: int
    vocabulary: int
    arc: int = 256
    relation: int = 100
    link: int = 64
    width: int = 384
    layers: int = 6
    heads: int = 12
    positions: int = 512


class Layer(nn.Module):
    """One transformer layer (post-norm, as in BERT)."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=bias)
        attended = attended.transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.dropout(self.out(attended)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces with shape and gap embeddings -> hidden states (B, T, width)."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.shapes = nn.Embedding(len(SHAPES), sizes.width)
        self.gaps = nn.Embedding(len(GAPS), sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes.width, sizes.heads, dropout) for _ in range(sizes.layers))
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.gaps.weight)

    def lower(self, pieces: Tensor, shapes: Tensor, gaps: Tensor, layers: int) -> Tensor:
        """The states after the first `layers` layers."""
        where = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(where)[None] + self.shapes(shapes) + self.gaps(gaps)
        x = self.dropout(self.norm(x))
        return through(self.layers[:layers], x, pieces)

    def upper(self, x: Tensor, pieces: Tensor, layers: int) -> Tensor:
        """States after the first `layers` layers -> states after the last."""
        return through(self.layers[layers:], x, pieces)


def through(layers: Iterable[nn.Module], x: Tensor, real: Tensor) -> Tensor:
    """States (B, T, width) through some layers; where `real` (B, T) is 0 there is only padding."""
    bias = (real == 0)[:, None, None, :].to(x.dtype) * -1e4
    for layer in layers:
        x = layer(x, bias)
    return x


def gather(states: Tensor, at: Tensor) -> Tensor:
    """states (B, T, W) at positions (B, N) -> (B, N, W)."""
    return torch.gather(states, 1, at[:, :, None].expand(-1, -1, states.shape[2]))


class Scores(NamedTuple):
    """`words`: (B, N, labels) by head; `arcs`: (B, N dependents, N heads); the two factors of the relations' scores.

    `links` (B, N, N) tells of every word which cue it belongs to, position 0 standing for none.
    `states` (B, T, width) are those after the layers that other networks build on.
    """

    words: dict[str, Tensor]
    arcs: Tensor
    rel_dep: Tensor
    rel_head: Tensor
    links: Tensor
    states: Tensor


class Network(nn.Module):
    """Encoder and heads. `forward` gives the scores of every head, but the relations' only as two factors."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes)
        width = sizes.width
        self.dropout = nn.Dropout(0.2)
        self.tags = nn.ModuleDict({name: nn.Linear(width, count) for name, count in sizes.words.items()})
        self.parse = nn.Linear(width, 2 * sizes.arc + 2 * sizes.relation)
        self.parse_dropout = nn.Dropout(0.25)
        self.arc = nn.Parameter(torch.empty(sizes.arc + 1, sizes.arc))
        self.relation = nn.Parameter(torch.empty(sizes.relation + 1, sizes.relations, sizes.relation + 1))
        self.link = nn.Linear(width, 2 * sizes.link)
        self.linked = nn.Parameter(torch.empty(sizes.link + 1, sizes.link))
        nn.init.normal_(self.linked, std=0.02)
        nn.init.normal_(self.arc, std=0.02)
        nn.init.normal_(self.relation, std=0.02)

    def forward(self, pieces: Tensor, shapes: Tensor, gaps: Tensor, first: Tensor, last: Tensor) -> Scores:
        """pieces, shapes, gaps: (B, T); first and last: (B, N), the pieces that a word begins and ends with."""
        shared, words = self.words(pieces, shapes, gaps, first, last)
        words = self.dropout(words)
        arc, rel = self.sizes.arc, self.sizes.relation
        parse = self.parse_dropout(functional.gelu(self.parse(words)))
        arc_dep, arc_head, rel_dep, rel_head = parse.split([arc, arc, rel, rel], dim=2)
        arcs = torch.matmul(torch.matmul(with_one(arc_dep), self.arc), arc_head.transpose(1, 2))
        member, cue = self.parse_dropout(functional.gelu(self.link(words))).split(self.sizes.link, dim=2)
        links = torch.matmul(torch.matmul(with_one(member), self.linked), cue.transpose(1, 2))
        return Scores({name: head(words) for name, head in self.tags.items()}, arcs, rel_dep, rel_head, links, shared)

    def words(self, pieces: Tensor, shapes: Tensor, gaps: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """The states that other networks build on (B, T, width), and what the heads read of each word (B, N, width)."""
        shared = self.encoder.lower(pieces, shapes, gaps, SHARED)
        states = self.encoder.upper(shared, pieces, SHARED)
        return shared, (gather(states, first) + gather(states, last)) * 0.5

    def relations(self, rel_dep: Tensor, rel_head: Tensor) -> Tensor:
        """Scores (M, relations) of M arcs from the factors (M, size) of their dependents and of their heads."""
        size, labels = self.sizes.relation + 1, self.sizes.relations
        halfway = (with_one(rel_dep) @ self.relation.reshape(size, labels * size)).view(-1, labels, size)
        return torch.matmul(halfway, with_one(rel_head)[:, :, None]).squeeze(2)


def with_one(x: Tensor) -> Tensor:
    """Appends a constant 1 to the last dimension, so that a bilinear form has its linear terms."""
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)


def load_minilm(encoder: Encoder, weights: dict[str, Tensor], rows: list[int]) -> None:
    """Copies the weights of the published MiniLM-L6 encoder (BERT naming) into ours; of its word pieces those in `rows`."""
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"][rows],
        "positions.weight": weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for i in range(len(encoder.layers)):
        theirs, ours = f"encoder.layer.{i}.", f"layers.{i}."
        for kind in ("weight", "bias"):
            parts = [weights[f"{theirs}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            state[f"{ours}qkv.{kind}"] = torch.cat(parts)
            state[f"{ours}out.{kind}"] = weights[f"{theirs}attention.output.dense.{kind}"]
            state[f"{ours}norm1.{kind}"] = weights[f"{theirs}attention.output.LayerNorm.{kind}"]
            state[f"{ours}up.{kind}"] = weights[f"{theirs}intermediate.dense.{kind}"]
            state[f"{ours}down.{kind}"] = weights[f"{theirs}output.dense.{kind}"]
            state[f"{ours}norm2.{kind}"] = weights[f"{theirs}output.LayerNorm.{kind}"]
    missing, unexpected = encoder.load_state_dict(state, strict=False)
    if set(missing) != {"shapes.weight", "gaps.weight"} or unexpected:
        raise ValueError(f"the encoder's weights do not fit: missing {missing}, unexpected {unexpected}")
