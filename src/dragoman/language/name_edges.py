"""Names mended at their edges: what stands beside a name can tell where it ends better than the network does.

The network decides word by word. What a name is made of is often told by one word beside it: a state behind a town ("Reno Nevada" are two
places), the noun that every such name ends with ("Ramstein Air" and then "Base"), the possessive of a house that is called by its owner
("at Mario's"). The rules were found on one half of the dev file of UNER's English and checked on the other (training/LOG.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from dragoman.language.annotations import Name, Token
from dragoman.lexicons.load import load, words_of

_LEXICON = "name_edges"
_POSSESSIVE = ("'s", "\u2019s")
_OWNERS = ("PERSON", "PLACE", "FACILITY", "ORGANIZATION")


def mended(text: str, tokens: Sequence[Token], names: Iterable[Name]) -> list[Name]:
    """The names of `text` in the order of the text, none over another; a name of two places becomes two."""
    ordered = sorted(names, key=lambda name: name.start)
    found: list[Name] = []
    for number, name in enumerate(ordered):
        free = ordered[number + 1].first if number + 1 < len(ordered) else len(tokens)
        found += _town_and_state(tokens, _longer(text, tokens, name, free))
    return found


def _longer(text: str, tokens: Sequence[Token], name: Name, free: int) -> Name:
    """The name with the words behind it that belong to it; token `free` is the first that belongs to another."""
    sentence = [token for token in tokens[name.last : min(free, name.last + 3)] if token.sentence == tokens[name.first].sentence]
    if not sentence:
        return name
    if sentence[0].lower == "'s" and sentence[0].text in _POSSESSIVE:
        return _house(tokens, name, sentence)
    if sentence[0].text == "." and len(sentence) > 1 and tokens[name.last - 1].text in words_of(_LEXICON, "stopped"):
        return _up_to(name, sentence[0]) if sentence[0].start == name.end else name
    return _headed(text, name, sentence)


def _house(tokens: Sequence[Token], name: Name, behind: Sequence[Token]) -> Name:
    """ "Ray's Pizza", and "at Mario's" where nothing is his: a house is called by its owner."""
    if name.kind not in _OWNERS:
        return name
    if len(behind) > 1 and behind[1].lower in words_of(_LEXICON, "houses"):
        return replace(_up_to(name, behind[1]), kind="ORGANIZATION" if name.kind == "PERSON" else name.kind)
    there = name.kind == "PERSON" and name.first > 0 and tokens[name.first - 1].lower in words_of(_LEXICON, "before_a_house")
    ends = len(behind) == 1 or behind[1].lower in words_of(_LEXICON, "behind_a_house")
    return replace(_up_to(name, behind[0]), kind="FACILITY") if there and ends else name


def _headed(text: str, name: Name, behind: Sequence[Token]) -> Name:
    """The name with the noun that ends it, at most one other word with a capital between them."""
    if name.kind not in _OWNERS:
        return name
    for at, token in enumerate(behind[:2]):
        near = text[behind[at - 1].end if at else name.end : token.start] == " "
        if not near or not token.text[:1].isupper():
            return name
        if (kind := _heads().get(token.text)) is not None:
            return replace(_up_to(name, token), kind=kind)
    return name


def _town_and_state(tokens: Sequence[Token], name: Name) -> list[Name]:
    """A town with its state behind it, as two places."""
    last, before = tokens[name.last - 1], tokens[name.last - 2]
    if name.kind != "PLACE" or name.last - name.first < 2 or before.lower in words_of(_LEXICON, "parts_of_states"):
        return [name]
    if last.lower not in words_of(_LEXICON, "us_states") and last.text not in words_of(_LEXICON, "us_states_short"):
        return [name]
    if any(not token.text[0].isalnum() for token in tokens[name.first : name.last]):
        return [name]
    town = replace(name, end=before.end, last=before.index + 1)
    return [town, replace(name, start=last.start, first=last.index)]


def _up_to(name: Name, token: Token) -> Name:
    return replace(name, end=token.end, last=token.index + 1)


@cache
def _heads() -> dict[str, str]:
    return {word: kind for kind, words in load(_LEXICON)["heads"].items() for word in words}
