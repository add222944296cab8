"""The queue of what is uncertain in a case: what rules held and nobody has judged, with the reason why a person is asked.

Each `Doubt` is one question: does this link hold, was this act read rightly, what became of this promise, is this a dispute? What
matters most and is least certain comes first: `STAKES` says what follows from an error, the score how sure the rules are, and of what
is equally open that goes first which most mentions tell. Whatever a person decides is a decision of the case, so what is judged leaves
the queue by itself, and comes back when the decision is taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from dragoman.case.judgements import Decision, LinkKind, Place
from dragoman.errors import QueryError
from dragoman.reading.wording import one_line

Reason = Literal["dispute", "state", "reverses", "came_of", "event", "same_event", "same_text", "same_actor"]
REASONS: tuple[Reason, ...] = get_args(Reason)
LINKS: tuple[LinkKind, ...] = get_args(LinkKind)
STAKES: Mapping[Reason, float] = {
    "dispute": 1.0,  # reports contradict each other, and no rule will ever decide it
    "state": 0.95,  # whether somebody kept a promise is what the board shows first
    "reverses": 0.9,  # a blockade that is told as lifted
    "came_of": 0.8,  # a plan that is told as carried out
    "event": 0.8,  # an act that may never have taken place
    "same_event": 0.7,  # two acts counted as one
    "same_text": 0.65,  # two sources counted as one
    "same_actor": 0.6,  # two people told as one
}
"""What follows from an error, from 0 to 1: judged by hand, and only their order matters."""
QUESTIONS: Mapping[Reason, str] = {
    "dispute": "Do these contradict each other?",
    "state": "What has become of it?",
    "reverses": "Does the later act undo the earlier one?",
    "came_of": "Is this what came of it?",
    "event": "Is this act told rightly?",
    "same_event": "Is this one and the same act?",
    "same_text": "Is this one and the same text?",
    "same_actor": "Is this one and the same actor?",
}
NAMES: Mapping[Reason, str] = {
    "dispute": "dispute", "state": "state of a promise", "reverses": "undoes", "came_of": "came of it", "event": "uncertain act",
    "same_event": "same act", "same_text": "same text", "same_actor": "same actor",
}  # fmt: skip
"""What the reasons are called where there is little room."""
UNCERTAIN = 0.9
"""Of what the rules hold with a higher score nobody is asked, unless somebody wants to be."""
EVEN = 0.5
"""The score of a dispute: nothing speaks for one side more than for the other."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the queue: every field narrows.

    `reasons`: only these (all, if there are none). `low` and `high`: scores from `low` on and below `high`. `publisher`: what a report
    of this publisher tells. `actor`, `thread`: ids of the case. `second`: for a second reading, only what others than `by` have decided
    and `by` has not. Raises QueryError for reasons and scores that make no sense.
    """

    reasons: tuple[Reason, ...] = ()
    low: float = 0.0
    high: float = UNCERTAIN
    publisher: str | None = None
    actor: str | None = None
    thread: str | None = None
    by: str = ""
    second: bool = False

    def __post_init__(self) -> None:
        for reason in self.reasons:
            if reason not in REASONS:
                raise QueryError(f"{one_line(str(reason))!r} is no reason to ask; choose from {', '.join(REASONS)}")
        if not 0 <= self.low < self.high:
            raise QueryError(f"no score is from {self.low:g} on and below {self.high:g}; give two numbers from 0 to 1, the lower one first")

    @property
    def of(self) -> tuple[Reason, ...]:
        """The reasons asked for."""
        return self.reasons or REASONS


ANY = Wanted()


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question. `id` is what is decided about: a link (L7), an event (E5), a commitment (C3), a dispute (D1).

    `score` tells how sure the rules are (0 to 1; a dispute stands at one half), `why` what they go by. `places` are the entries that a
    person has to look at: of a link the earlier one, then the later; of a commitment those that make it, then the evidence; `roles`
    tells what each is in the question. `items` are the events or actors that it is about. `told` counts the mentions of the one that
    most is told of, `publishers` who tells it. `proposed` is the state that the rules propose for a commitment, else "".
    """

    id: str
    reason: Reason
    score: float
    why: str
    places: tuple[Place, ...]
    roles: tuple[str, ...]
    items: tuple[str, ...] = ()
    told: int = 0
    publishers: tuple[str, ...] = ()
    proposed: str = ""

    @property
    def open(self) -> float:
        """How open the question is, from 0 (the rules are sure) to 1."""
        return openness(self.score)

    @property
    def question(self) -> str:
        """What a person is asked."""
        return QUESTIONS[self.reason]


@dataclass(frozen=True, slots=True)
class Queue:
    """A part of the queue: `doubts` are those asked for, `counts` how many there are in all for each reason."""

    doubts: tuple[Doubt, ...] = ()
    counts: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many there are in all."""
        return sum(self.counts.values())


def openness(score: float) -> float:
    """How open a question is: a link with a chance of one half, or less, is wholly open."""
    return min(1.0, max(0.0, 2 * (1 - score)))


def rank(reason: Reason, score: float) -> float:
    """What the queue is ordered by, before it is told how much hangs on each."""
    return STAKES[reason] * openness(score)


def decided_on(decisions: Sequence[Decision], by: str, day: str) -> int:
    """How many decisions that stand, undoings left out, a person took on a day (ISO, UTC)."""
    return sum(decision.by == by and decision.at[:10] == day and decision.verb != "undo" for decision in decisions)
