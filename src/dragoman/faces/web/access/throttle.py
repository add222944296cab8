"""How often somebody may try to sign in: after some wrong passwords each further attempt waits longer, for the account and the address.

A name that no account has is treated as one that has, so that nobody learns from waiting which names there are.
"""

from __future__ import annotations

import ipaddress
import time

from dragoman.faces.web.access.accounts import key_of
from dragoman.faces.web.access.house import House

FREE = {"account": 5, "address": 20}
"""So many wrong passwords cost no waiting."""
FIRST_S, LONGEST_S = 15.0, 900.0
FADES_S = 600.0
"""After so long one wrong password is forgotten: an office behind one address does not gather them for weeks."""
FORGOTTEN_S = 24 * 3600.0
_MOST_ROWS = 20_000


def attempt(house: House, name: str, address: str) -> float:
    """How long to wait, in seconds; 0 where it may be tried now, which then counts as wrong until `succeeded`."""
    now = time.time()
    keys = _keys(name, address)
    with house.writing() as database:
        database.execute("DELETE FROM attempts WHERE last < ?", (now - FORGOTTEN_S,))
        kept = dict.fromkeys(keys, (0, 0.0))
        for key, count, last in database.execute("SELECT key, count, last FROM attempts WHERE key IN (?, ?)", keys):
            kept[key] = (max(count - int((now - last) // FADES_S), 0), last)
        if (wait := max(last + _delay(key, count) - now for key, (count, last) in kept.items())) > 0:
            return wait
        database.executemany(
            "INSERT INTO attempts VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET count = excluded.count, last = excluded.last",
            [(key, count + 1, now) for key, (count, _) in kept.items()],
        )
        too_many = "SELECT key FROM attempts ORDER BY last DESC LIMIT -1 OFFSET ?"
        database.execute(f"DELETE FROM attempts WHERE key IN ({too_many})", (_MOST_ROWS,))
    return 0.0


def succeeded(house: House, name: str, address: str) -> None:
    """The password was right: the account's wrong ones are forgotten, the address' are not."""
    account, place = _keys(name, address)
    with house.writing() as database:
        database.execute("DELETE FROM attempts WHERE key = ?", (account,))
        database.execute("UPDATE attempts SET count = max(count - 1, 0) WHERE key = ?", (place,))


def _delay(key: str, count: int) -> float:
    over = count - FREE[key.partition(" ")[0]]
    return 0.0 if over < 0 else min(FIRST_S * 2.0 ** min(over, 10), LONGEST_S)


def _keys(name: str, address: str) -> tuple[str, str]:
    return f"account {key_of(name)[:200]}", f"address {_network(address)}"


def _network(address: str) -> str:
    """An address of IPv6 stands for its network: whoever has one has very many."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:60]
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)
