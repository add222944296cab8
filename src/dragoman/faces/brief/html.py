"""A brief as one HTML file: no script, nothing from outside, to be read on a phone, on a screen in the dark, and on paper.

Every text is escaped where it is written; anchors are made by number. Addresses are links only where they were given with a report
and begin with http or https; an address inside a text stays text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib import resources

from dragoman.case.brief.parts import Brief, Line, Note, Section, Told
from dragoman.faces.brief import words
from dragoman.reading.wording import one_line, spoken_date

_DEEPEST = 6
_LONGEST_ADDRESS = 2000
Address = Callable[[Note], str]
"""Gives the address of the page to which a note leads."""


@dataclass
class _Page:
    """What the lines of one page share: the year of the brief, and the notes that were cited already."""

    year: str
    cited: set[int] = field(default_factory=set)


def html(brief: Brief, name: str = "", address: Address | None = None) -> str:
    """The whole file. `name` is what the case is called; `address`, where the pages of a served case are there, is where notes lead."""
    style = _style()
    policy = f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta name="generator" content="dragoman">\n<title>{_text(words.title(brief, name))}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n"
    )
    return head + body(brief, name, address) + "</body>\n</html>\n"


def body(brief: Brief, name: str = "", address: Address | None = None) -> str:
    """What stands between the tags of the body: a `main` with the whole brief."""
    return f'<main class="brief">\n{inside(brief, name, address)}</main>\n'


def inside(brief: Brief, name: str = "", address: Address | None = None) -> str:
    """The brief alone, for a page that has a frame of its own."""
    return "".join(_inside(brief, name, address))


def _inside(brief: Brief, name: str, address: Address | None) -> Iterator[str]:
    yield f"<header>\n<h1>{_text(words.title(brief, name))}</h1>\n"
    yield "".join(f"<p>{_text(told)}.</p>\n" for told in words.coverage(brief.head))
    yield f'<p class="about">{_text(words.ABOUT)}</p>\n</header>\n'
    page = _Page(brief.head.as_of[:4])
    for section in brief.sections:
        yield from _section(section, 2, page)
    places = {told.id: number for number, told in enumerate(brief.told, 1)}
    if brief.notes:
        yield '<section class="notes">\n<h2>Notes</h2>\n<ol>\n'
        yield from (_note(note, places, address) for note in brief.notes)
        yield "</ol>\n</section>\n"
    if brief.told:
        yield '<section class="reports">\n<h2>Reports</h2>\n<ul>\n'
        yield from (_report(told, number) for number, told in enumerate(brief.told, 1))
        yield "</ul>\n</section>\n"


def _section(section: Section, depth: int, page: _Page) -> Iterator[str]:
    level = min(depth, _DEEPEST)
    item = f' <span class="item">{_text(section.item)}</span>' if section.item else ""
    yield f"<section>\n<h{level}>{_text(section.heading)}{item}</h{level}>\n"
    yield from _lines(section.lines, page)
    for part in section.sections:
        yield from _section(part, depth + 1, page)
    yield "</section>\n"


def _lines(lines: tuple[Line, ...], page: _Page) -> Iterator[str]:
    """Lines as lists; a label stands between two lists."""
    is_open = False
    for line in lines:
        if line.manner == "label":
            yield "</ul>\n" * is_open + f'<p class="label">{_text(line.text)}</p>\n'
            is_open = False
            continue
        yield "<ul>\n" * (not is_open) + _line(line, page)
        is_open = True
    yield "</ul>\n" * is_open


def _line(line: Line, page: _Page) -> str:
    day, tags = words.day(line, page.year), words.tags(line)
    lead = f'<span class="day">{_text(day)}</span> ' if day else ""
    stop = words.stop(line)
    notes = "".join(_reference(number, page.cited) for number in line.notes)
    tagged = "".join(f' <span class="tag">{_text(tag)}</span>' for tag in tags)
    return f'<li class="{line.manner}">{lead}{_text(line.text)}{stop}{notes}{tagged}</li>\n'


def _reference(number: int, cited: set[int]) -> str:
    """The number of a note; the first place that has it is where the note leads back to."""
    anchor = "" if number in cited else f' id="r{number}"'
    cited.add(number)
    return f'<sup><a href="#n{number}"{anchor} aria-label="note {number}">{number}</a></sup>'


def _note(note: Note, places: dict[str, int], address: Address | None) -> str:
    target = address(note) if address else f"#s{places[note.report]}"
    day = f", {spoken_date(note.published)}" if note.published else ""
    source = f'<a href="{escape(target)}">{_text(note.publisher)}</a>{_text(day)}'
    back = f'<a class="back" href="#r{note.number}" aria-label="back to the line of note {note.number}">↩</a>'
    return f'<li id="n{note.number}">{source}: <q>{_text(note.quote)}</q> {back}</li>\n'


def _report(told: Told, number: int) -> str:
    link = ""
    if told.url and _is_web(told.url):
        link = f' <a href="{escape(told.url)}" rel="noreferrer noopener nofollow">{_text(told.url)}</a>'
    return f'<li id="s{number}">{_text(words.report_line(told))} <span class="item">{_text(told.id[:8])}</span>{link}</li>\n'


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://")) and len(url) <= _LONGEST_ADDRESS and url.isprintable() and " " not in url


def _text(text: str) -> str:
    return escape(one_line(text))


@cache
def _style() -> str:
    return "\n" + resources.files("dragoman.faces.brief").joinpath("brief.css").read_text("utf-8")


def _hash(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
