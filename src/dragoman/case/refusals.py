"""What one side asks, plans or offers and another refuses: two positions on what is to come, though nobody denies a fact.

Whose it is that is refused stands in the refusal's own sentence ("rejected Ilva's call for elections"), shortly before it ("rejected
the idea"), or is told elsewhere in like words. To refuse a comment, an answer or one's name takes no side in anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from dragoman.case.claims import behind, is_denial
from dragoman.case.denials import claimant, rejecting, stance
from dragoman.case.judgements import Place
from dragoman.case.likeness import closeness
from dragoman.case.linking.stems import rarity, stem
from dragoman.case.mentions import phrase_in, says, telling_words
from dragoman.case.record import EventMention, Record, Who, days_between, set_against
from dragoman.lexicons.load import words_of
from dragoman.text.report import Span

_ANSWERED = 45  # days within which something is refused
_DAYS = 20  # the same where nothing but one or two words tells what
_MOST, _KEYS = 60, 6
_RARE = 3.0
_OF_THEM, _OF_ANYBODY = 0.34, 0.5
"""Likeness from which something is what is refused: if it is theirs who are named in the refusal; if nobody is."""
_ONE_MATTER, _OTHERS = 0.34, 0.4
_SILENT = 45  # characters behind a refusal in which that stands which is no position ("declined to comment")
_OBJECT = 60  # characters behind a refusal in which it is told whose demand or plan is refused
_ONE_STORY = 2  # actors that the reports share in which both sides of a war are told to stop, and one of them refuses
_BESIDE = 400  # characters between a plan and the sentence in which "the plan" is refused
_WORDS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT"})
_PENDING = frozenset({"planned", "promised", "demanded"})
_CLAUSE_END = re.compile(r"[;:.!?\u2014\u201d\"]|, (?!and\b)|--| but | while | although ")
_AGAINST_PLAN = re.compile(r"\W*(?:[\w'\u2019-]+ ){0,7}?(?:plan|decision|call|proposal|move|demand|ultimatum|threat|intention|bid)s?\b")
_BY_WHOM = re.compile(r" (?:made |put forward |from |launched )?(?:by|from) (?:the |a |an )?")
_NAME = r"[A-Z][\w\u2019'-]*(?: [A-Z][\w\u2019'-]*){0,3}"
_WHOSE = re.compile(rf"^\W*(?:(?:a|an|the|any|all|this|new) )?{_NAME}(?: (?!for |of |to |by |that |in |and )[\w-]+){{0,2}} $")
_BARE = re.compile(r"\s*(?:$|[.,;:]|and\b|because\b|according to\b)")
_POINTS_BACK = re.compile(r"\W*(?:\w+ )?(?:the|that|this|such|his|her|its|their) (?:\w+ )??(\w+)\W")


@dataclass
class Refused:
    """A matter that is to be for some and not for others: who wants it in which mention, who refuses it in which."""

    about: str
    held: dict[Place, Wanted] = field(default_factory=dict)
    against: dict[Place, EventMention] = field(default_factory=dict)
    refusers: dict[Place, Who] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


class Wanted(NamedTuple):
    """A mention in which somebody asks, plans or offers something."""

    mention: EventMention
    maker: Who


def refused(record: Record) -> list[Refused]:
    """Every matter that one party wants and others refuse, in the order of the refusals; what is refused again is told once."""
    index = _Pending(record)
    found: list[Refused] = []
    by_party: dict[str, list[Refused]] = {}
    of_wanted: dict[Place, Refused] = {}
    for refusal in record.events:
        refuser = _refuser(record, refusal)
        wanted = index.refused_by(refusal) if refuser else []
        if refuser is None or not wanted:
            continue
        words = _said(record, refusal).union(*(index.words(w.mention) for w in wanted))
        rows = by_party.setdefault(refuser.party, [])
        row = next((r for r in rows if _is_one(r, wanted, words, refusal)), None)
        row = row or next((of_wanted[w.mention.place] for w in wanted if w.mention.place in of_wanted), None)
        if row is None:
            row = Refused(record.item(wanted[0].mention.place))
            found.append(row)
        if all(r is not row for r in rows):
            rows.append(row)
        row.held.update((w.mention.place, w) for w in wanted)
        row.against[refusal.place] = refusal
        row.refusers[refusal.place] = refuser
        row.words |= words
        of_wanted.update((w.mention.place, row) for w in wanted)
    return found


def _is_one(row: Refused, wanted: Sequence[Wanted], words: frozenset[str], refusal: EventMention) -> bool:
    """Whether what is refused is a matter that is known already: the same demand, one in like words, or "this idea" of the same people."""
    if any(w.mention.place in row.held for w in wanted):
        return True
    makers = {w.maker.party for w in row.held.values()} & {w.maker.party for w in wanted}
    again = makers and _POINTS_BACK.match(behind(refusal)) and any(place.report == refusal.place.report for place in row.against)
    return bool(again) or closeness(row.words, words).score >= (_ONE_MATTER if makers else _OTHERS)


def _refuser(record: Record, mention: EventMention) -> Who | None:
    """Who refuses something in a mention; None if nobody does, if it is a charge that is denied, or only words that are refused."""
    event = mention.event
    if event.status == "denied" and event.type not in _WORDS and stance(record, mention) == "refused":
        speaker = claimant(record, mention).speaker
        return next((who for who in record.initiators(mention) if speaker and who.party == speaker.party), None)
    if event.status not in ("occurred", "ongoing"):
        return None
    if _denounces(mention):
        return next(iter(record.initiators(mention)), None)
    if event.type != "REJECT":
        return None
    if not phrase_in(mention.trigger, "refusals", "against") and not says(mention.trigger.split(), "refusals", "against"):
        return None
    if is_denial(mention.trigger, mention.sentence) or phrase_in(behind(mention)[:_SILENT], "refusals", "silent"):
        return None
    return next(iter(rejecting(record, mention)), None)


def _denounces(mention: EventMention) -> bool:
    """Whether somebody speaks against what another means to do: "denounced the decision to send troops"."""
    if mention.event.type != "ACCUSE" or mention.event.mode != "disapprove":
        return False
    return _AGAINST_PLAN.match(behind(mention)) is not None


def _said(record: Record, refusal: EventMention) -> frozenset[str]:
    """The telling words of what is refused, without names: the clause behind the refusal; the act that somebody says they will not do."""
    if refusal.event.status == "denied":
        return (refusal.matter | refusal.words_of_act) - record.name_stems
    return telling_words(_CLAUSE_END.split(behind(refusal)[:240], 1)[0]) - record.name_stems


class _Pending:
    """What is asked, planned or offered, by its words and by its report."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._by_word: dict[str, list[EventMention]] = {}
        self._in_report: dict[str, list[EventMention]] = {}
        self._of_sentence: dict[tuple[str, Span], list[EventMention]] = {}
        self._asked: dict[tuple[str, str], list[EventMention]] = {}
        for mention in record.events:
            self._of_sentence.setdefault((mention.place.report, mention.event.sentence), []).append(mention)
            if mention.event.mode and (mention.event.status == "demanded" or self._is_asked_for(mention)):
                self._asked.setdefault((mention.event.type, mention.event.mode), []).append(mention)
            if self.maker(mention) is not None:
                self._in_report.setdefault(mention.place.report, []).append(mention)
                for word in self.words(mention):
                    self._by_word.setdefault(word, []).append(mention)

    def maker(self, mention: EventMention) -> Who | None:
        """Who asks, plans or offers something in a mention; None if it is nothing of the kind, or nobody's."""
        record, event = self._record, mention.event
        if event.type == "REQUEST" and event.status != "hypothetical":
            return next(iter(record.initiators(mention)), None)
        asked = self._is_asked_for(mention)
        if (event.status not in _PENDING and not asked) or event.type == "REJECT":
            return None
        speaker = claimant(record, mention).speaker
        if event.status == "demanded" or asked:
            return speaker
        return next(iter(record.initiators(mention)), speaker)

    def _is_asked_for(self, mention: EventMention) -> bool:
        """Whether an act stands right behind the words that ask for it: "called for a truce"."""
        voice = mention.voices[-1] if mention.voices else None
        if voice is None or mention.event.type == "REQUEST" or mention.event.status not in ("occurred", "ongoing", "hypothetical"):
            return False
        cue = self._record.cue(mention.place.report, voice.id)
        near = mention.event.trigger.start - max((s.end for s in voice.cue), default=mention.event.trigger.start - _OBJECT)
        return 0 <= near < _OBJECT and says(cue.split(), "refusals", "asking")

    def words(self, mention: EventMention) -> frozenset[str]:
        """What is asked, planned or offered."""
        return (mention.matter | mention.words_of_act) - self._record.name_stems

    def refused_by(self, refusal: EventMention) -> list[Wanted]:
        """What a refusal is of, all of it by one party: what its own sentence tells, what it points back to, what is told in like words."""
        record = self._record
        against = rejecting(record, refusal)
        bare = refusal.event.status == "denied"
        said, cores = _said(record, refusal), self._cores(refusal)
        owner = None if bare else self._owner(refusal, against)
        beside = self._others(self._in_report.get(refusal.place.report, ()), against)
        told = [w for w in beside if not bare and _is_object(refusal, w.mention)]
        if owner is not None and not told:
            told = [Wanted(m, owner) for m in cores] or ([Wanted(refusal, owner)] if self._is_told_whose(refusal) else [])
        told = told or _last(
            w for w in beside if _points_to(refusal, w.mention) or self._answers(refusal, w) or self._is_named(refusal, said, w)
        )
        if refusal.event.type == "ACCUSE" and not told:
            return []
        party = next((w.maker.party for w in told), owner.party if owner else "")
        parties = {who.party for who in against}
        near = [w for w in self._others(self._near(refusal, said, cores), against) if w.maker.party not in parties]
        alike = [w for w in near if self._is_wanted(refusal, said, cores, w, party)]
        party = party or next((w.maker.party for w in alike), "")
        mine = [w for w in (*told, *alike) if w.maker.party == party]
        return list({w.mention.place: w for w in mine}.values())

    def _answers(self, refusal: EventMention, wanted: Wanted) -> bool:
        """Whether a bare refusal ("but the miners refused") follows what was asked of those who refuse."""
        event = wanted.mention.event
        if not _BARE.match(behind(refusal)) or (event.type != "REQUEST" and event.status != "demanded"):
            return False
        gap = refusal.event.trigger.start - event.trigger.end
        asked = {who.party for who in (*self._record.recipients(wanted.mention), *self._record.initiators(wanted.mention))}
        return 0 <= gap <= _BESIDE // 2 and bool(asked & {who.party for who in rejecting(self._record, refusal)})

    def _is_named(self, refusal: EventMention, said: Set[str], wanted: Wanted) -> bool:
        """Whether a refusal names the demand of the same report by its noun and what it is for: "rejected calls for a withdrawal"."""
        noun = _objects().search(behind(refusal)[:_OBJECT])
        if noun is None or wanted.mention.event.type != "REQUEST" or stem(noun[0]) != stem(wanted.mention.trigger.split(" ")[0]):
            return False
        return any(rarity(word) >= _RARE for word in (said & self.words(wanted.mention)) - {stem(noun[0])})

    def _others(self, mentions: Iterable[EventMention], against: Sequence[Who]) -> list[Wanted]:
        """What others than those who refuse ask or plan; a newspaper asks for nothing."""
        wanted = [Wanted(m, who) for m in mentions if (who := self.maker(m))]
        others = (w for w in wanted if all(set_against(w.maker, who) for who in against))
        return [w for w in others if "JRN" not in w.maker.sectors]

    def _cores(self, refusal: EventMention) -> list[EventMention]:
        """The acts that are refused, in the refusal's own clause."""
        if refusal.event.status == "denied":
            return [refusal]
        there = self._of_sentence.get((refusal.place.report, refusal.event.sentence), ())
        return [m for m in there if m.place != refusal.place and m.event.type != "REJECT" and _is_object(refusal, m)]

    def _owner(self, refusal: EventMention, against: Sequence[Who]) -> Who | None:
        """Whose demand or plan it is: who is named last in front of the word for it ("refused the council's demand")."""
        noun = _objects().search(behind(refusal)[: 2 * _OBJECT])
        if noun is None or noun.start() > _OBJECT:
            return None
        end, report = refusal.event.trigger.end, refusal.place.report
        spans = [(s.start - end, a.id) for a in self._record.actors.get(report, ()) for s in a.mentions]
        of_whom = _BY_WHOM.match(behind(refusal), noun.end())
        behind_noun = [actor for at, actor in spans if of_whom and of_whom.end() - 4 <= at <= of_whom.end() + 4]
        before = [(at, actor) for at, actor in spans if 0 <= at < noun.start()]
        actor = behind_noun[0] if behind_noun else max(before)[1] if before else None
        who = self._record.who(report, actor)
        return who if who and all(set_against(who, other) for other in against) else None

    def _is_told_whose(self, refusal: EventMention) -> bool:
        """Whether a name stands right in front of the noun for what is refused, or "by" behind it: it is theirs beyond doubt."""
        rest = behind(refusal)
        noun = _objects().search(rest[:_OBJECT])
        return noun is not None and (_WHOSE.search(rest[: noun.start()]) is not None or _BY_WHOM.match(rest, noun.end()) is not None)

    def _near(self, refusal: EventMention, said: Set[str], cores: Sequence[EventMention]) -> Iterable[EventMention]:
        """What was asked or planned within weeks before, and shares a rare word with what is refused."""
        found: dict[Place, EventMention] = {}
        for word in sorted(said, key=lambda w: (len(self._by_word.get(w, ())), -rarity(w), w))[:_KEYS]:
            if rarity(word) >= _RARE:
                found.update((m.place, m) for m in self._by_word.get(word, ())[-_MOST:])
        for core in cores:
            found.update((m.place, m) for m in self._asked.get((core.event.type, core.event.mode or ""), ())[-_MOST:])
        return (m for m in found.values() if abs(days_between(m.published, refusal.published)) <= _ANSWERED)

    def _is_wanted(self, refusal: EventMention, said: Set[str], cores: Sequence[EventMention], wanted: Wanted, party: str) -> bool:
        """Whether something that is told elsewhere is what is refused. `party` is whose it is; without it only demands count."""
        event = wanted.mention.event
        if (wanted.mention.place.report, event.sentence) == (refusal.place.report, refusal.event.sentence):
            return False
        if cores and event.type != "REQUEST" and event.type not in {m.event.type for m in cores}:
            return False
        if any(self._is_asked(core, wanted.mention) for core in cores):
            return not party or wanted.maker.party == party
        shared = closeness(said, self.words(wanted.mention))
        if party:
            enough = len(shared.shared) > 1 or shared.score >= _OF_ANYBODY
            return wanted.maker.party == party and shared.score >= _OF_THEM and enough
        asked = event.type == "REQUEST" or event.status == "demanded"
        return asked and ((shared.score >= _OF_ANYBODY and len(shared.shared) > 1) or self._is_all(refusal, wanted))

    def _is_all(self, refusal: EventMention, wanted: Wanted) -> bool:
        """Whether all that is refused, in however few words, was asked for days before among the same people: "inspections"."""
        there, here = self._record.cast[wanted.mention.place.report], self._record.cast[refusal.place.report]
        if not 0 <= days_between(wanted.mention.published, refusal.published) <= _DAYS or len(there & here) < _ONE_STORY:
            return False
        whole = telling_words(_infinitive(_CLAUSE_END.split(behind(refusal)[:240], 1)[0])) - self._record.name_stems
        asked = self.words(wanted.mention) - wanted.mention.words_of_act
        return wanted.mention.event.type == "REQUEST" and bool(whole) and whole <= asked and all(rarity(w) >= _RARE for w in whole)

    def _is_asked(self, core: EventMention, asked: EventMention) -> bool:
        """Whether the very kind of act that somebody refuses to do is demanded of them: to withdraw, to resign, to hold fire."""
        one, other = core.event, asked.event
        wanted = other.status == "demanded" or self._is_asked_for(asked)
        if one.type != other.type or not one.mode or one.mode != other.mode or one.status != "denied" or not wanted:
            return False
        if says([one.mode], "refusals", "mutual"):
            return len(self._record.cast[core.place.report] & self._record.cast[asked.place.report]) >= _ONE_STORY
        doers = {who.party for who in self._record.initiators(core)}
        return bool(doers & {who.party for who in self._record.initiators(asked)})


def _infinitive(clause: str) -> str:
    """What somebody refuses to do, without when and where they said so: "refused in a speech to allow ..."."""
    return clause.partition(" to ")[2] or clause


@cache
def _objects() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words_of("case", "refusals", "objects")))) + r")s?\b")


def _last(wanted: Iterable[Wanted]) -> list[Wanted]:
    return sorted(wanted, key=lambda w: w.mention.event.trigger.start)[-1:]


def _is_object(refusal: EventMention, told: EventMention) -> bool:
    """Whether what is asked or planned stands behind the refusal, in its clause: "rejected Ilva's call for elections"."""
    if told.event.sentence != refusal.event.sentence:
        return False
    gap = told.event.trigger.start - refusal.event.trigger.end
    clause = _CLAUSE_END.split(behind(refusal)[:240], 1)[0]
    return 0 <= gap <= len(clause)


def _points_to(refusal: EventMention, told: EventMention) -> bool:
    """Whether "the plan" that is refused is what stands shortly before in the report."""
    one_sentence = told.event.sentence == refusal.event.sentence
    gap = refusal.event.trigger.start - told.event.trigger.end if one_sentence else refusal.event.sentence.start - told.event.sentence.end
    rest = behind(refusal)
    noun = _POINTS_BACK.match(rest)
    if noun is None or not 0 <= gap <= _BESIDE or rest[noun.end(1) :].lstrip().startswith(("of ", "to ", "that ", "for ")):
        return False
    return says([noun.group(1)], "refusals", "objects")
