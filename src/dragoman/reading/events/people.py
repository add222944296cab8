"""From a phrase of the tree to the actors that it means: coordinations, measure nouns, relative pronouns, classes.

"Hundreds of protesters and two officers" is two actors; "who" is the one that the clause is about.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import cache

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import words_of
from dragoman.reading.actors.cast import Cast
from dragoman.reading.events.arguments import antecedent
from dragoman.reading.events.frames import Class, frames, word_list

_PERSONAL = frozenset({"he", "she", "him", "her", "they", "them", "we", "us", "i", "me", "you", "who", "whom", "himself"})
_PERSONAL |= {"herself", "themselves", "whose", "someone", "everyone"}
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM")
_PERSON = frozenset({"actor", "person", "individual"})
_BODY = frozenset({"actor", "org", "state"})
_MAX_CONJUNCTS = 20
_MAX_DEPTH = 12
_SENTENCES_BACK = 2  # within which a pronoun finds whom it means
_BACK = {"they": ("group",), "it": ("organization", "government", "country"), "he": ("person",), "she": ("person",)}
_PAIR_REACH = 8  # words behind "and" in which the second of a pair is named
_PAIRS = ("two", "pair", "duo", "both")
_PARTS = ("none", "all", "both", "each", "neither", "any")  # "free none of them"
_LED = ("led",)
_STRAY = 4  # how far behind "some" its "of their troops" may stand


def members(annotations: Annotations, head: Token) -> list[Token]:
    """The heads of a coordination of nouns, with measure nouns and relative pronouns replaced by what they mean."""
    found: list[Token] = []
    for token in [head, *annotations.children(head, "conj")][:_MAX_CONJUNCTS]:
        if token is head or token.upos in _NOMINAL:
            found.append(_measured(annotations, antecedent(annotations, token)))
    return found


def _measured(annotations: Annotations, token: Token) -> Token:
    """ "protesters" of "hundreds of protesters"; the token itself if it measures nothing."""
    if token.lemma not in words_of("status", "measures", "nouns") and token.upos != "NUM" and token.lower not in _PARTS:
        return token
    for child in annotations.children(token, "nmod"):
        if _has_of(annotations, child):
            return child
    above = annotations.head(token)
    strayed = annotations.children(above, "obl") if above is not None else []
    return next((t for t in strayed if 1 < t.index - token.index <= _STRAY and _has_of(annotations, t)), token)


def _has_of(annotations: Annotations, token: Token) -> bool:
    return any(t.lower == "of" for t in annotations.children(token, "case"))


def actors_of(annotations: Annotations, cast: Cast, heads: Iterable[Token], *, owners: bool = False) -> tuple[str, ...]:
    """The ids of the actors that these phrases mean, each once, in text order.

    With `owners`, a thing without will of its own gives its owner: "Russian warplanes", "the army's shells".
    """
    found: dict[str, None] = {}
    for head in heads:
        for token in [head, *annotations.children(head, "conj")][:_MAX_CONJUNCTS]:
            if token is not head and token.upos not in _NOMINAL:
                continue
            for actor in _meant(annotations, cast, token, owners):
                found[actor] = None
    return tuple(found)


def _meant(annotations: Annotations, cast: Cast, token: Token, owners: bool) -> tuple[str, ...]:
    if token.lower == "who" and (pair := _pair_of_relative(annotations, cast, token)):
        return pair
    meant = antecedent(annotations, token)
    tried = (meant, token, _measured(annotations, meant))
    for candidate in tried:
        actor = cast.of(candidate)
        if actor is not None:
            more = [a for c in annotations.children(candidate, "conj") if candidate is not token and (a := cast.of(c))]
            return (actor, *more)
    for child in annotations.children(meant, "flat", "appos", "nmod"):
        named = cast.of(child) if child.index > meant.index and annotations.child(child, "case") is None else None
        if named is not None:  # "Secretary of State Joan Roe", headed by the office
            return (named,)
    if meant.lower == "those" and (among := _members_of_those(annotations, meant)):
        return tuple(a for t in among if (a := cast.of(t)) is not None)
    if meant.lower in _BACK or (owners and meant.lemma in words_of("sides", "issued", "nouns")):
        own = owners_of(annotations, cast, meant) if owners else ()
        return own or _spoken_of(annotations, cast, meant)
    if _is_pair(annotations, meant):
        return _pair_before(annotations, cast, meant)
    if not owners or tried[-1].lemma in word_list("classes.event_people"):
        return ()
    return owners_of(annotations, cast, tried[-1])


def _spoken_of(annotations: Annotations, cast: Cast, token: Token) -> tuple[str, ...]:
    """Whom a pronoun means that the cast has not resolved: the main subject of the sentences before it."""
    here = annotations.sentence_of(token)
    first = max(0, here.index - _SENTENCES_BACK)
    kinds = _BACK.get(token.lower, ("organization", "government"))
    if any(t.relation.startswith("nsubj") and t.upos in ("NOUN", "PROPN") for t in annotations.tokens[here.first : token.index]):
        return ()  # it may mean that one, whom the cast does not know either
    for sentence in reversed(annotations.sentences[first : here.index]):
        subjects = [t for t in annotations.tokens_of(sentence) if t.relation.startswith("nsubj")]
        if token.lower == "they" and (pair := _pair(annotations, cast, subjects)):
            return pair
        found = [a for t in sorted(subjects, key=lambda t: _depth(annotations, t)) if (a := cast.of(t)) and cast.get(a).kind in kinds]
        if found:
            return (min(found, key=lambda a: kinds.index(cast.get(a).kind)),)
    return ()


def _pair(annotations: Annotations, cast: Cast, subjects: Iterable[Token]) -> tuple[str, ...]:
    """The two or more who are a subject together: "Roe and Doe", taken up by "they"."""
    for head in subjects:
        joined = [cast.of(t) for t in (head, *annotations.children(head, "conj"))]
        if len(joined) > 1 and all(joined):
            return tuple(dict.fromkeys(a for a in joined if a is not None))
    return ()


def _is_pair(annotations: Annotations, token: Token) -> bool:
    """ "The two", "the pair", "both" without a noun: the two who were named together last."""
    if token.lower not in _PAIRS or annotations.child(token, "nmod", "compound", "amod", "acl", "acl:relcl") is not None:
        return False
    return (token.lower == "both" and token.upos == "PRON") or any(t.lower in ("the", "these") for t in annotations.children(token, "det"))


def _pair_before(annotations: Annotations, cast: Cast, token: Token) -> tuple[str, ...]:
    """The two who are told together nearest before a word: "Roe and Doe"."""
    here = annotations.sentence_of(token)
    first = annotations.sentences[max(0, here.index - _SENTENCES_BACK)].first
    joining = (t for t in reversed(annotations.tokens[first : token.index]) if t.lower == "and")
    return next((pair for t in joining if (pair := _joined_by(annotations, cast, t)) and len(pair) == 2), ())


def _joined_by(annotations: Annotations, cast: Cast, joining: Token) -> tuple[str, ...]:
    """The two persons or bodies of one kind on both sides of an "and", whatever the tree makes of it."""
    before = annotations.tokens[max(0, joining.index - 1)]
    last = min(annotations.sentence_of(joining).last, joining.index + _PAIR_REACH)
    phrase = itertools.takewhile(lambda t: t.upos not in ("VERB", "AUX", "PUNCT"), annotations.tokens[joining.index + 1 : last])
    one = cast.of(before)
    other = next((a for t in phrase if t.upos in ("PROPN", "NOUN") and (a := cast.of(t)) is not None), None)
    alike = one is not None and other is not None and cast.get(one).kind == cast.get(other).kind
    return tuple(dict.fromkeys(a for a in (one, other) if a is not None)) if alike else ()


def _pair_of_relative(annotations: Annotations, cast: Cast, who: Token) -> tuple[str, ...]:
    """ "Roe and Doe, who were both held": with "both" the two of them."""
    behind = annotations.tokens[who.index + 1 : min(annotations.sentence_of(who).last, who.index + _STRAY)]
    return _pair_before(annotations, cast, who) if any(t.lower == "both" for t in behind) else ()


def _depth(annotations: Annotations, token: Token) -> int:
    return sum(1 for _ in itertools.islice(annotations.ancestors(token), _MAX_DEPTH))


def _members_of_those(annotations: Annotations, those: Token) -> list[Token]:
    """Who is told to be among those: "among those arrested were two editors", in the two trees that it has."""
    case = annotations.child(those, "case")
    if case is None or case.lower != "among":
        return []
    above = annotations.head(those)
    subjects = annotations.children(those, "nsubj") or ([above] if above is not None and those.relation == "nmod" else [])
    subjects = [t for t in subjects if t.index > those.index]
    return [m for t in subjects for m in [t, *annotations.children(t, "conj")]]


def owners_of(annotations: Annotations, cast: Cast, noun: Token, *, possessors: bool = True) -> tuple[str, ...]:
    """The actors named before a noun: "US" in "US airstrikes" and, with `possessors`, that of "the army's attack"."""
    found: dict[str, None] = {}
    for child in annotations.children(noun, *(("nmod:poss",) if possessors else ()), "amod", "compound"):
        if child.lower in ("my", "our"):  # "our fighters" are not the speaker
            continue
        if child.lower in _LED:
            found.update(dict.fromkeys(leaders_of(annotations, cast, child)))
            continue
        for token in (child, *annotations.children(child, "conj", "compound", "amod")):
            actor = cast.of(token)
            if actor is not None and token.index < noun.index and not _only_locates(annotations, cast, token, actor):
                found[actor] = None
        if not found and child.relation in ("compound", "amod") and child.upos in ("NOUN", "ADJ"):
            found.update(dict.fromkeys(_namesake(cast, child.lemma.lower())))
    return tuple(found)


def leaders_of(annotations: Annotations, cast: Cast, led: Token) -> tuple[str, ...]:
    """Who leads by a word like "US-led": the actor whose name "led" is joined to."""
    start = annotations.sentence_of(led).first
    at = led.index - 1
    while at >= start and (
        annotations.tokens[at].text == "-" or (annotations.tokens[at].index < led.index - 1 and cast.of(annotations.tokens[at]) is None)
    ):
        if led.index - at > _STRAY:
            break
        at -= 1
    actor = cast.of(annotations.tokens[at]) if start <= at < led.index - 1 else None
    return (
        (actor,)
        if actor is not None
        else _named(cast, [t.text for t in annotations.tokens[max(start, led.index - _STRAY) : led.index] if t.text != "-"])
    )


def _named(cast: Cast, words: list[str]) -> tuple[str, ...]:
    """The actor whose whole name these words end with: "the | United States |"."""
    endings = {" ".join(words[n:]).lower() for n in range(len(words))}
    return tuple(a.id for a in cast.actors if a.name.lower() in endings)[:1]


def _namesake(cast: Cast, noun: str) -> tuple[str, ...]:
    """The one group or body that is called by a noun which stands before another: "rebels" for "rebel attacks"."""
    if noun not in word_list("classes.human") and noun not in word_list("classes.bodies"):
        return ()
    called = [a.id for a in cast.actors if a.kind != "person" and a.name.lower().split()[-1] in (noun, noun + "s")]
    if not called and noun == "government":  # "government policy" in a report on one state
        called = [a.id for a in cast.actors if a.kind in ("country", "government")]
    return tuple(called) if len(called) == 1 else ()


def _only_locates(annotations: Annotations, cast: Cast, token: Token, actor: str) -> bool:
    """Whether a word before a noun is where it was ("the Bern meeting") and not whose ("the Swiss meeting")."""
    name = annotations.name_at(token)
    is_place = name is not None and name.kind in ("PLACE", "FACILITY")
    return is_place and cast.get(actor).kind not in ("country", "government")


def fits(annotations: Annotations, cast: Cast, heads: Iterable[Token], asked: Class) -> bool:
    """Whether one of these phrases is of the class; with nothing there, whether the class asks for nothing."""
    tokens = [t for head in heads for t in members(annotations, head)]
    if not tokens:
        return asked.empty
    return any(_is(annotations, cast, token, asked) for token in tokens)


def _is_someone(annotations: Annotations, cast: Cast, token: Token, kinds: frozenset[str]) -> bool:
    """People and bodies that the cast has missed, by their nouns and names."""
    if cast.of(token) is not None:
        return False
    name = annotations.name_at(token)
    if name is not None:
        return bool(kinds & {"PERSON": _PERSON, "ORGANIZATION": _BODY}.get(name.kind, frozenset()))
    if token.lemma in word_list("classes.human"):
        return bool(kinds & {"actor", "person"})
    if token.upos == "PROPN":  # a name that nobody has classed is oftener somebody's than a thing's
        return bool(kinds & {"actor", "org"})
    return token.lemma in word_list("classes.bodies") and bool(kinds & _BODY)


def _is(annotations: Annotations, cast: Cast, token: Token, asked: Class) -> bool:
    if token.lemma.lower() in asked.lemmas or token.lower in asked.lemmas:
        return True
    kinds = asked.kinds
    if asked.lemmas and _named_by(cast, token) & asked.lemmas:
        return True
    if not kinds or token.lower.endswith(("self", "selves")):
        return False
    if token.lower in _PERSONAL:
        return bool(kinds & {"actor", "person", "individual"})
    if _is_someone(annotations, cast, token, kinds):
        return True
    if token.lower == "it" and cast.of(token) is None:
        return bool(kinds & {"actor", "state", "org"})
    actor = cast.of(token)
    if actor is not None and kinds & _kinds(cast.get(actor).kind):
        return True
    stateless = actor is not None and "state" not in _kinds(cast.get(actor).kind)
    if "place" in kinds and not stateless and _is_place(annotations, cast, token):
        return True
    return "act" in kinds and token.upos == "NOUN" and token.lemma.lower() in frames("noun")


def _named_by(cast: Cast, token: Token) -> set[str]:
    """The noun by which the actor is named that a pronoun means: "nurses" and "nurse" for "they"."""
    actor = cast.of(token) if token.upos == "PRON" else None
    if actor is None:
        return set()
    noun = cast.get(actor).name.split()[-1].lower()
    return {noun, noun.removesuffix("s")}


@cache
def _kinds(kind: str) -> frozenset[str]:
    match kind:
        case "person":
            return frozenset({"actor", "person", "individual"})
        case "group":
            return frozenset({"actor", "person"})
        case "organization":
            return frozenset({"actor", "org"})
        case _:
            return frozenset({"actor", "state"})


def _is_place(annotations: Annotations, cast: Cast, token: Token) -> bool:
    name = annotations.name_at(token)
    return (name is not None and name.kind in ("PLACE", "FACILITY")) or cast.country_of(token) is not None
