"""`dragoman serve` as a user runs it: it says where it is, answers, and ends with Ctrl-C; what is wrong is told before it serves."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")

import dragoman
from dragoman.errors import StoreError
from dragoman.faces.cli import serve_command
from dragoman.faces.cli.main import main
from dragoman.faces.web.access import audit, passwords, tokens
from dragoman.faces.web.access.house import House
from tests.faces.web.people import NAMES, PASSWORD, token_on

ROOT = Path(__file__).parents[3]
Output = pytest.CaptureFixture[str]
Started = Callable[..., tuple[subprocess.Popen[str], str]]


@pytest.fixture
def started() -> Iterator[Started]:
    """Starts the command in a process of its own, on a free port; gives it with its address."""
    running: list[subprocess.Popen[str]] = []

    def start(case: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
        code = "import sys; from dragoman.faces.cli.main import main; sys.exit(main(sys.argv[1:]))"
        paths = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        served = subprocess.Popen(
            [sys.executable, "-c", code, "serve", str(case), "--port", "0", *options], stderr=subprocess.PIPE, text=True, env=paths
        )
        running.append(served)
        assert served.stderr is not None
        line = served.stderr.readline()
        found = re.search(r"https?://127\.0\.0\.1:\d+/", line)
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
        assert line.recv(20).startswith(b"HTTP/1.1 413")
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


@pytest.mark.parametrize("asked", [("--host", "0.0.0.0"), ("--name", "desk.example"), ("--behind-proxy", "127.0.0.1")])
def test_without_accounts_only_this_machine_is_let_in(case_file: Path, capsys: Output, asked: tuple[str, str]) -> None:
    assert main(["serve", str(case_file), *asked]) == 3
    told = capsys.readouterr().err
    assert told.startswith(f"dragoman: {asked[0]}: ") and "there are no accounts yet" in told
    assert "dragoman user add NAME --role admin" in told and "ssh -L" in told


def test_a_host_or_a_name_that_is_none(case_file: Path, capsys: Output, settled: Path) -> None:
    for asked, told in (
        (("--host", "desk.example"), "is no address of this machine"),
        (("--host", "0.0.0.0"), "say with --name under which name"),
        (("--name", "https://desk.example/"), "give it without https:// and port"),
        (("--certificate", str(case_file)), "no certificate with its key in PEM"),
        (("--certificate", "/nowhere/a.pem"), "No such file"),
    ):
        assert main(["serve", str(case_file), *asked]) == 3
        assert told in capsys.readouterr().err
    assert main(["serve", str(case_file), "--key", "a.pem"]) == 2


def test_with_accounts_and_without_their_library_it_does_not_start(
    case_file: Path, capsys: Output, settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "available", lambda: False)
    assert main(["serve", str(case_file)]) == 3
    assert "argon2-cffi cannot be found; run `pip install 'dragoman[serve]'`" in capsys.readouterr().err


def test_a_team_behind_a_proxy(started: Started, case_file: Path, settled: Path) -> None:
    """The proxy is this test: what it says of the visitor is believed, and what anybody else says is not."""
    _, address = started(case_file, "--behind-proxy", "127.0.0.1", "--name", "desk.example")
    port = int(address.rsplit(":", 1)[1].strip("/"))
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Host": "desk.example"}) as proxy:
        assert proxy.get("/sign-in").status_code == 403  # not encrypted
        proxy.headers.update({"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
        answer = proxy.get("/threads")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?to=%2Fthreads")
        token = token_on(proxy.get("/sign-in").text)
        form = {"token": token, "name": NAMES["admin"], "password": "not the password", "to": "/"}
        origin = {"Origin": "https://desk.example", "Sec-Fetch-Site": "same-origin"}
        assert proxy.post("/sign-in", data=form, headers=origin).status_code == 403
        answer = proxy.post("/sign-in", data={**form, "password": PASSWORD}, headers=origin)
        assert answer.status_code == 303 and "; Secure" in answer.headers["set-cookie"]
        assert proxy.get("/", headers={"Host": "evil.example"}).status_code == 400
    addresses = {note.address for note in audit.notes(House(settled), ["signed in", "wrong password"])[0]}
    assert addresses == {"203.0.113.9"}  # what the proxy itself has seen, not what the visitor has told it


def test_what_is_forwarded_is_not_believed_unasked(started: Started, case_file: Path, settled: Path) -> None:
    _, address = started(case_file)
    told = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.77",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "for=203.0.113.77",
    }
    with httpx.Client(base_url=address, headers=told) as client:
        form = {"token": token_on(client.get("/sign-in").text), "name": NAMES["reader"], "password": PASSWORD, "to": "/"}
        answer = client.post("/sign-in", data=form)
        assert answer.status_code == 303 and "Secure" not in answer.headers["set-cookie"]
    assert "203.0.113.77" not in str(audit.notes(House(settled)))


def test_a_program_comes_in_by_its_token(started: Started, case_file: Path, settled: Path) -> None:
    _, address = started(case_file)
    _, secret = tokens.make(House(settled), NAMES["reader"], "read")
    with dragoman.Client(address, token=secret) as client:
        assert client.threads() and client.overview()["counts"]["reports"] > 2
    for wrong, told in ((None, "Sign in first"), (secret + "x", "dragoman user token NAME")):
        with dragoman.Client(address, token=wrong) as client, pytest.raises(StoreError, match=told):
            client.threads()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made by openssl: apt-get install openssl")
def test_it_encrypts_by_itself(started: Started, case_file: Path, settled: Path, tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext"]
    subprocess.run([*made, "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    _, address = started(case_file, "--certificate", str(certificate), "--key", str(key))
    assert address.startswith("https://")
    trusted = ssl.create_default_context(cafile=str(certificate))
    with httpx.Client(base_url=address.replace("127.0.0.1", "localhost"), verify=trusted) as client:
        form = {"token": token_on(client.get("/sign-in").text), "name": NAMES["reader"], "password": PASSWORD, "to": "/threads"}
        answer = client.post("/sign-in", data=form)
        assert answer.status_code == 303 and answer.headers["set-cookie"].startswith("__Host-dragoman=")
        assert client.get("/threads").status_code == 200


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
