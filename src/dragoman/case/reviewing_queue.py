"""Makes the queue of what is uncertain, at a cost that hardly grows with the case.

Each reason has a list of its own in the order of openness: links by an index of the store, uncertain events as they were noted,
commitments and disputes as they are kept. Only the head of each list is read, as many as the page asked for can hold. Of a block of
these, those of which most is told go first: only for them is looked up how much that is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import log10

from dragoman.case.deciding import standing
from dragoman.case.deriving import Records
from dragoman.case.edits import place_of
from dragoman.case.judgements import Commitment, Dispute, Link, LinkKind, Place
from dragoman.case.query import Filters
from dragoman.case.reviewing import ANY, EVEN, LINKS, Doubt, Queue, Reason, Wanted, rank
from dragoman.case.reviewing_events import UncertainEvents, mentions_of
from dragoman.case.reviewing_words import undecided_by, units
from dragoman.case.store.base import Store
from dragoman.case.store.unjudged_terms import Narrow

BLOCK = 200
"""Questions of which those that most is told of go first. Pages are cut from whole blocks."""
_MOST_PLACES = 12
_MENTIONS, _MADE = 4, 2
_ROLES: Mapping[LinkKind, tuple[str, str]] = {
    "same_actor": ("one mention", "the other"), "same_event": ("one mention", "the other"), "same_text": ("earlier", "later"),
    "came_of": ("the plan", "what happened"), "reverses": ("the act", "what may undo it"),
}  # fmt: skip
"""What the earlier and the later end of a link are."""


class Reviewer:
    """The queue of one case."""

    def __init__(self, store: Store, records: Records) -> None:
        self._store = store
        self._records = records
        self._events = UncertainEvents(store)
        self._made: dict[Reason, tuple[object, list[Doubt]]] = {}
        self._passing: tuple[object, frozenset[str]] | None = None

    def note(self) -> None:
        """Notes what has come in, so that the queue is made at once when it is asked for."""
        self._events.note()

    def queue(self, wanted: Wanted = ANY, *, limit: int | None = 20, offset: int = 0, skip: Collection[str] = ()) -> Queue:
        """A part of the queue, without the questions of `skip`; the counts tell of all that pass, with those of `skip`."""
        if wanted.second:
            found = self._passing_of(self._second(wanted), wanted)
            return self._cut(found, {r: sum(d.reason == r for d in found) for r in wanted.of}, limit, offset, skip)
        end = None if limit is None else (offset + limit + len(skip) + BLOCK - 1) // BLOCK * BLOCK
        narrow = Narrow(wanted.low, wanted.high, wanted.publisher, wanted.actor, wanted.thread)
        counts: dict[Reason, int] = {}
        linked = self._store.unjudged().counts(narrow)
        found = []
        for reason in wanted.of:
            if reason in LINKS:
                counts[reason] = linked.get(reason, 0)
                found += map(_of_link, self._store.unjudged().links(reason, narrow, limit=end)) if counts[reason] else ()
            else:
                passing = self._passing_of(self._of(reason), wanted)
                counts[reason] = len(passing)
                found += passing
        return self._cut(found, counts, limit, offset, skip)

    def doubt(self, item: str) -> Doubt | None:
        """The question about one link, event, commitment or dispute, also where it is decided; None where there is none."""
        found = self._one(item)
        return self._published(self._weighed([found]))[0] if found else None

    def _cut(self, found: list[Doubt], counts: dict[Reason, int], limit: int | None, offset: int, skip: Collection[str]) -> Queue:
        found = sorted((doubt for doubt in found if doubt.id not in skip), key=_base)
        end = len(found) if limit is None else offset + limit
        first = offset // BLOCK * BLOCK
        blocks = [self._weighed(found[at : at + BLOCK]) for at in range(first, min(end, len(found)), BLOCK)]
        ordered = [doubt for block in blocks for doubt in sorted(block, key=_weight)]
        return Queue(self._published(ordered[offset - first : end - first]), {reason: count for reason, count in counts.items() if count})

    # --- what is asked, reason by reason

    def _of(self, reason: Reason) -> list[Doubt]:
        """The questions of a reason that nobody has answered; the log tells at once what is, and what was taken back."""
        ways = {"event": self._uncertain, "state": self._states, "dispute": self._disputes}
        answered = self._answered(reason)
        return [doubt for doubt in self._once(reason, ways[reason]) if doubt.id not in answered]

    def _once(self, reason: Reason, make: Callable[[], list[Doubt]]) -> list[Doubt]:
        """All questions of a reason, answered or not; remembered as long as what is kept of the case is the same."""
        stamp = self._records.stamp()
        key = (stamp[1] if self._records.keeps(None) else stamp, self._store.last_number())
        if reason not in self._made or self._made[reason][0] != key:
            self._made[reason] = (key, make())
        return self._made[reason][1]

    def _answered(self, reason: Reason) -> frozenset[str]:
        """What somebody has said a word about; of an event also what is about a mention of it, of a commitment only what is its state."""
        taken = [d for d in standing(s.decision for s in self._store.decisions()) if d.verb in ("confirm", "reject", "edit")]
        if reason != "event":
            return frozenset(d.target for d in taken if d.verb != "edit" or (d.value or "").startswith("state="))
        places = [place for d in taken if (place := place_of(d.target))]
        items = self._store.unjudged().told(places).values() if places else ()
        return frozenset((*(d.target for d in taken), *(item for item, _ in items)))

    def _uncertain(self) -> list[Doubt]:
        return [_of_event(item, some) for item, some in self._events.found().items()]

    def _disputes(self) -> list[Doubt]:
        about = dict(self._records.heads("dispute", None))
        return [_of_dispute(d, about.get(d.id)) for d in self._records.disputes(None)]

    def _states(self) -> list[Doubt]:
        """The commitments with evidence."""
        kept = [item for item, _ in self._store.follows().heads("commitment", least=1)] if self._records.keeps(None) else None
        found = [c for c in self._records.commitments(None, kept) if c.evidence]
        made = self._store.places_of(c.act for c in found)
        return [_of_commitment(c, made[c.act]) for c in found]

    def _second(self, wanted: Wanted) -> list[Doubt]:
        """What others have decided and this person has not."""
        found = [self._one(unit.id) for unit in undecided_by(units(self._store), wanted.by)]
        return [doubt for doubt in found if doubt and doubt.reason in wanted.of]

    def _one(self, item: str) -> Doubt | None:
        number = item[1:]
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        if item[:1] == "L":
            stored = self._store.link(item)
            return _of_link(stored.link) if stored and stored.superseded is None else None
        if item[:1] == "E":
            rows = {row.place: row for row in self._store.members([item], newest=_MENTIONS)[item]}
            return _of_event(item, list(mentions_of(rows).items())) if rows else None
        if item[:1] == "C":
            return next((self._of_kept(c) for c in self._records.commitments(None, [item])), None)
        about = dict(self._records.heads("dispute", None)) if item[:1] == "D" else {}
        return next((_of_dispute(d, about[item]) for d in self._records.disputes(None, [item])), None) if item in about else None

    def _of_kept(self, found: Commitment) -> Doubt:
        return _of_commitment(found, self._store.places_of([found.act])[found.act])

    # --- what passes

    def _passing_of(self, doubts: Sequence[Doubt], wanted: Wanted) -> list[Doubt]:
        """The questions that pass the filters that the store does not see to."""
        found = [doubt for doubt in doubts if wanted.second or wanted.low <= doubt.score < wanted.high]
        if wanted.publisher is not None:
            rows = self._store.reports({place.report for doubt in found for place in doubt.places})
            theirs = {report for report, row in rows.items() if row.publisher == wanted.publisher}
            found = [doubt for doubt in found if any(place.report in theirs for place in doubt.places)]
        if wanted.actor is None and wanted.thread is None:
            return found
        inside = self._inside(wanted)
        found = self._weighed(found) if wanted.second else found
        return [doubt for doubt in found if wanted.actor in doubt.items or not inside.isdisjoint(doubt.items)]

    def _inside(self, wanted: Wanted) -> frozenset[str]:
        """The events in which the actor asked for takes part, and that belong to the thread."""
        key = (wanted.actor, wanted.thread, self._records.stamp())
        if self._passing is None or self._passing[0] != key:
            self._passing = (key, self._store.passing("event", Filters(actor=wanted.actor, thread=wanted.thread)))
        return self._passing[1]

    # --- how much hangs on it

    def _weighed(self, doubts: Sequence[Doubt]) -> list[Doubt]:
        """The questions with their items, and how much is told of these."""
        places = (place for doubt in doubts for place in (doubt.places if doubt.reason in LINKS else doubt.places[:1]))
        told = self._store.unjudged().told(places)
        return [_with(doubt, [told[place] for place in doubt.places if place in told]) for doubt in doubts]

    def _published(self, doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
        """The questions with those who publish what they are about."""
        rows = self._store.reports({place.report for doubt in doubts for place in doubt.places})
        who = {report: row.publisher for report, row in rows.items() if row.publisher}
        return tuple(
            replace(doubt, publishers=tuple(dict.fromkeys(who[p.report] for p in doubt.places if p.report in who))) for doubt in doubts
        )


def _with(doubt: Doubt, told: Sequence[tuple[str, int]]) -> Doubt:
    items = doubt.items or tuple(dict.fromkeys(item for item, _ in told))
    return replace(doubt, items=items, told=max((count for _, count in told), default=1))


def _base(doubt: Doubt) -> tuple[float, int, str, int]:
    return -rank(doubt.reason, doubt.score), -len(doubt.reason), doubt.id[0], int(doubt.id[1:])


def _weight(doubt: Doubt) -> tuple[float, int, str, int]:
    """Ten times as many mentions count as much as twice the openness."""
    return -rank(doubt.reason, doubt.score) * (1 + log10(max(doubt.told, 1))), *_base(doubt)[1:]


def _of_link(link: Link) -> Doubt:
    return Doubt(link.id, link.kind, link.score, link.why, (link.b, link.a), _ROLES[link.kind])


def _of_event(item: str, mentions: Iterable[tuple[Place, float]]) -> Doubt:
    ordered = sorted(mentions, key=lambda mention: (-mention[1], mention[0]))[:_MENTIONS]
    score = ordered[0][1]
    why = f"the reader is not sure of it: its confidence is {score:.2f}"
    return Doubt(item, "event", score, why, tuple(place for place, _ in ordered), ("the act",) * len(ordered), (item,))


def _of_commitment(found: Commitment, made: Sequence[Place]) -> Doubt:
    """The surest evidence for the state that is proposed tells how sure it is. What a person has decided is not told."""
    proposed = found.state if found.decided_by == "rule" else ""
    bearing = [proof for proof in found.evidence if proof.bears == proposed] or list(found.evidence)
    best = max(bearing, key=lambda proof: proof.score, default=None)
    why = f"evidence that it is {best.bears}: {best.why}" if best else "no evidence"
    evidence = [(Place(proof.report, proof.event), f"evidence that it is {proof.bears}") for proof in found.evidence]
    told = [*((place, f"the {found.kind}") for place in made[:_MADE]), *evidence][:_MOST_PLACES]
    places, roles = tuple(place for place, _ in told), tuple(role for _, role in told)
    return Doubt(found.id, "state", best.score if best else 0.0, why, places, roles, (found.act,), proposed=proposed)


def _of_dispute(found: Dispute, about: str | None) -> Doubt:
    told = {place: side.position for side in found.sides for place in side.claims[:_MENTIONS]}
    return Doubt(found.id, "dispute", EVEN, found.summary, tuple(told), tuple(told.values()), (about,) if about else ())
