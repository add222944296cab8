"""What an event is about: the kind of act that it is, and the subject (weapons, relief, talks) that its words tell.

A process in the news is told by its subject more than by the kinds of its acts: weapons are brought, denied, demanded away, inspected
and shipped home, and all of it is one story. `lexicons/subjects.toml` lists the subjects with their words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, get_args

from dragoman.case.linking.stems import Word, stem, words
from dragoman.case.mentions import alike
from dragoman.lexicons.load import load, words_of
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

# What an act alone tells of its subject, in words of the subject's list beside it.
_ACTS: Mapping[tuple[str, str | None], Mapping[str, float]] = {
    ("CONSULT", None): {"talks": 1.5}, ("AGREE", None): {"talks": 0.6}, ("RETREAT", "ceasefire"): {"talks": 2.5},
    ("RETREAT", "resign"): {"rule": 3.0}, ("ASSAULT", None): {"fighting": 0.8, "attacks": 0.8}, ("ASSAULT", "abduct"): {"captives": 1.2},
    ("MOBILIZE", None): {"troops": 1.0}, ("COERCE", "seize"): {"fighting": 1.2}, ("COERCE", "arrest"): {"captives": 1.2},
    ("RETREAT", "release"): {"captives": 0.8}, ("SANCTION", "convict"): {"trial": 1.5}, ("ACCUSE", "investigate"): {"inquiry": 0.8},
    ("PROTEST", None): {"protest": 2.0}, ("AID", None): {"relief": 0.6}, ("COOPERATE", None): {"cooperation": 1.0},
    ("SANCTION", None): {"sanctions": 0.3},
}  # fmt: skip
_NEAR, _FAR = 60, 130
"""Characters from a trigger within which a word tells most, and much, of what its act is about."""
_WEIGHTS = (1.2, 0.8, 0.35)  # of a word near the trigger, further off, and elsewhere in the sentence
_TRIGGER = 2.0
_BEFORE = 1.5  # how much further off a word in front is held to be: objects stand behind
_SHARED = 1.3
_MODIFIER = 0.4
"""What a word counts that another subject's word follows at once: "naval base", "offensive weapons"."""
_LONGEST = 2000
_FORM = re.compile(r"[^\W_]+")
_VAGUE = 0.5
"""What a word counts of a subject that tells rather where something is said than what it is about; for meetings it counts in full."""


class Subject(NamedTuple):
    """What is about one thing: the stems of its words, or their very forms; patterns for titles, and the nouns that a title may have."""

    name: str
    stems: frozenset[str]
    forms: frozenset[str]
    titles: tuple[str, ...]
    topics: tuple[str, ...] = ()
    vague: bool = False
    between: bool = False


@lru_cache(maxsize=512)
def words_in(sentence: str) -> tuple[Word, ...]:
    """The words of a sentence, at most the first hundreds of them."""
    return tuple(words(sentence[:_LONGEST]))


def strand(event: Event) -> Strand:
    """The kind of act that an event is; "words" where something is only spoken of."""
    if event.type == "ACCUSE" and "legal" in event.contexts:
        return "trial"
    by_mode = _BY_MODE.get((event.type, event.mode)) if event.mode else None
    return by_mode or _BY_TYPE.get(event.type, "words")


@cache
def subjects() -> Mapping[str, Subject]:
    """The subjects by name."""
    lists: Mapping[str, dict[str, Any]] = load("subjects")
    return {name: _subject(name, **rows) for name, rows in lists.items()}


def _subject(
    name: str, words: list[str], titles: list[str], topics: Sequence[str] = (), vague: bool = False, between: bool = False
) -> Subject:
    forms = frozenset(word[1:] for word in words if word.startswith("="))
    return Subject(name, frozenset(stem(word) for word in words if word[0] != "="), forms, tuple(titles), tuple(topics), vague, between)


@cache
def _by_stem() -> Mapping[str, tuple[str, ...]]:
    return _listed((word, name) for name, subject in subjects().items() for word in subject.stems)


@cache
def _by_form() -> Mapping[str, tuple[str, ...]]:
    return _listed((word, name) for name, subject in subjects().items() for word in subject.forms)


def _listed(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word, name in pairs:
        found[word] = (*found.get(word, ()), name)
    return found


class Sign(NamedTuple):
    """A word of a sentence that belongs to subjects: where it begins (characters), and whether it follows the sign before at once."""

    start: int
    stem: str
    names: tuple[str, ...]
    follows: bool


@lru_cache(maxsize=512)
def signs(sentence: str) -> tuple[Sign, ...]:
    """The words of a sentence that belong to subjects. Several events stand in one sentence."""
    found: list[Sign] = []
    last = -2
    for number, word in enumerate(words_in(sentence)):
        form = _form(sentence, word)
        names = _by_form().get(form) or _by_stem().get(word.stem)
        if names and form not in words_of("case", "threads", "no_signs"):
            found.append(Sign(word.start, alike(word.stem), names, last == number - 1))
            last = number
    return tuple(found)


def _form(sentence: str, word: Word) -> str:
    """A word as it is written, a name of its own with its capital: "March" is no march."""
    match = _FORM.match(sentence, word.start)
    form = match[0] if match else ""
    return form if word.capital and word.start else form.lower()


@lru_cache(maxsize=16384)
def told(
    act: tuple[EventType, str | None], spoken: bool, sentence: str, trigger: str, said: frozenset[str] | None = None
) -> Mapping[str, float]:
    """How much an event is about each subject, by its act (type and mode) and by the signs of its sentence. Do not change the answer.

    The trigger of what is only `spoken` ("demanded") tells nothing of its matter; where `said` has the stems of what is said, these tell
    most, wherever they stand.
    """
    start = max(0, sentence.find(trigger))
    end, meeting = start + len(trigger), "CONSULT" in act or "meet" in act
    counts: Counter[str] = Counter(_ACTS.get(act) or _ACTS.get((act[0], None), {}))
    before: dict[str, float] = {}
    for sign in signs(sentence):
        near = _weight(sign.start, start, end)
        if spoken and start <= sign.start < end:
            near = 0.0
        elif spoken and said is not None:
            near = max(near, _WEIGHTS[1]) if sign.stem in said else _WEIGHTS[2]
        weight = near / (_SHARED if len(sign.names) > 1 else 1.0)
        here = {name: weight * (_VAGUE if subjects()[name].vague and not meeting else 1.0) for name in sign.names}
        if sign.follows and before.keys().isdisjoint(here):
            counts.subtract({name: had * (1 - _MODIFIER) for name, had in before.items()})
        counts.update(here)
        before = here
    return {name: weight for name, weight in counts.items() if weight > 0}


def _weight(at: int, start: int, end: int) -> float:
    if start <= at < end:
        return _TRIGGER
    distance = at - end if at >= end else (start - at) * _BEFORE
    return _WEIGHTS[0] if distance < _NEAR else _WEIGHTS[1] if distance < _FAR else _WEIGHTS[2]


def other_titles() -> tuple[str, ...]:
    """Patterns for threads whose subject has none that can be filled."""
    found: list[str] = load("case")["threads"]["titles"]
    return tuple(found)


def title(patterns: Iterable[str], blanks: Mapping[str, str]) -> str:
    """The first of the patterns whose blanks can all be filled; "" if none can."""
    for pattern in patterns:
        if all(blanks.get(name) for name in _names(pattern)):
            filled = pattern.format_map(blanks)
            return filled[:1].upper() + filled[1:]
    return ""


def lead(words: Iterable[str]) -> str:
    """How a state begins: the first of these words (a type, a kind of "not", a status) that the list knows; "" if it knows none."""
    known: Mapping[str, str] = load("case")["threads"]["leads"]
    return next((known[word] for word in words if word in known), "")


def _names(pattern: str) -> list[str]:
    return [part.partition("}")[0] for part in pattern.split("{")[1:]]
