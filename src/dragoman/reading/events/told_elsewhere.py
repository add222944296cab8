"""Participants that a mention leaves out because the report has told them elsewhere.

"The blast killed ten": who did it stands with an earlier mention of the blast. "Three men were arrested": by the police that
the report tells of. Nothing is put in the place of somebody whom the mention itself names.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import chain

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import Actor, Event
from dragoman.reading.events.acts import Act
from dragoman.reading.events.arguments import antecedent
from dragoman.reading.events.deeds import only_alleged, side_words
from dragoman.reading.events.status import case_of, outer

Ids = tuple[str, ...]

_DONE = ("occurred", "ongoing")
_FORCES = frozenset({"COP", "MIL", "SPY"})
_BODIES = ("organization", "group", "government")
_BY_STATE = ("arrest", "deport")  # modes of COERCE that the state's forces do where nobody else is told
_INSIDE = ("in", "during", "by", "from")  # "killed in the raid": one act under two names


def told_elsewhere(annotations: Annotations, cast: Cast, acts: Sequence[Act], events: Sequence[Event]) -> list[Event]:
    """The events with empty sides filled from their other mentions. `acts` and `events` are parallel."""
    alleged = {e.id for a, e in zip(acts, events, strict=True) if a.frame.pos == "noun" and only_alleged(annotations, a.trigger)}
    found = _of_one_clause(annotations, acts, _of_mentions(acts, events, alleged))
    found = [_released(event, found[:n]) for n, event in enumerate(found)]
    found = [_with_state(cast, act, event) for act, event in zip(acts, found, strict=True)]
    found = [_with_host(event, found) for event in _with_target(found)]
    return [_marked(before, after) for before, after in zip(events, found, strict=True)]


def _marked(before: Event, after: Event) -> Event:
    """The event with the names of the sides that its own words do not tell in `inferred`."""
    sides = (("initiators", before.initiators, after.initiators), ("recipients", before.recipients, after.recipients))
    filled = tuple(name for name, had, has in sides if has and not had and name not in before.inferred)
    return replace(after, inferred=(*before.inferred, *filled)) if filled else after


def _of_mentions(acts: Sequence[Act], events: Sequence[Event], alleged: Set[str]) -> list[Event]:
    """Mentions of one act share their sides: the nearest mention that tells one gives it to those that do not.

    Whom a mention only blames, it keeps to itself: the others tell the act without the accusation. A later mention gives to
    an earlier one only where all that tell a doer tell the same.
    """
    mentions: dict[str, list[int]] = {}
    for n, event in enumerate(events):
        mentions.setdefault(event.same_as or event.id, []).append(n)
    done = list(events)
    for group in mentions.values():
        tellers = [m for m in group if events[m].id not in alleged]
        agreed = len({events[m].initiators for m in tellers if events[m].initiators}) == 1
        for n in group if len(group) > 1 else ():
            near = sorted(tellers, key=lambda m: (m > n, n - m if m < n else m))
            others = [events[m] for m in near if m < n or (m > n and agreed)]
            done[n] = _filled(events[n], others, both=not acts[n].frame.mutual)
    return done


def _filled(event: Event, others: Sequence[Event], *, both: bool) -> Event:
    by = event.initiators or next((e.initiators for e in others if e.initiators), ())
    to = event.recipients or (next((e.recipients for e in others if e.recipients), ()) if both else ())
    by = tuple(a for a in by if a in event.initiators or a not in event.recipients)
    return replace(event, initiators=by, recipients=tuple(a for a in to if a in event.recipients or a not in by))


def _of_one_clause(annotations: Annotations, acts: Sequence[Act], events: Sequence[Event]) -> list[Event]:
    """An attack and the harm that it does have one doer: "the blast killed ten", "ten died in the raid"."""
    by_token = {act.trigger.index: n for n, act in enumerate(acts) if act.frame.type == "ASSAULT"}
    done = list(events)
    for n, act in enumerate(acts):
        if act.frame.pos != "verb" or act.frame.type not in ("ASSAULT", "COERCE"):
            continue
        inside = [m for noun in _deeds(annotations, act) if (m := by_token.get(noun.index)) is not None and m != n]
        for m in inside[:1]:
            one, other = done[n], done[m]
            done[n] = one if one.initiators else _with_doers(one, other.initiators)
            done[m] = other if other.initiators else _with_doers(other, one.initiators)
    return done


def _deeds(annotations: Annotations, act: Act) -> list[Token]:
    """Act nouns that may name the act of a verb once more: its subject, or what stands behind "in" with it."""
    behind = [t for word in _INSIDE for t in act.arguments.obliques.get(word, ())]
    heads = [antecedent(annotations, t) for t in (*act.arguments.subjects, *behind)]
    below = [t for head in heads for t in annotations.children(head, "nmod") if case_of(annotations, t) == "of"]
    return [*heads, *(t for t in below if outer(annotations, t) is not t)]


def _with_doers(event: Event, doers: Ids) -> Event:
    return replace(event, initiators=tuple(a for a in doers if a not in event.recipients))


def _released(event: Event, before: Sequence[Event]) -> Event:
    """Who is freed is freed by those who held him, where the report told that they did."""
    if event.type != "RETREAT" or event.mode != "release" or event.initiators or not event.recipients:
        return event
    holds = (e for e in reversed(before) if e.type in ("COERCE", "ASSAULT") and e.mode in ("arrest", "abduct", "seize") and e.initiators)
    held = next((e for e in holds if set(e.recipients) & set(event.recipients)), None)
    return event if held is None else _with_doers(event, held.initiators)


def _with_state(cast: Cast, act: Act, event: Event) -> Event:
    """An arrest without a doer is done by the forces of the state, where the report makes plain whose."""
    nobody = not event.initiators and event.type == "COERCE" and event.mode in _BY_STATE
    named = act.frame.pos == "verb" or act.frame.lemma in side_words("by_state", "nouns")
    if not nobody or not named or event.status not in _DONE:
        return event
    force = _force(cast, event)
    return event if force is None or force.id in event.recipients else replace(event, initiators=(force.id,))


def _force(cast: Cast, event: Event) -> Actor | None:
    """The force mentioned last before the arrest, else the only one of the report, else the only state of the report."""
    forces = [a for a in cast.actors if a.kind in _BODIES and _FORCES & set(a.sectors)]
    if len({a.country for a in forces} - {None}) > 1:
        return None
    if forces:
        return max(forces, key=lambda a: (a.kind != "group", _last_before(a, event.trigger.start)))
    states = [a for a in cast.actors if a.kind in ("country", "government")]
    return states[0] if len({a.country for a in states}) == 1 else None


def _with_target(events: Sequence[Event]) -> list[Event]:
    """Sanctions and aid of which a mention tells no target have the one target that the report tells of any."""
    done = list(events)
    for kind in ("SANCTION", "AID"):
        targets = {e.recipients for e in events if e.type == kind and e.recipients}
        if len(targets) != 1:
            continue
        target = targets.pop()
        for n, event in enumerate(done):
            if event.type == kind and not event.recipients and not set(target) & set(event.initiators):
                done[n] = replace(event, recipients=target)
    return done


def _with_host(event: Event, events: Sequence[Event]) -> Event:
    """ "His visit" is to where the report tells that he went, if it tells of one host only."""
    if event.mode != "visit" or event.recipients or not event.initiators:
        return event
    alike = (e for e in events if e.mode == "visit" and e.recipients and set(e.initiators) & set(event.initiators))
    hosts = {e.recipients for e in alike}
    return replace(event, recipients=hosts.pop()) if len(hosts) == 1 else event


def _last_before(actor: Actor, place: int) -> int:
    """Where it is mentioned last before a place; below 0 if only behind it, the nearer the higher."""
    before = [m.start for m in actor.mentions if m.start < place]
    return max(before) if before else -min(chain((m.start for m in actor.mentions), (place,)))
