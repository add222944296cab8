"""Pages that are made once for all visitors of a role: a stand-in asks for them, and its marks become the name and the token of each.

Twenty people who open the same chronology then cost as much as one. The marks are drawn anew by each process, so that no report can
hold them.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator

from markupsafe import escape

from dragoman.faces.web.access.visitor import Visitor
from dragoman.reading.wording import printable

_NAME, _TOKEN = (f"{secrets.token_hex(20)}-{what}" for what in ("name", "token"))


def stand_in(visitor: Visitor) -> Visitor:
    """Who asks for a page that is the same for all visitors of this kind."""
    return Visitor(_NAME if visitor.name else "", visitor.role, _TOKEN, visitor.signed_in, visitor.by_token)


def told_to(visitor: Visitor, text: str) -> str:
    """The page (HTML) that a stand-in was given, as this visitor is to see it."""
    return text.replace(_NAME, escape(printable(visitor.name))).replace(_TOKEN, escape(visitor.form_token))


class Lately:
    """The kinds of visitors who came last, as their stand-ins; safe to use from several threads."""

    def __init__(self, most: int = 3) -> None:
        self._most = most
        self._kinds: OrderedDict[Visitor, None] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, kind: Visitor) -> None:
        """Somebody of a kind has come."""
        with self._lock:
            self._kinds[kind] = None
            self._kinds.move_to_end(kind)
            while len(self._kinds) > self._most:
                self._kinds.popitem(last=False)

    def __iter__(self) -> Iterator[Visitor]:
        with self._lock:
            kinds = [*reversed(self._kinds)]
        return iter(kinds)
