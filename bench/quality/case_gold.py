"""How much of what a person found in a crisis the case holds: `python -m bench.quality.case_gold [--verbose] [NAME]`.

gold/NAME.json lists by offsets what a reader of some 20 reports wrote down before any case was built: `zaire_case`, on whose reports
rules were mended, and `palestine_case` and `mideast_case`, which are held out: nothing is mended on what they show, and they are told only
where they are named.
Their reports lie in ../shared/data; where they lack, nothing is measured. It counts as held:

a fact if an event of the case has one of its pairs of type and status, as a whole and in a mention whose trigger stands in one of the
    fact's places; somebody of `who` does it (two of them, of an act that is done together), and somebody of `whom` is on the other side,
    or nobody is. `facts_whole` asks for somebody of `whom`.
a dispute if one of its kind has two sides with claims in the places of two different sides of the gold. Revisions are looked for among
    the revisions of the series, too. A charge and the word of the accused against it may be told as `status` or as `agent`.
a commitment if kind (one of `or`, too) and maker are the gold's and a mention that makes it stands in one of its places.
    `commitments_state` are those of them whose state is what became of it.
a process if at least half of a thread's events stand in its places, and two of them at least; `processes_state` are those of them whose
    thread rests its state on a sentence that the gold has for it.

Of the disputes and commitments the gold lists more than the issue asks for: the 8 and the 10 with the most places are the most
important ones (equal ones: those told in more reports), chosen by that rule alone.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from bench.quality import measures
from dragoman.case.asking import case_event
from dragoman.case.case import Case
from dragoman.case.deriving import Derived, Records, derive
from dragoman.case.judgements import Place
from dragoman.case.record import EventMention, Record, Who
from dragoman.reading.read import Reader
from dragoman.text.loaded import Loaded
from dragoman.text.report import Report, Span

GOLD = Path(__file__).parent / "gold"
GOLDS = {"zaire_case": "case", "palestine_case": "case.held_out", "mideast_case": "case.held_out2"}
"""The gold files with the names that their numbers begin with."""
TOGETHER = frozenset({"CONSULT"})
"""Acts that need two."""
KINDS = {"agent": ("agent", "status")}
"""The kinds of disputes that may stand for one of the gold, where it is not its own alone."""
STATES = {
    "open": ("not yet rated", "in the works", "stalled"),
    "kept": ("kept",),
    "broken": ("broken",),
    "partly kept": ("compromise",),
}
MOST_DISPUTES, MOST_COMMITMENTS = 8, 10
Entry = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """One line of the gold: the item that holds it; `more`: wholly, or in the right state; `near`: what was found at its places."""

    entry: Entry
    held: str | None
    more: bool = False
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A case as it is compared with the gold."""

    record: Record
    derived: Derived
    gold: Entry

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """All that the reports call each actor of the case."""
        found: dict[str, set[str]] = {}
        for m in self.record.mentions:
            for actor in m.actors:
                found.setdefault(self.record.item(Place(m.report.id, actor.id)), set()).add(actor.name)
        return found

    @cached_property
    def spans(self) -> dict[Place, Span]:
        """Where events are triggered, figures stand and statements begin."""
        record = self.record
        told = {s.place: s.statement.content[0] for s in record.statements}
        figures = {f.place: Span(f.figure.start, f.figure.end) for f in record.figures}
        return told | figures | {e.place: e.event.trigger for e in record.events}

    def inside(self, place: Place, wanted: Iterable[Entry]) -> bool:
        """Whether an entry stands in one of some places of the gold."""
        span, report = self.spans[place], self.record.reports[place.report].source_id
        return any(p["report"] == report and span.start < p["end"] and p["start"] < span.end for p in wanted)

    def is_one(self, who: str, wanted: Sequence[str]) -> set[str]:
        """Which of the gold's actors an actor of the case is: by name, by what reports call them, or as one who speaks for them."""
        called = {name: self._called(name) for name in wanted}
        speakers = {name: [s for s, side in self.gold["speaks_for"].items() if side == name] for name in wanted}
        own = self.names.get(who, set())
        return {
            name
            for name in wanted
            if any(_is_called(n, called[name]) for n in own) or any(_is_called(n, self._called(s)) for s in speakers[name] for n in own)
        }

    def _called(self, name: str) -> list[str]:
        return [name, *self.gold["called"].get(name, ())]


def _is_called(name: str, patterns: Iterable[str]) -> bool:
    plain = _plain(name)
    return any(f" {_plain(p[1:])} " in f" {plain} " if p[0] == "~" else plain == _plain(p) for p in patterns)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[\w']+", name.lower())).removeprefix("the ")


# --- facts


def fact(found: Found, entry: Entry) -> Outcome:
    """Whether the case has one fact of the gold."""
    pairs = {(entry["type"], entry["status"]), *((a["type"], a["status"]) for a in entry.get("alt", ()))}
    near, held, whole = [], "", False
    for item, cluster in found.record.clusters.items():
        here = [m for m in cluster if found.inside(m.place, entry["places"])]
        if here:
            near.append(_told(found, here[0]))
            right, both = _is_fact(found, entry, pairs, item, here)
            held = held or (item if right else "")
            whole = whole or both
    return Outcome(entry, held or None, whole, tuple(near))


def _is_fact(found: Found, entry: Entry, pairs: set[tuple[str, str]], item: str, here: Sequence[EventMention]) -> tuple[bool, bool]:
    event = case_event(found.record, item)
    if (event.type, event.status) not in pairs or not any((m.event.type, m.event.status) in pairs for m in here):
        return False, False
    together = event.type in TOGETHER
    doers = (*event.initiators, *(event.recipients if together else ()))
    who = set[str]().union(*(found.is_one(doer, entry["who"]) for doer in doers))
    if len(who) < min(2 if together else 1, len(entry["who"])):
        return False, False
    other = [] if together else [found.is_one(r, entry["whom"]) for r in event.recipients]
    wrong = bool(entry["whom"]) and bool(other) and not any(other)
    return not wrong, not wrong and (any(other) or not entry["whom"])


def _told(found: Found, mention: EventMention) -> str:
    record = found.record
    event = case_event(record, record.item(mention.place))
    names = [", ".join(_name(record, a) for a in side) or "?" for side in (event.initiators, event.recipients)]
    return f"{event.id} {event.type}/{event.status} {names[0]} > {names[1]}: {mention.trigger}"


def _name(record: Record, actor: str) -> str:
    who: Who | None = record.people.get(actor)
    return who.name if who else actor


# --- disputes


def dispute(found: Found, entry: Entry) -> Outcome:
    """Whether the case has one dispute or revision of the gold."""
    sides = [side["places"] for side in entry["sides"]]
    at: Callable[[Iterable[Place]], set[int]] = lambda places: {  # noqa: E731
        n for place in places for n, wanted in enumerate(sides) if place in found.spans and found.inside(place, wanted)
    }
    near, held = [], ""
    for told in found.derived.disputes:
        each = [at(side.claims) for side in told.sides]
        if any(each):
            near.append(f"{told.id} {told.kind}: {told.summary}")
        if told.kind in KINDS.get(entry["kind"], (entry["kind"],)) and _apart(each):
            held = held or told.id
    for series in found.derived.figures:
        if any(_apart([at([r.before]), at([r.after])]) for r in series.revisions):
            near.append(f"{series.id} revised: {series.of}")
            held = held or (series.id if entry["kind"] in ("revision", "figure") else "")
    return Outcome(entry, held or None, True, tuple(near))


def _apart(sides: Sequence[set[int]]) -> bool:
    """Whether two sides stand in places of two different sides of the gold."""
    return any(a != b for n, one in enumerate(sides) for other in sides[n + 1 :] for a in one for b in other)


# --- commitments


def commitment(found: Found, entry: Entry) -> Outcome:
    """Whether the case has one commitment of the gold."""
    near, held, state = [], "", False
    for told in found.derived.commitments:
        mentions = [m for m in found.record.clusters.get(told.act, ()) if found.inside(m.place, entry["places"])]
        if not mentions:
            continue
        near.append(
            f"{told.id} {told.kind} of {_name(found.record, told.maker or '?')}, due {told.due}, {told.state}: {mentions[0].trigger}"
        )
        if told.kind in (entry["kind"], *entry.get("or", ())) and told.maker and found.is_one(told.maker, entry["maker"]):
            held = held or told.id
            state = state or told.state in STATES[entry["became"]]
    return Outcome(entry, held or None, state, tuple(near))


# --- processes


def process(found: Found, entry: Entry) -> Outcome:
    """Whether the case has a thread for one process of the gold, and whether it stands where the gold says."""
    near, held, state, most = [], "", False, 1
    for thread in found.derived.threads:
        first = [found.record.clusters[item][0] for item in thread.events if item in found.record.clusters]
        mine = [m for m in first if found.inside(m.place, entry["places"])]
        if mine:
            near.append(f"{thread.id} {len(mine)} of {len(first)}: {thread.title}: {thread.state}")
        if len(mine) > most and 2 * len(mine) >= len(first):
            most, held = len(mine), thread.id
            state = any(found.inside(Place(e.report, e.event), entry["state_places"]) for e in thread.state_evidence[:1])
    return Outcome(entry, held or None, state, tuple(near))


# --- all of it


def most_told(entries: Sequence[Entry], count: int, places: Callable[[Entry], list[Entry]]) -> set[str]:
    """The ids of the entries with the most places; of equal ones those told in more reports, then the first."""
    ordered = sorted(entries, key=lambda e: (-len(places(e)), -len({p["report"] for p in places(e)})))
    return {entry["id"] for entry in ordered[:count]}


def _of_dispute(entry: Entry) -> list[Entry]:
    return [place for side in entry["sides"] for place in side["places"]]


def _of_commitment(entry: Entry) -> list[Entry]:
    return [*entry["places"], *entry["later"]]


def compare(record: Record, gold: Entry) -> dict[str, list[Outcome]]:
    """Every line of the gold with what the case has of it: `facts`, `disputes`, `commitments`, `processes`."""
    found = Found(record, derive(record)[0], gold)
    return {
        "facts": [fact(found, entry) for entry in gold["facts"]],
        "disputes": [dispute(found, entry) for entry in gold["disputes"]],
        "commitments": [commitment(found, entry) for entry in gold["commitments"]],
        "processes": [process(found, entry) for entry in gold.get("processes", ())],
    }


def shares(outcomes: dict[str, list[Outcome]], name: str = "case") -> dict[str, float]:
    """Between 0 and 1: what is held of the 25 facts, the 8 and all disputes, the 10 and all commitments, and of the processes, if any."""
    facts, disputes, commitments, processes = (outcomes[name] for name in ("facts", "disputes", "commitments", "processes"))
    told = most_told([o.entry for o in disputes], MOST_DISPUTES, _of_dispute)
    undertaken = most_told([o.entry for o in commitments], MOST_COMMITMENTS, _of_commitment)
    found = {
        "case.facts": _share(facts),
        "case.facts_whole": _share(facts, whole=True),
        "case.disputes": _share([o for o in disputes if o.entry["id"] in told]),
        "case.disputes_all": _share(disputes),
        "case.commitments": _share([o for o in commitments if o.entry["id"] in undertaken]),
        "case.commitments_all": _share(commitments),
        "case.commitments_state": _share(commitments, whole=True),
    }
    if processes:
        found |= {"case.processes": _share(processes), "case.processes_state": _share(processes, whole=True)}
    return {name + key.removeprefix("case"): share for key, share in found.items()}


def _share(outcomes: Sequence[Outcome], whole: bool = False) -> float:
    return sum(o.held is not None and (o.more or not whole) for o in outcomes) / max(1, len(outcomes))


def load(name: str = "zaire_case") -> Entry:
    """One gold file."""
    gold: Entry = json.loads((GOLD / f"{name}.json").read_text("utf-8"))
    return gold


def rows_of(gold: Entry) -> list[Entry]:
    """The reports of a gold file, day by day: all of its source, or those that it lists."""
    rows = measures.rows_of(measures.DATA / gold["source"])
    wanted = set(gold.get("reports", ()))
    return sorted((row for row in rows if not wanted or row["id"] in wanted), key=lambda row: row["published"])


def record_of(rows: Iterable[Entry], reader: Reader) -> Record:
    """The record of a case that these rows are added to, in their order."""
    with tempfile.TemporaryDirectory() as folder, Case.open(Path(folder) / "gold.case", create=True) as case:
        for row in rows:
            day = date.fromisoformat(row["published"])
            report = Report(row["text"], title=row["title"], publisher=row["publisher"], published=day, source_id=row["id"])
            case.add(Loaded(report, report.text.encode(), "text/plain", row["id"]), reader.read(report), "2000-01-01T00:00:00Z")
        return Records(case.store).whole()


def measure(reader: Reader) -> dict[str, float]:
    """The numbers of the gate."""
    found: dict[str, float] = {}
    for name, prefix in GOLDS.items():
        gold = load(name)
        found |= shares(compare(record_of(rows_of(gold), reader), gold), prefix)
    return found


def show(outcomes: dict[str, list[Outcome]], verbose: bool) -> None:
    """Prints what is held, and each miss with what was found at its places."""
    for name, found in outcomes.items():
        print(f"{name}: {sum(o.held is not None for o in found)} of {len(found)}")
        for outcome in found:
            entry = outcome.entry
            what = entry.get("what") or f"{entry['kind']} of {', '.join(entry['maker'])}: {entry['act']} ({entry['became']})"
            print(f"  {'held' if outcome.held else 'MISS'} {entry['id']:5} {outcome.held or '':5} {'' if outcome.more else '-'} {what}")
            for line in outcome.near if verbose or not outcome.held else ():
                print(f"          {line}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--verbose", action="store_true", help="show what was found at the places of what is held, too")
    parser.add_argument("names", nargs="*", default=["zaire_case"], metavar="NAME", help=f"gold files: {', '.join(GOLDS)}")
    args = parser.parse_args()
    for name in args.names:
        gold = load(name)
        path = measures.DATA / gold["source"]
        if not path.exists():
            print(f"{path}: not there, so nothing was measured", file=sys.stderr)
            return 2
        outcomes = compare(record_of(rows_of(gold), Reader()), gold)
        show(outcomes, args.verbose)
        for key, share in shares(outcomes, GOLDS.get(name, name)).items():
            print(f"{key:32} {share:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
