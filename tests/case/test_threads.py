"""Threads: which events belong to one process, what it is called, where it stands, and what people decide about it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.case.judgements import Decision
from dragoman.case.telling import present_state, subject_of
from dragoman.case.threads import threads
from tests.case.made_case import Teller, record


def blockade():
    """A blockade of a port: ordered, rejected, and lifted weeks later."""
    one = Teller("2001-03-01", "Post").event(
        "Norland began a blockade of the port of Kell.", "blockade", "COERCE", by="Norland", to="Sudia", place="Kell"
    )
    two = Teller("2001-03-03", "Herald").event(
        "Sudia rejected the blockade of the port.", "rejected", "REJECT", by="Sudia", to="Norland", by_word=True
    )
    three = Teller("2001-03-20", "Post").event(
        "Norland lifted its blockade of the port of Kell.", "lifted its blockade", "COERCE", "cancelled", by="Norland", place="Kell"
    )
    return [one, two, three]


def talks():
    """Talks between two states in a third one."""
    one = Teller("2001-03-02", "Post").event(
        "Norland and Sudia opened talks on fishing rights in Osten.", "talks", "CONSULT", "ongoing", by="Norland + Sudia", place="Osten"
    )
    two = Teller("2001-03-09", "Echo").event(
        "Norland and Sudia resumed their talks on fishing rights.", "talks", "CONSULT", by="Norland + Sudia", place="Osten"
    )
    return [one, two]


def titles(case):
    return {t.title for t in threads(case)}


def test_events_of_one_process_are_one_thread_and_others_another():
    found = threads(record(*blockade(), *talks()))
    assert sorted(len(t.events) for t in found) == [2, 3]
    assert {t.id for t in found} == {"T1", "T2"}


def test_titles_are_made_of_the_record():
    assert titles(record(*blockade(), *talks())) == {"Blockade of Kell", "Talks between Norland and Sudia"}


def test_fighting_is_named_by_its_place():
    one = Teller("2001-03-01").event(
        "Rebels and soldiers fought in Kell.", "fought", "ASSAULT", by="Northern Front + Norland", place="Kell"
    )
    two = Teller("2001-03-02", "Herald").event(
        "Rebels shelled soldiers in Kell.", "shelled", "ASSAULT", by="Northern Front", to="Norland", place="Kell"
    )
    assert titles(record(one, two)) == {"Fighting in Kell"}


def test_the_state_quotes_what_was_told_last_with_who_says_so_and_when():
    case = record(*blockade())
    (thread,) = threads(case)
    assert thread.state == "Called off: “Norland lifted its blockade of the port of Kell.” (Post, Tuesday 20 March 2001)"
    assert [(e.event, case.reports[e.report].published) for e in thread.state_evidence] == [("e1", "2001-03-20")]
    assert thread.since == "2001-03-01"


def test_the_state_of_an_earlier_day():
    (thread,) = threads(record(*blockade()).until("2001-03-10"))
    assert thread.state.startswith("Reported: “Norland began a blockade of the port of Kell.”")


def test_a_thread_needs_two_reports_that_are_no_copies():
    one = blockade()[0]
    copy = Teller("2001-03-01", "Echo", copy_of=one)
    copy.event("Norland began a blockade of the port of Kell.", "blockade", "COERCE", by="Norland", to="Sudia", place="Kell")
    assert threads(record(one, copy)) == ()


def test_a_due_day_stands_in_the_state():
    one = Teller("2001-03-01").event("Norland and Sudia held talks on fishing rights.", "talks", "CONSULT", by="Norland + Sudia")
    two = Teller("2001-03-02", "Herald").event(
        "Norland and Sudia plan talks on fishing rights by Friday.", "talks", "CONSULT", "planned", by="Norland + Sudia",
        time=("Friday", "2001-03-09"),
    )  # fmt: skip
    (thread,) = threads(record(one, two))
    assert thread.state.startswith("Planned, due by Friday 9 March 2001: “Norland and Sudia plan talks")


def test_what_happened_long_ago_is_not_the_present_state():
    one = Teller("2001-03-01").event("Norland shelled Kell.", "shelled", "ASSAULT", by="Norland", to="Sudia", place="Kell")
    two = Teller("2001-03-02", "Herald").event("Norland shelled Kell again.", "shelled", "ASSAULT", by="Norland", to="Sudia", place="Kell")
    two.event("In 1990 Norland shelled Kell, too.", "shelled", "ASSAULT", by="Norland", to="Sudia", place="Kell", day="1990-05-05")
    (thread,) = threads(record(one, two))
    assert "again" in thread.state


def decided(*decisions):
    return threads(record(*blockade(), *talks(), decisions=decisions))


def act(verb, target, value, number=1):
    return Decision(verb, target, value, "", "Ada", "2001-04-01", f"J{number}")


def test_people_rename_and_reject():
    assert "The siege of Kell" in {t.title for t in decided(act("rename", "T1", "The siege of Kell"))}
    assert [t.id for t in decided(act("reject", "T1", None))] == ["T2"]


def test_people_merge_and_take_it_back():
    (one,) = decided(act("merge", "T1", "T2"))
    assert one.id == "T1" and len(one.events) == 5
    assert len(decided(act("merge", "T1", "T2"), act("undo", "J1", None, 2))) == 2


def test_people_split_and_pin():
    first = blockade()[0]
    found = decided(act("split", "T1", f"{first.id}:e1"))
    assert sorted(len(t.events) for t in found) == [1, 2, 2]
    item = first.items["e1"]
    pinned = decided(act("pin", item, "T2"))
    assert next(t for t in pinned if t.id == "T2").events.count(item) == 1
    assert all(item not in t.events for t in pinned if t.id != "T2")


def test_several_threads_can_be_merged_into_one():
    third = Teller("2001-03-04", "Echo").event(
        "Nurses in Osten went on strike over pay.", "strike", "PROTEST", by="Nurses Union", place="Osten"
    )
    fourth = Teller("2001-03-06", "Post").event(
        "The strike of the nurses in Osten goes on.", "strike", "PROTEST", "ongoing", by="Nurses Union", place="Osten"
    )
    tellers = [*blockade(), *talks(), third, fourth]
    assert len(threads(record(*tellers))) == 3
    (one,) = threads(record(*tellers, decisions=[act("merge", "T1", "T2", 1), act("merge", "T1", "T3", 2)]))
    assert len(one.events) == 7


def test_what_is_split_off_takes_along_what_comes_later_and_is_more_like_it():
    tellers = blockade()
    tellers[1].event("Sudia held talks with Norland on fishing rights at the port.", "talks", "CONSULT", by="Sudia + Norland", place="Kell")
    decision = act("split", "T1", f"{tellers[1].id}:e2")
    case = record(*tellers, decisions=[act("pin", tellers[1].items["e2"], "T1", 2), replace(decision, id="J3")])
    split = next(t for t in threads(case) if tellers[1].items["e2"] in t.events)
    assert len(split.events) == 1
    later = Teller("2001-03-25", "Echo").event(
        "Norland and Sudia resumed their talks on fishing rights at the port of Kell.",
        "talks",
        "CONSULT",
        by="Sudia + Norland",
        place="Kell",
    )
    pinned = act("pin", later.items["e1"], "T1", 1)
    case = record(*tellers, later, decisions=[act("pin", tellers[1].items["e2"], "T1", 2), pinned, replace(decision, id="J3")])
    assert any(set(t.events) == {tellers[1].items["e2"], later.items["e1"]} for t in threads(case))


def test_two_threads_with_one_title_are_told_apart():
    def strike(day, publisher, who, where):
        return Teller(day, publisher).event(f"{who} went on strike over pay.", "strike", "PROTEST", by=who)

    found = record(
        strike("2001-03-01", "Post", "Nurses Union", ""), strike("2001-03-02", "Echo", "Nurses Union", ""),
        strike("2001-09-01", "Post", "Miners Guild", ""), strike("2001-09-02", "Echo", "Miners Guild", ""),
    )  # fmt: skip
    assert len({t.title for t in threads(found)}) == len(threads(found)) == 2


def test_the_people_who_ask_and_the_thing_asked_for_decide_the_subject():
    """A council where something is said is not what it is about."""
    one = Teller("2001-03-01").event(
        "At the council the envoy of Norland asked Osten to admit observers.", "asked", "REQUEST", by="Norland", to="Osten", by_word=True
    )
    two = Teller("2001-03-03", "Echo").event(
        "Osten refused to let observers in.", "refused", "REJECT", by="Osten", to="Norland", by_word=True
    )
    (thread,) = threads(record(one, two))
    assert thread.title.startswith("Observers")


def test_words_that_only_look_like_a_subject_tell_none():
    plan = Teller("2001-03-01").event("The ministers plan reactions.", "plan", "CONSULT", "planned", by="Norland")
    assert threads(record(plan)) == ()
    assert subject_of(list(record(plan).events)).name == "talks"


def test_a_decision_about_what_is_not_there_changes_nothing():
    strange = [act("merge", "T1", "T99", 1), act("split", "T1", "nonsense", 2), act("pin", "E99", "T1", 3), act("rename", "T99", "x", 4)]
    assert decided(*strange) == decided()


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(5)), st.integers(1, 25))
def test_threads_keep_their_ids_and_events_as_days_pass_and_in_any_order(order, day):
    tellers = [*blockade(), *talks()]
    whole = {t.id: t.events for t in threads(record(*(tellers[n] for n in order)))}
    before = {t.id: t.events for t in threads(record(*tellers).until(f"2001-03-{day:02d}"))}
    assert all(set(events) <= set(whole[name]) for name, events in before.items())


def test_an_empty_record_has_no_threads():
    assert threads(record()) == ()


def test_a_title_takes_a_place_that_two_sentences_tell():
    one = Teller("2001-03-01").event("A bomb killed two guards near Marlow.", "killed", "ASSAULT")
    two = Teller("2001-03-02", "Herald").event("A second bomb killed a guard near Marlow.", "killed", "ASSAULT")
    assert titles(record(one, two)) == {"Attacks in Marlow"}


def test_a_state_is_no_more_than_told_in_passing():
    told = Teller("2001-03-01").event("Rebels who had seized the town hall of Kell sang.", "seized", "COERCE", by="Northern Front")
    told.event("Rebels seized the town hall of Kell.", "seized", "COERCE", by="Northern Front")
    case = record(told)
    state, _ = present_state(case, case.events)
    assert "who had seized" not in state


def test_a_description_with_an_owner_is_no_name():
    one = Teller("2001-03-01").event("Norland's ragged army shot at huts.", "shot", "ASSAULT", by="Norland's ragged army")
    two = Teller("2001-03-02", "Herald").event("Norland's ragged army shot at boats.", "shot", "ASSAULT", by="Norland's ragged army")
    assert not any("ragged" in title for title in titles(record(one, two)))
