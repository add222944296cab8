"""What a store keeps of what follows from a case, and the questions that go over all of it, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.case.judgements import Decision, Place
from dragoman.case.query import Filters
from dragoman.case.store.base import FollowRow, Store
from tests.case.store.made_up_case import NOON, actor, small_case

ROWS = [
    FollowRow("T1", "thread", None, "2026-03-03", 4, '{"a": 1}'),
    FollowRow("T2", "thread", None, "2026-03-01", 9, "{}"),
    FollowRow("T10", "thread", None, "", 4, "{}"),
    FollowRow("C1", "commitment", "E2", "2026-03-02", 0, "{}"),
    FollowRow("F1", "figure", "E2", "2026-03-01", 1, "{}"),
]


@pytest.fixture
def kept(store: Store) -> Store:
    """A store that holds ROWS."""
    with store.transaction():
        store.follows().put(ROWS)
    return store


def test_what_follows_is_listed_by_number_size_and_day(kept: Store) -> None:
    follows = kept.follows()
    assert follows.rows("thread") == ROWS[:3]
    assert [row.item for row in follows.rows("thread", order="size")] == ["T2", "T1", "T10"]
    assert [row.item for row in follows.rows("thread", order="day")] == ["T10", "T2", "T1"]
    assert [row.item for row in follows.rows("thread", order="size", limit=1, offset=1)] == ["T1"]
    assert follows.heads("commitment") == [("C1", "E2")]


def test_of_a_day_are_those_that_there_were(kept: Store) -> None:
    follows = kept.follows()
    assert [row.item for row in follows.rows("thread", "2026-03-02")] == ["T2"]
    assert follows.heads("thread", "2026-03-03", order="size") == [("T2", None), ("T1", None)]
    assert follows.heads("commitment", "2026-03-01") == []
    assert follows.heads("thread", order="size", least=5) == [("T2", None)]


def test_what_follows_is_found_by_id_and_by_event_replaced_and_dropped(kept: Store) -> None:
    follows = kept.follows()
    assert follows.of(["T2", "T9", "T1", "T2"]) == [ROWS[1], ROWS[0]]
    assert [row.item for row in follows.about(["E2", "E1"])] == ["C1", "F1"]
    with kept.transaction():
        follows.put([ROWS[0]._replace(size=12)])
        follows.drop(["T2", "T99"])
    assert [(row.item, row.size) for row in follows.rows("thread", order="size")] == [("T1", 12), ("T10", 4)]
    with pytest.raises(ValueError, match="within"):
        follows.drop(["T1"])


def test_what_is_kept_is_read_in_one_go(kept: Store) -> None:
    follows = kept.follows()
    assert sorted(follows.jsons("thread")) == [("T1", '{"a": 1}'), ("T10", "{}"), ("T2", "{}")]
    assert follows.jsons("thread", ["T1", "C1", "T9"]) == [("T1", '{"a": 1}')]
    assert follows.jsons("thread", []) == follows.jsons("actor") == []


def test_the_stamp_changes_with_decisions_and_newer_readings(store: Store) -> None:
    first, *_ = small_case(store)
    stamps = [store.follows().stamp()]
    with store.transaction():
        store.put_reading(first, "{}", by="m", at=NOON)
    stamps.append(store.follows().stamp())
    with store.transaction():
        store.put_decision(Decision("reject", "A1", None, "", "Ada", NOON))
    stamps.append(store.follows().stamp())
    assert len(set(stamps)) == 3


def test_places_and_names_of_items_up_to_a_day(store: Store) -> None:
    first, second, third, _ = small_case(store)
    day = Filters(as_of="2026-03-03")
    assert store.places_of(["A1", "A9"], day) == {"A1": [Place(first, "a1"), Place(second, "a1")], "A9": []}
    assert [place.report for place in store.places_of(["A1"])["A1"]] == [first, second, third]
    assert store.names_of(["A1", "A9"], day) == {"A1": {"the Rebels of Varn": 1, "rebels": 1}, "A9": {}}
    assert list(store.names_of(["A2"])["A2"].items()) == [("Ministère", 1), ("the Ministry", 1)]


def test_items_are_called_by_the_words_of_their_names(store: Store) -> None:
    small_case(store)
    with store.transaction():
        first = store.report_rows()[0].id
        store.put_item(replace(store.item_rows(["A1"])["A1"], id="A7", name="Rebels of the East"))
        store.put_item(replace(store.item_rows(["A1"])["A1"], id="A8", name="Rebels of the West"))
        store.put_entries(first, [actor(Place(first, "a8"), "A8", "West")])
    assert [row.id for row in store.called("actor", ["rebels"])] == ["A1", "A8"]  # nobody is called A7 any more
    assert [row.id for row in store.called("actor", ["rebels", "west"])] == ["A8"]
    assert [row.id for row in store.called("actor", ["rebels"], limit=1)] == ["A1"]
    assert store.called("actor", ["reb"]) == store.called("actor", []) == []
    assert [row.id for row in store.called("thread", ["port"])] == ["T1"]


def test_where_an_actor_speaks(store: Store) -> None:
    _, second, third, _ = small_case(store)
    assert store.spoken("figure", "A2") == [Place(second, "f1")]
    assert store.spoken("event", "A2") == [Place(third, "e2")]
    assert store.spoken("figure", "A1") == []


def test_the_last_report_by_day_and_by_number(store: Store) -> None:
    assert (store.last_day(), store.last_number()) == ("", 0)
    small_case(store)
    assert (store.last_day(), store.last_number()) == ("2026-03-05", 4)


def test_entries_without_their_roles(store: Store) -> None:
    _, second, *_ = small_case(store)
    place = Place(second, "e1")
    assert store.entries([place])[place].roles == (("initiator", "a1"),)
    assert store.entries([place], roles=False)[place] == replace(store.entries([place])[place], roles=())


def test_the_ids_of_what_passes_are_those_of_the_listing(store: Store) -> None:
    small_case(store)
    for filters in (Filters(), Filters(as_of="2026-03-03"), Filters(type="RETREAT"), Filters(actor="A2"), Filters(since="2026-03-04")):
        assert store.passing("event", filters) == {line.item.id for line in store.items("event", filters)}
    assert store.passing("actor") == {"A1", "A2"}
