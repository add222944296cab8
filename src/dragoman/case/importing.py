"""A case made of the lines that `dragoman export --format jsonl` wrote: the same ids, the same answers, the same log.

Nothing of the file is trusted. Every line is held to its shape, every text to its hash, every offset to its text, every id to what
stands before it; the first fault ends the import with its line, what was expected and the next step, and nothing is left of the new
case. What follows from the other lines (threads, disputes, commitments, figures) is worked out anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import msgspec

from dragoman.case.deriving import Records
from dragoman.case.exports.lines import CHANGED, CHANGES, SCHEMA, SETTLED, report_of
from dragoman.case.import_lines import (
    WHEN,
    CounterLine,
    DecisionLine,
    EntryLine,
    ItemLine,
    LinkLine,
    NoteLine,
    NumberLine,
    ReadingLine,
    ReportLine,
    Unfit,
    WordsLine,
    check_day,
    check_entry,
    check_hash,
    check_item,
    check_text,
    check_texts,
    fits,
    raw_of,
    reading_of,
    shaped,
    signature,
)
from dragoman.case.judgements import Decision, Link, Place
from dragoman.case.printings import printing_of
from dragoman.case.replaying import decided_entries
from dragoman.case.same_text import text_keys
from dragoman.case.store.base import EntryRow, ItemKind, ItemRow, ReportRow, Store, StoredDecision, StoredLink
from dragoman.case.store.opening import open_store
from dragoman.errors import InputError, StoreError
from dragoman.reading.entries import Reading
from dragoman.text.report import Report

LONGEST = 256 * 2**20
"""Bytes of one line: the reading of the longest report that can be added is a tenth of it."""
_REMEDY = "nothing was imported; export the case again with `dragoman export CASE --format jsonl`"
_VERSION = re.compile(r"dragoman\.case\.lines/([1-9]\d{0,5})")
_LINK, _DECISION = re.compile(r"L[1-9]\d{0,8}"), re.compile(r"J[1-9]\d{0,8}")
_ODD = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST = 10**9


def import_case(location: str | Path, source: BinaryIO, name: str) -> int:
    """Makes a case at a file name or a `postgresql://` URL, where there is none yet; gives the number of its reports.

    `name` is what messages call the file. A file takes its name when it is complete; in a database all is written at once, or
    nothing. Raises InputError for what the file holds, StoreError for the place.
    """
    text = str(location)
    if "://" in text:
        return _imported(text, source, name)
    path = Path(text)
    if path.exists():
        raise StoreError(text, "there is a file of this name already", "name a new one; `dragoman add` adds reports to a case")
    with _unfinished(path) as temporary:
        count = _imported(str(temporary), source, name)
        if path.exists():
            raise StoreError(text, "somebody has made a file of this name meanwhile", "name another one")
        os.replace(temporary, path)
    return count


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """A name beside the file; what has it at the end, and what SQLite puts beside that, is taken away."""
    if not path.parent.is_dir():
        raise StoreError(str(path), f"there is no folder {path.parent}", "make it, or name a file elsewhere")
    try:
        handle, name = tempfile.mkstemp(prefix=".dragoman-", suffix=".part", dir=path.parent)
    except OSError as problem:
        raise StoreError(str(path), f"the folder cannot be written ({problem.strerror})", "name a file elsewhere") from None
    os.close(handle)
    temporary = Path(name)
    temporary.chmod(0o666 & ~_mask())
    try:
        yield temporary
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                temporary.with_name(temporary.name + ending).unlink(missing_ok=True)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _imported(location: str, source: BinaryIO, name: str) -> int:
    store = open_store(location, create=True)
    try:
        with store.transaction():
            if store.count_reports() or store.whole().counters() or store.whole().notes():
                raise StoreError(store.location, "there is a case in it already", "name an empty database")
            loader = _Loader(store)
            _load(loader, _Lines(source, name))
        if loader.settled:
            Records(store).settle()
        return loader.reports
    finally:
        store.close()


class _Lines:
    """The lines of a file with their numbers; `fail` says where something is wrong."""

    def __init__(self, source: BinaryIO, name: str) -> None:
        self._source = source
        self._name = name
        self.number = 0
        self.odd = False  # whether the line may hold NUL or half a character, which JSON writes as an escape
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while raw := self._source.readline(LONGEST + 1):
            self.number += 1
            if len(raw) > LONGEST:
                self.fail(f"the line has more than {LONGEST // 2**20} MiB")
            value = self._object(raw)
            self.odd = b"\\u" in raw and _ODD.search(raw) is not None
            yield value
            if value.get("line") != "end":
                self.digest.update(raw)

    def _object(self, raw: bytes) -> dict[str, Any]:
        try:
            value = json.loads(raw.decode(), parse_constant=_refused)
        except UnicodeDecodeError:
            self.fail("the line is not UTF-8")
        except (ValueError, RecursionError) as problem:
            cut = "" if raw.endswith(b"\n") else " and ends in the middle"
            self.fail(f"the line is no JSON{cut} ({' '.join(str(problem).split())[:100]})")
        if not isinstance(value, dict):
            self.fail(f"found {type(value).__name__}; expected an object of JSON in each line")
        return value

    def fail(self, found: str, remedy: str = "") -> NoReturn:
        """Raises InputError about the line that was read last."""
        raise InputError(f"{self._name}:{self.number}", found, remedy or _REMEDY)


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _load(loader: _Loader, lines: _Lines) -> None:
    """Reads all lines into the store, within its transaction."""
    whole, ended = False, False
    for value in lines:
        if ended:
            lines.fail("there are lines behind the end")
        try:
            if lines.number == 1:
                whole = _is_whole(value)
            elif value.get("line") == "end":
                _check_end(value, lines)
                ended = True
            else:
                loader.take(value, lines.odd)
        except Unfit as problem:
            lines.fail(problem.found, problem.remedy)
    if not lines.number:
        lines.fail("the file is empty")
    if not ended:
        lines.number += 1
        lines.fail('the file ends in the middle; expected a line "end"')
    try:
        loader.finish(whole)
    except Unfit as problem:
        lines.fail(problem.found, problem.remedy)


def _is_whole(value: Mapping[str, Any]) -> bool:
    """Whether the file holds all of a case, from its first line. Raises Unfit where this version cannot read it."""
    schema = value.get("schema")
    version = _VERSION.fullmatch(schema) if isinstance(schema, str) else None
    if value.get("line") != "case" or version is None:
        raise Unfit(f"this is no case in JSON Lines; expected a first line with the schema {SCHEMA!r}")
    if version[0] != SCHEMA:
        found = f"the file was written by a newer dragoman ({version[0]}; this one reads {SCHEMA})"
        raise Unfit(found, "nothing was imported; run `pip install --upgrade dragoman` and import it again")
    return not value.get("filters")


def _check_end(value: Mapping[str, Any], lines: _Lines) -> None:
    if value.get("lines") != lines.number - 1:
        expected = ascii(value.get("lines"))[:20]
        raise Unfit(f"found {lines.number - 1:,} lines before the end; expected {expected}: some are missing, or too many")
    if value.get("sha256") != lines.digest.hexdigest():
        raise Unfit("the lines are not those that were written (their SHA-256 differs): the file was changed or damaged")


class _Loader:
    """Puts lines into a store, each checked against those before it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._whole = store.whole()
        self._items: dict[str, ItemKind] = {}
        self._reports: dict[str, str | None] = {}
        self._report: ReportLine | None = None
        self._reading: Reading | None = None
        self._entries: dict[str, EntryRow] = {}
        self._links: set[str] = set()
        self._decisions: set[str] = set()
        self._counters: dict[str, int] = {}
        self._notes: dict[str, str] = {}
        self._ways: Mapping[str, Callable[[dict[str, Any]], None]] = {
            "counter": self._counter, "item": self._item, "report": self._new_report, "reading": self._new_reading,
            "entry": self._entry, "number": self._number, "link": self._link, "decision": self._decision,
            "words": self._words, "note": self._note,
        }  # fmt: skip

    @property
    def reports(self) -> int:
        """How many reports there were."""
        return len(self._reports)

    @property
    def settled(self) -> bool:
        """Whether all that follows had been worked out."""
        return CHANGES in self._notes and self._notes.get(SETTLED, "").rpartition(" ")[2] == self._notes[CHANGES]

    def take(self, value: dict[str, Any], odd: bool) -> None:
        """One line; `odd` asks to look for what no database can keep. Those that follow from others are passed over. Raises Unfit."""
        kind = value.get("line")
        if kind in ("thread", "figure", "dispute", "commitment"):
            return
        if not isinstance(kind, str) or kind not in self._ways:
            raise Unfit(f"found a line of the kind {ascii(kind)[:40]}; expected one of {', '.join(self._ways)}")
        if kind != "entry":
            self._put_entries()
        if odd and kind not in ("report", "reading"):
            check_texts(value)
        self._ways[kind](value)

    def finish(self, whole: bool) -> None:
        """What can be put in only when all lines are known. Raises Unfit."""
        self._put_entries()
        for report, earlier in self._reports.items():
            if earlier is not None:
                self._known_report(earlier)
                self._store.set_same_text(report, earlier)
        if not whole:  # a case of its own from now on: what follows is worked out from the part
            self._notes = {CHANGES: "1", SETTLED: "1"}
        for key, value in self._notes.items():
            if key != SETTLED:
                self._store.set_meta(key, value)
        try:
            decided_entries(self._store)
        except (msgspec.DecodeError, msgspec.ValidationError):
            raise Unfit("a note about decisions does not have its shape") from None

    # --- one kind after the other

    def _counter(self, value: dict[str, Any]) -> None:
        line = shaped(value, CounterLine)
        if not 0 < line.last < _MOST:
            raise Unfit(f"found the number {line.last}; expected one from 1 to {_MOST - 1:,}")
        self._counters[line.of] = line.last
        self._whole.put_counter(line.of, line.last)

    def _item(self, value: dict[str, Any]) -> None:
        line = shaped(value, ItemLine)
        if check_item(line.id) != line.kind or line.id in self._items:
            raise Unfit(f"found {line.id} of kind {line.kind}; expected an id of this kind that no other line has")
        if line.kind in ("actor", "event") and int(line.id[1:]) > self._counters.get(line.kind, 0):
            raise Unfit(f"found {line.id}; expected a number up to the last that was given ({self._counters.get(line.kind, 0)})")
        if line.day:
            fits(WHEN, line.day, "an ISO day")
        if any(not 0 <= latest < _MOST for _, latest in line.keys):
            raise Unfit("a key stands with the number of no report")
        self._items[line.id] = line.kind
        self._store.put_item(ItemRow(line.id, line.kind, line.name, line.type, line.status, line.parent, line.day, line.json))
        self._whole.put_keys(line.kind, line.id, line.keys)

    def _new_report(self, value: dict[str, Any]) -> None:
        line = shaped(value, ReportLine)
        self._check_report(line)
        row = ReportRow(
            line.id, line.published, line.title, line.publisher, line.url, line.source_id, line.language, line.added,
            self._blob(line), signature(line),
        )  # fmt: skip
        self._store.put_report(row, line.text)
        self._store.put_text_keys(line.id, text_keys(row.signature or b""))
        self._reports[line.id] = line.same_text_as
        self._report, self._reading = line, None

    def _check_report(self, line: ReportLine) -> None:
        for text in (line.title, line.publisher, line.url, line.source_id, line.language, line.added):
            check_text(text)
        check_day(line.published)
        report = Report(line.text, publisher=line.publisher)
        if line.id not in (report.id, printing_of(report).id) or line.id in self._reports:
            raise Unfit(f"the text of the report {ascii(line.id)[:14]} has the SHA-256 {report.id[:12]}…; expected its id, and once")
        if line.same_text_as is not None:
            check_hash(line.same_text_as)

    def _blob(self, line: ReportLine) -> str | None:
        if line.bytes is None:
            return None
        raw = raw_of(line.bytes, line.text)
        if hashlib.sha256(raw).hexdigest() != line.bytes.sha256:
            raise Unfit("the bytes of the report do not have the SHA-256 that stands beside them")
        return self._store.put_blob(raw)

    def _new_reading(self, value: dict[str, Any]) -> None:
        line = shaped(value, ReadingLine)
        report = self._current(line.report)
        for text in (line.by, line.at):
            check_text(text)
        row = ReportRow(report.id, report.published, report.title, report.publisher, report.url, report.source_id, report.language)
        self._reading, whole = reading_of(line, report_of(row, report.text))
        self._store.put_reading(line.report, _as_kept(whole), by=line.by, at=line.at)

    def _entry(self, value: dict[str, Any]) -> None:
        line = shaped(value, EntryLine)
        self._current(line.report)
        if self._reading is None:
            raise Unfit(f"the entry {ascii(line.entry)[:20]} has no reading; expected its reading before it")
        if line.entry in self._entries or (line.item is not None and line.item not in self._items):
            found = f"found the entry {ascii(line.entry)[:20]} of {ascii(line.item)[:20]}"
            raise Unfit(f"{found}; expected each once, of an item that stands before")
        check_entry(line, self._reading)
        kept = "" if line.kept is None else msgspec.json.encode(line.kept).decode()
        place = Place(line.report, line.entry)
        self._entries[line.entry] = EntryRow(
            place, line.kind, line.item, line.type, line.status, line.start, line.end, line.name, kept, tuple(line.roles)
        )

    def _put_entries(self) -> None:
        if self._report is not None and self._entries:
            self._store.put_entries(self._report.id, list(self._entries.values()))
        self._entries = {}

    def _number(self, value: dict[str, Any]) -> None:
        line = shaped(value, NumberLine)
        check_item(line.item)
        self._store.put_numbers(dict.fromkeys(line.keys, line.item))

    def _link(self, value: dict[str, Any]) -> None:
        line = shaped(value, LinkLine)
        fits(_LINK, line.id, "the id of a link, such as L7")
        if line.id in self._links or not 0 <= line.score <= 1:
            raise Unfit(f"found {line.id} with the score {line.score}; expected an id once, and a score from 0 to 1")
        for report, _ in (line.a, line.b):
            self._known_report(report)
        self._links.add(line.id)
        link = Link(line.kind, Place(*line.a), Place(*line.b), line.score, line.why, line.by, line.at, line.judgement, line.id)
        self._whole.put_link(StoredLink(link, line.superseded))

    def _decision(self, value: dict[str, Any]) -> None:
        line = shaped(value, DecisionLine)
        fits(_DECISION, line.id, "the id of a decision, such as J3")
        if line.undone is not None:
            fits(_DECISION, line.undone, "the id of a decision, such as J3")
        if line.id in self._decisions:
            raise Unfit(f"found {line.id} a second time")
        self._decisions.add(line.id)
        decision = Decision(line.verb, line.target, line.value, line.why, line.by, line.at, line.id)
        self._whole.put_decision(StoredDecision(decision, line.undone))
        if line.changed is not None:
            for item in (line.changed.new, line.changed.like):
                if item is not None:
                    check_item(item)
            self._store.set_meta(CHANGED + line.id, msgspec.json.encode(line.changed).decode())

    def _words(self, value: dict[str, Any]) -> None:
        self._whole.put_named_words(shaped(value, WordsLine).words)

    def _note(self, value: dict[str, Any]) -> None:
        line = shaped(value, NoteLine)
        if line.key.startswith(CHANGED) or (line.key == CHANGES and not (line.value.isascii() and line.value.isdigit())):
            raise Unfit(
                f"found the note {ascii(line.key)[:40]} with the value {ascii(line.value)[:20]}; expected no such note, or a number"
            )
        self._notes[line.key] = line.value

    # --- what stands before

    def _current(self, report: str) -> ReportLine:
        if self._report is None or self._report.id != report:
            raise Unfit(f"the line is of the report {ascii(report)[:14]}; expected the report that stands before it")
        return self._report

    def _known_report(self, report: str) -> None:
        if report not in self._reports:
            raise Unfit(f"found the report {ascii(report)[:14]}; expected one that the file holds")


def _as_kept(reading: Mapping[str, Any]) -> str:
    """A reading's JSON letter by letter as `reading.wire` writes it: the same reading made again is known by it."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(reading, ensure_ascii=False))
