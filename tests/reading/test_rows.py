"""Readings as plain rows for pandas and polars."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from dragoman.reading.entries import Reading
from dragoman.reading.rows import Row, actors_frame, events_frame, figures_frame, statements_frame, times_frame
from dragoman.text.report import Report
from tests.faces import story
from tests.reading.made_up import TEXT, by_hand, readings

FRAMES = (actors_frame, events_frame, figures_frame, statements_frame, times_frame)


def test_an_event_has_names_words_and_ids() -> None:
    first, second = events_frame(by_hand())
    assert (first["type"], first["mode"], first["status"]) == ("COERCE", "seize", "occurred")
    assert first["initiators"] == "the Velmoran navy"
    assert second["initiators"] == "the Velmoran navy; Ilse Brandt"
    assert second["initiator_ids"] == "a1; a2"
    assert first["speakers"] == "Ilse Brandt"
    assert first["figures"] == "two trawlers"
    assert first["trigger"] == "seized"
    assert str(first["sentence"]).startswith("TARVO")
    assert TEXT[int(first["start"]) : int(first["end"])] == "seized"
    assert (second["when_start"], second["when_inferred"]) == ("2026-01", True)
    assert second["plover"] == ""
    assert first["published"] == "2026-01-10"
    assert first["report_id"] == by_hand().report.id
    assert first["first_mention"] is True


def test_what_is_called_off_and_the_finds_of_the_model_can_be_told_apart() -> None:
    reading = by_hand()
    event = replace(reading.events[1], reverses="e1", statement="s2", evidence="model")
    first, second = events_frame(replace(reading, events=(reading.events[0], event)))
    assert (first["reverses"], first["statement"], first["evidence"]) == ("", "", "lexicon")
    assert (second["reverses"], second["statement"], second["evidence"]) == ("e1", "s2", "model")


def test_the_other_tables() -> None:
    actor = actors_frame(by_hand())[1]
    assert (actor["name"], actor["mentions"], actor["sectors"]) == ("Ilse Brandt", 2, "GOV")
    assert actor["forms"] == "Foreign Minister Ilse Brandt; she"
    statement = statements_frame(by_hand())[1]
    assert statement["speaker"] == "Ilse Brandt"
    assert statement["content"] == "We will not let them go \u2026 before the fine of 1.5 million crowns is paid"
    figure = figures_frame(by_hand())[1]
    assert (figure["text"], figure["low"], figure["of"]) == ("1.5 million crowns", 1_500_000.0, "")
    assert math.isnan(float(figure["high"]))
    time = times_frame(by_hand())[0]
    assert (time["text"], time["type"], time["value"]) == ("Friday", "DATE", "2026-01-09")


@pytest.mark.parametrize("frame", FRAMES)
def test_nothing_gives_no_rows(frame: Callable[[Reading], list[Row]]) -> None:
    assert frame(Reading(Report("A short one."))) == []


@pytest.mark.parametrize("frame", FRAMES)
def test_hostile_text_and_ids_that_nothing_has_make_rows_all_the_same(frame: Callable[[Reading], list[Row]]) -> None:
    assert frame(story.hostile())


@settings(max_examples=25, deadline=None)
@given(readings())
def test_a_column_has_one_type_and_text_that_can_be_written(reading: Reading) -> None:
    for frame, count in zip(
        FRAMES,
        map(len, (reading.actors, reading.events, reading.figures, reading.statements, reading.times)),
        strict=True,
    ):
        rows = frame(reading)
        assert len(rows) == count
        for row in rows:
            assert [*row] == [*rows[0]]
            assert [type(cell) for cell in row.values()] == [type(cell) for cell in rows[0].values()]
            assert all(cell.encode() is not None for cell in row.values() if isinstance(cell, str))


def test_pandas_and_polars_take_the_rows() -> None:
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    for frame in FRAMES:
        rows = frame(story.reading())
        assert len(pandas.DataFrame(rows)) == len(rows)
        assert polars.DataFrame(rows).height == len(rows)
