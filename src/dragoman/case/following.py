"""What follows from a case as it is kept: each thread, dispute, commitment and series with what it was on earlier days.

A question about an earlier day is answered from this, without going over the reports again: claims and evidence count from the day
of the report that brings them, and of what is put into words (where a thread stands, what a dispute is between) each day's words are
kept. What is asked of a whole case is what was worked out last.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from dragoman.case.commitments import proposed
from dragoman.case.disputes import disputes
from dragoman.case.evidence import Bearing
from dragoman.case.judgements import Commitment, Dispute, FigureSeries, Place, State, StateEvidence, Thread
from dragoman.case.record import EventMention, Mentions, Part, Record
from dragoman.case.store.base import FollowRow
from dragoman.case.telling import SAMPLE, present_state, titled
from dragoman.case.threads import shown_since
from dragoman.text.report import Span

_PENDING = frozenset({"planned", "promised", "threatened", "demanded"})
_LAST = 200
"""Mentions that tell where a thread stood: what is older tells nothing of a day."""
_MOST_DAYS = 60
"""Earlier days of a dispute that are kept; of one that runs longer, the last."""


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a thread stood at the end of a day on which something was told of it, and until the next such day; what it was called then."""

    day: str
    title: str
    state: str
    evidence: tuple[StateEvidence, ...]


@dataclass(frozen=True, slots=True)
class KeptThread:
    """`told` is the day on which each event was first told; `mentions` counts what was told of the thread on each day; `named` that a
    person has named it, which holds for every day.
    """

    thread: Thread
    told: tuple[str, ...]
    mentions: dict[str, int]
    past: tuple[Stood, ...]
    named: bool = False


@dataclass(frozen=True, slots=True)
class Was:
    """A dispute as it was from a day on; None where there was none."""

    day: str
    dispute: Dispute | None


@dataclass(frozen=True, slots=True)
class KeptDispute:
    """A dispute with what it was before."""

    dispute: Dispute
    past: tuple[Was, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """The state of a commitment from a day on, on the first `evidence` pieces of evidence."""

    day: str
    evidence: int
    state: State


@dataclass(frozen=True, slots=True)
class KeptCommitment:
    """A commitment with how it was rated before."""

    commitment: Commitment
    past: tuple[Rated, ...]


@dataclass(frozen=True, slots=True)
class KeptSeries:
    """A series with the day of each claim's report."""

    series: FigureSeries
    told: tuple[str, ...]


THREADS = msgspec.json.Decoder(KeptThread)
DISPUTES = msgspec.json.Decoder(KeptDispute)
COMMITMENTS = msgspec.json.Decoder(KeptCommitment)
SERIES = msgspec.json.Decoder(KeptSeries)


# --- how it was on a day


def thread_at(kept: KeptThread, as_of: str | None) -> Thread | None:
    """A thread as it stood at the end of a day, None for today; None where it was no thread yet."""
    if as_of is None:
        return kept.thread
    at = bisect_right(kept.past, as_of, key=lambda stood: stood.day)
    events = tuple(event for event, day in zip(kept.thread.events, kept.told, strict=True) if "" < day <= as_of)
    if not at or not events:
        return None
    stood = kept.past[at - 1]
    title = kept.thread.title if kept.named else stood.title
    return replace(kept.thread, title=title, state=stood.state, state_evidence=stood.evidence, events=events)


def dispute_at(kept: KeptDispute, as_of: str | None) -> Dispute | None:
    """A dispute as it was on a day; None where there was none."""
    if as_of is None:
        return kept.dispute
    at = bisect_right(kept.past, as_of, key=lambda was: was.day)
    return kept.past[at - 1].dispute if at else None


def commitment_at(kept: KeptCommitment, as_of: str | None) -> Commitment:
    """A commitment as it was rated on a day. What a person has decided holds for every day."""
    found = kept.commitment
    if as_of is None:
        return found
    at = bisect_right(kept.past, as_of, key=lambda rated: rated.day)
    count, state = (kept.past[at - 1].evidence, kept.past[at - 1].state) if at else (0, "not yet rated")
    decided = found.state if found.decided_by == "person" else by_then(state, found.due, as_of)
    if decided == found.state and count == len(found.evidence):
        return found
    return replace(found, state=decided, evidence=found.evidence[:count])


def by_then(state: State, due: str | None, as_of: str) -> State:
    """What was last told of a commitment, seen from a day: one whose time is over stands still."""
    return "stalled" if due is not None and due < as_of and state in ("in the works", "not yet rated") else state


def series_at(kept: KeptSeries, as_of: str | None) -> FigureSeries | None:
    """A series with the claims of the reports up to a day; None where there were none."""
    if as_of is None:
        return kept.series
    claims = tuple(claim for claim, day in zip(kept.series.claims, kept.told, strict=True) if "" < day <= as_of)
    there = {Place(claim.report, claim.figure) for claim in claims}
    revisions = tuple(r for r in kept.series.revisions if r.before in there and r.after in there)
    return replace(kept.series, claims=claims, revisions=revisions) if claims else None


# --- keeping it


def thread_row(record: Record, found: Thread, before: FollowRow | None) -> FollowRow:
    """A thread to be kept; of what was kept of it the days are taken over up to which nothing was added."""
    mentions = sorted((m for item in found.events for m in record.clusters[item]), key=_in_order)
    told = tuple(record.clusters[item][0].published for item in found.events)
    counts = dict(sorted(Counter(m.published for m in mentions).items()))
    since = shown_since(record, found.events) or ""
    past = _stood(record, mentions, [day for day in counts if day and day >= since], _as_before(counts, before))
    if past:
        past[-1] = Stood(past[-1].day, past[-1].title, found.state, found.state_evidence)
    reports, named = len({m.place.report for m in mentions}), found.id in record.called
    return FollowRow(found.id, "thread", None, since, reports, _json(KeptThread(found, told, counts, tuple(past), named)))


def _in_order(mention: EventMention) -> tuple[str, str, Span]:
    return mention.published, mention.place.report, mention.event.trigger


def _as_before(counts: Mapping[str, int], before: FollowRow | None) -> list[Stood]:
    """Where a thread stood on the days before the first one of which more, or less, is told now."""
    if before is None:
        return []
    earlier = THREADS.decode(before.json)
    changed = min((day for day in counts.keys() | earlier.mentions.keys() if counts.get(day) != earlier.mentions.get(day)), default="9")
    return [stood for stood in earlier.past if stood.day < changed]


def _stood(record: Record, mentions: Sequence[EventMention], days: Sequence[str], known: Sequence[Stood]) -> list[Stood]:
    """Where a thread stood at the end of each day; those that are known are its first days."""
    past = list(known) if [stood.day for stood in known] == list(days[: len(known)]) else []
    title = None
    for day in days[len(past) :]:
        end = bisect_right(mentions, day, key=lambda m: m.published)
        state, evidence = present_state(record, mentions[max(0, end - _LAST) : end])
        if title is None or not title[0]:
            title = (end >= SAMPLE, titled(record, mentions[:end]))  # it is made from the first mentions: later days have the same
        past.append(Stood(day, title[1], state, evidence))
    return past


def commitment_row(record: Record, found: Commitment) -> FollowRow:
    """A commitment to be kept."""
    told = record.clusters.get(found.act, ())
    day = min((m.published for m in told if m.event.status in _PENDING), default=told[0].published if told else "")
    proofs = [(record.event_at[place], p) for p in found.evidence if (place := Place(p.report, p.event)) in record.event_at]
    bearings = [Bearing(mention, p.bears, p.score, p.why) for mention, p in proofs]
    past: list[Rated] = []
    for count, bearing in enumerate(bearings, 1):
        rated = Rated(bearing.mention.published, count, proposed(bearings[:count], found.due, bearing.mention.published))
        past = [*(past[:-1] if past and past[-1].day == rated.day else past), rated]
    kept = KeptCommitment(found, tuple(past) if len(proofs) == len(found.evidence) else ())
    return FollowRow(found.id, "commitment", found.act, day, len(found.evidence), _json(kept))


def series_row(record: Record, found: FigureSeries) -> FollowRow:
    """A series to be kept."""
    told = tuple(record.reports[claim.report].published for claim in found.claims)
    said = max((day_number(claim.said or "") for claim in found.claims), default=0)
    return FollowRow(found.id, "figure", found.about, min(told, default=""), said, _json(KeptSeries(found, told)))


def day_number(day: str) -> int:
    """A day as a number, 20170131, so that rows can be found by it; of a month, a week or a year the last that it may be; 0 of no day."""
    year, _, rest = day.partition("-")
    digits = rest.replace("-", "")
    return int(year) * 10_000 + (int(digits) if len(digits) == 4 and digits.isdigit() else 9999) if year.isdigit() else 0


def dispute_row(record: Record, found: Dispute, about: str | None, before: FollowRow | None) -> FollowRow:
    """A dispute to be kept; `about` is the event that it is about, also where it is about a figure of one."""
    earlier = DISPUTES.decode(before.json) if before else None
    same = earlier is not None and earlier.dispute.sides == found.sides
    past = earlier.past if earlier and same else _was(record, found)
    day = next((was.day for was in past if was.dispute), "")
    return FollowRow(found.id, "dispute", about, day, len(found.sides), _json(KeptDispute(found, past)))


def _was(record: Record, found: Dispute) -> tuple[Was, ...]:
    """What the reports that tell of the dispute said up to each day."""
    part = _about(record, found)
    days = sorted({m.report.published for m in part.mentions if m.report.published})
    past: list[Was] = []
    for day in days[:-1][-_MOST_DAYS:]:
        there = next((d for d in disputes(part.until(day)) if (d.kind, d.about) == (found.kind, found.about)), None)
        if (past[-1].dispute if past else None) != there:
            past.append(Was(day, there))
    return (*past, Was(days[-1], found)) if days else ()


def _about(record: Record, found: Dispute) -> Part:
    """The reports that tell of a dispute, with what bears on it."""
    claims = {place for side in found.sides for place in side.claims}
    reports = {place.report for place in claims}
    items = {record.item(place) for place in claims} | {found.about}
    told = (_of_dispute(record, m, claims, items) for m in record.mentions if m.report.id in reports)
    return Part(
        tuple(told), record.item_of, (), record.decisions, record.ids, record.as_of, everybody=record.people, named=record.name_stems
    )


def _of_dispute(record: Record, told: Mentions, claims: Iterable[Place], items: Iterable[str]) -> Mentions:
    there, wanted = set(claims), set(items)
    events = tuple(m for m in told.events if record.item(m.place) in wanted or m.event.type == "REQUEST")
    return replace(told, events=events, figures=tuple(f for f in told.figures if f.place in there))


def _json(kept: KeptThread | KeptDispute | KeptCommitment | KeptSeries) -> str:
    return msgspec.json.encode(kept).decode()
