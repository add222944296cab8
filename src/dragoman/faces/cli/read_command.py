"""`dragoman read`: from the named inputs through the reader to the output; failures are told and counted on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from dragoman.errors import InputError
from dragoman.faces.cli.cores import cores
from dragoman.faces.cli.destination import Folder, NewFile, OutputError, StandardOutput
from dragoman.faces.cli.messages import FEW, DayTally, tell
from dragoman.faces.cli.writers import ENDINGS, Writer, writer
from dragoman.faces.inputs import load
from dragoman.reading.actors.roster import Roster
from dragoman.reading.entries import Reading
from dragoman.text.loaded import Loaded
from dragoman.text.report import Report

ALL_READ, SOME_FAILED, NONE_READ = 0, 1, 3
_BY_ENDING = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
_SOON = 3  # so many reports go by before a counter is shown


class ReadsMany(Protocol):
    """What this command needs of a reader."""

    def read_many(self, reports: Iterable[Report], *, failed: Callable[[Report, Exception], None] | None = None) -> Iterator[Reading]:
        """Readings in the order of the reports; those that could not be read go to `failed`."""


@dataclass(frozen=True)
class Request:
    """One call: `known` are the fields of Report that the command line gives; `form` None: as the ending of `out` says.

    `roster` is who is known by name, if the user gives a list of actors.
    """

    files: tuple[str, ...]
    known: Mapping[str, Any] = field(default_factory=dict)
    form: str | None = None
    out: str = "-"
    roster: Roster | None = None

    @property
    def format(self) -> str:
        """The format asked for, else the one that the output's name says, else terminal."""
        return self.form or _BY_ENDING.get(Path(self.out).suffix.lower(), "terminal")

    @property
    def into_folder(self) -> bool:
        """Whether each report gets a file of its own."""
        named = self.out.endswith("/") or (self.out != "-" and Path(self.out).is_dir())
        if named and self.format not in ENDINGS:
            raise OutputError(self.out, f"is a folder, and {self.format} goes into one file", "name a file in it")
        return named


_UNDATED = "relative dates stay unresolved; give it with --published YYYY-MM-DD"


@dataclass
class Tally(DayTally):
    """How many reports were read, inputs failed, reports had no date or a strange one; and which file untitled reports came from."""

    read: int = 0
    failed: int = 0
    sources: dict[str, str] = field(default_factory=dict)

    def unread(self, report: Report, problem: Exception) -> None:
        """A fault of dragoman's own on one report: told, counted, and the others go on."""
        self.failed += 1
        name = report.source_id or report.title or self.sources.get(report.id) or report.id[:12]
        tell(f"{name}: could not be read ({type(problem).__name__}: {problem}); this is a fault of dragoman, please report it")

    @property
    def several(self) -> bool:
        """Whether the call was about more than one report."""
        return self.read + self.failed > 1

    @property
    def exit_code(self) -> int:
        """0 all read, 1 some failed, 3 none read."""
        if not self.failed:
            return ALL_READ
        return SOME_FAILED if self.read else NONE_READ


def run(request: Request, reader: ReadsMany | None = None) -> int:
    """Reads and writes everything; gives the exit code."""
    tally = Tally()
    reports = incoming(request, tally)
    with ExitStack() as stack:
        output = _output(request, tally, stack)
        for reading in _watched(_readings(reports, reader, request.roster, tally), request.out == "-"):
            tally.read += 1
            output.add(reading)
        if tally.read:
            output.finish(tally.several)
    if tally.undated > FEW:
        tell(f"{tally.undated - FEW} more reports have no date of publication; relative dates in them stay unresolved")
    if tally.noticed > FEW:
        tell(f"{tally.noticed - FEW} more notices about dates of publication")
    return tally.exit_code


def _readings(reports: Iterator[Report], reader: ReadsMany | None, roster: Roster | None, tally: Tally) -> Iterator[Reading]:
    """Opens the reader only when there is a report to read."""
    first = next(reports, None)
    if first is None:
        return
    if reader is None:
        # the language model and its libraries: half a second that a call without a readable report does not pay
        from dragoman.reading.read import Reader

        reader = Reader(threads=cores(), roster=roster)
    yield from reader.read_many(_chained(first, reports), failed=tally.unread)


def _chained(first: Report, others: Iterator[Report]) -> Iterator[Report]:
    yield first
    yield from others


# What comes in


def incoming(request: Request, tally: Tally) -> Iterator[Report]:
    """The reports of all inputs in order, with what the command line knows of them; failures are told and counted."""
    for item in load(request.files, request.known):
        if isinstance(item, Loaded):
            which = f", report {item.report.source_id}" if item.report.source_id else ""
            tally.warn_of_days(item, _UNDATED, which)
            if not item.report.source_id and not item.report.title:
                tally.sources[item.report.id] = item.name
            yield item.report
        else:
            tally.failed += isinstance(item, InputError)
            tell(str(item))


# What goes out


class _OneOutput:
    """All readings into one stream, which is complete when the last one is written."""

    def __init__(self, place: StandardOutput | NewFile, form: str) -> None:
        self.place = place
        self.writer: Writer = writer(form, place.stream)

    def add(self, reading: Reading) -> None:
        self.writer.add(reading)

    def finish(self, several: bool) -> None:
        self.writer.finish(several)
        self.place.commit()


class _FolderOutput:
    """Each reading into a file of its own, complete as soon as it is written."""

    def __init__(self, folder: Folder, form: str) -> None:
        self.folder = folder
        self.form = form

    def add(self, reading: Reading) -> None:
        with self.folder.file_for(reading) as file:
            output = _OneOutput(file, self.form)
            output.add(reading)
            output.finish(several=False)

    def finish(self, several: bool) -> None:
        """Nothing is left to do."""


def _output(request: Request, tally: Tally, stack: ExitStack) -> _OneOutput | _FolderOutput:
    form = request.format
    if request.into_folder:
        return _FolderOutput(Folder(Path(request.out), ENDINGS[form], tally.sources), form)
    place: StandardOutput | NewFile = StandardOutput(form) if request.out == "-" else NewFile(Path(request.out))
    stack.enter_context(place)
    return _OneOutput(place, form)


def _watched(readings: Iterator[Reading], to_standard_output: bool) -> Iterator[Reading]:
    """Counts on a terminal's standard error from the fourth report on, unless the readings themselves show there."""
    if not sys.stderr.isatty() or (to_standard_output and sys.stdout.isatty()):
        yield from readings
        return
    # only calls that watch a terminal pay for rich
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} reports read"), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("read", total=None)
    try:
        for count, reading in enumerate(readings, 1):
            progress.update(task, completed=count)
            if count == _SOON + 1:
                progress.start()
            yield reading
    finally:
        progress.stop()
