"""What a reviewer did in this sitting: what was put off, and what was decided last, so that one key takes it back.

It is kept in memory and ends with the workspace: putting off is no judgement, and what was decided stands in the log of the case.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

_MOST_PEOPLE, _MOST_ACTS, _MOST_SKIPPED = 200, 300, 2000


@dataclass(frozen=True)
class Act:
    """Something done: `said` in a few words, about `items`, with the decisions that were taken (none: the item was put off)."""

    items: tuple[str, ...]
    said: str
    decisions: tuple[str, ...] = ()


@dataclass
class _Trail:
    skipped: OrderedDict[str, None] = field(default_factory=OrderedDict)
    acts: list[Act] = field(default_factory=list)


class Trails:
    """The sittings of all reviewers, by case and name; safe to use from several threads."""

    def __init__(self) -> None:
        self._of: OrderedDict[tuple[str, str], _Trail] = OrderedDict()
        self._lock = threading.Lock()

    def _trail(self, case: str, name: str) -> _Trail:
        trail = self._of.setdefault((case, name), _Trail())
        self._of.move_to_end((case, name))
        while len(self._of) > _MOST_PEOPLE:
            self._of.popitem(last=False)
        return trail

    def skipped(self, case: str, name: str) -> frozenset[str]:
        """What somebody has put off."""
        with self._lock:
            return frozenset(self._trail(case, name).skipped)

    def last(self, case: str, name: str) -> Act | None:
        """What somebody did last."""
        with self._lock:
            acts = self._trail(case, name).acts
            return acts[-1] if acts else None

    def skip(self, case: str, name: str, item: str) -> None:
        """Puts a question off."""
        with self._lock:
            trail = self._trail(case, name)
            trail.skipped[item] = None
            while len(trail.skipped) > _MOST_SKIPPED:
                trail.skipped.popitem(last=False)
            _note(trail, Act((item,), f"{item} put off"))

    def did(self, case: str, name: str, act: Act) -> None:
        """Notes what was decided."""
        with self._lock:
            trail = self._trail(case, name)
            for item in act.items:
                trail.skipped.pop(item, None)
            _note(trail, act)

    def take_back(self, case: str, name: str) -> Act | None:
        """Takes off what was done last; a question that was put off is asked again."""
        with self._lock:
            trail = self._trail(case, name)
            if not trail.acts:
                return None
            act = trail.acts.pop()
            if not act.decisions:
                for item in act.items:
                    trail.skipped.pop(item, None)
            return act

    def ask_again(self, case: str, name: str) -> None:
        """Asks everything that was put off."""
        with self._lock:
            self._trail(case, name).skipped.clear()


def _note(trail: _Trail, act: Act) -> None:
    trail.acts.append(act)
    del trail.acts[:-_MOST_ACTS]


TRAILS = Trails()
"""Those of this process."""
