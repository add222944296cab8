"""The relation question: scores, the root, and the status of the event that two marked actors belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest

from dragoman.reading.codes import PLV_ROOTS
from dragoman.reading.entries import Actor, Event, EventType, Reading, Status
from dragoman.reading.plover import code
from dragoman.reading.relations import BATCH, Pair, Relation, relations_many, status_between
from dragoman.text.report import Report, Span

TEXT = "Kora freed two pilots, but Velmar will not free the Arvan captain, Foreign Minister Ilse Brandt said."


def at(phrase: str) -> Span:
    return Span(TEXT.index(phrase), TEXT.index(phrase) + len(phrase))


class Fixed:
    """Gives one root nearly all the probability and counts how it was asked."""

    def __init__(self, root: str = "YIELD") -> None:
        self.root = root
        self.asked: list[int] = []

    def scores(self, texts: Sequence[str], sources: Sequence[Span | None], targets: Sequence[Span | None]) -> list[list[float]]:
        assert len(texts) == len(sources) == len(targets)
        self.asked.append(len(texts))
        return [[0.86 if root == self.root else 0.01 for root in PLV_ROOTS] for _ in texts]


class Known:
    """A reader that gives the reading made by hand."""

    def read_many(self, reports: Iterable[Report | str]) -> Iterator[Reading]:
        return (reading() for _ in reports)


def actor(name: str, phrase: str) -> Actor:
    return Actor(name, phrase, "country", None, (), (), (at(phrase),))


def event(name: str, act: EventType, status: Status, trigger: str, by: str | None, to: str | None) -> Event:
    return Event(
        name, act, None, at(trigger), Span(0, len(TEXT)), status, (), None, (by,) if by else (), (to,) if to else (), None, None,
        (), (), code(act, status), 0.8,
    )  # fmt: skip


def reading() -> Reading:
    actors = (actor("a1", "Kora"), actor("a2", "two pilots"), actor("a3", "Velmar"), actor("a4", "the Arvan captain"))
    events = (
        event("e1", "RETREAT", "occurred", "freed", "a1", "a2"),
        event("e2", "RETREAT", "denied", "free the", "a3", "a4"),
        event("e3", "REJECT", "occurred", "will not", "a3", None),
    )
    return Reading(Report(TEXT), actors=actors, events=events)


def ask(source: Span | None, target: Span | None, root: str = "YIELD") -> Relation:
    (answer,) = relations_many([Pair(TEXT, source, target)], scorer=Fixed(root), reader=Known())
    return answer


def test_an_answer_has_a_root_fifteen_scores_and_a_status() -> None:
    answer = ask(at("Kora"), at("two pilots"))
    assert (answer.root, answer.status) == ("YIELD", "occurred")
    assert list(answer.scores) == list(PLV_ROOTS)
    assert sum(answer.scores.values()) == pytest.approx(1)


def test_the_status_is_that_of_the_event_between_the_two() -> None:
    assert ask(at("Velmar"), at("the Arvan captain")).status == "denied"


def test_the_root_decides_between_two_events_of_the_same_two() -> None:
    some = replace(reading(), events=(reading().events[1], event("e3", "REJECT", "occurred", "will not", "a3", "a4")))
    pair = Pair(TEXT, at("Velmar"), at("the Arvan captain"))
    assert status_between(some, pair, "YIELD") == "denied"
    assert status_between(some, pair, "REJECT") == "occurred"


def test_one_side_is_enough() -> None:
    assert ask(None, at("two pilots")).status == "occurred"
    assert ask(at("Velmar"), None, "REJECT").status == "occurred"


def test_spans_that_no_event_belongs_to_have_no_status() -> None:
    assert ask(at("Foreign Minister"), at("Ilse Brandt")).status is None
    assert ask(None, None).status is None


def test_without_the_status_nothing_is_read() -> None:
    class Never:
        def read_many(self, reports: Iterable[Report | str]) -> Iterator[Reading]:
            raise AssertionError("it was read")

    (answer,) = relations_many([Pair(TEXT, at("Kora"), None)], with_status=False, scorer=Fixed(), reader=Never())
    assert answer.status is None


def test_many_are_answered_in_order_as_they_come() -> None:
    scorer = Fixed()
    asked = 0

    def pairs() -> Iterator[tuple[str, Span | None, Span | None]]:
        nonlocal asked
        for _ in range(2 * BATCH + 1):
            asked += 1
            yield (TEXT, Span(0, 4), None)

    answers = relations_many(pairs(), with_status=False, scorer=scorer)
    next(answers)
    assert asked == BATCH
    assert len(list(answers)) == 2 * BATCH
    assert scorer.asked == [BATCH, BATCH, 1]


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (5, 2), (0, len(TEXT) + 1)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"target is \[.*inside the text"):
        list(relations_many([Pair(TEXT, None, Span(*span))], scorer=Fixed(), reader=Known()))
