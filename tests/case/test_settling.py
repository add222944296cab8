"""Settling beside those who add and decide: the same comes out as when everything is worked out anew, and nobody's work is lost."""

from __future__ import annotations

import itertools
from pathlib import Path

import msgspec
import pytest

from dragoman.case import deriving
from dragoman.case.case import Case
from dragoman.case.deriving import Records
from dragoman.case.query import Filters
from dragoman.case.threads import Loom, woven
from dragoman.reading.entries import Reading
from tests.case.following import NOON, loaded, read
from tests.case.leaving import talks
from tests.case.made_case import Teller, record

DEEDS = (
    ("Norland shelled the harbour of Kell.", "shelled", "ASSAULT", "Norland", "Sudia"),
    ("The ministers of Norland and Sudia met for talks.", "met", "CONSULT", "Norland", "Sudia"),
    ("Doctors struck in Ostmark over their pay.", "struck", "PROTEST", "Doctors", "Ostmark"),
    ("Sudia freed six captured sailors.", "freed", "RETREAT", "Sudia", "Norland"),
    ("The court in Ostmark convicted a banker of fraud.", "convicted", "SANCTION", "Court", "Banker"),
)


def long_story(days: int = 24) -> list[Teller]:
    """Five processes, told day by day: on each day one of them has news."""
    told = []
    for day in range(1, days + 1):
        sentence, trigger, kind, by, to = DEEDS[day * 7 % len(DEEDS)]
        sentence = f"{sentence[:-1]} on day {day}."
        told.append(Teller(f"2001-03-{day:02}", "Post").event(sentence, trigger, kind, by=by, to=to, item=f"E{day}"))
    return told


@pytest.mark.parametrize("late", [1, 3, 10, 22])
def test_a_weaver_goes_on_from_where_it_was_kept(late: int) -> None:
    """Whenever the late news was told, what comes out is what comes out of all reports at once."""
    story = long_story()
    kept: list[Loom] = []
    before = woven(record(*story[: late - 1], *story[late:]), kept=kept)
    assert [loom.told for loom in kept] == [17, 22, 23]
    kept = msgspec.json.decode(msgspec.json.encode(kept), type=list[Loom])
    whole = record(*story)
    again: list[Loom] = []
    anew = woven(whole)
    assert len({event.thread for event in anew}) > 1
    assert woven(whole, before, kept, again) == anew
    assert again[-1].told == 24
    assert woven(whole, anew, again) == anew


def test_only_what_comes_after_a_kept_weaver_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    story, kept = long_story(), list[Loom]()
    before = woven(record(*story[:-1]), kept=kept)
    looked: list[str] = []
    seen = deriving.woven.__globals__["seen"]
    monkeypatch.setitem(deriving.woven.__globals__, "seen", lambda casts, item, cluster: looked.append(item) or seen(casts, item, cluster))
    woven(record(*story), before, kept)
    assert looked == ["E24"]


def siege() -> list[Reading]:
    """The siege of a harbour, told on four days, and what is promised about it."""
    return [
        read(
            f"The Kora Guard shelled the harbour of Tarvo on day {day}. The Port Union met the Kora Guard over the shelled harbour {day}. "
            f"The Kora Guard promised to leave the harbour {day}.",
            f"2026-03-{day:02}", "Courier",
            ("Kora Guard", "shelled", "Port Union", "ASSAULT", "occurred"),
            ("Port Union", "met", "Kora Guard", "CONSULT", "occurred"),
            ("Kora Guard", "leave", "Port Union", "RETREAT", "promised"),
        )
        for day in range(2, 6)
    ]  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A settled case of several reports."""
    with Case.open(tmp_path / "a.case", create=True) as case:
        for reading in siege():
            case.add(loaded(reading.report), reading, NOON)
        case.settle()
    return tmp_path / "a.case"


def test_a_case_can_be_asked_for_what_was_settled_last(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "FEW", 1)
    with Case.open(place) as writer, Case.open(place, as_kept=True) as reader:
        before = reader.derived()
        assert before.threads
        reading = talks()
        writer.add(loaded(reading.report), reading, NOON)
        assert (reader.is_settled(), reader.answers_as_kept(), writer.answers_as_kept()) == (False, True, False)
        assert reader.derived() == before
        assert len(writer.derived().commitments) > len(before.commitments)
        stamp = reader.stamp()
        writer.settle()
        assert reader.stamp() != stamp
        assert reader.derived() == writer.derived() != before
        assert not reader.answers_as_kept()


def test_a_small_case_is_worked_out_anew_though_it_may_be_asked_as_kept(place: Path) -> None:
    with Case.open(place) as writer, Case.open(place, as_kept=True) as reader:
        reading = talks()
        writer.add(loaded(reading.report), reading, NOON)
        assert not reader.answers_as_kept()
        assert reader.derived() == writer.derived()


def test_what_was_decided_since_leaves_what_is_kept_readable(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads may hold events that were merged meanwhile: they are passed over, and no question fails."""
    monkeypatch.setattr(deriving, "FEW", 1)
    with Case.open(place) as writer, Case.open(place, as_kept=True) as reader:
        (thread, *_) = reader.threads()
        judge = writer.judge("Ada")
        judge.merge(thread.events[0], thread.events[1], "one act", NOON)
        judge.reject(thread.events[-1], "nothing", NOON)
        assert reader.answers_as_kept()
        for item in (thread.id, *thread.events[:1], *(c.id for c in reader.commitments()), *(s.id for s in reader.figures())):
            assert reader.show(item)
        assert thread.events[1] not in {told.event.id for told in reader.tellings(thread.events)}
        assert {told.event.id for told in reader.timeline(Filters(thread=thread.id))} <= set(thread.events)


def test_who_adds_while_a_case_is_settled_does_not_wait(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program adds a report in the middle: what is kept is of the case before it, and is told to be so."""
    worked_out, reading = Records._worked_out, talks()
    with Case.open(place) as settling, Case.open(place) as adding:
        judge = settling.judge("Ada")
        judge.rename(settling.actors()[0].id, "Norlanders", "so called", NOON)

        def slowly(records: Records) -> object:
            found = worked_out(records)
            adding.add(loaded(reading.report), reading, NOON)
            return found

        monkeypatch.setattr(Records, "_worked_out", slowly)
        settling.settle()
        monkeypatch.undo()
        assert adding.has(reading.report.id)
        assert not settling.is_settled()
        settling.settle()
        assert settling.is_settled()
        assert settling.derived() == adding.derived()


def test_of_two_who_settle_at_once_the_second_does_not_undo_the_first(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out, reading = Records._worked_out, talks()
    with Case.open(place) as one, Case.open(place) as other:
        one.judge("Ada").rename(one.actors()[0].id, "Norlanders", "so called", NOON)
        turns = itertools.count()

        def beaten(records: Records) -> object:
            found = worked_out(records)
            if next(turns) == 0:
                other.add(loaded(reading.report), reading, NOON)
                other.settle()
            return found

        monkeypatch.setattr(Records, "_worked_out", beaten)
        one.settle()
        assert one.is_settled()
        numbers = one.store.numbers()
        with Case.open(place.with_name("b.case"), create=True) as anew:
            for told in (*siege(), talks()):
                anew.add(loaded(told.report), told, NOON)
            anew.settle()
            assert len(numbers) == len(anew.store.numbers())
            assert len(anew.derived().commitments) == len(one.derived().commitments)
