"""Figures as series: what is one measured thing, which values contradict, which revise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.case.disputes import disputes
from dragoman.case.figures import figure_series, range_of
from tests.case.made_case import Teller, record


def raid(published, publisher, words, low, high, of="killed", said_by=""):
    """A report of one raid (always the same event) with one figure."""
    sentence = f"In the raid on the depot {words} people were {of}."
    return Teller(published, publisher).event(
        sentence, "raid", "ASSAULT", item="E1", said_by=said_by, figures=[(words, low, high, of)], to="Depot Guard"
    )


def kinds(case):
    return [(d.kind, [side.position for side in d.sides]) for d in disputes(case)]


def test_one_measured_thing_is_one_series_with_all_its_claims():
    case = record(raid("2001-03-01", "Post", "12", 12, 12), raid("2001-03-02", "Herald", "15", 15, 15))
    (series,) = figure_series(case)
    assert (series.id, series.of, series.about, series.unit) == ("F1", "killed", "E1", "person")
    assert [(c.low, c.said) for c in series.claims] == [(12, "2001-03-01"), (15, "2001-03-02")]


def test_two_papers_of_one_day_that_give_different_numbers_are_in_dispute():
    case = record(raid("2001-03-01", "Post", "12", 12, 12), raid("2001-03-01", "Herald", "40", 40, 40))
    assert kinds(case) == [("figure", ["12 people (killed)", "40 people (killed)"])]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(12, None, "at least 12"), (None, 40, "up to 40"), (10, 20, "10 to 20"), (14, 14, "about 14"), (15, 15, "15")],
)
def test_bounds_and_ranges_that_hold_the_other_value_are_no_dispute(low, high, words):
    case = record(raid("2001-03-01", "Post", words, low, high), raid("2001-03-01", "Herald", "15", 15, 15))
    assert disputes(case) == ()


def test_at_least_twenty_contradicts_twelve():
    case = record(raid("2001-03-02", "Post", "at least 20", 20, None), raid("2001-03-02", "Herald", "12", 12, 12))
    assert [d.kind for d in disputes(case)] == ["figure"]


def test_the_same_source_with_a_later_number_revises():
    case = record(raid("2001-03-01", "Post", "12", 12, 12), raid("2001-03-02", "Post", "15", 15, 15))
    (series,) = figure_series(case)
    assert disputes(case) == ()
    assert [(r.source, r.before.entry, r.after.entry) for r in series.revisions] == [("Post", "f1", "f1")]
    assert series.revisions[0].before.report != series.revisions[0].after.report


def test_a_later_lower_number_of_the_same_source_revises_too():
    case = record(raid("2001-03-01", "Post", "15", 15, 15), raid("2001-03-02", "Post", "12", 12, 12))
    assert disputes(case) == () and len(figure_series(case)[0].revisions) == 1


def test_a_toll_that_another_paper_gives_higher_a_day_later_has_grown():
    case = record(raid("2001-03-01", "Post", "12", 12, 12), raid("2001-03-02", "Herald", "18", 18, 18))
    assert disputes(case) == ()


def test_a_toll_that_another_paper_gives_lower_a_day_later_is_disputed():
    case = record(raid("2001-03-01", "Post", "18", 18, 18), raid("2001-03-02", "Herald", "12", 12, 12))
    assert [d.kind for d in disputes(case)] == ["figure"]


def test_two_who_speak_for_themselves_and_are_far_apart_are_in_dispute_on_any_day():
    case = record(
        raid("2001-03-01", "Post", "12", 12, 12, said_by="President Ilva"),
        raid("2001-03-03", "Post", "200", 200, 200, said_by="Depot Guard"),
    )
    (dispute,) = disputes(case)
    assert [side.speakers for side in dispute.sides] == [("A:President Ilva",), ("A:Depot Guard",)]
    assert "President Ilva" in dispute.summary and "200" in dispute.summary


def test_a_minister_and_a_general_of_one_state_are_one_source():
    case = record(
        raid("2001-03-01", "Post", "12", 12, 12, said_by="President Ilva"),
        raid("2001-03-02", "Herald", "15", 15, 15, said_by="General Oro"),
    )
    assert disputes(case) == () and len(figure_series(case)[0].revisions) == 1


def test_a_copy_says_nothing_of_its_own():
    first = raid("2001-03-01", "Post", "12", 12, 12)
    copy = Teller("2001-03-01", "Echo", copy_of=first)
    copy.event(
        "In the raid on the depot 13 people were killed.",
        "raid",
        "ASSAULT",
        item="E1",
        figures=[("13", 13, 13, "killed")],
        to="Depot Guard",
    )
    assert [d.kind for d in disputes(record(first, copy))] == []


def test_some_of_the_dead_are_no_other_count_of_them():
    case = record(raid("2001-03-01", "Post", "12", 12, 12), raid("2001-03-01", "Herald", "3", 3, 3, of="officers killed"))
    assert disputes(case) == ()


def test_parts_of_a_whole_and_others_besides_are_no_claims_about_the_whole():
    first = Teller("2001-03-01").event(
        "13 of the 30 men were released.", "released", "RETREAT", item="E2",
        figures=[("13 of the 30 men", 13, 13, "men"), ("30 men", 30, 30, "men")],
    )  # fmt: skip
    second = Teller("2001-03-01", "Herald").event(
        "17 of the 30 men were released.", "released", "RETREAT", item="E2",
        figures=[("17 of the 30 men", 17, 17, "men"), ("30 men", 30, 30, "men")],
    )  # fmt: skip
    case = record(first, second)
    assert disputes(case) == ()
    assert sorted(len(s.claims) for s in figure_series(case)) == [2, 2]


def test_figures_without_an_event_join_by_what_their_sentences_are_about():
    one = Teller("2001-03-01").figure("The harbour held 42 torpedoes behind its nets.", "42 torpedoes", 42, 42, "torpedoes", unit="torpedo")
    two = Teller("2001-03-02").figure(
        "Divers found 42 torpedoes behind the nets of the harbour.", "42 torpedoes", 42, 42, "torpedoes", unit="torpedo"
    )
    far = Teller("2001-03-02", "Herald").figure(
        "A museum in the mountains bought 3 torpedoes for its cellar.", "3 torpedoes", 3, 3, "torpedoes", unit="torpedo"
    )
    assert [len(s.claims) for s in figure_series(record(one, two, far))] == [2, 1]


def test_round_and_approximate_numbers_have_room():
    (mention,) = raid("2001-03-01", "Post", "14,000", 14000, 14000).mentions().figures
    (about,) = raid("2001-03-01", "Post", "about 90", 90, 90).mentions().figures
    assert range_of(mention).low < 13900 < 14200 < range_of(mention).high
    assert range_of(about).low < 80 < 100 < range_of(about).high


@given(st.permutations(range(5)), st.lists(st.integers(1, 60), min_size=5, max_size=5))
def test_the_order_of_adding_changes_no_dispute(order, counts):
    tellers = [raid(f"2001-03-0{n % 2 + 1}", f"Paper {n}", str(count), count, count) for n, count in enumerate(counts)]
    assert disputes(record(*(tellers[n] for n in order))) == disputes(record(*tellers))


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 99)), min_size=1, max_size=8))
def test_a_day_never_takes_a_claim_away(told):
    case = record(*(raid(f"2001-03-0{day}", f"Paper {n}", str(count), count, count) for n, (day, count) in enumerate(told)))
    before: set = set()
    for day in range(1, 10):
        claims = {(s.id, c) for s in figure_series(case.until(f"2001-03-0{day}")) for c in s.claims}
        assert before <= claims
        before = claims
