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
