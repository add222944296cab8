"""Who does an act and who undergoes it: the places that a frame names, filled with actors of the cast."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import load
from dragoman.reading.actors.cast import Cast
from dragoman.reading.events.acts import Act, noun_prepositions
from dragoman.reading.events.arguments import arguments, prepositional, surface_subjects
from dragoman.reading.events.people import actors_of, owners_of
from dragoman.reading.events.status import case_of, first_conjunct, outer
from dragoman.reading.events.support import undergoes

Ids = tuple[str, ...]

_AT_WORDS = ("ACCUSE", "SUPPORT", "REJECT", "THREATEN")  # who is meant stands behind what is praised or blamed
_AT_THINGS = ("COERCE", "ASSAULT", "SANCTION", "RETREAT")  # what is done to a thing is done to its owner
_TARGETS = ("target", "victim", "object", "focus", "subject", "recipient", "beneficiary")
_REACH = 25  # tokens behind a trigger in which its partner is looked for


@cache
def _motion() -> frozenset[str]:
    return frozenset(load("status")["measures"]["motion"])


def participants(annotations: Annotations, cast: Cast, act: Act) -> tuple[Ids, Ids]:
    """Initiators and recipients of an act, ids of the cast in text order. In a two-way act all are initiators."""
    if act.frame.mutual and act.frame.pos == "verb" and act.arguments.passive:
        return _received(annotations, cast, act)
    initiators = _initiators(annotations, cast, act)
    if act.frame.mutual:
        partners = _unique(initiators, _speaker_of_talk(annotations, cast, act))
        more = _partner_behind(annotations, cast, act.trigger) if len(partners) < 2 and "with" in act.frame.by else ()
        return _unique(partners, more), ()
    if not initiators and act.frame.mode == "visit":
        initiators = _speaker_of_talk(annotations, cast, act)
    for found in _sufferers(annotations, cast, act):
        recipients = tuple(a for a in found if a not in initiators)
        if recipients:
            return initiators, recipients
    return initiators, ()


def _initiators(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    fill = _verb_place if act.frame.pos == "verb" else _noun_place
    by = [fill(annotations, cast, act, place) for place in act.frame.by]
    initiators = _unique(*by) or _agent_behind(annotations, cast, act) or _responsible(annotations, cast, act)
    if not initiators and act.frame.pos == "noun" and "poss" in act.frame.to and "of" in act.frame.to:
        initiators = _owner_of_deed(annotations, cast, act)
    return initiators


def _sufferers(annotations: Annotations, cast: Cast, act: Act) -> Iterator[Ids]:
    """Who may be on the receiving side, surest first: in the places of the frame, then by the words around it."""
    fill = _verb_place if act.frame.pos == "verb" else _noun_place
    for place in sorted(act.frame.to, key="poss".__eq__):  # the owner suffers only if nobody else does
        yield fill(annotations, cast, act, place)
    yield _clause_subject(annotations, cast, act)
    if act.frame.type == "AID" and act.frame.pos == "verb":
        yield _verb_place(annotations, cast, act, "to")
    yield _target(annotations, cast, act)
    if act.frame.pos == "noun" and _receives(annotations, act):
        yield _light_subject(annotations, cast, act)
    elif act.frame.mode == "visit" and (host := _host(annotations, cast, act)) is not None:
        yield (host,)


def _clause_subject(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Who is accused or asked, where a clause tells of what: "charges that Kora sent troops", "demands that he quit"."""
    if act.frame.type not in ("ACCUSE", "REQUEST"):
        return ()
    clauses = annotations.children(act.trigger, "ccomp", "acl", "acl:relcl")
    told = (c for c in clauses if any(t.lower == "that" for t in annotations.children(c, "mark")))
    return _unique(*(actors_of(annotations, cast, arguments(annotations, clause).subjects) for clause in told))


def _target(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Who is said to be the target or the victim of the act: "has become a target of sanctions", "Kora, the victim of an attack"."""
    noun = act.trigger
    if act.frame.pos == "verb":
        above = annotations.head(noun)
        if noun.relation != "acl" or above is None:
            return ()
        noun = above
    phrase = outer(annotations, noun)
    goal = annotations.head(phrase)
    if goal is None or goal.lemma not in _TARGETS or phrase.relation != "nmod" or case_of(annotations, phrase) != "of":
        return ()
    above = annotations.head(goal)
    if goal.relation == "xcomp" and above is not None:
        return actors_of(annotations, cast, surface_subjects(annotations, above))
    named = [above] if goal.relation == "appos" and above is not None else annotations.children(goal, "nsubj")
    return actors_of(annotations, cast, named)


def _owner_of_deed(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "Kora's arrest of two men": with the sufferer behind "of", the owner is the doer."""
    behind = noun_prepositions(annotations, act.trigger, act.light).get("of", ())
    return _possessors(annotations, cast, act) if actors_of(annotations, cast, behind) else ()


def _host(annotations: Annotations, cast: Cast, act: Act) -> str | None:
    """The state whose town is visited: "travelled to Bern" is a visit to Switzerland, if that is in the cast."""
    if act.frame.pos == "verb":
        places, phrases = list(act.arguments.objects), act.arguments.obliques
    else:
        places, phrases = [], noun_prepositions(annotations, act.trigger, act.light)
    places += [noun for word in ("to", "into", "in") for noun in phrases.get(word, ())]
    lands = {cast.country_of(place) for place in places} - {None}
    states = (a for a in cast.actors if a.kind in ("country", "government") and a.country in lands)
    return next((a.id for a in states), None)


def _unique(*groups: Ids) -> Ids:
    return tuple(dict.fromkeys(a for group in groups for a in group))


def _received(annotations: Annotations, cast: Cast, act: Act) -> tuple[Ids, Ids]:
    """ "was met by the mayor": one side receives, the other is received; nobody told who, all are of one rank."""
    hosts = actors_of(annotations, cast, act.arguments.subjects)
    guests = tuple(a for a in actors_of(annotations, cast, act.arguments.objects) if a not in hosts)
    return (hosts, guests) if hosts else (guests, ())


# ------------------------------------------------------------------ places of a verb


def _verb_place(annotations: Annotations, cast: Cast, act: Act, place: str) -> Ids:
    args = act.arguments
    match place:
        case "none":
            return ()
        case "subj":
            return actors_of(annotations, cast, args.subjects, owners=True) or _cause(annotations, cast, act)
        case "obj":
            return _object(annotations, cast, act)
        case "iobj":
            return actors_of(annotations, cast, args.indirect)
    found = actors_of(annotations, cast, args.obliques.get(place, ()))
    if found or place in ("in", "at"):
        return found
    behind = [n for thing in args.objects for n in prepositional(annotations, thing).get(place, ())]
    return actors_of(annotations, cast, behind)


def _object(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    objects = act.arguments.objects
    found = actors_of(annotations, cast, objects)
    if found or act.frame.harm or act.frame.type not in (*_AT_WORDS, *_AT_THINGS):
        return found
    if act.frame.type in _AT_THINGS:
        return actors_of(annotations, cast, objects, owners=True)
    owners = _unique(*(owners_of(annotations, cast, thing) for thing in objects))
    if owners:
        return owners
    for word in ("by", "of", "against"):  # the doer behind "by" before anybody else: the victim of a deed is not who is blamed for it
        found = actors_of(annotations, cast, [n for t in objects for n in prepositional(annotations, t).get(word, ())], owners=True)
        if found:
            return found
    return ()


def _cause(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Who stands behind an attack that is itself the subject: "the army's raid killed two"."""
    if act.frame.type != "ASSAULT":
        return ()
    behind = [n for t in act.arguments.subjects for n in prepositional(annotations, t).get("by", ())]
    return actors_of(annotations, cast, behind)


# ------------------------------------------------------------------ places of a noun


def _noun_place(annotations: Annotations, cast: Cast, act: Act, place: str) -> Ids:
    noun, light = act.trigger, act.light
    match place:
        case "none":
            return ()
        case "light":
            return _light_subject(annotations, cast, act) if _receives(annotations, act) == ("light" in act.frame.to) else ()
        case "poss":
            return _possessors(annotations, cast, act)
        case "mod":
            phrase = outer(annotations, noun)
            return owners_of(annotations, cast, noun, possessors=False) or owners_of(annotations, cast, phrase, possessors=False)
    nouns = noun_prepositions(annotations, noun, light).get(place, ())
    found = actors_of(annotations, cast, nouns)
    if found or place not in ("by", "of", "on", "against"):
        return found
    return actors_of(annotations, cast, nouns, owners=True)


def _possessors(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    phrase = outer(annotations, act.trigger)
    owners = annotations.children(act.trigger, "nmod:poss") or annotations.children(phrase, "nmod:poss")
    return actors_of(annotations, cast, owners)


def _light_subject(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    noun, light = act.trigger, act.light
    if light is None:
        return ()
    phrase = first_conjunct(annotations, outer(annotations, noun))
    if phrase.relation.split(":")[0] == "nsubj" and phrase.relation != "nsubj:pass":
        return ()
    if phrase.relation == "nsubj:pass" and undergoes(annotations, noun, light):
        return ()  # "the riots were sparked by the arrest": who sparked them did not riot
    return actors_of(annotations, cast, act.arguments.subjects)


def _receives(annotations: Annotations, act: Act) -> bool:
    """Whether the subject of the carrying verb undergoes the act: "faced sanctions", "came under attack"."""
    if "light" in act.frame.to:
        return True
    return act.light is not None and undergoes(annotations, act.trigger, act.light)


def _partner_behind(annotations: Annotations, cast: Cast, trigger: Token) -> Ids:
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


def _agent_behind(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Who stands behind a "by" right after an act noun, for trees that have hung it elsewhere: "raid by gunmen"."""
    after = act.trigger.index + 1
    last = annotations.sentence_of(act.trigger).last
    if act.frame.pos != "noun" or "by" not in act.frame.by or after >= last or annotations.tokens[after].lower != "by":
        return ()
    phrase = itertools.takewhile(lambda t: t.upos not in ("VERB", "PUNCT", "ADP"), annotations.tokens[after + 1 : last])
    return tuple(dict.fromkeys(actor for token in phrase if (actor := cast.of(token)) is not None))[-1:]


def _responsible(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "claimed responsibility for the attack", "claimed the bombing", "admitted the raid": who says so is its doer."""
    if act.frame.pos != "noun" or act.frame.type != "ASSAULT":
        return ()
    phrase = first_conjunct(annotations, outer(annotations, act.trigger))
    above = annotations.head(phrase)
    if above is not None and above.lemma in ("responsibility", "credit", "blame"):
        above = annotations.head(above)
    if above is None or above.upos != "VERB" or above.lemma not in ("claim", "admit", "accept", "assume"):
        return ()
    args = arguments(annotations, above)
    return actors_of(annotations, cast, args.subjects)


def _speaker_of_talk(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "said after talks with X": the one who says it took part."""
    if act.frame.pos == "verb" or act.frame.type != "CONSULT":
        return ()
    phrase = first_conjunct(annotations, outer(annotations, act.trigger))
    verb = annotations.head(phrase)
    inside = case_of(annotations, phrase) in ("after", "during", "in", "at", "for", "following", "before")
    goes = case_of(annotations, phrase) == "for" and verb is not None and verb.lemma in _motion()
    with_somebody = goes or "with" in noun_prepositions(annotations, act.trigger, act.light)
    if verb is None or phrase.relation != "obl" or verb.upos != "VERB":
        return ()
    if case_of(annotations, phrase) in ("through", "by", "via", "without"):  # "settle it with the union through talks"
        args = arguments(annotations, verb)
        behind = [n for thing in args.objects for n in prepositional(annotations, thing).get("with", ())]
        return actors_of(annotations, cast, (*args.subjects, *args.obliques.get("with", ()), *behind))
    if not inside or not (with_somebody or act.frame.mode == "visit"):
        return ()
    return actors_of(annotations, cast, surface_subjects(annotations, verb))
