"""Shapes of phrases around an act: measure nouns, light verbs, particles, coordinations."""

from __future__ import annotations

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.events.status.finding import words
from dragoman.text.report import Span

MAX_STEPS = 12  # a tree from a model may be deep without sense; real chains of governors are short
_PARTICLES = ("out", "off", "up", "down", "away", "back")


def outer(annotations: Annotations, token: Token) -> Token:
    """The head of the whole phrase of a noun: "attacks" in "a second wave of attacks" answers with "wave"."""
    for _ in range(3):
        above = _measure_above(annotations, token)
        if above is None:
            return token
        token = above
    return token


def _measure_above(annotations: Annotations, token: Token) -> Token | None:
    """The measure noun that "of" ties a noun to; a parser may have hung the "of" phrase on the verb."""
    head = annotations.head(token)
    if head is None:
        return None
    if token.relation == "compound":
        return head if head.lemma.lower() in words("measures", "process") else None
    if case_of(annotations, token) != "of":
        return None
    if token.relation.split(":")[0] == "nmod" and head.lemma.lower() in words("measures", "nouns"):
        return head
    if token.relation == "obl":
        before = [t for t in annotations.children(head, "obj", "nsubj") if t.index < token.index]
        return before[-1] if before and before[-1].lemma.lower() in words("measures", "nouns") else None
    return None


def case_of(annotations: Annotations, token: Token) -> str:
    """The preposition of a noun ("of"), in lower case; empty if there is none."""
    case = annotations.child(token, "case")
    return case.lower if case is not None else ""


def particle_of(annotations: Annotations, verb: Token) -> Token | None:
    """The particle of a verb; a word like "out" right behind it counts, whatever the tree calls it."""
    particle = annotations.child(verb, "compound:prt")
    if particle is not None:
        return particle
    near = annotations.children(verb, "advmod")
    return next((t for t in near if t.index == verb.index + 1 and t.lower in _PARTICLES), None)


def with_particle(annotations: Annotations, verb: Token) -> str:
    """The lemma of a verb with its particle: "call_off"; the bare lemma if it has none."""
    particle = particle_of(annotations, verb)
    return f"{verb.lemma.lower()}_{particle.lower}" if particle is not None else verb.lemma.lower()


def cue_of(annotations: Annotations, head: Token) -> Span:
    """Where a governor stands, with its particle if that is near ("called off")."""
    particle = particle_of(annotations, head)
    near = particle is not None and 0 < particle.index - head.index <= 2
    return Span(head.start, particle.end) if near and particle is not None else head.span


def is_light(annotations: Annotations, noun: Token) -> Token | None:
    """The verb that carries an act noun ("held" in "held talks", "began" in "talks began"), or None."""
    phrase = first_conjunct(annotations, outer(annotations, noun))
    verb = annotations.head(phrase)
    if verb is None or verb.upos not in ("VERB", "AUX"):
        return None
    section = _slot(phrase)
    key = with_particle(annotations, verb)
    if section == "with_preposition":
        key = f"{key} {case_of(annotations, phrase)}"
    found = section is not None and (key in words("light", section) or verb.lemma.lower() in words("light", section))
    return verb if found else None


def first_conjunct(annotations: Annotations, token: Token) -> Token:
    """The first member of the coordination that a token is part of."""
    for _ in range(MAX_STEPS):
        above = annotations.head(token)
        if token.relation.split(":")[0] != "conj" or above is None:
            return token
        token = above
    return token


def _slot(phrase: Token) -> str | None:
    match phrase.relation.split(":")[0]:
        case "obj" | "xcomp" | "acl":
            return "with_object"
        case "nsubj":
            return "with_object" if phrase.relation == "nsubj:pass" else "with_subject"
        case "obl" | "advcl":
            return "with_preposition"
    return None


def is_finite(annotations: Annotations, verb: Token) -> bool:
    """Whether a verb or one of its auxiliaries has a person and a tense."""
    helpers = annotations.children(verb, "aux", "cop")
    return any(t.feats.get("VerbForm") == "Fin" for t in (verb, *helpers))


def is_present(annotations: Annotations, verb: Token) -> bool:
    """Whether a verb stands in the present tense."""
    finite = [verb, *annotations.children(verb, "aux", "cop")]
    return any(t.feats.get("Tense") == "Pres" and t.feats.get("VerbForm") == "Fin" for t in finite)


def infinitive_to(annotations: Annotations, verb: Token) -> Token | None:
    """The "to" of an infinitive."""
    return next((t for t in annotations.children(verb, "mark") if t.lower == "to"), None)


def is_definite(annotations: Annotations, noun: Token) -> bool:
    """Whether a noun stands with "the", "this" or an owner."""
    if annotations.child(noun, "nmod:poss") is not None:
        return True
    det = annotations.child(noun, "det")
    return det is not None and det.lower in ("the", "this", "that", "these", "those")


def time_ahead(annotations: Annotations, token: Token) -> Span | None:
    """Words that depend on a verb or a noun and name a time to come: "next week", "tomorrow", "in the coming days"."""
    for child in annotations.children(token, "obl", "nmod", "advmod"):
        if child.lower == "tomorrow":
            return child.span
        ahead = next((t for t in annotations.children(child, "amod", "det") if t.lower in ("next", "coming")), None)
        if ahead is not None and child.lemma.lower() in words("time", "units"):
            return Span(ahead.start, child.end) if ahead.end < child.end else ahead.span
    return None


def is_time(noun: Token) -> bool:
    """Whether a noun names a day, a month or another stretch of time: "on Monday", "in May"."""
    return noun.lemma.lower() in words("time", "units") or noun.lemma.lower() in words("time", "months")
