"""Everything about one item of the case, down to the sentences in the saved reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.case.asking import Questions
from dragoman.case.deriving import Records
from dragoman.case.judgements import Link, Place
from dragoman.case.query import Filters
from dragoman.case.record import EventMention, FigureMention, Record, StatementMention
from dragoman.case.store.base import Store, StoredDecision, StoredLink
from dragoman.errors import QueryError
from dragoman.reading.entries import Statement
from dragoman.reading.wording import amount, listed, mid_sentence, one_line, printable, shortened, spoken_when
from dragoman.text.report import Span

_REACH = 200
_MOST_RELATED = 40
_ENDS = (". ", ".\n", "\n\n", "? ", "! ")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a report as evidence: `text` is the sentence on one line, cut as (before, marked, after).

    `span` is where the sentence, and `marked` where the marked words stand in the report's text. `note` tells what it shows.
    """

    place: Place
    published: str
    publisher: str
    title: str
    text: tuple[str, str, str]
    span: Span
    marked: Span
    note: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another item of the case with what it has to do with this one."""

    id: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One item: `facts` are pairs of a heading and a text; `links` what joins its mentions; `decisions` what people decided about it."""

    id: str
    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]
    related: tuple[Related, ...] = ()
    links: tuple[Link, ...] = ()
    decisions: tuple[StoredDecision, ...] = ()


class Shower:
    """Shows items of one case."""

    def __init__(self, store: Store, records: Records, questions: Questions) -> None:
        self._store = store
        self._records = records
        self._questions = questions

    def show(self, item: str, filters: Filters) -> Shown:
        """The item of this id ("E12", "A3", "T1", "F2", "D1", "C4") or the link ("L7"). Raises QueryError if the case has none."""
        name = item.strip().upper()
        ways: Mapping[str, Callable[[str, Filters], Shown | None]] = {
            "A": self._actor, "E": self._event, "F": self._figure, "D": self._dispute,
            "C": self._commitment, "T": self._thread, "L": self._link,
        }  # fmt: skip
        way = ways.get(name[:1])
        number = name[1:]
        shown = way(name, filters) if way and number.isascii() and number.isdigit() and len(number) < 10 else None
        if shown is None:
            day = f" on {filters.as_of}" if filters.as_of else ""
            raise QueryError(f"the case has no {one_line(item)!r}{day}; `dragoman timeline`, `actors` and the other questions show the ids")
        return replace(shown, decisions=tuple(self._store.decisions(name)))

    # --- items

    def _event(self, item: str, filters: Filters) -> Shown | None:
        found = self._questions.tellings([item], filters)
        if not found:
            return None
        telling, record = found[0], self._records.of_items([item], filters)
        event = telling.event
        facts = (
            ("what", f"{event.type.lower()}{f': {event.mode}' if event.mode else ''}"),
            ("status", event.status),
            ("who", listed(telling.who)),
            ("to whom", listed(telling.whom)),
            ("when", f"{spoken_when(event.when)}{' (inferred)' if event.when and event.when.inferred else ''}" if event.when else ""),
            ("where", event.place or ""),
            ("told by", f"{_count(event.independent_sources, 'independent source')} in {_count(len(event.claims), 'mention')}"),
            ("confidence", f"{event.confidence:.2f}"),
        )
        passages = tuple(self._of_event(record, mention) for mention in record.clusters[item])
        return Shown(item, "event", telling.mention.sentence, _told(facts), passages, self._around(item, filters), self._links(passages))

    def _actor(self, item: str, filters: Filters) -> Shown | None:
        found = self._questions.actors_of([item], filters)
        if not found:
            return None
        actor, record = found[0], self._records.of_items([item], filters)
        facts = (
            ("kind", actor.kind),
            ("country", actor.country or ""),
            ("sectors", ", ".join(actor.sectors)),
            ("also called", ", ".join(actor.aliases)),
            ("named in", _count(len({m.report for m in actor.mentions}), "report")),
        )
        passages = tuple(p for m in actor.mentions if (p := self._of_actor(record, Place(m.report, m.actor))))
        acts = self._questions.events(replace(filters, actor=item), limit=_MOST_RELATED)
        related = [Related(t.event.id, _side(item, t.event.initiators), _line(t.mention)) for t in acts]
        return Shown(item, "actor", actor.name, _told(facts), passages, tuple(related), self._links(passages))

    def _figure(self, item: str, filters: Filters) -> Shown | None:
        series = next((s for s in self._records.derived(filters.as_of).figures if s.id == item), None)
        if series is None:
            return None
        record = self._of_reports(claim.report for claim in series.claims)
        changed = {revision.after for revision in series.revisions}
        passages = [self._of_place(record, Place(claim.report, claim.figure)) for claim in series.claims]
        noted = [replace(p, note=f"{p.note}; a revision") if p.place in changed else p for p in passages if p]
        facts = (("counted", series.of or ""), ("unit", series.unit or ""), ("revisions", str(len(series.revisions) or "")))
        title = one_line(series.of or series.unit or "figure")
        return Shown(item, "figure", title, _told(facts), tuple(noted), self._about(series.about, "about", filters))

    def _dispute(self, item: str, filters: Filters) -> Shown | None:
        dispute = next((d for d in self._records.derived(filters.as_of).disputes if d.id == item), None)
        if dispute is None:
            return None
        record = self._of_reports(place.report for side in dispute.sides for place in side.claims)
        names = self._questions.names(speaker for side in dispute.sides for speaker in side.speakers)
        passages = [
            replace(passage, note=f"{side.position} ({passage.note})" if passage.note else side.position)
            for side in dispute.sides for place in side.claims if (passage := self._of_place(record, place))
        ]  # fmt: skip
        sides = ((side.position, listed([names.get(s, s) for s in side.speakers]) or "the reports themselves") for side in dispute.sides)
        facts = (("kind", dispute.kind), *sides)
        return Shown(item, "dispute", dispute.summary, _told(facts), tuple(passages), self._about(dispute.about, "about", filters))

    def _commitment(self, item: str, filters: Filters) -> Shown | None:
        found = next((c for c in self._records.derived(filters.as_of).commitments if c.id == item), None)
        if found is None:
            return None
        record = self._records.of_items([found.act], filters)
        names = self._questions.names(filter(None, (found.maker, found.to)))
        made = [replace(self._of_event(record, m), note=f"made: {m.event.status}") for m in record.clusters.get(found.act, ())]
        wider = self._of_reports(proof.report for proof in found.evidence)
        proofs = [(p, self._of_place(wider, Place(p.report, p.event))) for p in found.evidence]
        evidence = [replace(passage, note=f"{p.bears} ({p.score:.2f}: {p.why})") for p, passage in proofs if passage]
        facts = (
            ("kind", found.kind),
            ("by", names.get(found.maker or "", "")),
            ("to", names.get(found.to or "", "")),
            ("made", found.made or ""),
            ("due", found.due or ""),
            ("condition", found.condition or ""),
            ("state", f"{found.state} (as {'a person' if found.decided_by == 'person' else 'the rules'} decided)"),
        )
        title = made[0].text if made else ("", found.act, "")
        return Shown(item, "commitment", "".join(title), _told(facts), (*made, *evidence), self._about(found.act, "the act", filters))

    def _thread(self, item: str, filters: Filters) -> Shown | None:
        thread = next((t for t in self._records.derived(filters.as_of).threads if t.id == item), None)
        if thread is None:
            return None
        record = self._of_reports(place.report for place in thread.state_evidence)
        passages = [self._of_place(record, Place(e.report, e.event)) for e in thread.state_evidence]
        events = self._questions.tellings(thread.events, filters)
        related = tuple(Related(t.event.id, t.day, _line(t.mention)) for t in events)
        facts = (("state", thread.state), ("since", thread.since or ""), ("events", str(len(thread.events))))
        return Shown(item, "thread", thread.title, _told(facts), tuple(p for p in passages if p), related)

    def _link(self, item: str, filters: Filters) -> Shown | None:
        kept = self._store.link(item)
        if kept is None:
            return None
        link = kept.link
        record = self._of_reports((link.a.report, link.b.report))
        facts = (
            ("kind", link.kind.replace("_", " ")),
            ("score", f"{link.score:.2f}"),
            ("why", link.why),
            ("by", link.by),
            ("at", link.at),
            ("judgement", link.judgement),
            ("superseded", kept.superseded or ""),
        )
        passages = tuple(p for place in (link.a, link.b) if (p := self._of_place(record, place)))
        return Shown(item, "link", f"{link.kind.replace('_', ' ')}: {link.why}", _told(facts), passages)

    # --- what is around an item

    def _around(self, item: str, filters: Filters) -> tuple[Related, ...]:
        """The thread that an event is in, and the figures, disputes and commitments that are about it."""
        derived = self._records.derived(filters.as_of)
        series = {s.id for s in derived.figures if s.about == item}
        found = [Related(t.id, "thread", t.title) for t in derived.threads if item in t.events]
        found += [Related(s.id, "figure", one_line(s.of or s.unit or "")) for s in derived.figures if s.id in series]
        found += [Related(d.id, "dispute", d.summary) for d in derived.disputes if d.about == item or d.about in series]
        found += [Related(c.id, c.kind, f"state: {c.state}") for c in derived.commitments if c.act == item]
        return tuple(found)

    def _about(self, item: str | None, what: str, filters: Filters) -> tuple[Related, ...]:
        if item and item.startswith("E"):
            return tuple(Related(item, what, _line(t.mention)) for t in self._questions.tellings([item], filters))
        return (Related(item, what, ""),) if item else ()

    def _links(self, passages: Sequence[Passage]) -> tuple[Link, ...]:
        kept: list[StoredLink] = self._store.links([passage.place for passage in passages])
        return tuple(k.link for k in kept)

    def _of_reports(self, ids: Iterable[str]) -> Record:
        return self._records.of(list(self._store.reports(dict.fromkeys(ids)).values()))

    # --- sentences

    def _of_place(self, record: Record, place: Place) -> Passage | None:
        """The sentence of an entry; the head of the report where the report as a whole is meant."""
        if not place.entry:
            return self._passage(record, place, Span(0, _REACH), Span(0, 0), "") if place.report in record.reports else None
        events: dict[Place, EventMention] = record.event_at
        if place in events:
            return self._of_event(record, events[place])
        figure = next((f for f in record.figures if f.place == place), None)
        if figure is not None:
            return self._of_figure(record, figure)
        told = next((s for s in record.statements if s.place == place), None)
        return self._of_statement(record, told) if told is not None else self._of_actor(record, place)

    def _of_event(self, record: Record, mention: EventMention) -> Passage:
        event = mention.event
        note = event.status + self._voice(record, mention.place.report, mention.voices)
        return self._passage(record, mention.place, event.sentence, event.trigger, note)

    def _of_figure(self, record: Record, mention: FigureMention) -> Passage:
        span = Span(mention.figure.start, mention.figure.end)
        note = one_line(amount(mention.figure)) + self._voice(record, mention.place.report, mention.voices)
        return self._passage(record, mention.place, None, span, note)

    def _of_statement(self, record: Record, mention: StatementMention) -> Passage:
        content = mention.statement.content[0]
        note = "said" + self._voice(record, mention.place.report, [mention.statement])
        return self._passage(record, mention.place, None, content, note)

    def _of_actor(self, record: Record, place: Place) -> Passage | None:
        actors = (a for m in record.mentions if m.report.id == place.report for a in m.actors if a.id == place.entry)
        actor = next(actors, None)
        if actor is None:
            return None
        first = actor.mentions[0]
        return self._passage(record, place, None, first, one_line(actor.name))

    def _voice(self, record: Record, report: str, voices: Sequence[Statement]) -> str:
        if not voices:
            return ""
        who = record.who(report, voices[-1].speaker)
        return f", according to {mid_sentence(one_line(who.name)) if who else 'a source that is not named'}"

    def _passage(self, record: Record, place: Place, sentence: Span | None, marked: Span, note: str) -> Passage:
        text = printable(self._store.text(place.report) or "")
        sentence = sentence or _sentence(text, marked)
        report = record.reports[place.report]
        start, end = max(sentence.start, marked.start - 2 * _REACH, 0), min(sentence.end, marked.end + 2 * _REACH, len(text))
        parts = (text[start : marked.start], text[marked.start : marked.end], text[marked.end : end])
        if marked.start >= marked.end:
            parts = (text[start:end], "", "")
        return Passage(place, report.published, report.publisher, report.title, _joined(parts), Span(start, end), marked, note)


def _sentence(text: str, span: Span) -> Span:
    """The sentence, more or less, around a span; a line at most."""
    start, end = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    left = max(text.rfind(mark, start, span.start) + len(mark) if mark in text[start : span.start] else start for mark in _ENDS)
    rights = [at + 1 for mark in _ENDS if (at := text.find(mark, max(span.start, span.end - 1), end)) >= 0]
    return Span(left, min(rights, default=end))


def _joined(parts: Sequence[str]) -> tuple[str, str, str]:
    """Three stretches of a text, each on one line, with the blanks between them kept."""
    before, marked, after = (" ".join(part.split()) for part in parts)
    left = " " if parts[0][-1:].isspace() and before else ""
    right = " " if parts[2][:1].isspace() and after else ""
    return before + left, marked, right + after


def _told(facts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((heading, one_line(text)) for heading, text in facts if text)


def _side(item: str, initiators: Sequence[str]) -> str:
    return "does" if item in initiators else "is acted on, or says so"


def _line(mention: EventMention) -> str:
    return shortened(mention.sentence, 160)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
