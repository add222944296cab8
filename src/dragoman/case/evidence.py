"""What later reports say about an undertaking: which mentions bear on it, how surely, for which state, and why.

A mention bears on an undertaking if it is a claim of the same event, if a link says that it came of it, or if it is likely the same
act: of the same kind, by the same doer, in words that speak of the same things. Refusals and agreements bear on demands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from dragoman.case.claims import insists, is_denial
from dragoman.case.denials import claimant
from dragoman.case.judgements import Place, State
from dragoman.case.likeness import Likeness, closeness
from dragoman.case.mentions import last_day, phrase_in, says
from dragoman.case.record import EventMention, Record
from dragoman.reading.wording import first_day

# What makes a mention likely to be about the act that was undertaken; the parts are added.
SAME_TYPE, SAME_MODE, SAME_DOER, SAME_SIDE, WORDS, SAME_PLACE, SAME_DAY = 0.2, 0.1, 0.25, 0.15, 0.5, 0.05, 0.35
TAKEN = 0.5
"""Score from which a mention is proposed as evidence."""
RETOLD, RETOLD_LATER = 0.55, 0.75
"""Score from which a promise told in other words is the same promise: within days, and weeks later."""
LEAST = 0.15
"""Likeness without which no kind of act and no doer makes two acts one."""
_FAINT = 0.1  # the same for what happens on the very day for which it was planned
_UNLIKE = 0.1  # taken off a link's score where nothing is alike in what the two are about
_NOT_MET = 0.33
"""Likeness from which a refusal or an agreement answers a demand whose addressee is not told; `_MET`: who is asked, or who asks, is."""
_MET = 0.25
_ALL = 0.95  # likeness of two of which one is about a single thing, and so is the other: a demand for inspection, "refused any inspection"

_REFUSED = 0.9
_NAMELESS = 0.6  # likeness from which an act of which nobody is told who did it, and that names none of those who are to act, is theirs
_LONGEST_PLAN = 7  # days; what is planned for a month is told of on any day
# Acts that have no other object than their doer: nobody can resign from two things.
WHOLE = frozenset({"resign"})
# Acts that carry out the same undertaking: who promises to withdraw arms may be told to dismantle them.
_KIN = {("withdraw", "disarm"), ("disarm", "withdraw"), ("release", "access"), ("visit", "multilateral")}


class Bearing(NamedTuple):
    """One mention that bears on an undertaking: the state that it speaks for, how surely (0 to 1), and why in words."""

    mention: EventMention
    bears: State
    score: float
    why: str


class Linked(NamedTuple):
    """A mention that a link has as what came of a plan, with the link's score and reason."""

    mention: EventMention
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What is looked for: the mentions that make it, who is to act, who asked for it (a demand's maker), since when.

    `sides` and `doers` are the parties and the actors that are to act; `words` what it is about; `forbearing` an undertaking not to act.
    """

    item: str
    mentions: tuple[EventMention, ...]
    doers: frozenset[str]
    sides: frozenset[str]
    askers: frozenset[str]
    words: frozenset[str]
    made: str
    demand: bool = False
    threat: bool = False
    forbearing: bool = False
    bare: bool = False


def bearings(record: Record, undertaking: Undertaking, candidates: Iterable[EventMention], came: Iterable[Linked] = ()) -> list[Bearing]:
    """All that bears on an undertaking, in the order of the record; `came` are mentions that links say came of it."""
    own = {m.place for m in undertaking.mentions}
    found: dict[Place, Bearing] = {}
    for mention in record.clusters.get(undertaking.item, ()):
        if mention.place not in own and mention.published >= undertaking.made and (bears := _own_state(record, undertaking, mention)):
            found[mention.place] = Bearing(mention, bears, round(0.6 + 0.4 * mention.event.confidence, 2), "a claim of the same event")
    for mention, score, why in came:
        if score < 1.0 and _done_by_others(record, undertaking, mention):
            continue
        if (bears := _own_state(record, undertaking, mention)) and not _told_before(undertaking, mention, bears):
            score = score if score >= 1.0 or _is_met(record, undertaking, mention) else round(score - _UNLIKE, 4)
            found[mention.place] = Bearing(mention, bears, score, f"linked as what came of it: {why}".rstrip(": "))
    for mention in candidates:
        if mention.place not in own and mention.place not in found and (bearing := weighed(record, undertaking, mention)):
            found[mention.place] = bearing
    return sorted(map(_in_part, found.values()), key=lambda b: (b.mention.published, b.mention.place.report, b.mention.event.trigger))


def weighed(record: Record, undertaking: Undertaking, mention: EventMention) -> Bearing | None:
    """Whether one mention of another event bears on the undertaking."""
    if mention.published < undertaking.made or mention.event.status == "hypothetical":
        return None
    if _one_sentence(undertaking, mention):
        refused = undertaking.demand and _answers_with(mention) == "broken" and _refuses_it(record, undertaking, mention)
        return Bearing(mention, "broken", _REFUSED, "refused where it is told") if refused else None
    if undertaking.demand and (answer := _answer(record, undertaking, mention)):
        return answer
    bears = _state(record, undertaking, mention)
    if bears is None or undertaking.bare or undertaking.forbearing:
        return _repeated(record, undertaking, mention)
    score, why = _same_act(record, undertaking, mention)
    return Bearing(mention, bears, score, why) if score >= TAKEN and not _told_before(undertaking, mention, bears) else None


def _told_before(undertaking: Undertaking, mention: EventMention, bears: State) -> bool:
    """What the report that first tells of an undertaking has as done already is no keeping of it, unless its day is later."""
    when = mention.event.when
    later = when is not None and not when.inferred and when.start > undertaking.made
    early = mention.published <= undertaking.mentions[0].published and not later
    return bears == "kept" and (early or _before_its_day(undertaking, mention))


def _before_its_day(undertaking: Undertaking, mention: EventMention) -> bool:
    """What is told before the day for which an act is planned does not carry it out."""
    days = [day for m in undertaking.mentions for day in planned_days(m)]
    return bool(days) and mention.published < min(days)


def _is_met(record: Record, undertaking: Undertaking, mention: EventMention) -> bool:
    """Whether what a link has as its outcome is also about the matter, or happens on its day."""
    return _alike(record, undertaking, mention).score >= _FAINT or _on_its_day(undertaking, mention)


def _on_its_day(undertaking: Undertaking, mention: EventMention) -> bool:
    """Whether something is done on the days for which it was planned."""
    when = mention.event.when
    if when is None or when.inferred:
        return False
    return any(when.start in planned_days(m) for m in undertaking.mentions)


def planned_days(mention: EventMention) -> tuple[str, ...]:
    """The ISO days for which an act is planned, a week's at most; none if it is told without a day."""
    when = mention.event.when
    first = first_day(when.start) if when and not when.inferred and mention.due else None
    last = last_day(when.end) if when and first else None
    if first is None or last is None:
        return ()
    if when and when.start.endswith("-WE"):
        first += timedelta(days=5)
    days = [first + timedelta(days=n) for n in range(_LONGEST_PLAN)]
    return tuple(day.isoformat() for day in days if day.isoformat() <= last) if days[-1].isoformat() >= last else ()


def _one_sentence(undertaking: Undertaking, mention: EventMention) -> bool:
    return any(m.place.report == mention.place.report and m.event.sentence == mention.event.sentence for m in undertaking.mentions)


def _done_by_others(record: Record, undertaking: Undertaking, mention: EventMention) -> bool:
    """Whether an act has other doers, none of whom shares a name with those who are to act ("Islamists", "Islamist fighters")."""
    if _doer(record, undertaking, mention)[0] >= 0:
        return False
    names = frozenset[str]().union(*(record.stems_of(who) for who in undertaking.doers))
    return not any(record.stems_of(who.id) & names for who in record.initiators(mention))


def _refuses_it(record: Record, undertaking: Undertaking, refusal: EventMention) -> bool:
    """Whether a demand is told as what is refused: "refused the council's demand to stop"."""
    voiced = ((m, m.voices[-1].id) for m in undertaking.mentions if m.voices and m.event.sentence == refusal.event.sentence)
    return any(
        m.event.trigger.start > refusal.event.trigger.end and says(record.cue(m.place.report, voice).split(), "refusals", "words")
        for m, voice in voiced
    )


def _alike(record: Record, undertaking: Undertaking, mention: EventMention) -> Likeness:
    """How much a mention is about what was undertaken."""
    matter = record.matter(mention)
    return max((closeness(record.matter(m), matter) for m in undertaking.mentions), key=lambda s: s.score)


def _in_part(bearing: Bearing) -> Bearing:
    """What came about only partly is a compromise."""
    partly = bearing.bears == "kept" and phrase_in(bearing.mention.sentence, "partial", "words")
    return bearing._replace(bears="compromise") if partly else bearing


def _own_state(record: Record, undertaking: Undertaking, mention: EventMention) -> State | None:
    """That a word was given is no keeping of it; that a demand was made is no answer."""
    if undertaking.bare:
        return None if undertaking.demand else "in the works"
    return _state(record, undertaking, mention)


def _state(record: Record, undertaking: Undertaking, mention: EventMention) -> State | None:
    """What the status of a mention says of an undertaking to do that act."""
    status = mention.event.status
    if status == "occurred":
        return "kept"
    if status == "ongoing":
        return "in the works"
    if status == "cancelled":
        return "broken"
    if status == "denied":
        by_them = claimant(record, mention).source in undertaking.sides or _refused(record, undertaking, mention)
        return "broken" if not mention.voices or by_them else None
    ordered = status == "demanded" and not undertaking.demand and _own_word(record, undertaking, mention)
    announced = undertaking.demand and status in ("planned", "promised")
    return "in the works" if ordered or announced else None


def _refused(record: Record, undertaking: Undertaking, mention: EventMention) -> bool:
    """Whether those who are to act refuse it in the mention's sentence."""
    refusing = record.refusing.get((mention.place.report, mention.event.sentence), frozenset())
    return bool(refusing & undertaking.sides)


def retold(record: Record, undertaking: Undertaking, other: EventMention, *, soon: bool = True) -> bool:
    """Whether a pending act is the one undertaken, told again in other words; weeks later in nearly the same, and for no other day."""
    days = {day for m in undertaking.mentions for day in planned_days(m)}
    if not soon and days and not days & set(planned_days(other)):
        return False
    return _same_act(record, undertaking, other)[0] >= (RETOLD if soon else RETOLD_LATER)


def _own_word(record: Record, undertaking: Undertaking, mention: EventMention) -> bool:
    """Whether the side that is to act says it: their "will not" breaks a promise, their order carries it out."""
    parties = {who.party for who in record.initiators(mention)}
    parties.add(claimant(record, mention).source)
    return bool(parties & undertaking.sides)


def _same_act(record: Record, undertaking: Undertaking, mention: EventMention) -> tuple[float, str]:
    """The score of a mention as the act undertaken, and the reason in words; 0 where kind or doer contradict."""
    kind = max((_kind(m, mention) for m in undertaking.mentions), default=(0.0, ""))
    doer = _doer(record, undertaking, mention)
    if kind[0] == 0 or doer[0] < 0:
        return 0.0, ""
    shared = _alike(record, undertaking, mention)
    its_day = _on_its_day(undertaking, mention)
    whole = mention.event.mode in WHOLE and doer[0] > 0
    named = kind[0] > SAME_TYPE and bool(record.named_beside(mention) & undertaking.sides)
    alone = doer[0] == 0 and undertaking.sides and not its_day and not record.named_beside(mention) & undertaking.sides
    near = doer[0] > 0 or its_day or named or (len(shared.shared) > 1 and not (alone and shared.score < _NAMELESS))
    if (shared.score < (_FAINT if its_day else LEAST) or not near) and not whole:
        return 0.0, ""
    place = any(m.event.place and m.event.place == mention.event.place for m in undertaking.mentions)
    score = kind[0] + doer[0] + WORDS * (1.0 if whole else shared.score) + SAME_PLACE * place + SAME_DAY * its_day
    why = [kind[1], doer[1], f"shared words: {', '.join(shared.shared[:4])}" if shared.shared else "", "same place" if place else ""]
    why.append("on the day for which it was planned" if its_day else "")
    return round(min(score, 1.0), 2), "; ".join(filter(None, why))


def _kind(one: EventMention, other: EventMention) -> tuple[float, str]:
    a, b = one.event, other.event
    if a.type != b.type or (a.mode and b.mode and a.mode != b.mode and (a.mode, b.mode) not in _KIN):
        return 0.0, ""
    return (
        (SAME_TYPE + SAME_MODE, f"the same kind of act ({a.mode})") if a.mode == b.mode and a.mode else (SAME_TYPE, "the same kind of act")
    )


def _doer(record: Record, undertaking: Undertaking, mention: EventMention) -> tuple[float, str]:
    whos = record.initiators(mention)
    if not whos or not undertaking.sides:
        return 0.0, ""
    if any(who.id in undertaking.doers for who in whos):
        return SAME_DOER, "the same doer"
    if any(who.party in undertaking.sides for who in whos):
        return SAME_SIDE, "a doer of the same side"
    return -1.0, ""


def _answer(record: Record, demand: Undertaking, mention: EventMention) -> Bearing | None:
    """A refusal or an agreement of those of whom something is demanded."""
    bears = _answers_with(mention)
    if bears is None:
        return None
    shared = _alike(record, demand, mention)
    by_them = bool({who.party for who in record.initiators(mention)} & demand.sides)
    to_asker = bool({who.party for who in record.recipients(mention)} & demand.askers)
    others = bool({who.party for who in record.initiators(mention)} & demand.askers) or (demand.sides and not by_them)
    told = bears == "broken" or by_them or to_asker
    parties = by_them or to_asker
    if (
        others
        or not told
        or shared.score < (_MET if parties else _NOT_MET)
        or not (parties or len(shared.shared) > 1 or shared.score >= _ALL)
    ):
        return None
    who = "by those who are asked" if by_them else "to those who ask" if to_asker else "in the same matter"
    what = "refused" if bears == "broken" else "agreed"
    return Bearing(
        mention, bears, round(min(1.0, 0.5 + shared.score / 2), 2), f"{what} {who}; shared words: {', '.join(shared.shared[:4])}"
    )


def _answers_with(mention: EventMention) -> State | None:
    event = mention.event
    if event.status == "occurred" and event.type == "REJECT" and event.mode != "assist":
        denied = insists(mention) or is_denial(mention.trigger, mention.sentence)  # who denies a charge refuses nothing
        return None if denied else "broken"
    if event.type in ("AGREE", "CONCEDE") and event.status in ("occurred", "promised", "planned"):
        return "in the works"
    return "broken" if event.type in ("AGREE", "CONCEDE") and event.status == "denied" else None


def _repeated(record: Record, undertaking: Undertaking, mention: EventMention) -> Bearing | None:
    """A word that was given is still held to where it is given again, or taken up by the one to whom it was given."""
    if undertaking.forbearing and mention.event.status == "denied":
        return _held_to(record, undertaking, mention)
    if not (undertaking.bare or undertaking.forbearing) or mention.event.type != "AGREE" or mention.event.status == "denied":
        return None
    if not says(mention.trigger.split(), "undertakings", "words"):
        return None
    doer = _doer(record, undertaking, mention)
    shared = _alike(record, undertaking, mention)
    score = round(min(1.0, SAME_TYPE + doer[0] + WORDS * shared.score), 2)
    if doer[0] <= 0 or score < TAKEN:
        return None
    return Bearing(mention, "in the works", score, f"the word given is told again; {doer[1]}; shared words: {', '.join(shared.shared[:4])}")


def _held_to(record: Record, undertaking: Undertaking, mention: EventMention) -> Bearing | None:
    """Where it is told again, in words of a pledge, that what was forborne will not be done."""
    shared = closeness(undertaking.words, mention.words_of_act | record.matter(mention))
    if shared.score < _MET or not says(mention.sentence.split()[:120], "undertakings", "words"):
        return None
    score = round(min(1.0, 0.5 + shared.score / 2), 2)
    return Bearing(mention, "in the works", score, f"that it will not be done is told again; shared words: {', '.join(shared.shared[:4])}")
