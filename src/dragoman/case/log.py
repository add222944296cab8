"""The log of what people decided: each decision with what has become of it.

A decision stands, or was undone, or was overruled by a later one on the same thing, or waits: what it was about was not found when the
reports were read again. It takes effect once more when a later reading finds it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.case.deciding import answered
from dragoman.case.edits import letter_of, place_of
from dragoman.case.judgements import Decision
from dragoman.case.replaying import kept, overruled, standing_now
from dragoman.case.store.base import Store, StoredDecision

Fate = Literal["stands", "undone", "overruled", "waiting"]
FATES: tuple[Fate, ...] = ("stands", "undone", "overruled", "waiting")
_DERIVED = "FDCT"


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision with its state; `because` is the decision that undid or overruled it, "" else."""

    decision: Decision
    state: Fate
    because: str = ""

    def concerns(self, item: str) -> bool:
        """Whether it is about this item, link, decision or mention (the report told by the first letters of its id)."""
        named = (self.decision.target, *(self.decision.value or "").split(","))
        place = place_of(item)
        if place is None:
            return item in named
        places = [found for name in named if (found := place_of(name))]
        return any(found.report.startswith(place.report) and found.entry == place.entry for found in places)


def entries(taken: Sequence[StoredDecision], waiting: frozenset[str]) -> list[Entry]:
    """All decisions with their states, in the order in which they were taken."""
    decisions = [stored.decision for stored in taken]
    standing, past = standing_now(decisions), overruled(decisions) | answered(decisions)
    undone = {d.target: d.id for d in decisions if d.verb == "undo" and d.id in standing}
    return [_entry(decision, standing, undone, past, waiting) for decision in decisions]


def _entry(decision: Decision, standing: frozenset[str], undone: dict[str, str], past: dict[str, str], waiting: frozenset[str]) -> Entry:
    if decision.id not in standing:
        return Entry(decision, "undone", undone.get(decision.id, ""))
    if decision.id in past:
        return Entry(decision, "overruled", past[decision.id])
    return Entry(decision, "waiting" if decision.id in waiting else "stands")


def waiting(store: Store, follows: Collection[str]) -> frozenset[str]:
    """The decisions that stand but find nothing any more that they are about. `follows`: the ids of all that follows from the case."""
    taken = [stored.decision for stored in store.decisions()]
    standing, past = standing_now(taken), overruled(taken) | answered(taken)
    active = [d for d in taken if d.id in standing and d.id not in past and d.verb != "undo"]
    there = _there(store, active, follows)
    return frozenset(d.id for d in active if not _finds(store, d, there))


def _there(store: Store, decisions: Iterable[Decision], follows: Collection[str]) -> frozenset[str]:
    """Of all that these decisions name, the items that have mentions or follow from the record, and the entries that there are."""
    named = {name for d in decisions for name in (d.target, *((d.value or "").split(",") if d.verb in ("split", "merge", "pin") else ()))}
    places = {name: place for name in named if (place := place_of(name))}
    entries = store.entries(places.values())
    members = store.members(name for name in named if letter_of(name) in ("A", "E") and name not in places)
    return frozenset(
        (*(n for n, p in places.items() if p in entries), *(i for i, rows in members.items() if rows), *named.intersection(follows))
    )


def _finds(store: Store, decision: Decision, there: frozenset[str]) -> bool:
    if decision.verb in ("same", "different"):
        return _holds(store, decision.target)
    if decision.verb == "split" and letter_of(decision.target) != "T":
        new = kept(store, decision.id).new
        return any(name in there for name in (decision.value or "").split(",")) if new else False
    if decision.verb == "pin":
        return decision.target in there and decision.value in there
    if decision.verb == "reject" and letter_of(decision.target) in _DERIVED:
        return True  # what is rejected does not follow any more: nothing tells whether it would
    return decision.target in there


def _holds(store: Store, link: str) -> bool:
    stored = store.link(link)
    if stored is None:
        return False
    ends = [place for place in (stored.link.a, stored.link.b) if place.entry]
    return len(store.entries(ends)) == len(set(ends))
