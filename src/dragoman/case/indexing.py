"""Keeps what filters go by (type, status, days and sides of events, who says something) at what people have corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.case.edits import Edits, place_of
from dragoman.case.judgements import Place
from dragoman.case.kept import event_mention, voices_of
from dragoman.case.store.base import EntryRow, Store


def reindex(store: Store, reports: Iterable[str] | None = None) -> None:
    """Writes, within a transaction, the rows of what was edited anew: in these reports, or wherever edits were made."""
    taken = [stored.decision for stored in store.decisions()]
    targets = {decision.target for decision in taken if decision.verb == "edit"}
    if not targets:
        return
    edits = Edits(taken)
    for report in sorted(_concerned(store, targets) if reports is None else set(reports)):
        rows = store.entries([Place(report)]).values()
        wanted = [(row, _indexed(edits, row)) for row in rows if row.kind != "actor"]
        if changed := [new for row, new in wanted if _same_order(new) != _same_order(row)]:
            store.put_entries(report, changed)


def _concerned(store: Store, targets: Iterable[str]) -> set[str]:
    """The reports with an entry that some edit, also one taken back, is about."""
    places = {place.report for target in targets if (place := place_of(target))}
    members = store.members(target for target in targets if target.startswith("E"))
    return (places & set(store.reports(places))) | {row.place.report for rows in members.values() for row in rows}


def _indexed(edits: Edits, row: EntryRow) -> EntryRow:
    voices = voices_of(row)
    speaker = edits.speaker(row.place.report, voices)
    return edits.indexed(row, event_mention(row) if row.kind == "event" else None, speaker)


def _same_order(row: EntryRow) -> EntryRow:
    return replace(row, roles=tuple(sorted(set(row.roles))))
