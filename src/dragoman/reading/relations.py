"""The relation question: two actors are marked in a sentence; what does the one do to the other?

A network that was trained on marked pairs gives each of the fifteen roots of the PLV corpus (`dragoman.reading.codes.PLV_ROOTS`:
PLOVER's types, CONCEDE and RETREAT together as YIELD) a probability. The root has the status in it: a promised release is
AGREE. The status itself comes from the reading of the text, from the event that the two spans belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from dragoman.reading.codes import PLV_ROOTS, plv_root
from dragoman.reading.entries import Event, EventType, Reading, Status
from dragoman.reading.plover import TYPES
from dragoman.text.report import Report, Span

BATCH = 64  # pairs that are scored together: answers to a long file come as they are made


class Pair(NamedTuple):
    """A question: a text and two spans of it (code points); None where the text does not name that side."""

    text: str
    source: Span | None
    target: Span | None


Question = tuple[str, Span | None, Span | None]


@dataclass(frozen=True, slots=True)
class Relation:
    """The answer: the likeliest root, the probability of each root (they sum to 1), the status where an event tells it."""

    root: str
    scores: Mapping[str, float]
    status: Status | None


class Scorer(Protocol):
    """Scores pairs: the three sequences have one length n, the answer is (n, 15), probabilities in the order of PLV_ROOTS."""

    def scores(self, texts: Sequence[str], sources: Sequence[Span | None], targets: Sequence[Span | None]) -> Any:
        """The probabilities of the roots, one row a pair."""


class Reads(Protocol):
    """What the status needs of a reader."""

    def read_many(self, reports: Iterable[Report | str]) -> Iterator[Reading]:
        """Readings in the order of the reports."""


def relation(text: str, source: Span | None, target: Span | None) -> Relation:
    """What the actor at `source` does to the actor at `target`.

    Spans are half-open code points of `text`; None where the text names nobody. Raises ValueError for a span that holds no
    character of the text, WeightsError if the model cannot be opened. For many pairs take `relations_many`.
    """
    return next(relations_many([Pair(text, source, target)]))


def relations_many(
    pairs: Iterable[Question], *, with_status: bool = True, scorer: Scorer | None = None, reader: Reads | None = None
) -> Iterator[Relation]:
    """The answers in the order of the pairs, made some dozens at a time; a plain tuple (text, source, target) is a pair too.

    `with_status` False leaves the texts unread, which takes most of the time, and every status None. Raises as `relation`.
    """
    questions = (_checked(pair) for pair in pairs)
    while some := list(islice(questions, BATCH)):
        answers = _scored(scorer or _scorer(), some)
        if with_status:
            texts = dict.fromkeys(pair.text for pair in some)  # a text with several pairs is read once
            readings = dict(zip(texts, (reader or _reader()).read_many(texts), strict=True))
            found = [status_between(readings[pair.text], pair, root) for pair, (root, _) in zip(some, answers, strict=True)]
        else:
            found = [None] * len(some)
        yield from (Relation(root, scores, status) for (root, scores), status in zip(answers, found, strict=True))


def status_between(reading: Reading, pair: Pair, root: str) -> Status | None:
    """The status of the event that the two spans belong to, None if no event does.

    It is the one that has most of: participants that are mentioned at the spans, a trigger between them, the root that was found.
    """
    ranked = [(_fit(reading, event, pair, root), -number) for number, event in enumerate(reading.events)]
    best = max((rank for rank in ranked if rank[0]), default=None)
    return reading.events[-best[1]].status if best else None


def _checked(question: Question) -> Pair:
    text, source, target = question
    return Pair(text, _inside(text, "source", source), _inside(text, "target", target))


def _inside(text: str, name: str, span: Span | None) -> Span | None:
    if span is None:
        return None
    start, end = span
    if not 0 <= start < end <= len(text):
        found = f"{name} is [{start}, {end}) in a text of {len(text)} characters"
        raise ValueError(f"{found}; give a start before the end, both inside the text, or None")
    return Span(start, end)


def _scored(scorer: Scorer, pairs: Sequence[Pair]) -> list[tuple[str, Mapping[str, float]]]:
    rows = scorer.scores([p.text for p in pairs], [p.source for p in pairs], [p.target for p in pairs])
    made = [dict(zip(PLV_ROOTS, map(float, row), strict=True)) for row in rows]
    return [(max(scores, key=lambda root: scores[root]), MappingProxyType(scores)) for scores in made]


def _fit(reading: Reading, event: Event, pair: Pair, root: str) -> int:
    """How well an event answers the question: 0 if nothing ties it to the spans, else the more the better."""
    by = _is_at(reading, event.initiators, pair.source)
    to = _is_at(reading, event.recipients, pair.target)
    together = by and _is_at(reading, event.initiators, pair.target)  # both sides of a meeting are initiators
    between = _is_between(event.trigger, pair)
    if not (by or to or between):
        return 0
    return 4 * by + 4 * (to or together) + 3 * between + 2 * (_root_of(event) == root)


def _is_at(reading: Reading, actors: Sequence[str], span: Span | None) -> bool:
    if span is None:
        return False
    mentions = (mention for actor in reading.actors if actor.id in actors for mention in actor.mentions)
    return any(mention.overlaps(span) for mention in mentions)


def _is_between(trigger: Span, pair: Pair) -> bool:
    """Whether the trigger lies in one of the spans or between the two."""
    spans = [span for span in (pair.source, pair.target) if span is not None]
    return bool(spans) and Span(min(s.start for s in spans), max(s.end for s in spans)).overlaps(trigger)


def _root_of(event: Event) -> str | None:
    """The root of an event with its status in it; a denied one and the like count as the act."""
    act: EventType = event.plover if event.plover in TYPES else event.type
    return plv_root(act)


@cache
def _scorer() -> Scorer:
    """The shipped network, opened once."""
    from dragoman.language.pairs import PairScorer  # brings onnxruntime

    return PairScorer()


@cache
def _reader() -> Reads:
    from dragoman.reading.read import Reader  # likewise, and whoever wants no status needs no reader

    return Reader()
