"""Reports read again by something that reads them otherwise: what is the same keeps its id, and what people decided outlives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from dragoman.case.anchoring import Ids, anchored, renumbered
from dragoman.case.case import Case
from dragoman.case.judgements import Place
from dragoman.case.query import Filters
from dragoman.case.rereading import Reread
from dragoman.errors import QueryError
from dragoman.reading.entries import Event, Reading
from dragoman.text.report import Report, Span
from tests.case.following import NOON, crisis, loaded, read

LATER = "2027-05-01T12:00:00Z"
Change = Callable[[Reading], Reading]


@pytest.fixture
def case(location: str) -> Iterator[Case]:
    with Case.open(location, create=True, by="reader 1") as opened:
        for reading in crisis():
            opened.add(loaded(reading.report), reading, NOON)
        opened.settle()
        yield opened


def again(case: Case, change: Change, by: str = "reader 2", *, stop: int | None = None) -> list[Reread]:
    """Reads all reports again as `change` of what was read first; with `stop` only so many, as if the run was killed then."""
    first = {reading.report.id: reading for reading in crisis()}
    rereader = case.rereader(by)
    done = [rereader.reread(change(first[row.id]), LATER) for row in rereader.to_read(everything=False)[:stop]]
    if stop is None:
        rereader.finish()
        case.settle()
    return done


def same(reading: Reading) -> Reading:
    return reading


def shuffled(reading: Reading) -> Reading:
    """The same entries under other ids."""
    actors = {actor.id: f"a{number + 7}" for number, actor in enumerate(reversed(reading.actors))}
    events = {event.id: f"e{number + 4}" for number, event in enumerate(reversed(reading.events))}
    return renumbered(reading, Ids(actors, {}, {}, events))


def without_events(reading: Reading) -> Reading:
    return replace(reading, events=())


def without_sieges(reading: Reading) -> Reading:
    return replace(reading, events=tuple(event for event in reading.events if event.type != "ASSAULT"))


def widened(reading: Reading) -> Reading:
    """Triggers a word longer, and another status for what the last report tells."""

    def wider(event: Event) -> Event:
        status = "ongoing" if event.type == "RETREAT" else event.status
        return replace(event, trigger=Span(event.trigger.start, event.trigger.end + 4), status=status)

    return replace(reading, events=tuple(map(wider, reading.events)))


def bare(case: Case) -> dict[str, object]:
    """The contract without the moments at which links were made."""
    found = case.contract()
    return {**found, "links": [{**link, "at": ""} for link in found["links"]]}


# --- the same entries


def test_the_same_readings_change_nothing_but_who_has_read(case: Case) -> None:
    before = case.contract()
    assert all(one.same for one in again(case, same))
    assert case.contract() == before
    assert {case.store.whole().readings(row.id)[-1].by for row in case.reports()} == {"reader 2"}
    assert all(len(case.store.whole().readings(row.id)) == 1 for row in case.reports())


def test_the_same_entries_under_other_ids_change_nothing(case: Case) -> None:
    before = case.contract()
    assert all(one.same for one in again(case, shuffled))
    assert case.contract() == before


def test_a_case_that_is_read_again_twice_is_what_it_was(case: Case) -> None:
    before = bare(case)
    again(case, without_events)
    assert case.timeline() == []
    again(case, same, "reader 3")
    assert bare(case) == before
    again(case, lambda reading: without_sieges(widened(reading)), "reader 4")
    again(case, same, "reader 5")
    assert bare(case) == before


def test_another_status_is_shown_under_the_same_id(case: Case) -> None:
    done = again(case, widened)
    assert [telling.event.id for telling in case.timeline()] == ["E1", "E2"]
    assert case.timeline(Filters(status="ongoing"))[0].event.id == "E2"
    assert [one.changed for one in done] == [{"event": 1}] * 4
    assert all(one.moved == 0 for one in done)
    assert all(len(case.store.whole().readings(row.id)) == 2 for row in case.reports()), "older readings are kept"


def test_an_entry_that_contradicts_its_item_leaves_it_and_comes_back(case: Case) -> None:
    other = crisis()[2].report.id

    def later(reading: Reading) -> Reading:
        moved = [replace(event, status="planned") for event in reading.events]
        return replace(reading, events=tuple(moved)) if reading.report.id == other else reading

    done = again(case, later)
    assert sum(one.moved for one in done) == 1
    assert sorted((t.event.id, len(t.event.claims)) for t in case.timeline()) == [("E1", 2), ("E2", 1), ("E3", 1)]
    again(case, same, "reader 3")
    assert sorted((t.event.id, len(t.event.claims)) for t in case.timeline()) == [("E1", 3), ("E2", 1)]


def test_new_entries_find_their_items(case: Case) -> None:
    first = crisis()[3]
    start = first.report.text.index("came in")
    act = replace(first.events[0], id="e9", type="COOPERATE", trigger=Span(start, start + 7), initiators=(), confidence=0.7)

    def more(reading: Reading) -> Reading:
        return replace(reading, events=(*reading.events, act)) if reading.report.id == first.report.id else reading

    (changed,) = (one for one in again(case, more) if not one.same)
    assert changed.new == {"event": 1} and not changed.gone
    assert {telling.event.id for telling in case.timeline()} == {"E1", "E2", "E3"}


# --- decisions


def test_decisions_outlive_another_reading(case: Case) -> None:
    judge = case.judge("Ada")
    link = next(kept.link for kept in case.store.links(kinds=("same_event",)))
    judge.link(link.id, False, "another attack", NOON)
    judge.rename("A1", "Guard of Kora", "", NOON)
    judge.edit("E2", {"status": "denied", "place": "Tarvo"}, "the port office says so", NOON)
    case.settle()
    before = bare(case)
    again(case, shuffled)
    assert bare(case) == before
    again(case, widened, "reader 3")
    assert {t.event.id: (len(t.event.claims), t.event.status, t.event.place) for t in case.timeline()} == {
        "E1": (2, "occurred", None), "E3": (1, "occurred", None), "E2": (1, "denied", "Tarvo"),
    }  # fmt: skip
    assert case.actors()[0].name == "Guard of Kora"
    assert not case.waiting()


def test_a_decision_without_its_object_waits_and_holds_again(case: Case) -> None:
    judge = case.judge("Ada")
    link = next(kept.link for kept in case.store.links(kinds=("same_event",)))
    judge.link(link.id, False, "another attack", NOON)
    judge.edit("E1", {"type": "COERCE"}, "", NOON)
    case.settle()
    before = bare(case)
    again(case, without_sieges)
    assert case.waiting() == {"J1", "J2"}
    assert [telling.event.id for telling in case.timeline()] == ["E2"]
    assert [kept.decision.id for kept in judge.log()] == ["J1", "J2"], "nothing is dropped"
    again(case, same, "reader 3")
    assert not case.waiting()
    assert bare(case) == before


def test_a_waiting_decision_can_be_taken_back(case: Case) -> None:
    before = bare(case)
    made = case.judge("Ada").reject("E1", "", NOON)
    again(case, without_sieges)
    case.judge("Ada").undo(made, "", NOON)
    again(case, same, "reader 3")
    assert bare(case) == before


def test_a_split_and_a_merge_outlive_another_reading(case: Case) -> None:
    (guard,) = case.actors()
    judge = case.judge("Ada")
    judge.split(guard.id, [Place(guard.mentions[0].report, guard.mentions[0].actor)], "", NOON)
    judge.merge("E1", "E2", "", NOON)
    case.settle()
    before = bare(case)
    again(case, shuffled)
    again(case, widened, "reader 3")
    again(case, same, "reader 4")
    assert bare(case) == before
    for made in ("J1", "J2"):
        judge.undo(made, "", NOON)
    assert [len(actor.mentions) for actor in case.actors()] == [4]
    assert [len(telling.event.claims) for telling in case.timeline()] == [3, 1]


# --- the run


def test_a_run_that_was_broken_off_goes_on(case: Case) -> None:
    assert len(again(case, widened, stop=2)) == 2
    assert len(again(case, widened)) == 2
    assert again(case, widened) == []


def test_a_run_over_everything_goes_on_where_it_stopped(case: Case) -> None:
    rereader = case.rereader("reader 1")
    assert rereader.to_read(everything=False) == []
    rows = rereader.to_read(everything=True)
    assert len(rows) == 4
    first = {reading.report.id: reading for reading in crisis()}
    rereader.reread(first[rows[0].id], LATER)
    afterwards = case.rereader("reader 1")
    assert [row.number for row in afterwards.to_read(everything=False)] == [2, 3, 4]
    for row in afterwards.to_read(everything=True):
        afterwards.reread(first[row.id], LATER)
    afterwards.finish()
    assert afterwards.to_read(everything=False) == []


def test_a_failure_leaves_the_older_reading(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rereader = case.contract(), case.rereader("reader 2")
    with monkeypatch.context() as broken:
        broken.setattr(case.store, "put_entries", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rereader.reread(widened(crisis()[0]), LATER)
    assert case.contract() == before
    assert not rereader.reread(widened(crisis()[0]), LATER).same
    with pytest.raises(QueryError, match="no report"):
        rereader.reread(Reading(Report("Nobody has this one.")), LATER)


def test_an_edit_reaches_reports_that_come_later(case: Case) -> None:
    case.judge("Ada").edit("E1", {"type": "COERCE"}, "", NOON)
    text = "Tarvo again: the Kora Guard shelled the harbour, and the old customs house and the grain stores burned, a pilot said."
    late = read(text, "2026-03-02", "Pilot", ("Kora Guard", "shelled", "", "ASSAULT", "occurred"))
    case.add(loaded(late.report), late, NOON)
    case.settle()
    (telling,) = case.timeline(Filters(type="COERCE"))
    assert len(telling.event.claims) == 4
    assert case.timeline(Filters(type="ASSAULT")) == []


# --- matching


def test_entries_are_known_again_by_where_they_stand() -> None:
    first, *_ = crisis()
    moved = replace(first.events[0], id="e2", trigger=Span(first.events[0].trigger.start + 2, first.events[0].trigger.end + 3))
    (event,) = anchored(replace(first, events=(moved,)), [first]).events
    assert event.id == "e1"


def test_an_id_is_never_given_to_another_entry() -> None:
    first, *_ = crisis()
    nothing = replace(first, events=())
    start = first.report.text.index("stood")
    act = replace(first.events[0], type="AID", trigger=Span(start, start + 5), sentence=Span(start, start + 20))
    (event,) = anchored(replace(first, events=(act,)), [nothing, first]).events
    assert event.id == "e2"
    assert anchored(first, [nothing, first]).events[0].id == "e1"


def test_many_entries_in_one_place_take_no_endless_time() -> None:
    text = "shelled " * 1500
    event = crisis()[0].events[0]
    many = tuple(
        replace(event, id=f"e{n}", trigger=Span(8 * n, 8 * n + 7), sentence=Span(8 * n, 8 * n + 7), initiators=()) for n in range(1500)
    )
    reading = Reading(Report(text, published=date(2026, 3, 2)), events=many)
    backwards = replace(reading, events=tuple(replace(one, id=f"e{1500 - n}") for n, one in enumerate(many)))
    assert anchored(backwards, [reading]) == reading
