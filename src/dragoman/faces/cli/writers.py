"""Readings as a stream of text, one class for each format. A writer gets readings one at a time and keeps none.

`add` takes the next reading; `finish` closes what was begun and says whether the call was about several reports.
"""

from __future__ import annotations

import re
from typing import Protocol, TextIO

from dragoman.faces.cli import page
from dragoman.faces.cli.markdown import markdown
from dragoman.reading.digest import digest
from dragoman.reading.entries import Reading
from dragoman.reading.wire import to_json

ENDINGS = {"html": "html", "markdown": "md"}
# JSON may hold these as they are, but a terminal acts on them when the output is looked at.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class Writer(Protocol):
    """Writes readings to a stream."""

    def add(self, reading: Reading) -> None:
        """Writes one reading."""

    def finish(self, several: bool) -> None:
        """Writes what stands behind the last one; `several` if the call named more than one report, read or not."""


def writer(form: str, stream: TextIO) -> Writer:
    """The writer of a format: terminal, json, jsonl, markdown or html."""
    if form == "terminal":
        return Terminal(stream)
    if form == "json":
        return Json(stream)
    if form == "jsonl":
        return JsonLines(stream)
    return Html(stream) if form == "html" else Markdown(stream)


def json_text(reading: Reading, indent: int | None = None) -> str:
    """The reading as JSON, with control and bidirectional characters as escapes."""
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", to_json(reading, indent))


class JsonLines:
    """One line for each reading, handed on as soon as it is there."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def add(self, reading: Reading) -> None:
        self.stream.write(json_text(reading) + "\n")
        self.stream.flush()

    def finish(self, several: bool) -> None:
        """Nothing stands behind the last line."""


class Json:
    """An object for one report, an array for several; only the first reading waits until it is clear which."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.first: str | None = None
        self.opened = False

    def add(self, reading: Reading) -> None:
        text = json_text(reading, indent=2)
        if self.opened:
            self.stream.write(",\n" + text)
        elif self.first is None:
            self.first = text
        else:
            self.stream.write(f"[\n{self.first},\n{text}")
            self.opened = True

    def finish(self, several: bool) -> None:
        if self.opened:
            self.stream.write("\n]\n")
        elif self.first is not None:
            self.stream.write(f"[\n{self.first}\n]\n" if several else f"{self.first}\n")


class Markdown:
    """One page after the other."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.between = ""

    def add(self, reading: Reading) -> None:
        self.stream.write(self.between + markdown(reading))
        self.between = "\n---\n\n"

    def finish(self, several: bool) -> None:
        """Nothing stands behind the last page."""


class Html:
    """One file with an article for each reading."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.count = 0

    def add(self, reading: Reading) -> None:
        self.count += 1
        if self.count == 1:
            self.stream.write(page.opening(digest(reading).title))
        self.stream.write(page.article(reading, self.count))

    def finish(self, several: bool) -> None:
        if self.count:
            self.stream.write(page.closing())


class Terminal:
    """Pages for people; plain, and without blanks at line ends, where the stream is no terminal."""

    def __init__(self, stream: TextIO) -> None:
        # rich takes a twentieth of a second to import, and only this format needs it
        from rich.console import Console

        from dragoman.faces.cli.terminal import print_page

        self.stream = stream
        self.console = Console(file=stream, highlight=False, markup=False, emoji=False)
        self.print_page = print_page

    def add(self, reading: Reading) -> None:
        if self.console.is_terminal:
            self.print_page(reading, self.console)
            return
        with self.console.capture() as captured:
            self.print_page(reading, self.console)
        self.stream.write("".join(line.rstrip() + "\n" for line in captured.get().removesuffix("\n").split("\n")))
        self.stream.flush()

    def finish(self, several: bool) -> None:
        """Nothing stands behind the last page."""
