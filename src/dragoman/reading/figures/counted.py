"""What a number counts: money, a measure, people, things; from the words beside it and, where there is one, the tree.

People of any description have the unit "person" and keep the description in `of` ("detainees", "Velmoran women
arrested"); things have their noun in the singular as unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import load
from dragoman.reading.numerals import either
from dragoman.reading.surface import Line

_LEXICON = load("units")
_MEASURES: dict[str, str] = _LEXICON["measures"]
_CURRENCIES: dict[str, str] = _LEXICON["currencies"]
_SIGNS: dict[str, str] = _LEXICON["currency_signs"]
_CONTEXT: dict[str, list[str]] = _LEXICON["context"]
_OF_WORDS: dict[str, str] = _LEXICON["people"]["of_words"]
_DONE_TO: dict[str, str] = _LEXICON["done_to"]
_CROWDS: dict[str, str] = _LEXICON["people"]["crowds"]
_FATES: dict[str, str] = _LEXICON["people"]["fates"]
_ONLY_PEOPLE = frozenset(_LEXICON["people"]["befalls_only_people"])
_PARTICIPLES = frozenset(_DONE_TO.values()) | {"dead", "missing", "hurt"}
_NOUNS: list[str] = _LEXICON["people"]["nouns"]
_PLURALS = frozenset(_LEXICON["people"]["plurals"]) | {
    noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith(("s", "sh", "ch")) else "s") for noun in _NOUNS
}
_PEOPLE = _PLURALS | frozenset(_NOUNS)

SIGN = either(_SIGNS)
MONEY_OR_MEASURE = either([*_CURRENCIES, *_MEASURES])
_UNIT = re.compile(rf"(?P<hyphen> -)? (?P<word>{MONEY_OR_MEASURE})(?!\S)")
_PERSON_ENDING = re.compile(
    r"(?:[^s]ians?|(?:[^l]|al|ol)ists?|[a-z]{3}(?<!speci)(?<!regi)m[ae]n)$(?<!wrists)(?<!twists)(?<!wrist)(?<!twist)"
)
_GENERIC = frozenset({"people", "person", "persons", "us", "them", "others", "other", "more"})
_AMBIGUOUS = frozenset({"won", "real", "mark", "marks", "rand", "dong", "lira", "m", "ha", "degree", "degrees", "foot"})
_WEIGHED = re.compile(r" of (?!aid\b|investments?\b|debt\b|loans?\b|credits?\b)[a-z]+")
_SCORE_NOUNS = frozenset(_CONTEXT["scores"])
_NAMING = frozenset(_CONTEXT["naming"])
_DETERMINERS = frozenset(_CONTEXT["determiners"])


class Counted(NamedTuple):
    """What is counted: `unit` and `of` as in a Figure; its words end at `last`; `factor` is 0.01 for cents."""

    unit: str | None
    of: str | None
    last: int
    factor: float = 1


@dataclass(frozen=True)
class Place:
    """A number at positions `[first, last)` of the line, its (upper) value and the currency of a sign before it."""

    line: Line
    first: int
    last: int
    value: int | float
    currency: str | None

    @property
    def behind(self) -> str:
        """Up to 80 characters of the line behind the number, not across a break."""
        return self.line.text[self.last : self.last + 80].split("\n")[0]

    @property
    def words_before(self) -> list[str]:
        """Up to six atoms before the number, of the same sentence where a full stop tells."""
        words = self.line.before(self.first, 6)
        stops = [i for i, word in enumerate(words) if word in (".", ";") and words[i - 1 : i] != ["no"]]
        return words[stops[-1] + 1 :] if stops else words


def sign_currency(line: Line, first: int, sign: str) -> str | None:
    """The currency of a sign that stands before position `first`; "C$" must be written so, "a $5 loan" is no AUD."""
    begin = first - len(sign) - 1
    written = line.written(begin, first - 1)
    letters = [c for c in written if c.isalpha()]
    if letters and not (letters[0].isupper() and (len(letters) > 1 or " " not in written)):
        return None
    return _SIGNS[sign]


def counted(place: Place) -> Counted | None:
    """What the number counts, or None if it counts nothing that can be named."""
    if place.currency:
        return _money(place, place.currency, place.last)
    unit = _UNIT.match(place.line.text, place.last)
    if unit and (found := _unit(place, unit)):
        return found
    if place.behind.startswith(" - strong "):  # "the 500-strong garrison"
        last = place.last + len(" - strong")
        return Counted("person", _what_for(place.line, last), last)
    if _is_label(place) or _is_age(place) or (place.value == 1 and place.behind.startswith(" of ")):
        return None
    return _by_tree(place) or _by_line(place)


# ---- money and measures


def _money(place: Place, currency: str, last: int) -> Counted:
    code = _of_country(place.line, currency.removesuffix("-cent"))
    if place.currency and (named := _UNIT.match(place.line.text, last)) and named["word"] in _CURRENCIES:
        last = named.end()
    return Counted(code, _what_for(place.line, last, "of|in|worth of"), last, 0.01 if currency.endswith("-cent") else 1)


def _of_country(line: Line, code: str) -> str:
    """Which peso, dinar or rupee: that of the country which the report names most; the usual one if it names none."""
    stems: dict[str, str] = _LEXICON["shared_currencies"].get(code, {})
    counts = {stem: line.text.count(stem) for stem in stems}
    most = max(counts, key=lambda stem: counts[stem], default="")
    return stems[most] if counts.get(most) else code


def _unit(place: Place, unit: re.Match[str]) -> Counted | None:
    word, last, line = unit["word"], unit.end(), place.line
    token = line.token_at(unit.start("word"))
    if word in _AMBIGUOUS and (unit["hyphen"] or (token is not None and token.upos not in ("NOUN", "X", "SYM"))):
        return None
    if word in ("pound", "pounds") and (unit["hyphen"] or _WEIGHED.match(line.text, last)):
        return Counted("pound", _what_for(line, last), last)
    if word in _CURRENCIES and word not in _MEASURES:
        return _money(place, _CURRENCIES[word], last)
    return Counted(_MEASURES[word], _what_for(line, last), last)


_BOUND_WORDS = frozenset(
    ("at", "least", "most", "more", "than", "fewer", "less", "up", "to", "as", "many", "about", "around", "some", "nearly", "over")
)
_STOPS = frozenset(_CONTEXT["stops"])
_TIME_UNITS = frozenset(_CONTEXT["time_units"])


_NO_OBJECT = frozenset({"VERB", "AUX", "ADP", "PRON", "ADV", "DET", "NUM"})


def _what_for(line: Line, last: int, links: str = "of") -> str | None:
    """What an amount is of: "barrels of Velmoran cider", "$3 billion in loans", "a $5 million loan"."""
    link = re.match(rf" (?:{links}) (?:the |its |their |his |her |a |an )?", line.text[last : last + 24])
    begin = last + link.end() if link else last + 1
    rest = line.text[begin : begin + 80].split("\n")[0]
    words: list[str] = []
    position = begin
    for word in rest.split()[: 5 if link else 2]:
        token = line.token_at(position)
        if word != "'" and (not word.isalpha() or word in _STOPS or (token is not None and token.upos in _NO_OBJECT)):
            break
        words.append(word)
        position += len(word) + 1
    if words[-1:] == ["'"]:
        position -= len(" '")
        words.pop()
    if not words or (not link and not _ends_in_noun(line, position)):
        return None
    if link and link.group().startswith(" in ") and line.written(begin, begin + 1)[:1].isupper():
        return None  # "$5 million in Paris"
    return line.written(begin, position - 1)


def _ends_in_noun(line: Line, position: int) -> bool:
    token = line.token_at(position - 2)
    return token is not None and token.upos == "NOUN"


# ---- what is no quantity


def _is_label(place: Place) -> bool:
    """ "Boeing 747", "AK-47", "Article 5", "six-nation", "3rd", "a 3-1 win": the number names or ranks."""
    line, before = place.line, place.words_before
    text = line.annotations.text
    span = line.span(place.first, place.last)
    last = before[-1] if before else ""
    if text[span.start - 1 : span.start].isalpha() or text[span.end : span.end + 1].isalpha() or last in _NAMING or last in ("#", "/"):
        return True
    if len(before) > 1 and (last == "-" or (last == "." and before[-2] == "no")) and text[span.start - 1] in "-\u2010\u2011\u2013.":
        return True
    behind = place.behind
    if re.match(r" -(?: |$)| (?:st|nd|rd|th) | / |: [0-9]| : [0-9]", behind + " ") and not re.match(r" - (?:[^a-z]|$)", behind):
        return True
    if " - " in line.text[place.first : place.last] and behind.split()[:1] and behind.split()[0] in _SCORE_NOUNS:
        return True
    return _after_name(place) and line.text[place.first].isdigit() and not _plural_follows(place)


def _after_name(place: Place) -> bool:
    token = place.line.token_at(max(place.first - 2, 0)) if place.first else None
    if token is None or not token.text[:1].isupper():
        return False
    return token.upos in ("PROPN", "X") and token.index > 0 and bool(place.words_before)


def _plural_follows(place: Place) -> bool:
    return any(w in _PEOPLE or (w.endswith("s") and len(w) > 3) for w in place.behind.split()[:3] if w.isalpha())


def _is_age(place: Place) -> bool:
    """ "Brandt, 61, said", "aged 30", "30 years old", "the man (45)"."""
    if not isinstance(place.value, int) or place.value > 120:
        return False
    before, behind = place.words_before, place.behind.split()[:3]
    if before[-1:] in (["aged"], ["age"]) or behind[:2] == ["years", "old"] or behind[:3] == ["-", "year", "-"]:
        return True
    if not place.line.text[place.first].isdigit() or before[-1:] not in ([","], ["("]):
        return False
    return not behind or behind[0] in (
        ",",
        ".",
        ")",
        ";",
        ":",
        "and",
        "who",
        "was",
        "from",
        "of",
        "told",
        "said",
        '"',
        "-",
    )


# ---- people and things


def _by_tree(place: Place) -> Counted | None:
    line = place.line
    token = line.token_at(place.last - 2 if place.last - place.first > 1 else place.first)
    if token is None or token.upos in ("X", ""):
        return None
    tree = line.annotations
    if (fate := _fate_behind(place)) is not None:
        return fate
    noun = _noun(tree, token)
    if noun is not None:
        return _count(place, noun)
    return _count_by_verb(place, _top(tree, token))


_WITHIN_NUMBERS = frozenset({"compound", "nummod", "conj", "flat", "fixed", "nmod", "dep"})


def _fate_behind(place: Place) -> Counted | None:
    """ "15 wounded": the participle stands for the people, unless a noun follows it ("15 wounded men")."""
    words = place.behind.split()[:1]
    if not words or words[0] not in _PARTICIPLES:
        return None
    last = place.last + 1 + len(words[0])
    after = place.line.token_at(last + 1)
    stands_behind = after is not None and after.start > place.line.span(place.last, last).end
    if after is not None and stands_behind and after.upos in ("NOUN", "PROPN", "ADJ"):
        return None
    return Counted("person", _OF_WORDS.get(words[0], words[0]), last)


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
        and 0 < head.index - token.index < 7
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
    if _is_person(tree, noun, word):
        of = _described(tree, noun, phrase)
        before = next((fate for w in reversed(place.words_before[-4:]) if (fate := _participle(w))), None)
        return Counted("person", before if before and of == phrase and word in _GENERIC else of, last)
    if noun.upos == "NOUN" and _fate(tree, noun) in _ONLY_PEOPLE:
        return Counted("person", _described(tree, noun, phrase), last)
    if word in _MEASURES:
        return Counted(_MEASURES[word], _what_for(line, last), last)
    if word in _CURRENCIES and word not in _AMBIGUOUS:
        return _money(place, _CURRENCIES[word], last)
    if noun.upos != "NOUN" or not word.isalpha() or not _is_worth_counting(place, noun):
        return None
    return Counted(_unit_noun(noun), phrase, last)


def _unit_noun(noun: Token) -> str:
    """Its singular: the lemma where the word is an irregular plural, else by rule, for a learned lemma may be no word."""
    lemma, word = noun.lemma.lower(), noun.lower
    if word.endswith("s") and not (lemma and word == lemma + "es"):
        return _singular(word)
    return lemma or word


def _is_person(tree: Annotations, noun: Token, word: str) -> bool:
    if word in _PEOPLE or word in _OF_WORDS or (noun.upos == "NOUN" and noun.lemma.lower() in _PEOPLE):
        return True
    if noun.text[:1].isupper():  # "three Palestinians", "12 Iraqis"
        name = tree.name_at(noun)
        named = name is not None and name.kind == "NATIONALITY" and word.endswith("s")
        if named or word in _CONTEXT["peoples"] or word.endswith(("ans", "is")):
            return True
    return bool(_PERSON_ENDING.search(word))


def _is_worth_counting(place: Place, noun: Token) -> bool:
    """Not "one thing", nor the known "two sides" of a text."""
    plural = noun.feats.get("Number") == "Plur" or noun.lower.endswith("s")
    if (not plural and place.value != 1) or noun.lemma.lower() in _TIME_UNITS:
        return False
    before = place.words_before[-1:]
    return place.value != 1 and not (before and before[0] in _DETERMINERS and place.value < 10)


_REST = frozenset({"more", "other", "another", "additional", "further", "extra"})


def _phrase(tree: Annotations, noun: Token, after: int) -> str:
    """The noun with its modifiers behind the number: "Velmoran women"."""
    beside = tree.children(noun, "amod", "compound", "flat")
    parts = [t for above in beside for t in tree.subtree(above) if after <= t.start < noun.start and t.lower not in _REST]
    start = min((t.start for t in parts), default=noun.start)
    return tree.text[start : noun.end][:80]


def _described(tree: Annotations, noun: Token, phrase: str) -> str:
    """Who the people are and what befell them: "killed", "detainees", "women arrested"."""
    if noun.lower in _OF_WORDS:
        return _OF_WORDS[noun.lower]
    fate = _fate(tree, noun) or _fate_beside(tree, noun)
    if noun.lower in _GENERIC:
        return fate or phrase
    return f"{phrase} {fate}" if fate and fate not in phrase else phrase


def _fate_beside(tree: Annotations, noun: Token) -> str | None:
    """ "left 12 people wounded", "the 11 miners killed in the attack"; "the massacre of 31 people"."""
    after = tree.tokens[noun.index + 1] if noun.index + 1 < len(tree.tokens) else None
    if after is not None and after.lower in _PARTICIPLES and after.feats.get("VerbForm") != "Fin":
        return _OF_WORDS.get(after.lower, after.lower)
    case, above = tree.child(noun, "case"), tree.head(noun)
    if case is not None and case.lower == "of" and above is not None:
        return _FATES.get(above.lower)
    return None


def _fate(tree: Annotations, token: Token) -> str | None:
    """The participle of the verb whose object (or passive subject) the token is, if it is one that counts people."""
    for clause in tree.children(token, "acl"):
        active = clause.feats.get("VerbForm") == "Ger" or (clause.relation == "acl:relcl" and not tree.children(clause, "aux:pass"))
        if not active and (fate := _DONE_TO.get(clause.lemma) or _participle(clause.lower)):
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
        between = (_participle(t.lower) for t in tree.tokens[token.index + 1 : head.index] if t.upos in ("VERB", "ADJ"))
        if (first := next(filter(None, between), None)) is not None:
            return first
    if passive or token.relation == "obj":
        return _DONE_TO.get(head.lemma) or _participle(head.lower) or (_OF_WORDS.get(head.lower) if passive else None)
    return None


def _count_by_verb(place: Place, token: Token) -> Counted | None:
    """ "hospitalised 9", "three were arrested": a bare number of people."""
    tree = place.line.annotations
    fate = _fate(tree, token)
    return Counted("person", fate, place.last) if fate else None


# ---- without a tree, or where the tree does not tell


def _by_line(place: Place) -> Counted | None:
    words = _words(place.behind)
    before = place.words_before
    for i, (word, length) in enumerate(words):
        last = place.last + length
        if word in _OF_WORDS and (i == 0 or word.endswith("s")):
            return Counted("person", _OF_WORDS[word], last)
        if i == 0 and word in _PARTICIPLES:
            return Counted("person", word, last)
        if _means_people(place, word, words[i + 1 : i + 2]):
            return Counted("person", _line_description(place, last, word), last)
        token = place.line.token_at(last - 1)
        if _ends_phrase(word, first=i == 0) or (token and " - " not in word and token.upos != "ADP" and _parts(token)):
            break
    plain = [word for word, _ in words]
    if plain[:2] and plain[0] in ("were", "was", "are", "more", "others") and (fate := _near_participle(plain[1:4])):
        return Counted("person", fate, place.last)
    alone = not plain or _ends_phrase(plain[0], first=False)
    verb = next((word for word in reversed(before) if word not in _BOUND_WORDS), None)  # "wounded at least 30"
    if verb and alone and (fate := _participle(verb)):
        return Counted("person", fate, place.last)
    if (thing := _thing(place, words)) is not None:
        return thing
    crowd = next((w for w in reversed(place.line.before(place.first, 14)) if w in _CROWDS or w == "."), ".") if alone else "."
    return Counted("person", _CROWDS[crowd], place.last) if crowd in _CROWDS else None


def _words(behind: str) -> list[tuple[str, int]]:
    """The next six words, "nato - led" as one, each with the length of the text up to its end."""
    found = islice(re.finditer(r"[^\s-]\S*(?: - [^\W\d_]+)*|\S+", behind), 6)
    return [(match.group(), match.end()) for match in found]


def _ends_phrase(word: str, *, first: bool) -> bool:
    return not word.replace(" - ", "").isalpha() or (word in _STOPS and not (first and word == "of"))


def _means_people(place: Place, word: str, following: list[tuple[str, int]]) -> bool:
    if place.value == 1:
        return word in _PEOPLE and word not in _PLURALS
    if word in _PLURALS:
        return True
    if word.endswith(("ans", "is")) and place.line.written(place.last + 1, place.last + 2)[:1].isupper():
        return True
    if word.endswith(("s", "men")) and _PERSON_ENDING.search(word):
        return True
    if word not in _CONTEXT["peoples"]:
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
            unit = _singular(word).replace(" - ", "-")
            of = _line_description(place, last, word)
            if word.rsplit(" - ")[-1] in _PLURALS:
                return Counted("person", of, last)
            return None if unit in _TIME_UNITS else Counted(unit, of, last)
    return None


def _singular(word: str) -> str:
    """ "countries" -> "country", "churches" -> "church", "vehicles" -> "vehicle"."""
    if word in _CONTEXT["plain_ies"]:
        return word.removesuffix("s") if word not in ("series", "species") else word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _line_description(place: Place, last: int, word: str) -> str:
    if word not in _GENERIC:
        first = place.last + 1
        words = place.line.text[first:last].split()
        while len(words) > 1 and words[0] in ("of", "more", "other", "them", "us", *_DETERMINERS):
            first += len(words.pop(0)) + 1
        return place.line.written(first, last)
    fate = next((f for w in reversed(place.words_before[-3:]) if (f := _participle(w))), None)
    if place.words_before[-1:] == ["of"] and not fate:
        fate = _FATES.get(place.words_before[-2] if len(place.words_before) > 1 else "")
    return fate or _near_participle(place.line.after(last, 4)) or word


def _near_participle(words: list[str]) -> str | None:
    return next((_OF_WORDS.get(w, w) for w in words if w in _PARTICIPLES), None)


def _participle(word: str) -> str | None:
    """ "killing", "kills", "killed" -> "killed"."""
    if word in _PARTICIPLES:
        return word
    for stem in (word.removesuffix("ing"), word.removesuffix("s")):
        if stem != word and (found := _DONE_TO.get(stem) or _DONE_TO.get(stem + "e")):
            return found
    return None
