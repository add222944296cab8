"""Base forms of a word, tried one after the other: the model's lemma first, then what English spelling allows.

A lexicon is asked with all of them, so that a lemma that the model got wrong does not lose an actor.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from dragoman.language.annotations import Token

_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "policemen": "policeman",
    "wives": "wife",
    "thieves": "thief",
}


@lru_cache(maxsize=8192)
def singulars(word: str) -> tuple[str, ...]:
    """The singular forms that a noun in lower case may have, likeliest first; the word itself is the last."""
    found: list[str] = []
    if word in _IRREGULAR:
        found.append(_IRREGULAR[word])
    if word.endswith(("men", "women")) and len(word) > 5:
        found.append(word[:-2] + "an")
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        found.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
    return (*found, word)


@lru_cache(maxsize=8192)
def stems(word: str) -> tuple[str, ...]:
    """The base forms that a verb in lower case may have: "warned" gives "warn", "warne"."""
    found = [word]
    for ending in ("ed", "ing", "es", "s", "d"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            base = word[: -len(ending)]
            found += [base, base + "e", base[:-1] if base[-1:] == base[-2:-1] else base]
            if base.endswith("i"):
                found.append(base[:-1] + "y")
    return tuple(found)


@lru_cache(maxsize=16384)
def _noun_forms(lemma: str, word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((lemma.lower(), *singulars(word))))


@lru_cache(maxsize=16384)
def _noun_set(lemma: str, word: str) -> frozenset[str]:
    return frozenset(_noun_forms(lemma, word))


@lru_cache(maxsize=16384)
def _verb_set(lemma: str, word: str) -> frozenset[str]:
    return frozenset((lemma.lower(), *stems(word)))


def noun_forms(token: Token) -> tuple[str, ...]:
    """The lemma, then the singulars that the spelling allows."""
    return _noun_forms(token.lemma, token.lower)


def is_verb(token: Token, verbs: Collection[str]) -> bool:
    """Whether any base form of the verb is one of these."""
    return not _verb_set(token.lemma, token.lower).isdisjoint(verbs)


def is_noun(token: Token, nouns: Collection[str]) -> bool:
    """Whether any base form of the noun is one of these."""
    return not _noun_set(token.lemma, token.lower).isdisjoint(nouns)
