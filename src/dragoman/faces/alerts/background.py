"""The watch: while a case is served, its alerts look whenever it has changed, and what is due is sent.

One thread with its own connection to the case, opened only if the case has alerts. Whatever goes wrong is noted at the alert and tried
again; nothing of it reaches the pages.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from dragoman.case.adding import CHANGES
from dragoman.case.case import Case
from dragoman.errors import DragomanError
from dragoman.faces.alerts import delivering
from dragoman.faces.alerts.alert import Alert
from dragoman.faces.alerts.deliveries import Deliveries
from dragoman.faces.alerts.ledger import Ledger
from dragoman.faces.alerts.looking import looked_at
from dragoman.faces.web.access.house import House, case_key, file_mark

EVERY_S = 2.0
"""How often it is asked whether the case has changed."""
_AFTER_TROUBLE_S = 30.0
_PREPARED_EVERY_S = 15.0
"""How often it is asked whether the time of a mail has come, where nothing has changed."""


def run_once(case: Case, ledger: Ledger, address: str = "", stop: threading.Event | None = None) -> tuple[int, int, int]:
    """Looks, writes down what is to be sent, and sends what is due: how many matches were found, messages sent, and tries that failed."""
    ended = stop or threading.Event()
    found = looked_at(case, ledger, lambda: not ended.is_set())
    delivering.prepare(case, ledger, address)
    counts = delivering.deliver(ledger, case_key(case.store.location), stop=ended)
    return found, counts["done"], counts["failed"]


class Watch(threading.Thread):
    """The thread; `end` stops it within the time of one try at most."""

    def __init__(self, location: str, house: House, address: str = "", tell: Callable[[str], None] | None = None) -> None:
        super().__init__(name="dragoman-alerts", daemon=True)
        self._location, self._address = location, address
        self._ledger = Ledger(house)
        self._tell = tell or (lambda _: None)
        self._stop_now = threading.Event()
        self._case: Case | None = None
        self._file: object = None
        self._prepared = -_PREPARED_EVERY_S
        self._seen: object = None

    def end(self) -> None:
        """Ends the thread."""
        self._stop_now.set()
        self.join(timeout=5.0)

    def run(self) -> None:
        """Until it is ended."""
        while not self._stop_now.is_set():
            pause = EVERY_S
            try:
                self._round()
            except DragomanError as problem:
                self._drop()
                self._tell(f"alerts: {problem}")
                pause = _AFTER_TROUBLE_S
            except Exception as problem:  # a fault of ours must not end the watch for good
                self._drop()
                self._tell(f"alerts: a fault of dragoman ({type(problem).__name__}: {problem}); please report it")
                pause = _AFTER_TROUBLE_S
            self._stop_now.wait(pause)
        self._drop()

    def _round(self) -> None:
        key = case_key(self._location)
        if not self._ledger.house.exists() or not (alerts := self._ledger.of_case(key)):
            self._drop()
            return
        if self._file != (found := file_mark(self._location)):  # another case lies there now
            self._drop()
        if self._case is None:
            self._case, self._file = Case.open(self._location), found
        state = (self._case.store.meta(CHANGES), self._case.is_settled(), self._case.store.last_number(), _pending(alerts))
        if state != self._seen:
            looked_at(self._case, self._ledger, lambda: not self._stop_now.is_set())
        if state != self._seen or time.monotonic() >= self._prepared + _PREPARED_EVERY_S:
            delivering.prepare(self._case, self._ledger, self._address)
            self._prepared = time.monotonic()
        self._seen = (*state[:3], _pending(self._ledger.of_case(key)))
        due = Deliveries(self._ledger.house).next_due(key)
        if due is not None and due <= time.time():
            delivering.deliver(self._ledger, key, stop=self._stop_now)

    def _drop(self) -> None:
        case, self._case, self._seen = self._case, None, None
        if case is not None:
            case.close()


def _pending(alerts: Sequence[Alert]) -> object:
    """What of the alerts themselves asks for another look."""
    return [(a.number, a.mark, a.from_day, a.paused, a.wanted) for a in alerts]
