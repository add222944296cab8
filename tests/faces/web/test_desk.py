"""A case that others write to, lock, move away or replace while it is served."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.errors import StoreError
from dragoman.faces.web import desk, settling
from dragoman.reading.entries import Reading
from tests.case.following import NOON, loaded

Make = Callable[[Iterable[Reading]], Path]
Browse = Callable[[Path], TestClient]


def test_what_is_added_is_on_the_next_page(browse: Browse, make: Make, readings: list[Reading]) -> None:
    place = make(readings[:1])
    pages = browse(place)
    assert "shelled" not in pages.get("/chronology").text
    with Case.open(place) as case:
        case.add(loaded(readings[2].report), readings[2], NOON)
        assert "shelled" in pages.get("/chronology").text  # before anything has settled
        case.settle()
    assert "shelled" in pages.get("/chronology").text


def test_a_page_waits_for_no_writer_and_keeps_none_waiting(browse: Browse, make: Make, readings: list[Reading]) -> None:
    place = make(readings[:2])
    pages = browse(place)
    with Case.open(place) as case, case.store.transaction():
        case.store.set_meta("busy", "yes")
        assert pages.get("/chronology").status_code == 200
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(pages.get, f"/actors?from={n}") for n in range(12)]
        with Case.open(place) as case:
            for reading in readings[2:]:
                assert case.add(loaded(reading.report), reading, NOON) is not None
            case.settle()
        assert {answer.result().status_code for answer in asked} == {200}


def test_a_case_that_vanishes_and_comes_back(browse: Browse, make: Make, readings: list[Reading], tmp_path: Path) -> None:
    place = make(readings[:1])
    pages = browse(place)
    assert pages.get("/sources").status_code == 200
    place.rename(tmp_path / "away.case")
    answer = pages.get("/sources")
    assert answer.status_code == 503
    assert "there is no such case" in answer.text and answer.headers["retry-after"]
    (tmp_path / "away.case").rename(place)
    assert pages.get("/sources").status_code == 200


def test_a_case_that_is_replaced_is_the_new_one(browse: Browse, make: Make, readings: list[Reading]) -> None:
    place, other = make(readings[:1]), make(readings[2:3])
    pages = browse(place)
    assert "boarded" in pages.get("/chronology").text
    for part in place.parent.glob(place.name + "-*"):
        part.unlink()
    other.replace(place)
    text = pages.get("/chronology").text
    assert "boarded" not in text and "shelled" in text


def test_a_locked_case_is_told_and_nothing_is_lost(
    browse: Browse, make: Make, readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "PATIENCE_S", 0.3)
    place = make(readings[:1])
    lock = sqlite3.connect(place)
    lock.execute("PRAGMA locking_mode = EXCLUSIVE")
    lock.execute("BEGIN EXCLUSIVE")
    pages = browse(place)
    answer = pages.get("/sources")
    lock.rollback()
    lock.close()
    assert answer.status_code == 503 and "locked" in answer.text
    monkeypatch.setattr(desk, "PATIENCE_S", 20.0)
    assert pages.get("/sources").status_code == 200


def test_a_file_that_is_no_case_any_more(browse: Browse, make: Make, readings: list[Reading]) -> None:
    place = make(readings[:1])
    pages = browse(place)
    place.write_bytes(b"not a case at all, but words " * 400)
    for part in place.parent.glob(place.name + "-*"):
        part.unlink()
    answer = pages.get("/threads")
    assert answer.status_code == 503 and "no case" in answer.text


def test_each_thread_has_its_own_connection(make: Make, readings: list[Reading]) -> None:
    import asyncio

    served = desk.Desk(str(make(readings[:2])), threads=3)
    together = threading.Barrier(3, timeout=20)

    def who(case: Case) -> tuple[int, int]:
        together.wait()
        return threading.get_ident(), id(case)

    async def ask() -> list[tuple[int, int]]:
        return await asyncio.gather(*(served.ask(who) for _ in range(3)))

    answers = asyncio.run(ask())
    served.close()
    assert len({thread for thread, _ in answers}) == len({case for _, case in answers}) == 3


def test_a_database_that_does_not_answer_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PATIENCE_S", 0.01)
    asked = desk.Desk("postgresql://ada:four-words@db.example:5432/cuba?password=quite-other", threads=0)
    with pytest.raises(StoreError) as refused:
        asyncio.run(asked.ask(lambda case: case.today()))
    assert refused.value.where == "postgresql://ada@db.example:5432/cuba"
    assert "four-words" not in str(refused.value) and "quite-other" not in str(refused.value)


def test_settling_is_tried_again_where_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: str, **__: int) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", refuse)
    assert asyncio.run(settling._settled_elsewhere("cuba.case")) is False
