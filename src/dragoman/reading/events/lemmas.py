"""Lemmas that the lexicons of acts know: a model's lemma is kept where they know it, else the word's form decides.

A verb in "-ing" that the model takes for finite is a participle.

The model guesses lemmas by rules and misses some of rarer verbs ("dispatche"). Acts are looked up by lemma, so that a
miss would lose an event; here "dispatched" finds "dispatch" because the lexicons have that and not "dispatche".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import load
from dragoman.reading.events.frames import frames

_VERBAL = ("VERB", "AUX")
_PARTICIPLE = {"Tense": "Pres", "VerbForm": "Part"}


def with_known_lemmas(annotations: Annotations) -> Annotations:
    """The same annotations, lemmas of verbs and nouns corrected; the same object if there is nothing to correct."""
    tokens = [_corrected(_common(annotations, token)) for token in annotations.tokens]
    if all(new is old for new, old in zip(tokens, annotations.tokens, strict=True)):
        return annotations
    return replace(annotations, tokens=tokens)


def _common(annotations: Annotations, token: Token) -> Token:
    """A capitalised act noun that is part of no name is a common noun: "the second Wave of Attacks"."""
    if token.upos != "PROPN" or annotations.name_at(token) is not None or not token.text[1:].islower():
        return token
    stem = next((stem for stem in _noun_stems(token.lower) if stem in frames("noun")), None)
    return token if stem is None else replace(token, upos="NOUN", lemma=stem)


def _corrected(token: Token) -> Token:
    lemma = _lemma(token)
    if token.upos == "VERB" and token.feats.get("VerbForm") == "Fin" and token.lower.endswith("ing") and lemma != token.lower:
        token = replace(token, feats=_PARTICIPLE)  # "denying" is never finite
    return token if lemma == token.lemma else replace(token, lemma=lemma)


def _lemma(token: Token) -> str:
    if token.upos not in (*_VERBAL, "NOUN", "ADJ"):
        return token.lemma
    inflected = token.upos in _VERBAL and token.lemma == token.lower and token.lemma.endswith(("ed", "ing"))
    if token.lemma in _vocabulary() and not inflected:
        return token.lemma
    endings = _verb_stems if token.upos in _VERBAL else _noun_stems
    return next((stem for stem in endings(token.lower) if stem in _vocabulary()), token.lemma)


def _verb_stems(form: str) -> Iterator[str]:
    """The form comes last: "scheduled" stands in the lexicons too, as an adjective."""
    for ending in ("ed", "ing", "es", "s", "d"):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            stem = form[: -len(ending)]
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem.endswith("i"):
                yield stem[:-1] + "y"
            if stem.endswith("ck"):
                yield stem[:-1]
    yield form


def _noun_stems(form: str) -> Iterator[str]:
    yield form
    if form.endswith("ies"):
        yield form[:-3] + "y"
    if form.endswith("men"):
        yield form[:-3] + "man"
    for ending in ("s", "es"):
        if form.endswith(ending):
            yield form[: -len(ending)]


@cache
def _vocabulary() -> frozenset[str]:
    """Every single word of the lexicons of acts and of their status."""
    found = {*frames("verb"), *frames("noun"), *load("irregular")["verbs"].values()}
    for lexicon in (load("acts")["classes"], load("acts")["domains"], load("status")):
        found.update(word for entry in _strings(lexicon) for word in (entry, *entry.split("_")[:1], *entry.split(" ")[:1]))
    return frozenset(found)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from _strings(part)
        case list():
            for part in value:
                yield from _strings(part)
