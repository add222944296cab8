"""The mode of a demand, a refusal or a threat follows what is demanded, refused or threatened."""

from __future__ import annotations

import pytest

from dragoman.reading.entries import Event
from dragoman.reading.read import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def only(events: tuple[Event, ...], kind: str) -> Event:
    (found,) = [e for e in events if e.type == kind]
    return found


@pytest.mark.parametrize(
    ("line", "kind", "mode"),
    [
        ("The rebels demanded the release of the prisoners.", "REQUEST", "yield"),
        ("The union demanded talks with the minister.", "REQUEST", "meet"),
        ("The general threatened to attack the port.", "THREATEN", "violence"),
        ("The prime minister refused to meet the rebels.", "REJECT", "meet"),
    ],
)
def test_mode(reader: Reader, line: str, kind: str, mode: str) -> None:
    assert only(reader.read(line).events, kind).mode == mode
