"""How sure an event is: a logistic regression over what speaks for it and against it.

The weights are fitted on the events of 32 wire reports that four readers judged line by line (`python -m bench.quality.reliability
--fit`, which also tells how well they hold on readings that nobody tuned on), and rounded; "no frame", "doubted" and "odd" stand for
what is too rare there, and are set by hand. How much a frame asks for, whether it is a loose one, and how sure the tree is were
features once and told nothing. They are few and plain, so that a user can see why an event is given with 0.4.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dragoman.language.annotations import Annotations, Sentence, Token
from dragoman.reading.entries import Status
from dragoman.reading.events.acts import Act

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "constant": 1.3,
        "noun": -0.31,  # a noun names the act
        "no frame": -0.2,  # only the head of the encoder finds an act here
        "by": 0.8,  # an initiator was found
        "to": 0.24,  # a recipient was found
        "agrees": 0.55,  # the head's probability of this type
        "told": -0.3,  # the status is another than occurred
        "doubted": -0.5,  # it is given as occurred, and the head for factuality says no, 0 to 1
        "odd": -2.0,  # a sentence of capitals, without a verb, or of more than eighty words
    }
)
"""The weight of each feature; all features lie between 0 and 1."""

_LONG = 80  # words of a sentence
_CAPITALS = 0.6  # share of its words in capitals
_RULES = "|\t"  # between the columns of a table
_PIECES = 12  # pieces to either side that may belong to one long sentence
_STOPS = ".!?\u2026\"'\u2019\u201d:;)]"  # what a sentence ends with, and a headline or an item of a list does not


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
        float(frame.evidence == "model"),
        float(by),
        float(to),
        agreement,
        float(status != "occurred"),
        doubt,
        _oddness(annotations, trigger),
    )


def _oddness(annotations: Annotations, trigger: Token) -> float:
    """How far the sentence is from one that a tree fits: 1 for a table, a shout, one without end; a half for a headline or an item."""
    sentence = annotations.sentence_of(trigger)
    tokens = annotations.tokens_of(sentence)
    words = [t for t in tokens if any(c.isalpha() for c in t.text)]
    capitals = sum(t.text.isupper() and len(t.text) > 1 for t in words)
    finite = any(t.upos in ("VERB", "AUX") for t in tokens)
    ruled = any(c in _RULES for c in annotations.text[sentence.start : sentence.end])
    if ruled or _length(annotations, sentence) > _LONG or 2 * len(words) < len(tokens) or capitals > _CAPITALS * len(words) or not finite:
        return 1.0
    return 0.0 if _is_closed(annotations, sentence) else 0.5


def _length(annotations: Annotations, sentence: Sentence) -> int:
    """Words of a sentence and of the pieces around it that no stop parts from it: the encoder cuts what is too long for it."""
    first = last = sentence.index
    pieces = annotations.sentences
    while first > 0 and sentence.index - first < _PIECES and _runs_on(annotations, pieces[first - 1], pieces[first]):
        first -= 1
    while last + 1 < len(pieces) and last - sentence.index < _PIECES and _runs_on(annotations, pieces[last], pieces[last + 1]):
        last += 1
    return pieces[last].last - pieces[first].first


def _runs_on(annotations: Annotations, before: Sentence, after: Sentence) -> bool:
    return before.paragraph == after.paragraph and not _is_closed(annotations, before)


def _is_closed(annotations: Annotations, sentence: Sentence) -> bool:
    return annotations.text[sentence.start : sentence.end].rstrip()[-1:] in _STOPS
