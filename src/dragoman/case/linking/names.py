"""When names in two reports can be one actor's: spelling variants, transliterations, surnames alone, titles, acronyms.

Distances are rapidfuzz's, over words folded to lower case without accents, and over a key of sound for names that reach English by
several ways of writing ("Khrushchev", "Khruschev"; "Gaddafi", "Qadhafi").
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from dragoman.case.linking.stems import folded
from dragoman.lexicons.load import words_of
from dragoman.reading.actors.naming import acronym_of, name_words, same_organization

_SOUNDS = (
    ("tch", "c"), ("sch", "s"), ("shch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"),
    ("ph", "f"), ("zh", "j"), ("ts", "z"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ie", "i"), ("ey", "i"),
    ("y", "i"), ("j", "i"), ("q", "k"), ("c", "k"), ("w", "v"), ("x", "ks"), ("e", "a"), ("o", "a"), ("u", "a"), ("g", "k"), ("z", "s"),
)  # fmt: skip
"""Spellings of one sound, applied in this order."""
_DOUBLED = re.compile(r"(.)\1+")
_MIDDLE_VOWEL = re.compile(r"(?<=.)[aeiou](?=.)")
_CLOSE = 0.92
"""Jaro-Winkler likeness of two spellings of one name, from which they may be one."""


@lru_cache(maxsize=8192)
def parts(name: str) -> tuple[str, ...]:
    """The words of a person's name: without what describes them in front, generational endings and particles; hyphens part words."""
    found = [w for word in name_words(_described_away(name)) for w in re.split(r"[-\u2010-\u2015']", word) if w]
    while len(found) > 1 and found[0] in words_of("linking", "names", "titles"):
        found.pop(0)
    small = words_of("linking", "names", "particles") | words_of("linking", "names", "generations")
    kept = [w for w in found if w not in small]
    return tuple(kept or found)


def _described_away(name: str) -> str:
    """A name without the words in small letters before it: "former secretary of state Ada Holm" gives "Ada Holm"."""
    found = name.split()
    small = [i for i, word in enumerate(found[:-1]) if word.islower() and word not in words_of("linking", "names", "particles")]
    return " ".join(found[small[-1] + 1 :]) if small else name


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A key of how a name sounds: equal for the ways of writing it that are common in news ("Mohammed", "Muhamad")."""
    key = folded(word)
    for spelling, plain in _SOUNDS:
        key = key.replace(spelling, plain)
    key = _DOUBLED.sub(r"\1", key)
    return key[:1] + _MIDDLE_VOWEL.sub("", key[1:] if len(key) < 3 else key[1:-1] + key[-1:])


@lru_cache(maxsize=32768)
def alike(one: str, other: str) -> float:
    """How likely two words of a name are one, 0 to 1: 1 if equal, 0.9 by sound, 0.85 but for a slip of a letter or two, 0.6 an initial."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return 0.6 if one[0] == other[0] else 0.0
    if min(len(one), len(other)) < 4:
        return 0.0
    close = JaroWinkler.similarity(one, other)
    if sound(one) == sound(other) and close > 0.6:
        return 0.9
    slips = OSA.distance(one, other, score_cutoff=2)
    return 0.85 if close >= _CLOSE and slips <= (2 if min(len(one), len(other)) >= 8 else 1) else 0.0


@lru_cache(maxsize=32768)
def same_person_names(one: str, other: str) -> float:
    """How well two names fit one person, 0 to 1; 0 if they contradict each other (two first names that differ).

    A surname alone fits every bearer (0.6); initials fit the names that they begin.
    """
    short, long = sorted((parts(one), parts(other)), key=len)
    if not short:
        return 0.0
    last = alike(short[-1], long[-1])
    if len(short) == 1:
        if last:
            return (0.95 if len(long) == 1 else 0.6) * last
        return 0.35 if len(long) > 1 and max(alike(short[0], w) for w in long[:-1]) == 1.0 else 0.0
    if not last:
        return _within(short, long)
    first = _in_order(short[:-1], long[:-1])
    return min(1.0, last * first)


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """The least likeness of the words of `short` to words of `long` in the same order; 0 if one has none."""
    if not long:
        return 0.6
    least, rest = 1.0, list(long)
    for word in short:
        fits = [(alike(word, other), -i) for i, other in enumerate(rest)]
        best, at = max(fits, default=(0.0, 0))
        if not best:
            return 0.0
        least, rest = min(least, max(best, 0.8)), rest[1 - at :]
    return least


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """A name told without its last part ("Juan Carlos", "Laurent-Desire"), or with the surname first."""
    if len(short) == len(long) == 2 and alike(short[0], long[1]) > 0.8 and alike(short[1], long[0]) > 0.8:
        return 0.8
    starts = range(len(long) - len(short))
    return 0.75 if any(all(alike(a, b) == 1.0 for a, b in zip(short, long[i:], strict=False)) for i in starts) else 0.0


@lru_cache(maxsize=32768)
def same_body_names(one: str, other: str) -> float:
    """How well two names fit one organisation, 0 to 1: equal, an acronym, but for a generic word, or a spelling."""
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    if same_organization(one, other):
        return 0.95 if not (one.isupper() or other.isupper()) else 0.9
    if len(first) == len(second) and len(first) > 1 and min(alike(a, b) for a, b in zip(first, second, strict=True)) >= 0.85:
        return 0.85
    if len(first) == len(second) == 1 and len(one) >= 6:
        return 0.8 if alike(first[0], second[0]) >= 0.85 else 0.0
    short, long = sorted((first, second), key=len)
    if len(long) > len(short) and long[-len(short) :] == short:
        return 0.65 if len(short) > 1 else 0.4  # "Study Group" for "Iraq Study Group"; "Post" for "Washington Post"
    return 0.0


def acronym(name: str) -> str:
    """The initials of a name of two capitals or more, in lower case; the name itself if it is one word in capitals; else ""."""
    bare = name.replace(".", "")
    if bare.isupper() and " " not in bare and 1 < len(bare) < 8:
        return bare.lower()
    letters = acronym_of(name).lower()
    return letters if len(letters) > 1 else ""
