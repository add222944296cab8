"""Actors: who is named; and one of them: its roles over time, what it did, what was done to it, what it said and promised, with whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from dragoman.case.case import Case
from dragoman.case.judgements import CaseActor
from dragoman.errors import QueryError
from dragoman.faces.web.address import number
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.pages import item
from dragoman.faces.web.readings import readings
from dragoman.faces.web.told import Named, Told, latest, promises, undertaken
from dragoman.reading.entries import Statement
from dragoman.reading.wording import one_line, shortened

_PAGE = 50
_MOST_EVENTS = 60
_MOST_READ = 40
"""Roles and words are taken from the last so many reports that name the actor."""
_MOST_SAID = 30
_MOST_PARTNERS = 15
_MOST_PROMISES = 25
_LONGEST = 400


@dataclass(frozen=True)
class Role:
    """Words that reports use for somebody, with the first and the last day on which they do."""

    words: str
    first: str
    last: str
    times: int


@dataclass(frozen=True)
class Saying:
    """Something that was said, where it stands, and by what words it is reported."""

    words: str
    cue: str
    published: str
    report: str
    entry: str


@dataclass(frozen=True)
class Partner:
    """Another actor with the events between the two."""

    actor: Named
    does: int
    undergoes: int


def show(case: Case, asked: Asked) -> Page:
    """Those named in most reports first."""
    start = number(asked.address, "from", 0, 1_000_000)
    found = case.actors(asked.filters, limit=_PAGE + 1, offset=start)
    shown = [(actor, len({mention.report for mention in actor.mentions})) for actor in found[:_PAGE]]
    values = {"actors": shown, "start": start, "step": _PAGE, "more": len(found) > _PAGE}
    return Page("Actors", values)


def show_one(case: Case, asked: Asked) -> Page:
    """One actor."""
    shown = item.found(case, asked)
    actor = next((a for a in case.actors(replace(asked.filters, actor=shown.id)) if a.id == shown.id), None)
    if actor is None:
        raise QueryError(f"the case has no {one_line(asked.item)!r} that passes these filters")
    inside = replace(asked.filters, actor=shown.id)
    events, count = latest(case, inside, _MOST_EVENTS)
    roles, sayings = _words(case, actor)
    commitments = [c for c in undertaken(case, inside) if actor.id in (c.maker, c.to)]
    values = {
        "shown": shown,
        "does": [event for event in events if _has(event.who, actor.id)],
        "undergoes": [event for event in events if _has(event.whom, actor.id)],
        "shown_events": len(events),
        "roles": roles,
        "sayings": sayings,
        "promises": promises(case, commitments[:_MOST_PROMISES], asked.filters),
        "promise_count": len(commitments),
        "disputes": case.disputes(inside),
        "partners": _partners(events, actor.id),
        "event_count": count,
    }
    return Page(shown.title, values)


def _has(side: tuple[Named, ...], who: str) -> bool:
    return any(actor.id == who for actor in side)


def _partners(events: list[Told], who: str) -> list[Partner]:
    does: Counter[Named] = Counter(actor for event in events if _has(event.who, who) for actor in event.whom)
    undergoes: Counter[Named] = Counter(actor for event in events if _has(event.whom, who) for actor in event.who)
    both = (does + undergoes).most_common(_MOST_PARTNERS + 1)
    return [Partner(actor, does[actor], undergoes[actor]) for actor, _ in both if actor.id != who][:_MOST_PARTNERS]


def _words(case: Case, actor: CaseActor) -> tuple[list[Role], list[Saying]]:
    """What an actor is called by its roles, and what it said, the newest first."""
    local: dict[str, set[str]] = {}
    for mention in actor.mentions:
        local.setdefault(mention.report, set()).add(mention.actor)
    last = list(local)[-_MOST_READ:]
    days = {report: row.published for report, row in case.store.reports(last).items()}
    used: dict[str, list[tuple[str, str]]] = {}
    said: list[Saying] = []
    for report, reading in readings(case, last).items():
        for entry in (a for a in reading.actors if a.id in local[report]):
            for role in entry.roles:
                used.setdefault(one_line(role).casefold(), []).append((days[report], one_line(role)))
        text = reading.report.text
        said += [_saying(s, text, report, days[report]) for s in reading.statements if s.speaker in local[report]]
    roles = [Role(found[0][1], min(found)[0], max(found)[0], len(found)) for found in used.values()]
    said.sort(key=lambda saying: saying.published, reverse=True)
    return sorted(roles, key=lambda role: (role.first, -role.times)), said[:_MOST_SAID]


def _saying(statement: Statement, text: str, report: str, published: str) -> Saying:
    words = " … ".join(one_line(text[span.start : span.end]) for span in statement.content)
    cue = " ".join(one_line(text[span.start : span.end]) for span in statement.cue)
    return Saying(shortened(words, _LONGEST), cue, statement.when or published, report, statement.id)
