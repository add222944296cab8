"""The readings of the stories: valid, the same as they were, and together they fill every field of the schema."""

import json
from typing import Any

import jsonschema
import pytest

from dragoman.reading.read import Reader
from dragoman.reading.reading import Reading
from dragoman.reading.wire import json_schema
from tests.stories.regenerate import essence, path_of, reports

SHARE_THAT_MAY_DIFFER = 0.02
"""Of the lines of a reading: int8 kernels differ between processors, and now and then a score at a tie falls the other way."""


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return list(Reader().read_many(reports()))


def test_every_story_follows_the_schema_and_comes_back(readings: list[Reading]) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    assert len(readings) == 13
    for reading in readings:
        value = json.loads(json.dumps(reading.to_dict()))
        validator.validate(value)
        assert Reading.from_dict(value) == reading


def test_the_stories_read_as_they_did(readings: list[Reading]) -> None:
    for reading in readings:
        expected = path_of(reading.report).read_text("utf-8").splitlines()
        found = json.dumps(essence(reading.to_dict()), indent=1, ensure_ascii=False).splitlines()
        different = set(expected) ^ set(found)
        assert len(different) <= SHARE_THAT_MAY_DIFFER * len(expected), (
            f"{reading.report.source_id} reads differently: {sorted(different)[:8]}; "
            "if that is meant, run python -m tests.stories.regenerate and look at the difference"
        )


def filled(value: Any, path: str = "") -> set[str]:
    """The paths that hold something."""
    if isinstance(value, dict):
        return {p for key, part in value.items() for p in filled(part, f"{path}.{key}" if path else key)}
    if isinstance(value, list):
        return {p for part in value for p in filled(part, path)}
    return set() if value is None else {path}


def test_the_stories_cover_every_field(readings: list[Reading]) -> None:
    found = {path for reading in readings for path in filled(reading.to_dict())}
    schema = json_schema()
    for definition in ("Actor", "Time", "Figure", "Statement", "Event"):
        table = f"{definition.lower()}s"
        for field in schema["$defs"][definition]["properties"]:
            assert any(p == f"{table}.{field}" or p.startswith(f"{table}.{field}.") for p in found), f"no story has {table}.{field}"
