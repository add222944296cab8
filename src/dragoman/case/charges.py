"""Where the charge stands that a denial answers without repeating it, and whose it is.

"Denied the charges" points to a charge told shortly before; "denied any role" to whatever the same report tells against the one who denies.
"Dismissed Sudian reports of shelling" names in its own sentence whose account it is that is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache

from dragoman.case.mentions import phrase_in
from dragoman.case.record import EventMention, Record, StatementMention, Who
from dragoman.lexicons.load import words_of
from dragoman.reading.actors.states import land_named
from dragoman.text.report import Span

NEAR = 500
"""Characters between a charge and the sentence that denies "the charge"."""
_FAR, _AFTER = 1500, 400
"""The same for "any role", and for a charge that is told behind it."""
_CLOSE = 70  # characters in front of a word of denial, or behind it, in which the noun for a charge stands
_OWNED = 30  # characters between a name and the noun for what it says: "Sudian army reports"
_CAPITAL = re.compile(r"\b[A-Z][\w\u2019'-]*(?: [A-Z][\w\u2019'-]*){0,2}")
_SMALL = r"(?:any|all|having|had|played|a|an|the|direct|its|his|her|their|personal|official|such|of|ever|responsible|being) "
_BETWEEN = re.compile(r"(?:['\u2019]s?)? (?:(?!for |of |to |by |that |in |and |with |against |over |on )[\w-]+ ){0,2}$")
_TOLD = re.compile(r"\w*(?: (?:\w+ ){0,2}?(?:of|that|saying|claiming|about|alleging|suggesting|in which|he|she|it|they)\b)")


def denies_part(behind: str) -> bool:
    """Whether what stands behind a word of denial says only that somebody had no part in something: "any role", "involvement"."""
    return _part().match(behind) is not None


def points_to_charge(before: str) -> bool:
    """Whether the noun for a charge stands right in front of its denial: "a charge rejected by", "accusations that were dismissed"."""
    return _in_front().search(before[-_CLOSE:]) is not None


def answers_beside(charge: EventMention, denial: EventMention, behind: str) -> bool:
    """Whether a charge stands where a denial that does not repeat it would point to."""
    back = denial.event.trigger.start - charge.event.trigger.start
    if phrase_in(denial.sentence, "denials", "charges") and 0 < back <= NEAR:
        return True
    return denies_part(behind) and -_AFTER <= back <= _FAR


def is_against(record: Record, charge: EventMention, parties: Set[str]) -> bool:
    """Whether a charge is against one of some parties: it is done to them, or its sentence names them behind the word for it."""
    if parties & {who.party for who in record.recipients(charge)}:
        return True
    rest = Span(charge.event.trigger.end, max(charge.event.trigger.end, charge.event.sentence.end))
    return bool(parties & set(parties_in(record, charge.place.report, (rest,)))) or bool(parties & lands_in(_behind(charge)))


def parties_in(record: Record, report: str, spans: Iterable[Span]) -> Iterable[str]:
    """The parties that are named in some stretches of a report."""
    covered = tuple(spans)
    named = (a for a in record.actors.get(report, ()) if any(s.covers(n) for s in covered for n in a.mentions))
    return (who.party for a in named if (who := record.who(report, a.id)))


def lands_in(text: str) -> frozenset[str]:
    """The country codes of the states that a text names, also by their peoples: "Sudian involvement"."""
    found = (land_named(part) for match in _CAPITAL.finditer(text[:600]) for part in (match[0], *match[0].split()))
    return frozenset(land[0].country for land in found if land and land[0].country)


def told_against(record: Record, told: StatementMention, denial: EventMention, parties: Set[str]) -> bool:
    """Whether a statement shortly before a denial charges those who deny: it names them, and speaks of guilt or of what is denied."""
    gap = denial.event.sentence.start - told.statement.content[-1].end
    if not 0 <= gap <= NEAR or not (
        parties & set(parties_in(record, told.place.report, told.statement.content)) or parties & lands_in(told.content)
    ):
        return False
    shared = (told.words & denial.words) - record.name_stems
    if told_charge(denial.sentence.partition(denial.trigger)[2]):
        return len(shared) > 1
    return bool(shared) or phrase_in(told.content, "denials", "blaming")


def told_charge(behind: str) -> re.Match[str] | None:
    """The noun for a charge behind a word of denial, if it is told there what the charge is: "reports of a massacre"."""
    noun = _nouns().search(behind[:_CLOSE])
    return noun if noun and _TOLD.match(behind, noun.end()) else None


def owner(record: Record, denial: EventMention, behind: str, noun: re.Match[str]) -> Who | None:
    """Who stands right in front of the noun for a charge: "Sudian reports", "Ilva's claims"; None if it is nobody's who is named."""
    before = behind[: noun.start()]
    end, report = denial.event.trigger.end, denial.place.report
    spans = [(s.end - end, a.id) for a in record.actors.get(report, ()) for s in a.mentions if 0 < s.end - end <= noun.start()]
    for at, actor in sorted(spans, reverse=True)[:1]:
        if noun.start() - at <= _OWNED and _BETWEEN.match(before[at:] if before[at:] else " "):
            return record.who(report, actor)
    lands = lands_in(before[-_OWNED:])
    return next((who for who in record.people.values() if who.kind == "country" and who.country in lands), None) if lands else None


def _behind(mention: EventMention) -> str:
    return mention.sentence.partition(mention.trigger)[2]


@cache
def _part() -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, words_of("case", "denials", "part")))
    return re.compile(rf"\W*(?:{_SMALL}){{0,4}}(?:{nouns})\b")


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + _charges() + r")\b")


@cache
def _in_front() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + _charges() + r")\b,?(?: (?:which|that))?(?: (?:was|were|is|are|has|have|had|been|be|\w+ly)){0,4}\s*$")


def _charges() -> str:
    return "|".join(map(re.escape, sorted(words_of("case", "denials", "charges"), key=len, reverse=True)))
