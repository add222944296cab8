"""What is to be sent is written down, sent, tried again and given up; nothing twice, whoever is killed and when."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.errors import InputError
from dragoman.faces.alerts import delivering, webhook
from dragoman.faces.alerts.alert import Alert, spoken_secret
from dragoman.faces.alerts.deliveries import LEASE_S, PATIENCE_S, Deliveries, Delivery, Outcome, made, new_id, wait_of
from dragoman.faces.alerts.delivering import deliver, prepare, put_test
from dragoman.faces.alerts.ledger import Ledger, Told
from dragoman.faces.alerts.looking import looked_at
from dragoman.reading.entries import Reading
from tests.faces.alerts.conftest import Make, put
from tests.faces.alerts.receiver import Receiver, receiving

ROOT = Path(__file__).parents[3]
RUN = "import sys; from dragoman.faces.cli.main import main; sys.exit(main(sys.argv[1:]))"


def due_now(ledger: Ledger) -> None:
    """Time passes: what waits is due, and whoever was sending is silent for too long."""
    with ledger.house.writing() as database:
        database.execute("UPDATE deliveries SET due = 0, lease = 0")


@pytest.fixture
def receiver() -> Receiver:
    with receiving() as running:
        yield running


@pytest.fixture
def hooked(make: Make, receiver: Receiver) -> Alert:
    """An alert with a webhook."""
    return make("Guard", webhook=receiver.url, private=True)


def found(case: Case, ledger: Ledger, end: list[Reading]) -> None:
    """The siege ends, and that waits to be sent."""
    put(case, end)
    looked_at(case, ledger)
    assert prepare(case, ledger) == 1


def test_a_webhook_gets_signed_json_once(case: Case, ledger: Ledger, hooked: Alert, receiver: Receiver, end: list[Reading]) -> None:
    found(case, ledger, end)
    assert deliver(ledger, hooked.case_key) == {"done": 1, "failed": 0}
    assert deliver(ledger, hooked.case_key) == {"done": 0, "failed": 0}
    assert prepare(case, ledger) == 0
    (taken,) = receiver.taken
    value = json.loads(taken.body)
    assert value["schema"] == "dragoman.alert/1"
    assert value["alert"]["name"] == "Guard"
    (match,) = value["matches"]
    assert match["sentence"] == {"before": "The Kora Guard ", "marked": "withdrew", "after": " from the harbour of Tarvo."}
    assert match["report"]["publisher"] == "Courier"
    assert taken.headers["idempotency-key"] == taken.headers["webhook-id"] == value["delivery"]
    signed = f"{taken.headers['webhook-id']}.{taken.headers['webhook-timestamp']}.".encode() + taken.body
    secret = base64.b64decode(spoken_secret(hooked.secret).removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert taken.headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(taken.headers["webhook-timestamp"]) - time.time()) < 60


def test_it_is_tried_again_with_the_same_bytes(case: Case, ledger: Ledger, hooked: Alert, receiver: Receiver, end: list[Reading]) -> None:
    receiver.answers = [500, 0, 200]
    found(case, ledger, end)
    deliveries = Deliveries(ledger.house)
    for tries in (1, 2):
        assert deliver(ledger, hooked.case_key)["failed"] == 1
        (waiting,) = deliveries.of(hooked.number)
        assert (waiting.state, waiting.tries) == ("waiting", tries)
        assert waiting.due > time.time() + 10
        assert deliver(ledger, hooked.case_key) == {"done": 0, "failed": 0}
        due_now(ledger)
    assert deliver(ledger, hooked.case_key)["done"] == 1
    assert len({taken.body for taken in receiver.taken}) == 1
    assert len({taken.headers["idempotency-key"] for taken in receiver.taken}) == 1
    (sent,) = deliveries.of(hooked.number)
    assert sent.state == "done"
    outcomes = [one.outcome for one in deliveries.tries(sent.id)]
    assert outcomes[0] == "refused with status 500"
    assert outcomes[1].startswith("cannot be reached")
    assert outcomes[2] == "taken (status 200)"


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        (404, "given up", "refused with status 404"),
        (410, "given up", "refused with status 410"),
        (408, "waiting", "status 408"),
        (429, "waiting", "status 429"),
        (503, "waiting", "status 503"),
        ((302, {"Location": "http://127.0.0.1:1/"}), "given up", "redirect"),
    ],
)
def test_what_an_answer_means(
    case: Case, ledger: Ledger, hooked: Alert, receiver: Receiver, end: list[Reading], answer: object, state: str, words: str
) -> None:
    receiver.answers = [answer]
    found(case, ledger, end)
    assert deliver(ledger, hooked.case_key)["failed"] == 1
    (sent,) = Deliveries(ledger.house).of(hooked.number)
    assert sent.state == state
    assert words in Deliveries(ledger.house).tries(sent.id)[0].outcome
    assert len(receiver.taken) == 1


@pytest.mark.parametrize("asked", ["7200", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_who_wants_to_be_left_alone_is(
    case: Case, ledger: Ledger, hooked: Alert, receiver: Receiver, end: list[Reading], asked: str
) -> None:
    receiver.answers = [(429, {"Retry-After": asked})]
    found(case, ledger, end)
    deliver(ledger, hooked.case_key)
    (sent,) = Deliveries(ledger.house).of(hooked.number)
    assert 7100 < sent.due - time.time() <= 86_401


@pytest.mark.parametrize(("status", "words"), [(1, "no answer in 1 seconds"), (2, "taken")])
def test_answers_without_end_hold_up_nobody(hooked: Alert, receiver: Receiver, status: int, words: str) -> None:
    receiver.answers = [status]
    begun = time.monotonic()
    outcome = webhook.post(made(1, "webhook", receiver.url, "", b"{}", new_id()), hooked.secret, True, seconds=1.0)
    assert outcome.words.startswith(words)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/in", "http://localhost:9/in", "http://[::1]:9/", "http://169.254.169.254/latest"])
def test_private_addresses_are_refused_unless_allowed(hooked: Alert, address: str) -> None:
    delivery = made(1, "webhook", address, "", b"{}", new_id())
    outcome = webhook.post(delivery, hooked.secret, private=False)
    assert "not public" in outcome.words
    assert not outcome.temporary
    if "169.254" not in address:
        assert webhook.post(delivery, hooked.secret, private=True, seconds=3).temporary


def test_after_some_days_it_is_given_up_and_a_person_may_ask_again(
    case: Case, ledger: Ledger, hooked: Alert, receiver: Receiver, end: list[Reading]
) -> None:
    receiver.answers = [500, 200]
    put(case, end)
    looked_at(case, ledger)
    prepare(case, ledger, now=time.time() - PATIENCE_S + 5)
    deliver(ledger, hooked.case_key)
    deliveries = Deliveries(ledger.house)
    assert deliveries.of(hooked.number)[0].state == "given up"
    assert deliver(ledger, hooked.case_key) == {"done": 0, "failed": 0}
    assert deliveries.again(hooked.number, time.time()) == 1
    assert deliver(ledger, hooked.case_key)["done"] == 1
    assert deliveries.again(hooked.number, time.time()) == 0


def test_waits_grow_and_differ() -> None:
    assert all(15 <= wait_of(1) <= 30 for _ in range(50))
    assert all(120 <= wait_of(4) <= 240 for _ in range(50))
    assert len({wait_of(9) for _ in range(50)}) > 10
    assert wait_of(60) <= 6 * 3600
    assert wait_of(1, 4000.0) == 4000.0


# --- killed, and at once


@pytest.mark.parametrize("answer", [200, 0])
def test_who_is_killed_between_sending_and_noting_makes_no_double(
    case: Case, ledger: Ledger, hooked: Alert, receiver: Receiver, end: list[Reading], place: Path, answer: int
) -> None:
    put(case, end)
    running: list[subprocess.Popen[bytes]] = []
    receiver.before = lambda: os.kill(running[0].pid, signal.SIGKILL) if len(receiver.taken) == 1 else None
    receiver.answers = [answer, 200]
    running.append(
        subprocess.Popen([sys.executable, "-c", RUN, "alert", str(place), "run"], env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    )
    assert running[0].wait(60) == -signal.SIGKILL
    deliveries = Deliveries(ledger.house)
    (cut,) = deliveries.of(hooked.number)
    assert (cut.state, cut.tries) == ("sending", 1)
    assert deliver(ledger, hooked.case_key) == {"done": 0, "failed": 0}, "its lease still runs"
    due_now(ledger)
    looked_at(case, ledger)
    prepare(case, ledger)
    assert deliver(ledger, hooked.case_key)["done"] == 1
    assert len(receiver.taken) == 2
    assert receiver.taken[0].body == receiver.taken[1].body
    assert receiver.taken[0].headers["idempotency-key"] == receiver.taken[1].headers["idempotency-key"] == cut.id
    assert [one.outcome for one in deliveries.tries(cut.id)] == ["", "taken (status 200)"]
    assert len(deliveries.of(hooked.number)) == 1


def test_two_senders_send_each_thing_once(case: Case, ledger: Ledger, make: Make, receiver: Receiver, end: list[Reading]) -> None:
    alerts = [make(f"Guard {n}", webhook=receiver.url, private=True) for n in range(12)]
    put(case, end)
    looked_at(case, ledger)
    counts: list[int] = []

    def work() -> None:
        with Case.open(case.store.location) as own:
            mine = Ledger(type(ledger.house)(ledger.house.path))
            looked_at(own, mine)
            prepare(own, mine)
            counts.append(deliver(mine, alerts[0].case_key)["done"])
            mine.house.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receiver.taken) == len(alerts)
    assert len({taken.headers["idempotency-key"] for taken in receiver.taken}) == len(alerts)


def test_a_fault_of_ours_stops_no_other_delivery(ledger: Ledger, make: Make) -> None:
    alert = make(webhook="https://hooks.example/in")
    deliveries = Deliveries(ledger.house)
    for number in range(3):
        deliveries.put(made(alert.number, "webhook", "https://hooks.example/in", "", b"{}", f"id-{number}"), ())

    def send(delivery: Delivery, _: Alert) -> Outcome:
        if delivery.id == "id-1":
            raise RuntimeError("a fault")
        return Outcome("taken", done=True)

    assert deliver(ledger, alert.case_key, send) == {"done": 2, "failed": 1}
    (left,) = [one for one in deliveries.of(alert.number) if one.state == "waiting"]
    assert "a fault of dragoman (RuntimeError)" in deliveries.tries(left.id)[0].outcome


def test_a_paused_alert_sends_nothing(case: Case, ledger: Ledger, hooked: Alert, receiver: Receiver, end: list[Reading]) -> None:
    found(case, ledger, end)
    ledger.pause(hooked, True)
    assert deliver(ledger, hooked.case_key) == {"done": 0, "failed": 0}
    ledger.pause(hooked, False)
    assert deliver(ledger, hooked.case_key)["done"] == 1


def test_what_waits_goes_to_the_new_address(case: Case, ledger: Ledger, hooked: Alert, receiver: Receiver, end: list[Reading]) -> None:
    with ledger.house.writing() as database:
        database.execute("UPDATE alerts SET webhook = 'http://127.0.0.1:9/old' WHERE number = ?", (hooked.number,))
    old = ledger.alert(hooked.case_key, hooked.number)
    found(case, ledger, end)
    ledger.change(old, old.name, old.wanted, hooked.where)
    assert prepare(case, ledger) == 1
    assert deliver(ledger, hooked.case_key)["done"] == 1
    assert len(receiver.taken) == 1
    assert sorted(one.state for one in Deliveries(ledger.house).of(hooked.number)) == ["done", "withdrawn"]


def test_a_channel_that_is_opened_later_begins_then(case: Case, ledger: Ledger, make: Make, receiver: Receiver, end: list[Reading]) -> None:
    alert = make()
    put(case, end[:1])
    put(case, end[1:])
    looked_at(case, ledger)
    assert ledger.count(alert) == 1
    ledger.change(alert, alert.name, alert.wanted, type(alert.where)(webhook=receiver.url, private=True))
    assert prepare(case, ledger) == 0


def test_many_matches_go_in_several_messages(case: Case, ledger: Ledger, hooked: Alert, receiver: Receiver) -> None:
    ledger.looked(hooked, [(f"E{n}:occurred", Told("events", f"E{n}", "occurred")) for n in range(120)], "9/0/")
    assert prepare(case, ledger) == 3
    deliver(ledger, hooked.case_key)
    told = [match["item"] for taken in receiver.taken for match in json.loads(taken.body)["matches"]]
    assert sorted(told) == sorted(f"E{n}" for n in range(120))


def test_a_test_says_that_it_is_one(case: Case, ledger: Ledger, hooked: Alert, receiver: Receiver, make: Make) -> None:
    assert put_test(case, ledger, hooked) == 1
    deliver(ledger, hooked.case_key)
    assert json.loads(receiver.taken[0].body)["test"] is True
    with pytest.raises(InputError, match="tells nowhere"):
        put_test(case, ledger, make("Nowhere"))


def test_a_lease_is_longer_than_any_try() -> None:
    assert LEASE_S > 2 * webhook.SECONDS
    assert delivering.SENDERS >= 2


def test_a_removed_alert_takes_its_deliveries_along(case: Case, ledger: Ledger, hooked: Alert, end: list[Reading]) -> None:
    found(case, ledger, end)
    ledger.remove(hooked)
    assert Deliveries(ledger.house).next_due(hooked.case_key) is None
    assert ledger.house.rows("SELECT COUNT(*) FROM deliveries") == [(0,)]
