"""A made-up case, a house of its own for each test, and alerts in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.case.news import Wanted
from dragoman.faces.alerts.alert import Alert, Where
from dragoman.faces.alerts.ledger import Ledger
from dragoman.faces.alerts.looking import mark_of
from dragoman.faces.web.access.house import PLACE, House, case_key
from dragoman.reading.entries import Reading
from tests.case.following import NOON, crisis, loaded

Make = Callable[..., Alert]


def put(case: Case, readings: Iterable[Reading]) -> None:
    """Adds reports and works out what follows."""
    for one in readings:
        case.add(loaded(one.report), one, NOON)
    case.settle()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house of the test's own, also for commands; no settings but those of the test."""
    place = tmp_path / "house" / "workspace.db"
    monkeypatch.setenv(PLACE, str(place))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("DRAGOMAN_AUTHOR", "Ada Holm")
    for name in ("ADDRESS", "CONFIG", "MAIL_HOST", "MAIL_PORT", "MAIL_USER", "MAIL_PASSWORD", "MAIL_SENDER", "MAIL_SECURITY"):
        monkeypatch.delenv(f"DRAGOMAN_{name}", raising=False)
    opened = House(place)
    yield opened
    opened.close()


@pytest.fixture
def ledger(house: House) -> Ledger:
    """Its alerts."""
    return Ledger(house)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the case lies."""
    return tmp_path / "siege.case"


@pytest.fixture
def case(place: Path) -> Iterator[Case]:
    """A case with the first two reports of a siege."""
    with Case.open(place, create=True) as opened:
        put(opened, crisis()[:2])
        yield opened


@pytest.fixture
def make(case: Case, ledger: Ledger) -> Make:
    """Makes alerts of the case that begin now."""

    def made(name: str = "Guard", wanted: Wanted | None = None, owner: str = "Ada Holm", **where: object) -> Alert:
        return ledger.add(
            case_key(case.store.location),
            name,
            owner,
            wanted or Wanted("events"),
            Where(**where),
            mark_of(case),  # type: ignore[arg-type]
        )

    return made


@pytest.fixture
def end() -> list[Reading]:
    """What comes later: the siege ends."""
    return crisis()[2:]
