"""Which columns a row of the case lies in, and how it gets there and back."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.case.judgements import Decision, Link, Place
from dragoman.case.store.base import LETTERS, EntryRow, ItemKind, ItemRow, ReportRow, StoredDecision, StoredLink
from dragoman.case.store.dialect import Row
from dragoman.case.store.words import folded

REPORT = ("id", "published", "title", "publisher", "url", "source_id", "language", "added", "blob", "signature", "same_text_as", "number")
ENTRY = ("report", "entry", "kind", "item", "type", "status", "begins", "ends", "name", "folded", "published", "json")
ITEM = ("id", "kind", "number", "name", "folded", "type", "status", "parent", "day", "json")
LINK = ("number", "kind", "a_report", "a_entry", "b_report", "b_entry", "score", "why", "made_by", "made_at", "judgement", "superseded")
DECISION = ("number", "verb", "target", "value", "why", "made_by", "made_at", "undone")


def listed(columns: Sequence[str], table: str = "") -> str:
    """The columns for a SELECT, each with its table's short name."""
    return ", ".join(f"{table}.{column}" if table else column for column in columns)


def insert(table: str, columns: Sequence[str], *, replace: Sequence[str] = ()) -> str:
    """The statement that adds a row; a row with the same values in `replace` is changed instead."""
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    if not replace:
        return sql
    changed = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in replace)
    return f"{sql} ON CONFLICT ({', '.join(replace)}) DO UPDATE SET {changed}"


def pack(text: str) -> bytes:
    """A long text as it is kept: UTF-8 (lone surrogates and NUL too, which a column of text cannot hold), compressed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpack(data: bytes) -> str:
    """The text that `pack` made."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def number_of(identity: str, letter: str) -> int:
    """The number in an id ("L12" -> 12). Raises ValueError if it is no id with this letter."""
    number = identity[len(letter) :]
    if not identity.startswith(letter) or not (number.isascii() and number.isdigit()) or len(number) > 9:
        raise ValueError(f"{identity!r} is no id; expected {letter} and a number, such as {letter}12")
    return int(number)


def report_row(row: Row) -> ReportRow:
    """A row of `reports` with the columns of `REPORT`."""
    values = dict(zip(REPORT, row, strict=True))
    if values["signature"] is not None:
        values["signature"] = bytes(values["signature"])
    return ReportRow(**values)


def report_values(row: ReportRow, number: int) -> list[Any]:
    """What `REPORT` keeps of a report."""
    return [number if column == "number" else getattr(row, column) for column in REPORT]


def entry_values(row: EntryRow, report: int, published: str) -> list[Any]:
    """What `ENTRY` keeps of an entry. Raises ValueError where it has no id."""
    if not row.place.entry:
        raise ValueError(f"an entry needs an id within its reading, found {row.place}")
    name = None if row.name is None else folded(row.name)
    about = [row.kind, row.item, row.type, row.status, row.start, row.end, row.name, name]
    return [report, row.place.entry, *about, published, row.json]


def entry_row(report: str, row: Row, roles: Mapping[tuple[int, str], Sequence[tuple[str, str]]]) -> EntryRow:
    """A row of `entries` with the columns of `ENTRY`; `report` is the id of its report."""
    number, entry, kind, item, type_, status, begins, ends, name, _, published, json = row
    there = tuple(roles.get((number, entry), ()))
    return EntryRow(Place(report, entry), kind, item, type_, status, begins, ends, name, json, there, published)


def item_values(row: ItemRow) -> list[Any]:
    """What `ITEM` keeps of an item. Raises ValueError where the id does not fit the kind."""
    number = number_of(row.id, LETTERS[row.kind])
    name = None if row.name is None else folded(row.name)
    return [row.id, row.kind, number, row.name, name, row.type, row.status, row.parent, row.day, row.json]


def item_row(row: Row) -> ItemRow:
    """A row of `items` with the columns of `ITEM`."""
    identity, kind, _, name, _, type_, status, parent, day, json = row
    return ItemRow(identity, kind, name, type_, status, parent, day, json)


def kind_of(item: str) -> ItemKind:
    """The kind that an id's letter tells. Raises ValueError for another letter."""
    for kind, letter in LETTERS.items():
        if item.startswith(letter):
            return kind
    raise ValueError(f"{item!r} is no item's id; expected one of {', '.join(LETTERS.values())} and a number")


def stored_link(row: Row) -> StoredLink:
    """A row of `links` with the columns of `LINK`, with the ids of the reports in the place of their numbers."""
    number, kind, a_report, a_entry, b_report, b_entry, score, why, by, at, judgement, superseded = row
    places = (Place(a_report, a_entry), Place(b_report, b_entry))
    return StoredLink(Link(kind, *places, score, why, by, at, judgement, f"L{number}"), superseded)


def stored_decision(row: Row) -> StoredDecision:
    """A row of `decisions` with the columns of `DECISION`."""
    number, verb, target, value, why, by, at, undone = row
    return StoredDecision(Decision(verb, target, value, why, by, at, f"J{number}"), undone)
