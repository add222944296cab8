"""What people have corrected, as it is shown: the value that holds, who set it and why, and what was read in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.case.asking import case_event
from dragoman.case.edits import NONE, Edit, Edits, target_of
from dragoman.case.judgements import CaseEvent, Commitment, Place
from dragoman.case.record import Record
from dragoman.reading.entries import Statement
from dragoman.reading.wording import amount, listed, one_line, spoken_when

HEADINGS: Mapping[str, str] = {
    "type": "what", "mode": "what", "status": "status", "actor": "who", "recipient": "to whom", "when": "when", "place": "where",
    "state": "state", "due": "due",
}  # fmt: skip
"""Under which heading of an item a field stands."""
_WHOS = ("actor", "recipient", "source")
_NOTHING = "nothing"
Fact = tuple[str, str]
Names = Callable[[Iterable[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Edited:
    """A field that a person has set: what it was `read` as, and the decision. `target` is the item, or the mention as "report:entry"."""

    target: str
    field: str
    value: str
    read: str
    by: str
    at: str
    why: str
    decision: str


def event_facts(event: CaseEvent, names: Mapping[str, str]) -> tuple[Fact, ...]:
    """What is told of an event, under headings."""
    count, mentions = event.independent_sources, len(event.claims)
    inferred = " (inferred)" if event.when and event.when.inferred else ""
    return (
        ("what", f"{event.type.lower()}{f': {event.mode}' if event.mode else ''}"),
        ("status", event.status),
        ("who", listed([names.get(actor, actor) for actor in event.initiators])),
        ("to whom", listed([names.get(actor, actor) for actor in event.recipients])),
        ("when", f"{spoken_when(event.when)}{inferred}" if event.when else ""),
        ("where", event.place or ""),
        ("told by", f"{count:,} independent source{'' if count == 1 else 's'} in {mentions:,} mention{'' if mentions == 1 else 's'}"),
        ("confidence", f"{event.confidence:.2f}"),
    )


class Corrections:
    """The edits that stand, with what was read in their places: `read` is a record without them."""

    def __init__(self, edits: Edits, read: Record, names: Names) -> None:
        self._edits = edits
        self._read = read
        self._names = names

    def of_event(self, item: str) -> tuple[Edited, ...]:
        """The fields of an event that were set."""
        if item not in self._edits.targets or item not in self._read.clusters:
            return ()
        event = case_event(self._read, item)
        facts = dict(event_facts(event, self._names((*event.initiators, *event.recipients))))
        return self._of(item, {**{field: facts.get(heading, "") for field, heading in HEADINGS.items()}, "mode": event.mode or ""})

    def of_commitment(self, item: str, without: Callable[[], Sequence[Commitment]]) -> tuple[Edited, ...]:
        """The fields of a commitment that were set; `without` gives the commitments of the record without edits."""
        if item not in self._edits.targets:
            return ()
        read = next((one for one in without() if one.id == item), None)
        return self._of(item, {"state": read.state if read else "", "due": (read.due if read else None) or ""})

    def of_mention(self, place: Place) -> tuple[Edited, ...]:
        """The fields of one entry of a report that were set, and the source through which it is told."""
        event, voices, read = self._read.event_at.get(place), tuple[Statement, ...](), dict[str, str]()
        if event is not None:
            act, voices = event.event, event.voices
            sides = (listed([who.name for who in side]) for side in (self._read.initiators(event), self._read.recipients(event)))
            read = {"type": act.type.lower(), "mode": act.mode or "", "status": act.status, **dict(zip(_WHOS, sides, strict=False))}
            read |= {"when": spoken_when(act.when) if act.when else "", "place": act.place or ""}
        elif figure := next((f for f in self._read.figures if f.place == place), None):
            voices = figure.voices
            read = {"value": amount(figure.figure), "unit": figure.figure.unit or "", "of": figure.figure.of or ""}
        elif told := next((s for s in self._read.statements if s.place == place), None):
            return self._of_voice(place.report, told.statement)
        return (*self._of(target_of(place), read), *(self._of_voice(place.report, voices[-1]) if voices else ()))

    def _of_voice(self, report: str, statement: Statement) -> tuple[Edited, ...]:
        speaker = self._read.who(report, statement.speaker)
        return self._of(target_of(Place(report, statement.id)), {"source": speaker.name if speaker else ""})

    def _of(self, target: str, read: Mapping[str, str]) -> tuple[Edited, ...]:
        return tuple(self._edited(target, edit, read.get(name, "")) for name, edit in self._edits.of(target).items())

    def _edited(self, target: str, edit: Edit, read: str) -> Edited:
        value = edit.value or NONE
        if edit.field in _WHOS and edit.value:
            actors = self._edits.actors(edit)
            names = self._names(actors)
            value = listed([names.get(actor, actor) for actor in actors])
        decision = edit.decision
        return Edited(target, edit.field, one_line(value), one_line(read), decision.by, decision.at, decision.why, decision.id)


def with_edits(facts: Iterable[Fact], edits: Iterable[Edited]) -> tuple[Fact, ...]:
    """The facts of an item, those that were set with who set them, why, and what was read; what was taken away is told as well."""
    noted: dict[str, list[Edited]] = {}
    for edit in edits:
        noted.setdefault(HEADINGS.get(edit.field, edit.field), []).append(edit)
    return tuple((heading, "; ".join((text or NONE, *map(_set, noted[heading]))) if heading in noted else text) for heading, text in facts)


def _set(edit: Edited) -> str:
    why = f": {edit.why}" if edit.why else ""
    return f"{edit.field} set by {edit.by} ({edit.decision}{why}), read as {edit.read or _NOTHING}"


def noted(note: str, edits: Iterable[Edited]) -> str:
    """A passage's note with what was corrected in it."""
    return "; ".join(filter(None, (note, *map(_set, edits))))
