"""Filters, the record of a day, and the small things that items are made with."""

import pytest

from dragoman.case.asking import case_event
from dragoman.case.deciding import edited, standing, values
from dragoman.case.judgements import Decision, Place
from dragoman.case.likeness import closeness, likeness
from dragoman.case.mentions import condition_of, last_day, telling_words
from dragoman.case.numbering import Numbers
from dragoman.case.query import Filters
from dragoman.errors import InputError
from dragoman.text.report import Span
from tests.case.made_case import Teller, record


@pytest.mark.parametrize(
    "fields", [{"as_of": "1962-02-30"}, {"since": "yesterday"}, {"as_of": "19621024"}, {"type": "WAR"}, {"status": "maybe"}]
)
def test_a_filter_that_means_nothing_is_refused_with_the_next_step(fields):
    with pytest.raises(InputError, match=r"write it as YYYY-MM-DD|choose one of"):
        Filters(**fields)


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(InputError, match="later than --as-of"):
        Filters(as_of="2001-01-01", since="2001-02-01")


def test_what_filters_let_pass():
    day = Filters(as_of="2001-03-05", since="2001-03-01", type="ASSAULT")
    assert day.takes_report("2001-03-05") and not day.takes_report("2001-03-06") and not day.takes_report("")
    assert Filters().takes_report("")
    assert day.takes_day("2001-03-01") and day.takes_day("2001-03") and not day.takes_day("2001-02-28") and not day.takes_day(None)
    assert day.takes_event("ASSAULT", "denied") and not day.takes_event("AID", "denied")


def teller(published="2001-03-01", publisher="Post"):
    return Teller(published, publisher).event("Norland freed a pilot.", "freed", "RETREAT", by="Norland", item="E1")


def test_a_record_of_a_day_holds_only_what_was_published():
    case = record(teller(), teller("2001-03-02", "Herald"), teller("", "Undated"))
    assert len(case.events) == 3 and case.today == "2001-03-02"
    early = case.until("2001-03-01")
    assert [m.published for m in early.events] == ["2001-03-01"] and early.today == "2001-03-01"
    assert len(case.until("1900-01-01").events) == 0


def test_mentions_of_one_event_are_one_cluster_in_the_order_of_publication():
    case = record(teller("2001-03-02", "Herald"), teller())
    assert [m.published for m in case.clusters["E1"]] == ["2001-03-01", "2001-03-02"]


def test_an_entry_without_membership_is_an_item_of_its_own():
    report = teller()
    case = record(report)
    assert case.item(Place(report.id, "e7")) == f"{report.id}:e7"


def test_a_copy_counts_as_the_paper_that_it_copies_and_a_circle_of_copies_ends():
    first = teller()
    copy = Teller("2001-03-01", "Echo", copy_of=first).event("Norland freed one pilot.", "freed", "RETREAT", by="Norland")
    case = record(first, copy)
    assert case.source(copy.id) == "Post"
    first.copy_of = copy
    assert record(first, copy).source(copy.id) in {"Post", "Echo"}


def test_officials_and_forces_speak_for_their_state():
    case = record(
        Teller("2001-03-01").event("Norland met General Oro and the Front.", "met", "CONSULT", by="Norland + General Oro + Front")
    )
    assert [who.party for who in case.initiators(case.events[0])] == ["NOR", "NOR", "A:Front"]


@pytest.mark.parametrize(
    ("value", "day"),
    [("2001-03-05", "2001-03-05"), ("2001-W10", "2001-03-11"), ("2001-02", "2001-02-28"), ("2000-12", "2000-12-31"), ("1962", "1962-12-31"),
     ("P3D", None), ("2001-02-30", None), ("", None), ("9999-12", "9999-12-31")],
)  # fmt: skip
def test_the_last_day_of_a_date(value, day):
    assert last_day(value) == day


def test_conditions_are_cut_where_the_clause_ends_and_never_hold_their_own_act():
    text = "If it rains, the ferry will stop; unless paid, nobody moves."
    whole = Span(0, len(text))
    assert condition_of(text, whole, Span(text.index("stop"), text.index("stop") + 4)) == "If it rains"
    rains = Span(text.index("rains"), text.index("rains") + 5)
    assert condition_of(text, whole, rains) == "unless paid"


def test_hostile_text_is_read_in_bounded_time():
    text = "if " * 60000
    found = condition_of(text, Span(0, len(text)), Span(60000, 60002))
    assert found is None or len(found) < 300
    assert telling_words("\ud800 \x00 \u202e if") == frozenset()


def test_words_of_one_thing_count_as_one():
    assert telling_words("the quarantine") == telling_words("a blockade") != frozenset()


def test_likeness_wants_two_words_and_closeness_one():
    one, other = frozenset({"torpedo", "harbour"}), frozenset({"torpedo", "museum"})
    assert likeness(one, other).score == 0.0
    assert 0 < closeness(one, other).score < 1
    assert likeness(one, one).score == 1.0 and closeness(one, frozenset()).score == 0.0


def test_numbers_stay_with_what_items_are_made_of():
    numbers = Numbers()
    assert [numbers.give("F", ["a", "b"]), numbers.give("F", ["c"])] == ["F1", "F2"]
    again = Numbers(numbers.known)
    assert again.give("F", ["new", "b"]) == "F1"
    assert again.give("F", ["a"]) == "F3"  # what was one has become two: the id stays with the first
    assert again.give("D", ["a"]) == "D1"


def test_decisions_that_were_taken_back_do_not_stand_and_an_undo_can_be_undone():
    one = Decision("rename", "T1", "One", "", "Ada", "", "J1")
    two = Decision("undo", "J1", None, "", "Ada", "", "J2")
    three = Decision("undo", "J2", None, "", "Ada", "", "J3")
    assert standing([one]) == (one,) and standing([one, two]) == () and standing([one, two, three]) == (one,)
    assert values([one, Decision("rename", "T1", "Two", "", "Bo", "", "J4")], "rename") == {"T1": "Two"}
    assert edited([Decision("edit", "C1", "state = kept", "", "Ada", "", "J5")], "state") == {"C1": "kept"}


def test_whom_a_copy_quotes_is_no_further_source():
    first = Teller("2001-03-01", "Post").event("Norland shelled the town.", "shelled", "ASSAULT", item="E1", said_by="Kell Radio")
    copy = Teller("2001-03-01", "Herald", copy_of=first)
    copy.event("Norland shelled the town.", "shelled", "ASSAULT", item="E1", said_by="Radio in Kell")
    other = Teller("2001-03-02", "Echo").event("Norland shelled the town.", "shelled", "ASSAULT", item="E1", said_by="Osten")
    assert case_event(record(first, copy), "E1").independent_sources == 1
    assert case_event(record(first, copy, other), "E1").independent_sources == 2
