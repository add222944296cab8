"""How fast the workspace is on a large case: `python -m bench.serve_load CASE [--clients 20] [--rounds 3] [--markdown FILE]`.

CASE is a copy of the case of 10,000 reports that `bench.case_speed --fill` makes (it is written to: see below), or a `postgresql://` URL.
The real command `dragoman serve` is started and asked over HTTP, as a browser asks. Measured are the time until it is ready, the first byte
of every page that `pages` lists, its weight, and the memory.

- "cold": a page that nobody has asked for since the case changed. "warm": the same page again.
- "alone": one page after the other. "at once": so many clients, each through all pages in an order of its own without a pause.

Beside the time on the clock stands the server's processor time, which other work on the machine changes little.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench.machine import command_line
from dragoman.case.adding import CHANGES, count_change
from dragoman.case.case import Case
from dragoman.case.deriving import settled_by
from dragoman.faces.web.address import narrows

MEDIAN_MS, P95_MS, READY_S, MOST_BYTES = 300, 800, 2.0, 1_500_000
QUERIES = ("president", '"prime minister"', "troops AND (bomb* OR attack*)", "bagdad~ -police")
SETTLED = "settled"


@dataclass(frozen=True)
class Answer:
    """One page as it was answered: seconds until its first byte and until its last, processor seconds of the server, bytes."""

    name: str
    first: float
    whole: float
    spent: float
    size: int
    status: int


@dataclass
class Server:
    """`dragoman serve` while it runs."""

    process: subprocess.Popen[str]
    host: str
    port: int
    ready: float

    def spent(self) -> float:
        """Seconds of a processor that all its threads have used."""
        found = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                found += int((task / "schedstat").read_text().split()[0])
            except OSError:  # the thread has ended meanwhile
                continue
        return found / 1e9

    def memory(self) -> tuple[float, float]:
        """Megabytes that it holds now, and held at most."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        now_kb, most_kb = (int(found[1]) for name in ("VmRSS", "VmHWM") if (found := re.search(rf"{name}:\s+(\d+)", text)))
        return now_kb / 1024, most_kb / 1024


@contextmanager
def served(location: str) -> Iterator[Server]:
    """Starts the command on a free port, and ends it."""
    begin = time.perf_counter()
    process = subprocess.Popen(command_line("serve", location, "--port", "0"), stderr=subprocess.PIPE, text=True)
    said = ""
    try:
        assert process.stderr is not None
        while not (found := re.search(r"http://\S+", said)):
            said = process.stderr.readline()
            if not said:
                raise SystemExit(f"dragoman serve ended with {process.wait()}")
        address = urlsplit(found[0])
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield Server(process, address.hostname or "", address.port or 0, time.perf_counter() - begin)
    finally:
        process.terminate()
        process.wait(15)


# --- what is asked


def pages(location: str) -> dict[str, str]:
    """The addresses asked for, by what to call them: every page of the record, with filters and days, the review and the alerts."""
    with Case.open(location) as case:
        days = sorted(row.published for row in case.reports() if row.published)
        threads, actors, figures = case.threads(limit=2), case.actors(limit=40), case.figures(limit=1)
        disputes, commitments = case.disputes(limit=1), case.commitments(limit=1)
        rows, links = [row for row in case.reports() if case.store.reading_json(row.id)], case.store.links(limit=1)
    middle, early, late = days[len(days) // 2], days[len(days) // 10], days[-len(days) // 20]
    found = {"Now": "/"} | {
        name.capitalize(): f"/{name}"
        for name in (
            "chronology",
            "threads",
            "actors",
            "figures",
            "disputes",
            "promises",
            "network",
            "map",
            "brief",
            "sources",
            "review",
            "alerts",
            "log",
            "search",
        )
    }
    found["Chronology by actor"] = "/chronology?by=actor"
    found |= {f"Search {query}": f"/search?q={quote(query)}" for query in QUERIES}
    found |= {"A thread": f"/threads/{threads[0].id}", "An event": f"/events/{threads[0].events[0]}"}
    found |= {"An actor, named most": f"/actors/{actors[0].id}", "An actor, the 40th": f"/actors/{actors[-1].id}"}
    found |= {"A series of figures": f"/figures/{figures[0].id}", "A dispute": f"/disputes/{disputes[0].id}"}
    found |= {"A promise": f"/promises/{commitments[0].id}", "A link": f"/links/{links[0].link.id}"}
    found |= {"A report": f"/reports/{rows[len(rows) // 2].id}", "A report, the last": f"/reports/{rows[-1].id}"}
    ways = {
        f"as of {middle}": f"as_of={middle}", f"as of {early}": f"as_of={early}", f"since {late}": f"since={late}",
        "of an actor": f"actor={actors[0].id}", "of a thread": f"thread={threads[0].id}", "of a type": "type=ASSAULT",
        "of a status": "status=promised", "of an actor and a day": f"actor={actors[0].id}&as_of={middle}",
    }  # fmt: skip
    listed = ("", "chronology", "threads", "actors", "figures", "disputes", "promises", "network", "map", "brief", "sources", "search")
    for way, given in ways.items():
        for name in listed:
            if not {part.partition("=")[0] for part in given.split("&")} <= set(narrows(f"/{name}")):
                continue
            query = f"q={QUERIES[0]}&" if name == "search" else ""
            found[f"{name.capitalize() or 'Now'}, {way}"] = f"/{name}?{query}{given}"
    for name in ("A thread", "An actor, named most", "A series of figures", "A dispute", "A report"):
        found[f"{name}, as of {middle}"] = f"{found[name]}?as_of={middle}"
    return found


def change(location: str) -> None:
    """Counts a change, as adding a report does, and that the case is settled: nothing that was made before may be shown again.

    What an addition costs is another measurement's (`bench.case_speed`).
    """
    with Case.open(location) as case, case.store.transaction():
        case.store.set_meta(SETTLED, settled_by(count_change(case.store, case.store.meta(CHANGES))))


# --- asking


class Client:
    """One browser: a connection that stays, and the cookie that the first page gives."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
        self._cookie = ""

    def ask(self, name: str, address: str, *, spent: bool = False) -> Answer:
        """One page."""
        before = self._server.spent() if spent else 0.0
        headers = {"Cookie": self._cookie} if self._cookie else {}
        begin = time.perf_counter()
        self._connection.request("GET", address, headers=headers)
        answer = self._connection.getresponse()
        first = time.perf_counter() - begin
        body = answer.read()
        whole = time.perf_counter() - begin
        if set_cookie := answer.headers.get("set-cookie"):
            self._cookie = set_cookie.partition(";")[0]
        took = self._server.spent() - before if spent else 0.0
        size = len(gzip.decompress(body)) if answer.headers.get("content-encoding") == "gzip" else len(body)
        return Answer(name, first, whole, took, size, answer.status)


def alone(server: Server, asked: dict[str, str]) -> list[Answer]:
    """One page after the other."""
    client, found = Client(server), []
    for number, (name, address) in enumerate(asked.items(), 1):
        found.append(client.ask(name, address, spent=True))
        print(f"{number}/{len(asked)} {found[-1].first * 1000:.0f} ms {name}", end="\x1b[K\r", file=sys.stderr, flush=True)
    return found


def at_once(server: Server, asked: dict[str, str], clients: int, rounds: int) -> tuple[list[list[Answer]], float, float]:
    """The answers of each client in the order asked for, the seconds that all took, and those of the server's processor."""
    found: list[list[Answer]] = [[] for _ in range(clients)]
    start = threading.Barrier(clients + 1)

    def browse(number: int) -> None:
        client, order, dice = Client(server), list(asked.items()), random.Random(number)
        client.ask("", "/static/none")  # the connection stands before the clock runs
        start.wait()
        for _ in range(rounds):
            dice.shuffle(order)
            found[number] += [client.ask(name, address) for name, address in order]

    threads = [threading.Thread(target=browse, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    start.wait()
    begin, before = time.perf_counter(), server.spent()
    for thread in threads:
        thread.join()
    return found, time.perf_counter() - begin, server.spent() - before


# --- what is told


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    return sorted(values)[max(0, -(-int(share * 1000) * len(values) // 1000) - 1)]


def told(answers: Sequence[Answer]) -> str:
    """Median, p95 and the longest of the first bytes, in milliseconds."""
    took = [answer.first * 1000 for answer in answers]
    median, p95 = statistics.median(took), quantile(took, 0.95)
    return f"median {median:.0f}, p95 {p95:.0f}, longest {max(took):.0f} ms{' !' if median > MEDIAN_MS or p95 > P95_MS else ''}"


def table(cold: Sequence[Answer], warm: Sequence[Answer]) -> Iterator[str]:
    """A line for each page: first byte cold and warm, processor time cold, weight."""
    yield "| page | cold, ms | processor, ms | warm, ms | kB |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for one, again in zip(cold, warm, strict=True):
        over = " !" if one.first * 1000 > MEDIAN_MS or one.size > MOST_BYTES or one.status != 200 else ""
        status = "" if one.status == 200 else f" ({one.status})"
        took = f"{one.first * 1000:.0f} | {one.spent * 1000:.0f} | {again.first * 1000:.0f} | {one.size / 1000:.0f}"
        yield f"| {one.name}{status}{over} | {took} |"


def measured(location: str, clients: int, rounds: int, only: str) -> Iterator[str]:
    """All measurements, line by line."""
    asked = {name: address for name, address in pages(location).items() if only in name}
    with served(location) as server:
        load = os.getloadavg()[0]
        yield f"ready: {server.ready:.2f} s, processor {server.spent():.2f} s{' !' if server.ready > READY_S else ''}; load {load:.1f}"
        first = alone(server, {"Now": "/"})[0]
        yield f"the very first page: {first.first * 1000:.0f} ms, processor {first.spent * 1000:.0f} ms; {held(server)}"
        alone(server, {name: address for name, address in asked.items() if "," not in name})
        change(location)
        cold = alone(server, asked)
        warm = alone(server, asked)
        yield from ("", *table(cold, warm), "")
        spent = [answer.spent * 1000 for answer in cold]
        yield f"alone, cold: {told(cold)}; processor: median {statistics.median(spent):.0f}, p95 {quantile(spent, 0.95):.0f} ms a page"
        yield f"alone, warm: {told(warm)}; heaviest page {max(a.size for a in cold) / 1e6:.2f} MB; {held(server)}"
        change(location)
        yield from together(server, asked, clients, 1, "all pages just after a change")
        yield from together(server, asked, clients, rounds, "warm")


def held(server: Server) -> str:
    """What the server holds."""
    now, most = server.memory()
    return f"memory {now:.0f} MB, at most {most:.0f} MB"


def together(server: Server, asked: dict[str, str], clients: int, rounds: int, what: str) -> Iterator[str]:
    """The clients at once: all their answers, and the first of each."""
    found, took, spent = at_once(server, asked, clients, rounds)
    every = [answer for one in found for answer in one]
    faults = sum(answer.status != 200 for answer in every)
    yield f"{clients} at once, {what}: {told(every)}; {faults} answers other than 200; load {os.getloadavg()[0]:.1f}"
    yield f"  {len(every)} pages in {took:.1f} s, processor {spent:.1f} s; the first of each client: {told([one[0] for one in found])}"
    yield f"  {held(server)}"


def main() -> None:
    """Measures, and writes the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.serve_load", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("case", help="a copy of the large case, or a URL")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3, help="how often each client asks for all pages when they are warm")
    parser.add_argument("--only", default="", help="only pages with this in their names")
    parser.add_argument("--markdown", type=Path, help="a file to write the same to")
    args = parser.parse_args()
    lines = []
    for line in measured(args.case, args.clients, args.rounds, args.only):
        print(line, flush=True)
        lines.append(line)
    if args.markdown:
        args.markdown.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
