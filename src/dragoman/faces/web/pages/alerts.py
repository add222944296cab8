"""Alerts: each with what it watches, what it found and what was sent; and what can be done to one.

Everybody who may see the case sees what an alert finds. Where it tells, its feed and its buttons are for its owner and for admins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import get_args

from dragoman.case.case import Case
from dragoman.case.judgements import CommitmentKind, State
from dragoman.case.news import KINDS
from dragoman.case.query import Filters
from dragoman.errors import InputError
from dragoman.faces.alerts import delivering
from dragoman.faces.alerts.alert import (
    DIGESTS,
    KIND_WORDS,
    Alert,
    Where,
    items_of,
    name_of,
    path_of,
    saved,
    spoken,
    spoken_secret,
    where_of,
)
from dragoman.faces.alerts.deliveries import Deliveries, Delivery, Try
from dragoman.faces.alerts.ledger import Ledger, Match, moment
from dragoman.faces.alerts.looking import mark_of
from dragoman.faces.alerts.messages import line_of
from dragoman.faces.alerts.saving import checked, of_names
from dragoman.faces.web.access.house import case_key, the_house
from dragoman.faces.web.access.roles import allows
from dragoman.faces.web.access.visitor import Visitor
from dragoman.faces.web.address import Address, number
from dragoman.faces.web.page import Asked, Done, Page, Sent
from dragoman.faces.web.problems import Refused, not_found
from dragoman.faces.web.templating import brief_day
from dragoman.reading.plover import STATUSES, TYPES
from dragoman.reading.wording import one_line, shortened

FIELDS = ("kind", "actor", "thread", "type", "status", "words", "promise", "state")
_PAGE = 30
_MOST_DELIVERIES = 20
_MOST_THREADS = 60
_SHOWN_FOR = timedelta(minutes=10)
"""How long a new secret can be seen by whom it belongs to."""


@dataclass(frozen=True)
class Found:
    """A match in the words of a page; `when` it was found."""

    match: Match
    line: str
    when: str


@dataclass(frozen=True)
class Sending:
    """A delivery with its tries, as a page shows them: each try as (when, how it ended)."""

    delivery: Delivery
    made: str
    next: str
    tries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """An alert as a page shows it. `mine`: the visitor may change it and sees where it tells."""

    alert: Alert
    watches: str
    page: Address
    count: int
    waiting: int
    looked: str
    latest: tuple[Found, ...]
    mine: bool


# --- pages


def show(case: Case, asked: Asked) -> Page:
    """All alerts of the case."""
    ledger = Ledger(the_house())
    shown = [_shown(case, ledger, alert, asked.visitor, 3) for alert in ledger.of_case(_key(case))]
    return Page("Alerts", {"alerts": shown}, downloads=(), kept=False)


def show_one(case: Case, asked: Asked) -> Page:
    """One alert, with its matches and its deliveries."""
    ledger = Ledger(the_house())
    alert = found_alert(case, ledger, asked.item)
    start = number(asked.address, "from", 0, 1_000_000)
    shown = _shown(case, ledger, alert, asked.visitor, 0)
    deliveries = Deliveries(ledger.house)
    sent = [_sending(one, deliveries.tries(one.id)) for one in deliveries.of(alert.number, _MOST_DELIVERIES)] if shown.mine else []
    fresh = alert.secret_at and datetime.now(UTC) - _read(alert.secret_at) < _SHOWN_FOR
    values = {
        "shown": shown, "matches": [_found(match) for match in ledger.matches(alert, _PAGE, start)], "start": start, "step": _PAGE,
        "sent": sent, "stuck": any(one.delivery.state in ("waiting", "given up") for one in sent),
        "secret": spoken_secret(alert.secret) if fresh and shown.mine and alert.where.webhook else "",
        "made": _spoken(alert.made),
    }  # fmt: skip
    return Page(alert.name, values, downloads=(), kept=False)


def show_new(case: Case, asked: Asked) -> Page:
    """The form for a new alert, filled in with the filters of the page from which one comes."""
    given = {name: asked.address.get(name) or "" for name in FIELDS}
    return Page("New alert", {**_form(case, given, Where(), asked.visitor), "alert": None, "name": ""}, downloads=(), kept=False)


def show_edit(case: Case, asked: Asked) -> Page:
    """The form for an alert that there is."""
    alert = found_alert(case, Ledger(the_house()), asked.item)
    _check_mine(alert, asked.visitor)
    given = dict.fromkeys(FIELDS, "") | saved(alert.wanted)
    values = {**_form(case, given, alert.where, asked.visitor), "alert": alert, "name": alert.name}
    return Page(f"Change: {alert.name}", values, downloads=(), kept=False)


def _form(case: Case, given: Mapping[str, str], where: Where, visitor: Visitor) -> dict[str, object]:
    threads = [(thread.id, shortened(one_line(thread.title), 70)) for thread in case.threads(Filters(), limit=_MOST_THREADS)]
    if given["thread"] and given["thread"] not in dict(threads):
        threads.append((given["thread"], one_line(case.names([given["thread"]]).get(given["thread"], given["thread"]))))
    actor = case.names([given["actor"]]).get(given["actor"], "") if given["actor"] else ""
    return {
        "given": given, "where": where, "kinds": [(kind, KIND_WORDS[kind]) for kind in KINDS], "types": TYPES, "statuses": STATUSES,
        "threads": threads, "promises": get_args(CommitmentKind), "states": get_args(State), "digests": DIGESTS,
        "actor_name": one_line(actor), "may_private": allows(visitor.role, "admin"),
    }  # fmt: skip


def _shown(case: Case, ledger: Ledger, alert: Alert, visitor: Visitor, latest: int) -> Shown:
    names = case.names(items_of(alert.wanted))
    path, given = path_of(alert.wanted)
    return Shown(
        alert, spoken(alert.wanted, names), Address(path, given), ledger.count(alert), Deliveries(ledger.house).open_ones(alert.number),
        _spoken(alert.looked) if alert.looked else "", tuple(map(_found, ledger.matches(alert, latest))), mine(alert, visitor),
    )  # fmt: skip


def _found(match: Match) -> Found:
    return Found(match, line_of(match.told), _spoken(match.found))


def _sending(one: Delivery, tries: list[Try]) -> Sending:
    told = tuple((_at(found.at), found.outcome or _silent(one, found)) for found in tries)
    return Sending(one, _at(one.made), _at(one.due) if one.state == "waiting" else "", told)


def _silent(one: Delivery, found: Try) -> str:
    return "under way" if one.state == "sending" and found.number == one.tries else "broken off"


def _spoken(at: str) -> str:
    """'23 Nov 2026, 06:31 UTC': always in UTC, which has no summer time."""
    return f"{brief_day(at[:10])}, {at[11:16]} UTC"


def _at(seconds: float) -> str:
    return _spoken(moment(datetime.fromtimestamp(seconds, UTC)))


def _read(at: str) -> datetime:
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


# --- whose they are


def _key(case: Case) -> str:
    return case_key(case.store.location)


def found_alert(case: Case, ledger: Ledger, item: str) -> Alert:
    """The alert of this number. Raises Refused if the case has none."""
    if not (item.isascii() and item.isdigit() and len(item) < 10):
        raise not_found(f"The case has no alert {one_line(item[:40])}.")
    try:
        return ledger.alert(_key(case), int(item))
    except InputError:
        raise not_found(f"The case has no alert {item}.") from None


def mine(alert: Alert, visitor: Visitor) -> bool:
    """Whether a visitor may change an alert: its owner, as long as they are a reviewer, and admins."""
    own = visitor.name == alert.owner and allows(visitor.role, "reviewer")
    return own or allows(visitor.role, "admin")


def _check_mine(alert: Alert, visitor: Visitor) -> None:
    if not mine(alert, visitor):
        raise Refused(
            403, "This is not your alert", f"It belongs to {one_line(alert.owner)}.", "Make one of your own, or ask an admin.",
            ("/alerts", "To the alerts"),
        )  # fmt: skip


# --- deeds


def add(case: Case, sent: Sent) -> Done:
    """Makes an alert."""
    ledger, from_day = Ledger(the_house()), sent.form.get("from", "").strip()
    try:
        wanted = checked(case, of_names(case, sent.form), from_day or None)
        made = ledger.add(
            _key(case),
            name_of(sent.form.get("name", "")),
            sent.visitor.name,
            wanted,
            _where(sent),
            mark_of(case, from_day or None),
            from_day,
        )
    except InputError as problem:
        raise _senseless(problem) from None
    return Done(f"/alerts/{made.number}", {"alert": made.number})


def change(case: Case, sent: Sent) -> Done:
    """Gives an alert another name, other filters, other addresses."""
    ledger, alert = _own(case, sent)
    try:
        wanted = checked(case, of_names(case, sent.form))
        ledger.change(alert, name_of(sent.form.get("name", "")), wanted, _where(sent, alert.where))
    except InputError as problem:
        raise _senseless(problem) from None
    return Done(f"/alerts/{alert.number}", {"alert": alert.number})


def remove(case: Case, sent: Sent) -> Done:
    """Forgets an alert."""
    ledger, alert = _own(case, sent)
    ledger.remove(alert)
    return Done("/alerts", {"removed": alert.number})


def pause(case: Case, sent: Sent) -> Done:
    """Halts an alert."""
    return _paused(case, sent, True)


def resume(case: Case, sent: Sent) -> Done:
    """Lets an alert go on."""
    return _paused(case, sent, False)


def _paused(case: Case, sent: Sent, paused: bool) -> Done:
    ledger, alert = _own(case, sent)
    ledger.pause(alert, paused)
    return Done(f"/alerts/{alert.number}", {"alert": alert.number, "paused": paused})


def test(case: Case, sent: Sent) -> Done:
    """Puts a test on its way; the watch sends it within some seconds."""
    ledger, alert = _own(case, sent)
    try:
        count = delivering.put_test(case, ledger, alert)
    except InputError as problem:
        raise _senseless(problem) from None
    return Done(f"/alerts/{alert.number}#sent", {"alert": alert.number, "messages": count})


def retry(case: Case, sent: Sent) -> Done:
    """Tries at once what waits, and what was given up."""
    ledger, alert = _own(case, sent)
    count = Deliveries(ledger.house).again(alert.number, datetime.now(UTC).timestamp())
    return Done(f"/alerts/{alert.number}#sent", {"alert": alert.number, "messages": count})


def new_feed(case: Case, sent: Sent) -> Done:
    """Gives the feed another address; the one before ends."""
    ledger, alert = _own(case, sent)
    ledger.new_feed_key(alert)
    return Done(f"/alerts/{alert.number}", {"alert": alert.number})


def new_secret(case: Case, sent: Sent) -> Done:
    """Gives the webhook another secret, which can be seen for some minutes."""
    ledger, alert = _own(case, sent)
    ledger.new_secret(alert)
    return Done(f"/alerts/{alert.number}", {"alert": alert.number})


def _own(case: Case, sent: Sent) -> tuple[Ledger, Alert]:
    ledger = Ledger(the_house())
    alert = found_alert(case, ledger, sent.item)
    _check_mine(alert, sent.visitor)
    return ledger, alert


def _where(sent: Sent, before: Where | None = None) -> Where:
    """Where to tell. Only an admin may let the server call addresses that are not public; what one has allowed stays."""
    asked = bool(sent.form.get("private"))
    webhook = sent.form.get("webhook", "").strip()
    allowed = allows(sent.visitor.role, "admin")
    private = asked if allowed else bool(before and before.private and before.webhook == webhook)
    return where_of(webhook, private, sent.form.get("mail", ""), sent.form.get("digest") or "at once")


def _senseless(problem: InputError) -> Refused:
    return Refused(
        400, "This alert cannot be kept so", f"{problem.where}: {problem.found}; {problem.remedy}.", "Go back to the form and change it.",
        ("/alerts", "To the alerts"),
    )  # fmt: skip
