"""What is counted, disputed and undertaken: the sections of a brief about figures, disputes and commitments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dragoman.case.brief.choosing import CLAIMS, SIDES, Chosen
from dragoman.case.brief.notes import Notes, around, numbers
from dragoman.case.brief.parts import Line, Manner, Section
from dragoman.case.brief.quoting import plain, quoted
from dragoman.case.brief.sentences import sentence
from dragoman.case.judgements import Commitment, Dispute, DisputeKind, FigureSeries, Place, Side
from dragoman.case.record import EventMention, FigureMention
from dragoman.reading.wording import amount, one_line, shortened, spoken_date

_DISPUTES: Mapping[DisputeKind, str] = {
    "figure": "How many", "status": "Whether it is so", "agent": "Who did it", "time": "When",
}  # fmt: skip
_PROMISES: Mapping[str, str] = {
    "overdue": "Overdue: the day has passed, and no end was found", "due": "Due", "broken": "Broken, refused or kept in part",
    "kept": "Kept", "under way": "Under way",
}  # fmt: skip
_PROOFS = 2
_PLAIN = {"not yet rated": "nothing was found that came of it"}


# --- figures


def figure_sections(of: Chosen, notes: Notes) -> tuple[Section, ...]:
    """One section for each series: every value with who gives it, and who changed theirs."""
    return tuple(section for series in of.figures if (section := _series(of, notes, series)))


def _series(of: Chosen, notes: Notes, series: FigureSeries) -> Section | None:
    told = [m for claim in series.claims[-CLAIMS:] if (m := of.material.figure(Place(claim.report, claim.figure)))]
    lines = [_value(of, notes, mention) for mention in told]
    if not lines:
        return None
    low, high = _bounds(series)
    claims = f"{len(series.claims)} claims, from {low} to {high}" if low != high else f"{len(series.claims)} claims, all of {low}"
    dropped = len(series.claims) - len(lines)
    head = Line(f"{claims}{f'; the last {len(lines)} of them below' if dropped else ''}", "counted")
    heading = shortened(one_line(series.of or series.unit or "Number"), 80)
    return Section(heading, (head, *lines, *_revisions(of, notes, series)), (), series.id)


def _bounds(series: FigureSeries) -> tuple[str, str]:
    lows = [claim.low if claim.low is not None else claim.high for claim in series.claims]
    highs = [claim.high if claim.high is not None else claim.low for claim in series.claims]
    return f"{min(v for v in lows if v is not None):,}", f"{max(v for v in highs if v is not None):,}"


def _value(of: Chosen, notes: Notes, mention: FigureMention) -> Line:
    """ "At least 12 people: AFP reports: “…”": the sentence tells whose figure it is, and of what."""
    report = mention.place.report
    text = of.material.text(report)
    words = quoted(around(text, mention.figure.start, mention.figure.end))
    value = _amount(mention).partition(" (")[0]
    standing = mention.voices[-1].standing if mention.voices else ""
    said = f"{value[:1].upper()}{value[1:]}: {of.material.publisher(report)} reports: {words}"
    return Line(said, "quoted", (notes.figure(mention),), mention.published, standing=standing, new=_is_new(of, [report]))


def _amount(mention: FigureMention) -> str:
    return plain(one_line(amount(mention.figure))).replace("about at least", "at least about").replace("about up to", "up to about")


def _revisions(of: Chosen, notes: Notes, series: FigureSeries) -> Iterator[Line]:
    for revision in series.revisions[-CLAIMS:]:
        before, after = of.material.figure(revision.before), of.material.figure(revision.after)
        if before and after:
            text = f"The same source gave {_amount(before)} first and {_amount(after)} later"
            yield Line(text, "composed", numbers((notes.figure(before), notes.figure(after))), after.published)


# --- disputes


def dispute_sections(of: Chosen, notes: Notes) -> tuple[Section, ...]:
    """One section for each dispute, with both sides."""
    return tuple(_dispute(of, notes, dispute) for dispute in of.disputes)


def _dispute(of: Chosen, notes: Notes, dispute: Dispute) -> Section:
    lines = [line for side in dispute.sides[:SIDES] for line in _side(of, notes, side)]
    if len(dispute.sides) > SIDES:
        lines.append(Line(f"{len(dispute.sides) - SIDES:,} more positions: see dragoman show {dispute.id}", "counted"))
    return Section(_DISPUTES[dispute.kind], tuple(lines), (), dispute.id)


def _side(of: Chosen, notes: Notes, side: Side) -> Iterator[Line]:
    yield Line(f"For {quoted(side.position, 120)}:", "label")
    seen = set[tuple[int, ...]]()
    for line in filter(None, (_claim(of, notes, place) for place in side.claims[:CLAIMS])):
        if line.notes not in seen:
            seen.add(line.notes)
            yield line
    if len(side.claims) > CLAIMS:
        yield Line(f"{len(side.claims) - CLAIMS:,} more claims of this side", "counted")


def _claim(of: Chosen, notes: Notes, place: Place) -> Line | None:
    material, published = of.material, of.material.published(place.report)
    new = _is_new(of, [place.report])
    if event := material.event(place):
        return _told(of, notes, event)
    if figure := material.figure(place):
        return _value(of, notes, figure)
    number = notes.place(place)
    if number is None:
        return None
    return Line(f"{material.publisher(place.report)} reports: {quoted(notes.quote(number))}", "quoted", (number,), published, new=new)


# --- commitments


def promise_sections(of: Chosen, notes: Notes) -> tuple[Section, ...]:
    """What was undertaken, by what became of it; one sentence of a report stands once in each section."""
    return tuple(Section(_PROMISES[name], tuple(_group(of, notes, group))) for name, group in of.promises.items())


def _group(of: Chosen, notes: Notes, group: Iterable[Commitment]) -> Iterator[Line]:
    seen = set[tuple[str, str]]()
    for commitment in group:
        telling = of.material.tellings.get(commitment.act)
        if telling and (key := (telling.mention.place.report, telling.mention.sentence)) not in seen:
            seen.add(key)
            yield from _commitment(of, notes, commitment, telling.mention)


def _commitment(of: Chosen, notes: Notes, commitment: Commitment, mention: EventMention) -> Iterator[Line]:
    told = sentence(of.material, mention)
    due = f"; due {_due(commitment)}" if commitment.due else ""
    clause = commitment.condition or ""
    condition = f"; on the condition {quoted(clause, 160)}" if clause and clause not in told.text else ""
    proofs = sorted((p for p in commitment.evidence if p.bears == commitment.state), key=lambda p: -p.score)
    found = ((p, of.material.event(Place(p.report, p.event))) for p in proofs)
    told_by = {event.sentence: (p, event) for p, event in reversed([*found]) if event and event.sentence != mention.sentence}
    shown = sorted(told_by.values(), key=lambda pair: (-pair[0].score, pair[1].published, pair[1].place))[:_PROOFS]
    by = "a person" if commitment.decided_by == "person" else "a rule"
    rated = _PLAIN.get(commitment.state, f"rated “{commitment.state}” by {by}{', on what follows' if shown else ''}")
    yield Line(
        f"{told.text}{due}{condition}; {rated}",
        "composed" if told.composed else "quoted",
        (notes.event(mention),),
        commitment.made or mention.published,
        standing=told.standing or "",
        new=_is_new(of, [mention.place.report]),
        item=commitment.id,
    )
    for proof, event in shown:
        line = _told(of, notes, event)
        yield replace(line, text=f"For “{proof.bears}”, with a score of {proof.score:.2f}: {line.text}")


def _due(commitment: Commitment) -> str:
    """The day; the last day of a later year stands for some time in that year."""
    due = commitment.due or ""
    year = due[:4] if due.endswith("-12-31") and (commitment.made or "") < f"{due[:4]}-11" else ""
    return f"by the end of {year}" if year else spoken_date(due)


def _told(of: Chosen, notes: Notes, mention: EventMention) -> Line:
    """One mention of an event as evidence."""
    told = sentence(of.material, mention)
    manner: Manner = "composed" if told.composed else "quoted"
    new = _is_new(of, [mention.place.report])
    return Line(told.text, manner, (notes.event(mention),), mention.published, standing=told.standing or "", new=new)


def _is_new(of: Chosen, reports: Iterable[str]) -> bool:
    return bool(of.filters.since) and all(of.material.published(report) >= (of.filters.since or "") for report in reports)
