"""Deliveries in the house: what is to be sent, what was tried, and what became of it.

A delivery is written down whole, with its id and its body, before anything is sent, and noted as done after: whoever is killed between
the two leaves a delivery whose lease runs out, and the next one sends the same bytes under the same id, by which a receiver knows that
it has them. A match is in one delivery of each channel.
"""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.faces.alerts.alert import Channel
from dragoman.faces.alerts.ledger import Match
from dragoman.faces.web.access.house import House

State = Literal["waiting", "sending", "done", "given up", "withdrawn"]
LEASE_S = 120.0
"""How long a sender may be silent before another one takes over; sending takes half of it at most."""
PATIENCE_S = 3 * 86_400.0
"""After so long a delivery is given up."""
AGAIN_S = 86_400.0
"""How much longer it is tried where a person asks for it."""
_FIRST_WAIT_S, _LONGEST_WAIT_S = 30.0, 6 * 3600.0
_KEPT_S = 90 * 86_400.0
_COLUMNS = "d.id, d.alert, d.channel, d.target, d.made, d.due, d.until, d.state, d.tries, d.about, d.body"


@dataclass(frozen=True)
class Delivery:
    """Something to be sent. Times are seconds since 1970; `due` is the next try, `until` when it is given up.

    `about` tells in a few words what it holds; `body` is sent as it is, with each try.
    """

    id: str
    alert: int
    channel: Channel
    target: str
    made: float
    due: float
    until: float
    state: State
    tries: int
    about: str
    body: bytes


@dataclass(frozen=True)
class Try:
    """One try: when it began, and how it ended ("" while it goes on, or where its sender was killed)."""

    number: int
    at: float
    outcome: str


@dataclass(frozen=True)
class Outcome:
    """How a try ended: in words; whether it is done, and if not, whether a later one may succeed and how long the other side wants
    to be left alone, in seconds."""

    words: str
    done: bool = False
    temporary: bool = False
    wait: float | None = None


def new_id() -> str:
    """The id of a delivery."""
    return str(uuid.uuid4())


class Deliveries:
    """The deliveries in one house."""

    def __init__(self, house: House) -> None:
        self.house = house

    def put(self, made: Delivery, matches: Sequence[Match]) -> bool:
        """Keeps a delivery of these matches; False, and nothing is kept, where another of the channel has one of them already."""
        with self.house.writing() as database:
            numbers = [match.number for match in matches]
            marks = ", ".join("?" * len(numbers))
            taken = f"SELECT 1 FROM tellings WHERE channel = ? AND match IN ({marks}) LIMIT 1"
            if numbers and database.execute(taken, (made.channel, *numbers)).fetchone():
                return False
            database.execute(
                "INSERT INTO deliveries (id, alert, channel, target, made, due, until, state, tries, about, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    made.id, made.alert, made.channel, made.target, made.made, made.due, made.until, made.state, made.tries, made.about,
                    made.body,
                ),
            )  # fmt: skip
            database.executemany("INSERT INTO tellings VALUES (?, ?, ?)", [(number, made.channel, made.id) for number in numbers])
            database.execute(
                "DELETE FROM deliveries WHERE alert = ? AND state NOT IN ('waiting', 'sending') AND made < ?",
                (made.alert, made.made - _KEPT_S),
            )
        return True

    def last_made(self, alert: int, channel: Channel) -> float | None:
        """When the last delivery of a channel was made, None if there was none."""
        found = self.house.rows("SELECT MAX(made) FROM deliveries WHERE alert = ? AND channel = ?", alert, channel)
        return found[0][0] if found else None

    def take(self, case_key: str, now: float) -> Delivery | None:
        """The delivery of a case that is due longest, for the caller to send; nobody else is given it before its lease runs out."""
        with self.house.writing() as database:
            over = "UPDATE deliveries SET state = 'given up' WHERE state = 'sending' AND lease <= ? AND until <= ?"
            database.execute(over, (now, now))
            row = database.execute(
                f"SELECT {_COLUMNS} FROM deliveries d JOIN alerts a ON a.number = d.alert WHERE a.case_key = ? AND a.paused = 0"
                " AND (d.state = 'waiting' AND d.due <= ? OR d.state = 'sending' AND d.lease <= ?) ORDER BY d.due LIMIT 1",
                (case_key, now, now),
            ).fetchone()
            if row is None:
                return None
            found = Delivery(*row)
            database.execute(
                "UPDATE deliveries SET state = 'sending', lease = ?, tries = tries + 1 WHERE id = ?", (now + LEASE_S, found.id)
            )
            database.execute("INSERT INTO tries VALUES (?, ?, ?, '')", (found.id, found.tries + 1, now))
        return replace(found, state="sending", tries=found.tries + 1)

    def note(self, sent: Delivery, outcome: Outcome, now: float) -> None:
        """How a try ended. What can still succeed waits, longer each time; the rest is given up."""
        due = now + wait_of(sent.tries, outcome.wait)
        state: State = "done" if outcome.done else "waiting" if outcome.temporary and due < sent.until else "given up"
        with self.house.writing() as database:
            database.execute("UPDATE tries SET outcome = ? WHERE delivery = ? AND number = ?", (outcome.words[:300], sent.id, sent.tries))
            database.execute(
                "UPDATE deliveries SET state = ?, due = ? WHERE id = ? AND state = 'sending' AND tries = ?",
                (state, due, sent.id, sent.tries),
            )

    def next_due(self, case_key: str) -> float | None:
        """When the next delivery of a case is due, or the next lease runs out; None where nothing waits."""
        found = self.house.rows(
            "SELECT MIN(CASE d.state WHEN 'waiting' THEN d.due ELSE d.lease END) FROM deliveries d JOIN alerts a ON a.number = d.alert"
            " WHERE a.case_key = ? AND a.paused = 0 AND d.state IN ('waiting', 'sending')",
            case_key,
        )
        return found[0][0] if found else None

    def again(self, alert: int, now: float) -> int:
        """Tries what waits of an alert or was given up at once, and some time longer; how many there are."""
        sql = "UPDATE deliveries SET state = 'waiting', due = ?, until = MAX(until, ?) WHERE alert = ? AND state IN ('waiting', 'given up')"
        with self.house.writing() as database:
            return database.execute(sql, (now, now + AGAIN_S, alert)).rowcount

    def of(self, alert: int, limit: int = 20) -> list[Delivery]:
        """The deliveries of an alert, the latest first."""
        sql = f"SELECT {_COLUMNS} FROM deliveries d WHERE d.alert = ? ORDER BY d.made DESC, d.id LIMIT ?"
        return [Delivery(*row) for row in self.house.rows(sql, alert, limit)]

    def tries(self, delivery: str) -> list[Try]:
        """The tries of a delivery, the first first."""
        return [Try(*row) for row in self.house.rows("SELECT number, at, outcome FROM tries WHERE delivery = ? ORDER BY number", delivery)]

    def open_ones(self, alert: int) -> int:
        """How many deliveries of an alert are still to be made."""
        found = self.house.rows("SELECT COUNT(*) FROM deliveries WHERE alert = ? AND state IN ('waiting', 'sending')", alert)
        return int(found[0][0]) if found else 0


def wait_of(tries: int, asked: float | None = None) -> float:
    """Seconds until the next try: doubled each time up to some hours, half of it by chance, never less than the other side asked for."""
    usual: float = min(_FIRST_WAIT_S * 2.0 ** min(tries - 1, 16), _LONGEST_WAIT_S)
    chance = secrets.randbelow(1000) / 1000
    return max(usual * (0.5 + chance / 2), asked or 0.0)


def made(alert: int, channel: Channel, target: str, about: str, body: bytes, identity: str, now: float | None = None) -> Delivery:
    """A delivery that waits to be sent."""
    at = time.time() if now is None else now
    return Delivery(identity, alert, channel, target, at, at, at + PATIENCE_S, "waiting", 0, about, body)
