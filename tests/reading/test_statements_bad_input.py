"""Marks and layouts that go wrong in real reports: no quotation runs away, and what stands whole beside them is still read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from dragoman.language.encoder import Encoder
from dragoman.reading.entries import Reading
from dragoman.reading.read import read_annotations
from dragoman.text.report import Report

REST = "The army shelled the harbour at noon. Nine dockers were arrested.\n\nPolice freed two of them later."
STAY = ("Ines Brandt", "We will stay in Tarvo")
HURT = ("Peter Ward", "Nobody was hurt")
CASES: Mapping[str, tuple[str, set[tuple[str | None, str]]]] = {
    "a closing mark is missing": (f'"We will stay in Tarvo, the mayor Ines Brandt said on Monday.\n\n{REST}', {STAY}),
    "an opening mark is missing": (
        f'We will stay in Tarvo," the mayor Ines Brandt said on Monday.\n\n{REST} "Nobody was hurt," said Colonel Peter Ward.',
        {STAY, HURT},
    ),
    "marks of several kinds": (
        f"“We will stay in Tarvo,\" Ines Brandt, the mayor, said.\n\n``Nobody was hurt,” Peter Ward, a colonel, said.\n\n{REST}",
        {STAY, HURT},
    ),
    "a quotation in a quotation": (
        f"“The colonel told me ‘we will shell the harbour’ and hung up,” the mayor, Ines Brandt, said on Monday.\n\n{REST}",
        {("Ines Brandt", "The colonel told me ‘we will shell the harbour’ and hung up")},
    ),
    "a transcript": (
        f"Q: Will the army leave Tarvo?\n\nA: We will leave when the talks are over.\n\nQ: When is that?\n\nA: Ask the minister.\n\n{REST}",
        set(),
    ),
    "a transcript with names": (f"BRANDT: We will leave when the talks end.\n\nORAM: Nobody believes that.\n\n{REST}", set()),
    "a byline": (
        "By Ines Brandt, Staff Writer\n\nTARVO, Kora (Andina) -- Police arrested nine dockers, Mayor Ana Sol said on Friday."
        "\n\nReporting by Peter Ward; editing by Rosa Gil",
        {("Ana Sol", "Police arrested nine dockers")},
    ),
    "a dateline": (
        f'TARVO, Jan. 9 (Andina) -- "We will stay in Tarvo," Mayor Ines Brandt said Friday.\n\n{REST}',
        {STAY},
    ),
    "a caption": (
        "Mayor Ines Brandt speaks in Tarvo on Monday. (Peter Ward/Andina)\n\nBrandt said that the army would leave."
        f"\n\n{REST}\n\nPhoto: Ana Sol",
        {("Ines Brandt", "that the army would leave")},
    ),
    "handles": (
        f'"We will stay in Tarvo," Ines Brandt (@inesbrandt) wrote on Monday. RT @kora_army: "Nobody was hurt" #Tarvo\n\n{REST}',
        {STAY},
    ),
    "a transcript with quoted answers": (
        f'Q: Will the army leave Tarvo?\n\nA: "We will leave when the talks are over.\n\nQ: When?\n\nA: "Soon."\n\n{REST}',
        set(),
    ),
    "a quotation reopened and never closed": (
        f'"We will stay in Tarvo," Ines Brandt, the mayor, said.\n\n"Nobody has asked us to go.\n\n{REST}',
        {STAY},
    ),
    "straight quotes in straight quotes": (
        f'"She called it "a trap" twice," Colonel Peter Ward said.\n\n"We will stay in Tarvo," the mayor Ines Brandt said.\n\n{REST}',
        {STAY},
    ),
    "apostrophes among single marks": (
        f"'We will stay in Tarvo,' Mayor Ines Brandt said at the dockers' hall.\n\n{REST}",
        {STAY},
    ),
    "angle and low marks": (
        f"«We will stay in Tarvo», Mayor Ines Brandt said.\n\n„Nobody was hurt,“ Ines Brandt added.\n\n{REST}",
        {STAY, ("Ines Brandt", "Nobody was hurt")},
    ),
    "a caption with a quotation and a credit": (
        'Mayor Ines Brandt with a sign that reads "No ships" in Tarvo. AP Photo/Rosa Gil'
        f'\n\n{REST} "Nobody was hurt," said Colonel Peter Ward.',
        {HURT},
    ),
    "a handle that writes": (
        f'"We will stay in Tarvo," @inesbrandt wrote on Monday. "Nobody was hurt," Colonel Peter Ward said.\n\n{REST}',
        {(None, "We will stay in Tarvo"), HURT},
    ),
    "inches and minutes": (
        f'The 6\'2" colonel, Peter Ward, spoke for 5\' on Monday. "Nobody was hurt," he said.\n\n{REST}',
        {HURT},
    ),
    "marks alone": (f'"\n\n" "\n\n“\n\n{REST} "Nobody was hurt," Colonel Peter Ward said.', {HURT}),
}  # fmt: skip


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    texts = {name: text for name, (text, _) in CASES.items()}
    found = Encoder().annotate_many(texts.values())
    return {n: read_annotations(Report(t, published=date(2026, 1, 10)), a) for (n, t), a in zip(texts.items(), found, strict=True)}


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_is_read_and_nothing_runs_away(name: str, readings: dict[str, Reading]) -> None:
    reading = readings[name]
    text, wanted = CASES[name]
    names = {actor.id: actor.name for actor in reading.actors}
    said = {(names.get(s.speaker or ""), text[s.content[0].start : s.content[-1].end].strip('"“”`')) for s in reading.statements}
    assert {(who, what.rstrip(",")) for who, what in said} >= wanted
    for statement in reading.statements:
        assert all("\n\n" not in text[span.start : span.end] for span in statement.content)
        assert "arrested" not in text[statement.content[0].start : statement.content[-1].end] or "Ana Sol" in names.values()
