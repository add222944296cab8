"""Spans that nest and cross as nested elements: every character stands there once, every element is closed, no link holds another."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.faces.cli.marks import Anchors
from dragoman.faces.web.spans import body, spans_of
from dragoman.reading.entries import Actor, Figure, Reading, Statement
from dragoman.text.report import Report, Span
from tests.faces.story import TEXT, reading
from tests.faces.web.markup import seen

TAG = re.compile(r"<(/?)(\w+)[^>]*>")


def drawn(told: Reading, *focus: Span) -> str:
    return str(body(told, Anchors.number(told, "r"), focus)[0])


def words(page: str) -> str:
    return "".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


def well_nested(page: str) -> bool:
    stack: list[str] = []
    for closing, name in TAG.findall(page):
        if not closing:
            if name == "a" and "a" in stack:
                return False
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


def test_the_whole_text_stands_there_once() -> None:
    page = drawn(reading())
    assert words(page) == "".join(TEXT.split())
    assert well_nested(page)


def test_each_kind_has_a_class_of_its_own_and_leads_to_its_entry() -> None:
    told = reading()
    found = seen(drawn(told))
    classes = {name for element in found.all("span") for name in element.get("class", "").split()}
    assert {"act", "cue", "figure", "time", "says", "source-words", "actor", "content", "deeper"} <= classes
    anchors = set(Anchors.number(told, "r").of.values())
    assert {element["data-refs"] for element in found.all("span")} <= anchors
    assert {link["href"] for link in found.all("a")} <= {f"#{anchor}" for anchor in anchors}


def test_an_entry_has_its_place_once() -> None:
    told = reading()
    page, placed = body(told, Anchors.number(told, "r"))
    ids = seen(str(page)).ids
    assert len(ids) == len(set(ids))
    assert {f"{anchor}-text" for anchor in placed} == set(ids)


def test_spans_that_cross_are_closed_and_opened_again() -> None:
    report = Report("alpha beta gamma delta")
    actor = Actor("a1", "alpha beta", "person", None, (), (), (Span(0, 10),))
    told = Statement("s1", None, (), (), (Span(6, 16),), "direct", "named", None, None)
    page = drawn(Reading(report, (actor,), statements=(told,)))
    assert well_nested(page)
    assert page.count('data-refs="r-a1"') + page.count('data-refs="r-s1"') == 3


def test_what_a_link_points_at_is_marked_once() -> None:
    page = drawn(reading(), Span(0, 40), Span(60, 70))
    assert page.count('id="mark"') == 1
    assert page.count('<mark class="focus"') >= 2


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 41), st.sampled_from("afs")), max_size=14), st.integers(0, 40), st.integers(0, 45)
)
def test_any_spans_give_well_nested_elements(found: list[tuple[int, int, str]], start: int, length: int) -> None:
    text = "one two three\n\nfour <b>five & six</b> seven ends"
    spans = [(Span(min(a, b), max(a, b)), kind) for a, b, kind in found if a != b]
    told = Reading(
        Report(text),
        tuple(Actor(f"a{n}", "x", "person", None, (), (), (span,)) for n, (span, kind) in enumerate(spans) if kind == "a"),
        figures=tuple(Figure(f"f{n}", *span, 1, 1, None, None, False) for n, (span, kind) in enumerate(spans) if kind == "f"),
        statements=tuple(
            Statement(f"s{n}", None, (), (), (span,), "direct", "named", None, None) for n, (span, kind) in enumerate(spans) if kind == "s"
        ),
    )
    page = drawn(told, Span(start, start + length))
    assert well_nested(page)
    assert words(page) == "".join(text.split())


@pytest.mark.parametrize(("entry", "words"), [("f2", "up to 12"), ("t1", "Friday"), ("a3", "President Ada Holm"), ("nothing", "")])
def test_the_place_of_an_entry(entry: str, words: str) -> None:
    assert "".join(TEXT[span.start : span.end] for span in spans_of(reading(), entry)) == words


def test_very_many_marks_on_one_word_stay_few_elements() -> None:
    actors = tuple(Actor(f"a{n}", "x", "person", None, (), (), (Span(0, 5),)) for n in range(3000))
    page = drawn(Reading(Report("alpha beta"), actors))
    assert page.count("<span") <= 6
