"""Acts that no frame of the lexicon covers, seen by the encoder's head for acts.

The head learnt from what the lexicon is sure of, with a part of the words hidden, and so knows an act by what stands around it
("gunmen peppered the bus with bullets"). It is asked only where no frame matches, and believed only where it is sure and an
actor of the report takes part.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import cast as typed

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import EventType
from dragoman.reading.events.arguments import Arguments
from dragoman.reading.events.frames import Frame, Pos, frame_of
from dragoman.reading.events.support import may_carry

SURE = {"verb": 0.5, "noun": 0.7}
"""Least probability at which the head is believed; chosen on the tuning half of the gold readings."""

_IN_WORDS = 0.6
"""Probability of ACCUSE from which a loose word for attacks tells of one in words: on 700 wire reports two attacks, both in words."""

_PARTS = ("nmod", "nmod:poss", "compound", "amod")


def is_in_words(trigger: Token, frame: Frame) -> bool:
    """Whether the head is sure that a word for attacks as loose as "attack" tells of one in words."""
    return frame.type == "ASSAULT" and frame.loose and trigger.act == "ACCUSE" and trigger.act_score >= _IN_WORDS


def in_words(trigger: Token, frames: Iterable[Frame]) -> Frame | None:
    """The frame of an attack in words, if the head is sure that it is one: "launched an attack on the opposition"."""
    attack = next((f for f in frames if is_in_words(trigger, f)), None)
    return None if attack is None else _attack_in_words(attack.lemma, attack.pos)


def unlisted_verb(annotations: Annotations, cast: Cast, verb: Token, args: Arguments) -> Frame | None:
    """The frame of a verb that the head takes for an act, if an actor does it or suffers it; a verb that only carries a noun has none."""
    if verb.act_score < SURE["verb"] or may_carry(verb) or not any(cast.of(t) for t in (*args.subjects, *args.objects)):
        return None
    return _frame(verb.lemma.lower(), "verb", verb.act)


def unlisted_noun(annotations: Annotations, cast: Cast, noun: Token, light: Token | None) -> Frame | None:
    """The frame of a noun that the head takes for an act, if a verb carries it or an actor stands with it."""
    if noun.act_score < SURE["noun"] or cast.of(noun) is not None:
        return None
    held = light is not None or any(cast.of(t) for t in annotations.children(noun, *_PARTS))
    return _frame(noun.lemma.lower(), "noun", noun.act) if held else None


@cache
def _attack_in_words(lemma: str, pos: Pos) -> Frame:
    to = ["obj", "on", "against", "at", "of"]
    return frame_of({"type": "ACCUSE", "mode": "disapprove", "evidence": "model", "to": to}, {"lemma": lemma}, pos)


@cache
def _frame(lemma: str, pos: Pos, act: str) -> Frame:
    return frame_of({"type": typed(EventType, act), "evidence": "model", "harm": act == "ASSAULT", "loose": True}, {"lemma": lemma}, pos)
