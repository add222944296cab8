"""What is no case, cannot be read or written, or breaks: one clear line, and nothing is lost."""

from __future__ import annotations

import importlib.util
import os
import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from dragoman.case.store import opening
from dragoman.case.store.base import Store
from dragoman.case.store.opening import open_store
from dragoman.errors import StoreError
from tests.case.store.made_up_case import add, small_case
from tests.case.store.postgres_server import PostgresServer
from tests.case.store.writer import add_whole, is_whole

NOBODY = 65534


def refusal(location: str | Path, *, create: bool = False) -> str:
    """What the store says when it does not open."""
    with pytest.raises(StoreError) as caught:
        open_store(location, create=create)
    assert "\n" not in str(caught.value) and str(caught.value).startswith(caught.value.where)
    return f"{caught.value.found}; {caught.value.remedy}"


@pytest.mark.parametrize("create", [False, True])
def test_files_that_are_no_case(tmp_path: Path, create: bool) -> None:
    text, other, short = tmp_path / "text.txt", tmp_path / "other.db", tmp_path / "short.db"
    text.write_text("Just a text. " * 200)
    short.write_bytes(b"SQLite format 3\0")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")
    assert "this file is no case" in refusal(text, create=create)
    assert "this SQLite database is no case" in refusal(other, create=create)
    assert "this file is no case" in refusal(short, create=create)
    assert "this is a folder" in refusal(tmp_path, create=create)
    assert text.read_text() == "Just a text. " * 200
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.db", "short.db", "text.txt"]


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    assert "there is no such case" in refusal(tmp_path / "none.db")
    assert "there is no folder" in refusal(tmp_path / "none" / "case.db", create=True)
    assert "this kind of URL is not known" in refusal("mysql://host/case")
    assert "this is no file name" in refusal("")
    assert "this is no file name" in refusal("a\0b", create=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_case_only_when_one_is_begun(tmp_path: Path) -> None:
    empty = tmp_path / "case ?mode=memory#%20.db"
    empty.touch()
    assert "there is no case in it" in refusal(empty)
    open_store(empty, create=True).close()
    open_store(empty).close()


def test_a_damaged_case_says_so(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    store = open_store(path, create=True)
    small_case(store)
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    path.write_bytes(bytes(data))

    def ask() -> None:
        opened = open_store(path)
        opened.report_rows()

    with pytest.raises(StoreError, match=r"the case is damaged; take the last copy"):
        ask()


def without_rights(act: Callable[[], str]) -> str:
    """What `act` returns or complains of in a process of a user without rights."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        try:
            said = act()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A case that its reader cannot write, in a folder that it cannot write, as on a disk that is mounted for reading."""
    folder = tmp_path_factory.mktemp("read-only")
    path = folder / "case.db"
    store = open_store(path, create=True)
    small_case(store)
    store.close()
    for parent in list(folder.parents)[:3]:
        if parent != Path("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o055)
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)


def test_a_case_that_cannot_be_written_still_answers(read_only: Path) -> None:
    def ask() -> str:
        store = open_store(read_only)
        return f"{store.count_reports()} reports, {store.search('rebels').total} with rebels"

    def write() -> str:
        store = open_store(read_only)
        with store.transaction():
            add(store, "new")
        return "written"

    assert without_rights(ask) == "4 reports, 3 with rebels"
    refused = "the case cannot be written; get leave to write the file and its folder, or copy the case elsewhere"
    assert without_rights(write) == f"StoreError: {read_only}: {refused}"


def test_a_case_that_is_read_only_while_somebody_writes(read_only: Path) -> None:
    """The reader sees what stands in the log, or is told why not; it never sees an older state as the present one."""
    read_only.parent.chmod(0o755)
    read_only.chmod(0o644)
    store = open_store(read_only)
    with store.transaction():
        add(store, "the fifth report")
    read_only.parent.chmod(0o555)
    said = without_rights(lambda: str(open_store(read_only).count_reports()))
    assert said == "5" or "the case cannot be opened" in said
    store.close()


def test_a_case_that_cannot_be_read_says_so(read_only: Path) -> None:
    read_only.chmod(0)
    assert "the case cannot be opened; see that" in without_rights(lambda: str(open_store(read_only)))


def fill_up(store: Store) -> int:
    """Adds reports until the disk is full; returns how many it took. The refusal is what the test is after."""
    for added in range(1000):
        try:
            add_whole(store, f"a whole report {added} " + os.urandom(4000).hex())
        except StoreError as error:
            if not error.found.endswith("what is in the case stays as it was"):
                raise
            return added
    raise AssertionError("the disk is never full")


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """The size of files is limited as a disk's room would be."""
    path = tmp_path / "case.db"
    store = open_store(path, create=True)
    assert add_whole(store, "the first whole report")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, limits[1]))
    try:
        added = fill_up(store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert store.count_reports() == added + 1 and is_whole(store)
    assert add_whole(store, "a whole report after there was room again")
    store.close()
    again = open_store(path)
    assert again.count_reports() == added + 2 and is_whole(again)
    again.close()


def test_a_full_tmpfs_loses_nothing(tmp_path: Path) -> None:
    """A real disk without room, where this user may mount one."""
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(tmp_path)], capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        store = open_store(tmp_path / "case.db", create=True)
        added = fill_up(store)
        assert added and store.count_reports() == added and is_whole(store)
        store.close()
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_postgresql_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening.importlib.util, "find_spec", lambda _: None)
    assert importlib.util.find_spec("psycopg") is None
    assert "run `pip install 'dragoman[postgres]'`" in refusal("postgresql://host/case")


def test_postgresql_that_does_not_answer() -> None:
    said = refusal("postgresql://somebody:secret@127.0.0.1:1/case", create=True)
    assert "cannot connect (" in said and "see that the server runs" in said
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://somebody:secret@127.0.0.1:1/case")
    assert "secret" not in str(caught.value) and "somebody" in str(caught.value)
    assert "cannot connect (" in refusal("postgresql://host/?nonsense=1")


def test_postgresql_rights_and_a_lost_connection(postgres: PostgresServer) -> None:
    url = postgres.new_database()
    store = open_store(url, create=True)
    small_case(store)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("DROP ROLE IF EXISTS reader")
        owner.execute("CREATE ROLE reader LOGIN")
        owner.execute("GRANT USAGE ON SCHEMA dragoman TO reader")
        owner.execute("GRANT SELECT ON ALL TABLES IN SCHEMA dragoman TO reader")
        reader = open_store(url.replace("user=postgres", "user=reader"))
        assert reader.count_reports() == 4
        with pytest.raises(StoreError, match="this user may not do that"), reader.transaction():
            add(reader, "not allowed")
        assert reader.count_reports() == 4
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'")
        with pytest.raises(StoreError, match="the connection is gone; see that the server runs"):
            reader.count_reports()
        owner.execute("DROP OWNED BY reader")
        owner.execute("DROP ROLE reader")
    store.close()


def test_a_case_shares_a_database_with_other_tables(postgres: PostgresServer) -> None:
    url = postgres.new_database()
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("CREATE TABLE reports (mine TEXT)")
        assert "there is no case in it" in refusal(url)
        store = open_store(url, create=True)
        small_case(store)
        assert owner.execute("SELECT COUNT(*) FROM public.reports").fetchone() == (0,)
        store.close()
