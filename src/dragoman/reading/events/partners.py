"""Who takes part in talks: the partners of a two-way act, beyond the places that its frame names.

"Said after talks with X", "seeks talks with X", "the talks involve X and Y", "met last week in Bern with X".
"""

from __future__ import annotations

import itertools

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import words_of
from dragoman.reading.actors.cast import Cast
from dragoman.reading.events.acts import Act, noun_prepositions
from dragoman.reading.events.arguments import arguments, prepositional, surface_subjects
from dragoman.reading.events.deeds import side_words
from dragoman.reading.events.people import actors_of
from dragoman.reading.events.status import case_of, first_conjunct, outer, with_particle
from dragoman.reading.events.visits import whole

Ids = tuple[str, ...]

_REACH = 25  # tokens behind a trigger in which its partner is looked for
_AROUND_TALKS = ("on", "after", "during", "in", "at", "for", "following", "before")


def partners_around(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Partners whom the words around a noun for talks tell; empty for a verb and for what is no talk."""
    if act.frame.pos == "verb" or act.frame.type != "CONSULT":
        return ()
    received = actors_of(annotations, cast, act.arguments.indirect)  # "was given an audience"
    return received or speaker_of_talk(annotations, cast, act) or _wanting(annotations, cast, act) or _brought(annotations, cast, act)


def speaker_of_talk(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "Said after talks with X": the one who says it took part. "Arrived for a visit": he visits."""
    if act.frame.pos == "verb" or act.frame.type != "CONSULT":
        return ()
    phrase = whole(annotations, act.trigger)
    word = case_of(annotations, phrase)
    verb = _verb_of(annotations, phrase)
    if verb is None or phrase.relation not in ("obl", "obj") or not word:
        return ()
    if word in ("through", "by", "via", "without"):  # "settle it with the union through talks"
        args = arguments(annotations, verb)
        behind = [n for thing in args.objects for n in prepositional(annotations, thing).get("with", ())]
        return actors_of(annotations, cast, (*args.subjects, *args.obliques.get("with", ()), *behind))
    moves = verb.lemma in words_of("status", "measures", "motion") or with_particle(annotations, verb) in side_words("talks", "going")
    goes = word == "for" and moves
    own = noun_prepositions(annotations, act.trigger, act.light)
    with_somebody = "with" in own
    inside = word in ("in", "at", "during", "after") and not own.keys() & {"between", "among", "of"}
    if word not in _AROUND_TALKS or not (goes or with_somebody or inside or act.frame.mode == "visit"):
        return ()
    return actors_of(annotations, cast, surface_subjects(annotations, verb))


def _verb_of(annotations: Annotations, phrase: Token) -> Token | None:
    """The verb that a phrase belongs to: a phrase before the "that" of a clause belongs to the verb above it."""
    verb = annotations.head(phrase)
    if verb is None or verb.upos != "VERB":
        return None
    mark = next((t for t in annotations.children(verb, "mark") if t.lower == "that"), None)
    above = annotations.head(verb)
    if mark is not None and phrase.index < mark.index and above is not None and above.upos == "VERB":
        return above
    return verb


def _wanting(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "Seeks talks with X", "remained opposed to talks with X": who wants them or not would take part."""
    phrase = first_conjunct(annotations, outer(annotations, act.trigger))
    verb = annotations.head(phrase)
    if verb is None or "with" not in noun_prepositions(annotations, act.trigger, act.light):
        return ()
    if verb.upos == "ADJ" and verb.lemma in side_words("talks", "opposed"):
        above = annotations.head(verb)
        own = tuple(annotations.children(verb, "nsubj"))
        return actors_of(annotations, cast, own or (surface_subjects(annotations, above) if above is not None else ()))
    if verb.upos != "VERB" or phrase.relation not in ("obj", "xcomp") or verb.lemma in side_words("talks", "outside"):
        return ()
    return actors_of(annotations, cast, surface_subjects(annotations, verb))


def _brought(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "The talks involve X and Y"."""
    phrase = first_conjunct(annotations, outer(annotations, act.trigger))
    verbs = [v for v in (annotations.head(phrase), *annotations.children(phrase, "acl", "acl:relcl")) if v is not None]
    bringing = (v for v in verbs if v.upos == "VERB" and with_particle(annotations, v) in side_words("talks", "bringing"))
    objects = (t for verb in bringing for t in annotations.children(verb, "obj") if t.index > phrase.index)
    return actors_of(annotations, cast, objects)


def partner_behind(annotations: Annotations, cast: Cast, trigger: Token) -> Ids:
    """Who stands behind the next "with", for trees that have lost the phrase: "met last week in Bern with X"."""
    sentence = annotations.sentence_of(trigger)
    behind = annotations.tokens[trigger.index + 1 : min(sentence.last, trigger.index + _REACH)]
    clause = list(itertools.takewhile(lambda t: t.upos not in ("VERB", "SCONJ"), behind))
    start = next((n for n, token in enumerate(clause) if token.lower == "with"), None)
    if start is None:
        return ()
    phrase = itertools.takewhile(lambda t: t.upos not in ("PUNCT", "AUX") and t.lower not in ("on", "in", "at"), clause[start + 1 :])
    found = [actor for token in phrase if (actor := cast.of(token)) is not None]
    persons = [actor for actor in found if cast.get(actor).kind == "person"]
    return tuple((persons or found)[:1])
