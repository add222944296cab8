"""What the brief is composed from: the mentions, names and texts of the items that it tells of, asked for once.

A brief reads what it tells, never the whole case: the same brief costs the same in a case of a hundred times as many reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.case.asking import Telling
from dragoman.case.judgements import Place
from dragoman.case.kept import kept_actor
from dragoman.case.record import EventMention, FigureMention, Record, StatementMention
from dragoman.case.store.base import ReportRow, Store
from dragoman.reading.entries import Actor
from dragoman.reading.wording import one_line, shortened

_LONGEST_NAME = 80


@dataclass(frozen=True)
class Material:
    """What is known of the places that the brief tells of; `names` are the case's names of actors by id."""

    record: Record
    names: Mapping[str, str]
    reports: Mapping[str, ReportRow]
    tellings: Mapping[str, Telling]
    store: Store
    _texts: dict[str, str] = field(default_factory=dict)
    _actors: dict[str, dict[str, Actor]] = field(default_factory=dict)
    _everybody: dict[str, tuple[Actor, ...]] = field(default_factory=dict)

    def text(self, report: str) -> str:
        """The text of a report, "" if the case has lost it."""
        if report not in self._texts:
            self._texts[report] = self.store.text(report) or ""
        return self._texts[report]

    def actor(self, report: str, entry: str) -> Actor | None:
        """An actor of a report's reading."""
        if not self._actors:
            self._actors.update({m.report.id: {actor.id: actor for actor in m.actors} for m in self.record.mentions})
        return self._actors.get(report, {}).get(entry)

    def everybody(self, report: str) -> tuple[Actor, ...]:
        """All actors that a report names, also those who do nothing in what the brief tells."""
        if report not in self._everybody:
            rows = self.store.entries([Place(report)]).values()
            self._everybody[report] = tuple(kept_actor(row) for row in rows if row.kind == "actor")
        return self._everybody[report]

    def event(self, place: Place) -> EventMention | None:
        """The mention of an event at a place."""
        return self.record.event_at.get(place)

    def figure(self, place: Place) -> FigureMention | None:
        """The figure at a place."""
        return self._figures.get(place)

    def statement(self, place: Place) -> StatementMention | None:
        """The statement at a place."""
        return self._statements.get(place)

    @cached_property
    def _figures(self) -> Mapping[Place, FigureMention]:
        return {figure.place: figure for figure in self.record.figures}

    @cached_property
    def _statements(self) -> Mapping[Place, StatementMention]:
        return {told.place: told for told in self.record.statements}

    def name(self, item: str | None) -> str:
        """An actor's name in the case, "" where there is none."""
        return shortened(one_line(self.names.get(item or "", "")), _LONGEST_NAME)

    def publisher(self, report: str) -> str:
        """Who published a report."""
        row = self.reports.get(report)
        return shortened(one_line((row.publisher if row else "") or ""), _LONGEST_NAME) or "a report without a publisher"

    def published(self, report: str) -> str:
        """The ISO day of a report, "" if unknown."""
        row = self.reports.get(report)
        return row.published if row else ""

    def source(self, mention: EventMention) -> str:
        """The one source that a mention counts as: who says it, else the publisher of the text that its report is or copies."""
        if mention.voices:
            return self.record.claimant(mention.place.report, mention.voices).source
        return self.publisher(self.original(mention.place.report))

    def original(self, report: str) -> str:
        """The report that a report copies, itself if it copies none."""
        seen = {report}
        while (row := self.reports.get(report)) and row.same_text_as in self.reports and row.same_text_as not in seen:
            report = row.same_text_as or report
            seen.add(report)
        return report


def places_of(tellings: Iterable[Telling]) -> list[Place]:
    """The mentions that events rest on."""
    return [Place(claim.report, claim.event) for telling in tellings for claim in telling.event.claims]


def by_event(tellings: Sequence[Telling]) -> dict[str, Telling]:
    """Tellings by the ids of their events."""
    return {telling.event.id: telling for telling in tellings}
