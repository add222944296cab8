"""The unit of what is counted: its noun in the singular."""

from __future__ import annotations

from dragoman.language.annotations import Token
from dragoman.lexicons.load import load

_PLAIN_OES = frozenset({"canoes", "oboes", "horseshoes", "tiptoes", "snowshoes"})
_PLAIN_IES: list[str] = load("units")["context"]["plain_ies"]


def unit_noun(noun: Token) -> str:
    """Its singular: the lemma where the word is an irregular plural, else by rule, for a learned lemma may be no word."""
    lemma, word = noun.lemma.lower(), noun.lower
    if word.endswith("s") and not (lemma and word == lemma + "es"):
        return singular(word)
    return lemma or word


def singular(word: str) -> str:
    """ "countries" -> "country", "churches" -> "church", "vehicles" -> "vehicle"."""
    if word in _PLAIN_IES:
        return word.removesuffix("s") if word not in ("series", "species") else word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("oes") and len(word) > 5 and word not in _PLAIN_OES:  # "tornadoes", but "shoes"
        return word[:-2]
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
