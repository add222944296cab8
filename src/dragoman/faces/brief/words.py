"""What the pages of a brief say around its lines: the head, days, and the tags behind a line."""

from __future__ import annotations

from dragoman.case.brief.parts import Brief, Head, Line, Told
from dragoman.reading.wording import one_line, shortened, spoken_date

ABOUT = (
    "Every sentence is told according to its source, and its number leads to the sentence of the report that it rests on. Words in “ ” are "
    "the report's own. The sentences are composed by rules from what was read automatically: where it matters, look at the report."
)
"""What a reader has to know about a brief."""


def title(brief: Brief, name: str = "") -> str:
    """ "cuba: brief for Sunday 28 October 1962"; `name` is what the case is called."""
    day = f" for {spoken_date(brief.head.as_of)}" if brief.head.as_of else ""
    called = shortened(one_line(name), 80)
    return f"{called}: brief{day}" if called else f"Brief{day}"


def coverage(head: Head) -> tuple[str, ...]:
    """What the brief covers: days, reports, sources."""
    days = f"{spoken_date(head.first)} to {spoken_date(head.last)}" if head.first != head.last else spoken_date(head.first)
    copies = f", of which {head.copies:,} {_are(head.copies)} another's text" if head.copies else ""
    sources = f"{head.publishers:,} {'publisher' if head.publishers == 1 else 'publishers'}, copies not counted"
    found = [f"{head.reports:,} {'report' if head.reports == 1 else 'reports'}{copies}, from {sources}"]
    if head.first:
        found.insert(0, f"Reports from {days}" if head.first != head.last else f"Reports of {days}")
    if head.since:
        found.append(f"News is told from {spoken_date(head.since)} on")
    if head.thread:
        found.append(f"Only the thread “{head.thread}”")
    return tuple(found)


def day(line: Line, year: str = "") -> str:
    """ "Friday 26 October" for the day of an act, "told Friday ..." for that of the report; "" where the line has none.

    The year stands behind where it is not `year`.
    """
    spoken = spoken_date(line.day) if line.day else ""
    spoken = spoken.removesuffix(f" {year}") if year else spoken
    return spoken if line.dated or not spoken else f"told {spoken}"


def stop(line: Line) -> str:
    """The full stop behind a line that has none."""
    return "" if line.text.rstrip("”’").endswith((":", ".", "?", "!")) else "."


def tags(line: Line) -> tuple[str, ...]:
    """Short words behind a line: that it is new, how many sources tell it, whose word it is."""
    found = ["new"] if line.new else []
    if line.sources > 1:
        found.append(f"{line.sources} sources")
    if line.standing in ("anonymous", "unnamed") and line.manner == "quoted":
        found.append("source without a name")
    return tuple(found)


def report_line(told: Told) -> str:
    """A report in the list at the end, without its address."""
    copy = "copies another report's text" if told.copy_of else ""
    return ", ".join(filter(None, (told.publisher, spoken_date(told.published) if told.published else "no date", told.title, copy)))


def _are(count: int) -> str:
    return "is a copy of" if count == 1 else "are copies of"
