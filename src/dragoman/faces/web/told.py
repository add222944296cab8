"""Events and commitments as pages show them: named parties with their ids, the sentence with its trigger, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.case.asking import Telling
from dragoman.case.case import Case
from dragoman.case.commitments import overdue
from dragoman.case.judgements import Commitment
from dragoman.case.query import Filters
from dragoman.faces.web.state import once
from dragoman.reading.entries import Status
from dragoman.reading.wording import one_line, shortened

_LONGEST = 320


@dataclass(frozen=True)
class Named:
    """An actor by id and name."""

    id: str
    name: str


@dataclass(frozen=True)
class Told:
    """An event. `kind` is its type in small letters with its mode; `about` what else is known of it, each in a few words.

    `sentence` is cut as (before, trigger, after); `report` and `entry` tell where it stands.
    """

    id: str
    status: Status
    day: str
    kind: str
    who: tuple[Named, ...]
    whom: tuple[Named, ...]
    sentence: tuple[str, str, str]
    report: str
    entry: str
    about: tuple[str, ...]
    thread: str | None
    published: str


def told(telling: Telling) -> Told:
    """An event as it is shown."""
    event, mention = telling.event, telling.mention
    kind = event.type.lower() + (f": {one_line(event.mode)}" if event.mode else "")
    return Told(
        event.id, event.status, telling.day, kind, _named(event.initiators, telling.who), _named(event.recipients, telling.whom),
        cut(mention.sentence, mention.trigger), mention.place.report, mention.place.entry, _about(telling), event.thread, telling.published,
    )  # fmt: skip


def latest(case: Case, filters: Filters, most: int) -> tuple[list[Told], int]:
    """The last events that pass, the latest first, at most so many; and how many there are."""
    count = case.store.count_items("event", filters)
    found = case.timeline(filters, limit=most, offset=max(count - most, 0))
    return [told(telling) for telling in reversed(found)], count


def _named(ids: Sequence[str], names: Sequence[str]) -> tuple[Named, ...]:
    return tuple(Named(item, one_line(name)) for item, name in zip(ids, names, strict=True))


def _about(telling: Telling) -> tuple[str, ...]:
    event = telling.event
    found = (
        one_line(event.place or ""),
        f"until {event.when.end}" if event.when and event.when.end != event.when.start else "",
        f"{event.independent_sources} sources" if event.independent_sources > 1 else "",
        "day of the report" if not event.when else "date inferred" if event.when.inferred else "",
        f"undoes {event.reverses}" if event.reverses else "",
    )
    return tuple(filter(None, found))


def cut(sentence: str, trigger: str) -> tuple[str, str, str]:
    """A sentence around its trigger, each part shortened where it is long."""
    sentence, trigger = one_line(sentence), one_line(trigger)
    at = sentence.find(trigger) if trigger else -1
    if at < 0:
        return shortened(sentence, _LONGEST), "", ""
    before, after = sentence[:at], sentence[at + len(trigger) :]
    if len(before) > _LONGEST // 2:
        kept = before[-_LONGEST // 2 :]
        before = "…" + kept[max(kept.find(" "), 0) :]
    return before, trigger, shortened(after, max(60, _LONGEST - len(before))) if after else ""


@dataclass(frozen=True)
class Promise:
    """A commitment with the names of its parties and the event that it undertakes (None where the reports of the day lack it)."""

    commitment: Commitment
    maker: Named | None
    to: Named | None
    act: Told | None
    late: bool


def undertaken(case: Case, filters: Filters) -> Sequence[Commitment]:
    """The commitments that pass, the overdue first: several pages need them all to tell which are due."""
    return once(case, "commitments", lambda: tuple(case.commitments(filters)), filters)


def promises(case: Case, found: Sequence[Commitment], filters: Filters) -> list[Promise]:
    """Commitments as they are shown, in the order given."""
    today = filters.as_of or case.today()
    names = case.names([who for c in found for who in (c.maker, c.to) if who])
    acts = {t.event.id: told(t) for t in case.tellings([c.act for c in found], Filters(as_of=filters.as_of))}
    return [Promise(c, _party(c.maker, names), _party(c.to, names), acts.get(c.act), overdue(c, today)) for c in found]


def _party(item: str | None, names: dict[str, str]) -> Named | None:
    return Named(item, one_line(names.get(item, item))) if item else None


def parties(case: Case, items: Iterable[str]) -> dict[str, Named]:
    """Actors by their ids."""
    return {item: Named(item, one_line(name)) for item, name in case.names(list(items)).items()}
