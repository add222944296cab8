"""Two who judge one thing in opposed ways, though nobody denies anything."""

from dataclasses import replace

import pytest

from dragoman.case.disputes import disputes
from dragoman.case.opposed import opposed
from dragoman.text.report import Span
from tests.case.made_case import Teller, record


def said(sentence, who, published="2001-03-01", publisher="Post"):
    """A report in which somebody who is named says a sentence that holds an event ("held", "broke")."""
    trigger = next(word for word in ("held", "broke", "fired") if word in sentence)
    return Teller(published, publisher).event(
        f"{sentence} Norland and Sudia looked on.", trigger, "CONSULT", by="Norland", to="Sudia", said_by=who, said=sentence
    )


def case(*pairs):
    return record(*(said(sentence, who, f"2001-03-0{day}", f"Paper {day}") for day, (sentence, who) in enumerate(pairs, 1)))


def test_a_fair_and_a_rigged_vote_are_one_dispute_with_both_sides():
    told = case(("The vote held in May was fair.", "Norland"), ("The vote held in May was rigged.", "Sudia"))
    (dispute,) = disputes(told)
    assert dispute.kind == "status"
    assert [(side.position, side.speakers) for side in dispute.sides] == [
        ("\u201cfair\u201d", ("A:Norland",)),
        ("\u201crigged\u201d", ("A:Sudia",)),
    ]
    assert dispute.summary.startswith("\u201cfair\u201d (Norland) against \u201crigged\u201d (Sudia): ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ballot held in May was clean.", "No fair election was held."),
        ("The truce that Tarn broke is defunct.", "The truce that Oro broke is still valid."),
        ("The attack was deliberate when they fired.", "They fired in an attack that was an accident."),
    ],
)
def test_other_pairs_and_a_not_in_front(one, other):
    (row,) = opposed(case((one, "Norland"), (other, "Sudia")))
    assert {j.who.name for j in row.told} == {"Norland", "Sudia"}


@pytest.mark.parametrize(
    ("other", "who"),
    [
        ("The vote held in May was clean.", "Sudia"),  # the same judgement
        ("The vote held in May was rigged.", "Norland"),  # one who changes sides
        ("The trial held in May was rigged.", "Sudia"),  # of another thing
        ("The vote held in May must not be rigged.", "Sudia"),  # what is asked for
        ("We shall see if the vote held in May was rigged.", "Sudia"),
    ],
)
def test_what_is_no_dispute(other, who):
    assert opposed(case(("The vote held in May was fair.", "Norland"), (other, who))) == []


@pytest.mark.parametrize(("charged", "count"), [("Sudia", 1), ("Osten", 0)])
def test_only_those_who_are_charged_answer_a_charge(charged, count):
    charge = f"There is no doubt that {charged} was behind the attack when they fired."
    one, other = said(charge, "Norland"), said("We had no part in the crime when others fired.", "Sudia", "2001-03-02", "Herald")
    for name, actor in one.actors.items():
        at = one.text.index(charge) + charge.find(name) if name in charge else 0
        one.actors[name] = replace(actor, mentions=(Span(at, at + len(name)),))
    assert len(opposed(record(one, other))) == count


def test_judgements_months_apart_are_of_two_things():
    early = said("The vote held in May was fair.", "Norland", "2001-01-01")
    late = said("The vote held in May was rigged.", "Sudia", "2001-06-01", "Herald")
    assert opposed(record(early, late)) == []


@pytest.mark.parametrize(
    ("other", "count"),
    [
        ("The elections held in May were rigged.", 1),
        ("We hope that the vote held in May was rigged.", 0),
        ("Rigged elections held in May would please nobody.", 0),
    ],
)
def test_what_everybody_is_for_and_what_is_hoped_is_no_judgement(other, count):
    fair = "The elections held in May were fair."
    assert len(opposed(case((fair, "Norland"), (other, "Sudia")))) == count
    generic = "There are talks held on free and fair elections."
    assert opposed(case((generic, "Norland"), (other, "Sudia"))) == []


def test_a_denied_part_in_a_crime_is_told_in_its_own_words():
    charge = "There is no doubt that Sudia was behind the attack when they fired."
    one = said(charge, "Norland")
    answer = said("Sudia denied any role in the attack when others fired.", "Sudia", "2001-03-02", "Herald")
    at = one.text.index(charge) + charge.index("Sudia")
    one.actors["Sudia"] = replace(one.actors["Sudia"], mentions=(Span(at + 6, at + 11),))
    (row,) = opposed(record(one, answer))
    assert [j.words for j in row.sides[0]] == ["not any role"]
