"""Chronology: what happened, was planned, promised, threatened, called off or denied, in lanes by thread or by actor.

Up to some hundred events are drawn one by one; of more, the store only counts those of a day, a status and a thread, and the picture
shows how many. The table holds a page of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.case.store.counting_terms import Tallied
from dragoman.faces.web.address import Address, number
from dragoman.faces.web.frame import days_of
from dragoman.faces.web.lanes import Axis, Dot, Lane, days_per_column, picture
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.problems import senseless
from dragoman.faces.web.state import once
from dragoman.faces.web.told import Told, told
from dragoman.reading.entries import Status
from dragoman.reading.wording import STATUS_WORDS, first_day, listed, one_line, shortened

BY = ("thread", "actor")
MOST_DRAWN = 240
_PAGE = 50
_MOST_LANES = 9
_OTHER = "other"
_AHEAD = timedelta(days=14)
_BEFORE = timedelta(days=3)


def show(case: Case, asked: Asked) -> Page:
    """The picture, and the table under it."""
    by = asked.address.get("by") or BY[0]
    if by not in BY:
        raise senseless(f"by is {one_line(by)!r}; expected one of {', '.join(BY)}.")
    count = case.store.count_items("event", asked.filters)
    start = number(asked.address, "from", 0, 10_000_000)
    few = count <= MOST_DRAWN
    tellings = case.timeline(asked.filters) if few else case.timeline(asked.filters, limit=_PAGE, offset=start)
    events = [told(telling) for telling in tellings]
    shown = events[start : start + _PAGE] if few else events
    dots = _one_by_one(events, {event.id for event in shown}, by, asked.address) if few else _gathered(case, asked, by)
    axis = _axis(case, asked, dots)
    lanes = _lanes(case, dots, by)
    known = {lane.key for lane in lanes}
    drawn = [dot if dot.lane in known else replace(dot, lane=_OTHER) for dot in dots]
    values = {
        "picture": picture(drawn, lanes, axis) if drawn else "",
        "columns": days_per_column(axis, drawn),
        "events": shown, "count": count, "start": start, "step": _PAGE, "by": by, "ways": BY, "few": few,
        "spans": _spans(asked.address, case.today() if asked.filters.as_of is None else asked.filters.as_of),
    }  # fmt: skip
    return Page("Chronology", values)


def _one_by_one(events: Iterable[Told], in_table: set[str], by: str, address: Address) -> list[Dot]:
    """A dot for each event; by actor one for each of those who do it."""
    found = []
    for event in events:
        day = _drawn_day(event)
        if day is None:
            continue
        who = listed([actor.name for actor in event.who]) or "(not told)"
        label = f"{event.id} · {STATUS_WORDS[event.status].word} · {event.day} · {who}: {shortened(''.join(event.sentence), 160)}"
        href = f"#{event.id}" if event.id in in_table else str(address.to(f"/events/{event.id}"))
        keys = [event.thread or _OTHER] if by == "thread" else [actor.id for actor in event.who] or [_OTHER]
        found += [Dot(day, key, event.status, label, href) for key in keys]
    return found


def _gathered(case: Case, asked: Asked, by: str) -> list[Dot]:
    """One dot for all events of a day, a lane and a status."""
    counted = once(case, "chronology", lambda: _counted(case, asked.filters, by), asked.filters, by)
    return [Dot(day, lane, status, count=count) for (day, lane, status), count in counted.items()]


def _counted(case: Case, filters: Filters, by: str) -> Mapping[tuple[date, str, Status], int]:
    """How many events there are of each day, lane and status; those of a thread without a lane of its own are counted together."""
    counts, found = case.store.counts(), Counter[tuple[date, str, Status]]()
    if by == "thread":
        rows = counts.events(filters)
        shown = _with_most(rows)
        lanes = [(row, row.thread if row.thread in shown else _OTHER) for row in rows]
    else:
        actors = case.most_named(filters, limit=_MOST_LANES - 1)
        lanes = [(row, actor) for actor in actors for row in counts.events(replace(filters, actor=actor))]
    days = {told: first_day(told) for told in {row.day for row, _ in lanes}}
    for row, lane in lanes:
        if row.status and (day := days[row.day]):
            found[day, lane or _OTHER, cast("Status", row.status)] += row.events
    return found


def _with_most(rows: Iterable[Tallied]) -> frozenset[str]:
    """The threads that have lanes of their own."""
    counts = Counter[str]()
    for row in rows:
        if row.thread:
            counts[row.thread] += row.events
    return frozenset(thread for thread, _ in counts.most_common(_MOST_LANES))


def _since(address: Address, day: date) -> str:
    return str(address.but(since=day.isoformat(), **{"from": None}))


def _drawn_day(event: Told) -> date | None:
    """Its first day; of a month or a year in which the report lies, the day of the report: the middle of nowhere would mislead more."""
    near = len(event.day) < 10 and event.published.startswith(event.day)
    return first_day(event.published if near else event.day)


def _axis(case: Case, asked: Asked, dots: Sequence[Dot]) -> Axis:
    """From the first report (or `since`) to the last, and as far ahead as something is planned soon."""
    as_of = asked.filters.as_of
    published = [day for day in days_of(case) if as_of is None or day <= as_of]
    days = [day for told in (*published[:1], *published[-1:]) if (day := first_day(told))] or [dot.day for dot in dots] or [date.today()]
    today = first_day(as_of or "") or days[-1]
    first = first_day(asked.filters.since or "") or days[0] - _BEFORE
    last = max((dot.day for dot in dots if today < dot.day <= today + _AHEAD), default=today)
    first = min(first, last)
    return Axis(first, last, today, lambda day: _since(asked.address, day))


def _lanes(case: Case, dots: Sequence[Dot], by: str) -> list[Lane]:
    """The lanes with most events; all others share the last one."""
    counts = Counter[str]()
    for dot in dots:
        counts[dot.lane] += dot.count
    rest = counts.pop(_OTHER, 0)
    most = [key for key, _ in counts.most_common(_MOST_LANES)]
    if len(counts) > len(most):
        rest += 1
    names = case.names(most)
    lanes = [Lane(key, f"{one_line(names.get(key, key))} ({key})") for key in most]
    words = "All other events" if by == "thread" else "Done by others, or by nobody named"
    return [*lanes, Lane(_OTHER, words)] if rest else lanes


def _spans(address: Address, today: str) -> list[tuple[str, Address, bool]]:
    """Addresses that begin later: a week, a month before the last day, or with everything."""
    day = first_day(today)
    since = address.get("since")
    found = [("everything", address.but(since=None, **{"from": None}), since is None)]
    for words, days in (("last 30 days", 30), ("last 7 days", 7)):
        if day:
            begin = (day - timedelta(days=days)).isoformat()
            found.append((words, address.but(since=begin, **{"from": None}), since == begin))
    return found
