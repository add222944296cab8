"""`dragoman.Client` against a workspace that really listens."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the workspace needs dragoman[serve]")

import uvicorn

import dragoman
from dragoman.case.case import Case
from dragoman.case.exporting import plain, report
from dragoman.case.query import Filters
from dragoman.errors import QueryError, StoreError
from dragoman.faces.web.app import application
from tests.case.following import NOON, crisis, loaded
from tests.faces.server import Reply, serving
from tests.faces.story import reading


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("client") / "story.case"
    with Case.open(found, create=True) as case:
        for one in (reading(), *crisis()):
            case.add(loaded(one.report), one, NOON)
        case.settle()
    return found


@pytest.fixture(scope="module")
def client(place: Path) -> Iterator[dragoman.Client]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application(str(place)), log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    with dragoman.Client(f"http://127.0.0.1:{listening.getsockname()[1]}/") as made:
        yield made
    server.should_exit = True
    thread.join(20)
    listening.close()


def test_the_questions_are_those_of_the_case(client: dragoman.Client, place: Path) -> None:
    as_of = Filters(as_of="2026-01-12")
    with Case.open(place) as case:
        pairs: list[tuple[Any, Any]] = [
            (client.timeline(), [told.event for told in case.timeline()]),
            (client.timeline(as_of, limit=2, offset=1), [told.event for told in case.timeline(as_of, limit=2, offset=1)]),
            (client.actors(limit=3), case.actors(limit=3)), (client.threads(as_of), case.threads(as_of)),
            (client.disputes(), case.disputes()), (client.commitments(), case.commitments()), (client.figures(), case.figures()),
            (client.reports(), [report(row) for row in case.reports()]), (client.show("E1"), case.show("E1")),
            (client.brief(as_of), case.brief(as_of)), (client.network()["nodes"], case.network().nodes), (client.log(), []),
        ]  # fmt: skip
    for got, expected in pairs:
        assert got == plain(expected)
    found = client.report(client.reports()[0]["id"])
    assert found["reading"]["report"]["text"] and found["items"]
    assert client.search("harbour")["total"] == len(client.search("harbour")["hits"]) > 0
    assert client.changes(Filters(since="2026-01-12"))["changed"]
    assert client.overview()["counts"]["reports"] == len(client.reports())
    assert client.sources()["publishers"] and client.threads(limit=0) == []


def test_what_is_refused(client: dragoman.Client) -> None:
    with pytest.raises(QueryError, match="E9999"):
        client.show("E9999")
    with pytest.raises(QueryError, match="since"):
        client.changes(Filters())
    with pytest.raises(QueryError, match="thread"):
        client.sources(Filters(thread="T1"))


def test_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # it does not listen
        asked = dragoman.Client(f"http://127.0.0.1:{taken.getsockname()[1]}", timeout=5)
        with asked, pytest.raises(StoreError, match=r"no answer .*; see that `dragoman serve` runs there"):
            asked.threads()


@pytest.mark.parametrize(("body", "status"), [(b"[]", 404), (b"{}", 400), (b"[]", 200), (b"no such page", 404)])
def test_something_else_answers(body: bytes, status: int) -> None:
    with serving() as site:
        site.paths["/api/1/show/E1"] = Reply(body, status)
        with dragoman.Client(site.url) as asked, pytest.raises(StoreError, match=f"status {status}.*; see that `dragoman serve` runs"):
            asked.show("E1")
