"""Acts that undo or call off an act told before: made-up sentences with hand-made trees."""

from __future__ import annotations

from dragoman.reading.entries import Event
from dragoman.reading.events.acts import find_acts
from dragoman.reading.events.builder import read_events
from dragoman.reading.events.reversals import reversals
from tests.reading.act_trees import cast, tree

FIN = "Tense=Past VerbForm=Fin"
PART = "VerbForm=Part Tense=Past"
ARREST = f"Kora PROPN nsubj 2 | arrested:arrest VERB root 0 {FIN} | two NUM nummod 4 | sailors:sailor NOUN obj 2"
PLAN = (
    "Kora PROPN nsubj 3 | will AUX aux 3 | hold VERB root 0 VerbForm=Inf | talks:talk NOUN obj 3 Number=Plur | "
    "with ADP case 6 | Velmar PROPN nmod 4"
)
OFF = (
    f"Kora PROPN nsubj 3 | has:have AUX aux 3 | cancelled:cancel VERB root 0 {PART} | the DET det 5 | "
    "talks:talk NOUN obj 3 Number=Plur | with ADP case 7 | Velmar PROPN nmod 5"
)


def events(*sentences: str) -> list[Event]:
    annotations = tree(*sentences)
    actors = cast(annotations, {"Kora": "country", "Velmar": "country", "sailors": "group"})
    found = read_events(annotations, actors, [], [], [])
    acts = find_acts(annotations, actors)
    assert len(acts) == len(found), "each act of these sentences is one event"
    return reversals(annotations, acts, found)


def test_a_release_reverses_the_arrest_of_the_same_people() -> None:
    arrest, release = events(ARREST, f"Kora PROPN nsubj 2 | freed:free VERB root 0 {FIN} | sailors:sailor NOUN obj 2")
    assert (arrest.reverses, release.reverses) == (None, arrest.id)


def test_what_is_called_off_reverses_the_plan_and_is_no_second_mention_of_it() -> None:
    plan, off = events(PLAN, OFF)
    assert (plan.status, off.status) == ("planned", "cancelled")
    assert (off.reverses, off.same_as) == (plan.id, None)


def test_a_plan_told_twice_and_called_off_is_no_third_mention_of_the_plan() -> None:
    annotations = tree(PLAN, PLAN, OFF)
    actors = cast(annotations, {"Kora": "country", "Velmar": "country"})
    plan, again, off = read_events(annotations, actors, [], [], [])
    assert (plan.same_as, again.same_as) == (None, plan.id)
    assert (off.status, off.reverses, off.same_as) == ("cancelled", again.id, None)


def test_a_second_plan_reverses_nothing() -> None:
    assert [e.reverses for e in events(PLAN, PLAN)] == [None, None]
