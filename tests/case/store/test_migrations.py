"""Cases of every released schema open, hold what they held, and go on; newer ones are refused."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dragoman.case.judgements import Place
from dragoman.case.store import opening, tables
from dragoman.case.store.base import Store
from dragoman.case.store.dialect import Database
from dragoman.case.store.migrations import STEPS, bring_up
from dragoman.case.store.opening import open_store
from dragoman.errors import StoreError
from tests.case.store.made_up_case import add
from tests.case.store.postgres_server import PostgresServer
from tests.case.store.release import FOLDER, fill

RELEASED = sorted(path.name.removesuffix(".db.gz") for path in FOLDER.glob("*.db.gz"))


def open_database(location: str, *, create: bool = False) -> Database:
    """The database below a store."""
    return opening._database(location, create)


@pytest.fixture(params=[(version, kind) for version in RELEASED for kind in ("sqlite", "postgresql")], ids="-".join)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a case of a released schema lies."""
    version, kind = request.param
    if kind == "sqlite":
        path = tmp_path / "old.db"
        path.write_bytes(gzip.decompress((FOLDER / f"{version}.db.gz").read_bytes()))
        return str(path)
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.new_database()
    script = server.folder / "old.sql"
    script.write_bytes(gzip.decompress((FOLDER / f"{version}.sql.gz").read_bytes()))
    script.chmod(0o644)
    server.sql(url, script)
    return url


def contents(store: Store) -> Iterator[object]:
    """Something of every table."""
    reports = [row.id for row in store.report_rows()]
    yield [store.report_rows(), list(map(store.text, reports)), list(store.reading_jsons(reports))]
    yield store.entries([Place(report) for report in reports])
    yield [store.items(kind) for kind in ("actor", "event", "figure", "dispute", "commitment", "thread")]
    yield [store.links(), store.decisions(), store.numbers(), store.meta("last look")]
    yield [store.candidates("event", ["key"]), store.search("rebels"), store.search("khruschev~ OR ministri~")]
    yield store.blob("277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9")


def test_every_version_is_stored() -> None:
    assert [f"v{number:04}" for number in range(1, len(STEPS) + 1)] == RELEASED


def test_a_released_case_holds_what_it_held_and_goes_on(released: str, tmp_path: Path) -> None:
    old, new = open_store(released), open_store(tmp_path / "new.db", create=True)
    fill(new)
    assert list(contents(old)) == list(contents(new))
    with old.transaction():
        add(old, "a report after the release")
        assert old.next_id("actor") == "A2"
    assert old.count_reports() == 5
    old.close()


def test_a_released_case_gets_the_schema_of_a_new_one(released: str, location: str) -> None:
    if ("://" in released) != ("://" in location):
        return
    bring_up(old := open_database(released), create=False)
    bring_up(new := open_database(location, create=True), create=True)
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
    if "://" in location:
        query = (
            "SELECT table_name, column_name, data_type, collation_name, is_nullable FROM information_schema.columns"
            " WHERE table_schema = 'dragoman' UNION ALL"
            " SELECT tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'dragoman' ORDER BY 1, 2"
        )
    assert old.rows(query) == new.rows(query)
    old.close()
    new.close()


def test_the_columns_that_the_code_knows_are_those_of_the_tables(store: Store, location: str) -> None:
    database = open_database(location)
    known = {"reports": tables.REPORT, "entries": tables.ENTRY, "items": tables.ITEM, "links": tables.LINK, "decisions": tables.DECISION}
    for table, columns in known.items():
        sql = f"SELECT name FROM pragma_table_info('{table}')"
        if "://" in location:
            sql = f"SELECT column_name FROM information_schema.columns WHERE table_schema = 'dragoman' AND table_name = '{table}'"
        assert sorted(row[0] for row in database.rows(sql)) == sorted(columns)
    database.close()


def test_a_newer_case_is_refused_and_left_alone(store: Store, location: str) -> None:
    store.close()
    database = open_database(location)
    database.set_version(len(STEPS) + 2)
    database.close()
    with pytest.raises(StoreError) as caught:
        open_store(location, create=True)
    newer, known = len(STEPS) + 2, len(STEPS)
    found = f"the case was made by a newer dragoman (its schema has version {newer}, this one knows up to {known})"
    assert (caught.value.found, caught.value.remedy) == (found, "open it with that version, or `pip install --upgrade dragoman`")


def test_a_step_is_taken_once_and_whole(store: Store, location: str) -> None:
    store.close()

    def add_column(database: Database) -> None:
        database.rows("ALTER TABLE items ADD COLUMN colour TEXT")

    def fail(database: Database) -> None:
        add_column(database)
        raise RuntimeError("killed in the middle")

    database = open_database(location)
    with pytest.raises(RuntimeError):
        bring_up(database, create=False, steps=(*STEPS, fail))
    assert database.version() == len(STEPS)
    for _ in range(2):
        bring_up(database, create=False, steps=(*STEPS, add_column))
    assert database.version() == len(STEPS) + 1
    assert database.rows("SELECT colour FROM items") == []
    database.close()


def test_an_older_case_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    open_store(path, create=True).close()
    database = open_database(str(path))
    database.read_only = True
    with pytest.raises(StoreError, match=f"older version {len(STEPS)} and the file cannot be written; copy it"):
        bring_up(database, create=False, steps=(*STEPS, lambda _: None))
    database.close()


def test_what_is_foreign_stays_foreign(postgres: PostgresServer, tmp_path: Path) -> None:
    """No case is made in a database that only looks like one."""
    url = postgres.new_database()
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("CREATE SCHEMA dragoman")
    with pytest.raises(StoreError, match="there is no case in it"):
        open_store(url)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE reports (id TEXT)")
    with pytest.raises(StoreError, match="is no case"):
        open_store(other, create=True)
