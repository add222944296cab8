"""Looking and keeping: each match once, with the mark; whoever looks at the same time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.case.news import Wanted
from dragoman.errors import InputError
from dragoman.faces.alerts import looking
from dragoman.faces.alerts.alert import Where
from dragoman.faces.alerts.ledger import Ledger, Told
from dragoman.faces.alerts.looking import looked_at, mark_of
from dragoman.reading.entries import Reading
from tests.case.following import NOON, loaded
from tests.faces.alerts.conftest import Make, put
from tests.faces.story import hostile, reading


def test_a_new_alert_tells_nothing_old_and_then_each_thing_once(case: Case, ledger: Ledger, make: Make, end: list[Reading]) -> None:
    alert = make()
    assert looked_at(case, ledger) == 0
    put(case, end)
    assert [looked_at(case, ledger), looked_at(case, ledger)] == [1, 0]
    told = ledger.matches(alert)[0].told
    assert "".join(told.sentence) == "The Kora Guard withdrew from the harbour of Tarvo."
    assert (told.kind, told.what, told.title, told.publisher, told.published) == (
        "events", "occurred", "Kora Guard (retreat)", "Courier", "2026-03-09",
    )  # fmt: skip


def test_a_day_to_tell_from_is_used_once(case: Case, ledger: Ledger, end: list[Reading], make: Make) -> None:
    first = make()
    alert = ledger.add(first.case_key, "From", "Ada Holm", Wanted("events"), Where(), mark_of(case, "2026-03-01"), "2026-03-01")
    assert looked_at(case, ledger) == 1
    assert ledger.alert(alert.case_key, alert.number).from_day == ""
    put(case, end)
    assert looked_at(case, ledger) == 2
    assert ledger.count(alert) == 2


def test_a_case_that_is_not_settled_is_left_alone(case: Case, ledger: Ledger, make: Make, end: list[Reading]) -> None:
    make()
    for one in end:
        case.add(loaded(one.report), one, NOON)
    assert looked_at(case, ledger) == 0
    case.settle()
    assert looked_at(case, ledger) == 1


def test_of_two_who_look_at_once_one_keeps(case: Case, ledger: Ledger, make: Make, end: list[Reading]) -> None:
    alert = make()
    put(case, end)
    looked_at(case, ledger)
    assert ledger.looked(alert, [("E9:occurred", Told("events", "E9"))], "99/0/") is None
    assert ledger.count(alert) == 1


def test_a_match_that_is_known_is_not_kept_again(ledger: Ledger, make: Make) -> None:
    alert = make()
    told = [("E9:occurred", Told("events", "E9"))]
    assert ledger.looked(alert, told, "3/0/2026-03-09") == 1
    again = ledger.alert(alert.case_key, alert.number)
    assert ledger.looked(again, told, "4/0/2026-03-09") == 0
    assert [match.key for match in ledger.matches(alert)] == ["E9:occurred"]


def test_a_paused_alert_does_not_look_and_tells_later(case: Case, ledger: Ledger, make: Make, end: list[Reading]) -> None:
    alert = make()
    ledger.pause(alert, True)
    put(case, end)
    assert looked_at(case, ledger) == 0
    ledger.pause(alert, False)
    assert looked_at(case, ledger) == 1


def test_many_matches_are_counted_after_the_last_ones(case: Case, ledger: Ledger, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST_TOLD", 3)
    alert = make()
    put(case, [reading()])
    looked_at(case, ledger)
    told = [match.told for match in ledger.matches(alert)]
    assert len(told) == 4
    assert told[-1].more == 9
    assert told[-1].title == "9 more that are not told one by one"


def test_reports_come_in_portions(case: Case, ledger: Ledger, make: Make, end: list[Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.case.news.MOST_REPORTS", 1)
    alert, other = make(), make("Reports", Wanted("reports"))
    put(case, [*end, reading()])
    assert looked_at(case, ledger) == 13 + 3
    assert ledger.alert(alert.case_key, alert.number).mark == ledger.alert(other.case_key, other.number).mark == mark_of(case)


def test_an_alert_that_cannot_be_answered_says_so_and_stops_no_other(case: Case, ledger: Ledger, make: Make, end: list[Reading]) -> None:
    broken, other = make("Broken", Wanted("events", words='"" ""')), make("Other")
    put(case, end)
    assert looked_at(case, ledger) == 1
    assert ledger.alert(broken.case_key, broken.number).problem
    assert not ledger.alert(other.case_key, other.number).problem


def test_hostile_text_is_cut_and_made_printable(case: Case, ledger: Ledger, make: Make) -> None:
    alert = make("Reports", Wanted("reports"))
    evil = hostile()
    evil = replace(evil, report=replace(evil.report, text=evil.report.text.replace("\ud800", "")))
    put(case, [replace(evil, actors=(), times=(), figures=(), statements=(), events=())])
    looked_at(case, ledger)
    told = ledger.matches(alert)[0].told
    for text in (told.title, told.what, told.publisher, told.report_title, *told.sentence):
        assert text.isprintable()
        assert len(text) <= 400


def test_alerts_have_names_of_their_own_and_belong_to_one_case(ledger: Ledger, make: Make) -> None:
    alert = make("Guard")
    with pytest.raises(InputError, match="there is an alert"):
        make("GUARD")
    with pytest.raises(InputError, match="no alert"):
        ledger.alert("/another.case", alert.number)
    assert ledger.of_case("/another.case") == []
    ledger.remove(alert)
    assert ledger.of_case(alert.case_key) == []
    assert make("Guard").number > alert.number


def test_there_is_an_end_to_alerts(ledger: Ledger, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.faces.alerts.ledger.MOST_ALERTS", 2)
    make("One")
    make("Two")
    with pytest.raises(InputError, match="this case has 2"):
        make("Three")


def test_matches_that_are_too_many_are_forgotten(ledger: Ledger, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.faces.alerts.ledger._MOST_KEPT", 5)
    alert = make()
    ledger.looked(alert, [(f"E{n}:occurred", Told("events", f"E{n}")) for n in range(9)], "9/0/")
    assert [match.told.item for match in ledger.matches(alert)] == ["E8", "E7", "E6", "E5", "E4"]


def test_the_house_is_not_made_by_looking(case: Case, ledger: Ledger, place: Path) -> None:
    assert looked_at(case, ledger) == 0
    assert not ledger.house.exists()
