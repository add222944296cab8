"""Commitments: every plan, promise, threat and demand, who made it to whom, until when, on what condition, and what came of it.

They are read from the status of events (planned, promised, threatened, demanded), from words that are given for something that is
no act of the sixteen types (a pledge, an assurance), and from demands whose matter is none. Later claims are proposed as evidence
with a score and a reason (`evidence.py`); the state that a rule proposes follows from them. A person's decision goes before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from dragoman.case.deciding import edited, rejected
from dragoman.case.evidence import Bearing, Linked, Undertaking, bearings, retold
from dragoman.case.judgements import Commitment, CommitmentKind, Place, Proof, State
from dragoman.case.linking.stems import rarity
from dragoman.case.mentions import phrase_in, says
from dragoman.case.numbering import Numbers
from dragoman.case.record import EventMention, Record, Who

Nature = Literal["own", "demand"]

SURE = 0.6
"""Evidence with a lower score is shown but does not change the state by itself."""
_OWN: Mapping[str, CommitmentKind] = {"planned": "plan", "promised": "promise", "threatened": "threat"}
_STRENGTH: Mapping[CommitmentKind, int] = {"plan": 0, "threat": 1, "promise": 2, "demand": 3}
_SPOKEN = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
_CERTAIN = 0.75
_KEYS = 8
_MOST = 60
_DAYS_LATER = "9999-12-31"
_STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Made:
    """A commitment before its evidence is weighed: the undertaking with its kind, maker and addressee."""

    undertaking: Undertaking
    kind: CommitmentKind
    maker: Who | None
    to: Who | None

    @property
    def key(self) -> str:
        """What tells it from every other: the event, and whether its doer or somebody else speaks."""
        return f"{self.undertaking.item}:{'demand' if self.undertaking.demand else 'own'}"


def commitments(record: Record, numbers: Numbers | None = None) -> tuple[Commitment, ...]:
    """All commitments of a record: those that are overdue first, then by the day on which they are due, then by the day made."""
    numbers = numbers or Numbers(record.ids)
    index, came = Index(record), _came_of(record)
    found, absorbed = [], set[Place]()
    for made in sorted(undertakings(record), key=lambda m: (m.undertaking.made, m.undertaking.mentions[0].place, m.key)):
        if not all(m.place in absorbed for m in made.undertaking.mentions):
            made = with_retellings(record, made, index, absorbed)
            evidence = bearings(record, made.undertaking, index.near(made.undertaking), came.get(made.undertaking.item, ()))
            absorbed.update(b.mention.place for b in evidence if made.undertaking.bare and b.bears == "in the works")
            found.append(commitment(record, made, evidence, numbers))
    gone = rejected(record.decisions)
    return tuple(sorted((c for c in found if c.id not in gone), key=lambda c: _urgency(c, record.today)))


def overdue(commitment: Commitment, today: str) -> bool:
    """Whether its day has passed and nothing is told of how it ended."""
    return commitment.due is not None and commitment.due < today and commitment.state not in ("kept", "broken", "compromise")


def commitment(record: Record, made: Made, evidence: Sequence[Bearing], numbers: Numbers) -> Commitment:
    """One commitment with the state that its evidence comes to, or that a person has decided."""
    undertaking = made.undertaking
    name = numbers.give("C", [made.key])
    dues = [m.due for m in undertaking.mentions if m.due]
    due = dues[-1] if dues else None
    state, decided = proposed(evidence, due, record.today), edited(record.decisions, "state").get(name)
    return Commitment(
        name,
        made.kind,
        made.maker.id if made.maker else None,
        made.to.id if made.to else None,
        undertaking.item,
        undertaking.made or None,
        due,
        next((m.condition for m in undertaking.mentions if m.condition), None),
        decided if decided in _STATES else state,
        "person" if decided in _STATES else "rule",
        tuple(Proof(b.mention.place.report, b.mention.place.entry, b.bears, b.score, b.why) for b in evidence),
    )


def proposed(evidence: Iterable[Bearing], due: str | None, today: str) -> State:
    """The state that the evidence comes to: the latest that is sure counts; what is kept and broken on one day is a compromise.

    What was only under way when its day passed has stalled, and so has what nothing more is told of.
    """
    sure = [b for b in evidence if b.score >= SURE]
    ends = [b for b in sure if b.bears != "in the works"]
    if ends:
        last = {b.bears for b in ends if b.mention.published == ends[-1].mention.published}
        return "compromise" if len(last) > 1 else ends[-1].bears
    if due is not None and due < today:
        return "stalled"
    return "in the works" if sure else "not yet rated"


def undertakings(record: Record) -> list[Made]:
    """Every commitment that the record's events make."""
    by_word = {(m.place.report, m.by_word.id): m for m in record.events if m.by_word}
    by_word |= {(m.place.report, str(m.event.sentence)): m for m in record.events if m.event.type == "REQUEST" and m.event.initiators}
    asked = {(m.place.report, voice.id) for m in record.events if m.event.status == "demanded" for voice in m.voices}
    found = []
    for item, cluster in record.clusters.items():
        own = [m for m in cluster if m.event.status in _OWN and m.event.type not in _SPOKEN and not _forborne(m) and _told(m)]
        demanded = [m for m in cluster if m.event.status == "demanded" and m.event.type not in _SPOKEN]
        bare = [m for m in cluster if _is_word(m) or _is_bare_demand(record, m, asked)]
        if own:
            found.append(_own(record, item, own, by_word))
        if demanded:
            found.append(_demand(record, item, demanded, by_word, bare=False))
        if bare and not own and not demanded:
            made = _demand if bare[0].event.type == "REQUEST" else _word
            found.append(made(record, item, bare[:1], by_word, bare=True))
    return found


def _is_word(mention: EventMention) -> bool:
    """A word that is given: an assurance, a pledge."""
    event = mention.event
    given = event.type == "AGREE" and event.status in ("occurred", "ongoing")
    return given and says(mention.trigger.split(), "undertakings", "words")


def _is_bare_demand(record: Record, mention: EventMention, asked: set[tuple[str, str]]) -> bool:
    """A demand whose matter is no event of its own, made to others than one's own people."""
    event = mention.event
    if event.type != "REQUEST" or event.status not in ("occurred", "ongoing") or not event.initiators or mention.by_word is None:
        return False
    makers = {who.party for who in record.initiators(mention)}
    asked_of = {who.party for who in record.recipients(mention)}
    return (mention.place.report, mention.by_word.id) not in asked and not (asked_of and asked_of <= makers)


def _forborne(mention: EventMention) -> bool:
    """An assurance against an act is no threat of it."""
    if mention.event.status != "threatened":
        return False
    before, _, _ = mention.sentence.partition(mention.trigger)
    return says(before.split()[-12:], "undertakings", "words") and phrase_in(before[-40:], "undertakings", "forbearing")


Words = Mapping[tuple[str, str], EventMention]


def _own(record: Record, item: str, mentions: Sequence[EventMention], by_word: Words) -> Made:
    """What its doer plans, promises or threatens. The strongest of its kinds counts."""
    kind = max((_kind_of(m) for m in mentions), key=_STRENGTH.__getitem__)
    first = mentions[0]
    doers, speaker = record.initiators(first), _speaker(record, first, by_word)
    promised = kind != "plan" and speaker is not None and (not doers or speaker.party in {d.party for d in doers})
    maker = speaker if promised or not doers else doers[0]
    sides = (*doers, *([maker] if maker else ()))
    to = next((who for who in record.recipients(first) if who.party not in {s.party for s in sides}), None)
    bare = kind == "promise" and first.event.type == "AGREE"
    return Made(_undertaking(record, item, mentions, sides, (), bare=bare, threat=kind == "threat"), kind, maker, to)


def _kind_of(mention: EventMention) -> CommitmentKind:
    if mention.event.type == "AGREE" and says(mention.trigger.split(), "undertakings", "words"):
        return "promise"
    return _OWN[mention.event.status]


def _word(record: Record, item: str, mentions: Sequence[EventMention], by_word: Words, bare: bool) -> Made:
    """A pledge without an act of its own."""
    givers = record.initiators(mentions[0])
    maker = givers[0] if givers else _speaker(record, mentions[0], by_word)
    to = next(iter(record.recipients(mentions[0])), None)
    return Made(_undertaking(record, item, mentions, (maker,) if maker else (), (), bare=bare), "promise", maker, to)


def _demand(record: Record, item: str, mentions: Sequence[EventMention], by_word: Words, bare: bool) -> Made:
    """What somebody is told to do by another: who is told are those who would do it, else those to whom the demand is made."""
    first = mentions[0]
    request = first if bare else _request(first, by_word)
    askers = record.initiators(request) if request else ()
    maker = askers[0] if askers else _speaker(record, first, by_word)
    told = record.recipients(request) if request else ()
    doers = told if bare else record.initiators(first) or told
    others = [who for who in doers if maker is None or who.id != maker.id]
    asking = tuple(filter(None, (*askers, maker)))
    if doers and maker and {who.party for who in doers} == {maker.party} and not bare:  # an order to one's own people is a plan
        return Made(_undertaking(record, item, mentions, (*doers, maker), ()), "plan", maker, None)
    return Made(
        _undertaking(record, item, mentions, tuple(others), asking, bare=bare, demand=True), "demand", maker, others[0] if others else None
    )


def _request(mention: EventMention, by_word: Words) -> EventMention | None:
    """The act of demanding: the one whose statement tells the act, else one in the same sentence."""
    keys = [(mention.place.report, name) for name in (*(v.id for v in reversed(mention.voices)), str(mention.event.sentence))]
    return next((by_word[key] for key in keys if key in by_word), None)


def _told(mention: EventMention) -> bool:
    """Whether it is told who is concerned; else the reader has to be sure."""
    return bool(mention.event.initiators or mention.event.recipients) or mention.event.confidence >= _CERTAIN


def _speaker(record: Record, mention: EventMention, by_word: Words) -> Who | None:
    speaker = record.claimant(mention.place.report, mention.voices).speaker
    return speaker or (record.claimant(mention.place.report, (mention.by_word,)).speaker if mention.by_word else None)


def _undertaking(
    record: Record, item: str, mentions: Sequence[EventMention], doers: Sequence[Who], askers: Sequence[Who],
    *, bare: bool = False, demand: bool = False, threat: bool = False,
) -> Undertaking:  # fmt: skip
    first = mentions[0]
    _, _, behind = first.sentence.partition(first.trigger)
    return Undertaking(
        item,
        tuple(mentions),
        frozenset(who.id for who in doers),
        frozenset(who.party for who in doers),
        frozenset(who.party for who in askers),
        frozenset().union(*(record.matter(m) for m in mentions)),
        record.day_said(first.published, first.voices),
        demand,
        threat,
        bare and not demand and phrase_in(behind[:60], "undertakings", "forbearing"),
        bare,
    )


def with_retellings(record: Record, made: Made, index: Index, absorbed: set[Place]) -> Made:
    """The commitment with the mentions of other events that tell it again within days; they go into `absorbed`."""
    if made.undertaking.bare:
        return made
    statuses = ("demanded",) if made.undertaking.demand else tuple(_OWN)
    last = made.undertaking.mentions[-1].published
    again = [m for m in index.near(made.undertaking) if m.event.status in statuses and _soon(last, m.published)]
    taken = [m for m in again if record.item(m.place) != made.undertaking.item and retold(record, made.undertaking, m)]
    absorbed.update(m.place for m in taken)
    return replace(made, undertaking=replace(made.undertaking, mentions=(*made.undertaking.mentions, *taken))) if taken else made


def _soon(first: str, second: str) -> bool:
    return first[:7] == second[:7] and 0 <= int(second[8:] or 0) - int(first[8:] or 0) <= 3


class Index:
    """Mentions of events by the words for their matter: what may bear on an undertaking is found without going over all."""

    def __init__(self, record: Record) -> None:
        self._by_word: dict[str, list[EventMention]] = {}
        for mention in record.events:
            for word in record.matter(mention):
                self._by_word.setdefault(word, []).append(mention)

    def near(self, undertaking: Undertaking) -> list[EventMention]:
        """The mentions that share one of its rarest words, the first `_MOST` of each word from the day on which it was made."""
        rarest = sorted(undertaking.words, key=lambda w: (len(self._by_word.get(w, ())), -rarity(w), w))[:_KEYS]
        found: dict[Place, EventMention] = {}
        for word in rarest:
            told = self._by_word.get(word, [])
            first = bisect_left(told, undertaking.made, key=lambda m: m.published)
            found.update((m.place, m) for m in told[first : first + _MOST])
        return list(found.values())


def _came_of(record: Record) -> dict[str, list[Linked]]:
    """What links say came of each event; a link that a person judged negative says nothing."""
    found: dict[str, list[Linked]] = {}
    for link in record.links:
        if link.kind == "came_of" and link.judgement != "negative" and link.a in record.event_at:
            score = 1.0 if link.judgement == "positive" else link.score
            found.setdefault(record.item(link.b), []).append(Linked(record.event_at[link.a], score, link.why))
    return found


def _urgency(commitment: Commitment, today: str) -> tuple[bool, str, str, str]:
    return (not overdue(commitment, today), commitment.due or _DAYS_LATER, commitment.made or "", commitment.id.rjust(12))
