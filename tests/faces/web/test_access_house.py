"""The file beside all cases: made when it is needed, for its owner alone; what is wrong with it is told, and nothing is lost."""

from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from dragoman.errors import InputError, StoreError
from dragoman.faces.web.access import house as houses
from dragoman.faces.web.access.house import House, case_key, place, the_house


def test_a_house_that_is_not_there_is_empty_and_is_not_made(tmp_path: Path) -> None:
    house = House(tmp_path / "far" / "workspace.db")
    assert house.rows("SELECT * FROM accounts") == []
    assert not house.exists() and not (tmp_path / "far").exists()


def test_it_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    house = House(tmp_path / "far" / "away" / "workspace.db")
    with house.writing() as database:
        database.execute("INSERT INTO attempts VALUES ('a', 1, 0)")
    for file in (tmp_path / "far" / "away").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE((tmp_path / "far" / "away").stat().st_mode) == 0o700
    assert House(house.path).rows("SELECT key FROM attempts") == [("a",)]


def test_a_transaction_holds_whole_or_not_at_all(tmp_path: Path) -> None:
    house = House(tmp_path / "workspace.db")

    def fail() -> None:
        with house.writing() as outer:
            outer.execute("INSERT INTO attempts VALUES ('a', 1, 0)")
            with house.writing() as inner:
                inner.execute("INSERT INTO attempts VALUES ('b', 1, 0)")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert house.rows("SELECT * FROM attempts") == []
    with pytest.raises(sqlite3.IntegrityError), house.writing() as database:
        database.execute("INSERT INTO attempts VALUES ('a', 1, 0), ('a', 1, 0)")
    with house.writing() as database:
        database.execute("INSERT INTO attempts VALUES ('a', 1, 0)")
    assert house.rows("SELECT key FROM attempts") == [("a",)]


def test_many_threads_and_programs_write(tmp_path: Path) -> None:
    one, other = House(tmp_path / "workspace.db"), House(tmp_path / "workspace.db")

    def write(house: House, name: str) -> None:
        for number in range(20):
            with house.writing() as database:
                database.execute("INSERT INTO attempts VALUES (?, 1, 0)", (f"{name}{number}",))

    threads = [threading.Thread(target=write, args=(house, f"{n}-")) for n, house in enumerate((one, one, other, other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one.rows("SELECT count(*) FROM attempts") == [(80,)]


def test_what_is_no_house_is_told_and_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader. " * 300, "utf-8")
    with pytest.raises(StoreError, match=r"no house of the workspace.*DRAGOMAN_HOUSE"):
        House(letter).rows("SELECT 1")
    assert letter.read_text("utf-8") == "Dear reader. " * 300
    with pytest.raises(StoreError, match="cannot be made"), House(letter / "below" / "workspace.db").writing():
        pass


def test_a_house_of_a_newer_version_is_told(tmp_path: Path) -> None:
    house = House(tmp_path / "workspace.db")
    with house.writing() as database:
        database.execute("UPDATE parts SET version = 99 WHERE name = 'access'")
    house.close()
    with pytest.raises(StoreError, match="newer version of dragoman; bring dragoman up to date"):
        house.rows("SELECT 1")


def test_an_older_house_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(tmp_path / "workspace.db")
    with house.writing() as database:
        database.execute("INSERT INTO attempts VALUES ('kept', 1, 0)")
    house.close()
    more = {
        **houses.MIGRATIONS,
        "access": (*houses.MIGRATIONS["access"], "CREATE TABLE further (a)"),
        "weather": ("CREATE TABLE rain (mm)",),
    }
    monkeypatch.setattr(houses, "MIGRATIONS", more)
    assert house.rows("SELECT * FROM further") == [] and house.rows("SELECT * FROM rain") == []
    assert house.rows("SELECT key FROM attempts") == [("kept",)]


def test_a_house_that_another_program_keeps_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(houses, "_PATIENCE_S", 0.1)
    house = House(tmp_path / "workspace.db")
    assert house.exists() is False
    with house.writing() as database:
        database.execute("INSERT INTO attempts VALUES ('a', 1, 0)")
    other = sqlite3.connect(house.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"), house.writing():
        pass
    assert house.rows("SELECT key FROM attempts") == [("a",)]  # it can be read meanwhile
    other.rollback()
    other.close()
    with house.writing() as database:
        database.execute("DELETE FROM attempts")


def test_a_house_that_was_taken_away_is_not_asked_any_more(tmp_path: Path) -> None:
    one, other = House(tmp_path / "one.db"), House(tmp_path / "one.db")
    with one.writing() as database:
        database.execute("INSERT INTO attempts VALUES ('old', 1, 0)")
    for file in tmp_path.iterdir():
        file.unlink()
    with other.writing() as database:
        database.execute("INSERT INTO attempts VALUES ('new', 1, 0)")
    assert one.rows("SELECT key FROM attempts") == [("new",)]


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DRAGOMAN_HOUSE", str(tmp_path / "mine.db"))
    assert place() == tmp_path / "mine.db"
    assert the_house() is the_house()
    monkeypatch.delenv("DRAGOMAN_HOUSE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert place() == tmp_path / "dragoman" / "workspace.db"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert place() == tmp_path / ".local/share/dragoman/workspace.db"


def test_without_a_home_it_says_what_to_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(_: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("DRAGOMAN_HOUSE")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr(Path, "expanduser", nowhere)
    with pytest.raises(InputError, match="DRAGOMAN_HOUSE: it is not set, and there is no home folder; name the file"):
        place()


def test_the_key_of_a_case(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert case_key("a.case") == case_key(str(tmp_path / "a.case")) == str(tmp_path / "a.case")
    assert case_key("postgresql://ada:secret@db.example:5432/crisis?sslmode=require") == "postgresql://ada@db.example:5432/crisis"
    assert case_key("postgresql:///crisis") == "postgresql:///crisis"


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path: Path) -> None:
    house = House(tmp_path / "workspace.db")
    with house.writing() as database:
        database.execute("INSERT INTO attempts VALUES ('a', 1, 0)")
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages}")  # SQLite then finds no room, and ends the transaction itself
    with pytest.raises(StoreError, match="disk is full"), house.writing() as database:
        database.execute("INSERT INTO attempts VALUES (?, 1, 0)", ("b" * 1_000_000,))
    assert house.rows("SELECT key FROM attempts") == [("a",)]
    with house.writing() as database:
        database.execute("DELETE FROM attempts")
