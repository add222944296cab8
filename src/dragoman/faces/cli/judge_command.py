"""The commands by which a person decides about a case, and the log of what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import click

from dragoman.case.case import Case, now
from dragoman.case.deciding import standing
from dragoman.case.edits import spoken_target
from dragoman.case.judgements import Place
from dragoman.case.judging import Judge
from dragoman.case.log import Entry, entries
from dragoman.case.query import Filters
from dragoman.errors import InputError, QueryError
from dragoman.faces import settings
from dragoman.faces.cli import case_command
from dragoman.faces.cli.answers import Answer, Block, Section, sources
from dragoman.reading.wording import one_line, shortened


@dataclass(frozen=True)
class Request:
    """One decision: what to do to `target`, with the `values` that it needs; `by` None: the author of the settings."""

    case: str
    verb: str
    target: str
    values: tuple[str, ...] = ()
    why: str = ""
    by: str | None = None


def author(by: str | None = None) -> str:
    """Who decides: the name given, else that of the settings (see `settings.author`)."""
    try:
        found = one_line(by or "").strip() or settings.author()
    except InputError as problem:
        raise click.UsageError(str(problem)) from None
    if not found:
        raise click.UsageError(f"nobody is known to decide; give your name with --by or in {settings.AUTHOR}")
    return found


def run(request: Request) -> int:
    """Takes the decision and works out what follows."""
    by = author(request.by)
    with Case.open(request.case) as case:
        try:
            found = _way(request)(case.judge(by))
        except QueryError as problem:
            raise click.UsageError(str(problem)) from None
        case.settle()
        made = [entry for entry in entries(case.judge(by).log(), case.waiting()) if entry.decision.id in found]
    for entry in made:
        way_back = f"take it back with `dragoman judge CASE {entry.decision.id} undo`"
        click.echo(f"{entry.decision.id}: {_said(entry)}; {way_back}")
    return 0


def _way(request: Request) -> Callable[[Judge], list[str]]:
    target, values, why, at = request.target, request.values, request.why, now()
    ways: dict[str, Callable[[Judge], list[str]]] = {
        "same": lambda judge: [judge.link(target, True, why, at)],
        "different": lambda judge: [judge.link(target, False, why, at)],
        "undo": lambda judge: [judge.undo(_decision(judge, target), why, at)],
        "rename": lambda judge: [judge.rename(target, values[0], why, at)],
        "merge": lambda judge: [judge.merge(target, values[0], why, at)],
        "split": lambda judge: [judge.split(target, [_place(value) for value in values], why, at)],
        "reject": lambda judge: [judge.reject(target, why, at)],
        "confirm": lambda judge: [judge.confirm(target, why, at)],
        "edit": lambda judge: judge.edit(target, _fields(values), why, at),
        "pin": lambda judge: [judge.pin(target, values[0], why, at)],
    }
    return ways[request.verb]


def _decision(judge: Judge, target: str) -> str:
    """A decision by its own id, or the last one that holds on an item or a link."""
    if target.startswith("J"):
        return target
    found = [decision for decision in standing(kept.decision for kept in judge.log()) if decision.target == target]
    if not found:
        raise QueryError(f"nothing is decided about {target!r}; `dragoman log CASE` lists all decisions")
    return found[-1].id


def _place(value: str) -> Place:
    report, _, entry = value.rpartition(":")
    if len(report) < 6 or not entry:
        raise QueryError(f"{value!r} is no mention; write it as REPORT:ENTRY, such as 8ee3feb3:e4, as `dragoman show` does")
    return Place(report, entry)


def _fields(values: Iterable[str]) -> dict[str, str]:
    """FIELD=VALUE, each field once."""
    found: dict[str, str] = {}
    for value in values:
        name, sign, text = value.partition("=")
        name = name.strip().lower()
        if not sign or not name or name in found:
            raise QueryError(f"{one_line(value)!r} cannot be used; give each field once as FIELD=VALUE, such as status=denied")
        found[name] = text.strip()
    return found


# --- the log


@dataclass(frozen=True)
class Asked:
    """Which decisions to list: by whom, of which verbs, about which item, in which state; `filters` give the days."""

    by: str | None = None
    verbs: tuple[str, ...] = ()
    item: str | None = None
    states: tuple[str, ...] = field(default=())


def log(request: case_command.Request, asked: Asked) -> int:
    """What was decided."""
    return case_command.run(request, lambda case, filters: decisions(case, filters, asked))


def decisions(case: Case, filters: Filters, asked: Asked) -> Answer:
    """The log as a page, as rows and as JSON."""
    found = [entry for entry in entries(case.judge("").log(), case.waiting()) if _passes(entry, filters, asked)]
    columns = ("id", "at", "by", "verb", "target", "value", "why", "state", "because_of")
    rows = tuple(
        (d.id, d.at, d.by, d.verb, d.target, d.value, d.why, entry.state, entry.because)
        for entry in found if (d := entry.decision)
    )  # fmt: skip
    items = {"decisions": [dict(zip(columns, row, strict=True)) for row in rows]}
    waiting = [entry for entry in found if entry.state == "waiting"]
    sections = (
        Section("", tuple(_block(entry) for entry in found if entry.state != "waiting")),
        Section("Waiting for what they were about" if waiting else "", tuple(map(_block, waiting))),
    )
    days = [f"{name} {day}" for name, day in (("since", filters.since), ("until", filters.as_of)) if day]
    asked_for = [word for word in (asked.by, *asked.verbs, asked.item, *asked.states) if word]
    empty = "No decision passes." if days or asked_for else "Nobody has decided anything yet."
    return Answer("Decisions", sources(case.store.location, *days, *asked_for), sections, columns, rows, items, empty)


def _passes(entry: Entry, filters: Filters, asked: Asked) -> bool:
    decision = entry.decision
    day = decision.at[:10]
    in_days = (filters.since or "") <= day and (filters.as_of is None or day <= filters.as_of)
    by = asked.by is None or asked.by.casefold() == decision.by.casefold()
    item = asked.item is None or entry.concerns(asked.item)
    return (
        in_days and by and item and (not asked.verbs or decision.verb in asked.verbs) and (not asked.states or entry.state in asked.states)
    )


def _block(entry: Entry) -> Block:
    decision = entry.decision
    why = (decision.why, "", "") if decision.why else None
    state = "" if entry.state == "stands" else " ".join(filter(None, (entry.state, entry.because and f"by {entry.because}")))
    return Block(decision.id, _said(entry), decision.verb, sentence=why, about=sources(f"by {decision.by}", decision.at, state))


def _said(entry: Entry) -> str:
    decision = entry.decision
    value = shortened(spoken_target(decision.value or ""), 200)
    return " ".join(filter(None, (decision.verb, spoken_target(decision.target), value)))
