"""How fast a store answers at 10,000 reports with 100,000 events: `PYTHONPATH=src:. python3 -m bench.speed.case_store [LOCATION]`.

The case is made up by chance from a fixed seed: texts of Zipf's words, a few actors that are everywhere and many that are rare.
LOCATION is a file name or the `postgresql://` URL of an empty database; without one it is a file in a temporary folder. A case
that is there already is asked again. Every question is asked five times; the quickest counts, since others use the machine too.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from dragoman.case.judgements import Link, Place
from dragoman.case.query import Filters
from dragoman.case.store.base import EntryKind, EntryRow, ItemKind, ItemRow, ReportRow, Store
from dragoman.case.store.opening import open_store
from dragoman.reading.plover import STATUSES, TYPES

REPORTS, ACTORS, EVENTS, FIGURES, WORDS = 10_000, 15, 10, 4, 400
ASKED = 4  # entries of a report for which candidates are looked for: enough to time it
FIRST_DAY = date(2025, 1, 1)
MOMENT = "2026-01-01T00:00:00Z"
LISTING_MS, SEARCH_MS = 300, 100


class Chance:
    """All that is drawn by chance."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        letters = "etaoinsrhldcu"
        self.words = ["".join(self.random.choices(letters, k=3 + rank % 7)) + str(rank % 10) * (rank > 5000) for rank in range(40_000)]
        self._weights = list(accumulate(1 / rank for rank in range(1, 40_001)))

    def text(self) -> str:
        """A text of WORDS words in sentences of twenty."""
        words = self.random.choices(self.words, cum_weights=self._weights, k=WORDS)
        sentences = [" ".join(words[start : start + 20]).capitalize() for start in range(0, WORDS, 20)]
        return ". ".join(sentences) + "."

    def rank(self, most: int) -> int:
        """A number from 1 to `most`, small ones far more often."""
        return min(most, int(most ** self.random.random()))


def fill(store: Store) -> list[float]:
    """Adds all reports, each in its own transaction; the seconds of CPU that each took in this process."""
    chance, took = Chance(), []
    for number in range(REPORTS):
        report, rows = chance.text(), list[EntryRow]()
        started = time.process_time()
        with store.transaction():
            _add(store, chance, report, number, rows)
        took.append(time.process_time() - started)
    return took


def _add(store: Store, chance: Chance, text: str, number: int, rows: list[EntryRow]) -> None:
    report = sha256(text.encode()).hexdigest()
    day = (FIRST_DAY + timedelta(days=number // 20)).isoformat()
    store.put_report(ReportRow(report, day, title=f"Report {number}", publisher=f"Paper {number % 40}", added=MOMENT), text)
    store.put_reading(report, '{"schema": "dragoman.reading/1"}' + " " * 20_000, by="bench", at=MOMENT)
    _items(store, number, day)
    rows += _entries(chance, report, number)
    store.put_entries(report, rows)
    for at, row in enumerate(rows):
        if row.item and row.kind in ("actor", "event"):
            keys = [f"{row.type}|{row.item}", f"word {chance.rank(5000)}", f"day {day}"]
            if at % (len(rows) // ASKED) == 0:
                store.candidates(_kind(row.kind), keys, per_key=30, limit=30)
            store.put_keys(_kind(row.kind), row.item, keys)
    store.put_link(Link("same_event", Place(report, "e0"), Place(report, "e1"), 0.8, "made up", at=MOMENT))


def _kind(kind: EntryKind) -> ItemKind:
    return "event" if kind == "event" else "actor"


def _items(store: Store, number: int, day: str) -> None:
    """New items as the case grows: six events, one actor, two series of figures a report; a thread every fifty."""
    if number % 50 == 0:
        store.put_item(ItemRow(f"T{number // 50 + 1}", "thread", f"Thread {number // 50 + 1}", day=day))
    store.put_item(ItemRow(f"A{number + 1}", "actor", f"Actor {number + 1}"))
    for event in range(number * 6 + 1, number * 6 + 7):
        store.put_item(ItemRow(f"E{event}", "event", parent=f"T{1 + event % (number // 50 + 1)}"))
    for figure in range(number * 2 + 1, number * 2 + 3):
        store.put_item(ItemRow(f"F{figure}", "figure", "killed", parent=f"E{figure * 3}"))
    store.put_item(ItemRow(f"C{number + 1}", "commitment", type="promise", parent=f"E{number * 6 + 1}", day=day))


def _entries(chance: Chance, report: str, number: int) -> Iterator[EntryRow]:
    day = FIRST_DAY + timedelta(days=number // 20)
    for at in range(ACTORS):
        actor = chance.rank(number + 1)
        yield EntryRow(Place(report, f"a{at}"), "actor", f"A{actor}", name=f"Actor {chance.words[actor]}", json="{}" * 50)
    for at in range(EVENTS):
        event = number * 6 + 1 + at if at < 6 else number * 6 + 7 - chance.rank(number * 6 + 6)
        start = (day - timedelta(days=chance.rank(30))).isoformat()
        roles = (("initiator", f"a{chance.random.randrange(ACTORS)}"), ("recipient", f"a{chance.random.randrange(ACTORS)}"))
        kinds = (chance.random.choice(TYPES), chance.random.choice(STATUSES))
        yield EntryRow(Place(report, f"e{at}"), "event", f"E{event}", *kinds, start, start, json="{}" * 100, roles=roles)
    for at in range(FIGURES):
        series = number * 2 + 3 - chance.rank(number * 2 + 2)
        yield EntryRow(Place(report, f"f{at}"), "figure", f"F{series}", roles=(("speaker", "a0"),), json="{}" * 50)


def questions(store: Store) -> dict[str, Callable[[], object]]:
    """All questions with every filter, by what to print of them."""
    chance = Chance()
    filters = {
        "all": Filters(),
        "as of": Filters(as_of="2025-12-01"),
        "since": Filters(since="2025-12-01"),
        "actor that is everywhere": Filters(actor="A1"),
        "rare actor": Filters(actor="A5000"),
        "thread": Filters(thread="T7"),
        "type": Filters(type="ASSAULT"),
        "status": Filters(status="denied"),
        "all filters": Filters("2026-03-01", "2025-03-01", "A1", "T1", "ASSAULT", "occurred"),
    }
    asked: dict[str, Callable[[], object]] = {}
    for name, chosen in filters.items():
        for kind in ("actor", "event", "figure", "thread", "commitment"):
            asked[f"{kind}s, {name}"] = lambda kind=kind, chosen=chosen: _page(store, kind, chosen)  # type: ignore[misc]
        asked[f"reports, {name}"] = lambda chosen=chosen: store.report_rows(chosen, limit=100)  # type: ignore[misc]
    asked["newest reports' items"] = lambda: store.items("event", after=REPORTS - 50)
    asked["name"] = lambda: store.named("actor", f"actor {chance.words[3]}")
    common, rare = chance.words[0], chance.words[9_000]
    for query in (common, rare, f'"{common} {chance.words[1]}"', f"{common} -{chance.words[1]}", "e*", f"NOT {common}", "khruschev~",
                  " OR ".join(chance.words[:60])):  # fmt: skip
        asked[f"search: {query[:30]}"] = lambda query=query: store.search(query)  # type: ignore[misc]
    asked["search with filters"] = lambda: store.search(common, filters["all filters"])
    return asked


def _page(store: Store, kind: ItemKind, filters: Filters) -> object:
    page = store.items(kind, filters, order="start", limit=100)
    return page, store.members([line.item.id for line in page], filters, newest=20)


def main() -> int:
    """Fills a case where there is none, asks, prints; 1 if an answer comes too late."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(sys.argv[1] if len(sys.argv) > 1 else Path(folder) / "bench.db", create=True)
        if not store.count_reports():
            took = fill(store)
            print(f"adding: report 200 to 300 {_mean(took[200:300]):.1f} ms, the last hundred {_mean(took[-100:]):.1f} ms each")
        late = [name for name, ask in questions(store).items() if _slow(name, ask)]
        store.close()
    print(f"too late: {', '.join(late)}" if late else "all in time")
    return bool(late)


def _mean(seconds: list[float]) -> float:
    return 1000 * sum(seconds) / len(seconds)


def _slow(name: str, ask: Callable[[], object]) -> bool:
    wall, cpu = [], []
    for _ in range(5):
        started, worked = time.perf_counter(), time.process_time()
        ask()
        wall.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.process_time() - worked))
    print(f"{name:<45} {min(wall):7.1f} … {max(wall):7.1f} ms, of it in this process {min(cpu):7.1f}")
    return min(wall) > (SEARCH_MS if name.startswith("search") else LISTING_MS)


if __name__ == "__main__":
    sys.exit(main())
