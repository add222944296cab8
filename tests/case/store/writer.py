"""A process that adds reports to a case until it has added all or is killed: `python3 -m tests.case.store.writer LOCATION NAME COUNT`.

It says "added" before each report that comes after the first, and prints how many were new.
"""

from __future__ import annotations

import sys

from dragoman.case.judgements import Link, Place
from dragoman.case.store.base import ItemRow, Store
from dragoman.case.store.opening import open_store
from tests.case.store.made_up_case import NOON, actor, add, event, identity


def add_whole(store: Store, text: str) -> bool:
    """Adds a report with all that belongs to it, in one transaction; False if it is there."""
    with store.transaction():
        if identity(text) in store.reports([identity(text)]):
            return False
        report = add(store, text)
        store.put_reading(report, "{}", by="writer", at=NOON)
        someone, act = store.next_id("actor"), store.next_id("event")
        store.put_item(ItemRow(someone, "actor", text[:20]))
        store.put_item(ItemRow(act, "event"))
        rows = [actor(Place(report, "a1"), someone, text[:20]), event(Place(report, "e1"), act, initiator="a1")]
        store.put_entries(report, rows)
        store.put_keys("event", act, ["common", text[:9]])
        store.put_link(Link("same_event", Place(report, "e1"), Place(report, "e1"), 1.0, "itself", at=NOON))
    return True


def is_whole(store: Store) -> bool:
    """Whether every report has its text, words, reading, entries, items, keys and link, and nothing is there without its report."""
    rows = store.report_rows()
    found = store.search("whole", limit=0).total
    items = (store.count_items("actor"), store.count_items("event"), len(store.links()), found)
    texts = all(identity(store.text(row.id) or "") == row.id and store.reading_json(row.id) == "{}" for row in rows)
    entries = all(len(store.entries([Place(row.id)])) == 2 for row in rows)
    return texts and entries and items == (len(rows),) * 4 and [row.number for row in rows] == list(range(1, len(rows) + 1))


def main() -> None:
    """Adds the reports."""
    location, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    store = open_store(location, create=True)
    new = 0
    for number in range(count):
        new += add_whole(store, f"{name} {number} is a whole report. " + "Words follow words. " * 50)
        if number == 0:
            print("added", flush=True)
    store.close()
    print(new, flush=True)


if __name__ == "__main__":
    main()
