"""The watch: looks when the case changes, sends what is due, outlives trouble, and ends when it is told to."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.faces.alerts import background
from dragoman.faces.alerts.background import Watch
from dragoman.faces.alerts.deliveries import Deliveries
from dragoman.faces.alerts.ledger import Ledger
from dragoman.faces.web.access.house import House
from dragoman.reading.entries import Reading
from tests.case.following import crisis
from tests.faces.alerts.conftest import Make, put
from tests.faces.alerts.receiver import Receiver, receiving

Start = Callable[[], Watch]


def until(ready: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end and not ready():
        time.sleep(0.05)
    return ready()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def said() -> list[str]:
    """What the watch tells."""
    return []


@pytest.fixture
def start(place: Path, house: House, said: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts a watch that looks often."""
    monkeypatch.setattr(background, "EVERY_S", 0.05)
    monkeypatch.setattr(background, "_AFTER_TROUBLE_S", 0.05)
    running: list[Watch] = []

    def begun() -> Watch:
        running.append(Watch(str(place), House(house.path), tell=said.append))
        running[-1].start()
        return running[-1]

    yield begun
    for watch in running:
        watch.end()
        assert not watch.is_alive()


def test_it_looks_and_sends_when_the_case_changes(
    case: Case, ledger: Ledger, make: Make, receiver: Receiver, start: Start, end: list[Reading], said: list[str]
) -> None:
    alert = make(webhook=receiver.url, private=True)
    start()
    put(case, end)
    assert until(lambda: len(receiver.taken) == 1)
    assert until(lambda: Deliveries(ledger.house).open_ones(alert.number) == 0)
    time.sleep(0.3)
    assert (len(receiver.taken), said) == (1, [])


def test_two_watches_tell_once(case: Case, make: Make, receiver: Receiver, start: Start, end: list[Reading]) -> None:
    for number in range(4):
        make(f"Guard {number}", webhook=receiver.url, private=True)
    start()
    start()
    put(case, end)
    assert until(lambda: len(receiver.taken) == 4)
    time.sleep(0.5)
    assert len(receiver.taken) == 4


def test_a_case_without_alerts_is_not_opened(case: Case, place: Path, start: Start, said: list[str]) -> None:
    watch = start()
    time.sleep(0.3)
    assert watch._case is None
    assert said == []


def test_it_outlives_a_case_that_is_gone_for_a_while(
    case: Case, place: Path, make: Make, receiver: Receiver, start: Start, end: list[Reading], said: list[str]
) -> None:
    make(webhook=receiver.url, private=True)
    case.close()
    away = place.with_suffix(".away")
    os.rename(place, away)
    start()
    assert until(lambda: bool(said))
    assert said[0].startswith("alerts: ")
    with Case.open(away) as back:
        put(back, end)
    os.rename(away, place)
    assert until(lambda: len(receiver.taken) == 1)


def test_another_case_in_its_place_tells_nothing_old(
    case: Case, place: Path, ledger: Ledger, make: Make, start: Start, tmp_path: Path
) -> None:
    alert = make()
    case.close()
    with Case.open(tmp_path / "other.case", create=True) as other:
        put(other, crisis()[3:])
    os.replace(tmp_path / "other.case", place)
    start()
    assert until(lambda: ledger.alert(alert.case_key, alert.number).mark.startswith("1/"))
    assert ledger.count(alert) == 0
    with Case.open(place) as other:
        put(other, crisis()[:1])
    assert until(lambda: ledger.count(alert) == 1)


def test_it_ends_while_somebody_answers_slowly(case: Case, make: Make, receiver: Receiver, start: Start, end: list[Reading]) -> None:
    receiver.answers = [1]
    make(webhook=receiver.url, private=True)
    watch = start()
    put(case, end)
    assert until(lambda: len(receiver.taken) == 1)
    begun = time.monotonic()
    watch.end()
    assert time.monotonic() - begun < 5
    assert not watch.is_alive()
