"""The answers of the API: the same values that the command line writes as JSON, cut where only a part is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TypeVar, cast

from dragoman.case.case import Case
from dragoman.case.commitments import overdue
from dragoman.case.exporting import answer, plain, report
from dragoman.case.judgements import Commitment, Place
from dragoman.case.log import FATES
from dragoman.case.network import PERIODS, Period
from dragoman.case.query import Filters
from dragoman.faces.cli import case_pages, changes_page, judge_command, network_command
from dragoman.faces.web.address import one_of
from dragoman.faces.web.api.question import Answered, Window
from dragoman.faces.web.frame import days_of, name_of
from dragoman.faces.web.page import Asked
from dragoman.faces.web.pages.report import called
from dragoman.faces.web.pages.sources import publishers, standings
from dragoman.faces.web.problems import senseless
from dragoman.reading.wire import to_dict

MOST = 10_000
"""At most so many items are given at once, unless all are asked for."""
_FEW = 12
_Item = TypeVar("_Item")


def overview(case: Case, asked: Asked, _: Window) -> Answered:
    """What the first page shows: how much there is, where each thread stands, what is disputed, overdue and due, who the sources are."""
    filters = asked.filters
    disputes, commitments = case.disputes(filters), case.commitments(filters)
    today = filters.as_of or case.today()
    late = [found for found in commitments if overdue(found, today)]
    due = sorted((found for found in commitments if _is_due(found, today)), key=lambda found: found.due or "")
    counts = {
        "reports": case.store.count_reports(Filters(as_of=filters.as_of)), "events": case.store.count_items("event", filters),
        "actors": case.store.count_items("actor", filters),
        "threads": case.count("thread", filters), "figures": case.count("figure", filters), "disputes": len(disputes),
        "commitments": len(commitments), "overdue": len(late), "due": len(due),
    }  # fmt: skip
    days = [day for day in days_of(case) if day <= (filters.as_of or day)]
    told = answer(
        filters, threads=case.threads(filters, limit=_FEW), disputes=disputes[::-1][:_FEW], overdue=late[:_FEW], due=due[:_FEW],
    )  # fmt: skip
    head = {"schema": told.pop("schema"), "as_of": told.pop("as_of"), "case": name_of(case), "today": today}
    span = {"first": days[0] if days else None, "last": days[-1] if days else None}
    return Answered({**head, **span, "counts": counts, **told, **_sources(case, filters)})


def _is_due(found: Commitment, today: str) -> bool:
    return bool(found.due and found.due >= today and found.state not in ("kept", "broken", "compromise"))


def timeline(case: Case, asked: Asked, window: Window) -> Answered:
    """Events in the order of time."""
    found = case.timeline(asked.filters, limit=window.limit, offset=window.offset)
    total = case.store.count_items("event", asked.filters)
    return Answered(answer(asked.filters, events=[telling.event for telling in found]), total)


def actors(case: Case, asked: Asked, window: Window) -> Answered:
    """Who is named."""
    found = case.actors(asked.filters, limit=window.limit, offset=window.offset)
    return Answered(answer(asked.filters, actors=found), case.store.count_items("actor", asked.filters))


def threads(case: Case, asked: Asked, window: Window) -> Answered:
    """Where each process stands."""
    found = case.threads(asked.filters, limit=window.end)[window.offset :]
    return Answered(answer(asked.filters, threads=found), case.count("thread", asked.filters))


def figures(case: Case, asked: Asked, window: Window) -> Answered:
    """What was counted."""
    found = case.figures(asked.filters, limit=window.end)[window.offset :]
    return Answered(answer(asked.filters, figures=found), case.count("figure", asked.filters))


def disputes(case: Case, asked: Asked, window: Window) -> Answered:
    """What is contradicted."""
    found = case.disputes(asked.filters)
    return Answered(answer(asked.filters, disputes=_cut(found, window)), len(found))


def commitments(case: Case, asked: Asked, window: Window) -> Answered:
    """What was undertaken, and what became of it."""
    found = case.commitments(asked.filters)
    return Answered(answer(asked.filters, commitments=_cut(found, window)), len(found))


def reports(case: Case, asked: Asked, window: Window) -> Answered:
    """The reports by day of publication, without their texts."""
    found = case.reports(asked.filters)
    return Answered(answer(asked.filters, reports=[report(row) for row in _cut(found, window)]), len(found))


def one_report(case: Case, asked: Asked, _: Window) -> Answered:
    """A report with its text and its reading, the item of the case of each entry, its copies, and the disputes that it is part of."""
    row, reading = called(case, asked.item)
    items = {place.entry: found.item for place, found in case.store.entries([Place(row.id)]).items() if found.item}
    links = [kept.link for kept in case.store.links([Place(row.id)], kinds=("same_text",)) if kept.link.judgement != "negative"]
    disputes = [d for d in case.disputes(asked.filters) if any(place.report == row.id for side in d.sides for place in side.claims)]
    told = answer(asked.filters, copies=links, disputes=disputes)
    head = {"schema": told.pop("schema"), "as_of": told.pop("as_of"), "report": report(row)}
    return Answered({**head, "reading": to_dict(reading), "items": dict(sorted(items.items())), **told})


def show(case: Case, asked: Asked, _: Window) -> Answered:
    """Everything about one item."""
    return Answered(case_pages.show(case, asked.item, asked.filters).items)


def search(case: Case, asked: Asked, window: Window) -> Answered:
    """Reports by their words."""
    if not (query := asked.address.get("q")):
        raise senseless("Nothing is asked; expected words behind q=.")
    found = dict(case_pages.search(case, query, asked.filters, min(window.end or MOST, MOST)).items)
    found["hits"] = found["hits"][window.offset :]
    return Answered(found, min(found["total"], MOST))


def network(case: Case, asked: Asked, _: Window) -> Answered:
    """Who acts on whom."""
    by = one_of(asked.address, "by", PERIODS)
    return Answered(network_command.page(case.network(asked.filters, cast("Period | None", by)), asked.filters, (), None).items)


def sources(case: Case, asked: Asked, _: Window) -> Answered:
    """Who published the reports, and in which standing the quoted speak."""
    return Answered({**answer(asked.filters), **_sources(case, Filters(as_of=asked.filters.as_of))})


def _sources(case: Case, filters: Filters) -> dict[str, object]:
    found = standings(case, filters.as_of)
    counts = {name: count for name, _, count, _ in found.counts}
    return {
        "publishers": [asdict(one) for one in publishers(case, filters.as_of)],
        "standings": {"counts": counts, "reports": found.reports},
    }


def log(case: Case, asked: Asked, window: Window) -> Answered:
    """What people decided."""
    address = asked.address
    state = one_of(address, "state", FATES)
    chosen = judge_command.Asked(address.get("by"), (), address.get("item"), (state,) if state else ())
    found = judge_command.decisions(case, asked.filters, chosen).items["decisions"]
    return Answered({"decisions": _cut(found, window)}, len(found))


def changes(case: Case, asked: Asked, _: Window) -> Answered:
    """What is new since a day. Without the day the case would note the look, and nothing is written here."""
    if asked.filters.since is None:
        raise senseless("since is not given; expected the day from which changes are told, such as since=1962-10-28.")
    return Answered(changes_page.changes(case, asked.filters, "").items)


def brief(case: Case, asked: Asked, _: Window) -> Answered:
    """What happened, who says so, what is disputed, promised and due: sentences with their notes."""
    return Answered({**answer(asked.filters), "brief": plain(case.brief(asked.filters))})


def _cut(found: Sequence[_Item], window: Window) -> list[_Item]:
    return list(found[window.offset : window.end])
