"""Where the text names an act: verbs and nouns that match a frame with all its conditions.

One act is found once: in "imposed sanctions" the verb's frame takes the noun with it, in "held talks" the noun is the
act and the verb only carries it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import words_of
from dragoman.reading.actors.cast import Cast
from dragoman.reading.desk_notes import DeskNotes
from dragoman.reading.events.arguments import Arguments, antecedent, arguments, prepositional
from dragoman.reading.events.frames import Class, Frame, Pos, frames, word_list
from dragoman.reading.events.literal import is_literal
from dragoman.reading.events.no_deed import is_no_deed
from dragoman.reading.events.people import fits
from dragoman.reading.events.status import case_of, first_conjunct, is_time, outer, own_status, with_particle
from dragoman.reading.events.subject_matter import Matter, matter_of
from dragoman.reading.events.support import carrier
from dragoman.reading.events.unlisted import SURE, in_words, unlisted_noun, unlisted_verb

_HYPHENS = ("-", "\u2010", "\u2011")
_PREPOSITIONS = ("in", "on", "over")  # particles that are far more often prepositions
_PEOPLE = Class(frozenset({"person"}), word_list("classes.event_people"))
_TOPIC_WORDS = frozenset({"on", "over", "about", "regarding", "concerning"})
_BEFORE_TOPIC = 12  # words between a talk and its topic
_TOPIC_STEPS = 3  # how far below a talk its topic may stand: "talks on relations and aid"
_BEARING = ("hold", "schedule", "plan", "due", "launch", "stage", "carry", "set", "make", "sign", "commit", "conduct")
_SIDES = ("eve", "sideline", "margin", "brink", "heel", "occasion")  # "met on the eve of talks" is not about the talks
_MANNER = ("protest", "retaliation", "support", "defiance", "solidarity", "reprisal")  # "in protest" tells how, not what
_IN_WORDS = ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE", "SANCTION", "COERCE")  # a text does them for who wrote it
_HOSTILE = ("ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "ACCUSE")
_BY_SUBJECT = ("aerial",)  # modes that nothing but the subject tells: "jets hit the town"
_ANYBODY = frozenset({"actor", "person"})
_OWN_TIME = ("on", "in", "at", "for", "by", "over")  # "called on Monday" calls on nobody
_WITH_NOUN = ("SUPPORT", "AGREE", "CONSULT")  # acts that a verb and its noun tell together: "deepen ties", "sign an accord"
_LASTING = ("COERCE", "ASSAULT", "SANCTION")  # acts that a participle before a noun tells of ("detained activists")


@dataclass(frozen=True, slots=True)
class Act:
    """A trigger and the frame that it matched. `light` is the verb that carries a noun ("held" in "held talks")."""

    trigger: Token
    frame: Frame
    light: Token | None
    arguments: Arguments


def find_acts(annotations: Annotations, cast: Cast) -> list[Act]:
    """All acts that the text names, in text order."""
    matter, notes = matter_of(annotations), DeskNotes(annotations.text)
    found: list[Act] = []
    taken: set[int] = set()
    for token in (t for t in annotations.tokens if not notes.hold(t.start)):
        act = _act_at(annotations, cast, token, matter)
        if act is not None:
            found.append(act)
            taken.update(_absorbed(annotations, act))
    taken |= _carried_alike(found)
    found = [a for a in found if a.trigger.index not in taken]
    talks = {a.trigger.index for a in found if a.frame.type == "CONSULT"}
    return [
        a
        for a in found
        if not _only_words(annotations, a, found)
        and not _is_agenda(a, talks)
        and not _is_topic(annotations, a.trigger, talks)
        and not _is_no_refusal(annotations, a)
        and not is_no_deed(annotations, a.trigger)
        and not _is_field(annotations, a.trigger, found)
        and not _is_voiced_by_crowd(annotations, a, found)
        and not _is_no_threat(annotations, a, found)
    ]


def _act_at(annotations: Annotations, cast: Cast, token: Token, matter: Matter) -> Act | None:
    gathers = _is_gathering_name(annotations, token)
    if not gathers and (token.upos not in ("VERB", "NOUN", "ADJ") or annotations.name_at(token) is not None):
        return None
    if (
        token.upos == "NOUN"
        or gathers
        or _is_mistagged(annotations, token)
        or (token.lemma.lower() in frames("noun") and not _is_verbal(token))
    ):
        return _noun_act(annotations, cast, token, _known(annotations, token, "noun"), matter)
    return _verb_act(annotations, cast, token, _known(annotations, token, "verb"), matter) if _is_verbal(token) else None


def _is_mistagged(annotations: Annotations, token: Token) -> bool:
    """Whether a verb with an article before it can only be a noun: "the first visit by the envoy"."""
    if token.upos != "VERB" or token.lemma.lower() not in frames("noun") or token.feats.get("VerbForm") == "Part":
        return False
    predicate = annotations.child(token, "cop") is not None or annotations.child(token, "aux") is None
    determined = any(t.index < token.index for t in annotations.children(token, "det"))
    return determined and predicate and annotations.child(token, "obj") is None


def _is_gathering_name(annotations: Annotations, token: Token) -> bool:
    """Whether a name is that of a meeting and its last word says so: "the Kora Summit", "the Summit"."""
    if token.upos != "PROPN" or token.lower not in word_list("classes.named_talks"):
        return False
    name = annotations.name_at(token)
    return name is None or name.last == token.index + 1


def _known(annotations: Annotations, token: Token, pos: Pos) -> tuple[Frame, ...]:
    """The frames of a word: those of its compound ("test-fire", "cease fire") before those of the word alone."""
    before = _first_part(annotations, token)
    lemma = token.lemma.lower()
    compound = frames(pos).get(f"{before}-{lemma}") or frames(pos).get(before + lemma) if before else None
    if not compound and pos == "verb" and _is_joined(annotations, token):
        return ()
    return compound or frames(pos).get(lemma) or frames(pos).get(token.lower, ())


def _is_joined(annotations: Annotations, token: Token) -> bool:
    """Whether a participle only makes an adjective with the word before it: "rebel-held", "state-backed"."""
    before = annotations.tokens[max(0, token.index - 1) : token.index]
    hyphen = bool(before) and before[0].text in _HYPHENS and before[0].end == token.start
    return hyphen and token.relation in ("amod", "compound", "acl") and token.feats.get("VerbForm") == "Part"


def _first_part(annotations: Annotations, token: Token) -> str:
    """The word joined to the front of another, by a hyphen or as its dependent; empty if there is none."""
    before = annotations.tokens[max(0, token.index - 2) : token.index]
    if len(before) == 2 and before[1].text in _HYPHENS and before[1].end == token.start:
        return before[0].lower
    if before and before[-1].head == token.index and before[-1].upos in ("NOUN", "ADJ", "VERB"):
        return before[-1].lemma.lower()
    return ""


def _is_verbal(token: Token) -> bool:
    return token.upos == "VERB" or token.feats.get("VerbForm") == "Part"


# ------------------------------------------------------------------ verbs


def _verb_act(annotations: Annotations, cast: Cast, verb: Token, some: tuple[Frame, ...], matter: Matter) -> Act | None:
    if verb.relation == "compound" or not (some or verb.act_score >= SURE["verb"]):
        return None
    args = arguments(annotations, verb)
    for frame in some:
        if verb.relation == "amod" and not (frame.type in _LASTING and fits(annotations, cast, args.objects, _PEOPLE)):
            continue
        if not is_literal(annotations, verb, frame, args, matter) or not _verb_fits(annotations, cast, verb, frame, args):
            continue
        return Act(verb, frame, None, args)
    seen = in_words(verb, some) or (unlisted_verb(annotations, cast, verb, args) if verb.relation != "amod" else None)
    return Act(verb, seen, None, args) if seen is not None and is_literal(annotations, verb, seen, args, matter) else None


def _verb_fits(annotations: Annotations, cast: Cast, verb: Token, frame: Frame, args: Arguments) -> bool:
    if not _particle_fits(annotations, verb, frame) or (frame.passive and not args.passive):
        return False
    if frame.mode in _BY_SUBJECT and not args.subjects:
        return False
    if frame.subj is not None and not _subject_fits(annotations, cast, frame, frame.subj, args):
        return False
    if frame.obj is not None and not fits(annotations, cast, args.objects, frame.obj):
        return False
    if frame.prep and not (_is_stranded(annotations, verb, frame) or _verb_preposition_fits(annotations, cast, verb, frame, args)):
        return False
    if frame.comp is not None and not _clause_fits(annotations, verb, frame.comp):
        return False
    if frame.with_ and not any(t.lower in frame.with_ or t.lemma in frame.with_ for t in _around(annotations, verb, args)):
        return False
    if frame.without and any(t.lower in frame.without or t.lemma in frame.without for t in annotations.children(verb)):
        return False
    return not frame.loose or _is_held_up(annotations, cast, frame, args)


def _verb_preposition_fits(annotations: Annotations, cast: Cast, verb: Token, frame: Frame, args: Arguments) -> bool:
    return _preposition_fits(annotations, cast, frame, _obliques(annotations, verb, args))


def _is_stranded(annotations: Annotations, verb: Token, frame: Frame) -> bool:
    """Whether the frame's preposition stands behind the verb without a noun, where the frame asks nothing of the noun."""
    return frame.prep_obj is None and any(t.lower in frame.prep for t in annotations.children(verb, "compound:prt"))


def _around(annotations: Annotations, verb: Token, args: Arguments) -> list[Token]:
    """What hangs on the verb, and the modifiers of its objects."""
    return [*annotations.children(verb), *(t for o in args.objects for t in annotations.children(o, "amod", "compound"))]


def _is_held_up(annotations: Annotations, cast: Cast, frame: Frame, args: Arguments) -> bool:
    """A loose verb needs a subject or an object, and one of the class that it asks for."""
    if frame.subj is not None and not args.passive:
        spoken = frame.type == "ACCUSE" and any(t.lemma.lower() in word_list("classes.saying") for t in args.subjects)
        return spoken or fits(annotations, cast, args.subjects, frame.subj)
    return bool(args.subjects or args.objects)


def _subject_fits(annotations: Annotations, cast: Cast, frame: Frame, asked: Class, args: Arguments) -> bool:
    """A subject that is not told (passives, gerunds) is not held against an act; one of the wrong kind is.

    What is done in words is done by a text as well: "a resolution demanding", "the report accused".
    """
    if not args.subjects or fits(annotations, cast, args.subjects, asked):
        return True
    meant = [antecedent(annotations, t) for t in args.subjects]
    if asked.kinds & _ANYBODY and all(t.lemma.lower() in word_list("classes.human") for t in meant):
        return True
    return frame.type in _IN_WORDS and all(t.lemma.lower() in word_list("classes.saying") for t in meant)


def _particle_fits(annotations: Annotations, verb: Token, frame: Frame) -> bool:
    particles = {t.lower for t in annotations.children(verb, "compound:prt")}
    if frame.prt is None:
        return not particles or bool(particles & (frame.with_ | frame.prep))
    if frame.prt in particles or frame.prt in _PREPOSITIONS:
        return frame.prt in particles
    near = {t.lower for t in annotations.children(verb, "advmod", "obl", "case") if abs(t.index - verb.index) <= 3}
    return frame.prt in near or frame.prt in prepositional(annotations, verb)  # tagged as a preposition


def _obliques(annotations: Annotations, verb: Token, args: Arguments) -> dict[str, tuple[Token, ...]]:
    """The verb's own prepositional phrases and, behind them, those that a parser may have hung on the object."""
    found = dict(args.obliques)
    for thing in args.objects:
        for word, nouns in prepositional(annotations, thing).items():
            if word != "of":
                found[word] = (*found.get(word, ()), *nouns)
    for clause in annotations.children(verb, "xcomp", "advcl", "ccomp"):
        if any(t.lower == "for" for t in annotations.children(clause, "mark")):  # "called for peace to be restored"
            found["for"] = (*found.get("for", ()), annotations.child(clause, "nsubj") or clause)
        if clause.lower.endswith("ing") and any(t.lower == "against" for t in annotations.children(clause, "mark", "case")):
            found["against"] = (*found.get("against", ()), clause)  # "warned against sending troops"
    return found


def _preposition_fits(annotations: Annotations, cast: Cast, frame: Frame, found: dict[str, tuple[Token, ...]]) -> bool:
    nouns = [noun for word in frame.prep for noun in found.get(word, ()) if word not in _OWN_TIME or not is_time(noun)]
    if not nouns:
        return False
    return frame.prep_obj is None or fits(annotations, cast, nouns, frame.prep_obj)


def _clause_fits(annotations: Annotations, token: Token, kind: str) -> bool:
    if kind == "none":
        return annotations.child(token, "ccomp", "xcomp") is None
    for clause in annotations.children(token, "ccomp", "xcomp", "acl"):
        marks = [t.lower for t in annotations.children(clause, "mark")]
        infinitive = "to" in marks
        direct = (clause.relation in ("ccomp", "xcomp") and _is_clause(annotations, clause)) or "that" in marks
        if (kind == "any" and (direct or infinitive)) or (kind == "inf" and infinitive):
            return True
        if kind == "that" and direct and clause.relation != "xcomp" and not infinitive:
            return True
    return False


def _is_clause(annotations: Annotations, token: Token) -> bool:
    """Whether a complement has a verb: "called it a milestone" has none."""
    return token.upos in ("VERB", "AUX") or annotations.child(token, "cop", "mark", "aux", "nsubj") is not None


# ------------------------------------------------------------------ nouns


def _noun_act(annotations: Annotations, cast: Cast, noun: Token, some: tuple[Frame, ...], matter: Matter) -> Act | None:
    if not (some or noun.act_score >= SURE["noun"]) or not _stands_free(annotations, noun):
        return None
    light = carrier(annotations, noun)
    if light is None and (_is_bare(annotations, noun) or _is_manner(annotations, noun)):
        return None
    args = arguments(annotations, light) if light is not None else Arguments()
    for frame in some:
        if not is_literal(annotations, noun, frame, args, matter) or not _noun_fits(annotations, cast, noun, frame, light):
            continue
        if not _carrier_fits(annotations, cast, noun, frame, light, args):
            continue
        return Act(noun, frame, light, args)
    seen = in_words(noun, some) or unlisted_noun(annotations, cast, noun, light)
    return Act(noun, seen, light, args) if seen is not None and is_literal(annotations, noun, seen, args, matter) else None


def _carrier_fits(annotations: Annotations, cast: Cast, noun: Token, frame: Frame, light: Token | None, args: Arguments) -> bool:
    """Whether the verb that carries the noun, and its subject, are those that the frame asks for."""
    if light is None:
        return not frame.carried and not frame.light
    if frame.light and not frame.light & {light.lemma.lower(), with_particle(annotations, light)}:
        return False
    if frame.subj is None or noun.relation.split(":")[0] == "nsubj":
        return True
    return _subject_fits(annotations, cast, frame, frame.subj, args)


def _stands_free(annotations: Annotations, noun: Token) -> bool:
    """Whether the noun names the act and not only describes another noun ("attack helicopters", "protest leaders")."""
    if _shares_noun(annotations, noun):
        return False
    if noun.relation.split(":")[0] not in ("compound", "amod", "flat", "goeswith", "fixed", "case", "advmod"):
        return True
    head = annotations.head(noun)
    return head is not None and head.lemma in words_of("status", "measures", "process") and head.lemma not in frames("noun")


def _shares_noun(annotations: Annotations, noun: Token) -> bool:
    """ "30 | attack | and transport helicopters": a singular without an article describes the plural that "and" leads to."""
    if noun.feats.get("Number") == "Plur" or annotations.child(noun, "det", "nmod:poss") is not None:
        return False
    joined = (t for t in annotations.children(noun, "conj") if t.feats.get("Number") == "Plur")
    return any(t.index == noun.index + 2 for other in joined for t in annotations.children(other, "compound"))


def _is_bare(annotations: Annotations, noun: Token) -> bool:
    """Whether a noun names a kind of act and none in particular: "images of murder", "charged with torture"."""
    if noun.relation == "compound" or noun.feats.get("Number") == "Plur" or noun.lemma.lower().endswith("ing") or noun.relation == "root":
        return False
    first = first_conjunct(annotations, noun)
    return not any(annotations.children(n, "det", "nmod", "amod", "compound", "nummod", "acl") for n in (noun, first))


def _is_manner(annotations: Annotations, noun: Token) -> bool:
    """Whether "in protest at ..." only says how or why another act was done."""
    bare = not annotations.children(noun, "det", "nmod:poss", "amod")
    return noun.lemma in _MANNER and case_of(annotations, noun) == "in" and bare


def _noun_fits(annotations: Annotations, cast: Cast, noun: Token, frame: Frame, light: Token | None) -> bool:
    if frame.plural and noun.feats.get("Number") == "Sing":
        return False
    modifiers = _modifiers(annotations, noun)
    if (frame.with_ and not frame.with_ & modifiers) or frame.without & modifiers:
        return False
    if frame.prep and not _preposition_fits(annotations, cast, frame, noun_prepositions(annotations, noun, light)):
        return False
    if frame.comp is not None and not _clause_fits(annotations, noun, frame.comp):
        return False
    if frame.poss is not None and not fits(annotations, cast, annotations.children(noun, "nmod:poss"), frame.poss):
        return False
    return not frame.under or bool(frame.under & _governors(annotations, noun))


def noun_prepositions(annotations: Annotations, noun: Token, light: Token | None) -> dict[str, tuple[Token, ...]]:
    """Preposition -> nouns behind it: of the noun, of its whole phrase, and of the verb that carries it."""
    found = prepositional(annotations, noun)
    phrase = outer(annotations, noun)
    sources = ([phrase] if phrase is not noun else []) + ([light] if light is not None else [])
    sources += [t for t in annotations.children(noun, "acl") if t.lemma in _BEARING]  # "talks held between X and Y"
    for source in sources:
        for word, nouns in prepositional(annotations, source).items():
            mine = tuple(t for t in nouns if t.index not in (noun.index, phrase.index))
            found[word] = (*found.get(word, ()), *mine)
    return found


def _modifiers(annotations: Annotations, noun: Token) -> set[str]:
    found = {"under"} if case_of(annotations, noun) == "under" else set[str]()
    for owner in {noun.index: noun, (o := outer(annotations, noun)).index: o}.values():
        for child in annotations.children(owner, "compound", "amod", "nummod", "nmod:poss", "det", "advmod", "nmod:unmarked", "obl"):
            if child.index < noun.index:
                found |= {child.lower, child.lemma.lower()}
                found |= {t.lower for t in annotations.children(child, "compound", "amod") if child.relation != "nmod:poss"}
    return found


def _governors(annotations: Annotations, noun: Token) -> set[str]:
    head = annotations.head(first_conjunct(annotations, outer(annotations, noun)))
    return {head.lemma.lower()} if head is not None else set()


# ------------------------------------------------------------------ one act once


def _absorbed(annotations: Annotations, act: Act) -> set[int]:
    """Nouns that name no act beside one that is told: "sanctions" in "lifted sanctions", "the truce" in "broke the truce"."""
    frame = act.frame
    phrase = {t.index for t in _phrase_nouns(annotations, act)}
    return phrase | _told_by(annotations, act, frame)


def _phrase_nouns(annotations: Annotations, act: Act) -> list[Token]:
    """The nouns that a verb takes into its trigger: "expanded cooperation" is one act."""
    asked = act.frame.obj
    if act.frame.pos != "verb" or asked is None or act.frame.type not in _WITH_NOUN:
        return []
    return [t for t in act.arguments.objects if t.lemma.lower() in asked.lemmas]


def _told_by(annotations: Annotations, act: Act, frame: Frame) -> set[int]:
    asked = [c for c in (frame.obj, frame.prep_obj) if c is not None]
    breaks = frame.lemma in word_list("absorbed.breaking")
    if not asked or not (frame.pos == "verb" or breaks):
        return set()
    things = _things(annotations, act)
    told = not breaks and frame.type in word_list("absorbed.told")
    if told or "act" in set().union(*(c.kinds for c in asked)):
        return {t.index for t in things if t.lemma in word_list("absorbed.words")}
    wanted = set().union(*(c.lemmas for c in asked))
    heads = [m for t in things for m in (t, *annotations.children(t, "nmod", "conj"))]
    given = word_list("classes.aid") if frame.type == "AID" else frozenset()  # "pledged two million in aid"
    return {t.index for t in heads if t.lemma in wanted or t.lemma in given}


def _things(annotations: Annotations, act: Act) -> list[Token]:
    """The objects of an act, and what stands behind the prepositions that its frame asks for."""
    found = act.arguments.obliques if act.frame.pos == "verb" else prepositional(annotations, act.trigger)
    return [*act.arguments.objects, *(noun for word in act.frame.prep for noun in found.get(word, ()))]


def _is_agenda(act: Act, talks: set[int]) -> bool:
    """Whether "to discuss" only says what a meeting that is told itself is for."""
    return act.frame.lemma == "discuss" and act.trigger.relation in ("advcl", "xcomp", "acl") and act.trigger.head in talks


def _carried_alike(found: list[Act]) -> set[int]:
    """Nouns whose carrying verb has a frame of the same type: "filed a protest" is one act, "the raid killed two" is told twice."""
    verbs = {a.trigger.index: a.frame.type for a in found if a.frame.pos == "verb"}
    nouns = (a for a in found if a.frame.pos == "noun" and not (a.frame.type == "ASSAULT" and a.trigger.relation == "nsubj"))
    return {a.trigger.index for a in nouns if a.light is not None and verbs.get(a.light.index) == a.frame.type}


def _is_no_threat(annotations: Annotations, act: Act, found: list[Act]) -> bool:
    """ "Warned that prices would rise" threatens nothing: what is warned of must be a hostile act to come."""
    if act.frame.type != "THREATEN" or act.frame.comp != "that" or act.frame.pos != "verb":
        return False
    clauses = {t.index for t in annotations.children(act.trigger, "ccomp")}
    clauses |= {t.index for i in list(clauses) for t in annotations.children(annotations.tokens[i], "conj", "xcomp")}
    if any(_is_stern(annotations, annotations.tokens[i]) for i in clauses):
        return False
    hostile = (a.trigger for a in found if a.frame.type in _HOSTILE and a.trigger.index in clauses)
    return not any(own_status(annotations, trigger).status == "planned" for trigger in hostile)


def _is_stern(annotations: Annotations, clause: Token) -> bool:
    """ "Warned that stern action would be taken" tells no act by name, and is a threat."""
    meant = annotations.children(clause, "nsubj", "nsubj:pass")
    return any(t.lemma in word_list("classes.stern") for t in meant) and own_status(annotations, clause).status == "planned"


def _is_no_refusal(annotations: Annotations, act: Act) -> bool:
    """ "Has not ruled out strikes" refuses nothing; what it says of the strikes is their status."""
    return act.frame.type == "REJECT" and act.frame.pos == "verb" and own_status(annotations, act.trigger).status == "denied"


def _is_topic(annotations: Annotations, trigger: Token, talks: set[int]) -> bool:
    """Whether an act is only what others talk about: "talks on lifting sanctions"."""
    for below in (trigger, *itertools.islice(annotations.ancestors(trigger), _TOPIC_STEPS)):
        if below.lemma in _SIDES:
            return False
        if below.head in talks and below.index not in talks:
            words = {t.lower for t in annotations.children(below, "case", "mark")}
            return bool(words & _TOPIC_WORDS)
    return _stands_behind_talks(annotations, trigger, talks)


def _stands_behind_talks(annotations: Annotations, trigger: Token, talks: set[int]) -> bool:
    """The same by the order of words, for trees that hung the topic elsewhere: "talks with Kora on restoring"."""
    first = next((t for t in annotations.children(trigger, "case", "mark") if t.lower in _TOPIC_WORDS), None)
    if first is None:
        return False
    for token in reversed(annotations.tokens[max(0, first.index - _BEFORE_TOPIC) : first.index]):
        if token.index in talks:
            return True
        if token.upos in ("VERB", "PUNCT"):
            return False
    return False


def _is_field(annotations: Annotations, trigger: Token, found: list[Act]) -> bool:
    """Whether a noun only names the field of a cooperation: "work together in drug investigations"."""
    case = next((t for t in annotations.children(trigger, "case") if t.lower == "in" and 0 < t.index < trigger.index), None)
    if case is None or trigger.upos != "NOUN" or trigger.feats.get("Number") != "Plur":
        return False
    if annotations.child(trigger, "det", "nmod:poss", "nummod") is not None:
        return False
    together = {a.trigger.index for a in found if a.frame.type == "COOPERATE"}
    before = annotations.tokens[case.index - 1]  # by the order of words: trees hang the phrase on the verb as well
    return before.index in together or before.lemma in word_list("classes.joint")


def _is_voiced_by_crowd(annotations: Annotations, act: Act, found: list[Act]) -> bool:
    """Whether a demand is only what a crowd comes out for: "marched to demand an inquiry" is the march."""
    if act.frame.type != "REQUEST" or act.frame.pos != "verb" or act.trigger.relation not in ("advcl", "xcomp", "acl"):
        return False
    crowds = {a.trigger.index for a in found if a.frame.type == "PROTEST"}
    crowds |= {a.light.index for a in found if a.frame.type == "PROTEST" and a.light is not None}
    return act.trigger.head in crowds and any(t.lower == "to" for t in annotations.children(act.trigger, "mark"))


def _only_words(annotations: Annotations, act: Act, found: list[Act]) -> bool:
    """Whether an agreement or a promise only announces an act that is told itself ("agreed to release the crew")."""
    if act.frame.type != "AGREE":
        return False
    heads = annotations.children(act.trigger, "xcomp", "ccomp", "obj", "acl")
    heads += [t for t in annotations.children(act.trigger, "obl", "nmod", "advcl") if _leads_on(annotations, t)]
    heads += [t for head in heads for t in annotations.children(head, "obj", "xcomp", "conj")]
    announced = {t.index for t in heads}
    others = (o for o in found if o is not act)
    return any({o.trigger.index, outer(annotations, o.trigger).index} & announced for o in others)


def _leads_on(annotations: Annotations, token: Token) -> bool:
    return any(t.lower in ("to", "on", "of") for t in annotations.children(token, "case", "mark"))
