"""Whether the words of a mention tell where its act took place, or only name a place.

A reading gives the place that stands with an act ("in Basra", "on Cuba"). Not each is where it happened: sanctions are imposed on a
country from elsewhere, and what somebody condemns, welcomes or demands stands in other places than they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.case.places import names
from dragoman.case.record import EventMention
from dragoman.reading.actors.states import land_named
from dragoman.reading.wording import one_line

_IN_WORDS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE"})
_BY_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
_BEFORE = re.compile(
    r".*\b(in|at|near|outside|inside|around|across|throughout|off|on|to|into|of|with|for|from|against|over)\b(?:\W+\w+){0,4}\W*$", re.I
)
_IN_PLACE = frozenset({"in", "at", "near", "outside", "inside"})
_COURT = frozenset({"court", "trial", "tribunal", "judge", "judges", "hearing"})
"""What one stands before, so that the words are told where it is: "appeared before a court in Paris"."""
_MOST_OPENING, _MOST_BETWEEN, _MOST_BEFORE_COURT = 4, 1, 4  # words


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the words for a place stand in the sentence of a mention (-1: nowhere), and the preposition before them."""

    sentence: str
    start: int
    end: int
    preposition: str


def standing(mention: EventMention, words: str) -> Standing:
    """The place of the words in the sentence; of several the one nearest to the trigger."""
    sentence, trigger = one_line(mention.sentence), one_line(mention.trigger)
    at = sentence.find(trigger) if trigger else -1
    places = list(_starts(sentence, words))
    if not places:
        return Standing(sentence, -1, -1, "")
    start = min(places, key=lambda place: abs(place - at))
    before = _BEFORE.search(sentence[max(0, start - 60) : start])
    return Standing(sentence, start, start + len(words), before[1].lower() if before else "")


def _starts(sentence: str, words: str) -> Iterator[int]:
    """Where the words stand as words of their own."""
    start = sentence.find(words) if words else -1
    while start >= 0:
        if not (sentence[start - 1 : start].isalnum() or sentence[start + len(words) : start + len(words) + 1].isalnum()):
            yield start
        start = sentence.find(words, start + 1)


def not_there(mention: EventMention, stands: Standing, words: str) -> str:
    """Why the words do not tell where the act took place; "" where they may."""
    if stands.start < 0:
        return ""
    kind = mention.event.type
    land = land_named(words)
    if land and land[1] == "name" and stands.preposition == "at" and kind not in _BY_FORCE:
        return f"nothing takes place “at” a country: {words} says whose it is"
    if land and stands.preposition in ("on", "against") and kind not in _BY_FORCE:
        return f"{words} is whom it is aimed at"
    if kind in _IN_WORDS and not _said_there(stands, one_line(mention.trigger)):
        return f"{words} is named in what is said; where it was said is not told"
    return ""


def _said_there(stands: Standing, trigger: str) -> bool:
    """Whether an act done in words is told of the place: "In Paris, he condemned", "condemned in Paris that"."""
    at = stands.sentence.find(trigger) if trigger else -1
    if at < 0:
        return False
    if stands.start < at:
        opens = len(stands.sentence[: stands.start].split()) <= _MOST_OPENING or "," in stands.sentence[stands.end : stands.end + 40]
        return stands.preposition in _IN_PLACE and opens
    between = [word.lower().strip(",") for word in stands.sentence[at + len(trigger) : stands.start].split()]
    most = _MOST_BEFORE_COURT if _COURT.intersection(between) else _MOST_BETWEEN
    return stands.preposition in _IN_PLACE and len(between) <= most + 1  # the preposition is one of them


def widened(stands: Standing, words: str) -> str:
    """The longest name of a land around the words: "Guinea" in "Papua New Guinea" is that."""
    if stands.start < 0:
        return words
    for land in names.lands(stands.sentence):
        if land.use == "name" and land.start <= stands.start and land.end >= stands.end and land.end - land.start > len(words):
            return stands.sentence[land.start : land.end]
    return words


_FINER = re.compile(
    r"\b(?:in|at|near|outside|inside|around|from|of|to|off|left|reached|entered|captured|seized|took|visited)\s+"
    r"([A-Z\u00c0-\u00de][\w'\u2019-]+(?:[ -][A-Z\u00c0-\u00de][\w'\u2019-]+){0,2})(?:,| in)\s+(?:the\s+)?$"
)


def finer(stands: Standing) -> str:
    """The town right before the words: "Goma" in "left Goma in eastern Zaire"; "" where there is none."""
    if stands.start < 0:
        return ""
    found = _FINER.search(stands.sentence[max(0, stands.start - 60) : stands.start])
    return found[1] if found else ""


_QUARTER = re.compile(
    r"\s+(?:(?:district|quarter|neighbou?rhood|suburb|slum|section|street|camp|village)\s+(?:of|in|near|outside)|in)\s+(?:(?:the\s+)?[a-z]+\s+){0,3}"
    r"([A-Z\u00c0-\u00de][\w'\u2019-]+(?:[ -][A-Z\u00c0-\u00de][\w'\u2019-]+){0,2})"
)


def around(stands: Standing) -> str:
    """The town in which a quarter or a village is told to lie: "Izmir" in "the Alsan quarter of Izmir"; "" where none is told."""
    found = _QUARTER.match(stands.sentence[stands.end : stands.end + 90]) if stands.start >= 0 else None
    return found[1] if found else ""
