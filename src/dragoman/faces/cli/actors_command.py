"""`dragoman actors`: for each line with a text and marked actors, PLOVER's country and sectors of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, tee
from typing import Any, NamedTuple, Protocol

from dragoman.errors import InputError
from dragoman.faces.cli import lines
from dragoman.faces.cli.actor_list import opened_roster
from dragoman.faces.cli.cores import cores
from dragoman.reading.actors.codes import ActorCode
from dragoman.reading.actors.coding import ActorCoder, Marked
from dragoman.text.dates import DateError, read_date

SIDES = ("source", "target")


class CodesMany(Protocol):
    """What this command needs of a coder."""

    def code_many(self, marked: Iterable[Marked]) -> Iterator[list[ActorCode]]:
        """A list of codes for each text, in order."""


@dataclass(frozen=True)
class Request:
    """One call: `published` is the day of every text that tells none of its own; `actors` the user's own list, if any."""

    file: str
    out: str = "-"
    published: date | None = None
    actors: str | None = None


class Question(NamedTuple):
    """A line of the input: its id, the text with the spans of both sides, and how many of them are sources."""

    id: str | int | None
    marked: Marked
    sources: int


def run(request: Request, coder: CodesMany | None = None) -> int:
    """Codes and writes everything; gives the exit code."""
    roster = opened_roster(request.actors)

    def question(record: lines.Record, where: str) -> Question:
        return question_of(record, where, request.published)

    def answers(questions: Iterator[Question]) -> Iterator[lines.Record]:
        first = next(questions, None)
        if first is None:
            return  # the language model is not opened for nothing
        kept, asked = tee(chain([first], questions))
        codes = (coder or ActorCoder(cores(), roster)).code_many(q.marked for q in asked)
        for one, found in zip(kept, codes, strict=True):
            yield _answer(one, found)

    return lines.run(request.file, request.out, question, answers)


def _answer(question: Question, codes: Sequence[ActorCode]) -> lines.Record:
    """The codes of each side in the order of its spans, null where nothing can be told."""
    told = [{"country": code.country, "sectors": list(code.sectors)} if code else None for code in codes]
    return {"id": question.id, "source": told[: question.sources], "target": told[question.sources :]}


def question_of(record: lines.Record, where: str, published: date | None = None) -> Question:
    """The marked text of a record; a side may be absent or null, and one span may stand without its list. Raises InputError."""
    text = lines.text_of(record, where)
    sources, targets = ([lines.span_of(span, text, side, where) for span in _spans(record, side, where)] for side in SIDES)
    day = _day(record, where) or published
    return Question(lines.id_of(record, where), Marked(text, [*sources, *targets], day), len(sources))


def _spans(record: lines.Record, side: str, where: str) -> list[Any]:
    value = record.get(side)
    if value is None or isinstance(value, dict):
        return [] if value is None else [value]
    if not isinstance(value, list):
        raise InputError(where, f'"{side}" is no list', f'write "{side}": [{{"start": n, "end": n}}, …] in characters of the text')
    return value


def _day(record: lines.Record, where: str) -> date | None:
    told = record.get("published")
    if told is None:
        return None
    try:
        return read_date(told if isinstance(told, str) else repr(told))
    except DateError as problem:
        raise InputError(where, f'"published": {problem}', "write it as YYYY-MM-DD, or leave it out") from None
