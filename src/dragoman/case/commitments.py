"""Commitments: every plan, promise, threat and demand, who made it to whom, until when, on what condition, and what came of it.

What was undertaken is read off the events (`undertakings.py`). Later claims are proposed as evidence with a score and a reason
(`evidence.py`); the state that a rule proposes follows from them. A person's decision goes before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, get_args

from dragoman.case.deciding import rejected
from dragoman.case.evidence import WHOLE, Bearing, Linked, Undertaking, bearings, planned_days, retold
from dragoman.case.judgements import Commitment, Place, Proof, State
from dragoman.case.linking.stems import rarity
from dragoman.case.numbering import Numbers
from dragoman.case.record import EventMention, Record, days_between
from dragoman.case.undertakings import OWN, Made, is_demanded, undertakings

SURE = 0.6
"""Evidence with a lower score is shown but does not change the state by itself."""
_KEYS = 8
_MOST = 60
_SOON, _RETOLD = 3, 31
"""Days within which a commitment is told again in other words; in nearly the same words."""
_DAYS_LATER = "9999-12-31"
_STATES: tuple[State, ...] = get_args(State)


class Undertaken(Protocol):
    """What tells how urgent a commitment is."""

    @property
    def id(self) -> str:
        """The commitment's id."""
        ...

    @property
    def made(self) -> str | None:
        """The ISO day on which it was made."""
        ...

    @property
    def due(self) -> str | None:
        """The ISO day by which it is to be kept."""
        ...

    @property
    def state(self) -> State:
        """What has come of it."""
        ...


def commitments(record: Record, numbers: Numbers | None = None) -> tuple[Commitment, ...]:
    """All commitments of a record: those that are overdue first, then by the day on which they are due, then by the day made."""
    numbers = numbers or Numbers(record.ids)
    index, came = Index(record), _came_of(record)
    found, absorbed, told = [], set[Place](), set[tuple[str, str, str]]()
    for made in sorted(undertakings(record), key=lambda m: (m.undertaking.made, m.undertaking.mentions[0].place, m.key)):
        first = made.undertaking.mentions[0]  # what another report says word by word is not told again
        words = (made.key.partition(":")[2], made.maker.name if made.maker else "", f"{first.trigger}: {first.sentence}")
        if not all(m.place in absorbed for m in made.undertaking.mentions) and words not in told:
            told.add(words)
            made = with_retellings(record, made, index, absorbed)
            evidence = bearings(record, made.undertaking, index.near(made.undertaking), came.get(made.undertaking.item, ()))
            absorbed.update(b.mention.place for b in evidence if made.undertaking.bare and b.bears == "in the works")
            found.append(commitment(record, made, evidence, numbers))
    gone = rejected(record.decisions)
    return tuple(sorted((c for c in found if c.id not in gone), key=lambda c: urgency(c, record.today)))


def overdue(commitment: Undertaken, today: str) -> bool:
    """Whether its day has passed and nothing is told of how it ended."""
    return commitment.due is not None and commitment.due < today and commitment.state not in ("kept", "broken", "compromise")


def commitment(record: Record, made: Made, evidence: Sequence[Bearing], numbers: Numbers) -> Commitment:
    """One commitment with the state that its evidence comes to, or that a person has decided."""
    undertaking = made.undertaking
    name = numbers.give("C", [made.key])
    dues = [m.due for m in undertaking.mentions if m.due]
    due = dues[-1] if dues else None
    if (said := record.said_due.get(name)) is not None:
        due = None if said == "none" else said
    state, decided = proposed(evidence, due, record.today), record.said_state.get(name)
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


def with_retellings(record: Record, made: Made, index: Index, absorbed: set[Place]) -> Made:
    """The commitment with the mentions of other events that tell it again within days; they go into `absorbed`."""
    if made.undertaking.bare:
        return made
    last = max(m.published for m in made.undertaking.mentions)
    again = [m for m in index.near(made.undertaking) if _of_kind(made, m) and 0 <= days_between(last, m.published) <= _RETOLD]
    others = [m for m in again if record.item(m.place) != made.undertaking.item]
    taken = [m for m in others if retold(record, made.undertaking, m, soon=days_between(last, m.published) <= _SOON)]
    absorbed.update(m.place for m in taken)
    return replace(made, undertaking=replace(made.undertaking, mentions=(*made.undertaking.mentions, *taken))) if taken else made


def _of_kind(made: Made, mention: EventMention) -> bool:
    """Whether a mention is of a demand, for a demand; else of what its doer is to do."""
    return is_demanded(mention) if made.undertaking.demand else mention.event.status in OWN


class Index:
    """Mentions of events by the words for their matter, their day and their kind: what may bear on an undertaking is found directly."""

    def __init__(self, record: Record) -> None:
        self._by_word: dict[str, list[EventMention]] = {}
        self._on_day: dict[tuple[str, str], list[EventMention]] = {}
        self._whole: dict[tuple[str, str], list[EventMention]] = {}
        for mention in record.events:
            event = mention.event
            undone = mention.words_of_act if event.status == "denied" else frozenset[str]()  # the very thing that a pledge forbears
            for word in record.matter(mention) | undone:
                self._by_word.setdefault(word, []).append(mention)
            if event.when and not event.when.inferred:
                self._on_day.setdefault((event.type, event.when.start), []).append(mention)
            for who in record.initiators(mention) if event.mode in WHOLE else ():
                self._whole.setdefault((event.mode or "", who.id), []).append(mention)

    def near(self, undertaking: Undertaking) -> list[EventMention]:
        """The mentions that share one of its rarest words, a day for which it is planned, or an act that can be done only once.

        Of each of these the first `_MOST` from the day on which it was made.
        """
        rarest = sorted(undertaking.words, key=lambda w: (len(self._by_word.get(w, ())), -rarity(w), w))[:_KEYS]
        told = [self._by_word.get(word, []) for word in rarest]
        told += [self._on_day.get((m.event.type, day), []) for m in undertaking.mentions for day in planned_days(m)]
        modes = {m.event.mode for m in undertaking.mentions} & WHOLE
        told += [self._whole.get((mode or "", doer), []) for mode in modes for doer in undertaking.doers]
        found: dict[Place, EventMention] = {}
        for mentions in told:
            first = bisect_left(mentions, undertaking.made, key=lambda m: m.published)
            found.update((m.place, m) for m in mentions[first : first + _MOST])
        return list(found.values())


def _came_of(record: Record) -> dict[str, list[Linked]]:
    """What links say came of each event; a link that a person judged negative says nothing."""
    found: dict[str, list[Linked]] = {}
    for link in record.links:
        if link.kind == "came_of" and link.judgement != "negative" and link.a in record.event_at:
            score = 1.0 if link.judgement == "positive" else link.score
            found.setdefault(record.item(link.b), []).append(Linked(record.event_at[link.a], score, link.why))
    return found


def urgency(commitment: Undertaken, today: str) -> tuple[bool, str, str, str]:
    """What commitments are ordered by: the overdue first, then by the day on which they are due, then by the day made."""
    return (not overdue(commitment, today), commitment.due or _DAYS_LATER, commitment.made or "", commitment.id.rjust(12))
