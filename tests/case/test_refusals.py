"""What one side wants and another refuses, what is only said and denied, days that move."""

from dataclasses import replace

import pytest

from dragoman.case.disputes import disputes
from dragoman.case.refusals import refused
from dragoman.case.undertakings import undertakings
from dragoman.text.report import Span
from tests.case.made_case import Teller, record


def in_one_sentence(teller):
    """All events of a teller that repeats one sentence stand in its first telling."""
    first = teller.events[0]
    for number, event in enumerate(teller.events):
        off = event.sentence.start - first.sentence.start
        teller.events[number] = replace(event, sentence=first.sentence, trigger=Span(event.trigger.start - off, event.trigger.end - off))
    return teller


def rejected(
    sentence="General Tarn rejected President Ilva's call for an early vote on the harbour.", trigger="rejected", published="2001-03-02"
):
    teller = Teller(published).event(sentence, trigger, "REJECT", by="General Tarn", by_word=True)
    if "call" in sentence:
        teller.event(sentence, "call", "REQUEST", by="President Ilva")
    return in_one_sentence(teller)


def test_who_rejects_a_call_is_against_who_made_it():
    (dispute,) = disputes(record(rejected()))
    assert [(side.position, side.speakers) for side in dispute.sides] == [
        ("it is to be", ("A:President Ilva",)),
        ("it is refused", ("A:General Tarn",)),
    ]
    assert dispute.summary.startswith("wanted by President Ilva, refused by General Tarn: ")


@pytest.mark.parametrize("sentence", ["General Tarn refused to comment on the vote.", "General Tarn declined to be named."])
def test_to_refuse_a_word_takes_no_side(sentence):
    call = Teller("2001-03-01").event("President Ilva called for an early vote.", "called", "REQUEST", by="President Ilva")
    trigger = "refused" if "refused" in sentence else "declined"
    no = Teller("2001-03-02").event(sentence, trigger, "REJECT", by="General Tarn")
    assert refused(record(call, no)) == []


def test_what_is_demanded_and_refused_in_other_reports_is_one_matter():
    ask = Teller("2001-03-01", "Post").event(
        "The League urged Norland to withdraw its troops.",
        "withdraw",
        "RETREAT",
        "demanded",
        by="Norland",
        said_by="League",
        mode="withdraw",
    )
    sentence = "Norland refused to withdraw its troops."
    no = Teller("2001-03-03", "Herald").event(sentence, "refused", "REJECT", by="Norland", by_word=True)
    no.event(sentence, "withdraw", "RETREAT", "denied", by="Norland", said_by="Norland", mode="withdraw")
    (matter,) = refused(record(ask, in_one_sentence(no)))
    assert (*[w.name for w in matter.refusers.values()], [w.maker.name for w in matter.held.values()]) == ("Norland", ["League"])


def test_who_denounces_a_plan_opposes_it():
    sentence = "General Tarn denounced President Ilva's decision to send troops."
    teller = Teller("2001-03-01").event(sentence, "denounced", "ACCUSE", by="General Tarn", mode="disapprove")
    teller.event(sentence, "send troops", "MOBILIZE", "planned", by="President Ilva")
    (dispute,) = disputes(record(in_one_sentence(teller)))
    assert dispute.summary.startswith("wanted by President Ilva, opposed by General Tarn")


def test_nobody_refuses_what_they_want_themselves():
    teller = Teller("2001-03-01").event(
        "President Ilva ruled out her own plan for talks.", "ruled out", "REJECT", by="President Ilva", by_word=True
    )
    teller.event("President Ilva ruled out her own plan for talks.", "talks", "CONSULT", "planned", by="President Ilva")
    assert refused(record(in_one_sentence(teller))) == []


def said(speaker, sentence, published="2001-03-01", publisher="Post"):
    """A report with a statement and no event of its own."""
    teller = Teller(published, publisher).event(f"{sentence} Nothing else was known.", "known", "SUPPORT", "hypothetical")
    start = teller.events[0].sentence.start
    teller._ids(speaker)
    teller._statement(speaker, Span(start, start + len(sentence)), None)
    return teller


def test_what_others_say_and_the_deniers_deny_in_like_words_is_a_dispute():
    told = said("League", "Norland has sent thousands of troops across the border of Sudia, the League said.")
    told._ids("Norland")
    at = told.statements[0].content[0].start
    told.actors["Norland"] = replace(told.actors["Norland"], mentions=(Span(at, at + len("Norland")),))
    no = Teller("2001-03-02", "Herald").event(
        "Norland denied sending thousands of troops across the border of Sudia.", "denied", "REJECT", by="Norland", by_word=True
    )
    (dispute,) = disputes(record(told, no))
    assert [side.speakers for side in dispute.sides] == [("A:League",), ("A:Norland",)]


def announced(published, day, sentence, status="planned"):
    return Teller(published, "Post").event(sentence, "visit", "CONSULT", status, by="President Ilva", to="Osten", day=day, mode="visit")


def test_a_day_that_moves_is_told_with_both_days():
    first = announced("2001-03-01", "2001-03-09", "President Ilva will visit the harbour of Osten on Friday.")
    then = announced("2001-03-05", "2001-03-12", "President Ilva will now visit the harbour of Osten on Monday.")
    (dispute,) = disputes(record(first, then))
    assert dispute.kind == "time"
    assert [side.position for side in dispute.sides] == ["Friday 9 March 2001", "Monday 12 March 2001"]


def test_what_one_puts_off_and_another_still_announces_is_told():
    off = Teller("2001-03-05", "Post").event(
        "President Ilva had put off her visit to Osten.", "visit", "CONSULT", "cancelled", by="President Ilva", to="Osten",
        mode="visit", said_by="Envoy",
    )  # fmt: skip
    on = Teller("2001-03-05", "Herald").event(
        "President Ilva will visit Osten on Monday, Norland says.", "visit", "CONSULT", "planned", by="President Ilva", to="Osten",
        day="2001-03-12", mode="visit", said_by="Norland",
    )  # fmt: skip
    (dispute,) = disputes(record(off, on))
    assert sorted(side.position for side in dispute.sides) == ["Monday 12 March 2001", "put off"]


def test_a_plan_that_is_put_off_later_is_a_development():
    on = announced("2001-03-01", "2001-03-12", "President Ilva will visit Osten on Monday.")
    off = Teller("2001-03-05", "Herald").event(
        "President Ilva has put off her visit to Osten.", "visit", "CONSULT", "cancelled", by="President Ilva", to="Osten", mode="visit"
    )
    assert disputes(record(on, off)) == ()


def test_two_visits_to_two_hosts_are_no_day_that_moves():
    first = announced("2001-03-01", "2001-03-09", "President Ilva will visit the harbour of Osten on Friday.")
    other = Teller("2001-03-05").event(
        "President Ilva will visit the harbour of Sudia on Monday.", "visit", "CONSULT", "planned", by="President Ilva", to="Sudia",
        day="2001-03-12", mode="visit",
    )  # fmt: skip
    assert disputes(record(first, other)) == ()


# --- what is no commitment, or another's


def made(teller):
    return [(m.kind, m.maker.name if m.maker else None) for m in undertakings(record(teller))]


def test_what_a_speaker_hopes_of_others_is_their_demand():
    sentence = "We hope that Norland will cooperate with the inspectors."
    assert made(Teller("2001-03-01").event(sentence, "cooperate", "COOPERATE", "planned", by="Norland", said_by="League")) == [
        ("demand", "League")
    ]


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("General Oro was accused of ordering the killing of farmers.", "killing"),
        ("After ordering the arrest of ten farmers, General Oro left the town.", "arrest"),
    ],
)
def test_what_was_ordered_and_done_is_no_demand(sentence, trigger):
    assert made(Teller("2001-03-01").event(sentence, trigger, "ASSAULT", "demanded", by="General Oro")) == []


@pytest.mark.parametrize(
    "sentence", ["Norland would not say whether it would meet the League.", "Norland feared a possible meet of the League."]
)
def test_what_is_only_asked_about_or_feared_is_no_plan(sentence):
    assert made(Teller("2001-03-01").event(sentence, "meet", "CONSULT", "planned", by="Norland")) == []


def test_a_person_whom_another_of_the_same_state_tells_to_go_has_a_demand_to_meet():
    teller = Teller("2001-03-01").event(
        "General Oro called on President Ilva to resign.", "resign", "RETREAT", "demanded", by="President Ilva", said_by="General Oro"
    )
    assert made(teller) == [("demand", "General Oro")]


def asked(sentence, trigger="urged", published="2001-03-01", by="League", to="Norland"):
    return Teller(published, "Post").event(sentence, trigger, "REQUEST", by=by, to=to, by_word=True)


def test_two_who_refuse_one_demand_are_one_dispute():
    ask = "The League urged both to open the harbour of Velm to relief ships."
    told = asked(ask)
    for who in ("Norland", "Sudia"):
        told.event(
            f"{who} rejected the League's call to open the harbour of Velm.", "rejected", "REJECT", by=who, to="League", by_word=True
        )
        told.event("The call was heard.", "call", "REQUEST", by="League")
        here, call = told.events[-2:]
        at = here.trigger.end + len(" the League's ")
        told.events[-1] = replace(call, sentence=here.sentence, trigger=Span(at, at + 4))
    found = refused(record(told))
    assert [[who.name for who in row.refusers.values()] for row in found] == [["Norland", "Sudia"]]


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Sudia slammed Osten plans with scorn and rejected an Osten proposal on grain.", 1),
        ("Sudia rejected a proposal on grain.", 0),  # nobody's who is named
        ("Sudia rejected grain from Osten for a deal.", 0),
    ],
)
def test_a_plan_that_is_told_only_by_its_refusal_is_theirs_whose_name_stands_before_it(sentence, count):
    teller = Teller("2001-03-01").event(sentence, "rejected", "REJECT", by="Sudia", to="Osten" if "Osten" in sentence else "", by_word=True)
    if "Osten" in sentence:
        text = teller._reading().report.text
        at = text.rindex("Osten")
        teller.actors["Osten"] = replace(teller.actors["Osten"], mentions=(Span(at, at + 5),))
    assert [[w.maker.name for w in row.held.values()] for row in refused(record(teller))] == [["Osten"]] * count


def test_a_bare_refusal_answers_what_was_asked_of_those_who_refuse():
    told = asked("The League urged Norland to open its archives.")
    told.event("Norland refused.", "refused", "REJECT", by="Norland", by_word=True)
    told.event("Sudia refused.", "refused", "REJECT", by="Sudia", by_word=True)
    (row,) = refused(record(told))
    assert [who.name for who in row.refusers.values()] == ["Norland"]


def test_who_asks_for_a_truce_asks_both_sides():
    ask = Teller("2001-03-01", "Post").event(
        "Norland called for a halt to the shelling.", "halt", "RETREAT", said_by="Norland", mode="ceasefire", to="Sudia"
    )
    at = ask._reading().report.text.index("called")
    ask.statements[0] = replace(ask.statements[0], cue=(Span(at, at + 10),))
    sentence = "Sudia will not stop firing."
    no = Teller("2001-03-02", "Herald").event(sentence, "will not", "REJECT", by="Sudia", to="Norland", by_word=True)
    no.event(sentence, "stop firing", "RETREAT", "denied", by="Sudia", said_by="Sudia", mode="ceasefire")
    (row,) = refused(record(ask, in_one_sentence(no)))
    assert [w.maker.name for w in row.held.values()] == ["Norland"]


def test_calls_of_the_same_report_are_rejected_by_their_noun():
    told = asked("The League stepped up calls for a withdrawal from Velm.", "calls")
    told.event("Norland stood by its troops.", "stood", "SUPPORT", by="Norland")
    told.event("Norland rejected calls to set a day for a withdrawal.", "rejected", "REJECT", by="Norland", by_word=True)
    (row,) = refused(record(told))
    assert [w.maker.name for w in row.held.values()] == ["League"]


@pytest.mark.parametrize(("published", "count"), [("2001-03-09", 1), ("2001-05-09", 0)])
def test_all_that_is_refused_was_asked_for_days_before(published, count):
    ask = asked("The League proposed that observers be sent to the island.", "proposed")
    no = Teller(published, "Herald").event(
        "Norland refused in a speech on Tuesday to allow inspections.", "refused", "REJECT", by="Norland", to="League", by_word=True
    )
    assert [[w.maker.name for w in row.held.values()] for row in refused(record(ask, no))] == [["League"]] * count


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Sudia slammed the new harbour budget proposals by Osten.", 1),
        ("Sudia slammed the weather, amid calls by Osten.", 0),  # not what it speaks against
    ],
)
def test_who_speaks_against_a_plan_is_against_those_who_make_it(sentence, count):
    teller = Teller("2001-03-01").event(sentence, "slammed", "ACCUSE", by="Sudia", to="Osten", mode="disapprove", by_word=True)
    at = teller._reading().report.text.rindex("Osten")
    teller.actors["Osten"] = replace(teller.actors["Osten"], mentions=(Span(at, at + 5),))
    assert [[w.maker.name for w in row.held.values()] for row in refused(record(teller))] == [["Osten"]] * count
