"""The shapes of the lines that a case is made of, and the checks of what each may hold. `Unfit` says what was found and expected."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal, TypeVar

import msgspec

from dragoman.case.judgements import Judgement, LinkKind, Verb
from dragoman.case.kept import KeptActor, KeptEvent
from dragoman.case.record import FigureMention, StatementMention
from dragoman.case.replaying import Changes
from dragoman.case.store.base import LETTERS, EntryKind, ItemKind
from dragoman.errors import SchemaError
from dragoman.reading.entries import Figure, Reading, Time
from dragoman.reading.plover import STATUSES, TYPES
from dragoman.reading.wire import from_dict
from dragoman.text.report import Report, Span

_ITEM = re.compile(r"[AEFDCT][1-9]\d{0,8}")
_ENTRY = re.compile(r"[aefst]\d{1,7}")
_HASH = re.compile(r"[0-9a-f]{64}")
WHEN = re.compile(r"\d{4}(?:-W\d\d|-\d\d(?:-\d\d)?)?")
_MOST_SIGNATURE = 4096
_LETTERS: dict[EntryKind, str] = {"actor": "a", "event": "e", "figure": "f", "statement": "s"}
_BELONGS: dict[EntryKind, ItemKind] = {"actor": "actor", "event": "event", "figure": "figure"}
_Shape = TypeVar("_Shape")


class Unfit(Exception):
    """A line that cannot be taken: what was found and expected, and what to do if it is not the usual."""

    def __init__(self, found: str, remedy: str = "") -> None:
        super().__init__(found)
        self.found = found
        self.remedy = remedy


@dataclass(frozen=True)
class CounterLine:
    """The last number that was given to an item of a kind."""

    of: ItemKind
    last: int


@dataclass(frozen=True)
class ItemLine:
    """An item with the keys that it is filed under."""

    id: str
    kind: ItemKind
    name: str | None
    type: str | None
    status: str | None
    parent: str | None
    day: str
    json: str
    keys: list[tuple[str, int]]


@dataclass(frozen=True)
class BytesLine:
    """The bytes that a report was read from."""

    sha256: str
    are: Literal["text", "utf-8", "base64"]
    value: str = ""


@dataclass(frozen=True)
class ReportLine:
    """A report with its text."""

    id: str
    number: int
    published: str
    title: str | None
    publisher: str | None
    url: str | None
    source_id: str | None
    language: str
    added: str
    same_text_as: str | None
    signature: str | None
    text: str
    bytes: BytesLine | None


@dataclass(frozen=True)
class ReadingLine:
    """A reading of the report before it."""

    report: str
    by: str
    at: str
    reading: dict[str, Any]


@dataclass(frozen=True)
class EntryLine:
    """An entry of the reading that holds, with what the case keeps beside it."""

    report: str
    entry: str
    kind: EntryKind
    item: str | None
    type: str | None
    status: str | None
    start: str | None
    end: str | None
    name: str | None
    roles: list[tuple[str, str]]
    kept: dict[str, Any] | None


@dataclass(frozen=True)
class NumberLine:
    """The keys that an item which follows is known by."""

    item: str
    keys: list[str]


@dataclass(frozen=True)
class LinkLine:
    """A link between two places."""

    id: str
    kind: LinkKind
    a: tuple[str, str]
    b: tuple[str, str]
    score: float
    why: str
    by: str
    at: str
    judgement: Judgement
    superseded: str | None


@dataclass(frozen=True)
class DecisionLine:
    """A decision of a person. `changed` is what it has to remember."""

    id: str
    verb: Verb
    target: str
    value: str | None
    why: str
    by: str
    at: str
    undone: str | None
    changed: Changes | None


@dataclass(frozen=True)
class WordsLine:
    """Words of actors' names."""

    words: list[str]


@dataclass(frozen=True)
class NoteLine:
    """What is kept under a key."""

    key: str
    value: str


def shaped(value: dict[str, Any], shape: type[_Shape]) -> _Shape:
    """The line as its shape. Raises Unfit."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as problem:
        raise Unfit(f"the line {value.get('line')!r} does not have its shape: {problem}") from None
    except UnicodeError:
        raise Unfit("one of a few words is expected where half a character stands") from None


def check_texts(value: Any) -> None:
    """Raises Unfit where a text anywhere in a value of JSON holds what a database cannot keep."""
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            check_text(key)
            check_texts(item)
    elif isinstance(value, list):
        for item in value:
            check_texts(item)


def check_text(text: str | None) -> None:
    """Raises Unfit where a text holds NUL or half a character: no export holds them outside the text of a report."""
    if text and ("\0" in text or not _is_unicode(text)):
        raise Unfit(f"a text holds NUL or half a character ({ascii(text)[:60]}); expected text that a database can keep")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def fits(pattern: re.Pattern[str], found: str, expected: str) -> None:
    """Raises Unfit unless the whole text has the form."""
    if not pattern.fullmatch(found):
        raise Unfit(f"found {ascii(found)[:80]}; expected {expected}")


def check_item(identity: str) -> ItemKind:
    """The kind that an item's id tells. Raises Unfit."""
    fits(_ITEM, identity, "the id of an item, such as E12")
    return next(kind for kind, letter in LETTERS.items() if identity.startswith(letter))


def check_hash(found: str) -> None:
    """Raises Unfit unless it is a SHA-256 in hexadecimal."""
    fits(_HASH, found, "a SHA-256: 64 digits and letters from a to f")


def check_day(found: str) -> None:
    """Raises Unfit unless it is "" or an ISO day of the calendar."""
    try:
        if found and date.fromisoformat(found).isoformat() != found:
            raise ValueError
    except ValueError:
        raise Unfit(f"found the day {ascii(found)[:40]}; expected YYYY-MM-DD, or nothing") from None


def decoded(text: str, most: int | None = None) -> bytes:
    """What base 64 stands for. Raises Unfit."""
    try:
        found = b64decode(text, validate=True)
    except ValueError:
        raise Unfit(f"found {ascii(text)[:40]}; expected base 64") from None
    if most is not None and len(found) > most:
        raise Unfit(f"found {len(found):,} bytes; expected {most:,} at most")
    return found


def raw_of(given: BytesLine, text: str) -> bytes:
    """The bytes that a report was read from. Raises Unfit."""
    if given.are == "text":
        return text.encode("utf-8", "surrogatepass")
    if given.are == "base64":
        return decoded(given.value)
    try:
        return given.value.encode()
    except UnicodeError:
        raise Unfit("the bytes of the report hold half a character; expected them in base 64") from None


def signature(line: ReportLine) -> bytes | None:
    """The signature of a report's text: numbers of four bytes."""
    if line.signature is None:
        return None
    found = decoded(line.signature, _MOST_SIGNATURE)
    if len(found) % 4:
        raise Unfit(f"the signature has {len(found)} bytes; expected numbers of four bytes each")
    return found


def reading_of(line: ReadingLine, report: dict[str, Any]) -> tuple[Reading, dict[str, Any]]:
    """The reading, checked, and the JSON that is kept of it. Raises Unfit with the path in the reading."""
    whole = {"schema": line.reading.get("schema"), "report": report, **line.reading}
    told = whole["report"]
    if not isinstance(told, dict) or told.get("id") != report["id"] or told.get("text") != report["text"]:
        raise Unfit(f"the reading is of another text; expected that of the report {line.report[:8]}")
    own = Report(report["text"]).id  # a further printing of a text is kept under an id of its own
    try:
        return from_dict({**whole, "report": {**told, "id": own}}), whole
    except SchemaError as problem:
        raise Unfit(f"the reading does not fit: {problem}") from None


def check_entry(line: EntryLine, reading: Reading) -> None:
    """Checks an entry and what is kept beside it against the reading: types, ids and offsets. Raises Unfit."""
    fits(_ENTRY, line.entry, "the id of an entry, such as e7")
    if not line.entry.startswith(_LETTERS[line.kind]):
        raise Unfit(f"the entry {line.entry} is said to be of kind {line.kind}; expected {_LETTERS[line.kind]} and a number")
    if line.item is not None and _BELONGS.get(line.kind) != check_item(line.item):
        raise Unfit(f"the {line.kind} {line.entry} is said to belong to {line.item}; expected an item of its kind")
    if line.kind == "event" and (line.type not in TYPES or line.status not in STATUSES):
        raise Unfit(f"found an event of type {line.type!r} and status {line.status!r}; expected those of docs/reference/plover.md")
    for day in (line.start, line.end):
        if day is not None:
            fits(WHEN, day, "an ISO day, month, week or year")
    known = {actor.id for actor in reading.actors}
    for role, actor in line.roles:
        if role not in ("initiator", "recipient", "speaker") or actor not in known:
            raise Unfit(f"found the role {ascii(role)[:20]} of {ascii(actor)[:20]}; expected an actor of the reading in one of three roles")
    _check_kept(line, len(reading.report.text))


_KEPT: dict[EntryKind, Callable[[Any], KeptActor | KeptEvent | FigureMention | StatementMention]] = {
    "actor": lambda kept: msgspec.convert(kept, KeptActor),
    "event": lambda kept: msgspec.convert(kept, KeptEvent),
    "figure": lambda kept: msgspec.convert(kept, FigureMention),
    "statement": lambda kept: msgspec.convert(kept, StatementMention),
}


def _check_kept(line: EntryLine, length: int) -> None:
    if line.kept is None:
        return
    try:
        kept = _KEPT[line.kind](line.kept)
    except msgspec.ValidationError as problem:
        raise Unfit(f"what is kept of {line.entry} does not have its shape: {problem}") from None
    place = kept.view.place if isinstance(kept, KeptActor | KeptEvent) else kept.place
    if tuple(place) != (line.report, line.entry):
        raise Unfit(f"what is kept of {line.entry} is of another entry ({ascii(place.entry)[:20]}); expected its own")
    for span in spans(kept):
        if not 0 <= span.start <= span.end <= length:
            raise Unfit(f"{line.entry} has the offsets {list(span)}; expected start before end, inside a text of {length} characters")


def spans(value: Any) -> Iterator[Span]:
    """All stretches of a text that a kept value points at."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, Figure | Time):
        yield Span(value.start, value.end)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from spans(item)
