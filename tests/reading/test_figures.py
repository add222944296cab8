"""Figures: amounts, units and what is counted, in made-up sentences, with and without a tree."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language.annotations import Annotations
from dragoman.reading.figures.builder import read_figures
from dragoman.reading.times.builder import read_times
from tests.reading.act_trees import tree
from tests.reading.plain_text import plain

SATURDAY = date(2026, 1, 10)


def read(annotations: Annotations) -> list[tuple[Any, ...]]:
    figures = read_figures(annotations, read_times(annotations, SATURDAY))
    return [(annotations.text[f.start : f.end], f.low, f.high, f.unit, f.of) for f in figures]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The blast killed two people.", ("two people", 2, 2, "person", "killed")),
        ("The blast hospitalised 9, and more.", ("9", 9, 9, "person", "hospitalised")),
        ("Some 400 detainees left.", ("Some 400 detainees", 400, 400, "person", "detainees")),
        ("At least 20 people were killed.", ("At least 20 people", 20, None, "person", "killed")),
        ("More than 15 wounded.", ("More than 15 wounded", 15, None, "person", "wounded")),
        ("Up to 20 soldiers fled.", ("Up to 20 soldiers", None, 20, "person", "soldiers")),
        ("They hold 50 or more fishermen.", ("50 or more fishermen", 50, None, "person", "fishermen")),
        ("Two or three men fled.", ("Two or three men", 2, 3, "person", "men")),
        ("The death toll rose to 45, it said.", ("45", 45, 45, "person", "killed")),
        ("There were no civilian casualties.", ("no civilian casualties", 0, 0, "person", "killed")),
        ("None of the bakers was hurt.", ("None of the bakers", 0, 0, "person", "bakers")),
        ("Nobody was injured.", ("Nobody was injured", 0, 0, "person", "injured")),
        ("They pump 30-50 million barrels.", ("30-50 million barrels", 30_000_000, 50_000_000, "barrel", None)),
        ("They will sell two tons of smoked fish.", ("two tons", 2, 2, "ton", "smoked fish")),
        ("It fell by 5.4 percent.", ("5.4 percent", 5.4, 5.4, "percent", None)),
        ("It fell by 7%.", ("7%", 7, 7, "percent", None)),
        ("They lost 12 armoured vehicles.", ("12 armoured vehicles", 12, 12, "vehicle", "armoured vehicles")),
        ("The 500-strong garrison left.", ("500-strong", 500, 500, "person", None)),
        ("The toll from the fire rose to 60 overnight.", ("60", 60, 60, "person", "killed")),
        ("It has a population of 94,000.", ("94,000", 94_000, 94_000, "person", "population")),
        ("It was the massacre of 31 people.", ("31 people", 31, 31, "person", "killed")),
        ("Half a million refugees left.", ("Half a million refugees", 500_000, 500_000, "person", "refugees")),
    ],
)
def test_a_figure_is_read_without_a_tree(text: str, figure: tuple[Any, ...]) -> None:
    assert read(plain(text)) == [figure]


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("It cost $70 billion.", 70_000_000_000, "USD"),
        ("It cost C$900 million.", 900_000_000, "CAD"),
        ("They took a $5 loan.", 5, "USD"),
        ("It cost 30 pounds.", 30, "GBP"),
        ("It cost 3.5 billion yen.", 3_500_000_000, "JPY"),
        ("It cost \u20ac12 million.", 12_000_000, "EUR"),
        ("It cost 20 bolivars.", 20, "VES"),
        ("It cost 12.5 million US dollars.", 12_500_000, "USD"),
        ("It cost 50 cents.", 0.5, "USD"),
        ("In Manila, Philippine police found 900 pesos.", 900, "PHP"),
        ("It weighs 30 pounds of rice.", 30, "pound"),
    ],
)
def test_money_and_weights(text: str, low: float, unit: str) -> None:
    ((_, found_low, found_high, found_unit, _),) = read(plain(text))
    assert (found_low, found_high, found_unit) == (low, low, unit)
    assert isinstance(found_low, type(low))


def test_a_range_is_one_figure() -> None:
    text = "They shipped between 3 million and 5 million barrels of Velmoran cider."
    span = "between 3 million and 5 million barrels"
    assert read(plain(text)) == [(span, 3_000_000, 5_000_000, "barrel", "Velmoran cider")]
    assert read(plain("It costs between $5 million and $10 million."))[0][1:4] == (5_000_000, 10_000_000, "USD")


def test_a_change_is_two_figures_of_one_unit() -> None:
    assert [figure[1:4] for figure in read(plain("It rose from 10 to 15 percent."))] == [
        (10, 10, "percent"),
        (15, 15, "percent"),
    ]


def test_two_units_make_two_figures() -> None:
    assert [figure[1:4] for figure in read(plain("Profit fell 3.3 percent to 29 billion yen."))] == [
        (3.3, 3.3, "percent"),
        (29_000_000_000, 29_000_000_000, "JPY"),
    ]


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Dozens were arrested.", 24),
        ("Hundreds of women marched.", 200),
        ("Tens of thousands of people fled.", 20_000),
        ("Several hundred villagers fled.", 200),
    ],
)
def test_vague_counts_have_a_lower_bound_only(text: str, low: int) -> None:
    annotations = plain(text)
    (figure,) = read_figures(annotations, [])
    assert (figure.low, figure.high, figure.unit, figure.approximate) == (low, None, "person", True)


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("Nearly 100 protesters came.", True),
        ("About 100 protesters came.", True),
        ("100 or so protesters came.", True),
        ("A dozen protesters came.", True),
        ("100 protesters came.", False),
        ("At least 100 protesters came.", False),
    ],
)
def test_approximate(text: str, approximate: bool) -> None:
    (figure,) = read_figures(plain(text), [])
    assert figure.approximate is approximate


@pytest.mark.parametrize(
    "text",
    [
        "Ilse Brandt, 61, a baker, and Ana Roy (45) spoke.",
        "The 61-year-old baker came 3rd in six-nation talks.",
        "They flew a Boeing 747 and an F-16 with AK-47 rifles.",
        "Under Resolution 1441 and Article 5 the No. 2 left.",
        "The side won 3-1 and lost 21-14.",
        "One of them left, and one should ask why.",
        "They met for eight months in 1991 and at 0600 GMT on May 3.",
        "1. Bread. (2) Salt.",
        "It opened at 18,735.47 and closed at 18,001.",
    ],
)
def test_no_figure_is_read_where_there_is_none(text: str) -> None:
    assert read(plain(text)) == []


def test_the_tree_finds_the_counted_noun_and_what_befell_it() -> None:
    arrested = tree(
        "Two NUM nummod 3|Velmoran ADJ amod 3|poets:poet NOUN nsubj:pass 5 Number=Plur|were AUX aux:pass 5"
        "|arrested:arrest VERB root 0 Tense=Past VerbForm=Part"
    )
    assert read(arrested) == [("Two Velmoran poets", 2, 2, "person", "Velmoran poets arrested")]
    women = tree(
        "Two NUM nummod 3|Velmoran ADJ amod 3|women:woman NOUN nsubj:pass 5 Number=Plur|were AUX aux:pass 5"
        "|arrested:arrest VERB root 0 Tense=Past VerbForm=Part"
    )
    assert read(women) == [("Two Velmoran women", 2, 2, "person", "Velmoran women arrested")]


def test_the_tree_finds_bare_numbers_of_people() -> None:
    bare = tree("It PRON nsubj 2|killed:kill VERB root 0 Tense=Past|two NUM obj 2|and CCONJ cc 5|wounded:wound VERB conj 2|9 NUM obj 5")
    assert read(bare) == [("two", 2, 2, "person", "killed"), ("9", 9, 9, "person", "wounded")]


def test_ids_are_numbered_in_text_order() -> None:
    figures = read_figures(plain("There were no deaths, but 30 soldiers and 20 dockers were hurt."), [])
    assert [f.id for f in figures] == ["f1", "f2", "f3"]
    assert [f.low for f in figures] == [0, 30, 20]


_WORDS = st.sampled_from(
    [
        "two",
        "30",
        "million",
        "and",
        "-",
        "to",
        "$",
        "€",
        "%",
        "percent",
        "people",
        "killed",
        "dozens",
        "of",
        "hundreds",
        "at least",
        "between",
        "from",
        "the",
        "a",
        "half",
        "C",
        "(",
        ")",
        ",",
        ".",
        "no",
        "casualties",
        "or",
        "more",
        "than",
        "toll",
        "99999999999999999999",
        "1/2",
        "½",
        "pounds",
        "barrels",
        "were",
        "\n\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=25).map(" ".join)))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    figures = read_figures(plain(text), [])
    assert all(0 <= f.start < f.end <= len(text) for f in figures)
    assert all(a.start <= b.start for a, b in pairwise(figures))


def test_a_bare_number_behind_a_bound_is_counted_by_the_verb_before() -> None:
    [figure] = read_figures(plain("The blast wounded at least 30 at a market."), [])
    assert (figure.low, figure.high, figure.unit, figure.of) == (30, None, "person", "wounded")
    assert read_figures(plain("The index rose to at least 30."), []) == []
