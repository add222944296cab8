"""What is counted where it does not stand beside the number: trees of made-up sentences, and what has no tree."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.language.annotations import Annotations
from dragoman.reading.figures.builder import read_figures
from tests.reading.act_trees import tree
from tests.reading.plain_text import plain


def read(annotations: Annotations) -> list[tuple[Any, ...]]:
    return [(annotations.text[f.start : f.end], f.low, f.high, f.unit, f.of) for f in read_figures(annotations, [])]


@pytest.mark.parametrize(
    ("parse", "figures"),
    [
        (
            "Exports:export NOUN nsubj 2 Number=Plur|rose:rise VERB root 0 Number=Plur|5 NUM nummod 4|"
            "percent NOUN obj 2|to ADP case 8|3 NUM compound 7|million NUM nummod 8|"
            "euros:euro NOUN obj 2 Number=Plur|. PUNCT punct 2",
            [("5 percent", 5, 5, "percent", "Exports"), ("3 million euros", 3_000_000, 3_000_000, "EUR", "Exports")],
        ),
        (
            "Norland PROPN nsubj 2|posted:post VERB root 0|a DET det 4|loss NOUN obj 2|of ADP case 8|"
            "3 NUM compound 7|million NUM nummod 8|dollars:dollar NOUN nmod 4 Number=Plur|. PUNCT punct 2",
            [("3 million dollars", 3_000_000, 3_000_000, "USD", "loss")],
        ),
        (
            "The DET det 2|poll NOUN nsubj 3|put VERB root 0|support NOUN obj 3|for ADP case 6|"
            "Brandt PROPN obl 3|at ADP case 9|35 NUM nummod 9|percent NOUN obl 3|. PUNCT punct 3",
            [("35 percent", 35, 35, "percent", "support")],
        ),
        (
            "The DET det 2|mill NOUN nsubj 4|is:be AUX cop 4|worth ADJ root 0|40 NUM compound 6|"
            "million NUM nummod 7|euros:euro NOUN obj 4 Number=Plur|. PUNCT punct 4",
            [("40 million euros", 40_000_000, 40_000_000, "EUR", "mill")],
        ),
        (
            "The DET det 2|bank NOUN nsubj 3|offered:offer VERB root 0|a DET det 8|10 NUM compound 6|"
            "million NUM nummod 7|euro NOUN compound 8|loan NOUN obj 3|. PUNCT punct 3",
            [("10 million euro", 10_000_000, 10_000_000, "EUR", "loan")],
        ),
        (
            "They PRON nsubj 2 Number=Plur|spent:spend VERB root 0 Number=Plur|3 NUM compound 4|"
            "million NUM nummod 5|dollars:dollar NOUN obj 2 Number=Plur|on ADP case 7|"
            "ovens:oven NOUN obl 2 Number=Plur|. PUNCT punct 2",
            [("3 million dollars", 3_000_000, 3_000_000, "USD", "ovens")],
        ),
        (
            "Bakers PROPN nsubj 2|account VERB root 0 Number=Plur|for ADP case 5|40 NUM nummod 5|"
            "percent NOUN obl 2|of ADP case 8|young ADJ amod 8|voters:voter NOUN nmod 5 Number=Plur|"
            ". PUNCT punct 2",
            [("40 percent", 40, 40, "percent", "young voters")],
        ),
        (
            "The DET det 2|storm NOUN nsubj 3|helped:help VERB root 0|the DET det 5|index NOUN obj 3|"
            "climb VERB xcomp 3|2 NUM nummod 8|percent NOUN obl:unmarked 6|. PUNCT punct 3",
            [("2 percent", 2, 2, "percent", "index")],
        ),
        (
            "Imports:import NOUN nsubj 5 Number=Plur|were:be AUX cop 5 Number=Plur|up ADV advmod 5|"
            "7 NUM nummod 5|percent NOUN root 0|. PUNCT punct 5",
            [("7 percent", 7, 7, "percent", "Imports")],
        ),
        (
            "The DET det 2|blast NOUN nsubj:pass 3|killed:kill VERB root 0|12 NUM nummod 5|"
            "bakers:baker NOUN obj 3 Number=Plur|and CCONJ cc 7|wounded:wound VERB conj 5|30 NUM obj 7|"
            ". PUNCT punct 3",
            [("12 bakers", 12, 12, "person", "bakers killed"), ("30", 30, 30, "person", "wounded")],
        ),
        (
            "Sales:sale NOUN nsubj 2 Number=Plur|rose:rise VERB root 0 Number=Plur|to ADP case 6|"
            "2 NUM compound 5|billion NUM nummod 6|dollars:dollar NOUN obl 2 Number=Plur|from ADP case 9|"
            "1.7 NUM compound 9|billion NUM nmod 6|. PUNCT punct 2",
            [
                ("2 billion dollars", 2_000_000_000, 2_000_000_000, "USD", "Sales"),
                ("1.7 billion", 1_700_000_000, 1_700_000_000, "USD", "Sales"),
            ],
        ),
        (
            "The DET det 2|number NOUN nsubj 8|of ADP case 4|towns:town NOUN nmod 2 Number=Plur|hit VERB acl 4|"
            "by ADP case 7|floods:flood NOUN obl:agent 5 Number=Plur|rose:rise VERB root 0|to ADP case 10|"
            "14 NUM obl 8|. PUNCT punct 8",
            [("14", 14, 14, "town", "towns")],
        ),
        (
            "The DET det 2|index NOUN nsubj 3|ended:end VERB root 0|at ADP case 5|12,307 NUM obl 3|. PUNCT punct 3",
            [("12,307", 12_307, 12_307, "point", "index")],
        ),
        (
            "Thousands:thousand NOUN nsubj 2 Number=Plur|demonstrated:demonstrate VERB root 0 Number=Plur|"
            "in ADP case 4|Tarvo PROPN obl 2|. PUNCT punct 2",
            [("Thousands", 2000, None, "person", "people")],
        ),
        (
            "Twelve NUM nummod 2|bakers:baker NOUN nsubj 4 Number=Plur|were:be AUX cop 4 Number=Plur|"
            "hurt ADJ root 0|and CCONJ cc 9|five NUM nsubj 9|of ADP case 8|them:they PRON nmod 6 Number=Plur|"
            "died:die VERB conj 4 Number=Plur|. PUNCT punct 4",
            [("Twelve bakers", 12, 12, "person", "bakers hurt"), ("five", 5, 5, "person", "died")],
        ),
        (
            "The DET det 2|mill NOUN nsubj 3|sold:sell VERB root 0|bread NOUN obj 3|for ADP case 7|"
            "900 NUM nummod 7|yuan NOUN obl 3 Number=Plur|( PUNCT punct 10|120 NUM nummod 10|"
            "dollars:dollar NOUN appos 7 Number=Plur|) PUNCT punct 10|. PUNCT punct 3",
            [("900 yuan", 900, 900, "CNY", "bread"), ("120 dollars", 120, 120, "USD", "bread")],
        ),
        (
            "Lawmakers:lawmaker NOUN nsubj 2 Number=Plur|voted:vote VERB root 0 Number=Plur|by ADP case 4|"
            "57 NUM obl 2|in ADP case 6|favour NOUN obl 2|and CCONJ cc 8|16 NUM conj 2|against ADP nmod 8|"
            ". PUNCT punct 2",
            [("57", 57, 57, "vote", None), ("16", 16, 16, "vote", None)],
        ),
        (
            "The DET det 2|garrison NOUN nsubj 3|numbered:number VERB root 0|3,200 NUM xcomp 3|. PUNCT punct 3",
            [("3,200", 3200, 3200, "person", "garrison")],
        ),
        (
            "Profit NOUN nsubj 2|fell:fall VERB root 0|2 NUM nummod 4|"
            "dollars:dollar NOUN obl:unmarked 2 Number=Plur|to ADP case 7|57 NUM nummod 7|"
            "dollars:dollar NOUN obl 2 Number=Plur|. PUNCT punct 2",
            [("2 dollars", 2, 2, "USD", "Profit"), ("57 dollars", 57, 57, "USD", "Profit")],
        ),
    ],
)
def test_the_tree_tells_what_an_amount_is_of(parse: str, figures: list[tuple[Any, ...]]) -> None:
    assert read(tree(parse)) == figures


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The Australian senator repaid 7,000 dollars (5,500 US) and 300 dollars more.", ["AUD", "USD", "AUD"]),
        ("The All Ordinaries index fell, the miner gained 12 cents, oil cost 60 dollars a barrel.", ["AUD", "USD"]),
        ("European shares rose and the miner paid 20 dollars.", ["USD"]),
        ("Egypt will pay farmers 300 million pounds.", ["EGP"]),
        ("In Seoul, a South Korean mill fell to 62,900 won after a loss of 4 million won.", ["KRW", "KRW"]),
        ("Bread sells at 7 dollars a kilogram (2.2 pounds).", ["USD", "pound"]),
        ("It rose three percentage points.", ["percentage point"]),
        ("They gave 400 kwacha and 36,000 VND.", ["ZMK", "VND"]),
    ],
)
def test_whose_money_it_is(text: str, units: list[str]) -> None:
    assert [f.unit for f in read_figures(plain(text), [])] == units


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("They bought 9, 350 barrels.", 9_350, 9_350),
        ("They bought 5,00,000 barrels.", 500_000, 500_000),
        ("It fell to minus 20 degrees.", -20, -20),
        ("They fined him 35 cents.", 0.35, 0.35),
        ("The court hands over the six bakers.", 6, 6),
        ("They bought more than half a dozen barrels.", 6, None),
        ("The mill will hire 500 more bakers.", 500, 500),
    ],
)
def test_what_a_number_says(text: str, low: float | None, high: float | None) -> None:
    assert [(f.low, f.high) for f in read_figures(plain(text), [])] == [(low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "She saw the film Nine Bakers twice.",
        "The 2004 Games and 2006 mill plans failed.",
        "Two thirds of them left, as did one in five bakers.",
        "She won the 100m final.",
        "The Group of 20 met at Formula 1 races.",
        "At one point they left.",
        "It reads 5 , 300 , 400 and so on.",
    ],
)
def test_names_years_races_and_fractions_are_no_figures(text: str) -> None:
    assert read(plain(text)) == []


def test_a_figure_is_carried_on_within_its_sentence_only() -> None:
    figures = read(plain("Sales were 3 million euros against 2.5 million a year before. It was against 2 million."))
    assert [(text, unit) for text, _, _, unit, _ in figures] == [("3 million euros", "EUR"), ("2.5 million", "EUR")]


def test_some_of_those_counted_before() -> None:
    figures = read(plain("They held 40 bakers. 12 of them left."))
    assert figures[1] == ("12 of them", 12, 12, "person", "bakers")
