"""What is new since a mark: each thing once, whatever is read again or joined; made-up crises, without the language model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.case.news import Mark, News, NewsKind, Novelty, Wanted
from dragoman.case.query import Filters
from dragoman.errors import QueryError
from dragoman.reading.entries import Event, Reading, When
from tests.case.following import NOON, crisis, loaded, read
from tests.faces.story import reading


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case with the first two days of a siege."""
    with Case.open(tmp_path / "siege.case", create=True) as opened:
        add(opened, crisis()[:2])
        yield opened


def add(case: Case, readings: Iterable[Reading]) -> None:
    for one in readings:
        case.add(loaded(one.report), one, NOON)
    case.settle()


def now(case: Case) -> Mark:
    return Mark(case.store.last_number(), len(case.store.decisions()), case.today())


def asked(case: Case, since: Mark, wanted: Wanted | NewsKind, limit: int = 50, from_day: str | None = None) -> list[Novelty]:
    wish = wanted if isinstance(wanted, Wanted) else Wanted(wanted)
    with case.store.snapshot():
        return case.news(since, from_day).of(wish, limit)[0]


def keys(found: Iterable[Novelty]) -> list[str]:
    return [one.key for one in found]


# --- events


def test_nothing_is_new_at_the_mark_itself(case: Case) -> None:
    assert [asked(case, now(case), kind) for kind in ("events", "threads", "promises", "reports")] == [[], [], [], []]


def test_an_event_is_new_with_the_report_that_tells_it_first(case: Case) -> None:
    before = now(case)
    add(case, crisis()[2:])
    found = asked(case, before, "events")
    assert len(found) == 1
    assert found[0].what == "occurred"
    assert found[0].title == "Kora Guard (retreat)"
    assert found[0].passage is not None
    assert "".join(found[0].passage.text) == "The Kora Guard withdrew from the harbour of Tarvo."


def test_what_another_paper_repeats_is_not_new_but_a_denial_is(case: Case) -> None:
    before = now(case)
    item = case.timeline()[0].event.id
    add(case, [crisis()[2]])
    assert asked(case, before, "events") == []
    denial = read(
        "The Kora Guard said that it never shelled the harbour of Tarvo on Monday or at any other time.", "2026-03-03", "Islander",
        ("Kora Guard", "shelled", "", "ASSAULT", "denied"),
    )  # fmt: skip
    add(case, [denial])
    found = asked(case, before, Wanted("events", Filters(status="denied")))
    assert len(found) == 1
    told = {telling.event.id: telling.event for telling in case.timeline()}
    assert found[0].what == ("now told as denied" if found[0].item == item else "denied")
    assert found[0].item in told


def test_a_copy_tells_nothing(case: Case) -> None:
    before = now(case)
    siege = crisis()[0]
    copied = replace(siege, report=replace(siege.report, text=siege.report.text + " Copied.", publisher="Gull", source_id="gull"))
    add(case, [copied])
    assert [asked(case, before, kind) for kind in ("events", "reports", "statements")] == [[], [], []]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted("events", Filters(type="RETREAT")), 1),
        (Wanted("events", Filters(type="ASSAULT")), 0),
        (Wanted("events", Filters(status="denied")), 0),
        (Wanted("events", words="grain"), 1),
        (Wanted("events", words='"grain stores"'), 0),
        (Wanted("reports", words="grain"), 1),
        (Wanted("reports", Filters(type="RETREAT")), 1),
        (Wanted("reports", Filters(type="AID")), 0),
    ],
)
def test_filters_narrow(case: Case, wanted: Wanted, count: int) -> None:
    before = now(case)
    add(case, [crisis()[3]])
    assert len(asked(case, before, wanted)) == count


def test_an_actor_and_a_thread_narrow(case: Case) -> None:
    before = now(case)
    add(
        case,
        [
            crisis()[3],
            read("The Port Union marched in Lemmon.", "2026-03-09", "Gull", ("Port Union", "marched", "", "PROTEST", "occurred")),
        ],
    )
    guard = case.found("actor", "Kora Guard")[0].id
    assert [one.title for one in asked(case, before, Wanted("events", Filters(actor=guard)))] == ["Kora Guard (retreat)"]
    thread = next(iter(case.threads()), None)
    inside = asked(case, before, Wanted("events", Filters(thread=thread.id))) if thread else []
    assert {one.item for one in inside} <= set(thread.events if thread else ())


def test_senseless_words_are_refused(case: Case) -> None:
    with pytest.raises(QueryError):
        asked(case, now(case), Wanted("events", words='""'))


# --- nothing twice


def test_what_a_newer_model_finds_in_old_reports_is_not_new(case: Case) -> None:
    add(case, crisis()[2:])
    before, known = now(case), len(case.timeline())
    again = case.rereader("a newer model")
    for one in crisis():
        harbour = replace(one.events[0], id="e2", type="CONSULT", status="denied")
        again.reread(replace(one, events=(*one.events, harbour)), NOON)
    again.finish()
    case.settle()
    assert len(case.timeline()) > known
    assert [asked(case, before, kind) for kind in ("events", "threads", "disputes", "statements")] == [[], [], [], []]


def test_what_a_person_joins_or_parts_is_not_new(case: Case) -> None:
    add(case, crisis()[2:])
    before = now(case)
    events = [telling.event.id for telling in case.timeline()]
    merged = case.judge("Ada Holm").merge(events[1], events[0], "one act", NOON)
    case.settle()
    assert len(case.timeline()) == len(events) - 1
    assert asked(case, before, "events") == []
    case.judge("Ada Holm").undo(merged, "it was two", NOON)
    case.settle()
    assert len(case.timeline()) == len(events)
    assert [asked(case, before, kind) for kind in ("events", "threads")] == [[], []]


def test_a_portion_at_a_time_gives_the_same(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    start = Mark()
    add(case, [*crisis()[2:], reading()])
    whole = keys(asked(case, start, "events"))
    monkeypatch.setattr("dragoman.case.news.MOST_REPORTS", 1)
    told: list[str] = []
    mark, more = start, True
    while more:
        with case.store.snapshot():
            news: News = case.news(mark)
            told += keys(news.of(Wanted("events"), 50)[0])
            mark, more = news.mark, news.more
    assert told == whole
    assert mark == now(case)


def test_the_last_are_told_and_the_others_counted(case: Case) -> None:
    add(case, [reading()])
    with case.store.snapshot():
        news = case.news(Mark())
        everything, none = news.of(Wanted("events"), 100)
        few, more = news.of(Wanted("events"), 3)
    assert none == 0
    assert keys(few) == keys(everything)[-3:]
    assert more == len(everything) - 3


def test_a_case_that_took_the_place_of_a_longer_one_begins_anew(case: Case) -> None:
    assert asked(case, Mark(900, 0, "2030-01-01"), "events") == []
    with case.store.snapshot():
        assert case.news(Mark(900, 0, "2030-01-01")).mark == now(case)


def test_from_a_day_on(case: Case) -> None:
    add(case, crisis()[2:])
    found = asked(case, Mark(day="2026-03-09"), "events", from_day="2026-03-09")
    assert [one.title for one in found] == ["Kora Guard (retreat)"]
    assert len(asked(case, Mark(day="2026-03-02"), "events", from_day="2026-03-02")) == 2


# --- what follows


def test_threads_disputes_figures_statements_and_promises_of_the_story(case: Case) -> None:
    before = now(case)
    add(case, [reading()])
    promises = asked(case, before, "promises")
    assert {one.what for one in promises} >= {"new threat", "new demand"}
    assert asked(case, before, Wanted("promises", promise="threat"))[0].title == "Prime Minister Olu Berg"
    assert asked(case, before, Wanted("promises", state="kept")) == []
    disputes = asked(case, before, "disputes")
    assert [one.what for one in disputes] == ["new dispute"] * len(case.disputes())
    figures = asked(case, before, "figures")
    assert figures
    assert {one.what for one in figures} == {"first value"}
    berg = case.found("actor", "Berg")[0].id
    said = asked(case, before, Wanted("statements", Filters(actor=berg)))
    assert [one.title for one in said] == ["Prime Minister Olu Berg"]
    threads = asked(case, before, "threads")
    assert {one.item for one in threads} <= {thread.id for thread in case.threads()}


def test_another_value_and_not_the_same_again(case: Case) -> None:
    add(case, [reading()])
    before = now(case)
    told = reading()
    text = told.report.text.replace("at least 20 sailors", "at most ten sailors") + "\nPrinted later by another hand.\n"
    report = replace(told.report, text=text, publisher="Islander", published=date(2026, 1, 12), source_id="later")
    figures = tuple(replace(f, low=None, high=10) if f.id == "f1" else f for f in told.figures)
    add(case, [replace(told, report=report, figures=figures)])
    found = asked(case, before, "figures")
    assert [one.key.partition(":")[2] for one in found] == ["None..10"]


def test_a_promise_is_told_when_its_day_is_near_when_it_has_passed_and_when_it_is_decided(case: Case) -> None:
    plan = read(
        "The Kora Guard promised to free the crews by 20 March.", "2026-03-10", "Courier", ("Kora Guard", "free", "", "RETREAT", "promised")
    )
    event: Event = plan.events[0]
    due = replace(event, when=When("2026-03-20", "2026-03-20"))
    add(case, [replace(plan, events=(due,))])
    one = next(c for c in case.commitments() if c.due == "2026-03-20")
    words: list[list[str]] = []
    for day in ("2026-03-12", "2026-03-18", "2026-03-19", "2026-03-21", "2026-03-25"):
        before = now(case)
        add(case, [read(f"Nothing was heard of the crews on {day}.", day, "Courier")])
        words.append([news.what for news in asked(case, before, "promises") if news.item == one.id])
    assert words == [[], ["due on Friday 20 March 2026"], [], ["overdue since Friday 20 March 2026"], []]
    before = now(case)
    case.judge("Ada Holm").edit(one.id, {"state": "broken"}, "the crews are still there", NOON)
    case.settle()
    decided = asked(case, before, "promises")
    assert [news.what for news in decided] == ["broken, as a person has decided"]
    assert asked(case, now(case), "promises") == []


def test_marks_are_written_and_read() -> None:
    assert Mark.read(str(Mark(12, 3, "2026-03-01"))) == Mark(12, 3, "2026-03-01")
    assert Mark.read(str(Mark())) == Mark()
    with pytest.raises(ValueError, match="is no mark"):
        Mark.read("12;3")
