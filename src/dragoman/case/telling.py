"""What a thread is called and where it stands, in words that are made of the record.

A title is filled in from the sides, the places and the telling word of the thread's events. A state names what was told last and
quotes the sentence that tells it, with who says so and when, so that nothing stands in it that no report says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dragoman.case.denials import claimant, stance
from dragoman.case.judgements import StateEvidence
from dragoman.case.linking.stems import Word, rarity, words
from dragoman.case.mentions import alike, last_day
from dragoman.case.record import EventMention, Record, Who, days_between
from dragoman.case.strands import Strand, lead, strand, title
from dragoman.lexicons.load import words_of
from dragoman.reading.entries import Status
from dragoman.reading.wording import mid_sentence, one_line, shortened, spoken_date

_WEIGHT: dict[Status, float] = {
    "occurred": 1.0, "ongoing": 1.0, "cancelled": 0.9, "promised": 0.8, "planned": 0.8, "denied": 0.7, "threatened": 0.6, "demanded": 0.6,
    "hypothetical": 0.0,
}  # fmt: skip
_ORDERED = 0.3  # how much firmer an order to one's own people is than a demand
_PAST, _LONG_AGO = 0.6, 60  # how much less what happened more than so many days ago tells of the present
_FRESH = 9  # days for which the last news of a thread's own kind goes before other news
_TRIED = 6  # words that a topic is looked for among
_QUOTED = 170
_SAMPLE = 120
"""Mentions of a thread that its title is made from."""


def titled(record: Record, mentions: Sequence[EventMention]) -> str:
    """A title for a thread, from its mentions."""
    sample = mentions[:_SAMPLE]
    kind = main_kind(sample)
    core = [m for m in sample if strand(m.event) == kind]
    doers, targets = _ranked(record, core, doing=True), _ranked(record, core, doing=False)
    everyone = list(dict.fromkeys((*doers, *targets)))
    places = Counter(m.event.place for m in core if m.event.place)
    blanks = {
        "topic": _topic(record, core, kind),
        "place": one_line(places.most_common(1)[0][0]) if places else "",
        "doer": doers[0] if doers else "",
        "target": next((t for t in targets if t not in doers[:1]), ""),
        "one": everyone[0] if everyone else "",
        "sides": f"{everyone[0]} and {everyone[1]}" if len(everyone) > 1 else "",
    }
    return title(kind, blanks)


def main_kind(mentions: Sequence[EventMention]) -> Strand:
    """The kind of most mentions; of most deeds, if at least half are deeds."""
    kinds = Counter(strand(m.event) for m in mentions)
    deeds = Counter({kind: count for kind, count in kinds.items() if kind != "words"})
    return (deeds if sum(deeds.values()) * 2 >= len(mentions) else kinds).most_common(1)[0][0]


def _ranked(record: Record, mentions: Iterable[EventMention], doing: bool) -> list[str]:
    """The names of those who act (or are acted on), most often told first; one for each side, known ones before mere descriptions."""
    counts: Counter[str] = Counter()
    best: dict[str, Who] = {}
    for mention in mentions:
        for who in record.initiators(mention) if doing else record.recipients(mention):
            counts[who.party] += 1
            if who.party not in best or (_known(who), who.name) > (_known(best[who.party]), best[who.party].name):
                best[who.party] = who
    ordered = sorted(counts, key=lambda party: (-counts[party] - _known(best[party]), best[party].name))
    return [mid_sentence(one_line(best[party].name)) for party in ordered]


def _known(who: Who) -> int:
    return 2 if who.kind == "country" else 1 if who.name[:1].isupper() and who.kind != "group" else 0


def _topic(record: Record, mentions: Sequence[EventMention], kind: Strand) -> str:
    """The noun that the thread's acts are most about, as most reports write it; "" if none is told twice.

    What is blockaded or raised against somebody is told by the word for the act itself; else that word is in the title already.
    """
    counts = Counter(stem for m in mentions for stem in _about(m, kind) if stem not in record.name_stems)
    told = [stem for stem, count in counts.items() if count > 1 or len(mentions) == 1]
    for stem in sorted(told, key=lambda stem: (-counts[stem] * rarity(stem), stem))[:_TRIED]:
        forms = Counter(form for m in mentions if stem in m.words for form in _nouns(m.sentence, stem))
        if forms:
            return forms.most_common(1)[0][0]
    return ""


def _about(mention: EventMention, kind: Strand) -> frozenset[str]:
    return mention.matter | mention.words_of_act if kind == "measures" else mention.matter - mention.words_of_act


@lru_cache(maxsize=256)
def _words(sentence: str) -> tuple[Word, ...]:
    return tuple(words(sentence))


def _nouns(sentence: str, stem: str) -> Iterable[str]:
    """The forms in which a sentence has a stem as the last word of a noun phrase, as far as the words beside it tell."""
    found = _words(sentence)
    for number, word in enumerate(found):
        if alike(word.stem) != stem or word.capital:
            continue
        form = re.split(r"[^\w-]", sentence[word.start :], maxsplit=1)[0].lower()
        behind = sentence[word.start + len(form) :].lstrip()
        before = sentence[: word.start].split()[-1:] if number else []
        ends = not behind[:1].isalnum() or behind.split()[0].lower().strip(".,;:") in words_of("case", "nouns", "behind")
        verb = bool(before) and before[0].lower() in words_of("case", "nouns", "before_verbs")
        if ends and not verb and not form.endswith(("ed", "ly")):
            yield form


def present_state(record: Record, mentions: Sequence[EventMention]) -> tuple[str, tuple[StateEvidence, ...]]:
    """Where a thread stands, in one sentence, and the mentions that it rests on.

    Of what the latest reports tell, that counts which is most firm: done or under way before promised, promised before demanded.
    """
    kinds = Counter(strand(m.event) for m in mentions)
    latest = _latest(mentions, main_kind(mentions))
    decisive = max(latest, key=lambda m: (_firmness(record, m, kinds), _day(m), -m.event.trigger.start))
    item = record.item(decisive.place)
    evidence = [m for m in latest if record.item(m.place) == item]
    evidence.sort(key=lambda m: m.place != decisive.place)
    return _sentence(record, decisive), tuple(StateEvidence(m.place.report, m.place.entry) for m in evidence)


def _latest(mentions: Sequence[EventMention], kind: Strand) -> list[EventMention]:
    """What was told on the last day; of the thread's own kind, if that was told then or shortly before."""
    last = max((m.published for m in mentions), default="")
    same = [m for m in mentions if strand(m.event) == kind and m.event.status != "hypothetical"]
    same_last = max((m.published for m in same), default="")
    if same_last and (same_last == last or days_between(same_last, last) <= _FRESH):
        return [m for m in same if m.published == same_last]
    return [m for m in mentions if m.published == last]


def _firmness(record: Record, mention: EventMention, kinds: Counter[Strand]) -> float:
    """How firmly a mention tells where the thread stands: its status, its kind, how sure the reader is, whether it is told who acts."""
    event = mention.event
    common = kinds[strand(event)] / max(kinds.values())
    told = (0.2 if event.initiators else 0.0) + (_ORDERED if _own_order(record, mention) else 0.0)
    past = _PAST if days_between(last_day(_day(mention)) or "", mention.published) > _LONG_AGO else 0.0
    return _WEIGHT[event.status] + 0.5 * common + 0.5 * event.confidence + told - past


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
    act = event.type if event.status == "occurred" else ""
    return lead(("order" if _own_order(record, mention) else act, stance(record, mention), event.status))


def _own_order(record: Record, mention: EventMention) -> bool:
    """Whether somebody tells their own people to act: that is no demand, but how a state acts."""
    event = mention.event
    makers, told = ({who.party for who in f(mention)} for f in (record.initiators, record.recipients))
    if event.type == "REQUEST":
        return bool(told) and told <= makers
    return event.status == "demanded" and claimant(record, mention).source in makers


def _quoted(mention: EventMention) -> str:
    """The sentence, or the part of it around the act where it is long."""
    sentence = mention.sentence
    at = max(0, sentence.find(mention.trigger))
    if at + len(mention.trigger) > _QUOTED - 20:
        blank = sentence.find(" ", at - _QUOTED // 2)
        sentence = "… " + sentence[blank + 1 if 0 <= blank < at else at :]
    return shortened(sentence, _QUOTED)
