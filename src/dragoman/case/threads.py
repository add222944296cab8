"""Threads: processes that run through the reports, with a title, the state in which they stand, and the evidence for it.

Events are joined online, in the order in which they were first told: an event goes to the thread that it is most like in subject,
matter, sides and place, or begins one. Only what its first report tells decides, and no later report changes it, so that a thread
keeps its events and its number as reports arrive. People rename, merge, split and pin by decisions, which are laid over this.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dragoman.case.deciding import acts, rejected
from dragoman.case.judgements import Place, Thread
from dragoman.case.linking.stems import rarity
from dragoman.case.numbering import Numbers
from dragoman.case.record import EventMention, Mentions, Record, days_between, name_stems, who_of
from dragoman.case.strands import subjects
from dragoman.case.telling import present_state, titled, told_of
from dragoman.reading.wording import spoken_date
from dragoman.text.report import Span

# What makes an event like a thread; the parts are added.
SUBJECT, MATTER, SIDES, PLACE = 0.6, 0.35, 0.12, 0.08
CONTEXT, STRANGE, BETWEEN = 0.3, 0.03, 0.15
"""What counts against a report that tells of quite other people than the thread's reports, and if the thread knows none of its sides;

and how much more in matters that are between sides: other people's talks are other talks."""
NEIGHBOUR, BESIDE = 0.12, 0.1
"""What counts for the thread of the event told just before: in the same sentence, in another one."""
JOINED = 0.45
"""Score from which an event joins a thread."""
OLD = 30
"""Days without news after which a thread is left for a new one more easily."""
_STALE = 0.1
_NEAR = 0.2  # what somebody counts who is named in the sentence, beside those who act and are acted on
_BLUNT = 0.8  # a subject shared in part counts for more than its part
_SHARP = 1.5  # an event's first subject counts for more than the words that it has more than the second
_LARGE = 0.03  # for each doubling of a thread, nearly: of two that are alike the one that is followed is meant
_SURE = 2.0  # weight of subject words from which an event speaks for its thread's subject in full
_UNKNOWN = 0.5  # how alike two casts are held to be if one is not told
_FEW = 3.0  # as often as this the most frequent word of a thread is held to be told at least: a short thread knows little of itself
_CAST = 8
_EARLIER, _FURTHER = (0.97, 0.75), (0.9, 0.5)
"""Up to which part of the events the weaver is kept as it stood, at most and at least."""
_CANDIDATES = 24
_KEYED = 3.0
_SHOWN = 4  # mentions that make a thread of one report worth showing
_SHOWN_EVENTS = 2, 3  # events that a thread has at least: of several reports, of one


class Seen(NamedTuple):
    """What decides an event's thread, from its first report.

    `subjects` is a vector of length one and `sure` how many words it rests on; `sides` those who act, are acted on, or are named beside it;
    `matter` the stems of what it is about with their rarity; `cast` who its report tells of, a vector of length one.
    """

    item: str
    day: str
    report: str
    sentence: Span
    subjects: Mapping[str, float]
    sure: float
    sides: Mapping[str, float]
    places: frozenset[str]
    matter: Mapping[str, float]
    cast: Mapping[str, float]


@dataclass
class Strain:
    """A thread as it grows: counts of what its events are like, with the highest of them or the square of their length.

    `items` are its events, first told first.
    """

    number: int
    items: list[str] = field(default_factory=list)
    subjects: Counter[str] = field(default_factory=Counter)
    sides: Counter[str] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    matter: Counter[str] = field(default_factory=Counter)
    cast: Counter[str] = field(default_factory=Counter)
    most_sides: float = 0.0
    most_matter: float = 0.0
    subject_square: float = 0.0
    cast_square: float = 0.0
    last: str = ""

    def add(self, seen: Seen) -> None:
        """Takes one event in."""
        self.items.append(seen.item)
        sure = min(1.0, seen.sure / _SURE)
        self.subject_square += _grown(self.subjects, {name: share * sure for name, share in seen.subjects.items()})
        self.cast_square += _grown(self.cast, seen.cast)
        self.sides.update(seen.sides)
        self.places.update(seen.places)
        self.matter.update(seen.matter.keys())
        self.most_sides = max((self.most_sides, _FEW, *(self.sides[side] for side in seen.sides)))
        self.most_matter = max((self.most_matter, _FEW, *(self.matter[word] for word in seen.matter)))
        self.last = max(self.last, seen.day)

    def likeness(self, seen: Seen, least: float = -math.inf) -> float:
        """How like this thread an event is, 0 to 1 or a little more; of one that cannot come to `least`, some value below that."""
        score = SUBJECT * math.pow(_cosine(self.subjects, self.subject_square, seen.subjects), _BLUNT)
        score += PLACE * (not self.places.isdisjoint(seen.places)) + _LARGE * math.log(len(self.items))
        score -= CONTEXT * (1 - (_cosine(self.cast, self.cast_square, seen.cast) if self.cast and seen.cast else _UNKNOWN))
        score -= _STALE if days_between(self.last, seen.day) > OLD else 0.0
        if score + MATTER + SIDES < least:
            return score
        score += SIDES * _share(self.sides, self.most_sides, seen.sides)
        acting = [party for party, weight in seen.sides.items() if weight == 1]
        if acting and not any(party in self.sides for party in acting):
            score -= STRANGE + BETWEEN * sum(share for name, share in seen.subjects.items() if subjects()[name].between)
        return score if score + MATTER < least else score + MATTER * min(1.0, 1.5 * _share(self.matter, self.most_matter, seen.matter))


class WasStrain(NamedTuple):
    """A `Strain` to be kept; `measures` are the two highest counts and the squares of the two lengths."""

    items: tuple[str, ...]
    subjects: dict[str, float]
    sides: dict[str, float]
    matter: dict[str, float]
    cast: dict[str, float]
    places: tuple[str, ...]
    measures: tuple[float, float, float, float]
    last: str


def _was(strain: Strain) -> WasStrain:
    measures = (strain.most_sides, strain.most_matter, strain.subject_square, strain.cast_square)
    subjects_, sides, matter, cast = map(dict[str, float], (strain.subjects, strain.sides, strain.matter, strain.cast))
    return WasStrain(tuple(strain.items), subjects_, sides, matter, cast, tuple(sorted(strain.places)), measures, strain.last)


def _strain(number: int, was: WasStrain) -> Strain:
    strain = Strain(number, list(was.items), places=set(was.places), last=was.last)
    for counts, had in ((strain.subjects, was.subjects), (strain.sides, was.sides), (strain.matter, was.matter), (strain.cast, was.cast)):
        counts.update(had)
    strain.most_sides, strain.most_matter, strain.subject_square, strain.cast_square = was.measures
    return strain


class Loom(NamedTuple):
    """A `Weaver` as it stood after the first events, so many as `told`: its strains, those that have each key, and of the last event the
    report, the sentence and the number of its thread.
    """

    told: int
    strains: tuple[WasStrain, ...]
    keys: dict[str, tuple[int, ...]]
    before: tuple[str, Span, int] | None


class Weaver:
    """Gives each event its thread, one after the other. The cost of one event does not grow with the number of threads."""

    def __init__(self, loom: Loom | None = None) -> None:
        """`loom`: as another weaver stood; this one goes on where that one was."""
        self.strains: list[Strain] = [_strain(number, was) for number, was in enumerate(loom.strains)] if loom else []
        self._index: dict[str, list[int]] = {key: list(numbers) for key, numbers in loom.keys.items()} if loom else {}
        self._before: tuple[str, Span, int] | None = loom.before if loom else None

    def loom(self, told: int) -> Loom:
        """How it stands after so many events, to be kept: nothing in it changes when the weaver goes on."""
        strains = tuple(map(_was, self.strains))
        return Loom(told, strains, {key: tuple(numbers[-_CANDIDATES:]) for key, numbers in self._index.items()}, self._before)

    def add(self, seen: Seen) -> Strain:
        """Joins the event to the thread that it is most like, or begins one."""
        best, number = JOINED, len(self.strains)
        for n in self._candidates(seen):
            score = self._likeness(self.strains[n], seen, best)
            if score > best or (score == best and n < number):
                best, number = score, n
        return self.put(seen, number)

    def put(self, seen: Seen, number: int) -> Strain:
        """Joins the event to the thread with this number, or begins it if it is the next one."""
        if number == len(self.strains):
            self.strains.append(Strain(number))
        strain = self.strains[number]
        strain.add(seen)
        self._before = (seen.report, seen.sentence, number)
        for key in _keys(seen):
            numbers = self._index.setdefault(key, [])
            if strain.number not in numbers[-_CANDIDATES:]:
                numbers.append(strain.number)
        return strain

    def _likeness(self, strain: Strain, seen: Seen, least: float) -> float:
        report, sentence, own = self._before or ("", None, -1)
        more = 0.0 if own != strain.number or report != seen.report else NEIGHBOUR if sentence == seen.sentence else BESIDE
        return strain.likeness(seen, least - more) + more

    def _candidates(self, seen: Seen) -> list[int]:
        """The threads that share most keys with an event, of those that shared each key last."""
        hits = Counter(n for key in _keys(seen) for n in self._index.get(key, ())[-_CANDIDATES:])
        return sorted(hits, key=lambda n: (-hits[n], -n))[:_CANDIDATES]


class Told(NamedTuple):
    """Who one report tells of, by its own reading: later reports that know more of somebody move no thread.

    `party` is whose side each of its actors is on; `cast` the parties named most, a vector of length one; `spans` where each is named
    (the first character), in order; `names` the stems of the names of persons and states.
    """

    party: Mapping[str, str]
    cast: Mapping[str, float]
    spans: Sequence[tuple[int, str]]
    names: frozenset[str]

    def named(self, sentence: Span) -> set[str]:
        """The parties named in a sentence."""
        first, last = (bisect_left(self.spans, (at, "")) for at in (sentence.start, sentence.end))
        return {party for _, party in self.spans[first:last]}

    def parties(self, mention: EventMention) -> set[str]:
        """Those who act, or are acted on."""
        return {self.party[actor] for actor in (*mention.event.initiators, *mention.event.recipients) if actor in self.party}

    def matter(self, mention: EventMention) -> frozenset[str]:
        """The stems of what is done and of what it is about, without names."""
        return (mention.matter | mention.words_of_act) - self.names


class Casts:
    """Who the reports of a record tell of."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._mentions: dict[str, Mentions] = {m.report.id: m for m in record.mentions}
        self._told: dict[str, Told] = {}

    def of(self, report: str) -> Told:
        """Who a report tells of."""
        if report not in self._told:
            self._told[report] = self._read(report)
        return self._told[report]

    def _read(self, report: str) -> Told:
        actors = self._mentions[report].actors
        whos = [who_of(self._record.item(Place(report, actor.id)), [actor]) for actor in actors]
        spans = sorted((span.start, who.party) for actor, who in zip(actors, whos, strict=True) for span in actor.mentions)
        counts = Counter(party for _, party in spans)
        most = {party: math.sqrt(count) for party, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:_CAST]}
        party = {actor.id: who.party for actor, who in zip(actors, whos, strict=True)}
        return Told(party, _unit(most), spans, name_stems(whos))


def threads(
    record: Record, numbers: Numbers | None = None, events: Sequence[Woven] | None = None, same: Mapping[str, Thread] | None = None
) -> tuple[Thread, ...]:
    """The threads of a record that are more than one event, those told of in most reports first.

    `events` is what `woven` gave; `same` has threads of which nothing has to be worked out again, as long as they have these events.
    """
    numbers = numbers or Numbers(record.ids)
    events = woven(record) if events is None else events
    groups = _decided(record, _numbered(record, _groups(events), numbers), numbers)
    names, gone = record.called, rejected(record.decisions)
    known = {name: told for name, told in (same or {}).items() if told.events == tuple(groups.get(name, ()))}
    found = [known.get(name) or thread(record, name, items, names.get(name)) for name, items in groups.items() if name not in gone]
    reports = {t.id: len({m.place.report for item in t.events for m in record.clusters[item]}) for t in found}
    return tuple(_told_apart(sorted(found, key=lambda t: (-reports[t.id], int(t.id[1:]))), names))


def _told_apart(found: Iterable[Thread], names: Mapping[str, str]) -> Iterable[Thread]:
    """Of several threads with one title all but the first tell since when they run."""
    titles: set[str] = set()
    for thread in found:
        if thread.title in titles and thread.id not in names and thread.since:
            thread = replace(thread, title=f"{thread.title}, from {spoken_date(thread.since)}")
        titles.add(thread.title)
        yield thread


def thread(record: Record, name: str, items: Sequence[str], title: str | None = None) -> Thread:
    """One thread from its events; `title` is the name that a person gave it."""
    mentions = sorted((m for item in items for m in record.clusters[item]), key=lambda m: (m.published, m.place.report, m.event.trigger))
    state, evidence = present_state(record, mentions)
    since = min((m.event.when.start for m in mentions if _happened(m) and m.event.when), default=None)
    first = next((m.published for m in mentions if m.published), None)
    return Thread(name, title or titled(record, mentions), state, evidence, min(filter(None, (since, first)), default=None), tuple(items))


class Woven(NamedTuple):
    """An event with the number of its thread, in the order in which events were told; `first` is the mention that decided it."""

    item: str
    first: Place
    thread: int


def woven(record: Record, known: Sequence[Woven] = (), looms: Iterable[Loom] = (), kept: list[Loom] | None = None) -> list[Woven]:
    """The thread of each event as the rules have it, in the order in which the events were told.

    `known` is what this gave before: up to the first event that is new, or was told otherwise, nothing has to be decided again. Of
    `looms`, which were kept then, the last that stood before that event saves going over what came before it. What is to be kept
    now goes into `kept`: how the weaver stands at the end, and shortly before, since news of yesterday may come tomorrow.
    """
    order = [(item, cluster[0].place) for item, cluster in record.clusters.items()]
    same = next((n for n, (now, was) in enumerate(zip(order, known, strict=False)) if now != was[:2]), min(len(order), len(known)))
    looms = sorted((loom for loom in looms if loom.told <= same), key=lambda loom: loom.told)
    weaver, casts, found = Weaver(looms[-1] if looms else None), Casts(record), list(known[: looms[-1].told if looms else 0])
    keeping = _kept_before(len(order), looms) if kept is not None else {}
    for at in range(len(found), len(order)):
        if at in keeping:
            keeping[at] = weaver.loom(at)
        item, place = order[at]
        one = seen(casts, item, record.clusters[item])
        strain = weaver.put(one, known[at].thread) if at < same else weaver.add(one)
        found.append(Woven(item, place, strain.number))
    if kept is not None:
        kept += [loom for at in sorted(keeping) if (loom := keeping[at])]
        kept.append(weaver.loom(len(order)))
    return found


def _kept_before(count: int, looms: Sequence[Loom]) -> dict[int, Loom | None]:
    """The looms to be kept beside the last one, by their counts: those that there are, where they are not too far back; else None."""
    found: dict[int, Loom | None] = {}
    for share, most in zip(_EARLIER, _FURTHER, strict=True):
        there = [loom for loom in looms if count * most <= loom.told <= count * share]
        found |= {there[-1].told: there[-1]} if there else {int(count * share): None}
    return found


def _groups(found: Iterable[Woven]) -> list[list[str]]:
    """The events of each thread, in the order in which the threads began."""
    groups: dict[int, list[str]] = {}
    for event in found:
        groups.setdefault(event.thread, []).append(event.item)
    return list(groups.values())


def seen(casts: Casts, item: str, cluster: Sequence[EventMention]) -> Seen:
    """What decides an event's thread: what the report that tells it first says of it."""
    report = cluster[0].place.report
    told, first = casts.of(report), [m for m in cluster if m.place.report == report]
    about: Counter[str] = Counter()
    sides: dict[str, float] = {}
    for mention in first:
        about |= Counter(told_of(mention))
        sides = dict.fromkeys(told.named(mention.event.sentence), _NEAR) | sides | dict.fromkeys(told.parties(mention), 1.0)
    return Seen(
        item,
        cluster[0].published,
        report,
        first[0].event.sentence,
        _unit({name: weight**_SHARP for name, weight in about.items()}),
        sum(about.values()),
        sides,
        frozenset(m.event.place for m in first if m.event.place),
        {word: rarity(word) for mention in first for word in told.matter(mention)},
        told.cast,
    )


def _keys(seen: Seen) -> list[str]:
    top = sorted(seen.subjects, key=lambda name: (-seen.subjects[name], name))[:2]
    parties = dict.fromkeys((*seen.sides, *sorted(seen.cast, key=lambda party: (-seen.cast[party], party))[:3]))
    keys = [f"{name}/{party}" for name in top for party in sorted(parties)] + [f"@{place}" for place in sorted(seen.places)]
    return keys + top + [word for word in sorted(seen.matter) if seen.matter[word] >= _KEYED]


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {name: value / length for name, value in vector.items()} if length else {}


def _grown(had: Counter[str], new: Mapping[str, float]) -> float:
    """Adds a vector to another, and tells by how much the square of that one's length has grown: what is long need not be added up."""
    more = sum(value * (2 * had.get(name, 0.0) + value) for name, value in new.items())
    had.update(new)
    return more


def _cosine(had: Mapping[str, float], square: float, new: Mapping[str, float]) -> float:
    """How alike two vectors are: the first has this square of its length, the second has length one, or is empty."""
    if square <= 0:
        return 0.0
    product = 0.0
    for name, value in new.items():  # a loop: this is asked a hundred times for each event
        if name in had:
            product += value * had[name]
    return min(1.0, product / math.sqrt(square))


def _share(had: Mapping[str, float], most: float, new: Mapping[str, float]) -> float:
    """What part of the event's sides, or matter, the thread knows, for as much as they are among its own."""
    total = shared = 0.0
    for name, weight in new.items():
        total += weight
        if name in had:
            shared += weight * min(1.0, 2 * had[name] / most)
    return shared / total if total and most else 0.0


def _numbered(record: Record, groups: Iterable[Sequence[str]], numbers: Numbers) -> dict[str, list[str]]:
    """The threads worth showing with their ids, numbered in the order in which they came to be worth it."""
    shown = [(day, list(items)) for items in groups if (day := shown_since(record, items)) is not None]
    return {numbers.give("T", items): items for _, items in sorted(shown, key=lambda s: s[0])}


def shown_since(record: Record, items: Sequence[str]) -> str | None:
    """The day from which a thread has several events in two reports, or several mentions of more events in one."""
    mentions = sorted((m for item in items for m in record.clusters[item]), key=lambda m: (m.published, m.place.report))
    reports, events = set[str](), set[str]()
    for count, mention in enumerate(mentions, 1):
        reports.add(record.reports[mention.place.report].same_text_as or mention.place.report)
        events.add(record.item(mention.place))
        several = len(reports) > 1 and len(events) >= _SHOWN_EVENTS[0]
        if several or (count >= _SHOWN and len(events) >= _SHOWN_EVENTS[1]):
            return mention.published
    return None


def _decided(record: Record, groups: dict[str, list[str]], numbers: Numbers) -> dict[str, list[str]]:
    """The threads as people have put them, in the order in which they did: merged, split, and events pinned to one."""
    for verb, target, value in acts(record.decisions, ("merge", "split", "pin")):
        if verb == "merge" and target in groups and value in groups and target != value:
            groups[target] = _in_order(record, (*groups[target], *groups.pop(value)))
        elif verb == "split" and target in groups:
            _split(record, groups, target, value, numbers)
        elif verb == "pin" and target in record.clusters and value in groups:
            groups = {name: [item for item in items if item != target] for name, items in groups.items()}
            groups[value] = _in_order(record, (*groups[value], target))
    return {name: items for name, items in groups.items() if items}


def _split(record: Record, groups: dict[str, list[str]], name: str, places: str, numbers: Numbers) -> None:
    """Moves the events at "report:entry,report:entry" to a thread of their own, and with them what came later and is more like them."""
    wanted = {tuple(part.strip().rpartition(":")[::2]) for part in places.split(",")}
    out = [item for item in groups[name] if any((m.place.report, m.place.entry) in wanted for m in record.clusters[item])]
    if not out or len(out) == len(groups[name]):
        return
    thread = numbers.give("T", [f"split:{name}:{out[0]}"])
    groups[name], groups[thread] = _parted(record, groups[name], out)


def _parted(record: Record, items: Sequence[str], out: Sequence[str]) -> tuple[list[str], list[str]]:
    """A thread in two: what stays, and the events `out` with those told after them that are more like them than like what stays."""
    casts, last = Casts(record), max(record.clusters[item][0].published for item in out)
    stays, goes = Strain(0), Strain(1)
    for item in items:
        looked = seen(casts, item, record.clusters[item])
        later = looked.day > last and bool(stays.items) and goes.likeness(looked) > stays.likeness(looked)
        (goes if item in out or later else stays).add(looked)
    return stays.items, goes.items


def _in_order(record: Record, items: Iterable[str]) -> list[str]:
    order: Mapping[str, int] = {item: number for number, item in enumerate(record.clusters)}
    return sorted(items, key=order.__getitem__)


def _happened(mention: EventMention) -> bool:
    when = mention.event.when
    return mention.event.status in ("occurred", "ongoing") and when is not None and not when.inferred and len(when.start) == 10
