"""What people have corrected, field by field, laid over what was read.

A reading never changes, and neither does what is kept beside an entry: an edit is a decision with the value "field=value", and every
question is answered from the mentions with the standing edits laid over them. So an edit can be taken back at any time, and the
machine's value can always be shown beside it.

An edit of an event ("E5") holds for all its mentions, one of a mention ("<report>:e4") for that one; of two edits of one field the later
holds. The status of an event whose mentions contradict each other is the event's alone: what each report claims stays its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from dragoman.case.deciding import standing
from dragoman.case.judgements import Decision, Place, State
from dragoman.case.linking.stems import words
from dragoman.case.linking.views import interval
from dragoman.case.mentions import fate_of
from dragoman.case.record import EventMention, FigureMention, Mentions
from dragoman.case.store.base import EntryRow
from dragoman.errors import QueryError
from dragoman.reading.entries import Actor, Event, EventType, Figure, Statement, When
from dragoman.reading.plover import MODES, STATUSES, TYPES, code
from dragoman.reading.wording import one_line

EVENT = ("type", "mode", "status", "actor", "recipient", "when", "place")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "E": EVENT, "C": ("state", "due"), "e": (*EVENT, "source"), "f": ("value", "unit", "of", "source"), "s": ("source",),
}  # fmt: skip
"""What can be edited, by the letter of an item (E, C) or of an entry (e, f, s)."""
STATES: tuple[State, ...] = get_args(State)
NONE = "none"
"""The value that takes what a field holds away."""
_CLEARED = frozenset({"mode", "actor", "recipient", "when", "place", "unit", "of", "source", "due"})
_WHOS = frozenset({"actor", "recipient", "source"})
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?|-W\d\d)?")
_BOUND = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_ITEM = re.compile(r"[A-Z]\d{1,9}")
_LONGEST = 200
_PENDING = frozenset({"planned", "promised", "threatened", "demanded"})


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of one target as a person has set it: `value` is None where it was taken away; `order` counts the decisions."""

    field: str
    value: str | None
    decision: Decision
    order: int


Fields = Mapping[str, Edit]
FindActor = Callable[[str], Actor | None]


def target_of(place: Place) -> str:
    """How a decision names an entry."""
    return f"{place.report}:{place.entry}"


def place_of(target: str) -> Place | None:
    """The entry that a decision is about; None where it is about an item."""
    report, colon, entry = target.rpartition(":")
    return Place(report, entry) if colon else None


def spoken_target(text: str) -> str:
    """Targets with commas as people are to see them: of a report's id the first letters."""
    return ",".join(f"{part[:8]}{part[64:]}" if part[64:65] == ":" else part for part in text.split(","))


def letter_of(target: str) -> str:
    """The key of FIELDS for an item's id or an entry's place."""
    place = place_of(target)
    return (place.entry if place else target)[:1]


# --- checking what is typed


def checked(target: str, field: str, value: str, actor: Callable[[str], str]) -> str:
    """The value as it is kept. `actor` gives the id of an actor that the case has. Raises QueryError with what was expected."""
    known = FIELDS.get(letter_of(target), ())
    if field not in known:
        can = f"one of {', '.join(known)}" if known else "the id of an event or a commitment, or a mention as REPORT:ENTRY"
        raise QueryError(f"{one_line(field)!r} cannot be edited here; give {can}")
    value = " ".join(value.split())
    if field in _CLEARED and value.lower() in ("", NONE):
        return NONE
    if field in _WHOS:
        return _whos(field, value, actor)
    ways: Mapping[str, Callable[[str], str]] = {
        "type": lambda v: _one_of("type", v.upper(), TYPES), "status": lambda v: _one_of("status", v.lower(), STATUSES),
        "mode": lambda v: _one_of("mode", v.lower(), sorted({mode for modes in MODES.values() for mode in modes})),
        "state": lambda v: _one_of("state", v.lower(), STATES), "when": _times, "due": _day, "value": _amount,
    }  # fmt: skip
    return ways.get(field, _words)(value)


def _one_of(field: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise QueryError(f"{field}={one_line(value)!r} is not known; choose one of {', '.join(known)}")
    return value


def _whos(field: str, value: str, actor: Callable[[str], str]) -> str:
    names = [part.strip().upper() for part in value.split(",")]
    if not all(_ITEM.fullmatch(name) and name[0] == "A" for name in names) or (field == "source" and len(names) > 1):
        raise QueryError(f"{field}={one_line(value)!r} is no actor of the case; give ids as `dragoman actors` shows them (A4, or A4,A7)")
    return ",".join(dict.fromkeys(actor(name) for name in names))


def _times(value: str) -> str:
    parts = [part.strip() for part in value.upper().split("/")]
    start, end = parts[0], parts[-1]
    written = len(parts) <= 2 and all(map(_DATE.fullmatch, parts))
    first, last = (interval(When(start, start))[0], interval(When(end, end))[1]) if written else (None, None)
    if first is None or last is None or first > last:
        raise QueryError(
            f"when={one_line(value)!r} is no time; give YYYY-MM-DD, YYYY-Www, YYYY-MM or YYYY, or two of them with / in between"
        )
    return start if start == end else f"{start}/{end}"


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise QueryError(f"due={one_line(value)!r} is no day of the calendar; write it as YYYY-MM-DD") from None


def _amount(value: str) -> str:
    low, dots, high = (part.strip() for part in value.partition(".."))
    bounds = [part for part in (low, high) if part]
    wrong = not bounds or not all(map(_BOUND.fullmatch, bounds)) or (low and high and float(low) > float(high))
    if wrong:
        raise QueryError(f"value={one_line(value)!r} is no amount; give 12, 12..15, 12.. (at least) or ..15 (at most)")
    return f"{low}{dots}{high}"


def _words(value: str) -> str:
    if not value or len(value) > _LONGEST:
        raise QueryError(f"this value has {len(value)} characters; give 1 to {_LONGEST}, or {NONE} to take it away")
    return one_line(value)


# --- what stands


class Edits:
    """The edits that stand. An actor that was merged into another is followed to that one."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._of: dict[str, dict[str, Edit]] = {}
        self._merged: dict[str, str] = {}
        for order, decision in enumerate(standing(decisions)):
            if decision.verb == "merge" and decision.value:
                self._merged[decision.value] = decision.target
            if decision.verb == "confirm":  # right as it was read
                self._of.pop(decision.target, None)
            name, sign, value = (decision.value or "").partition("=")
            if decision.verb == "edit" and sign:
                self._of.setdefault(decision.target, {})[name] = Edit(name, None if value == NONE else value, decision, order)

    def __bool__(self) -> bool:
        return bool(self._of)

    @property
    def targets(self) -> frozenset[str]:
        """The items and entries with an edit."""
        return frozenset(self._of)

    def of(self, *targets: str) -> dict[str, Edit]:
        """The edits of an entry and its item: of two of one field the later."""
        found: dict[str, Edit] = {}
        for target in targets:
            for name, edit in self._of.get(target, {}).items():
                if name not in found or found[name].order < edit.order:
                    found[name] = edit
        return found

    def actors(self, edit: Edit) -> tuple[str, ...]:
        """The actors that an edit names, today."""
        return tuple(dict.fromkeys(self._today(name) for name in (edit.value or "").split(",") if name))

    def _today(self, actor: str) -> str:
        seen: set[str] = set()
        while actor in self._merged and actor not in seen:
            seen.add(actor)
            actor = self._merged[actor]
        return actor

    # --- over mentions

    def over(
        self, told: Sequence[Mentions], items: Mapping[Place, str], find: FindActor
    ) -> tuple[tuple[Mentions, ...], Mapping[Place, str]]:
        """Mentions with the edits laid over them, and the memberships with those of the actors that edits name.

        Such an actor stands among a report's actors under its id in the case ("A9"); `find` gives it.
        """
        if not self._of:
            return tuple(told), items
        disputed, known, found = self._disputed(told, items), dict(items), []
        for one in told:
            edited = self._over(one, items, disputed)
            named = {name for event in edited.events for name in (*event.event.initiators, *event.event.recipients)}
            named |= {s.speaker for s in _all_statements(edited) if s.speaker}
            new = [actor for name in sorted(named) if _ITEM.fullmatch(name) and (actor := find(name))]
            known |= {Place(one.report.id, actor.id): actor.id for actor in new}
            found.append(replace(edited, actors=(*one.actors, *new)) if new else edited)
        return tuple(found), known

    def _disputed(self, told: Iterable[Mentions], items: Mapping[Place, str]) -> frozenset[str]:
        """The events with an edited status whose mentions do not all say the same."""
        said: dict[str, set[str]] = {}
        for mention in (event for one in told for event in one.events):
            item = items.get(mention.place, "")
            if "status" in self._of.get(item, ()):
                own = self._of.get(target_of(mention.place), {}).get("status")
                said.setdefault(item, set()).add((own and own.value) or mention.event.status)
        return frozenset(item for item, statuses in said.items() if len(statuses) > 1)

    def _over(self, one: Mentions, items: Mapping[Place, str], disputed: frozenset[str]) -> Mentions:
        spoken = {name: edit for name in _ids(one) if (edit := self.of(target_of(Place(one.report.id, name))).get("source"))}
        voice = self._revoiced(spoken)
        return replace(
            one,
            events=tuple(self._event(mention, items, disputed, voice) for mention in one.events),
            figures=tuple(self._figure(mention, voice) for mention in one.figures),
            statements=tuple(replace(m, statement=voice(m.statement)) for m in one.statements) if spoken else one.statements,
        )

    def _revoiced(self, spoken: Mapping[str, Edit]) -> Callable[[Statement], Statement]:
        def voice(statement: Statement) -> Statement:
            edit = spoken.get(statement.id)
            return replace(statement, speaker=next(iter(self.actors(edit)), None)) if edit else statement

        return voice

    def _event(
        self, mention: EventMention, items: Mapping[Place, str], disputed: frozenset[str], voice: Callable[[Statement], Statement]
    ) -> EventMention:
        item = items.get(mention.place, "")
        target = target_of(mention.place)
        fields = self.of(item, target)
        if item in disputed:  # what each mention claims stays its own
            fields = {name: edit for name, edit in fields.items() if name != "status"}
            fields |= {name: edit for name, edit in self._of.get(target, {}).items() if name == "status"}
        voices, by_word = tuple(map(voice, mention.voices)), voice(mention.by_word) if mention.by_word else None
        event = self.edited_event(mention.event, fields) if fields else mention.event
        if event == mention.event and voices == mention.voices and by_word == mention.by_word:
            return mention
        due = interval(event.when)[1] if "when" in fields else mention.due
        return replace(mention, event=event, voices=voices, by_word=by_word, due=due if event.status in _PENDING else None)

    def edited_event(self, event: Event, fields: Fields) -> Event:
        """An event with these fields set; the mode goes with the type, the PLOVER code with both."""
        if "type" in fields:
            kind: EventType = fields["type"].value  # type: ignore[assignment]  # it was checked when it was noted
            event = replace(event, type=kind, mode=event.mode if event.mode in MODES.get(kind, {}) else None)
        if "mode" in fields:
            event = replace(event, mode=fields["mode"].value)
        if "status" in fields:
            event = replace(event, status=fields["status"].value)  # type: ignore[arg-type]
        if "type" in fields or "status" in fields:
            event = replace(event, plover=code(event.type, event.status))
        if "actor" in fields:
            event = replace(event, initiators=self.actors(fields["actor"]))
        if "recipient" in fields:
            event = replace(event, recipients=self.actors(fields["recipient"]))
        if "when" in fields:
            start, _, end = (fields["when"].value or "").partition("/")
            event = replace(event, when=When(start, end or start) if start else None)
        return replace(event, place=fields["place"].value) if "place" in fields else event

    def _figure(self, mention: FigureMention, voice: Callable[[Statement], Statement]) -> FigureMention:
        fields, voices = self.of(target_of(mention.place)), tuple(map(voice, mention.voices))
        if not fields.keys() & {"value", "unit", "of"} and voices == mention.voices:
            return mention
        figure = _edited_figure(mention.figure, fields)
        counted = frozenset(word.stem for word in words(figure.of or ""))
        return replace(mention, figure=figure, voices=voices, of=counted, fate=fate_of(figure))

    # --- over the index

    def indexed(self, row: EntryRow, mention: EventMention | None, speaker: str | None) -> EntryRow:
        """A row of the index as filters are to see it: `mention` as it was read for an event, `speaker` who says it, as edited."""
        told = (("speaker", speaker),) if speaker else ()
        if mention is None:
            return replace(row, roles=told)
        event = self.edited_event(mention.event, self.of(row.item or "", target_of(row.place)))
        start, end = interval(event.when)
        sides = [("initiator", actor) for actor in event.initiators] + [("recipient", actor) for actor in event.recipients]
        return replace(row, type=event.type, status=event.status, start=start, end=end, roles=(*sides, *told))

    def speaker(self, report: str, voices: Sequence[Statement]) -> str | None:
        """Who says what a mention has through these statements."""
        if not voices:
            return None
        edit = self.of(target_of(Place(report, voices[-1].id))).get("source")
        return next(iter(self.actors(edit)), None) if edit else voices[-1].speaker


def _edited_figure(figure: Figure, fields: Fields) -> Figure:
    if "value" in fields:
        low, dots, high = (fields["value"].value or "").partition("..")
        bounds = (_number(low), _number(high if dots else low))
        figure = replace(figure, low=bounds[0], high=bounds[1], approximate=False)
    if "unit" in fields:
        figure = replace(figure, unit=fields["unit"].value)
    return replace(figure, of=fields["of"].value) if "of" in fields else figure


def _number(text: str) -> int | float | None:
    return None if not text else float(text) if "." in text else int(text)


def _all_statements(told: Mentions) -> Iterable[Statement]:
    yield from (mention.statement for mention in told.statements)
    for mention in told.events:
        yield from mention.voices
        if mention.by_word:
            yield mention.by_word
    for figure in told.figures:
        yield from figure.voices


def _ids(told: Mentions) -> frozenset[str]:
    return frozenset(statement.id for statement in _all_statements(told))
