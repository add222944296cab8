"""Promises, plans, threats and demands: a board by state, each with the evidence that the reports give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from dragoman.case.case import Case
from dragoman.case.judgements import State
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.problems import senseless
from dragoman.faces.web.told import Promise, promises, undertaken
from dragoman.reading.wording import one_line

_MOST = 25
MEANINGS: dict[State, str] = {
    "stalled": "its day has passed, no end is told",
    "in the works": "begun, or agreed to",
    "kept": "it came about",
    "compromise": "kept in part",
    "broken": "called off or refused",
    "not yet rated": "nothing bears on it yet",
}
KINDS = ("promise", "plan", "threat", "demand")


@dataclass(frozen=True)
class Column:
    """A state with the commitments in it; `count` are all of them, `cards` those shown."""

    state: State
    meaning: str
    count: int
    cards: tuple[Promise, ...]


def show(case: Case, asked: Asked) -> Page:
    """The board."""
    kind, only = asked.address.get("kind"), asked.address.get("state")
    if kind is not None and kind not in KINDS:
        raise senseless(f"kind is {one_line(kind)!r}; expected one of {', '.join(KINDS)}.")
    if only is not None and only not in get_args(State):
        raise senseless(f"state is {one_line(only)!r}; expected one of {', '.join(get_args(State))}.")
    found = [c for c in undertaken(case, asked.filters) if kind in (None, c.kind)]
    most = _MOST if only is None else len(found)
    columns = []
    for state, meaning in MEANINGS.items():
        here = [c for c in found if c.state == state]
        if only in (None, state):
            columns.append(Column(state, meaning, len(here), tuple(promises(case, here[:most], asked.filters))))
    values = {"columns": columns, "count": len(found), "kinds": KINDS, "kind": kind, "only": only}
    return Page("Promises, plans, threats and demands", values)
