"""Delivering: from matches to messages that are written down, and from those to the network, each with its tries."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from dragoman.case.case import Case
from dragoman.errors import InputError
from dragoman.faces import settings
from dragoman.faces.alerts.alert import PAUSES, Alert, Channel, items_of
from dragoman.faces.alerts.deliveries import Deliveries, Delivery, Outcome, made, new_id
from dragoman.faces.alerts.ledger import Ledger, Match, told_of_more
from dragoman.faces.alerts.messages import MOST_IN_ONE, Around, body_of, mail_of
from dragoman.faces.web.access.house import case_key
from dragoman.reading.wording import one_line

SENDERS = 4
"""Deliveries that are sent at the same time: one slow receiver does not hold up the others."""
_MOST_GATHERED = 2000
_GRACE_S = 2.0
"""How long those who send may still need when all is to end."""
_UNKNOWN_SENDER = "dragoman@localhost"
Send = Callable[[Delivery, Alert], Outcome]


def around(case: Case, alert: Alert, address: str) -> Around:
    """What the messages of an alert have to know."""
    names = case.names(items_of(alert.wanted))
    return Around(one_line(alert.case_key).rstrip("/").rpartition("/")[2], address or settings.address(), names)


def prepare(case: Case, ledger: Ledger, address: str = "", now: float | None = None) -> int:
    """Writes down what is to be sent for all alerts of a case; how many messages."""
    at = time.time() if now is None else now
    count = 0
    for alert in ledger.of_case(case_key(case.store.location)):
        if not alert.paused:
            count += _webhooks(case, ledger, alert, address, at) + _mails(case, ledger, alert, address, at)
    return count


def _webhooks(case: Case, ledger: Ledger, alert: Alert, address: str, now: float) -> int:
    if not alert.where.webhook:
        return 0
    count = 0
    while matches := ledger.untold(alert, "webhook", MOST_IN_ONE):
        identity = new_id()
        body = body_of(alert, identity, matches, around(case, alert, address), now=_at(now))
        if not Deliveries(ledger.house).put(_made(alert, "webhook", matches, body, identity, now), matches):
            break  # another program is at it
        count += 1
    return count


def _mails(case: Case, ledger: Ledger, alert: Alert, address: str, now: float) -> int:
    """One mail for all that has gathered, as soon as the alert's pause is over."""
    deliveries = Deliveries(ledger.house)
    last = deliveries.last_made(alert.number, "mail") if alert.where.mail else None
    if not alert.where.mail or (last is not None and last <= now < last + PAUSES[alert.where.digest]):
        return 0
    matches = ledger.untold(alert, "mail", _MOST_GATHERED)
    if not matches:
        return 0
    identity = new_id()
    body = mail_of(alert, identity, _shown(matches), around(case, alert, address), _sender(), now=_at(now))
    return int(deliveries.put(_made(alert, "mail", matches, body, identity, now), matches))


def _shown(matches: Sequence[Match]) -> list[Match]:
    """The last of them, and how many others there are."""
    if len(matches) <= MOST_IN_ONE:
        return list(matches)
    left = matches[:-MOST_IN_ONE]
    more = sum(match.told.more or 1 for match in left)
    return [Match(0, "", left[-1].found, told_of_more(left[0].told.kind, more)), *matches[-MOST_IN_ONE:]]


def _made(alert: Alert, channel: Channel, matches: Sequence[Match], body: bytes, identity: str, now: float) -> Delivery:
    count = sum(match.told.more or 1 for match in matches)
    return made(alert.number, channel, _target(alert, channel), f"{count:,} match{'' if count == 1 else 'es'}", body, identity, now)


def _target(alert: Alert, channel: Channel) -> str:
    return alert.where.webhook if channel == "webhook" else alert.where.mail


def put_test(case: Case, ledger: Ledger, alert: Alert, address: str = "", now: float | None = None) -> int:
    """Writes down a message to each address of an alert that says it is a test and holds its last match; how many. Raises InputError."""
    at = time.time() if now is None else now
    channels: list[Channel] = [channel for channel in ("webhook", "mail") if _target(alert, channel)]
    if not channels:
        raise InputError("test", "this alert tells nowhere but in its feed", "give it a webhook or a mail address first")
    known, matches = around(case, alert, address), ledger.matches(alert, 1)
    for channel in channels:
        identity = new_id()
        if channel == "webhook":
            body = body_of(alert, identity, matches, known, test=True, now=_at(at))
        else:
            body = mail_of(alert, identity, matches, known, _sender(), test=True, now=_at(at))
        Deliveries(ledger.house).put(made(alert.number, channel, _target(alert, channel), "a test", body, identity, at), ())
    return len(channels)


def _sender() -> str:
    """Who the mails come from; where the settings do not say, they cannot be sent either."""
    with suppress(InputError):
        found = settings.mail_server()
        return found.sender if found else _UNKNOWN_SENDER
    return _UNKNOWN_SENDER


def _at(now: float) -> datetime:
    return datetime.fromtimestamp(now, UTC)


# --- sending


def over_the_network(delivery: Delivery, alert: Alert) -> Outcome:
    """Sends a delivery by its channel."""
    from dragoman.faces.alerts import mail, webhook  # bring the libraries of the network, which most cases never need

    if delivery.channel == "webhook":
        return webhook.post(delivery, alert.secret, alert.where.private)
    return mail.send(delivery)


def deliver(ledger: Ledger, key: str, send: Send = over_the_network, stop: threading.Event | None = None) -> Mapping[str, int]:
    """Sends what is due for a case, each once; how many were "done" and how many "failed". Ends early when `stop` is set."""
    counts = {"done": 0, "failed": 0}
    lock, ended = threading.Lock(), stop or threading.Event()
    deliveries = Deliveries(ledger.house)

    def work() -> None:
        while not ended.is_set() and (taken := deliveries.take(key, time.time())) is not None:
            done = _sent(ledger, deliveries, key, taken, send)
            with lock:
                counts["done" if done else "failed"] += 1

    due = deliveries.next_due(key)
    if due is None or due > time.time():
        return counts
    senders = [threading.Thread(target=work, name="dragoman-sender", daemon=True) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        while sender.is_alive() and not ended.is_set():
            sender.join(timeout=0.2)
    for sender in senders:  # who is in the middle of sending is not waited for: the lease of what it sends runs out
        sender.join(timeout=_GRACE_S / SENDERS)
    with lock:
        return dict(counts)


def _sent(ledger: Ledger, deliveries: Deliveries, key: str, taken: Delivery, send: Send) -> bool:
    try:
        alert = ledger.alert(key, taken.alert)
    except InputError:  # it was removed meanwhile, and its deliveries with it
        return False
    try:
        outcome = send(taken, alert)
    except Exception as problem:  # whatever it is, the others are sent, and this one is tried again
        outcome = Outcome(f"a fault of dragoman ({type(problem).__name__}); please report it", temporary=True)
    deliveries.note(taken, outcome, time.time())
    return outcome.done
