"""The recipe: what each head learns from, how much its loss weighs, and how often each source is drawn.

A new head on words needs its labels in `dragoman.language.labels.WORD_HEADS`, one entry here, and a source whose sentences
carry labels under its name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """Where windows come from: `share` of the batches; `neighbours` if its sentences stand beside each other in a text."""

    name: str
    share: float
    neighbours: bool


SOURCES = (
    Source("syntax", 0.66, neighbours=True),
    Source("gmb", 0.24, neighbours=False),
    Source("small", 0.10, neighbours=False),
)

LOSS_WEIGHT = {"boundary": 1.0, "upos": 1.0, "feats": 0.5, "lemmas": 0.5, "names": 1.0, "arcs": 1.0, "relations": 1.0}

ALLOWED_SETS = ("names",)
"""Heads whose target is a set of allowed labels (a bit mask), because a source marks only some of them."""

ENCODER_RATE, HEAD_RATE = 2.5e-4, 2e-3
BATCH = 3000
"""Word pieces in a batch, padding counted in."""
