"""Kinds of processes: which acts make talks, which fighting, which a withdrawal, and what a thread of that kind is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from dragoman.lexicons.load import load
from dragoman.reading.entries import Event, EventType

Strand = Literal[
    "talks", "fighting", "forces", "withdrawal", "ceasefire", "captives", "trial", "measures", "protest", "aid", "words",
]  # fmt: skip
STRANDS: tuple[Strand, ...] = get_args(Strand)

_BY_TYPE: Mapping[EventType, Strand] = {
    "CONSULT": "talks", "AGREE": "talks", "COOPERATE": "aid", "AID": "aid", "ASSAULT": "fighting", "MOBILIZE": "forces",
    "RETREAT": "withdrawal", "SANCTION": "measures", "COERCE": "measures", "PROTEST": "protest",
}  # fmt: skip
_BY_MODE: Mapping[tuple[EventType, str], Strand] = {
    ("RETREAT", "ceasefire"): "ceasefire", ("RETREAT", "release"): "captives", ("ASSAULT", "abduct"): "captives",
    ("COERCE", "arrest"): "captives", ("COERCE", "deport"): "captives",
    ("SANCTION", "convict"): "trial", ("ACCUSE", "investigate"): "trial",
}  # fmt: skip


def strand(event: Event) -> Strand:
    """The kind of process that an act belongs to; "words" where it is only spoken of and its matter decides."""
    if event.type == "ACCUSE" and "legal" in event.contexts:
        return "trial"
    by_mode = _BY_MODE.get((event.type, event.mode)) if event.mode else None
    return by_mode or _BY_TYPE.get(event.type, "words")


def title(kind: Strand, blanks: Mapping[str, str]) -> str:
    """The first of the kind's titles whose blanks can all be filled."""
    for pattern in _patterns(kind):
        if all(blanks.get(name) for name in _names(pattern)):
            filled = pattern.format_map(blanks)
            return filled[:1].upper() + filled[1:]
    return kind.capitalize()


def lead(words: Iterable[str]) -> str:
    """How a state begins: the first of these words (a type, a kind of "not", a status) that the list knows."""
    known: Mapping[str, str] = load("case")["threads"]["leads"]
    return next((known[word] for word in words if word in known), "Told")


def _patterns(kind: Strand) -> list[str]:
    found: list[str] = load("case")["threads"]["titles"][kind]
    return found


def _names(pattern: str) -> list[str]:
    return [part.partition("}")[0] for part in pattern.split("{")[1:]]
