"""JSON Lines in, JSON Lines out: the way of the commands that answer one question a line.

Lines are read and answered as they come, in bounded memory. A line that cannot be answered is told on standard error with its
number and what was expected; the others are answered, in their order. The exit codes are those of `dragoman read`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from dragoman.errors import InputError
from dragoman.faces.cli.destination import NewFile, StandardOutput
from dragoman.faces.cli.messages import tell
from dragoman.text.decoding import DecodingError, decode
from dragoman.text.jsonl import broken, parse
from dragoman.text.report import Span
from dragoman.text.stream import BLANK, UTF8_MARK, Stream

ALL_ANSWERED, SOME_FAILED, NONE_ANSWERED = 0, 1, 3
LIMIT = 10_000_000  # bytes of a line: a question is about a sentence or a report
_SHOWN = 60
_Question = TypeVar("_Question")
Record = Mapping[str, Any]


@dataclass
class Count:
    """How many lines were answered and how many could not be."""

    answered: int = 0
    failed: int = 0

    @property
    def exit_code(self) -> int:
        """0 all answered, 1 some failed, 3 none could be answered."""
        if not self.failed:
            return ALL_ANSWERED
        return SOME_FAILED if self.answered else NONE_ANSWERED


def run(
    name: str,
    out: str,
    question: Callable[[Record, str], _Question],
    answers: Callable[[Iterator[_Question]], Iterable[Record]],
) -> int:
    """Answers the file `name` (- is standard input) into `out` (- is standard output); gives the exit code.

    `question` makes a question of a record and its place ("pairs.jsonl:7") or raises InputError; `answers` gives one record for
    each question, in their order. The output is opened first, so that a place that cannot be written to costs no work.
    """
    count = Count()
    with StandardOutput("jsonl") if out == "-" else NewFile(Path(out)) as place:
        for answer in answers(_questions(name, question, count)):
            place.stream.write(json.dumps(answer) + "\n")  # in ASCII: nothing in an id can drive a terminal
            count.answered += 1
        if count.answered:
            place.commit()
    return count.exit_code


# What a record holds


def text_of(record: Record, where: str) -> str:
    """Its text. Raises InputError if there is none."""
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        found = "no text" if not text or isinstance(text, str) else f'"text" is {_shown(text)}, not a string'
        raise InputError(where, found, 'give the text as a string in "text"')
    return text


def id_of(record: Record, where: str) -> str | int | None:
    """Its id, given back as it came; None if there is none. Raises InputError for anything but a string or a whole number."""
    name = record.get("id")
    if name is None or isinstance(name, str) or (isinstance(name, int) and not isinstance(name, bool)):
        return name
    raise InputError(where, f'"id" is {_shown(name)}', 'give "id" as a string or a whole number, or leave it out')


def span_of(value: Any, text: str, field: str, where: str) -> Span:
    """The span of {"start", "end"}, code points of the text. Raises InputError if it holds no character of the text."""
    if not isinstance(value, Mapping) or not all(type(value.get(side)) is int for side in ("start", "end")):
        raise InputError(where, f'"{field}" is {_shown(value)}', 'give {"start": n, "end": n} in characters of the text')
    start, end = value["start"], value["end"]
    if not 0 <= start < end <= len(text):
        found = f'"{field}" is {_shown([start, end])} in a text of {len(text)} characters'
        raise InputError(where, found, "give a start before the end, both inside the text")
    return Span(start, end)


def _shown(value: Any) -> str:
    shown = json.dumps(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}\u2026"


# What comes in


def _questions(name: str, question: Callable[[Record, str], _Question], count: Count) -> Iterator[_Question]:
    """The good lines as questions; the others are told and counted."""
    for where, record in _opened(name):
        made = _asked(record, where, question)
        if isinstance(made, InputError):
            count.failed += 1
            tell(str(made))
        else:
            yield made


def _asked(record: Record | InputError, where: str, question: Callable[[Record, str], _Question]) -> _Question | InputError:
    if isinstance(record, InputError):
        return record
    try:
        return question(record, where)
    except InputError as problem:
        return problem


def _opened(name: str) -> Iterator[tuple[str, Record | InputError]]:
    if name == "-":
        yield from _records(sys.stdin.buffer, "standard input")
        return
    try:
        with open(name, "rb") as file:
            yield from _records(file, name)
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem)
        yield name, InputError(name, f"cannot be read ({reason})", "check its name and that you may read it")


def _records(source: BinaryIO, name: str) -> Iterator[tuple[str, Record | InputError]]:
    """The object of each line with its place, an error where there is none; blank lines are passed over."""
    stream, number, some = Stream(source), 0, False
    while line := stream.read_line(LIMIT + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > LIMIT and not line.endswith(b"\n"):
            stream.skip_line()
            yield where, InputError(where, f"longer than {LIMIT // 1_000_000} MB", "give a sentence or a report on each line")
        elif line.strip(BLANK).removeprefix(UTF8_MARK):
            yield where, _record(line, where)
        else:
            continue
        some = True
    if not some:
        yield name, InputError(name, "nothing stands in it", "give one JSON object on each line")


def _record(line: bytes, where: str) -> Record | InputError:
    remedy = "give one JSON object on each line, in UTF-8"
    try:
        value = parse(decode(line))
    except DecodingError as problem:
        return InputError(where, str(problem), remedy)
    except ValueError as problem:
        return InputError(where, f"not a JSON record ({broken(problem)})", remedy)
    return value if isinstance(value, dict) else InputError(where, f"{_shown(value)} where an object should be", remedy)
