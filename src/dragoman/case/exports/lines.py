"""The lossless form of a case: JSON Lines from which `case/importing.py` makes the same case again (docs/reference/exports.md).

Every line is an object with its kind under "line". The first tells the schema and the filters, the last how many lines there are
and their digest, so that a file that was cut or damaged is known by it. Lines of threads, disputes, commitments and figures are for
readers: they follow from the others, and are worked out anew when a case is made of the file.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Any

from dragoman.case.deriving import Derived
from dragoman.case.exporting import plain
from dragoman.case.exports.selecting import Selected
from dragoman.case.judgements import Place
from dragoman.case.store.base import EntryRow, ItemKind, ItemRow, ReportRow, StoredDecision, StoredLink, StoredReading

SCHEMA = "dragoman.case.lines/1"
CHANGED, WOVEN, SETTLED, CHANGES = "changed by ", "woven", "settled", "changes"
"""Notes that the case itself makes: what each decision changed, what follows, and since when."""
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]")
_ITEMS: tuple[ItemKind, ...] = ("thread", "event", "actor", "figure", "dispute", "commitment")
_WORDS_AT_ONCE = 500
Line = dict[str, Any]


def encoded(lines: Iterable[Line]) -> Iterator[str]:
    """The lines as text, with the line that ends them: how many there are, and the SHA-256 of their bytes."""
    digest, count = hashlib.sha256(), 0
    for line in lines:
        text = as_text(line) + "\n"
        digest.update(text.encode())
        count += 1
        yield text
    yield as_text({"line": "end", "lines": count, "sha256": digest.hexdigest()}) + "\n"


def as_text(line: Line) -> str:
    """One line of JSON, in which characters that could drive a terminal, and lone surrogates, are escapes."""
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def lines(selected: Selected) -> Iterator[Line]:
    """All lines but the last, in the order in which they can be read back."""
    part = _Part(selected)
    yield {"line": "case", "schema": SCHEMA, "filters": {name: value for name, value in asdict(selected.filters).items() if value}}
    for kind, last in selected.store.whole().counters().items():
        yield {"line": "counter", "of": kind, "last": last}
    yield from _items(part)
    for row in part.reports:
        yield from _of_report(part, row)
    yield from _numbers(part)
    yield from (_link(stored) for stored in part.links)
    yield from _decisions(part)
    yield from _following(part.derived)
    if selected.is_whole:
        words = selected.store.whole().named_words()
        yield from ({"line": "words", "words": words[at : at + _WORDS_AT_ONCE]} for at in range(0, len(words), _WORDS_AT_ONCE))
        for key, value in part.notes.items():
            if key != WOVEN and not key.startswith(CHANGED):
                yield {"line": "note", "key": key, "value": value}


@dataclass(frozen=True)
class _Part:
    """What of a case goes into the lines: all of it, or what the filters select, closed so that a case can be made of it."""

    selected: Selected

    @property
    def is_whole(self) -> bool:
        return self.selected.is_whole

    @cached_property
    def derived(self) -> Derived:
        """What follows; of a whole case also what people have rejected."""
        return self.selected.records.derived(None) if self.is_whole else self.selected.derived

    @cached_property
    def notes(self) -> dict[str, str]:
        return self.selected.store.whole().notes()

    @cached_property
    def reports(self) -> list[ReportRow]:
        """The reports in the order of adding: those that pass, and those that tell of an event or a figure that does."""
        rows = self.selected.all_reports
        if self.is_whole:
            wanted = set(rows)
        else:
            wanted = {row.id for row in self.selected.reports} | {place.report for place in (*self.events, *self.figures)}
        return sorted((rows[report] for report in wanted), key=lambda row: row.number)

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(row.id for row in self.reports)

    @cached_property
    def events(self) -> frozenset[Place]:
        return frozenset(Place(claim.report, claim.event) for event in self.selected.events for claim in event.claims)

    @cached_property
    def figures(self) -> frozenset[Place]:
        return frozenset(Place(claim.report, claim.figure) for series in self.selected.derived.figures for claim in series.claims)

    @cached_property
    def actors(self) -> frozenset[str]:
        return frozenset(actor.id for actor in self.selected.actors)

    @cached_property
    def entries(self) -> dict[str, list[EntryRow]]:
        """The entries of each report that go along; of a part, with the actors that take part in its events and figures."""
        found: dict[str, list[EntryRow]] = {report: [] for report in self.ids}
        for place, row in self.selected.store.entries(Place(report) for report in self.ids).items():
            found[place.report].append(row)
        return found if self.is_whole else {report: self._passing(rows) for report, rows in found.items()}

    def _passing(self, rows: list[EntryRow]) -> list[EntryRow]:
        filters = self.selected.filters
        narrow = filters.actor or filters.thread or filters.type or filters.status
        places = self.events | self.figures
        kept = {row.place for row in rows if row.place in places or (row.kind == "statement" and not narrow)}
        acting = {actor for row in rows if row.place in kept for _, actor in row.roles}
        return [
            row for row in rows if row.place in kept or (row.kind == "actor" and (row.item in self.actors or row.place.entry in acting))
        ]

    @cached_property
    def items(self) -> frozenset[str]:
        """The items of a part: those that its entries belong to, and its threads."""
        members = {row.item for rows in self.entries.values() for row in rows if row.item}
        return frozenset(members.union(thread.id for thread in self.selected.derived.threads))

    @cached_property
    def links(self) -> list[StoredLink]:
        stored = self.selected.store.links(superseded=True)
        if self.is_whole:
            return stored
        places = {row.place for rows in self.entries.values() for row in rows} | {Place(report) for report in self.ids}
        return [kept for kept in stored if kept.link.a in places and kept.link.b in places]

    @cached_property
    def decisions(self) -> list[StoredDecision]:
        return self.selected.decisions


def _items(part: _Part) -> Iterator[Line]:
    store = part.selected.store
    for kind in _ITEMS:
        rows = [row for row in _rows(part, kind) if part.is_whole or row.id in part.items]
        keys = store.whole().keys(row.id for row in rows)
        for row in rows:
            known = {field.name: getattr(row, field.name) for field in fields(ItemRow)}
            if not part.is_whole and row.parent not in part.items:
                known["parent"] = None
            yield {"line": "item", **known, "keys": [list(key) for key in keys[row.id]]}


def _rows(part: _Part, kind: ItemKind) -> list[ItemRow]:
    """All items of a kind, also those that no entry belongs to any more."""
    return part.selected.store.whole().items(kind)


def _of_report(part: _Part, row: ReportRow) -> Iterator[Line]:
    store = part.selected.store
    text = store.text(row.id) or ""
    yield _report(part, row, text)
    for stored in store.whole().readings(row.id):
        yield _reading(row, text, stored)
    for entry in part.entries[row.id]:
        yield _entry(entry)


def _report(part: _Part, row: ReportRow, text: str) -> Line:
    known: Line = {field.name: getattr(row, field.name) for field in fields(ReportRow) if field.name not in ("blob", "signature")}
    if known["same_text_as"] not in part.ids:
        known["same_text_as"] = None
    signature = None if row.signature is None else b64encode(row.signature).decode()
    raw = part.selected.store.blob(row.blob) if row.blob else None
    return {"line": "report", **known, "signature": signature, "text": text, "bytes": None if raw is None else _raw(row, raw, text)}


def _raw(row: ReportRow, raw: bytes, text: str) -> Line:
    """The bytes that a report was read from: as text where they are its text, or any text; else in base 64."""
    if raw == text.encode("utf-8", "surrogatepass"):
        return {"sha256": row.blob, "are": "text"}
    try:
        return {"sha256": row.blob, "are": "utf-8", "value": raw.decode()}
    except UnicodeDecodeError:
        return {"sha256": row.blob, "are": "base64", "value": b64encode(raw).decode()}


def _reading(row: ReportRow, text: str, stored: StoredReading) -> Line:
    """A reading, without what the line of its report says already."""
    reading = json.loads(stored.json)
    if list(reading)[:2] == ["schema", "report"] and reading["report"] == report_of(row, text):
        del reading["report"]
    return {"line": "reading", "report": row.id, "by": stored.by, "at": stored.at, "reading": reading}


def report_of(row: ReportRow, text: str) -> Line:
    """The report as a reading tells it."""
    about = {"id": row.id, "source_id": row.source_id, "title": row.title, "url": row.url, "publisher": row.publisher}
    return {**about, "published": row.published or None, "language": row.language, "text": text}


def _entry(row: EntryRow) -> Line:
    known = {name: getattr(row, name) for name in ("kind", "item", "type", "status", "start", "end", "name")}
    roles = [list(role) for role in row.roles]
    kept = json.loads(row.json) if row.json else None
    return {"line": "entry", "report": row.place.report, "entry": row.place.entry, **known, "roles": roles, "kept": kept}


def _numbers(part: _Part) -> Iterator[Line]:
    """The keys that items which follow are known by, so that they have the same ids again."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, item in part.selected.store.numbers().items():
        if part.is_whole or item in part.selected.ids:
            found[item].append(key)
    for item in sorted(found, key=lambda name: (name[:1], len(name), name)):
        yield {"line": "number", "item": item, "keys": sorted(found[item])}


def _link(stored: StoredLink) -> Line:
    link = stored.link
    known = {name: getattr(link, name) for name in ("id", "kind", "score", "why", "by", "at", "judgement")}
    return {"line": "link", **known, "a": list(link.a), "b": list(link.b), "superseded": stored.superseded}


def _decisions(part: _Part) -> Iterator[Line]:
    for stored in part.decisions:
        # What a decision remembers may be of reports that a part does not have: there it stands in the log only.
        changed = json.loads(part.notes.get(CHANGED + stored.decision.id, "null")) if part.is_whole else None
        yield {"line": "decision", **asdict(stored.decision), "undone": stored.undone, "changed": changed}


def _following(derived: Derived) -> Iterator[Line]:
    for name, items in (
        ("thread", derived.threads), ("figure", derived.figures), ("dispute", derived.disputes), ("commitment", derived.commitments),
    ):  # fmt: skip
        for item in items:
            yield {"line": name, **plain(item)}
