"""Requests that make no sense, ids that there are not, addresses that are too long; and a case that others write to meanwhile."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.faces.web.api.question import BASE
from dragoman.reading.entries import Reading
from tests.case.following import NOON, loaded
from tests.faces.web.conftest import later

Make = Callable[[Iterable[Reading]], Path]
Browse = Callable[[Path], TestClient]
ROOT = Path(__file__).parents[3]
LISTS = ("/", "/chronology", "/threads", "/actors", "/figures", "/disputes", "/promises", "/network", "/sources", "/search")
KINDS = {"threads": "T", "actors": "A", "figures": "F", "disputes": "D", "promises": "C", "events": "E", "links": "L"}


# --- what there is not


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "number", ["999999", "0", "1x", "99999999999999999999999", "1%00", "%F0%9F%92%A5", "1' OR '1'='1", "%2e%2e%2f%2e%2e", ""]
)
def test_an_id_that_there_is_not(pages: TestClient, kind: str, number: str) -> None:
    for ending in ("", ".json", "?as_of=2026-01-12"):
        answer = pages.get(f"/{kind}/{KINDS[kind]}{number}{ending}")
        assert answer.status_code == 404, (kind, number, ending)
        assert "Not in this case" in answer.text or "Not in the record" in answer.text
    other = next(letter for letter in KINDS.values() if letter != KINDS[kind])
    assert pages.get(f"/{kind}/{other}1").status_code == 404  # there may be such an item, but not here


@pytest.mark.parametrize("name", ["0" * 64, "abcdef", "zzzzzz", "a" * 5000, "..%2f..%2fetc%2fpasswd", "%00", "-1"])
def test_a_report_that_there_is_not(pages: TestClient, name: str) -> None:
    assert pages.get(f"/reports/{name}").status_code == 404
    told = pages.get(f"{BASE}/reports/{name}")
    assert (told.status_code, told.json()["status"]) == (404, 404)


# --- filters that make no sense


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("as_of=soon", "soon"), ("as_of=2026-02-30", "2026-02-30"), ("as_of=2026-01-12&since=2026-01-13", "later"), ("type=WAR", "ASSAULT"),
        ("status=maybe", "occurred"), ("actor=Nobody+At+All", "Nobody At All"), ("thread=T999", "T999"), ("colour=red", "colour"),
        ("as_of=2026-01-12&as_of=2026-01-13", "twice"), ("since=" + "9" * 600, "600"), ("actor=%00", "actor"),
    ],
)  # fmt: skip
def test_a_filter_that_makes_no_sense(pages: TestClient, given: str, word: str) -> None:
    for path in LISTS:
        if path == "/actors" and given.startswith("actor"):
            continue
        answer = pages.get(f"{path}?{given}")
        assert answer.status_code == 400, (path, given)
        assert word in answer.text and "This question cannot be answered" in answer.text


@pytest.mark.parametrize("start", ["-1", "x", "1e9", "99999999999", "٣", "1.5"])
def test_a_place_in_a_list_that_is_none(pages: TestClient, start: str) -> None:
    for path in ("/chronology", "/threads", "/actors", "/figures", "/disputes", "/sources"):
        assert pages.get(path, params={"from": start}).status_code == 400
    assert pages.get("/actors?from=999999").status_code == 200  # behind the end: nothing is listed


def test_a_search_that_asks_for_nothing_says_so(pages: TestClient) -> None:
    for query in ('"', "(", "AND", "NOT harbour", "* ~", "((((((((" * 40, "a OR " * 90):
        answer = pages.get("/search", params={"q": query})
        assert answer.status_code in (200, 400), query
        assert "Traceback" not in answer.text


# --- too much


def test_thousands_of_parameters_are_refused(pages: TestClient) -> None:
    for given in ("&".join(f"p{n}=1" for n in range(5000)), "&" * 20_000 + "x=1", "as_of=2026-01-12&" * 3000):
        assert pages.get(f"/threads?{given}").status_code == 400
        assert pages.get(f"{BASE}/threads?{given}").json()["status"] == 400


def test_a_long_address_in_the_application(pages: TestClient) -> None:
    assert pages.get("/" + "a" * 60_000).status_code == 404
    assert pages.get("/threads/" + "T" * 60_000).status_code == 404
    assert pages.get("/search?q=" + "a" * 60_000).status_code == 400


@contextmanager
def served(case: Path, house: Path) -> Iterator[tuple[str, int]]:
    """The command, in a process of its own."""
    code = "import sys; from dragoman.faces.cli.main import main; sys.exit(main(sys.argv[1:]))"
    paths = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DRAGOMAN_HOUSE": str(house)}
    call = [sys.executable, "-c", code, "serve", str(case), "--port", "0"]
    with subprocess.Popen(call, stderr=subprocess.PIPE, text=True, env=paths) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://(127\.0\.0\.1):(\d+)/", line)
        assert found, line
        try:
            yield found[1], int(found[2])
        finally:
            process.kill()


def test_over_the_wire_nothing_ends_the_workspace(case_file: Path, tmp_path: Path) -> None:
    """What no client of good manners sends: each is refused or cut off, and the next page is answered."""
    hostile = (
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /threads?" + b"x=1&" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(20_000)) + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 500_000 + b"\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"\x00" * 4096, b"GET \xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /review HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n\r\n" + b"a" * 100_000,
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n" + b"a" * 100_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
    )  # fmt: skip
    with served(case_file, tmp_path / "house.db") as (host, port):
        for sent in hostile:
            status = _status(host, port, sent)
            assert status is None or 400 <= status < 500, (sent[:60], status)
            assert httpx.get(f"http://{host}:{port}/threads", timeout=30).status_code == 200


def _status(host: str, port: int, sent: bytes) -> int | None:
    """The status of the answer; None where the connection was cut."""
    with socket.create_connection((host, port), timeout=30) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        try:
            line = connection.recv(4096)
        except OSError:
            return None
    found = re.match(rb"HTTP/1\.[01] (\d{3})", line)
    return int(found[1]) if found else None


# --- written to meanwhile


def test_each_answer_tells_of_one_moment(browse: Browse, make: Make, readings: list[Reading]) -> None:
    """While reports are added: the parts of an answer agree, and none tells less than one before it."""
    place = make(readings[:2])
    pages = browse(place)
    new = [later(days) for days in range(3, 19)]
    ended = threading.Event()

    def look(_: int) -> list[int]:
        seen = []
        while not ended.is_set() or not seen:
            answer = pages.get(f"{BASE}/reports?limit=0")
            assert int(answer.headers["x-total-count"]) == len(answer.json()["reports"])
            page = pages.get("/sources").text
            rows = len(set(re.findall(r'href="/reports/([0-9a-f]{64})"', page)))
            assert f"({rows}, the newest first)" in page
            seen += [len(answer.json()["reports"]), rows]
        return seen

    with ThreadPoolExecutor(3) as pool:
        looking = [pool.submit(look, n) for n in range(3)]
        with Case.open(place) as case:
            for reading in new:
                assert case.add(loaded(reading.report), reading, NOON) is not None
        ended.set()
        for one in looking:
            assert one.result() == sorted(one.result())
    assert len(pages.get(f"{BASE}/reports?limit=0").json()["reports"]) == 18


_ADD = """
import sys
from dragoman.case.case import Case
from tests.case.following import NOON, loaded
from tests.faces.web.conftest import later
with Case.open(sys.argv[1]) as case:
    told = later(int(sys.argv[2]))
    assert case.add(loaded(told.report), told, NOON) is not None
"""


def test_what_other_processes_add_is_seen_each_time(browse: Browse, make: Make, readings: list[Reading]) -> None:
    """A process that ends folds the log into the file, unless it sees that others have it open: then these would never see more."""
    place = make(readings[:2])
    pages = browse(place)

    def count() -> set[int]:
        """One after the other: the threads of the workspace take turns, and open the case one after the other."""
        return {int(pages.get(f"{BASE}/reports?limit=1").headers["x-total-count"]) for _ in range(9)}

    assert count() == {2}
    for number, days in enumerate((19, 20, 21), 3):
        subprocess.run(
            [sys.executable, "-c", _ADD, str(place), str(days)],
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        )
        assert count() == {number}


def test_a_name_with_anything_in_it_is_only_looked_for(pages: TestClient) -> None:
    for name in ("%", "_", "'", '"', "\\", "A1;DROP TABLE reports", "\u202e", "a" * 500, "🧨" * 100):
        assert pages.get(f"/threads?actor={quote(name)}").status_code == 400
        assert pages.get(f"{BASE}/threads?actor={quote(name)}").status_code == 404
    assert pages.get("/threads").status_code == 200
