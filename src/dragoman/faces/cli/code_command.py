"""`dragoman code`: an archive into tables; what is going on is told on standard error, the result on standard output."""

from __future__ import annotations

import hashlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from dragoman.errors import InputError, StoreError
from dragoman.faces.batch import local, parquet
from dragoman.faces.batch.coding import ReadsMany
from dragoman.faces.batch.estimate import Estimate, estimated
from dragoman.faces.batch.extracting import Extractor
from dragoman.faces.batch.feeding import is_inside, remaining
from dragoman.faces.batch.output import FAILED, Identity, OutputFolder
from dragoman.faces.batch.plan import Group, Limits, Share, groups_of, share
from dragoman.faces.batch.progress import Progress, duration
from dragoman.faces.batch.schema import TABLES
from dragoman.faces.batch.sources import Listing, listed
from dragoman.faces.cli.actor_list import opened_roster
from dragoman.faces.cli.cores import cores
from dragoman.faces.cli.messages import tell
from dragoman.faces.made_by import made_by
from dragoman.reading.actors.roster import Roster
from dragoman.text.loaded import passed_over

ALL_CODED, SOME_FAILED, NONE_CODED = 0, 1, 3
_LIBRARIES = ("numpy", "onnxruntime", "polars", "py3langid", "trafilatura")
_EVERY = 30.0  # seconds between two lines where nobody watches a terminal
_SHOWN = 5


@dataclass(frozen=True)
class Request:
    """One call, as it is written on the command line."""

    inputs: tuple[str, ...]
    out: str
    workers: int | None = None
    shard: str = "1/1"
    per_shard: int = 1_000
    actors: str | None = None
    dry_run: bool = False


def run(request: Request, reader: ReadsMany | None = None) -> int:
    """Codes the share that is asked for; gives the exit code."""
    parquet.check_installed()
    part = _share(request)
    limits = Limits(records=request.per_shard)
    roster = opened_roster(request.actors)
    listing = listed(request.inputs)
    groups = groups_of(listing.inputs, limits)
    workers = request.workers or cores()
    if is_inside(request.out, listing.inputs):
        raise click.UsageError(f"--out {request.out}: holds inputs of this call; name another folder")
    _tell_problems(listing)
    if not listing.inputs:
        return NONE_CODED
    opened = _Opened(reader, workers, roster)
    if request.dry_run:
        return _dry_run(groups, listing, opened, workers, limits)
    try:
        with closing(OutputFolder(Path(request.out), Identity(_settings(limits, request.actors), listing), part)) as folder:
            return _code(groups, folder, part, limits, opened, workers)
    except StoreError as problem:
        raise click.ClickException(str(problem)) from None


def _share(request: Request) -> Share:
    try:
        return share(request.shard)
    except InputError as problem:
        raise click.UsageError(str(problem)) from None


def _settings(limits: Limits, actors: str | None) -> dict[str, Any]:
    """All that the tables depend on beside the inputs."""
    list_of_actors = hashlib.sha256(Path(actors).read_bytes()).hexdigest() if actors else None
    return {
        "made by": made_by(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "records per shard": limits.records,
        "bytes per shard": limits.size,
        "list of actors": list_of_actors,
    }


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


class _Opened:
    """The reader, opened when the first report has to be read: a call that finds all done does not wait for the language model."""

    def __init__(self, reader: ReadsMany | None, threads: int, roster: Roster | None) -> None:
        self._reader, self._threads, self._roster = reader, threads, roster

    def read_many(self, reports: Any, *, failed: Any = None) -> Any:
        """As the reader does it."""
        if self._reader is None:
            from dragoman.reading.read import Reader  # the language model and its libraries

            self._reader = Reader(threads=self._threads, roster=self._roster)
        return self._reader.read_many(reports, failed=failed)


# --- the work


def _code(groups: Sequence[Group], folder: OutputFolder, part: Share, limits: Limits, reader: ReadsMany, workers: int) -> int:
    mine = [group for group in groups if part.reads(group.number, len(groups))]
    whole = sum(group.size for group in mine)
    progress = Progress(whole)
    with Extractor(workers) as load, _shown(progress):
        shards = remaining(groups, folder, part, limits, progress.passed_over)
        local.run(shards, reader, load, folder.commit, progress)
    complete = folder.finish(groups)
    return _summary(groups, folder, progress, complete, part)


def _summary(groups: Sequence[Group], folder: OutputFolder, progress: Progress, complete: bool, part: Share) -> int:
    counts: Counter[str] = Counter()
    passed: Counter[str] = Counter(folder.identity.listing.passed)
    for group in groups:
        passed.update((folder.group(group) or {"passed": {}})["passed"])
    for entry in folder.entries(groups):
        counts.update(entry["counts"])
        passed.update(entry["passed"])
    failed = counts["failed"] + len(folder.identity.listing.problems)
    if progress.reports:
        seconds = progress.clock() - progress.began
        rate = f"{progress.reports / seconds:,.1f} reports/s, {progress.words / seconds:,.0f} words/s"
        click.echo(f"{progress.reports:,} reports ({progress.words:,} words) coded in {duration(seconds)}: {rate}")
    else:
        click.echo("nothing was left to code")
    click.echo(f"{folder.path} holds " + ", ".join(f"{counts[table]:,} {table}" for table in TABLES))
    for remark in passed_over(str(folder.path), passed):
        tell(str(remark))
    if failed:
        where = f"; {folder.path / FAILED} tells why" if complete else ""
        tell(f"{failed:,} failed{where}")
    if not complete:
        tell(f"share {part.number} of {part.of} is done; the manifest is written by the call that does the last share")
    if not failed:
        return ALL_CODED
    return SOME_FAILED if counts["reports"] else NONE_CODED


def _tell_problems(listing: Listing) -> None:
    for problem in listing.problems[:_SHOWN]:
        tell(str(problem))
    if len(listing.problems) > _SHOWN:
        tell(f"{len(listing.problems) - _SHOWN:,} more inputs cannot be used")


@contextmanager
def _shown(progress: Progress) -> Iterator[None]:
    """A bar on a terminal's standard error, else a line now and then."""
    if not sys.stderr.isatty():
        progress.show = _now_and_then()
        yield
        return
    # only calls that watch a terminal pay for rich
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(bar_width=20), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading the inputs", total=1.0)
        progress.show = lambda now: bar.update(task, completed=now.fraction, description=now.line())
        yield


def _now_and_then(clock: Callable[[], float] = time.monotonic) -> Callable[[Progress], None]:
    last = clock()

    def show(progress: Progress) -> None:
        nonlocal last
        if clock() - last >= _EVERY:
            last = clock()
            tell(progress.line())

    return show


# --- the plan


def _dry_run(groups: Sequence[Group], listing: Listing, reader: ReadsMany, workers: int, limits: Limits) -> int:
    click.echo(
        f"{len(listing.inputs):,} files, {_bytes(listing.size)}, in {len(groups):,} groups; shards of up to {limits.records:,} records"
    )
    with Extractor(workers) as load:
        found = estimated(groups, listing.size, reader, load)
    for line in _told(found, workers):
        click.echo(line)
    for remark in passed_over("folders", listing.passed):
        tell(str(remark))
    return ALL_CODED if found.reports else NONE_CODED


def _told(found: Estimate, workers: int) -> Iterator[str]:
    counted: Mapping[str, int] = {"failed": found.failed, "not in English or without an article": found.passed}
    other = "".join(f", {number:,} {what}" for what, number in counted.items() if number)
    yield f"tried: {found.reports:,} reports ({found.words:,} words){other} in {found.seconds:.1f} s on {workers} cores"
    if not found.reports:
        yield "no report among the first records: nothing can be estimated"
        return
    yield f"rate: {found.reports / found.seconds:,.1f} reports/s, {found.words / found.seconds:,.0f} words/s"
    yield f"estimate: {found.all_reports:,.0f} reports, {duration(found.all_seconds)}, {_bytes(found.all_bytes)} of tables"
    yield "nothing was written"


def _bytes(size: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1_000:
            return f"{size:,.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:,.1f} {unit}"
        size /= 1_000
    return f"{size:,.1f} TB"
