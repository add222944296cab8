"""Who speaks, who did it, whom a role describes and whether it took place, where the words of a clause mislead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from dragoman.language.encoder import Encoder
from dragoman.reading.entries import Event, Reading
from dragoman.reading.read import read_annotations
from dragoman.text.report import Report

ATTACKERS: Mapping[str, tuple[str, ...]] = {
    "Five soldiers were killed when the bomber drove his truck into the gate.": ("bomber",),
    "Two girls were wounded after gunmen opened fire on a bus.": ("gunmen",),
    "Ten rebels were killed when rebels stormed the post.": (),
    "The rebels admitted a role in the bombing of the port.": ("rebels",),
    "The minister said Kora did not have any involvement in the attack on a school in Velan.": (),
    "Kora denied any role in the bombing of the port.": (),
    "The general had no hand in the army's massacre of villagers.": ("army",),
}
FREE: Mapping[str, str] = {
    "Whoever came to inspect Cuba would be met with rifles, Brandt said.": "hypothetical",
    "Anyone who attacks the port will be shot, the army said.": "hypothetical",
    "Whoever killed the guards would have known the house, police said.": "occurred",
    "Anyone who attacked the port was shot.": "occurred",
}
SPEECH: Mapping[str, list[tuple[str | None, str]]] = {
    'Speaking Sunday on Radio Nine\'s "The Hour," Brandt admitted that the figure in his book was wrong.': [
        ("Brandt", "that the figure in his book was wrong"),
    ],
    "That view, many argue, could carry risks for the harbour.": [(None, "That view | could carry risks for the harbour")],
    "The Directorate of Rescue was quoted by Kora Press as saying that an aircraft would leave on Tuesday.": [
        ("Directorate of Rescue", "that an aircraft would leave on Tuesday"),
    ],
    "Parliament passed the bill on Tuesday by 120 votes to 80.": [],
}
GOES_ON = (
    'The League believes "that trade is a fit subject for talks. On this we differ with Kora," Brandt said.\n'
    '"But we also differ with those who would end it."'
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def _read(encoder: Encoder, text: str) -> Reading:
    return read_annotations(Report(text, published=date(2024, 5, 14)), encoder.annotate(text))


def _names(reading: Reading, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(next(a.name for a in reading.actors if a.id == i) for i in ids)


def _first(reading: Reading, *types: str) -> Event:
    return next(e for e in reading.events if e.type in types)


@pytest.mark.parametrize("line", ATTACKERS)
def test_who_attacks_is_who_the_sentence_tells(encoder: Encoder, line: str) -> None:
    reading = _read(encoder, line)
    assert _names(reading, _first(reading, "ASSAULT").initiators) == ATTACKERS[line]


@pytest.mark.parametrize("line", FREE)
def test_what_whoever_will_do_has_not_been_done(encoder: Encoder, line: str) -> None:
    assert _first(_read(encoder, line), "ASSAULT", "ACCUSE").status == FREE[line]


@pytest.mark.parametrize("line", SPEECH)
def test_who_says_what(encoder: Encoder, line: str) -> None:
    reading = _read(encoder, line)
    names = {a.id: a.name for a in reading.actors}
    told = [(names.get(s.speaker or ""), " | ".join(line[p.start : p.end] for p in s.content)) for s in reading.statements]
    assert told == SPEECH[line]


def test_a_quotation_goes_on_with_who_spoke_and_not_with_whose_belief_was_told(encoder: Encoder) -> None:
    reading = _read(encoder, GOES_ON)
    last = reading.statements[-1]
    assert not last.cue
    assert last.speaker is not None
    assert _names(reading, (last.speaker,)) == ("Brandt",)


def test_a_role_belongs_to_the_name_before_it(encoder: Encoder) -> None:
    reading = _read(encoder, "Brandt met with Rosa Gil, the trade minister, and Ivo Lund, the head of the bank.")
    roles = {a.name: a.roles for a in reading.actors if a.roles}
    assert roles == {"Rosa Gil": ("trade minister",), "Ivo Lund": ("head of the bank",)}
