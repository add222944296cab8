"""Small cases written by hand: reports of a few sentences with the entries that a reader would find in them.

A `Teller` writes one report. Names are found in its text, so that every span is true; reports of a case share actors by name and
events by the `item` that the test gives, as the linker would.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dragoman.case.judgements import Decision, Link, Place
from dragoman.case.mentions import mentions_of
from dragoman.case.record import Mentions, Record
from dragoman.reading.entries import Actor, Event, EventType, Figure, Kind, Reading, Statement, Status, Time, When
from dragoman.text.report import Report, Span

KINDS: dict[str, Kind] = {"Norland": "country", "Sudia": "country", "Osten": "country"}
COUNTRIES = {"Norland": "NOR", "Sudia": "SDN", "Osten": "EST", "President Ilva": "NOR", "Minister Tarn": "SDN", "General Oro": "NOR"}


class Teller:
    """Writes a report sentence by sentence; each sentence may hold an event, figures and a speaker."""

    def __init__(self, published: str, publisher: str = "Daily Post", copy_of: Teller | None = None) -> None:
        self.published, self.publisher, self.copy_of = published, publisher, copy_of
        self.text = ""
        self.actors: dict[str, Actor] = {}
        self.events: list[Event] = []
        self.figures: list[Figure] = []
        self.statements: list[Statement] = []
        self.times: list[Time] = []
        self.items: dict[str, str] = {}

    def event(
        self, sentence: str, trigger: str, type: EventType, status: Status = "occurred", *, by: str = "", to: str = "", said_by: str = "",
        said: str | None = None, item: str = "", mode: str | None = None, day: str | None = None, by_word: bool = False,
        figures: Iterable[tuple[str, int | None, int | None, str]] = (), time: tuple[str, str] | None = None, place: str | None = None,
    ) -> Teller:  # fmt: skip
        """Adds a sentence with one event. `figures` are (words, low, high, of); `time` is (words, value) of a date in the sentence."""
        start = self._say(sentence)
        span = Span(start, start + len(sentence))
        at = start + sentence.index(trigger)
        name = f"e{len(self.events) + 1}"
        voices = (self._statement(said_by, span, said),) if said_by else ()
        own = self._statement(by, span, said) if by_word else None
        if time:
            self._time(start + sentence.index(time[0]), *time)
        when = When(day, day) if day else None
        numbers = tuple(self._figure(start, sentence, *figure) for figure in figures)
        sides = (self._ids(by), self._ids(to))
        trigger_span = Span(at, at + len(trigger))
        self.events.append(
            Event(name, type, mode, trigger_span, span, status, (), None, *sides, place, when, voices, numbers, None, 0.9, statement=own)
        )
        self.items[name] = item or f"{self.published}/{self.publisher}/{name}"
        return self

    def figure(
        self, sentence: str, words: str, low: int | None, high: int | None, of: str, said_by: str = "", unit: str = "person", by: str = ""
    ) -> Teller:
        """Adds a sentence with a figure that belongs to no event; `by` is an actor whose name stands in it."""
        start = self._say(sentence)
        if by:
            at = start + sentence.index(by)
            self.actors[by] = replace(self.actors[self._name(by)], mentions=(Span(at, at + len(by)),))
        if said_by:
            self._statement(said_by, Span(start, start + len(sentence)), None)
        self._figure(start, sentence, words, low, high, of, unit)
        return self

    def mentions(self) -> Mentions:
        """What the case makes of this report."""
        made = mentions_of(self._reading())
        if self.copy_of is None:
            return made
        return replace(made, report=replace(made.report, same_text_as=self.copy_of.id))

    @property
    def id(self) -> str:
        """The report's id."""
        return self._reading().report.id

    def place(self, entry: str) -> Place:
        """Where one of its entries stands."""
        return Place(self.id, entry)

    def _reading(self) -> Reading:
        day = date.fromisoformat(self.published) if self.published else None
        report = Report(f"{self.publisher}. " + self.text, title="", publisher=self.publisher, published=day)
        return Reading(
            report, tuple(self.actors.values()), tuple(self.times), tuple(self.figures), tuple(self.statements), tuple(self.events)
        )

    def _say(self, sentence: str) -> int:
        start = len(self.publisher) + 2 + len(self.text)
        self.text += sentence + " "
        return start

    def _ids(self, names: str) -> tuple[str, ...]:
        return tuple(self._actor(name.strip()) for name in names.split("+") if name.strip())

    def _name(self, name: str) -> str:
        self._actor(name)
        return name

    def _actor(self, name: str) -> str:
        kind = KINDS.get(name, "person" if name.split()[0] in ("President", "Minister", "General") else "organization")
        official = ("GOV",) if name in COUNTRIES else ()
        made = Actor(f"a{len(self.actors) + 1}", name, kind, COUNTRIES.get(name), official, (), (Span(0, 1),))
        return self.actors.setdefault(name, made).id

    def _statement(self, speaker: str, content: Span, when: str | None) -> str:
        name = f"s{len(self.statements) + 1}"
        speaking = None if speaker == "?" else self._actor(speaker)
        source = () if speaker == "?" else (Span(0, 1),)
        self.statements.append(Statement(name, speaking, source, (), (content,), "indirect", "named", None, when))
        return name

    def _figure(self, start: int, sentence: str, words: str, low: int | None, high: int | None, of: str, unit: str = "person") -> str:
        at = start + sentence.index(words)
        name = f"f{len(self.figures) + 1}"
        self.figures.append(Figure(name, at, at + len(words), low, high, unit, of, words.startswith("about")))
        return name

    def _time(self, at: int, words: str, value: str) -> None:
        kind = "DURATION" if value.startswith("P") else "DATE"
        self.times.append(Time(f"t{len(self.times) + 1}", at, at + len(words), kind, value))  # type: ignore[arg-type]


def record(*tellers: Teller, links: Iterable[Link] = (), decisions: Iterable[Decision] = (), ids: dict[str, str] | None = None) -> Record:
    """The case of some reports: actors are one if their names are, events if the tests say so."""
    items: dict[Place, str] = {}
    for teller in tellers:
        items |= {teller.place(actor.id): f"A:{name}" for name, actor in teller.actors.items()}
        items |= {teller.place(entry): item for entry, item in teller.items.items()}
    return Record.of([t.mentions() for t in tellers], items, links, decisions, ids)
