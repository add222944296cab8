"""What an amount is the amount of: "a loss of 3 million", "exports rose 5 percent", "put support at 35 percent".

Money, percentages and measures seldom stand beside what they measure. Here the tree is climbed from the amount: through
other amounts and dates to the noun that it belongs to, or to a verb of size or change ("total", "rise"), whose subject
is then what is measured, or to a verb that sets a size ("cut", "put"), whose object is. Of money spent it is what the
money is for ("spent 3 million dollars on arms").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import load

_LEXICON = load("units")
_MEASURED = _LEXICON["measured"]
_SIZE_VERBS = frozenset(_MEASURED["size_verbs"])
_DIRECTIONS = frozenset(_MEASURED["directions"])
_LIGHT = frozenset(_MEASURED["light"])
_CHANGES = frozenset(_MEASURED["changes"])
_LINKS = frozenset(_MEASURED["links"])
_PURPOSES = frozenset(_MEASURED["purposes"])
LEVELS = frozenset(_MEASURED["levels"])
_AMOUNTS = frozenset(word for kind in ("measures", "currencies") for key in _LEXICON[kind] for word in key.split()[-1:])
_TIMES = frozenset(_LEXICON["context"]["time_units"]) | frozenset(_MEASURED["times"])
_NOUNS = ("NOUN", "PROPN", "ADJ")
_WITHIN = ("NOUN", "PROPN", "ADJ", "NUM", "SYM", "VERB", "PUNCT")
_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_HYPHENED = re.compile(r"[-\u2010\u2011][^\W\d_]{1,20}")
_LONGEST = 80
_CLIMB = 7


def top_of(tokens: Sequence[Token]) -> Token | None:
    """The word of an amount that the others hang on: the one whose governor stands outside."""
    inside = {t.index for t in tokens}
    tops = [t for t in tokens if t.head not in inside and _relation(t) not in ("punct", "case", "advmod", "det")]
    return next((t for t in tops if t.upos in ("NOUN", "SYM", "NUM")), tops[0] if tops else None)


def modified(tree: Annotations, top: Token, last: Token) -> str | None:
    """ "a 10-billion-dollar loan", "a three-percent dip in sales": the noun right behind that the amount describes."""
    head = tree.head(top)
    if head is None or head.upos not in ("NOUN", "PROPN") or not 0 < head.index - last.index < 6 or is_vain(head):
        return None
    if head.lower in LEVELS or any(t.upos not in _WITHIN or t.text == "," for t in tree.tokens[last.index + 1 : head.index]):
        return None
    return described(tree, head, after=last.end)


def contained(tree: Annotations, last: Token, links: Sequence[str]) -> str | None:
    """ "40 percent of young voters", "$3 million in loans": the noun behind the link that follows the amount."""
    link = tree.tokens[last.index + 1] if last.index + 1 < len(tree.tokens) else None
    if link is None or link.lower not in links or link.sentence != last.sentence:
        return None
    noun = tree.head(link)
    if noun is None or noun.upos not in _NOUNS or not 0 < noun.index - link.index < 12 or is_vain(noun):
        return None
    if link.lower != "of" and (noun.upos == "PROPN" or tree.child(noun, "det") is not None):
        return None  # "$5 million in Paris", "in the quarter"
    return described(tree, noun, after=link.end)


def is_vain(noun: Token) -> bool:
    """Whether the noun names no thing measured: a time, a unit."""
    return noun.lower in _AMOUNTS or noun.lemma.lower() in _TIMES or noun.lower in _TIMES or noun.upos in ("NUM", "SYM")


def thing(tree: Annotations, top: Token, *, spent: bool = False) -> str | None:
    """What the amount whose highest word is `top` is the amount of; None where the tree does not tell.

    `spent` says that it may be for something ("3 million dollars for arms").
    """
    verb, node = _climb(tree, top)
    noun = node if verb is None else _by_verb(tree, verb, node or top, top)
    if noun is None and verb is not None and spent:
        noun = _purpose(tree, verb, top)
    if noun is None:
        return None
    return described(tree, noun, after=top.end if noun.start > top.start else 0)


def thing_counted(tree: Annotations, top: Token) -> Token | None:
    """The same as a noun, for a bare number: in "the number of states rose to 14", "states"."""
    verb, node = _climb(tree, top)
    noun = node if verb is None else _by_verb(tree, verb, node or top, top)
    complement = _complement(tree, noun) if noun is not None else None
    return complement if noun is not None and noun.lemma.lower() in _LIGHT | _CHANGES and complement is not None else noun


def _climb(tree: Annotations, top: Token) -> tuple[Token | None, Token | None]:
    """From the amount upwards: (a verb, the word below it), or (None, the noun that is measured)."""
    node = top
    for _ in range(_CLIMB):
        predicate = _is_part(node) or node.lower in _DIRECTIONS
        subject = tree.child(node, "nsubj") if predicate else None
        if subject is not None and subject.index < top.index:
            return None, _measurable(subject)
        head = tree.head(node)
        if head is None:
            break
        if head.upos == "VERB" and _relation(head) != "case":
            return head, node
        if head.upos in ("NOUN", "PROPN") and not is_vain(head) and not (head.lower in LEVELS and head.index > top.index):
            return None, _beside(tree, head, node, top)
        node = head
    return None, None


def _relation(token: Token) -> str:
    return token.relation.split(":")[0]


def _is_part(node: Token) -> bool:
    return is_vain(node) or node.lower in LEVELS


def _beside(tree: Annotations, noun: Token, node: Token, top: Token) -> Token | None:
    """ "a loss of 3 million", "imports up 5 percent"; not what the amount is only listed with."""
    if noun.index > top.index:
        return noun if _relation(node) in ("nummod", "compound", "amod", "nmod") else None
    if _relation(node) in ("conj", "parataxis", "list"):
        return None
    return _measurable(_nearest(tree, noun, node))


def _nearest(tree: Annotations, noun: Token, node: Token) -> Token:
    """ "an apology and compensation of 100 dollars": the noun right before "of", if it is joined to the one that the tree names."""
    case = tree.child(node, "case")
    before = tree.tokens[case.index - 1] if case is not None and case.index > noun.index else noun
    return before if before.relation == "conj" and before.head == noun.index and before.upos == "NOUN" else noun


def _by_verb(tree: Annotations, verb: Token, node: Token, top: Token) -> Token | None:
    objects = [t for t in tree.children(verb, "obj") if t.index not in (node.index, top.index) and not _is_part(t)]
    case = tree.child(node, "case")
    linked = case is not None and case.lower in _LINKS
    if objects and objects[0].index < top.index and (linked or verb.lemma in _CHANGES):
        return _measurable(objects[0])
    if objects and verb.lemma.lower() in _SIZE_VERBS and objects[0].index < verb.index:
        return _measurable(objects[0])  # "helped the index climb 5 percent", where the tree has it as an object
    if verb.lemma.lower() in _SIZE_VERBS or (linked and tree.child(verb, "nsubj:pass") is not None):
        return _subject(tree, verb, top)
    return None


def _subject(tree: Annotations, verb: Token, top: Token) -> Token | None:
    """The subject of a verb of size: its own, that of the verbs above it, or the noun that it describes."""
    for _ in range(_CLIMB):
        subject = tree.child(verb, "nsubj")
        if subject is not None and subject.lower not in ("that", "which", "who"):
            return _measurable(subject) if subject.index < top.index or verb.index > top.index else None
        head = tree.head(verb)
        if head is None or _relation(verb) not in ("acl", "amod", "xcomp", "conj", "advcl", "parataxis"):
            return None
        if head.upos in ("NOUN", "PROPN") and not _is_part(head) and tree.child(head, "nsubj") is None:
            return _measurable(head)
        below = tree.child(head, "obj") if _relation(verb) == "xcomp" else None
        if below is not None and head.index < below.index < verb.index:
            return _measurable(below)  # "helped the index climb 5 percent"
        verb = head
    return None


def _purpose(tree: Annotations, verb: Token, top: Token) -> Token | None:
    """ "spent 3 million dollars on arms": what the money is for, where it stands behind the amount."""
    for noun in sorted([*tree.children(verb, "obl"), *tree.children(top, "nmod")], key=lambda t: t.index):
        case = tree.child(noun, "case")
        if noun.index > top.index and case is not None and case.lower in _PURPOSES and noun.upos == "NOUN" and not is_vain(noun):
            return noun
    return None


def _measurable(noun: Token) -> Token | None:
    return noun if noun.upos in _NOUNS and not is_vain(noun) else None


def described(tree: Annotations, noun: Token, *, after: int = 0) -> str:
    """The noun with its modifiers from offset `after` on; "number of visitors" is visitors, "price of gold" stays whole."""
    complement = _complement(tree, noun)
    if complement is not None and _is_light(noun) and noun.index < complement.index:
        return described(tree, complement)
    beside = tree.children(noun, "amod", "compound", "flat", "nmod:unmarked")
    parts = [t for above in beside for t in tree.subtree(above) if after <= t.start < noun.start and _describes(t, noun)]
    start = min((t.start for t in parts), default=noun.start)
    end = max([noun.end, *(t.end for t in tree.subtree(noun) if t.relation == "flat" and t.start > noun.start)])
    if (name := tree.name_at(noun)) is not None and name.start >= after:
        start, end = min(start, name.start), max(end, name.end)
    if (
        complement is not None
        and noun.lemma.lower() in _CHANGES
        and not any(t.upos == "NUM" for t in tree.tokens[noun.index : complement.index])
    ):
        inner = _complement(tree, complement) if complement.lemma.lower() in _LIGHT else None
        end = max(end, (inner or complement).end)
    head = noun.end - start
    text = tree.text[start : _with_hyphen(tree.text, end)]
    text = _ARTICLE.sub("", text[:head].rpartition(", ")[2]) + re.split(r"[,;()]", text[head:])[0]
    return " ".join(re.split(r"[()]", text)[-1][:_LONGEST].split())


def _is_light(noun: Token) -> bool:
    """ "the number of", "a share of"; but "shares" are traded."""
    return noun.lemma.lower() in _LIGHT and noun.lower != "shares"


def _with_hyphen(text: str, end: int) -> int:
    """ "pay-off", "build-up": the end of a word that goes on behind a hyphen."""
    behind = _HYPHENED.match(text, end)
    return behind.end() if behind else end


def _describes(token: Token, noun: Token) -> bool:
    """Not an article nor another amount; the number of "two-way trade" belongs to the noun."""
    if token.upos in ("PUNCT", "DET", "CCONJ", "ADP") or token.lower in _AMOUNTS:
        return False
    return token.upos != "NUM" or token.head != noun.index


def _complement(tree: Annotations, noun: Token) -> Token | None:
    for below in tree.children(noun, "nmod"):
        case = tree.child(below, "case")
        if case is not None and case.lower in ("of", "in", "for") and below.upos in _NOUNS and not is_vain(below):
            return below if case.lower == "of" or below.upos == "NOUN" else None
    return None
