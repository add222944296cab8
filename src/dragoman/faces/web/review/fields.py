"""The form that corrects what was read: which fields it has for a question, what stands in them, and what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.case.case import Case
from dragoman.case.edits import NONE, STATES
from dragoman.case.judgements import Place
from dragoman.case.kept import event_mention
from dragoman.case.query import Filters
from dragoman.case.reviewing import Doubt
from dragoman.case.reviewing_evidence import Quote
from dragoman.faces.web.page import Sent
from dragoman.faces.web.problems import senseless
from dragoman.reading.plover import STATUSES, TYPES
from dragoman.reading.wording import one_line

_WHOS = ("actor", "recipient")


@dataclass(frozen=True)
class Field:
    """One field: its name in an edit, its label, what stands in it, and what can be chosen (nothing: it is typed)."""

    name: str
    label: str
    value: str
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Target:
    """What is corrected: an item, or a mention as REPORT:ENTRY, with its fields."""

    id: str
    label: str
    fields: tuple[Field, ...]


def targets(case: Case, doubt: Doubt, quotes: Sequence[Quote]) -> tuple[Target, ...]:
    """What can be corrected beside a question."""
    if doubt.reason == "event":
        return (Target(doubt.id, "this act", _of_event(case, doubt.places[0])),)
    if doubt.reason in ("same_event", "came_of", "reverses"):
        return tuple(Target(f"{q.place.report}:{q.place.entry}", q.role, _of_event(case, q.place)) for q in quotes)
    if doubt.reason == "same_actor" and doubt.items:
        names = case.names(doubt.items)
        return tuple(Target(item, "the actor", (Field("name", "name", names.get(item, "")),)) for item in doubt.items[:1])
    if doubt.reason == "state":
        found = next((c for c in case.commitments(Filters()) if c.id == doubt.id), None)
        state = Field("state", "state", doubt.proposed or STATES[0], STATES)
        due = Field("due", "due", (found.due if found else None) or "", hint="1962-11-20; empty for none")
        return (Target(doubt.id, "the promise", (state, due)),)
    return ()


def _of_event(case: Case, place: Place) -> tuple[Field, ...]:
    row = case.store.entries([place]).get(place)
    if row is None:
        return ()
    event = event_mention(row).event
    items = {p.entry: r.item or "" for p, r in case.store.entries(Place(place.report, a) for _, a in row.roles).items()}
    sides = [", ".join(dict.fromkeys(filter(None, (items.get(a) for a in side)))) for side in (event.initiators, event.recipients)]
    when = event.when
    span = "" if when is None else when.start if when.start == when.end else f"{when.start}/{when.end}"
    actor = "ids or names, with semicolons; empty for nobody"
    return (
        Field("status", "status", event.status, STATUSES),
        Field("type", "type", event.type, TYPES),
        Field("actor", "who", sides[0], hint=actor),
        Field("recipient", "to whom", sides[1], hint=actor),
        Field("when", "when", span, hint="1962-10-27, 1962-10, or FROM/TO"),
        Field("place", "where", one_line(event.place or "")),
    )


def corrected(case: Case, sent: Sent, doubt: Doubt) -> tuple[str, dict[str, str]]:
    """The target of a correction, and the fields that differ from what the form showed. Raises Refused where none does."""
    known = {target.id: target for target in targets(case, doubt, case.evidence([doubt])[doubt.id])}
    target = known.get(sent.form.get("target", ""))
    if target is None:
        raise senseless(f"target is {one_line(sent.form.get('target', '')[:40])!r}; expected {' or '.join(known) or 'nothing to correct'}.")
    changed = {
        field.name: value for field in target.fields
        if (value := sent.form.get(field.name, field.value).strip()) != sent.form.get(f"was-{field.name}", field.value).strip()
    }  # fmt: skip
    if not changed:
        raise senseless("Nothing was changed; change a field, or accept what stands there.")
    return target.id, {name: _whos(case, value) if name in _WHOS else value or NONE for name, value in changed.items()}


def _whos(case: Case, value: str) -> str:
    """Actors by id or by name, as an edit wants them."""
    parts = [part.strip() for chunk in value.split(";") for part in _ids(chunk)]
    return ",".join(_who(case, part) for part in parts if part) or NONE


def _ids(chunk: str) -> list[str]:
    """Ids may stand with commas; a name may hold one."""
    parts = [part.strip() for part in chunk.split(",")]
    return parts if all(part[:1].upper() == "A" and part[1:].isdigit() for part in parts) else [chunk]


def _who(case: Case, name: str) -> str:
    if name.upper() in case.names([name.upper()]):
        return name.upper()
    found = case.found("actor", name, 1)
    if not found:
        raise senseless(f"The case has no actor {one_line(name[:60])!r}; the page of actors shows their ids.")
    return found[0].id
