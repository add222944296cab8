"""What the questions to a case show: each answer as a page, as rows and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from dragoman.case.asking import Telling
from dragoman.case.case import Case
from dragoman.case.commitments import overdue
from dragoman.case.edits import spoken_target
from dragoman.case.exporting import Late, answer, plain, report
from dragoman.case.judgements import CaseActor, Commitment, FigureClaim, FigureSeries, Link, State, Thread
from dragoman.case.query import Filters
from dragoman.case.showing import Passage, Shown
from dragoman.case.store.base import Hit, ReportRow, StoredDecision
from dragoman.faces.cli.answers import Answer, Block, Point, Section, Sentence, sources
from dragoman.reading.entries import Figure
from dragoman.reading.wording import STATUS_WORDS, amount, first_day, listed, one_line, shortened, spoken_date, spoken_day
from dragoman.text.report import Span

STYLES = {"done": "cyan", "ahead": "green", "pressed": "yellow", "undone": "magenta", "supposed": "bright_black"}
_STATES: dict[State, str] = {
    "not yet rated": "bright_black", "in the works": "cyan", "stalled": "yellow",
    "compromise": "yellow", "kept": "green", "broken": "magenta",
}  # fmt: skip
_LONGEST = 260
_MARK = 13
"""Notes shorter than this stand in the margin."""
_NOBODY = "(not told)"


def about_filters(case: Case, filters: Filters) -> tuple[str, ...]:
    """The line under a title: which case, which day, what else was asked for."""
    names = case.names([item for item in (filters.actor, filters.thread) if item])
    actor, thread = (f"{item} {one_line(names.get(item, ''))}" if item else None for item in (filters.actor, filters.thread))
    asked = (("since", filters.since), ("actor", actor), ("thread", thread), ("type", filters.type), ("status", filters.status))
    day = f"as of {spoken_date(filters.as_of)}" if filters.as_of else ""
    return (*sources(case.store.location, day), *(f"{name} {value}" for name, value in asked if value))


# --- timeline


def timeline(case: Case, filters: Filters, limit: int | None, after: int = 0, title: str = "Timeline") -> Answer:
    """Events by day."""
    found = case.timeline(filters, limit=None if limit is None else limit + 1, after=after)
    shown = found[:limit]
    more = _more(limit, case.store.count_items("event", filters, after=after), "event") if len(found) > len(shown) else ""
    return events(case, filters, shown, title, more)


def events(case: Case, filters: Filters, shown: Sequence[Telling], title: str, more: str = "") -> Answer:
    """Some events by day."""
    sections = tuple(Section(heading, tuple(map(_event, group))) for heading, group in _by_day(shown))
    columns = ("id", "start", "end", "status", "type", "mode", "who", "whom", "place", "sources", "mentions", "thread", "sentence")
    rows = tuple(map(_event_row, shown))
    items = Late(lambda: answer(filters, events=[telling.event for telling in shown]))
    return Answer(title, about_filters(case, filters), sections, columns, rows, items, "No event passes.", more)


def _by_day(found: Sequence[Telling]) -> Iterable[tuple[str, list[Telling]]]:
    for heading, group in groupby(found, key=_day):
        yield heading, list(group)


def _day(telling: Telling) -> str:
    return spoken_date(telling.day) if telling.day else "Without a date"


def _event(telling: Telling) -> Block:
    event, words = telling.event, STATUS_WORDS[telling.event.status]
    parties = f"{listed(telling.who) or _NOBODY} → {listed(telling.whom)}" if telling.whom else listed(telling.who) or _NOBODY
    kind = event.type.lower() + (f": {event.mode}" if event.mode else "")
    until = f"until {spoken_date(event.when.end)}" if event.when and event.when.end != event.when.start else ""
    told = _count(event.independent_sources, "source") if event.independent_sources > 1 else ""
    inferred = "day of the report" if not event.when else "date inferred" if event.when.inferred else ""
    undoes = f"undoes {event.reverses}" if event.reverses else ""
    about = sources(kind, until, event.place or "", told, inferred, undoes, event.thread or "")
    return Block(event.id, parties, f"{words.symbol} {words.word}", STYLES[words.family], _mention(telling), about)


def _mention(telling: Telling) -> Sentence:
    """The sentence of the mention that stands for the event, with its trigger marked, cut where it is long."""
    sentence, trigger = telling.mention.sentence, telling.mention.trigger
    at = sentence.find(trigger)
    if at < 0 or not trigger:
        return shortened(sentence, _LONGEST), "", ""
    before, after = sentence[:at], sentence[at + len(trigger) :]
    if len(before) > _LONGEST // 2:
        cut = before[-_LONGEST // 2 :]
        before = f"…{cut[cut.find(' ') :]}" if " " in cut else f"…{cut}"
    return before, trigger, shortened(after, max(40, _LONGEST - len(before) - len(trigger))) if after else ""


def _event_row(telling: Telling) -> tuple[str | int | None, ...]:
    event = telling.event
    start, end = (event.when.start, event.when.end) if event.when else (None, None)
    who, whom = "; ".join(telling.who), "; ".join(telling.whom)
    counts = (event.independent_sources, len(event.claims), event.thread)
    return (event.id, start, end, event.status, event.type, event.mode, who, whom, event.place, *counts, telling.mention.sentence)


# --- actors


def actors(case: Case, filters: Filters, limit: int | None) -> Answer:
    """Who is named in the reports."""
    found = case.actors(filters, limit=limit)
    counts = {actor.id: _reports(actor) for actor in found}
    sections = (Section("", tuple(_actor(actor, counts[actor.id]) for actor in found)),)
    columns = ("id", "name", "kind", "country", "sectors", "reports", "aliases")
    rows = tuple((a.id, a.name, a.kind, a.country, " ".join(a.sectors), counts[a.id], "; ".join(a.aliases)) for a in found)
    items = Late(lambda: answer(filters, actors=found))
    more = _more(limit, case.count("actor", filters), "actor")
    return Answer("Actors", about_filters(case, filters), sections, columns, rows, items, "No actor passes.", more)


def _actor(actor: CaseActor, reports: int) -> Block:
    also = f"also: {listed(actor.aliases, 6)}" if actor.aliases else ""
    about = sources(actor.kind, actor.country or "", " ".join(actor.sectors), _count(reports, "report"), also)
    return Block(actor.id, actor.name, about=about)


def _reports(actor: CaseActor) -> int:
    return len({mention.report for mention in actor.mentions})


# --- threads


def threads(case: Case, filters: Filters, limit: int | None = None) -> Answer:
    """Where each process stands."""
    found, more = case.threads(filters, limit=limit), _more(limit, case.count("thread", filters), "thread")
    blocks = tuple(map(_thread, found))
    columns = ("id", "title", "state", "since", "events")
    rows = tuple((t.id, t.title, t.state, t.since, " ".join(t.events)) for t in found)
    items = answer(filters, threads=found)
    return Answer("Threads", about_filters(case, filters), (Section("", blocks),), columns, rows, items, "No thread passes.", more)


def _thread(thread: Thread) -> Block:
    since = f"since {spoken_date(thread.since)}" if thread.since else ""
    return Block(thread.id, thread.title, sentence=(thread.state, "", ""), about=sources(since, _count(len(thread.events), "event")))


# --- disputes


def disputes(case: Case, filters: Filters, limit: int | None = None) -> Answer:
    """What the reports and those who speak in them contradict each other about."""
    passing = case.disputes(filters)
    found, more = passing[:limit], _more(limit, len(passing), "dispute")
    blocks, rows = [], []
    for dispute in found:
        shown = case.show(dispute.id, Filters(as_of=filters.as_of))
        blocks.append(
            Block(
                dispute.id,
                dispute.summary,
                f"◇ {dispute.kind}",
                "yellow",
                about=(f"about {dispute.about}",),
                points=_points(shown.passages),
            )
        )
        names = case.names([speaker for side in dispute.sides for speaker in side.speakers])
        for side in dispute.sides:
            speakers = "; ".join(names.get(speaker, speaker) for speaker in side.speakers)
            rows.append((dispute.id, dispute.kind, dispute.about, dispute.summary, side.position, speakers, len(side.claims)))
    columns = ("id", "kind", "about", "summary", "position", "speakers", "claims")
    items = answer(filters, disputes=found)
    sections = (Section("", tuple(blocks)),)
    return Answer("Disputes", about_filters(case, filters), sections, columns, tuple(rows), items, "No dispute passes.", more)


def _points(passages: Iterable[Passage]) -> tuple[Point, ...]:
    """The sentences of a dispute, each once: of two entries in one sentence the one that tells who says so."""
    found: dict[tuple[str, str, str], Passage] = {}
    for passage in passages:
        key = ("".join(passage.text), passage.place.report, passage.note.partition(", according to ")[0])
        if key not in found or len(found[key].note) < len(passage.note):
            found[key] = passage
    return tuple(Point(p.note, p.text, _source(p)) for p in found.values())


def _source(passage: Passage) -> str:
    day = first_day(passage.published)
    return " · ".join(filter(None, (passage.publisher or passage.title, spoken_day(day) if day else "")))


# --- commitments


def promises(case: Case, filters: Filters, limit: int | None = None) -> Answer:
    """Plans, promises, threats and demands, and what became of them."""
    passing = case.commitments(filters)
    found, more = passing[:limit], _more(limit, len(passing), "commitment")
    today = filters.as_of or case.today()
    names = case.names([who for c in found for who in (c.maker, c.to) if who])
    acts = {t.event.id: t for t in case.tellings([c.act for c in found], filters)}
    late = [c for c in found if overdue(c, today)]
    sections = (
        Section("Overdue" if late else "", tuple(_commitment(c, names, acts) for c in late)),
        Section("All others" if late else "", tuple(_commitment(c, names, acts) for c in found if c not in late)),
    )
    columns = ("id", "kind", "maker", "to", "made", "due", "overdue", "condition", "state", "decided_by", "evidence", "act", "sentence")
    rows = tuple(_commitment_row(c, c in late, names, acts) for c in found)
    items = answer(filters, commitments=found)
    title = "Promises, plans, threats and demands"
    return Answer(title, about_filters(case, filters), sections, columns, rows, items, "No commitment passes.", more)


def _commitment(found: Commitment, names: dict[str, str], acts: dict[str, Telling]) -> Block:
    maker, to = names.get(found.maker or "", _NOBODY), names.get(found.to or "", "")
    telling = acts.get(found.act)
    about = sources(
        f"made {spoken_date(found.made)}" if found.made else "",
        f"due {spoken_date(found.due)}" if found.due else "",
        f"condition: {found.condition}" if found.condition else "",
        _count(len(found.evidence), "piece", "s") + " of evidence" if found.evidence else "",
        "decided by a person" if found.decided_by == "person" else "",
    )
    title = f"{found.kind.capitalize()}: {maker}{f' → {to}' if to else ''}"
    return Block(found.id, title, found.state, _STATES[found.state], _mention(telling) if telling else None, about)


def _commitment_row(found: Commitment, late: bool, names: dict[str, str], acts: dict[str, Telling]) -> tuple[str | int | None, ...]:
    sentence = acts[found.act].mention.sentence if found.act in acts else None
    parties = (names.get(found.maker or ""), names.get(found.to or ""))
    state = ("yes" if late else "no", found.condition, found.state, found.decided_by, len(found.evidence))
    return (found.id, found.kind, *parties, found.made, found.due, *state, found.act, sentence)


# --- figures


def figures(case: Case, filters: Filters, limit: int | None = None) -> Answer:
    """One measured thing after the other, with all that was claimed for it."""
    found, more = case.figures(filters, limit=limit), _more(limit, case.count("figure", filters), "series", "")
    names = case.names([claim.speaker for series in found for claim in series.claims if claim.speaker])
    rows = tuple(
        (s.id, s.of, s.about, s.unit, claim.low, claim.high, names.get(claim.speaker or ""), claim.said, claim.report, claim.figure)
        for s in found
        for claim in s.claims
    )
    columns = ("id", "of", "about", "unit", "low", "high", "speaker", "said", "report", "figure")
    blocks = tuple(_series(series, names) for series in found)
    items = answer(filters, figures=found)
    return Answer("Figures", about_filters(case, filters), (Section("", blocks),), columns, rows, items, "No figure passes.", more)


def _series(series: FigureSeries, names: dict[str, str]) -> Block:
    changed = {(revision.after.report, revision.after.entry) for revision in series.revisions}
    points = []
    for claim in series.claims:
        who = names.get(claim.speaker or "", "told by the report")
        revised = " (a revision)" if (claim.report, claim.figure) in changed else ""
        points.append(Point(spoken_date(claim.said) if claim.said else "", (_amount(claim, series.unit), "", f": {who}{revised}")))
    about = sources(f"about {series.about}" if series.about else "", _count(len(series.claims), "claim"))
    return Block(series.id, one_line(series.of or series.unit or "figure"), about=about, points=tuple(points))


def _amount(claim: FigureClaim, unit: str | None) -> str:
    return one_line(amount(Figure("f", 0, 1, claim.low, claim.high, unit, None, False)))


# --- search


def search(case: Case, query: str, filters: Filters, limit: int) -> Answer:
    """The reports whose words match, the newest first."""
    found = case.search(query, filters, limit=limit)
    blocks = tuple(_hit(hit) for hit in found.hits)
    rows = tuple(
        (hit.report.id, hit.report.published, hit.report.publisher, hit.report.title, hit.matches, " … ".join(s.text for s in hit.snippets))
        for hit in found.hits
    )
    columns = ("report", "published", "publisher", "title", "matches", "snippets")
    items = {**answer(filters), "query": query, "total": found.total, "hits": [_hit_item(hit) for hit in found.hits]}
    more = f"{_count(found.total, 'report')} in all; ask for more with --limit." if found.total > len(found.hits) else ""
    source = (*about_filters(case, filters), _count(found.total, "report"))
    return Answer(f"Search: {query}", source, (Section("", blocks),), columns, rows, items, "No report matches.", more)


def _hit(hit: Hit) -> Block:
    points = tuple(Point("", _marked(snippet.text, snippet.span, snippet.marks)) for snippet in hit.snippets)
    row = hit.report
    title = one_line(row.title or "(without a title)")
    return Block(row.id[:8], title, about=sources(*_published(row), _count(hit.matches, "match", "es")), points=points)


def _published(row: ReportRow) -> tuple[str, ...]:
    return sources(one_line(row.publisher or ""), spoken_date(row.published) if row.published else "no date")


def _marked(text: str, span: Span, marks: Sequence[Span]) -> Sentence:
    """A snippet with its first match marked."""
    if not marks:
        return text, "", ""
    start, end = marks[0].start - span.start, marks[0].end - span.start
    return text[:start], text[start:end], text[end:]


def _hit_item(hit: Hit) -> dict[str, object]:
    snippets = [{"start": s.span.start, "end": s.span.end, "text": s.text, "marks": [list(mark) for mark in s.marks]} for s in hit.snippets]
    return {"report": report(hit.report), "matches": hit.matches, "snippets": snippets}


# --- one item


def show(case: Case, item: str, filters: Filters) -> Answer:
    """Everything about one item."""
    shown = case.show(item, filters)
    points = tuple(Point(heading, (text, "", "")) for heading, text in shown.facts)
    sections = (
        Section("", (Block(shown.id, shown.title, points=points),)),
        Section("In the reports", _passages(shown.passages)),
        Section("In the case", tuple(Block(other.id, other.text, other.what) for other in shown.related)),
        Section("Links", tuple(map(_link, shown.links))),
        Section("Decisions", tuple(map(decided, shown.decisions))),
    )
    columns = ("id", "report", "entry", "published", "publisher", "title", "note", "sentence", "start", "end")
    rows = tuple(
        (shown.id, p.place.report, p.place.entry, p.published, p.publisher, p.title, p.note, "".join(p.text), p.marked.start, p.marked.end)
        for p in shown.passages
    )
    return Answer(f"{shown.kind.capitalize()} {shown.id}", about_filters(case, filters), sections, columns, rows, _shown_items(shown))


def _judged(judgement: str) -> str:
    return {"positive": "a person says: the same", "negative": "a person says: different"}.get(judgement, "")


def _passages(passages: Sequence[Passage]) -> tuple[Block, ...]:
    """Sentences with what they show: in the margin where all of these notes are short, else below."""
    short = all(len(passage.note) < _MARK for passage in passages)
    return tuple(_passage(passage, short) for passage in passages)


def _passage(passage: Passage, short: bool) -> Block:
    place = " ".join(filter(None, (passage.place.report[:8], passage.place.entry, passage.said_in and f"through {passage.said_in}")))
    repeats = f"repeats the text of {passage.repeats[:8]}" if passage.repeats else ""
    about = sources("" if short else passage.note, place, f"characters {passage.marked.start}–{passage.marked.end}", repeats)
    return Block("", _source(passage) or "(no publisher, no date)", passage.note if short else "", "cyan", passage.text, about)


def _link(link: Link) -> Block:
    about = sources(link.kind.replace("_", " "), _judged(link.judgement), f"by {link.by}")
    return Block(link.id, link.why, f"{link.score:.2f}", about=about)


def decided(stored: StoredDecision) -> Block:
    """A decision of a person."""
    decision = stored.decision
    title = " ".join(filter(None, (decision.verb, spoken_target(decision.target), spoken_target(decision.value or ""))))
    why = (decision.why, "", "") if decision.why else None
    undone = f"undone by {stored.undone}" if stored.undone else ""
    return Block(decision.id, title, decision.verb, sentence=why, about=sources(f"by {decision.by}", decision.at, undone))


def _shown_items(shown: Shown) -> dict[str, object]:
    found: dict[str, object] = plain(shown)
    return found


def _more(limit: int | None, passing: int, what: str, plural: str = "s") -> str:
    """The line under a page that does not show all."""
    if limit is None or passing <= limit:
        return ""
    ask = "ask for more with --limit (0 for all), or for fewer with --since and --actor"
    return f"The first {limit:,} of {_count(passing, what, plural)}; {ask}."


def _count(number: int, what: str, plural: str = "s") -> str:
    return f"{number:,} {what}{'' if number == 1 else plural}"
