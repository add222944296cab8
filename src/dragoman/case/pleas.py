"""Charges that those who are charged answer without denying a fact: "I am innocent", "pleaded not guilty", "had nothing to do with it".

The charge is the nearest one against them in the report in which they say so. What one party answers in several reports is one matter if
the charges are one event, or alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.case.charges import is_against
from dragoman.case.denials import accuses, claimant
from dragoman.case.judgements import Place
from dragoman.case.likeness import closeness
from dragoman.case.mentions import phrase_in
from dragoman.case.record import EventMention, Record, StatementMention, Who, days_between

_BESIDE = 1500  # characters between a charge and its answer
_DAYS = 45  # between two answers to one charge
_ALIKE = 0.34
_MOST = 20


@dataclass
class Plea:
    """A charge and its answer: the mentions that bring it, and what the one who is charged says, in the order of the record."""

    who: Who
    charges: dict[Place, EventMention] = field(default_factory=dict)
    answers: dict[Place, StatementMention] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


def pleas(record: Record) -> list[Plea]:
    """Every charge that is answered so, in the order of the answers."""
    found: list[Plea] = []
    by_party: dict[str, list[Plea]] = {}
    for mentions in record.mentions:
        charges = [m for m in mentions.events if accuses(m)]
        for told in mentions.statements if charges else ():
            who = record.who(told.place.report, told.statement.speaker)
            charge = _answered(record, charges, told, who) if who and _is_plea(told) else None
            if who is None or charge is None:
                continue
            rows = by_party.setdefault(who.party, [])
            row = next((r for r in rows[-_MOST:] if _is_one(record, r, charge)), None)
            if row is None:
                rows.append(row := Plea(who))
                found.append(row)
            row.charges[charge.place] = charge
            row.answers[told.place] = told
            row.words |= record.matter(charge)
    return found


def _is_plea(told: StatementMention) -> bool:
    """Whether somebody says that they are innocent: in what they say, or in the words that report it ("protested his innocence")."""
    return phrase_in(told.content, "denials", "pleading") or (
        phrase_in(told.cue, "denials", "pleading") and not phrase_in(told.content, "denials", "blaming")
    )


def _answered(record: Record, charges: Sequence[EventMention], told: StatementMention, who: Who) -> EventMention | None:
    """The nearest charge of others against the one who speaks; one in front goes before one behind."""
    start = told.statement.content[0].start
    near = []
    for charge in charges:
        gap = start - charge.event.trigger.start
        by = {w.party for w in record.initiators(charge)} or {claimant(record, charge).source}
        if abs(gap) > _BESIDE or who.party in by or not is_against(record, charge, {who.party}):
            continue
        aimed = who.party in {w.party for w in record.recipients(charge)}
        near.append(((not aimed, gap < 0, abs(gap)), charge))
    return min(near, key=lambda n: n[0])[1] if near else None


def _is_one(record: Record, row: Plea, charge: EventMention) -> bool:
    """Whether a charge is the one that is answered already."""
    last = next(reversed(row.charges.values()))
    if abs(days_between(last.published, charge.published)) > _DAYS:
        return False
    same = any(record.item(m.place) == record.item(charge.place) or m.place.report == charge.place.report for m in row.charges.values())
    return same or closeness(row.words, record.matter(charge)).score >= _ALIKE
