"""Words for acts that tell of no deed: principles, fields of work, standing opinions.

"To strengthen ties is a principle of ours", "issues such as sanctions", "is recognised as a leader in the field" name acts
without telling that anybody does them, has done them or will. "A source who asked not to be named" tells what kind of source it is.
"""

from __future__ import annotations

import itertools

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import words_of
from dragoman.reading.events.frames import word_list

_QUOTES = ('"', "\u201c", "``", "'", "\u2018")
_STEPS = 4  # how far below such a clause an act may stand
_REACH = 12  # words of a list that are looked back over


def is_no_deed(annotations: Annotations, trigger: Token) -> bool:
    """Whether the word for an act stands where no deed is told."""
    above = (trigger, *itertools.islice(annotations.ancestors(trigger), _STEPS))
    if any(_is_principle(annotations, token) for token in above):
        return True
    if _is_business(annotations, trigger) or _is_withheld(annotations, trigger) or _is_naming(annotations, trigger):
        return True
    if _is_polled(annotations, trigger):
        return True
    return (trigger.upos == "NOUN" and _is_example(annotations, trigger)) or _is_reputation(annotations, trigger)


def _is_principle(annotations: Annotations, token: Token) -> bool:
    """An infinitive that a sentence says something general about: "to deepen ties is our aim", "it is a principle to ..."."""
    if not token.relation.startswith("csubj") or not any(t.lower == "to" for t in annotations.children(token, "mark")):
        return False
    head = annotations.head(token)
    return head is not None and head.upos == "NOUN" and annotations.child(head, "cop") is not None


def _is_example(annotations: Annotations, noun: Token) -> bool:
    """One of the things that a general noun is made of: "in areas such as trade and sanctions". By the order of words."""
    before = annotations.tokens[max(0, noun.index - _REACH) : noun.index]
    for token in reversed(before):
        if token.sentence != noun.sentence or token.upos in ("AUX", "PRON", "SCONJ") or token.text in (";", ":"):
            return False
        if token.lower == "such" and annotations.tokens[token.index + 1].lower == "as" and token.index:
            return annotations.tokens[token.index - 1].lemma.lower() in word_list("classes.field")
    return False


def _is_business(annotations: Annotations, verb: Token) -> bool:
    """What nobody is told to have done: shops that "remain closed", a minister who "was forced to quit"."""
    head = annotations.head(verb)
    if verb.lemma in ("close", "shut") and verb.relation == "xcomp" and head is not None and head.lemma in ("remain", "stay"):
        return any(t.lemma.lower() in word_list("classes.business") for t in annotations.children(head, "nsubj"))
    agent = any(t.lower == "by" for o in annotations.children(verb, "obl") for t in annotations.children(o, "case"))
    forced = verb.lemma in ("force", "oblige") and annotations.child(verb, "aux:pass") is not None and not agent
    return forced and any(t.lemma in word_list("classes.own_step") for t in annotations.children(verb, "xcomp"))


def _is_withheld(annotations: Annotations, verb: Token) -> bool:
    """Whether somebody only keeps their name to themselves: "asked not to be named", "declined to be identified"."""
    if verb.lemma.lower() not in words_of("reporting", "standing", "withholding"):
        return False
    asked = (t for t in annotations.children(verb, "xcomp", "ccomp", "advcl") if annotations.child(t, "aux:pass") is not None)
    return any(t.lemma.lower() in words_of("reporting", "standing", "withheld") for t in asked)


def _is_polled(annotations: Annotations, verb: Token) -> bool:
    """ "Of 1,100 people questioned in the poll": who asks voters what they think inquires into nothing."""
    if verb.lemma.lower() not in word_list("classes.polling"):
        return False
    sentence = annotations.tokens_of(annotations.sentence_of(verb))
    return any(t.upos == "NOUN" and t.lemma.lower() in word_list("classes.polls") for t in sentence)


def _is_naming(annotations: Annotations, verb: Token) -> bool:
    """ "Calling him 'a creature of history'" calls nobody up: a quotation stands right behind the object."""
    called = annotations.child(verb, "obj") if verb.lemma == "call" else None
    if called is None:
        return False
    after = annotations.subtree(called)[-1].index + 1
    return (
        after < len(annotations.tokens)
        and annotations.tokens[after].text in _QUOTES
        and annotations.tokens[after].sentence == verb.sentence
    )


def _is_reputation(annotations: Annotations, verb: Token) -> bool:
    """A passive of opinion whose holder nobody names: "is recognised as a leader"."""
    if verb.lemma.lower() not in word_list("classes.opinion") or annotations.child(verb, "aux:pass") is None:
        return False
    words = {t.lower for o in annotations.children(verb, "obl", "xcomp") for t in annotations.children(o, "case", "mark")}
    return "as" in words and "by" not in words
