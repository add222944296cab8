"""What is typed for an alert: taken, or refused with a word on what would be."""

from __future__ import annotations

import pytest

from dragoman.case.news import KINDS, Wanted
from dragoman.case.query import Filters
from dragoman.errors import InputError
from dragoman.faces.alerts.alert import name_of, path_of, saved, spoken, wanted_of, where_of
from dragoman.faces.web.routes import WAYS

SOME = [
    Wanted("events", Filters(actor="A3", type="ASSAULT", status="denied"), "grain"), Wanted("promises", promise="threat", state="kept"),
    Wanted("statements", Filters(actor="A3")), Wanted("reports", words='"grain ships"'), *(Wanted(kind) for kind in KINDS),
]  # fmt: skip


@pytest.mark.parametrize("wanted", SOME)
def test_what_is_saved_is_what_was_wanted(wanted: Wanted) -> None:
    assert wanted_of(saved(wanted)) == wanted


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "weather"},
        {"kind": "events", "type": "WEATHER"},
        {"kind": "events", "status": "rainy"},
        {"kind": "events", "state": "kept"},
        {"kind": "promises", "state": "forgotten"},
        {"kind": "statements", "type": "ASSAULT"},
        {"kind": "reports", "words": "x" * 401},
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, str | None]) -> None:
    with pytest.raises(InputError):
        wanted_of(given)


@pytest.mark.parametrize(
    ("webhook", "private"),
    [
        ("ftp://hooks.example/in", True),
        ("https://", False),
        ("hooks.example", False),
        ("https://user:word@hooks.example/", False),
        ("http://hooks.example/in", False),
        ("https://hooks.example/a b", False),
        ("https://hooks.example/\nHost: evil", False),
        ("https://" + "x" * 600, False),
        ("javascript:alert(1)", False),
        ("https://[::1", False),
    ],
)
def test_a_webhook_is_an_address_on_the_web(webhook: str, private: bool) -> None:
    with pytest.raises(InputError, match="webhook"):
        where_of(webhook, private, "", "at once")


def test_where_to_tell() -> None:
    assert where_of(" https://hooks.example/in ", True, "", "hour").webhook == "https://hooks.example/in"
    assert where_of("", True, "desk@example.org", "day").private is False
    with pytest.raises(InputError, match="digest"):
        where_of("", False, "", "year")


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_name_is_short_and_there(name: str) -> None:
    with pytest.raises(InputError, match="name"):
        name_of(name)


def test_filters_in_words() -> None:
    assert spoken(SOME[0], {"A3": "Kora Guard"}) == "events · with Kora Guard (A3) · assault · told as denied · in reports with grain"
    assert spoken(SOME[1], {}) == "threats · state kept"
    assert spoken(SOME[2], {"A3": "Kora Guard"}) == "statements · by Kora Guard (A3)"


@pytest.mark.parametrize("wanted", SOME)
def test_the_page_of_what_is_watched_takes_its_filters(wanted: Wanted) -> None:
    path, given = path_of(wanted)
    way = next(way for way in WAYS if way.path == path or (way.path == "/actors/{item}" and path.startswith("/actors/")))
    assert set(given) <= {*way.narrows, *way.takes}
