"""Made-up cases without the language model, and the pages over them as a browser gets them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")

from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.faces.web.access.house import PLACE
from dragoman.faces.web.app import application
from dragoman.reading.entries import Reading
from tests.case.following import NOON, crisis, loaded
from tests.faces.story import reading
from tests.faces.web.people import settle

Make = Callable[[Iterable[Reading]], Path]
Browse = Callable[[Path], TestClient]


@pytest.fixture(scope="session")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with somebody of each role, to be copied: passwords take their time."""
    place = tmp_path_factory.mktemp("houses") / "workspace.db"
    settle(place).close()
    return place


@pytest.fixture(scope="module")
def settled(houses: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The house of a team, for one file of tests."""
    place = tmp_path_factory.mktemp("settled") / "workspace.db"
    shutil.copy(houses, place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PLACE, str(place))
        yield place


def later(days: int) -> Reading:
    """The story again, as another paper has it some days later in its own words, with another figure for the sailors."""
    told = reading()
    text = told.report.text.replace("at least 20 sailors", "at most ten sailors") + f"\nPrinted {days} days later by another hand.\n"
    report = replace(told.report, text=text, publisher="Islander", published=date(2026, 1, 10 + days), source_id=f"later-{days}")
    figures = tuple(replace(f, low=None, high=10) if f.id == "f1" else f for f in told.figures)
    statements = tuple(s for s in told.statements if s.id != "s1")
    events = tuple(replace(e, according_to=tuple(s for s in e.according_to if s != "s1")) for e in told.events)
    return replace(told, report=report, figures=figures, statements=statements, events=events)


@pytest.fixture(scope="session")
def readings() -> list[Reading]:
    """A story in two papers, a siege in three, and its end."""
    return [reading(), later(2), *crisis()]


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes a case of readings."""

    def made(found: Iterable[Reading]) -> Path:
        place = tmp_path_factory.mktemp("web") / "story.case"
        with Case.open(place, create=True) as case:
            for one in found:
                case.add(loaded(one.report), one, NOON)
            case.settle()
        return place

    return made


@pytest.fixture(scope="session")
def case_file(make: Make, readings: list[Reading]) -> Path:
    """The case that most tests look at; none of them changes it."""
    return make(readings)


@pytest.fixture
def browse() -> Iterator[Browse]:
    """Opens the workspace of a case."""
    opened: list[TestClient] = []

    def browsing(place: Path) -> TestClient:
        client = TestClient(application(str(place)), base_url="http://localhost", follow_redirects=False)
        client.__enter__()
        opened.append(client)
        return client

    yield browsing
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def pages(browse: Browse, case_file: Path) -> TestClient:
    """The workspace of the made-up case."""
    return browse(case_file)
