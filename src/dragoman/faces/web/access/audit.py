"""The audit: who came in, who was turned away, what was done to accounts, and who decided what; bounded, the latest first."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from dragoman.errors import StoreError
from dragoman.faces.web.access.accounts import moment
from dragoman.faces.web.access.house import House
from dragoman.reading.wording import one_line

Kind = Literal["signed in", "signed out", "wrong password", "held back", "refused", "account", "token", "decision", "alert"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_REFUSED: tuple[Kind, ...] = ("wrong password", "held back", "refused")
MOST = 5_000
"""So many lines of each kind are kept: a flood of one kind washes no other away."""
_TOGETHER_S = 600.0
_LONGEST = 300
_COLUMNS = "at, last, kind, name, address, about, case_key, times"


@dataclass(frozen=True)
class Note:
    """Something that happened: first `at` and `last`, so many `times`; `name` is who did it, `address` from where."""

    at: str
    last: str
    kind: Kind
    name: str
    address: str
    about: str
    case_key: str
    times: int


def note(house: House, kind: Kind, name: str, address: str, about: str = "", case_key: str = "") -> None:
    """Writes down what happened. What was refused is counted, not written again, where the same was refused within ten minutes."""
    told = (kind, *(one_line(value)[:_LONGEST] for value in (name, address, about, case_key)))
    now = time.time()
    with house.writing() as database:
        if kind in _REFUSED:
            again = database.execute(
                """UPDATE audit SET times = times + 1, last = ? WHERE number = (SELECT max(number) FROM audit
                   WHERE kind = ? AND name = ? AND address = ? AND about = ? AND case_key = ? AND at >= ?)""",
                (_moment(now), *told, _moment(now - _TOGETHER_S)),
            )  # fmt: skip
            if again.rowcount:
                return
        database.execute(
            "INSERT INTO audit (at, last, kind, name, address, about, case_key) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (_moment(now), _moment(now), *told),
        )
        oldest = "SELECT number FROM audit WHERE kind = ? ORDER BY number DESC LIMIT 1 OFFSET ?"
        database.execute(f"DELETE FROM audit WHERE kind = ? AND number <= ({oldest})", (kind, kind, MOST))


def noted(house: House, kind: Kind, name: str, address: str, about: str = "", case_key: str = "") -> None:
    """As `note`, for what is done already: it stays done where nothing can be written now."""
    with suppress(StoreError):
        note(house, kind, name, address, about, case_key)


def notes(house: House, kinds: Sequence[Kind] = (), name: str = "", start: int = 0, count: int = 100) -> tuple[list[Note], int]:
    """What is written down, the latest first, from `start` on; and how much there is in all."""
    wanted = tuple(kinds) or KINDS
    where = f"WHERE kind IN ({', '.join('?' * len(wanted))}) AND (? = '' OR name = ?)"
    values = (*wanted, name, name)
    found = house.rows(f"SELECT {_COLUMNS} FROM audit {where} ORDER BY number DESC LIMIT ? OFFSET ?", *values, count, start)
    total = house.rows(f"SELECT count(*) FROM audit {where}", *values)
    return [Note(*row) for row in found], int(total[0][0]) if total else 0


def names(house: House) -> list[str]:
    """All who are named."""
    return [str(name) for (name,) in house.rows("SELECT DISTINCT name FROM audit WHERE name <> '' ORDER BY name LIMIT 500")]


def _moment(seconds: float) -> str:
    return moment(datetime.fromtimestamp(seconds, UTC))
