"""The ledger of alerts in the house: the alerts of each case, what they have found, and up to where they have looked.

A match is kept under the key of what is new, once for each alert, together with the mark up to which the alert has looked: a crash
leaves both or neither, and of two programs that look at the same time one finds nothing to keep.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from dragoman.case.news import Wanted
from dragoman.errors import InputError
from dragoman.faces.alerts.alert import Alert, Channel, Where, saved, wanted_of
from dragoman.faces.web.access.house import House

MOST_ALERTS = 200
"""Of one case: each costs a look whenever reports were added."""
_MOST_KEPT = 2000
"""Matches of one alert that are kept, the last."""
_LAST_NUMBER = 2**63 - 1
"""SQLite takes no greater one, not even in a question."""
_COLUMNS = (
    "number, uuid, case_key, name, owner, wanted, webhook, private, mail, digest, secret, feed_key, made, mark, from_day, paused, looked,"
    " problem, secret_at"
)


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """A match as it is told: plain values, cut to a length, made printable.

    `sentence` is cut as (before, marked words, after); `report` the id of the report, `mark` where the sentence stands in its text.
    `more` counts what was found but is not told one by one.
    """

    kind: str
    item: str = ""
    what: str = ""
    title: str = ""
    sentence: tuple[str, str, str] = ("", "", "")
    note: str = ""
    report: str = ""
    mark: str = ""
    publisher: str = ""
    report_title: str = ""
    published: str = ""
    more: int = 0


def told_of_more(kind: str, more: int) -> Told:
    """What stands for so many that are not told one by one."""
    return Told(kind, what="more", title=f"{more:,} more that are not told one by one", more=more)


@dataclass(frozen=True)
class Match:
    """Something that an alert has found: `number` counts up, `key` tells what it is, `found` when (ISO, UTC)."""

    number: int
    key: str
    found: str
    told: Told


class Ledger:
    """The alerts in one house."""

    def __init__(self, house: House) -> None:
        self.house = house

    # --- alerts

    def add(
        self, case_key: str, name: str, owner: str, wanted: Wanted, where: Where, mark: str, from_day: str = "", now: datetime | None = None
    ) -> Alert:
        """A new alert that has looked up to `mark`. Raises InputError where the case has too many, or one of this name."""
        with self.house.writing() as database:
            names = [row[0] for row in database.execute("SELECT name FROM alerts WHERE case_key = ?", (case_key,))]
            if len(names) >= MOST_ALERTS:
                raise InputError("alerts", f"this case has {len(names)}", "remove one first")
            if name.casefold() in (known.casefold() for known in names):
                raise InputError("name", f"there is an alert {name!r} already", "give another name, or change that one")
            number = database.execute(
                "INSERT INTO alerts (uuid, case_key, name, owner, wanted, webhook, private, mail, digest, secret, feed_key, made, mark,"
                " from_day, secret_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    str(uuid.uuid4()), case_key, name, owner, _json(saved(wanted)), where.webhook, int(where.private), where.mail,
                    where.digest, secrets.token_hex(24), new_key(), moment(now), mark, from_day, moment(now),
                ),
            ).lastrowid  # fmt: skip
        return self.alert(case_key, int(number or 0))

    def of_case(self, case_key: str) -> list[Alert]:
        """The alerts of a case, the first made first."""
        return [_alert(row) for row in self.house.rows(f"SELECT {_COLUMNS} FROM alerts WHERE case_key = ? ORDER BY number", case_key)]

    def alert(self, case_key: str, number: int) -> Alert:
        """One alert. Raises InputError if the case has none of this number."""
        sql = f"SELECT {_COLUMNS} FROM alerts WHERE case_key = ? AND number = ?"
        found = self.house.rows(sql, case_key, number) if number <= _LAST_NUMBER else []
        if not found:
            raise InputError("alert", f"this case has no alert {number}", "`dragoman alert CASE list` shows all")
        return _alert(found[0])

    def change(self, alert: Alert, name: str, wanted: Wanted, where: Where) -> None:
        """Says what an alert is called, wants, and where it tells. What waits for an address that is given up is not sent there."""
        with self.house.writing() as database:
            taken = database.execute(
                "SELECT 1 FROM alerts WHERE case_key = ? AND number <> ? AND name = ? COLLATE NOCASE", (alert.case_key, alert.number, name)
            ).fetchone()
            if taken:
                raise InputError("name", f"there is an alert {name!r} already", "give another name")
            database.execute(
                "UPDATE alerts SET name = ?, wanted = ?, webhook = ?, private = ?, mail = ?, digest = ? WHERE number = ?",
                (name, _json(saved(wanted)), where.webhook, int(where.private), where.mail, where.digest, alert.number),
            )
            self._moved(database, alert, "webhook", alert.where.webhook, where.webhook)
            self._moved(database, alert, "mail", alert.where.mail, where.mail)

    def _moved(self, database: Any, alert: Alert, channel: Channel, before: str, now: str) -> None:
        """What is not yet sent goes to the new address; a channel that is opened begins with what comes."""
        if before == now:
            return
        if before:
            open_ones = "SELECT id FROM deliveries WHERE alert = ? AND channel = ? AND state IN ('waiting', 'sending')"
            database.execute(f"DELETE FROM tellings WHERE delivery IN ({open_ones})", (alert.number, channel))
            database.execute(f"UPDATE deliveries SET state = 'withdrawn' WHERE id IN ({open_ones})", (alert.number, channel))
        else:
            database.execute(
                "INSERT OR IGNORE INTO tellings SELECT number, ?, '' FROM matches WHERE alert = ?", (channel, alert.number)
            )  # fmt: skip

    def remove(self, alert: Alert) -> None:
        """Forgets an alert with all that it has found and sent."""
        with self.house.writing() as database:
            database.execute("DELETE FROM alerts WHERE number = ?", (alert.number,))

    def pause(self, alert: Alert, paused: bool) -> None:
        """Halts an alert, or lets it go on; what came meanwhile is told then."""
        with self.house.writing() as database:
            database.execute("UPDATE alerts SET paused = ? WHERE number = ?", (int(paused), alert.number))

    def new_feed_key(self, alert: Alert) -> None:
        """Gives the feed another address; the one before leads nowhere from now on."""
        with self.house.writing() as database:
            database.execute("UPDATE alerts SET feed_key = ? WHERE number = ?", (new_key(), alert.number))

    def new_secret(self, alert: Alert) -> str:
        """Gives the webhook another secret; returns it."""
        found = secrets.token_hex(24)
        with self.house.writing() as database:
            database.execute("UPDATE alerts SET secret = ?, secret_at = ? WHERE number = ?", (found, moment(), alert.number))
        return found

    # --- what they find

    def looked(
        self, alert: Alert, found: Sequence[tuple[str, Told]], mark: str, *, done: bool = True, now: datetime | None = None
    ) -> int | None:
        """Keeps what an alert has found, with the mark; how many are new, None where another program has looked meanwhile.

        `done`: nothing is left to look at, so that the day from which it was to tell is over with.
        """
        at = moment(now)
        with self.house.writing() as database:
            from_day = "" if done else alert.from_day
            moved = database.execute(
                "UPDATE alerts SET mark = ?, from_day = ?, looked = ?, problem = '' WHERE number = ? AND mark = ? AND from_day = ?",
                (mark, from_day, at, alert.number, alert.mark, alert.from_day),
            )
            if moved.rowcount != 1:
                return None
            new = 0
            for key, told in found:
                kept = database.execute(
                    "INSERT OR IGNORE INTO matches (alert, key, found, told) VALUES (?, ?, ?, ?)",
                    (alert.number, key, at, msgspec.json.encode(told).decode()),
                )
                new += kept.rowcount
            if new:
                self._prune(database, alert)
        return new

    def _prune(self, database: Any, alert: Alert) -> None:
        last = database.execute(
            "SELECT number FROM matches WHERE alert = ? ORDER BY number DESC LIMIT 1 OFFSET ?", (alert.number, _MOST_KEPT)
        ).fetchone()
        if last:
            database.execute("DELETE FROM matches WHERE alert = ? AND number <= ?", (alert.number, last[0]))

    def failed(self, alert: Alert, problem: str) -> None:
        """Notes why an alert could not look; it looks again with the next change."""
        with self.house.writing() as database:
            database.execute("UPDATE alerts SET problem = ? WHERE number = ?", (problem[:500], alert.number))

    def matches(self, alert: Alert, limit: int = 50, offset: int = 0) -> list[Match]:
        """What an alert has found, the latest first."""
        sql = "SELECT number, key, found, told FROM matches WHERE alert = ? ORDER BY number DESC LIMIT ? OFFSET ?"
        return [_match(row) for row in self.house.rows(sql, alert.number, limit, offset)]

    def count(self, alert: Alert) -> int:
        """How many matches are kept."""
        found = self.house.rows("SELECT COUNT(*) FROM matches WHERE alert = ?", alert.number)
        return int(found[0][0]) if found else 0

    def untold(self, alert: Alert, channel: Channel, limit: int) -> list[Match]:
        """What is in no delivery of a channel yet, the first found first."""
        sql = (
            "SELECT number, key, found, told FROM matches m WHERE alert = ? AND NOT EXISTS"
            " (SELECT 1 FROM tellings t WHERE t.match = m.number AND t.channel = ?) ORDER BY number LIMIT ?"
        )
        return [_match(row) for row in self.house.rows(sql, alert.number, channel, limit)]


def _alert(row: Sequence[Any]) -> Alert:
    number, identity, case_key, name, owner, wanted, webhook, private, mail, digest, secret, feed_key, made, mark, from_day, *rest = row
    paused, looked, problem, secret_at = rest
    values: Mapping[str, str] = msgspec.json.decode(wanted)
    where = Where(webhook, bool(private), mail, digest)
    known = wanted_of(values)
    return Alert(
        number,
        identity,
        case_key,
        name,
        owner,
        known,
        where,
        secret,
        secret_at,
        feed_key,
        made,
        mark,
        from_day,
        bool(paused),
        looked,
        problem,
    )


def _match(row: Sequence[Any]) -> Match:
    return Match(row[0], row[1], row[2], msgspec.json.decode(row[3], type=Told))


def new_key() -> str:
    """What opens a feed: nobody guesses it."""
    return secrets.token_urlsafe(24)


def moment(now: datetime | None = None) -> str:
    """A moment as it is kept: ISO date and time in UTC, whatever the clock of this place does in spring and autumn."""
    return (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(values: Mapping[str, str]) -> str:
    return msgspec.json.encode(values).decode()
