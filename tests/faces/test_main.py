"""The words of the command line, and what it costs to say them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dragoman.faces.cli.main import FORMATS, NOTHING, PIPE_CLOSED, STOPPED, TERMINATED, USAGE, cli, main

Output = pytest.CaptureFixture[str]


def test_help_gives_examples_and_exit_codes(capsys: Output) -> None:
    assert main(["--help"]) == 0
    assert "dragoman read report.txt --published 2026-01-10" in capsys.readouterr().out
    assert main(["read", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Exit codes:" in shown
    for option in ("--published", "--title", "--publisher", "--url", "--format", "--out"):
        assert option in shown


def test_help_brings_in_no_library_but_click() -> None:
    code = (
        "import sys; from dragoman.faces.cli.main import main; main(['--help']); "
        "print(sorted(m for m in ('rich', 'msgspec', 'numpy', 'onnxruntime', 'trafilatura', 'tomllib', "
        "'dragoman.reading', 'dragoman.text') if m in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, timeout=60, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_version(capsys: Output) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("dragoman ")


@pytest.mark.parametrize("args", [["rad"], ["read", "--nope"], ["read", "--format", "pdf", "x"], ["completion", "tcsh"]])
def test_usage_errors_are_one_line_and_code_2(args: list[str], capsys: Output) -> None:
    assert main(args) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


def test_no_command_shows_the_help(capsys: Output) -> None:
    assert main([]) == 2
    assert "Commands:\n  actors" in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_shells_script(shell: str, capsys: Output) -> None:
    assert main(["completion", shell]) == 0
    assert "_DRAGOMAN_COMPLETE" in capsys.readouterr().out


def test_schema_prints_the_schema(capsys: Output) -> None:
    assert main(["schema"]) == 0
    assert "dragoman.reading/1" in capsys.readouterr().out


def test_a_closed_pipe_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    code = "import sys; from dragoman.faces.cli.main import main; sys.exit(main(['completion', 'zsh']))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE, env=environment, timeout=60, check=False)
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 141


def test_the_guide_names_every_command_option_and_exit_code() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "command-line.md").read_text("utf-8")
    for name, command in cli.commands.items():
        assert f"dragoman {name}" in guide
        for option in (o for p in command.params if isinstance(p, click.Option) for o in p.opts):
            assert f"`{option}" in guide
    for code in (0, 1, USAGE, NOTHING, STOPPED, PIPE_CLOSED, TERMINATED):
        assert f"\n| {code} |" in guide
    for form in FORMATS:
        assert f"| `{form}` |" in guide


@pytest.mark.parametrize(
    ("words", "begun", "found"), [("dragoman read", "har", "file,har"), ("dragoman read --format", "js", "plain,json")]
)
def test_the_shell_is_told_what_may_follow(words: str, begun: str, found: str, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("_DRAGOMAN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"{words} {begun}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    with pytest.raises(SystemExit):
        main([])
    assert found in capsys.readouterr().out
