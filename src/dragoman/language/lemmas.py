"""Lemmas put right by spelling: the model guesses a rule for each word, and word pieces know little of letters.

A guess that is a known lemma stays. Else the word's own spelling gives the lemmas that it may be a form of, and one of these
that is known is taken. Which lemmas are known was counted from the training treebanks (`training/lemma_table.py`) and ships
beside the weights; irregular forms stand in `lexicons/irregular.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from dragoman.language.labels import apply_lemma_rule
from dragoman.lexicons.load import load

_VOWELS = "aeiou"
_REMEMBERED = 30_000  # words with their lemmas, some 10 MB at most: the same words come again and again


class Lemmas:
    """`known`: the lemmas by part of speech."""

    def __init__(self, known: Mapping[str, Sequence[str]]) -> None:
        self._known = {upos: frozenset(lemmas) for upos, lemmas in known.items()}
        forms = load("irregular")
        self._irregular: Mapping[str, Mapping[str, str]] = {"VERB": forms["verbs"], "NOUN": forms["nouns"], "ADJ": forms["adjectives"]}
        self.by_rule = lru_cache(_REMEMBERED)(self._by_rule)

    def _by_rule(self, form: str, upos: str, rule: str) -> str:
        """The lemma of a word for which the model has chosen a rule."""
        return self.of(form, upos, apply_lemma_rule(rule, form))

    def of(self, form: str, upos: str, guess: str) -> str:
        """The lemma of a word whose lemma the model takes to be `guess`; other parts of speech keep their guess."""
        known = self._known.get(upos)
        if known is None:
            return guess
        word = form.lower().replace("\u2019", "'")
        irregular = self._irregular.get(upos, {}).get(word)
        if irregular is not None:
            return irregular
        if guess in known:
            return guess
        possible = list(possible_lemmas(word, upos))
        found = next((lemma for lemma in possible if lemma in known), None)
        if found is not None:
            return found
        return guess if guess in possible or guess == form else possible[0]


def possible_lemmas(word: str, upos: str) -> Iterator[str]:
    """What a word in lower case may be a regular form of, likeliest first; the word itself is the last."""
    if upos == "VERB":
        yield from _of_ending(word, "ing")
        yield from _of_ending(word, "ed")
        yield from _of_s(word)
    elif upos == "NOUN":
        if word.endswith("men") and len(word) > 4:
            yield f"{word[:-3]}man"
        yield from _of_s(word)
    elif upos == "ADJ":
        yield from _of_ending(word, "er")
        yield from _of_ending(word, "est")
    yield word


def _of_s(word: str) -> Iterator[str]:
    if word.endswith("ies") and len(word) > 4:
        yield f"{word[:-3]}y"
    if word.endswith("ves"):
        yield f"{word[:-3]}f"
        yield f"{word[:-3]}fe"
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]


def _of_ending(word: str, ending: str) -> Iterator[str]:
    """ "stopped": stop, stopp, stoppe. A doubled consonant is undoubled first; "e" first where English spells it so."""
    if not word.endswith(ending) or len(word) < len(ending) + 2:
        return
    stem = word[: -len(ending)]
    if stem.endswith("i"):
        yield f"{stem[:-1]}y"
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
    if doubled and stem[-1] not in "sl":
        yield stem[:-1]
    silent = stem[-1:] in ("c", "v", "z", "u", "s") or (len(stem) > 2 and stem[-1] == "g" and stem[-2] != "n")
    if silent and not stem.endswith("ss"):
        yield f"{stem}e"
    yield stem
    yield f"{stem}e"
    if doubled:
        yield stem[:-1]
