"""Disputes: what the reports, and those who speak in them, contradict each other about; the sides stand beside each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.case.case import Case
from dragoman.case.judgements import Dispute
from dragoman.case.query import Filters
from dragoman.case.showing import Passage
from dragoman.faces.web.address import number
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.pages import item
from dragoman.faces.web.told import Named, parties

_PAGE = 20
_MOST_CLAIMS = 8
KINDS = {"figure": "how many", "status": "whether it happened", "agent": "who did it", "time": "when"}


@dataclass(frozen=True)
class ShownSide:
    """A position with those who hold it and the sentences in which they do; `more` claims are not shown."""

    position: str
    speakers: tuple[Named, ...]
    passages: tuple[Passage, ...]
    more: int


@dataclass(frozen=True)
class ShownDispute:
    """A dispute with its sides."""

    dispute: Dispute
    about: str
    sides: tuple[ShownSide, ...]


def show(case: Case, asked: Asked) -> Page:
    """All that pass, the latest first."""
    start = number(asked.address, "from", 0, 1_000_000)
    found = case.disputes(asked.filters)[::-1]
    shown = [_shown(case, dispute, asked.filters) for dispute in found[start : start + _PAGE]]
    return Page("Disputes", {"disputes": shown, "count": len(found), "start": start, "step": _PAGE, "kinds": KINDS})


def _shown(case: Case, dispute: Dispute, filters: Filters) -> ShownDispute:
    passages = {passage.place: passage for passage in case.show(dispute.id, Filters(as_of=filters.as_of)).passages}
    named = parties(case, (speaker for side in dispute.sides for speaker in side.speakers))
    sides = []
    for side in dispute.sides:
        told = [_plain(passages[place], side.position) for place in dict.fromkeys(side.claims) if place in passages]
        speakers = tuple(named.get(speaker, Named(speaker, speaker)) for speaker in side.speakers)
        sides.append(ShownSide(side.position, speakers, tuple(told[:_MOST_CLAIMS]), max(len(told) - _MOST_CLAIMS, 0)))
    return ShownDispute(dispute, KINDS[dispute.kind], tuple(sides))


def _plain(passage: Passage, position: str) -> Passage:
    """The passage without the position in its note: it stands above."""
    note = passage.note.removeprefix(position).strip(" ,()")
    return replace(passage, note=note)


def show_one(case: Case, asked: Asked) -> Page:
    """One dispute."""
    page = item.show(case, asked)
    found = next((d for d in case.disputes(Filters(as_of=asked.filters.as_of)) if d.id == asked.item), None)
    shown = [_shown(case, found, asked.filters)] if found else []
    return Page(page.title, {**page.values, "disputes": shown, "kinds": KINDS})
