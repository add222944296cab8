"""A checkpoint -> the shipped weights: `python -m training.export_onnx training/out src/dragoman/language/weights`.

Writes model.onnx (layers and embeddings int8, the trees' heads float16), relations.npz (the bilinear form of the relation
labels, int8), labels.json, lemmas.json (known lemmas), and vocabulary.txt (the pieces of the encoder).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from dragoman.language.labels import SCORED_HEADS, WORD_HEADS
from training.lemma_table import known_lemmas
from training.network import Network

INPUTS = ("pieces", "shapes", "gaps", "first", "last")
COARSE = ("feats", "lemmas")
"""Heads with hundreds of labels, of which only the best is asked for: int8 changes one label in some thousands."""
OUTPUTS = (*(f"words.{name}" for name in WORD_HEADS), "arcs", "rel_dep", "rel_head", "links", "states")


def int8_rows(weight: Tensor) -> tuple[Tensor, Tensor]:
    """A matrix (rows, columns) as int8 and the scale of each row (rows, 1)."""
    scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
    return (weight / scale).round().to(torch.int8), scale


class RowEmbedding(nn.Module):
    """An embedding as int8 with a scale for each row: one scale for the whole table costs a fifth of a point of LAS more."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        table, scale = int8_rows(weight)
        self.register_buffer("table", table)
        self.register_buffer("scale", scale)

    def forward(self, at: Tensor) -> Tensor:
        return self.table[at].to(torch.float32) * self.scale[at]


class Exported(nn.Module):
    """The network as the runtime sees it: heads that nobody scores are reduced to their best label."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, gaps: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        scores = self.network(pieces, shapes, gaps, first, last)
        words = [scores.words[name] if name in SCORED_HEADS else scores.words[name].argmax(dim=2) for name in WORD_HEADS]
        return (*words, scores.arcs, scores.rel_dep, scores.rel_head, scores.links, scores.states)


def open_network(checkpoint: Path) -> Network:
    """The network of a checkpoint, ready to be evaluated."""
    state = torch.load(checkpoint, weights_only=False)
    network = Network(state["sizes"])
    network.load_state_dict(state["network"])
    return network.eval()


def export_float(network: Network, path: Path) -> None:
    """Writes the float32 graph with free batch, piece and word dimensions."""
    example = [torch.ones((2, 7), dtype=torch.long)] * 3 + [torch.arange(5).expand(2, -1).contiguous()] * 2
    axes = {name: {0: "batch", 1: "length" if name in INPUTS[:3] else "words"} for name in (*INPUTS, *OUTPUTS)}
    axes["arcs"][2] = axes["links"][2] = "words"
    axes["states"][1] = "length"
    torch.onnx.export(
        Exported(network), tuple(example), str(path), input_names=list(INPUTS), output_names=list(OUTPUTS),
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def quantise(source: Path, target: Path) -> None:
    """Dynamic int8 of the encoder's layers and of the big heads that give only their best label, per channel; the others stay in float.

    Signed weights of seven bits: the kernels for them are the fastest (14 % of the time of the whole network less than
    unsigned ones, on AVX2), and with an eighth bit their 16-bit sums would saturate on processors without VNNI. What the network says
    stands as near to float32 as with eight unsigned bits.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        kinds = ["MatMul", "Gemm"]
        nodes = [node for node in onnx.load(str(prepared)).graph.node if node.op_type in kinds]
        heads = [node.name for node in nodes if "/layers." not in node.name and not any(f"/tags.{name}/" in node.name for name in COARSE)]
        quantize_dynamic(
            str(prepared), str(target), weight_type=QuantType.QInt8, reduce_range=True, per_channel=True,
            op_types_to_quantize=kinds, nodes_to_exclude=heads,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT, "MatMulConstBOnly": True},
        )  # fmt: skip


def halve(path: Path) -> None:
    """Keeps every float32 matrix of the graph as float16 with a cast behind it; the runtime folds the casts when it opens the graph."""
    model = onnx.load(str(path))
    graph = model.graph
    for matrix in [m for m in graph.initializer if m.data_type == onnx.TensorProto.FLOAT and len(m.dims) > 1 and len(m.raw_data) > 4096]:
        short = onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(matrix).astype(np.float16), f"{matrix.name}_half")
        graph.initializer.remove(matrix)
        graph.initializer.append(short)
        graph.node.insert(0, onnx.helper.make_node("Cast", [short.name], [matrix.name], to=onnx.TensorProto.FLOAT))
    onnx.save(model, str(path))


def save_relations(relation: Tensor, path: Path) -> None:
    """The bilinear form (size, labels, size) as int8 `table` with a `scale` (size, labels, 1)."""
    size, labels, _ = relation.shape
    table, scale = int8_rows(relation.reshape(size * labels, size))
    np.savez(path, table=table.reshape(size, labels, size).numpy(), scale=scale.reshape(size, labels, 1).numpy())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder with checkpoint.pt and labels.json")
    parser.add_argument("weights", type=Path, help="folder to write")
    parser.add_argument("--float", action="store_true", help="keep float32, to measure what int8 costs")
    args = parser.parse_args()
    args.weights.mkdir(parents=True, exist_ok=True)
    network = open_network(args.run / "checkpoint.pt")
    with tempfile.TemporaryDirectory(dir=args.weights) as folder:
        graph, made = Path(folder) / "float.onnx", Path(folder) / "model.onnx"
        if args.float:
            export_float(network, made)
        else:
            network.encoder.words = RowEmbedding(network.encoder.words.weight.detach())
            network.encoder.positions = RowEmbedding(network.encoder.positions.weight.detach())
            export_float(network, graph)
            quantise(graph, made)
            halve(made)
        os.replace(made, args.weights / "model.onnx")
    save_relations(network.relation.detach(), args.weights / "relations.npz")
    labels = json.loads((args.run / "labels.json").read_text("utf-8"))
    (args.weights / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), "utf-8")
    (args.weights / "lemmas.json").write_text(json.dumps(known_lemmas(), ensure_ascii=False), "utf-8")
    shutil.copy(args.run / "vocabulary.txt", args.weights)
    for path in sorted(args.weights.iterdir()):
        print(f"{path.name} {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
