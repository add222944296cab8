"""A report: its text with the spans of the record, the record beside it, its copies, and where else its claims stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.case.case import Case
from dragoman.case.judgements import Dispute, FigureSeries, Place
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow
from dragoman.faces.cli.answers import Answer
from dragoman.faces.cli.marks import Anchors
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.problems import not_found, senseless
from dragoman.faces.web.readings import readings
from dragoman.faces.web.spans import body, spans_of
from dragoman.reading.digest import digest
from dragoman.reading.entries import Reading
from dragoman.reading.wire import to_dict
from dragoman.reading.wording import one_line
from dragoman.text.report import Span

_ID = re.compile(r"[0-9a-f]{6,64}")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_PREFIX = "r"
_MOST_OTHERS = 6


@dataclass(frozen=True)
class Other:
    """Another report that tells the same, with the entry that does."""

    report: ReportRow
    entry: str
    status: str


@dataclass(frozen=True)
class Entry:
    """An entry of the record: its anchor, whether it has a place in the text, the item of the case, and who else tells it.

    `more` are other reports that are not listed.
    """

    anchor: str
    placed: bool
    item: str
    others: tuple[Other, ...] = ()
    more: int = 0


def show(case: Case, asked: Asked) -> Page:
    """The page of one report."""
    row, reading = called(case, asked.item)
    anchor = Anchors.number(reading, _PREFIX)
    text, placed = body(reading, anchor, _focus(asked, reading))
    as_of = Filters(as_of=asked.filters.as_of)
    values = {
        "row": row,
        "lines": digest(reading),
        "reading": reading,
        "text": text,
        "entries": _entries(case, row, anchor, placed, as_of),
        "copies": _copies(case, row),
        "disputes": _disputes(case, row, as_of),
        "words": len(reading.report.text.split()),
        "link": row.url if _is_web(row.url or "") else "",
        "early": bool(asked.filters.as_of and not ("" < row.published <= asked.filters.as_of)),
    }
    return Page(one_line(row.title or "") or "Report without a title", values)


def load(case: Case, asked: Asked) -> Answer:
    """The reading in JSON, as `dragoman read` writes it; or all its entries with their places, as rows."""
    row, reading = called(case, asked.item)
    items = {place.entry: found.item for place, found in case.store.entries([Place(row.id)]).items()}
    columns = ("kind", "id", "item", "start", "end", "words")
    groups = (("actor", reading.actors), ("time", reading.times), ("figure", reading.figures))
    more = (("statement", reading.statements), ("event", reading.events))
    rows = tuple(
        (kind, entry.id, items.get(entry.id), span.start, span.end, reading.report.text[span.start : span.end])
        for kind, found in (*groups, *more)
        for entry in found
        for span in spans_of(reading, entry.id)
    )
    return Answer(row.title or row.id, (), (), columns, rows, to_dict(reading))


def called(case: Case, name: str) -> tuple[ReportRow, Reading]:
    """A report by its id, or by the first letters of it. Raises Refused."""
    if not _ID.fullmatch(name):
        raise not_found(f"{one_line(name[:80])!r} is no report's id; expected six or more of its hexadecimal letters.")
    rows = list(case.store.reports([name]).values()) or [row for row in case.reports() if row.id.startswith(name)]
    if not rows:
        raise not_found(f"No report of the case has an id that begins with {name}.")
    if len(rows) > 1:
        raise not_found(f"{len(rows)} reports of the case have an id that begins with {name}; give more letters of it.")
    found = readings(case, [rows[0].id])
    if not found:
        raise not_found(f"The report {name} is in the case, but has no reading.")
    return rows[0], found[rows[0].id]


def _focus(asked: Asked, reading: Reading) -> tuple[Span, ...]:
    """What the address points at: characters ("mark=120-140"), or an entry of the reading ("entry=e3")."""
    mark, entry = asked.address.get("mark"), asked.address.get("entry")
    if mark is not None:
        found = _SPAN.fullmatch(mark)
        if not found or int(found[1]) >= int(found[2]):
            raise senseless(f"mark is {one_line(mark[:40])!r}; expected the first character and the one behind the last, such as 120-140.")
        return (Span(int(found[1]), int(found[2])),)
    return spans_of(reading, entry) if entry else ()


def _entries(case: Case, row: ReportRow, anchor: Anchors, placed: frozenset[str], as_of: Filters) -> Mapping[str, Entry]:
    """What is known of each entry, by its letter and id ("ee3")."""
    rows = case.store.entries([Place(row.id)])
    items = {place.entry: found.item for place, found in rows.items() if found.item}
    items |= _series(case, row.id, [place.entry for place, found in rows.items() if found.kind == "figure"], as_of)
    events = {item for item in items.values() if item.startswith("E")}
    members = case.store.members(events, as_of)
    away = {found.place.report for told in members.values() for found in told} - {row.id}
    reports = case.store.reports(away)
    made = {}
    for key, here in anchor.of.items():
        item = items.get(key[1:], "")
        told = [m for m in members.get(item, ()) if m.place.report in reports]
        once = {m.place.report: Other(reports[m.place.report], m.place.entry, m.status or "") for m in told}
        others = tuple(once.values())
        made[key] = Entry(here, here in placed, item, others[:_MOST_OTHERS], max(len(others) - _MOST_OTHERS, 0))
    return made


def _series(case: Case, report: str, figures: Sequence[str], as_of: Filters) -> dict[str, str]:
    """The series that each figure of a report belongs to. Two series that became one are known by the number of one of them."""
    known = case.store.numbers(f"F:{report}:{figure}" for figure in figures)
    found = _claimed(case.figures_of(sorted(set(known.values())), as_of.as_of), report)
    gone = [key for key in known if key.rpartition(":")[2] not in found]
    return _claimed(case.figures(as_of), report) if gone and not as_of.as_of else found


def _claimed(series: Sequence[FigureSeries], report: str) -> dict[str, str]:
    return {claim.figure: one.id for one in series for claim in one.claims if claim.report == report}


def _copies(case: Case, row: ReportRow) -> list[tuple[ReportRow, bool, float]]:
    """Reports with the same text: each with whether it is the earlier one, and how alike they are."""
    found = [kept.link for kept in case.store.links([Place(row.id)], kinds=("same_text",)) if kept.link.judgement != "negative"]
    ends = {(link.b if link.a.report == row.id else link.a).report: link for link in found}
    rows = case.store.reports(ends)
    return [(rows[report], link.a.report == row.id, link.score) for report, link in ends.items() if report in rows]


def _disputes(case: Case, row: ReportRow, as_of: Filters) -> Sequence[Dispute]:
    return [d for d in case.disputes(as_of) if any(place.report == row.id for side in d.sides for place in side.claims)]


def _is_web(url: str) -> bool:
    """Whether it is an address that a page may link to."""
    return url.startswith(("https://", "http://")) and url.isprintable() and " " not in url
