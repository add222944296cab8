"""Everything about one item of the case, down to the sentences in the saved reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from dragoman.case.asking import Questions
from dragoman.case.commitments import commitments
from dragoman.case.corrected import Corrections, Edited, event_facts, noted, with_edits
from dragoman.case.deriving import Records
from dragoman.case.edits import Edits, target_of
from dragoman.case.judgements import Commitment, Link, Place
from dragoman.case.query import Filters
from dragoman.case.record import EventMention, FigureMention, Record, StatementMention
from dragoman.case.store.base import Store, StoredDecision, StoredLink
from dragoman.errors import QueryError
from dragoman.reading.entries import Statement, Status
from dragoman.reading.wording import amount, listed, mid_sentence, one_line, printable, shortened, spoken_date
from dragoman.text.report import Span

_REACH = 200
_MOST_RELATED = 40
_MOST_SHOWN = 60
"""Mentions, claims or events of one item that are shown, the last of them; the others are counted."""
_STATUSES = frozenset(get_args(Status))
_REPORT = re.compile("[0-9A-F]{6,64}")
_ENDS = (". ", ".\n", "\n\n", "? ", "! ")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a report as evidence: `text` is the sentence on one line, cut as (before, marked, after).

    `span` is where the sentence, and `marked` where the marked words stand in the report's text. `note` tells what it shows;
    `said_in` is the statement (an id of the reading) by which somebody says it, "" where the report itself does; `repeats` the
    earlier report whose text this one repeats, "" if it stands for itself.
    """

    place: Place
    published: str
    publisher: str
    title: str
    text: tuple[str, str, str]
    span: Span
    marked: Span
    note: str
    said_in: str = ""
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Another item of the case with what it has to do with this one."""

    id: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One item: `facts` are pairs of a heading and a text; `links` what joins its mentions; `decisions` what people decided about it.

    `edits` are the fields that a person has set, with the machine's value beside each.
    """

    id: str
    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]
    related: tuple[Related, ...] = ()
    links: tuple[Link, ...] = ()
    decisions: tuple[StoredDecision, ...] = ()
    edits: tuple[Edited, ...] = ()


class Shower:
    """Shows items of one case."""

    def __init__(self, store: Store, records: Records, questions: Questions) -> None:
        self._store = store
        self._records = records
        self._questions = questions

    def show(self, item: str, filters: Filters) -> Shown:
        """The item of this id ("E12", "A3", "T1", "F2", "D1", "C4"), the link ("L7"), or the report whose id begins so ("8ee3feb3").

        Raises QueryError if the case has none.
        """
        name = item.strip().upper()
        ways: Mapping[str, Callable[[str, Filters], Shown | None]] = {
            "A": self._actor, "E": self._event, "F": self._figure, "D": self._dispute,
            "C": self._commitment, "T": self._thread, "L": self._link,
        }  # fmt: skip
        way = ways.get(name[:1])
        number = name[1:]
        shown = way(name, filters) if way and number.isascii() and number.isdigit() and len(number) < 10 else None
        if shown is None and _REPORT.fullmatch(name):
            shown = self._report(name.lower(), filters)
        if shown is None:
            day = f" on {filters.as_of}" if filters.as_of else ""
            raise QueryError(f"the case has no {one_line(item)!r}{day}; `dragoman timeline`, `actors` and the other questions show the ids")
        return replace(shown, decisions=self._decisions(shown))

    def _decisions(self, shown: Shown) -> tuple[StoredDecision, ...]:
        """What was decided about an item, its links and its mentions, or made another item part of it, and what took that back."""
        about = {shown.id, *(link.id for link in shown.links), *_targets(shown.passages)}
        found = dict[str, StoredDecision]()
        for stored in self._store.decisions():
            decision = stored.decision
            if decision.target in about or decision.value == shown.id or decision.target in found:
                found[decision.id] = stored
        return tuple(found.values())

    # --- items

    def _event(self, item: str, filters: Filters) -> Shown | None:
        found = self._questions.tellings([item], filters)
        if not found:
            return None
        telling, record = found[0], self._records.of_items([item], filters)
        facts = event_facts(telling.event, self._questions.names((*telling.event.initiators, *telling.event.recipients)))
        passages = tuple(self._of_event(record, mention) for mention in record.clusters[item][-_MOST_SHOWN:])
        around, links = self._around(item, filters), self._links(passages)
        edits, passages = self._corrected(item, passages, lambda found: found.of_event(item))
        return Shown(item, "event", telling.mention.sentence, _told(with_edits(facts, edits)), passages, around, links, edits=edits)

    def _corrected(
        self, item: str, passages: Sequence[Passage], of_item: Callable[[Corrections], tuple[Edited, ...]]
    ) -> tuple[tuple[Edited, ...], tuple[Passage, ...]]:
        """What was edited of an item and of its mentions, and the passages with what was read instead."""
        edits = Edits(stored.decision for stored in self._store.decisions())
        if edits.targets.isdisjoint((item, *_targets(passages))):
            return (), tuple(passages)
        rows = self._store.reports(dict.fromkeys(passage.place.report for passage in passages)).values()
        found = Corrections(edits, self._records.of(list(rows), as_read=True), self._questions.names)
        own = [found.of_mention(passage.place) for passage in passages]
        shown = tuple(replace(p, note=noted(p.note, some)) for p, some in zip(passages, own, strict=True))
        return (*of_item(found), *dict.fromkeys(edit for some in own for edit in some)), shown

    def _actor(self, item: str, filters: Filters) -> Shown | None:
        found = self._questions.actors_of([item], filters)
        if not found:
            return None
        actor, shown = found[0], [Place(m.report, m.actor) for m in found[0].mentions[-_MOST_SHOWN:]]
        record = self._records.of_places(shown)
        facts = (
            ("kind", actor.kind),
            ("country", actor.country or ""),
            ("sectors", ", ".join(actor.sectors)),
            ("also called", ", ".join(actor.aliases)),
            ("named in", _count(len({m.report for m in actor.mentions}), "report")),
            ("mentions", _of_many(len(actor.mentions)) if len(actor.mentions) > _MOST_SHOWN else ""),
        )
        passages = tuple(p for place in shown if (p := self._of_actor(record, place)))
        acts = self._questions.events(replace(filters, actor=item), limit=_MOST_RELATED)
        related = [Related(t.event.id, _side(item, t.event.initiators), _line(t.mention)) for t in acts]
        return Shown(item, "actor", actor.name, _told(facts), passages, tuple(related), self._links(passages))

    def _figure(self, item: str, filters: Filters) -> Shown | None:
        series = next(iter(self._records.figures(filters.as_of, [item])), None)
        if series is None:
            return None
        record = self._records.of_places(Place(claim.report, claim.figure) for claim in series.claims[-_MOST_SHOWN:])
        changed = {revision.after for revision in series.revisions}
        passages = [self._of_place(record, Place(claim.report, claim.figure)) for claim in series.claims[-_MOST_SHOWN:]]
        told = [replace(p, note=f"{p.note}; a revision") if p.place in changed else p for p in passages if p]
        edits, shown = self._corrected(item, told, lambda _: ())
        facts = (("counted", series.of or ""), ("unit", series.unit or ""), ("revisions", str(len(series.revisions) or "")))
        title = one_line(series.of or series.unit or "figure")
        return Shown(item, "figure", title, _told(facts), shown, self._about(series.about, "about", filters), edits=edits)

    def _dispute(self, item: str, filters: Filters) -> Shown | None:
        dispute = next(iter(self._records.disputes(filters.as_of, [item])), None)
        if dispute is None:
            return None
        record = self._records.of_places(place for side in dispute.sides for place in side.claims)
        names = self._questions.names(speaker for side in dispute.sides for speaker in side.speakers)
        passages = [
            replace(passage, note=_held(side.position, passage.note))
            for side in dispute.sides for place in side.claims if (passage := self._of_place(record, place))
        ]  # fmt: skip
        sides = ((side.position, listed([names.get(s, s) for s in side.speakers]) or "the reports themselves") for side in dispute.sides)
        facts = (("kind", dispute.kind), *sides)
        return Shown(item, "dispute", dispute.summary, _told(facts), tuple(passages), self._about(dispute.about, "about", filters))

    def _commitment(self, item: str, filters: Filters) -> Shown | None:
        found = next(iter(self._records.commitments(filters.as_of, [item])), None)
        if found is None:
            return None
        record = self._records.of_items([found.act], filters)
        names = self._questions.names(filter(None, (found.maker, found.to)))
        made = [replace(self._of_event(record, m), note=f"made: {m.event.status}") for m in record.clusters.get(found.act, ())]
        wider = self._records.of_places(Place(proof.report, proof.event) for proof in found.evidence)
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
        edits, passages = self._corrected(
            item, (*made, *evidence), lambda read: read.of_commitment(item, lambda: self._as_read(found, filters))
        )
        about = self._about(found.act, "the act", filters)
        return Shown(item, "commitment", "".join(title), _told(with_edits(facts, edits)), passages, about, edits=edits)

    def _as_read(self, found: Commitment, filters: Filters) -> Sequence[Commitment]:
        """The commitments of the reports that bear on one, without what people have edited."""
        reports = [proof.report for proof in found.evidence]
        act = [row.place.report for row in self._store.members([found.act], filters)[found.act]]
        rows = self._store.reports(dict.fromkeys((*act, *reports))).values()
        today = filters.as_of or self._store.last_day()
        return commitments(replace(self._records.of(list(rows), as_read=True), as_of=today))

    def _thread(self, item: str, filters: Filters) -> Shown | None:
        thread = next(iter(self._records.threads(filters.as_of, [item])), None)
        if thread is None:
            return None
        record = self._records.of_places(Place(e.report, e.event) for e in thread.state_evidence)
        passages = [self._of_place(record, Place(e.report, e.event)) for e in thread.state_evidence]
        events = self._questions.tellings(thread.events[-_MOST_SHOWN:], filters)
        related = tuple(Related(t.event.id, t.day, line) for t, line in zip(events, _lines(t.mention for t in events), strict=True))
        facts = (
            ("state", thread.state),
            ("since", spoken_date(thread.since) if thread.since else ""),
            ("events", _of_many(len(thread.events))),
        )
        return Shown(item, "thread", thread.title, _told(facts), tuple(p for p in passages if p), related)

    def _link(self, item: str, filters: Filters) -> Shown | None:
        kept = self._store.link(item)
        if kept is None:
            return None
        link = kept.link
        record = self._records.of_places((link.a, link.b))
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

    def _report(self, name: str, filters: Filters) -> Shown | None:
        """The report whose id begins so: what is known of it, what read it and when, its head, and what it tells."""
        rows = [row for row in self._store.report_rows() if row.id.startswith(name)]
        if len(rows) != 1 or not filters.takes_report(rows[0].published):
            return None
        row, place = rows[0], Place(rows[0].id)
        readings = [f"{kept.by} at {kept.at}" for kept in reversed(self._store.whole().readings(row.id))]
        facts = (
            ("published", row.published),
            ("publisher", row.publisher or ""),
            ("address", row.url or ""),
            ("its own id", row.source_id or ""),
            ("added", row.added),
            ("read by", "; before that by ".join(readings)),
            ("repeats the text of", row.same_text_as or ""),
            ("kept bytes", f"SHA-256 {row.blob}" if row.blob else ""),
        )
        head = self._of_place(self._records.of_places([place]), place)
        entries = self._store.entries([place]).values()
        told = {kind: [e.item for e in entries if e.item and e.kind == kind] for kind in ("event", "actor")}
        events = self._questions.tellings(list(dict.fromkeys(told["event"])), filters)
        names = self._questions.names(dict.fromkeys(told["actor"]))
        related = [Related(t.event.id, t.event.status, _line(t.mention)) for t in events]
        related += [Related(item, "actor", name) for item, name in names.items()]
        passages = (head,) if head else ()
        return Shown(row.id, "report", one_line(row.title or row.id[:8]), _told(facts), passages, tuple(related), self._links(passages))

    # --- what is around an item

    def _around(self, item: str, filters: Filters) -> tuple[Related, ...]:
        """The thread that an event is in, and the figures, disputes and commitments that are about it."""
        derived = self._records.about(item, filters.as_of)
        found = [Related(t.id, "thread", t.title) for t in derived.threads]
        found += [Related(s.id, "figure", one_line(s.of or s.unit or "")) for s in derived.figures]
        found += [Related(d.id, "dispute", d.summary) for d in derived.disputes]
        found += [Related(c.id, c.kind, f"state: {c.state}") for c in derived.commitments]
        return tuple(found)

    def _about(self, item: str | None, what: str, filters: Filters) -> tuple[Related, ...]:
        if item and item.startswith("E"):
            return tuple(Related(item, what, _line(t.mention)) for t in self._questions.tellings([item], filters))
        return (Related(item, what, ""),) if item else ()

    def _links(self, passages: Sequence[Passage]) -> tuple[Link, ...]:
        reports = dict.fromkeys(Place(passage.place.report) for passage in passages)  # links of whole texts, too
        kept: list[StoredLink] = self._store.links((*(passage.place for passage in passages), *reports))
        return tuple(k.link for k in kept)

    # --- sentences

    def passages(self, places: Sequence[Place]) -> dict[Place, Passage]:
        """The sentences of these entries, those that there are; of a place without an entry the head of the report."""
        wanted = list(dict.fromkeys(places))
        record = self._records.of_places(wanted) if wanted else None
        return {place: passage for place in wanted if record and (passage := self._of_place(record, place))}

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
        return replace(self._passage(record, mention.place, event.sentence, event.trigger, note), said_in=_innermost(mention.voices))

    def _of_figure(self, record: Record, mention: FigureMention) -> Passage:
        span = Span(mention.figure.start, mention.figure.end)
        note = one_line(amount(mention.figure)) + self._voice(record, mention.place.report, mention.voices)
        return replace(self._passage(record, mention.place, None, span, note), said_in=_innermost(mention.voices))

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
        sentence = sentence or sentence_around(text, marked)
        report = record.reports[place.report]
        start, end = max(sentence.start, marked.start - 2 * _REACH, 0), min(sentence.end, marked.end + 2 * _REACH, len(text))
        parts = (text[start : marked.start], text[marked.start : marked.end], text[marked.end : end])
        if marked.start >= marked.end:
            parts = (text[start:end], "", "")
        shown = (_joined(parts), Span(start, end), marked, note)
        return Passage(place, report.published, report.publisher, report.title, *shown, repeats=report.same_text_as or "")


def _of_many(count: int) -> str:
    return f"{count:,}, the last {_MOST_SHOWN} of them below" if count > _MOST_SHOWN else str(count)


def _targets(passages: Iterable[Passage]) -> Iterable[str]:
    """How decisions name the entries that passages show, and the statements through which they are told."""
    for passage in passages:
        yield target_of(passage.place)
        if passage.said_in:
            yield target_of(Place(passage.place.report, passage.said_in))


def _innermost(voices: Sequence[Statement]) -> str:
    return voices[-1].id if voices else ""


def sentence_around(text: str, span: Span) -> Span:
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


def _held(position: str, note: str) -> str:
    """What a side holds, and on whose word; that it is told of ("occurred", "denied") its position says already."""
    told, by, speaker = note.partition(", according to ")
    return f"{position}{by}{speaker}" if told in _STATUSES else ": ".join(filter(None, (position, note)))


def _lines(mentions: Iterable[EventMention]) -> Iterable[str]:
    """The sentences of some mentions, each once; of a second act in one sentence its words."""
    before = None
    for mention in mentions:
        same = (mention.place.report, mention.event.sentence) == before
        yield f"in the same sentence: {mention.trigger}" if same else _line(mention)
        before = (mention.place.report, mention.event.sentence)


def _line(mention: EventMention) -> str:
    return shortened(mention.sentence, 160)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
