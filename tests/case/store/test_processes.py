"""Several processes at one case, and processes that are killed."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dragoman.case.store import dialect, postgres, sqlite
from dragoman.case.store.dialect import Row, Values
from dragoman.case.store.opening import open_store
from dragoman.errors import StoreError
from tests.case.store.kills import kill_once, start_writer
from tests.case.store.made_up_case import add
from tests.case.store.writer import is_whole


def results(writers: list[subprocess.Popen[str]]) -> list[int]:
    """How many reports each writer added, after all have ended well."""
    said = [writer.communicate(timeout=240)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * len(writers)
    return [int(words[-1]) for words in said]


def test_processes_that_write_at_once_lose_nothing(location: str) -> None:
    """They begin the case together, too; a reader looks on meanwhile."""
    writers = [start_writer(location, f"writer {number}", 25) for number in range(3)]
    assert writers[0].stdout is not None
    writers[0].stdout.readline()
    reader = open_store(location)
    while any(writer.poll() is None for writer in writers):
        with reader.snapshot():
            assert is_whole(reader)
    assert results(writers) == [25, 25, 25]
    assert reader.count_reports() == 75 and is_whole(reader)
    reader.close()


def test_a_case_that_another_begins_between_two_looks_is_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    location, real = str(tmp_path / "new.case"), sqlite.SqliteDatabase.rows
    other = threading.Thread(target=lambda: open_store(location, create=True).close())

    def rows(database: sqlite.SqliteDatabase, sql: str, values: Values = ()) -> list[Row]:
        found = real(database, sql, values)
        if sql == "PRAGMA application_id" and other.ident is None:
            other.start()
            other.join(0.5)
        return found

    monkeypatch.setattr(sqlite.SqliteDatabase, "rows", rows)
    store = open_store(location, create=True)
    other.join()
    assert store.count_reports() == 0
    store.close()


_NOTE = """
import sys
from dragoman.case.store.opening import open_store
store = open_store(sys.argv[1])
with store.transaction():
    store.set_meta("said", sys.argv[2])
store.close()
"""


def test_connections_of_one_process_see_what_others_write_and_leave(location: str) -> None:
    """Opened one after the other: the second may not take the first one's lock away, or whoever leaves folds the log up under it."""
    readers = [open_store(location, create=True), open_store(location), open_store(location)]
    for said in ("one", "two", "three"):
        subprocess.run([sys.executable, "-c", _NOTE, location, said], check=True)
        assert [reader.meta("said") for reader in readers] == [said] * 3
    for reader in readers:
        reader.close()


def test_processes_that_add_the_same_reports_add_each_once(location: str) -> None:
    assert sum(results([start_writer(location, "the same", 20) for _ in range(3)])) == 20
    store = open_store(location)
    assert store.count_reports() == 20 and is_whole(store)
    store.close()


def test_a_killed_process_leaves_whole_reports_only(location: str) -> None:
    chance = random.Random(3)
    counts = [kill_once(location, f"victim {number}", chance) for number in range(4)]
    assert counts == sorted(set(counts))
    if "://" not in location:
        assert sqlite3.connect(location).execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_writer_that_waits_too_long_says_so(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_PRAGMAS", ("busy_timeout = 50", *sqlite._PRAGMAS[1:]))
    monkeypatch.setattr(postgres, "WAIT", "50ms")
    first, second = open_store(location, create=True), open_store(location)
    with first.transaction():
        add(first, "in the middle of writing")
        with (
            pytest.raises(StoreError, match=f"another process has been writing for {dialect.WAIT_S} seconds; wait until"),
            second.transaction(),
        ):
            pass
        assert second.count_reports() == 0
    with second.transaction():
        add(second, "and then it is the other's turn")
    assert second.count_reports() == 2
    first.close()
    second.close()
