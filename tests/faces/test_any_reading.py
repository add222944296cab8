"""Whatever a reading holds, every page can be drawn and stays harmless."""

from __future__ import annotations

import io
import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from dragoman.faces.cli.markdown import markdown
from dragoman.faces.cli.page import page
from dragoman.faces.cli.terminal import print_page
from dragoman.faces.cli.writers import json_text
from dragoman.reading.entries import Actor, Event, Figure, Reading, Statement, Status, Time, When
from dragoman.reading.notebook import repr_html
from dragoman.reading.wording import STATUS_WORDS
from dragoman.text.report import Report, Span

WORDS = st.text(st.sampled_from("ab <>&\"'`*_[]()|#\\\n\r\t\x1b\x07\x9b\u202e\u2066\ud800\u2028é\u0301🙂.,;“”"), max_size=12)
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading whose entries the builders could make, with ids that may lead nowhere."""
    text = draw(WORDS) + draw(WORDS) + "."
    starts = st.integers(0, len(text) - 1)
    spans = st.builds(lambda a, b: Span(min(a, b), max(a, b) + 1), starts, starts)
    ids = st.sampled_from(["1", "2", "3"])
    several = st.lists(spans, min_size=1, max_size=3).map(tuple)
    some = st.lists(spans, max_size=2).map(tuple)
    refs = st.lists(ids, max_size=3).map(tuple)
    maybe = st.none() | WORDS
    numbers = st.integers() | st.floats(allow_nan=False)
    statuses: st.SearchStrategy[Status] = st.sampled_from(list(STATUS_WORDS))
    actors = st.builds(Actor, ids, WORDS, st.just("group"), maybe, st.just(()), st.lists(WORDS).map(tuple), several)
    times = spans.flatmap(lambda s: st.builds(Time, ids, st.just(s.start), st.just(s.end), st.just("DATE"), maybe))
    figures = spans.flatmap(
        lambda s: st.builds(Figure, ids, st.just(s.start), st.just(s.end), numbers, st.none() | numbers, maybe, maybe, st.booleans())
    )
    modes, standings = st.sampled_from(["direct", "mixed"]), st.sampled_from(["anonymous", "unnamed"])
    statements = st.builds(Statement, ids, st.none() | ids, some, some, several, modes, standings, maybe, maybe)
    whens = st.none() | st.builds(When, WORDS | st.just("2026-01-09"), WORDS | st.just("2026-01-31"), st.booleans())
    events = st.builds(
        Event, ids, st.sampled_from(["AID", "ASSAULT"]), maybe, spans, spans, statuses, some, st.none() | ids, refs, refs, maybe, whens,
        refs, refs, st.none(), st.floats(0, 1),
    )  # fmt: skip
    report = Report(text, title=draw(maybe), publisher=draw(maybe), url=draw(maybe))
    return Reading(
        report,
        tuple(draw(st.lists(actors, max_size=3))),
        tuple(draw(st.lists(times, max_size=3))),
        tuple(draw(st.lists(figures, max_size=3))),
        tuple(draw(st.lists(statements, max_size=3))),
        tuple(draw(st.lists(events, max_size=4))),
        (draw(WORDS),),
    )


@given(readings())
@settings(max_examples=40, deadline=None)
def test_every_page_can_be_drawn_and_stays_harmless(reading: Reading) -> None:
    stream = io.StringIO()
    print_page(reading, Console(file=stream, width=70))
    pages = (stream.getvalue(), markdown(reading), "".join(page([reading])), repr_html(reading))
    for shown in pages:
        assert not UNSAFE.search(shown)
    assert json.loads(json_text(reading))["report"]["text"] == reading.report.text
