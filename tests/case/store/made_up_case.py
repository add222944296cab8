"""Made-up reports and a small case of them, for the tests of the store."""

from __future__ import annotations

import hashlib

from dragoman.case.judgements import Place
from dragoman.case.store.base import EntryRow, ItemRow, ReportRow, Store

NOON = "2026-03-01T12:00:00Z"


def identity(text: str) -> str:
    """The id of a report with this text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def add(store: Store, text: str, published: str = "2026-03-01", title: str | None = None, publisher: str | None = None) -> str:
    """Adds a report within the transaction that is open; returns its id."""
    store.put_report(ReportRow(identity(text), published, title=title, publisher=publisher, added=NOON), text)
    return identity(text)


def event(
    place: Place, item: str | None, type: str = "ASSAULT", status: str = "occurred", day: str | None = None, **roles: str
) -> EntryRow:
    """An entry of an event; `initiator="a1"` names who takes part."""
    return EntryRow(place, "event", item, type, status, day, day, json="{}", roles=tuple(roles.items()))


def actor(place: Place, item: str | None, name: str) -> EntryRow:
    """An entry of an actor."""
    return EntryRow(place, "actor", item, name=name, json="{}")


def small_case(store: Store) -> list[str]:
    """Three reports, two actors, three events in one thread and outside it, a series of figures, a dispute, a commitment.

    Returns the ids of the reports: of 1, 3 and 5 March; a fourth one has no day.
    """
    with store.transaction():
        first = add(store, "Rebels shelled the port of Varn.", "2026-03-01", "Port shelled")
        second = add(store, "The rebels promised to leave Varn. The ministry counted nine dead.", "2026-03-03")
        third = add(store, "Rebels left Varn, the ministry said.", "2026-03-05")
        undated = add(store, "Somebody shelled something.", "")
        for row in _items():
            store.put_item(row)
        store.put_entries(
            first,
            [actor(Place(first, "a1"), "A1", "the Rebels of Varn"), event(Place(first, "e1"), "E1", day="2026-03-01", initiator="a1")],
        )
        store.put_entries(second, _second(second))
        store.put_entries(
            third,
            [
                actor(Place(third, "a1"), "A1", "Rebels"),
                actor(Place(third, "a2"), "A2", "the Ministry"),
                event(Place(third, "e1"), "E2", "RETREAT", "occurred", "2026-03-04", initiator="a1"),
                event(Place(third, "e2"), "E3", "CONSULT", "occurred", "2026-03", initiator="a2", recipient="a1"),
            ],
        )
        store.put_entries(undated, [event(Place(undated, "e1"), "E1")])
    return [first, second, third, undated]


def _second(report: str) -> list[EntryRow]:
    return [
        actor(Place(report, "a1"), "A1", "rebels"),
        actor(Place(report, "a2"), "A2", "Ministère"),
        event(Place(report, "e1"), "E2", "RETREAT", "promised", initiator="a1"),
        EntryRow(Place(report, "f1"), "figure", "F1", roles=(("speaker", "a2"),)),
    ]


def _items() -> list[ItemRow]:
    day = "2026-03-03"
    return [
        ItemRow("A1", "actor", "Rebels"),
        ItemRow("A2", "actor", "Ministry"),
        ItemRow("T1", "thread", "The port", day="2026-03-01"),
        ItemRow("E1", "event", parent="T1"),
        ItemRow("E2", "event", parent="T1"),
        ItemRow("E3", "event"),
        ItemRow("F1", "figure", "dead", parent="E1"),
        ItemRow("D1", "dispute", type="figure", parent="F1", day=day),
        ItemRow("C1", "commitment", type="promise", status="kept", parent="E2", day=day),
    ]
