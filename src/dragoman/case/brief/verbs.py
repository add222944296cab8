"""The verbs that may carry a sentence of the brief: which verb a report's word is a form of, and its other forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dragoman.lexicons.load import load, words_of
from dragoman.reading.entries import EventType

Form = Literal["base", "third", "past", "participle", "gerund"]
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Verb:
    """The forms of a verb: "withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


@dataclass(frozen=True, slots=True)
class Found:
    """A verb with the forms that a word may be; "stopped" is past and participle."""

    verb: Verb
    forms: frozenset[Form]


def verb_in(word: str, act: EventType) -> Found | None:
    """The verb of a type of act that a word is a form of; None if it is none of those that the lexicon lists."""
    return _forms()[act].get(word.lower())


@cache
def _forms() -> Mapping[str, Mapping[str, Found]]:
    lists: Mapping[str, list[str]] = load("brief")["verbs"]
    return {act: _by_form([conjugated(entry) for entry in entries]) for act, entries in lists.items()}


def _by_form(verbs: list[Verb]) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for verb in verbs:
        named: tuple[tuple[str, Form], ...] = (
            (verb.base, "base"), (verb.third, "third"), (verb.past, "past"), (verb.participle, "participle"), (verb.gerund, "gerund"),
        )  # fmt: skip
        for word in {word for word, _ in named}:
            found.setdefault(word, Found(verb, frozenset(form for other, form in named if other == word)))
    return found


def conjugated(entry: str) -> Verb:
    """The forms of an entry of the lexicon: "accuse", or "take took taken" for an irregular verb."""
    base, *irregular = entry.split()
    past, participle = irregular if irregular else (_past(base), _past(base))
    return Verb(base, _third(base), past, participle, _gerund(base))


def _third(base: str) -> str:
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ied"
    return _doubled(base) + "ed"


def _gerund(base: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return _doubled(base) + "ing"


def _doubled(base: str) -> str:
    return base + base[-1] if base in words_of("brief", "doubled", "words") else base
