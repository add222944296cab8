"""What the words for a place name: a state, a part of one, a town, or something wider than a state.

The states and their former names are those of `lexicons/states.toml`, which also tells in which state many towns and provinces lie;
`lexicons/places.toml` has the words around names, parts of states with their chief towns, and names that several states share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dragoman.lexicons.load import load, words_of
from dragoman.reading.actors.states import Land, Use, land_named
from dragoman.reading.wording import one_line

_RUN = re.compile(r"[A-Z\u00c0-\u00de][\w.'\u2019-]*(?:\s+(?:(?:of|and|the)\s+){0,2}[A-Z\u00c0-\u00de][\w.'\u2019-]*){0,6}")
_LONGEST_WORDS = 7
_SURELY_AROUND = ("ern", "Province", "Region", "District", "County", "Governorate", "Oblast", "Republic")
_FORMER = {"DDR": "DEU", "VDR": "VNM", "YMD": "YEM"}


class LandWord(NamedTuple):
    """A stretch of a text that names a land, its people or its seat: where, the code of its state, and how it names it."""

    start: int
    end: int
    country: str
    use: Use


@dataclass(frozen=True, slots=True)
class Name:
    """The name in the words for a place: `core` without the words around it, and what it is known to be.

    `country`: the state of this name, or the one that the part or town of this name lies in by our own lists. `town` is the chief town
    of a part. `shared` are the states that bear the name.
    """

    words: str
    core: str
    what: str
    country: str = ""
    town: str = ""
    shared: tuple[str, ...] = ()


def of(words: str) -> Name:
    """What the words name: `what` is "wide", "house", "shared", "part", "country", "town" (or anything else), or "" for no name."""
    text = one_line(words)
    bare = _bare(text)
    for core in dict.fromkeys((bare, bare[:1].upper() + bare[1:], _inner(text))):
        if core and (found := _known(text, core)):
            return found
    core = _inner(text)
    lists = _towns().get(core, "")
    return Name(text, core, "town" if core else "", lists)


def _known(text: str, core: str) -> Name | None:
    if core in words_of("places", "wide"):
        return Name(text, core, "wide")
    if core in load("places")["shared"]:
        shared = load("places")["shared"][core]
        return Name(text, core, "shared", shared.get("usual", ""), shared=tuple(shared["states"]))
    if core in load("places")["today"]:
        return Name(text, core, "country", load("places")["today"][core])
    if core in _parts():
        country, town = _parts()[core]
        return Name(text, core, "part", country, town)
    found = land_named(core)
    if found is None or found[1] in ("people", "seat"):
        return None
    land, use = found
    if use == "house":
        return Name(text, core, "house", state_of(land))
    return Name(text, core, "country" if land.country and land.key == land.country else "part", state_of(land))


def state_of(land: Land) -> str:
    """The state of today in which a land lies, or which claims it; "" for none. The Soviet Union is drawn in Russia."""
    code = land.country or land.claimed or ""
    return _FORMER.get(code) or load("states")["heirs"].get(code, code)


def country_name(code: str) -> str:
    """What a state is called in English reports; "" for a code that our list does not have."""
    found = load("states")["states"].get(code)
    return str(found["names"][0]) if found else ""


def part_in(core: str, country: str) -> str:
    """The chief town of the part of this name in a state; "" where it has none."""
    return str(load("places")["parts"].get(country, {}).get(core, ""))


@cache
def _parts() -> Mapping[str, tuple[str, str]]:
    return {name: (country, town) for country, parts in load("places")["parts"].items() for name, town in parts.items()}


@cache
def _towns() -> Mapping[str, str]:
    """Towns and provinces of our own lists; those that lie in several states are left out there."""
    return {name: country for country, names in load("states")["places"].items() for name in names}


def _bare(text: str) -> str:
    return re.sub(r"^(the|The)\s+", "", text).removesuffix("'s").removesuffix("\u2019s")


def _inner(text: str) -> str:
    """The name without the words around it: "the southern port city of Basra" is "Basra"."""
    sides, kinds = words_of("places", "sides"), words_of("places", "kinds")
    parts = _bare(text).split()
    while parts and _is_around(parts[0], sides | kinds | {"of", "the"}):
        parts = parts[1:]
    while parts and _is_around(parts[-1], kinds | {"of", "the"}):
        parts = parts[:-1]
    return " ".join(parts)


def _is_around(word: str, around: frozenset[str]) -> bool:
    """Whether a word stands around a name. With a capital it is often part of one: "Cape Town", "Port Harcourt", "West Point"."""
    return word in around or (word.lower() in around and word.endswith(_SURELY_AROUND))


def lands(text: str) -> Iterator[LandWord]:
    """The lands that a text names, longest names first at each place."""
    for run in _RUN.finditer(text):
        yield from _lands_in(text, run.start(), run.end())


@cache
def _first_words() -> frozenset[str]:
    """The words with which names of lands, peoples and seats begin: most words of a text need not be looked up further."""
    lexicon = load("states")
    rows = [*lexicon["states"].values(), *lexicon["regions"].values()]
    phrases = [phrase for row in rows for use in ("names", "people", "seats") for phrase in row[use]]
    found = {_bare_word(phrase.removeprefix("The ").split()[0]) for phrase in phrases}
    return frozenset({*found, *(f"{word}s" for word in found)})


def _bare_word(word: str) -> str:
    return word.removesuffix("'s").removesuffix("\u2019s").rstrip(".").title()


def _lands_in(text: str, start: int, end: int) -> Iterator[LandWord]:
    words = [(found.start() + start, found.end() + start) for found in re.finditer(r"\S+", text[start:end])]
    at = 0
    while at < len(words):
        if _bare_word(text[slice(*words[at])]) not in _first_words():
            at += 1
            continue
        for size in range(min(_LONGEST_WORDS, len(words) - at), 0, -1):
            first, last = words[at][0], words[at + size - 1][1]
            if (found := land_named(text[first:last])) is None:  # "U.S." ends with a stop, and a sentence too
                last -= len(text[first:last]) - len(text[first:last].rstrip("."))
                found = land_named(text[first:last])
            if found and (code := state_of(found[0])):
                ending = 2 if text[first:last].endswith(("'s", "\u2019s")) else 0
                yield LandWord(first, last - ending, code, found[1])
                at += size - 1
                break
        at += 1
