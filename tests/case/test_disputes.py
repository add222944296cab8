"""Disputes: denials and the other kinds of "not", who did it, when."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.case.denials import stance
from dragoman.case.disputes import disputes
from dragoman.case.numbering import Numbers
from dragoman.text.report import Span
from tests.case.made_case import Teller, record


def held(published="2001-03-01", publisher="Post", **more):
    more = {"by": "Norland", "to": "Sudia", "item": "E1"} | more
    return Teller(published, publisher).event("Norland shelled the Sudian border town.", "shelled", "ASSAULT", **more)


def denied(published="2001-03-02", publisher="Post", said_by="President Ilva", **more):
    more = {"by": "Norland", "to": "Sudia", "item": "E1"} | more
    sentence = "President Ilva denied that Norland had shelled the Sudian border town."
    return Teller(published, publisher).event(sentence, "shelled", "ASSAULT", "denied", said_by=said_by, **more)


def test_a_denial_by_the_other_party_is_a_dispute_with_both_sides():
    case = record(held(said_by="Sudia"), denied())
    (dispute,) = disputes(case)
    assert (dispute.kind, dispute.about) == ("status", "E1")
    assert [(s.position, s.speakers) for s in dispute.sides] == [("it is so", ("A:Sudia",)), ("it is denied", ("A:President Ilva",))]
    assert dispute.summary.startswith("asserted by Sudia, denied by President Ilva")


def test_a_denial_against_the_reports_own_word_is_a_dispute():
    assert [d.kind for d in disputes(record(held(), denied()))] == ["status"]


def test_nobody_is_in_dispute_with_themselves():
    assert disputes(record(held(said_by="General Oro"), denied())) == ()


def test_a_denial_made_before_the_act_denies_nothing_of_it():
    assert disputes(record(held("2001-03-05", day="2001-03-04", said_by="Sudia"), denied("2001-03-02"))) == ()


def test_not_yet_and_then_done_is_a_development():
    before = Teller("2001-03-01").event("No ship has been boarded.", "boarded", "COERCE", "denied", item="E2")
    after = Teller("2001-03-02", "Herald").event("Sailors boarded a ship.", "boarded", "COERCE", item="E2")
    assert disputes(record(before, after)) == ()


def test_a_plan_that_is_called_off_is_no_dispute():
    plan = Teller("2001-03-01").event("President Ilva will visit Osten.", "visit", "CONSULT", "planned", by="President Ilva", item="E3")
    off = Teller("2001-03-02", "Herald").event(
        "President Ilva called off the visit to Osten.", "visit", "CONSULT", "cancelled", by="President Ilva", item="E3"
    )
    assert disputes(record(plan, off)) == ()


def test_a_plan_that_another_party_denies_is_a_dispute():
    plan = Teller("2001-03-01").event("Norland plans talks with the rebels.", "talks", "CONSULT", "planned", by="Norland", item="E3")
    other = Teller("2001-03-02").event(
        "The Front denied that talks were planned.", "talks", "CONSULT", "denied", said_by="Front", item="E3"
    )
    assert [d.kind for d in disputes(record(plan, other))] == ["status"]


@pytest.mark.parametrize(
    ("sentence", "status", "said_by", "expected"),
    [
        ("The Front denied that it had attacked the mill.", "denied", "Front", "denied"),
        ("The Front will not attack the mill, it said.", "denied", "Front", "refused"),
        ("The Front said it denied that it would attack the mill.", "denied", "Front", "denied"),
        ("Nobody attacked the mill.", "denied", "", "not done"),
        ("The attack on the mill was called off.", "cancelled", "", "called off"),
        ("The Front attacked the mill.", "occurred", "", "held"),
        ("The Front will attack the mill.", "planned", "", "ahead"),
        ("If the Front attacked the mill, it burned.", "hypothetical", "", "open"),
    ],
)
def test_the_kinds_of_not(sentence, status, said_by, expected):
    case = record(Teller("2001-03-01").event(sentence, "attack", "ASSAULT", status, said_by=said_by, by="Front"))
    assert stance(case, case.events[0]) == expected


def accused():
    return Teller("2001-03-01").event(
        "Norland accused Sudia of hiding torpedoes in the harbour of Kell.", "accused", "ACCUSE", by="Norland", to="Sudia", by_word=True
    )


def rejected():
    return Teller("2001-03-02").event(
        "Minister Tarn denied hiding any torpedoes in the harbour of Kell.", "denied", "REJECT", by="Minister Tarn", by_word=True
    )


def removed(by="Sudia"):
    return Teller("2001-03-09").event(
        f"{by} promised to remove the torpedoes from the harbour of Kell.", "remove", "RETREAT", "promised", by=by, mode="withdraw"
    )


def test_an_accusation_and_the_denial_that_answers_it():
    (dispute,) = disputes(record(accused(), rejected()))
    assert [s.speakers for s in dispute.sides] == [("A:Norland",), ("A:Minister Tarn",)]
    assert "admitted" not in dispute.summary


def test_who_undertakes_to_remove_what_they_denied_to_have_has_admitted_it():
    case = record(accused(), rejected(), removed())
    (dispute,) = disputes(case)
    assert dispute.sides[0].speakers == ("A:Norland", "A:Sudia")
    assert "admitted by Sudia on Friday 9 March 2001" in dispute.summary
    assert "admitted" not in disputes(case.until("2001-03-08"))[0].summary


def test_to_take_back_what_was_denied_to_be_sent_admits_it_in_whatever_other_words():
    denial = Teller("2001-03-02", "Herald").event(
        "A statement by the ministry in the old harbour quarter denied that Sudia had sent gunboats.", "sent gunboats", "AID", "denied",
        by="Sudia", said_by="Sudia", item="E1",
    )  # fmt: skip
    held = Teller("2001-03-01").event(
        "Norland said that Sudia had sent gunboats.", "sent gunboats", "AID", by="Sudia", said_by="Norland", item="E1"
    )
    back = Teller("2001-03-09").event(
        "Sudia offered on Friday to withdraw its gunboats if fishing was allowed again.", "withdraw", "RETREAT", "promised",
        by="Sudia", mode="withdraw",
    )  # fmt: skip
    (dispute,) = disputes(record(held, denial, back))
    assert "admitted by Sudia on Friday 9 March 2001" in dispute.summary
    troops = Teller("2001-03-09").event(
        "Sudia offered on Friday to withdraw its teachers if fishing was allowed.",
        "withdraw",
        "RETREAT",
        "promised",
        by="Sudia",
        mode="withdraw",
    )
    assert "admitted" not in disputes(record(held, denial, troops))[0].summary


def test_another_party_admits_nothing():
    (dispute,) = disputes(record(accused(), rejected(), removed("Osten")))
    assert "admitted" not in dispute.summary


def test_a_denial_of_something_else_answers_no_accusation():
    other = Teller("2001-03-02").event(
        "Minister Tarn denied a rise of the bread price.", "denied", "REJECT", by="Minister Tarn", by_word=True
    )
    assert disputes(record(accused(), other)) == ()


def blast(by, publisher, said_by="", item="E5", sentence="A bomb destroyed the mill.", **more):
    return Teller("2001-03-01", publisher).event(sentence, "destroyed", "ASSAULT", by=by, item=item, said_by=said_by, **more)


def test_two_who_name_different_doers():
    (dispute,) = disputes(record(blast("Norland", "Post", "Sudia"), blast("Northern Front", "Herald", "President Ilva")))
    assert (dispute.kind, [s.position for s in dispute.sides]) == ("agent", ["Norland", "Northern Front"])


def test_a_state_and_its_general_are_one_doer():
    assert disputes(record(blast("Norland", "Post"), blast("General Oro", "Herald"))) == ()


def test_one_source_that_names_two_doers_disputes_nothing():
    again = blast("Northern Front", "Post", sentence="A bomb destroyed the mill at night.")
    assert disputes(record(blast("Norland", "Post"), again)) == ()


def test_two_dates_for_one_event():
    case = record(blast("Norland", "Post", day="2001-02-20"), blast("Norland", "Herald", day="2001-02-26"))
    (dispute,) = disputes(case)
    assert (dispute.kind, len(dispute.sides)) == ("time", 2)


def test_what_is_done_to_one_person_twice_within_a_month_is_a_dispute_over_the_day_across_events():
    sentence = "Police arrested Minister Tarn."
    one = Teller("2001-03-03").event(sentence, "arrested", "COERCE", to="Minister Tarn", mode="arrest", day="2001-02-20", item="E1")
    two = Teller("2001-03-04", "Herald").event(
        sentence, "arrested", "COERCE", to="Minister Tarn", mode="arrest", day="2001-02-25", item="E2"
    )
    late = Teller("2001-09-04", "Echo").event(
        sentence, "arrested", "COERCE", to="Minister Tarn", mode="arrest", day="2001-09-01", item="E3"
    )
    assert [(d.kind, d.about) for d in disputes(record(one, two, late))] == [("time", "E1")]


def test_a_days_difference_between_papers_is_no_dispute():
    assert disputes(record(blast("Norland", "Post", day="2001-02-20"), blast("Norland", "Herald", day="2001-02-21"))) == ()


def test_a_demand_not_to_do_something_denies_nothing():
    asked = Teller("2001-03-02").event(
        "Sudia urged Norland not to shell the town.", "urged", "REQUEST", by="Sudia", to="Norland", by_word=True
    )
    asked.event("Sudia urged Norland not to shell it.", "shell", "ASSAULT", "denied", by="Norland", said_by="Sudia", item="E1")
    asked.events[-1] = _with_voice(asked.events[-1], asked.events[0].statement)
    assert disputes(record(held(), asked)) == ()


def _with_voice(event, statement):
    return replace(event, according_to=(statement,))


def test_ids_stay_when_an_older_report_arrives():
    first = record(held(said_by="Sudia"), denied())
    numbers = Numbers()
    (before,) = disputes(first, numbers)
    older = Teller("2001-01-01").event("Osten seized the ferry.", "seized", "COERCE", by="Osten", item="E0")
    older.event("Minister Tarn denied that Osten had seized the ferry.", "seized", "COERCE", "denied", said_by="Minister Tarn", item="E0")
    found = disputes(record(held(said_by="Sudia"), denied(), older, ids=numbers.known))
    assert {d.about: d.id for d in found} == {"E1": before.id, "E0": "D2"}


@given(st.permutations(range(6)))
def test_the_order_of_adding_changes_nothing(order):
    tellers = [held(said_by="Sudia"), denied(), accused(), rejected(), removed(), blast("Norland", "Post", "Sudia")]
    assert disputes(record(*(tellers[n] for n in order))) == disputes(record(*tellers))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Front would not confirm that it attacked the mill.", "open"),
        ("The Front cannot attack the mill.", "open"),
        ("No attack is possible before the harvest.", "open"),
        ("The Front did not want to attack the mill.", "refused"),
        ("The Front never attacked the mill.", "denied"),
    ],
)
def test_what_cannot_be_and_what_is_not_confirmed_is_not_denied(sentence, expected):
    case = record(Teller("2001-03-01").event(sentence, "attack", "ASSAULT", "denied", said_by="Front", by="Front"))
    assert stance(case, case.events[0]) == expected


def test_two_spellings_of_one_name_are_in_no_dispute():
    case = record(held(said_by="President Karelo"), denied(said_by="President Kareło"))
    assert disputes(case) == ()


def test_a_charge_and_its_denial_in_one_sentence_are_a_dispute_whoever_the_denier_is_taken_for():
    sentence = "Norland accused Sudia and Osten of hiding torpedoes, a charge denied by both countries."
    teller = Teller("2001-03-01").event(sentence, "accused", "ACCUSE", by="Norland", to="Sudia+Osten", by_word=True)
    teller.event(sentence, "denied", "REJECT", by="Both Countries", to="Norland", by_word=True)
    (dispute,) = disputes(record(one_sentence(teller)))
    assert [side.speakers for side in dispute.sides] == [("A:Norland",), ("A:Both Countries",)]


def test_a_suspicion_that_is_no_accusation_is_a_side_too():
    sentence = "The League suspects that Sudia is hiding torpedoes, a charge denied by Sudia."
    teller = Teller("2001-03-01").event(sentence, "denied", "REJECT", by="Sudia", by_word=True)
    start = teller.events[0].sentence.start
    teller._statement("League", Span(start + sentence.index("Sudia"), start + sentence.index(", a")), None)
    (dispute,) = disputes(record(teller))
    assert [side.speakers for side in dispute.sides] == [("A:League",), ("A:Sudia",)]


def test_whoever_refused_them_entry_denies_nothing():
    sentence = "Norland accused Sudia of hiding torpedoes and was denied entry."
    teller = Teller("2001-03-01").event(sentence, "accused", "ACCUSE", by="Norland", to="Sudia", by_word=True)
    teller.event(sentence, "denied", "REJECT", by="Sudia", to="Norland")
    assert disputes(record(one_sentence(teller))) == ()


def one_sentence(teller):
    """The second event in the first one's sentence: a report tells it once."""
    first, second = teller.events
    offset = second.sentence.start - first.sentence.start
    trigger = Span(second.trigger.start - offset, second.trigger.end - offset)
    teller.events[1] = replace(second, sentence=first.sentence, trigger=trigger)
    return teller


def meeting(
    published="2001-03-01", said_by="Norland", status="planned", item="E1", sentence="President Ilva will meet General Tarn on a ship."
):
    teller = Teller(published, f"Post {said_by}")
    return teller.event(sentence, "meet", "CONSULT", status, by="President Ilva+General Tarn", said_by=said_by, item=item)


@pytest.mark.parametrize("item", ["E1", "E2"])
def test_a_plan_that_those_who_are_to_act_refuse_is_a_dispute(item):
    no = meeting("2001-03-02", "General Tarn", "denied", item, "General Tarn did not want to meet President Ilva on any ship.")
    (dispute,) = disputes(record(meeting(said_by="Osten"), no))
    assert [side.position for side in dispute.sides] == ["it is to be", "it is refused"]
    assert dispute.summary.startswith("asserted by Osten, refused by General Tarn")


def test_another_kind_of_meeting_in_other_words_is_not_what_is_refused():
    no = meeting("2001-03-02", "General Tarn", "denied", "E2", "General Tarn did not want to meet reporters in the garden.")
    assert disputes(record(meeting(said_by="Osten"), no)) == ()


def test_a_plan_that_one_who_is_to_act_has_not_confirmed_is_told_so():
    open_ = meeting("2001-03-02", "General Tarn", "planned", "E1", "General Tarn has not yet confirmed that he will meet President Ilva.")
    statement = open_.statements[0]
    start = statement.content[0].start
    cued = replace(statement, cue=(Span(start + 13, start + 34),))
    open_.statements[0], open_.events[0] = cued, replace(open_.events[0], according_to=("s1",))
    (dispute,) = disputes(record(meeting(said_by="Osten"), open_))
    assert [side.position for side in dispute.sides] == ["it is to be", "it is not confirmed"]


def test_one_deed_and_one_like_it_are_two_deeds():
    other = blast("Northern Front", "Herald", sentence="Gas destroyed a bakery far away.")
    assert disputes(record(blast("Norland", "Post"), other)) == ()


def test_a_bare_accusation_that_its_target_denies_has_no_other_side():
    sentence = "Minister Tarn denied the accusation."
    teller = Teller("2001-03-01").event(sentence, "denied", "REJECT", by="Minister Tarn", by_word=True)
    teller.event(sentence, "accusation", "ACCUSE", to="Minister Tarn", said_by="Minister Tarn")
    assert disputes(record(one_sentence(teller))) == ()


def test_a_claim_for_something_that_is_rejected_is_no_charge():
    sentence = "Norland accused Sudia of delay, and Sudia rejected its claim for damages."
    teller = Teller("2001-03-01").event(sentence, "accused", "ACCUSE", by="Norland", to="Sudia", by_word=True)
    teller.event(sentence, "rejected", "REJECT", by="Sudia", to="Norland", by_word=True)
    assert disputes(record(one_sentence(teller))) == ()


def test_what_two_parties_recommend_is_no_denial_of_each_other():
    one = Teller("2001-03-01", "Post").event(
        "Osten recommended a withdrawal of border troops.", "recommended", "REQUEST", by="Osten", item="E1", said_by="Sudia"
    )
    two = Teller("2001-03-02").event(
        "Osten never recommended a withdrawal of border troops.",
        "recommended",
        "REQUEST",
        "denied",
        by="Osten",
        item="E2",
        said_by="Norland",
    )
    assert disputes(record(one, two)) == ()


def test_two_dates_of_two_meetings_are_no_dispute():
    one = Teller("2001-03-01").event(
        "Six parties ended their talks on torpedoes.", "talks", "CONSULT", by="Norland+Osten", day="2001-02-20", item="E1"
    )
    two = Teller("2001-03-02", "Herald").event(
        "Both sides began talks on the levy.", "talks", "CONSULT", by="Sudia", day="2001-03-01", item="E1"
    )
    assert disputes(record(one, two)) == ()
