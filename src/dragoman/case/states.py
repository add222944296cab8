"""Where everything that may change stands on a day: threads, disputes and commitments, in one line each.

What is new since a day is told from these lines. Of what is kept only what they need is decoded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from functools import cached_property

import msgspec

from dragoman.case.commitments import urgency
from dragoman.case.following import DISPUTES, KeptDispute, by_then, dispute_at
from dragoman.case.judgements import Commitment, CommitmentKind, DecidedBy, Dispute, State, Thread
from dragoman.case.store.base import Follows


class _Head(msgspec.Struct, frozen=True, gc=False):
    id: str
    title: str
    state: str


class _Stood(msgspec.Struct, frozen=True, gc=False):
    day: str
    title: str
    state: str


class _Thread(msgspec.Struct, frozen=True, gc=False):
    thread: _Head
    told: tuple[str, ...]
    past: tuple[_Stood, ...]
    named: bool = False


class _Undertaken(msgspec.Struct, frozen=True, gc=False):
    id: str
    kind: CommitmentKind
    made: str | None
    due: str | None
    state: State
    decided_by: DecidedBy


class _Rated(msgspec.Struct, frozen=True, gc=False):
    day: str
    state: State


class _Commitment(msgspec.Struct, frozen=True, gc=False):
    commitment: _Undertaken
    past: tuple[_Rated, ...]


class _Series(msgspec.Struct, frozen=True, gc=False):
    told: tuple[str, ...]


_THREADS = msgspec.json.Decoder(_Thread)
_SERIES = msgspec.json.Decoder(_Series)
_COMMITMENTS = msgspec.json.Decoder(_Commitment)


class States:
    """What is kept of a case, each kind read once for all days."""

    def __init__(self, follows: Follows) -> None:
        self._follows = follows

    @cached_property
    def _threads(self) -> list[_Thread]:
        return [_THREADS.decode(row.json) for row in self._follows.rows("thread", order="size")]

    @cached_property
    def _disputes(self) -> list[KeptDispute]:
        return [DISPUTES.decode(row.json) for row in self._follows.rows("dispute", order="day")]

    @cached_property
    def _commitments(self) -> list[tuple[str, _Commitment]]:
        return [(row.day, _COMMITMENTS.decode(row.json)) for row in self._follows.rows("commitment", order="day")]

    def at(self, as_of: str | None, today: str, gone: Collection[str]) -> dict[str, str]:
        """The line of each thread, dispute and commitment at the end of a day, None for today; without the disputes that are `gone`."""
        disputes = [dispute for kept in self._disputes if (dispute := dispute_at(kept, as_of)) and dispute.id not in gone]
        found = self.threads(as_of) | {dispute.id: of_dispute(dispute) for dispute in disputes}
        return found | self._commitments_at(as_of, as_of or today)

    def threads(self, as_of: str | None) -> dict[str, str]:
        """The line of each thread, those with most events first."""
        if as_of is None:
            return {kept.thread.id: _line(kept.thread.title, kept.thread.state) for kept in self._threads}
        there: list[tuple[int, str, str]] = []
        for kept in self._threads:
            at = bisect_right(kept.past, as_of, key=lambda stood: stood.day)
            count = sum([1 for day in kept.told if "" < day <= as_of]) if at else 0
            if count:
                stood = kept.past[at - 1]
                there.append((-count, kept.thread.id, _line(kept.thread.title if kept.named else stood.title, stood.state)))
        return {item: line for _, item, line in sorted(there, key=lambda one: one[0])}

    def _commitments_at(self, as_of: str | None, today: str) -> dict[str, str]:
        at = [_as_of(kept, as_of) for day, kept in self._commitments if as_of is None or "" < day <= as_of]
        return {found.id: f"{found.kind}, {found.state}" for found in sorted(at, key=lambda found: urgency(found, today))}


def _as_of(kept: _Commitment, as_of: str | None) -> _Undertaken:
    found = kept.commitment
    if as_of is None or found.decided_by == "person":
        return found
    at = bisect_right(kept.past, as_of, key=lambda rated: rated.day)
    state = by_then(kept.past[at - 1].state if at else "not yet rated", found.due, as_of)
    return found if state == found.state else _Undertaken(found.id, found.kind, found.made, found.due, state, found.decided_by)


def claims(follows: Follows, series: Collection[str] | None, as_of: str | None) -> dict[str, int]:
    """How many claims each series, or each of `series`, had at the end of a day, None for today."""
    kept = ((item, _SERIES.decode(json).told) for item, json in follows.jsons("figure", series))
    return {item: len(told) if as_of is None else sum("" < day <= as_of for day in told) for item, told in kept}


def _line(title: str, state: str) -> str:
    return f"{title}: {state}"


def of_thread(thread: Thread) -> str:
    """The line of a thread."""
    return _line(thread.title, thread.state)


def of_dispute(dispute: Dispute) -> str:
    """The line of a dispute."""
    return f"{dispute.summary} ({len(dispute.sides)} sides)"


def of_commitment(commitment: Commitment) -> str:
    """The line of a commitment."""
    return f"{commitment.kind}, {commitment.state}"
