"""What a case keeps, whichever database keeps it: the rows, the filters, and the `Store` that `case.py` works with.

"As of a day" means the reports published up to that day; a report without a day is left out of it. An entry of a reading (an
actor, an event, a figure) belongs to at most one item of the case; memberships change, readings do not. Nothing is written
outside `with store.transaction():`, so that a process killed at any moment leaves whole reports only. A store belongs to the
thread that opened it; other threads and processes open their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol

from dragoman.case.judgements import Decision, Judgement, Link, LinkKind, Place
from dragoman.case.query import Filters
from dragoman.case.store.counting_terms import Counts
from dragoman.case.store.unjudged_terms import Unjudged
from dragoman.text.report import Span

ItemKind = Literal["actor", "event", "figure", "dispute", "commitment", "thread"]
EntryKind = Literal["actor", "event", "figure", "statement"]
Order = Literal["start", "newest", "claims", "number"]
LETTERS: Mapping[ItemKind, str] = {
    "actor": "A", "event": "E", "figure": "F", "dispute": "D", "commitment": "C", "thread": "T",
}  # fmt: skip
"""The letter before the number in an item's id."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report without its text. `id` is the SHA-256 of the text.

    `published` is an ISO day, "" where it is not known. `added` is the moment of adding (ISO, UTC). `blob` is the hash of the
    bytes that it was read from. `signature` is what near copies are found by. `same_text_as` is the id of the earlier report
    whose text it repeats. `number` counts reports in the order of adding, from 1; the store gives it.
    """

    id: str
    published: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    source_id: str | None = None
    language: str = "en"
    added: str = ""
    blob: str | None = None
    signature: bytes | None = None
    same_text_as: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of a reading with the item that it belongs to (None: to none).

    `type` and `status` are those of an event (for a figure and an actor whatever the case wants to filter by); `start` and
    `end` ISO dates or None; `name` an actor's name; `json` what the case wants to find beside it. `roles` names the actors of
    the same reading that take part: ("initiator", "a3"), ("recipient", "a5"), ("speaker", "a1"). `published` is the report's; the
    store fills it in.
    """

    place: Place
    kind: EntryKind
    item: str | None = None
    type: str | None = None
    status: str | None = None
    start: str | None = None
    end: str | None = None
    name: str | None = None
    json: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    published: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of the case. `parent` is what it hangs on: an event's thread, a figure's event, what a dispute or a commitment is about.

    `day` is the first day on which it exists, "" where none is known: only kinds without entries of their own (disputes,
    commitments, threads) go by it; actors, events and figures go by their entries. `json` is the case's.
    """

    id: str
    kind: ItemKind
    name: str | None = None
    type: str | None = None
    status: str | None = None
    parent: str | None = None
    day: str = ""
    json: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """An item in a listing, with what its entries up to the day asked for come to.

    `entries` counts them; `first` and `last` are the first and last day of their reports; `start` and `end` the earliest start
    and the latest end that they give. A kind without entries has 0, its own day twice, and None.
    """

    item: ItemRow
    entries: int
    first: str
    last: str
    start: str | None
    end: str | None


ALL = Filters()
"""The filter that lets everything pass."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that shares `shared` of the keys asked for."""

    item: str
    shared: int


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link as it is kept. `superseded` is the moment from which it holds no longer; None while it holds."""

    link: Link
    superseded: str | None


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision as it is kept. `undone` is the id of the decision that took it back; None while it holds."""

    decision: Decision
    undone: str | None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a report's text around matches: `marks` are the matches in it. All offsets are into the report's text."""

    span: Span
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that a search found. `matches` counts the matches in its text (0: in the title only)."""

    report: ReportRow
    matches: int
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of a search: `total` reports match; `hits` are those asked for, the newest first."""

    total: int
    hits: tuple[Hit, ...] = field(default=())


class StoredReading(NamedTuple):
    """A reading as it is kept, with what made it and when. The last one of a report holds."""

    json: str
    by: str
    at: str


class Whole(Protocol):
    """What a copy of a whole case needs beside what `Store` gives: rows as they stand, with their numbers, there and back."""

    def readings(self, report: str) -> list[StoredReading]:
        """All readings of a report, the first one first."""
        ...

    def notes(self) -> dict[str, str]:
        """All that was kept by `Store.set_meta`."""
        ...

    def counters(self) -> dict[ItemKind, int]:
        """The last number that was given to an item of each kind."""
        ...

    def items(self, kind: ItemKind) -> list[ItemRow]:
        """All items of a kind by number, also those that no entry belongs to any more."""
        ...

    def keys(self, items: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        """The keys that each item is filed under, with the report's number that made each the latest."""
        ...

    def shared_events(self) -> frozenset[str]:
        """The events in which at least two actors take part, whatever their sides."""
        ...

    def named_words(self) -> list[str]:
        """The words of actors' names, in which a search looks for other spellings."""
        ...

    def put_counter(self, kind: ItemKind, last: int) -> None:
        """Says which number was given last."""
        ...

    def put_keys(self, kind: ItemKind, item: str, keys: Sequence[tuple[str, int]]) -> None:
        """Files an item under keys as they were."""
        ...

    def put_named_words(self, words: Iterable[str]) -> None:
        """Adds words of names."""
        ...

    def put_link(self, stored: StoredLink) -> None:
        """Adds a link under the id that it has."""
        ...

    def put_decision(self, stored: StoredDecision) -> None:
        """Adds a decision under the id that it has, without doing anything else."""
        ...


FollowKind = Literal["thread", "dispute", "commitment", "figure", "event", "actor"]
"""Events and actors: what those between whom something happens came to, for the network."""
FollowOrder = Literal["number", "size", "day"]


class FollowRow(NamedTuple):
    """An item that follows from the others. `about` is the event that it is about; `day` that of the report from which it is.

    `size` is what items are ordered or found by: of a thread the reports that tell of it, of a series the last day on which a value
    was said (20170131), of an event and an actor its mentions. `json` is the case's. "" is no day.
    """

    item: str
    kind: FollowKind
    about: str | None
    day: str
    size: int
    json: str


class Follows(Protocol):
    """What follows from the reports (threads, disputes, commitments, series, who acts on whom), as it was worked out last."""

    def rows(
        self, kind: FollowKind, as_of: str | None = None, *, order: FollowOrder = "number", limit: int | None = None, offset: int = 0
    ) -> list[FollowRow]:
        """The items of a kind that there were on a day."""
        ...

    def heads(
        self, kind: FollowKind, as_of: str | None = None, *, order: FollowOrder = "number", least: int = 0
    ) -> list[tuple[str, str | None]]:
        """The ids of the items of a kind on a day whose size is `least` or more, each with the event that it is about."""
        ...

    def of(self, items: Iterable[str]) -> list[FollowRow]:
        """These items, those that there are, in the order asked for."""
        ...

    def jsons(self, kind: FollowKind, items: Iterable[str] | None = None) -> list[tuple[Any, ...]]:
        """(id, JSON) of all items of a kind, or of those of `items`, in no order."""
        ...

    def about(self, events: Iterable[str]) -> list[FollowRow]:
        """The items that are about these events, by kind and number."""
        ...

    def stamp(self) -> str:
        """Another text whenever a person has decided, or a report was read again: more than additions has changed then."""
        ...

    def put(self, rows: Sequence[FollowRow]) -> None:
        """Keeps these items, in the place of those with their ids."""
        ...

    def drop(self, items: Iterable[str]) -> None:
        """Forgets these items."""
        ...


class Store(Protocol):
    """One case in one database. Raises StoreError where the database fails, ValueError where the caller is wrong."""

    @property
    def location(self) -> str:
        """Where the case lies: a file's name, or a URL without its password."""
        ...

    def close(self) -> None:
        """Ends the connection; a transaction that is open is rolled back."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing: the only writer until it ends. Waits up to a minute for another writer, then raises StoreError."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Several questions of one moment: what others write meanwhile is not seen. Never waits for a writer."""
        ...

    def follows(self) -> Follows:
        """What was worked out from the case."""
        ...

    def whole(self) -> Whole:
        """What export and import need."""
        ...

    def unjudged(self) -> Unjudged:
        """What nobody has judged yet."""
        ...

    def counts(self) -> Counts:
        """How much there is, without the things themselves."""
        ...

    # --- settings and ids

    def meta(self, key: str) -> str | None:
        """What was kept under `key`, None if nothing was."""
        ...

    def set_meta(self, key: str, value: str) -> None:
        """Keeps `value` under `key`, in the place of an earlier one."""
        ...

    def next_id(self, kind: ItemKind) -> str:
        """A new id for an item: "A1", "A2"; never given twice."""
        ...

    def numbers(self, keys: Iterable[str] | None = None) -> dict[str, str]:
        """The ids that these keys had (all keys if None): what `numbering.Numbers` starts from."""
        ...

    def put_numbers(self, known: Mapping[str, str]) -> None:
        """Keeps the ids that keys have; those kept before stay unless they are named."""
        ...

    # --- reports

    def put_blob(self, data: bytes) -> str:
        """Keeps bytes once; returns their SHA-256 in hexadecimal."""
        ...

    def blob(self, digest: str) -> bytes | None:
        """The bytes kept under their SHA-256."""
        ...

    def put_report(self, row: ReportRow, text: str) -> bool:
        """Adds a report; False, and nothing is changed, if the case has it already."""
        ...

    def set_same_text(self, report: str, earlier: str | None) -> None:
        """Says whose text the report repeats; None takes it back."""
        ...

    def report_rows(self, filters: Filters = ALL, *, after: int = 0, limit: int | None = None, offset: int = 0) -> list[ReportRow]:
        """Reports by day of publication, then in the order of adding; only those with a greater number than `after`.

        `since` goes by the day of publication; `actor`, `thread`, `type` and `status` ask for a report that has such an entry.
        """
        ...

    def reports(self, ids: Iterable[str]) -> dict[str, ReportRow]:
        """The rows of these reports, those that the case has."""
        ...

    def count_reports(self, filters: Filters = ALL, *, after: int = 0) -> int:
        """How many `report_rows` there are."""
        ...

    def last_day(self) -> str:
        """The day of the latest report, "" if no report has a date."""
        ...

    def last_number(self) -> int:
        """The number of the report that was added last, 0 if there is none."""
        ...

    def text(self, report: str) -> str | None:
        """A report's text, exactly as it was added."""
        ...

    def put_reading(self, report: str, json: str, *, by: str, at: str) -> None:
        """Adds the reading that the model `by` made at the moment `at`; the last one added holds, the others stay.

        One that says the same as the one that holds takes its place.
        """
        ...

    def reading_json(self, report: str) -> str | None:
        """The reading that holds."""
        ...

    def reading_jsons(self, reports: Iterable[str]) -> Iterator[tuple[str, str]]:
        """(report, reading that holds) for each of these that has one, in the order asked for."""
        ...

    # --- entries and their items

    def put_entries(self, report: str, rows: Sequence[EntryRow]) -> None:
        """Adds entries of one report; one with the same id is replaced."""
        ...

    def drop_entries(self, report: str) -> None:
        """Removes a report's entries from the index (a newer reading brings its own); the readings stay."""
        ...

    def set_item(self, place: Place, item: str | None) -> None:
        """Moves an entry to another item, or to none."""
        ...

    def entries(self, places: Iterable[Place], *, roles: bool = True) -> dict[Place, EntryRow]:
        """The entries at these places, those that there are; a place with entry "" asks for all entries of the report.

        Without `roles` they are left empty, which is quicker.
        """
        ...

    def members(self, items: Iterable[str], filters: Filters = ALL, *, newest: int | None = None) -> dict[str, list[EntryRow]]:
        """The entries of each item up to `filters.as_of`, in the order of day and adding; with `newest` only the last so many.

        Every item asked for is a key. The other filters are not looked at.
        """
        ...

    def spoken(self, kind: EntryKind, actor: str) -> list[Place]:
        """The places of the entries of a kind in which an actor of the case takes part, or speaks."""
        ...

    def places_of(self, items: Iterable[str], filters: Filters = ALL) -> dict[str, list[Place]]:
        """The places of each item's entries up to `filters.as_of`, by day and adding, without what is kept beside them."""
        ...

    def names_of(self, items: Iterable[str], filters: Filters = ALL) -> dict[str, dict[str, int]]:
        """How often the entries of each item up to `filters.as_of` have each of its names, those that came up first before the others."""
        ...

    # --- items

    def put_item(self, row: ItemRow) -> None:
        """Adds an item, or replaces the one with its id."""
        ...

    def drop_item(self, item: str) -> None:
        """Removes an item with its keys; entries that belong to it then belong to none."""
        ...

    def item_rows(self, ids: Iterable[str]) -> dict[str, ItemRow]:
        """These items, those that there are."""
        ...

    def children(self, parents: Iterable[str], kind: ItemKind | None = None) -> list[ItemRow]:
        """The items that hang on any of these, in the order of kinds and numbers."""
        ...

    def items(
        self,
        kind: ItemKind,
        filters: Filters = ALL,
        *,
        after: int = 0,
        order: Order = "number",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Listed]:
        """The items of a kind with an entry that passes all filters and stands in a report with a greater number than `after`.

        `since` goes by what an entry says of its time (its end, else its start), or by its report's day where it says nothing.
        Actors pass `type`, `status` and `thread` if an event that they take part in does; threads pass everything if one of
        their events does. Disputes and commitments pass by their own day, and by the events that they are about.

        `order`: "start" the earliest start first, those without one last; "newest" the last reported first; "claims" those with
        most entries first; "number" as they came. What is equal comes by number.
        """
        ...

    def ids(
        self,
        kind: ItemKind,
        filters: Filters = ALL,
        *,
        after: int = 0,
        order: Order = "number",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:
        """The ids of the `items` of a kind with entries, in their order: what they come to is not asked for."""
        ...

    def passing(self, kind: ItemKind, filters: Filters = ALL) -> frozenset[str]:
        """The ids of the `items` of a kind with entries, where nothing else is asked of them."""
        ...

    def count_items(self, kind: ItemKind, filters: Filters = ALL, *, after: int = 0) -> int:
        """How many `items` there are."""
        ...

    def named(self, kind: ItemKind, name: str, *, limit: int = 10) -> list[ItemRow]:
        """Items of this name, or with an entry of this name; case and accents do not count. Those with most entries first."""
        ...

    def called(self, kind: ItemKind, words: Sequence[str], *, limit: int = 10) -> list[ItemRow]:
        """Items whose own name holds all these words, as `words.forms` gives them. Those with most entries first."""
        ...

    # --- keys for candidates

    def put_keys(self, kind: ItemKind, item: str, keys: Iterable[str]) -> None:
        """Files an item under keys, as the latest of each; a key that it has already is only made the latest again."""
        ...

    def drop_keys(self, item: str) -> None:
        """Takes an item out of the index of keys."""
        ...

    def candidates(self, kind: ItemKind, keys: Iterable[str], *, per_key: int = 50, limit: int = 50) -> list[Candidate]:
        """Items that share keys, those that share most first, then the latest; of each key only the latest `per_key` are looked at.

        So the cost does not grow with the case.
        """
        ...

    # --- keys for copies of one text

    def put_text_keys(self, report: str, keys: Sequence[str]) -> None:
        """Files a report under the keys of its text (at most 200)."""
        ...

    def texts_like(self, keys: Sequence[str], *, per_key: int = 20, limit: int = 10) -> list[str]:
        """Reports that share keys, those that share most first, then the earliest; of each key only the first `per_key` are looked at."""
        ...

    # --- links and decisions

    def put_link(self, link: Link) -> str:
        """Keeps a link; returns its id.

        A link of the same kind, places and author that says the same stays as it is and its id is returned; one that says
        something else is superseded, and its judgement goes on to the new one where that is undecided.
        """
        ...

    def supersede(self, link: str, at: str) -> None:
        """Says that a link holds no longer from the moment `at`."""
        ...

    def reinstate(self, link: str) -> None:
        """Says that a link that was superseded holds again."""
        ...

    def set_judgement(self, link: str, judgement: Judgement) -> None:
        """Notes a person's word on a link."""
        ...

    def link(self, link: str) -> StoredLink | None:
        """The link of this id."""
        ...

    def links(
        self,
        places: Iterable[Place] | None = None,
        *,
        kinds: Sequence[LinkKind] = (),
        filters: Filters = ALL,
        superseded: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[StoredLink]:
        """Links that touch one of the places (all of them if None), of these kinds, between reports up to `filters.as_of`, by number.

        With `superseded` also those that hold no longer.
        """
        ...

    def put_decision(self, decision: Decision) -> str:
        """Keeps a decision; returns its id. The verb "undo" marks its target, a decision, as undone."""
        ...

    def decisions(self, target: str | None = None) -> list[StoredDecision]:
        """What people decided, in order; only that on `target` if one is given."""
        ...

    # --- search

    def search(self, query: str, filters: Filters = ALL, *, limit: int = 20, offset: int = 0) -> Found:
        """Reports whose title or text matches, the newest first, with snippets.

        Words must all occur; "…" is a phrase; AND, OR, NOT (or a minus) and parentheses; `missil*` begins words; `khruschev~`
        matches names of the case that are spelt alike. Case and accents do not count. Raises QueryError where nothing is asked.
        """
        ...

    def matching(self, query: str) -> frozenset[str]:
        """The ids of all reports that `search` would find, without what is shown of them. Raises QueryError where nothing is asked."""
