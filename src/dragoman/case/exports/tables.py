"""A case as flat tables, one for each kind of item: what CSV and Parquet files are made of (docs/reference/exports.md has the columns).

Ids lead from one table to another; names and sentences stand beside them, so that each table can be read alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dragoman.case.exports.elsewhere import code_of
from dragoman.case.exports.selecting import Selected
from dragoman.case.judgements import CaseEvent, Place
from dragoman.reading.wording import one_line

ColumnType = Literal["text", "whole", "number", "truth", "texts"]
Cell = str | int | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column with the type that all its cells have, None apart; `about` tells what stands in it."""

    name: str
    type: ColumnType
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each as the columns say."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def _columns(*told: tuple[str, ColumnType, str]) -> tuple[Column, ...]:
    return tuple(Column(*one) for one in told)


_SENTENCE: tuple[str, ColumnType, str] = ("sentence", "text", "the sentence that stands for it, on one line")
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "reports": _columns(
        ("id", "text", "the SHA-256 of the text"),
        ("published", "text", "ISO day, empty where it is not known"),
        ("title", "text", "title"),
        ("publisher", "text", "who published it"),
        ("url", "text", "where"),
        ("source_id", "text", "the id that the input gave it"),
        ("language", "text", "ISO 639-1 code"),
        ("same_text_as", "text", "the earlier report whose text it repeats"),
        ("added", "text", "when it was added to the case (ISO, UTC)"),
        ("bytes_sha256", "text", "the SHA-256 of the bytes that it was read from"),
    ),
    "actors": _columns(
        ("id", "text", "A1, A2, …"),
        ("name", "text", "the name that stands for all"),
        ("kind", "text", "person, group, organization, government or country"),
        ("country", "text", "ISO 3166-1 alpha-3 or PLOVER's code"),
        ("sectors", "texts", "PLOVER sectors"),
        ("aliases", "texts", "other names and descriptions"),
        ("reports", "whole", "reports that name it"),
        ("mentions", "whole", "readings' actors that are this one"),
    ),
    "events": _columns(
        ("id", "text", "E1, E2, …"),
        ("type", "text", "the act: one of PLOVER's sixteen types"),
        ("mode", "text", "how it is done"),
        ("status", "text", "occurred, ongoing, planned, promised, threatened, demanded, cancelled, denied or hypothetical"),
        ("plover", "text", "the one code that a PLOVER data set gives to type and status; empty where it has no event"),
        ("quad", "whole", "class of that code: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict"),
        ("score", "number", "PLOVER's conflict-cooperation score of that code, -10 to 10"),
        ("start", "text", "ISO day, month or year, empty where no date is told"),
        ("end", "text", "the same"),
        ("inferred", "truth", "whether the dates were inferred; empty where there are none"),
        ("place", "text", "in the words of the report"),
        ("initiators", "texts", "ids of who does it"),
        ("initiator_names", "texts", "their names"),
        ("recipients", "texts", "ids of to whom it is done"),
        ("recipient_names", "texts", "their names"),
        ("contexts", "texts", "PLOVER contexts"),
        ("independent_sources", "whole", "sources that tell it, copies and quotations counted once, data sets only where no report does"),
        ("claims", "whole", "mentions"),
        ("confidence", "number", "0 to 1, of the surest mention"),
        ("reverses", "text", "the event that it undoes"),
        ("thread", "text", "the thread that it belongs to"),
        ("disputed", "texts", "the disputes about it or about a figure of it"),
        _SENTENCE,
        ("report", "text", "the report of that sentence"),
        ("entry", "text", "the event's id in that report's reading"),
    ),
    "claims": _columns(
        ("event", "text", "the event of the case"),
        ("report", "text", "the report that tells it"),
        ("entry", "text", "the event's id in its reading"),
        ("published", "text", "the report's day"),
        ("publisher", "text", "who published it"),
        ("status", "text", "what this report says of it"),
        ("speaker", "text", "the actor of the case who says so; empty where the report itself does"),
        ("speaker_name", "text", "the name"),
        ("start", "whole", "offset of the sentence in the report's text"),
        ("end", "whole", "offset of its end"),
        ("sentence", "text", "the sentence, on one line"),
    ),
    "figures": _columns(
        ("id", "text", "F1, F2, …: a measured thing; one row for each value that was given for it"),
        ("of", "text", "what is counted"),
        ("about", "text", "the event or thread that it belongs to"),
        ("unit", "text", "ISO 4217 for money, else a noun"),
        ("low", "number", "lower bound; equal to `high` where it is exact"),
        ("high", "number", "upper bound"),
        ("speaker", "text", "the actor who gives it; empty where the report itself does"),
        ("speaker_name", "text", "the name"),
        ("said", "text", "ISO day on which it was given"),
        ("report", "text", "where"),
        ("entry", "text", "the figure's id in its reading"),
        ("revises", "text", "the value (report:entry) that the same source gave before"),
    ),
    "disputes": _columns(
        ("id", "text", "D1, D2, …; one row for each side"),
        ("kind", "text", "figure, status, agent or time"),
        ("about", "text", "an event or a series of figures"),
        ("summary", "text", "in words"),
        ("position", "text", "what this side holds"),
        ("speakers", "texts", "ids of the actors who speak for it"),
        ("speaker_names", "texts", "their names"),
        ("claims", "texts", "where, as report:entry"),
    ),
    "commitments": _columns(
        ("id", "text", "C1, C2, …"),
        ("kind", "text", "promise, plan, threat or demand"),
        ("maker", "text", "who makes it"),
        ("maker_name", "text", "the name"),
        ("to", "text", "to whom"),
        ("to_name", "text", "the name"),
        ("act", "text", "the event that is to come about"),
        ("made", "text", "ISO day"),
        ("due", "text", "ISO day"),
        ("condition", "text", "in the report's words"),
        ("state", "text", "not yet rated, in the works, stalled, compromise, kept or broken"),
        ("decided_by", "text", "rule or person"),
    ),
    "evidence": _columns(
        ("commitment", "text", "the commitment that it bears on"),
        ("report", "text", "where"),
        ("entry", "text", "the event's id in its reading"),
        ("bears", "text", "the state that it speaks for"),
        ("score", "number", "0 to 1: how sure it is that it bears on it"),
        ("why", "text", "the reason"),
    ),
    "threads": _columns(
        ("id", "text", "T1, T2, …"),
        ("title", "text", "title"),
        ("state", "text", "where it stands, in one sentence"),
        ("since", "text", "ISO day"),
        ("events", "texts", "its events"),
        ("evidence", "texts", "what the state rests on, as report:entry"),
    ),
    "links": _columns(
        ("id", "text", "L1, L2, …"),
        ("kind", "text", "same_text, same_actor, same_event, came_of or reverses"),
        ("a_report", "text", "one end"),
        ("a_entry", "text", "empty where the report as a whole is meant"),
        ("b_report", "text", "the other end"),
        ("b_entry", "text", "the same"),
        ("score", "number", "0 to 1"),
        ("why", "text", "the reason"),
        ("by", "text", "rule, or a person's name"),
        ("at", "text", "when (ISO, UTC)"),
        ("judgement", "text", "a person's word: undecided, positive or negative"),
    ),
    "decisions": _columns(
        ("id", "text", "J1, J2, …"),
        ("at", "text", "when (ISO, UTC)"),
        ("by", "text", "who"),
        ("verb", "text", "same, different, undo, rename, split, merge, reject, edit or pin"),
        ("target", "text", "what was decided about"),
        ("value", "text", "the new name, the other item, the mentions"),
        ("why", "text", "the reason"),
        ("undone", "text", "the decision that took it back"),
    ),
}  # fmt: skip
"""The columns of each table; their names and types stay, new ones are added at the end."""


def table(selected: Selected, kind: str) -> Table:
    """One table of what is selected. Raises KeyError for a kind that is not in `COLUMNS`."""
    return Table(kind, COLUMNS[kind], tuple(_WAYS[kind](selected)))


def tables(selected: Selected) -> tuple[Table, ...]:
    """All tables, empty ones too."""
    return tuple(table(selected, kind) for kind in COLUMNS)


Rows = Iterator[tuple[Cell, ...]]


def _reports(s: Selected) -> Rows:
    for row in s.reports:
        known = (row.title, row.publisher, row.url, row.source_id)
        yield (row.id, row.published or None, *map(_line, known), row.language, row.same_text_as, row.added, row.blob)


def _actors(s: Selected) -> Rows:
    for actor in s.actors:
        reports = len({mention.report for mention in actor.mentions})
        known = (actor.kind, actor.country, actor.sectors, tuple(map(one_line, actor.aliases)))
        yield (actor.id, _line(actor.name), *known, reports, len(actor.mentions))


def _events(s: Selected) -> Rows:
    disputes = disputes_of(s)
    for telling in s.tellings:
        event, mention = telling.event, telling.mention
        when = event.when
        dates = (when.start, when.end, when.inferred) if when else (None, None, None)
        sides = (event.initiators, tuple(map(one_line, telling.who)), event.recipients, tuple(map(one_line, telling.whom)))
        counts = (event.independent_sources, len(event.claims), float(event.confidence), event.reverses, event.thread)
        shown = (mention.sentence, mention.place.report, mention.place.entry)
        about = (_line(event.place), *sides, contexts(s, event), *counts, tuple(disputes.get(event.id, ())))
        found = code_of(event)
        code = (found.type, int(found.quad), found.score) if found else (None, None, None)
        yield (event.id, event.type, event.mode, event.status, *code, *dates, *about, *shown)


def contexts(s: Selected, event: CaseEvent) -> tuple[str, ...]:
    """The contexts that the mentions of an event have, each once."""
    return tuple(dict.fromkeys(context for mention in s.mentions(event) for context in mention.event.contexts))


def disputes_of(s: Selected) -> dict[str, list[str]]:
    """The disputes about each event, and about the figures that belong to it."""
    found: dict[str, list[str]] = {}
    derived = s.records.derived(s.filters.as_of)
    about = {series.id: series.about for series in derived.figures}
    gone = {dispute.id for dispute in derived.disputes} - {dispute.id for dispute in s.questions.disputes(s.open)}
    for dispute in derived.disputes:
        event = about.get(dispute.about, dispute.about)
        if event and dispute.id not in gone:
            found.setdefault(event, []).append(dispute.id)
    return found


def _claims(s: Selected) -> Rows:
    rows = s.all_reports
    for event in s.events:
        for claim in event.claims:
            row, mention = rows[claim.report], s.mention(claim.report, claim.event)
            if mention is None:
                continue
            who = s.record.claimant(claim.report, mention.voices).speaker
            speaker = (who.id, _line(who.name)) if who else (None, None)
            span = mention.event.sentence
            told = (claim.report, claim.event, row.published or None, _line(row.publisher), claim.status)
            yield (event.id, *told, *speaker, span.start, span.end, mention.sentence)


def _figures(s: Selected) -> Rows:
    for series in s.derived.figures:
        before = {revision.after: revision.before for revision in series.revisions}
        for claim in series.claims:
            revised = before.get(Place(claim.report, claim.figure))
            bounds = (_number(claim.low), _number(claim.high))
            told = (claim.speaker, _name(s, claim.speaker), claim.said, claim.report, claim.figure)
            yield (series.id, _line(series.of), series.about, series.unit, *bounds, *told, _place(revised) if revised else None)


def _disputes(s: Selected) -> Rows:
    for dispute in s.derived.disputes:
        for side in dispute.sides:
            names = tuple(_name(s, speaker) or speaker for speaker in side.speakers)
            known = (dispute.id, dispute.kind, dispute.about, one_line(dispute.summary), one_line(side.position))
            yield (*known, side.speakers, names, tuple(map(_place, side.claims)))


def _commitments(s: Selected) -> Rows:
    for found in s.derived.commitments:
        parties = (found.maker, _name(s, found.maker), found.to, _name(s, found.to))
        yield (found.id, found.kind, *parties, found.act, found.made, found.due, _line(found.condition), found.state, found.decided_by)


def _evidence(s: Selected) -> Rows:
    for found in s.derived.commitments:
        for proof in found.evidence:
            yield (found.id, proof.report, proof.event, proof.bears, float(proof.score), proof.why)


def _threads(s: Selected) -> Rows:
    for thread in s.derived.threads:
        evidence = tuple(f"{e.report}:{e.event}" for e in thread.state_evidence)
        yield (thread.id, one_line(thread.title), one_line(thread.state), thread.since, thread.events, evidence)


def _links(s: Selected) -> Rows:
    for link in s.links:
        ends = (link.a.report, link.a.entry, link.b.report, link.b.entry)
        yield (link.id, link.kind, *ends, float(link.score), link.why, link.by, link.at, link.judgement)


def _decisions(s: Selected) -> Rows:
    for stored in s.decisions:
        d = stored.decision
        yield (d.id, d.at, _line(d.by), d.verb, d.target, _line(d.value), _line(d.why), stored.undone)


def _line(text: str | None) -> str | None:
    return None if text is None else one_line(text)


def _name(s: Selected, actor: str | None) -> str | None:
    return _line(s.names.get(actor)) if actor else None


def _number(value: int | float | None) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:
        return float("inf")


def _place(place: Place) -> str:
    return f"{place.report}:{place.entry}"


_WAYS: Mapping[str, Callable[[Selected], Rows]] = {
    "reports": _reports, "actors": _actors, "events": _events, "claims": _claims, "figures": _figures, "disputes": _disputes,
    "commitments": _commitments, "evidence": _evidence, "threads": _threads, "links": _links, "decisions": _decisions,
}  # fmt: skip
