"""What a person has to see to answer a question of the review: the sentences, in the words around them, and what was read in them.

All of it is told as it was read, without what people have decided since: whoever reads for a second time must not see the first word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.case.judgements import Place
from dragoman.case.kept import event_mention, figure_mention, kept_actor, statement_mention
from dragoman.case.record import EventMention
from dragoman.case.reviewing import Doubt
from dragoman.case.same_text import shared_spans
from dragoman.case.showing import sentence_around
from dragoman.case.store.base import EntryRow, ReportRow, Store
from dragoman.reading.entries import Actor
from dragoman.reading.wording import amount, listed, one_line, printable, spoken_when
from dragoman.text.report import Span

_BEFORE, _BEHIND = 100, 200
"""Characters before and behind a sentence that are shown with it; of more than two places fewer behind."""
_COPIED = 1500
"""Characters of a text that may be a copy."""
_NAMES = 6
_GAP, _LINE = re.compile(r"[ \t\r]*\n[ \t\r]*\n\s*"), re.compile(r"[ \t\r]*\n[ \t\r]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a report's text: `marked` if it is what the question is about, `told` if it belongs to the sentence that tells it."""

    text: str
    told: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A place of a report as evidence. `role` says what it is in the question ("earlier", "the promise"); `span` is where the sentence
    stands in the text; `item` is the event or actor that the entry belongs to; `facts` is what was read, under headings."""

    place: Place
    role: str
    publisher: str
    title: str
    published: str
    pieces: tuple[Piece, ...]
    span: Span
    facts: tuple[tuple[str, str], ...]
    item: str | None = None

    @property
    def sentence(self) -> tuple[str, str, str]:
        """The sentence alone: what stands before the words that matter, these words, what stands behind them; each on one line."""
        at = next((i for i, piece in enumerate(self.pieces) if piece.marked), len(self.pieces))
        parts = ("", "", "")
        if at < len(self.pieces):
            before = "".join(piece.text for piece in self.pieces[:at] if piece.told)
            after = "".join(piece.text for piece in self.pieces[at + 1 :] if piece.told)
            parts = (before, self.pieces[at].text, after)
        elif self.pieces:
            parts = ("".join(piece.text for piece in self.pieces), "", "")
        return parts[0].replace("\n", " ").lstrip(), one_line(parts[1]), parts[2].replace("\n", " ").rstrip()


def quotes(store: Store, doubts: Sequence[Doubt]) -> dict[str, tuple[Quote, ...]]:
    """The evidence for each of these questions, by their ids."""
    places = list(dict.fromkeys(place for doubt in doubts for place in doubt.places))
    around = _Around(store, places)
    return {doubt.id: tuple(around.quotes(doubt)) for doubt in doubts}


class _Around:
    """Reads what several questions need, each report once."""

    def __init__(self, store: Store, places: Sequence[Place]) -> None:
        self._rows: Mapping[Place, EntryRow] = store.entries((place for place in places if place.entry), roles=False)
        reports = list(dict.fromkeys(place.report for place in places))
        self._reports: Mapping[str, ReportRow] = store.reports(reports)
        self._texts = {report: printable(store.text(report) or "") for report in reports}
        named = {Place(p.report, actor) for p, row in self._rows.items() for actor in _named(row)}
        self._actors = {place: kept_actor(row) for place, row in store.entries(named, roles=False).items() if row.kind == "actor"}

    def quotes(self, doubt: Doubt) -> Iterable[Quote]:
        for place, role in zip(doubt.places, doubt.roles, strict=True):
            if place.report in self._reports and (not place.entry or place in self._rows):
                yield self._quote(doubt, place, role)

    def _quote(self, doubt: Doubt, place: Place, role: str) -> Quote:
        report, text = self._reports[place.report], self._texts[place.report]
        row = self._rows.get(place)
        if row is None:
            sentence, marks, facts = self._copied(doubt, place)
        else:
            sentence, marks = _where(row, text)
            facts = self._facts(row)
        begin, end = (0, sentence.end) if row is None else _stretch(text, sentence, _BEHIND if len(doubt.places) < 3 else _BEFORE)
        cut = ((Piece("… "),) if begin > 0 else (), (Piece(" …"),) if end < len(text) else ())
        pieces = (*cut[0], *_pieces(text, begin, end, sentence, marks), *cut[1])
        head = (one_line(report.publisher or ""), one_line(report.title or ""), report.published)
        told = tuple((heading, one_line(value)) for heading, value in facts if value)
        return Quote(place, one_line(role), *head, pieces, sentence, told, row.item if row else None)

    def _copied(self, doubt: Doubt, place: Place) -> tuple[Span, list[Span], list[tuple[str, str]]]:
        """The head of a text that may be a copy, with what it shares with the other."""
        text = self._texts[place.report]
        other = next((self._texts.get(p.report, "") for p in doubt.places if p.report != place.report), "")
        end = min(len(text), _COPIED)
        marks = [Span(s.start, min(s.end, end)) for s in shared_spans(text, other) if s.start < end]
        return Span(0, end), marks, [("length", f"{len(text.split()):,} words")]

    def _facts(self, row: EntryRow) -> list[tuple[str, str]]:
        if row.kind == "event":
            return self._of_event(event_mention(row))
        if row.kind == "actor":
            return _of_actor(kept_actor(row))
        if row.kind == "figure":
            figure = figure_mention(row).figure
            return [("figure", amount(figure)), ("of", figure.of or figure.unit or "")]
        return [("said", "a statement")] if row.kind == "statement" else []

    def _of_event(self, told: EventMention) -> list[tuple[str, str]]:
        event = told.event
        sides = [self._listed(told.place.report, side) for side in (event.initiators, event.recipients)]
        voices = [voice.speaker for voice in told.voices[-1:]]
        return [
            ("what", f"{event.type.lower()}{f': {event.mode}' if event.mode else ''}"),
            ("status", event.status),
            ("who", sides[0]),
            ("to whom", sides[1]),
            ("when", f"{spoken_when(event.when)}{' (inferred)' if event.when.inferred else ''}" if event.when else ""),
            ("where", event.place or ""),
            ("according to", (self._listed(told.place.report, filter(None, voices)) or "somebody not named") if voices else ""),
        ]

    def _listed(self, report: str, actors: Iterable[str]) -> str:
        found = [self._actors[place].name for actor in actors if (place := Place(report, actor)) in self._actors]
        return listed(list(map(one_line, found)), _NAMES)


def _named(row: EntryRow) -> Iterable[str]:
    """The actors that are told of beside an event."""
    if row.kind != "event":
        return ()
    told = event_mention(row)
    speakers = [voice.speaker for voice in told.voices[-1:] if voice.speaker]
    return (*told.event.initiators, *told.event.recipients, *speakers)


def _where(row: EntryRow, text: str) -> tuple[Span, list[Span]]:
    """The sentence of an entry, and the words in it that matter."""
    if row.kind == "event":
        event = event_mention(row).event
        return event.sentence, [event.trigger]
    if row.kind == "actor":
        mark = kept_actor(row).mentions[0]
    elif row.kind == "figure":
        figure = figure_mention(row).figure
        mark = Span(figure.start, figure.end)
    else:
        mark = statement_mention(row).statement.content[0]
    return sentence_around(text, mark), [mark]


def _stretch(text: str, sentence: Span, behind: int) -> tuple[int, int]:
    """The sentence with what stands around it, cut between words."""
    begin, end = max(0, sentence.start - _BEFORE), min(len(text), sentence.end + behind)
    if begin > 0:
        begin = text.find(" ", begin, sentence.start) + 1 or sentence.start
    if end < len(text):
        end = max(text.rfind(" ", sentence.end, end), sentence.end)
    return begin, end


def _pieces(text: str, begin: int, end: int, sentence: Span, marks: Sequence[Span]) -> Iterable[Piece]:
    edges = {begin, end, sentence.start, sentence.end, *(at for mark in marks for at in (mark.start, mark.end))}
    cuts = sorted(at for at in edges if begin <= at <= end)
    for start, stop in pairwise(cuts):
        told = sentence.start <= start < sentence.end
        yield Piece(_unbroken(text[start:stop]), told, any(mark.start <= start < mark.end for mark in marks))


def _unbroken(text: str) -> str:
    """Lines of one paragraph as one line; a new paragraph begins a new line."""
    return _LINE.sub(" ", _GAP.sub("\0", text)).replace("\0", "\n")


def _of_actor(actor: Actor) -> list[tuple[str, str]]:
    return [
        ("name", actor.name),
        ("kind", actor.kind),
        ("country", actor.country or ""),
        ("sectors", ", ".join(actor.sectors)),
        ("called", listed([one_line(role) for role in actor.roles], _NAMES)),
        ("in the report", f"{len(actor.mentions):,} mention{'' if len(actor.mentions) == 1 else 's'}"),
    ]
