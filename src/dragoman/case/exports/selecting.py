"""What an export is of: all that the filters select, asked for once and shared by the forms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from dragoman.case.acting import Deed
from dragoman.case.agreed import Traits
from dragoman.case.asking import Questions, Telling
from dragoman.case.deciding import rejected
from dragoman.case.deriving import Derived, Records
from dragoman.case.judgements import CaseActor, CaseEvent, Link, Place
from dragoman.case.query import Filters
from dragoman.case.record import EventMention, Mentions, Record
from dragoman.case.store.base import ALL, ReportRow, Store, StoredDecision
from dragoman.reading.entries import Actor
from dragoman.reading.wording import one_line

_AT_ONCE = 390
"""Events whose mentions are looked up by themselves; more would bring the record of the whole case."""


@dataclass(frozen=True)
class Selected:
    """What the filters select; each part is asked for when it is first wanted."""

    store: Store
    records: Records
    questions: Questions
    filters: Filters

    @property
    def is_whole(self) -> bool:
        """Whether nothing was narrowed."""
        return self.filters == ALL

    @property
    def open(self) -> Filters:
        """The same day, with nothing else narrowed."""
        return Filters(as_of=self.filters.as_of)

    @cached_property
    def record(self) -> Record:
        """All that the reports up to the day asked for tell."""
        return self.records.until(self.filters.as_of)

    @cached_property
    def reports(self) -> list[ReportRow]:
        """The reports that pass, by day."""
        return self.store.report_rows(self.filters)

    @cached_property
    def all_reports(self) -> dict[str, ReportRow]:
        """All reports of the case by id."""
        return {row.id: row for row in self.store.report_rows()}

    @cached_property
    def actors(self) -> list[CaseActor]:
        """The actors that pass, by number."""
        return self.questions.actors(self.filters, order="number")

    @cached_property
    def tellings(self) -> list[Telling]:
        """The events that pass, by day, with their names and sentences."""
        return self.questions.events(self.filters)

    @cached_property
    def shared(self) -> list[Telling]:
        """Those of the events in which several actors take part: only they are looked up, so that it costs less than all."""
        wanted = self.store.whole().shared_events() - rejected(stored.decision for stored in self.store.decisions())
        ids = [item for item in self.store.ids("event", self.filters) if item in wanted]
        some = (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
        found = [telling for portion in some for telling in self.questions.tellings(portion, self.filters)]
        return sorted(found, key=lambda telling: (telling.day, int(telling.event.id[1:])))

    @cached_property
    def deeds(self) -> list[tuple[str, Deed]]:
        """What the events between actors come to, by day."""
        as_of = self.filters.as_of
        if self.records.keeps(as_of):
            gone = rejected(stored.decision for stored in self.store.decisions())
            passing = None if self.filters == self.open else self.store.passing("event", self.filters)
            found = [(event, deed) for event, deed in self.records.deeds(as_of, passing) if event not in gone]
        else:
            found = [(telling.event.id, _deed(telling)) for telling in self.shared]
        return sorted(found, key=lambda one: (one[1].day, int(one[0][1:])))

    def parties(self, actors: Collection[str]) -> dict[str, tuple[str, Traits]]:
        """The names of actors, on one line, and what is known of them on the day asked for."""
        as_of = self.filters.as_of
        if self.records.keeps(as_of):
            known = self.records.parties(actors)
            return {item: (party.name, traits) for item, party in known.items() if (traits := party.traits.at(as_of))}
        found = self.questions.actors_of(sorted(actors), self.open)
        return {actor.id: (one_line(actor.name), Traits(actor.kind, actor.country, actor.sectors)) for actor in found}

    @cached_property
    def disputed(self) -> frozenset[str]:
        """The events that there is a dispute about, or about a figure of theirs."""
        as_of, gone = self.filters.as_of, rejected(stored.decision for stored in self.store.decisions())
        there = {dispute.id for dispute in self.records.disputes(as_of)} if as_of else None
        heads = self.records.heads("dispute", as_of)
        return frozenset(event for item, event in heads if event and item not in gone and (there is None or item in there))

    @cached_property
    def events(self) -> list[CaseEvent]:
        """The events that pass, by day."""
        return [telling.event for telling in self.tellings]

    @cached_property
    def derived(self) -> Derived:
        """The threads, disputes, commitments and figures that pass."""
        return self.questions.derived(self.filters)

    @cached_property
    def links(self) -> list[Link]:
        """The links that hold, between reports that pass."""
        ids = {row.id for row in self.reports}
        kept = (stored.link for stored in self.store.links(filters=self.open))
        return [link for link in kept if link.a.report in ids and link.b.report in ids]

    @cached_property
    def decisions(self) -> list[StoredDecision]:
        """What people decided about what passes; all decisions where nothing was narrowed."""
        found = self.store.decisions()
        if self.is_whole:
            return found
        ids = self.ids
        reports, kept = {row.id for row in self.reports}, set[str]()
        for stored in found:
            decision = stored.decision  # the target may be a mention, as "report:entry", or another decision
            if decision.target in ids or decision.target in kept or decision.target.partition(":")[0] in reports:
                kept.add(decision.id)
        return [stored for stored in found if stored.decision.id in kept]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all items and links that pass."""
        found = self.derived
        derived = {item.id for items in (found.threads, found.disputes, found.commitments, found.figures) for item in items}
        return frozenset(derived.union((e.id for e in self.events), (a.id for a in self.actors), (link.id for link in self.links)))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of all actors that what passes speaks of."""
        ids = {actor for event in self.events for actor in (*event.initiators, *event.recipients)}
        ids |= {claim.speaker for series in self.derived.figures for claim in series.claims if claim.speaker}
        ids |= {speaker for dispute in self.derived.disputes for side in dispute.sides for speaker in side.speakers}
        ids |= {who for found in self.derived.commitments for who in (found.maker, found.to) if who}
        return self.questions.names(sorted(ids))

    def mentions(self, event: CaseEvent) -> tuple[EventMention, ...]:
        """All mentions of an event up to the day asked for, first told first."""
        return self.record.clusters[event.id]

    def actors_in(self, report: str) -> tuple[Actor, ...]:
        """The actors of a report's reading."""
        return self._readings[report].actors

    @cached_property
    def _readings(self) -> dict[str, Mentions]:
        return {mentions.report.id: mentions for mentions in self.record.mentions}

    def mention(self, report: str, entry: str) -> EventMention | None:
        """The mention of an event at a place."""
        return self.record.event_at.get(Place(report, entry))


def _deed(telling: Telling) -> Deed:
    event, day = telling.event, telling.day
    last = event.when.end if event.when else day
    return Deed(event.type, event.mode, event.status, day, last, event.initiators, event.recipients)
