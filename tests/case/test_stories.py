"""Which reports are about one story: made-up lists of words."""

from __future__ import annotations

from dragoman.case.linking.stories import story_groups
from dragoman.case.linking.views import Weights, about_of, unit


def about(*words: str) -> Weights:
    return unit(dict.fromkeys(words, 1.0))


def test_reports_of_two_stories_are_two_groups_in_the_order_of_their_first_reports() -> None:
    fire = [about("harbour", "fire", "crane", f"smoke{i % 2}") for i in range(4)]
    vote = [about("vote", "council", "mayor", f"ballot{i % 2}") for i in range(4)]
    mixed = [report for pair in zip(fire, vote, strict=True) for report in pair]
    assert story_groups(mixed) == [0, 1] * 4


def test_two_trials_of_one_kind_stay_two_though_they_share_many_words() -> None:
    kind = ("trial", "judge", "jury")
    one = [about(*kind, "holm", "velstad", "ferry", "bribe") for _ in range(6)]
    other = [about(*kind, "lund", "dunmere", "bank", "forgery") for _ in range(6)]
    assert story_groups(one + other) == [0] * 6 + [1] * 6


def test_nothing_and_empty_reports() -> None:
    assert story_groups([]) == []
    assert story_groups([about()]) == [0]
    assert story_groups([about(), about()]) == [0, 1]


def test_what_a_report_is_about_is_its_rare_words() -> None:
    found = about_of("The Halbrook ferry sank off Velstad, the coast guard said.", "Ferry sinks")
    assert max(found, key=lambda s: found[s]) in {"halbrook", "velstad", "ferri"}
    assert "the" not in found
    assert about_of("") == {}


def test_of_the_news_two_reports_that_share_one_word_are_two_stories() -> None:
    told = [
        unit({"vietnam": 3.0, "river": 1.0, "flood": 1.0}),
        unit({"vietnam": 3.0, "shares": 1.0, "rose": 1.0}),
        unit({"vietnam": 2.0, "river": 1.0, "flood": 1.0, "dam": 1.0}),
    ]
    assert story_groups(told) == [0, 0, 0]
    assert story_groups(told, in_topics=False) == [0, 1, 0]
