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


def test_one_report_that_gives_two_numbers_tells_of_two_things():
    day = Teller("2001-03-01", "Post")
    for sentence, words, count in (
        ("Bombs killed 12 people in the market.", "12", 12),
        ("Bombs killed 40 people in the harbour.", "40", 40),
    ):
        day.event(sentence, "killed", "ASSAULT", item="E1", figures=[(words, count, count, "killed")])
    case = record(day)
    assert disputes(case) == ()
    assert [len(s.claims) for s in figure_series(case)] == [1, 1]


def test_a_number_that_is_set_against_another_is_disputed_within_one_report():
    day = Teller("2001-03-01", "Post").figure("Camps hold 700 pilgrims without papers.", "700 pilgrims", 700, 700, "pilgrims")
    day.figure("The Harbour Board puts their number closer to 4,000.", "4,000", 4000, 4000, "pilgrims", by="Harbour Board")
    (dispute,) = disputes(record(day))
    assert (dispute.kind, [side.speakers for side in dispute.sides]) == ("figure", [(), ("A:Harbour Board",)])


@pytest.mark.parametrize(("kind", "series"), [("cholera", 1), ("measles", 2)])
def test_what_is_counted_is_told_by_what_stands_behind_the_noun(kind, series):
    one = Teller("2001-03-01").figure("Doctors count 150 cases of cholera.", "150 cases", 150, 150, "cases", unit="case")
    two = Teller("2001-03-04").figure(f"There were 303 cases of {kind} at Kell.", "303 cases", 303, 303, "cases", unit="case")
    assert len(figure_series(record(one, two))) == series


def test_a_higher_bound_of_the_same_source_is_a_revision():
    first = Teller("2001-03-01").figure("The camps shelter about 80,000 pilgrims.", "about 80,000 pilgrims", 80000, 80000, "pilgrims")
    later = Teller("2001-03-04").figure("Up to 100,000 pilgrims are in the camps.", "Up to 100,000 pilgrims", None, 100000, "pilgrims")
    for teller in (first, later):
        teller.event("Norland met Sudia.", "met", "CONSULT", by="Norland", to="Sudia")
    (series,) = (s for s in figure_series(record(first, later)) if s.of == "pilgrims")
    assert len(series.claims) == 2 and len(series.revisions) == 1


def test_large_numbers_of_two_stories_are_of_two_things():
    one = Teller("2001-03-01").figure("About 80,000 pilgrims crossed the northern pass.", "About 80,000 pilgrims", 80000, 80000, "pilgrims")
    two = Teller("2001-03-04").figure("Up to 100,000 pilgrims are in the camps.", "Up to 100,000 pilgrims", None, 100000, "pilgrims")
    assert len(figure_series(record(one, two))) == 2


def test_distances_without_what_they_measure_are_compared_with_nothing():
    one = Teller("2001-03-01").figure("Rebels stand 30 kilometres from Kell.", "30 kilometres", 30, 30, "", unit="kilometre")
    two = Teller("2001-03-01", "Herald").figure("Rebels stand 200 kilometres from Osten.", "200 kilometres", 200, 200, "", unit="kilometre")
    case = record(one, two)
    assert disputes(case) == () and len(figure_series(case)) == 2


def stranded(published, words, count, publisher="Daily Post"):
    sentence = f"Rescuers hope to reach {words} pilgrims behind the northern pass."
    return Teller(published, publisher).figure(sentence, words, count, count, "pilgrims")


def test_what_belongs_to_no_event_is_disputed_only_between_numbers_of_one_day():
    assert disputes(record(stranded("2001-03-01", "12", 12), stranded("2001-03-02", "7", 7, "Herald"))) == ()
    assert [d.kind for d in disputes(record(stranded("2001-03-01", "12", 12), stranded("2001-03-01", "7", 7, "Herald")))] == ["figure"]


def test_two_tolls_of_one_event_in_sentences_about_different_things_are_no_dispute():
    one = Teller("2001-03-01").event(
        "Mine accidents claimed 104 lives in a week, the safety board said.", "accidents", "ASSAULT", item="E1",
        figures=[("104", 104, 104, "killed")],
    )  # fmt: skip
    two = Teller("2001-03-01", "Herald").event(
        "The blast at the Kell colliery killed 41 diggers.", "blast", "ASSAULT", item="E1", figures=[("41", 41, 41, "killed")]
    )
    assert disputes(record(one, two)) == ()


def test_the_days_of_a_market_do_not_revise_each_other():
    one = Teller("2001-03-01").figure("Trading in Kell closed at 40 percent of the year.", "40 percent", 40, 40, "trading", unit="percent")
    two = Teller("2001-03-02").figure("Trading in Kell closed at 50 percent of the year.", "50 percent", 50, 50, "trading", unit="percent")
    (series,) = figure_series(record(one, two))
    assert len(series.claims) == 2 and series.revisions == ()


def test_a_target_that_is_set_is_no_rival_number():
    text = Teller("2001-03-01").figure("Trade reached 6 million crowns.", "6 million crowns", 6, 6, "trade", unit="crown")
    text.figure("The two states set the target of trade at 9 million crowns.", "9 million crowns", 9, 9, "trade", unit="crown")
    assert disputes(record(text)) == ()


def test_a_report_with_several_such_numbers_does_not_tell_which_one_another_means():
    one = stranded("2001-03-01", "12", 12).figure("Some 40 pilgrims are at the inn.", "40 pilgrims", 40, 40, "pilgrims")
    assert disputes(record(one, stranded("2001-03-01", "7", 7, "Herald"))) == ()
