"""Which mentions of acts are one: made-up reports of a river dispute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.case.linking.act_words import kin
from dragoman.case.linking.candidates import event_keys, event_questions
from dragoman.case.linking.cluster import Member, assign, ties
from dragoman.case.linking.rules import may_come_of, may_reverse, never_same
from dragoman.case.linking.score import score
from dragoman.case.linking.stems import stem
from dragoman.case.linking.views import EventView, event_views, interval
from dragoman.reading.entries import Actor, Event, Reading, When
from dragoman.text.report import Report, Span

MARCH = "Thousands of teachers marched through Velstad on {day} against the new school law. Police watched."
FIRE = "A fire destroyed the Halbrook ferry terminal at Velstad. The blaze broke out in the kitchen of the terminal, the port office said."
FIRE_AGAIN = "Velstad's Halbrook ferry terminal was gutted when a fire broke out in its kitchen. Nobody was hurt in the fire."


def view(text: str, trigger: str, published: str = "2031-05-04", report: str | None = None, **fields: object) -> EventView:
    """The view of one event whose trigger stands in the text; `fields` are those of the event, `who` and `whom` names."""
    at = text.index(trigger)
    who, whom = fields.pop("who", ()), fields.pop("whom", ())
    names = [*who, *whom]  # type: ignore[misc]
    actors = tuple(Actor(f"a{i}", name, "person", None, (), (), (Span(0, 1),)) for i, name in enumerate(names))
    ids = [actor.id for actor in actors]
    event = Event(
        "e1", "PROTEST", None, Span(at, at + len(trigger)), Span(0, len(text)), "occurred", (), None,
        tuple(ids[: len(who)]), tuple(ids[len(who) :]), None, None, (), (), None, 0.9,  # type: ignore[arg-type]
    )  # fmt: skip
    reading = Reading(Report(text + (report or ""), published=date.fromisoformat(published)), actors, events=(replace(event, **fields),))  # type: ignore[arg-type]
    return event_views(reading)[0]


def on(day: str) -> When:
    return When(day, day)


def test_one_fire_in_two_reports_is_one_act() -> None:
    one = view(FIRE, "fire", type="ASSAULT")
    two = view(FIRE_AGAIN, "fire", type="ASSAULT")
    assert event_keys(one) & event_questions(two)
    found = assign(two, [Member("E1", one)])
    assert found.item == "E1"
    assert found.to == one.place
    assert "word" in found.scored.why


def test_fires_of_two_towns_are_two_acts() -> None:
    one = view(FIRE, "fire", type="ASSAULT")
    other = view("A fire killed cattle on a farm near Dunmere. The farmer blamed a broken lamp.", "fire", type="ASSAULT")
    assert assign(other, [Member("E1", one)]).item is None


def test_two_days_of_a_daily_protest_stay_two() -> None:
    monday = view(MARCH.format(day="Monday"), "marched", "2031-05-05", when=on("2031-05-05"))
    tuesday = view(MARCH.format(day="Tuesday"), "marched", "2031-05-06", when=on("2031-05-06"))
    again = view(MARCH.format(day="Monday"), "marched", "2031-05-06", "Again.", when=on("2031-05-05"))
    assert "2031-05-06" in never_same(monday, tuesday)
    assert assign(tuesday, [Member("E1", monday)]).item is None
    assert assign(again, [Member("E1", monday), Member("E2", tuesday)]).item == "E1"


def test_an_item_that_holds_one_forbidden_member_is_closed() -> None:
    monday = view(MARCH.format(day="Monday"), "marched", when=on("2031-05-05"))
    undated = view(MARCH.format(day="the day"), "marched")
    tuesday = view(MARCH.format(day="Tuesday"), "marched", when=on("2031-05-06"))
    assert assign(tuesday, [Member("E1", undated), Member("E1", monday)]).item is None


@pytest.mark.parametrize("status", ["planned", "promised", "threatened", "demanded", "cancelled", "hypothetical"])
def test_what_is_only_to_come_is_no_fact_and_its_denial_no_plan(status: str) -> None:
    text = MARCH.format(day="Monday")
    fact, denied, plan = (
        view(text, "marched"),
        view(text, "marched", report="2", status="denied"),
        view(text, "marched", report="3", status=status),
    )
    assert never_same(fact, plan)
    assert never_same(denied, plan)
    assert not never_same(fact, denied), "who tells of it and who denies it speak of one act"


def test_words_of_two_speakers_are_two_acts() -> None:
    text = "The Dunmere council demanded a lower dam on the Orva."
    one = view(text, "demanded", type="REQUEST", who=("Dunmere",))
    two = view(text, "demanded", report="2", type="REQUEST", who=("Velstad",))
    assert never_same(one, two) == "words of two speakers"


def test_who_attacks_whom_is_not_turned_round() -> None:
    text = "Gunboats shelled the harbour."
    one = view(text, "shelled", type="ASSAULT", who=("Dunmere",), whom=("Velstad",))
    two = view(text, "shelled", report="2", type="ASSAULT", who=("Velstad",), whom=("Dunmere",))
    assert never_same(one, two)


def test_what_was_promised_is_linked_to_what_came_of_it() -> None:
    plan = view(
        "Minister Ada Holm will visit Velstad to talk about the Orva dam.", "visit", type="CONSULT", status="planned", who=("Ada Holm",)
    )
    visit = view("Minister Ada Holm visited Velstad and saw the Orva dam.", "visited", "2031-05-20", type="CONSULT", who=("Ada Holm",))
    assert may_come_of(visit, plan)
    assert not may_come_of(plan, visit)
    assert [(tie.kind, tie.item) for tie in ties(visit, [Member("E1", plan)])] == [("came_of", "E1")]
    assert event_questions(visit) & event_keys(plan), "a plan waits without a limit of time"


def test_nothing_comes_of_a_plan_that_is_made_later() -> None:
    plan = view("Ada Holm will visit Velstad.", "visit", "2031-05-20", type="CONSULT", status="planned")
    visit = view("Ada Holm visited Velstad.", "visited", "2031-05-04", type="CONSULT", when=on("2031-05-02"))
    assert not may_come_of(visit, plan)


def test_who_is_arrested_and_released_and_a_visit_called_off() -> None:
    arrest = view("Police arrested Per Lund.", "arrested", type="COERCE", mode="arrest", whom=("Per Lund",))
    release = view("Per Lund was released.", "released", "2031-05-09", type="RETREAT", mode="release", whom=("Per Lund",))
    other = view("Siv Aas was released.", "released", "2031-05-09", type="RETREAT", mode="release", whom=("Siv Aas",))
    assert may_reverse(release, arrest)
    assert not may_reverse(other, arrest)
    assert not may_reverse(arrest, release)
    plan = view("Holm will visit Velstad.", "visit", type="CONSULT", status="planned")
    off = view("Holm's visit to Velstad was called off.", "visit", "2031-05-08", type="CONSULT", status="cancelled")
    assert may_reverse(off, plan)


def test_a_score_gives_its_reasons() -> None:
    one = view(FIRE, "fire", when=on("2031-05-04"))
    two = view(FIRE_AGAIN, "fire", when=on("2031-05-01"))
    scored = score(one, two)
    assert 0 < scored.score < 1
    assert "but different days" in scored.why


@pytest.mark.parametrize(
    ("one", "other"), [("resigned", "resignation"), ("attacks", "attacked"), ("denied", "denial"), ("evacuated", "evacuation")]
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_kindred_words() -> None:
    assert kin(stem("explosion"), stem("exploded")) == 1.0
    assert kin(stem("arrest"), stem("detain")) > 0.5
    assert kin(stem("visit"), stem("bomb")) == 0.0
    assert kin("fire", "fire") == 0.0


@pytest.mark.parametrize(
    ("value", "days"),
    [
        (When("2031-05", "2031-05"), ("2031-05-01", "2031-05-31")),
        (When("2031-W03", "2031-W03"), ("2031-01-13", "2031-01-19")),
        (When("2031", "2031"), ("2031-01-01", "2031-12-31")),
        (When("soon", "soon"), (None, None)),
        (None, (None, None)),
    ],
)
def test_times_of_all_kinds_become_days(value: When | None, days: tuple[str | None, str | None]) -> None:
    assert interval(value) == days


def test_hostile_text_is_read_within_bounds() -> None:
    text = "march " + "a" * 50_000 + " \u202e\ud800 " + "-'" * 5_000
    assert view(text, "march").root == "march"
