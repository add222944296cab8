"""`dragoman add`: reports into a case, from files and from feeds; failures are told and counted on the way.

A report that the case has already is not read again. Each report is written whole or not at all, so that the command may be stopped
at any moment and run again.
"""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import click

from dragoman.case.adding import Added
from dragoman.case.case import Case
from dragoman.case.printings import printing_beside
from dragoman.errors import InputError
from dragoman.faces.cli.cores import cores
from dragoman.faces.cli.messages import FEW, DayTally, tell
from dragoman.faces.cli.read_command import ReadsMany
from dragoman.faces.inputs import load
from dragoman.faces.made_by import made_by
from dragoman.reading.actors.roster import Roster
from dragoman.reading.entries import Reading
from dragoman.reading.wording import listed
from dragoman.text.loaded import Item, Loaded
from dragoman.text.report import Report

ALL_ADDED, SOME_FAILED, NONE_ADDED = 0, 1, 3
_SHOWN = 20
_FEED = "feed:"


@dataclass(frozen=True)
class Request:
    """One call: `known` are the fields of Report that the command line gives; `feeds` are addresses, asked once or, with `watch`, again
    and again, every `every` seconds; `private` allows addresses that are not public."""

    case: str
    files: tuple[str, ...]
    known: Mapping[str, Any] = field(default_factory=dict)
    feeds: tuple[str, ...] = ()
    watch: bool = False
    every: float = 900.0
    private: bool = False
    roster: Roster | None = None


_UNDATED = "what has none is left out of questions with --as-of; give its day with --published YYYY-MM-DD"


@dataclass
class Tally(DayTally):
    """What the call has done so far."""

    added: list[Added] = field(default_factory=list)
    known: int = 0
    failed: int = 0

    def could_not_read(self, report: Report, problem: Exception) -> None:
        """Counts and names a report that the reader failed on."""
        self.failed += 1
        name = report.source_id or report.title or report.id[:12]
        tell(f"{name}: could not be read ({type(problem).__name__}: {problem}); this is a fault of dragoman, please report it")

    @property
    def exit_code(self) -> int:
        """0 all reports are in the case, 1 some inputs failed, 3 all did."""
        if not self.failed:
            return ALL_ADDED
        return SOME_FAILED if self.added or self.known else NONE_ADDED


class Progress(Protocol):
    """Where the count of reports is shown while the work goes on."""

    def step(self) -> None:
        """One more report is in the case."""


def run(request: Request, reader: ReadsMany | None = None) -> int:
    """Adds everything; gives the exit code."""
    tally = Tally()
    with Case.open(request.case, create=True) as case:
        readers = Readers(reader, request.roster, lambda: case.read_by(made_by()))
        try:
            with shown_progress() as progress:
                _add_files(case, request, readers, tally, progress)
                if request.feeds and not request.watch:
                    _poll_feeds(case, request, readers, tally)
        finally:
            _summary(case, tally)
        if request.watch:
            _watch_feeds(case, request, readers, tally)
    return tally.exit_code


class Readers:
    """Opens the reader when the first report has to be read, and calls `opened` then."""

    def __init__(self, reader: ReadsMany | None, roster: Roster | None, opened: Callable[[], None] = lambda: None) -> None:
        """Over a reader that is there already, or the one with the language model."""
        self._reader = reader
        self._roster = roster
        self._opened = opened
        self._open = False

    def read(self, reports: Iterator[Report], failed: Callable[[Report, Exception], None]) -> Iterator[Reading]:
        """The readings of reports, in their order; what the reader fails on is given to `failed`."""
        first = next(reports, None)
        if first is None:
            return
        if not self._open:
            self._opened()
            self._open = True
        if self._reader is None:
            # the language model and its libraries: a call without a new report does not pay for them
            from dragoman.reading.read import Reader

            self._reader = Reader(threads=cores(), roster=self._roster)
        yield from self._reader.read_many(_chained(first, reports), failed=failed)


def _chained(first: Report, others: Iterator[Report]) -> Iterator[Report]:
    yield first
    yield from others


# --- files


def _add_files(case: Case, request: Request, readers: Readers, tally: Tally, progress: Progress) -> None:
    waiting: dict[str, Loaded] = {}
    reports = _new_reports(case, load(request.files, request.known), waiting, tally)
    for reading in readers.read(reports, tally.could_not_read):
        _add(case, waiting.pop(reading.report.id), reading, tally)
        progress.step()


def _new_reports(case: Case, items: Iterable[Item], waiting: dict[str, Loaded], tally: Tally) -> Iterator[Report]:
    """The reports that the case does not have; each is put into `waiting` until its reading comes."""
    for item in items:
        if not isinstance(item, Loaded):
            tally.failed += isinstance(item, InputError)
            tell(str(item))
        elif (report := _as_new(case, item.report, waiting)) is None:
            tally.known += 1
        else:
            tally.warn_of_days(item, _UNDATED)
            waiting[report.id] = replace(item, report=report)
            yield report


def _as_new(case: Case, report: Report, waiting: Mapping[str, Loaded]) -> Report | None:
    """The report under the id by which the case is to know it, None if it is there or on its way; see `printings.py`."""
    first = waiting.get(report.id)
    new = case.as_new(report) if first is None else printing_beside(first.report, report)
    return None if new is None or new.id in waiting or (first is not None and case.has(new.id)) else new


def _add(case: Case, loaded: Loaded, reading: Reading, tally: Tally, notes: Mapping[str, str] | None = None) -> None:
    added = case.add(loaded, reading, notes=notes)
    if added is None:  # another process was faster
        tally.known += 1
    else:
        tally.added.append(added)


# --- feeds


def _poll_feeds(case: Case, request: Request, readers: Readers, tally: Tally) -> None:
    from dragoman.faces.feeds import poll  # brings the network's libraries
    from dragoman.faces.fetch import Fetcher, Terms

    fetcher = Fetcher(Terms(allow_private=request.private))
    for url in request.feeds:
        for step in poll(fetcher, _state(case, url)):
            _take(case, step, readers, tally)


def _watch_feeds(case: Case, request: Request, readers: Readers, tally: Tally) -> None:
    """Asks the feeds again and again until Ctrl-C; what is new is told as it comes."""
    from dragoman.faces.cli.alert_command import after_round
    from dragoman.faces.feeds import watch
    from dragoman.faces.fetch import Fetcher, Terms

    stop = threading.Event()
    fetcher = Fetcher(Terms(allow_private=request.private), sleep=stop.wait)
    click.echo(f"watching {listed(request.feeds)}; stop with Ctrl-C", err=True)
    for step in watch(fetcher, [_state(case, url) for url in request.feeds], stop, request.every):
        before = len(tally.added)
        _take(case, step, readers, tally)
        for added in tally.added[before:]:
            click.echo(_line(added))
        if step.item is None:
            case.settle()
            after_round(case)


def _state(case: Case, url: str) -> Any:
    import msgspec

    from dragoman.faces.feeds import FeedState

    kept = case.noted(_FEED + url)
    return msgspec.json.decode(kept, type=FeedState) if kept else FeedState(url)


def _take(case: Case, step: Any, readers: Readers, tally: Tally) -> None:
    """One step of a poll: the report and what is known of the feed are written together."""
    import msgspec

    key, value = _FEED + step.state.url, msgspec.json.encode(step.state).decode()
    if isinstance(step.item, Loaded):
        waiting: dict[str, Loaded] = {}
        reports = _new_reports(case, [step.item], waiting, tally)
        for reading in readers.read(reports, tally.could_not_read):
            _add(case, waiting.pop(reading.report.id), reading, tally, {key: value})
            return
    elif step.item is not None:
        tally.failed += isinstance(step.item, InputError)
        tell(str(step.item))
    case.note(key, value)


# --- what is told


def _summary(case: Case, tally: Tally) -> None:
    """What was new, after what follows from it is worked out."""
    case.settle()  # also what an earlier call added that was killed before it came to this
    for added in tally.added[:_SHOWN]:
        click.echo(_line(added))
    if len(tally.added) > _SHOWN:
        click.echo(f"… and {len(tally.added) - _SHOWN:,} more")
    for line in _counts(case, tally.added, tally):
        click.echo(line)


def _line(added: Added) -> str:
    copy = f" · repeats the text of {added.same_text_as[:8]}" if added.same_text_as else ""
    events = f"{_count(added.events, 'event')}, {added.new_events} new"
    return f"{added.published or 'no date   '}  {added.title or added.report[:8]}  ({events}{copy})"


def _counts(case: Case, added: Sequence[Added], tally: Tally) -> Iterator[str]:
    sums: Counter[str] = Counter()
    for one in added:
        sums.update(events=one.events, new_events=one.new_events, new_actors=one.new_actors, copies=one.same_text_as is not None)
    words = [f"{_count(len(added), 'report')} added"]
    words += [f"{tally.known:,} already there"] if tally.known else []
    words += [f"{tally.failed:,} failed"] if tally.failed else []
    yield f"{', '.join(words)}; the case {case.store.location} holds {_count(case.store.count_reports(), 'report')}"
    if added:
        copies = f"; {sums['copies']} repeat another's text" if sums["copies"] else ""
        yield f"new: {_count(sums['new_events'], 'event')} ({sums['events']:,} mentions), {_count(sums['new_actors'], 'actor')}{copies}"
    if tally.undated:
        yield f"{_count(tally.undated, 'report')} without a date of publication: {_UNDATED}"
    if tally.noticed > FEW:
        yield f"{tally.noticed:,} notices about days of publication, of which the first {FEW} were told"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


class _Silent:
    def step(self) -> None:
        """Nobody watches."""


@contextmanager
def shown_progress(total: int | None = None) -> Iterator[Progress]:
    """A counter on a terminal's standard error; of `total` reports, if that is known."""
    if not sys.stderr.isatty():
        yield _Silent()
        return
    # only calls that watch a terminal pay for rich
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    counted = "{task.completed} reports" if total is None else "{task.completed} of {task.total} reports"
    columns = (SpinnerColumn(), TextColumn(counted), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reports", total=total)

        class _Shown:
            def step(self) -> None:
                """One more."""
                bar.update(task, advance=1)

        yield _Shown()
