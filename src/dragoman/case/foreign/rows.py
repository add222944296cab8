"""A row of another data set as a small report: one sentence, one event, and a statement of the data set that holds it.

The sentence is made of the row, and all that is read from it points at its characters. The speaker is the data set, so that what it
says is a claim like any other; the row's own bytes are kept beside the report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.case.foreign.sets import title_of
from dragoman.lexicons.load import load
from dragoman.reading.actors.codes import SECTORS, countries
from dragoman.reading.entries import Actor, Event, EventType, Figure, Kind, Reading, Statement, Time, When
from dragoman.reading.wording import one_line, shortened
from dragoman.text.report import Report, Span

MOST_PARTIES = 12
"""Actors of one side that are taken; more stand only in the row's bytes."""
_LONGEST = 160
_ADDRESS = 2000
_FORMULA = ("'=", "'+", "'-", "'@")
_NOTHING = frozenset({"NA", "N/A", "NaN", "nan", "NaT", "None", "NULL", "null"})
"""What other programs write for an empty cell."""
_CONFIDENCE = 0.5  # no data set says how sure it is of a row


class BadRow(Exception):
    """A row that cannot be taken; the text says what was found and expected, `kind` under what such rows are counted."""

    def __init__(self, found: str, kind: str) -> None:
        super().__init__(found)
        self.kind = kind


class NoEvent(Exception):
    """A sound row of which PLOVER has no event; the text names the kind."""


@dataclass(frozen=True)
class Party:
    """Who takes part: a name as the row has it, an ISO 3166-1 alpha-3 code, PLOVER sectors."""

    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """What is taken of a row. `called` is the data set's own word for the kind; `day` an ISO day or "" where none is told."""

    id: str
    called: str
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    initiators: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    day: str = ""
    inferred: bool = False
    published: date | None = None
    place: str = ""
    url: str | None = None
    dead: int | None = None


# --- cells


def cell(text: str | None) -> str:
    """A cell on one line, cut, without the apostrophe that our exports put before a formula; "" for what stands for nothing."""
    found = one_line((text or "")[: _ADDRESS * 2]).strip()
    return "" if found in _NOTHING else shortened(found[1:] if found.startswith(_FORMULA) else found, _LONGEST)


def whole(text: str | None) -> str:
    """A cell with a whole number, which some programs write with ".0" behind."""
    return cell(text).removesuffix(".0")


def identity(text: str | None) -> str:
    """The id of a row. Raises BadRow."""
    if not (found := whole(text)):
        raise BadRow("the row has no id", "no id")
    return found


def day(text: str | None, what: str) -> str:
    """An ISO day of YYYYMMDD, YYYY-MM-DD or a moment that begins so; "" of nothing. Raises BadRow."""
    found = whole(text)
    if not found:
        return ""
    match = re.match(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})(?=[T ]|[0-9]{6}$|$)", found)
    try:
        if match is None:
            raise ValueError
        return date(int(match[1]), int(match[3]), int(match[4])).isoformat()
    except ValueError:
        raise BadRow(
            f"found {ascii(found)[:40]} as {what}; expected a day of the calendar, such as 2006-12-01", f"no day as {what}"
        ) from None


def address(text: str | None) -> str | None:
    """A web address; None where there is none."""
    found = one_line((text or "")[: _ADDRESS + 1])
    return found if found.startswith(("http://", "https://")) and len(found) <= _ADDRESS else None


def number_of_dead(text: str | None) -> int | None:
    """A count of the dead; None of nothing, and of 0, which data sets write for "none is told" too. Raises BadRow."""
    found = whole(text)
    if not found:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", found):
        raise BadRow(f"found {ascii(found)[:40]} as the number of dead; expected a whole number", "no number of dead")
    return int(found) or None


def country_of(text: str | None) -> str | None:
    """The code, where it is one that we know."""
    found = cell(text)
    return found if found in countries() else None


def sectors_of(texts: Iterable[str | None]) -> tuple[str, ...]:
    """The codes that are PLOVER sectors, each once."""
    return tuple(dict.fromkeys(found for text in texts if (found := cell(text)) in SECTORS))


def state_name(country: str | None) -> str | None:
    """The usual name of a state; None for bodies and what we do not know."""
    state = load("states")["states"].get(country or "")
    return str(state["names"][0]) if state else None


# --- the report


class _Sentence:
    """A sentence on its way, with the spans of its parts."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, words: str, before: str = "") -> Span:
        start = len(self.text) + len(before)
        self.text += before + words
        return Span(start, len(self.text))


def read_row(row: Row, source: str, persons: Collection[str] = ()) -> tuple[Report, Reading]:
    """The report that a row of the data set `source` becomes, and its reading.

    No data set says what is a person: those are whose names, case-folded, stand in `persons`."""
    told = _Sentence()
    actors = [Actor("a1", source, "organization", None, (), (), (told.put(source),))]
    told.put(f"event {row.id}", ", ")
    start = len(told.text) + 2
    before = ": "
    ids: dict[str, list[str]] = {"initiators": [], "recipients": []}
    for side, parties in (("initiators", row.initiators), ("recipients", row.recipients)):
        for party in parties[:MOST_PARTIES]:
            actors.append(_actor(f"a{len(actors) + 1}", party, told.put(party.name, before), persons))
            ids[side].append(actors[-1].id)
            before = "; "
        if side == "initiators" and row.recipients:
            told.put("→", " " if row.initiators else ": ")
            before = " "
    trigger = told.put(row.called, ", " if ids["initiators"] or ids["recipients"] else ": ")
    time = Time("t1", *told.put(row.day, ", "), "DATE", row.day) if row.day else None
    if row.place:
        told.put(row.place, ", ")
    figure = _dead(row.dead, told) if row.dead else None
    content = Span(start, len(told.text))
    told.put(".")
    event = _event(row, trigger, Span(0, len(told.text)), ids, figure)
    saying = Statement("s1", "a1", actors[0].mentions, (), (content,), "indirect", "named", None, None)
    report = Report(told.text, title_of(source, row.id), source, row.published, row.url, row.id)
    return report, Reading(report, tuple(actors), (time,) if time else (), (figure,) if figure else (), (saying,), (event,))


def _actor(identity: str, party: Party, span: Span, persons: Collection[str]) -> Actor:
    state = _state(party)
    kind: Kind = "country" if state else "person" if party.name.casefold() in persons else "organization"
    return Actor(identity, state or party.name, kind, party.country, party.sectors, (), (span,))


def _state(party: Party) -> str | None:
    """The usual name of the state that a party is: by its name or code, without sectors also by its people or its seat ("MOSCOW")."""
    known = load("states")["states"].get(party.country or "")
    if not known:
        return None
    names = [party.country, *known["names"]]
    if not party.sectors:
        names += [*known.get("people", ()), *known.get("seats", ())]
    return str(known["names"][0]) if party.name.casefold() in map(str.casefold, names) else None


def _dead(dead: int, told: _Sentence) -> Figure:
    span = told.put(f"{dead} dead", ", ")
    return Figure("f1", span.start, span.end, dead, dead, "person", "dead", False)


def _event(row: Row, trigger: Span, sentence: Span, ids: dict[str, list[str]], figure: Figure | None) -> Event:
    return Event(
        "e1", row.type, row.mode, trigger, sentence, "occurred", (), None, tuple(ids["initiators"]), tuple(ids["recipients"]),
        row.place or None, When(row.day, row.day, row.inferred) if row.day else None, ("s1",), ("f1",) if figure else (), row.type,
        _CONFIDENCE, row.contexts,
    )  # fmt: skip
