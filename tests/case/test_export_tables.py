"""A case as tables, and under the column names of POLECAT and ACLED: what stands there, and what must never stand there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from dragoman.case.case import Case
from dragoman.case.exports import acled, polecat
from dragoman.case.exports.elsewhere import land_of
from dragoman.case.exports.tables import COLUMNS, Table
from dragoman.case.judgements import CaseActor, CaseEvent
from dragoman.case.query import Filters
from dragoman.reading.entries import EventType, When
from tests.case.leaving import eventful_case

TYPES = {"text": str, "whole": int, "number": float, "truth": bool, "texts": tuple}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with eventful_case(tmp_path_factory.mktemp("tables") / "a.case") as opened:
        yield opened


def rows(table: Table) -> list[dict[str, Any]]:
    return [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]


def test_every_cell_has_the_type_of_its_column(case: Case) -> None:
    found = case.tables()
    assert list(found) == list(COLUMNS)
    for table in (*found.values(), case.polecat(), case.acled()):
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                assert cell is None or type(cell) is TYPES[column.type], (table.name, column.name, cell)


def test_tables_hold_what_the_questions_give(case: Case) -> None:
    for filters in (Filters(), Filters(as_of="2026-03-09"), Filters(type="ASSAULT"), Filters(since="2026-03-10")):
        found, told = case.tables(filters), case.contract(filters)
        for kind in ("reports", "actors", "events", "threads"):
            assert sorted(row["id"] for row in rows(found[kind])) == sorted(item["id"] for item in told[kind])
        assert len(found["claims"].rows) == sum(len(event["claims"]) for event in told["events"])
        assert {row["event"] for row in rows(found["claims"])} == {event["id"] for event in told["events"]}
    assert [row["verb"] for row in rows(case.tables()["decisions"])] == ["different", "undo", "rename", "reject", "split"]


def test_a_claim_leads_to_its_sentence(case: Case) -> None:
    for row in rows(case.tables()["claims"]):
        text = case.store.text(row["report"]) or ""
        assert " ".join(text[row["start"] : row["end"]].split()) == row["sentence"]


def test_no_cell_holds_control_characters(case: Case) -> None:
    for table in case.tables().values():
        for row in table.rows:
            texts = [text for cell in row for text in (cell if isinstance(cell, tuple) else (cell,)) if isinstance(text, str)]
            assert not {"\x1b", "\u202e", "\x00", "\n"} & set("".join(texts))


# --- POLECAT


def test_polecat_has_the_code_of_the_act_and_never_the_act_that_did_not_happen(case: Case) -> None:
    found = {row["Event ID"]: row for row in rows(case.polecat())}
    events = {event["id"]: event for event in case.contract()["events"]}
    assert {events[item]["status"] for item in events.keys() - found.keys()} == {"denied"}
    codes = {(events[item]["type"], events[item]["status"]): row["Event Type"] for item, row in found.items()}
    assert codes[("ASSAULT", "threatened")] == "THREATEN"
    assert codes[("RETREAT", "promised")] == "AGREE"
    assert codes[("RETREAT", "demanded")] == "REQUEST"
    assert all(status == "occurred" for (kind, status), code in codes.items() if kind == code)


def test_polecat_fills_what_is_known_and_leaves_the_rest_empty(case: Case) -> None:
    (met,) = [row for row in rows(case.polecat()) if row["Event Type"] == "CONSULT"]
    known = {"Event Date": "2026-03-12", "Quad Code": 1, "Intensity": 2.5, "Actor Name": "Port Union", "Actor COUNTRY": "VEL"}
    assert known.items() <= met.items()
    assert met["Event Text"] == "The Port Union met the Kora Guard in Tarvo."
    assert (met["Recipient Name"], met["Recipient Name Raw"]) == ("Guard of Kora �", "Kora Guard")
    assert {name for name in polecat.COLUMNS if all(row[name] is None for row in rows(case.polecat()))} >= polecat.EMPTY
    assert len(set(polecat.COLUMNS)) == len(polecat.COLUMNS)


# --- ACLED


def test_acled_has_only_what_occurred(case: Case) -> None:
    events = {event["id"]: event for event in case.contract()["events"]}
    found = rows(case.acled())
    assert found and all(events[row["event_id_cnty"]]["status"] == "occurred" for row in found)
    assert {events[row["event_id_cnty"]]["type"] for row in found} == {"ASSAULT"}
    assert {name for name in acled.COLUMNS if all(row[name] is None for row in found)} >= acled.EMPTY
    first = {name: found[0][name] for name in ("event_date", "year", "time_precision", "timestamp")}
    assert first == {"event_date": "2026-03-02", "year": 2026, "time_precision": 1, "timestamp": 1772366400}


def event(kind: EventType, mode: str | None, **more: Any) -> CaseEvent:
    made = CaseEvent("E1", kind, mode, "occurred", kind, When("2026-03-02", "2026-03-02"), None, (), (), (), 1, 0.9)
    return replace(made, **more)


def actor(sector: str, country: str | None = "VEL") -> CaseActor:
    return CaseActor("A1", sector, "group", country, (sector,), (), ())


ARMY, REBELS, PEOPLE, OFFICE = actor("MIL"), actor("REB"), actor("CVL"), actor("GOV")


@pytest.mark.parametrize(
    ("found", "sides", "expected"),
    [
        (event("ASSAULT", "drone"), ([], []), ("Explosions/Remote violence", "Air/drone strike")),
        (event("ASSAULT", "firearms"), ([ARMY], [REBELS]), ("Battles", None)),
        (event("ASSAULT", None), ([ARMY, REBELS], []), ("Battles", None)),
        (event("ASSAULT", "firearms"), ([ARMY], [PEOPLE]), ("Violence against civilians", "Attack")),
        (event("ASSAULT", "abduct"), ([], [PEOPLE]), ("Violence against civilians", "Abduction/forced disappearance")),
        (event("ASSAULT", "firearms"), ([], []), (None, None)),
        (event("ASSAULT", "firearms"), ([ARMY], [OFFICE]), (None, None)),
        (event("ASSAULT", "crowd-control"), ([ARMY], [PEOPLE]), (None, None)),
        (event("PROTEST", "demo"), ([PEOPLE], []), ("Protests", None)),
        (event("PROTEST", "riot"), ([PEOPLE], []), ("Riots", None)),
        (event("COERCE", "arrest"), ([ARMY], [PEOPLE]), ("Strategic developments", "Arrests")),
    ],
)
def test_a_kind_of_acled_is_given_only_where_the_act_says_it(found: CaseEvent, sides: Any, expected: tuple[str | None, str | None]) -> None:
    assert acled.recorded(found)
    assert acled.sort_of(found, *sides)[1:] == expected


@pytest.mark.parametrize(
    "found",
    [
        event("CONSULT", None),
        event("PROTEST", "strike"),
        event("ASSAULT", None, status="planned"),
        event("ASSAULT", None, status="ongoing"),
    ],
)
def test_other_kinds_and_statuses_are_no_rows(found: CaseEvent) -> None:
    assert not acled.recorded(found)


def test_a_place_is_in_a_land_only_where_the_lists_know_it() -> None:
    assert (land_of("Baghdad"), land_of("the north of nowhere"), land_of(None)) == (("IRQ", "Iraq"), None, None)
