"""Numbers whose noun stands elsewhere: "to 9,100", "12 of them", "from 1.74 billion", "thousands fled", "16 against".

What the figure before has told is carried on within a sentence; a conversion in brackets is of what the amount before it
is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dragoman.language.annotations import Token
from dragoman.lexicons.load import load
from dragoman.reading.figures.amounts import LENGTHS
from dragoman.reading.figures.labels import is_age, is_label
from dragoman.reading.figures.measured import LEVELS, described, thing_counted, top_of
from dragoman.reading.figures.people import CROWDS, is_person, participle
from dragoman.reading.figures.place import Amount, Counted, Place
from dragoman.reading.figures.things import unit_noun
from dragoman.reading.surface import Line

_LEXICON = load("units")
_RELATIVE = frozenset({"percent", "percentage point", "basis point"})
_INDICES = frozenset(_LEXICON["measured"]["indices"])
_BODIES = frozenset(_LEXICON["people"]["bodies"])
_PARALLEL = frozenset(_LEXICON["measured"]["parallel"])
_FLOCKING = frozenset(_LEXICON["people"]["flocking"])
_ANAPHOR = re.compile(r" of (?:them|whom|who|these|those|which|us)(?!\S)")
_VOTES = re.compile(r" (?:votes? )?(?:in favou?r|for|against|to|abstentions?|abstaining)(?!\S)")
_TO_A_LEVEL = re.compile(r" (?:to|at|by|from|reached|reaching|below|above|over|hit|was|is|of|than|near|under)(?: [a-z]+){0,2} $")
_BOUNDED = re.compile(r"\b(?:as (?:many|high) as|at least|at most|up to|about|some|around|nearly|almost)$")
_US = re.compile(r" us(?: \)| |$)")
_DOLLARS = frozenset(_LEXICON["shared_currencies"]["USD"].values()) | {"USD"}
_BRACKET = re.compile(r"[,\s]*(?:[(\[]|\bor\b)[\s\w]{0,14}")
Found = tuple[Amount, Counted]


def completed(line: Line, found: Iterable[tuple[Amount, Counted | None]]) -> Iterator[Found]:
    """The figures among the numbers in text order, each with what it counts; numbers that count nothing are left out."""
    before: Found | None = None
    for amount, what in found:
        near = before if before is not None and _same_sentence(line, before[0], amount) else None
        if what is None:
            what = _by_its_place(amount, near, before)
        elif near is not None:
            what = _carried(line, amount, what, near)
        if what is not None:
            before = (amount, what)
            yield before


def _same_sentence(line: Line, one: Amount, other: Amount) -> bool:
    first, second = line.token_at(one.place.first), line.token_at(other.place.first)
    if first is None or second is None:
        return "\n" not in line.text[one.last : other.first] and " . " not in line.text[one.last : other.first]
    return first.sentence == second.sentence


def _carried(line: Line, amount: Amount, what: Counted, near: Found) -> Counted:
    """ "776 billion kwacha (194 million dollars)"; "59 percent of the vote to 37 percent for the leftist"."""
    gap = line.annotations.text[line.span(near[0].first, near[1].last).end : line.span(amount.first, amount.last).start]
    if what.unit != "person" and near[1].unit != "person" and (near[1].of or what.unit in LENGTHS) and _BRACKET.fullmatch(gap):
        return what._replace(of=near[1].of)
    if what.of is None and what.unit == near[1].unit:
        return what._replace(of=near[1].of)
    return what


def _by_its_place(amount: Amount, near: Found | None, before: Found | None) -> Counted | None:
    place = amount.place
    if (vote := _vote(place)) is not None:
        return vote
    if near is not None and _US.match(place.behind) and near[1].unit in _DOLLARS:
        return Counted("USD", near[1].of, place.last + len(" us"))
    if before is not None and _ANAPHOR.match(place.behind):
        return _some_of(place, before)
    if is_label(place) or is_age(place):
        return None
    return _by_subject(place, near, before) or _by_number_of(place) or _by_measure(place, near)


def _vote(place: Place) -> Counted | None:
    """ "voted by 577 in favour and 16 against"."""
    if not _VOTES.match(place.behind) or not isinstance(place.value, int):
        return None
    words = place.line.before(place.first, 12)
    return Counted("vote", None, place.last) if any(w in ("vote", "votes", "voted", "voting", "ballot") for w in words) else None


def _some_of(place: Place, before: Found) -> Counted | None:
    """ "12 of them", "23 of whom": of what was counted before."""
    match = _ANAPHOR.match(place.behind)
    last = place.last + (match.end() if match else 0)
    what = before[1]
    if what.unit is None or what.unit in _RELATIVE or what.unit.isupper():
        return None
    return Counted(what.unit, what.of, last)


def _by_subject(place: Place, near: Found | None, before: Found | None) -> Counted | None:
    """ "thousands demonstrated", "two escaped": a bare number that acts is of people."""
    token = _top(place)
    above = place.line.annotations.head(token) if token is not None else None
    if token is not None and above is not None and above.lower == "total":  # "a total of 1.2 million died"
        token = above
    if token is None or token.relation not in ("nsubj", "nsubj:pass") or place.behind.startswith(" of "):
        return None
    verb = place.line.annotations.head(token)
    if verb is None or verb.upos != "VERB" or verb.index < token.index:
        return None
    if verb.lemma.lower() in _FLOCKING or (before is not None and before[1].unit == "person" and _has_gone_on(place, before)):
        if token.relation == "nsubj:pass":
            return Counted("person", participle(verb.lower) or verb.lower, place.last)
        return Counted("person", _same_people(near), place.last)
    return None


def _same_people(near: Found | None) -> str:
    """Whom the figure before counts, without what befell those."""
    words = (near[1].of or "").split() if near is not None and near[1].unit == "person" else []
    return " ".join(w for w in words if participle(w) is None) or "people"


def _has_gone_on(place: Place, before: Found) -> bool:
    first, second = place.line.token_at(before[0].place.first), place.line.token_at(place.first)
    return first is not None and second is not None and second.sentence - first.sentence <= 1


def _by_number_of(place: Place) -> Counted | None:
    """ "brought the number of states hit by the flu to 14"."""
    begin = max(0, place.first - 160)
    text = place.line.text[begin : place.first]
    found = text.rfind(" number of ")
    if found < 0 or " . " in text[found:] or not _TO_A_LEVEL.search(text):
        return None
    link = place.line.token_at(begin + found + len(" number "))
    noun = place.line.annotations.head(link) if link is not None else None
    return _of_number(place, noun) if link is not None and noun is not None and 0 < noun.index - link.index < 8 else None


def _by_measure(place: Place, near: Found | None) -> Counted | None:
    """ "the number of states rose to 14", "the index ended at 12,307", "sales rose to 2 billion dollars from 1.7 billion"."""
    before = place.words_before[-1:]
    parallel = bool(before) and before[0] in _PARALLEL
    noun = _measured(place, _top(place), parallel=parallel)
    if noun is not None and (found := _of_noun(place, noun)) is not None:
        return found
    bounded = _BOUNDED.search(" ".join(place.words_before)) and near is not None and near[1].unit == "person"
    if near is None or not (parallel or bounded) or place.behind.startswith((" of ", " for ")) or not _fits(place, near):
        return None
    return near[1]._replace(last=place.last, factor=1)


def _measured(place: Place, token: Token | None, *, parallel: bool) -> Token | None:
    """The noun whose size the bare number is: where it stands behind such a word, as an object, or as "the 13,000 mark"."""
    if token is None:
        return None
    tree, level = place.line.annotations, place.line.annotations.head(token)
    is_level = level is not None and level.lower in LEVELS and token.relation == "nummod"
    return thing_counted(tree, token) if parallel or is_level or token.relation in ("obj", "xcomp") else None


def _of_noun(place: Place, noun: Token) -> Counted | None:
    tree, word = place.line.annotations, noun.lower
    if word in _INDICES:
        return Counted("point", described(tree, noun), place.last)
    if word in CROWDS:
        return Counted("person", CROWDS[word], place.last)
    if word in _BODIES and not noun.text[:1].isupper():
        return Counted("person", described(tree, noun), place.last)
    above = tree.head(noun)
    counts = above is not None and above.lemma.lower() == "number" and noun.relation.split(":")[0] == "nmod"
    return _of_number(place, noun) if counts else None


def _of_number(place: Place, noun: Token) -> Counted | None:
    tree, word = place.line.annotations, noun.lower
    if not word.isalpha() or noun.upos not in ("NOUN", "ADJ", "PROPN"):
        return None
    return Counted("person" if is_person(tree, noun, word) else unit_noun(noun), described(tree, noun), place.last)


def _fits(place: Place, near: Found) -> bool:
    """Whether a bare number can be of the unit before: a like size, no year; "rose 3 percent to 5.2" is no percentage."""
    if near[1].unit is None or near[1].unit in _RELATIVE:
        return False
    one, other = place.value, near[0].place.value
    return one > 0 and other > 0 and 0.001 < one / other < 1000 and not (1900 <= one <= 2100 and place.line.text[place.first].isdigit())


def _top(place: Place) -> Token | None:
    return top_of(place.tokens(place.last))
