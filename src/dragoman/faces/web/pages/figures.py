"""Figures: each measured thing with the values claimed for it over time, as ranges, by claimant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from dragoman.case.case import Case
from dragoman.case.judgements import FigureClaim, FigureSeries
from dragoman.faces.web.address import number
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.pages import item
from dragoman.faces.web.ranges import Range, chart
from dragoman.faces.web.state import once
from dragoman.faces.web.told import Named, parties
from dragoman.reading.entries import Figure
from dragoman.reading.wording import amount, one_line

_PAGE = 40
REPORT = "the report itself"


@dataclass(frozen=True)
class Claimed:
    """A value with its words, its claimant (None: the report itself) and whether it revises an earlier one of the same source."""

    claim: FigureClaim
    words: str
    speaker: Named | None
    publisher: str
    revision: bool


@dataclass(frozen=True)
class ShownSeries:
    """A measured thing with its claims; `chart` is "" where there is nothing to compare."""

    series: FigureSeries
    title: str
    claims: tuple[Claimed, ...]
    chart: Markup


def show(case: Case, asked: Asked) -> Page:
    """All series that pass, those with most claims first."""
    start = number(asked.address, "from", 0, 1_000_000)
    found = once(case, "figures", lambda: case.most_claimed(asked.filters), asked.filters)
    shown = _shown(case, case.figures_of(found[start : start + _PAGE], asked.filters.as_of))
    return Page("Figures", {"series": shown, "count": len(found), "start": start, "step": _PAGE})


def show_one(case: Case, asked: Asked) -> Page:
    """One series."""
    page = item.show(case, asked)
    found = case.figures_of([asked.item], asked.filters.as_of)
    return Page(page.title, {**page.values, "series": _shown(case, found)})


def _shown(case: Case, found: list[FigureSeries]) -> list[ShownSeries]:
    named = parties(case, {claim.speaker for series in found for claim in series.claims if claim.speaker})
    rows = case.store.reports({claim.report for series in found for claim in series.claims})
    publishers = {report: one_line(row.publisher or "") or REPORT for report, row in rows.items()}
    return [_one(series, named, publishers) for series in found]


def _one(series: FigureSeries, named: Mapping[str, Named], publishers: Mapping[str, str]) -> ShownSeries:
    changed = {(revision.after.report, revision.after.entry) for revision in series.revisions}
    claims = tuple(
        Claimed(
            claim,
            _words(claim, series.unit),
            named.get(claim.speaker or ""),
            publishers.get(claim.report, REPORT),
            (claim.report, claim.figure) in changed,
        )
        for claim in series.claims
    )
    title = one_line(series.of or series.unit or "figure")
    ranges = [
        Range(c.claim.said or "", c.claim.low, c.claim.high, c.speaker.name if c.speaker else c.publisher, c.words, f"c{n}")
        for n, c in enumerate(claims, 1)
    ]
    return ShownSeries(series, title, claims, chart(ranges, series.id))


def _words(claim: FigureClaim, unit: str | None) -> str:
    return one_line(amount(Figure("f", 0, 1, claim.low, claim.high, unit, None, False)))
