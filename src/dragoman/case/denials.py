"""Who says that it happened, and who denies it: the several kinds of "not", and disputes over the status of an event.

That a plan was called off, that somebody refuses to act, and that something has not happened yet are developments. A denial is the
word of one who says that what others assert is not so. It is found in two ways: the mentions of one event contradict each other, or
one party accuses another, which denies what it is accused of. Whoever undertakes to withdraw, dismantle or release what they denied
to have has admitted it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz.fuzz import ratio

from dragoman.case.charges import answers_beside, denies_part, is_against, owner, told_charge
from dragoman.case.claims import Claims, behind, insists, is_denial
from dragoman.case.judgements import Place
from dragoman.case.likeness import closeness, likeness
from dragoman.case.linking.stems import rarity
from dragoman.case.mentions import phrase_in, says
from dragoman.case.record import Claimant, EventMention, Record, StatementMention, Who, days_between, set_against

Stance = Literal["held", "ahead", "denied", "not done", "refused", "not confirmed", "called off", "open"]

ALIKE = 0.25
"""Likeness of an accusation and a denial from which they are about one matter; one shared rare word does if they name each other."""
ADMITTED = 0.3
"""The same for a denial and what the denier says or undertakes later."""
ONE_ACT, SURE_ACT = 0.15, 0.3
"""Likeness from which two mentions tell of one act: if they were joined to one event; if they were not."""
_STRANGERS = 0.5  # the same where different people are named
_SPELLED = 85  # rapidfuzz ratio of two spellings of a name
_MOST = 60
_NEXT = 4  # characters between two sentences of which one follows the other
_CONTENT = 2  # telling words that say of what somebody is accused
_SAME = 0.12  # likeness of two matters from which those who deny the same accuser deny one thing; `_LIKE`: of any accusers
_LIKE = 0.4
_RARE = 3.0
_ANSWERED = 45  # days within which an accusation is answered
_SPOKEN = frozenset({"ACCUSE", "REJECT"})
_WORDS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT"})
_AGAINST = ("denied", "not done", "refused", "not confirmed")
_PRESUPPOSING = frozenset({"withdraw", "disarm", "release", "access"})
_CLOSE = 90  # characters before a trigger in which its "not" stands
_NOT = re.compile(r"\b(?:not|never|no|none|nobody|nor|neither|without)\b|n['\u2019]t\b", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:will|would|shall|won['\u2019]t|wouldn['\u2019]t|going to|'ll)\b")
_TO_COME = re.compile(r"\b(?:will|would|shall|must|should|unless|until|if|on)\b", re.IGNORECASE)
"""Who insists on something, or that it must be, answers no charge."""
_CLAUSE = re.compile(r"[;:.!?\u201c\u201d\"]|, (?:but|and|who|which|while|although|as)\b|\b(?:but|because|although|while)\b")


def stance(record: Record, mention: EventMention) -> Stance:
    """What a mention says of its event: that it is so, that it is to come, or one of the kinds of "not"."""
    status = mention.event.status
    if status in ("occurred", "ongoing"):
        return "held"
    if status in ("planned", "promised"):
        return "not confirmed" if _unconfirmed(record, mention) else "ahead"
    if status == "cancelled":
        return "called off"
    return _negation(record, mention) if status == "denied" else "open"


def _negation(record: Record, mention: EventMention) -> Stance:
    """A denial needs somebody who says that it is not so.

    What "will not" be is refused, what "cannot" be is no fact that anybody denies; what shall not be done is demanded.
    """
    if not mention.voices or not (mention.voices[-1].speaker or mention.voices[-1].source):
        return "not done"
    if any((mention.place.report, voice.id) in record.asked_in for voice in mention.voices):
        return "open"
    cue = record.cue(mention.place.report, mention.voices[-1].id)
    if is_denial(cue, mention.sentence):
        return "denied"
    if cue and not says(cue.split(), "denials", "sayings"):
        return "open"
    return _not_said(mention)


def _unconfirmed(record: Record, mention: EventMention) -> bool:
    """Whether those who would act have not said yet that they will: "has not confirmed that he will come"."""
    cue = record.cue(mention.place.report, mention.voices[-1].id) if mention.voices else ""
    own = claimant(record, mention).source in {who.party for who in record.initiators(mention)}
    return own and _NOT.search(cue) is not None and says(cue.split(), "refusals", "confirming")


def _denies_outright(record: Record, denial: EventMention) -> bool:
    """Whether a denial is told as one: "denied", "called it untrue"."""
    voices = denial.voices[-1:]
    return any(is_denial(record.cue(denial.place.report, v.id), denial.sentence) for v in voices) or says(
        denial.sentence.split()[:120], "denials", "words"
    )


def _not_said(mention: EventMention) -> Stance:
    """Which "not" stands in front of an act in somebody's own words; without one, nothing is denied."""
    before, _, rest = mention.sentence.partition(mention.trigger)
    clause = _CLAUSE.split(before[-_CLOSE:])[-1]
    if says(clause.split(), "denials", "words"):
        return "denied"
    if not _NOT.search(f"{clause} {mention.trigger}"):
        return "open"
    if phrase_in(clause, "denials", "unable") or phrase_in(rest[:40], "denials", "unless"):
        return "open"
    return "refused" if _FUTURE.search(clause) or phrase_in(clause, "refusals", "unwilling") else "denied"


@dataclass
class Matter:
    """What is in dispute about one event: who holds it (in acts, or in what they say), who denies it, who of them admitted it, where.

    `owners` are those to whom a denial itself gives what it denies ("dismissed Sudian reports").
    """

    about: str
    held: dict[Place, EventMention] = field(default_factory=dict)
    said: dict[Place, StatementMention] = field(default_factory=dict)
    denied: dict[Place, EventMention] = field(default_factory=dict)
    admitted: dict[Place, Who] = field(default_factory=dict)
    owners: dict[Place, Who] = field(default_factory=dict)
    stances: dict[Place, Stance] = field(default_factory=dict)

    def words(self) -> frozenset[str]:
        """The telling words of all denials."""
        return frozenset().union(*(d.words for d in self.denied.values()))


def matters(record: Record) -> tuple[Matter, ...]:
    """Every event that one side asserts and another denies, in the order in which the events were first told."""
    found: dict[str, Matter] = {}
    stances = {m.place: stance(record, m) for m in record.events}
    for item, cluster in record.clusters.items():
        contradicted(record, item, cluster, stances, found)
    for denial, held in (*told_elsewhere(record, stances), *suspects(record, stances)):
        matter = found.setdefault(record.item(denial.place), Matter(record.item(denial.place)))
        matter.denied[denial.place] = denial
        matter.held[held.place] = held
    for denial, told in suspected(record, stances):
        matter = found.setdefault(record.item(denial.place), Matter(record.item(denial.place)))
        matter.denied[denial.place] = denial
        matter.said[told.place] = told
    for about, accusation, denial in _joined(record, answered(record, stances)):
        matter = found.setdefault(about, Matter(about))
        matter.held[accusation.place] = accusation
        matter.denied.update((m.place, m) for m in (denial, *record.clusters[about]) if stances[m.place] == "denied" or m is denial)
    for charge, denial, whose in unnamed(record, stances, {place for matter in found.values() for place in matter.denied}):
        matter = found.setdefault(record.item(denial.place), Matter(record.item(denial.place)))
        matter.denied[denial.place] = denial
        matter.held[charge.place] = charge
        matter.owners.update({charge.place: whose} if whose else {})
    spoken = _by_party(record)
    found = _joined_matters(record, found)
    for matter in found.values():
        matter.stances = {place: stances[place] for place in (*matter.held, *matter.denied)}
        _add_admissions(record, matter, stances, spoken)
    order = {item: number for number, item in enumerate(record.clusters)}
    return tuple(sorted(found.values(), key=lambda m: order[m.about]))


Stances = Mapping[Place, Stance]


def _joined_matters(record: Record, found: Mapping[str, Matter]) -> dict[str, Matter]:
    """One matter of what one party denies again and again, in like words; the one told first takes the others in."""
    kept: dict[str, Matter] = {}
    by_denier: dict[str, list[tuple[Matter, frozenset[str], frozenset[str]]]] = {}
    for about, matter in found.items():
        deniers = {claimant(record, m).source for m in matter.denied.values()}
        accusers = frozenset(_accusers(record, matter))
        words = _matter_words(record, matter)
        rows = by_denier.setdefault(min(deniers), []) if len(deniers) == 1 else []
        home = next((m for m, by, said in rows[-_MOST:] if closeness(said, words).score >= (_SAME if by & accusers else _LIKE)), None)
        if home is None or not words:
            kept[about] = matter
            rows.append((matter, accusers, words))
        else:
            home.held |= matter.held
            home.said |= matter.said
            home.denied |= matter.denied
            home.owners |= matter.owners
            rows.append((home, accusers, words))
    return kept


def _accusers(record: Record, matter: Matter) -> Iterable[str]:
    yield from (claimant(record, m).source for m in matter.held.values())
    yield from (record.claimant(told.place.report, (told.statement,)).source for told in matter.said.values())


def _matter_words(record: Record, matter: Matter) -> frozenset[str]:
    """What is said on both sides of a matter, without the names of the sides."""
    told = [*matter.held.values(), *matter.denied.values()]
    speakers = [claimant(record, m).speaker for m in told]
    speakers += [record.claimant(s.place.report, (s.statement,)).speaker for s in matter.said.values()]
    names = frozenset[str]().union(*(record.stems_of(who.id) for who in speakers if who))
    return frozenset[str]().union(*(m.matter for m in told), *(s.words for s in matter.said.values())) - names


def contradicted(record: Record, item: str, cluster: Sequence[EventMention], stances: Stances, found: dict[str, Matter]) -> None:
    """Adds the matter of one event to `found`, if its own mentions contradict each other."""
    positive = [m for m in cluster if stances[m.place] in ("held", "ahead")]
    for denial in (m for m in cluster if stances[m.place] in _AGAINST):
        against = [m for m in positive if _clash(record, m, denial, stances) and _of_one(record, m, denial, stances)]
        if against:
            matter = found.setdefault(item, Matter(item))
            matter.denied[denial.place] = denial
            matter.held.update((m.place, m) for m in against)


def _of_one(record: Record, held: EventMention, denial: EventMention, stances: Stances) -> bool:
    """Whether two mentions that were joined to one event are of one act, as far as the dispute goes."""
    if stances[denial.place] == "not confirmed":
        return {who.party for who in _cast(record, denial)} <= {who.party for who in _cast(record, held)}
    return one_act(record, held, denial) >= (0.0 if _denies_outright(record, denial) else ONE_ACT)


def told_elsewhere(record: Record, stances: Stances) -> Iterable[tuple[EventMention, EventMention]]:
    """Each denial with what others tell of the same act in other events: of one kind, with somebody in common, in like words.

    So is what somebody asserts of the same kind of act in the next sentence, whoever is named as its doer ("the army", "soldiers").
    Acts done in words are left out: many demand, accuse and support in one matter.
    """
    told: dict[tuple[str, str], list[EventMention]] = {}
    beside: dict[tuple[str, str, str], list[EventMention]] = {}
    for mention in record.events:
        if stances[mention.place] == "held" and mention.voices and mention.event.type not in _WORDS:
            beside.setdefault((mention.place.report, mention.event.type, mention.event.mode or ""), []).append(mention)
        if stances[mention.place] in ("held", "ahead") and mention.event.type not in _WORDS:
            for who in _cast(record, mention):
                told.setdefault((mention.event.type, who.party), []).append(mention)
    for denial in (m for m in record.events if stances[m.place] in ("denied", "refused")):
        near = {m.place: m for who in _cast(record, denial) for m in _around(told.get((denial.event.type, who.party), ()), denial)}
        for mention in beside.get((denial.place.report, denial.event.type, denial.event.mode or ""), ()):
            if _gap(mention, denial) <= _NEXT and mention.event.mode and _clash(record, mention, denial, stances):
                yield denial, mention
        for mention in near.values():
            apart = record.item(mention.place) != record.item(denial.place)
            if apart and _clash(record, mention, denial, stances) and one_act(record, mention, denial) >= SURE_ACT:
                yield denial, mention


def _gap(one: EventMention, other: EventMention) -> int:
    """Characters between the sentences of two mentions of one report; negative where they are one."""
    a, b = one.event.sentence, other.event.sentence
    return max(a.start - b.end, b.start - a.end)


def _cast(record: Record, mention: EventMention) -> tuple[Who, ...]:
    """All who have a part in an act."""
    return (*record.initiators(mention), *record.recipients(mention))


def _around(told: Sequence[EventMention], denial: EventMention) -> Iterable[EventMention]:
    """The mentions of some weeks before a denial's report, and of its day; the nearest `_MOST`."""
    at = bisect_right(told, denial.published, key=lambda m: m.published)
    return (m for m in told[max(0, at - _MOST) : at] if days_between(m.published, denial.published) <= _ANSWERED)


def one_act(record: Record, one: EventMention, other: EventMention) -> float:
    """How surely two mentions tell of one act: by their words, 0 to 1; -1 if they name others who have a part in it."""
    doers, others = ({w.party for w in record.initiators(m)} for m in (one, other))
    done_to, other_to = ({w.party for w in record.recipients(m)} for m in (one, other))
    if doers and others and not doers & others and not doers & other_to:
        return -1.0
    said = likeness(one.words, other.words)
    strangers = bool(done_to and other_to) and not done_to & other_to
    if strangers and said.score < _STRANGERS:
        return -1.0
    return 0.0 if record.name_stems.issuperset(said.shared) else said.score


def _clash(record: Record, held: EventMention, denial: EventMention, stances: Stances) -> bool:
    """Two sources; and the denial is not older than what it would deny. A report's own "not" denies only what was told before."""
    one, other = claimant(record, held), claimant(record, denial)
    if one_source(one, other) or (held.place.report == denial.place.report and not denial.voices):
        return False
    said = record.day_said(denial.published, denial.voices)
    if stances[held.place] == "ahead":
        makers = {who.party for who in record.initiators(held)}
        by_doers = stances[denial.place] in ("refused", "not confirmed")
        return bool(denial.voices) and (by_doers or other.source not in makers) and said >= held.published
    if stances[denial.place] in ("refused", "not confirmed"):
        return False
    happened = held.event.when.start if held.event.when and not held.event.when.inferred else ""
    if stances[denial.place] == "not done":
        return said > record.day_said(held.published, held.voices)
    return not happened or said >= happened[: len(said)]


def one_source(one: Claimant, other: Claimant) -> bool:
    """Whether two claims count as one source's: also where one name is spelled in two ways."""
    if one.source == other.source:
        return True
    if one.speaker is None or other.speaker is None or " " not in one.speaker.name or " " not in other.speaker.name:
        return False
    return ratio(one.speaker.name, other.speaker.name) >= _SPELLED


def claimant(record: Record, mention: EventMention) -> Claimant:
    """Who stands behind a mention of an event; behind an act done in words it is the one who does it."""
    if mention.event.type in _SPOKEN and (doers := record.initiators(mention)):
        return Claimant(doers[0], doers[0].party)
    if not mention.voices and mention.by_word is not None:
        return record.claimant(mention.place.report, (mention.by_word,))
    return record.claimant(mention.place.report, mention.voices)


def answered(record: Record, stances: Stances) -> list[tuple[EventMention, EventMention]]:
    """Each denial with the accusation that it answers: the one beside it, else the most alike, of equals the first."""
    accusations: dict[str, list[EventMention]] = {}
    beside: dict[str, list[EventMention]] = {}
    for mention in record.events:
        if accuses(mention):
            beside.setdefault(mention.place.report, []).append(mention)
        for party in accused_parties(record, mention):
            accusations.setdefault(party, []).append(mention)
    found = []
    for denial in record.events:
        parties = denying_parties(record, denial, stances)
        charge = _charge_beside(record, beside.get(denial.place.report, ()), denial, parties) if parties else None
        scored = [(_answers(record, a, denial), a) for party in parties for a in accusations.get(party, ())]
        best = max((score for score, _ in scored), default=0.0)
        if charge or best > 0:
            found.append((charge or next(a for score, a in scored if score == best), denial))
    return found


def suspected(record: Record, stances: Stances) -> Iterable[tuple[EventMention, StatementMention]]:
    """Denials with what others only say: in their own sentence, shortly before them, or elsewhere in like words (`claims.py`)."""
    claims = Claims(record)
    for mentions in record.mentions:
        charges = [m for m in mentions.events if accuses(m)]
        for denial in mentions.events:
            if denial.event.type != "REJECT" and stances[denial.place] != "denied":
                continue
            parties = denying_parties(record, denial, stances)
            if parties and not (denial.event.type == "REJECT" and _charge_beside(record, charges, denial, parties)):
                yield from ((denial, told) for told in claims.denied(denial, parties))


def unnamed(record: Record, stances: Stances, known: Set[Place]) -> Iterable[tuple[EventMention, EventMention, Who | None]]:
    """Denials that tell themselves what is denied ("reports of a massacre"), with where the charge stands and whose it is, if it is told.

    Nothing else in the record tells who brought it. The charge is an act of charging in the same sentence, else the denial's own words.
    """
    for mentions in record.mentions:
        charges = {m.event.sentence: m for m in mentions.events if m.event.type == "ACCUSE" and m.event.status == "occurred"}
        for denial in (m for m in mentions.events if m.event.type == "REJECT" and m.place not in known):
            parties = denying_parties(record, denial, stances)
            rest = behind(denial)
            noun = told_charge(rest)
            if not parties or (noun is None and denial.event.sentence not in charges):
                continue
            charge = charges.get(denial.event.sentence)
            of_act = charge.words_of_act if charge else frozenset[str]()
            if len(record.matter(denial) - of_act) < _CONTENT or insists(denial):
                continue
            whose = owner(record, denial, rest, noun) if noun else None
            if whose and whose.party in parties:
                continue
            if charge and denial.event.trigger.end <= charge.event.trigger.start:
                yield charge, denial, whose
            elif noun:
                yield denial, denial, whose


def suspects(record: Record, stances: Stances) -> Iterable[tuple[EventMention, EventMention]]:
    """Denials with what the same report tells as done by those who are "suspected" and bear the name of who denies it."""
    for mentions in record.mentions:
        told = [(m, who) for m in mentions.events if stances[m.place] == "held" for who in record.initiators(m) if _is_suspected(who)]
        for denial in mentions.events if told else ():
            speaker = claimant(record, denial).speaker
            if stances[denial.place] != "denied" or denial.event.type == "REJECT" or speaker is None:
                continue
            for mention, who in told:
                of_name = record.stems_of(who.id) & record.stems_of(speaker.id)
                if mention.event.type == denial.event.type and any(rarity(word) >= _RARE for word in of_name):
                    yield denial, mention


def _is_suspected(who: Who) -> bool:
    return phrase_in(who.name, "denials", "suspected")


def _charge_beside(record: Record, charges: Sequence[EventMention], denial: EventMention, parties: Set[str]) -> EventMention | None:
    """The charge of others that stands in the denial's own sentence, or shortly before where "the charge" is denied."""
    near: list[tuple[bool, int, EventMention]] = []
    for charge in charges:
        one_sentence = charge.event.sentence == denial.event.sentence
        back = denial.event.trigger.start - charge.event.trigger.start
        accusers = {who.party for who in record.initiators(charge)} or {claimant(record, charge).source}
        of_one_side = bool(accusers & parties) and not (one_sentence and _set_against(record, charge, denial))
        if charge.place == denial.place or of_one_side or not (one_sentence or answers_beside(charge, denial, behind(denial))):
            continue
        if one_sentence or is_against(record, charge, parties):
            near.append((one_sentence, -abs(back), charge))
    return max(near, key=lambda n: n[:2])[2] if near else None


def _set_against(record: Record, charge: EventMention, denial: EventMention) -> bool:
    """Whether a charge and its denial in one sentence are by two persons or bodies of one state."""
    accusers, deniers = record.initiators(charge), rejecting(record, denial)
    return bool(accusers and deniers) and all(set_against(one, other) for one in accusers for other in deniers)


def accuses(mention: EventMention) -> bool:
    """Whether a mention tells of a charge, and whose or against whom; mere disapproval is none."""
    event = mention.event
    if event.type != "ACCUSE" or event.mode in ("disapprove", "investigate") or event.status in ("denied", "hypothetical", "cancelled"):
        return False
    return bool(event.initiators or event.recipients)


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
    if not accuses(mention):
        return frozenset()
    return frozenset(who.party for who in record.recipients(mention)) - {who.party for who in record.initiators(mention)}


def denying_parties(record: Record, mention: EventMention, stances: Stances) -> frozenset[str]:
    """Those who deny something in a mention: who rejects a charge, or says of an act that it was not done."""
    event = mention.event
    if event.type == "REJECT" and event.status == "occurred":
        doers = frozenset(who.party for who in rejecting(record, mention) if "JUD" not in who.sectors)  # what a court rejects is a suit
        if insists(mention) and _TO_COME.search(behind(mention)[:_CLOSE]):
            return frozenset()
        # "denied them entry" is no denial
        said = mention.by_word or phrase_in(mention.sentence, "denials", "charges") or denies_part(behind(mention))
        return doers if said and (insists(mention) or is_denial(mention.trigger, mention.sentence)) else frozenset()
    if stances[mention.place] == "denied":
        speaker = claimant(record, mention).speaker
        return frozenset({speaker.party}) if speaker else frozenset()
    return frozenset()


def rejecting(record: Record, mention: EventMention) -> tuple[Who, ...]:
    """Who rejects something in a mention: its doers, else whose word it is."""
    speaker = mention.by_word.speaker if mention.by_word else None
    return record.initiators(mention) or record.whos(mention.place.report, [speaker] if speaker else [])


def _answers(record: Record, accusation: EventMention, denial: EventMention) -> float:
    """How surely a denial answers an accusation: 0 to 1. A denial that names the accuser needs to share only one rare word."""
    if not 0 <= days_between(accusation.published, denial.published) + 1 <= _ANSWERED or accusation.place == denial.place:
        return 0.0
    if one_source(claimant(record, accusation), claimant(record, denial)):
        return 0.0
    shared = likeness(accusation.words, denial.words)
    sides = {who.id for m in (accusation, denial) for who in _cast(record, m)}
    beside = frozenset(shared.shared) - frozenset(word for who in sides for word in record.stems_of(who)) - record.name_stems
    if shared.score >= (_LIKE if insists(denial) else ALIKE) and beside:
        return shared.score
    named = {who.party for who in record.recipients(denial)} & {who.party for who in record.initiators(accusation)}
    return ALIKE / 2 if named and any(rarity(word) >= _RARE for word in beside) else 0.0


def _by_party(record: Record) -> Mapping[str, list[tuple[EventMention, Who]]]:
    """What each party does, or says itself, that is so or is to be: where admissions are looked for."""
    found: dict[str, list[tuple[EventMention, Who]]] = {}
    for mention in record.events:
        if mention.event.status in ("occurred", "ongoing", "planned", "promised"):
            speaker = claimant(record, mention).speaker
            for who in (*record.initiators(mention), *([speaker] if speaker else ())):
                found.setdefault(who.party, []).append((mention, who))
    return found


def _add_admissions(record: Record, matter: Matter, stances: Stances, spoken: Mapping[str, Sequence[tuple[EventMention, Who]]]) -> None:
    first = min(denial.published for denial in matter.denied.values())
    types = {denial.event.type for denial in matter.denied.values() if denial.event.status == "denied"}
    said = matter.words() - record.name_stems
    parties = {party for denial in matter.denied.values() if not insists(denial) for party in denying_parties(record, denial, stances)}
    for mention, who in (told for party in sorted(parties) for told in spoken.get(party, ())):
        alike = likeness(mention.words - record.name_stems, said).score >= ADMITTED or _undoes(record, mention, matter)
        named = who.name[:1].isupper()  # "six pro-Sudian ministers" do not speak for Sudia
        if named and mention.published > first and _admits(mention, types) and alike:
            matter.admitted.setdefault(mention.place, who)
            matter.held[mention.place] = mention


def _undoes(record: Record, mention: EventMention, matter: Matter) -> bool:
    """Whether somebody takes back the very thing that they denied to have sent or done, whatever else the two sentences tell."""
    if mention.event.type != "RETREAT":
        return False
    undone = record.matter(mention)
    denied = (part for d in matter.denied.values() if d.event.status == "denied" for part in (d.words_of_act, record.matter(d)))
    return max((closeness(undone, part).score for part in denied), default=0.0) >= ADMITTED


def _admits(mention: EventMention, types: Set[str]) -> bool:
    """To undo a thing is to admit it; so is to say that it is so."""
    event = mention.event
    if event.type == "RETREAT" and event.mode in _PRESUPPOSING:
        return True
    return event.type in types and event.status in ("occurred", "ongoing") and bool(mention.voices)
