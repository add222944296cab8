"""Who does an act and who undergoes it: the places that a frame names, filled with actors of the cast."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.events.acts import Act, noun_prepositions
from dragoman.reading.events.arguments import Arguments, arguments, is_passive, prepositional, surface_subjects
from dragoman.reading.events.deeds import (
    accused_by,
    aimed_at,
    asked,
    blamed,
    is_blamed_on,
    is_disowned,
    keeper,
    pressed,
    refused_to,
    side_words,
)
from dragoman.reading.events.frames import frames
from dragoman.reading.events.partners import partner_behind, partners_around, speaker_of_talk
from dragoman.reading.events.people import actors_of, leaders_of, owners_of
from dragoman.reading.events.status import case_of, first_conjunct, outer, with_particle
from dragoman.reading.events.support import may_carry, undergoes
from dragoman.reading.events.visits import hosts, visitor_ahead
from dragoman.reading.events.word_order import agent_astray, noun_before, noun_behind

Ids = tuple[str, ...]

_OTHERS = side_words("others", "verbs")
_AT_WORDS = ("ACCUSE", "SUPPORT", "REJECT", "THREATEN")  # who is meant stands behind what is praised or blamed
_AT_THINGS = ("COERCE", "ASSAULT", "SANCTION", "RETREAT")  # what is done to a thing is done to its owner
_HOSTILE = ("ASSAULT", "COERCE")  # deeds that somebody is blamed for
_BLAMED = (*_HOSTILE, "SANCTION")
_AT_THE_TIME = ("when", "after", "as")
_REACH = 12  # words between an attack and its purpose
_FROM = ("ACCUSE", "REQUEST", "REJECT", "SUPPORT", "AGREE", "THREATEN", "PROTEST", "AID", "CONCEDE")  # "complaints from Kora"
_PRESSING = ("ACCUSE", "REQUEST", "REJECT", "THREATEN", "PROTEST")
_PROVOKED = (*_PRESSING, "SANCTION")  # who provokes them suffers them


def participants(annotations: Annotations, cast: Cast, act: Act) -> tuple[Ids, Ids]:
    """Initiators and recipients of an act, ids of the cast in text order. In a two-way act all are initiators."""
    if act.frame.mutual and act.frame.pos == "verb" and act.arguments.passive:
        return _received(annotations, cast, act)
    initiators = _initiators(annotations, cast, act)
    if act.frame.mutual:
        partners = _unique(initiators, speaker_of_talk(annotations, cast, act))
        if len(partners) < 2:
            partners = _unique(partners, partners_around(annotations, cast, act))
        joint = "with" in act.frame.by or act.frame.pos == "verb"
        more = partner_behind(annotations, cast, act.trigger) if len(partners) < 2 and joint else ()
        return _unique(partners, more), ()
    if not initiators and act.frame.mode == "visit":
        initiators = speaker_of_talk(annotations, cast, act)
    for found in _sufferers(annotations, cast, act):
        recipients = tuple(a for a in found if a not in initiators and not _own_force(cast, act, a, initiators))
        if recipients:
            return initiators, recipients
    return initiators, ()


def _own_force(cast: Cast, act: Act, actor: str, initiators: Ids) -> bool:
    """Whether somebody is only sent or given: the troops that a state offers or refuses are its own."""
    force = cast.get(actor)
    if act.frame.type not in ("REJECT", "AID", "MOBILIZE") or force.kind not in ("group", "organization") or "MIL" not in force.sectors:
        return False
    states = (cast.get(a) for a in initiators)
    return any(s.kind in ("country", "government", "person") and force.country in (None, s.country) for s in states)


def _initiators(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    fill = _verb_place if act.frame.pos == "verb" else _noun_place
    if act.frame.pos == "noun" and act.frame.type in _HOSTILE and is_disowned(annotations, act.trigger):
        return _possessors(annotations, cast, act)
    if act.frame.pos == "noun" and (led := _leaders(annotations, cast, act)):
        return led
    if act.frame.mode == "visit" and act.frame.pos == "noun" and (visitor := visitor_ahead(annotations, cast, act.trigger)):
        return visitor
    places = [place for place in act.frame.by if not (place == "light" and _only_carries(annotations, cast, act))]
    by = _unique(*(fill(annotations, cast, act, place) for place in places))
    if by:
        return by
    found = _doers_of_verb(annotations, cast, act) if act.frame.pos == "verb" else _doers_of_noun(annotations, cast, act)
    return next((ids for ids in found if ids), ())


def _leaders(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "A Kora-led raid"."""
    led = next((t for t in annotations.children(act.trigger, "amod", "compound") if t.lower == "led"), None)
    return leaders_of(annotations, cast, led) if led is not None else ()


def _only_carries(annotations: Annotations, cast: Cast, act: Act) -> bool:
    """Whether the subject of the carrying verb is not the doer: "rejected a call", "arranged talks between X and Y"."""
    if act.light is None or "light" in act.frame.to:
        return False
    if act.light.lemma in ("take", "participate") and any(
        t.lower in ("not", "n't", "never") for t in annotations.children(act.light, "advmod")
    ):
        return True  # "took no part in it"
    if act.frame.mutual:
        return bool(_noun_place(annotations, cast, act, "between"))
    if act.frame.type in (*_PRESSING, "ASSAULT") and with_particle(annotations, act.light) in _OTHERS:
        return True
    told = ("poss", "by") if act.light.lemma in side_words("others", "telling") else ("by",)
    return any(_noun_place(annotations, cast, act, place) for place in told if place in act.frame.by)


def _doers_of_verb(annotations: Annotations, cast: Cast, act: Act) -> Iterator[Ids]:
    """Who may do what a verb tells without a subject that acts, surest first."""
    if "subj" not in act.frame.by:
        return
    if act.frame.type == "MOBILIZE":
        yield _has_done(annotations, cast, act)
    if act.arguments.passive and (act.frame.type == "MOBILIZE" or act.frame.mode == "withdraw"):
        yield actors_of(annotations, cast, act.arguments.objects, owners=True)  # "troops were sent": they went
    if act.arguments.passive and not act.arguments.subjects:
        done_to = actors_of(annotations, cast, act.arguments.objects)
        yield tuple(a for a in actors_of(annotations, cast, agent_astray(annotations, act.trigger), owners=True) if a not in done_to)
    if act.arguments.passive and act.frame.type == "ASSAULT" and act.frame.harm:
        hurt = actors_of(annotations, cast, act.arguments.objects)
        yield tuple(a for a in actors_of(annotations, cast, _attacker_beside(annotations, act.trigger)) if a not in hurt)
    if _lost_subject(annotations, act):
        near = noun_before(annotations, act.trigger)
        yield actors_of(annotations, cast, (near,), owners=True) if near is not None else ()


def _attacker_beside(annotations: Annotations, verb: Token) -> list[Token]:
    """Who attacks in the clause of time around a passive: "six guards were killed when a bomber slipped in"."""
    beside = annotations.children(verb, "advcl")
    timed = [c for c in beside if any(t.lower in _AT_THE_TIME for t in annotations.children(c, "mark", "advmod"))]
    subjects = [t for clause in timed for t in surface_subjects(annotations, clause)]
    victims = {t.lemma.lower() for t in annotations.children(verb, "nsubj:pass")}
    return [t for t in subjects if t.lemma.lower() in side_words("attackers", "nouns") and t.lemma.lower() not in victims]


def _doers_of_noun(annotations: Annotations, cast: Cast, act: Act) -> Iterator[Ids]:
    """Who may do what a noun names without a doer in the places of its frame, surest first."""
    yield _agent_behind(annotations, cast, act)
    yield _who_inflicts(annotations, cast, act)
    if act.frame.type in _HOSTILE:
        yield actors_of(annotations, cast, blamed(annotations, act.trigger))
    if "poss" in act.frame.to and "of" in act.frame.to:
        yield _owner_of_deed(annotations, cast, act)
    if act.frame.type in _FROM:
        yield actors_of(annotations, cast, noun_prepositions(annotations, act.trigger, act.light).get("from", ()))
    if "light" in act.frame.by:
        yield actors_of(annotations, cast, keeper(annotations, act.trigger))
        yield _of_clause(annotations, cast, act)


def _who_inflicts(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "The rebels inflicted heavy casualties on the army"."""
    phrase = first_conjunct(annotations, outer(annotations, act.trigger))
    verb = annotations.head(phrase)
    if act.frame.type != "ASSAULT" or verb is None or phrase.relation != "obj" or verb.lemma not in side_words("inflicting", "verbs"):
        return ()
    return actors_of(annotations, cast, surface_subjects(annotations, verb), owners=True)


def _of_clause(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "Held two men in the raid", "chanted slogans at a rally": who does the like in or during an act is its doer."""
    phrase = first_conjunct(annotations, outer(annotations, act.trigger))
    verb = annotations.head(phrase)
    word = case_of(annotations, phrase)
    if verb is None or verb.upos != "VERB" or word not in ("in", "during", "at", "with"):
        return ()
    if word == "with" and frames("verb").get(verb.lemma.lower()):
        return ()  # "cooperated with an inquiry"
    if word == "with":  # "took office with a call for talks"
        return actors_of(annotations, cast, surface_subjects(annotations, verb)) if act.frame.type in _PRESSING else ()
    types = {frame.type for frame in frames("verb").get(verb.lemma.lower(), ()) if "subj" in frame.by}
    alike = act.frame.type in types or (act.frame.type == "ASSAULT" and "COERCE" in types)
    return actors_of(annotations, cast, arguments(annotations, verb).subjects) if alike else ()


def _has_done(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "Kora has 4,000 troops deployed in the north": who has it done."""
    above = annotations.head(act.trigger)
    verb = annotations.head(above) if above is not None and above.relation == "obj" else above
    if verb is None or verb.lemma not in ("have", "keep", "get") or act.trigger.relation not in ("acl", "xcomp", "ccomp"):
        return ()
    return actors_of(annotations, cast, surface_subjects(annotations, verb), owners=True)


def _is_truly_passive(annotations: Annotations, verb: Token) -> bool:
    return annotations.child(verb, "aux:pass", "nsubj:pass", "obl:agent") is not None


def _lost_subject(annotations: Annotations, act: Act) -> bool:
    """Whether a verb must have a subject before it that its tree does not show."""
    verb = act.trigger
    if act.arguments.subjects or _is_truly_passive(annotations, verb):
        return False
    finite = verb.feats.get("VerbForm") == "Fin" or annotations.child(verb, "aux") is not None
    return finite or (verb.feats.get("Voice") == "Pass" and noun_behind(annotations, verb) is not None)


def _sufferers(annotations: Annotations, cast: Cast, act: Act) -> Iterator[Ids]:
    """Who may be on the receiving side, surest first: in the places of the frame, then by the words around it."""
    fill = _verb_place if act.frame.pos == "verb" else _noun_place
    for place in sorted(act.frame.to, key="poss".__eq__):  # the owner suffers only if nobody else does
        yield fill(annotations, cast, act, place)
    yield _clause_subject(annotations, cast, act)
    if act.frame.type in ("THREATEN", "REJECT"):
        aim = refused_to if act.frame.type == "REJECT" else aimed_at
        yield actors_of(annotations, cast, aim(annotations, act.trigger))
    if act.frame.type == "PROTEST" and act.frame.pos == "verb":  # "marched on parliament"
        yield from (_verb_place(annotations, cast, act, word) for word in ("on", "outside", "to"))
    if act.frame.type == "AID" and act.frame.pos == "verb":
        yield _verb_place(annotations, cast, act, "to")
    yield _target(annotations, cast, act)
    if act.frame.pos == "noun":
        yield from _sufferers_of_noun(annotations, cast, act)
    elif "obj" in act.frame.to:
        yield _possessor_of_gerund(annotations, cast, act)
        yield _next_to_verb(annotations, cast, act)
    if act.frame.mode == "visit":
        yield hosts(annotations, cast, act)
    if act.frame.type == "ASSAULT":
        yield _to_be_toppled(annotations, cast, act)


def _sufferers_of_noun(annotations: Annotations, cast: Cast, act: Act) -> Iterator[Ids]:
    if _receives(annotations, act):
        yield _light_subject(annotations, cast, act)
    if act.light is not None:
        yield actors_of(annotations, cast, act.arguments.indirect)  # "was given a warning"
    if act.frame.type == "ACCUSE":
        yield actors_of(annotations, cast, accused_by(annotations, act.trigger))
    if act.frame.type in _PRESSING:
        yield actors_of(annotations, cast, pressed(annotations, act.trigger))
    if act.frame.type == "ASSAULT":
        yield _of_inflicting(annotations, cast, act)


def _of_inflicting(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Who suffers: "inflicted casualties on the army"; of "repulsed the rebels, inflicting casualties" the rebels."""
    verb = annotations.head(first_conjunct(annotations, outer(annotations, act.trigger)))
    if verb is None or verb.lemma not in side_words("inflicting", "verbs"):
        return ()
    told = prepositional(annotations, verb)
    above = annotations.head(verb)
    if (on := told.get("on", ()) or told.get("to", ())) or above is None or verb.relation != "advcl" or above.upos != "VERB":
        return actors_of(annotations, cast, on)
    return actors_of(annotations, cast, arguments(annotations, above).objects)


def _to_be_toppled(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Against whom an attack goes by its purpose: "launched an offensive to topple the president"."""
    last = min(annotations.sentence_of(act.trigger).last, act.trigger.index + _REACH)
    behind = annotations.tokens[act.trigger.index + 1 : last]
    verb = next((t for t in behind if t.upos == "VERB"), None)
    if act.frame.pos == "verb" or verb is None or verb.relation not in ("advcl", "acl", "xcomp"):
        return ()
    hostile = any(frame.type in _HOSTILE for frame in frames("verb").get(verb.lemma.lower(), ())) or verb.lemma in (
        "topple",
        "overthrow",
        "oust",
    )
    to = any(t.lower == "to" for t in annotations.children(verb, "mark"))
    return actors_of(annotations, cast, annotations.children(verb, "obj")) if hostile and to else ()


def _possessor_of_gerund(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """ "Roe's killing", read as a verb: Roe was killed."""
    verb = act.trigger
    if verb.index < 2 or not verb.lower.endswith("ing") or act.arguments.objects or act.frame.type not in _HOSTILE:
        return ()
    mark, owner = annotations.tokens[verb.index - 1], annotations.tokens[verb.index - 2]
    actor = cast.of(owner) if mark.lower in ("'s", "'", "\u2019s", "\u2019") else None
    return (actor,) if actor is not None and cast.get(actor).kind in ("person", "group") else ()


def _next_to_verb(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Who stands next to a verb whose tree has lost its object: behind it, or before it in the passive."""
    if any(cast.of(t) for t in act.arguments.objects) and not _lost_subject(annotations, act):
        return ()
    near = None if _is_truly_passive(annotations, act.trigger) else noun_behind(annotations, act.trigger)
    if near is None and act.arguments.passive:
        near = noun_before(annotations, act.trigger)
    return actors_of(annotations, cast, (near,)) if near is not None else ()


def _clause_subject(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Who is accused or asked, where a clause tells of what: "charges that Kora sent troops", "demands that he quit"."""
    return actors_of(annotations, cast, asked(annotations, act.trigger)) if act.frame.type in ("ACCUSE", "REQUEST") else ()


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
    if (
        goal is None
        or goal.lemma not in side_words("suffering", "nouns")
        or phrase.relation != "nmod"
        or case_of(annotations, phrase) != "of"
    ):
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
    # "demanded the release of two men", "urged an end to shipments to Kora" ask nothing of those behind the thing asked for
    not_asked = act.frame.type == "REQUEST" and place in ("of", "to")
    if found or not_asked or place in ("in", "at"):
        return found
    things = [*args.objects, *(t for thing in args.objects for t in annotations.children(thing, "nmod")), *args.obliques.get("in", ())]
    if act.frame.type in _AT_WORDS and place != "by":  # behind a deed stands its victim
        things = [t for t in things if not _deeds([t])]
    behind = [n for thing in things for n in prepositional(annotations, thing).get(place, ())]
    if act.frame.type in (
        "ACCUSE",
        "AID",
        "ASSAULT",
        "PROTEST",
        "COOPERATE",
    ):  # "blamed it on the army's methods", "sent money to the party's account"
        return actors_of(annotations, cast, behind) or actors_of(annotations, cast, (*args.obliques.get(place, ()), *behind), owners=True)
    return actors_of(annotations, cast, behind)


def _object(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    objects = act.arguments.objects
    found = actors_of(annotations, cast, objects)
    if found or act.frame.harm or act.frame.type not in (*_AT_WORDS, *_AT_THINGS):
        return found
    if act.frame.type in _AT_THINGS:
        parts = [n for thing in objects for n in prepositional(annotations, thing).get("of", ())]
        return actors_of(annotations, cast, objects, owners=True) or _unique(*(_owner_of_thing(annotations, cast, part) for part in parts))
    deeds = _deeds(objects)
    if deeds:  # the doer of a deed is blamed or backed for it, and never its victim
        return _unique(*(_initiators(annotations, cast, deed) for deed in deeds))
    owners = _unique(*(owners_of(annotations, cast, thing) for thing in objects))
    if owners:
        return owners
    for word in ("by", "of", "against"):  # the doer behind "by" before anybody else: the victim of a deed is not who is blamed for it
        found = actors_of(annotations, cast, [n for t in objects for n in prepositional(annotations, t).get(word, ())], owners=True)
        if found:
            return found
    return ()


def _owner_of_thing(annotations: Annotations, cast: Cast, thing: Token) -> Ids:
    """ "Half of Roe's property" was seized: it was Roe's."""
    return actors_of(annotations, cast, annotations.children(thing, "nmod:poss"))


def _deeds(nouns: Iterable[Token]) -> list[Act]:
    """The acts of violence, coercion and punishment that some of these nouns name."""
    found = [(t, frame) for t in nouns for frame in frames("noun").get(t.lemma.lower(), ())[:1]]
    return [Act(token, frame, None, Arguments()) for token, frame in found if frame.type in _BLAMED]


def _cause(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Who stands behind an attack that is itself the subject: "the army's raid killed two", "a raid by rebels"."""
    if act.frame.type != "ASSAULT":
        return ()
    by = [_initiators(annotations, cast, deed) for deed in _deeds(act.arguments.subjects)]
    behind = [n for t in act.arguments.subjects for n in prepositional(annotations, t).get("by", ())]
    return _unique(actors_of(annotations, cast, behind), *by)


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
            if noun.lemma in side_words("victims", "before") and "mod" not in act.frame.to and _before_is_victim(annotations, noun):
                return ()
            phrase = outer(annotations, noun)
            return owners_of(annotations, cast, noun, possessors=False) or owners_of(annotations, cast, phrase, possessors=False)
    if place in ("on", "to") and is_blamed_on(annotations, noun):
        return ()
    refused = light is not None and place == "by" and act.frame.type in _PRESSING and with_particle(annotations, light) in _OTHERS
    phrases = noun_prepositions(annotations, noun, None if refused else light)  # an ultimatum "rejected by Kora" is not Kora's
    nouns = phrases.get(place, ()) or _right_behind(annotations, noun, place)
    if not nouns and place == "from":  # "the withdrawal of its men | from Kora"
        nouns = tuple(n for thing in phrases.get("of", ()) for n in prepositional(annotations, thing).get("from", ()))
    if place == "between" and nouns:  # "talks between X and the party", with the party hung on the talks
        nouns = (*nouns, *(t for t in annotations.children(noun, "conj") if t.index > nouns[0].index))
    found = actors_of(annotations, cast, nouns)
    if found or place not in ("by", "of", "on", "against", "over", "at"):
        return found
    deeds = _deeds(nouns) if act.frame.type in _AT_WORDS else ()
    if deeds:
        return _unique(*(_initiators(annotations, cast, deed) for deed in deeds))
    return actors_of(annotations, cast, nouns, owners=True) or _of_joined(annotations, cast, act, place)


def _right_behind(annotations: Annotations, noun: Token, place: str) -> tuple[Token, ...]:
    """The noun of a preposition that follows an act noun, for trees that have hung it elsewhere."""
    after = noun.index + 1
    if after >= annotations.sentence_of(noun).last or annotations.tokens[after].lower != place or place == "by":
        return ()
    behind = annotations.head(annotations.tokens[after])
    case = annotations.tokens[after]
    return (behind,) if case.relation == "case" and behind is not None and behind.index > after else ()


def _of_joined(annotations: Annotations, cast: Cast, act: Act, place: str) -> Ids:
    """ "The murder and torture of prisoners": a phrase behind two joined acts belongs to both."""
    first = annotations.head(act.trigger) if act.trigger.relation == "conj" else None
    joined = [first] if first is not None else annotations.children(act.trigger, "conj")
    alike = (t for t in joined if t.upos == "NOUN" and any(f.type == act.frame.type for f in frames("noun").get(t.lemma.lower(), ())))
    return actors_of(annotations, cast, [n for t in alike for n in prepositional(annotations, t).get(place, ())])


def _before_is_victim(annotations: Annotations, noun: Token) -> bool:
    """Whether a noun before a deed tells who suffered it: "a hostage killing", and not "the police killing of a man"."""
    before = [t for t in annotations.children(noun, "compound") if t.upos == "NOUN"]
    return bool(before) and "of" not in prepositional(annotations, noun)


def _possessors(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    phrase = outer(annotations, act.trigger)
    owners = annotations.children(act.trigger, "nmod:poss") or annotations.children(phrase, "nmod:poss")
    if any(t.upos == "PRON" for t in owners) and (held := _held_for(annotations, cast, phrase)):
        return held
    return actors_of(annotations, cast, owners) or _own_state(cast, annotations, owners)


def _own_state(cast: Cast, annotations: Annotations, owners: Iterable[Token]) -> Ids:
    """ "His country's refusal": the state of whom the pronoun means."""
    for owner in owners:
        whose = annotations.child(owner, "nmod:poss") if owner.lemma in side_words("own_state", "nouns") else None
        actor = cast.of(whose) if whose is not None else None
        land = cast.get(actor).country if actor is not None else None
        if land is not None:
            return tuple(a.id for a in cast.actors if a.kind in ("country", "government") and a.country == land)[:1]
    return ()


def _held_for(annotations: Annotations, cast: Cast, phrase: Token) -> Ids:
    """ "Imposed sanctions on Kora for its refusal", "criticised Kora for its attacks": what is held against Kora is Kora's."""
    verb = annotations.head(phrase)
    if verb is None or verb.upos != "VERB" or case_of(annotations, phrase) != "for":
        return ()
    against = any(frame.type in ("ACCUSE", "SANCTION", "COERCE", "THREATEN") for frame in frames("verb").get(verb.lemma.lower(), ()))
    args = arguments(annotations, verb)
    behind = (*args.obliques.get("on", ()), *args.obliques.get("against", ()))
    held = actors_of(annotations, cast, args.objects) or actors_of(annotations, cast, behind)
    return held if against and len(held) == 1 else ()


def _light_subject(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    noun, light = act.trigger, act.light
    if light is None:
        return ()
    phrase = first_conjunct(annotations, outer(annotations, noun))
    if phrase.relation.split(":")[0] == "nsubj" and phrase.relation != "nsubj:pass":
        return ()
    if phrase.relation == "nsubj:pass" and undergoes(annotations, noun, light):
        return ()  # "the riots were sparked by the arrest": who sparked them did not riot
    occasions = light.lemma in side_words("occasion", "verbs") and light.lemma != "cause"
    if occasions and not act.frame.mutual and act.frame.type not in _PROVOKED:
        return ()
    return actors_of(annotations, cast, act.arguments.subjects)


def _receives(annotations: Annotations, act: Act) -> bool:
    """Whether the subject of the carrying verb undergoes the act: "faced sanctions", "came under attack"."""
    if "light" in act.frame.to:
        return True
    if act.light is None or (act.light.lemma == "cause" and act.frame.type not in _PROVOKED):
        return False
    return undergoes(annotations, act.trigger, act.light)


def _agent_behind(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Who stands behind a "by" right after an act noun, for trees that have hung it elsewhere: "raid by gunmen"."""
    after = act.trigger.index + 1
    borne = annotations.tokens[after] if after < len(annotations.tokens) else act.trigger
    if borne.text == "," and after + 1 < len(annotations.tokens):  # "the ultimatum, imposed by Kora"
        near = annotations.tokens[after + 1]
        borne = near if near.lemma not in side_words("others", "telling") else borne
    if may_carry(borne) and is_passive(annotations, borne):  # "raids carried out by the army"
        agents = arguments(annotations, borne).subjects or agent_astray(annotations, borne)
        return actors_of(annotations, cast, agents, owners=True)
    last = annotations.sentence_of(act.trigger).last
    if act.frame.pos != "noun" or "by" not in act.frame.by or after >= last or annotations.tokens[after].lower != "by":
        return ()
    phrase = itertools.takewhile(lambda t: t.upos not in ("VERB", "PUNCT", "ADP"), annotations.tokens[after + 1 : last])
    return tuple(dict.fromkeys(actor for token in phrase if (actor := cast.of(token)) is not None))[-1:]
