"""Notes to news desks: what they are, and that nothing in them is an act or a statement."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.reading.desk_notes import DeskNotes
from dragoman.reading.read import Reader
from dragoman.text.report import Report

NOTES = {
    "an embargo": ("(attention embargo)\n\nTARVO, Jan. 9 - Talks failed.", ["(attention embargo)"]),
    "a name checked": ("Brandt (eds: one name) marched in Tarvo.", ["(eds: one name)"]),
    "more to come": ("Talks failed.\n\n(more)", ["(more)"]),
    "what is new": (
        "ATTENTION - ADDS attack on bridge, arrests ///\nTARVO, Jan. 9 - Talks failed.",
        ["ATTENTION - ADDS attack on bridge, arrests ///"],
    ),
    "a line to editors": ("Eds: Updates with details of protest\n\nTalks failed.", ["Eds: Updates with details of protest"]),
    "a slug": ("(TARVO-STRIKE-POLICE)\nTalks failed.", ["(TARVO-STRIKE-POLICE)"]),
}
ASIDES = (
    "The army attacked the town (more than 40 people were killed) on Friday.",
    "The embargo (imposed in 1990) was lifted.",
    "She paid no attention to it.",
    "Updates on the strike are due on Friday.",
    "The (attention to detail was lacking) report was withdrawn.",
    "He left (Tarvo-born Ines Brandt stayed).",
    "The fighters (CIA-trained-and-armed men) attacked the port.",
    "The men (CIA-trained-paid rebels) attacked the port.",
)


@pytest.mark.parametrize("name", NOTES)
def test_notes_are_found(name: str) -> None:
    text, expected = NOTES[name]
    assert [text[span.start : span.end] for span in DeskNotes(text).spans] == expected


@pytest.mark.parametrize("text", ASIDES)
def test_asides_of_the_writer_are_none(text: str) -> None:
    assert DeskNotes(text).spans == ()


def test_only_what_lies_in_a_note_is_held() -> None:
    notes = DeskNotes("Talks (more) failed.")
    assert [notes.hold(at) for at in (0, 5, 6, 11, 12, 19)] == [False, False, True, True, False, False]


def test_a_hostile_text_takes_no_time() -> None:
    text = "(" * 20000 + "attention " * 5000 + "\n" + "adds" * 5000
    assert DeskNotes(text).spans == ()


def test_a_text_full_of_notes_takes_no_time() -> None:
    assert len(DeskNotes("(more)" * 20000).spans) == 20000


def test_a_note_tells_of_no_act() -> None:
    text = "ATTENTION - ADDS attack on bridge, arrests ///\n\nTARVO, Jan. 9 - Rebels blew up a bridge on Friday."
    reading = Reader().read(Report(text, published=date(2026, 1, 10)))
    assert [text[e.trigger.start : e.trigger.end] for e in reading.events] == ["blew"]
