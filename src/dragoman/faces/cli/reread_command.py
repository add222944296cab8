"""`dragoman reread`: every report of a case is read again from what was kept, and what has changed is told.

Each report is written whole or not at all, so that the command may be stopped at any moment; run again it goes on where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import click

from dragoman.case.case import Case, now
from dragoman.case.rereading import Reread
from dragoman.case.store.base import ReportRow
from dragoman.faces.cli.add_command import Readers, shown_progress
from dragoman.faces.cli.messages import tell
from dragoman.faces.cli.read_command import ReadsMany
from dragoman.faces.made_by import made_by
from dragoman.reading.actors.roster import Roster
from dragoman.reading.wording import listed
from dragoman.text.report import Report

ALL_READ, SOME_FAILED, NONE_READ = 0, 1, 3
_SHOWN = 20


@dataclass
class Tally:
    """What the call has done so far."""

    done: list[Reread] = field(default_factory=list)
    failed: int = 0


def run(location: str, everything: bool, roster: Roster | None = None, reader: ReadsMany | None = None) -> int:
    """Reads again what something else has read, or everything; gives the exit code."""
    by = made_by()
    with Case.open(location) as case:
        rereader, tally = case.rereader(by), Tally()
        rows = rereader.to_read(everything)
        before = case.waiting()
        try:
            with shown_progress(len(rows)) as progress:
                for reading in Readers(reader, roster).read(
                    rereader.reports(rows), lambda report, problem: _failed(tally, report, problem)
                ):
                    tally.done.append(rereader.reread(reading, now()))
                    progress.step()
            rereader.finish()
        finally:
            _summary(case, by, rows, tally, before)
    return ALL_READ if not tally.failed else SOME_FAILED if tally.done else NONE_READ


def _failed(tally: Tally, report: Report, problem: Exception) -> None:
    tally.failed += 1
    name = report.title or report.source_id or report.id[:8]
    tell(f"{name}: could not be read again ({type(problem).__name__}: {problem}); its older reading stays")


def _summary(case: Case, by: str, rows: Sequence[ReportRow], tally: Tally, before: frozenset[str]) -> None:
    """What changed, after what follows from it is worked out."""
    case.settle()  # also what an earlier call read that was killed before it came to this
    changed = [one for one in tally.done if not one.same]
    for one in changed[:_SHOWN]:
        click.echo(f"{one.title}  ({'; '.join(_parts(one)) or 'the same entries, told otherwise'})")
    if len(changed) > _SHOWN:
        click.echo(f"… and {len(changed) - _SHOWN:,} more")
    if not rows:
        click.echo(f"all reports of {case.store.location} were last read by {by}; --all reads them again all the same")
        return
    for line in _counts(case, by, rows, tally, before):
        click.echo(line)


def _counts(case: Case, by: str, rows: Sequence[ReportRow], tally: Tally, before: frozenset[str]) -> Iterator[str]:
    changed = [one for one in tally.done if not one.same]
    left = len(rows) - len(tally.done) - tally.failed
    words = [f"{_count(len(tally.done), 'report')} of {case.store.location} read again by {by}", f"{len(changed):,} of them changed"]
    words += [f"{tally.failed:,} failed"] if tally.failed else []
    words += [f"{left:,} still to be read: run it again"] if left else []
    yield ", ".join(words)
    if changed:
        new, gone, told = (_sum(counts) for counts in zip(*((one.new, one.gone, one.changed) for one in changed), strict=True))
        sums = Reread("", "", False, new, gone, told, sum(one.moved for one in changed))
        yield f"in all: {'; '.join(_parts(sums)) or 'nothing of what is counted'}"
    after = case.waiting()
    if waiting := sorted(after - before, key=_number):
        yield f"waiting now, since what they are about was not found: {listed(waiting, 12)}; `dragoman log CASE --state waiting` lists them"
    if back := sorted(before - after, key=_number):
        yield f"holding again: {listed(back, 12)}"


def _number(decision: str) -> int:
    return int(decision[1:])


def _sum(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return total


def _parts(one: Reread) -> Iterator[str]:
    for word, counts in (("new", one.new), ("gone", one.gone), ("changed", one.changed)):
        found = [_count(number, kind) for kind, number in sorted(counts.items()) if number]
        if found:
            yield f"{word}: {listed(found)}"
    if one.moved:
        yield f"{_count(one.moved, 'mention')} now of another item"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
