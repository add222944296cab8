"""Input that a tree does not fit: what is found there is given with less confidence than the same act in a plain sentence."""

from __future__ import annotations

import pytest

from dragoman.reading.entries import Reading
from dragoman.reading.read import Reader

_CLAUSES = (
    "the army shelled the harbour of Tarvo",
    "police arrested nine dockers who had blocked the gates",
    "ministers from Kora met rebel leaders in the old customs house",
    "the governor said that he would free the pilots",
)
_PLAIN = "Police arrested nine dockers on Monday. The army shelled the harbour of Tarvo. Ministers from Kora met rebel leaders in Ansa."
_DAYS = range(1, 9)
HARD = {
    "one sentence of 400 words": " and ".join(_CLAUSES[i % len(_CLAUSES)] for i in range(46)).capitalize() + ".",
    "items of a list": "\n".join(
        ("- Police arrested nine dockers", "- Army shelled harbour of Tarvo", "- Ministers met rebel leaders") * 4
    ),
    "a list of numbers": "Arrests by town:\n\n" + "".join(f"- Tarvo: {i} arrested, {i + 2} freed\n" for i in range(12)),
    "a table": "Day | What | Where\n--- | --- | ---\n" + "".join(f"{i} May | police arrested dockers | Tarvo\n" for i in _DAYS),
    "a table with tabs": "Day\tWhat\tWhere\n" + "".join(f"{i} May\tpolice arrested dockers\tTarvo\n" for i in _DAYS),
    "headlines": "Police arrest nine dockers\nArmy shells harbour of Tarvo\nMinisters meet rebel leaders\nKora to free pilots: envoy",
    "all capitals": _PLAIN.upper(),
}
_SURE = 0.8


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    texts = {"plain": _PLAIN, **HARD}
    return dict(zip(texts, Reader().read_many(texts.values()), strict=True))


def by_type(reading: Reading) -> dict[str, float]:
    """The highest confidence that an act of each type is given with."""
    found: dict[str, float] = {}
    for event in reading.events:
        found[event.type] = max(found.get(event.type, 0.0), event.confidence)
    return found


def test_plain_sentences_are_sure(readings: dict[str, Reading]) -> None:
    assert {"COERCE", "ASSAULT", "CONSULT"} <= by_type(readings["plain"]).keys()
    assert all(event.confidence > _SURE for event in readings["plain"].events)


@pytest.mark.parametrize("name", HARD)
def test_the_same_act_is_less_sure(name: str, readings: dict[str, Reading]) -> None:
    plain, hard = by_type(readings["plain"]), by_type(readings[name])
    assert plain.keys() & hard.keys(), f"no act to compare in {name}"
    assert all(hard[kind] < plain[kind] - 0.05 for kind in plain.keys() & hard.keys())


@pytest.mark.parametrize("name", [n for n in HARD if n not in ("items of a list", "headlines")])
def test_nothing_is_sure_where_no_tree_fits(name: str, readings: dict[str, Reading]) -> None:
    assert all(event.confidence < _SURE for event in readings[name].events)
