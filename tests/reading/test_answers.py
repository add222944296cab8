"""To whom a refusal is given."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.reading.read import Reader
from dragoman.reading.reading import Reading
from dragoman.text.report import Report


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def recipients_of(reading: Reading, kind: str) -> list[set[str]]:
    names = {actor.id: actor.name for actor in reading.actors}
    return [{names[a] for a in event.recipients} for event in reading.events if event.type == kind]


@pytest.mark.parametrize(
    ("text", "asker"),
    [
        ("Turkey demanded an apology from Greece on Monday. Greece rejected the demand.", "Turkey"),
        ("France accused Libya of arming the rebels. Libya denied the charge.", "France"),
        ("Peru refused to negotiate with Chile.", "Chile"),
    ],
)
def test_a_refusal_answers_who_asked(reader: Reader, text: str, asker: str) -> None:
    found = recipients_of(reader.read(Report(text, published=date(2026, 1, 10))), "REJECT")
    assert {asker} in found


def test_an_answer_is_not_given_to_who_asked_somebody_else(reader: Reader) -> None:
    text = "Turkey demanded an apology from Greece on Monday. Norway rejected a treaty on fish."
    found = recipients_of(reader.read(Report(text, published=date(2026, 1, 10))), "REJECT")
    assert found and all("Turkey" not in names for names in found)
