"""A made-up case with everything in it that an export has to carry: decisions, copies, odd characters, several readings, notes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dragoman.case.case import Case
from dragoman.case.judgements import Place
from dragoman.reading.entries import Reading
from dragoman.reading.wire import to_json
from dragoman.text.loaded import Loaded
from tests.case.following import NOON, crisis, loaded, read

ODD = "Tarvo \x1b[31m\u202eport\ud800\x00 was shut. =1+1 is no sum. Grain lay about. The Islander's man saw it all from the roof."


def talks() -> Reading:
    """A report of what was promised, threatened, demanded and denied."""
    text = (
        "The Port Union met the Kora Guard in Tarvo. The Kora Guard promised to free the pilots. "
        "The Port Union demanded that the Kora Guard leave. The Kora Guard threatened to shell the mole. "
        "The Kora Guard never bombed the mole, it said. The Port Union accused the Kora Guard of theft."
    )
    return read(
        text, "2026-03-12", "=Courier",
        ("Port Union", "met", "Kora Guard", "CONSULT", "occurred"),
        ("Kora Guard", "free", "Port Union", "RETREAT", "promised"),
        ("Port Union", "leave", "Kora Guard", "RETREAT", "demanded"),
        ("Kora Guard", "shell", "Port Union", "ASSAULT", "threatened"),
        ("Kora Guard", "bombed", "Port Union", "ASSAULT", "denied"),
        ("Port Union", "accused", "Kora Guard", "ACCUSE", "occurred"),
    )  # fmt: skip


def eventful_case(location: str | Path) -> Case:
    """The case, open; begun at `location`."""
    case = Case.open(location, create=True, by="dragoman 9.9")
    for reading in (*crisis(), talks()):
        case.add(loaded(reading.report), reading, NOON, {"feed:https://news.example/": '{"etag": "x"}'})
    odd = read(ODD, "2026-03-10", "Islander", ("Islander", "saw", "", "ACCUSE", "hypothetical"))
    case.add(Loaded(odd.report, b"\xff\xfe raw \x00 bytes", "text/html", "odd.html"), odd, NOON)
    case.settle()
    _decide(case)
    with case.store.transaction():
        first = replace(crisis()[0], notices=("Read again.",))
        case.store.put_reading(first.report.id, to_json(first), by="dragoman 10", at="2026-03-20T12:00:00Z")
    case.settle()
    return case


def _decide(case: Case) -> None:
    judge = case.judge("Ada")
    link = next(kept.link for kept in case.store.links(kinds=("same_event",)))
    judge.undo(judge.link(link.id, False, "another attack", NOON), "no, it is not", NOON)
    (guard,) = case.found("actor", "kora")
    judge.rename(guard.id, "Guard of Kora \u202e", "they call themselves so", NOON)
    (seen,) = [telling for telling in case.timeline() if telling.event.status == "hypothetical"]
    judge.reject(seen.event.id, "nothing", NOON)
    siege = case.timeline()[0].event
    judge.split(siege.id, [Place(siege.claims[-1].report, siege.claims[-1].event)], "", NOON)
    with case.store.transaction():
        case.store.supersede(link.id, "2026-03-21T12:00:00Z")
