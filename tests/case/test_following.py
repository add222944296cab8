"""What is kept of a case answers for every earlier day as if it were worked out from the reports up to that day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.case import deriving
from dragoman.case.asking import Questions
from dragoman.case.commitments import commitments
from dragoman.case.deriving import Derived, Records, derive
from dragoman.case.disputes import disputes
from dragoman.case.following import (
    COMMITMENTS,
    DISPUTES,
    SERIES,
    THREADS,
    commitment_at,
    commitment_row,
    dispute_at,
    dispute_row,
    series_at,
    series_row,
    thread_at,
    thread_row,
)
from dragoman.case.judgements import Decision, Dispute
from dragoman.case.query import Filters
from dragoman.case.record import Record
from dragoman.case.threads import Weaver, woven
from tests.case.leaving import eventful_case
from tests.case.made_case import Teller, record

DAYS = [f"2001-03-{day:02}" for day in range(1, 32)]


def crisis() -> list[Teller]:
    """A blockade with a toll in dispute, a promise to lift it that is kept, and a denial that is admitted to nobody."""
    begun = Teller("2001-03-01", "Post")
    begun.event("Norland began a blockade of the port of Kell.", "blockade", "COERCE", by="Norland", to="Sudia", item="E1", place="Kell")
    begun.event(
        "Norland shelled the harbour and 12 people were killed.", "shelled", "ASSAULT", by="Norland", to="Sudia", item="E2", place="Kell",
        said_by="Sudia", figures=[("12 people", 12, 12, "people killed")],
    )  # fmt: skip
    other = Teller("2001-03-03", "Herald").event(
        "Norland shelled the harbour and 3 people were killed.", "shelled", "ASSAULT", by="Norland", to="Sudia", item="E2", place="Kell",
        said_by="General Oro", figures=[("3 people", 3, 3, "people killed")],
    )  # fmt: skip
    denial = Teller("2001-03-06", "Post").event(
        "President Ilva denied that Norland had shelled the harbour.", "shelled", "ASSAULT", "denied", by="Norland", to="Sudia", item="E2",
        said_by="President Ilva",
    )  # fmt: skip
    promise = Teller("2001-03-08", "Echo").event(
        "Norland promised Sudia to withdraw its ships from the port of Kell by Friday.", "withdraw", "RETREAT", "promised", by="Norland",
        to="Sudia", mode="withdraw", item="E3", place="Kell", said_by="President Ilva", time=("Friday", "2001-03-16"),
    )  # fmt: skip
    kept = Teller("2001-03-20", "Herald").event(
        "Norland withdrew its ships from the port of Kell.", "withdrew", "RETREAT", by="Norland", mode="withdraw", item="E4", place="Kell"
    )
    return [begun, other, denial, promise, kept]


@pytest.fixture
def whole() -> Record:
    """The record of all reports, with the numbers that its items have."""
    made = record(*crisis())
    return replace(made, ids=derive(made)[1])


def kept_at(whole: Record, day: str | None) -> Derived:
    """What the kept rows say of a day."""
    found = derive(whole)[0]
    about = {series.id: series.about for series in found.figures}
    threads = [(row, thread_at(THREADS.decode(row.json), day)) for row in (thread_row(whole, t, None) for t in found.threads)]
    clashes = [dispute_at(DISPUTES.decode(dispute_row(whole, d, about.get(d.about, d.about), None).json), day) for d in found.disputes]
    undertaken = [(row, commitment_at(COMMITMENTS.decode(row.json), day)) for row in (commitment_row(whole, c) for c in found.commitments)]
    series = [series_at(SERIES.decode(series_row(whole, s).json), day) for s in found.figures]
    there = lambda row: day is None or "" < row.day <= day  # noqa: E731
    return Derived(
        tuple(t for row, t in threads if t and there(row)),
        tuple(d for d in clashes if d),
        tuple(c for row, c in undertaken if there(row)),
        tuple(s for s in series if s),
    )


def test_today_is_what_was_worked_out(whole: Record) -> None:
    found = derive(whole)[0]
    assert kept_at(whole, None) == found
    assert (len(found.threads), {d.kind for d in found.disputes}, len(found.commitments)) == (1, {"status", "figure"}, 1)
    assert found.commitments[0].state == "kept"


@pytest.mark.parametrize("day", DAYS)
def test_every_day_is_as_if_worked_out_anew(whole: Record, day: str) -> None:
    kept, anew = kept_at(whole, day), derive(whole.until(day))[0]
    assert [(t.id, t.title, t.state, t.state_evidence, t.events) for t in kept.threads] == [
        (t.id, t.title, t.state, t.state_evidence, t.events) for t in anew.threads
    ]
    assert sorted(kept.disputes, key=_number) == sorted(anew.disputes, key=_number)
    assert kept.commitments == anew.commitments
    assert [(s.id, s.claims, s.revisions) for s in kept.figures] == [(s.id, s.claims, s.revisions) for s in anew.figures]


def _number(dispute: Dispute) -> str:
    return dispute.id


def test_what_a_person_decided_holds_for_every_day(whole: Record) -> None:
    (made,) = commitments(whole)
    decided = replace(whole, decisions=(Decision("edit", made.id, "state=broken", "", "Ada", "2001-04-01T00:00:00Z", "J1"),))
    assert [c.state for c in kept_at(decided, "2001-03-09").commitments] == ["broken"]


def test_a_promise_whose_day_has_passed_has_stalled_until_it_is_kept(whole: Record) -> None:
    states = {day: [c.state for c in kept_at(whole, day).commitments] for day in DAYS}
    assert (states["2001-03-07"], states["2001-03-10"], states["2001-03-17"], states["2001-03-20"]) == (
        [], ["not yet rated"], ["stalled"], ["kept"],
    )  # fmt: skip


def test_where_a_thread_stood_is_taken_over_for_the_days_to_which_nothing_was_added(monkeypatch: pytest.MonkeyPatch) -> None:
    tellers = crisis()
    earlier = record(*tellers[:-1])
    (thread,) = derive(earlier)[0].threads
    before = thread_row(earlier, thread, None)
    later = record(*tellers)
    (grown,) = derive(later)[0].threads
    anew = thread_row(later, grown, None)
    asked: list[int] = []
    monkeypatch.setattr("dragoman.case.following.present_state", lambda record, mentions: asked.append(len(mentions)) or ("", ()))
    assert thread_row(later, grown, before) == anew
    assert len(asked) == 1


def test_a_dispute_with_new_sides_is_gone_over_again(whole: Record) -> None:
    row = {d.kind: dispute_row(whole, d, d.about, None) for d in disputes(whole)}["status"]
    assert [was.dispute is not None for was in DISPUTES.decode(row.json).past] == [True]
    assert row.day == "2001-03-06"


def test_threads_go_on_from_what_was_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is new, and what comes behind it in time, has to be decided."""
    tellers = crisis()
    later = record(*tellers)
    anew, decided = woven(later), list[str]()
    add = Weaver.add
    monkeypatch.setattr(Weaver, "add", lambda self, seen: decided.append(seen.item) or add(self, seen))
    assert woven(later, woven(record(*tellers[:-1]))) == anew
    assert decided == ["E1", "E2", "E3", "E4"]
    decided.clear()
    assert woven(later, woven(record(*tellers[1:]))) == anew
    assert decided[-4:] == ["E1", "E2", "E3", "E4"]
    decided.clear()
    assert woven(later, anew) == anew
    assert decided == []


@pytest.mark.parametrize("settled", ["7", "1 7", ""])
def test_what_code_of_another_format_has_kept_is_worked_out_anew(tmp_path: Path, settled: str) -> None:
    with eventful_case(tmp_path / "a.case") as case:
        before, found, everybody = case.derived(), case.network(), case.network().nodes
        rows = case.store.follows().rows("thread")
        with case.store.transaction():
            case.store.set_meta("settled", settled)
            case.store.follows().put([row._replace(json='{"old": 1}') for row in rows])
        assert case.derived() == before
        assert case.network() == found and case.network().nodes == everybody
        case.settle()
        assert case.store.follows().rows("thread") == rows
        assert case.derived() == before


@pytest.mark.parametrize("day", [None, "2026-03-01", "2026-03-02", "2026-03-09", "2026-03-12", "2026-03-20"])
def test_what_is_new_is_told_from_the_same_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str | None) -> None:
    monkeypatch.setattr(deriving, "FEW", 0)
    with eventful_case(tmp_path / "a.case") as case:
        questions = Questions(case.store, Records(case.store))
        filters = Filters(as_of=day)
        found = {thread.id: f"{thread.title}: {thread.state}" for thread in case.threads(filters)}
        found |= {dispute.id: f"{dispute.summary} ({len(dispute.sides)} sides)" for dispute in case.disputes(filters)}
        found |= {c.id: f"{c.kind}, {c.state}" for c in case.commitments(filters)}
        assert list(questions.states(filters).items()) == list(found.items())
        assert found or day == "2026-03-01"
