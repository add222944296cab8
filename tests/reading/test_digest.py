"""What the pages show of a reading: order, names, clauses, claimants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.digest import Act, digest, excerpt
from dragoman.reading.entries import Actor, Reading
from dragoman.text.report import Report, Span
from tests.faces.story import hostile, reading


def act_of(event: str) -> Act:
    return next(act for day in digest(reading()).chronology for act in day.acts if act.event.id == event)


def test_the_chronology_goes_by_date_and_ends_with_what_has_none() -> None:
    assert [day.heading for day in digest(reading()).chronology] == [
        "Thursday 8 January 2026",
        "Friday 9 January 2026",
        "Sunday 11 January 2026",
        "Week of 12 January 2026",
        "March 2026",
        "No date told",
    ]


def test_a_retelling_is_no_line_of_its_own() -> None:
    shown = [act.event.id for day in digest(reading()).chronology for act in day.acts]
    assert "e1" not in shown
    assert sorted(shown) == sorted(set(shown))
    assert [event.id for event in act_of("e2").retold] == ["e1"]
    assert "told twice" in act_of("e2").details


def test_who_does_what_to_whom_and_according_to_whom() -> None:
    assert act_of("e2").parties == "Norland coast guard → three Sudmark fishing boats"
    assert act_of("e2").kind == "coerce: seize"
    assert act_of("e7").parties == "Norland → three Sudmark fishing boats"
    assert act_of("e4").parties == "President Ada Holm and Sudmark"
    assert act_of("e5").according_to == "Prime Minister Olu Berg, as told by a Sudmark official"
    assert act_of("e11").according_to == ""
    assert "unsure (0.41)" in act_of("e5").details
    assert "date inferred" in act_of("e12").details
    assert "at least 20 people (sailors detained)" in act_of("e3").details


def test_a_group_is_written_small_inside_a_sentence_if_the_text_does_so() -> None:
    text = "Fishermen were held. Norlanders were not. Later the fishermen sailed."
    span = Span(0, 9)
    actors = (Actor("a1", "Fishermen", "group", None, (), (), (span,)), Actor("a2", "Norlanders", "group", None, (), (), (span,)))
    event = replace(reading().events[10], initiators=("a1", "a2"), trigger=Span(15, 19), sentence=Span(0, 20))
    (act,) = digest(Reading(Report(text), actors, events=(event,))).chronology[0].acts
    assert act.who == "fishermen and Norlanders"


def test_what_is_still_to_come_or_undone_is_told_by_status() -> None:
    pending = {status: [act.event.id for act in acts] for status, acts in digest(reading()).pending}
    assert pending == {
        "planned": ["e6"],
        "promised": ["e9", "e10"],
        "threatened": ["e8"],
        "demanded": ["e7"],
        "cancelled": ["e4"],
        "denied": ["e5"],
        "hypothetical": ["e13"],
    }


def test_words_that_were_just_shown_are_not_shown_again() -> None:
    story = reading()
    again = replace(story.events[7], id="e99", trigger=story.events[6].trigger)
    page = digest(replace(story, events=(story.events[6], again, story.events[10])))
    shown = [str(act.excerpt) for act in page.chronology[0].acts]
    assert shown[0].startswith("Berg demanded the release of the crews")
    assert shown[1] == "… release …"
    assert shown[2].startswith("Protests are continuing")


def test_a_voice_tells_a_role_once_and_not_what_its_name_tells() -> None:
    story = reading()
    roles = ("Spokesman", "spokesman", "Piet", "harbour chief", "father")
    actors = tuple(replace(a, roles=roles) if a.id == "a4" else a for a in story.actors)
    assert digest(replace(story, actors=actors)).voices[1].about == "Spokesman, harbour chief"


def test_voices_are_grouped_and_say_through_whom() -> None:
    voices = digest(reading()).voices
    assert [(voice.name, voice.about, len(voice.sayings)) for voice in voices] == [
        ("Norland defence ministry", "", 1),
        ("Piet Zand", "spokesman", 2),
        ("A Sudmark official", "asked not to be named", 2),
        ("Prime Minister Olu Berg", "", 1),
    ]
    assert voices[1].sayings[0].circumstances == ("Radio Norland",)
    assert voices[3].sayings[0].circumstances == ("Friday 9 January 2026", "as told by a Sudmark official")


def test_a_figure_has_a_claimant_or_is_the_reports_own() -> None:
    claimed = {quantity.amount: quantity.claimant for quantity in digest(reading()).quantities}
    assert claimed["at least 20 people (sailors detained)"] == "Norland defence ministry"
    assert claimed["about 4,500 people"] == ""


def test_an_untitled_report_goes_by_its_first_line() -> None:
    page = digest(Reading(Report("\n\n  Ships wait.  \nMore of it", published=date(2026, 1, 1))))
    assert page.title == "Ships wait."
    assert page.source == ("published Thursday 1 January 2026", "5 words")
    assert digest(Reading(Report(""))).title == "(empty report)"


def test_a_long_sentence_is_cut_to_the_clause_of_the_act() -> None:
    text = (
        "While the ministers of nine countries waited in the old customs house, the guard boarded the ship, and "
        "although nobody had expected it at that hour of the night, the harbour master rang the bell."
    )
    trigger = Span(text.index("boarded"), text.index("boarded") + 7)
    cut = excerpt(text, Span(0, len(text)), trigger, 60)
    assert str(cut) == "… the guard boarded the ship …"
    assert cut.trigger == "boarded"
    assert str(excerpt(text, Span(0, len(text)), trigger, 500)) == text


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 40), st.integers(5, 200))
def test_an_excerpt_holds_the_trigger_and_stays_short(text: str, start: int, length: int, limit: int) -> None:
    start = min(start, len(text))
    trigger = Span(start, min(len(text), start + length))
    cut = excerpt(text, Span(0, len(text)), trigger, limit)
    assert len(cut.before) + len(cut.after) <= limit + 4
    assert "\n" not in str(cut)


def test_ids_that_lead_nowhere_and_spans_that_cross_are_survived() -> None:
    page = digest(hostile())
    assert sum(len(day.acts) for day in page.chronology) == 2
    assert "\x1b" not in repr(page)
    assert "\u202e" not in repr([page.title, page.chronology[0].heading, page.voices[0].name])


def test_a_long_report_is_digested_in_one_go() -> None:
    story = reading()
    step = len(story.report.text)

    def moved(span: Span, by: int) -> Span:
        return Span(span.start + by, span.end + by)

    figures = tuple(
        replace(f, id=f"f{n}-{f.id}", start=f.start + n * step, end=f.end + n * step) for n in range(400) for f in story.figures
    )
    statements = tuple(
        replace(s, id=f"s{n}-{s.id}", content=tuple(moved(span, n * step) for span in s.content))
        for n in range(400)
        for s in story.statements
    )
    report = replace(story.report, text=story.report.text * 400)
    page = digest(Reading(report, story.actors, (), figures, statements))
    assert len(page.quantities) == len(figures)
    assert [quantity.claimant for quantity in page.quantities[-4:]] == ["Norland defence ministry", "", "", ""]
