"""Two made-up crises with hand-made readings of a few sentences: what a case is tested with without the language model."""

from __future__ import annotations

import re
from datetime import date

from dragoman.reading.entries import Actor, Event, EventType, Reading, Status, When
from dragoman.text.loaded import Loaded
from dragoman.text.report import Report, Span

NOON = "2026-03-01T12:00:00Z"


def loaded(report: Report) -> Loaded:
    """The report as an input gives it."""
    return Loaded(report, report.text.encode(), "text/plain", f"{report.source_id}.txt")


def read(text: str, day: str, publisher: str, *acts: tuple[str, str, str, EventType, Status]) -> Reading:
    """A reading with one event for each act: who, trigger, to whom, type and status; each is found in the text by its words."""
    report = Report(text, title=text.split(".")[0], publisher=publisher, published=date.fromisoformat(day), source_id=f"{day}-{publisher}")
    names = list(dict.fromkeys(name for who, _, whom, *_ in acts for name in (who, whom) if name))
    actors = tuple(Actor(f"a{n}", name, "organization", "VEL", ("GOV",), (), (_span(text, name),)) for n, name in enumerate(names, 1))
    ids = {actor.name: actor.id for actor in actors}
    events = tuple(_event(text, day, n, act, ids) for n, act in enumerate(acts, 1))
    return Reading(report, actors, events=events)


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _event(text: str, day: str, number: int, act: tuple[str, str, str, EventType, Status], ids: dict[str, str]) -> Event:
    who, trigger, whom, kind, status = act
    at = _span(text, trigger)
    sentence = next(Span(m.start(), m.end()) for m in re.finditer(r"[^.]+\.", text) if m.start() <= at.start < m.end())
    sides = (tuple(ids[name] for name in (name,) if name) for name in (who, whom))
    return Event(f"e{number}", kind, None, at, sentence, status, (), None, *sides, None, When(day, day), (), (), kind, 0.8)


def crisis() -> list[Reading]:
    """Four reports: a siege told by two, a copy of the first, and its end."""
    siege = (
        "The Kora Guard shelled the harbour of Tarvo on Monday. "
        "Smoke stood over the grain stores and the old customs house all day, and the ferries to the islands did not sail."
    )
    other = (
        "Tarvo: the Kora Guard shelled the harbour and its grain stores, witnesses told the Islander by telephone from the customs house."
    )
    end = "The Kora Guard withdrew from the harbour of Tarvo. Grain ships came in again, the port office said."
    return [
        read(siege, "2026-03-02", "Courier", ("Kora Guard", "shelled", "", "ASSAULT", "occurred")),
        read(siege + " More follows.", "2026-03-02", "Evening Mail", ("Kora Guard", "shelled", "", "ASSAULT", "occurred")),
        read(other, "2026-03-02", "Islander", ("Kora Guard", "shelled", "", "ASSAULT", "occurred")),
        read(end, "2026-03-09", "Courier", ("Kora Guard", "withdrew", "", "RETREAT", "occurred")),
    ]
