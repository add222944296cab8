"""Threads: processes that run through the reports, with a title, the state in which they stand, and the evidence for it.

Events are joined online, in the order in which they were first told: an event goes to the thread that it is most like in kind, sides,
place and matter, or begins one. Only what its first report tells decides, and no later report changes it, so that a thread keeps
its events and its number as reports arrive. People rename, merge, split and pin by decisions, which are laid over this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.case.deciding import rejected, values
from dragoman.case.judgements import Thread
from dragoman.case.linking.stems import rarity
from dragoman.case.numbering import Numbers
from dragoman.case.record import EventMention, Record, days_between
from dragoman.case.strands import Strand, strand
from dragoman.case.telling import present_state, titled


class Weights(NamedTuple):
    """What makes an event like a thread; the parts are added."""

    kind: float
    sides: float
    place: float
    matter: float


DEED = Weights(kind=0.25, sides=0.2, place=0.15, matter=0.5)
WORD = Weights(kind=0.05, sides=0.15, place=0.05, matter=0.75)
"""What is only spoken of goes where its matter is: everybody speaks to everybody."""
JOINED = 0.5
"""Score from which an event joins a thread."""
OLD = 30
"""Days without news after which a thread is left for a new one more easily."""
_STALE = 0.15
_STRANGE = 0.15  # what counts against a deed of a kind that the thread does not have
_CANDIDATES = 24
_KEYED = 3.0
_SHOWN = 4  # mentions that make a thread of one report worth showing, and the events that they are of
_SHOWN_EVENTS = 3


class Seen(NamedTuple):
    """What decides an event's thread, from its first report: kind, sides, places, stems of its matter and how telling they are, the day."""

    item: str
    strand: Strand
    sides: frozenset[str]
    places: frozenset[str]
    matter: frozenset[str]
    weight: float
    day: str


@dataclass
class Strain:
    """A thread as it grows: counts of what its events are like, and the highest of them. `items` are its events, first told first."""

    number: int
    items: list[str] = field(default_factory=list)
    strands: Counter[str] = field(default_factory=Counter)
    sides: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    matter: Counter[str] = field(default_factory=Counter)
    most_sides: int = 0
    most_matter: int = 0
    last: str = ""

    def add(self, seen: Seen) -> None:
        """Takes one event in."""
        self.items.append(seen.item)
        self.strands[seen.strand] += 1
        self.sides.update(seen.sides)
        self.places.update(seen.places)
        self.matter.update(seen.matter)
        self.most_sides = max((self.most_sides, *(self.sides[side] for side in seen.sides)))
        self.most_matter = max((self.most_matter, *(self.matter[word] for word in seen.matter)))
        self.last = max(self.last, seen.day)

    def likeness(self, seen: Seen) -> float:
        """How like this thread an event is, 0 to 1."""
        weights = WORD if seen.strand == "words" else DEED
        score = weights.kind * (seen.strand in self.strands)
        score += weights.sides * _share(self.sides, self.most_sides, seen.sides) + weights.place * bool(self.places.keys() & seen.places)
        score -= _STRANGE * (seen.strand != "words" and seen.strand not in self.strands and set(self.strands) != {"words"})
        score += weights.matter * _weighted(self.matter, self.most_matter, seen.matter, seen.weight)
        return score - (_STALE if days_between(self.last, seen.day) > OLD else 0.0)


class Weaver:
    """Gives each event its thread, one after the other. The cost of one event does not grow with the number of threads."""

    def __init__(self) -> None:
        self.strains: list[Strain] = []
        self._index: dict[str, list[int]] = {}

    def add(self, seen: Seen) -> Strain:
        """Joins the event to the thread that it is most like, or begins one."""
        scored = [(self.strains[n].likeness(seen), -n) for n in self._candidates(seen)]
        score, number = max(scored, default=(0.0, 0))
        if score >= JOINED:
            strain = self.strains[-number]
        else:
            strain = Strain(len(self.strains))
            self.strains.append(strain)
        strain.add(seen)
        for key in _keys(seen):
            numbers = self._index.setdefault(key, [])
            if strain.number not in numbers[-_CANDIDATES:]:
                numbers.append(strain.number)
        return strain

    def _candidates(self, seen: Seen) -> list[int]:
        """The threads that share most keys with an event, of those that shared each key last."""
        hits = Counter(n for key in _keys(seen) for n in self._index.get(key, ())[-_CANDIDATES:])
        return sorted(hits, key=lambda n: (-hits[n], -n))[:_CANDIDATES]


def threads(record: Record, numbers: Numbers | None = None) -> tuple[Thread, ...]:
    """The threads of a record that are more than one event's one mention, those told of in most reports first."""
    numbers = numbers or Numbers(record.ids)
    groups = _decided(record, _numbered(record, woven(record), numbers), numbers)
    names, gone = values(record.decisions, "rename"), rejected(record.decisions)
    found = [thread(record, name, items, names.get(name)) for name, items in groups.items() if name not in gone]
    reports = {t.id: len({m.place.report for item in t.events for m in record.clusters[item]}) for t in found}
    return tuple(sorted(found, key=lambda t: (-reports[t.id], int(t.id[1:]))))


def thread(record: Record, name: str, items: Sequence[str], title: str | None = None) -> Thread:
    """One thread from its events; `title` is the name that a person gave it."""
    mentions = sorted((m for item in items for m in record.clusters[item]), key=lambda m: (m.published, m.place.report, m.event.trigger))
    state, evidence = present_state(record, mentions)
    since = min((m.event.when.start for m in mentions if _happened(m) and m.event.when), default=None)
    first = next((m.published for m in mentions if m.published), None)
    return Thread(name, title or titled(record, mentions), state, evidence, min(filter(None, (since, first)), default=None), tuple(items))


def woven(record: Record) -> list[list[str]]:
    """The events of each thread as the rules have it, in the order in which the threads began."""
    weaver = Weaver()
    for item, cluster in record.clusters.items():
        weaver.add(seen(record, item, cluster))
    return [strain.items for strain in weaver.strains]


def seen(record: Record, item: str, cluster: Sequence[EventMention]) -> Seen:
    """What decides an event's thread: what the report that tells it first says of it."""
    first = [m for m in cluster if m.place.report == cluster[0].place.report]
    whos = [who for m in first for who in (*record.initiators(m), *record.recipients(m))]
    matter = frozenset(word for m in first for word in record.matter(m)) | frozenset(
        word for m in first for word in m.words_of_act if word not in record.name_stems
    )
    places = frozenset(m.event.place for m in first if m.event.place)
    return Seen(
        item, strand(first[0].event), frozenset(w.party for w in whos), places, matter, sum(map(rarity, matter)), cluster[0].published
    )


def _keys(seen: Seen) -> list[str]:
    keys = [f"{seen.strand}/{side}" for side in sorted(seen.sides)] + [f"{seen.strand}@{place}" for place in sorted(seen.places)]
    return keys + [word for word in sorted(seen.matter) if rarity(word) >= _KEYED]


def _share(had: Counter[str], most: int, new: frozenset[str]) -> float:
    """What part of the event's sides the thread knows, for as much as they are among its own."""
    if not new or not most:
        return 0.0
    return sum(min(1.0, 2 * had[side] / most) for side in new) / len(new)


def _weighted(had: Counter[str], most: int, new: frozenset[str], weight: float) -> float:
    """How much of the event's matter is the thread's: by rarity, and by how often the thread has spoken of it."""
    if not weight or not most:
        return 0.0
    return min(1.0, 1.5 * sum(rarity(word) * min(1.0, 2 * had[word] / most) for word in new if word in had) / weight)


def _numbered(record: Record, groups: Iterable[Sequence[str]], numbers: Numbers) -> dict[str, list[str]]:
    """The threads worth showing with their ids, numbered in the order in which they came to be worth it."""
    shown = [(day, list(items)) for items in groups if (day := _shown_since(record, items)) is not None]
    return {numbers.give("T", items): items for _, items in sorted(shown, key=lambda s: s[0])}


def _shown_since(record: Record, items: Sequence[str]) -> str | None:
    """The day from which a thread has two reports, or several mentions of several events in one."""
    mentions = sorted((m for item in items for m in record.clusters[item]), key=lambda m: (m.published, m.place.report))
    reports, events = set[str](), set[str]()
    for count, mention in enumerate(mentions, 1):
        reports.add(record.reports[mention.place.report].same_text_as or mention.place.report)
        events.add(record.item(mention.place))
        if len(reports) > 1 or (count >= _SHOWN and len(events) >= _SHOWN_EVENTS):
            return mention.published
    return None


def _decided(record: Record, groups: dict[str, list[str]], numbers: Numbers) -> dict[str, list[str]]:
    """The threads as people have put them: merged, split, and events pinned to one."""
    for name, other in values(record.decisions, "merge").items():
        if name in groups and other in groups and name != other:
            groups[name] = _in_order(record, (*groups[name], *groups.pop(other)))
    for name, places in values(record.decisions, "split").items():
        if name in groups:
            _split(record, groups, name, places, numbers)
    for item, name in values(record.decisions, "pin").items():
        if item in record.clusters and name in groups:
            groups = {n: [i for i in items if i != item] for n, items in groups.items()}
            groups[name] = _in_order(record, (*groups[name], item))
    return {name: items for name, items in groups.items() if items}


def _split(record: Record, groups: dict[str, list[str]], name: str, places: str, numbers: Numbers) -> None:
    """Moves the events at "report:entry,report:entry" to a thread of their own."""
    wanted = {tuple(part.strip().rpartition(":")[::2]) for part in places.split(",")}
    out = [item for item in groups[name] if any((m.place.report, m.place.entry) in wanted for m in record.clusters[item])]
    if out and len(out) < len(groups[name]):
        groups[name] = [item for item in groups[name] if item not in out]
        groups[numbers.give("T", [f"split:{name}:{out[0]}"])] = out


def _in_order(record: Record, items: Iterable[str]) -> list[str]:
    order: Mapping[str, int] = {item: number for number, item in enumerate(record.clusters)}
    return sorted(items, key=order.__getitem__)


def _happened(mention: EventMention) -> bool:
    when = mention.event.when
    return mention.event.status in ("occurred", "ongoing") and when is not None and not when.inferred and len(when.start) == 10
