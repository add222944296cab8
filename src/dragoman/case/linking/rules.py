"""What no score may outweigh: pairs of mentions that are never one act, and which act may come of, or undo, which."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dragoman.case.linking.stems import stem
from dragoman.case.linking.views import EventView, days_between
from dragoman.lexicons.load import words_of
from dragoman.reading.entries import Status

TAKEN_PLACE: frozenset[Status] = frozenset(("occurred", "ongoing"))
TO_COME: frozenset[Status] = frozenset(("planned", "promised", "threatened", "demanded"))
_FACT = "whether it took place"
_STAGES: Mapping[Status, str] = {
    "occurred": _FACT,
    "ongoing": _FACT,
    "denied": _FACT,
    "planned": "undertaken",
    "promised": "undertaken",
    "threatened": "threatened",
    "demanded": "demanded",
    "cancelled": "called off",
    "hypothetical": "supposed",
}
"""Mentions are one item of the case only within one stage: the plan of a visit, the visit and its cancelling are three.

"Occurred" and "denied" are one stage: who says that it happened and who denies it speak of one act, and that is a dispute.
"""
_FREED = {("RETREAT", "release"): frozenset(("arrest", "abduct", "seize", "convict")), ("AID", None): frozenset(("abduct",))}
"""Type and mode of an undoing act -> modes of acts that it undoes for the same people."""
_UNDOING_TYPES = frozenset(("RETREAT", "CONCEDE", "AGREE", "SANCTION", "REJECT", "AID"))
_IN_WORDS = frozenset(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"))
"""Acts done in words: what two people say is two acts, however alike. Who did a deed may be disputed."""
_OPEN_DAYS = 3
"""Days that a plan's time and that of what came of it may lie apart."""


def never_same(a: EventView, b: EventView) -> str:
    """Why the two can never be one act, "" where nothing forbids it."""
    if _STAGES[a.status] != _STAGES[b.status]:
        return f"one {a.status}, the other {b.status}"
    if a.dated and b.dated and _apart(a, b) > 0:
        return f"one on {a.start}, the other on {b.start}"
    if a.place.report == b.place.report and a.first and b.first and a.first != b.first and a.sentence == b.sentence:
        return "two acts of one sentence"
    if _turned_round(a, b):
        return "one acts on the other, and the other way round"
    if a.type in _IN_WORDS and b.type in _IN_WORDS and a.initiators and b.initiators and not a.initiators & b.initiators:
        return "words of two speakers"
    return ""


def _apart(a: EventView, b: EventView) -> int:
    """Days between the two times; 0 where they meet or one is not told."""
    if not (a.start and a.end and b.start and b.end):
        return 0
    return max(days_between(a.end, b.start), days_between(b.end, a.start), 0)


def _turned_round(a: EventView, b: EventView) -> bool:
    told = a.initiators and a.recipients and b.initiators and b.recipients
    turned = a.initiators <= b.recipients and a.recipients <= b.initiators
    return bool(told) and turned and a.initiators != a.recipients


def may_come_of(later: EventView, plan: EventView) -> bool:
    """Whether `later` can be what came of a plan, promise, threat or demand: told as done, and not before it was planned."""
    if plan.status not in TO_COME or later.status not in TAKEN_PLACE or later.type != plan.type:
        return False
    if _before(later, plan.published) or (plan.dated and later.dated and _apart(later, plan) > _OPEN_DAYS):
        return False
    return not _turned_round(later, plan)


def _before(event: EventView, day: str | None) -> bool:
    """Whether an event was over, or its report out, before a day."""
    last = event.end or event.published
    return bool(day and last) and days_between(str(last), str(day)) > 0


def may_reverse(later: EventView, undone: EventView) -> bool:
    """Whether `later` can undo or call off `undone`: a visit that is cancelled, an arrest by a release, a ban that is lifted."""
    if undone.status in ("cancelled", "denied", "hypothetical") or _before(later, undone.start or undone.published):
        return False
    if later.status == "cancelled":
        return undone.status in TO_COME and later.type == undone.type and later.root == undone.root
    if later.status not in TAKEN_PLACE or undone.status not in TAKEN_PLACE:
        return False
    if undone.mode in _FREED.get((later.type, later.mode), frozenset()):
        return bool(later.recipients & undone.recipients)
    lifts = later.root in _undoing_words() and later.type in _UNDOING_TYPES and later.near.get(undone.root, 0.0) > 0.2
    return lifts and (not later.initiators or not undone.initiators or bool(later.initiators & undone.initiators))


@cache
def _undoing_words() -> frozenset[str]:
    return frozenset(map(stem, words_of("linking", "acts", "undoing")))
