"""`dragoman relations`: for each line with a text and two marked actors, what the one does to the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from dragoman.faces.cli import lines
from dragoman.reading.relations import Pair, Scorer, relations_many
from dragoman.text.report import Span

_DIGITS = 6


class _Question(NamedTuple):
    id: str | int | None
    pair: Pair


def run(name: str, out: str, scorer: Scorer | None = None) -> int:
    """Answers the file `name` (- is standard input) into `out` (- is standard output); gives the exit code."""
    return lines.run(name, out, _question, lambda questions: _answers(questions, scorer))


def _question(record: lines.Record, where: str) -> _Question:
    text = lines.text_of(record, where)
    pair = Pair(text, _span(record, "source", text, where), _span(record, "target", text, where))
    return _Question(lines.id_of(record, where), pair)


def _span(record: lines.Record, field: str, text: str, where: str) -> Span | None:
    value = record.get(field)
    return None if value is None else lines.span_of(value, text, field, where)


def _answers(questions: Iterator[_Question], scorer: Scorer | None) -> Iterable[dict[str, Any]]:
    """One record for each question; the ids wait until their answers come."""
    names: deque[str | int | None] = deque()

    def pairs() -> Iterator[Pair]:
        for question in questions:
            names.append(question.id)
            yield question.pair

    for relation in relations_many(pairs(), with_status=False, scorer=scorer):
        scores = {root: round(score, _DIGITS) for root, score in relation.scores.items()}
        yield {"id": names.popleft(), "root": relation.root, "scores": scores}
