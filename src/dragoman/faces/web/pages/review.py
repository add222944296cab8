"""The review: one question after the other, with the sentences it is about; a page of them at once; and how far reviewers agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from dragoman.case.case import Case
from dragoman.case.deciding import standing
from dragoman.case.query import Filters
from dragoman.case.reviewing import LINKS, NAMES, Doubt, Queue, Wanted, decided_on
from dragoman.case.reviewing_agreement import Agreed
from dragoman.case.reviewing_evidence import Quote
from dragoman.case.reviewing_words import Unit
from dragoman.faces.cli import review_command
from dragoman.faces.cli.answers import Answer
from dragoman.faces.web.access.roles import allows
from dragoman.faces.web.address import Address, number
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.review.answering import Choice, choices
from dragoman.faces.web.review.asking import TAKES, publishers, wanted
from dragoman.faces.web.review.fields import Target, targets
from dragoman.faces.web.review.trail import TRAILS
from dragoman.faces.web.state import once
from dragoman.reading.wording import shortened

_PAGE = 20
_MOST_DISAGREEMENTS = 30
_MOST_THREADS = 40
_SCORES = ("0.6", "0.7", "0.8", "0.9", "2")


@dataclass(frozen=True)
class Question:
    """A question as it is shown: its evidence, what was read of each piece beside each other, and what can be answered."""

    doubt: Doubt
    quotes: tuple[Quote, ...]
    beside: tuple[tuple[str, tuple[str, ...], bool], ...]
    choices: tuple[Choice, ...]

    @property
    def sides(self) -> list[tuple[str, list[Quote]]]:
        """The pieces by what they are in the question, in the order in which they stand."""
        found: dict[str, list[Quote]] = {}
        for quote in self.quotes:
            found.setdefault(quote.role, []).append(quote)
        return list(found.items())

    @property
    def is_link(self) -> bool:
        """Whether two places are compared."""
        return self.doubt.reason in LINKS


def show(case: Case, asked: Asked) -> Page:
    """One question: that of `at`, else the first of the queue that the visitor has not put off."""
    asks, me = wanted(asked.address, asked.filters, asked.visitor.name), asked.visitor.name
    skipped = TRAILS.skipped(case.store.location, me)
    queue = case.review(asks, limit=1, skip=skipped)
    at = asked.address.get("at")
    doubt = case.doubt(at.strip().upper()) if at else None
    doubt = doubt or next(iter(queue.doubts), None)
    question = next(iter(_questions(case, [doubt])), None) if doubt else None
    edits: tuple[Target, ...] = ()
    if question and allows(asked.visitor.role, "editor"):
        edits = targets(case, question.doubt, question.quotes)
    values = {
        **_around(case, asked, asks, queue), "question": question, "edits": edits, "skipped": len(skipped),
        "back": asked.address.but(at=None), "last": TRAILS.last(case.store.location, me), "second": asks.second,
    }  # fmt: skip
    return Page("Review", values, kept=False)


def show_many(case: Case, asked: Asked) -> Page:
    """A page of questions, each with its sentences, of which those that are ticked are accepted together."""
    asks, start = wanted(asked.address, asked.filters, asked.visitor.name), number(asked.address, "from", 0, 1_000_000)
    queue = case.review(asks, limit=_PAGE, offset=start)
    values = {
        **_around(case, asked, asks, queue), "questions": _questions(case, queue.doubts), "start": start, "step": _PAGE,
        "back": asked.address, "last": TRAILS.last(case.store.location, asked.visitor.name), "second": asks.second,
    }  # fmt: skip
    return Page("Review: a page at once", values, downloads=(), kept=False)


def load(case: Case, asked: Asked) -> Answer:
    """The queue as the command line writes it."""
    return review_command.review(case, wanted(asked.address, asked.filters, asked.visitor.name), None)


def _questions(case: Case, doubts: Sequence[Doubt]) -> list[Question]:
    evidence = case.evidence(doubts)
    return [Question(doubt, evidence[doubt.id], _beside(evidence[doubt.id]), choices(doubt)) for doubt in doubts]


def _beside(quotes: Sequence[Quote]) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """What was read of each piece, heading by heading, and whether it is the same for all."""
    headings = dict.fromkeys(heading for quote in quotes for heading, _ in quote.facts)
    read = [dict(quote.facts) for quote in quotes]
    rows = [(heading, tuple(facts.get(heading, "") for facts in read)) for heading in headings]
    return tuple((heading, values, len({value.casefold() for value in values}) > 1) for heading, values in rows)


def _around(case: Case, asked: Asked, asks: Wanted, queue: Queue) -> dict[str, Any]:
    """What stands around the questions: the filters, how many are left, how many the visitor decided today."""
    day = datetime.now(UTC).date().isoformat()
    taken = standing(kept.decision for kept in case.store.decisions())
    every = case.review(replace(asks, reasons=()), limit=0) if asks.reasons else queue
    return {
        "queue": queue, "asks": asks, "today": decided_on(taken, asked.visitor.name, day), "counts": every.counts,
        "names": NAMES, "publishers": publishers(case), "threads": _threads(case), "scores": _SCORES,
        "actor": asked.address.get("actor") or "", "ways": _ways(asked.address),
    }  # fmt: skip


def _ways(address: Address) -> dict[str, Address]:
    """One by one or a page at once, of the same part of the queue."""
    kept = {name: value for name, value in address.given.items() if name in TAKES}
    return {"one": Address("/review", kept), "list": Address("/review/list", kept)}


def _threads(case: Case) -> list[tuple[str, str]]:
    def titles() -> list[tuple[str, str]]:
        return [(thread.id, shortened(thread.title, 70)) for thread in case.threads(Filters(), limit=_MOST_THREADS)]

    return once(case, "threads of the review", titles)


# --- agreement


@dataclass(frozen=True)
class Disagreement:
    """A question over which people differ, with its evidence; `mine` if the visitor is one of them."""

    unit: Unit
    question: Question | None
    mine: bool


def show_agreement(case: Case, asked: Asked) -> Page:
    """Krippendorff's alpha for each kind of question, what is to be settled and what was."""
    found = case.agreement()
    start = number(asked.address, "from", 0, 1_000_000)
    units = found.open[start : start + _MOST_DISAGREEMENTS]
    asked_about = {unit.id: doubt for unit in units if (doubt := case.doubt(unit.id))}
    questions = {one.doubt.id: one for one in _questions(case, list(asked_about.values()))}
    me = asked.visitor.name
    shown = [Disagreement(unit, questions.get(unit.id), me in {word.by for word in unit.words}) for unit in units]
    values: Mapping[str, Any] = {
        "kinds": [(kind, review_command.said(kind.alpha), meaning(kind)) for kind in found.kinds], "open": shown,
        "settled": found.settled[:_MOST_DISAGREEMENTS], "count": len(found.open), "start": start, "step": _MOST_DISAGREEMENTS,
        "names": NAMES, "back": asked.address, "ways": _ways(asked.address),
    }  # fmt: skip
    return Page("Agreement", values, kept=False)


def load_agreement(case: Case, _: Asked) -> Answer:
    """Agreement as the command line writes it."""
    return review_command.agreement(case)


def meaning(found: Agreed) -> str:
    """What a value of alpha says, after Krippendorff's own advice."""
    if found.alpha is None:
        return "all got the same word: chance cannot be told from agreement"
    if found.alpha >= 0.8:
        return "the decisions can be relied on"
    return "for tentative conclusions only" if found.alpha >= 0.667 else "too little to rely on"
