"""Which words name one kind of act ("raid" and "assault", "resign" and "step down"), from the lexicon of acts by stems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from dragoman.case.linking.stems import stem
from dragoman.lexicons.load import load


def acts_of(root: str) -> frozenset[str]:
    """The acts that a stem may name, as "TYPE" or "TYPE/mode"; empty for a word that the lexicon of acts does not have."""
    return _acts().get(root, frozenset())


def kin(one: str, other: str) -> float:
    """How near two different roots are, 0 to 1: 1 if they share their spelling ("explos", "explod"), 0.7 for one mode of act.

    Roots that are equal are not kin but the same; they give 0.
    """
    if one == other:
        return 0.0
    shared = _shared_start(one, other)
    if shared >= 4 and shared >= 0.7 * max(len(one), len(other)):
        return 1.0
    if min(len(one), len(other)) >= 4 and (one.endswith(other) or other.endswith(one)):
        return 1.0  # "earthquake" and "quake"
    both = acts_of(one) & acts_of(other)
    return 0.7 if any("/" in act for act in both) else 0.4 if both else 0.0


def _shared_start(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@cache
def _acts() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _groups(load("acts")):
        name = f"{group['type']}/{group['mode']}" if group.get("mode") else group["type"]
        for lemma in _lemmas(group):
            found.setdefault(stem(lemma), set()).add(name)
    return {root: frozenset(acts) for root, acts in found.items()}


def _groups(lexicon: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for value in lexicon.values():
        for group in value if isinstance(value, list) else (value,):
            if isinstance(group, dict) and "type" in group:
                yield group


def _lemmas(group: Mapping[str, Any]) -> Iterator[str]:
    for entry in (*group.get("verbs", ()), *group.get("nouns", ())):
        lemmas = [entry] if isinstance(entry, str) else entry.get("lemmas", [entry["lemma"]] if "lemma" in entry else [])
        plain = isinstance(entry, str) or not {"prep", "comp", "comp_inf", "obj", "with"} & set(entry)
        yield from (lemma for lemma in lemmas if plain and " " not in lemma and "_" not in lemma)
