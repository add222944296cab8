"""A reading as plain rows, one dictionary an entry: `pandas.DataFrame(rows)` and `polars.DataFrame(rows)` take them.

Every cell is a string, an integer, a float or a boolean, and a column holds one type throughout, because polars infers
its types from the first rows: a text that is not there is "", a number that is not there is NaN. Ids are given beside
the names that they stand for; several in one cell are separated by "; ". Each row tells which report it comes from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from dragoman.reading.codes import codes_of
from dragoman.reading.entries import Actor, Event, Figure, Reading, Statement, Time
from dragoman.reading.tolls import tolls_of
from dragoman.text.report import Span

Row = dict[str, str | int | float | bool]
_SEPARATOR = "; "
_SURROGATE = re.compile("[\ud800-\udfff]")


def events_frame(reading: Reading) -> list[Row]:
    """One row for each mention of an act; `start` and `end` are those of its trigger, offsets into the report's text.

    `first_mention` is True for the rows that counts of events are to be made over. `reverses` is the id of the event that
    this one undoes or calls off, `statement` that of the statement which an act done in words makes; `evidence` is "model"
    where no frame of the lexicon found the act. `dead`, `injured`, `arrested` and `size` are people counted by the event's
    figures (`reading/tolls.py`), NaN where none does: do not add them up over several mentions of one act.
    """
    known = _Known(reading)
    return [_cleaned(_event_row(reading, event, known)) for event in reading.events]


def actors_frame(reading: Reading) -> list[Row]:
    """One row for each actor; `start` and `end` are those of its first mention, `mentions` is how many there are."""
    return [_cleaned(_actor_row(reading, actor)) for actor in reading.actors]


def statements_frame(reading: Reading) -> list[Row]:
    """One row for each statement; `start` and `end` reach from the beginning to the end of its content.

    `through` names those through whom the report has it, outermost first; `through_ids` are the statements among them.
    """
    known = _Known(reading)
    return [_cleaned(_statement_row(reading, statement, known)) for statement in reading.statements]


def figures_frame(reading: Reading) -> list[Row]:
    """One row for each quantity; `low` and `high` are floats, NaN where there is no bound."""
    return [_cleaned(_figure_row(reading, figure)) for figure in reading.figures]


def times_frame(reading: Reading) -> list[Row]:
    """One row for each expression of time."""
    return [_cleaned(_time_row(reading, time)) for time in reading.times]


class _Known:
    """What the ids of a reading stand for, looked up once for all rows."""

    def __init__(self, reading: Reading) -> None:
        self._names = {actor.id: actor.name for actor in reading.actors}
        self._speakers = {each.id: self.name(each.speaker) if each.speaker else "" for each in reading.statements}
        self.quantities = {each.id: each for each in reading.figures}
        self._figures = {each.id: _quoted(reading, [Span(each.start, each.end)]) for each in reading.figures}

    def name(self, actor: str) -> str:
        """The name of an actor; the id itself if nothing has it, so that no row is lost."""
        return self._names.get(actor, actor)

    def speaker(self, statement: str) -> str:
        """The name of the speaker of a statement; empty if it has none."""
        return self._speakers.get(statement, statement)

    def figure(self, figure: str) -> str:
        """The words of a figure."""
        return self._figures.get(figure, figure)


def _event_row(reading: Reading, event: Event, known: _Known) -> Row:
    when = event.when
    return {
        "event": event.id,
        "type": event.type,
        "mode": event.mode or "",
        "status": event.status,
        "plover": event.plover or "",
        **_codes(event),
        "contexts": _joined(event.contexts),
        "initiators": _joined(map(known.name, event.initiators)),
        "recipients": _joined(map(known.name, event.recipients)),
        "place": event.place or "",
        "when_start": when.start if when else "",
        "when_end": when.end if when else "",
        "when_inferred": when.inferred if when else False,
        "speakers": _joined(map(known.speaker, event.according_to)),
        "figures": _joined(map(known.figure, event.figures)),
        **tolls_of(event, known.quantities, reading.report.text)._asdict(),
        "trigger": _quoted(reading, [event.trigger]),
        "cues": _quoted(reading, event.cues),
        "sentence": _quoted(reading, [event.sentence]),
        "confidence": float(event.confidence),
        "first_mention": event.same_as is None,
        "same_as": event.same_as or "",
        "reverses": event.reverses or "",
        "evidence": event.evidence,
        "statement": event.statement or "",
        "initiator_ids": _joined(event.initiators),
        "recipient_ids": _joined(event.recipients),
        "statement_ids": _joined(event.according_to),
        "figure_ids": _joined(event.figures),
        **_place(reading, event.trigger),
    }


def _codes(event: Event) -> Row:
    """What other data sets call it; empty and NaN where they would not hold it."""
    found = codes_of(event)
    return {
        "plover_mode": found.mode or "" if found else "",
        "plv": found.plv if found else "",
        "quad": float(found.quad) if found else math.nan,
        "goldstein_style": found.goldstein_style if found else math.nan,
        "cameo": found.cameo if found else "",
        "cameo_root": found.cameo_root if found else "",
    }


def _actor_row(reading: Reading, actor: Actor) -> Row:
    return {
        "actor": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country or "",
        "sectors": _joined(actor.sectors),
        "roles": _joined(actor.roles),
        "mentions": len(actor.mentions),
        "forms": _joined(dict.fromkeys(_quoted(reading, [span]) for span in actor.mentions)),
        **_place(reading, actor.mentions[0]),
    }


def _statement_row(reading: Reading, statement: Statement, known: _Known) -> Row:
    return {
        "statement": statement.id,
        "speaker": known.name(statement.speaker) if statement.speaker else "",
        "source": _quoted(reading, statement.source),
        "cue": _quoted(reading, statement.cue),
        "content": _quoted(reading, statement.content),
        "mode": statement.mode,
        "standing": statement.standing,
        "channel": statement.channel or "",
        "when": statement.when or "",
        "addressees": _joined(map(known.name, statement.addressees)),
        "addressed": _quoted(reading, statement.addressed),
        "through": _joined(link.name for link in statement.through),
        "speaker_id": statement.speaker or "",
        "addressee_ids": _joined(statement.addressees),
        "through_ids": _joined(link.statement or "" for link in statement.through),
        **_place(reading, _hull(statement.content)),
    }


def _figure_row(reading: Reading, figure: Figure) -> Row:
    span = Span(figure.start, figure.end)
    return {
        "figure": figure.id,
        "text": _quoted(reading, [span]),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "unit": figure.unit or "",
        "of": figure.of or "",
        "approximate": figure.approximate,
        **_place(reading, span),
    }


def _time_row(reading: Reading, time: Time) -> Row:
    span = Span(time.start, time.end)
    return {
        "time": time.id,
        "text": _quoted(reading, [span]),
        "type": time.type,
        "value": time.value or "",
        **_place(reading, span),
    }


def _place(reading: Reading, span: Span) -> Row:
    """Where in which report: the last columns of every table."""
    report = reading.report
    return {
        "start": span.start,
        "end": span.end,
        "report_id": report.id,
        "source_id": report.source_id or "",
        "title": report.title or "",
        "publisher": report.publisher or "",
        "published": report.published.isoformat() if report.published else "",
    }


def _quoted(reading: Reading, spans: Sequence[Span]) -> str:
    """The text of the spans, white space made single, the parts of a discontinuous one joined by an ellipsis."""
    parts = (" ".join(reading.report.text[span.start : span.end].split()) for span in spans)
    return " \u2026 ".join(parts)


def _joined(parts: Iterable[str]) -> str:
    return _SEPARATOR.join(part for part in parts if part)


def _cleaned(row: Row) -> Row:
    """The row with lone surrogates, which no table can hold, made U+FFFD."""
    return {name: _SURROGATE.sub("\ufffd", cell) if isinstance(cell, str) else cell for name, cell in row.items()}


def _number(value: float | None) -> float:
    try:
        return math.nan if value is None else float(value)
    except OverflowError:
        return math.inf


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))
