"""`dragoman alert` and `dragoman add --watch`, from the words typed to what is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.faces.alerts.ledger import Ledger
from dragoman.faces.cli.alert_command import after_round
from dragoman.faces.cli.main import main
from dragoman.faces.web.access.house import PLACE, House, case_key
from tests.case.following import crisis
from tests.faces.alerts.conftest import put
from tests.faces.alerts.receiver import receiving

Say = Callable[..., str]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case, and a house beside it."""
    monkeypatch.setenv(PLACE, str(tmp_path / "house.db"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("DRAGOMAN_AUTHOR", "Ada Holm")
    made = tmp_path / "siege.case"
    with Case.open(made, create=True) as case:
        put(case, crisis()[:2])
    return made


@pytest.fixture
def say(place: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command about the alerts of the case; gives what it writes."""

    def run(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert main(["alert", str(place), *words]) == code
        captured = capsys.readouterr()
        return captured.out if code == 0 else captured.out + captured.err

    return run


def test_an_alert_is_made_looks_sends_and_is_removed(place: Path, say: Say) -> None:
    with receiving() as receiver:
        made = say("add", "Guard", "events", "--actor", "Kora Guard", "--webhook", receiver.url, "--allow-private")
        assert "alert 1, Guard: events · with Kora Guard (A1)" in made
        assert "whsec_" in made
        assert "/feeds/" in made
        assert say("run") == "0 new matches; 0 messages sent\n"
        with Case.open(place) as case:
            put(case, crisis()[2:])
        assert say("run") == "1 new match; 1 message sent\n"
        assert say("run") == "0 new matches; 0 messages sent\n"
        assert len(receiver.taken) == 1
        shown = say("list")
        assert "occurred: Kora Guard (retreat) – The Kora Guard withdrew from the harbour of Tarvo." in shown
        assert "whsec_" not in shown
        assert "webhook to http://127.0.0.1" in say("test", "1")
        receiver.answers = [404]
        assert "refused with status 404" in say("test", "1", code=1)
    (listed,) = json.loads(say("list", "--format", "json"))["alerts"]
    assert (listed["name"], listed["owner"], listed["matches"]) == ("Guard", "Ada Holm", 1)
    assert not {"secret", "feed_key"} & set(listed)
    assert say("pause", "1") == "alert 1, Guard: paused\n"
    assert "[paused]" in say("list")
    assert say("pause", "1", "--off") == "alert 1, Guard: goes on\n"
    assert say("remove", "1") == "alert 1, Guard: removed\n"
    assert say("run") == "no alerts\n"


def test_what_cannot_be_sent_is_said_by_the_exit_code(place: Path, say: Say) -> None:
    with receiving() as receiver:
        receiver.answers = [500]
        say("add", "Guard", "events", "--from", "2026-01-01", "--webhook", receiver.url, "--allow-private")
        assert "1 new match; 0 messages sent, 1 failed" in say("run", code=1)
    assert "1 message to be sent" in say("list")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "", "events"), "name"),
        (("add", "Guard", "events", "--actor", "Nobody Atall"), "no actor"),
        (("add", "Guard", "events", "--type", "WEATHER"), "not known"),
        (("add", "Guard", "events", "--words", '""'), "words"),
        (("add", "Guard", "events", "--from", "yesterday"), "no day of the calendar"),
        (("add", "Guard", "weather"), "weather"),
        (("add", "Guard", "events", "--webhook", "http://hooks.example/"), "in the clear"),
        (("add", "Guard", "events", "--mail", "x"), "mail"),
        (("remove", "7"), "no alert 7"),
        (("test", "7"), "no alert 7"),
        (("pause", "7"), "no alert 7"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_code_two(say: Say, words: tuple[str, ...], said: str) -> None:
    told = say(*words, code=2)
    assert said in told
    assert len(told.strip().splitlines()) == 1


def test_an_alert_without_a_mail_server_says_so(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["alert", str(place), "add", "Guard", "events", "--mail", "desk@example.org", "--digest", "day"]) == 0
    captured = capsys.readouterr()
    assert "desk@example.org, at most one a day" in captured.out
    assert "no mail server is set" in captured.err


def test_after_a_round_of_watching_the_alerts_look(place: Path, say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    with Case.open(place) as case:
        after_round(case)
        assert capsys.readouterr().err == ""
        say("add", "Guard", "events")
        put(case, crisis()[2:])
        after_round(case)
        assert "alerts: 1 new match; 0 messages sent" in capsys.readouterr().err
        after_round(case)
        assert capsys.readouterr().err == ""


def test_a_day_to_tell_from(place: Path, say: Say) -> None:
    say("add", "Guard", "events", "--from", date(2026, 3, 1).isoformat())
    assert say("run") == "1 new match; 0 messages sent\n"
    with Case.open(place) as case:
        ledger = Ledger(House(place.parent / "house.db"))
        assert ledger.of_case(case_key(case.store.location))[0].from_day == ""
        ledger.house.close()
