"""Acts that undo an act told before them: the blockade that is lifted, the visit that was planned and is cancelled.

A mention that calls off what an earlier one plans is no second mention of the plan: it `reverses` it, so that a count of
plans and a count of cancellations both stay right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.entries import Event, EventType
from dragoman.reading.events.acts import Act
from dragoman.reading.events.frames import frames
from dragoman.reading.events.status import outer

_MAX_BACK = 40  # acts that are looked back at
_UNDOING: tuple[EventType, ...] = ("RETREAT", "CONCEDE", "AGREE", "SANCTION", "REJECT", "AID")
_FREED: Mapping[str, tuple[str, ...]] = {"release": ("arrest", "abduct", "seize", "convict")}
"""The mode of an undoing -> the modes of acts that it undoes for the same people."""
_ALIVE = ("occurred", "ongoing")


def reversals(annotations: Annotations, acts: Sequence[Act], events: Sequence[Event]) -> list[Event]:
    """The events with `reverses` set where they undo or call off an earlier one. `acts` and `events` are parallel."""
    done: list[Event] = []
    for i, event in enumerate(events):
        earlier = range(max(0, i - _MAX_BACK), i)
        undone = next((j for j in reversed(earlier) if _undoes(annotations, acts[i], event, acts[j], done[j])), None)
        if undone is None:
            done.append(event)
            continue
        past = done[undone]  # it may itself be a later mention of what is undone
        same = None if event.same_as in (past.id, past.same_as) else event.same_as
        done.append(replace(event, reverses=past.id, same_as=same))
    return done


def _undoes(annotations: Annotations, act: Act, event: Event, past: Act, earlier: Event) -> bool:
    if earlier.trigger.overlaps(event.trigger) or earlier.status in ("cancelled", "denied", "hypothetical"):
        return False
    if event.status == "cancelled":
        return earlier.type == event.type and _stem(act) == _stem(past) and _may_be_one(event, earlier)
    if event.type not in _UNDOING or event.status not in _ALIVE or earlier.status not in _ALIVE:
        return False
    freed = earlier.mode in _FREED.get(event.mode or "", ())
    if freed and set(event.recipients) & set(earlier.recipients):
        return True
    names = {t.lemma.lower() for t in _objects(annotations, act)}
    return past.frame.lemma in names and _stands_against(event, earlier)


def _objects(annotations: Annotations, act: Act) -> list[Token]:
    """The act nouns that a verb such as "lift" has as its object, seen through measure nouns."""
    nouns = [*act.arguments.objects, *(m for t in act.arguments.objects for m in annotations.children(t, "nmod"))]
    return [t for t in nouns if t.lemma.lower() in frames("noun") or outer(annotations, t) is not t]


def _stands_against(event: Event, earlier: Event) -> bool:
    """Who lifts a blockade is who imposed it, as far as both are told."""
    by, before = set(event.initiators), set(earlier.initiators)
    return not by or not before or bool(by & before)


def _may_be_one(event: Event, earlier: Event) -> bool:
    pairs = ((event.initiators, earlier.initiators), (event.recipients, earlier.recipients))
    return all(not some or not others or bool(set(some) & set(others)) for some, others in pairs)


def _stem(act: Act) -> str:
    """Joins "visit" the noun with "visit" the verb, and "bombing" with "bomb"."""
    return act.frame.lemma.removesuffix("ing").removesuffix("e")
