"""The brief of a case on a day: its head, what matters in short, threads, figures, disputes, promises, and what is not told.

What is composed is told by `sentences.py`, sentence by sentence; here it is decided what stands where. The same case gives the same
brief, whatever the order in which its reports were added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.case.asking import Questions
from dragoman.case.brief.absences import absences
from dragoman.case.brief.choosing import Chosen, chosen
from dragoman.case.brief.matters import dispute_sections, figure_sections, promise_sections
from dragoman.case.brief.notes import Notes
from dragoman.case.brief.parts import Brief, Head, Line, Section, Told
from dragoman.case.brief.stories import Stories
from dragoman.case.deriving import Records
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow, Store
from dragoman.reading.wording import one_line, shortened, spoken_date

SHORT = 5
"""Sentences of "In short"."""
_LITTLE = 8


def compose(store: Store, records: Records, questions: Questions, filters: Filters) -> Brief:
    """The brief of what the filters select: `as_of` its day, `since` from when on news is told, `thread` the only thread."""
    of = chosen(store, records, questions, filters)
    notes = Notes(of.material)
    stories = Stories(of, notes)
    short = _in_short(of, stories)
    threads = [stories.thread(thread) for thread in of.threads]
    threads += filter(None, [stories.outside()])
    sections = (
        Section("In short", short),
        *_new(of, notes, stories),
        Section("Threads" if of.threads else "Acts", _more_threads(of), tuple(threads)),
        Section("Figures", (), figure_sections(of, notes)),
        Section("Disputes", (), dispute_sections(of, notes)),
        Section("Promises, plans, threats and demands", _unrated(of), promise_sections(of, notes)),
        Section("Rests on little", _little(stories.lines(threads))),
        Section("Not told", absences(of)),
    )
    kept = tuple(section for section in sections if section.lines or section.sections)
    return Brief(_head(of), kept, notes.all, _told(of, {note.report for note in notes.all}))


def _head(of: Chosen) -> Head:
    dated = sorted(row.published for row in of.reports if row.published)
    copies = sum(of.material.original(row.id) != row.id for row in of.reports)
    publishers = {of.material.publisher(row.id) for row in of.reports if of.material.original(row.id) == row.id}
    thread = next((thread.title for thread in of.threads if thread.id == of.filters.thread), "")
    return Head(
        of.today, of.filters.since or "", dated[0] if dated else "", dated[-1] if dated else "", len(of.reports), copies, len(publishers),
        len(of.reports) - len(dated), one_line(thread),
    )  # fmt: skip


def _in_short(of: Chosen, stories: Stories) -> tuple[Line, ...]:
    """Where the threads stand that moved most; a sentence that two of them rest on stands once."""
    found: list[Line] = []
    for thread in of.threads:
        line = stories.state(thread)
        if line and not any(set(line.notes) <= set(other.notes) for other in found):
            found.append(replace(line, text=f"{one_line(thread.title)}: {line.text}"))
    return tuple(found[:SHORT])


def _new(of: Chosen, notes: Notes, stories: Stories) -> Iterable[Section]:
    """What is new since the day asked for."""
    since = of.filters.since
    if not since:
        return
    new = [row for row in of.reports if row.published >= since]
    publishers = {of.material.publisher(row.id) for row in new if of.material.original(row.id) == row.id}
    lines = [_counted(f"{_count(len(new), 'report is', 'reports are')} new, from {_count(len(publishers), 'publisher', 'publishers')}")]
    begun = [thread for thread in of.threads if (thread.since or "") >= since]
    for thread in begun:
        if line := stories.state(thread):
            lines.append(replace(line, text=f"A new thread, {one_line(thread.title)}: {line.text}", new=True))
    old = [thread.title for thread in of.threads if not of.moved[thread.id]]
    if old:
        lines.append(_counted(f"Nothing new is told of {_count(len(old), 'thread', 'threads')} below: {'; '.join(map(one_line, old))}"))
    yield Section(f"New since {spoken_date(since)}", tuple(lines))


def _little(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What rests on a source without a name, told again; and how much rests on one source."""
    told = [line for line in lines if line.item]
    weak = [line for line in told if line.standing in ("anonymous", "unnamed") and line.sources <= 1]
    single = sum(line.sources <= 1 for line in told)
    found = [_counted(f"Of {_count(len(told), 'act', 'acts')} told above, {single} {'rests' if single == 1 else 'rest'} on one source")]
    if weak:
        found.append(Line("Told only by sources without a name:" if len(weak) > 1 else "Told only by a source without a name:", "label"))
    return tuple(found + weak[:_LITTLE]) if told else ()


def _unrated(of: Chosen) -> tuple[Line, ...]:
    return _more(of.unrated, "more, most of them without a word on what came of them: see dragoman promises")


def _more_threads(of: Chosen) -> tuple[Line, ...]:
    return _more(of.more_threads, f"more {'thread' if of.more_threads == 1 else 'threads'}: see dragoman threads")


def _more(count: int, words: str) -> tuple[Line, ...]:
    return (_counted(f"{count:,} {words}"),) if count else ()


def _counted(text: str) -> Line:
    return Line(text, "counted")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _told(of: Chosen, reports: set[str]) -> tuple[Told, ...]:
    """The reports that the notes name, in the order of publication."""
    rows = [row for row in of.reports if row.id in reports]
    return tuple(_report(of, row) for row in sorted(rows, key=lambda row: (row.published, row.source_id or "", row.id)))


def _report(of: Chosen, row: ReportRow) -> Told:
    original = of.material.original(row.id)
    title = shortened(one_line(row.title or ""), 200)
    return Told(row.id, title, of.material.publisher(row.id), row.published, row.url, original if original != row.id else None)
