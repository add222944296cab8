"""Two judgements of one thing that cannot both hold, though nobody denies anything: "the vote was fair", "the vote was rigged".

A judgement is a word of `lexicons/opposed.toml` in what somebody who is named says; a "not" in front turns it round. Two are of one
thing if both speak of the same noun of the pair ("election"; of a crime by whatever name) and their reports tell of the same people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from dragoman.case.charges import lands_in
from dragoman.case.claims import is_denial
from dragoman.case.linking.stems import stem
from dragoman.case.mentions import alike
from dragoman.case.record import Record, StatementMention, Who, days_between
from dragoman.lexicons.load import load
from dragoman.text.report import Span

_DAYS = 45  # between two judgements of one thing
_ONE_STORY = 2  # actors that two reports share
_AHEAD, _BEHIND = 60, 40  # characters around a judgement in which it is turned round or left open
_LONGEST = 800
_MOST = 40
"""Judgements of one report, and things of one kind, that are looked at."""
_LETTERS = re.compile(r"[A-Za-z]+")
_NEXT_NOUN = re.compile(r" ([a-z]+s)\b")
_DETERMINED = re.compile(r"\b(?:the|these|those|this|were|was|are|is|been|have|had|of)\b(?: [\w-]+)?\s*$")
_CLAUSE = re.compile(r"[;:.!?]|, (?:but|and|while|although)\b|\b(?:but|because|although|while)\b")


class Judged(NamedTuple):
    """What somebody says of a thing: `words` as they stand, `side` 0 or 1 of the pair, `of` the stems of what is judged."""

    told: StatementMention
    who: Who
    pair: int
    side: int
    words: str
    of: frozenset[str]


@dataclass
class Opposed:
    """One thing of which two parties judge otherwise: for each side of the pair, what was said, in the record's order."""

    sides: tuple[list[Judged], list[Judged]] = field(default_factory=lambda: ([], []))

    @property
    def told(self) -> list[Judged]:
        """Both sides."""
        return [*self.sides[0], *self.sides[1]]


class _Pair(NamedTuple):
    sides: tuple[re.Pattern[str], re.Pattern[str]]
    of: frozenset[str]
    any_of: bool
    own: bool


def opposed(record: Record) -> list[Opposed]:
    """Everything that two parties judge in opposed ways, in the order in which it was first judged.

    Who changes sides counts by what they said last.
    """
    rows: dict[int, list[Opposed]] = {}
    found: list[Opposed] = []
    for judged in (j for j in _all_judged(record) if not _passes_on(record, j)):
        near = rows.setdefault(judged.pair, [])
        row = next((r for r in reversed(near[-_MOST:]) if _is_one(record, r, judged)), None)
        if row is None:
            row = Opposed()
            near.append(row)
            found.append(row)
        _put(row, judged)
    return [row for row in found if all(row.sides)]


def _put(row: Opposed, judged: Judged) -> None:
    """Adds a judgement; what the same party said before for the other side no longer stands."""
    other = row.sides[1 - judged.side]
    other[:] = [j for j in other if j.who.party != judged.who.party]
    row.sides[judged.side].append(judged)


def _is_one(record: Record, row: Opposed, judged: Judged) -> bool:
    last = row.told[-3:] + row.told[:2]
    return any(_of_one(record, other, judged) for other in last)


def _of_one(record: Record, one: Judged, other: Judged) -> bool:
    """Whether two judgements are of one thing: the same noun, within weeks, in reports of the same people."""
    if not (one.of & other.of or _pairs()[one.pair].any_of) or abs(days_between(one.told.published, other.told.published)) > _DAYS:
        return False
    if _pairs()[one.pair].own and one.side != other.side and not _charges(record, *sorted((one, other), key=lambda j: -j.side)):
        return False
    a, b = one.told.place.report, other.told.place.report
    return a == b or len(record.cast[a] & record.cast[b]) >= _ONE_STORY


def _passes_on(record: Record, judged: Judged) -> bool:
    """Whether a charge is against who tells of it: they only say what others hold ("despite a report that implicates us")."""
    return _pairs()[judged.pair].own and judged.side == 1 and _charges(record, judged, judged)


def _charges(record: Record, charge: Judged, answer: Judged) -> bool:
    """Whether a charge names those who answer it, or people of their state."""
    report, spans = charge.told.place.report, charge.told.statement.content
    named = (a for a in record.actors[report] if any(s.covers(n) for s in spans for n in a.mentions))
    own = {answer.who.party, answer.who.country} - {None}
    if own & lands_in(charge.told.content[:_LONGEST]):
        return True
    return any(own & {who.party, who.country} for a in named if (who := record.who(report, a.id)))


def _all_judged(record: Record) -> Iterable[Judged]:
    for mentions in record.mentions:
        here = [j for told in mentions.statements for j in _judged(record, told)][:_MOST]
        yield from (j for j in here if not _is_quoted(j, here))


def _is_quoted(judged: Judged, others: Sequence[Judged]) -> bool:
    """Whether a judgement stands in somebody else's words that the speaker only passes on."""
    own = judged.told.statement
    return any(
        j.pair == judged.pair
        and j.words == judged.words
        and j.told.place != judged.told.place
        and _holds(own.content, j.told.statement.content)
        for j in others
    )


def _holds(outer: Sequence[Span], inner: Sequence[Span]) -> bool:
    return outer != inner and all(any(o.covers(i) for o in outer) for i in inner)


def _judged(record: Record, told: StatementMention) -> Iterable[Judged]:
    who = record.who(told.place.report, told.statement.speaker)
    if who is None or "JRN" in who.sectors or _open().search(told.cue):
        return
    text = told.content[:_LONGEST]
    said = set(_LETTERS.findall(text))
    if _first_words().isdisjoint(word.lower() for word in said):
        return
    if hoped := _hoping().search(text):
        text = text[: hoped.start()]
        said = set(_LETTERS.findall(text))
    stems = {noun for word in said if (noun := _judged_noun(word))}
    for number, pair in enumerate(_pairs()):
        of = pair.of & stems
        if of and (taken := _said(pair, text, told.cue)):
            yield Judged(told, who, number, *taken, frozenset(of))


def _said(pair: _Pair, text: str, cue: str) -> tuple[int, str] | None:
    """The side of a pair that a text takes, and its words; None if it takes none, or both."""
    taken: dict[int, str] = {}
    for side, pattern in enumerate(pair.sides):
        for match in list(pattern.finditer(text))[:4]:
            ahead = _CLAUSE.split(text[max(0, match.start() - _AHEAD) : match.start()])[-1]
            ahead = _turned("sure").sub(" ", ahead)
            if _open().search(ahead) or _is_of_any(pair, ahead, text[match.end() :]):
                continue
            turned = bool(_turned("before").search(ahead) or _turned("behind").search(text[match.end() : match.end() + _BEHIND]))
            denied = is_denial(cue, "")
            words = match[0].lower()
            taken.setdefault(
                side ^ turned ^ denied, f"denied {words}" if denied and not turned else f"not {words}" if turned and not denied else words
            )
    return next(iter(taken.items())) if len(taken) == 1 else None


def _is_of_any(pair: _Pair, ahead: str, behind: str) -> bool:
    """Whether a judgement is of no one thing: "free and fair elections" are what everybody is for."""
    noun = _NEXT_NOUN.match(behind)
    return noun is not None and _judged_noun(noun[1]) in pair.of and _DETERMINED.search(ahead) is None


def about(record: Record, row: Opposed) -> str | None:
    """The event that a thing is about: the first one told in the sentences of what is said of it; None where there is none."""
    for judged in sorted(row.told, key=lambda j: (j.told.published, j.told.place)):
        spans = judged.told.statement.content
        told = record.told_in.get(judged.told.place.report, ())
        item = next((record.item(e.place) for e in told if any(span.overlaps(e.event.sentence) for span in spans)), None)
        if item:
            return item
    return None


@cache
def _pairs() -> tuple[_Pair, ...]:
    return tuple(
        _Pair(
            (_any(pair["one"]), _any(pair["other"])),
            frozenset(alike(stem(word)) for word in pair["of"]),
            pair.get("any_of", False),
            pair.get("own", False),
        )
        for pair in load("opposed")["pairs"]
    )


@cache
def _first_words() -> frozenset[str]:
    """The words with which judgements begin: what has none of them judges nothing."""
    listed = (judgement for pair in load("opposed")["pairs"] for side in ("one", "other") for judgement in pair[side])
    return frozenset(_LETTERS.findall(judgement)[0].lower() for judgement in listed)


@lru_cache(maxsize=65536)
def _judged_noun(word: str) -> str:
    """The stem of a noun that some pair is of; "" for any other word."""
    noun = alike(stem(word))
    return noun if any(noun in pair.of for pair in _pairs()) else ""


@cache
def _open() -> re.Pattern[str]:
    """As they are written, or with a capital: but "May" is a month."""
    listed = load("opposed")["open"]["words"]
    either = [*listed, *(word.capitalize() for word in listed if word != "may")]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(either, key=len, reverse=True))) + r")\b")


@cache
def _hoping() -> re.Pattern[str]:
    return _any(load("opposed")["open"]["hoping"])


@cache
def _turned(where: str) -> re.Pattern[str]:
    return _any(load("opposed")["turned"][where])


def _any(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)
