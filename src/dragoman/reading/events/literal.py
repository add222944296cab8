"""Whether a word for an act means it: figures of speech, games, markets, accidents, and blows that are dealt in words.

Nobody is hurt where a bill is "killed", a plan "torpedoed", inflation "fought" or a minister "bombarded with questions". What
such a word means instead is for the other frames of the lexicon: a killed bill is refused, an attacked policy criticised.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.events.arguments import Arguments, antecedent, prepositional
from dragoman.reading.events.frames import Frame, word_list
from dragoman.reading.events.subject_matter import Matter, is_accident, is_figurative, is_official, is_public, is_violent
from dragoman.reading.events.unlisted import is_in_words

_ON_THE_PITCH = ("ASSAULT", "RETREAT", "MOBILIZE", "CONSULT")  # acts that are play for all that a federation is named beside them
_HARD = ("ASSAULT", "COERCE")
_BY_OWN_HAND = ("kill", "shoot", "stab", "drown", "poison", "hurt", "injure", "harm")
_NO_HARM = ("ills", "airy")
_HARMLESS = ("plans", *_NO_HARM)
_BODILY = ("ASSAULT", "RETREAT", "PROTEST", "COERCE")  # acts that markets, storms and teams are said to do
_CAUSING = ("of", "from", "in", "by")  # what somebody dies of
_AT = ("on", "against", "at", "upon", "with")  # what leads to those who suffer an act; of a noun "of" too


def is_literal(annotations: Annotations, trigger: Token, frame: Frame, args: Arguments, matter: Matter) -> bool:
    """Whether the word means what the frame says, by what the report is about and by who does it to whom."""
    if _is_ruled_out(annotations, trigger, frame, matter) or _is_said_of_things(annotations, trigger, frame, args):
        return False
    if frame.type == "THREATEN" and _is_vow_against_ills(annotations, trigger):
        return False
    if (frame.type == "COERCE" or frame.mode == "abduct") and _is_no_seizure(trigger, args):
        return False
    if frame.type == "ACCUSE" and frame.lemma == "attack" and _any_of(args.subjects, "combatant"):
        return False  # gunmen find no fault
    if frame.evidence == "model" and frame.type in _HARD and _is_about(annotations, trigger, frame, args, _NO_HARM):
        return False
    return frame.type != "ASSAULT" or not (_hurts_nobody(annotations, trigger, frame, args) or is_in_words(trigger, frame))


def _is_ruled_out(annotations: Annotations, token: Token, frame: Frame, matter: Matter) -> bool:
    """Whether what the text is about speaks against the frame: sport, markets, an accident."""
    if frame.loose and (matter.figurative or (frame.type in _BODILY and is_figurative(annotations, token))):
        return True
    if matter.sport and not is_public(annotations, token) and (frame.type in _ON_THE_PITCH or not is_official(annotations, token)):
        return True  # in a match report nobody is accused, freed or met but on the pitch, unless a body of the sport deals with it
    if frame.about is not None and frame.about not in matter.topics:
        return True
    if frame.violent and "violence" not in matter.topics and not is_violent(annotations, token):
        return True
    return frame.harm and is_accident(annotations, token, matter)


def _is_said_of_things(annotations: Annotations, trigger: Token, frame: Frame, args: Arguments) -> bool:
    """Whether the act is said of what cannot do it or have it done: traders "retreat", a summit is "held"."""
    if frame.type not in _BODILY:
        return False
    held = [*args.objects, *annotations.children(trigger, "nsubj:pass")]
    held += [t for t in (annotations.head(trigger),) if t is not None and trigger.relation == "acl"]
    if frame.obj is not None and frame.obj.kinds and (_any_of(held, "talks") or any(_is_thing_named_one(annotations, t) for t in held)):
        return True  # a summit that is held is not held captive
    return frame.loose and (_any_of(args.subjects, "bloodless") or _any_of(args.subjects, "player"))


def _is_thing_named_one(annotations: Annotations, token: Token) -> bool:
    """ "The fair is the largest one held here": "one" is no person where the subject is none."""
    meant = annotations.children(token, "nsubj") if token.lemma == "one" else []
    return any(t.upos == "NOUN" and not _any_of([t], "human") and not _any_of([t], "combatant") for t in meant)


def _hurts_nobody(annotations: Annotations, trigger: Token, frame: Frame, args: Arguments) -> bool:
    """Whether violence is said of what cannot suffer or do it: shares "take a beating", a bill is "killed", inflation "fought"."""
    sufferers = _sufferers(annotations, trigger, frame, args)
    places = word_list("classes.building")  # "market"
    untouched = (t for t in sufferers if t.lemma.lower() not in places and t.lower != "scores")  # "scores were wounded"
    if _any_of(args.subjects, "bloodless") or _any_of(untouched, "bloodless"):
        return True
    if _is_natural(annotations, trigger, args):
        return True
    if _is_contest(annotations, trigger, args) or _is_suicide(trigger, args):
        return True
    return _is_about(annotations, trigger, frame, args, _HARMLESS) or _is_armed_with_words(annotations, trigger, args)


def _is_about(annotations: Annotations, trigger: Token, frame: Frame, args: Arguments, kinds: tuple[str, ...]) -> bool:
    """Whether the act is done to things of these lists; of several objects all must be: "killed hopes", not "killed ten and hopes"."""
    words = _words_of_any(kinds)
    if frame.pos == "verb" and args.objects and not _any_of(args.objects, "warfare"):
        return all(t.lemma.lower() in words for t in args.objects)
    return any(t.lemma.lower() in words for t in _sufferers(annotations, trigger, frame, args))


def _sufferers(annotations: Annotations, trigger: Token, frame: Frame, args: Arguments) -> list[Token]:
    """The heads of what the act is done to, as the tree has it: objects, what stands behind "on", "against", "of"."""
    behind = [t for word in _AT for t in args.obliques.get(word, ())]
    if frame.pos == "verb":
        return [*args.objects, *behind]
    own = [t for t in annotations.children(trigger, "nmod", "obl") if any(c.lower in (*_AT, "of") for c in annotations.children(t, "case"))]
    return [*own, *annotations.children(trigger, "nmod:poss"), *behind]


def _is_armed_with_words(annotations: Annotations, trigger: Token, args: Arguments) -> bool:
    """ "Bombarded him with questions", "fired a salvo of accusations": the weapons are words."""
    arms = [*args.obliques.get("with", ()), *(t for o in args.objects for t in annotations.children(o, "nmod"))]
    arms += [t for t in annotations.children(trigger, "nmod") if any(c.lower == "of" for c in annotations.children(t, "case"))]
    return _any_of(arms, "uttered")


def _is_no_seizure(trigger: Token, args: Arguments) -> bool:
    """ "Seized the opportunity", "arrested the decline", "besieged by scandal", "seized on the report": nobody is held or robbed."""
    if _any_of(args.objects, "unseized") or _any_of((*args.subjects, *args.obliques.get("with", ())), "besetting"):
        return True
    return trigger.lemma == "seize" and not args.objects and bool(args.obliques.get("on") or args.obliques.get("upon"))


def _is_vow_against_ills(annotations: Annotations, trigger: Token) -> bool:
    """A vow to fight crime."""
    return any(_any_of(annotations.children(clause, "obj"), "ills") for clause in annotations.children(trigger, "xcomp"))


def _is_contest(annotations: Annotations, trigger: Token, args: Arguments) -> bool:
    """ "The battle for the presidency", "fought for the title", "a fierce battle between campaigners and retailers"."""
    if trigger.upos == "NOUN" and _any_of([trigger], "warfare") and _are_civil(annotations, trigger):
        return True
    prizes = [*prepositional(annotations, trigger).get("for", ()), *args.obliques.get("for", ())]
    return _any_of(prizes, "contested")


def _are_civil(annotations: Annotations, noun: Token) -> bool:
    """Whether the two between whom a battle goes on fight with laws, money and words, both of them."""
    sides = [m for t in prepositional(annotations, noun).get("between", ()) for m in (t, *annotations.children(t, "conj"))]
    sides += [t for t in annotations.children(noun, "conj") if sides and t.index > sides[0].index]
    return len(sides) > 1 and all(t.lemma.lower() in word_list("classes.civil") for t in sides)


def _is_suicide(trigger: Token, args: Arguments) -> bool:
    """ "Shot himself": nobody does it to anybody; who blows himself up has frames of his own."""
    return trigger.lemma in _BY_OWN_HAND and bool(args.objects) and all(t.lower.endswith(("self", "selves")) for t in args.objects)


def _is_natural(annotations: Annotations, verb: Token, args: Arguments) -> bool:
    """Whether a storm, a fire or an illness did it: "was destroyed in an earthquake", "died of a heart attack"."""
    if verb.upos != "VERB":
        return False
    causes = [antecedent(annotations, t) for t in args.subjects]
    causes += [t for word in _CAUSING for t in args.obliques.get(word, ())]
    clauses = (c for c in annotations.children(verb, "advcl") if any(t.lower in ("when", "after", "as") for t in annotations.children(c)))
    causes += [t for clause in clauses for t in annotations.children(clause, "nsubj")]
    return any(_is_ailment(annotations, t) or _is_element(annotations, t) for t in causes)


def _is_element(annotations: Annotations, noun: Token) -> bool:
    """A natural cause of harm; a "fire" only with an article, in the plural or of a house: "rebel fire" is gunfire."""
    if noun.lemma.lower() != "fire":
        return bool({noun.lemma.lower(), noun.lower.removesuffix("s")} & word_list("classes.natural"))
    beside = [t for t in annotations.children(noun, "amod", "compound", "nmod:poss", "acl") if t.relation != "acl:relcl"]  # "set by rebels"
    if any(t.lemma.lower() in word_list("classes.burning") for t in beside):
        return True
    return not beside and (noun.feats.get("Number") == "Plur" or annotations.child(noun, "det") is not None)


def _is_ailment(annotations: Annotations, token: Token) -> bool:
    """A heart attack, which kills and is nobody's deed."""
    return token.lemma == "attack" and any(t.lemma.lower() in ("heart", "asthma", "panic") for t in annotations.children(token, "compound"))


@cache
def _words_of_any(kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(word_list(f"classes.{kind}") for kind in kinds))


def _any_of(tokens: Iterable[Token], kind: str) -> bool:
    return any(t.lemma.lower() in word_list(f"classes.{kind}") for t in tokens)
