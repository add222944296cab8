"""To whom something is said and through whom it came: made-up reports read with the encoder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from dragoman.language.encoder import Encoder
from dragoman.reading.digest import digest
from dragoman.reading.entries import Reading, Statement
from dragoman.reading.read import read_annotations
from dragoman.reading.rows import statements_frame
from dragoman.reading.wire import from_dict, to_dict
from dragoman.text.report import Report

TEXTS: Mapping[str, str] = {
    "told": "Mayor Ines Brandt told the council on Monday that the harbour would stay open.",
    "reporters": '"We will stay," Mayor Ines Brandt said to reporters.',
    "letter": "In a letter to Peter Ward, Ines Brandt said the dockers would leave.",
    "wrote": "Ines Brandt wrote to Peter Ward that the truce had failed.",
    "urged": "Colonel Peter Ward urged Rome to send aid. He added that the port was closed.",
    "warning": "Ines Brandt repeated her warning to Tehran that the ships would be stopped.",
    "two": "Ines Brandt told Peter Ward and Ana Sol that the port was closed and warned that the army would come.",
    "reported": "Interfax reported that Rybkin said the talks would go on.",
    "radio": "According to state radio, Defence Minister Ana Sol said the army had left Tarvo.",
    "agency": '"The army has left," Ana Sol told AFP on Friday. She added that two dockers were hurt.',
    "carried": "Ana Sol said in a statement published by Xinhua that the army had left Tarvo.",
    "quoted": "The army has left Tarvo, Xinhua quoted an official as saying.",
    "citing": "The army has left Tarvo, the Andina news agency reported, citing military officials.",
    "deep": "Ana Sol said that Ines Brandt had claimed that Peter Ward denied that the army had left Tarvo.",
    "dateline": "TARVO, Jan. 9 (Andina) -- The army has left Tarvo, Mayor Ines Brandt said on Friday.",
    "credit": "The army has left Tarvo, Mayor Ines Brandt said on Friday.\n\nShe gave no details.\n\n(AFP)",
    "byline": "By Rosa Gil, Associated Press Writer\n\nThe army has left Tarvo, Mayor Ines Brandt said on Friday.",
    "turns": (
        "Mayor Ines Brandt met Colonel Peter Ward in Tarvo on Monday.\n\n"
        '"Will the army leave?" Brandt asked Ward.\n\n"It will leave when the talks are over," Ward replied.\n\n'
        '"When is that?"\n\n"Ask the minister."\n\n"I have asked him twice."\n\nThe two then shook hands.'
    ),
    "no turns": (
        'Mayor Ines Brandt met Colonel Peter Ward in Tarvo on Monday.\n\n"The army must leave," Brandt told Ward.\n\n'
        '"It will leave when the talks are over," Ward replied.\n\n"They will be over soon."'
    ),
    "the report": (
        "Catches fell in May, the Fisheries Ministry reported on Tuesday.\n\nMayor Ines Brandt said she was worried.\n\n"
        "The report said that the sea was too warm."
    ),
    "ministry report": (
        "Catches fell in May, a Fisheries Ministry report said on Tuesday.\n\nThe fall was the first since 2001.\n\n"
        "The report said that the sea was too warm."
    ),
    "the statement": (
        "The Fisheries Ministry said in a statement that the fish are safe.\n\nMayor Ines Brandt said she did not believe it.\n\n"
        "The statement said that the fish were tested."
    ),
    "a report": (
        "Catches fell in May, the Fisheries Ministry reported on Tuesday.\n\nMayor Ines Brandt said she was worried.\n\n"
        "Some reports said that the sea was too warm."
    ),
    "nobody's": (
        "It was reported on Tuesday that catches had fallen.\n\nThe fall was the first since 2001.\n\n"
        "The report said that the sea was too warm."
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    found = Encoder().annotate_many(TEXTS.values())
    return {n: read_annotations(Report(t, published=date(2026, 1, 10)), a) for (n, t), a in zip(TEXTS.items(), found, strict=True)}


def names(reading: Reading, statement: Statement) -> list[str]:
    called = {actor.id: actor.name for actor in reading.actors}
    return [called[i] for i in statement.addressees]


def words(reading: Reading, statement: Statement) -> list[str]:
    return [reading.report.text[span.start : span.end] for span in statement.addressed]


def way(statement: Statement) -> list[tuple[str, str]]:
    return [(link.kind, link.name) for link in statement.through]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("letter", ["Peter Ward"]),
        ("wrote", ["Peter Ward"]),
        ("urged", ["Italy"]),
        ("agency", ["AFP"]),
    ],
)
def test_who_hears_is_an_addressee(name: str, who: list[str], readings: dict[str, Reading]) -> None:
    assert names(readings[name], readings[name].statements[-1 if name == "warning" else 0]) == who


@pytest.mark.parametrize(("name", "heard"), [("told", ["the council"]), ("reporters", ["reporters"]), ("wrote", ["Peter Ward"])])
def test_the_words_for_the_hearers_hold_neither_preposition_nor_day(name: str, heard: list[str], readings: dict[str, Reading]) -> None:
    assert words(readings[name], readings[name].statements[0]) == heard


def test_a_second_verb_speaks_to_the_same_two_hearers(readings: dict[str, Reading]) -> None:
    reading = readings["two"]
    assert [names(reading, s) for s in reading.statements] == [["Peter Ward", "Ana Sol"]] * 2


def test_who_is_urged_does_not_hear_what_is_added(readings: dict[str, Reading]) -> None:
    reading = readings["urged"]
    assert [names(reading, s) for s in reading.statements] == [["Italy"], []]


def test_a_report_of_a_statement_is_its_outer_link(readings: dict[str, Reading]) -> None:
    outer, inner = readings["reported"].statements
    assert (way(outer), way(inner)) == ([], [("statement", "Interfax")])
    assert (inner.through[0].statement, inner.through[0].actor) == (outer.id, outer.speaker)


def test_every_link_of_a_deep_chain_stands_outermost_first(readings: dict[str, Reading]) -> None:
    statements = readings["deep"].statements
    assert way(statements[-1]) == [("statement", "Ana Sol"), ("statement", "Ines Brandt")]
    assert [link.statement for link in statements[-1].through] == [s.id for s in statements[:-1]]


def test_according_to_a_medium_somebody_said(readings: dict[str, Reading]) -> None:
    assert way(readings["radio"].statements[-1]) == [("statement", "state radio")]


@pytest.mark.parametrize(("name", "carrier"), [("agency", "AFP"), ("carried", "Xinhua"), ("quoted", "Xinhua")])
def test_who_was_told_or_carried_or_quoted_it_is_a_link(name: str, carrier: str, readings: dict[str, Reading]) -> None:
    link = readings[name].statements[0].through[-1]
    assert (link.kind, link.name) == ("carrier", carrier)
    assert readings[name].report.text[link.words[0].start : link.words[0].end] == carrier


def test_she_added_keeps_the_carrier(readings: dict[str, Reading]) -> None:
    assert way(readings["agency"].statements[1]) == [("carrier", "AFP")]


def test_who_is_cited_stands_in_what_the_agency_reports(readings: dict[str, Reading]) -> None:
    agency, officials = readings["citing"].statements
    assert [link.statement for link in officials.through] == [agency.id]
    assert agency.through == ()


@pytest.mark.parametrize(("name", "agency"), [("dateline", "Andina"), ("credit", "AFP"), ("byline", "Associated Press")])
def test_the_agency_of_a_whole_report_is_told_by_dateline_credit_or_byline(name: str, agency: str, readings: dict[str, Reading]) -> None:
    assert all(way(s) == [("publisher", agency)] for s in readings[name].statements)
    assert readings[name].statements


def test_the_publisher_given_with_a_report_is_outermost_and_stands_once() -> None:
    found = Encoder().annotate(TEXTS["agency"])
    other = read_annotations(Report(TEXTS["agency"], publisher="Tarvo Herald"), found).statements[0]
    assert way(other) == [("publisher", "Tarvo Herald"), ("carrier", "AFP")]
    same = read_annotations(Report(TEXTS["agency"], publisher="Agence France-Presse"), found).statements[0]
    assert way(same) == [("publisher", "Agence France-Presse")]


def test_around_questions_two_speakers_take_turns(readings: dict[str, Reading]) -> None:
    reading = readings["turns"]
    called = {actor.id: actor.name for actor in reading.actors}
    said = [called[s.speaker] for s in reading.statements if s.speaker]
    assert said == ["Ines Brandt", "Peter Ward", "Ines Brandt", "Peter Ward", "Ines Brandt"]


def test_without_a_question_the_last_speaker_goes_on(readings: dict[str, Reading]) -> None:
    reading = readings["no turns"]
    called = {actor.id: actor.name for actor in reading.actors}
    assert [called[s.speaker] for s in reading.statements if s.speaker][-2:] == ["Peter Ward", "Peter Ward"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("letter", ["letter", "to Peter Ward"]),
        ("deep", ["as told by Ines Brandt, as told by Ana Sol"]),
        ("carried", ["statement", "through Xinhua"]),
        ("agency", ["AFP", "Friday 9 January 2026"]),
        ("reporters", ["reporters"]),
    ],
)
def test_pages_tell_hearers_and_ways_that_the_channel_does_not(name: str, shown: list[str], readings: dict[str, Reading]) -> None:
    wanted = readings[name].statements[-1 if name == "deep" else 0].id
    sayings = [saying for voice in digest(readings[name]).voices for saying in voice.sayings]
    circumstances = next(saying.circumstances for saying in sayings if saying.statement.id == wanted)
    assert [c.replace(",", "") if "2026" in c else c for c in circumstances] == shown


def test_rows_name_hearers_and_links(readings: dict[str, Reading]) -> None:
    row = statements_frame(readings["two"])[0]
    assert (row["addressees"], row["addressed"], row["through"]) == ("Peter Ward; Ana Sol", "Peter Ward and Ana Sol", "")
    deep = statements_frame(readings["deep"])[-1]
    assert (deep["through"], deep["through_ids"]) == ("Ana Sol; Ines Brandt", "s1; s2")


@pytest.mark.parametrize("name", TEXTS)
def test_hearers_and_links_come_back_from_json(name: str, readings: dict[str, Reading]) -> None:
    written = to_dict(readings[name])
    assert from_dict(written).statements == readings[name].statements
    for statement in written["statements"]:
        for old in ("addressees", "addressed", "through"):
            del statement[old]
    assert [s.through for s in from_dict(written).statements] == [()] * len(written["statements"])  # readings written before


@pytest.mark.parametrize("text", ["the report", "ministry report", "the statement"])
def test_a_document_that_is_pointed_at_speaks_for_who_made_it(readings: dict[str, Reading], text: str) -> None:
    reading = readings[text]
    called = {actor.id: actor.name for actor in reading.actors}
    last = reading.statements[-1]
    assert called[last.speaker or ""] == "Fisheries Ministry"
    assert last.standing == "institution"


@pytest.mark.parametrize("text", ["a report", "nobody's"])
def test_reports_that_nobody_is_known_to_have_made_have_no_speaker(readings: dict[str, Reading], text: str) -> None:
    called = {actor.id: actor.name for actor in readings[text].actors}
    assert called.get(readings[text].statements[-1].speaker or "") not in ("Fisheries Ministry", "Ines Brandt")
