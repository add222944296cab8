"""Who says that it happened, and who denies it: the several kinds of "not", and disputes over the status of an event.

That a plan was called off, that somebody refuses to act, and that something has not happened yet are developments. A denial is the
word of one who says that what others assert is not so. It is found in two ways: the mentions of one event contradict each other, or
one party accuses another, which denies what it is accused of. Whoever undertakes to withdraw, dismantle or release what they denied
to have has admitted it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from dragoman.case.judgements import Place
from dragoman.case.likeness import likeness
from dragoman.case.linking.stems import rarity
from dragoman.case.mentions import says
from dragoman.case.record import Claimant, EventMention, Record, Who, days_between

Stance = Literal["held", "ahead", "denied", "not done", "refused", "called off", "open"]

ALIKE = 0.25
"""Likeness of an accusation and a denial from which they are about one matter; one shared rare word does if they name each other."""
ADMITTED = 0.3
"""The same for a denial and what the denier says or undertakes later."""
_RARE = 3.0
_ANSWERED = 45  # days within which an accusation is answered
_PRESUPPOSING = frozenset({"withdraw", "disarm", "release", "access"})
_FUTURE = re.compile(r"\b(?:will|would|shall|won['\u2019]t|wouldn['\u2019]t)\b[^,;:]*$")


def stance(record: Record, mention: EventMention) -> Stance:
    """What a mention says of its event: that it is so, that it is to come, or one of the kinds of "not"."""
    status = mention.event.status
    if status in ("occurred", "ongoing"):
        return "held"
    if status in ("planned", "promised"):
        return "ahead"
    if status == "cancelled":
        return "called off"
    return _negation(record, mention) if status == "denied" else "open"


def _negation(record: Record, mention: EventMention) -> Stance:
    """A denial needs somebody who denies. What "will not" be is refused; what shall not be done is demanded."""
    if not mention.voices or not (mention.voices[-1].speaker or mention.voices[-1].source):
        return "not done"
    if any((mention.place.report, voice.id) in record.asked_in for voice in mention.voices):
        return "open"
    return "refused" if _looks_ahead(mention) and not _denying(mention) else "denied"


def _looks_ahead(mention: EventMention) -> bool:
    before, _, _ = mention.sentence.partition(mention.trigger)
    return _FUTURE.search(before[-60:]) is not None


def _denying(mention: EventMention) -> bool:
    return says(mention.sentence.split()[:120], "denials", "words")


@dataclass
class Matter:
    """What is in dispute about one event: who holds it, who denies it, and who of the deniers admitted it, where."""

    about: str
    held: dict[Place, EventMention] = field(default_factory=dict)
    denied: dict[Place, EventMention] = field(default_factory=dict)
    admitted: dict[Place, Who] = field(default_factory=dict)

    def words(self) -> frozenset[str]:
        """The telling words of all denials."""
        return frozenset().union(*(d.words for d in self.denied.values()))


def matters(record: Record) -> tuple[Matter, ...]:
    """Every event that one side asserts and another denies, in the order in which the events were first told."""
    found: dict[str, Matter] = {}
    for item, cluster in record.clusters.items():
        contradicted(record, item, cluster, found)
    for about, accusation, denial in _joined(record, answered(record)):
        matter = found.setdefault(about, Matter(about))
        matter.held[accusation.place] = accusation
        matter.denied.update((m.place, m) for m in (denial, *record.clusters[about]) if stance(record, m) == "denied" or m is denial)
    spoken = _by_party(record)
    for matter in found.values():
        _add_admissions(record, matter, spoken)
    order = {item: number for number, item in enumerate(record.clusters)}
    return tuple(sorted(found.values(), key=lambda m: order[m.about]))


def contradicted(record: Record, item: str, cluster: Sequence[EventMention], found: dict[str, Matter]) -> None:
    """Adds the matter of one event to `found`, if its own mentions contradict each other."""
    stances = {m.place: stance(record, m) for m in cluster}
    positive = [m for m in cluster if stances[m.place] in ("held", "ahead")]
    for denial in (m for m in cluster if stances[m.place] in ("denied", "not done")):
        against = [m for m in positive if _clash(record, m, denial, stances)]
        if against:
            matter = found.setdefault(item, Matter(item))
            matter.denied[denial.place] = denial
            matter.held.update((m.place, m) for m in against)


def _clash(record: Record, held: EventMention, denial: EventMention, stances: dict[Place, Stance]) -> bool:
    """Two sources; and the denial is not older than what it would deny. A report's own "not" denies only what was told before."""
    one, other = claimant(record, held), claimant(record, denial)
    if one.source == other.source or (held.place.report == denial.place.report and not denial.voices):
        return False
    said = record.day_said(denial.published, denial.voices)
    if stances[held.place] == "ahead":
        makers = {who.party for who in record.initiators(held)}
        return bool(denial.voices) and other.source not in makers and said >= held.published
    happened = held.event.when.start if held.event.when and not held.event.when.inferred else ""
    if stances[denial.place] == "not done":
        return said > record.day_said(held.published, held.voices)
    return not happened or said >= happened[: len(said)]


def claimant(record: Record, mention: EventMention) -> Claimant:
    """Who stands behind a mention of an event; behind an act done in words it is the one who does it."""
    if not mention.voices and mention.by_word is not None:
        return record.claimant(mention.place.report, (mention.by_word,))
    return record.claimant(mention.place.report, mention.voices)


def answered(record: Record) -> list[tuple[EventMention, EventMention]]:
    """Each denial with the accusation that it answers: the most alike, of equals the first."""
    accusations: dict[str, list[EventMention]] = {}
    for mention in record.events:
        for party in accused_parties(record, mention):
            accusations.setdefault(party, []).append(mention)
    found = []
    for denial in record.events:
        scored = [(_answers(record, a, denial), a) for party in denying_parties(record, denial) for a in accusations.get(party, ())]
        best = max((score for score, _ in scored), default=0.0)
        if best > 0:
            found.append((next(a for score, a in scored if score == best), denial))
    return found


def _joined(record: Record, pairs: Sequence[tuple[EventMention, EventMention]]) -> Iterable[tuple[str, EventMention, EventMention]]:
    """Denials that answer one accusation are about one matter: the event first denied, else the accusation."""
    about: dict[str, str] = {}
    for accusation, denial in pairs:
        if denial.event.status == "denied":
            about.setdefault(record.item(accusation.place), record.item(denial.place))
    for accusation, denial in pairs:
        item = record.item(accusation.place)
        yield about.get(item, item), accusation, denial


def accused_parties(record: Record, mention: EventMention) -> frozenset[str]:
    """Those whom a mention accuses of something; none if it is no accusation, or mere disapproval."""
    event = mention.event
    if event.type != "ACCUSE" or event.mode in ("disapprove", "investigate") or event.status in ("denied", "hypothetical", "cancelled"):
        return frozenset()
    return frozenset(who.party for who in record.recipients(mention)) - {who.party for who in record.initiators(mention)}


def denying_parties(record: Record, mention: EventMention) -> frozenset[str]:
    """Those who deny something in a mention: who rejects a charge, or says of an act that it was not done."""
    event = mention.event
    doers = frozenset(who.party for who in record.initiators(mention))
    if event.type == "REJECT" and event.status == "occurred":
        denied = says((mention.trigger, *mention.trigger.split()), "denials", "words")
        return doers if mention.by_word and denied else frozenset()
    if event.status == "denied" and stance(record, mention) == "denied":
        speaker = claimant(record, mention).speaker
        return frozenset({speaker.party}) if speaker else frozenset()
    return frozenset()


def _answers(record: Record, accusation: EventMention, denial: EventMention) -> float:
    """How surely a denial answers an accusation: 0 to 1. A denial that names the accuser needs to share only one rare word."""
    if not 0 <= days_between(accusation.published, denial.published) + 1 <= _ANSWERED or accusation.place == denial.place:
        return 0.0
    shared = likeness(accusation.words, denial.words)
    if shared.score >= ALIKE:
        return shared.score
    named = {who.party for who in record.recipients(denial)} & {who.party for who in record.initiators(accusation)}
    return ALIKE / 2 if named and any(rarity(word) >= _RARE for word in shared.shared) else 0.0


def _by_party(record: Record) -> Mapping[str, list[tuple[EventMention, Who]]]:
    """What each party does, or says itself, that is so or is to be: where admissions are looked for."""
    found: dict[str, list[tuple[EventMention, Who]]] = {}
    for mention in record.events:
        if mention.event.status in ("occurred", "ongoing", "planned", "promised"):
            speaker = claimant(record, mention).speaker
            for who in (*record.initiators(mention), *([speaker] if speaker else ())):
                found.setdefault(who.party, []).append((mention, who))
    return found


def _add_admissions(record: Record, matter: Matter, spoken: Mapping[str, Sequence[tuple[EventMention, Who]]]) -> None:
    first = min(denial.published for denial in matter.denied.values())
    types = {denial.event.type for denial in matter.denied.values() if denial.event.status == "denied"}
    said = matter.words()
    parties = {party for denial in matter.denied.values() for party in denying_parties(record, denial)}
    for mention, who in (told for party in sorted(parties) for told in spoken.get(party, ())):
        if mention.published > first and _admits(mention, types) and likeness(mention.words, said).score >= ADMITTED:
            matter.admitted.setdefault(mention.place, who)
            matter.held[mention.place] = mention


def _admits(mention: EventMention, types: Set[str]) -> bool:
    """To undo a thing is to admit it; so is to say that it is so."""
    event = mention.event
    if event.type == "RETREAT" and event.mode in _PRESUPPOSING:
        return True
    return event.type in types and event.status in ("occurred", "ongoing") and bool(mention.voices)
