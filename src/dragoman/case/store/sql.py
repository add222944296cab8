"""The `Store` over a database that understands SQL. What differs between databases is in `dialect.py` and behind it."""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from dragoman.case.judgements import Decision, Judgement, Link, LinkKind, Place
from dragoman.case.query import Filters
from dragoman.case.store import conditions, link_rows, listings, searching, text_keys
from dragoman.case.store.base import (
    ALL,
    LETTERS,
    Candidate,
    EntryKind,
    EntryRow,
    Found,
    ItemKind,
    ItemRow,
    Listed,
    Order,
    ReportRow,
    StoredDecision,
    StoredLink,
)
from dragoman.case.store.counting import SqlCounts
from dragoman.case.store.dialect import Database, Row
from dragoman.case.store.following import Following
from dragoman.case.store.listings import chunks, marks, page
from dragoman.case.store.tables import (
    ENTRY,
    ITEM,
    REPORT,
    entry_row,
    entry_values,
    insert,
    item_row,
    item_values,
    kind_of,
    listed,
    pack,
    report_row,
    report_values,
    unpack,
)
from dragoman.case.store.unjudged import SqlUnjudged
from dragoman.case.store.whole import SqlWhole
from dragoman.case.store.words import forms

_KEYS_AT_ONCE = 100  # SELECTs in one UNION; SQLite takes 500
_Roles = dict[tuple[int, str], list[tuple[str, str]]]


class SqlStore:
    """A case in an open database whose schema is up to date (see `opening.py`). `Store` in `base.py` says what each method does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._state = "free"

    @property
    def location(self) -> str:
        """Where the case lies."""
        return self._database.location

    def close(self) -> None:
        """Ends the connection."""
        self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, as the only writer."""
        with self._within("writing"):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several questions of one moment."""
        with self._within("reading"):
            yield

    def follows(self) -> Following:
        """What was worked out from the case."""
        return Following(self._database, self._check_writing)

    def whole(self) -> SqlWhole:
        """What export and import need."""
        return SqlWhole(self._database, self._check_writing)

    def unjudged(self) -> SqlUnjudged:
        """What nobody has judged yet."""
        return SqlUnjudged(self._database)

    def counts(self) -> SqlCounts:
        """How much there is."""
        return SqlCounts(self._database)

    @contextmanager
    def _within(self, state: str) -> Iterator[None]:
        if self._state != "free":
            raise ValueError(f"one thing at a time: this store is {self._state} already")
        self._database.begin(write=state == "writing")
        self._state = state
        try:
            yield
            self._database.commit()
        except BaseException:
            self._database.rollback()
            raise
        finally:
            self._state = "free"

    def _write(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        self._check_writing()
        return self._database.rows(sql, values)

    def _check_writing(self) -> None:
        if self._state != "writing":
            raise ValueError("a case is written within `with store.transaction():` only")

    # --- settings and ids

    def meta(self, key: str) -> str | None:
        """What was kept under `key`."""
        found = self._database.rows("SELECT value FROM meta WHERE key = ?", (f"case.{key}",))
        return str(found[0][0]) if found else None

    def set_meta(self, key: str, value: str) -> None:
        """Keeps `value` under `key`."""
        self._write(insert("meta", ("key", "value"), replace=("key",)), (f"case.{key}", value))

    def next_id(self, kind: ItemKind) -> str:
        """A new id for an item."""
        counted = "INSERT INTO counters (kind, last) VALUES (?, 1) ON CONFLICT (kind) DO UPDATE SET last = counters.last + 1 RETURNING last"
        return f"{LETTERS[kind]}{self._write(counted, (kind,))[0][0]}"

    def numbers(self, keys: Iterable[str] | None = None) -> dict[str, str]:
        """The ids that these keys had."""
        if keys is None:
            return dict(self._database.rows("SELECT key, item FROM numbers ORDER BY key"))
        sql = "SELECT key, item FROM numbers WHERE key IN "
        return {key: item for some in chunks(list(keys)) for key, item in self._database.rows(f"{sql}({marks(some)})", some)}

    def put_numbers(self, known: Mapping[str, str]) -> None:
        """Keeps the ids that keys have."""
        self._check_writing()
        self._database.many(insert("numbers", ("key", "item"), replace=("key",)), known.items())

    # --- reports

    def put_blob(self, data: bytes) -> str:
        """Keeps bytes once."""
        digest = hashlib.sha256(data).hexdigest()
        if not self._database.rows("SELECT 1 FROM blobs WHERE digest = ?", (digest,)):
            self._write(insert("blobs", ("digest", "data")), (digest, zlib.compress(data)))
        return digest

    def blob(self, digest: str) -> bytes | None:
        """The bytes kept under their SHA-256."""
        found = self._database.rows("SELECT data FROM blobs WHERE digest = ?", (digest,))
        return zlib.decompress(found[0][0]) if found else None

    def put_report(self, row: ReportRow, text: str) -> bool:
        """Adds a report, if it is new."""
        self._check_writing()
        if self._database.rows("SELECT 1 FROM reports WHERE id = ?", (row.id,)):
            return False
        number = int(self._database.rows("SELECT COALESCE(MAX(number), 0) + 1 FROM reports")[0][0])
        self._write(insert("reports", REPORT), report_values(row, number))
        self._write(insert("texts", ("report", "data")), (number, pack(text)))
        self._database.put_words(number, forms(row.title or ""), forms(text))
        return True

    def set_same_text(self, report: str, earlier: str | None) -> None:
        """Says whose text the report repeats."""
        self._write("UPDATE reports SET same_text_as = ? WHERE number = ?", (earlier, self._number(report)))

    def _number(self, report: str) -> int:
        found = self._numbers_of([report])
        if not found:
            raise ValueError(f"the case has no report {report!r}")
        return found[report]

    def _numbers_of(self, reports: Iterable[str]) -> dict[str, int]:
        return listings.numbers_of(self._database, reports)

    def report_rows(self, filters: Filters = ALL, *, after: int = 0, limit: int | None = None, offset: int = 0) -> list[ReportRow]:
        """Reports by day of publication, then in the order of adding."""
        where, (cut, window) = conditions.reports(filters, after), page(limit, offset)
        sql = f"SELECT {listed(REPORT, 'r')} FROM reports r{where} ORDER BY r.published, r.number{cut}"
        return [report_row(row) for row in self._database.rows(sql, [*where.values, *window])]

    def reports(self, ids: Iterable[str]) -> dict[str, ReportRow]:
        """The rows of these reports."""
        sql = f"SELECT {listed(REPORT)} FROM reports WHERE id IN "
        found = [report_row(row) for some in chunks(list(ids)) for row in self._database.rows(f"{sql}({marks(some)})", some)]
        return {row.id: row for row in found}

    def count_reports(self, filters: Filters = ALL, *, after: int = 0) -> int:
        """How many `report_rows` there are."""
        where = conditions.reports(filters, after)
        return int(self._database.rows(f"SELECT COUNT(*) FROM reports r{where}", where.values)[0][0])

    def last_day(self) -> str:
        """The day of the latest report."""
        return str(self._database.rows("SELECT COALESCE(MAX(published), '') FROM reports")[0][0])

    def last_number(self) -> int:
        """The number of the report that was added last."""
        return int(self._database.rows("SELECT COALESCE(MAX(number), 0) FROM reports")[0][0])

    def text(self, report: str) -> str | None:
        """A report's text."""
        found = self._database.rows("SELECT t.data FROM texts t JOIN reports r ON r.number = t.report WHERE r.id = ?", (report,))
        return unpack(found[0][0]) if found else None

    def put_reading(self, report: str, json: str, *, by: str, at: str) -> None:
        """Adds the reading that holds from now on."""
        number = self._number(report)
        found = self._database.rows("SELECT number, data FROM readings WHERE report = ? ORDER BY number DESC LIMIT 1", (number,))
        if found and unpack(found[0][1]) == json:
            self._write("UPDATE readings SET made_by = ?, made_at = ? WHERE report = ? AND number = ?", (by, at, number, found[0][0]))
            return
        last = found[0][0] if found else 0
        self._write(insert("readings", ("report", "number", "made_by", "made_at", "data")), (number, last + 1, by, at, pack(json)))

    def reading_json(self, report: str) -> str | None:
        """The reading that holds."""
        return next((json for _, json in self.reading_jsons([report])), None)

    def reading_jsons(self, reports: Iterable[str]) -> Iterator[tuple[str, str]]:
        """(report, reading that holds), in the order asked for."""
        newest = "SELECT MAX(o.number) FROM readings o WHERE o.report = d.report"
        sql = f"SELECT r.id, d.data FROM readings d JOIN reports r ON r.number = d.report WHERE d.number = ({newest}) AND r.id IN "
        for some in chunks(list(reports)):
            found: dict[str, bytes] = dict(self._database.rows(f"{sql}({marks(some)})", some))
            yield from ((report, unpack(found[report])) for report in some if report in found)

    # --- entries and their items

    def put_entries(self, report: str, rows: Sequence[EntryRow]) -> None:
        """Adds entries of one report."""
        number = self._number(report)
        published = self._write("SELECT published FROM reports WHERE number = ?", (number,))[0][0]
        values = [entry_values(row, number, published) for row in rows]
        self._database.many(insert("entries", ENTRY, replace=("report", "entry")), values)
        self._database.many("DELETE FROM roles WHERE report = ? AND entry = ?", [(number, row.place.entry) for row in rows])
        roles = [(number, row.place.entry, role, actor) for row in rows for role, actor in dict.fromkeys(row.roles)]
        self._database.many(insert("roles", ("report", "entry", "role", "actor")), roles)
        whose = "SELECT e.item FROM entries e WHERE e.report = roles.report AND e.entry = roles.actor"
        # A person may have named an actor of the case that the report does not name: then the role has the item's id.
        known = "SELECT i.id FROM items i WHERE i.id = roles.actor"
        self._write(f"UPDATE roles SET item = COALESCE(({whose}), ({known})) WHERE report = ?", (number,))
        words = {word for row in rows if row.kind == "actor" and row.name for word in forms(row.name)}
        self._database.many("INSERT INTO names (word) VALUES (?) ON CONFLICT DO NOTHING", [(word,) for word in sorted(words)])

    def drop_entries(self, report: str) -> None:
        """Removes a report's entries from the index."""
        number = self._number(report)
        self._write("DELETE FROM roles WHERE report = ?", (number,))
        self._write("DELETE FROM entries WHERE report = ?", (number,))

    def set_item(self, place: Place, item: str | None) -> None:
        """Moves an entry to another item."""
        number = self._number(place.report)
        self._write("UPDATE entries SET item = ? WHERE report = ? AND entry = ?", (item, number, place.entry))
        self._write("UPDATE roles SET item = ? WHERE report = ? AND actor = ?", (item, number, place.entry))

    def entries(self, places: Iterable[Place], *, roles: bool = True) -> dict[Place, EntryRow]:
        """The entries at these places."""
        wanted = list(places)
        numbers = self._numbers_of(place.report for place in wanted)
        pairs = [(numbers[place.report], place.entry) for place in wanted if place.entry and place.report in numbers]
        whole = [numbers[place.report] for place in wanted if not place.entry and place.report in numbers]
        sql = f"SELECT r.id, {listed(ENTRY, 'e')} FROM entries e JOIN reports r ON r.number = e.report"
        found: list[Row] = []
        for some in chunks(list(dict.fromkeys(pairs))):
            table, values = listings.wanted(some)
            found += self._database.rows(f"{table}{sql} JOIN wanted p ON e.report = p.report AND e.entry = p.entry", values)
        for reports in chunks(whole):
            found += self._database.rows(f"{sql} WHERE e.report IN ({marks(reports)}) ORDER BY e.report, LENGTH(e.entry), e.entry", reports)
        return {row.place: row for row in (self._entry_rows(found) if roles else (entry_row(row[0], row[1:], {}) for row in found))}

    def _entry_rows(self, found: Sequence[Row]) -> list[EntryRow]:
        roles: _Roles = defaultdict(list)
        sql = "SELECT g.report, g.entry, g.role, g.actor FROM wanted p JOIN roles g ON g.report = p.report AND g.entry = p.entry"
        acting = dict.fromkeys((row[1], row[2]) for row in found if row[3] != "actor")
        for some in chunks(list(acting)):
            table, values = listings.wanted(some)
            for report, entry, role, actor in self._database.rows(f"{table}{sql} ORDER BY g.role, LENGTH(g.actor), g.actor", values):
                roles[report, entry].append((role, actor))
        return [entry_row(row[0], row[1:], roles) for row in found]

    def members(self, items: Iterable[str], filters: Filters = ALL, *, newest: int | None = None) -> dict[str, list[EntryRow]]:
        """The entries of each item, in the order of day and adding."""
        wanted = list(dict.fromkeys(items))
        found = self._newest(wanted, filters, newest) if newest is not None else self._all_members(wanted, filters)
        members: dict[str, list[EntryRow]] = {item: [] for item in wanted}
        for row in self._entry_rows(found):
            members[str(row.item)].append(row)
        return members

    def spoken(self, kind: EntryKind, actor: str) -> list[Place]:
        """The places of the entries in which an actor takes part."""
        sql = (
            "SELECT r.id, f.entry FROM roles g JOIN entries f ON f.report = g.report AND f.entry = g.entry"
            " JOIN reports r ON r.number = f.report WHERE g.item = ? AND f.kind = ? ORDER BY f.report, f.entry"
        )
        return [Place(report, entry) for report, entry in self._database.rows(sql, (actor, kind))]

    def places_of(self, items: Iterable[str], filters: Filters = ALL) -> dict[str, list[Place]]:
        """The places of each item's entries."""
        return listings.places_of(self._database, list(dict.fromkeys(items)), filters)

    def names_of(self, items: Iterable[str], filters: Filters = ALL) -> dict[str, dict[str, int]]:
        """How often each item has each of its names."""
        return listings.names_of(self._database, list(dict.fromkeys(items)), filters)

    def _all_members(self, items: Sequence[str], filters: Filters) -> list[Row]:
        found: list[Row] = []
        for some in chunks(items):
            where = conditions.members(filters).add(f"e.item IN ({marks(some)})", *some)
            sql = f"SELECT r.id, {listed(ENTRY, 'e')} FROM entries e JOIN reports r ON r.number = e.report{where}"
            found += self._database.rows(f"{sql} ORDER BY e.published, e.report, LENGTH(e.entry), e.entry", where.values)
        return found

    def _newest(self, items: Sequence[str], filters: Filters, newest: int) -> list[Row]:
        found: list[Row] = []
        for item in items:
            where = conditions.members(filters).add("e.item = ?", item)
            sql = f"SELECT r.id, {listed(ENTRY, 'e')} FROM entries e JOIN reports r ON r.number = e.report{where}"
            last = self._database.rows(f"{sql} ORDER BY e.published DESC, e.report DESC, e.entry DESC LIMIT ?", [*where.values, newest])
            found += reversed(last)
        return found

    # --- items

    def put_item(self, row: ItemRow) -> None:
        """Adds or replaces an item."""
        self._write(insert("items", ITEM, replace=("id",)), item_values(row))

    def drop_item(self, item: str) -> None:
        """Removes an item with its keys."""
        self._write("UPDATE entries SET item = NULL WHERE item = ?", (item,))
        self._write("UPDATE roles SET item = NULL WHERE item = ?", (item,))
        self._write("DELETE FROM items WHERE id = ?", (item,))

    def item_rows(self, ids: Iterable[str]) -> dict[str, ItemRow]:
        """These items."""
        return listings.item_rows(self._database, list(ids))

    def children(self, parents: Iterable[str], kind: ItemKind | None = None) -> list[ItemRow]:
        """The items that hang on any of these."""
        rows: list[Row] = []
        for some in chunks(list(parents)):
            where = conditions.Where().add(f"parent IN ({marks(some)})", *some)
            if kind:
                where.add("kind = ?", kind)
            rows += self._database.rows(f"SELECT {listed(ITEM)} FROM items{where}", where.values)
        return [item_row(row) for row in sorted(rows, key=lambda row: (row[1], row[2]))]

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
        """The items of a kind that pass."""
        return listings.items(self._database, kind, filters, after, order, limit, offset)

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
        """The ids of the items that pass, in order."""
        return listings.ids(self._database, kind, filters, after, order, limit, offset)

    def passing(self, kind: ItemKind, filters: Filters = ALL) -> frozenset[str]:
        """The ids of the items that pass."""
        where = conditions.listed(kind, filters, 0)
        return frozenset(row[0] for row in self._database.rows(f"SELECT DISTINCT e.item FROM entries e{where}", where.values))

    def count_items(self, kind: ItemKind, filters: Filters = ALL, *, after: int = 0) -> int:
        """How many `items` there are."""
        return listings.count(self._database, kind, filters, after)

    def named(self, kind: ItemKind, name: str, *, limit: int = 10) -> list[ItemRow]:
        """Items of this name."""
        return listings.named(self._database, kind, name, limit)

    def called(self, kind: ItemKind, words: Sequence[str], *, limit: int = 10) -> list[ItemRow]:
        """Items whose own name holds all these words."""
        return listings.called(self._database, kind, words, limit)

    # --- keys for candidates

    def put_keys(self, kind: ItemKind, item: str, keys: Iterable[str]) -> None:
        """Files an item under keys."""
        latest = self._write("SELECT COALESCE(MAX(number), 0) FROM reports")[0][0]
        sql = insert("keys", ("kind", "key", "item", "latest"), replace=("kind", "key", "item"))
        self._database.many(sql, [(kind, key, item, latest) for key in sorted(set(keys))])

    def drop_keys(self, item: str) -> None:
        """Takes an item out of the index of keys."""
        self._write("DELETE FROM keys WHERE item = ? AND kind = ?", (item, kind_of(item)))

    def candidates(self, kind: ItemKind, keys: Iterable[str], *, per_key: int = 50, limit: int = 50) -> list[Candidate]:
        """Items that share keys."""
        shared: defaultdict[str, int] = defaultdict(int)
        latest: dict[str, int] = {}
        wanted = sorted(set(keys))
        one = "SELECT * FROM (SELECT item, latest FROM keys WHERE kind = ? AND key = ? ORDER BY latest DESC LIMIT ?) AS k"
        for start in range(0, len(wanted), _KEYS_AT_ONCE):
            some = wanted[start : start + _KEYS_AT_ONCE]
            values = [value for key in some for value in (kind, key, per_key)]
            for item, when in self._database.rows(" UNION ALL ".join([one] * len(some)), values):
                shared[item] += 1
                latest[item] = max(when, latest.get(item, 0))
        order = sorted(shared, key=lambda item: (-shared[item], -latest[item], len(item), item))
        return [Candidate(item, shared[item]) for item in order[:limit]]

    # --- keys for copies of one text

    def put_text_keys(self, report: str, keys: Sequence[str]) -> None:
        """Files a report under the keys of its text."""
        self._check_writing()
        text_keys.put(self._database, self._number(report), keys)

    def texts_like(self, keys: Sequence[str], *, per_key: int = 20, limit: int = 10) -> list[str]:
        """Reports that share keys."""
        return text_keys.alike(self._database, keys, per_key, limit)

    # --- links and decisions

    def put_link(self, link: Link) -> str:
        """Keeps a link."""
        self._check_writing()
        return link_rows.put_link(self._database, link, self._number(link.a.report), self._number(link.b.report))

    def supersede(self, link: str, at: str) -> None:
        """Says that a link holds no longer."""
        self._check_writing()
        link_rows.supersede(self._database, link, at)

    def reinstate(self, link: str) -> None:
        """Says that a link holds again."""
        self._check_writing()
        link_rows.reinstate(self._database, link)

    def set_judgement(self, link: str, judgement: Judgement) -> None:
        """Notes a person's word on a link."""
        self._check_writing()
        link_rows.set_judgement(self._database, link, judgement)

    def link(self, link: str) -> StoredLink | None:
        """The link of this id."""
        return link_rows.link_of(self._database, link)

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
        """Links by number."""
        if places is None:
            return link_rows.links(self._database, kinds, filters, superseded, limit, offset)
        wanted = list(places)
        numbers = self._numbers_of(place.report for place in wanted)
        there = [(numbers[place.report], place.entry) for place in wanted if place.report in numbers]
        found = link_rows.links_at(self._database, there, kinds, filters, superseded)
        return found[offset : None if limit is None else offset + limit]

    def put_decision(self, decision: Decision) -> str:
        """Keeps a decision."""
        self._check_writing()
        return link_rows.put_decision(self._database, decision)

    def decisions(self, target: str | None = None) -> list[StoredDecision]:
        """What people decided."""
        return link_rows.decisions(self._database, target)

    # --- search

    def search(self, query: str, filters: Filters = ALL, *, limit: int = 20, offset: int = 0) -> Found:
        """Reports whose title or text matches."""
        return searching.search(self._database, query, filters, limit, offset)

    def matching(self, query: str) -> frozenset[str]:
        """The ids of all reports that match."""
        return searching.matching(self._database, query)
