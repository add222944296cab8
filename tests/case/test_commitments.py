"""Commitments: who undertook what, until when, and what came of it."""

from dataclasses import replace

import pytest

from dragoman.case.commitments import commitments, overdue
from dragoman.case.judgements import Decision, Link
from tests.case.made_case import Teller, record

PROMISE = "Norland promised Osten to withdraw its torpedoes from the harbour by Friday if Osten lifted the levy."


def promised(published="2001-03-05", time=("Friday", "2001-03-09"), **more):
    more = {"by": "Norland", "to": "Osten", "mode": "withdraw", "item": "E1", "said_by": "President Ilva", "time": time} | more
    return Teller(published).event(PROMISE, "withdraw", "RETREAT", "promised", **more)


def withdrawn(
    published="2001-03-08", status="occurred", item="E2", by="Norland", sentence="Norland withdrew its torpedoes from the harbour.", **more
):
    return Teller(published, "Herald").event(sentence, "withdr", "RETREAT", status, by=by, mode="withdraw", item=item, **more)


def test_a_promise_with_all_that_is_told_of_it():
    (made,) = commitments(record(promised()))
    assert (made.kind, made.maker, made.to, made.act) == ("promise", "A:President Ilva", "A:Osten", "E1")
    assert (made.made, made.due, made.condition) == ("2001-03-05", "2001-03-09", "if Osten lifted the levy")
    assert (made.id, made.state, made.decided_by, made.evidence) == ("C1", "not yet rated", "rule", ())


@pytest.mark.parametrize(
    ("words", "value", "due"),
    [
        ("by Friday", "2001-03-09", "2001-03-09"),
        ("within 30 days", "P30D", "2001-04-04"),
        ("in two weeks", "P2W", "2001-03-19"),
        ("by the end of April", "2001-04", "2001-04-30"),
        ("by next week", "2001-W11", "2001-03-18"),
        ("since Monday", "2001-03-05", None),
        ("for 30 days", "P30D", None),
    ],
)
def test_the_day_by_which_it_is_due(words, value, due):
    sentence = f"Norland promised to free the pilots {words}."
    at = words.split(" ", 1)[1].removeprefix("the end of ")
    teller = Teller("2001-03-05").event(sentence, "free", "RETREAT", "promised", by="Norland", time=(at, value))
    assert commitments(record(teller))[0].due == due


def test_the_events_own_time_is_its_day():
    teller = Teller("2001-03-05").event("Norland will free the pilots.", "free", "RETREAT", "planned", by="Norland", day="2001-W12")
    assert commitments(record(teller))[0].due == "2001-03-25"


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("If the talks fail, Norland will close the port.", "If the talks fail"),
        ("Norland will close the port unless the talks succeed, it said.", "unless the talks succeed"),
        ("Norland will close the port in exchange for coal.", "in exchange for coal"),
        ("Norland will close the port.", None),
    ],
)
def test_the_condition_in_the_reports_words(sentence, condition):
    teller = Teller("2001-03-05").event(sentence, "close", "COERCE", "planned", by="Norland")
    assert commitments(record(teller))[0].condition == condition


def test_a_later_deed_of_the_same_doer_is_proposed_as_keeping_it():
    (made,) = commitments(record(promised(), withdrawn()))
    assert made.state == "kept"
    (proof,) = made.evidence
    assert proof.bears == "kept" and proof.score >= 0.6 and "torpedo" in proof.why and "same kind of act" in proof.why


def test_what_is_under_way_is_in_the_works():
    assert commitments(record(promised(), withdrawn(status="ongoing")))[0].state == "in the works"


def test_a_deed_of_another_or_about_another_thing_keeps_nothing():
    assert commitments(record(promised(), withdrawn(by="Sudia")))[0].evidence == ()
    other = withdrawn(sentence="Norland withdrew its gardeners from the museum.")
    assert commitments(record(promised(), other))[0].evidence == ()


def test_a_claim_of_the_same_event_is_evidence():
    assert commitments(record(promised(), withdrawn(item="E1")))[0].state == "kept"


def test_a_link_that_it_came_of_it_is_evidence_until_a_person_denies_it():
    deed = withdrawn(sentence="The last grey crates withdrew at dawn.", by="")
    plan = promised()
    link = Link("came_of", deed.place("e1"), plan.place("e1"), 0.8, "same days")
    (made,) = commitments(record(plan, deed, links=[link]))
    assert made.state == "kept" and made.evidence[0].why == "linked as what came of it: same days"
    wrong = Link("came_of", deed.place("e1"), plan.place("e1"), 0.8, "same days", judgement="negative")
    assert commitments(record(plan, deed, links=[wrong]))[0].evidence == ()


def test_what_was_done_before_the_word_was_given_does_not_keep_it():
    assert commitments(record(promised(), withdrawn("2001-03-01")))[0].evidence == ()


def test_a_promise_called_off_by_its_maker_is_broken():
    off = withdrawn(status="cancelled", sentence="Norland called off the plan to withdraw its torpedoes.")
    assert commitments(record(promised(), off))[0].state == "broken"


def test_its_makers_refusal_breaks_it_but_a_denial_by_others_does_not():
    no = withdrawn(status="denied", sentence="Norland will not withdraw its torpedoes from the harbour.", said_by="President Ilva")
    assert commitments(record(promised(), no))[0].state == "broken"
    others = withdrawn(status="denied", sentence="Sudia denied that Norland would withdraw its torpedoes.", said_by="Sudia")
    assert commitments(record(promised(), others))[0].state == "not yet rated"


def test_what_is_kept_in_part_is_a_compromise():
    assert commitments(record(promised(), withdrawn(sentence="Norland withdrew some of its torpedoes.")))[0].state == "compromise"


def test_overdue_commitments_come_first_and_have_stalled():
    later = Teller("2001-03-20").event("Osten will send bread to Kell.", "send", "AID", "planned", by="Osten", time=None)
    case = record(promised(), later)
    first, second = commitments(case)
    assert (first.due, first.state) == ("2001-03-09", "stalled") and overdue(first, case.today)
    assert second.due is None and not overdue(second, case.today)
    assert commitments(case.until("2001-03-08"))[0].state == "not yet rated"


def demanded(sentence="Norland demanded that Osten open its harbour to inspectors.", to="Osten"):
    return Teller("2001-03-05").event(sentence, "demanded", "REQUEST", by="Norland", to=to, by_word=True)


def test_a_demand_and_its_refusal():
    refusal = Teller("2001-03-07").event("Osten refused to admit observers to its harbour.", "refused", "REJECT", by="Osten", by_word=True)
    (made,) = commitments(record(demanded(), refusal))
    assert (made.kind, made.maker, made.to, made.state) == ("demand", "A:Norland", "A:Osten", "broken")
    assert made.evidence[0].why.startswith("refused by those who are asked")


def test_a_refusal_by_a_third_party_answers_no_demand():
    refusal = Teller("2001-03-07").event("Sudia refused to admit observers to its harbour.", "refused", "REJECT", by="Sudia", by_word=True)
    assert commitments(record(demanded(), refusal))[0].evidence == ()


def test_a_demanded_act_has_the_asker_as_maker_and_the_doer_as_addressee():
    teller = Teller("2001-03-05").event(
        "Norland urged Osten to free the pilots.", "urged", "REQUEST", by="Norland", to="Osten", by_word=True
    )
    teller.event("Norland urged Osten to free the pilots.", "free", "RETREAT", "demanded", by="Osten", mode="release", item="E9")
    teller.events[-1] = _replaced(teller.events[-1], teller.events[0].statement)
    (made,) = commitments(record(teller))
    assert (made.kind, made.maker, made.to, made.act) == ("demand", "A:Norland", "A:Osten", "E9")


def test_an_order_to_ones_own_people_is_no_demand():
    teller = demanded("President Ilva demanded that Norland open its harbour.", to="General Oro")
    assert commitments(record(teller)) == ()


def test_a_pledge_without_an_act_is_a_promise_that_is_only_held_to():
    pledge = Teller("2001-03-05").event(
        "Norland gave Osten an assurance against any invasion.", "assurance", "AGREE", by="Norland", to="Osten"
    )
    again = Teller("2001-03-09", "Herald").event(
        "Osten trusts the assurance of Norland against an invasion.", "assurance", "AGREE", by="Norland"
    )
    (made,) = commitments(record(pledge, again))
    assert (made.kind, made.maker, made.to, made.state) == ("promise", "A:Norland", "A:Osten", "in the works")
    assert [p.bears for p in made.evidence] == ["in the works"]


def test_a_pledge_not_to_act_is_held_to_where_it_is_told_that_the_act_will_not_be_done():
    pledge = Teller("2001-03-05").event(
        "Norland gave Osten an assurance against any invasion.", "assurance", "AGREE", by="Norland", to="Osten"
    )
    trusted = Teller("2001-03-09", "Herald").event(
        "Osten trusts the pledge that there would be no invasion.", "invasion", "ASSAULT", "denied", to="Osten", said_by="Osten"
    )
    other = Teller("2001-03-09", "Echo").event("There was no flood in Osten.", "flood", "ASSAULT", "denied", to="Osten")
    (made,) = commitments(record(pledge, trusted, other))
    assert (made.state, [p.report for p in made.evidence]) == ("in the works", [trusted.id])


def test_an_assurance_against_an_act_is_no_threat_of_it():
    teller = Teller("2001-03-05").event(
        "Norland gave an assurance against an invasion of Osten.", "invasion", "ASSAULT", "threatened", by="Norland"
    )
    assert commitments(record(teller)) == ()


def test_a_promise_told_again_in_other_words_is_one_and_brings_its_day():
    again = Teller("2001-03-06", "Herald").event(
        "All torpedoes will be withdrawn from the harbour in 30 days.", "withdrawn", "RETREAT", "planned", by="Norland", mode="withdraw",
        time=("30 days", "P30D"),
    )  # fmt: skip
    (made,) = commitments(record(promised(time=None), again))
    assert (made.kind, made.due) == ("promise", "2001-04-05")


def test_a_person_decides_and_takes_back():
    says = Decision("edit", "C1", "state=broken", "they left at night", "Ada", "2001-03-10", "J1")
    (made,) = commitments(record(promised(), withdrawn(), decisions=[says]))
    assert (made.state, made.decided_by) == ("broken", "person")
    back = Decision("undo", "J1", None, "", "Ada", "2001-03-11", "J2")
    assert commitments(record(promised(), withdrawn(), decisions=[says, back]))[0].decided_by == "rule"
    gone = Decision("reject", "C1", None, "no promise", "Ada", "2001-03-11", "J3")
    assert commitments(record(promised(), decisions=[gone])) == ()


def test_reports_without_a_date_and_empty_records_are_no_trouble():
    assert commitments(record()) == ()
    (made,) = commitments(record(promised("", time=None)))
    assert (made.made, made.due) == (None, None)


def _replaced(event, statement):
    return replace(event, according_to=(statement,))


def told(sentence, trigger, type, status, published="2001-03-05", publisher="Daily Post", **more):
    return Teller(published, publisher).event(sentence, trigger, type, status, **more)


@pytest.mark.parametrize(
    "sentence",
    ["Farmers blocked the road to protest against the levy.", "Sudia sent 40 guards to protest at the border."],
)
def test_what_another_act_was_for_is_no_plan(sentence):
    assert commitments(record(told(sentence, "protest", "PROTEST", "planned", by="Sudia"))) == ()


def test_what_was_decided_and_done_long_ago_is_no_plan():
    sentence = "Norland defended its decision to close the port in 1999."
    assert commitments(record(told(sentence, "close", "COERCE", "planned", by="Norland", day="1999"))) == ()


def test_an_ultimatum_is_a_demand_to_those_to_whom_it_is_given():
    sentence = "Norland gave Sudia a 60-day ultimatum to free the pilots."
    teller = told(sentence, "gave", "THREATEN", "occurred", by="Norland", to="Sudia")
    teller.event(sentence, "free", "RETREAT", "threatened", by="Norland", time=("60-day", "P60D"))
    teller.events[1] = replace(teller.events[1], sentence=teller.events[0].sentence)
    (made,) = commitments(record(teller))
    assert (made.kind, made.maker, made.to, made.due) == ("demand", "A:Norland", "A:Sudia", "2001-05-04")


def resign(published, asker, publisher="Daily Post"):
    sentence = f"{asker} demanded that President Ilva resign."
    return told(
        sentence, "resign", "RETREAT", "demanded", published, publisher, by="President Ilva", said_by=asker, mode="resign", item="E1"
    )


def test_what_two_parties_demand_are_two_demands_of_one_act():
    made = commitments(record(resign("2001-03-05", "Osten"), resign("2001-03-07", "Sudia", "Herald")))
    assert [(c.kind, c.maker, c.to, c.act) for c in made] == [
        ("demand", "A:Osten", "A:President Ilva", "E1"),
        ("demand", "A:Sudia", "A:President Ilva", "E1"),
    ]
    assert [c.state for c in made] == ["not yet rated", "not yet rated"]
    assert len({c.id for c in made}) == 2


def test_the_demand_made_again_is_the_same_demand():
    assert len(commitments(record(resign("2001-03-05", "Osten"), resign("2001-03-07", "Osten", "Herald")))) == 1


def test_a_refusal_in_other_words_answers_the_demand_to_resign():
    sentence = "President Ilva refuses to stand down."
    no = told(sentence, "refuses", "REJECT", "occurred", "2001-03-09", by="President Ilva", by_word=True)
    no.event(sentence, "stand down", "RETREAT", "denied", by="President Ilva", said_by="Sudia", mode="resign")
    no.events[1] = replace(no.events[1], sentence=no.events[0].sentence)
    (made,) = commitments(record(resign("2001-03-05", "Osten"), no))
    assert made.state == "broken"


def test_help_announced_by_those_who_will_give_it_is_a_promise():
    sentence = "Norland will send bread to Sudia, President Ilva said."
    (made,) = commitments(record(told(sentence, "send", "AID", "planned", by="Norland", to="Sudia", said_by="President Ilva")))
    assert (made.kind, made.maker) == ("promise", "A:President Ilva")
    (other,) = commitments(record(told(sentence, "send", "AID", "planned", by="Norland", to="Sudia", said_by="Osten")))
    assert (other.kind, other.maker) == ("plan", "A:Norland")


def talks(published, status, sentence, day=None, **more):
    return told(sentence, "talks", "CONSULT", status, published, day=day, item=f"{published}{status}", **more)


@pytest.mark.parametrize(("day", "state"), [("2001-03-10", "kept"), ("2001-03-14", "stalled")])
def test_what_happens_on_the_very_day_planned_keeps_the_plan(day, state):
    plan = talks("2001-03-05", "planned", "Peace talks are due in Kell at the weekend.", "2001-W10-WE", by="Norland")
    held = talks("2001-03-14", "occurred", "Peace talks opened after months of waiting.", day)
    assert commitments(record(plan, held))[0].state == state


def test_what_is_told_before_the_day_planned_does_not_keep_it():
    plan = talks("2001-03-05", "planned", "Norland will hold talks with Osten on coal on 20 March.", "2001-03-20", by="Norland")
    call = talks("2001-03-07", "occurred", "Norland held telephone talks with Osten on coal.", by="Norland")
    assert commitments(record(plan, call))[0].evidence == ()


def test_asked_if_opens_no_condition():
    sentence = "Asked if the talks would fail, Norland said it will close the port."
    assert commitments(record(told(sentence, "close", "COERCE", "planned", by="Norland")))[0].condition is None


@pytest.mark.parametrize(
    ("sentence", "word", "value", "due"),
    [
        ("The miners have called a strike for Monday.", "Monday", "2001-03-05", "2001-03-12"),
        ("The miners were supposed to strike on Monday.", "Monday", "2001-03-05", "2001-03-05"),
    ],
)
def test_a_day_gone_by_is_the_one_to_come_or_the_one_missed(sentence, word, value, due):
    teller = told(sentence, "strike", "PROTEST", "planned", "2001-03-08", by="Miners", day=value, time=(word, value))
    assert commitments(record(teller))[0].due == due
