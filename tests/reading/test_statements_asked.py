"""Questions, deeds and passives through the real model: whose words they are, and that some are nobody's. Made-up lines."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.reading.entries import Reading
from dragoman.reading.read import Reader
from dragoman.text.report import Report

PUBLISHED = date(2026, 1, 10)
QUESTIONS = {
    "asked if": ("Asked if the talks had failed, Mayor Ines Brandt said that they would go on.", "said", "that they would go on"),
    "asked why": ("Asked why the troops had left, Mayor Ines Brandt said they had been tired.", "said", "they had been tired"),
    "asked about": ("Mayor Ines Brandt, asked about the strike, said the union was wrong.", "said", "the union was wrong"),
    "was asked": ('Mayor Ines Brandt was asked if she would resign. "No," she said.', "said", "No"),
    "in apposition": (
        "In Lima, the foreign ministry spokeswoman, Ines Brandt, asked if Peru backed the rebels, declared that it backed nobody.",
        "declared",
        "that it backed nobody",
    ),
}
SPEAKERS = {
    "the asker": ("Reporters asked Mayor Ines Brandt whether the army had fled.", "asked", "reporters"),
    "by Norway": ("The ultimatum was rejected by Norway.", "was rejected", "norway"),
}
NO_STATEMENT = {
    "would discuss": ("The ministers would discuss the budget on Monday.", "discuss"),
    "looking at": ("The company is looking at ways to cut costs.", "looking"),
    "inaugurate": ("The president will inaugurate a bridge on Friday.", "inaugurate"),
}


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    lines = [row[0] for table in (QUESTIONS, SPEAKERS, NO_STATEMENT) for row in table.values()]
    reports = [Report(line, published=PUBLISHED) for line in lines]
    return dict(zip(lines, Reader().read_many(reports), strict=True))


def told(reading: Reading) -> list[tuple[str, str]]:
    """Cue and content of each statement."""
    text = reading.report.text
    return [
        (" ".join(text[c.start : c.end] for c in s.cue), " ".join(text[c.start : c.end] for c in s.content)) for s in reading.statements
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_that_nobody_is_told_to_put_is_no_statement(name: str, readings: dict[str, Reading]) -> None:
    line, cue, content = QUESTIONS[name]
    assert told(readings[line]) == [(cue, content)]


@pytest.mark.parametrize("name", SPEAKERS)
def test_who_asks_and_who_rejects(name: str, readings: dict[str, Reading]) -> None:
    line, cue, speaker = SPEAKERS[name]
    names = {a.id: a.name.lower() for a in readings[line].actors}
    statements = [s for s in readings[line].statements if " ".join(line[c.start : c.end] for c in s.cue) == cue]
    assert [names.get(s.speaker or "", "") for s in statements] == [speaker]


@pytest.mark.parametrize("name", NO_STATEMENT)
def test_deeds_are_no_statements(name: str, readings: dict[str, Reading]) -> None:
    line, word = NO_STATEMENT[name]
    assert [cue for cue, _ in told(readings[line]) if word in cue] == []


def test_the_editorial_goes_on_after_others_have_spoken() -> None:
    text = (
        "The Tarvo Herald said in an editorial on Monday that Mayor Ines Brandt must go.\n\n"
        "The editorial said she had lost the trust of the dockers.\n\nColonel Peter Ward said he was surprised.\n\n"
        "Ward said the army was calm.\n\nWard said the port was open.\n\nWard said nobody had left.\n\n"
        "The editorial said the port was in ruins."
    )
    reading = Reader().read(Report(text, published=PUBLISHED))
    speakers = {a.id: a.name for a in reading.actors}
    assert "Herald" in speakers[reading.statements[-1].speaker or ""]
