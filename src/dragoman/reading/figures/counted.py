"""What a number counts: money, a measure, people, things; from the words beside it and, where there is one, the tree.

People of any description have the unit "person" and keep the description in `of` ("detainees", "Velmoran women
arrested"); things have their noun in the singular as unit.
"""

from __future__ import annotations

import re
from itertools import islice

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import load
from dragoman.reading.figures.amounts import AMBIGUOUS, CURRENCIES, MEASURES, money, unit_behind, what_for
from dragoman.reading.figures.labels import is_age, is_label
from dragoman.reading.figures.people import (
    CROWDS,
    FATES,
    GENERIC,
    OF_WORDS,
    ONLY_PEOPLE,
    PARTICIPLES,
    PEOPLE,
    PEOPLES,
    PERSON_ENDING,
    PLURALS,
    fate_of,
    is_person,
    near_participle,
    participle,
    with_fate,
)
from dragoman.reading.figures.place import Counted, Place
from dragoman.reading.figures.things import singular, unit_noun

_CONTEXT: dict[str, list[str]] = load("units")["context"]
_DETERMINERS = frozenset(_CONTEXT["determiners"])
_STOPS = frozenset(_CONTEXT["stops"])
_BARE_PLURALS = frozenset(_CONTEXT["bare_plurals"])
_NO_ONE_THING = frozenset(_CONTEXT["no_one_thing"])
_TIME_UNITS = frozenset(_CONTEXT["time_units"])
_BOUND_WORDS = frozenset(
    ("at", "least", "most", "more", "than", "fewer", "less", "up", "to", "as", "many", "about", "around", "some", "nearly", "over")
)


def counted(place: Place) -> Counted | None:
    """What the number counts, or None if it counts nothing that can be named."""
    if place.currency:
        return money(place, place.currency, place.last)
    if (found := unit_behind(place)) is not None:
        return found
    if place.behind.startswith(" - strong "):  # "the 500-strong garrison"
        last = place.last + len(" - strong")
        return Counted("person", what_for(place, last), last)
    if is_label(place) or is_age(place) or (place.value == 1 and place.behind.startswith(" of ")):
        return None
    return _by_tree(place) or _by_line(place)


def _by_tree(place: Place) -> Counted | None:
    line = place.line
    token = line.token_at(place.last - 2 if place.last - place.first > 1 else place.first)
    if token is None or token.upos in ("X", ""):
        return None
    tree = line.annotations
    if (fate := _fate_behind(place) or _fate_before(place)) is not None:
        return fate
    noun = _noun(tree, token)
    if noun is not None:
        return _count(place, noun)
    return _count_by_verb(place, _top(tree, token))


_WITHIN_NUMBERS = frozenset({"compound", "nummod", "conj", "flat", "fixed", "nmod", "dep"})


def _fate_behind(place: Place) -> Counted | None:
    """ "15 wounded": the participle stands for the people, unless a noun follows it ("15 wounded men")."""
    words = place.behind.split()[:1]
    if not words or words[0] not in PARTICIPLES:
        return None
    last = place.last + 1 + len(words[0])
    after = place.line.token_at(last + 1)
    stands_behind = after is not None and after.start > place.line.span(place.last, last).end
    if after is not None and stands_behind and after.upos in ("NOUN", "PROPN", "ADJ"):
        return None
    return Counted("person", OF_WORDS.get(words[0], words[0]), last)


def _fate_before(place: Place) -> Counted | None:
    """ "wounded at least 30": a bare number behind what befell people."""
    behind = [word for i, word in enumerate(place.behind.split()[:2]) if i or word not in _REST][:1]
    if behind and not _ends_phrase(behind[0], first=False):
        return None
    fate = _verb_before(place)
    return Counted("person", fate, place.last) if fate else None


def _top(tree: Annotations, token: Token) -> Token:
    """The highest word of the number itself: "thousand" of "two thousand"."""
    head = tree.head(token)
    while head is not None and head.upos == "NUM" and token.relation.split(":")[0] in _WITHIN_NUMBERS:
        token, head = head, tree.head(head)
    return token


def _parts(token: Token) -> bool:
    """Whether a number before the token cannot count a noun behind it: a verb (but not "suspected"), a preposition."""
    if token.upos == "VERB":
        return token.feats.get("VerbForm") not in ("Part", "Ger")
    return token.upos in ("NUM", "AUX", "ADP", "PRON", "SCONJ") or token.lower in ";:()"


def _noun(tree: Annotations, token: Token) -> Token | None:
    """The noun that the number counts: its governor ("two women"), or what follows "of" ("dozens of women")."""
    top = _top(tree, token)
    head = tree.head(top)
    if (
        head is not None
        and top.relation.split(":")[0] in ("nummod", "amod", "compound")
        and head.upos in ("NOUN", "PROPN", "ADJ", "SYM")
        and 0 < head.index - token.index < 10
        and not any(_parts(t) for t in tree.tokens[token.index + 1 : head.index])
    ):
        return head
    return _noun_behind_of(tree, token)


def _noun_behind_of(tree: Annotations, token: Token) -> Token | None:
    """ "dozens of women", "six of the 11 miners": the noun whose "of" stands right behind the number."""
    following = tree.tokens[token.index + 1 : token.index + 2]
    if not following or following[0].lower != "of":
        return None
    noun = tree.head(following[0])
    if noun is None or noun.upos not in ("NOUN", "PROPN") or not 0 < noun.index - following[0].index < 8:
        return None
    return noun


def _count(place: Place, noun: Token) -> Counted | None:
    line, tree, word = place.line, place.line.annotations, noun.lower
    last = line.position_of(noun.end) - 1 if noun.end < len(line.annotations.text) else len(line.text)
    phrase = _phrase(tree, noun, line.span(place.first, place.last).end)
    if is_person(tree, noun, word):
        return Counted("person", _who(place, noun, phrase), last)
    if noun.upos == "NOUN" and (fate_of(tree, noun) in ONLY_PEOPLE or place.line.after(last, 1) == ["who"]):
        return Counted("person", with_fate(tree, noun, phrase), last)
    if word in MEASURES:
        before = tree.tokens[noun.index - 1].lower if noun.index else ""  # "three full percentage points"
        return Counted(MEASURES.get(f"{before} {word}", MEASURES[word]), what_for(place, last), last)
    if word in CURRENCIES and word not in AMBIGUOUS:
        return money(place, CURRENCIES[word], last)
    if noun.upos != "NOUN" or not word.isalpha() or not _is_worth_counting(place, noun):
        return None
    return Counted(unit_noun(noun), phrase, last)


def _who(place: Place, noun: Token, phrase: str) -> str:
    """Who the people are and what befell them; the verb right before the number is surer than the tree."""
    of = with_fate(place.line.annotations, noun, phrase)
    if noun.lower in GENERIC and (behind := near_participle(place.line.after(place.line.position_of(noun.end), 1))) is not None:
        return behind
    before = _verb_before(place)
    if before is not None and before not in of.split():
        of = before if noun.lower in GENERIC else f"{phrase} {before}"
    if noun.lower not in GENERIC or of != phrase:
        return of
    if (near := next((fate for w in reversed(place.words_before[-4:]) if (fate := participle(w))), None)) is not None:
        return near
    return "killed" if "toll" in place.line.before(place.first, 24) else of  # "the toll rose to at least 14 people"


def _verb_before(place: Place) -> str | None:
    verb = next((word for word in reversed(place.words_before) if word not in _BOUND_WORDS), None)
    return participle(verb) if verb else None


def _is_worth_counting(place: Place, noun: Token) -> bool:
    """Not "one thing", not "the one way"; a time is no figure."""
    if noun.lemma.lower() in _TIME_UNITS:
        return False
    if place.value == 1:
        return noun.lemma.lower() not in _NO_ONE_THING and place.words_before[-1:] != ["no"] and not _is_determined(place)
    return noun.feats.get("Number") == "Plur" or noun.lower.endswith("s") or noun.lower in _BARE_PLURALS


def _is_determined(place: Place) -> bool:
    before = place.words_before[-1:]
    return bool(before) and before[0] in _DETERMINERS


_REST = frozenset({"more", "other", "another", "additional", "further", "extra"})


def _phrase(tree: Annotations, noun: Token, after: int) -> str:
    """The noun with its modifiers behind the number: "Velmoran women"."""
    beside = tree.children(noun, "amod", "compound", "flat")
    parts = [t for above in beside for t in tree.subtree(above) if after <= t.start < noun.start and t.lower not in _REST]
    start = min((t.start for t in parts), default=noun.start)
    return tree.text[start : noun.end][:80]


def _count_by_verb(place: Place, token: Token) -> Counted | None:
    """ "hospitalised 9", "three were arrested": a bare number of people."""
    tree = place.line.annotations
    fate = fate_of(tree, token)
    return Counted("person", fate, place.last) if fate else None


# ---- without a tree, or where the tree does not tell


def _by_line(place: Place) -> Counted | None:
    words = _words(place.behind)
    for i, (word, length) in enumerate(words):
        last = place.last + length
        if i == 0 and word in _REST:  # "37 million more children"
            continue
        if word in OF_WORDS and (i == 0 or word.endswith("s")):
            return Counted("person", OF_WORDS[word], last)
        if i == 0 and word in PARTICIPLES:
            return Counted("person", word, last)
        if _means_people(place, word, words[i + 1 : i + 2]):
            return Counted("person", _line_people(place, last, word), last)
        token = place.line.token_at(last - 1)
        if _ends_phrase(word, first=i == 0) or (token and " - " not in word and token.upos != "ADP" and _parts(token)):
            break
    plain = [word for word, _ in words]
    if plain[:2] and plain[0] in ("were", "was", "are", "more", "others") and (fate := near_participle(plain[1:4])):
        return Counted("person", fate, place.last)
    alone = not plain or _ends_phrase(plain[0], first=False)
    if (before_it := _fate_before(place)) is not None:
        return before_it
    if (thing := _thing(place, words)) is not None:
        return thing
    crowd = next((w for w in reversed(place.line.before(place.first, 14)) if w in CROWDS or w == "."), ".") if alone else "."
    return Counted("person", CROWDS[crowd], place.last) if crowd in CROWDS else None


def _words(behind: str) -> list[tuple[str, int]]:
    """The next six words, "nato - led" as one, each with the length of the text up to its end."""
    found = islice(re.finditer(r"[^\s-]\S*(?: - [^\W\d_]+)*|\S+", behind), 6)
    return [(match.group(), match.end()) for match in found]


def _ends_phrase(word: str, *, first: bool) -> bool:
    return not word.replace(" - ", "").isalpha() or (word in _STOPS and not (first and word == "of"))


def _means_people(place: Place, word: str, following: list[tuple[str, int]]) -> bool:
    if place.value == 1:
        return word in PEOPLE and word not in PLURALS
    if word in PLURALS:
        return True
    if word.endswith(("ans", "is")) and place.line.written(place.last + 1, place.last + 2)[:1].isupper():
        return True
    if word.endswith(("s", "men")) and PERSON_ENDING.search(word):
        return True
    if word not in PEOPLES:
        return False
    return word.endswith("s") or not following or _ends_phrase(following[0][0], first=False)


def _thing(place: Place, words: list[tuple[str, int]]) -> Counted | None:
    """ "12 armoured vehicles": the first plural among the next three words is what is counted."""
    if place.value == 1 or place.words_before[-1:] in (["the"], ["these"], ["those"], ["top"], ["first"], ["last"]):
        return None
    while words and words[0][0] in ("of", "the", "its", "their", "his", "her"):
        words = words[1:]
    for word, length in words[:3]:
        last = place.last + length
        token = place.line.token_at(last - 1)
        fits = " - " in word or token is None or token.upos in ("X", "NOUN", "PROPN", "ADJ", "NUM")
        if _ends_phrase(word, first=False) or not fits:
            return None
        if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
            unit = singular(word).replace(" - ", "-")
            of = _line_description(place, last, word)
            if word.rsplit(" - ")[-1] in PLURALS:
                return Counted("person", of, last)
            return None if unit in _TIME_UNITS else Counted(unit, of, last)
    return None


def _line_people(place: Place, last: int, word: str) -> str:
    of, before = _line_description(place, last, word), _verb_before(place)
    return f"{of} {before}" if before is not None and word not in GENERIC and before not in of.split() else of


def _line_description(place: Place, last: int, word: str) -> str:
    if word not in GENERIC:
        first = place.last + 1
        words = place.line.text[first:last].split()
        while len(words) > 1 and words[0] in ("of", "more", "other", "them", "us", *_DETERMINERS):
            first += len(words.pop(0)) + 1
        return place.line.written(first, last)
    fate = next((f for w in reversed(place.words_before[-3:]) if (f := participle(w))), None)
    if place.words_before[-1:] == ["of"] and not fate:
        fate = FATES.get(place.words_before[-2] if len(place.words_before) > 1 else "")
    return fate or near_participle(place.line.after(last, 4)) or word
