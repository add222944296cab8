"""What the case keeps beside each entry, as JSON: what new entries are compared with, and what the questions are answered from.

Both are made once, when a report is added. An event's view leaves out what its whole report is about: that is the same for all events
of a report, and is made again from the text when the report is first looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from dragoman.case.linking.views import ActorView, EventView, Weights, about_of
from dragoman.case.record import EventMention, FigureMention, Mentions, ReportInfo, StatementMention
from dragoman.case.store.base import EntryRow, ReportRow, Store
from dragoman.reading.entries import Actor, Statement
from dragoman.reading.wording import one_line

_MOST_REPORTS = 3000
_encoder = msgspec.json.Encoder(order="deterministic")  # sets in one order: the same reports give the same file


@dataclass(frozen=True, slots=True)
class KeptActor:
    """Beside an actor's entry: the view and the entry of the reading."""

    view: ActorView
    actor: Actor


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """Beside an event's entry: the view without `about`, and the mention."""

    view: EventView
    mention: EventMention


# Half of what is kept: the rest of the JSON is passed over, not decoded.


@dataclass(frozen=True, slots=True)
class _ActorView:
    view: ActorView


@dataclass(frozen=True, slots=True)
class _Actor:
    actor: Actor


@dataclass(frozen=True, slots=True)
class _EventView:
    view: EventView


@dataclass(frozen=True, slots=True)
class _Mention:
    mention: EventMention


def to_json(kept: KeptActor | KeptEvent | FigureMention | StatementMention) -> str:
    """The JSON that is kept; lone surrogates in a text become question marks."""
    try:
        return _encoder.encode(kept).decode()
    except UnicodeEncodeError:
        return _encoder.encode(_without_surrogates(msgspec.to_builtins(kept))).decode()


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return [_without_surrogates(item) for item in value] if isinstance(value, (list, tuple, set, frozenset)) else value


def kept_event(view: EventView, mention: EventMention) -> str:
    """The JSON beside an event's entry."""
    return to_json(KeptEvent(replace(view, about={}), mention))


_ACTOR_VIEWS = msgspec.json.Decoder(_ActorView)
_ACTORS = msgspec.json.Decoder(_Actor)
_EVENT_VIEWS = msgspec.json.Decoder(_EventView)
_EVENTS = msgspec.json.Decoder(_Mention)
_FIGURES = msgspec.json.Decoder(FigureMention)
_STATEMENTS = msgspec.json.Decoder(StatementMention)


def actor_view(row: EntryRow) -> ActorView:
    """The view of an actor's entry."""
    return _ACTOR_VIEWS.decode(row.json).view


def kept_actor(row: EntryRow) -> Actor:
    """The actor of an actor's entry, as the reading has it."""
    return _ACTORS.decode(row.json).actor


def entry_of(store: Store, item: str) -> Actor | None:
    """An actor of the case as an entry of a report that does not name it: under its id in the case, as the latest report has it."""
    rows = store.members([item], newest=1)[item]
    return replace(kept_actor(rows[0]), id=item) if rows else None


class Abouts:
    """What each report is about, of the reports that were looked at last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Weights] = {}

    def put(self, report: str, about: Weights) -> None:
        """Remembers a report's words; forgets the report that was remembered first where there are too many."""
        self._known[report] = about
        if len(self._known) > _MOST_REPORTS:
            del self._known[next(iter(self._known))]

    def event_view(self, row: EntryRow) -> EventView:
        """The whole view of an event's entry."""
        return replace(_EVENT_VIEWS.decode(row.json).view, about=self._about(row.place.report))

    def _about(self, report: str) -> Weights:
        if report not in self._known:
            row = self._store.reports([report])[report]
            self.put(report, about_of(self._store.text(report) or "", row.title or ""))
        return self._known[report]


def event_view_alone(row: EntryRow) -> EventView:
    """The view of an event's entry without what its report is about."""
    return _EVENT_VIEWS.decode(row.json).view


def mentions(report: ReportRow, rows: Iterable[EntryRow]) -> Mentions:
    """All that a report tells, from its entries."""
    of: dict[str, list[EntryRow]] = {"actor": [], "event": [], "figure": [], "statement": []}
    for row in rows:
        of[row.kind].append(row)
    return Mentions(
        info(report),
        tuple(kept_actor(row) for row in _numbered(of["actor"])),
        tuple(event_mention(row) for row in _numbered(of["event"])),
        tuple(_FIGURES.decode(row.json) for row in _numbered(of["figure"])),
        tuple(_STATEMENTS.decode(row.json) for row in _numbered(of["statement"])),
    )


def event_mention(row: EntryRow) -> EventMention:
    """The mention of an event's entry, as it was read."""
    return _EVENTS.decode(row.json).mention


def figure_mention(row: EntryRow) -> FigureMention:
    """The mention of a figure's entry, as it was read."""
    return _FIGURES.decode(row.json)


def statement_mention(row: EntryRow) -> StatementMention:
    """The mention of a statement's entry, as it was read."""
    return _STATEMENTS.decode(row.json)


def voices_of(row: EntryRow) -> tuple[Statement, ...]:
    """The statements through which an entry is told, outermost first, as they were read; a statement's own entry is told by itself."""
    if row.kind == "statement":
        return (_STATEMENTS.decode(row.json).statement,)
    if row.kind == "figure":
        return _FIGURES.decode(row.json).voices
    return event_mention(row).voices if row.kind == "event" else ()


def info(row: ReportRow) -> ReportInfo:
    """What a record knows of a report."""
    return ReportInfo(
        row.id, one_line(row.title or ""), one_line(row.publisher or ""), row.published, row.same_text_as, row.source_id or ""
    )


def _numbered(rows: Sequence[EntryRow]) -> list[EntryRow]:
    return sorted(rows, key=lambda row: (len(row.place.entry), row.place.entry))
