"""What the words for a place name, and the lands that a text names."""

from __future__ import annotations

import pytest

from dragoman.case.places import names
from dragoman.lexicons.load import load


@pytest.mark.parametrize(
    ("words", "what", "core", "country"),
    [
        ("Iraq", "country", "Iraq", "IRQ"),
        ("the Philippines", "country", "Philippines", "PHL"),
        ("eastern Zaire", "country", "Zaire", "COD"),
        ("southern Sudan", "country", "southern Sudan", "SSD"),
        ("Soviet Union", "country", "Soviet Union", "RUS"),
        ("Gaza Strip", "part", "Gaza Strip", "PSE"),
        ("Helmand province", "part", "Helmand", "AFG"),
        ("east Jerusalem", "part", "East Jerusalem", "PSE"),
        ("Java", "part", "Java", "IDN"),
        ("Guinea", "shared", "Guinea", "GIN"),
        ("Congo", "shared", "Congo", ""),
        ("the Middle East", "wide", "Middle East", ""),
        ("North Caucasus", "wide", "North Caucasus", ""),
        ("Kremlin", "house", "Kremlin", "RUS"),
        ("Moscow", "town", "Moscow", ""),
        ("the northern city of Bologna", "town", "Bologna", "ITA"),
        ("Cape Town", "town", "Cape Town", ""),
        ("Port Harcourt", "town", "Port Harcourt", "NGA"),
        ("Kisangani", "town", "Kisangani", "COD"),
        ("the town", "", "", ""),
    ],
)
def test_what_words_name(words: str, what: str, core: str, country: str) -> None:
    found = names.of(words)
    assert (found.what, found.core, found.country) == (what, core, country)


def test_the_lands_of_a_text_without_what_clings_to_them() -> None:
    text = "In Papua New Guinea, Iraq's envoy met Turkish officers. He left the U.S. for Zaire."
    assert [(text[one.start : one.end], one.country, one.use) for one in names.lands(text)] == [
        ("Papua New Guinea", "PNG", "name"), ("Iraq", "IRQ", "name"), ("Turkish", "TUR", "people"), ("U.S.", "USA", "name"),
        ("Zaire", "COD", "name"),
    ]  # fmt: skip


def test_a_long_text_of_capitals_is_gone_through_in_time() -> None:
    assert list(names.lands("Aaa " * 20_000)) == []


def test_our_list_of_parts_names_each_part_once_in_a_state_that_we_know() -> None:
    lexicon, states = load("places"), load("states")["states"]
    parts = [part for some in lexicon["parts"].values() for part in some]
    shared = set(lexicon["shared"])
    assert set(lexicon["parts"]) <= set(states)
    assert len({part for part in parts if part not in shared}) == len([part for part in parts if part not in shared])
    assert not set(parts) & set(lexicon["wide"])
