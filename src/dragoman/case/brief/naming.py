"""How somebody is called in a sentence of the brief: by their name in the case where the report's sentence names them, else in its words.

That "the government" is Cuba's is a reading that may be wrong; the sentence then says “the government”, in quotation marks. A pronoun
is shown beside the name that it was read as.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from dragoman.case.brief.material import Material
from dragoman.case.brief.quoting import quoted, unmarked
from dragoman.case.judgements import Place
from dragoman.case.linking.stems import rarity, stem, words
from dragoman.lexicons.load import load, words_of
from dragoman.reading.entries import Actor, Kind
from dragoman.reading.wording import mid_sentence, one_line, shortened
from dragoman.text.report import Span

How = Literal["name", "words", "pronoun", "person", "nobody"]
_LONGEST = 80
_BACK = 800  # characters before a pronoun in which its person is looked for
_QUOTED = re.compile(r"\"[^\"\n]{0,700}\"|\u201c[^\u201d\n]{0,700}\u201d")
_STOP = re.compile(r"[.!?][\"\u201d]?\s+")
_COMMON = 3.75  # rarity below which a word is no name
_NOT_PLURAL = re.compile(r"(?:ss|us|is|ics)$")


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody in a sentence: the words for them, where the report's sentence names them, and how it does.

    `how` is "name", "words" (a description), "pronoun" ("he", "she"), "person" where a person has said who it is, or "nobody": a word
    that is read wrongly too often to name anybody ("it", "which"), or an adjective ("the American plane").
    """

    words: str
    span: Span
    how: How
    plural: bool


def called(material: Material, place: Place, entry: str, within: Span) -> list[Called]:
    """How somebody is called at each place where a stretch of a report names them, in text order; [] if it does not."""
    actor = material.actor(place.report, entry)
    if actor is None:
        return []
    item = material.record.item(Place(place.report, entry)) if not _is_item(entry) else entry
    name = unmarked(material.name(item) or shortened(one_line(actor.name), _LONGEST))
    if _is_item(entry):
        return [Called(_with_article(name, "", actor.kind), Span(within.start, within.start), "person", _is_plural(actor, name))]
    text = material.text(place.report)
    spans = [span for span in actor.mentions if within.covers(span)]
    found = [_called(actor, name, text, span) for span in sorted(spans)]
    return [
        replace(one, how="nobody") if one.how == "pronoun" and _meant(material, place.report, one.span) != entry else one for one in found
    ]


def _meant(material: Material, report: str, pronoun: Span) -> str | None:
    """Whom "he" most likely means: who is named first in the nearest sentence before it that names a person outside quotations.

    The reading has its own mind on that; a sentence of ours needs both to agree.
    """
    start = max(0, pronoun.start - _BACK)
    told = _QUOTED.sub(
        lambda match: " " * (len(match[0]) - 1) + ("." if match[0][-2] in ".!?" else " "), material.text(report)[start : pronoun.start]
    )
    begins = [0, *(match.end() for match in _STOP.finditer(told))]
    named = sorted(
        (span.start - start, actor.id) for actor in material.everybody(report) if actor.kind == "person"
        for span in actor.mentions if start <= span.start < pronoun.start and _is_named(told[span.start - start : span.end - start])
    )  # fmt: skip
    for begin in reversed(begins):
        if first := next((entry for at, entry in named if at >= begin), None):
            return first
    return None


def _is_named(words: str) -> bool:
    return any(word[:1].isupper() and word.lower().strip(".,'’") not in words_of("brief", "names", "pronouns") for word in words.split())


def listed(who: Iterable[Called]) -> str:
    """ "the Soviet Union and Cuba"."""
    found = list(dict.fromkeys(one.words for one in who))
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def _is_item(entry: str) -> bool:
    return entry[:1] == "A"


def _called(actor: Actor, name: str, text: str, span: Span) -> Called:
    found = unmarked(one_line(text[span.start : span.end]))
    before = one_line(text[max(0, span.start - 14) : span.start])
    plural, first = _is_plural(actor, found), found.split(" ")[0].lower()
    if _is_adjective(found, text[span.end : span.end + 30]) or (" " in found and first in words_of("brief", "names", "pronouns")):
        return Called(found, span, "nobody", plural)
    if found.lower().strip(".,'’") in words_of("brief", "names", "pronouns"):
        how: How = (
            "pronoun"
            if found.lower() in ("he", "she") and _names(one_line(actor.name), name, actor.kind) and name[:1].isupper()
            else "nobody"
        )
        return Called(f"{_with_article(name, '', actor.kind)} ({quoted(found.lower())})", span, how, plural)
    article = _article(before, found)
    if _names(found, name, actor.kind):
        given = article if found.split()[-1:] == name.split()[-1:] and _takes_article(name, actor.kind) else ""
        return Called(_with_article(name, given, actor.kind), span, "name", plural)
    bare = re.sub(r"^(?:the|an?) ", "", found, flags=re.IGNORECASE)
    return Called(quoted(shortened(article + _lowered(bare, actor.kind), _LONGEST)), span, "words", plural)


def _article(before: str, found: str) -> str:
    """ "the ", "a ", "at least " ..., as the report's words have it; "" where they have none."""
    match = re.match(r"(the|an?) ", found, re.IGNORECASE) or re.search(r"\b(the|an?)$", before, re.IGNORECASE)
    if match is None and found[:1].isdigit():
        match = re.search(rf"\b({'|'.join(sorted(words_of('brief', 'names', 'amounts'), key=len, reverse=True))})$", before, re.IGNORECASE)
    return f"{match[1].lower()} " if match else ""


def _names(found: str, name: str, kind: Kind) -> bool:
    """Whether words name whom the case calls so: they share a word with a capital letter, or are the same description."""
    if found.lower().removeprefix("the ") == name.lower().removeprefix("the "):
        return True
    if kind not in ("person", "group") and {word for word in found.split() if word.islower()} - words_of("brief", "names", "beside"):
        return False  # "the government of southern Norland" is not Norland
    own = {word.stem for word in words(name[:200]) if word.capital}
    return any(word.capital and word.stem in own for word in words(found[:200]))


def _is_adjective(found: str, behind: str) -> bool:
    """Whether a word only tells whose or what: "American" in "the American plane", "Kabila" in "Kabila's rebels", "U" in "U-2"."""
    noun = re.match(r" [a-z]+", behind)
    whose = behind.startswith(("'s", "’s", "-", "\u2011")) or len(found) < 2
    return whose or (found in peoples() and noun is not None and not found.endswith("s"))


@cache
def peoples() -> frozenset[str]:
    """The adjectives of peoples: "Rwandan"."""
    return frozenset(word for state in load("states")["states"].values() for word in state.get("people", ()))


def _with_article(name: str, article: str, kind: Kind) -> str:
    bare = re.sub(r"^(?:the|an?) ", "", name, flags=re.IGNORECASE)
    if bare in words_of("brief", "names", "articles"):
        return f"the {bare}"
    return article + _lowered(bare, kind)


def _takes_article(name: str, kind: Kind) -> bool:
    """Whether a name may have the article that the report gives it: those of persons and states have none."""
    return kind not in ("person", "country") or not _is_proper(name) or name in peoples()


def _is_proper(name: str) -> bool:
    """Whether every word of a name begins with a capital."""
    return all(word[:1].isupper() for word in name.split()) and (" " in name or _is_name(name))


def _lowered(name: str, kind: Kind) -> str:
    """A description as it stands inside a sentence: "Officials", as a report begins with it, becomes "officials"."""
    first, _, rest = name.partition(" ")
    described = rest == rest.lower() if rest else kind == "group"
    alone = kind == "group" and not rest and first.endswith("s") and not _is_people(first)
    return mid_sentence(name) if (_is_name(first) and not alone) or not described else first.lower() + name[len(first) :]


def _is_name(word: str) -> bool:
    """Whether a word with a capital would have it anywhere: common words have it only where a sentence begins."""
    known = _is_people(word) or word.isupper() or word.endswith(("'s", "’s"))
    return known or rarity(stem(word)) >= _COMMON


def _is_people(word: str) -> bool:
    return word in peoples() or word.removesuffix("s") in peoples()


def _is_plural(actor: Actor, found: str) -> bool:
    last = (found.lower().split() or [""])[-1].strip(".,'’")
    if last in words_of("brief", "names", "plural") or last in ("they", "we", "them", "us"):
        return True
    return actor.kind == "group" and last.endswith("s") and not _NOT_PLURAL.search(last)
