"""Support verbs: verbs that carry an act noun and name no act themselves, and what they tell about who acts.

"Staged a strike", "came under attack", "the talks resumed": the noun names the act, the verb says who is in which place.
The lists are [support] of the lexicon `acts.toml` and [light] of `status.toml`.
"""

from __future__ import annotations

from functools import partial

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import words_of
from dragoman.reading.events.status import case_of, first_conjunct, is_light, outer, with_particle

_VERBAL = ("VERB", "AUX")


_support = partial(words_of, "acts", "support")
_receive = partial(words_of, "status", "light")


def carrier(annotations: Annotations, noun: Token) -> Token | None:
    """The verb that carries an act noun ("staged" in "staged a strike", "began" in "talks began"), or None."""
    light = is_light(annotations, noun)
    if light is not None:
        return light
    phrase = first_conjunct(annotations, outer(annotations, noun))
    behind = _infinitive_behind(annotations, phrase)
    if behind is not None:
        return behind
    verb = annotations.head(phrase)
    if verb is None or verb.upos not in _VERBAL:
        return None
    key = with_particle(annotations, verb)
    match phrase.relation.split(":")[0]:
        case "obj" | "xcomp" | "acl":
            found = key in _support("object")
        case "nsubj":
            found = key in _support("object" if phrase.relation == "nsubj:pass" else "subject")
        case "obl" | "advcl":
            found = f"{key} {case_of(annotations, phrase)}" in _support("preposition")
        case _:
            found = False
    return verb if found else None


def _infinitive_behind(annotations: Annotations, noun: Token) -> Token | None:
    """The carrying verb of an infinitive that lacks its object: "what sanctions to impose", "talks to hold"."""
    for verb in annotations.children(noun, "acl"):
        to = any(t.lower == "to" for t in annotations.children(verb, "mark"))
        if to and verb.upos == "VERB" and may_carry(verb) and annotations.child(verb, "obj") is None:
            return verb
    return None


def may_carry(verb: Token) -> bool:
    """Whether a verb is one of those that carry an act noun as their object."""
    lemma = verb.lemma.lower()
    return lemma in _support("object") or lemma in _receive("with_object")


def undergoes(annotations: Annotations, noun: Token, verb: Token) -> bool:
    """Whether the subject of the carrying verb undergoes the act: "faced sanctions", "came under attack"."""
    phrase = first_conjunct(annotations, outer(annotations, noun))
    key = with_particle(annotations, verb)
    behind = f"{key} {case_of(annotations, phrase)}"
    if phrase.relation.split(":")[0] in ("obl", "advcl"):
        return behind in _support("undergo_preposition") or behind in _receive("receive_with_preposition")
    return key in _support("undergo") or key in _receive("receive")
