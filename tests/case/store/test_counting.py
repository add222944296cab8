"""Counts on both databases: they agree with what the listings give one by one."""

from __future__ import annotations

from collections import Counter

import pytest

from dragoman.case.query import Filters
from dragoman.case.store.base import Store
from tests.case.store.made_up_case import add, small_case


def test_the_days_of_the_reports(store: Store) -> None:
    assert store.counts().days() == []
    small_case(store)
    assert store.counts().days() == ["2026-03-01", "2026-03-03", "2026-03-05"]  # the fourth report has none


def test_who_published(store: Store) -> None:
    with store.transaction():
        first = add(store, "One text.", "2026-03-01", publisher="Courier")
        copy = add(store, "One  text.", "2026-03-04", publisher="Islander")
        add(store, "Another text.", "2026-03-02", publisher="Courier")
        add(store, "A third text.", "")
        add(store, "A fourth one.", "", publisher="Courier")
        store.set_same_text(copy, first)
    found = {one.publisher: (one.reports, one.copies, one.first, one.last) for one in store.counts().publishers(Filters())}
    assert found == {
        "Courier": (3, 0, "2026-03-01", "2026-03-02"), "Islander": (1, 1, "2026-03-04", "2026-03-04"), None: (1, 0, "", ""),
    }  # fmt: skip
    until = {one.publisher: one.reports for one in store.counts().publishers(Filters(as_of="2026-03-01"))}
    assert until == {"Courier": 1}


def test_events_by_day_thread_and_status(store: Store) -> None:
    small_case(store)
    assert sorted(store.counts().events(Filters()), key=str) == [
        ("2026-03", None, None, 1), ("2026-03-01", "T1", None, 1), ("2026-03-04", "T1", None, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "filters",
    [
        Filters(), Filters(as_of="2026-03-03"), Filters(since="2026-03-03"), Filters(actor="A1"), Filters(actor="A2", as_of="2026-03-05"),
        Filters(thread="T1"), Filters(type="RETREAT"), Filters(status="promised"), Filters(thread="T1", actor="A1", type="ASSAULT"),
        Filters(thread="T9"),
    ],
)  # fmt: skip
def test_the_same_as_the_listing(store: Store, filters: Filters) -> None:
    small_case(store)
    listed = Counter((one.start or one.first, one.item.parent, one.item.status) for one in store.items("event", filters))
    assert Counter({(row.day, row.thread, row.status): row.events for row in store.counts().events(filters)}) == listed
    last = {one.item.id: one.last for one in store.items("event", filters)}
    assert list(store.counts().last_told(filters).items()) == list(last.items())
