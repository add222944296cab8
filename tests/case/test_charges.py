"""Charges and their answers: where the charge stands that a denial answers, and whose it is."""

from dataclasses import replace

import pytest

from dragoman.case.charges import denies_part, lands_in, points_to_charge
from dragoman.case.claims import is_denial
from dragoman.case.disputes import disputes
from dragoman.case.pleas import pleas
from dragoman.case.record import who_of
from dragoman.reading.entries import Actor
from dragoman.text.report import Span
from tests.case.made_case import Teller, record


def sides(told):
    return [(side.position, side.speakers) for dispute in disputes(told) for side in dispute.sides]


def named(teller, *names):
    """The same report, with these names marked where they first stand in its text."""
    text = teller._reading().report.text
    for name in names:
        at = text.index(name)
        teller.actors[name] = replace(teller.actors[name], mentions=(Span(at, at + len(name)),))
    return teller


def blamed(denial, trigger="denied"):
    teller = Teller("2001-03-01").event(
        "General Oro blamed Sudia for the fire at the mill.", "blamed", "ACCUSE", by="General Oro", to="Sudia"
    )
    return teller.event("Nobody was hurt.", "hurt", "ASSAULT", "denied").event(denial, trigger, "REJECT", by="Sudia", by_word=True)


@pytest.mark.parametrize(
    "denial",
    ["Sudia denied any role.", "Sudia has denied involvement.", "Sudia denied having any part in it.", "Sudia denied the charges."],
)
def test_who_denies_any_part_answers_the_charge_told_before(denial):
    assert sides(record(blamed(denial))) == [("it is so", ("A:General Oro",)), ("it is denied", ("A:Sudia",))]


@pytest.mark.parametrize("denial", ["Sudia denied them part of the harvest yield.", "Sudia denied the mission a landing place."])
def test_to_deny_somebody_something_answers_nothing(denial):
    assert disputes(record(blamed(denial))) == ()


def test_a_charge_in_front_of_its_rejection():
    sentence = "Norland accuses Sudia of arming the miners, a charge rejected by Sudia."
    teller = Teller("2001-03-01").event(sentence, "accuses", "ACCUSE", by="Norland", to="Sudia", by_word=True)
    teller.event("Later a charge was rejected by Sudia.", "rejected", "REJECT", by="Sudia", by_word=True)
    first, second = teller.events
    at = len("Daily Post. ") + sentence.index("rejected")
    teller.events[1] = replace(second, sentence=first.sentence, trigger=Span(at, at + len("rejected")))
    assert sides(record(teller)) == [("it is so", ("A:Norland",)), ("it is denied", ("A:Sudia",))]


@pytest.mark.parametrize(
    ("cue", "sentence", "denies"),
    [
        ("rejected", "a charge rejected by Sudia", True),
        ("dismissed", "accusations that were flatly dismissed by Tarn", True),
        ("rejecting", "rejecting any responsibility for the flood", True),
        ("rejected", "a plan rejected by Sudia", False),
        ("rejected", "rejected the claim for damages", False),
        ("rejected", "rejected any suggestion that Ilva should resign", False),
    ],
)
def test_what_denies_and_what_refuses(cue, sentence, denies):
    assert is_denial(cue, sentence) is denies


def test_whose_reports_are_dismissed_stands_in_front_of_them():
    teller = Teller("2001-03-01").event(
        "Sudia dismissed the Osten reports of a massacre at the mill.", "dismissed", "REJECT", by="Sudia", to="Osten", by_word=True
    )
    assert sides(record(named(teller, "Osten"))) == [("it is so", ("A:Osten",)), ("it is denied", ("A:Sudia",))]


def test_reports_of_nobody_who_is_named_are_a_side_too():
    teller = Teller("2001-03-01").event("Sudia denied reports of a massacre at the mill.", "denied", "REJECT", by="Sudia", by_word=True)
    (dispute,) = disputes(record(teller))
    assert dispute.summary.startswith("asserted by somebody unnamed (Daily Post), denied by Sudia: ")


def test_those_who_are_suspected_deny_it_under_their_full_name():
    teller = Teller("2001-03-01").event("Suspected Marsh rebels attacked a convoy.", "attacked", "ASSAULT", by="Suspected Marsh rebels")
    teller.event("The Marsh Front did not order the attack.", "attack", "ASSAULT", "denied", said_by="Marsh Front")
    assert sides(record(teller)) == [("it is so", ()), ("it is denied", ("A:Marsh Front",))]


@pytest.mark.parametrize(
    ("words", "count"), [("I am innocent of this.", 1), ("I had nothing to do with it.", 1), ("The grain is safe.", 0)]
)
def test_who_is_charged_says_that_they_are_innocent(words, count):
    charge = "Norland charged Minister Tarn with the theft of grain."
    teller = Teller("2001-03-01").event(charge, "charged", "ACCUSE", by="Norland", to="Minister Tarn")
    teller.event(f"{words} We shall meet in court.", "meet", "CONSULT", "planned", said_by="Minister Tarn")
    told = record(teller)
    assert len(pleas(told)) == len(disputes(told)) == count


def test_a_plea_of_those_whom_nobody_charges_is_none():
    teller = Teller("2001-03-01").event("Norland charged Osten with the theft of grain.", "charged", "ACCUSE", by="Norland", to="Osten")
    teller.event("I am innocent. We shall meet in court.", "meet", "CONSULT", "planned", said_by="Minister Tarn")
    assert pleas(record(teller)) == []


def test_what_says_only_that_somebody_had_no_part():
    assert denies_part(" any direct involvement in it")
    assert not denies_part(" the army a role in it")
    assert points_to_charge("Norland spoke of bribes, a claim that was ")
    assert not points_to_charge("The claim was heard. The plan was ")


def test_states_are_found_by_their_peoples():
    assert lands_in("evidence of Kenyan and Ugandan involvement") == {"KEN", "UGA"}
    assert lands_in("evidence of involvement") == frozenset()


def test_a_body_of_many_states_is_no_states():
    def actor(country, sectors):
        return Actor("a1", "Lake Council", "organization", country, sectors, (), (Span(0, 1),))

    assert who_of("A1", [actor(None, ("UNO",)), actor("KEN", ("UNO", "GOV"))]).party == "A1"
    assert who_of("A1", [actor(None, ("GOV",)), actor("KEN", ("GOV",))]).party == "KEN"


def test_a_report_without_a_publisher_is_called_by_the_beginning_of_its_id():
    teller = Teller("2001-03-01", "").event("Sudia denied reports of a massacre at the mill.", "denied", "REJECT", by="Sudia", by_word=True)
    (dispute,) = disputes(record(teller))
    assert dispute.summary.startswith(f"asserted by somebody unnamed (report {teller.id[:8]}), denied by Sudia: ")


def test_what_is_denied_again_is_one_dispute_through_the_denial_between():
    told = []
    for day, (who, what) in enumerate(
        (("Osten", "reactor uranium"), ("Norland", "reactor uranium harbour"), ("Norland", "harbour smuggling convoy")), 1
    ):
        teller = Teller(f"2001-03-0{day}", f"Paper {day}").event(
            f"{who} accused Sudia over its {what}.", "accused", "ACCUSE", by=who, to="Sudia", by_word=True
        )
        told.append(teller.event(f"Sudia denied the charges about its {what}.", "denied", "REJECT", by="Sudia", by_word=True))
    ((asserting, denying),) = [dispute.sides for dispute in disputes(record(*told))]
    assert asserting.speakers == ("A:Osten", "A:Norland")
    assert len(denying.claims) == 3
