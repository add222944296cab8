"""Mails: by a real server over sockets; what stands in them, and what cannot get in."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.case.news import Wanted
from dragoman.errors import InputError
from dragoman.faces import settings
from dragoman.faces.alerts import mail
from dragoman.faces.alerts.alert import Alert, where_of
from dragoman.faces.alerts.deliveries import Deliveries, made, new_id
from dragoman.faces.alerts.delivering import deliver, prepare
from dragoman.faces.alerts.ledger import Ledger, Match, Told
from dragoman.faces.alerts.looking import looked_at
from dragoman.faces.alerts.messages import Around, mail_of
from dragoman.reading.entries import Reading
from tests.faces.alerts.conftest import Make, put
from tests.faces.alerts.receiver import Post, posting
from tests.faces.alerts.test_delivering import ROOT, RUN, due_now

EVIL = "new\r\nBcc: everybody@evil.example\n\n<script>alert(1)</script>\x1b[31m\u202e"
AROUND = Around("siege.case", "https://desk.example", {})


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """A mail server in the house, and settings that name it."""
    with posting() as running:
        monkeypatch.setenv("DRAGOMAN_MAIL_HOST", "127.0.0.1")
        monkeypatch.setenv("DRAGOMAN_MAIL_PORT", str(running.port))
        monkeypatch.setenv("DRAGOMAN_MAIL_SENDER", "Dragoman <alerts@desk.example>")
        monkeypatch.setenv("DRAGOMAN_MAIL_SECURITY", "none")
        yield running


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A certificate for localhost that nobody vouches for, with its key."""
    openssl = shutil.which("openssl") or pytest.skip("openssl makes the certificate for this test: apt-get install openssl")
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    key, public = path.with_suffix(".key"), path.with_suffix(".crt")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(public), *names],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_text(key.read_text() + public.read_text())
    return str(path)


def read(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_mail_tells_what_is_new(case: Case, ledger: Ledger, make: Make, house: object, post: Post, end: list[Reading]) -> None:
    alert = make(mail="desk@example.org")
    put(case, end)
    looked_at(case, ledger)
    prepare(case, ledger, "https://desk.example/")
    assert deliver(ledger, alert.case_key)["done"] == 1
    (sent,) = post.mails
    assert (sent.sender, sent.to) == ("alerts@desk.example", ["desk@example.org"])
    found = read(sent.data)
    assert found["Subject"] == "[siege.case] Guard: occurred: Kora Guard (retreat)"
    assert found["From"] == "Dragoman <alerts@desk.example>"
    assert found["To"] == "desk@example.org"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Message-ID"] == f"<{Deliveries(ledger.house).of(alert.number)[0].id}@desk.example>"
    text = found.get_content()
    assert '   "The Kora Guard withdrew from the harbour of Tarvo."' in text
    assert "   Courier · Monday 9 March 2026" in text
    item = ledger.matches(alert)[0].told.item
    assert f"   https://desk.example/events/{item}" in text
    assert f"This alert: https://desk.example/alerts/{alert.number}" in text
    assert found.get_content_type() == "text/plain"


def test_nothing_from_a_report_becomes_a_header_or_a_line_of_ours(make: Make) -> None:
    alert = replace(make(mail="desk@example.org"), name=EVIL)
    told = Told(
        "events", "E1", EVIL, EVIL, (EVIL, "\n--\nThis alert: https://evil.example", EVIL), EVIL, "ab", "0-1", EVIL, EVIL, "2026-01-01"
    )
    data = mail_of(alert, new_id(), [Match(1, "E1:occurred", "2026-01-01T00:00:00Z", told)], AROUND, "alerts@desk.example")
    found = read(data)
    assert "Bcc" not in found
    assert len(found["Subject"]) <= 200
    assert found["To"] == "desk@example.org"
    lines = found.get_content().splitlines()
    assert not any(line.startswith(("Bcc", "<script", "This alert: https://evil")) for line in lines)
    assert not any(letter in found.get_content().replace("\r\n", "\n") for letter in "\x1b\u202e\r")
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nBcc: c@d.example", "a b@c.example", "a@b.example, c@d.example", "a@", "<a@b.example>", "x"]
)
def test_an_address_is_one_address(address: str) -> None:
    with pytest.raises(InputError, match="no single mail address"):
        where_of("", False, address, "at once")


def test_a_digest_is_one_mail_in_its_time_also_when_the_clock_is_changed(
    case: Case, ledger: Ledger, make: Make, house: object, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    alert = make(mail="desk@example.org", digest="day")
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC).timestamp()  # in the night after it the clocks go forward

    def comes(number: int) -> None:
        known = ledger.alert(alert.case_key, alert.number)
        ledger.looked(known, [(f"E{number}:occurred", Told("events", f"E{number}", "occurred"))], f"{number}/0/")

    hours = [0, 6, 12, 23, 24, 30, 47, 48]
    made_at = []
    for number, hour in enumerate(hours, 1):
        comes(number)
        if prepare(case, ledger, now=saturday + hour * 3600):
            made_at.append(hour)
    assert made_at == [0, 24, 48]
    deliver(ledger, alert.case_key)
    mails = {read(sent.data)["Date"].datetime.astimezone(UTC).isoformat(): read(sent.data).get_content() for sent in post.mails}
    assert sorted(mails) == ["2026-03-28T12:00:00+00:00", "2026-03-29T12:00:00+00:00", "2026-03-30T12:00:00+00:00"]
    assert [item for item in ("E2", "E3", "E4", "E5") if f"[{item}]" in mails["2026-03-29T12:00:00+00:00"]] == ["E2", "E3", "E4", "E5"]


def test_mails_at_once_are_gathered_for_a_minute(case: Case, ledger: Ledger, make: Make) -> None:
    alert = make(mail="desk@example.org")
    for number, second, count in ((1, 0, 1), (2, 30, 0), (3, 61, 1)):
        known = ledger.alert(alert.case_key, alert.number)
        ledger.looked(known, [(f"E{number}:occurred", Told("events", f"E{number}", "occurred"))], f"{number}/0/")
        assert prepare(case, ledger, now=1_000_000.0 + second) == count


def test_a_long_mail_names_the_last_and_counts_the_others(case: Case, ledger: Ledger, make: Make, house: object, post: Post) -> None:
    alert = make(mail="desk@example.org")
    ledger.looked(alert, [(f"E{n}:occurred", Told("events", f"E{n}", "occurred")) for n in range(120)], "9/0/")
    assert prepare(case, ledger) == 1
    deliver(ledger, alert.case_key)
    found = read(post.mails[0].data)
    assert "120 new" in found["Subject"]
    assert "70 more that are not told one by one" in found.get_content()
    assert "[E119]" in found.get_content()
    assert "[E69]" not in found.get_content()


# --- servers


@pytest.mark.parametrize(
    ("refuse", "state", "words"),
    [
        ({"RCPT": "550 no such user"}, "given up", "the address was refused (550 no such user)"),
        ({"RCPT": "450 later"}, "waiting", "the address was refused (450 later)"), ({"DATA": "451 busy"}, "waiting", "answered 451 busy"),
        ({"DATA": "554 spam"}, "given up", "answered 554 spam"), ({"MAIL": "421 closing"}, "waiting", "421"),
    ],
)  # fmt: skip
def test_what_a_server_says(
    case: Case, ledger: Ledger, make: Make, house: object, post: Post, refuse: dict[str, str], state: str, words: str
) -> None:
    alert = make(mail="desk@example.org")
    post.refuse.update(refuse)
    ledger.looked(alert, [("E1:occurred", Told("events", "E1", "occurred"))], "9/0/")
    prepare(case, ledger)
    assert deliver(ledger, alert.case_key)["failed"] == 1
    (sent,) = Deliveries(ledger.house).of(alert.number)
    assert sent.state == state
    assert words in Deliveries(ledger.house).tries(sent.id)[0].outcome


def test_a_server_that_is_not_there_or_not_set_is_tried_again(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = made(1, "mail", "desk@example.org", "", b"Subject: x\r\n\r\nx", new_id())
    outcome = mail.send(delivery)
    assert outcome.temporary
    assert "no mail server is set" in outcome.words
    server = settings.MailServer("127.0.0.1", 9, "", "", "a@b.example", "a@b.example", "none")
    assert mail.send_by(server, delivery).temporary


def test_a_server_without_encryption_gets_neither_password_nor_mail(house: object, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_MAIL_SECURITY", "starttls")
    monkeypatch.setenv("DRAGOMAN_MAIL_USER", "desk")
    outcome = mail.send(made(1, "mail", "desk@example.org", "", b"Subject: x\r\n\r\nx", new_id()))
    assert "no STARTTLS" in outcome.words
    assert outcome.temporary
    assert post.mails == []


def test_starttls_and_sign_in(house: object, certificate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server = settings.MailServer("localhost", 0, "desk", "secret", "a@b.example", "a@b.example", "starttls")
    delivery = made(1, "mail", "desk@example.org", "", b"Subject: x\r\n\r\nx\r\n.dot", new_id())
    with posting(certificate) as running:
        here = replace(server, port=running.port)
        assert "certificate" in mail.send_by(here, delivery).words.lower(), "a certificate that nobody vouches for"
        monkeypatch.setenv("SSL_CERT_FILE", certificate)
        assert mail.send_by(here, delivery).done
        (sent,) = running.mails
    assert (sent.encrypted, sent.user) == (True, "desk")
    assert b"\r\n.dot" in sent.data


def test_who_is_killed_makes_no_second_message(
    case: Case, ledger: Ledger, make: Make, house: object, post: Post, place: Path, end: list[Reading]
) -> None:
    alert = make(mail="desk@example.org")
    put(case, end)
    running: list[subprocess.Popen[bytes]] = []
    post.before = lambda: os.kill(running[0].pid, signal.SIGKILL) if len(post.mails) == 1 else None
    running.append(
        subprocess.Popen([sys.executable, "-c", RUN, "alert", str(place), "run"], env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    )
    assert running[0].wait(60) == -signal.SIGKILL
    due_now(ledger)
    prepare(case, ledger)
    deliver(ledger, alert.case_key)
    assert len(post.mails) == 2
    assert post.mails[0].data == post.mails[1].data
    assert read(post.mails[0].data)["Message-ID"] == read(post.mails[1].data)["Message-ID"]


def test_wanted_words_stand_in_the_mail(make: Make) -> None:
    alert: Alert = make("Grain", Wanted("reports", words="grain"), mail="desk@example.org")
    text = read(mail_of(alert, new_id(), [], AROUND, "a@b.example", test=True)).get_content()
    assert "reports · in reports with grain" in text
    assert "This is a test" in text
    assert "https://desk.example/search?q=grain" in text
