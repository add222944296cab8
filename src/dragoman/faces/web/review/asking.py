"""Which part of the queue an address asks for, and the way back to it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.case.reviewing import REASONS, UNCERTAIN, Wanted
from dragoman.faces.web.address import Address
from dragoman.faces.web.problems import senseless
from dragoman.faces.web.state import once
from dragoman.reading.wording import one_line

TAKES = ("actor", "thread", "reason", "from_score", "below", "publisher", "second")
"""What the pages of the review take."""
_MOST_PUBLISHERS = 200


def wanted(address: Address, filters: Filters, by: str) -> Wanted:
    """The part of the queue that an address asks for. Raises Refused and QueryError."""
    given = (address.get("reason") or "").split(",") if address.get("reason") else []
    reasons = tuple(reason for reason in REASONS if reason in given)
    if any(reason not in REASONS for reason in given):
        raise senseless(f"reason is {one_line((address.get('reason') or '')[:40])!r}; expected some of {', '.join(REASONS)}.")
    low, high = _score(address, "from_score", 0.0), _score(address, "below", UNCERTAIN)
    second = address.get("second") is not None
    if second and address.get("second") != "1":
        raise senseless("second is either 1 or left out.")
    return Wanted(reasons, low, high, address.get("publisher"), filters.actor, filters.thread, by, second)


def _score(address: Address, name: str, default: float) -> float:
    given = address.get(name)
    if given is None:
        return default
    try:
        found = float(given)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 2:
        raise senseless(f"{name} is {one_line(given[:40])!r}; expected a number from 0 to 1, or 2 below which everything is.")
    return found


def publishers(case: Case) -> tuple[str, ...]:
    """Those who publish reports of the case, in the order of their names."""
    return once(case, "publishers of the review", lambda: _publishers(case))


def _publishers(case: Case) -> tuple[str, ...]:
    return tuple(sorted(found.publisher for found in case.store.counts().publishers(Filters()) if found.publisher)[:_MOST_PUBLISHERS])


def way_back(given: str, default: str = "/review") -> Address:
    """The address that a form wants to come back to, if it is one of the workspace; else `default`."""
    parts = urlsplit(given if given.startswith("/") and not given.startswith(("//", "/\\")) and given.isprintable() else default)
    if parts.scheme or parts.netloc:
        parts = urlsplit(default)
    return Address(parts.path, dict(parse_qsl(parts.query)))
