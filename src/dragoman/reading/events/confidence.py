"""How sure an event is: a logistic regression over what speaks for it and against it.

The weights are fitted on hand-made readings (`python -m bench.quality.reliability --fit`, which also tells how well they hold on
readings that nobody tuned on); "doubted" and "odd" stand for what is too rare there, and are set by hand. The
rules were tuned on the readings that the weights are fitted on, which flatters them: so the weights are shrunk by 0.6 and the
constant is moved to what people who read the output for twenty fresh wire reports found right (0.73 to 0.81). They are few and
plain, so that a user can see why an event is given with 0.4.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.entries import Status
from dragoman.reading.events.acts import Act

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "constant": 1.16,
        "noun": -0.89,  # a noun names the act
        "asked": 0.28,  # conditions that the frame asked for, none 0 to four and more 1
        "loose": -0.43,  # the frame is an uncertain one
        "no frame": -0.44,  # only the head of the encoder finds an act here
        "by": 0.23,  # an initiator was found
        "to": 0.36,  # a recipient was found
        "agrees": 0.46,  # the head's probability of this type
        "told": 0.31,  # the status is another than occurred
        "doubted": -0.5,  # it is given as occurred, and the head for factuality says no, 0 to 1
        "tree": 0.16,  # how sure the tree is around the trigger, 0 to 1
        "odd": -1.5,  # a sentence of capitals, without a verb, or of more than eighty words
    }
)
"""The weight of each feature; all features lie between 0 and 1."""

_LONG = 80  # words of a sentence
_CAPITALS = 0.6  # share of its words in capitals


def confidence(annotations: Annotations, act: Act, status: Status, by: bool, to: bool) -> float:
    """The chance that the type and the status are right, 0 to 1. `by`, `to`: whether initiators and recipients were found."""
    values = features(annotations, act, status, by, to)
    total = sum(weight * value for weight, value in zip(WEIGHTS.values(), values, strict=True))
    return round(1 / (1 + math.exp(-total)), 3)


def features(annotations: Annotations, act: Act, status: Status, by: bool, to: bool) -> Sequence[float]:
    """The features in the order of WEIGHTS."""
    trigger, frame = act.trigger, act.frame
    head = act.light or trigger
    agreement = max(t.act_score if t.act == frame.type else 0.0 for t in (trigger, head))
    doubt = max(0.0, -trigger.factuality / 3) if status == "occurred" and frame.pos == "verb" else 0.0
    return (
        1.0,
        float(frame.pos == "noun"),
        min(frame.weight, 4) / 4,
        float(frame.loose),
        float(frame.evidence == "model"),
        float(by),
        float(to),
        agreement,
        float(status != "occurred"),
        doubt,
        _tree_score(annotations, trigger),
        float(_is_odd(annotations, trigger)),
    )


def _tree_score(annotations: Annotations, trigger: Token) -> float:
    arcs = [trigger.score, *(t.score for t in annotations.children(trigger, "nsubj", "obj", "obl", "nmod"))]
    return sum(arcs) / len(arcs)


def _is_odd(annotations: Annotations, trigger: Token) -> bool:
    """Whether the sentence is none that a tree fits: a table, a list, a shout, or one that does not end."""
    tokens = annotations.tokens_of(annotations.sentence_of(trigger))
    words = [t for t in tokens if any(c.isalpha() for c in t.text)]
    capitals = sum(t.text.isupper() and len(t.text) > 1 for t in words)
    finite = any(t.upos in ("VERB", "AUX") for t in tokens)
    return len(tokens) > _LONG or 2 * len(words) < len(tokens) or capitals > _CAPITALS * len(words) or not finite
