"""What is only said, and denied by somebody else: which statements a denial answers.

A denial answers what stands in front of it in its own sentence ("..., a charge denied by Sudia"), what is told of the deniers in the
sentence before ("Sudia denies this"), what they are charged with beside an insistence ("insists that its plant is for power"), and
what others say of them elsewhere in like words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from dragoman.case.charges import denies_part, points_to_charge, told_against
from dragoman.case.judgements import Place
from dragoman.case.likeness import likeness
from dragoman.case.linking.stems import rarity
from dragoman.case.mentions import phrase_in, says
from dragoman.case.record import EventMention, Record, StatementMention, days_between

_ANSWERED = 45  # days within which something is denied
_ALIKE = 0.34
_RARE = 3.0
_MOST, _KEYS = 40, 6
_NEXT = 160  # characters between what is charged or said and the sentence that answers it
_IN_FRONT = 60
_REJECTS = 40  # characters behind "rejected" in which the charge stands that is rejected
_CLAIM_FOR = re.compile(r"\b(?:claims?|suggestions?) (?:(?:for|to)\b|that [^,;.]{1,60}?\b(?:should|must|ought)\b)")
_THIS = re.compile(r"\s*(?:this|that|it|so|doing so|having done so)\b(?=\s*(?:[,.;:]|$|and\b|but\b))")
_NOT = re.compile(r"\b(?:not|never|no|none|nobody|nor|neither)\b|n['\u2019]t\b", re.IGNORECASE)


def is_denial(cue: str, sentence: str) -> bool:
    """Whether a cue denies what is said: "denied", "rejected the charge", "a charge rejected by"; a claim "for" something is a demand."""
    if says(cue.split(), "denials", "words"):
        return True
    rest = sentence.partition(cue)[2] if cue else ""
    if not cue or not says(cue.split(), "denials", "rejections"):
        return False
    if points_to_charge(sentence.partition(cue)[0]) or denies_part(rest):
        return True
    return phrase_in(f"{cue} {rest[:_REJECTS]}", "denials", "charges") and _CLAIM_FOR.search(rest[: 3 * _REJECTS]) is None


def behind(mention: EventMention) -> str:
    """What stands in a mention's sentence behind the word for the act."""
    return mention.sentence.partition(mention.trigger)[2]


def insists(mention: EventMention) -> bool:
    """Whether somebody holds against others that something is so."""
    return mention.event.type == "REJECT" and mention.by_word is not None and says(mention.trigger.split(), "denials", "insisting")


class Claims:
    """The statements of a record, by report and by their rare words."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._told = {m.report.id: m.statements for m in record.mentions}
        self._of_party: dict[str, list[str]] = {}
        for who in record.people.values():
            self._of_party.setdefault(who.party, []).append(who.id)
        self._by_word: dict[str, list[StatementMention]] = {}
        for told in record.statements:
            for word in told.words - record.name_stems:
                if rarity(word) >= _RARE:
                    self._by_word.setdefault(word, []).append(told)

    def denied(self, denial: EventMention, parties: Set[str]) -> list[StatementMention]:
        """What others say that `parties` deny in a mention, in the order of the record."""
        here = (told for told in self._told.get(denial.place.report, ()) if not _tells(told, denial))
        beside = [told for told in here if self._by_others(told, parties)]
        if insists(denial):
            return [told for told in beside if says(told.cue.split(), "denials", "charging") and self._is_next(told, denial, parties)]
        if denial.event.type == "REJECT" and _THIS.match(behind(denial)):
            return [told for told in beside if 0 <= _gap(told, denial) <= _NEXT][-1:]
        charges = denial.event.type == "REJECT" and phrase_in(denial.sentence, "denials", "charges")
        in_front = [told for told in beside if charges and _in_front(told, denial)]
        pointing = denial.event.type == "REJECT" and (charges or denies_part(behind(denial)))
        before = [
            told for told in beside if pointing and told_against(self._record, told, denial, parties) and not _NOT.search(told.content)
        ]
        return in_front or before[-1:] or self._elsewhere(denial, parties)

    def _elsewhere(self, denial: EventMention, parties: Set[str]) -> list[StatementMention]:
        said = self._said(denial).difference(
            *(self._record.stems_of(who) for party in parties for who in self._of_party.get(party, ())[:_MOST])
        )
        found: dict[Place, StatementMention] = {}
        for word in sorted(said, key=lambda w: (-rarity(w), w))[:_KEYS]:
            found.update((told.place, told) for told in self._by_word.get(word, ())[-_MOST:])
        alike = (told for told in found.values() if self._is_of(told, denial, said) and self._by_others(told, parties))
        return sorted((told for told in alike if self._names(told, parties)), key=lambda told: (told.published, told.place))

    def _said(self, denial: EventMention) -> frozenset[str]:
        """What is denied, without names."""
        acts = frozenset[str]() if denial.event.type == "REJECT" else denial.words_of_act
        return (denial.matter | acts) - self._record.name_stems

    def _is_of(self, told: StatementMention, denial: EventMention, said: Set[str]) -> bool:
        """Whether a statement asserts what is denied, earlier or on the day: two words besides names are shared."""
        if not 0 <= days_between(told.published, denial.published) <= _ANSWERED or _NOT.search(told.content):
            return False
        shared = likeness(told.words - self._record.name_stems, said)
        return shared.score >= _ALIKE and len(shared.shared) > 1

    def _by_others(self, told: StatementMention, parties: Set[str]) -> bool:
        """Whether somebody else than `parties` says it, and does not deny it."""
        speaker = self._record.who(told.place.report, told.statement.speaker)
        if speaker is None or speaker.party in parties or says(told.cue.split(), "denials", "words"):
            return False
        return not told.content.rstrip('"\u201d ').endswith("?") and not phrase_in(told.content, "denials", "clearing")

    def _is_next(self, told: StatementMention, denial: EventMention, parties: Set[str]) -> bool:
        """Whether a statement about `parties` stands in the sentence before a denial, or right behind it."""
        return max(_gap(told, denial), told.statement.content[0].start - denial.event.sentence.end) <= _NEXT and self._names(told, parties)

    def _names(self, told: StatementMention, parties: Iterable[str]) -> bool:
        spans, report = told.statement.content, told.place.report
        named = (a for a in self._record.actors.get(report, ()) if any(s.covers(n) for s in spans for n in a.mentions))
        return bool(set(parties) & {who.party for a in named if (who := self._record.who(report, a.id))})


def _gap(told: StatementMention, denial: EventMention) -> int:
    """Characters from the end of a statement to the sentence of a denial; negative if it ends in it or behind."""
    return denial.event.sentence.start - told.statement.content[-1].end


def _tells(told: StatementMention, denial: EventMention) -> bool:
    """Whether a statement only passes the denial on: "the ministry rejected the claim, according to Novara Press"."""
    return any(span.covers(denial.event.trigger) for span in told.statement.content)


def _in_front(told: StatementMention, denial: EventMention) -> bool:
    content, sentence, trigger = told.statement.content, denial.event.sentence, denial.event.trigger
    return all(sentence.start <= s.start and s.end <= trigger.start for s in content) and trigger.start - content[-1].end <= _IN_FRONT
