"""The ontology: complete tables, and the codes that the contract names."""

from __future__ import annotations

import pytest

from dragoman.language.labels import ACTS
from dragoman.reading.entries import EventType, Status
from dragoman.reading.events.frames import frames
from dragoman.reading.plover import CODES, CONTEXTS, MODES, QUAD, SCORE, STATUSES, TYPES, Quad, code, score


def test_every_type_has_a_class_a_score_and_a_code_for_every_status() -> None:
    assert len(TYPES) == 16
    assert set(ACTS) == {"O", *TYPES}
    assert set(QUAD) == set(SCORE) == set(TYPES)
    assert set(CODES) == {(act, status) for act in TYPES for status in STATUSES}


def test_modes_and_contexts_are_as_many_as_plover_has() -> None:
    assert len(CONTEXTS) == 37
    assert sum(len(modes) for modes in MODES.values()) == 67
    assert not {"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID"} & set(MODES)


@pytest.mark.parametrize(
    ("act", "status", "expected"),
    [
        ("ASSAULT", "occurred", "ASSAULT"),
        ("CONSULT", "planned", "AGREE"),
        ("AID", "promised", "AGREE"),
        ("RETREAT", "promised", "AGREE"),
        ("ASSAULT", "threatened", "THREATEN"),
        ("SANCTION", "planned", "THREATEN"),
        ("RETREAT", "demanded", "REQUEST"),
        ("ASSAULT", "cancelled", "RETREAT"),
        ("CONSULT", "cancelled", "REJECT"),
        ("AID", "cancelled", "SANCTION"),
        ("ACCUSE", "cancelled", "CONCEDE"),
        ("ASSAULT", "denied", None),
        ("COERCE", "hypothetical", None),
        ("RETREAT", "ongoing", "RETREAT"),
    ],
)
def test_the_code_of_a_type_and_a_status(act: EventType, status: Status, expected: EventType | None) -> None:
    assert code(act, status) == expected


def test_a_mode_has_its_own_score_or_its_types() -> None:
    assert score("CONSULT", "visit") == 4.0
    assert score("PROTEST", "vandalize") == SCORE["PROTEST"]
    assert score("AID") == 10.0


def test_cooperation_scores_above_conflict() -> None:
    kind = Quad.MATERIAL_COOPERATION
    assert all(SCORE[act] > 0 for act in TYPES if QUAD[act] <= kind)
    assert all(SCORE[act] <= 0 for act in TYPES if QUAD[act] > kind)


def test_the_lexicon_uses_types_modes_and_contexts_of_the_ontology() -> None:
    lemmas = [*frames("verb").values(), *frames("noun").values()]
    some = [frame for group in lemmas for frame in group]
    assert len(some) >= 500
    assert {frame.type for frame in some} == set(TYPES)
    for frame in some:
        assert frame.mode is None or frame.mode in MODES[frame.type], frame
        assert set(frame.contexts) <= CONTEXTS, frame
