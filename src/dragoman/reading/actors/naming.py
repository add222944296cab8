"""When two proper names mean the same: surnames, initials, acronyms, spelling without accents."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "dos",
        "del",
        "la",
        "le",
        "van",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "abu",
        "ben",
        "der",
        "den",
        "ter",
        "st",
    ]
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_ORG_TAILS = frozenset(
    [
        "inc",
        "corp",
        "corporation",
        "ltd",
        "co",
        "company",
        "plc",
        "group",
        "agency",
        "bank",
        "news",
        "party",
        "organization",
        "organisation",
        "airlines",
        "airways",
        "motors",
        "motor",
        "industries",
        "holdings",
        "petroleum",
        "oil",
        "steel",
        "telecom",
        "electric",
        "pharmaceuticals",
        "breweries",
    ]
)


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name for comparison: lower case, without accents, full stops, possessive ending and "the"."""
    plain = unicodedata.normalize("NFKD", name.replace("\u2019", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    words = [w.strip(".,'\"()").removesuffix("'s").removeprefix("al-") for w in plain.split()]
    return tuple(w for w in words if w and w != "the")


def same_person(one: str, other: str) -> bool:
    """Whether two full names, each of two words or more, can be one person: "George Bush", "George W. Bush"."""
    short, long = sorted((_core(one), _core(other)), key=len)
    if not short:
        return False
    if short == long:
        return True
    if len(short) < 2 or (short[-1] != long[-1] and short[-1] not in long[1:]):
        return False
    return _in_order(short, long)


def _core(name: str) -> tuple[str, ...]:
    return tuple(w for w in name_words(name) if w not in _SUFFIXES)


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(any(_alike(word, other) for other in rest) for word in short)


def _alike(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word)) or (len(other) == 1 and word.startswith(other))


def short_for(short: str, full: str) -> int:
    """How well a short name stands for a full one: 2 as the surname, 1 as another part of it, 0 not at all."""
    part, whole = _core(short), _core(full)
    if not part or len(part) >= len(whole):
        return 0
    if whole[-len(part) :] == part or whole[-len(part) - 1 :] == (*_particle(whole, part), *part):
        return 2
    starts = range(len(whole) - len(part) + 1)
    return 1 if any(whole[i : i + len(part)] == part for i in starts) and part[0] not in _PARTICLES else 0


def _particle(whole: tuple[str, ...], part: tuple[str, ...]) -> tuple[str, ...]:
    before = len(whole) - len(part) - 1
    return (whole[before],) if before > 0 and whole[before] in _PARTICLES else ()


def acronym_of(name: str) -> str:
    """The initials of the words of a name that begin with a capital: "World Health Organization" gives "WHO"."""
    words = [w for part in name.replace("\u2019", "'").split() for w in part.split("-")]
    return "".join(w[0] for w in words if w[:1].isupper())


def same_organization(one: str, other: str) -> bool:
    """Whether two names of organisations mean one: equal, one the acronym, or but for a generic last word."""
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return False
    if first == second:
        return True
    for short, full in ((one, other), (other, one)):
        letters = short.replace(".", "").removeprefix("the ").strip()
        if letters.isupper() and len(letters) > 1 and " " not in letters and " " in full and acronym_of(full) == letters:
            return True
    short_words, long_words = sorted((first, second), key=len)
    tail = long_words[len(short_words) :]
    return long_words[: len(short_words)] == short_words and all(w in _ORG_TAILS for w in tail)
