"""A reading as rows of the tables: one function for each table, cells in the order of `schema.COLUMNS`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.faces.batch.parquet import Cell
from dragoman.reading.codes import codes_of
from dragoman.reading.entries import Actor, Event, Reading, Statement
from dragoman.reading.tolls import tolls_of
from dragoman.reading.wording import one_line
from dragoman.text.loaded import Loaded
from dragoman.text.report import Span

Row = tuple[Cell, ...]


def rows_of(reading: Reading, loaded: Loaded, key: str) -> dict[str, list[Row]]:
    """The rows of one report for each table. `key` is what the tables call the report."""
    report = reading.report
    head: Row = (key, report.published, _line(report.publisher))
    known = _Known(reading)
    tables = {
        "events": [(*head, *_event(event, known)) for event in reading.events],
        "statements": [(*head, *_statement(statement, known)) for statement in reading.statements],
        "figures": [(*head, *row) for row in _figures(known)],
        "times": [(*head, *row) for row in _times(known)],
        "actors": [(*head, *_actor(actor, known)) for actor in reading.actors],
    }
    return {"reports": [(*head, *_report(reading, loaded, tables))], **tables}


class _Known:
    """What the ids of a reading stand for."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.report.text
        self.actors = {actor.id: actor for actor in reading.actors}
        self.statements = {statement.id: statement for statement in reading.statements}
        self.figures = {figure.id: figure for figure in reading.figures}

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The names of actors; the id itself if nothing has it, so that the lists stay side by side."""
        return tuple(self.name(one) for one in ids)

    def name(self, actor: str) -> str:
        """The name of one actor."""
        return one_line(self.actors[actor].name) if actor in self.actors else actor

    def countries(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The countries of actors, each once."""
        found = (self.actors[one].country for one in ids if one in self.actors)
        return tuple(dict.fromkeys(country for country in found if country))

    def sectors(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The sectors of actors, each once."""
        return tuple(dict.fromkeys(sector for one in ids if one in self.actors for sector in self.actors[one].sectors))

    def quoted(self, spans: Sequence[Span]) -> str | None:
        """The words of the spans on one line, parts set apart by an ellipsis; None for no span."""
        return " … ".join(one_line(self.text[span.start : span.end]) for span in spans) or None


def _report(reading: Reading, loaded: Loaded, tables: Mapping[str, Sequence[Row]]) -> Row:
    report = reading.report
    known = (_line(report.title), _line(report.url), _line(report.source_id), report.language, report.id, _line(loaded.name))
    counts = tuple(len(tables[name]) for name in ("events", "statements", "figures", "times", "actors"))
    notices = tuple(one_line(notice) for notice in (*loaded.notices, *reading.notices))
    return (*known, len(report.text), len(report.text.split()), *counts, notices)


def _event(event: Event, known: _Known) -> Row:
    when = event.when
    claims = [known.statements[one] for one in event.according_to if one in known.statements]
    tolls = tolls_of(event, known.figures, known.text)
    return (
        *(event.id, event.type, event.mode, event.status, event.plover),
        *_codes(event),
        event.contexts,
        *_side(event.initiators, known),
        *_side(event.recipients, known),
        event.inferred,
        _line(event.place),
        *((when.start, when.end, when.inferred) if when else (None, None, None)),
        event.according_to,
        known.names(claim.speaker for claim in claims if claim.speaker),
        claims[-1].standing if claims else None,
        event.statement,
        event.figures,
        *map(_told, tolls),
        *(known.quoted([event.trigger]), known.quoted(event.cues), known.quoted([event.sentence])),
        *(float(event.confidence), event.same_as is None, event.same_as, event.reverses, event.evidence),
        *event.trigger,
        *event.sentence,
    )


def _side(ids: tuple[str, ...], known: _Known) -> Row:
    return (ids, known.names(ids), known.countries(ids), known.sectors(ids))


def _codes(event: Event) -> Row:
    found = codes_of(event)
    if found is None:
        return (None,) * 6
    return (found.mode, found.plv, int(found.quad), float(found.goldstein_style), found.cameo, found.cameo_root)


def _statement(statement: Statement, known: _Known) -> Row:
    speaker = known.actors.get(statement.speaker) if statement.speaker else None
    start, end = min(span.start for span in statement.content), max(span.end for span in statement.content)
    return (
        *(statement.id, statement.speaker, known.name(statement.speaker) if statement.speaker else None),
        speaker.country if speaker else None,
        *(known.quoted(statement.source), known.quoted(statement.cue), known.quoted(statement.content)),
        *(statement.mode, statement.standing, _line(statement.channel), statement.when),
        *(statement.addressees, known.names(statement.addressees), known.quoted(statement.addressed)),
        tuple(one_line(link.name) for link in statement.through),
        tuple(link.statement for link in statement.through if link.statement),
        *(start, end),
    )


def _figures(known: _Known) -> Iterator[Row]:
    of: dict[str, list[str]] = {}
    for event in known.reading.events:
        for figure in event.figures:
            of.setdefault(figure, []).append(event.id)
    for each in known.reading.figures:
        words, bounds = known.quoted([Span(each.start, each.end)]), (_number(each.low), _number(each.high))
        yield (each.id, words, *bounds, each.unit, _line(each.of), each.approximate, tuple(of.get(each.id, ())), each.start, each.end)


def _times(known: _Known) -> Iterator[Row]:
    for each in known.reading.times:
        yield (each.id, known.quoted([Span(each.start, each.end)]), each.type, each.value, each.start, each.end)


def _actor(actor: Actor, known: _Known) -> Row:
    forms = dict.fromkeys(one_line(known.text[span.start : span.end]) for span in actor.mentions)
    about = (actor.id, one_line(actor.name), actor.kind, actor.country, actor.sectors, tuple(map(one_line, actor.roles)))
    return (*about, len(actor.mentions), tuple(forms), *actor.mentions[0])


def _line(text: str | None) -> str | None:
    return (one_line(text) or None) if text else None


def _told(number: float) -> float | None:
    return None if math.isnan(number) else number


def _number(value: int | float | None) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:
        return math.inf
