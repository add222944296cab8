"""Readings for tests: one made by hand, and hypothesis strategies for any reading that the schema allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar, get_args

from hypothesis import strategies as st

from dragoman.reading.entries import (
    Actor,
    Event,
    EventType,
    Figure,
    Kind,
    Reading,
    Standing,
    Statement,
    StatementMode,
    Status,
    Time,
    TimeType,
    When,
)
from dragoman.text.report import Report, Span

TEXT = (
    "TARVO, Jan. 9 - The Velmoran navy seized two trawlers off Cape Ansa on Friday, Foreign Minister Ilse Brandt said. "
    "“We will not let them go,” she told the Gazette, “before the fine of 1.5 million crowns is paid.”"
)


def span(phrase: str) -> Span:
    start = TEXT.index(phrase)
    return Span(start, start + len(phrase))


def by_hand() -> Reading:
    """Two actors, a time, a figure, two statements (one discontinuous, one nested in it) and two events."""
    sentence = Span(0, TEXT.index(" \u201cWe"))
    second = Span(TEXT.index("\u201cWe"), len(TEXT))
    return Reading(
        report=Report(TEXT, "Trawlers seized", "Gazette", date(2026, 1, 10), "https://gazette.example/7", "r-7"),
        actors=(
            Actor("a1", "the Velmoran navy", "organization", None, ("MIL",), (), (span("The Velmoran navy"),)),
            Actor(
                "a2",
                "Ilse Brandt",
                "person",
                None,
                ("GOV",),
                ("Foreign Minister",),
                (span("Foreign Minister Ilse Brandt"), span("she")),
            ),
        ),
        times=(Time("t1", *span("Friday"), "DATE", "2026-01-09"),),
        figures=(
            Figure("f1", *span("two trawlers"), 2, 2, "trawler", "seized", False),
            Figure("f2", *span("1.5 million crowns"), 1500000.0, None, "crown", None, True),
        ),
        statements=(
            Statement(
                "s1",
                "a2",
                (span("Foreign Minister Ilse Brandt"),),
                (span("said"),),
                (Span(sentence.start, TEXT.index(", Foreign")),),
                "indirect",
                "named",
                None,
                "2026-01-10",
            ),
            Statement(
                "s2",
                "a2",
                (span("she"),),
                (span("told"),),
                (span("We will not let them go"), span("before the fine of 1.5 million crowns is paid")),
                "direct",
                "named",
                "the Gazette",
                None,
            ),
        ),
        events=(
            Event(
                "e1",
                "COERCE",
                "seize",
                span("seized"),
                sentence,
                "occurred",
                (),
                None,
                ("a1",),
                (),
                "Cape Ansa",
                When("2026-01-09", "2026-01-09"),
                ("s1",),
                ("f1",),
                "COERCE",
                0.9,
                ("maritime",),
            ),
            Event(
                "e2",
                "RETREAT",
                "release",
                span("let them go"),
                second,
                "denied",
                (span("not"),),
                None,
                ("a1", "a2"),
                (),
                None,
                When("2026-01", "2026-01", inferred=True),
                ("s2",),
                ("f2",),
                None,
                0.4,
            ),
        ),
        notices=("one notice",),
    )


_words = st.sampled_from(["", "Tarvo", "a\nb", "\u00fc \U0001f600", "\ud800", '"\\\0'])
_some = st.none() | _words
_T = TypeVar("_T")


def _spans(length: int) -> st.SearchStrategy[Span]:
    starts = st.integers(0, length - 1)
    return starts.flatmap(lambda start: st.integers(start + 1, length).map(lambda end: Span(start, end)))


def _tuples(of: st.SearchStrategy[_T], least: int = 0) -> st.SearchStrategy[tuple[_T, ...]]:
    return st.lists(of, min_size=least, max_size=3).map(tuple)


def _among(entries: Sequence[Actor | Statement | Figure]) -> st.SearchStrategy[tuple[str, ...]]:
    return _tuples(st.sampled_from([entry.id for entry in entries])) if entries else st.just(())


def _one_of(entries: Sequence[Actor]) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *(entry.id for entry in entries)])


def _words_of(literal: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any text of at least one character, lone surrogates included."""
    text = draw(st.text(st.characters(exclude_categories=()), min_size=1, max_size=60))
    day = draw(st.none() | st.dates())
    return Report(text, draw(_some), draw(_some), day, draw(_some), draw(_some))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading that the schema allows."""
    report = draw(reports())
    span = _spans(len(report.text))
    counts = st.integers(0, 3).map(lambda n: range(1, n + 1))
    numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    actors = tuple(
        Actor(
            f"a{i}", draw(_words), draw(_words_of(Kind)), draw(_some), draw(_tuples(_words)), draw(_tuples(_words)),
            draw(_tuples(span, 1)),
        )
        for i in draw(counts)
    )  # fmt: skip
    times = tuple(Time(f"t{i}", *draw(span), draw(_words_of(TimeType)), draw(_some)) for i in draw(counts))
    figures = tuple(
        Figure(
            f"f{i}",
            *draw(span),
            draw(numbers),
            draw(st.none() | numbers),
            draw(_some),
            draw(_some),
            draw(st.booleans()),
        )
        for i in draw(counts)
    )
    statements = tuple(
        Statement(
            f"s{i}", draw(_one_of(actors)), draw(_tuples(span)), draw(_tuples(span)), draw(_tuples(span, 1)),
            draw(_words_of(StatementMode)), draw(_words_of(Standing)), draw(_some), draw(_some),
        )
        for i in draw(counts)
    )  # fmt: skip
    events = tuple(
        Event(
            f"e{i}", draw(_words_of(EventType)), draw(_some), draw(span), draw(span), draw(_words_of(Status)),
            draw(_tuples(span)), "e1" if i > 1 and draw(st.booleans()) else None, draw(_among(actors)),
            draw(_among(actors)),
            draw(_some), draw(st.none() | st.builds(When, _words, _words, st.booleans())), draw(_among(statements)),
            draw(_among(figures)), draw(_some), draw(st.floats(0, 1)), draw(_tuples(_words)),
        )
        for i in draw(counts)
    )  # fmt: skip
    return Reading(report, actors, times, figures, statements, events, draw(_tuples(_words)))
