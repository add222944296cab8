"""The threads of a brief: where each stands, what happened in order, what is said, and what is still to come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.case.asking import Telling
from dragoman.case.brief.choosing import EVENTS, Chosen
from dragoman.case.brief.notes import Notes
from dragoman.case.brief.parts import Line, Section
from dragoman.case.brief.sentences import Sentence, sentence
from dragoman.case.judgements import Place, Thread
from dragoman.case.linking.stems import stem
from dragoman.case.record import EventMention
from dragoman.reading.wording import one_line, shortened
from dragoman.text.report import Span

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_SHOWN = 4
_GROUPS = ("What happened", "What is said", "Announced, promised, demanded, called off or denied", "Also told")
_HELD = ("occurred", "ongoing")


class Stories:
    """Tells threads; every sentence that is told has its note."""

    def __init__(self, of: Chosen, notes: Notes) -> None:
        self._of = of
        self._notes = notes

    def state(self, thread: Thread) -> Line | None:
        """The sentence for where a thread stands; None if what it rests on is lost."""
        found = (self._of.material.event(Place(evidence.report, evidence.event)) for evidence in thread.state_evidence[:1])
        mention = next((mention for mention in found if mention), None)
        if mention is None:
            return None
        told = sentence(self._of.material, mention)
        return self._line(told, mention, thread.id, 0, (mention,))

    def thread(self, thread: Thread) -> Section:
        """One thread with its sections."""
        state = self.state(thread)
        parts, count = self._parts(self._of.events[thread.id], state)
        lines = [
            *([Line("Where it stands:", "label"), state] if state else []),
            *self._left(len(thread.events), count, f"--thread {thread.id}"),
        ]
        return Section(shortened(one_line(thread.title), 120), tuple(lines), parts, thread.id)

    def outside(self) -> Section | None:
        """What belongs to no thread; None where there is nothing of it."""
        parts, count = self._parts(self._of.outside)
        return Section("Outside the threads", tuple(self._left(self._of.apart, count)), parts) if parts else None

    @staticmethod
    def _left(all_of_them: int, told: int, option: str = "") -> list[Line]:
        left = all_of_them - told
        words = f"{left:,} more of {all_of_them:,} acts: see dragoman timeline {option}".rstrip()
        return [Line(words, "counted")] if left > 0 else []

    def _parts(self, events: Sequence[str], state: Line | None = None) -> tuple[tuple[Section, ...], int]:
        """Sections for the best of some events, and how many are told in them; a quotation that tells the state is not told again."""
        known = self._of.material.tellings
        found = (self._newest(known[event]) for event in events if event in known)
        tellings = [telling for telling in found if telling.mention.event.status != "hypothetical"]
        told = [(telling, sentence(self._of.material, telling.mention)) for telling in tellings]
        ordered = sorted(_without_doubles(_best(told)), key=lambda pair: (_day(pair[0]), int(pair[0].event.id[1:])))
        groups: dict[str, list[Line]] = {name: [] for name in _GROUPS}
        for telling, words in ordered:
            line = self._event(telling, words)
            if state is None or line.manner == "composed" or line.text != state.text:
                groups[_group(telling, words)].append(line)
        return tuple(Section(heading, tuple(found)) for heading, found in groups.items() if found), len(ordered)

    def lines(self, sections: Iterable[Section]) -> list[Line]:
        """All lines of sections about acts."""
        return [line for section in sections for part in section.sections for line in part.lines]

    def _newest(self, telling: Telling) -> Telling:
        """An act with a mention since the day asked for, if one is, instead of one from before."""
        since, material = self._of.filters.since, self._of.material
        if not since or telling.mention.published >= since:
            return telling
        mentions = (material.event(Place(claim.report, claim.event)) for claim in telling.event.claims)
        newer = next((mention for mention in mentions if mention and mention.published >= since), telling.mention)
        return replace(telling, mention=newer)

    def _event(self, telling: Telling, words: Sentence) -> Line:
        by_source = self._by_source(telling)
        shown = list(by_source.values())[:_MOST_SHOWN]
        line = self._line(words, telling.mention, telling.event.id, len(by_source), shown)
        said = self._of.material.record.said.get(telling.event.id)
        return replace(line, text=f"{line.text}; a person has decided that its status is “{said}”") if said else line

    def _by_source(self, telling: Telling) -> dict[str, EventMention]:
        """One mention of each source that tells an act with its status, the one that is told first."""
        material, found = self._of.material, dict[str, EventMention]()
        mentions = [telling.mention, *(m for c in telling.event.claims if (m := material.event(Place(c.report, c.event))))]
        for mention in mentions:
            if mention is telling.mention or self._tells_the_same(telling.mention, mention):
                found.setdefault(material.source(mention), mention)
        return found

    def _tells_the_same(self, one: EventMention, other: EventMention) -> bool:
        """Whether another mention plainly tells the same: the same verb, the same status, somebody who takes part in both, shared matter.

        That two mentions are one event is a link that may be wrong; a note has to bear out its sentence.
        """
        record = self._of.material.record
        sides = [{who.id for who in (*record.initiators(m), *record.recipients(m))} for m in (one, other)]
        verbs = [stem(m.trigger.split(" ")[0]) for m in (one, other)]
        alike = one.event.status == other.event.status and verbs[0] == verbs[1]
        return alike and bool(sides[0] & sides[1]) and bool(record.matter(one) & record.matter(other))

    def _line(self, words: Sentence, mention: EventMention, item: str, sources: int, shown: Sequence[EventMention]) -> Line:
        day = _own_day(mention)
        return Line(
            words.text,
            "composed" if words.composed else "quoted",
            tuple(dict.fromkeys(self._notes.event(one) for one in shown)),
            day or mention.published,
            bool(day),
            sources,
            words.standing or "",
            bool(self._of.filters.since) and all(one.published >= (self._of.filters.since or "") for one in shown),
            item,
        )


def _best(told: Sequence[tuple[Telling, Sentence]]) -> list[tuple[Telling, Sentence]]:
    """Those that are told: composed before quoted, of several sources before one, the surest first."""
    ranked = sorted(told, key=lambda pair: (-_worth(*pair), int(pair[0].event.id[1:])))
    return _without_doubles(ranked)[:EVENTS]


def _worth(telling: Telling, words: Sentence) -> float:
    event = telling.event
    held = event.status in _HELD and not telling.mention.voices
    return event.confidence + 0.15 * min(event.independent_sources, 4) + 0.2 * words.composed + 0.1 * held


def _without_doubles(told: Sequence[tuple[Telling, Sentence]]) -> list[tuple[Telling, Sentence]]:
    """Each sentence of a report is quoted once, and not where one of our own already quotes its words."""
    kept: list[tuple[Telling, Sentence]] = []
    shown: dict[tuple[str, str], list[Span]] = {}
    for telling, words in told:
        mention = telling.mention
        spans = shown.setdefault((mention.place.report, mention.sentence), [])
        inside = any(span.start <= mention.event.trigger.start < span.end for span in spans)
        if (words.composed and not inside) or not spans:
            spans.append(words.rest)
            kept.append((telling, words))
    return kept


def _group(telling: Telling, words: Sentence) -> str:
    if telling.mention.event.status in _HELD:
        return _GROUPS[1] if telling.mention.voices else _GROUPS[0]
    return _GROUPS[2] if words.composed or words.led else _GROUPS[3]


def _own_day(mention: EventMention) -> str:
    """The ISO day that the mention's own words give; "" where they give none, or a longer time."""
    when = mention.event.when
    return when.start if when and not when.inferred and when.start == when.end and _DAY.fullmatch(when.start) else ""


def _day(telling: Telling) -> str:
    return _own_day(telling.mention) or telling.mention.published
