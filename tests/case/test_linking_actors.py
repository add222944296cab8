"""Who is who across reports: made-up people and bodies."""

from __future__ import annotations

import pytest

from dragoman.case.judgements import Place
from dragoman.case.linking.actors import ActorMember, actor_keys, assign_actor, assign_actors, score_actors
from dragoman.case.linking.names import same_body_names, same_person_names
from dragoman.case.linking.views import ActorView
from dragoman.reading.entries import Kind


def actor(
    *names: str,
    kind: Kind = "person",
    country: str | None = "NOR",
    titles: tuple[str, ...] = (),
    day: str = "2031-05-04",
    report: str = "r1",
) -> ActorView:
    return ActorView(Place(report, f"a{len(names)}"), (*names, *titles)[0], names, frozenset(titles), kind, country, frozenset(), day)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Andrei Krushchin", "Andrey Khruschin"),  # transliteration
        ("Muammar Qadhari", "Moammar Gaddari"),
        ("Ana Lindqvist", "Ana Lindquist"),  # spelling
        ("Per J. Lund", "Per Lund"),
        ("former harbour secretary Per Lund", "Per Lund"),
        ("President Ana Holm", "Ana Holm"),
        ("José Ibarra", "Jose Ibarra"),
    ],
)
def test_variants_of_one_name_fit(one: str, other: str) -> None:
    assert same_person_names(one, other) >= 0.7


@pytest.mark.parametrize(("one", "other"), [("Ana Holm", "Per Holm"), ("Ana Holm", "Ana Lund"), ("Li Peng", "Lin Biao"), ("Holm", "Lund")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert same_person_names(one, other) == 0.0


def test_bodies_by_acronym_spelling_and_short_name() -> None:
    assert same_body_names("OHW", "Orva Harbour Workers") >= 0.85
    assert same_body_names("Orva Labour Organization", "Orva Labour Organisation") >= 0.85
    assert same_body_names("Study Group", "Orva Study Group") > 0.5
    assert same_body_names("Orva Bank", "Orva Union") == 0.0


def test_a_surname_alone_joins_the_one_bearer() -> None:
    holm = ActorMember("A1", actor("Ana Holm"))
    assert assign_actor(actor("Holm", report="r2"), [holm]).item == "A1"


def test_two_people_of_one_surname_are_kept_apart() -> None:
    members = [ActorMember("A1", actor("Ana Holm")), ActorMember("A2", actor("Per Holm"))]
    assert assign_actor(actor("Per Holm", report="r2"), members).item == "A2"
    assert assign_actor(actor("Siv Holm", report="r2"), members).item is None
    assert assign_actor(actor("Holm", report="r2"), members).item is None, "nobody can tell which"
    assert assign_actor(actor("Holm", report="r2", country="SWE"), members).item is None


def test_an_office_tells_which_of_two_it_is() -> None:
    members = [ActorMember("A1", actor("Ana Holm", titles=("prime minister",))), ActorMember("A2", actor("Per Holm", country=None))]
    assert assign_actor(actor("Holm", titles=("prime minister",), report="r2"), members).item == "A1"


def test_an_office_changes_hands() -> None:
    first = ActorMember("A1", actor("Ana Holm", titles=("prime minister",), day="2031-01-04"))
    second = ActorMember("A2", actor("Per Lund", titles=("prime minister",), day="2031-03-09"))
    unnamed = actor(titles=("prime minister",), report="r3", day="2031-03-12")
    assert assign_actor(unnamed, [first, second]).item == "A2"
    assert assign_actor(actor(titles=("former prime minister",), report="r3"), [first, second]).item is None
    assert assign_actor(actor(titles=("prime minister",), report="r3", day="2033-03-12"), [first, second]).item is None


def test_an_office_of_many_is_no_office() -> None:
    member = ActorMember("A1", actor("Ana Holm", titles=("minister",)))
    assert assign_actor(actor(titles=("minister",), report="r2"), [member]).item is None


def test_states_are_known_by_their_code_and_country_and_government_are_one() -> None:
    one, two = actor("Norway", kind="country"), actor("Oslo", kind="government", report="r2")
    assert actor_keys(one) == actor_keys(two)
    assert score_actors(one, two).score > 0.9
    assert score_actors(one, actor("Sweden", kind="country", country="SWE")).score == 0.0


def test_unnamed_people_are_others_each_time() -> None:
    three = actor(kind="group", titles=("three guards",))
    assert not actor_keys(three)
    assert assign_actor(three, [ActorMember("A1", three)]).item is None


def test_two_actors_of_one_report_do_not_join_one_item() -> None:
    member = ActorMember("A1", actor("Ana Holm"))
    found = assign_actors([actor("Holm", report="r2"), actor("Ana Holm", report="r2")], lambda view: [member])
    assert [a.item for a in found] == [None, "A1"]
