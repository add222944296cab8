"""Who stands in which place of a verb: subjects, objects, obliques; passives, control and relative clauses undone.

Places are those of the active voice: in "Two men were held by police" the object is "men" and the subject "police". All
tokens are heads of phrases; coordinations are not walked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import words_of
from dragoman.reading.events.word_order import noun_before, noun_behind

_MAX_STEPS = 8
_SAYING = ("say", "believe", "claim", "think", "allege", "fear", "hope", "know")
_NOT_BEHIND = ("conj", "nmod:poss", "parataxis", "ccomp", "acl", "acl:relcl", "appos", "flat", "compound")
_DOCUMENTS = ("statement", "letter", "resolution", "note", "message", "declaration", "communique", "order", "decree", "petition")
_STANCES = ("oppose", "commit")
_ASKED = {
    "pressure": ("on", "upon"),
    "call": ("on", "upon", "to", "for"),
    "appeal": ("to", "for"),
    "demand": ("on", "for"),
    "order": ("to", "for"),
}
_ASKED |= {"plea": ("to", "for"), "request": ("to", "for"), "invitation": ("to", "for"), "ultimatum": ("to", "for"), "instruction": ("to",)}
_DEMANDS = ("demand", "call", "appeal", "order", "ultimatum", "plea", "instruction")
_CLAUSE_OF_OBJECT = ("of", "for", "from", "into")  # "accused him of lying", "prevented them from leaving"


@dataclass(frozen=True, slots=True)
class Arguments:
    """The heads of the phrases around a verb. `obliques` maps a preposition in lower case to the nouns behind it."""

    subjects: tuple[Token, ...] = ()
    objects: tuple[Token, ...] = ()
    indirect: tuple[Token, ...] = ()
    obliques: Mapping[str, tuple[Token, ...]] = field(default_factory=dict)
    passive: bool = False


def arguments(annotations: Annotations, verb: Token) -> Arguments:
    """The arguments of a verb as if it stood in the active voice."""
    obliques = prepositional(annotations, verb)
    surface = surface_subjects(annotations, verb)
    indirect = tuple(annotations.children(verb, "iobj"))
    objects = tuple(annotations.children(verb, "obj")) or _gap(annotations, verb)
    if indirect and not objects and annotations.child(verb, "xcomp") is not None:  # "urged them to go", read as "told them it"
        objects = indirect
    if is_passive(annotations, verb):
        agents = _agents(annotations, verb) or obliques.get("by", ()) or _shared_agent(annotations, verb)
        if objects and surface:  # "was given asylum": the subject is who receives
            indirect = indirect or surface
        return Arguments(agents, objects or surface, indirect, obliques, passive=True)
    if not objects:  # "accused the government": an agent without "by" behind an active verb is its object
        behind = (t for t in annotations.children(verb, "obl:agent") if t.index > verb.index)
        objects = tuple(t for t in behind if annotations.child(t, "case") is None)
    return Arguments(surface, objects, indirect, obliques)


def _shared_agent(annotations: Annotations, verb: Token) -> tuple[Token, ...]:
    """ "Was held by the army and handed over to the police": the agent of the first participle holds for the joined one."""
    first = annotations.head(verb)
    alone = annotations.child(verb, "aux", "nsubj") is None
    if verb.relation != "conj" or not alone or first is None or first.upos != "VERB":
        return ()
    return tuple(t for t in _agents(annotations, first) if annotations.child(t, "case") is not None)


def _agents(annotations: Annotations, verb: Token) -> tuple[Token, ...]:
    """What is tagged as the agent of a passive, unless another word than "by" stands before it: "blamed on rebels".

    A noun before the verb is one only with its "by": in "Roe and Doe, who were held" Doe has held nobody.
    """
    told = ((t, annotations.children(t, "case")) for t in annotations.children(verb, "obl:agent"))
    return tuple(t for t, cases in told if all(c.lower == "by" for c in cases) and (cases or t.index > verb.index))


def prepositional(annotations: Annotations, token: Token) -> dict[str, tuple[Token, ...]]:
    """Preposition -> nouns behind it that depend on a verb or a noun; compound prepositions ("out of") by each word."""
    found: dict[str, tuple[Token, ...]] = {}
    for child in annotations.children(token):
        if child.relation in _NOT_BEHIND or (child.index < token.index and child.relation.startswith("nsubj")):
            continue
        for case in annotations.children(child, "case"):
            if case.index < child.index:
                found[case.lower] = (*found.get(case.lower, ()), child)
    for word, noun in _behind_particle(annotations, token):
        found[word] = (*found.get(word, ()), noun)
    stranded = _stranded(annotations, token)
    if stranded is not None:
        found.setdefault(stranded.lower, ())
        found[stranded.lower] += tuple(t for t in (annotations.head(token),) if t is not None)
    return found


def _behind_particle(annotations: Annotations, verb: Token) -> Iterator[tuple[str, Token]]:
    """A preposition that the tree calls a particle, with the noun behind it: "called | upon | the donors"."""
    for particle in annotations.children(verb, "compound:prt"):
        if particle.upos == "ADP":
            behind = (t for t in annotations.children(verb, "obl") if t.index > particle.index)
            yield from ((particle.lower, t) for t in behind if annotations.child(t, "case") is None and t.upos in ("NOUN", "PROPN", "PRON"))


def _stranded(annotations: Annotations, verb: Token) -> Token | None:
    """The preposition of a relative clause whose noun is what the clause depends on: "the man whom they called on"."""
    if verb.relation != "acl:relcl":
        return None
    behind = (t for t in annotations.children(verb, "case", "obl", "advmod", "compound:prt") if t.index > verb.index)
    bare = (t for t in behind if t.upos == "ADP" and not annotations.children(t))
    found = next(bare, None)
    return found if found is not None and annotations.child(verb, "obj") is None else found if _relative_object(annotations, verb) else None


def _relative_object(annotations: Annotations, verb: Token) -> bool:
    things = annotations.children(verb, "obj", "obl")
    return any(t.index < verb.index and t.lower in ("who", "whom", "which", "that") for t in things)


def is_passive(annotations: Annotations, verb: Token) -> bool:
    """Whether its surface subject, or the noun that it modifies, is what suffers the act."""
    if _is_stance(annotations, verb):
        return False
    if annotations.child(verb, "nsubj:pass", "aux:pass") is not None:
        return True
    if annotations.child(verb, "nsubj") is not None and annotations.child(verb, "obj") is not None:
        return False  # whatever its form is tagged as: what has a plain subject and an object is active
    above = annotations.head(verb)
    if verb.feats.get("Voice") == "Pass":
        return not _is_active_participle(annotations, verb)
    if verb.relation == "conj" and above is not None and above.upos == "VERB" and _no_subject(annotations, verb):
        same = above.feats.get("VerbForm") == verb.feats.get("VerbForm") == "Part" and not verb.lower.endswith("ing")
        return same and is_passive(annotations, above)
    if verb.relation not in ("acl", "amod", "advcl", "xcomp"):
        return False
    participle = verb.feats.get("VerbForm") == "Part" and verb.feats.get("Tense") != "Pres"
    return participle and not verb.lower.endswith("ing") and annotations.child(verb, "aux") is None


def _is_stance(annotations: Annotations, verb: Token) -> bool:
    """ "Kora was opposed to the raid": a participle with "to" that tells the stance of its subject, and no passive."""
    if verb.lemma not in _STANCES or annotations.child(verb, "obl:agent") is not None:
        return False
    behind = prepositional(annotations, verb)
    return "to" in behind and "by" not in behind and annotations.child(verb, "obj") is None


def _is_active_participle(annotations: Annotations, verb: Token) -> bool:
    """Whether a form that is tagged as passive is a past tense: it has an object and is joined to an active verb ("threw, set on fire")."""
    first = annotations.head(verb)
    if verb.relation != "conj" or annotations.child(verb, "obj") is None or annotations.child(verb, "aux") is not None:
        return False
    return first is not None and first.upos == "VERB" and not is_passive(annotations, first)


def _no_subject(annotations: Annotations, verb: Token) -> bool:
    return annotations.child(verb, "nsubj", "csubj") is None


def surface_subjects(annotations: Annotations, verb: Token, steps: int = 0) -> tuple[Token, ...]:
    """The subject as written, or the one that the verb borrows from its governor; empty if there is none."""
    if annotations.child(verb, "det") is not None and annotations.child(verb, "case") is not None:
        return tuple(t for t in annotations.children(verb, "compound", "amod", "nmod:poss") if t.index < verb.index)  # "with a UN probe"
    own = [t for t in annotations.children(verb, "nsubj") if not _is_behind(annotations, t)]
    own = [t for t in own if not _only_says(annotations, t, verb)]
    if own:  # a verb has one subject; a second one is the parser's mistake
        return (_one_subject(annotations, own, verb),)
    head = annotations.head(verb)
    if head is None or steps > _MAX_STEPS:
        return ()
    match verb.relation.split(":")[0]:
        case "conj" if (near := _new_subject(annotations, verb)) is not None:
            return (near,)
        case "conj" if head.upos in ("VERB", "ADJ", "AUX") or _is_joined_to_noun(annotations, verb, head):
            return surface_subjects(annotations, head, steps + 1)
        case "advcl" if (nearer := _nearer_clause(annotations, verb, head)) is not None:
            return surface_subjects(annotations, nearer, steps + 1)
        case "xcomp" | "advcl" | "ccomp" | "obl" | "parataxis" | "csubj":
            return _controller(annotations, verb, head, steps)
        case "amod":
            return (head,)
        case "acl" if (clause := _clause_before(annotations, verb, head)) is not None:
            return surface_subjects(annotations, clause, steps + 1)
        case "acl":
            return _of_noun(annotations, verb, head, steps)
    return ()


def _is_joined_to_noun(annotations: Annotations, verb: Token, head: Token) -> bool:
    """ "Eleven are still in Lima and have refused to go": a finite verb joined to a predicate that is no verb."""
    finite = verb.feats.get("VerbForm") == "Fin" or annotations.child(verb, "aux") is not None
    return finite and annotations.child(head, "cop") is not None


def _new_subject(annotations: Annotations, verb: Token) -> Token | None:
    """The noun right before a verb with an auxiliary that no "and" joins to the verb above it: "after a comrade | was killed"."""
    alone = annotations.child(verb, "cc") is None and annotations.child(verb, "aux") is not None
    return noun_before(annotations, verb) if alone else None


def _nearer_clause(annotations: Annotations, verb: Token, head: Token) -> Token | None:
    """The finite verb of the clause that ends with the comma before a participle: "was late after gunmen | blew up a car, killing"."""
    comma = verb.index > 0 and annotations.tokens[verb.index - 1].text == ","
    if not comma or not verb.lower.endswith("ing") or head.index > verb.index:
        return None
    between = annotations.tokens[head.index + 1 : verb.index]
    clauses = [t for t in between if t.upos == "VERB" and t.relation in ("advcl", "ccomp")]
    own = [t for t in clauses if annotations.child(t, "nsubj") is not None]
    return own[-1] if own else None


def _clause_before(annotations: Annotations, verb: Token, noun: Token) -> Token | None:
    """The verb of the clause that a participle behind a comma continues, hung on a noun further back: "hit men near a camp, killing"."""
    if not verb.lower.endswith("ing") or verb.index < 2 or annotations.tokens[verb.index - 1].text != ",":
        return None
    between = annotations.tokens[noun.index + 1 : verb.index - 1]
    if not between or any(t.text == "," for t in between):
        return None
    return next((t for t in annotations.ancestors(noun) if t.upos == "VERB"), None)


def _one_subject(annotations: Annotations, own: list[Token], verb: Token) -> Token:
    """The first one before the verb; of two with another verb between them ("Officials say | troops went") the nearer one."""
    before = [t for t in own if t.index < verb.index] or own[:1]
    first, last = before[0], before[-1]
    clause = any(t.upos == "VERB" and t.feats.get("VerbForm") == "Fin" for t in annotations.tokens[first.index : last.index])
    return last if clause else first


def _only_says(annotations: Annotations, subject: Token, verb: Token) -> bool:
    """ "An assault that officials say killed ten": the officials say it, and the assault killed."""
    between = annotations.tokens[subject.index + 1 : verb.index]
    return len(between) == 1 and between[0].lemma in _SAYING


def _is_behind(annotations: Annotations, token: Token) -> bool:
    """Whether a noun stands behind a preposition, so that it is no subject, whatever the tree says."""
    case = annotations.child(token, "case")
    return case is not None and case.index < token.index and case.upos == "ADP"


def _controller(annotations: Annotations, verb: Token, head: Token, steps: int) -> tuple[Token, ...]:
    if verb.feats.get("VerbForm") == "Fin" or head.upos not in ("VERB", "ADJ", "AUX", "NOUN", "ADV") or steps > _MAX_STEPS:
        return ()
    if head.upos == "NOUN":
        return tuple(annotations.children(head, "nsubj"))
    if head.upos == "ADV":  # "stopped short of accusing"
        return _controller(annotations, head, above, steps + 1) if (above := annotations.head(head)) is not None else ()
    if (own := _between_for_and_to(annotations, verb)) is not None:
        return (own,)
    objects = annotations.children(head, "obj", "iobj") or _accused(annotations, verb, head)
    pressed = [n for thing in objects if thing.index < verb.index for n in _asked_of(annotations, thing)]
    if pressed and any(t.lower == "to" for t in annotations.children(verb, "mark")):
        return tuple(pressed)  # "put pressure on them to leave": they leave
    base = verb.relation.split(":")[0]
    if base == "ccomp" and head.lemma in _SAYING:  # "the raid that they say killed ten": the raid, if anybody
        about = annotations.head(head) if head.relation == "acl:relcl" else None
        return (about,) if about is not None else ()
    if objects and base in ("xcomp", "ccomp") and head.lemma not in ("promise", "pledge", "vow", "use", "threaten"):
        return tuple(objects)
    marks = {t.lower for t in annotations.children(verb, "mark", "case")}
    if objects and base in ("advcl", "obl") and marks & set(_CLAUSE_OF_OBJECT):
        return tuple(objects)
    addressed = prepositional(annotations, head)
    if head.lemma in ("call", "appeal") and (base in ("xcomp", "ccomp") or (base == "advcl" and "to" in marks)):
        return addressed.get("on") or addressed.get("upon") or addressed.get("to") or ()
    return surface_subjects(annotations, head, steps + 1)


def _between_for_and_to(annotations: Annotations, verb: Token) -> Token | None:
    """ "Called | for the army | to leave": who stands between the two words is the subject, whatever noun it hangs on."""
    marks = {t.lower: t.index for t in annotations.children(verb, "mark")}
    if "for" not in marks or "to" not in marks:
        return None
    between = annotations.tokens[marks["for"] + 1 : marks["to"]]
    return next((t for t in between if t.head in (verb.index, verb.head) and t.upos in ("NOUN", "PROPN", "PRON")), None)


def _asked_of(annotations: Annotations, noun: Token) -> tuple[Token, ...]:
    """Who is to do what a noun of asking asks for: "pressure | on the army |", "an appeal | to the rebels |"."""
    behind = prepositional(annotations, noun) if noun.lemma in _ASKED else {}
    return next((behind[word] for word in _ASKED.get(noun.lemma, ()) if word in behind), ())


def _accused(annotations: Annotations, verb: Token, head: Token) -> list[Token]:
    """The noun between "accuse" and "of" where the tree has not made it the object: who is accused did it, never the accuser."""
    if head.lemma not in ("accuse", "suspect", "convict", "acquit") or not any(
        t.lower == "of" for t in annotations.children(verb, "mark", "case")
    ):
        return []
    if head.index > verb.index or is_passive(annotations, head):
        return []
    near = noun_behind(annotations, head)
    return [near] if near is not None and near.index < verb.index else []


def _of_noun(annotations: Annotations, verb: Token, noun: Token, steps: int) -> tuple[Token, ...]:
    """The subject of a clause that depends on a noun: the noun itself ("men carrying"), or whose plan it is."""
    if noun.index > verb.index:  # a clause stands behind its noun: the arc is wrong
        return ()
    if verb.relation == "acl:relcl":
        return () if annotations.child(verb, "obj") is None and is_passive(annotations, verb) is False else (noun,)
    if noun.lemma in _DOCUMENTS and noun.relation == "obj" and (issuer := annotations.head(noun)) is not None:
        return surface_subjects(annotations, issuer, steps + 1)  # "issued a statement urging them": the issuer urges
    infinitive = any(t.lower == "to" for t in annotations.children(verb, "mark"))
    gerund = any(t.lower in ("of", "for") for t in annotations.children(verb, "mark", "case"))
    if not infinitive and not gerund:
        return (noun,)
    if infinitive and (asked := _asked_of(annotations, noun)):
        return tuple(t for t in asked if t.index < verb.index)
    if infinitive and noun.lemma in _DEMANDS:
        return _answering(annotations, noun, steps)
    behind = prepositional(annotations, noun)
    owner = tuple(annotations.children(noun, "nmod:poss") or _named_before(annotations, noun))
    owner = owner or next((behind[word] for word in ("by", "from", "of") if word in behind), ())
    if owner:
        return owner
    above = annotations.head(noun)
    if above is not None and above.upos == "VERB" and noun.relation in ("obj", "obl", "nsubj:pass"):
        return surface_subjects(annotations, above, steps + 1) if noun.relation != "nsubj:pass" else ()
    return ()


def _answering(annotations: Annotations, demand: Token, steps: int) -> tuple[Token, ...]:
    """Who is to do what is demanded of nobody by name: whoever refuses the demand or gives in to it, never who makes it."""
    above = annotations.head(demand)
    if above is None or above.lemma not in words_of("sides", "answering", "verbs") or demand.relation not in ("obj", "obl"):
        return ()
    return surface_subjects(annotations, above, steps + 1)


def _named_before(annotations: Annotations, noun: Token) -> list[Token]:
    """Whose a plan is by the name before it: "a Croatian offensive to retake the region"."""
    before = annotations.children(noun, "amod", "compound")
    names = ((t, annotations.name_at(t)) for t in before if t.index < noun.index)
    return [t for t, name in names if name is not None and name.kind in ("NATIONALITY", "ORGANIZATION")]


def _gap(annotations: Annotations, verb: Token) -> tuple[Token, ...]:
    """The object that a relative clause lacks: "the men whom they hold" has it written, "the men they hold" has not."""
    head = annotations.head(verb)
    if verb.relation != "acl:relcl" or head is None or is_passive(annotations, verb):
        return ()
    subjects = annotations.children(verb, "nsubj")
    relative = any(t.feats.get("PronType") == "Rel" or t.lower in ("who", "which", "that") for t in subjects)
    return (head,) if subjects and not relative else ()


def antecedent(annotations: Annotations, token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token stands for itself."""
    if token.feats.get("PronType") != "Rel" and token.lower not in ("who", "which", "that", "whom", "whose"):
        return token
    named = _person_before(annotations, token)
    if named is not None:
        return named
    below = token
    for _ in range(_MAX_STEPS):
        above = annotations.head(below)
        if above is None:
            return token
        if below.relation == "acl:relcl":
            return above
        below = above
    return token


def _person_before(annotations: Annotations, token: Token) -> Token | None:
    """The person whose name stands right before "who", whatever the tree says: "said | Roe, who made a visit"."""
    at = token.index - 1
    if at >= 0 and annotations.tokens[at].text == ",":
        at -= 1
    name = annotations.name_at(annotations.tokens[at]) if at >= 0 and token.lower == "who" else None
    if name is None or name.kind != "PERSON" or name.first == 0 or name.last != at + 1:
        return None
    before = annotations.tokens[name.first - 1]
    return annotations.tokens[name.first] if before.upos not in ("ADP", "CCONJ") and before.sentence == token.sentence else None
