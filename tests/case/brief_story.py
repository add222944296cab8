"""Made-up reports for the brief: each sentence with one act, its spans found by their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from dragoman.case.brief.material import Material, by_event, places_of
from dragoman.case.brief.sentences import Sentence, sentence
from dragoman.case.case import Case
from dragoman.case.deriving import Records
from dragoman.case.judgements import Place
from dragoman.case.query import Filters
from dragoman.reading.entries import Actor, Event, EventType, Figure, Kind, Reading, Standing, Statement, Status, When
from dragoman.text.loaded import Loaded
from dragoman.text.report import Report, Span

AT = "2026-03-01T12:00:00Z"
PEOPLE: dict[str, Kind] = {"Norland": "country", "Osten": "country", "President Ilva": "person", "Marta Ilva": "person"}


class Writer:
    """Writes one report. A name is an actor; `called` are the words by which the sentence names it, where they differ."""

    def __init__(self, published: str = "2026-03-02", publisher: str = "Daily Post", title: str = "") -> None:
        self.published, self.publisher, self.title = published, publisher, title
        self.text = ""
        self.actors: dict[str, Actor] = {}
        self.events: list[Event] = []
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []

    def act(
        self, words: str, trigger: str, kind: EventType, status: Status = "occurred", *, by: str = "", to: str = "",
        called: dict[str, str] | None = None, said_by: tuple[str, str, Standing] | None = None, source: str = "", confidence: float = 0.9,
        day: str | None = None,
    ) -> Writer:  # fmt: skip
        """Adds a sentence with an act. `said_by` is (name or "", cue, standing); `source` the speaker's words where they are no name."""
        span = self._say(words)
        at = self._find(words, trigger, span.start)
        voice = (self._statement(words, span, *said_by, source),) if said_by else ()
        sides = [tuple(self._actor(name, words, span.start, called or {}) for name in side.split("+") if name) for side in (by, to)]
        made = Event(
            f"e{len(self.events) + 1}", kind, None, at, span, status, (), None, sides[0], sides[1], None, When(day, day) if day else None,
            voice, (), kind, confidence,
        )  # fmt: skip
        self.events.append(made)
        return self

    def count(self, words: str, part: str, value: int, of: str) -> Writer:
        """Adds a sentence with a number that belongs to no act."""
        self._figure(words, self._say(words).start, part, value, of)
        return self

    def say(self, words: str) -> Writer:
        """Adds a sentence without an act."""
        self._say(words)
        return self

    def reading(self) -> Reading:
        """The report as a reader would have read it."""
        report = Report(
            self.text, title=self.title or None, publisher=self.publisher, published=date.fromisoformat(self.published),
            source_id=f"{self.published}-{self.publisher}",
        )  # fmt: skip
        return Reading(report, tuple(self.actors.values()), (), tuple(self.figures), tuple(self.statements), tuple(self.events))

    def _say(self, words: str) -> Span:
        start = len(self.text)
        self.text += words + " "
        return Span(start, start + len(words))

    @staticmethod
    def _find(words: str, part: str, start: int) -> Span:
        at = start + words.index(part)
        return Span(at, at + len(part))

    def _actor(self, name: str, words: str, start: int, called: dict[str, str]) -> str:
        span = self._find(words, called.get(name, name), start)
        known = self.actors.get(name)
        kind = PEOPLE.get(name, "group" if name[:1].islower() else "organization")
        made = known or Actor(f"a{len(self.actors) + 1}", name, kind, None, (), (), (span,))
        self.actors[name] = replace(made, mentions=tuple(sorted({*made.mentions, span})))
        return made.id

    def _statement(self, words: str, span: Span, name: str, cue: str, standing: Standing, source: str) -> str:
        made = f"s{len(self.statements) + 1}"
        speaker = self._actor(name, words, span.start, {name: source} if source else {}) if name else None
        told = (self._find(words, source or name, span.start),) if source or name else ()
        cues = (self._find(words, cue, span.start),) if cue else ()
        self.statements.append(Statement(made, speaker, told, cues, (span,), "indirect", standing, None, None))
        return made

    def _figure(self, words: str, start: int, part: str, value: int, of: str) -> str:
        span = self._find(words, part, start)
        made = Figure(f"f{len(self.figures) + 1}", span.start, span.end, value, value, "person", of, False)
        self.figures.append(made)
        return made.id


def case_of(place: Path | str, *writers: Writer) -> Case:
    """A case of these reports: a file in a folder, or a database at a URL."""
    case = Case.open(place / "made.case" if isinstance(place, Path) else place, create=True)
    for writer in writers:
        reading = writer.reading()
        case.add(Loaded(reading.report, reading.report.text.encode("utf-8", "replace"), "text/plain", "made.txt"), reading, AT)
    case.settle()
    return case


def told(case: Case) -> list[Sentence]:
    """The sentence for each event of a case."""
    tellings = case.timeline(Filters())
    record = Records(case.store).of_places(places_of(tellings))
    ids = {record.item(Place(m.report.id, actor.id)) for m in record.mentions for actor in m.actors}
    reports = {row.id: row for row in case.reports()}
    material = Material(record, case.names(sorted(ids)), reports, by_event(tellings), case.store)
    return [sentence(material, telling.mention) for telling in tellings]


def sentence_of(place: Path, writer: Writer) -> Sentence:
    """The sentence for the only act of a report."""
    with case_of(place, writer) as case:
        (only,) = told(case)
    return only
