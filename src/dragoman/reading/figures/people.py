"""People as they are counted: which nouns name them, and what befell them ("12 wounded", "killed two women")."""

from __future__ import annotations

import re

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import load

_LEXICON = load("units")
OF_WORDS: dict[str, str] = _LEXICON["people"]["of_words"]
CROWDS: dict[str, str] = _LEXICON["people"]["crowds"]
FATES: dict[str, str] = _LEXICON["people"]["fates"]
ONLY_PEOPLE = frozenset(_LEXICON["people"]["befalls_only_people"])
GENERIC = frozenset({"people", "person", "persons", "us", "them", "others", "other", "more"})
PEOPLES = frozenset(_LEXICON["context"]["peoples"])
_DONE_TO: dict[str, str] = _LEXICON["done_to"]
PARTICIPLES = frozenset(_DONE_TO.values()) | {"dead", "missing", "hurt"}
_NOUNS: list[str] = _LEXICON["people"]["nouns"]
PLURALS = frozenset(_LEXICON["people"]["plurals"]) | {
    noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith(("s", "sh", "ch")) else "s") for noun in _NOUNS
}
PEOPLE = PLURALS | frozenset(_NOUNS)
PERSON_ENDING = re.compile(
    r"(?:[^s]ians?|(?:[^l]|al|ol)ists?|[a-z]{3}(?<!speci)(?<!regi)m[ae]n|[a-z]{3}(?:owner|worker|goer|fighter|keeper|seeker|taker|lover)s?)$"
    r"(?<!wrists)(?<!twists)(?<!assists)(?<!wrist)(?<!twist)(?<!assist)"
)


def is_person(tree: Annotations, noun: Token, word: str) -> bool:
    if word in PEOPLE or word in OF_WORDS or (noun.upos == "NOUN" and noun.lemma.lower() in PEOPLE):
        return True
    if noun.text[:1].isupper():  # "three Palestinians", "12 Iraqis"
        name = tree.name_at(noun)
        named = name is not None and name.kind == "NATIONALITY" and word.endswith("s")
        if named or word in PEOPLES or word.endswith(("ans", "is")):
            return True
    return bool(PERSON_ENDING.search(word))


def with_fate(tree: Annotations, noun: Token, phrase: str) -> str:
    """Who the people are and what befell them: "killed", "detainees", "women arrested"."""
    if noun.lower in OF_WORDS:
        return OF_WORDS[noun.lower]
    fate = fate_of(tree, noun) or _fate_beside(tree, noun)
    if noun.lower in GENERIC:
        return fate or phrase
    return f"{phrase} {fate}" if fate and fate not in phrase else phrase


def _fate_beside(tree: Annotations, noun: Token) -> str | None:
    """ "left 12 people wounded", "the 11 miners killed in the attack"; "the massacre of 31 people"."""
    after = tree.tokens[noun.index + 1] if noun.index + 1 < len(tree.tokens) else None
    if after is not None and after.lower in PARTICIPLES and after.feats.get("VerbForm") != "Fin":
        return OF_WORDS.get(after.lower, after.lower)
    case, above = tree.child(noun, "case"), tree.head(noun)
    if case is not None and case.lower == "of" and above is not None:
        return FATES.get(above.lower)
    return None


def fate_of(tree: Annotations, token: Token) -> str | None:
    """The participle of the verb whose object (or passive subject) the token is, if it is one that counts people."""
    for clause in tree.children(token, "acl"):
        active = clause.feats.get("VerbForm") == "Ger" or (clause.relation == "acl:relcl" and not tree.children(clause, "aux:pass"))
        if not active and (fate := _DONE_TO.get(clause.lemma) or participle(clause.lower)):
            return fate
    seen = 0
    while token.relation == "conj" and (above := tree.head(token)) is not None and seen < 8:
        token, seen = above, seen + 1
    head = tree.head(token)
    if head is None:
        return None
    passive = token.relation == "nsubj:pass" or (token.relation == "nsubj" and head.lemma in ("die", "perish"))
    passive = passive or (
        token.relation == "nsubj" and head.upos in ("ADJ", "VERB") and head.lower in ("wounded", "injured", "hurt", "missing", "dead")
    )
    if passive and token.index < head.index:
        # a parse may hang the subject on a later verb: the first such participle behind it is what befell it
        between = (participle(t.lower) for t in tree.tokens[token.index + 1 : head.index] if t.upos in ("VERB", "ADJ"))
        if (first := next(filter(None, between), None)) is not None:
            return first
    if passive or token.relation == "obj":
        return _DONE_TO.get(head.lemma) or participle(head.lower) or (OF_WORDS.get(head.lower) if passive else None)
    return None


def near_participle(words: list[str]) -> str | None:
    return next((OF_WORDS.get(w, w) for w in words if w in PARTICIPLES), None)


def participle(word: str) -> str | None:
    """ "killing", "kills", "killed" -> "killed"."""
    if word in PARTICIPLES:
        return word
    for stem in (word.removesuffix("ing"), word.removesuffix("s")):
        if stem != word and (found := _DONE_TO.get(stem) or _DONE_TO.get(stem + "e")):
            return found
    return None
