"""Looking: what is new in a case for each of its alerts is found, made fit to be told, and kept with the mark.

A case is looked at when it is settled, so that no alert tells of a half-added batch. A look goes over the new reports in portions and
keeps what it has found after each, so that it may be ended at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from dragoman.case.case import Case
from dragoman.case.news import Mark, News, Novelty
from dragoman.errors import QueryError
from dragoman.faces.alerts.alert import Alert
from dragoman.faces.alerts.ledger import Ledger, Told, told_of_more
from dragoman.faces.web.access.house import case_key
from dragoman.reading.wording import one_line, shortened

MOST_TOLD = 100
"""Matches of one alert in one portion of reports that are told one by one, the last; the others are counted."""
_LONGEST_TITLE, _LONGEST_SENTENCE = 240, 400


def mark_of(case: Case, from_day: str | None = None) -> str:
    """The mark with which a new alert begins: now, so that it tells of nothing that is there; the first report with `from_day`."""
    with case.store.snapshot():
        now = _now(case)
    return str(replace(now, report=0, day=from_day) if from_day else now)


def _now(case: Case) -> Mark:
    return Mark(case.store.last_number(), len(case.store.decisions()), case.today())


def look(case: Case, ledger: Ledger, alerts: Iterable[Alert], going_on: Callable[[], bool] = lambda: True) -> int:
    """Looks for what is new for some alerts of a case; how many matches were found. Does nothing in a case that is not settled.

    Alerts that have looked equally far share the reading. `going_on` is asked between portions.
    """
    found = 0
    waiting = [alert for alert in alerts if not alert.paused]
    while waiting and going_on():
        group = [alert for alert in waiting if (alert.mark, alert.from_day) == (waiting[0].mark, waiting[0].from_day)]
        waiting = [alert for alert in waiting if alert not in group]
        with case.store.snapshot():
            if not case.is_settled():
                return found
            news = _news(case, group[0])
            told = [(alert, _found(news, alert)) for alert in group] if news else []
        if news is None:
            continue
        for alert, matches in told:
            found += _kept(ledger, alert, matches, news)
        if news.more:
            waiting += [again for alert in group if (again := ledger.alert(alert.case_key, alert.number)).mark != alert.mark]
    return found


def _news(case: Case, alert: Alert) -> News | None:
    """None where nothing has changed since the mark."""
    mark = _read(alert.mark)
    return None if mark == _now(case) and not alert.from_day else case.news(mark, alert.from_day or None)


def _read(written: str) -> Mark:
    try:
        return Mark.read(written)
    except ValueError:
        return Mark()


def _found(news: News, alert: Alert) -> list[tuple[str, Told]] | str:
    """What is to be kept; or why the question cannot be answered any more (its words were of another version)."""
    try:
        found, more = news.of(alert.wanted, MOST_TOLD)
    except QueryError as problem:
        return str(problem)
    told = [(one.key, told_of(one)) for one in found]
    if more:
        told.insert(0, (f"more:{news.mark}", told_of_more(alert.wanted.kind, more)))
    return told


def _kept(ledger: Ledger, alert: Alert, found: Sequence[tuple[str, Told]] | str, news: News) -> int:
    if isinstance(found, str):
        ledger.failed(alert, found)
        return 0
    return ledger.looked(alert, found, str(news.mark), done=not news.more) or 0


def told_of(one: Novelty) -> Told:
    """A novelty as plain values, each of a bounded length and printable."""
    passage = one.passage
    if passage is None:
        return Told(one.kind, one.item, _cut(one.what), _cut(one.title))
    title = one_line(passage.note) if one.kind == "figures" and passage.note else one.title
    before, marked, after = (one_line(part) if part.strip() else "" for part in passage.text)
    marked = shortened(marked, _LONGEST_SENTENCE)
    room = _LONGEST_SENTENCE - len(marked)
    kept = before if len(before) <= room // 2 else "…" + before[len(before) - room // 2 :].partition(" ")[2]
    return Told(
        one.kind, one.item, _cut(one.what), _cut(title),
        (_spaced(kept, passage.text[0].endswith(" ")), marked, _begun(shortened(after, max(room - len(kept), 40)), passage.text[2])),
        _cut(one_line(passage.note)), passage.place.report, f"{passage.span.start}-{passage.span.end}", _cut(one_line(passage.publisher)),
        _cut(one_line(passage.title)), passage.published,
    )  # fmt: skip


def _cut(text: str) -> str:
    return shortened(text, _LONGEST_TITLE)


def _spaced(text: str, blank: bool) -> str:
    return text + " " if blank and text else text


def _begun(text: str, whole: str) -> str:
    return " " + text if whole.startswith(" ") and text else text


def looked_at(case: Case, ledger: Ledger, going_on: Callable[[], bool] = lambda: True) -> int:
    """Looks for all alerts of a case; how many matches were found."""
    return look(case, ledger, ledger.of_case(case_key(case.store.location)), going_on)
