"""The words of other data sets: classes, scores, PLV roots, CAMEO codes; and the page that prints them."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import pytest

from dragoman.reading.codes import BY_CONTEXT, CAMEO_ROOTS, CHOSEN, PLV_ROOTS, SHARED, cameo, codes, codes_of, plv_root
from dragoman.reading.entries import Event, EventType, Status
from dragoman.reading.plover import MODES, RULES, STATUSES, TYPES, Quad, code, coded_mode
from dragoman.text.report import Span
from tests.reading import plover_page

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path("/work/shared/data/events/cameo_to_plover.tsv")
EVENT = Event(
    "e1", "ASSAULT", "beat", Span(4, 8), Span(0, 20), "occurred", (), None, ("a1",), ("a2",), None, None, (), (), "ASSAULT", 0.8
)  # fmt: skip


def event(act: EventType, mode: str | None, status: Status, *contexts: str) -> Event:
    return replace(EVENT, type=act, mode=mode, status=status, plover=code(act, status), contexts=contexts)


def test_the_page_is_what_the_tables_say() -> None:
    written = (ROOT / "docs" / "reference" / "plover.md").read_text("utf-8")
    assert written == plover_page.page(), "run: PYTHONPATH=src:. python -m tests.reading.plover_page > docs/reference/plover.md"


def test_every_pair_of_type_and_status_stands_in_exactly_one_rule() -> None:
    pairs = [(act, status) for rule in RULES for status in rule.statuses for act in rule.types]
    assert sorted(pairs) == sorted((act, status) for act in TYPES for status in STATUSES)
    assert all(rule.why.endswith(".") for rule in RULES)


def test_the_roots_of_plv_are_the_types_with_yielding_made_one() -> None:
    assert len(PLV_ROOTS) == 15
    assert {plv_root(act) for act in TYPES} == set(PLV_ROOTS)
    assert plv_root("CONCEDE") == plv_root("RETREAT") == "YIELD"


@pytest.mark.parametrize(
    ("act", "mode", "status", "expected"),
    [
        ("ASSAULT", "firearms", "threatened", "violence"),
        ("COERCE", "arrest", "planned", "arrest"),
        ("COERCE", "cyber", "threatened", None),
        ("AID", None, "demanded", "assist"),
        ("RETREAT", "release", "demanded", "yield"),
        ("RETREAT", "release", "promised", None),
        ("CONSULT", "visit", "cancelled", "meet"),
        ("AID", None, "cancelled", "discontinue"),
        ("ASSAULT", "beat", "denied", None),
        ("ASSAULT", "beat", "occurred", "beat"),
    ],
)
def test_the_mode_of_a_code_made_from_another_type(act: EventType, mode: str | None, status: Status, expected: str | None) -> None:
    assert coded_mode(act, mode, status) == expected


def test_coded_modes_are_modes_of_the_code() -> None:
    for act in TYPES:
        for status in STATUSES:
            for mode in (None, *MODES.get(act, ())):
                given, made = code(act, status), coded_mode(act, mode, status)
                assert made is None or (given is not None and made in MODES[given]), (act, mode, status)


def test_an_attack_called_off_is_exported_as_yielding() -> None:
    found = codes_of(event("ASSAULT", "aerial", "cancelled"))
    assert found is not None
    assert (found.plover, found.mode, found.plv, found.cameo) == ("RETREAT", None, "YIELD", "080")
    assert found.quad == Quad.MATERIAL_COOPERATION
    assert found.goldstein_style > 0


def test_a_threatened_attack_is_a_threat_of_violence() -> None:
    found = codes_of(event("ASSAULT", "aerial", "threatened"))
    assert found is not None
    assert (found.plover, found.mode, found.cameo_root, found.goldstein_style) == ("THREATEN", "violence", "13", -3.5)


@pytest.mark.parametrize("status", ["denied", "hypothetical"])
def test_what_is_no_event_has_no_codes(status: Status) -> None:
    assert codes_of(event("ASSAULT", "beat", status)) is None


def test_a_plover_code_that_somebody_changed_by_hand_is_what_counts() -> None:
    found = codes_of(replace(EVENT, plover="COERCE"))
    assert found is not None
    assert (found.plover, found.mode, found.cameo) == ("COERCE", None, "170")
    assert codes_of(replace(EVENT, plover="no code")) is None


@pytest.mark.parametrize(
    ("act", "mode", "contexts", "expected"),
    [
        ("AID", None, ("economic", "military"), "072"),
        ("AID", None, ("health",), "070"),
        ("COOPERATE", None, ("intelligence", "legal"), "064"),
        ("ASSAULT", None, ("military",), "190"),
        ("ASSAULT", "beat", ("military",), "182"),
        ("ASSAULT", None, (), "180"),
        ("ACCUSE", "investigate", ("military",), "090"),
        ("CONSULT", "visit", (), "042"),
        ("SANCTION", "convict", (), "116"),
        ("AGREE", None, ("economic",), "030"),
    ],
)
def test_the_cameo_code(act: EventType, mode: str | None, contexts: tuple[str, ...], expected: str) -> None:
    assert cameo(act, mode, contexts) == expected


def test_a_mode_that_the_type_does_not_have_counts_as_none() -> None:
    assert codes("AID", "beat") == codes("AID")


def test_the_tables_hold_types_and_modes_of_the_ontology() -> None:
    assert set(CAMEO_ROOTS) == set(TYPES)
    for act, mode in [*SHARED, *CHOSEN]:
        assert mode in MODES[act]
    assert not set(SHARED) & set(CHOSEN)


def _common(some: list[str]) -> str:
    """What all of them begin with."""
    shared = (digits[0] for digits in takewhile(lambda digits: len({*digits}) == 1, zip(*some, strict=False)))
    return "".join(shared)


@pytest.mark.skipif(not TABLE.exists(), reason="the published table is not on this machine")
def test_the_shared_codes_are_the_published_table_turned_round() -> None:
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    known = set()
    with TABLE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            known.add(row["cameo"])
            if row["mode"]:
                grouped[row["plover_event"], row["mode"]].append(row["cameo"])
    expected = {}
    for act in TYPES:
        for mode in MODES.get(act, ()):
            rows = grouped[act, mode]
            begin = _common([row for row in rows if row.startswith(CAMEO_ROOTS[act])] or rows)
            begin = begin if begin in known or len(begin) < 3 else begin[:-1]
            if (act, mode) not in CHOSEN and len(begin) + (begin == "09") > 2:
                expected[act, mode] = begin.ljust(3, "0")
    assert dict(SHARED) == expected
    assert {cameo(act, mode) for act in TYPES for mode in (None, *MODES.get(act, ()))} <= known
    assert {found for contexts in BY_CONTEXT.values() for found in contexts.values()} <= known
