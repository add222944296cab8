"""`dragoman review` and `dragoman agreement`: what is uncertain in a case, and how far those agree who decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.case.case import Case
from dragoman.case.exporting import plain
from dragoman.case.query import Filters
from dragoman.case.reviewing import NAMES, UNCERTAIN, Doubt, Wanted
from dragoman.case.reviewing_agreement import Agreed
from dragoman.case.reviewing_evidence import Quote
from dragoman.case.reviewing_words import Unit
from dragoman.faces.cli import case_command
from dragoman.faces.cli.answers import Answer, Block, Point, Section, sources
from dragoman.faces.cli.case_pages import about_filters
from dragoman.reading.wording import shortened, spoken_date

_SCHEMA = "dragoman.review/1"
_COLUMNS = ("id", "reason", "score", "told", "proposed", "publishers", "items", "why", "one", "other")


def run(request: case_command.Request, wanted: Wanted, limit: int | None) -> int:
    """What is to be decided. The filters of the request give actor and thread."""
    return case_command.run(request, lambda case, filters: review(case, of(wanted, filters), limit))


def run_agreement(request: case_command.Request) -> int:
    """How far people agree."""
    return case_command.run(request, lambda case, _: agreement(case))


def of(wanted: Wanted, filters: Filters) -> Wanted:
    """The part of the queue that the filters leave."""
    return replace(wanted, actor=filters.actor, thread=filters.thread)


def review(case: Case, wanted: Wanted, limit: int | None, offset: int = 0) -> Answer:
    """The queue, each question with its sentences."""
    queue = case.review(wanted, limit=limit, offset=offset)
    evidence = case.evidence(queue.doubts)
    blocks = tuple(_block(doubt, evidence[doubt.id]) for doubt in queue.doubts)
    rows = tuple(_row(doubt, evidence[doubt.id]) for doubt in queue.doubts)
    counts = sources(*(f"{count:,} {NAMES[reason]}" for reason, count in queue.counts.items()))
    about = (*about_filters(case, Filters(actor=wanted.actor, thread=wanted.thread)), *_asked(wanted), *counts)
    items = {
        "schema": _SCHEMA, "count": queue.count, "counts": dict(queue.counts),
        "questions": [as_items(doubt, evidence[doubt.id]) for doubt in queue.doubts],
    }  # fmt: skip
    left = queue.count - offset - len(queue.doubts)
    more = f"{left:,} more; --limit shows more of them, `dragoman judge`, `confirm`, `reject` and `edit` decide." if left > 0 else ""
    return Answer("To be decided", about, (Section("", blocks),), _COLUMNS, rows, items, "Nothing is left to be decided.", more)


def _asked(wanted: Wanted) -> tuple[str, ...]:
    scores = f"scores from {wanted.low:g} to {wanted.high:g}" if (wanted.low, wanted.high) != (0.0, UNCERTAIN) else ""
    second = f"second reading by {wanted.by}" if wanted.second else ""
    return sources(", ".join(wanted.reasons), scores, wanted.publisher or "", second)


def as_items(doubt: Doubt, quotes: Sequence[Quote]) -> dict[str, object]:
    """A question with its sentences as plain values."""
    told = [
        {
            "report": quote.place.report, "entry": quote.place.entry, "role": quote.role, "publisher": quote.publisher,
            "published": quote.published, "item": quote.item, "start": quote.span.start, "end": quote.span.end,
            "sentence": "".join(quote.sentence), "facts": dict(quote.facts),
        }
        for quote in quotes
    ]  # fmt: skip
    names = ("id", "reason", "question", "score", "why", "told", "proposed")
    return {**{name: getattr(doubt, name) for name in names}, "items": list(doubt.items), "evidence": told}


def _block(doubt: Doubt, quotes: Sequence[Quote]) -> Block:
    about = sources(doubt.why, f"{doubt.told:,} mentions" if doubt.told > 1 else "", " ".join(doubt.items))
    points = tuple(Point(quote.role, _short(quote.sentence), _source(quote)) for quote in quotes)
    question = doubt.question + (f" ({doubt.proposed}?)" if doubt.proposed else "")
    return Block(doubt.id, question, f"{doubt.score:.2f}", "yellow" if doubt.open > 0.5 else "cyan", None, about, points)


def _short(sentence: tuple[str, str, str]) -> tuple[str, str, str]:
    before, marked, after = sentence
    return ("…" + before[-160:] if len(before) > 160 else before), shortened(marked, 200), shortened(after, 200) if after else ""


def _source(quote: Quote) -> str:
    day = spoken_date(quote.published) if quote.published else ""
    return ", ".join(filter(None, (quote.publisher, day, f"{quote.place.report[:8]}:{quote.place.entry}" if quote.place.entry else "")))


def _row(doubt: Doubt, quotes: Sequence[Quote]) -> tuple[str | int | float | None, ...]:
    sentences = [shortened("".join(quote.sentence), 400) for quote in (*quotes[:1], *quotes[1:][-1:])]
    ends = (*sentences, "", "")[:2]
    lists = ("; ".join(doubt.publishers), " ".join(doubt.items))
    return (doubt.id, doubt.reason, doubt.score, doubt.told, doubt.proposed, *lists, doubt.why, *ends)


# --- agreement


def agreement(case: Case) -> Answer:
    """Krippendorff's alpha for each kind of question, and where people differ."""
    found = case.agreement()
    sections = (
        Section("Krippendorff's alpha (nominal)", tuple(map(_agreed, found.kinds))),
        Section("To be settled", tuple(map(_unit, found.open))),
        Section("Settled", tuple(map(_unit, found.settled))),
    )
    columns = ("id", "reason", "by", "said", "why", "at", "settled_by", "settled")
    rows = tuple(
        (unit.id, unit.reason, word.by, word.said, word.why, word.at, *((unit.settled.by, unit.settled.said) if unit.settled else ("", "")))
        for unit in (*found.open, *found.settled) for word in unit.words
    )  # fmt: skip
    items = {"schema": _SCHEMA, **plain(found)}
    empty = "Nothing has been decided by two people yet."
    return Answer("Agreement", sources(case.store.location), sections, columns, rows, items, empty)


def said(value: float | None) -> str:
    """Alpha as it is shown."""
    return "not defined" if value is None else f"{value:.2f}"


def _agreed(found: Agreed) -> Block:
    alike = f"{found.same:,} of {found.units:,} decided alike"
    return Block(said(found.alpha), NAMES[found.reason], about=sources(alike, f"by {', '.join(found.people)}"))


def _unit(unit: Unit) -> Block:
    words = (*unit.words, *((unit.settled,) if unit.settled else ()))
    points = tuple(
        Point(f"{'settled: ' if word is unit.settled else ''}{word.said}", (word.why, "", ""), f"{word.by}, {word.at}") for word in words
    )
    return Block(unit.id, NAMES[unit.reason], points=points)
