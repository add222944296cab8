"""That no page of a real case is slow, also when nobody has asked for it before: bench/serve_load.py measures, this only notices."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.faces.cli.main import main

ROOT = Path(__file__).parents[3]
ZAIRE = ROOT.parent / "shared" / "data" / "cases" / "zaire_1997_04.jsonl"
CUBA = ROOT / "examples" / "cuba_1962" / "case.jsonl"
MENU = (
    "/", "/chronology", "/chronology?by=actor", "/threads", "/actors", "/figures", "/disputes", "/promises", "/sources", "/log",
    "/map", "/brief",
)  # fmt: skip
LONGEST_S = 0.8  # of a processor; they take a quarter of that on a quiet machine
Browse = Callable[[Path], TestClient]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four weeks of agency reports where they are here, else the example."""
    place = tmp_path_factory.mktemp("real") / "real.case"
    assert main(["add", str(place), str(ZAIRE if ZAIRE.exists() else CUBA)]) == 0
    return place


def test_every_page_answers_in_time_and_is_light(browse: Browse, real: Path) -> None:
    with Case.open(real) as case:
        day = case.reports()[len(case.reports()) // 2].published
        found = (
            [f"/events/{t.event.id}" for t in case.timeline(limit=2)], [f"/actors/{a.id}" for a in case.actors(limit=3)],
            [f"/threads/{t.id}" for t in case.threads(limit=2)], [f"/figures/{f.id}" for f in case.figures(limit=1)],
            [f"/disputes/{d.id}" for d in case.disputes(limit=1)], [f"/promises/{c.id}" for c in case.commitments(limit=1)],
            [f"/reports/{row.id}" for row in case.reports()[:2]],
        )  # fmt: skip
    addresses = [*MENU, *(item for some in found for item in some), "/search?q=government", f"/chronology?as_of={day}", f"/?as_of={day}"]
    pages = browse(real)
    for _ in range(6):
        pages.get(f"/?as_of={day}")  # each thread has worked out that day once
    slow, heavy = {}, {}
    for address in addresses:
        took, size = min(_timed(pages, address, turn) for turn in range(3))
        if took > LONGEST_S:
            slow[address] = round(took, 3)
        if size > 1_500_000:
            heavy[address] = size
    assert (slow, heavy) == ({}, {})


def _timed(pages: TestClient, address: str, turn: int) -> tuple[float, int]:
    """Seconds of a processor (other programs do not count) and bytes of a page that was not made before: each turn has its own address."""
    apart = f"since=1900-01-0{turn + 1}"
    narrowed = not any(address.startswith(path) for path in ("/events/", "/figures/", "/disputes/", "/promises/", "/reports/", "/log"))
    own = f"{address}{'&' if '?' in address else '?'}{apart}" if narrowed else address
    start = time.process_time()
    answer = pages.get(own)
    took = time.process_time() - start
    assert answer.status_code == 200, own
    return took, len(answer.content)
