"""`dragoman code`: an archive into tables; what is going on is told on standard error, the result on standard output."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from dragoman.errors import InputError, StoreError
from dragoman.faces.batch import cluster, local, on_ray, parquet
from dragoman.faces.batch.coding import ReadsMany
from dragoman.faces.batch.estimate import Estimate, estimated
from dragoman.faces.batch.extracting import Extractor
from dragoman.faces.batch.feeding import is_inside, remaining
from dragoman.faces.batch.output import FAILED, Identity, OutputFolder
from dragoman.faces.batch.plan import Group, Limits, Shard, Share, groups_of, share
from dragoman.faces.batch.progress import Progress, duration
from dragoman.faces.batch.schema import TABLES
from dragoman.faces.batch.software import software
from dragoman.faces.batch.sources import Listing, listed
from dragoman.faces.cli.actor_list import opened_roster
from dragoman.faces.cli.cores import cores
from dragoman.faces.cli.messages import tell
from dragoman.reading.actors.roster import Roster
from dragoman.text.loaded import passed_over

ALL_CODED, SOME_FAILED, NONE_CODED = 0, 1, 3
MOST_HERE = 64  # cores of one process
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
    engine: str = "local"
    address: str | None = None

    @property
    def is_on_ray(self) -> bool:
        """Whether actors of Ray do the work."""
        return self.engine == "ray"


def run(request: Request, reader: ReadsMany | None = None) -> int:
    """Codes the share that is asked for; gives the exit code."""
    _check(request)
    part = _share(request)
    limits = Limits(records=request.per_shard)
    roster = opened_roster(request.actors)
    listing = listed(request.inputs)
    groups = groups_of(listing.inputs, limits)
    if is_inside(request.out, listing.inputs):
        raise click.UsageError(f"--out {request.out}: holds inputs of this call; name another folder")
    _tell_problems(listing)
    if not listing.inputs:
        return NONE_CODED
    workers = 1 if request.is_on_ray else request.workers or cores()  # of this process
    opened = _Opened(reader, workers, roster)
    if request.dry_run:
        return _dry_run(groups, listing, opened, workers, request)
    try:
        with closing(OutputFolder(Path(request.out), Identity(_settings(limits, request.actors), listing), part)) as folder:
            engine = partial(_on_ray, request, roster) if request.is_on_ray else partial(_here, workers, opened)
            return _code(groups, folder, part, limits, engine)
    except StoreError as problem:
        raise click.ClickException(str(problem)) from None


def _check(request: Request) -> None:
    """Raises what is to be said before any work."""
    parquet.check_installed()
    if request.is_on_ray:
        cluster.check_installed()
    elif request.address is not None:
        raise click.UsageError("--address is that of a Ray cluster; it needs --engine ray")
    elif request.workers is not None and request.workers > MOST_HERE:
        raise click.UsageError(f"--workers {request.workers}: one process works on {MOST_HERE} cores at most; take fewer, or --engine ray")


def _share(request: Request) -> Share:
    try:
        return share(request.shard)
    except InputError as problem:
        raise click.UsageError(str(problem)) from None


def _settings(limits: Limits, actors: str | None) -> dict[str, Any]:
    """All that the tables depend on beside the inputs."""
    list_of_actors = hashlib.sha256(Path(actors).read_bytes()).hexdigest() if actors else None
    libraries = software()
    return {
        "made by": libraries.pop("made by"),
        "libraries": libraries,
        "records per shard": limits.records,
        "bytes per shard": limits.size,
        "list of actors": list_of_actors,
    }


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


_Engine = Callable[[Iterator[Shard], OutputFolder, Progress], None]
"""Has shards coded and written."""


def _code(groups: Sequence[Group], folder: OutputFolder, part: Share, limits: Limits, engine: _Engine) -> int:
    mine = [group for group in groups if part.reads(group.number, len(groups))]
    progress = Progress(sum(group.size for group in mine))
    with _shown(progress):
        engine(remaining(groups, folder, part, limits, progress.passed_over), folder, progress)
    complete = folder.finish(groups)
    return _summary(groups, folder, progress, complete, part)


def _here(workers: int, reader: ReadsMany, shards: Iterator[Shard], folder: OutputFolder, progress: Progress) -> None:
    with Extractor(workers) as load:
        local.run(shards, reader, load, folder.commit, progress)


def _on_ray(request: Request, roster: Roster | None, shards: Iterator[Shard], folder: OutputFolder, progress: Progress) -> None:
    out = Path(os.path.abspath(folder.path))
    on_ray.run(shards, on_ray.Setting(out, request.address, request.workers, partial(on_ray.reader, roster), tell), progress)


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


def _dry_run(groups: Sequence[Group], listing: Listing, reader: ReadsMany, workers: int, request: Request) -> int:
    size, many = _bytes(listing.size), f"{len(groups):,} groups"
    click.echo(f"{len(listing.inputs):,} files, {size}, in {many}; shards of up to {request.per_shard:,} records")
    with Extractor(workers) as load:
        found = estimated(groups, listing.size, reader, load)
    for line in _told(found, workers, (request.workers or 1) if request.is_on_ray else None):
        click.echo(line)
    for remark in passed_over("folders", listing.passed):
        tell(str(remark))
    return ALL_CODED if found.reports else NONE_CODED


def _told(found: Estimate, workers: int, actors: int | None) -> Iterator[str]:
    """What was found, in lines; `actors` is how many of Ray's there will be, on cores as fast as the one of this computer."""
    counted: Mapping[str, int] = {"failed": found.failed, "not in English or without an article": found.passed}
    other = "".join(f", {number:,} {what}" for what, number in counted.items() if number)
    yield f"tried: {found.reports:,} reports ({found.words:,} words){other} in {found.seconds:.1f} s on {_plural(workers, 'core')}"
    if not found.reports:
        yield "no report among the first records: nothing can be estimated"
        return
    yield f"rate: {found.reports / found.seconds:,.1f} reports/s, {found.words / found.seconds:,.0f} words/s"
    with_actors = "" if actors is None else f" with {_plural(actors, 'actor')}, if each has a core as fast as the one here"
    time_taken = duration(found.all_seconds / (actors or 1))
    yield f"estimate: {found.all_reports:,.0f} reports, {time_taken}{with_actors}, {_bytes(found.all_bytes)} of tables"
    yield "nothing was written"


def _plural(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _bytes(size: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1_000:
            return f"{size:,.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:,.1f} {unit}"
        size /= 1_000
    return f"{size:,.1f} TB"
