"""Participants that a mention leaves out because the report has told them elsewhere.

"The blast killed ten": who did it stands with an earlier mention of the blast. "Three men were arrested": by the police that
the report tells of. Nothing is put in the place of somebody whom the mention itself names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import chain

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import Actor, Event
from dragoman.reading.events.acts import Act
from dragoman.reading.events.answers import with_addressees
from dragoman.reading.events.arguments import antecedent, prepositional
from dragoman.reading.events.deeds import only_alleged, side_words
from dragoman.reading.events.same_act import determiners, is_definite, stem
from dragoman.reading.events.status import case_of, outer

Ids = tuple[str, ...]

_DONE = ("occurred", "ongoing")
_FORCES = frozenset({"COP", "MIL", "SPY"})
_BODIES = ("organization", "group", "government")
_BY_STATE = ("arrest", "deport")  # modes of COERCE that the state's forces do where nobody else is told
_BACK = 2  # sentences back to what a noun takes up
_MAX_BACK = 20  # acts back to it
_INSIDE = ("in", "during", "by", "from")  # "killed in the raid": one act under two names


def told_elsewhere(annotations: Annotations, cast: Cast, acts: Sequence[Act], events: Sequence[Event]) -> list[Event]:
    """The events with empty sides filled from their other mentions. `acts` and `events` are parallel."""
    alleged = {e.id for a, e in zip(acts, events, strict=True) if a.frame.pos == "noun" and only_alleged(annotations, a.trigger)}
    found = _of_one_clause(annotations, acts, _of_mentions(acts, events, alleged))
    found = [_released(event, found[:n]) for n, event in enumerate(found)]
    found = [_with_state(annotations, cast, act, event) for act, event in zip(acts, found, strict=True)]
    found = [_with_court(cast, event) for event in found]
    found = _taken_up(annotations, acts, _with_protesters(_with_target(found)), alleged)
    found = [_with_host(acts[n], event, found[:n], found) for n, event in enumerate(found)]
    found = with_addressees(cast, found)
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
            on_them = act.frame.type == "ASSAULT" and not acts[m].frame.mutual  # "the raid killed ten": the raid is on the ten
            if on_them and not done[m].recipients:
                done[m] = replace(done[m], recipients=tuple(a for a in one.recipients if a not in done[m].initiators))
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


def _with_state(annotations: Annotations, cast: Cast, act: Act, event: Event) -> Event:
    """An arrest without a doer is done by the forces of the state, where the report makes plain whose."""
    nobody = not event.initiators and event.type == "COERCE" and event.mode in _BY_STATE
    named = act.frame.pos == "verb" or act.frame.lemma in side_words("by_state", "nouns")
    if not nobody or not named or event.status not in _DONE:
        return event
    force = _force(annotations, cast, act, event)
    return event if force is None or force.id in event.recipients else replace(event, initiators=(force.id,))


def _force(annotations: Annotations, cast: Cast, act: Act, event: Event) -> Actor | None:
    """The force of the state where the arrest was made; of no told place, the force named last before it, else the only state.

    A force that stands far from the arrest in the text has made it only if the report tells of no other state: what a report
    tells of another affair is no answer.
    """
    lands = _lands(annotations, cast, act)
    states = [a for a in cast.actors if a.kind in ("country", "government")]
    forces = [a for a in cast.actors if a.kind in _BODIES and _FORCES & set(a.sectors)]
    if lands:
        alone = all(a.country in lands for a in states)
        forces = [a for a in forces if a.country in lands or (alone and a.country is None and a.kind == "group")]
        states = [a for a in states if a.country in lands]
    elif len({a.country for a in forces} - {None}) > 1:
        return None
    only = len({a.country or a.id for a in states}) < 2
    near = [a for a in forces if lands or only or _is_near(annotations, a, event)]
    if near:
        return max(near, key=lambda a: (a.kind != "group", _last_before(a, event.trigger.start)))
    return states[0] if only and states and not forces else None


def _lands(annotations: Annotations, cast: Cast, act: Act) -> set[str]:
    """The states of the places that stand behind "in" or "at" with an act."""
    phrases = act.arguments.obliques if act.frame.pos == "verb" else prepositional(annotations, act.trigger)
    places = [t for word in ("in", "at", "near") for t in phrases.get(word, ())]
    words = (w for t in places for w in (t, *annotations.children(t, "nmod:poss", "compound", "amod", "appos", "nmod")))
    return {land for word in words if (land := cast.country_of(word)) is not None}


def _is_near(annotations: Annotations, actor: Actor, event: Event) -> bool:
    """Whether an actor is mentioned in the paragraph of an event or in the one right before or behind it."""
    here = _paragraph_at(annotations, event.trigger.start)
    return any(abs(_paragraph_at(annotations, mention.start) - here) <= 1 for mention in actor.mentions)


def _paragraph_at(annotations: Annotations, place: int) -> int:
    sentences = annotations.sentences
    return sentences[max(0, bisect_right(sentences, place, key=lambda s: s.start) - 1)].paragraph


def _with_court(cast: Cast, event: Event) -> Event:
    """Who is convicted by nobody that the mention names is convicted by the court that the report named last before it."""
    if event.initiators or event.mode not in ("convict", "seize") or event.status not in _DONE:
        return event
    courts = [a for a in cast.actors if a.kind != "person" and {"court", "tribunal"} & set(a.name.lower().split())]
    before = [a for a in courts if _last_before(a, event.trigger.start) >= 0]
    if event.mode == "seize" and len(courts) != 1:
        return event
    court = max(before or courts, key=lambda a: _last_before(a, event.trigger.start), default=None)
    return event if court is None or court.id in event.recipients else replace(event, initiators=(court.id,))


def _with_protesters(events: Sequence[Event]) -> list[Event]:
    """Protests of one kind that name nobody are those of the only protesters of the report, and go against whom they do."""
    protests = [e for e in events if e.type == "PROTEST"]
    doers = {mode: {e.initiators for e in protests if e.mode == mode and e.initiators} for mode in {e.mode for e in protests}}
    done = list(events)
    for n, event in enumerate(done):
        if event.type != "PROTEST":
            continue
        if not event.initiators and len(doers[event.mode]) == 1:
            done[n] = event = _with_doers(event, next(iter(doers[event.mode])))
        targets = {e.recipients for e in protests if e.recipients and set(e.initiators) & set(event.initiators)}
        if not event.recipients and len(targets) == 1 and not set(next(iter(targets))) & set(event.initiators):
            done[n] = replace(event, recipients=next(iter(targets)))
    return done


def _taken_up(annotations: Annotations, acts: Sequence[Act], events: Sequence[Event], alleged: Set[str]) -> list[Event]:
    """A noun that takes up an act told shortly before ("the killing", "these discussions") has that act's sides."""
    done = list(events)
    for n, (act, event) in enumerate(zip(acts, events, strict=True)):
        if not _takes_up(annotations, act, event):
            continue
        here = annotations.sentence_of(act.trigger).index
        earlier = (
            m for m in range(n - 1, max(-1, n - 1 - _MAX_BACK), -1) if here - annotations.sentence_of(acts[m].trigger).index <= _BACK
        )
        earlier = (m for m in earlier if events[m].id not in alleged)
        m = next((m for m in earlier if _is_taken_up(acts[m], done[m], act, event)), None)
        if m is not None:
            done[n] = _filled(event, [done[m]], both=not act.frame.mutual)
    return done


def _takes_up(annotations: Annotations, act: Act, event: Event) -> bool:
    """Whether a noun points back: definite, or a bare plural for talks; and nobody is told on the side that it lacks."""
    if act.frame.pos != "noun" or (event.initiators and (event.recipients or act.frame.mutual)):
        return False
    noun = outer(annotations, act.trigger)
    dets = determiners(annotations, act)
    told = annotations.child(noun, "amod", "compound", "nummod", "nmod") is not None
    bare = event.type == "CONSULT" and not dets and act.trigger.lower.endswith("s") and not told
    return bare or is_definite(dets)


def _is_taken_up(one: Act, first: Event, two: Act, second: Event) -> bool:
    if first.type != second.type or (not first.initiators and not first.recipients):
        return False
    if two.frame.mutual:
        return one.frame.mutual and len(first.initiators) > 1 and set(second.initiators) <= set(first.initiators)
    if second.recipients and first.recipients and not set(second.recipients) & set(first.recipients):
        return False
    return stem(one) == stem(two) or {one.frame.lemma, two.frame.lemma} <= side_words("one_act", "killing")


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


def _with_host(act: Act, event: Event, before: Sequence[Event], events: Sequence[Event]) -> Event:
    """ "His visit" is to where the report tells that he went; of several hosts to the one told last before it."""
    if event.mode != "visit" or event.recipients or not event.initiators:
        return event
    alike = [e for e in events if e.mode == "visit" and e.recipients and set(e.initiators) & set(event.initiators)]
    hosts = {e.recipients for e in alike}
    last = next((e for e in reversed(before) if e in alike), None)
    if len(hosts) == 1:
        return replace(event, recipients=hosts.pop())
    return replace(event, recipients=last.recipients) if last is not None and act.frame.pos == "noun" else event


def _last_before(actor: Actor, place: int) -> int:
    """Where it is mentioned last before a place; below 0 if only behind it, the nearer the higher."""
    before = [m.start for m in actor.mentions if m.start < place]
    return max(before) if before else -min(chain((m.start for m in actor.mentions), (place,)))
