"""What stands around every page: the menu, the filters, the slider over the days of the case, the files to download."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.faces.web.address import FILTERS, Address
from dragoman.faces.web.page import Asked, Page, Way
from dragoman.faces.web.state import once
from dragoman.reading.plover import STATUSES, TYPES
from dragoman.reading.wording import one_line, shortened, spoken_date

MENU = (
    ("/", "Now"), ("/chronology", "Chronology"), ("/threads", "Threads"), ("/actors", "Actors"), ("/figures", "Figures"),
    ("/disputes", "Disputes"), ("/promises", "Promises"), ("/network", "Network"), ("/map", "Map"), ("/brief", "Brief"),
    ("/sources", "Sources"), ("/review", "Review"), ("/log", "Log"), ("/alerts", "Alerts"), ("/search", "Search"),
)  # fmt: skip
_MOST_THREADS = 40
_LABELS = {"as_of": "as of", "since": "since", "actor": "actor", "thread": "thread", "type": "type", "status": "status"}


@dataclass(frozen=True)
class Day:
    """A stop of the slider: its number, the day, and the address that shows the case as of it."""

    number: int
    day: str
    address: Address


@dataclass(frozen=True)
class Slider:
    """The days on which reports were published. `at` is the day shown, `last` the number of the last one."""

    at: Day
    first: str
    final: str
    last: int
    days: Sequence[str]
    before: Day | None
    after: Day | None


@dataclass(frozen=True)
class Chip:
    """A filter that narrows the page, and the address without it."""

    label: str
    value: str
    without: Address


def name_of(case: Case) -> str:
    """What the case is called: the file's or the database's name."""
    return one_line(case.store.location).rstrip("/").rpartition("/")[2]


def days_of(case: Case) -> tuple[str, ...]:
    """The days on which reports of the case were published."""
    return once(case, "days", lambda: tuple(case.store.counts().days()))


def frame(case: Case, way: Way, asked: Asked, page: Page, days: Sequence[str]) -> dict[str, Any]:
    """All that a template needs beside what the page itself gives."""
    address = asked.address
    return {
        "title": page.title,
        "case_name": name_of(case),
        "address": address,
        "menu": [(label, address.menu(path), path == way.menu) for path, label in MENU],
        "slider": _slider(address, days) if "as_of" in way.narrows and len(days) > 1 else None,
        "chips": _chips(case, address, asked.filters),
        "narrows": [name for name in way.narrows if name != "as_of"],
        "kept": {name: value for name, value in address.given.items() if name not in way.narrows},
        "choices": _choices(case, way, asked.filters),
        "downloads": [(form.upper(), address.download(form)) for form in page.downloads],
        "as_of": asked.filters.as_of,
        "filters": asked.filters,
        "unsettled": case.answers_as_kept(),
        **page.values,
    }


def _slider(address: Address, days: Sequence[str]) -> Slider:
    as_of = address.get("as_of")
    number = len(days) - 1 if as_of is None else max(bisect_right(days, as_of) - 1, 0)

    def day(at: int) -> Day | None:
        return Day(at, days[at], as_of_day(address, days, at)) if 0 <= at < len(days) else None

    here = Day(number, as_of or days[-1], address)
    return Slider(here, days[0], days[-1], len(days) - 1, days, day(number - 1), day(number + 1))


def as_of_day(address: Address, days: Sequence[str], number: int) -> Address:
    """The same page as of a stop of the slider; the last one is the whole case. `since` goes where it would lie behind the day."""
    at = min(number, len(days) - 1)
    as_of = None if at == len(days) - 1 else days[at]
    late = as_of is not None and (address.get("since") or "") > as_of
    return address.but(day=None, as_of=as_of, **({"since": None} if late else {}))


def _chips(case: Case, address: Address, filters: Filters) -> list[Chip]:
    named = case.names([item for item in (filters.actor, filters.thread) if item])
    found = []
    for name in FILTERS:
        value = getattr(filters, name)
        if value is None or name == "as_of":
            continue
        shown = f"{shortened(one_line(named.get(value, '')), 60)} ({value})" if name in ("actor", "thread") else str(value)
        found.append(Chip(_LABELS[name], spoken_date(value) if name == "since" else shown, address.but(**{name: None})))
    return found


def _choices(case: Case, way: Way, filters: Filters) -> Mapping[str, Any]:
    found: dict[str, Any] = {"type": TYPES, "status": STATUSES}
    if "thread" in way.narrows:
        found["thread"] = list(once(case, "threads to choose", lambda: _threads(case, filters.as_of), filters.as_of))
        if filters.thread and filters.thread not in dict(found["thread"]):
            found["thread"].append((filters.thread, case.names([filters.thread]).get(filters.thread, filters.thread)))
    return found


def _threads(case: Case, as_of: str | None) -> tuple[tuple[str, str], ...]:
    """The threads that most is told of on a day, with their titles."""
    ids = case.ids("thread", Filters(as_of=as_of))[:_MOST_THREADS]
    return tuple((item, shortened(one_line(name), 70)) for item, name in case.names(ids).items())
