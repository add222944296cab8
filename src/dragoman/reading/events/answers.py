"""To whom a refusal or a concession is given: to who asked, accused or threatened before.

"The union demanded a rise. The minister refused": nothing in the second sentence tells whom he refuses. The answer goes to the
initiator of the nearest demand, accusation or threat that is made to the one who answers, or to somebody of his country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import Event

_ANSWERS = ("REJECT", "CONCEDE")
_QUESTIONS = ("REQUEST", "ACCUSE", "THREATEN")
_BACK = 10  # acts that are looked back at
_NEAR = 3  # of them those that need not tell to whom they are put
_AHEAD = 2  # acts behind it in its own sentence: "rejected a demand by the union"


def with_addressees(cast: Cast, events: Sequence[Event]) -> list[Event]:
    """The events in which answers without a recipient have the one whom they answer."""
    return [_answering(cast, events, n) if e.type in _ANSWERS and e.initiators and not e.recipients else e for n, e in enumerate(events)]


def _answering(cast: Cast, events: Sequence[Event], here: int) -> Event:
    event = events[here]
    ahead = [e for e in events[here + 1 : here + 1 + _AHEAD] if e.sentence == event.sentence]
    before = list(reversed(events[max(0, here - _BACK) : here]))
    near = (*ahead, *before[:_NEAR])
    for other in (*ahead, *before):
        if other.type in _QUESTIONS and other.initiators and _is_put_to(cast, other, event, near=other in near):
            return replace(event, recipients=tuple(a for a in other.initiators if a not in event.initiators))
    return event


def _is_put_to(cast: Cast, question: Event, answer: Event, *, near: bool) -> bool:
    """Whether a question is made by somebody else to the one who answers; one that stands near need not say to whom."""
    if any(_of_one_side(cast, a, b) for a in question.initiators for b in answer.initiators):
        return False
    if not question.recipients:
        return near
    return any(_of_one_side(cast, a, b) for a in question.recipients for b in answer.initiators)


def _of_one_side(cast: Cast, one: str, other: str) -> bool:
    lands = [actor.country if actor is not None else None for actor in (cast.get(one), cast.get(other))]
    return one == other or (lands[0] is not None and lands[0] == lands[1])
