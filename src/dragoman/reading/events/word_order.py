"""Who stands next to a verb by the order of words, for trees that have lost its subject or its object.

English puts the object right behind its verb and the subject right before it. Where the tree gives a verb neither, the noun
phrase that touches the verb is taken.
"""

from __future__ import annotations

import itertools

from dragoman.language.annotations import Annotations, Token

_NOMINAL = ("NOUN", "PROPN", "PRON")
_IN_PHRASE = (*_NOMINAL, "DET", "NUM", "ADJ", "SYM")
_REACH = 12  # words of a noun phrase, and between a verb and its subject
_PLACE_WORDS = ("in", "at", "near", "on", "outside", "inside", "during", "after", "before")
_CHAIN = 4  # phrases of "the leader of the wing of the party"


def noun_behind(annotations: Annotations, verb: Token) -> Token | None:
    """The head of the noun phrase right behind a verb, or None if a preposition or a comma stands there."""
    last = min(annotations.sentence_of(verb).last, verb.index + 1 + _REACH)
    behind = itertools.dropwhile(lambda t: t.upos == "ADV", annotations.tokens[verb.index + 1 : last])
    phrase = list(itertools.takewhile(_may_stand_in_phrase, behind))
    nouns = [t for t in phrase if t.upos in _NOMINAL]
    return nouns[-1] if nouns and nouns[-1].relation not in ("nsubj", "nsubj:pass", "obl:unmarked", "nmod:unmarked") else None


def noun_before(annotations: Annotations, verb: Token) -> Token | None:
    """The head of the noun phrase right before a verb and its auxiliaries; the first noun of "the leader of the party"."""
    at = verb.index - 1
    first = max(annotations.sentence_of(verb).first, verb.index - _REACH)
    while at >= first and annotations.tokens[at].upos in ("AUX", "ADV", "PART"):
        at -= 1
    if at > first and annotations.tokens[at].text == "," and _ends_apposition(annotations, at):
        at -= 1  # "the minister, Jan Roe, resigned"
    for _ in range(_CHAIN):
        if at < first or annotations.tokens[at].upos not in _NOMINAL:
            return None
        noun = annotations.tokens[at]
        while at >= first and _may_stand_in_phrase(annotations.tokens[at]):
            at -= 1
        if at < first or annotations.tokens[at].upos != "ADP":
            return noun
        at -= 1
    return None


def _ends_apposition(annotations: Annotations, comma: int) -> bool:
    """Whether a person's name stands between this comma and the one before it."""
    name = annotations.name_at(annotations.tokens[comma - 1])
    if name is None or name.kind != "PERSON" or name.first == 0:
        return False
    words = (t for t in reversed(annotations.tokens[max(0, name.first - _REACH) : name.first]))
    before = itertools.dropwhile(lambda t: t.upos in ("ADJ", "NOUN", "PROPN") and t.text != ",", words)
    return (opening := next(before, None)) is not None and opening.text == ","


def agent_astray(annotations: Annotations, verb: Token) -> tuple[Token, ...]:
    """The noun behind a "by" that a tree has hung elsewhere: "was shot | in the town of X | by soldiers", "rejected | as unfair | by X"."""
    last = min(annotations.sentence_of(verb).last, verb.index + 2 * _REACH)
    behind = itertools.takewhile(_may_stand_before_agent, annotations.tokens[verb.index + 1 : last])
    for case in behind:
        noun = annotations.head(case)
        above = annotations.head(noun) if noun is not None else None
        if case.lower != "by" or noun is None or above is None:
            continue
        if noun.relation == "nmod:desc":  # "by rebel leader | Jan Roe"
            return (above,)
        if above.upos == "ADJ" and noun.relation.startswith("obl"):
            return (noun,)
        if noun.relation == "nmod":
            return (noun,) if above.upos == "PROPN" or _case_before(annotations, above) in _PLACE_WORDS else ()
    return ()


def _may_stand_before_agent(token: Token) -> bool:
    return token.text != "," and (token.upos not in ("VERB", "SCONJ") or token.lower == "as")


def _case_before(annotations: Annotations, noun: Token) -> str:
    """The preposition that stands before a noun, empty if there is none."""
    case = annotations.child(noun, "case")
    return case.lower if case is not None and case.index < noun.index else ""


def _may_stand_in_phrase(token: Token) -> bool:
    return token.upos in _IN_PHRASE or token.lower in ("-", "'s", "'") or (token.upos == "VERB" and token.relation == "amod")
