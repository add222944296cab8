"""Continents and other parts of the world that a report lets act or receive: "aid for Africa", "the Arab world condemned".

They are groups of states, with no country of their own; where something only happens in them they are no actors.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dragoman.language.annotations import Token
from dragoman.lexicons.load import words_of
from dragoman.reading.actors.forms import is_noun, is_verb
from dragoman.reading.actors.mentions import Mention, Setting
from dragoman.reading.actors.sectors import word_set
from dragoman.reading.openings import Openings

LONGEST = 3  # words in the longest name of a part of the world
_SIDES = ("with", "against", "between", "toward", "towards", "by", "for")


def world_regions(setting: Setting) -> Iterator[Mention]:
    """One mention for each continent or part of the world that has a part in an act."""
    notes = setting.annotations
    for sentence in notes.sentences:
        at = sentence.first
        while at < sentence.last:
            size = _longest(setting, at, sentence.last) if _openings().begin(notes.tokens[at].text) else 0
            if size:
                head = next((t for t in notes.tokens[at : at + size] if not at <= t.head < at + size), notes.tokens[at])
                words = set(range(at, at + size))
                name = setting.text(at, at + size).removeprefix("the ").removeprefix("The ")
                weak = not _has_part(setting, head)
                yield Mention(head.index, words, setting.span(at, at + size), "name", "group", name, plural=True, weak=weak)
            at += size or 1


def _longest(setting: Setting, at: int, end: int) -> int:
    tokens = setting.annotations.tokens
    if not tokens[at].text[:1].isupper() and tokens[at].lower not in ("the", "sub"):
        return 0
    for size in range(min(LONGEST, end - at), 0, -1):
        phrase = setting.text(at, at + size)
        if phrase in words_of("states", "world") or (phrase.startswith("The ") and "the " + phrase[4:] in words_of("states", "world")):
            return 0 if _goes_on(setting, at + size) or setting.annotations.name_at(tokens[at]) in _longer(setting, at, size) else size
    return 0


@cache
def _openings() -> Openings:
    return Openings(("The", *words_of("states", "world")))


def _goes_on(setting: Setting, end: int) -> bool:
    """Whether the name goes on behind ("the West Bank") or before a noun with a capital."""
    behind = setting.annotations.tokens[end : end + 1]
    return bool(behind) and behind[0].text[:1].isupper() and behind[0].upos == "PROPN"


def _longer(setting: Setting, at: int, size: int) -> tuple[object, ...]:
    """The name around the words, if it is longer than they are ("Council of Europe")."""
    tokens = setting.annotations.tokens
    around = [setting.annotations.name_at(tokens[i]) for i in range(at, at + size)]
    return tuple(n for n in around if n is not None and (n.first < at or n.last > at + size))


def _has_part(setting: Setting, head: Token) -> bool:
    """Whether the part of the world acts, is acted on, or is on a side; in all other places it is where something is."""
    notes = setting.annotations
    governor, case, base = notes.head(head), setting.preposition(head), head.relation.split(":")[0]
    if governor is None:
        return False
    if base == "conj" and not case:
        return _has_part(setting, governor) if governor.relation != "conj" else False
    if base == "nsubj":  # "Africa grew" is no act
        does = notes.children(governor, "obj", "iobj", "ccomp", "xcomp", "parataxis")
        return governor.upos == "VERB" and (bool(does) or is_verb(governor, word_set("signs", "of_people")))
    if not case and base in ("obj", "iobj"):
        return not is_verb(governor, word_set("signs", "going"))
    if case == "to":
        return is_noun(governor, word_set("signs", "given"))
    return base in ("obl", "nmod") and case in _SIDES
