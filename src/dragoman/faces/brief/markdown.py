"""A brief as Markdown, with footnotes as GitHub and pandoc read them ("[^1]"). Every text of a report is escaped."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.case.brief.parts import Brief, Line, Note, Section
from dragoman.faces.brief import words
from dragoman.faces.cli import markdown as pages
from dragoman.reading.wording import one_line, spoken_date

SHORT_ID = 8
_DEEPEST = 6


def markdown(brief: Brief, name: str = "") -> str:
    """The whole page, closed by a line end. `name` is what the case is called."""
    return "\n".join(_lines(brief, name)) + "\n"


def _lines(brief: Brief, name: str) -> Iterator[str]:
    yield f"# {_shown(words.title(brief, name))}"
    yield ""
    yield " · ".join(map(_shown, words.coverage(brief.head)))
    yield from ("", f"*{_shown(words.ABOUT)}*")
    for section in brief.sections:
        yield from _section(section, 2, brief.head.as_of[:4])
    if brief.notes:
        yield from ("", "## Notes", "")
        yield from map(_note, brief.notes)
    if brief.told:
        yield from ("", "## Reports", "")
        yield from (f"- `{told.id[:SHORT_ID]}` {_shown(words.report_line(told))}" for told in brief.told)


def _section(section: Section, depth: int, year: str) -> Iterator[str]:
    item = f" ({_shown(section.item)})" if section.item else ""
    yield from ("", f"{'#' * min(depth, _DEEPEST)} {_shown(section.heading)}{item}")
    before = "label"
    for line in section.lines:
        yield from [""] * ("label" in (before, line.manner))
        yield _line(line, year)
        before = line.manner
    for part in section.sections:
        yield from _section(part, depth + 1, year)


def _line(line: Line, year: str) -> str:
    if line.manner == "label":
        return f"**{_shown(line.text)}**"
    day, tags = words.day(line, year), words.tags(line)
    notes = "".join(f"[^{number}]" for number in line.notes)
    stop = words.stop(line)
    lead = f"**{_shown(day)}:** " if day else ""
    return f"- {lead}{_shown(line.text)}{stop}{notes}" + (f" ({_shown(', '.join(tags))})" if tags else "")


def _note(note: Note) -> str:
    day = f", {spoken_date(note.published)}" if note.published else ""
    return f"[^{note.number}]: {_shown(note.publisher)}{_shown(day)}, report `{note.report[:SHORT_ID]}`: “{_shown(note.quote)}”"


def _shown(text: str) -> str:
    """A text on one line, printable and escaped."""
    return pages.escaped(one_line(text))
