"""How likely two mentions are one act: the weighted features, as a chance with its reasons in words.

The weights of `TRAINED` are those of a plain logistic regression over pairs of mentions of ECB+ train
(`python -m training.event_links` prints them). ECB+ has no dates of publication, types or sides: the weights of `SET` were set by
hand, so that one clear "different" outweighs one clear "same".
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from types import MappingProxyType
from typing import NamedTuple

from dragoman.case.linking.features import FEATURES
from dragoman.case.linking.views import EventView

TRAINED: Mapping[str, float] = MappingProxyType(
    {
        "same_word": -0.57,
        "rare_word": 4.75,
        "kindred_word": 1.83,
        "alike_reports": 1.37,
        "same_matter": 1.99,
        "same_word_same_matter": 3.34,
        "rare_word_same_matter": -0.45,
        "kindred_word_same_matter": 2.63,
        "alike_sentences": 2.04,
        "shared_names": -0.43,
        "no_shared_name": -0.39,
        "told_beside": -2.58,
        "same_sentence": -1.99,
        "same_report": -0.64,
    }
)
SET: Mapping[str, float] = MappingProxyType(
    {
        "same_type": 0.8,
        "same_days": 2.0,
        "published_apart": -3.0,
        "same_initiators": 1.5,
        "same_recipients": 1.5,
        "same_place": 0.8,
        "same_amount": 1.0,
    }
)
BIAS = -6.08
"""The logarithm of the odds where no feature tells anything."""
_TOLD = 0.3
"""A contribution to the logarithm of the odds that is worth a word."""
_MOST_REASONS = 4
_WEIGHTED = tuple((feature, {**TRAINED, **SET}.get(feature.name, 0.0)) for feature in FEATURES)


class Scored(NamedTuple):
    """A chance from 0 to 1, and why, in words."""

    score: float
    why: str


def chance(a: EventView, b: EventView) -> float:
    """The chance that the two mentions are one act."""
    return _logistic(BIAS + sum(weight * feature.measure(a, b) for feature, weight in _WEIGHTED if weight))


def score(a: EventView, b: EventView) -> Scored:
    """The chance that the two mentions are one act, with what spoke most for and against it."""
    parts = [(weight * feature.measure(a, b), feature) for feature, weight in _WEIGHTED if weight]
    total = BIAS + sum(part for part, _ in parts)
    parts.sort(key=lambda item: -abs(item[0]))
    told = ((part, feature.says if part > 0 else feature.against) for part, feature in parts if abs(part) >= _TOLD)
    reasons = list(dict.fromkeys(words if part > 0 else f"but {words}" for part, words in told if words))
    return Scored(round(_logistic(total), 4), ", ".join(sorted(reasons[:_MOST_REASONS], key=lambda r: r.startswith("but "))))


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-max(-60.0, min(60.0, value))))
