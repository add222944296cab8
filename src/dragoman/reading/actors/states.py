"""States and lands by the words that mean them: names ("Britain"), peoples ("British", "Britons"), seats ("London").

The words stand in `lexicons/states.toml`. Letter case matters: "US" is a state, "us" is not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Literal

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import load
from dragoman.reading.openings import Openings

Use = Literal["name", "house", "people", "seat"]
LONGEST_PLACE = 3  # words in the longest name of a town or province
LONGEST = 7  # words in the longest name of a state ("Union of Soviet Socialist Republics" has 5)
_UNINFLECTED = ("s", "sh", "ch", "x", "ese", "men", "man")


@dataclass(frozen=True)
class Land:
    """A state, or a land that acts without being one. `key` tells lands apart; a contested land has no `country`.

    `claimed` is the state that claims a contested land, which is what PLOVER codes it with.
    """

    key: str
    name: str
    country: str | None
    breakaway: bool
    claimed: str | None = None


@dataclass(frozen=True)
class LandWord:
    """Tokens `first` to `last` (one past the end) that name a land; `use` is how they do."""

    first: int
    last: int
    land: Land
    use: Use


NO_LAND = Land("", "", None, False)
"""Stands for words that look like a land and are none ("Latin America")."""


@cache
def _index() -> dict[str, tuple[Land, Use]]:
    lexicon = load("states")
    houses = set(lexicon["houses"])
    index: dict[str, tuple[Land, Use]] = {}
    rows: list[tuple[Land, dict[str, Any]]] = [(Land(code, row["names"][0], code, False), row) for code, row in lexicon["states"].items()]
    for key, row in lexicon["regions"].items():
        rows.append((Land(key, row["names"][0], row.get("country"), "country" not in row, row.get("claimed")), row))
    for land, row in rows:
        _enter(index, land, row, houses)
    return index


def _enter(index: dict[str, tuple[Land, Use]], land: Land, row: dict[str, Any], houses: set[str]) -> None:
    for word in row["names"]:
        index.setdefault(word, (land, "house" if word in houses else "name"))
    for word in row["people"]:
        index.setdefault(word, (land, "people"))
        if not word.endswith(_UNINFLECTED):
            index.setdefault(word + "s", (land, "people"))
    for word in row["seats"]:
        index.setdefault(word, (land, "house" if word in houses else "seat"))


def land_named(phrase: str) -> tuple[Land, Use] | None:
    """The land that exactly this phrase means, and how; a leading "the" and a title line's capitals do not matter."""
    words = " ".join(phrase.replace("\u2019", "'").split())
    words = words.removeprefix("the ").removeprefix("The ").removesuffix("'s")
    found = _index().get(words)
    if found is None and len(words) > 3 and words.isupper():
        found = _index().get(words.title())
    return found


@lru_cache(10_000)
def _may_begin(word: str) -> bool:
    """Whether words that `_index` or the list of what is no land knows may begin with this one, as `land_named` takes them."""
    if not word[:1].isupper():
        return False
    plain = word.replace("\u2019", "'").removesuffix("'s")
    return word == "The" or any(_openings().begin(form) for form in (plain, plain.title(), word))


@cache
def _openings() -> Openings:
    return Openings((*_index(), *load("states")["not_lands"]))


def land_words(annotations: Annotations) -> Iterator[LandWord]:
    """All words and word groups of the text that name a land, longest first at each place, in text order."""
    for sentence in annotations.sentences:
        tokens = annotations.tokens_of(sentence)
        at = 0
        while at < len(tokens):
            word = _longest(annotations, tokens[at : at + LONGEST]) if _may_begin(tokens[at].text) else None
            if word is not None and word.land is not NO_LAND:
                yield word
            at += word.last - word.first if word is not None else 1


def in_their_time(words: Sequence[LandWord]) -> list[LandWord]:
    """The words of a report with the seats of an heir given to the former state, where it alone is named: "Moscow" in 1962."""
    named = {word.land.country: word.land for word in words if word.use in ("name", "people")}
    former = {heir: named[state] for state, heir in load("states")["heirs"].items() if state in named and heir not in named}
    return [
        replace(word, land=former[word.land.country]) if word.use in ("seat", "house") and word.land.country in former else word
        for word in words
    ]


def with_halves(annotations: Annotations, words: Sequence[LandWord]) -> list[LandWord]:
    """The words of a report with the halves of a divided land that it has named: "the North", "the South's army"."""
    named = {word.land.country: word.land for word in words if word.use in ("name", "people")}
    halves = load("states")["halves"]
    if not named.keys() & set(halves.values()):
        return list(words)
    taken = {i for word in words for i in range(word.first, word.last)}
    known = {word.country: word for word, _ in _index().values()}
    tokens = annotations.tokens
    found = [
        LandWord(token.index, token.index + 1, known[halves[token.text]], "name")
        for before, token in itertools.pairwise(tokens)
        if token.text in halves and before.lower == "the" and token.index not in taken and not _goes_on(annotations, token)
    ]
    return sorted((*words, *found), key=lambda word: word.first)


def _goes_on(annotations: Annotations, token: Token) -> bool:
    """Whether a word with a capital stands right behind ("the North Sea")."""
    behind = annotations.tokens[token.index + 1 : token.index + 2]
    return bool(behind) and behind[0].text[:1].isupper()


def place_words(annotations: Annotations) -> Iterator[tuple[int, int, Land]]:
    """Towns and provinces of the list, as token ranges with the state that they lie in, longest first at each place."""
    for sentence in annotations.sentences:
        tokens = annotations.tokens_of(sentence)
        at = 0
        while at < len(tokens):
            begins = tokens[at].text[:1].isupper() and _place_openings().begin(tokens[at].text)
            size = _longest_place(annotations, tokens[at : at + LONGEST_PLACE]) if begins else 0
            if size:
                phrase = annotations.text[tokens[at].start : tokens[at + size - 1].end]
                yield tokens[at].index, tokens[at].index + size, _places()[" ".join(phrase.split())]
            at += size or 1


def _longest_place(annotations: Annotations, tokens: Sequence[Token]) -> int:
    for size in range(len(tokens), 0, -1):
        if " ".join(annotations.text[tokens[0].start : tokens[size - 1].end].split()) in _places():
            return size
    return 0


@cache
def _places() -> dict[str, Land]:
    lands = {code: Land(code, row["names"][0], code, False) for code, row in load("states")["states"].items()}
    return {place: lands[code] for code, places in load("states")["places"].items() for place in places}


@cache
def _place_openings() -> Openings:
    return Openings(_places())


def _longest(annotations: Annotations, tokens: Sequence[Token]) -> LandWord | None:
    for size in range(len(tokens), 0, -1):
        if tokens[size - 1].lower in ("'s", "'"):
            continue
        phrase = annotations.text[tokens[0].start : tokens[size - 1].end]
        if size > 1 and " ".join(phrase.split()) in load("states")["not_lands"]:
            return LandWord(tokens[0].index, tokens[size - 1].index + 1, NO_LAND, "seat")
        found = land_named(phrase)
        if found is not None:
            return LandWord(tokens[0].index, tokens[size - 1].index + 1, *found)
    return None
