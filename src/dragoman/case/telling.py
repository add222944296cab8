"""What a thread is called and where it stands, in words that are made of the record.

A title is filled in from the sides, the places and the telling word of the thread's events. A state names what was told last and
quotes the sentence that tells it, with who says so and when, so that nothing stands in it that no report says.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations

from dragoman.case.denials import claimant, stance
from dragoman.case.judgements import StateEvidence
from dragoman.case.mentions import last_day, says
from dragoman.case.record import EventMention, Record, Who, days_between
from dragoman.case.strands import Subject, lead, other_titles, strand, subjects, title, told
from dragoman.lexicons.load import load, words_of
from dragoman.reading.entries import EventType, Status
from dragoman.reading.wording import one_line, shortened, spoken_date

_WEIGHT: dict[Status, float] = {
    "occurred": 1.0, "ongoing": 1.0, "cancelled": 0.9, "promised": 0.8, "planned": 0.8, "denied": 0.7, "threatened": 0.6, "demanded": 0.6,
    "hypothetical": 0.0,
}  # fmt: skip
_ORDERED = 0.3  # how much firmer an order to one's own people is than a demand
_SPOKEN: dict[EventType, float] = {"REQUEST": 0.65, "ACCUSE": 0.7, "SUPPORT": 0.6, "THREATEN": 0.65, "REJECT": 0.75}  # of what is only said
_PAST, _LONG_AGO = 0.6, 7  # how much less what happened more than so many days ago tells of the present
_AGED = 0.1  # how much less news tells for each day that it is older than the last news
_FRESH = 9  # days after which it tells nothing of the present, where there is newer news
_SUBJECT = 0.6  # what it counts that a mention is all about the thread's subject
_MUCH, _ASIDE = 0.4, 0.4  # what a mention counts less that is less than so much about the subject
_AWAY = 0.2  # that somebody travels or meets, in a thread about something else
_NEWS = 0.15  # that its day is told, and is new
_OFTEN = 0.15  # that several mentions tell the same event, for each doubling, nearly
_SET = 0.2  # that what is planned has a day
_BACKGROUND = 0.3  # that it is told in passing, in a clause that only says who somebody is, or since when something else is so
_UP, _HEAD = 0.2, 700  # that it stands in the first paragraphs of its report (characters)
_QUOTED = 240
_LONGEST = 600
_PLACED, _TOLD = 6, 8
_OFTEN_NAMED, _TOGETHER = 0.2, 0.125  # who takes part in such a share of the mentions at least names a thread; two together
SAMPLE = 120
"""Mentions of a thread that its title is made from."""
_WHERE = re.compile(
    r"\b(?:in|into|from|near|over|across|[a-z]+ of) (?:(?:the|all|north|south|east|west|north\w{4}|south\w{4}|eastern|western|central) )*"
    r"([A-Z][\w'-]{1,30}(?: [A-Z][\w'-]{1,30}){0,2})"
)


_DAYS = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\b(?:Janu|Febru)ary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber\b"
)
_IN_PASSING = re.compile(
    r"(?:\b(?:who|whose|whom|which|that (?:has|have|had|led)|since|after|following|despite|seeking|accused of|known for|that year)\b"
    r"[^,;:\u201c\u201d\"]{0,60}|\bin (?:1[89]|20)\d\d\b[^;:\u201c\u201d\"]{0,60}|\bhad (?:\w+ly )?(?:been )?)$"
)
"""In front of what is told in passing: in a clause that says who somebody is, or since when something is so; what had been before."""


def titled(record: Record, mentions: Sequence[EventMention]) -> str:
    """A title for a thread, from its mentions: what it is about, where, between whom."""
    sample = mentions[:SAMPLE]
    subject = subject_of(sample)
    about = [m for m in sample if subject and (found := told_of(m)) and found.get(subject.name) == max(found.values())] or sample
    deeds = [m for m in about if strand(m.event) != "words"]
    core = deeds if 3 * len(deeds) >= len(about) else about
    doers, targets = _ranked(record, core, "doers"), _ranked(record, core, "targets")
    one = next(iter(_ranked(record, about)), "")
    place = _place(record, core) or _place(record, sample) or _told_place(record, core, one)
    blanks = {
        "topic": _topic(about, subject) if subject else "",
        "kind": _kind(about),
        "place": place,
        "doer": next(iter(doers), ""),
        "target": next((t for t in targets if t not in doers[:1]), ""),
        "one": next((one for one in _ranked(record, about) if one != place), ""),
        "person": next(iter(_ranked(record, core, kind="person")), ""),
        "body": next(iter(_ranked(record, core, kind="organization")), ""),
        "sides": " and ".join(_sides(record, about if subject and subject.between else core)),
    }
    patterns = (*(subject.titles if subject else ()), *other_titles())
    named = title(patterns, blanks)
    if " " in named.replace(blanks["kind"], "", 1) or blanks["one"]:
        return named
    if not place and (place := _told_place(record, sample)):
        return title(patterns, blanks | {"place": place})
    return title(patterns, blanks | {"one": next((one for one in _ranked(record, about, least=0) if one != place), "")})


def told_of(mention: EventMention) -> Mapping[str, float]:
    """How much a mention is about each subject."""
    event, spoken = mention.event, strand(mention.event) == "words"
    return told((event.type, event.mode), spoken, mention.sentence, mention.trigger, mention.matter if mention.by_word else None)


def subject_of(mentions: Sequence[EventMention]) -> Subject | None:
    """What most mentions are about; None where their words tell nothing."""
    counts: Counter[str] = Counter()
    for mention in mentions:
        found = told_of(mention)
        top = max(found.values(), default=1.0)
        counts.update({name: (weight / top) ** 2 for name, weight in found.items()})
    return subjects()[max(counts, key=lambda name: (counts[name], name))] if counts else None


def _ranked(record: Record, mentions: Iterable[EventMention], part: str = "", kind: str = "", least: float = _OFTEN_NAMED) -> list[str]:
    """The names of those who act ("doers"), are acted on ("targets"), or both; most often told first.

    Mere descriptions are left out, and who takes part in less than the share `least` of the mentions. One name for each party; with
    `kind` only those of this kind, each for themselves.
    """
    parties: dict[str, Counter[Who]] = {}
    told = list(mentions)
    for who in (who for mention in told for who in _taking_part(record, mention, part) if who.kind == kind or not kind):
        parties.setdefault(who.id if kind else who.party, Counter())[who] += 1
    ordered = sorted(parties.items(), key=lambda p: (-p[1].total() - max(map(_known, p[1])) / 2, p[0]))
    return [one_line(_best(whos).name) for _, whos in ordered if any(map(_known, whos)) and whos.total() >= least * len(told)]


def _taking_part(record: Record, mention: EventMention, part: str = "") -> tuple[Who, ...]:
    doers, targets = (() if part == "targets" else record.initiators(mention)), (() if part == "doers" else record.recipients(mention))
    return (*doers, *targets)


def _best(whos: Counter[Who]) -> Who:
    """Who stands for a party: the one told of most; the state itself, if there are several of whom none is."""
    return max(whos, key=lambda who: (_known(who) > 0, whos[who], _known(who), who.name))


def _sides(record: Record, mentions: Iterable[EventMention]) -> tuple[str, ...]:
    """The two parties that are told of together most; () if no two are."""
    pairs: Counter[tuple[str, ...]] = Counter()
    named: dict[str, Counter[Who]] = {}
    together = list(mentions)
    for mention in together:
        whos = [who for who in _taking_part(record, mention) if _known(who)]
        for who in whos:
            named.setdefault(who.party, Counter())[who] += 1
        pairs.update(combinations(sorted({who.party for who in whos}), 2))
    if not pairs:
        return ()
    first = max(pairs, key=lambda pair: (pairs[pair], pair))
    if pairs[first] < _TOGETHER * len(together):
        return ()
    return tuple(one_line(_best(named[party]).name) for party in sorted(first, key=lambda party: (-named[party].total(), party)))


def _kind(mentions: Sequence[EventMention]) -> str:
    """What talks are called: by the word in front that a third of the sentences has ("peace talks"), else plainly."""
    sentences = {m.sentence[:_LONGEST] for m in mentions}
    counts = Counter(kind for sentence in sentences for kind in set(_kinds().findall(sentence)))
    kind = max(counts, key=lambda kind: (counts[kind], kind), default="")
    return f"{kind} talks" if 3 * counts[kind] >= len(sentences) else "talks"


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(
        r"\b(" + "|".join(map(re.escape, words_of("case", "threads", "kinds"))) + r") (?:talks|negotiations|dialogue|process)\b"
    )


def _known(who: Who) -> int:
    """Whether somebody has a name, and is a state: descriptions ("his troops") make no title."""
    described = "\u2019s " in who.name or "'s " in who.name
    named = (
        who.name[:1].isupper()
        and not (described and who.name.split()[-1].islower())
        and who.kind != "group"
        and not set(who.name.lower().split()) & words_of("case", "nouns", "unnamed")
    )
    return 2 if who.kind == "country" else int(named)


def _topic(mentions: Sequence[EventMention], subject: Subject) -> str:
    """The noun of a subject that most sentences have, with the people mostly in front of it ("Rwandan refugees"); "" if none has any."""
    if not subject.topics:
        return ""
    nouns, peoples = Counter[str](), Counter[tuple[str, str]]()
    for sentence in {m.sentence[:_LONGEST] for m in mentions}:
        for before, noun in re.findall(rf"(?:([A-Z][\w-]{{1,30}}) )?\b({'|'.join(subject.topics)})\b", sentence):
            nouns[noun] += 1
            peoples[before, noun] += before in _peoples()
    noun = max(subject.topics, key=lambda topic: (nouns[topic], -subject.topics.index(topic)))
    if not nouns[noun]:
        return ""
    count, before = max(((count, before) for (before, n), count in peoples.items() if n == noun), default=(0, ""))
    return f"{before} {noun}" if count > 1 and 2 * count >= nouns[noun] else noun


@cache
def _peoples() -> frozenset[str]:
    """The adjectives of peoples: "Rwandan"."""
    return frozenset(word for state in load("states")["states"].values() for word in state.get("people", ()))


def _place(record: Record, mentions: Sequence[EventMention]) -> str:
    """Where it happens, if one in six tells the same: the place of events, or a state that stands behind "in", "from" or "of"."""
    counts: Counter[str] = Counter()
    for mention in mentions:
        behind = {match[1] for match in _WHERE.finditer(mention.sentence[:_LONGEST])}
        counts.update(behind & record.state_names)
        counts.update([one_line(mention.event.place)] if mention.event.place else ())
    name = max(counts, key=lambda name: (counts[name], name), default="")
    return name if counts[name] > 1 and _PLACED * counts[name] >= len(mentions) else ""


def _told_place(record: Record, mentions: Sequence[EventMention], state: str | None = None) -> str:
    """A place that stands behind "in" or "near" in two sentences at least: any but the name of who takes part, or this `state` alone."""
    sentences = {m.sentence[:_LONGEST] for m in mentions}
    counts = Counter(match[1] for sentence in sentences for match in _WHERE.finditer(sentence))
    often = {name for name, count in counts.items() if count > 1 and _TOLD * count >= len(sentences)}
    if state is not None:
        often &= {state} & record.state_names
    elif often:  # those who take part in hundreds of mentions are asked for only where a place is told at all
        names = {who.name for m in mentions for who in _taking_part(record, m) if who.kind == "person"}
        people = {word for name in names for word in name.split()}
        often = {name for name in often if people.isdisjoint(name.split())}
    name = max(often, key=lambda n: (counts[n], n), default="")
    return "" if _DAYS.search(name) else name


def present_state(record: Record, mentions: Sequence[EventMention]) -> tuple[str, tuple[StateEvidence, ...]]:
    """Where a thread stands, in one sentence, and the mentions that it rests on.

    What was told last counts, and of that what is most firm: done or under way before promised, promised before demanded. What is a
    few days older goes before it where it is much firmer: a ship was boarded, and two days later somebody demands an end to it.
    """
    subject = subject_of(mentions[-SAMPLE:])
    latest = _latest(mentions)
    last = max(m.published for m in latest)
    often = Counter(record.item(m.place) for m in latest)
    weights = {
        m.place: _weight(record, m, subject) + _OFTEN * math.log(often[record.item(m.place)]) - _AGED * days_between(m.published, last)
        for m in latest
    }
    decisive = max(latest, key=lambda m: (weights[m.place], -m.event.trigger.start))
    item = record.item(decisive.place)
    evidence = [m for m in latest if record.item(m.place) == item]
    evidence.sort(key=lambda m: (m.place != decisive.place, m.published, m.place.report, m.event.trigger.start))
    return _sentence(record, decisive), tuple(StateEvidence(m.place.report, m.place.entry) for m in evidence)


def _latest(mentions: Sequence[EventMention]) -> list[EventMention]:
    """What was told in the last days in which the thread had news; what is only supposed is none, where there is other news."""
    held = [m for m in mentions if m.event.status != "hypothetical"] or list(mentions)
    last = max(m.published for m in held)
    return [m for m in held if days_between(m.published, last) <= _FRESH]


def _weight(record: Record, mention: EventMention, subject: Subject | None) -> float:
    """How well a mention tells where its thread stands: how firm it is, how much of the subject, how new, how far up in its report."""
    event = mention.event
    about = told_of(mention)
    score = _SPOKEN.get(event.type, _WEIGHT[event.status]) if event.status == "occurred" else _WEIGHT[event.status]
    share = about.get(subject.name, 0.0) / max(about.values()) if subject and about else 0.0
    score += _SET if event.status in ("planned", "promised") and (mention.due or "") >= mention.published and share >= _MUCH else 0.0
    score += _SUBJECT * share - (_ASIDE if share < _MUCH else 0.0)
    score += 0.3 * event.confidence + 0.2 * bool(event.initiators) + 0.1 * bool(event.recipients)
    score += _ORDERED if _own_order(record, mention) else 0.0
    score -= _AWAY if subject and not (subject.between or subject.vague) and event.type == "CONSULT" else 0.0
    age = days_between(last_day(_day(mention)) or "", mention.published)
    score += _NEWS if event.when and not event.when.inferred and age <= 3 else 0.0
    score -= _BACKGROUND if _IN_PASSING.search(mention.sentence.partition(mention.trigger)[0][-90:]) else 0.0
    return score + (_UP if event.trigger.start < _HEAD else 0.0) - (_PAST if age > _LONG_AGO else 0.0)


def _day(mention: EventMention) -> str:
    when = mention.event.when
    return when.end if when and not when.inferred else mention.published


def _sentence(record: Record, mention: EventMention) -> str:
    by = claimant(record, mention)
    source = one_line(by.speaker.name if by.speaker else record.reports[mention.place.report].publisher) or "a report"
    day = record.day_said(mention.published, mention.voices)
    due = f", due by {spoken_date(mention.due)}" if mention.due else ""
    return f"{_lead(record, mention)}{due}: “{_quoted(mention)}” ({', '.join(filter(None, (source, spoken_date(day) if day else '')))})"


def _lead(record: Record, mention: EventMention) -> str:
    event = mention.event
    act: str = event.type if event.status == "occurred" else ""
    if event.type == "AGREE" and act and says(mention.trigger.split(), "undertakings", "words"):
        act = "promised"
    return lead(("order" if _own_order(record, mention) else act, stance(record, mention), event.status))


def _own_order(record: Record, mention: EventMention) -> bool:
    """Whether somebody orders their own people to act: that is no demand, but how a state acts."""
    event = mention.event
    if event.type != "REQUEST" and event.status != "demanded":
        return False
    makers, told = ({who.party for who in f(mention)} for f in (record.initiators, record.recipients))
    if not says(mention.sentence.split()[:120], "threads", "orders"):
        return False
    if event.type == "REQUEST":
        return bool(told) and told <= makers and says(mention.trigger.split(), "threads", "orders")
    return event.status == "demanded" and claimant(record, mention).source in makers


def _quoted(mention: EventMention) -> str:
    """The sentence, or the part of it around the act where it is long."""
    sentence = mention.sentence
    at = max(0, sentence.find(mention.trigger))
    if at + len(mention.trigger) > _QUOTED - 20:
        blank = sentence.find(" ", at - _QUOTED // 2)
        sentence = "… " + sentence[blank + 1 if 0 <= blank < at else at :]
    return shortened(sentence, _QUOTED)
