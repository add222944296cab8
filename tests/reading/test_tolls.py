"""How many an event killed, wounded, arrested, and how many took part."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from dragoman.reading.entries import Event, EventType, Figure
from dragoman.reading.rows import events_frame
from dragoman.reading.tolls import tolls_of
from dragoman.text.report import Span
from tests.reading.made_up import by_hand

TEXT = "Rebels killed 10 soldiers and two drivers, three of them boys, and wounded at least 30."


def figure(number: int, phrase: str, low: float | None, high: float | None, of: str | None, unit: str = "person") -> Figure:
    start = TEXT.index(phrase)
    return Figure(f"f{number}", start, start + len(phrase), low, high, unit, of, False)


def event(kind: EventType, *figures: str, mode: str | None = None) -> Event:
    sentence = Span(0, len(TEXT))
    return Event("e1", kind, mode, Span(7, 13), sentence, "occurred", (), None, (), (), None, None, (), figures, kind, 0.9)


SOLDIERS = figure(1, "10 soldiers", 10, 10, "soldiers killed")
DRIVERS = figure(2, "two drivers", 2, 2, "drivers killed")
BOYS = figure(3, "three of them boys", 3, 3, "boys killed")
HURT = figure(4, "at least 30", 30, None, "wounded")
KNOWN = {each.id: each for each in (SOLDIERS, DRIVERS, BOYS, HURT)}


def test_joined_parts_are_added_and_a_part_told_apart_is_not() -> None:
    tolls = tolls_of(event("ASSAULT", *KNOWN), KNOWN, TEXT)
    assert (tolls.dead, tolls.injured) == (12, 30)
    assert math.isnan(tolls.arrested) and math.isnan(tolls.size)


@pytest.mark.parametrize(
    ("kind", "mode", "of", "column"),
    [
        ("COERCE", "arrest", "students", "arrested"),
        ("COERCE", "arrest", "students detained", "arrested"),
        ("PROTEST", None, "farmers", "size"),
        ("PROTEST", None, "farmers hurt", "injured"),
        ("MOBILIZE", None, "troops", "size"),
        ("RETREAT", "withdraw", "troops", "size"),
        ("ASSAULT", None, "died", "dead"),
    ],
)
def test_the_kind_follows_from_what_befell_them_or_from_the_act(kind: EventType, mode: str | None, of: str, column: str) -> None:
    people = figure(1, "10 soldiers", None, 20, of)
    tolls = tolls_of(event(kind, "f1", mode=mode), {"f1": people}, TEXT)
    assert getattr(tolls, column) == 20
    assert sum(not math.isnan(each) for each in tolls) == 1


def test_what_counts_no_people_or_is_of_no_such_act_gives_nothing() -> None:
    money = figure(1, "10 soldiers", 10, 10, "killed", unit="USD")
    assert all(map(math.isnan, tolls_of(event("ASSAULT", "f1", "f9"), {"f1": money}, TEXT)))
    slain = figure(1, "10 soldiers", 10, 10, "soldiers killed")
    assert all(map(math.isnan, tolls_of(event("ACCUSE", "f1"), {"f1": slain}, TEXT)))
    guests = figure(1, "10 soldiers", 10, 10, "guests")
    assert all(map(math.isnan, tolls_of(event("CONSULT", "f1"), {"f1": guests}, TEXT)))


def test_nobody_was_hurt_is_told_as_zero_and_a_huge_number_makes_no_error() -> None:
    nobody = figure(1, "10 soldiers", 0, 0, "killed")
    assert tolls_of(event("ASSAULT", "f1"), {"f1": nobody}, TEXT).dead == 0
    assert tolls_of(event("ASSAULT", "f1"), {"f1": replace(nobody, low=10**400, high=None)}, TEXT).dead == math.inf


def test_the_rows_of_events_carry_them() -> None:
    reading = by_hand()
    crew = Figure("f1", *reading.events[0].trigger, 7, 7, "person", "sailors detained", False)
    first, second = events_frame(replace(reading, figures=(crew, reading.figures[1])))
    assert first["arrested"] == 7.0
    assert math.isnan(float(first["dead"])) and math.isnan(float(second["arrested"]))
