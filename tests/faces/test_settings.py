"""Who decides: the command line before the environment before the settings file before the login name."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.faces import settings
from dragoman.faces.cli.judge_command import author


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (settings.AUTHOR, settings.CONFIG):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "login")
    (tmp_path / "dragoman").mkdir()
    return tmp_path / "dragoman" / "config.toml"


def test_what_goes_before_what(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert author() == "login"
    config.write_text('author = " Ada Holm "', "utf-8")
    assert author() == "Ada Holm"
    monkeypatch.setenv(settings.AUTHOR, "Ben")
    assert author() == "Ben"
    assert author("Eve\n\x1b[31m") == "Eve [31m" or "\x1b" not in author("Eve\n\x1b[31m")


@pytest.mark.parametrize("text", ["author = ", "autor = 'x'", "author = 5", "\xff\xfe"])
def test_a_file_that_cannot_be_used_is_told(config: Path, text: str) -> None:
    config.write_text(text, "latin-1")
    with pytest.raises(InputError, match=r"config\.toml.*author = "):
        settings.author()


def test_a_file_that_was_named_has_to_be_there(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.CONFIG, str(config.parent / "mine.toml"))
    with pytest.raises(InputError, match="there is no such file that may be read"):
        settings.author()
    (config.parent / "mine.toml").write_text('author = "Eve"', "utf-8")
    assert settings.author() == "Eve"


# --- the mail server


def mail_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """A settings file with this text, and nothing in the environment."""
    for name in ("HOST", "PORT", "USER", "PASSWORD", "SENDER", "SECURITY"):
        monkeypatch.delenv(f"DRAGOMAN_MAIL_{name}", raising=False)
    monkeypatch.delenv("DRAGOMAN_ADDRESS", raising=False)
    file = tmp_path / "mail.toml"
    file.write_text(text, "utf-8")
    monkeypatch.setenv("DRAGOMAN_CONFIG", str(file))


def test_a_mail_server_of_the_file_and_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = 'host = "mail.example"\nuser = "desk"\npassword = "secret"\nsender = "Desk <a@b.example>"\n'
    mail_set(tmp_path, monkeypatch, f'address = "https://desk.example/"\n[mail]\n{mail}')
    found = settings.mail_server()
    assert found is not None
    assert (found.host, found.port, found.security, found.envelope) == ("mail.example", 587, "starttls", "a@b.example")
    assert "secret" not in repr(found)
    assert settings.address() == "https://desk.example/"
    monkeypatch.setenv("DRAGOMAN_MAIL_SECURITY", "tls")
    monkeypatch.setenv("DRAGOMAN_MAIL_HOST", "other.example")
    again = settings.mail_server()
    assert again is not None
    assert (again.host, again.port, again.user) == ("other.example", 465, "desk")


def test_no_mail_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mail_set(tmp_path, monkeypatch, 'author = "Ada Holm"\n')
    assert settings.mail_server() is None
    assert settings.address() == ""


@pytest.mark.parametrize(
    "text",
    [
        '[mail]\nhost = "x"\n',
        '[mail]\nhost = "x"\nsender = "nobody"\n',
        '[mail]\nhost = "x"\nsender = "a@b.example"\nport = 0\n',
        '[mail]\nhost = "x"\nsender = "a@b.example"\nport = "many"\n',
        '[mail]\nhost = "x"\nsender = "a@b.example"\nsecurity = "some"\n',
        '[mail]\nhost = "x"\nsender = "a@b.example\\r\\nBcc: c@d.example"\n',
        '[mail]\nhosts = "x"\n',
        'mail = "x"\n',
    ],
)
def test_a_mail_server_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    mail_set(tmp_path, monkeypatch, text)
    with pytest.raises(InputError):
        settings.mail_server()
