"""Who undertakes what: every plan, promise, threat and demand that the events of a record make, before any evidence is weighed.

They are read from the status of events (planned, promised, threatened, demanded), from words that are given for something that is
no act of the sixteen types (a pledge, an assurance), and from demands whose matter is none. An ultimatum is a demand; what two
parties demand are two demands, though the act is one; an act that is only the purpose of another is no plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.case.claims import behind, is_denial
from dragoman.case.evidence import Undertaking
from dragoman.case.judgements import CommitmentKind
from dragoman.case.mentions import last_day, phrase_in, says
from dragoman.case.record import EventMention, Record, Who

OWN: Mapping[str, CommitmentKind] = {"planned": "plan", "promised": "promise", "threatened": "threat"}
_STRENGTH: Mapping[CommitmentKind, int] = {"plan": 0, "threat": 1, "promise": 2, "demand": 3}
_SPOKEN = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
_PRESS = frozenset({"JRN", "MED"})
_HELPING = frozenset({"AID", "SUPPORT"})
_WILL = re.compile(r"\b(?:will|shall|would|ready to|prepared to)\b|['\u2019]ll\b")
_WISHED = re.compile(r"\b(?:hop(?:e|es|ed|ing)|wish(?:es|ed)?|should|must|ought to|needs? to|needed to|ha(?:s|ve|d) to)\b[^.;:!?]*$", re.I)
_ORDERED = re.compile(r"\b(?:after|since|by|of|for|ha[sd]|have) (?:having )?order(?:ed|ing)\b[^.;:!?,]*$", re.I)
_ASKED = re.compile(
    r"\b(?:whether|persuad(?:e|ing)|convinc(?:e|ing)|coerc(?:e|ing) \w+ into|pressur(?:e|ing)|had (?:expected|hoped|wanted))\b[^.;:!?]*$",
    re.I,
)
_FEARED = re.compile(
    r"\b(?:possible|potential|feared|fears? of|threat of|prevent|avoid|avert|against (?:any|a|an))\b[^,.;:!?]{0,25}$", re.I
)
_WISH = 140  # characters before an act in which it is told that it is only wished for
_CERTAIN = 0.75
_NEAR = 80  # characters before an act in which it is told that it is to come

ByWord = Mapping[tuple[str, str], EventMention]
"""Acts of demanding and threatening by the report and their statement, or their sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """A commitment before its evidence is weighed: the undertaking with its kind, maker and addressee.

    `another` names the maker where several demand one act of somebody.
    """

    undertaking: Undertaking
    kind: CommitmentKind
    maker: Who | None
    to: Who | None
    another: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other: the event, and whether its doer or somebody else speaks."""
        return f"{self.undertaking.item}:{'demand' if self.undertaking.demand else 'own'}{self.another and ':'}{self.another}"


def undertakings(record: Record) -> list[Made]:
    """Every commitment that the record's events make."""
    by_word = _by_word(record)
    asked = {(m.place.report, voice.id) for m in record.events if m.event.status == "demanded" for voice in m.voices}
    found = []
    for item, cluster in record.clusters.items():
        demanded = [m for m in cluster if is_demanded(m) and not _is_done(m)]
        own = [m for m in cluster if m not in demanded and _is_own(m) and not _is_denied(record, m)]
        bare = [m for m in cluster if _is_word(m) or _is_bare_demand(record, m, asked)]
        if own:
            found.append(_own(record, item, own, by_word))
        for number, mentions in enumerate(_by_maker(record, demanded, by_word)):
            found.append(_demand(record, item, mentions, by_word, first=number == 0))
        if bare and not own and not demanded:
            found.append((_bare_demand if bare[0].event.type == "REQUEST" else _word)(record, item, bare[:1], by_word))
    return found


def _by_word(record: Record) -> ByWord:
    speaking = [m for m in record.events if m.event.type in ("REQUEST", "THREATEN") and m.event.initiators]
    found = {(m.place.report, str(m.event.sentence)): m for m in speaking if m.event.type == "THREATEN"}
    found |= {(m.place.report, m.by_word.id): m for m in record.events if m.by_word}
    return found | {(m.place.report, str(m.event.sentence)): m for m in speaking if m.event.type == "REQUEST"}


def is_demanded(mention: EventMention) -> bool:
    """Whether an act is demanded of somebody: in so many words, or by an ultimatum."""
    if mention.event.type in _SPOKEN:
        return False
    return mention.event.status == "demanded" or _is_ultimatum(mention) or _is_wished(mention)


def _is_wished(mention: EventMention) -> bool:
    """Whether a planned act is only what a speaker hopes or asks of others: "we hope that Norland will cooperate"."""
    speaker = next((voice.speaker for voice in reversed(mention.voices) if voice.speaker), None)
    if mention.event.status != "planned" or not mention.event.initiators or speaker in mention.event.initiators:
        return False
    return _WISHED.search(_before(mention)[-_WISH:]) is not None


def _before(mention: EventMention) -> str:
    return mention.sentence.partition(mention.trigger)[0]


def _is_done(mention: EventMention) -> bool:
    """Whether what was ordered is told as done: "after ordering the arrest", "accused of ordering the killings"."""
    before = _before(mention)[-_NEAR:]
    return _ORDERED.search(before) is not None or before.endswith("in order to ")


def _is_ultimatum(mention: EventMention) -> bool:
    return mention.event.status == "threatened" and phrase_in(_before(mention)[-40:], "ultimatums", "words")


def _is_own(mention: EventMention) -> bool:
    """Whether a mention has an act as its doer's own, to come: planned, promised or threatened."""
    event = mention.event
    if event.status not in OWN or event.type in _SPOKEN or _forborne(mention) or _is_wished(mention) or _is_asked(mention):
        return False
    told = bool(event.initiators or event.recipients) or event.confidence >= _CERTAIN
    return told and (event.status != "planned" or _is_to_come(mention))


def _is_denied(record: Record, mention: EventMention) -> bool:
    """Whether a plan is told by somebody who denies it: "denied that its forces planned to take the town"."""
    return bool(mention.voices) and is_denial(record.cue(mention.place.report, mention.voices[-1].id), mention.sentence)


def _is_asked(mention: EventMention) -> bool:
    """Whether an act is only asked about, feared, or what others are to be brought to: "would not say whether", "a possible attack"."""
    before = _before(mention)[-_NEAR:]
    return _ASKED.search(before) is not None or _FEARED.search(before) is not None


def _is_to_come(mention: EventMention) -> bool:
    """Whether a planned act is told as one to come, and not only as what another act was for ("attacked to protest")."""
    if mention.event.when and not mention.event.when.inferred:
        return mention.due is not None or not _is_over(mention)
    before = _before(mention)
    rest = "" if before.endswith(" to ") else behind(mention)[:_NEAR]
    return mention.due is not None or phrase_in(before[-_NEAR:] + mention.trigger + rest, "plans", "words")


def _is_over(mention: EventMention) -> bool:
    """Whether the day of an act lies before its report: "the decision to invade in 2003"."""
    when = mention.event.when
    return when is not None and "" < (last_day(when.end) or "") < mention.published


def _is_word(mention: EventMention) -> bool:
    """A word that is given: an assurance, a pledge; not one that is only an aim ("to guarantee their safety")."""
    event = mention.event
    given = event.type == "AGREE" and event.status in ("occurred", "ongoing") and not _before(mention).endswith(" to ")
    return given and says(mention.trigger.split(), "undertakings", "words")


def _is_bare_demand(record: Record, mention: EventMention, asked: set[tuple[str, str]]) -> bool:
    """A demand whose matter is no event of its own, made to others than one's own people."""
    event = mention.event
    if event.type != "REQUEST" or event.status not in ("occurred", "ongoing") or not event.initiators or mention.by_word is None:
        return False
    if says(mention.trigger.split(), "demands", "none"):
        return False
    makers = {who.party for who in record.initiators(mention)}
    asked_of = {who.party for who in record.recipients(mention)}
    return (mention.place.report, mention.by_word.id) not in asked and not (asked_of and asked_of <= makers)


def _forborne(mention: EventMention) -> bool:
    """An assurance against an act is no threat of it."""
    if mention.event.status != "threatened":
        return False
    before = _before(mention)
    return says(before.split()[-12:], "undertakings", "words") and phrase_in(before[-40:], "undertakings", "forbearing")


# --- one's own acts


def _own(record: Record, item: str, mentions: Sequence[EventMention], by_word: ByWord) -> Made:
    """What its doer plans, promises or threatens. The strongest of its kinds counts, in the first mention that tells who."""
    kinds = {m.place: _kind_of(record, m, by_word) for m in mentions}
    kind = max(kinds.values(), key=_STRENGTH.__getitem__)
    strongest = [m for m in mentions if kinds[m.place] == kind]
    first = next((m for m in strongest if m.event.initiators or _speaker(record, m, by_word)), strongest[0])
    ordered = (first, *(m for m in mentions if m is not first))
    doers, speaker = record.initiators(first), _speaker(record, first, by_word)
    promised = kind != "plan" and speaker is not None and (not doers or speaker.party in {d.party for d in doers})
    maker = speaker if promised or not doers else doers[0]
    sides = (*doers, *([maker] if maker else ()))
    to = next((who for who in record.recipients(first) if who.party not in {s.party for s in sides}), None)
    bare = kind == "promise" and first.event.type == "AGREE"
    return Made(_undertaking(record, item, ordered, sides, (), bare=bare, threat=kind == "threat"), kind, maker, to)


def _kind_of(record: Record, mention: EventMention, by_word: ByWord) -> CommitmentKind:
    """A plan to help somebody is a promise where those who will help say so themselves."""
    if mention.event.type == "AGREE" and says(mention.trigger.split(), "undertakings", "words"):
        return "promise"
    if mention.event.status == "planned" and mention.event.type in _HELPING and mention.event.recipients:
        speaker = _speaker(record, mention, by_word)
        if speaker and speaker.party in {who.party for who in record.initiators(mention)} and _WILL.search(_before(mention)[-40:]):
            return "promise"
    return OWN[mention.event.status]


def _word(record: Record, item: str, mentions: Sequence[EventMention], by_word: ByWord) -> Made:
    """A pledge without an act of its own."""
    givers = record.initiators(mentions[0])
    maker = givers[0] if givers else _speaker(record, mentions[0], by_word)
    to = next(iter(record.recipients(mentions[0])), None)
    return Made(_undertaking(record, item, mentions, (maker,) if maker else (), (), bare=True), "promise", maker, to)


# --- demands


def _by_maker(record: Record, mentions: Sequence[EventMention], by_word: ByWord) -> list[list[EventMention]]:
    """The mentions of a demanded act by who demands it; those that do not tell go with the first."""
    groups: dict[str, list[EventMention]] = {}
    for mention in mentions:
        maker = asker(record, mention, by_word)
        key = _side(maker) if maker else next(iter(groups), "")
        groups.setdefault(key, []).append(mention)
    if "" in groups and len(groups) > 1:
        nameless = groups.pop("")
        first = next(iter(groups.values()))
        first[:0] = nameless
    return list(groups.values())


def _side(maker: Who) -> str:
    """Whose demand it is: what rebels and their spokesmen demand of one act is one demand, though nothing links their names."""
    return "REB" if "REB" in maker.sectors else maker.party


def asker(record: Record, mention: EventMention, by_word: ByWord) -> Who | None:
    """Who demands an act: who does the demanding, else who speaks. Who is to act does not give himself an ultimatum."""
    if mention.voices and _refuses(record, mention):  # who refuses a demand does not make it
        return _owner(record, mention)
    request = _request(mention, by_word)
    askers = record.initiators(request) if request else ()
    if askers:
        return askers[0]
    speaker = _speaker(record, mention, by_word)
    doers = {who.party for who in record.initiators(mention)}
    return None if _is_ultimatum(mention) and speaker and speaker.party in doers else speaker


def _refuses(record: Record, mention: EventMention) -> bool:
    """Whether an act is told by those who refuse to do it."""
    return says(record.cue(mention.place.report, mention.voices[-1].id).split(), "refusals", "words")


def _owner(record: Record, mention: EventMention) -> Who | None:
    """Whose demand it is that is refused: who is named last in front of the act ("refused the council's demand to stop")."""
    span, report = mention.event.sentence, mention.place.report
    refusing = record.refusing.get((report, span), frozenset())
    actors = record.actors.get(report, ())
    named = [(s.start, a.id) for a in actors for s in a.mentions if span.start <= s.start < mention.event.trigger.start]
    found = (record.who(report, actor) for _, actor in sorted(named, reverse=True))
    return next((who for who in found if who and who.party not in refusing), None)


def _demand(record: Record, item: str, mentions: Sequence[EventMention], by_word: ByWord, first: bool) -> Made:
    """What somebody is told to do by another: who is told are those who would do it, else those to whom the demand is made."""
    head = next((m for m in mentions if asker(record, m, by_word)), mentions[0])
    maker, request = asker(record, head, by_word), _request(head, by_word)
    told = record.recipients(request) if request else ()
    doing = () if head.voices and _refuses(record, head) else record.initiators(head)
    doers = (told or doing) if _is_ultimatum(head) else (doing or told)
    own = _is_theirs(maker, doers) if doers and maker else _orders(maker, head)
    if maker and own:  # an order to one's own people is a plan
        made = Made(_undertaking(record, item, mentions, (*doers, maker), ()), "plan", maker, None)
    else:
        others = [who for who in doers if maker is None or who.id != maker.id]
        asking = (*(record.initiators(request) if request else ()), *([maker] if maker else ()))
        undertaking = _undertaking(record, item, mentions, others, asking, demand=True)
        made = Made(undertaking, "demand", maker, others[0] if others else None)
    return made if first or maker is None else Made(made.undertaking, made.kind, made.maker, made.to, _side(maker))


def _is_theirs(maker: Who, doers: Sequence[Who]) -> bool:
    """Whether those who are to act are the maker, or the maker's people; another person is none of them, though of one state."""
    return {who.party for who in doers} == {maker.party} and all(who.kind != "person" or who.id == maker.id for who in doers)


def _orders(maker: Who | None, mention: EventMention) -> bool:
    """Whether a state gives an order, and nobody else is told who is to carry it out."""
    return maker is not None and maker.kind in ("country", "government") and says(mention.sentence.split()[:120], "threads", "orders")


def _bare_demand(record: Record, item: str, mentions: Sequence[EventMention], by_word: ByWord) -> Made:
    """A demand whose matter is no act of its own."""
    askers, told = record.initiators(mentions[0]), record.recipients(mentions[0])
    maker = askers[0] if askers else _speaker(record, mentions[0], by_word)
    others = [who for who in told if maker is None or who.id != maker.id]
    asking = tuple(filter(None, (*askers, maker)))
    if maker and not told and says(mentions[0].trigger.split(), "threads", "orders"):  # an order to one's own people
        return Made(_undertaking(record, item, mentions, (maker,), (), bare=True), "plan", maker, None)
    undertaking = _undertaking(record, item, mentions, others, asking, bare=True, demand=True)
    return Made(undertaking, "demand", maker, others[0] if others else None)


def _request(mention: EventMention, by_word: ByWord) -> EventMention | None:
    """The act of demanding: the one whose statement tells the act, else one in the same sentence."""
    keys = [(mention.place.report, name) for name in (*(v.id for v in reversed(mention.voices)), str(mention.event.sentence))]
    found = (by_word[key] for key in keys if key in by_word)
    return next((m for m in found if m.event.type != "THREATEN" or _is_ultimatum(mention)), None)


def _speaker(record: Record, mention: EventMention, by_word: ByWord) -> Who | None:
    """Who says it, in the mention or by the act itself; a newspaper only passes on what others undertake."""
    told = (mention.voices, (mention.by_word,) if mention.by_word else ())
    found = (record.claimant(mention.place.report, voices).speaker for voices in told)
    return next((who for who in found if who and not _PRESS.intersection(who.sectors)), None)


def _undertaking(
    record: Record, item: str, mentions: Sequence[EventMention], doers: Iterable[Who], askers: Iterable[Who],
    *, bare: bool = False, demand: bool = False, threat: bool = False,
) -> Undertaking:  # fmt: skip
    first, doing = mentions[0], tuple(doers)
    return Undertaking(
        item,
        tuple(mentions),
        frozenset(who.id for who in doing),
        frozenset(who.party for who in doing),
        frozenset(who.party for who in askers),
        frozenset().union(*(record.matter(m) for m in mentions)),
        record.day_said(first.published, first.voices),
        demand,
        threat,
        bare and not demand and phrase_in(behind(first)[:60], "undertakings", "forbearing"),
        bare,
    )
