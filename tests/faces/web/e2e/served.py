"""The example of 1962 as a case, served by `dragoman serve` in a process of its own, and the address of each kind of page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.case.case import Case
from dragoman.faces.cli.main import main

ROOT = Path(__file__).parents[4]
EXAMPLE = ROOT / "examples" / "cuba_1962" / "case.jsonl"
ZAIRE = ROOT.parent / "shared" / "data" / "cases" / "zaire_1997_04.jsonl"
_SERVE = "import sys; from dragoman.faces.cli.main import main; sys.exit(main(sys.argv[1:]))"

LISTINGS = {
    "now": "/", "chronology": "/chronology", "chronology-by-actor": "/chronology?by=actor", "threads": "/threads", "actors": "/actors",
    "figures": "/figures", "disputes": "/disputes", "promises": "/promises", "network": "/network", "sources": "/sources", "log": "/log",
    "search": "/search?q=quarantine", "search-of-nothing": "/search", "as-of": "/?as_of=1962-10-27",
    "filtered": "/chronology?as_of=1962-10-28&type=COERCE", "emptied": "/disputes?since=1990-01-01",
    "map": "/map", "map-of-all": "/map?view=all", "map-without-points": "/map?place=none", "brief": "/brief",
}  # fmt: skip
ITEMS = ("thread", "actor", "figure", "dispute", "promise", "event", "report", "report-marked", "place")


def build(place: Path, reports: Path = EXAMPLE) -> Path:
    """Reads the example, or other reports, into a case at `place`."""
    assert main(["add", str(place), str(reports)]) == 0
    return place


def addresses(place: Path) -> dict[str, str]:
    """A page of each kind: the listings, and one item of each kind that the case has."""
    with Case.open(place) as case:
        event = case.timeline()[0].event.id
        report = case.reports()[3].id
        items = {
            "thread": f"/threads/{case.threads()[0].id}",
            "actor": f"/actors/{case.actors()[0].id}",
            "figure": f"/figures/{case.figures()[0].id}",
            "dispute": f"/disputes/{case.disputes()[0].id}",
            "promise": f"/promises/{case.commitments()[0].id}",
            "event": f"/events/{event}",
            "report": f"/reports/{report}",
            "report-marked": f"/reports/{report}?entry=e1",
            "place": f"/map?place={case.places().at[0].spot.key}",
        }
    return {**LISTINGS, **items}


@contextmanager
def served(place: Path) -> Iterator[str]:
    """The workspace of a case on a free port, until the block ends: its address, without the last stroke."""
    paths = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", _SERVE, "serve", str(place), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=paths)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line
        yield found[0]
    finally:
        process.terminate()
        process.communicate(timeout=20)
