"""A case from its reports: adding, the same again, another day, decisions, and what is left when adding is broken off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.case.judgements import Place
from dragoman.case.query import Filters
from dragoman.errors import QueryError
from tests.case.following import NOON, crisis, loaded


@pytest.fixture
def case(location: str) -> Iterator[Case]:
    with Case.open(location, create=True) as opened:
        for reading in crisis():
            opened.add(loaded(reading.report), reading, NOON)
        opened.settle()
        yield opened


def test_one_act_in_three_reports_is_one_event_of_two_sources(case: Case) -> None:
    siege, end = case.timeline()
    assert (siege.event.type, siege.who, len(siege.event.claims)) == ("ASSAULT", ("Kora Guard",), 3)
    assert siege.event.independent_sources == 2  # the Evening Mail printed the Courier's text
    assert (end.event.type, end.day) == ("RETREAT", "2026-03-09")


def test_the_copy_is_linked_with_the_earlier_report(case: Case) -> None:
    (link,) = (kept.link for kept in case.store.links(kinds=("same_text",)))
    first, copy, *_ = crisis()
    assert (link.a.report, link.b.report) == (copy.report.id, first.report.id)
    assert "words on end" in link.why


def test_adding_twice_changes_nothing(case: Case) -> None:
    before = case.contract()
    assert [case.add(loaded(r.report), r, "2027-01-01T00:00:00Z") for r in crisis()] == [None] * 4
    case.settle()
    assert case.contract() == before


def test_the_same_reports_in_the_same_order_give_the_same_case_also_in_several_calls(case: Case, tmp_path: Path) -> None:
    for reading in crisis():
        with Case.open(tmp_path / "again.case", create=True) as again:
            again.add(loaded(reading.report), reading, NOON)
            again.settle()
    with Case.open(tmp_path / "again.case") as again:
        assert again.contract() == case.contract()


def test_a_day_is_replayed_from_the_reports_published_by_then(case: Case) -> None:
    early = case.timeline(Filters(as_of="2026-03-05"))
    assert [telling.event.type for telling in early] == ["ASSAULT"]
    assert case.timeline(Filters(as_of="2026-03-01")) == []


def test_filters_narrow(case: Case) -> None:
    (guard,) = case.found("actor", "kora")
    assert len(case.timeline(Filters(actor=guard.id))) == 2
    assert [t.event.type for t in case.timeline(Filters(type="RETREAT"))] == ["RETREAT"]
    assert [t.event.type for t in case.timeline(Filters(since="2026-03-05"))] == ["RETREAT"]


def test_what_is_shown_leads_to_the_words_in_the_report(case: Case) -> None:
    shown = case.show("e1")
    passage = shown.passages[0]
    text = case.store.text(passage.place.report) or ""
    assert text[passage.marked.start : passage.marked.end] == "shelled" == passage.text[1]
    assert passage.text[0] == "The Kora Guard "
    with pytest.raises(QueryError, match="no 'E99'"):
        case.show("E99")
    with pytest.raises(QueryError):
        case.show("\x1b[31mE1; DROP TABLE")


def test_a_failure_in_the_middle_of_a_report_leaves_whole_reports_only(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, before = crisis()[0], case.contract()
    other = type(reading.report)("The Kora Guard shelled Tarvo again.", published=reading.report.published)
    with monkeypatch.context() as broken:
        broken.setattr(case.store, "put_entries", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            case.add(loaded(other), type(reading)(other), NOON)
    assert case.contract() == before
    assert case.add(loaded(other), type(reading)(other), NOON) is not None


# --- decisions


def test_a_person_says_that_two_mentions_are_different_and_takes_it_back(case: Case) -> None:
    before = case.contract()
    link = next(kept.link for kept in case.store.links(kinds=("same_event",)))
    made = case.judge("Ada").link(link.id, False, "another attack", NOON)
    case.settle()
    assert sorted(len(t.event.claims) for t in case.timeline()) == [1, 1, 2]
    case.judge("Ada").undo(made, "", NOON)
    case.settle()
    after = case.contract()
    assert after["events"] == before["events"]
    assert after["links"] == before["links"]


def test_actors_are_renamed_merged_and_split(case: Case) -> None:
    (guard,) = case.actors()
    judge = case.judge("Ada")
    judge.rename(guard.id, "Guard of Kora", "", NOON)
    assert case.actors()[0].name == "Guard of Kora"
    judge.split(guard.id, [Place(m.report[:8], m.actor) for m in guard.mentions[:1]], "", NOON)
    assert sorted(len(actor.mentions) for actor in case.actors()) == [1, 3]
    one, other = case.actors()
    judge.merge(one.id, other.id, "", NOON)
    assert [len(actor.mentions) for actor in case.actors()] == [4]
    assert [kept.decision.verb for kept in judge.log()] == ["rename", "split", "merge"]


def test_what_is_rejected_is_not_shown(case: Case) -> None:
    made = case.judge("Ada").reject("E1", "a rumour", NOON)
    assert [t.event.id for t in case.timeline()] == ["E2"]
    case.judge("Ada").undo(made, "", NOON)
    assert len(case.timeline()) == 2


@pytest.mark.parametrize("target", ["L99", "E1", "", "L1' OR 1=1"])
def test_a_judgement_of_nothing_is_refused(case: Case, target: str) -> None:
    with pytest.raises(QueryError, match="no link"):
        case.judge("Ada").link(target, True, "", NOON)
    assert case.judge("Ada").log() == []


def test_more_items_than_are_kept_in_memory_are_looked_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mentions of an item that a report asks for are not forgotten while it is looked at."""
    whole = Case.open(tmp_path / "whole.case", create=True)
    small = Case.open(tmp_path / "small.case", create=True)
    for reading in crisis():
        whole.add(loaded(reading.report), reading, NOON)
    monkeypatch.setattr("dragoman.case.adding._MOST_ITEMS", 2)
    for reading in crisis():
        small.add(loaded(reading.report), reading, NOON)
    assert [t.event for t in small.timeline()] == [t.event for t in whole.timeline()]
    whole.close()
    small.close()


def test_two_who_add_one_report_at_once_add_it_once(case: Case, location: str) -> None:
    first, *_ = crisis()
    with Case.open(location) as other:
        assert other.add(loaded(first.report), first, NOON) is None
    assert case.store.count_reports() == 4
    assert case.store.last_number() == 4


def test_a_case_that_stays_open_settles_to_what_a_new_one_does(location: str, tmp_path: Path) -> None:
    """A watched feed settles after each poll; only what is new is read then, also where it came out first or is a copy."""
    first, copy, other, end = crisis()
    with Case.open(location, create=True) as case, Case.open(tmp_path / "new.case", create=True) as anew:
        for reading in (end, copy, other, first):
            case.add(loaded(reading.report), reading, NOON)
            case.settle()
            anew.add(loaded(reading.report), reading, NOON)
        anew.settle()
        assert case.contract() == anew.contract()
        assert case.tellings(["E1"]) == anew.tellings(["E1"]) != []


def test_a_copy_counts_as_its_original_also_where_only_the_copy_is_asked_for(case: Case) -> None:
    _, copy, *_ = crisis()
    record = case._records.of_places([Place(copy.report.id, "e1")])
    assert [mention.place.report for mention in record.events] == [copy.report.id]
    assert record.source(copy.report.id) == "Courier"
