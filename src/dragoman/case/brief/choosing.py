"""What a brief tells of, of all that a case holds: the threads that moved most, and what is new, due or disputed; the rest is counted.

A thread moves by what is told of it in the window: from the day asked for, else the last week of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.case.asking import Questions, Telling
from dragoman.case.brief.material import Material, by_event, places_of
from dragoman.case.commitments import overdue
from dragoman.case.deciding import rejected
from dragoman.case.deriving import Records
from dragoman.case.judgements import Commitment, Dispute, FigureSeries, Place, Thread
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow, Store

THREADS, EVENTS, PROMISES, DISPUTES, FIGURES = 8, 10, 6, 8, 8
"""How many are told at most: threads, lines of one thread, commitments of one state, disputes, series of figures."""
CLAIMS, SIDES = 6, 4
"""Claims of one side, or of one series, and sides of one dispute, that are told at most."""
_LOOKED_AT = 60
_WEEK = 6
_RATED = ("kept", "broken", "compromise")


@dataclass(frozen=True)
class Chosen:
    """What a brief is made from. `window` is the ISO day from which news counts; `moved` how many events of each thread it saw.

    `outside` are the latest events that belong to no thread, of `apart` such events.
    """

    filters: Filters
    today: str
    window: str
    reports: tuple[ReportRow, ...]
    threads: tuple[Thread, ...]
    more_threads: int
    moved: Mapping[str, int]
    events: Mapping[str, tuple[str, ...]]
    outside: tuple[str, ...]
    apart: int
    promises: Mapping[str, tuple[Commitment, ...]]
    unrated: int
    disputes: tuple[Dispute, ...]
    figures: tuple[FigureSeries, ...]
    material: Material


def chosen(store: Store, records: Records, questions: Questions, filters: Filters) -> Chosen:
    """All that one brief needs, asked for once."""
    still = replace(filters, since=None)
    reports = tuple(store.report_rows(Filters(as_of=filters.as_of)))
    today = filters.as_of or max((row.published for row in reports), default="")
    window = filters.since or _days_before(today, _WEEK)
    last = store.counts().last_told(Filters(as_of=filters.as_of))
    threads = questions.threads(still)
    moved = {thread.id: sum(last.get(event, "") >= window for event in thread.events) for thread in threads}
    first = sorted(threads, key=lambda t: (-moved[t.id], -len(t.events), int(t.id[1:])))[:THREADS]
    events = {thread.id: _latest(thread.events, last, filters.since) for thread in first}
    promises, unrated = _promises(questions.commitments(still), today)
    clashes, series = questions.disputes(still, limit=DISPUTES), _telling_figures(questions.figures(still), reports)
    woven = {event for thread in threads for event in thread.events}
    gone = rejected(stored.decision for stored in store.decisions())
    alone = [] if filters.thread else [event for event in last if event not in woven and event not in gone]
    outside = _latest(alone, last, filters.since)
    told = [event for found in (*events.values(), outside) for event in found] + [c.act for found in promises.values() for c in found]
    tellings = questions.tellings(list(dict.fromkeys(told)), Filters(as_of=filters.as_of))
    places = _places(tellings, first, clashes, series, promises)
    material = _material(store, records, questions, reports, tellings, places)
    return Chosen(
        filters, today, window, reports, tuple(first), len(threads) - len(first), moved, events, outside, len(alone),
        promises, unrated, tuple(clashes), tuple(series), material,
    )  # fmt: skip


def _days_before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat() if day else ""


def _latest(events: Sequence[str], last: Mapping[str, str], since: str | None) -> tuple[str, ...]:
    """The events of a thread that were told last, since a day if one is asked for."""
    new = [event for event in events if last.get(event, "") >= (since or "")]
    return tuple(sorted(new, key=lambda event: (last.get(event, ""), int(event[1:])))[-_LOOKED_AT:])


def _promises(found: Iterable[Commitment], today: str) -> tuple[dict[str, tuple[Commitment, ...]], int]:
    """Commitments by what has become of them, and how many others nothing is told of."""
    groups: dict[str, list[Commitment]] = {name: [] for name in ("overdue", "due", "broken", "kept", "under way")}
    unrated = 0
    for commitment in found:
        group = _group(commitment, today)
        if group is None or len(groups[group]) >= PROMISES:
            unrated += 1
        else:
            groups[group].append(commitment)
    return {name: tuple(group) for name, group in groups.items() if group}, unrated


def _group(commitment: Commitment, today: str) -> str | None:
    if overdue(commitment, today):
        return "overdue"
    if commitment.state in _RATED:
        return "kept" if commitment.state == "kept" else "broken"
    if commitment.due:
        return "due"
    return "under way" if commitment.state == "in the works" else None


def _telling_figures(found: Iterable[FigureSeries], reports: Iterable[ReportRow]) -> list[FigureSeries]:
    """Series that several sources give values for, those with most claims first; what a copy says again counts no more, and is left out."""
    copies = {row.id for row in reports if row.same_text_as}
    repeated = [series for series in found if len(series.claims) > 1]
    own = [replace(series, claims=tuple(claim for claim in series.claims if claim.report not in copies)) for series in repeated]
    several = [series for series in own if len({claim.report for claim in series.claims}) > 1]
    return sorted(several, key=lambda series: (series.unit != "person", -len(series.claims), int(series.id[1:])))[:FIGURES]


def _places(
    tellings: Sequence[Telling],
    threads: Iterable[Thread],
    disputes: Iterable[Dispute],
    figures: Iterable[FigureSeries],
    promises: Mapping[str, Sequence[Commitment]],
) -> list[Place]:
    found = [telling.mention.place for telling in tellings] + places_of(tellings)
    found += [Place(evidence.report, evidence.event) for thread in threads for evidence in thread.state_evidence[:1]]
    found += [place for dispute in disputes for side in dispute.sides[:SIDES] for place in side.claims[:CLAIMS]]
    found += [Place(claim.report, claim.figure) for series in figures for claim in series.claims[-CLAIMS:]]
    found += [place for series in figures for revision in series.revisions[-CLAIMS:] for place in (revision.before, revision.after)]
    found += [Place(proof.report, proof.event) for group in promises.values() for c in group for proof in c.evidence]
    return found


def _material(
    store: Store, records: Records, questions: Questions, reports: Iterable[ReportRow], tellings: Sequence[Telling], places: Iterable[Place]
) -> Material:
    wanted = list(places)
    through = (Place(m.place.report, voice.id) for m in records.of_places(wanted).events for voice in m.voices)
    record = records.of_places([*wanted, *through])
    ids = {record.item(Place(m.report.id, actor.id)) for m in record.mentions for actor in m.actors}
    return Material(record, questions.names(sorted(ids)), {row.id: row for row in reports}, by_event(tellings), store)
