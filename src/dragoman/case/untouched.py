"""Which threads new reports leave as they are, so that nothing has to be worked out of them again.

A thread's title and state follow from its mentions and from what is known of those who act and speak in them. Both are the same as they
were if the reports that were there before tell the same, no mention is new, and none of these actors is known otherwise now. What each
report told when the case was settled is kept as one short code for each.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from dragoman.case.following import THREADS
from dragoman.case.judgements import Place, Thread
from dragoman.case.record import EventMention, Mentions, Record, Who, who_of
from dragoman.case.store.base import FollowRow
from dragoman.reading.entries import Actor
from dragoman.reading.wording import spoken_date


def codes(record: Record) -> dict[str, str]:
    """One code for each report: another one whenever its entries belong to other items, or something else is known of the report."""
    return {m.report.id: _code(record, m) for m in record.mentions}


def _code(record: Record, told: Mentions) -> str:
    report = told.report.id
    items = [record.item(Place(report, entry.id)) for entry in told.actors] + [record.item(m.place) for m in told.events]
    return hashlib.blake2b(repr((told.report, items)).encode("utf-8", "replace"), digest_size=8).hexdigest()


def untouched(record: Record, before: Mapping[str, str], now: Mapping[str, str], rows: Mapping[str, FollowRow]) -> dict[str, Thread]:
    """The threads of `rows` that are as they were, by id, with the titles that they have apart from others of the same title.

    `before` are the codes of the reports when the rows were kept, `now` those that they have. None where people have decided something,
    or one of the reports of before tells another thing now.
    """
    if not before or record.decisions or any(now.get(report) != code for report, code in before.items()):
        return {}
    changed = _known_otherwise(record, frozenset(before))
    if changed is None:
        return {}
    found = {}
    for row in (row for row in rows.values() if row.kind == "thread"):
        kept = THREADS.decode(row.json)
        thread = kept.thread
        mentions = [m for item in thread.events for m in record.clusters.get(item, ())]
        counts = Counter(m.published for m in mentions)
        if counts == kept.mentions and not any(_takes_part(record, m, changed) for m in mentions):
            found[row.item] = _plain(thread)
    return found


def is_same(thread: Thread, same: Mapping[str, Thread], rows: Mapping[str, FollowRow]) -> bool:
    """Whether a thread is what is kept of it, its title included."""
    return thread.id in same and thread.events == same[thread.id].events and THREADS.decode(rows[thread.id].json).thread == thread


def _plain(thread: Thread) -> Thread:
    """A thread without what its title adds to tell it from another."""
    since = f", from {spoken_date(thread.since)}" if thread.since else ""
    return replace(thread, title=thread.title.removesuffix(since))


def _known_otherwise(record: Record, before: frozenset[str]) -> frozenset[str] | None:
    """The actors of the case of whom something else is known than before; None if the states that have a name are others."""
    new = {record.item(Place(m.report.id, a.id)) for m in record.mentions if m.report.id not in before for a in m.actors}
    entries: dict[str, list[Actor]] = {}
    for m in record.mentions:
        if m.report.id in before:
            for actor in m.actors:
                if (item := record.item(Place(m.report.id, actor.id))) in new:
                    entries.setdefault(item, []).append(actor)
    was = {item: who_of(item, actors) for item, actors in entries.items()}
    changed = {item for item in new if was.get(item) != record.people[item]}
    states = _state_names(record.people[item] for item in changed) | _state_names(was[item] for item in changed & was.keys())
    return None if states else frozenset(changed)


def _state_names(whos: Iterable[Who]) -> frozenset[str]:
    return frozenset(who.name for who in whos if who.kind == "country")


def _takes_part(record: Record, mention: EventMention, changed: frozenset[str]) -> bool:
    """Whether one of these acts, is acted on, or speaks in a mention."""
    report, event = mention.place.report, mention.event
    speakers = (v.speaker for v in (*mention.voices, mention.by_word) if v and v.speaker)
    return any(record.item(Place(report, actor)) in changed for actor in (*event.initiators, *event.recipients, *speakers))
