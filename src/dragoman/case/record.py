"""What the derived items of a case are made from: what each report tells, and which entries are one thing.

A `Record` holds the mentions of events, figures and statements (made once for each reading, by `mentions.py`) and the memberships
("e7 of this report is event E3"). Figures, disputes, commitments and threads are functions of a record and nothing else, so that
`record.until("1962-10-24")` gives the case as it stood that day.

Mentions go in the order of publication, then by the input's ids, the reports' ids and the place in the text: the order in which
reports were added never shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from dragoman.case.deciding import edited, values
from dragoman.case.judgements import Decision, Link, Place
from dragoman.case.linking.stems import words
from dragoman.reading.entries import Actor, Event, Figure, Kind, Statement
from dragoman.text.report import Span

# Those who act and speak for a state: what one of them says, the state says.
STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
OTHER_SIDES = frozenset({"REB", "OPP", "PTY", "LAB"})
"""Rebels, the opposition, parties and unions speak for themselves, though they may sit in a parliament or call themselves a government."""
BODIES = frozenset({"UNO", "IGO"})
"""Bodies of many states belong to none, whatever single mentions of them were read to be."""


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """What is known of a report: `published` is an ISO day or "", `same_text_as` the id of the earlier report that it copies.

    `source_id`, the id that the input gave it, tells the order of reports of one day: agencies count them up.
    """

    id: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    same_text_as: str | None = None
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class EventMention:
    """One mention of an event, with what its sentence tells.

    `voices` are the statements through which the report has it, outermost first; `by_word` is the statement that an act done in words
    makes. `words` are the stems of the sentence's telling words, `words_of_act` those of the trigger, `matter` those that tell what
    the act is about: what is said, for an act done in words; else what stands around the trigger. `condition` is the clause
    ("if ...") on which it depends, in the report's words; `due` the last ISO day by which it is to happen, as its sentence tells.
    """

    place: Place
    published: str
    event: Event
    sentence: str
    trigger: str
    words: frozenset[str]
    voices: tuple[Statement, ...] = ()
    by_word: Statement | None = None
    matter: frozenset[str] = frozenset()
    words_of_act: frozenset[str] = frozenset()
    condition: str | None = None
    due: str | None = None


@dataclass(frozen=True, slots=True)
class FigureMention:
    """One figure of a report. `event` is the event that it belongs to, by its id in the reading; `part` that it counts some of a whole

    ("13 of the 30 men", "including three children"); `of` are the stems of what is counted, `fate` what befell those counted
    ("dead", "injured", "arrested"). `kind` are the stems of what tells these from others ("cases of cholera"); `rival` that the
    figure is set against another ("puts the toll at"), `giver` who puts it so, by the actor's id in the reading.
    """

    place: Place
    published: str
    figure: Figure
    words: frozenset[str]
    of: frozenset[str] = frozenset()
    fate: str | None = None
    event: str | None = None
    part: bool = False
    voices: tuple[Statement, ...] = ()
    kind: frozenset[str] = frozenset()
    rival: bool = False
    giver: str | None = None


@dataclass(frozen=True, slots=True)
class StatementMention:
    """One statement of a report; `words` are the stems of its content's telling words, `cue` the words that report it."""

    place: Place
    published: str
    statement: Statement
    content: str
    cue: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that one report tells, as the functions over a record want it."""

    report: ReportInfo
    actors: tuple[Actor, ...] = ()
    events: tuple[EventMention, ...] = ()
    figures: tuple[FigureMention, ...] = ()
    statements: tuple[StatementMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody in the case. `id` is an actor of the case, or "report:entry" where the entry belongs to none.

    `party` is whose side they speak for: the state's country code for its government, forces and officials, else their own id.
    """

    id: str
    name: str
    kind: Kind
    country: str | None = None
    sectors: tuple[str, ...] = ()

    @property
    def party(self) -> str:
        """The state's country code, or the actor's own id."""
        state = self.kind in ("country", "government")
        official = state or (STATE_SECTORS.intersection(self.sectors) and not OTHER_SIDES.intersection(self.sectors))
        return self.country if self.country and official else self.id


def set_against(one: Who, other: Who) -> bool:
    """Whether two whom a sentence sets against each other are two sides: of two parties, or two persons or named bodies of one state."""
    named = all(who.kind in ("person", "organization") or (who.kind == "group" and who.name[:1].isupper()) for who in (one, other))
    return one.party != other.party or (named and one.id != other.id)


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who stands behind a claim: `speaker` (None: the report itself), and the one source that it counts as.

    `source` is the speaker's party, else the publisher of the text (of the original, for a copy).
    """

    speaker: Who | None
    source: str


@dataclass(frozen=True)
class Record:
    """The mentions of a case with the memberships of its entries.

    `item_of` gives the item of an event's or actor's place ("E3", "A2"); a place that is not in it is an item of its own. `ids` gives
    the numbers that derived items have had before (see `numbering.py`). `as_of` is the day of the record, "" for all of it.
    """

    mentions: tuple[Mentions, ...]
    item_of: Mapping[Place, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    decisions: tuple[Decision, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    as_of: str = ""

    @classmethod
    def of(
        cls,
        mentions: Iterable[Mentions],
        item_of: Mapping[Place, str] | None = None,
        links: Iterable[Link] = (),
        decisions: Iterable[Decision] = (),
        ids: Mapping[str, str] | None = None,
    ) -> Record:
        """A record in the order of publication, whatever the order of `mentions`."""
        ordered = sorted(mentions, key=lambda m: (m.report.published, m.report.source_id, m.report.same_text_as is not None, m.report.id))
        return cls(tuple(ordered), item_of or {}, tuple(links), tuple(decisions), ids or {})

    def until(self, as_of: str) -> Record:
        """The record as it stood at the end of an ISO day: reports published later, or without a date, are not in it.

        Decisions of people hold for every day: a person who joins two events today has said that they always were one.
        """
        kept = tuple(m for m in self.mentions if "" < m.report.published <= as_of)
        reports = {m.report.id for m in kept}
        links = tuple(link for link in self.links if link.a.report in reports and link.b.report in reports)
        return replace(self, mentions=kept, links=links, as_of=as_of)

    @cached_property
    def today(self) -> str:
        """The day from which the record is seen: `as_of`, else the day of the latest report; "" if no report has a date."""
        return self.as_of or max((m.report.published for m in self.mentions), default="")

    @cached_property
    def reports(self) -> dict[str, ReportInfo]:
        """The reports by id."""
        return {m.report.id: m.report for m in self.mentions}

    @cached_property
    def events(self) -> tuple[EventMention, ...]:
        """All mentions of events, in the order of the record."""
        return tuple(event for m in self.mentions for event in m.events)

    @cached_property
    def event_at(self) -> dict[Place, EventMention]:
        """The mentions of events by place."""
        return {event.place: event for event in self.events}

    @cached_property
    def told_in(self) -> dict[str, tuple[EventMention, ...]]:
        """The mentions of events of each report, by the report's id."""
        return {m.report.id: m.events for m in self.mentions}

    @cached_property
    def figures(self) -> tuple[FigureMention, ...]:
        """All figures, in the order of the record."""
        return tuple(figure for m in self.mentions for figure in m.figures)

    @cached_property
    def statements(self) -> tuple[StatementMention, ...]:
        """All statements, in the order of the record."""
        return tuple(statement for m in self.mentions for statement in m.statements)

    @cached_property
    def clusters(self) -> dict[str, tuple[EventMention, ...]]:
        """The mentions of each event of the case, first told first."""
        found: dict[str, list[EventMention]] = {}
        for event in self.events:
            found.setdefault(self.item(event.place), []).append(event)
        return {item: tuple(events) for item, events in found.items()}

    @cached_property
    def refusing(self) -> dict[tuple[str, Span], frozenset[str]]:
        """The parties that refuse something, by report and sentence."""
        found: dict[tuple[str, Span], frozenset[str]] = {}
        for m in self.events:
            if m.event.type == "REJECT" and m.event.status in ("occurred", "ongoing"):
                key = (m.place.report, m.event.sentence)
                found[key] = found.get(key, frozenset()) | {who.party for who in self.initiators(m)}
        return found

    @cached_property
    def cast(self) -> dict[str, frozenset[str]]:
        """The actors of the case that each report names."""
        return {m.report.id: frozenset(self.item(Place(m.report.id, actor.id)) for actor in m.actors) for m in self.mentions}

    @cached_property
    def said(self) -> dict[str, str]:
        """The status that a person has given to an event, by its id."""
        return edited(self.decisions, "status")

    @cached_property
    def said_due(self) -> dict[str, str]:
        """The day by which a person has said that a commitment is due, by its id."""
        return edited(self.decisions, "due")

    @cached_property
    def said_state(self) -> dict[str, str]:
        """What a person has said to have come of a commitment, by its id."""
        return edited(self.decisions, "state")

    @cached_property
    def called(self) -> dict[str, str]:
        """The names that people have given, by the ids of threads and actors."""
        return values(self.decisions, "rename")

    def item(self, place: Place) -> str:
        """The item that an entry belongs to; "report:entry" where it belongs to none."""
        return self.item_of.get(place) or f"{place.report}:{place.entry}"

    @cached_property
    def people(self) -> dict[str, Who]:
        """The actors of the case: the fullest name, and what most reports say of them."""
        entries: dict[str, list[Actor]] = {}
        for m in self.mentions:
            for actor in m.actors:
                entries.setdefault(self.item(Place(m.report.id, actor.id)), []).append(actor)
        return {item: who_of(item, actors) for item, actors in entries.items()}

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """The stems of the names of persons and states: who acts is compared by actor, not by words."""
        return name_stems(self.people.values())

    @cached_property
    def actors(self) -> dict[str, tuple[Actor, ...]]:
        """The actors of each report, by the report's id."""
        return {m.report.id: m.actors for m in self.mentions}

    def named_beside(self, mention: EventMention) -> frozenset[str]:
        """The parties that the sentence of a mention names, whatever they have to do with the act."""
        span, report = mention.event.sentence, mention.place.report
        there = (a for a in self.actors.get(report, ()) if any(span.covers(named) for named in a.mentions))
        return frozenset(who.party for a in there if (who := self.who(report, a.id)))

    @cached_property
    def state_names(self) -> frozenset[str]:
        """The names by which the case's states are called."""
        return frozenset(who.name for who in self.people.values() if who.kind == "country")

    def stems_of(self, item: str) -> frozenset[str]:
        """The stems of the name of an actor of the case."""
        who = self.people.get(item)
        return _stems_of_name(who.name) if who else frozenset()

    @cached_property
    def asked_in(self) -> frozenset[tuple[str, str]]:
        """The statements by which somebody demands something, as report and statement: "urged them not to leave" denies nothing."""
        asking = (m for m in self.events if m.by_word and m.event.type == "REQUEST")
        return frozenset((m.place.report, m.by_word.id) for m in asking if m.by_word)

    @cached_property
    def _cues(self) -> dict[Place, str]:
        return {told.place: told.cue for told in self.statements}

    def cue(self, report: str, statement: str) -> str:
        """The words that report a statement; "" where it has none."""
        return self._cues.get(Place(report, statement), "")

    def matter(self, mention: EventMention) -> frozenset[str]:
        """What the act of a mention is about, without the names of those who act."""
        return mention.matter - self.name_stems

    def who(self, report: str, entry: str | None) -> Who | None:
        """The actor of the case behind an actor's id in a reading; None if there is none."""
        return self.people.get(self.item(Place(report, entry))) if entry else None

    def whos(self, report: str, entries: Iterable[str]) -> tuple[Who, ...]:
        """The actors of the case behind several ids of a reading, each once."""
        found = {who.id: who for entry in entries if (who := self.who(report, entry))}
        return tuple(found.values())

    @cached_property
    def _doers(self) -> dict[Place, tuple[Who, ...]]:
        """Who does what, as far as it was asked: disputes and threads ask many times."""
        return {}

    @cached_property
    def _done_to(self) -> dict[Place, tuple[Who, ...]]:
        return {}

    def initiators(self, mention: EventMention) -> tuple[Who, ...]:
        """Who does it, as this mention has it."""
        known = self._doers.get(mention.place)
        if known is None:
            known = self._doers[mention.place] = self.whos(mention.place.report, mention.event.initiators)
        return known

    def recipients(self, mention: EventMention) -> tuple[Who, ...]:
        """To whom it is done, as this mention has it."""
        known = self._done_to.get(mention.place)
        if known is None:
            known = self._done_to[mention.place] = self.whos(mention.place.report, mention.event.recipients)
        return known

    def source(self, report: str) -> str:
        """The one source that a report's own words count as: the publisher of the text that it copies, else its own; its id if unknown."""
        original = self.original(report)
        return self.reports[original].publisher or original

    def original(self, report: str) -> str:
        """The report whose text a report repeats; itself where it repeats none."""
        seen: set[str] = set()
        while (original := self.reports[report].same_text_as) in self.reports and original not in seen:
            seen.add(report)
            report = original or report
        return report

    def claimant(self, report: str, voices: Iterable[Statement]) -> Claimant:
        """Who stands behind what a report has through these statements (outermost first): the innermost speaker.

        A speaker of whom nothing is known is told apart from the publisher by their standing ("anonymous").
        """
        told = tuple(voices)
        if not told:
            return Claimant(None, self.source(report))
        speaker = self.who(report, told[-1].speaker)
        return Claimant(speaker, speaker.party if speaker else f"{self.source(report)}/{told[-1].standing}")

    def day_said(self, published: str, voices: Iterable[Statement]) -> str:
        """The ISO day on which a claim was made: of the innermost statement that tells it, else of the report."""
        days = [v.when for v in voices if v.when and len(v.when) == 10]
        return days[-1] if days else published


@dataclass(frozen=True)
class Part(Record):
    """Some mentions of a record, with what the whole record knows of `everybody` in it and of the stems of their names (`named`)."""

    everybody: dict[str, Who] = field(default_factory=dict)
    named: frozenset[str] = frozenset()

    @cached_property
    def people(self) -> dict[str, Who]:
        """The actors of the case, as the whole record has them."""
        return self.everybody

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """The stems of all names."""
        return self.named


def days_between(first: str, second: str) -> int:
    """Days from one ISO day to another, negative if it is earlier; 0 if one is not told."""
    return _ordinal(second) - _ordinal(first) if first and second else 0


@lru_cache(maxsize=4096)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def name_stems(whos: Iterable[Who]) -> frozenset[str]:
    """The stems of the names of those who are persons or states."""
    names = (who.name for who in whos if who.kind in ("person", "country", "government"))
    return frozenset().union(*map(_stems_of_name, names))


@lru_cache(maxsize=65536)
def _stems_of_name(name: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(name))


def who_of(item: str, actors: Sequence[Actor]) -> Who:
    """Somebody, from the entries that are held to name them: the fullest name, and what most of the entries say."""
    names = Counter(actor.name for actor in actors)
    name = max(names, key=lambda n: (names[n] * min(len(n.split()), 3), len(n), n))
    kind = Counter(actor.kind for actor in actors).most_common(1)[0][0]
    countries = Counter(actor.country for actor in actors if actor.country)
    sectors = Counter(sector for actor in actors for sector in actor.sectors)
    often = tuple(sector for sector, count in sectors.most_common() if 2 * count >= len(actors))
    country = countries.most_common(1)[0][0] if countries and not (kind == "organization" and BODIES.intersection(often)) else None
    return Who(item, name, kind, country, often)
