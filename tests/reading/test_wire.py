"""Readings as JSON: there and back, the published schema, and what is refused."""

import copy
import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import SchemaError
from dragoman.reading.entries import Reading
from dragoman.reading.wire import SCHEMA, from_dict, from_json, json_schema, to_dict, to_json
from dragoman.text.report import Report
from tests.faces import story
from tests.reading.made_up import by_hand, readings

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


@pytest.mark.parametrize("reading", [by_hand(), story.reading(), Reading(Report("A short one."))])
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    assert from_dict(to_dict(reading)) == reading
    assert from_json(to_json(reading)) == reading
    assert from_json(to_json(reading, indent=2).encode()) == reading


@settings(max_examples=25, deadline=None)
@given(readings())
def test_any_reading_comes_back_and_follows_the_schema(reading: Reading) -> None:
    written = to_dict(reading)
    assert from_dict(written) == reading
    text = to_json(reading)
    assert from_json(text.encode()) == reading
    assert json.loads(text) == written
    VALIDATOR.validate(written)


def test_the_shape_is_that_of_the_contract() -> None:
    written = to_dict(by_hand())
    assert written["schema"] == "dragoman.reading/1"
    assert list(written["report"]) == ["id", "source_id", "title", "url", "publisher", "published", "language", "text"]
    assert written["report"]["published"] == "2026-01-10"
    assert written["report"]["id"] == by_hand().report.id
    event = written["events"][0]
    assert event["trigger"] == list(by_hand().events[0].trigger)
    assert event["when"] == {"start": "2026-01-09", "end": "2026-01-09"}
    assert written["events"][1]["when"] == {"start": "2026-01", "end": "2026-01", "inferred": True}
    assert written["times"] == [{"id": "t1", "start": 71, "end": 77, "type": "DATE", "value": "2026-01-09"}]
    assert isinstance(written["statements"][1]["content"][1], list)


def test_json_is_readable_and_can_always_be_written_as_utf_8() -> None:
    text = to_json(Reading(Report("He said \u201cno\u201d \ud83d and left.")))
    assert "\u201cno\u201d \\ud83d and" in text
    assert from_json(text.encode("utf-8")).report.text == "He said \u201cno\u201d \ud83d and left."


def test_fields_that_came_later_may_be_missing_and_unknown_ones_are_passed_over() -> None:
    written = to_dict(by_hand())
    del written["notices"], written["events"][0]["contexts"]
    written["more"] = written["events"][0]["more"] = {"x": 1}
    VALIDATOR.validate(written)
    assert from_dict(written).events[0].contexts == ()


WRONG: list[tuple[list[str | int], Any, str]] = [
    (["schema"], "dragoman.reading/2", "$.schema: found 'dragoman.reading/2'; expected 'dragoman.reading/1'"),
    (["report", "text"], 5, "$.report.text: Expected `str`, got `int`"),
    (
        ["report", "published"],
        "2026-02-30",
        "$.report.published: found no day that exists; expected a date as YYYY-MM-DD",
    ),
    (["report", "text"], "Another text.", "$.report.id: found "),
    (["report", "id"], None, "$.report.id: found None; expected "),
    (["actors", 0, "kind"], "ship", "$.actors[0].kind: Invalid enum value 'ship'; expected one of person, group, "),
    (["actors", 0, "mentions"], [], "actor a1 (the Velmoran navy) needs at least one span"),
    (
        ["actors", 0, "mentions", 0],
        [3, 9999],
        "$.actors[0].mentions[0]: found [3, 9999]; expected start before end, inside",
    ),
    (["actors", 0, "mentions", 0], [-3, 9], "$.actors[0].mentions[0]: found [-3, 9]; expected "),
    (["actors", 0, "mentions", 0], [3], "$.actors[0].mentions[0]: Expected `array` of length 2, got 1"),
    (["actors", 0, "mentions", 0], {"start": 1}, "$.actors[0].mentions[0]: Expected `array`, got `object`"),
    (["actors", 1, "id"], "a1", "$.actors[0].id: found 'a1'; expected an id that only one of the actors has"),
    (["times", 0, "end"], 9999, "$.times[0]: found [71, 9999]; expected "),
    (["times", 0, "id"], None, "$.times[0].id: Expected `str`, got `null`"),
    (["figures", 0, "low"], "two", "$.figures[0].low: Expected `int | float | null`, got `str`"),
    (["figures", 0, "low"], True, "$.figures[0].low: Expected `int | float | null`, got `bool`"),
    (
        ["statements", 0, "speaker"],
        "a9",
        "$.statements[0].speaker: found 'a9'; expected the id of an actor of this reading",
    ),
    (["statements", 1, "source"], [[5, 5]], "$.statements[1].source[0]: found [5, 5]; expected start before end"),
    (["statements", 1, "cue"], [[7, 9000]], "$.statements[1].cue[0]: found [7, 9000]; expected start before end"),
    (
        ["statements", 0, "mode"],
        "loud",
        "$.statements[0].mode: Invalid enum value 'loud'; expected one of direct, indirect",
    ),
    (
        ["events", 0, "status"],
        "maybe",
        "$.events[0].status: Invalid enum value 'maybe'; expected one of occurred, ongoing",
    ),
    (["events", 0, "cues"], [[0, 1], [9, 2]], "$.events[0].cues[1]: found [9, 2]; expected start before end"),
    (["events", 0, "initiators"], ["a1", "s1"], "$.events[0].initiators[1]: found 's1'; expected the id of an actor"),
    (["events", 0, "recipients"], ["x" * 500], "$.events[0].recipients[0]: found 'xxx"),
    (["events", 0, "according_to"], ["a1"], "$.events[0].according_to[0]: found 'a1'; expected the id of a statement"),
    (["events", 0, "figures"], ["f7"], "$.events[0].figures[0]: found 'f7'; expected the id of a figure"),
    (["events", 0, "same_as"], "e1", "$.events[0].same_as: found 'e1'; expected the id of another event"),
    (["events", 0, "confidence"], 1.5, "$.events[0].confidence: found 1.5; expected a number from 0 to 1"),
    (["events", 0, "when"], "2026", "$.events[0].when: Expected `object | null`, got `str`"),
]


@pytest.mark.parametrize(("path", "value", "message"), WRONG)
def test_what_does_not_follow_the_schema_is_refused_with_its_path(path: list[str | int], value: Any, message: str) -> None:
    written = copy.deepcopy(to_dict(by_hand()))
    place: Any = written
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(SchemaError) as caught:
        from_dict(written)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("value", [None, [], "x", {}, {"schema": SCHEMA}, {"schema": SCHEMA, "report": None}])
def test_what_is_no_reading_is_refused(value: Any) -> None:
    with pytest.raises(SchemaError, match=r"^\$"):
        from_dict(value)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, b"\xff\xfe\x00", '"\\ud800"'])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(SchemaError) as caught:
        from_json(text)
    assert "\n" not in str(caught.value)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_damaged_reading_is_refused_or_read_and_nothing_else_is_raised(data: st.DataObject) -> None:
    written = copy.deepcopy(to_dict(by_hand()))
    place: Any = written
    while True:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
        inner = place[key]
        if not inner or not isinstance(inner, dict | list) or data.draw(st.booleans()):
            break
        place = inner
    place[key] = data.draw(
        st.none() | st.integers() | st.floats() | st.text(max_size=3) | st.just("\ud800") | st.lists(st.integers(), max_size=3)
    )
    with suppress(SchemaError):
        assert isinstance(from_dict(written), Reading)


class TestSchema:
    def test_it_is_a_valid_schema(self) -> None:
        jsonschema.Draft202012Validator.check_schema(json_schema())
        assert json_schema()["$id"] == "urn:dragoman:reading:1"
        assert json_schema()["properties"]["schema"] == {"const": SCHEMA}

    def test_it_describes_every_kind_of_entry_in_json_s_own_words(self) -> None:
        defined = json_schema()["$defs"]
        assert set(defined) == {"Report", "Actor", "Time", "Figure", "Statement", "Link", "Event", "Codes", "When", "Span"}
        assert all(definition["description"] for definition in defined.values())
        assert "None" not in json.dumps(json_schema())

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (["schema"], "dragoman.reading/2"),
            (["report", "id"], "short"),
            (["actors", 0, "mentions"], []),
            (["actors", 0, "mentions", 0], [1, 2, 3]),
            (["actors", 0, "mentions", 0], [-1, 2]),
            (["statements", 0, "content"], []),
            (["events", 0, "type"], "PARTY"),
            (["events", 0, "confidence"], 2),
            (["times", 0, "start"], -4),
        ],
    )
    def test_it_refuses(self, path: list[str | int], value: Any) -> None:
        written = copy.deepcopy(to_dict(by_hand()))
        place: Any = written
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        assert list(VALIDATOR.iter_errors(written))

    def test_every_field_that_is_written_is_described_and_every_described_one_written(self) -> None:
        written, schema = to_dict(by_hand()), json_schema()
        assert list(written) == list(schema["properties"])
        for name, definition in (
            ("report", "Report"),
            ("actors", "Actor"),
            ("times", "Time"),
            ("figures", "Figure"),
            ("statements", "Statement"),
            ("events", "Event"),
        ):
            one = written[name] if name == "report" else written[name][0]
            assert set(one) == set(schema["$defs"][definition]["properties"])


def test_writing_does_not_open_msgspec() -> None:
    code = "import sys, dragoman.reading.wire; print('msgspec' in sys.modules)"
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=here, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
