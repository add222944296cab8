"""An answer about a case, and how it is written: a page for a terminal, Markdown, CSV or JSON.

A page is made of sections with blocks; the same answer has rows for a table and items for JSON. All texts of a page are made printable
here, whatever a report holds, so that nothing in one can drive a terminal or make a link.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from dragoman.faces.cli.markdown import escaped
from dragoman.reading.wording import one_line, printable

FORMATS = ("terminal", "json", "csv", "markdown")
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Sentence = tuple[str, str, str]
"""What stands before the words that matter, these words, and what stands behind them."""


@dataclass(frozen=True, slots=True)
class Point:
    """A line below a block: a label ("denied"), a sentence with its words marked, and where it stands."""

    label: str
    sentence: Sentence
    source: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One item on a page: its id, a mark in the margin (a status), its first line, and what stands below it."""

    id: str
    title: str
    mark: str = ""
    style: str = ""
    sentence: Sentence | None = None
    about: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading, "" for none."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `source` is the line under the title; `empty` is said where there is no block; `footer` stands at the end."""

    title: str
    source: tuple[str, ...]
    sections: tuple[Section, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]
    items: Mapping[str, Any]
    empty: str = "Nothing in the case passes."
    footer: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether no section has a block."""
        return not any(section.blocks for section in self.sections)


def write(answer: Answer, form: str, stream: TextIO) -> None:
    """Writes the answer in one of FORMATS."""
    if form == "json":
        stream.write(json_text(answer.items) + "\n")
    elif form == "csv":
        _write_csv(answer, stream)
    elif form == "markdown":
        stream.write("\n".join(_markdown(answer)) + "\n")
    else:
        _write_page(answer, stream)


def json_text(value: Any, indent: int | None = 2) -> str:
    """JSON in which control, bidirectional and surrogate characters are escapes."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent, default=dict))


def _write_csv(answer: Answer, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_cell(value) for value in row] for row in answer.rows)


def _cell(value: str | int | float | None) -> str | int | float:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if not isinstance(value, str):
        return "" if value is None else value
    text = one_line(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _markdown(answer: Answer) -> Iterator[str]:
    yield f"# {_safe(answer.title)}"
    yield ""
    yield " · ".join(map(_safe, answer.source))
    if answer.is_empty:
        yield from ("", _safe(answer.empty))
    for section in answer.sections:
        if section.heading and section.blocks:
            yield from ("", f"## {_safe(section.heading)}")
        if section.blocks:
            yield ""
        for block in section.blocks:
            yield from _markdown_block(block)
    if answer.footer:
        yield from ("", _safe(answer.footer))


def _markdown_block(block: Block) -> Iterator[str]:
    mark = f" {_safe(block.mark)}:" if block.mark else ""
    about = f" ({' · '.join(map(_safe, block.about))})" if block.about else ""
    sentence = f"  \n  {_marked(block.sentence)}" if block.sentence else ""
    yield f"- {_safe(block.id)}{mark} **{_safe(block.title)}**{about}{sentence}"
    for point in block.points:
        source = f" ({_safe(point.source)})" if point.source else ""
        label = f"{_safe(point.label)}: " if point.label else ""
        yield f"  - {label}{_marked(point.sentence)}{source}"


def _marked(sentence: Sentence) -> str:
    """The marked words in bold, unless they touch other letters, where no emphasis could open."""
    before, marked, after = sentence
    bold = marked and not (before[-1:].isalnum() or after[:1].isalnum())
    return _escaped(before) + (f"**{_escaped(marked)}**" if bold else _escaped(marked)) + _escaped(after)


def _escaped(text: str) -> str:
    return escaped(printable(text).replace("\n", " "))


def _safe(text: str) -> str:
    return escaped(one_line(text))


def _write_page(answer: Answer, stream: TextIO) -> None:
    # rich takes a twentieth of a second to import, and only this format needs it
    from rich.console import Console

    from dragoman.faces.cli.answer_page import print_answer

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        print_answer(answer, console)
        return
    with console.capture() as captured:
        print_answer(answer, console)
    stream.write("".join(line.rstrip() + "\n" for line in captured.get().removesuffix("\n").split("\n")))


def sources(*parts: Sequence[str] | str) -> tuple[str, ...]:
    """The parts of a line that are there."""
    return tuple(part for part in parts if isinstance(part, str) and part)
