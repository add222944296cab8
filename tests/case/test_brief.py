"""The brief of a made-up case: what stands in it, what it rests on, and that it is bounded and always the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.case.brief.choosing import EVENTS
from dragoman.case.brief.notes import LONGEST, MOST
from dragoman.case.brief.parts import Brief, Line, Section
from dragoman.case.case import Case
from dragoman.case.query import Filters
from tests.case.brief_story import Writer, case_of

_FILLING = {
    "Daily Post": "Bakers in the upper town lit their ovens late, and the tram to the hills stood empty for most of the morning.",
    "Evening Mail": "Two physicians from the northern valleys opened a ward inside the old customs house, where blankets are short.",
    "Islander": "Fishermen who had mended nets since winter hoped that the moon festival would still be held on its usual evening.",
}


def siege() -> list[Writer]:
    """Two papers on a blockade, one of which has a clerk's word for part of it; then its end, and a promise."""
    post = Writer("2026-03-02", "Daily Post").act(
        "Norland blockaded the port of Kell.", "blockaded", "COERCE", by="Norland", day="2026-03-01"
    )
    post.act("Osten said that Norland stopped a grain ship off the blockade.", "stopped", "COERCE", by="Norland",
             said_by=("Osten", "said", "institution"))  # fmt: skip
    mail = Writer("2026-03-03", "Evening Mail").act("Osten rejected the blockade of Kell.", "rejected", "REJECT", by="Osten")
    mail.act("A clerk said that Norland boarded a ship behind the blockade of Kell.", "boarded", "COERCE", by="Norland",
             said_by=("", "said", "anonymous"), source="A clerk")  # fmt: skip
    late = Writer("2026-03-12", "Daily Post").act("Norland lifted the blockade of Kell.", "lifted", "RETREAT", by="Norland")
    late.act("Norland promised to send flour through the blockade of Kell.", "send", "AID", "promised", by="Norland")
    late.say("Water runs in three of nine quarters; the orchard keepers sell early plums beneath the bridge for copper coins.")
    return [post.say(_FILLING["Daily Post"]), mail.say(_FILLING["Evening Mail"]), late]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with case_of(tmp_path, *siege()) as made:
        yield made


def lines(brief: Brief) -> list[Line]:
    """All lines of a brief, in order."""
    return [line for section in brief.sections for line in _of(section)]


def _of(section: Section) -> Iterator[Line]:
    yield from section.lines
    for part in section.sections:
        yield from _of(part)


def headings(brief: Brief) -> list[str]:
    return [section.heading for section in brief.sections]


def test_every_line_about_the_world_has_a_note(case: Case) -> None:
    found = lines(case.brief())
    assert found and all(line.notes for line in found if line.manner in ("composed", "quoted"))
    assert not any(line.notes for line in found if line.manner in ("counted", "label"))


def test_every_note_is_a_sentence_of_its_report(case: Case) -> None:
    brief = case.brief()
    assert [note.number for note in brief.notes] == list(range(1, len(brief.notes) + 1))
    for note in brief.notes:
        assert note.quote in (case.store.text(note.report) or "")
    assert {told.id for told in brief.told} == {note.report for note in brief.notes}


def test_all_numbers_of_lines_are_notes(case: Case) -> None:
    brief = case.brief()
    assert {number for line in lines(brief) for number in line.notes} <= {note.number for note in brief.notes}


def test_the_head_counts_a_copy_once(tmp_path: Path) -> None:
    words = " ".join(f"The {name} of the old harbour kept its own books on grain and salt." for name in ("guild", "court", "mill", "bank"))
    first = Writer("2026-03-02", "Daily Post").act("Norland shelled the harbour of Tarvo.", "shelled", "ASSAULT", by="Norland").say(words)
    copy = Writer("2026-03-02", "Evening Mail").act("Norland shelled the harbour of Tarvo.", "shelled", "ASSAULT", by="Norland").say(words)
    with case_of(tmp_path, first, copy.say("More follows.")) as case:
        head = case.brief().head
    assert (head.reports, head.copies, head.publishers) == (2, 1, 1)


def test_what_somebody_says_stands_apart_from_what_happened(case: Case) -> None:
    found = {section.heading: section for thread in _threads(case.brief()) for section in thread.sections}
    assert any("Norland blockaded" in line.text for line in found["What happened"].lines)
    assert all("According to" in line.text or line.manner == "quoted" for line in found["What is said"].lines)


def _threads(brief: Brief) -> tuple[Section, ...]:
    return next(section for section in brief.sections if section.heading in ("Threads", "Acts")).sections


def test_as_of_a_day_nothing_later_is_told(case: Case) -> None:
    brief = case.brief(Filters(as_of="2026-03-03"))
    assert brief.head.last == "2026-03-03" and brief.head.reports == 2
    assert not any("lifted" in line.text for line in lines(brief))


def test_since_a_day_only_news_is_told_of_threads(case: Case) -> None:
    brief = case.brief(Filters(since="2026-03-10"))
    assert headings(brief)[1] == "New since Tuesday 10 March 2026"
    acts = [line for thread in _threads(brief) for section in thread.sections for line in section.lines]
    assert acts and all(line.new for line in acts)


def test_who_has_no_name_is_listed(case: Case) -> None:
    little = next(section for section in case.brief().sections if section.heading == "Rests on little")
    assert any(line.standing == "anonymous" and "A clerk" in line.text for line in little.lines)


def test_days_without_reports_are_told(case: Case) -> None:
    gaps = next(section for section in case.brief().sections if section.heading == "Not told")
    assert "No report is from the days between Tuesday 3 March 2026 and Thursday 12 March 2026" in [line.text for line in gaps.lines]


def test_a_promise_stands_with_its_maker(case: Case) -> None:
    words = [line.text for line in lines(case.brief()) if "flour" in line.text]
    assert words and all("Norland promised or offered to send “flour through the blockade of Kell”" in text for text in words)


def test_one_thread_alone(case: Case) -> None:
    thread = case.threads()[0]
    brief = case.brief(Filters(thread=thread.id))
    assert [section.item for section in _threads(brief)] == [thread.id]
    assert brief.head.thread == thread.title


def test_acts_of_no_thread_are_told_apart(tmp_path: Path) -> None:
    with case_of(tmp_path, Writer().act("Norland met the envoys.", "met", "CONSULT", by="Norland")) as case:
        brief = case.brief()
    assert headings(brief)[0] == "Acts"
    assert lines(brief)[0].text == "Daily Post reports that Norland met “the envoys”"


def test_a_case_without_reports_has_a_brief(tmp_path: Path) -> None:
    with Case.open(tmp_path / "empty.case", create=True) as case:
        brief = case.brief()
    assert brief.sections == () and brief.head.reports == 0 and brief.head.first == ""


def test_the_order_of_adding_shows_nowhere(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with case_of(tmp_path / "one", *siege()) as one:
        first, again = one.brief(), one.brief()
    with case_of(tmp_path / "two", *siege()) as two:
        second = two.brief()
    assert first == again == second


def test_every_database_gives_the_same_brief(location: str, tmp_path: Path) -> None:
    with case_of(str(location), *siege()) as there, case_of(tmp_path, *siege()) as here:
        assert there.brief() == here.brief()


def test_figures_and_their_sides_are_told(tmp_path: Path) -> None:
    post = Writer("2026-03-02", "Daily Post").count("The blast in Tarvo harbour killed 12 sailors.", "12", 12, "sailors killed")
    mail = Writer("2026-03-02", "Evening Mail").count("The blast in Tarvo harbour killed 30 sailors.", "30", 30, "sailors killed")
    with case_of(tmp_path, post.say(_FILLING["Daily Post"]), mail.say(_FILLING["Evening Mail"])) as case:
        brief = case.brief()
    figures, clash = (next(s for s in brief.sections if s.heading == heading).sections[0].lines for heading in ("Figures", "Disputes"))
    said = [
        "12 people: Daily Post reports: “The blast in Tarvo harbour killed 12 sailors.”",
        "30 people: Evening Mail reports: “The blast in Tarvo harbour killed 30 sailors.”",
    ]
    assert [line.text for line in figures] == ["2 claims, from 12 to 30", *said]
    assert [line.text for line in clash] == ["For “12 people (sailors killed)”:", said[0], "For “30 people (sailors killed)”:", said[1]]


def test_a_large_case_gives_a_bounded_brief(tmp_path: Path) -> None:
    writers = []
    for number in range(30):
        writer = Writer(f"2026-03-{number + 1:02}", f"Paper {number}")
        for town in ("Tarvo", "Lisk", "Ostra"):
            writer.act(
                f"Norland shelled the grain harbour of {town} at dawn on day {number}, {'and again ' * 200}at dusk.",
                "shelled",
                "ASSAULT",
                by="Norland",
            )
        writers.append(writer)
    with case_of(tmp_path, *writers) as case:
        brief = case.brief()
    for thread in _threads(brief):
        assert sum(len(section.lines) for section in thread.sections) <= EVENTS
        assert not thread.item or any(" more of " in line.text for line in thread.lines)
    assert len(brief.notes) <= MOST and all(len(note.quote) <= LONGEST for note in brief.notes)
    assert all(len(line.text) < 500 for line in lines(brief))


def test_hostile_names_and_texts_stay_on_one_printable_line(tmp_path: Path) -> None:
    evil = "Norland shelled the\u202e harbour\x1b[31m of\x07 Tarvo <script>alert(1)</script> [x](http://evil.example)."
    first = Writer("2026-03-02", "Da\u202eily\nPost\x00", title="\x1b]0;x\x07").act(evil, "shelled", "ASSAULT", by="Norland")
    second = Writer("2026-03-03", "Mail").act("Norland shelled the harbour of Tarvo.", "shelled", "ASSAULT", by="Norland")
    with case_of(tmp_path, first.say(_FILLING["Islander"]), second.say(_FILLING["Evening Mail"])) as case:
        brief = case.brief()
    texts = [line.text for line in lines(brief)] + [text for note in brief.notes for text in (note.quote, note.publisher)]
    texts += [told.title for told in brief.told]
    assert texts and all(text.isprintable() and "\u202e" not in text for text in texts)


def test_a_sentence_of_any_length_costs_little(tmp_path: Path) -> None:
    writer = Writer().act(
        "Norland " + "and, so, on, " * 20_000 + "shelled the harbour, " + "she said, " * 20_000 + "at dusk.",
        "shelled",
        "ASSAULT",
        by="Norland",
    )
    with case_of(tmp_path, writer) as case:
        start = time.monotonic()
        brief = case.brief()
    assert time.monotonic() - start < 2 and all(len(line.text) < 500 for line in lines(brief))


def test_who_a_person_says_it_was_stands_in_the_sentence(tmp_path: Path) -> None:
    writer = Writer().act("The fleet seized the harbour.", "seized", "COERCE", by="Norland", called={"Norland": "The fleet"})
    with case_of(tmp_path, writer.act("Osten met the envoys.", "met", "CONSULT", by="Osten")) as case:
        osten = next(actor.id for actor in case.actors() if actor.name == "Osten")
        case.judge("Ada").edit(_event(case, "seized"), {"actor": osten}, "", "2026-03-03T00:00:00Z")
        case.settle()
        texts = [line.text for line in lines(case.brief())]
    assert "Daily Post reports that Osten seized “the harbour”" in texts


def test_the_status_that_a_person_gives_is_told_as_theirs(tmp_path: Path) -> None:
    with case_of(tmp_path, Writer().act("Norland met the envoys.", "met", "CONSULT", by="Norland")) as case:
        case.judge("Ada").edit(_event(case, "met"), {"status": "denied"}, "", "2026-03-03T00:00:00Z")
        case.settle()
        (line, *_) = lines(case.brief())
    assert line.text.endswith("; a person has decided that its status is “denied”")


def test_what_a_person_has_rejected_is_not_told(tmp_path: Path) -> None:
    with case_of(tmp_path, Writer().act("Norland met the envoys.", "met", "CONSULT", by="Norland")) as case:
        case.judge("Ada").reject(_event(case, "met"), "", "2026-03-03T00:00:00Z")
        case.settle()
        assert not any("met" in line.text for line in lines(case.brief()))


def _event(case: Case, trigger: str) -> str:
    return next(telling.event.id for telling in case.timeline() if telling.mention.trigger == trigger)
