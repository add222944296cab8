"""Mentions of one act: a later mention that can be the same act names the first one.

A definite noun ("the attack") points back to an act of its type; the same verb again does if the same people are in it.
Nothing in the two may contradict: participants, dates, whether it took place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.language.annotations import Annotations
from dragoman.reading.entries import Event
from dragoman.reading.events.acts import Act
from dragoman.reading.events.status import outer

_MAX_BACK = 40  # acts that are looked back at; a longer report repeats itself within that


def same_acts(annotations: Annotations, acts: Sequence[Act], events: Sequence[Event]) -> list[Event]:
    """The events with `same_as` set. `acts` and `events` are parallel."""
    done: list[Event] = []
    for i, event in enumerate(events):
        earlier = range(i - 1, max(-1, i - 1 - _MAX_BACK), -1)
        alike = [j for j in earlier if _same(annotations, acts[j], done[j], acts[i], event)]
        best = min(alike, key=lambda j: (done[j].status != event.status, _stem(acts[j]) != _stem(acts[i])), default=None)
        first = done[best] if best is not None else None
        done.append(event if first is None else replace(event, same_as=first.same_as or first.id))
    return done


def _same(annotations: Annotations, one: Act, first: Event, two: Act, second: Event) -> bool:
    if first.type != second.type or not _compatible(first, second):
        return False
    alike = _stem(one) == _stem(two)
    if alike and first.mode == second.mode and _share_sides(first, second, two.frame.mutual):
        return True
    if _sums_up(annotations, one, two) and _no_clash(first, second, two.frame.mutual):
        return True
    return _points_back(annotations, two) and (alike or _general(two)) and _no_clash(first, second, two.frame.mutual)


def _sums_up(annotations: Annotations, one: Act, two: Act) -> bool:
    """Whether a noun in apposition to a clause names the act told in it: "accused Kora of fraud, a charge it denied"."""
    noun = annotations.tokens[two.trigger.index]
    if two.frame.pos != "noun" or annotations.sentence_of(one.trigger).span != annotations.sentence_of(noun).span:
        return False
    before = annotations.tokens[max(0, noun.index - 2) : noun.index]
    words = [t for t in before if t.upos != "DET" or t.lower not in ("a", "an")]
    comma = bool(words) and words[-1].text in (",", "--", "\u2014")
    return comma and annotations.child(noun, "acl", "acl:relcl") is not None


def _share_sides(first: Event, second: Event, mutual: bool) -> bool:
    """Whether the two tell of the same people: the same partners, the same victims, or the same doer and no victims."""
    if not _no_clash(first, second, mutual):
        return False
    if mutual:
        return len(set(first.initiators) & set(second.initiators)) >= 2
    if first.recipients or second.recipients:
        return _share(first.recipients, second.recipients)
    return _share(first.initiators, second.initiators)


def _compatible(first: Event, second: Event) -> bool:
    settled = ("occurred", "ongoing")
    if (first.status in settled) != (second.status in settled):
        return False
    if first.when and second.when and not _dates_agree(first.when.start, second.when.start):
        return False
    return not (first.place and second.place and first.place != second.place)


def _dates_agree(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)


def _no_clash(first: Event, second: Event, mutual: bool) -> bool:
    """No list of participants that both tell is wholly different; of partners one list holds the other."""
    one, two = set(first.initiators), set(second.initiators)
    if mutual and one and two and not (one <= two or two <= one):
        return False
    pairs = ((first.initiators, second.initiators), (first.recipients, second.recipients))
    return all(not some or not others or _share(some, others) for some, others in pairs)


def _share(one: Sequence[str], two: Sequence[str]) -> bool:
    return bool(set(one) & set(two))


def _stem(act: Act) -> str:
    """A rough stem, so that "bombing" meets "bomb" and "visit" "visited"."""
    lemma = act.frame.lemma
    for ending in ("ation", "ing", "ment", "ion", "e"):
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 3:
            return lemma[: -len(ending)]
    return lemma


def _general(act: Act) -> bool:
    return act.frame.pos == "noun" and act.frame.lemma in (
        "attack",
        "assault",
        "operation",
        "action",
        "violence",
        "raid",
    )


def _points_back(annotations: Annotations, act: Act) -> bool:
    if act.frame.pos != "noun":
        return False
    noun = outer(annotations, act.trigger)
    dets = annotations.children(noun, "det") + annotations.children(act.trigger, "det")
    return any(t.lower in ("the", "this", "that", "these", "those") for t in dets)
