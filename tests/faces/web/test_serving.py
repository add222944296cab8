"""`dragoman serve` as a user runs it: it says where it is, answers, and ends with Ctrl-C; what is wrong is told before it serves."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.faces.cli import serve_command
from dragoman.faces.cli.main import main

ROOT = Path(__file__).parents[3]
Output = pytest.CaptureFixture[str]
Started = Callable[[Path], tuple[subprocess.Popen[str], str]]


@pytest.fixture
def started() -> Iterator[Started]:
    """Starts the command in a process of its own, on a free port; gives it with its address."""
    running: list[subprocess.Popen[str]] = []

    def start(case: Path) -> tuple[subprocess.Popen[str], str]:
        code = "import sys; from dragoman.faces.cli.main import main; sys.exit(main(sys.argv[1:]))"
        paths = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        served = subprocess.Popen(
            [sys.executable, "-c", code, "serve", str(case), "--port", "0"], stderr=subprocess.PIPE, text=True, env=paths
        )
        running.append(served)
        assert served.stderr is not None
        line = served.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        return served, found[0]

    yield start
    for served in running:
        if served.poll() is None:
            served.kill()
        served.communicate()


def test_it_answers_and_ends(started: Started, case_file: Path) -> None:
    served, address = started(case_file)
    with urllib.request.urlopen(address + "threads") as answer:
        assert answer.status == 200
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["server"] is None
    served.send_signal(signal.SIGINT)
    assert served.wait(timeout=20) == 0


def test_a_body_of_a_hundred_megabytes_is_refused_and_the_next_page_answered(started: Started, case_file: Path) -> None:
    _, address = started(case_file)
    port = int(address.rsplit(":", 1)[1].strip("/"))
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n" + b"x" * 4096)
        assert line.recv(20).startswith(b"HTTP/1.1 405")
        sent = 0
        try:
            while sent < 100_000_000:
                sent += line.send(b"x" * 65536)
        except OSError:
            pass
    begun = time.monotonic()
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200
    assert time.monotonic() - begun < 10


def test_a_port_that_is_taken(case_file: Path, capsys: Output) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["serve", str(case_file), "--port", str(port)]) == 3
    assert f"--port: {port} cannot be used" in capsys.readouterr().err


def test_another_host_is_refused(case_file: Path, capsys: Output) -> None:
    assert main(["serve", str(case_file), "--host", "0.0.0.0"]) == 3
    assert "there are no accounts yet" in capsys.readouterr().err


def test_a_case_that_is_none(tmp_path: Path, capsys: Output) -> None:
    assert main(["serve", str(tmp_path / "none.case")]) == 3
    assert "there is no such case" in capsys.readouterr().err
    (tmp_path / "letter.txt").write_text("Dear reader. " * 300, "utf-8")
    assert main(["serve", str(tmp_path / "letter.txt")]) == 3
    assert "no case" in capsys.readouterr().err


def test_without_its_libraries_it_says_how_to_get_them(case_file: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve_command, "_NEEDED", ("a_library_that_nobody_has",))
    assert main(["serve", str(case_file)]) == 3
    assert "pip install 'dragoman[serve]'" in capsys.readouterr().err
