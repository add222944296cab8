"""Accounts and tokens as they are typed."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

pytest.importorskip("argon2", reason="accounts need dragoman[serve]")

from dragoman.faces.cli.main import main
from dragoman.faces.web.access import accounts, audit, passwords, tokens
from dragoman.faces.web.access.house import House

Output = pytest.CaptureFixture[str]
WORDS = "four quite random words"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house that nobody has used yet; Ada is who types."""
    place = tmp_path / "workspace.db"
    monkeypatch.setenv("DRAGOMAN_HOUSE", str(place))
    monkeypatch.setenv("DRAGOMAN_AUTHOR", "Ada")
    return House(place)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What comes from standard input: put it here."""
    sent = [WORDS.encode() + b"\n"]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=SimpleNamespace(readline=lambda _: sent[0]), isatty=lambda: False))
    return sent


def test_an_account_is_made_changed_and_taken_away(house: House, typed: list[bytes], capsys: Output) -> None:
    assert main(["user", "list"]) == 0
    assert "whoever uses this machine may do everything" in capsys.readouterr().err
    assert not house.exists()
    assert main(["user", "add", "Vera  Holm", "--role", "admin", "--password-stdin"]) == 0
    told = capsys.readouterr()
    assert told.out == "Vera Holm signs in as admin, and may look at everything, decide, correct, and see who did what\n"
    assert "from now on everybody signs in, also on this machine" in told.err
    assert passwords.matches(accounts.kept_password(house, "vera holm"), WORDS)
    assert main(["user", "role", "vera holm", "reviewer"]) == 0
    assert main(["user", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("Vera Holm  reviewer  since 20")
    typed[0] = b"four quite other words\r\n"
    assert main(["user", "password", "Vera Holm", "--password-stdin"]) == 0
    assert passwords.matches(accounts.kept_password(house, "vera holm"), "four quite other words")
    assert main(["user", "remove", "Vera Holm"]) == 0
    assert "decisions stay in the log under that name" in capsys.readouterr().out
    assert accounts.accounts(house) == []
    assert [(note.name, note.address) for note in audit.notes(house)[0]] == [("Ada", "command line")] * 4
    assert WORDS not in str(audit.notes(house))


def test_a_token_is_shown_once(house: House, typed: list[bytes], capsys: Output) -> None:
    main(["user", "add", "Vera", "--role", "editor", "--password-stdin"])
    capsys.readouterr()
    assert main(["user", "token", "vera", "--scope", "read", "--days", "3"]) == 0
    told = capsys.readouterr()
    secret = told.out.strip()
    assert secret.startswith("dragoman_") and secret not in told.err and "shown this once" in told.err
    found = tokens.whose(house, secret)
    assert found is not None and found[1] == "reader"
    assert main(["user", "tokens"]) == main(["user", "tokens", "Vera"]) == main(["user", "list"]) == 0
    told = capsys.readouterr()
    assert secret not in told.out and "last used" in told.out and "1 token" in told.out
    assert main(["user", "revoke", tokens.tokens(house)[0].id]) == 0
    assert tokens.whose(house, secret) is None
    assert main(["user", "tokens"]) == 0
    assert "there are no tokens" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("add", "Vera", "--role", "admin", "--password-stdin"), 3, "there is such an account; choose another name"),
        (("add", "vera", "--role", "king", "--password-stdin"), 2, "'king' is not one of"),
        (("add", "Rolf"), 2, "Missing option '--role'"),
        (("add", "a\x1b[1m", "--role", "reader", "--password-stdin"), 3, "is no name; give 1 to 64 printable characters"),
        (("add", "Rolf", "--role", "reader"), 2, "nobody can be asked for a password here; send it with --password-stdin"),
        (("role", "Rolf", "reader"), 3, "Rolf: there is no such account; see `dragoman user list`"),
        (("password", "Rolf", "--password-stdin"), 3, "there is no such account"),
        (("remove", "Rolf\x1b[1m"), 3, "there is no such account"),
        (("token", "Rolf", "--scope", "read"), 3, "there is no such account"),
        (("token", "Vera", "--scope", "read", "--days", "0"), 2, "0 is not in the range"),
        (("tokens", "Rolf"), 3, "there is no such account"),
        (("revoke", "abc"), 3, "there is no such token; see `dragoman user tokens`"),
    ],
)
def test_what_is_wrong_is_told(house: House, typed: list[bytes], capsys: Output, words: tuple[str, ...], code: int, told: str) -> None:
    main(["user", "add", "Vera", "--role", "admin", "--password-stdin"])
    capsys.readouterr()
    assert main(["user", *words]) == code
    shown = capsys.readouterr().err
    assert told in shown and "\x1b" not in shown
    assert [one.name for one in accounts.accounts(house)] == ["Vera"]


@pytest.mark.parametrize("line", [b"short\n", b"\xff\xfe four random words\n", b"", b"x" * 600, b"aaaaaaaaaaaaaaaa\n"])
def test_a_password_that_cannot_be_used_makes_no_account(house: House, typed: list[bytes], capsys: Output, line: bytes) -> None:
    typed[0] = line
    assert main(["user", "add", "Vera", "--role", "admin", "--password-stdin"]) == 3
    assert capsys.readouterr().err.startswith("dragoman: the password: ")
    assert accounts.accounts(house) == []


def test_a_password_is_asked_for_twice_and_hidden(house: House, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([WORDS, "not the same words", WORDS, WORDS])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(click.termui, "hidden_prompt_func", lambda _: next(answers))
    assert main(["user", "add", "Vera", "--role", "admin"]) == 0
    assert next(answers, None) is None
    assert WORDS not in "".join(capsys.readouterr())


def test_without_the_library_it_says_how_to_get_it(house: House, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "available", lambda: False)
    assert main(["user", "add", "Vera", "--role", "admin", "--password-stdin"]) == 3
    assert "pip install 'dragoman[serve]'" in capsys.readouterr().err
