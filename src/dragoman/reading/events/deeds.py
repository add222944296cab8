"""Who did the deed that a noun names, where other words of the sentence tell it.

"Blamed the rebels for the attack", "is responsible for the raid", "was convicted of the killings": the noun has no doer of its
own, and the words that carry it name one. Tokens are heads of phrases. The words are in the lexicon `sides.toml`.
"""

from __future__ import annotations

import itertools
from functools import partial

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import words_of
from dragoman.reading.events.arguments import arguments, prepositional, surface_subjects
from dragoman.reading.events.frames import frames
from dragoman.reading.events.status import case_of, first_conjunct, outer, with_particle

Tokens = tuple[Token, ...]

_TO_WHOM = ("SUPPORT", "CONSULT")  # their object gains by them
_WITH_WHOM = ("COOPERATE", "AID", "AGREE", "CONCEDE")  # their object is what is given

_PART_REACH = 6  # tokens from "role" to the deed: "a role in last week's fatal raid"
_MAX_UP = 6  # words over a deed among which a charge is looked for


side_words = partial(words_of, "sides")
"""A list of the lexicon `sides.toml`, by its section and its name."""


def blamed(annotations: Annotations, noun: Token) -> Tokens:
    """Who is said, or says himself, to have done the deed that a noun names."""
    if accused := _charged_with(annotations, noun):
        return accused
    phrase = first_conjunct(annotations, outer(annotations, noun))
    above = annotations.head(phrase)
    if case_of(annotations, phrase) == "behind":  # "the group is behind the attack"
        return tuple(annotations.children(phrase, "nsubj"))
    for clause in annotations.children(noun, "acl", "acl:relcl"):  # "bombings blamed on rebels"
        if clause.lemma in side_words("blame", "on") and (on := prepositional(annotations, clause).get("on")):
            return on
    if above is None:
        return ()
    if above.upos == "NOUN" and above.lemma in side_words("blame", "nouns"):
        return _owner_of_blame(annotations, above)
    if above.upos == "ADJ" and above.lemma in side_words("blame", "adjectives"):
        return _bearer(annotations, above)
    return _of_verb(annotations, phrase, above) if above.upos == "VERB" else ()


def _charged_with(annotations: Annotations, noun: Token) -> Tokens:
    """Who is accused of a deed that stands under the charge: "wanted on charges that include the massacre of prisoners"."""
    for above in itertools.islice(annotations.ancestors(noun), _MAX_UP):
        if above.upos == "NOUN" and above.lemma in side_words("charges", "nouns"):
            return accused_by(annotations, above)
        if above.upos not in ("NOUN", "PROPN") and above.lemma not in side_words("charges", "including"):
            return ()
    return ()


def accused_by(annotations: Annotations, charge: Token) -> Tokens:
    """Whom a noun for a charge or a trial is about: "held on charges", "faces a charge", "the trial of Roe"."""
    phrase = first_conjunct(annotations, outer(annotations, charge))
    above = annotations.head(phrase)
    if above is not None and above.upos == "NOUN" and above.lemma in side_words("charges", "nouns"):
        return accused_by(annotations, above)
    if above is not None and above.upos == "VERB":
        if phrase.relation.startswith("obl") and above.lemma in side_words("charges", "patients"):
            return tuple(t for t in arguments(annotations, above).objects if t.index != phrase.index)
        if above.lemma in side_words("charges", "facing"):
            return surface_subjects(annotations, above)
    return prepositional(annotations, charge).get("against", ())


def only_alleged(annotations: Annotations, noun: Token) -> bool:
    """Whether the doer of a deed is somebody whom another one blames for it in this sentence, and nobody has convicted."""
    phrase = first_conjunct(annotations, outer(annotations, noun))
    above = annotations.head(phrase)
    if any(clause.lemma in side_words("blame", "on") for clause in annotations.children(noun, "acl", "acl:relcl")):
        return True
    if above is None or above.upos != "VERB":
        return False
    accusing = side_words("blame", "objects") | side_words("blame", "on")
    return above.lemma in accusing - side_words("blame", "settled") and bool(_of_verb(annotations, phrase, above))


def _owner_of_blame(annotations: Annotations, blame: Token) -> Tokens:
    verb = annotations.head(blame)
    if verb is None or verb.upos not in ("VERB", "AUX"):
        return tuple(annotations.children(blame, "nmod:poss"))
    if verb.lemma in side_words("blame", "denying"):
        return ()
    if verb.lemma in side_words("blame", "owning"):
        return surface_subjects(annotations, verb)
    return prepositional(annotations, verb).get("on", ()) or tuple(annotations.children(blame, "nmod:poss"))


def is_disowned(annotations: Annotations, noun: Token) -> bool:
    """Whether somebody is said, or says, to have had no part in a deed: "denied any role in the raid", "had no hand in it"."""
    first = max(annotations.sentence_of(noun).first, noun.index - _PART_REACH)
    near = annotations.tokens[first : noun.index]
    part = next((t for t in reversed(near) if t.lemma in side_words("blame", "nouns")), None)
    verb = annotations.head(part) if part is not None else None
    if part is None or verb is None or annotations.tokens[part.index + 1].lower not in ("in", "for"):
        return False
    no = any(t.lower in ("no", "neither") for t in annotations.children(part, "det"))
    refused = any(t.lower in ("not", "n't", "never") for t in annotations.children(verb, "advmod"))
    return no or refused or verb.lemma in side_words("blame", "denying")


def _bearer(annotations: Annotations, adjective: Token) -> Tokens:
    """Whose quality an adjective is: "X is responsible", "those responsible", "held X responsible"."""
    own = tuple(annotations.children(adjective, "nsubj"))
    above = annotations.head(adjective)
    if own or above is None:
        return own
    if adjective.relation in ("amod", "acl", "acl:relcl"):
        return (above,)
    return arguments(annotations, above).objects if adjective.relation in ("xcomp", "advcl", "ccomp") and above.upos == "VERB" else ()


def is_blamed_on(annotations: Annotations, noun: Token) -> bool:
    """Whether "on" and "to" behind a deed tell who is blamed for it: "blamed the attack on rebels"."""
    phrase = first_conjunct(annotations, outer(annotations, noun))
    verb = annotations.head(phrase)
    return phrase.relation in ("obj", "nsubj:pass") and verb is not None and verb.lemma in side_words("blame", "on")


def _of_verb(annotations: Annotations, phrase: Token, verb: Token) -> Tokens:
    word = case_of(annotations, phrase)
    as_object = phrase.relation in ("obj", "nsubj:pass")
    if verb.lemma in side_words("blame", "admitting"):
        return arguments(annotations, verb).subjects if as_object else ()
    if as_object and verb.lemma in side_words("blame", "on"):
        behind, own = prepositional(annotations, verb), prepositional(annotations, phrase)
        return behind.get("on", ()) or own.get("on", ()) or behind.get("to", ())
    if phrase.relation.startswith("obl") and word in side_words("blame", "prepositions") and verb.lemma in side_words("blame", "objects"):
        return tuple(t for t in arguments(annotations, verb).objects if t.index != phrase.index)
    return ()


def keeper(annotations: Annotations, noun: Token) -> Tokens:
    """Whose act it is by a verb that keeps it up or changes it: "maintains an embargo", "stepped up attacks"."""
    phrase = first_conjunct(annotations, outer(annotations, noun))
    verb = annotations.head(phrase)
    if verb is None or verb.upos != "VERB" or phrase.relation != "obj":
        return ()
    keeps = {verb.lemma, with_particle(annotations, verb)} & side_words("keeping", "verbs")
    if verb.lemma == "use" and any(t.lower in ("this", "that", "the") for t in annotations.children(phrase, "det")):
        return ()  # who uses an inquiry has not ordered it
    return surface_subjects(annotations, verb) if keeps else ()


def pressed(annotations: Annotations, noun: Token) -> Tokens:
    """Who acts under a demand or criticism and so is the one it is made to: "resigned after criticism from his party"."""
    phrase = first_conjunct(annotations, outer(annotations, noun))
    verb = annotations.head(phrase)
    if verb is None or verb.upos != "VERB" or not phrase.relation.startswith("obl"):
        return ()
    if case_of(annotations, phrase) not in side_words("pressed", "prepositions"):
        return ()
    return surface_subjects(annotations, verb)


def asked(annotations: Annotations, trigger: Token) -> Tokens:
    """Who is to do what is asked: "demands for | the minister | to resign", "asks that | the court | free them"."""
    clauses = annotations.children(trigger, "ccomp", "acl", "acl:relcl", "xcomp", "advcl")
    infinitive = any(t.lower == "to" for c in clauses for t in annotations.children(c, "mark"))
    behind = prepositional(annotations, trigger).get("for", ()) if infinitive else ()
    if behind:
        return (*behind, *(t for t in annotations.children(trigger, "appos") if t.index > behind[0].index))
    told = [c for c in clauses if c.relation == "ccomp" or any(t.lower in ("that", "for") for t in annotations.children(c, "mark"))]
    if not told and trigger.upos == "NOUN" and annotations.tokens[min(trigger.index + 1, len(annotations.tokens) - 1)].lower == "that":
        told = [c for c in clauses if c.relation == "acl" and annotations.child(c, "nsubj") is not None][:1]
    told = [c for c in told if not any(t.lower in ("if", "whether", "as", "because") for t in annotations.children(c, "mark"))]
    return tuple(t for clause in told for t in _subject_of_clause(annotations, clause))


def _subject_of_clause(annotations: Annotations, clause: Token) -> Tokens:
    """The subject of a clause; with "for ... to", what stands between the two words, whatever the tree calls it."""
    marks = {t.lower: t.index for t in annotations.children(clause, "mark")}
    if "for" not in marks or "to" not in marks:
        return arguments(annotations, clause).subjects
    between = annotations.tokens[marks["for"] + 1 : marks["to"]]
    return tuple(t for t in between if t.head in (clause.index, clause.head) and t.upos in ("NOUN", "PROPN", "PRON"))[:1]


def aimed_at(annotations: Annotations, trigger: Token) -> Tokens:
    """Who would undergo what is threatened: "threatened to bomb the town", "a threat to expel them"."""
    return tuple(t for clause in _clauses(annotations, trigger) for t in arguments(annotations, clause).objects)


def refused_to(annotations: Annotations, trigger: Token) -> Tokens:
    """Who would gain by what is refused: "refused to recognise the state", "to negotiate with the rebels", "to pay aid to them"."""
    found: list[Token] = []
    for clause in _clauses(annotations, trigger):
        types = {frame.type for frame in frames("verb").get(clause.lemma.lower(), ())}
        if types & set(_TO_WHOM):
            found += arguments(annotations, clause).objects
        if types & {*_TO_WHOM, *_WITH_WHOM}:
            behind = prepositional(annotations, clause)
            found += (*behind.get("with", ()), *behind.get("to", ()))
    return tuple(found)


def _clauses(annotations: Annotations, trigger: Token) -> list[Token]:
    return annotations.children(trigger, "xcomp", "ccomp", "acl")
