"""Accounts, sessions, tokens, waiting and the audit, as they lie in the house."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.faces.web.access import accounts, audit, passwords, sessions, throttle, tokens
from dragoman.faces.web.access.house import House
from dragoman.faces.web.access.roles import ROLES, allows, lesser
from tests.faces.web.people import NAMES, PASSWORD

DAY = 24 * 3600.0


@pytest.fixture
def house(settled: Path) -> House:
    """A team's."""
    found = House(settled)
    with found.writing() as database:
        for table in ("sessions", "tokens", "attempts", "audit"):
            database.execute(f"DELETE FROM {table}")
    return found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which only a test moves on."""
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def test_each_role_may_what_those_before_it_may() -> None:
    for at, role in enumerate(ROLES):
        assert [allows(role, needed) for needed in ROLES] == [True] * (at + 1) + [False] * (3 - at)
        assert lesser(role, "reviewer") == lesser("reviewer", role) == ("reader" if role == "reader" else "reviewer")


# --- names and passwords


@pytest.mark.parametrize("name", ["ada admin", "ADA  ADMIN ", "Ada Admin"])
def test_a_name_is_found_however_it_is_written(house: House, name: str) -> None:
    found = accounts.account(house, accounts.checked_name(name))
    assert found is not None and found.name == NAMES["admin"]
    with pytest.raises(InputError, match="there is such an account"):
        accounts.add(house, accounts.checked_name(name), "reader", "x")


@pytest.mark.parametrize("name", ["", "   ", "a" * 65, "a\x1b[31mb", "a\u202eb", "...", "\ud800a", "a\x00b"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(InputError, match="is no name; give 1 to 64 printable characters"):
        accounts.checked_name(name)


@pytest.mark.parametrize("password", ["", "short", "a" * 501, "aaaaaaaaaaaaaa", "Ada AdminAda Admin"])
def test_a_password_that_is_too_easily_guessed(password: str) -> None:
    with pytest.raises(InputError, match="four random words do"):
        passwords.hashed(password, "Ada Admin")


def test_a_password_is_kept_as_argon2id_and_found_however_it_is_composed() -> None:
    kept = passwords.hashed("caf\u00e9 four random words", "Ada")
    assert kept.startswith("$argon2id$") and "random" not in kept
    assert passwords.matches(kept, "cafe\u0301 four random words")
    assert not passwords.matches(kept, "cafe four random words")
    assert not passwords.matches(None, "nobody's password") and not passwords.matches("no hash at all", "x")
    assert kept != passwords.hashed("caf\u00e9 four random words", "Ada")
    assert not passwords.is_old(kept)


def test_a_password_that_was_kept_with_weaker_settings_is_kept_better(house: House) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    accounts.set_password(house, NAMES["reader"], weak)
    found = accounts.account(house, NAMES["reader"])
    assert found is not None and passwords.is_old(weak)
    accounts.strengthen(house, found, "another, since it was changed meanwhile", "x")
    assert accounts.kept_password(house, NAMES["reader"]) == weak
    accounts.strengthen(house, found, weak, passwords.again(PASSWORD))
    kept = accounts.kept_password(house, NAMES["reader"])
    assert kept is not None and not passwords.is_old(kept) and passwords.matches(kept, PASSWORD)


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "available", lambda: False)
    with pytest.raises(InputError, match="pip install 'dragoman\\[serve\\]'"):
        passwords.need()


# --- sessions


def test_a_session_begins_and_ends(house: House, clock: list[float]) -> None:
    ada = accounts.account(house, NAMES["admin"])
    assert ada is not None
    secret = sessions.begin(house, ada)
    assert sessions.whose(house, secret) == ada
    assert sessions.whose(house, secret + "x") is None and sessions.whose(house, "") is None
    assert secret not in Path(house.path).read_bytes().decode("latin-1")
    sessions.end(house, secret)
    assert sessions.whose(house, secret) is None


def test_a_session_that_lies_idle_ends(house: House, clock: list[float]) -> None:
    ada = accounts.account(house, NAMES["admin"])
    assert ada is not None
    secret = sessions.begin(house, ada)
    for _ in range(3):
        clock[0] += sessions.IDLE_S - 60
        assert sessions.whose(house, secret) == ada
    clock[0] += sessions.IDLE_S + 1
    assert sessions.whose(house, secret) is None


def test_a_session_ends_also_if_it_is_used_all_the_time(house: House, clock: list[float]) -> None:
    ada = accounts.account(house, NAMES["admin"])
    assert ada is not None
    secret, begun = sessions.begin(house, ada), clock[0]
    while clock[0] < begun + sessions.LONGEST_S - 3600:
        clock[0] += 3600
        assert sessions.whose(house, secret) == ada
    clock[0] += 3700
    assert sessions.whose(house, secret) is None
    sessions.begin(house, ada)
    assert house.rows("SELECT count(*) FROM sessions") == [(1,)]  # what has ended is taken away


def test_another_session_takes_the_place_of_the_one_before(house: House) -> None:
    ada = accounts.account(house, NAMES["admin"])
    assert ada is not None
    first = sessions.begin(house, ada)
    second = sessions.begin(house, ada, before=first)
    assert sessions.whose(house, first) is None and sessions.whose(house, second) == ada
    assert sessions.form_token(first) != sessions.form_token(second)
    for _ in range(30):
        sessions.begin(house, ada)
    assert sessions.count(house, ada) == 20


def test_another_role_holds_at_once_and_another_password_ends_all(house: House) -> None:
    edda = accounts.account(house, NAMES["editor"])
    assert edda is not None
    secret = sessions.begin(house, edda)
    accounts.set_role(house, NAMES["editor"], "reader")
    found = sessions.whose(house, secret)
    assert found is not None and found.role == "reader"
    accounts.set_role(house, NAMES["editor"], "editor")
    accounts.set_password(house, NAMES["editor"], passwords.hashed(PASSWORD, ""))
    assert sessions.whose(house, secret) is None


def test_who_is_removed_is_out_with_all_tokens(house: House) -> None:
    accounts.add(house, "Passing Guest", "reader", "x")
    guest = accounts.account(house, "Passing Guest")
    assert guest is not None
    secret, (_, token) = sessions.begin(house, guest), tokens.make(house, "Passing Guest", "read")
    accounts.remove(house, "Passing Guest")
    assert sessions.whose(house, secret) is None and tokens.whose(house, token) is None
    with pytest.raises(InputError, match="there is no such account"):
        accounts.remove(house, "Passing Guest")


# --- tokens


def test_a_token_may_what_its_scope_and_its_owner_may(house: House) -> None:
    made, secret = tokens.make(house, NAMES["editor"], "review", 3)
    found = tokens.whose(house, secret)
    assert found is not None and (found[0].name, found[1]) == (NAMES["editor"], "reviewer")
    accounts.set_role(house, NAMES["editor"], "reader")
    found = tokens.whose(house, secret)
    assert found is not None and found[1] == "reader"
    accounts.set_role(house, NAMES["editor"], "editor")
    assert tokens.tokens(house)[0].used == accounts.moment()[:10]
    with sqlite3.connect(house.path) as raw:
        assert secret not in str(raw.execute("SELECT * FROM tokens").fetchall())
    tokens.revoke(house, made.id)
    assert tokens.whose(house, secret) is None


def test_a_token_ends(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _, secret = tokens.make(house, NAMES["editor"], "read", 1)
    monkeypatch.setattr(tokens, "moment", lambda: "2999-01-01T00:00:00Z")
    assert tokens.whose(house, secret) is None
    assert [one.over for one in tokens.tokens(house, NAMES["editor"])] == [True]


def test_nobody_takes_back_the_token_of_another(house: House) -> None:
    made, secret = tokens.make(house, NAMES["editor"], "read")
    with pytest.raises(InputError, match="there is no such token"):
        tokens.revoke(house, made.id, NAMES["reader"])
    assert tokens.whose(house, secret) is not None
    with pytest.raises(InputError, match="there is no such account"):
        tokens.make(house, "Nobody", "read")


# --- waiting


def test_wrong_passwords_wait_longer_and_longer_for_names_that_are_there_and_not(house: House, clock: list[float]) -> None:
    for name in (NAMES["reader"], "no such name"):
        waits = []
        for _ in range(14):
            wait = throttle.attempt(house, name, name)
            waits.append(wait)
            clock[0] += wait + 0.01
        # 5 for nothing; then one waits, tries again, and waits for twice as long
        assert waits[:5] == [0.0] * 5
        assert [round(wait) for wait in waits[5:]] == [15, 0, 30, 0, 60, 0, 120, 0, 240]


def test_wrong_passwords_fade_and_whoever_goes_on_is_held_at_a_few_in_an_hour(house: House, clock: list[float]) -> None:
    begun, tried = clock[0], 0
    while clock[0] < begun + 24 * 3600:
        wait = throttle.attempt(house, NAMES["reader"], "192.0.2.1")
        tried += not wait
        clock[0] += wait + 1
    assert tried < 170
    clock[0] += 2 * 3600
    assert [throttle.attempt(house, NAMES["reader"], "192.0.2.1") for _ in range(3)] == [0.0] * 3


def test_an_office_behind_one_address_does_not_gather_them(house: House, clock: list[float]) -> None:
    for day in range(20):
        for number in range(10):
            assert throttle.attempt(house, f"somebody {day} {number}", "192.0.2.1") == 0.0
            clock[0] += 2400


def test_an_address_waits_whatever_names_it_tries(house: House, clock: list[float]) -> None:
    waits = [throttle.attempt(house, f"name {number}", "192.0.2.7") for number in range(25)]
    assert waits[:20] == [0.0] * 20 and min(waits[20:]) > 0
    assert throttle.attempt(house, "another", "192.0.2.8") == 0.0
    clock[0] += DAY + 1
    assert throttle.attempt(house, "name 1", "192.0.2.7") == 0.0  # forgotten in a day


def test_a_network_of_ipv6_is_one_address(house: House) -> None:
    waits = [throttle.attempt(house, f"name {number}", f"2001:db8::{number:x}") for number in range(21)]
    assert waits[19] == 0.0 and waits[20] > 0


def test_a_right_password_forgives_the_account_but_not_the_address(house: House) -> None:
    for _ in range(4):
        throttle.attempt(house, NAMES["reader"], "192.0.2.9")
    throttle.attempt(house, NAMES["reader"], "192.0.2.9")
    throttle.succeeded(house, NAMES["reader"], "192.0.2.9")
    assert throttle.attempt(house, NAMES["reader"], "192.0.2.10") == 0.0
    assert house.rows("SELECT count FROM attempts WHERE key = 'address 192.0.2.9'") == [(4,)]


def test_what_is_remembered_of_attempts_is_bounded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "_MOST_ROWS", 10)
    for number in range(30):
        throttle.attempt(house, f"{number}", f"192.0.2.{number}")
    assert house.rows("SELECT count(*) FROM attempts") == [(10,)]


# --- the audit


def test_the_same_again_is_counted_and_decisions_are_not(house: House, clock: list[float]) -> None:
    for _ in range(5):
        audit.note(house, "wrong password", "Ada", "192.0.2.1")
        audit.note(house, "decision", "Ada", "192.0.2.1", "/review/L1/accept", "/a.case")
    found, total = audit.notes(house)
    assert total == 6
    assert [(one.kind, one.times) for one in found if one.kind == "wrong password"] == [("wrong password", 5)]
    clock[0] += 700
    audit.note(house, "wrong password", "Ada", "192.0.2.1")
    assert audit.notes(house, ["wrong password"])[1] == 2
    assert audit.notes(house, ["decision"], "Ada", 3, 100)[0][0].about == "/review/L1/accept"
    assert audit.notes(house, name="nobody") == ([], 0)
    assert audit.names(house) == ["Ada"]


def test_a_flood_of_one_kind_washes_no_other_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOST", 20)
    audit.note(house, "signed in", "Ada", "192.0.2.1")
    for number in range(50):
        audit.note(house, "held back", "", f"192.0.2.{number}")
    assert audit.notes(house, ["held back"])[1] == 20
    assert audit.notes(house, ["held back"])[0][0].address == "192.0.2.49"
    assert audit.notes(house, ["signed in"])[1] == 1


def test_what_is_written_down_is_short_and_printable(house: House) -> None:
    audit.note(house, "refused", "a\x1b[31m\nb" * 200, "x", "\u202e<script>")
    found = audit.notes(house)[0][0]
    assert len(found.name) == 300 and "\x1b" not in found.name and "\n" not in found.name and "\u202e" not in found.about
