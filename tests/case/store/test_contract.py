"""What every store does, whichever database keeps the case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.case.judgements import Decision, Link, Place
from dragoman.case.query import Filters
from dragoman.case.store.base import EntryRow, ItemRow, ReportRow, Store
from dragoman.case.store.opening import open_store
from dragoman.case.store.unjudged_terms import Narrow
from dragoman.errors import StoreError
from tests.case.store.made_up_case import NOON, actor, add, event, identity, small_case

LATE = "2026-03-02T08:00:00Z"


def ids(store: Store, kind: str, filters: Filters | None = None, **more: object) -> list[str]:
    """The ids of a listing."""
    return [line.item.id for line in store.items(kind, filters or Filters(), **more)]  # type: ignore[arg-type]


def test_a_report_comes_back_as_it_was_added_and_only_once(store: Store) -> None:
    row = ReportRow(identity("Grüße"), "2026-03-01", "T", "P", "https://example.org/", "7", "en", NOON, signature=b"\x00\xff")
    with store.transaction():
        row = replace(row, blob=store.put_blob(b"\x00raw bytes"))
        assert store.put_report(row, "Grüße") is True
        assert store.put_report(replace(row, title="Other"), "Grüße") is False
    assert store.reports([row.id, "0" * 64]) == {row.id: replace(row, number=1)}
    assert store.text(row.id) == "Grüße" and store.text("0" * 64) is None
    assert store.blob(str(row.blob)) == b"\x00raw bytes" and store.blob("0") is None


@pytest.mark.parametrize(
    "text",
    ["", "a\x00b", "\ud800 alone", "\U0001f600 " * 3, "x" * 300_000, "e\u0301te\u0301"],
    ids=["empty", "zero byte", "lone surrogate", "emoji", "one long word", "accents apart"],
)
def test_any_text_comes_back_character_for_character(store: Store, text: str) -> None:
    with store.transaction():
        report = add(store, text, title=text[:40])
        store.put_reading(report, '{"t": "\\u0000"}', by="m", at=NOON)
        store.put_entries(report, [actor(Place(report, "a1"), None, text[:40])])
    assert store.text(report) == text
    assert store.reading_json(report) == '{"t": "\\u0000"}'
    shown = store.entries([Place(report, "a1")])[Place(report, "a1")].name
    assert shown is not None and len(shown) == len(text[:40])


def test_reports_are_listed_by_day_then_as_added(store: Store) -> None:
    with store.transaction():
        added = [add(store, f"report {day} {number}", day) for number, day in enumerate(["2026-03-02", "", "2026-03-01", "2026-03-02"])]
    assert [row.id for row in store.report_rows()] == [added[1], added[2], added[0], added[3]]
    assert [row.id for row in store.report_rows(limit=2, offset=1)] == [added[2], added[0]]
    assert [row.id for row in store.report_rows(after=2)] == [added[2], added[3]]
    assert [row.id for row in store.report_rows(Filters(as_of="2026-03-01"))] == [added[2]]
    assert store.count_reports(Filters(since="2026-03-02")) == 2


def test_reports_are_found_by_what_stands_in_them(store: Store) -> None:
    first, second, third, undated = small_case(store)

    def found(**fields: str) -> list[str]:
        return [row.id for row in store.report_rows(Filters(**fields))]  # type: ignore[arg-type]

    assert found(actor="A2") == [second, third]
    assert found(thread="T1") == [undated, first, second, third]
    assert found(type="RETREAT", status="promised") == [second]
    assert found(type="RETREAT", status="promised", as_of="2026-03-02") == []


def test_copies_point_at_the_earlier_report(store: Store) -> None:
    with store.transaction():
        first, second = add(store, "one"), add(store, "one again")
        store.set_same_text(second, first)
    assert store.reports([second])[second].same_text_as == first
    with store.transaction():
        store.set_same_text(second, None)
    assert store.reports([second])[second].same_text_as is None


def test_readings_are_never_overwritten_and_the_last_one_holds(store: Store) -> None:
    with store.transaction():
        first, second = add(store, "one"), add(store, "two")
        store.put_reading(first, "old", by="model 1", at=NOON)
        store.put_reading(first, "new", by="model 2", at=LATE)
        store.put_reading(second, "other", by="model 1", at=NOON)
    assert store.reading_json(first) == "new"
    assert list(store.reading_jsons([second, "none", first])) == [(second, "other"), (first, "new")]


def test_a_reading_that_says_the_same_is_kept_once_with_who_read_last(store: Store) -> None:
    with store.transaction():
        report = add(store, "one")
        store.put_reading(report, "old", by="model 1", at=NOON)
        for model in ("model 2", "model 3"):
            store.put_reading(report, "new", by=model, at=LATE)
    assert [(kept.json, kept.by) for kept in store.whole().readings(report)] == [("old", "model 1"), ("new", "model 3")]


def test_a_link_that_was_superseded_holds_again(store: Store) -> None:
    with store.transaction():
        report, other = add(store, "one"), add(store, "two")
        link = store.put_link(Link("same_event", Place(report, "e1"), Place(other, "e1"), 0.5, "", at=NOON))
        store.supersede(link, LATE)
    assert store.links() == []
    with store.transaction():
        store.reinstate(link)
    assert [kept.link.id for kept in store.links()] == [link]


def test_entries_come_back_with_their_roles(store: Store) -> None:
    with store.transaction():
        report = add(store, "one")
        rows = [actor(Place(report, "a1"), None, "X"), event(Place(report, "e2"), None, initiator="a1", recipient="a1")]
        rows.append(event(Place(report, "e10"), None))
        store.put_entries(report, rows)
    found = store.entries([Place(report)])
    assert list(found) == [Place(report, "a1"), Place(report, "e2"), Place(report, "e10")]
    assert found[Place(report, "e2")] == replace(rows[1], published="2026-03-01")
    with store.transaction():
        store.put_entries(report, [event(Place(report, "e2"), None, "AID", recipient="a1")])
    assert store.entries([Place(report, "e2")])[Place(report, "e2")].roles == (("recipient", "a1"),)
    with store.transaction():
        store.drop_entries(report)
    assert store.entries([Place(report), Place(report, "e2"), Place("none", "e1")]) == {}


def test_members_of_items_up_to_a_day(store: Store) -> None:
    first, second, third, undated = small_case(store)
    assert [row.place.report for row in store.members(["A1"])["A1"]] == [first, second, third]
    assert [row.place.report for row in store.members(["A1"], newest=2)["A1"]] == [second, third]
    assert [row.place for row in store.members(["E1"])["E1"]] == [Place(undated, "e1"), Place(first, "e1")]
    assert store.members(["E1", "E2", "E9"], Filters(as_of="2026-03-02")) == {
        "E1": [replace(event(Place(first, "e1"), "E1", day="2026-03-01", initiator="a1"), published="2026-03-01")],
        "E2": [],
        "E9": [],
    }


def test_an_entry_moves_to_another_item(store: Store) -> None:
    _, _, third, _ = small_case(store)
    with store.transaction():
        store.set_item(Place(third, "a1"), "A2")
        store.set_item(Place(third, "e2"), None)
    assert ids(store, "event", Filters(actor="A1")) == ["E1", "E2"]
    assert ids(store, "event", Filters(actor="A2")) == ["E2"]
    assert ids(store, "event") == ["E1", "E2"]


def test_what_an_item_comes_to_on_a_day(store: Store) -> None:
    small_case(store)
    line = store.items("event", Filters(as_of="2026-03-04"))[-1]
    assert (line.item.id, line.entries, line.first, line.last, line.start) == ("E2", 1, "2026-03-03", "2026-03-03", None)
    line = store.items("event")[1]
    assert (line.item.id, line.entries, line.first, line.last, line.start, line.end) == (
        "E2", 2, "2026-03-03", "2026-03-05", "2026-03-04", "2026-03-04",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("event", {}, "E1 E2 E3"),
        ("event", {"as_of": "2026-03-01"}, "E1"),
        ("event", {"as_of": "2026-02-01"}, ""),
        ("event", {"since": "2026-03-04"}, "E2 E3"),
        ("event", {"actor": "A2"}, "E3"),
        ("event", {"thread": "T1"}, "E1 E2"),
        ("event", {"type": "RETREAT"}, "E2"),
        ("event", {"type": "RETREAT", "status": "occurred", "as_of": "2026-03-04"}, ""),
        ("event", {"status": "promised", "actor": "A1", "thread": "T1"}, "E2"),
        ("actor", {}, "A1 A2"),
        ("actor", {"type": "ASSAULT"}, "A1"),
        ("actor", {"type": "CONSULT"}, "A1 A2"),
        ("actor", {"thread": "T1"}, "A1"),
        ("actor", {"actor": "A2"}, "A2"),
        ("actor", {"as_of": "2026-03-02"}, "A1"),
        ("actor", {"since": "2026-03-06"}, ""),
        ("figure", {"actor": "A2"}, "F1"),
        ("figure", {"actor": "A1"}, "F1"),
        ("figure", {"actor": "A3"}, ""),
        ("figure", {"thread": "T1"}, "F1"),
        ("figure", {"type": "ASSAULT"}, "F1"),
        ("figure", {"type": "AID"}, ""),
        ("thread", {"as_of": "2026-03-01"}, "T1"),
        ("thread", {"type": "RETREAT"}, "T1"),
        ("thread", {"type": "CONSULT"}, ""),
        ("thread", {"since": "2026-03-06"}, ""),
        ("thread", {"thread": "T1", "actor": "A1"}, "T1"),
        ("dispute", {"actor": "A1"}, "D1"),
        ("dispute", {"thread": "T1"}, "D1"),
        ("dispute", {"as_of": "2026-03-02"}, ""),
        ("commitment", {"status": "promised"}, "C1"),
        ("commitment", {"actor": "A2"}, ""),
        ("commitment", {"thread": "T1", "since": "2026-03-03"}, "C1"),
    ],
)
def test_each_filter_on_each_kind(store: Store, kind: str, fields: dict[str, str], expected: str) -> None:
    small_case(store)
    filters = Filters(**fields)  # type: ignore[arg-type]
    assert " ".join(ids(store, kind, filters)) == expected
    assert store.count_items(kind, filters) == len(expected.split())  # type: ignore[arg-type]


def test_what_is_new_since_a_report(store: Store) -> None:
    small_case(store)
    assert ids(store, "event", after=2) == ["E1", "E2", "E3"]  # the undated report tells of E1 again
    assert ids(store, "event", Filters(type="RETREAT"), after=2) == ["E2"]
    assert ids(store, "actor", after=2) == ["A1", "A2"]
    assert ids(store, "figure", after=2) == []
    assert ids(store, "thread", after=4) == [] and ids(store, "commitment", after=2) == ["C1"]


def test_orders_of_listings(store: Store) -> None:
    small_case(store)
    assert ids(store, "event", order="start") == ["E3", "E1", "E2"]  # a month comes before its days
    assert ids(store, "event", order="newest") == ["E2", "E3", "E1"]
    assert ids(store, "actor", order="claims", limit=1) == ["A1"]
    assert ids(store, "event", limit=1, offset=1) == ["E2"]
    with store.transaction():
        for number in (10, 9):
            store.put_item(ItemRow(f"T{number}", "thread", day="2026-03-01"))
    assert ids(store, "thread") == ["T1", "T9", "T10"] == ids(store, "thread", order="start")


def test_ids_are_those_of_the_listing(store: Store) -> None:
    small_case(store)
    for filters in (Filters(), Filters(as_of="2026-03-04"), Filters(actor="A1"), Filters(type="CONSULT")):
        for order in ("number", "start", "newest", "claims"):
            listed = [found.item.id for found in store.items("event", filters, order=order)]  # type: ignore[arg-type]
            assert store.ids("event", filters, order=order) == listed  # type: ignore[arg-type]
            assert store.ids("event", filters, order=order, limit=1, offset=1) == listed[1:2]  # type: ignore[arg-type]
    assert len(store.ids("event")) > 1


def test_items_are_replaced_dropped_and_hang_on_each_other(store: Store) -> None:
    small_case(store)
    with store.transaction():
        store.put_item(ItemRow("E1", "event", "renamed", parent="T1"))
        store.put_keys("event", "E2", ["k"])
        store.drop_item("E2")
    assert store.item_rows(["E2", "E1"]) == {"E1": ItemRow("E1", "event", "renamed", parent="T1")}
    assert [row.id for row in store.children(["T1", "E1"])] == ["E1", "F1"]
    assert [row.id for row in store.children(["T1", "E1"], "figure")] == ["F1"]
    assert store.candidates("event", ["k"]) == []
    assert ids(store, "event", Filters(thread="T1")) == ["E1"]


def test_ids_are_given_once(store: Store) -> None:
    with store.transaction():
        assert [store.next_id("actor"), store.next_id("actor"), store.next_id("thread")] == ["A1", "A2", "T1"]
        store.put_numbers({"F:x": "F1", "F:y": "F2"})
        store.put_numbers({"F:y": "F1"})
    assert store.numbers() == {"F:x": "F1", "F:y": "F1"}
    assert store.numbers(["F:y", "F:z"]) == {"F:y": "F1"}


def test_names_are_found_without_case_and_accents(store: Store) -> None:
    small_case(store)
    assert [row.id for row in store.named("actor", "MINISTERE")] == ["A2"]
    assert [row.id for row in store.named("actor", "rebels")] == ["A1"]
    assert store.named("actor", "port") == [] == store.named("actor", "?")


def test_candidates_share_keys_and_the_latest_count(store: Store) -> None:
    with store.transaction():
        for number in range(1, 8):
            add(store, f"report {number}")
            store.put_item(ItemRow(f"E{number}", "event"))
            store.put_keys("event", f"E{number}", ["common", f"rare {number % 2}"])
    assert [(found.item, found.shared) for found in store.candidates("event", ["common", "rare 0", "rare 0"], limit=4)] == [
        ("E6", 2), ("E4", 2), ("E2", 2), ("E7", 1),
    ]  # fmt: skip
    assert [found.item for found in store.candidates("event", ["common"], per_key=2)] == ["E7", "E6"]
    assert store.candidates("actor", ["common"]) == [] == store.candidates("event", [])
    with store.transaction():
        add(store, "a late one")
        store.put_keys("event", "E1", ["common"])
        store.drop_keys("E7")
    assert [found.item for found in store.candidates("event", ["common"], per_key=2)] == ["E1", "E6"]
    assert len(store.candidates("event", [f"key {number}" for number in range(450)] + ["common"])) == 6


def test_texts_that_share_keys_are_found_the_earliest_first(store: Store) -> None:
    with store.transaction():
        added = [add(store, f"report {number}") for number in range(4)]
        for number, report in enumerate(added):
            store.put_text_keys(report, ["common", f"rare {number % 2}", "common"])
        store.put_text_keys(added[0], ["common"])
    assert store.texts_like(["common", "rare 1"], limit=3) == [added[1], added[3], added[0]]
    assert store.texts_like(["common"], per_key=2) == [added[0], added[1]]
    assert store.texts_like([]) == [] == store.texts_like(["none"])
    assert len(store.texts_like([f"key {number}" for number in range(199)] + ["common"])) == 4


def test_links_are_superseded_and_never_changed(store: Store) -> None:
    first, second, third, _ = small_case(store)
    link = Link("same_event", Place(second, "e1"), Place(first, "e1"), 0.75, "both name Varn", at=NOON)
    with store.transaction():
        assert store.put_link(link) == "L1" == store.put_link(replace(link, at=LATE))
        store.set_judgement("L1", "negative")
        assert store.put_link(replace(link, score=0.5, at=LATE)) == "L2"
        assert store.put_link(replace(link, by="Ada", at=LATE)) == "L3"
        assert store.put_link(Link("same_text", Place(third), Place(first), 1.0, "copied", at=NOON)) == "L4"
    old, new = store.links([Place(second, "e1")], kinds=["same_event"], superseded=True)[:2]
    assert (old.link.score, old.superseded, new.superseded) == (0.75, LATE, None)
    assert new.link == replace(link, score=0.5, at=LATE, judgement="negative", id="L2")
    assert [found.link.id for found in store.links()] == ["L2", "L3", "L4"]
    assert [found.link.id for found in store.links([Place(first), Place(first, "e1")])] == ["L2", "L3", "L4"]
    assert [found.link.id for found in store.links([Place(first), Place(first, "e1")], limit=1, offset=1)] == ["L3"]
    assert [found.link.id for found in store.links(filters=Filters(as_of="2026-03-03"))] == ["L2", "L3"]
    with store.transaction():
        store.supersede("L4", LATE)
    assert store.links(kinds=["same_text"]) == [] and store.links([Place("unknown", "e1")]) == []
    found = store.link("L4")
    assert found is not None and found.superseded == LATE and store.link("L9") is None


def test_decisions_are_kept_in_order_and_undone(store: Store) -> None:
    rename = Decision("rename", "A1", "Rebels", "as they call themselves", "Ada", NOON)
    with store.transaction():
        assert store.put_decision(rename) == "J1"
        assert store.put_decision(Decision("undo", "J1", None, "a mistake", "Ben", LATE)) == "J2"
    first, second = store.decisions()
    assert (first.decision, first.undone, second.undone) == (replace(rename, id="J1"), "J2", None)
    assert [found.decision.id for found in store.decisions("A1")] == ["J1"]


def test_settings(store: Store) -> None:
    assert store.meta("last look") is None
    with store.transaction():
        store.set_meta("last look", "3")
        store.set_meta("last look", "4")
        store.set_meta("schema_version", "none of the store's business")
    assert store.meta("last look") == "4"


def test_all_or_nothing(store: Store) -> None:
    def fail_in_the_middle() -> None:
        with store.transaction():
            add(store, "half a report")
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        fail_in_the_middle()
    assert store.count_reports() == 0 and store.search("half").total == 0
    with store.transaction():
        add(store, "a whole report")
    assert store.count_reports() == 1


def test_writing_outside_a_transaction_is_a_mistake(store: Store) -> None:
    with pytest.raises(ValueError, match="within"):
        add(store, "no transaction")
    with pytest.raises(ValueError, match="within"):
        store.set_judgement("L1", "positive")
    with store.transaction(), pytest.raises(ValueError, match="writing already"), store.transaction():
        pass


def test_mistakes_of_the_caller(store: Store) -> None:
    with store.transaction():
        with pytest.raises(ValueError, match="no report"):
            store.put_reading("0" * 64, "{}", by="m", at=NOON)
        with pytest.raises(ValueError, match="expected T and a number"):
            store.put_item(ItemRow("E1", "thread"))
        with pytest.raises(ValueError, match="needs an id"):
            store.put_entries(add(store, "x"), [EntryRow(Place(identity("x")), "event")])
    row = event(Place(identity("x"), "e1"), "E9")
    with pytest.raises(ValueError, match="add reports and items before"), store.transaction():
        store.put_entries(identity("x"), [row])
    with pytest.raises(ValueError, match="negative"):
        store.report_rows(limit=-1)
    with pytest.raises(ValueError, match="no id"):
        store.link("1; DROP TABLE links")


def test_values_are_never_part_of_a_statement(store: Store) -> None:
    hostile = "'; DROP TABLE reports; -- % %s ? :x {y}"
    with store.transaction():
        report = add(store, hostile, title=hostile, publisher=hostile)
        store.put_item(ItemRow("A1", "actor", hostile))
        store.put_entries(report, [actor(Place(report, "a1"), "A1", hostile)])
        store.put_keys("actor", "A1", [hostile])
    assert store.reports([report])[report].title == hostile
    assert store.candidates("actor", [hostile])[0].item == "A1"
    assert store.report_rows(Filters(actor=hostile)) == [] and store.named("actor", hostile)[0].name == hostile
    assert store.search(hostile).total == 1


def test_a_snapshot_does_not_see_what_others_write(store: Store, location: str) -> None:
    with store.transaction():
        add(store, "before")
    other = open_store(location)
    with store.snapshot():
        assert store.count_reports() == 1
        with other.transaction():
            add(other, "meanwhile")
        assert store.count_reports() == 1
        with pytest.raises(ValueError, match="within"):
            add(store, "not while reading")
    assert store.count_reports() == 2
    other.close()


def test_a_reader_does_not_wait_for_a_writer(store: Store, location: str) -> None:
    other = open_store(location)
    with store.transaction():
        add(store, "not there yet")
        assert other.count_reports() == 0 and other.search("yet").total == 0 and other.items("event") == []
        with other.snapshot():
            assert other.report_rows() == []
    assert other.count_reports() == 1
    other.close()


def test_a_case_is_there_when_it_is_opened_again(store: Store, location: str) -> None:
    small_case(store)
    lines = store.items("event")
    store.close()
    again = open_store(location)
    assert again.items("event") == lines
    again.close()


def test_no_case_is_made_where_none_is_asked_for(location: str) -> None:
    with pytest.raises(StoreError, match=r"there is no .*case.*; see that the name is right"):
        open_store(location)


# --- what nobody has judged


def linked(store: Store) -> list[str]:
    """The small case with links of several kinds and scores between its first and third report; the ids of the reports."""
    first, second, third, undated = small_case(store)
    with store.transaction():
        store.put_link(Link("same_actor", Place(third, "a1"), Place(first, "a1"), 0.9, "L1", at=NOON))
        store.put_link(Link("came_of", Place(third, "e1"), Place(second, "e1"), 0.7, "L2", at=NOON))
        store.put_link(Link("came_of", Place(third, "e2"), Place(second, "e1"), 0.6, "L3", at=NOON))
        store.put_link(Link("came_of", Place(third, "e2"), Place(first, "e1"), 0.6, "L4", at=NOON))
        store.put_link(Link("came_of", Place(third, "e1"), Place(first, "e1"), 0.5, "L5", by="Ada", at=NOON))
        store.put_link(Link("same_text", Place(second), Place(first), 0.8, "L6", at=NOON))
    return [first, second, third, undated]


def test_unjudged_links_come_the_least_certain_first(store: Store) -> None:
    linked(store)
    unjudged = store.unjudged()
    assert [link.why for link in unjudged.links("came_of", Narrow())] == ["L3", "L4", "L2"], "what a person made is no rule's"
    assert [link.why for link in unjudged.links("came_of", Narrow(), limit=1)] == ["L3"]
    assert unjudged.counts(Narrow()) == {"same_actor": 1, "came_of": 3, "same_text": 1}
    assert unjudged.counts(Narrow(low=0.6, high=0.8)) == {"came_of": 3}
    with store.transaction():
        store.set_judgement("L3", "negative")
        store.supersede("L4", LATE)
    assert [link.why for link in unjudged.links("came_of", Narrow())] == ["L2"] and unjudged.counts(Narrow())["came_of"] == 1
    with store.transaction():
        store.set_judgement("L3", "undecided")
        store.reinstate("L4")
    assert [link.id for link in unjudged.links("came_of", Narrow())] == ["L3", "L4", "L2"]


def test_unjudged_links_are_narrowed_by_actor_thread_and_publisher(store: Store) -> None:
    first, _, third, _ = linked(store)
    unjudged = store.unjudged()
    assert unjudged.counts(Narrow(actor="A2")) == {"came_of": 2}, "events in which it takes part"
    assert unjudged.counts(Narrow(actor="A1"))["same_actor"] == 1
    threads = {row.parent for row in store.item_rows(["E1", "E2", "E3"]).values() if row.parent}
    assert threads and all(unjudged.counts(Narrow(thread=thread)) for thread in threads)
    assert unjudged.counts(Narrow(thread="T99")) == {} and unjudged.counts(Narrow(publisher="P")) == {}
    with store.transaction():
        fourth = add(store, "Rebels of Varn again.", "2026-03-06", publisher="P")
        store.put_link(Link("same_text", Place(fourth), Place(first), 0.6, "L7", at=NOON))
    assert unjudged.counts(Narrow(publisher="P")) == {"same_text": 1}
    assert [link.why for link in unjudged.links("same_text", Narrow(publisher="P"))] == ["L7"]
    assert unjudged.told([Place(third, "a1"), Place(third, "zz"), Place("0" * 64, "a1"), Place(third)]) == {Place(third, "a1"): ("A1", 3)}


def test_events_are_read_report_by_report(store: Store) -> None:
    first, second, third, undated = linked(store)
    every = [place for place, _ in store.unjudged().events(0)]
    assert {place.report for place in every} == {first, second, third, undated}
    assert all(place.entry.startswith("e") for place in every)
    assert {place.report for place, _ in store.unjudged().events(2)} == {third, undated}
    assert list(store.unjudged().events(99)) == []
