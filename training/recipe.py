"""The recipe: what each head learns from, how much its loss weighs, and how often each source is drawn.

A new head on words needs its labels in `dragoman.language.labels.WORD_HEADS`, one entry here, and a source whose sentences
carry labels under its name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """Where windows come from: `share` of the batches, and `late` share from LATE on."""

    name: str
    share: float
    late: float


SOURCES = (
    Source("syntax", 0.34, 0.34),
    Source("gmb", 0.12, 0.12),
    Source("small", 0.11, 0.13),
    Source("acts", 0.05, 0.05),
    Source("attribution", 0.38, 0.36),
)

LATE = 0.8
"""Share of the run after which the small name sets weigh more: they are the ones that look like web text."""

CASE_SHARE = {"syntax": 0.03, "gmb": 0.03, "small": 0.12, "acts": 0.05, "attribution": 0.02}
"""Sentences shown in capitals or without any, half and half."""

LOSS_WEIGHT = {
    "boundary": 1.0,
    "upos": 1.0,
    "feats": 0.5,
    "lemmas": 0.5,
    "names": 2.0,
    "acts": 2.0,
    "factuality": 0.5,
    "sources": 1.0,
    "cues": 1.0,
    "contents": 1.5,
    "arcs": 1.0,
    "relations": 1.0,
    "links": 1.0,
}

ALLOWED_SETS = ("names",)
"""Heads whose target is a set of allowed labels (a bit mask), because a source marks only some of them."""

ENCODER_RATE, HEAD_RATE = 6e-4, 3e-3

YOUNG, YOUNG_RATE = ("link",), 1.5e-2
"""Parts of the network that join late in a run, when the rate of the others is too low to learn anything new in the time that is left."""

BATCH = 3000
"""Word pieces in a batch, padding counted in."""
