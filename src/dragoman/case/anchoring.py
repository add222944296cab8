"""Two readings of one text: which entries are the same, so that a newer reading can go on with the ids of an older one.

An entry is known again by what it was read from: an actor by its mentions and its name, an event by its trigger, else by its type in its
sentence, a figure by its words, a statement by its content and cue. What links, items and decisions point at stays what it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from dragoman.case.linking.stems import folded
from dragoman.reading.entries import Actor, Event, Figure, Reading, Statement
from dragoman.text.report import Span

_SHELF = 64
"""Characters of one shelf of the index by place."""
_MOST_SHELVES = 40
_CONTENT = 0.3
"""The share of two contents that must be common for two statements to be one."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Named)


@dataclass(frozen=True, slots=True)
class Ids:
    """For each kind, the id that each entry of a newer reading goes on with."""

    actors: Mapping[str, str]
    figures: Mapping[str, str]
    statements: Mapping[str, str]
    events: Mapping[str, str]


def anchored(new: Reading, olds: Sequence[Reading]) -> Reading:
    """`new` with the ids that the same entries have in `olds`, the reading that holds first; other entries get ids never used before."""
    ids = Ids(
        _matched(new.actors, [old.actors for old in olds], lambda actor: actor.mentions, _same_actor, "a"),
        _matched(new.figures, [old.figures for old in olds], lambda f: (Span(f.start, f.end),), _same_figure, "f"),
        _matched(new.statements, [old.statements for old in olds], lambda s: (*s.content, *s.cue), _same_statement, "s"),
        _matched(new.events, [old.events for old in olds], lambda event: (event.sentence,), _same_event, "e"),
    )
    return renumbered(new, ids)


def renumbered(reading: Reading, ids: Ids) -> Reading:
    """The reading with other ids; the order of its entries stays that of the text."""
    return replace(
        reading,
        actors=tuple(replace(actor, id=ids.actors[actor.id]) for actor in reading.actors),
        figures=tuple(replace(figure, id=ids.figures[figure.id]) for figure in reading.figures),
        statements=tuple(_statement(statement, ids) for statement in reading.statements),
        events=tuple(_event(event, ids) for event in reading.events),
    )


def _statement(statement: Statement, ids: Ids) -> Statement:
    through = tuple(
        replace(
            link,
            actor=ids.actors[link.actor] if link.actor else None,
            statement=ids.statements[link.statement] if link.statement else None,
        )
        for link in statement.through
    )
    speaker = ids.actors[statement.speaker] if statement.speaker else None
    addressees = tuple(ids.actors[actor] for actor in statement.addressees)
    return replace(statement, id=ids.statements[statement.id], speaker=speaker, addressees=addressees, through=through)


def _event(event: Event, ids: Ids) -> Event:
    return replace(
        event,
        id=ids.events[event.id],
        same_as=ids.events[event.same_as] if event.same_as else None,
        initiators=tuple(ids.actors[actor] for actor in event.initiators),
        recipients=tuple(ids.actors[actor] for actor in event.recipients),
        according_to=tuple(ids.statements[name] for name in event.according_to),
        figures=tuple(ids.figures[name] for name in event.figures),
        reverses=ids.events[event.reverses] if event.reverses else None,
        statement=ids.statements[event.statement] if event.statement else None,
    )


# --- matching


def _matched(
    new: Sequence[_Entry],
    olds: Sequence[Sequence[_Entry]],
    spans: Callable[[_Entry], Sequence[Span]],
    likeness: Callable[[_Entry, _Entry], float],
    letter: str,
) -> dict[str, str]:
    """The id for each new entry: that of the older entry it is most like, each given once; the reading that holds goes first."""
    found: dict[str, str] = {}
    for old in olds:
        free, waiting = [entry for entry in old if entry.id not in found.values()], [entry for entry in new if entry.id not in found]
        for one, other in _best_pairs(waiting, free, spans, likeness):
            found[one.id] = other.id
    numbers = [int(entry.id[1:]) for entries in olds for entry in entries if entry.id[1:].isdigit()]
    last = max(numbers, default=0)
    for entry in new:
        if entry.id not in found:
            last += 1
            found[entry.id] = f"{letter}{last}"
    return found


def _best_pairs(
    new: Sequence[_Entry], old: Sequence[_Entry], spans: Callable[[_Entry], Sequence[Span]], likeness: Callable[[_Entry, _Entry], float]
) -> Iterable[tuple[_Entry, _Entry]]:
    """Pairs of what is most alike, each entry in one pair at most; only entries that stand near each other are compared."""
    shelves: defaultdict[int, list[int]] = defaultdict(list)
    for number, entry in enumerate(old):
        for shelf in _shelves(spans(entry)):
            shelves[shelf].append(number)
    scored = []
    for number, entry in enumerate(new):
        near = {other for shelf in _shelves(spans(entry)) for other in shelves.get(shelf, ())}
        scored += [(-score, abs(number - other), number, other) for other in near if (score := likeness(entry, old[other])) > 0]
    taken_new, taken_old = set[int](), set[int]()
    for _, _, number, other in sorted(scored):
        if number not in taken_new and other not in taken_old:
            taken_new.add(number)
            taken_old.add(other)
            yield new[number], old[other]


def _shelves(spans: Sequence[Span]) -> set[int]:
    found: set[int] = set()
    for span in spans[:_MOST_SHELVES]:
        found.update(range(span.start // _SHELF, min(span.end // _SHELF, span.start // _SHELF + _MOST_SHELVES) + 1))
    return found


def _same_actor(one: Actor, other: Actor) -> float:
    shared = len(set(one.mentions) & set(other.mentions))
    named = folded(one.name) == folded(other.name)
    if not shared and not (named and one.kind == other.kind):
        return 0.0
    return shared / len({*one.mentions, *other.mentions}) + 0.5 * named + 0.1 * (one.kind == other.kind) + 0.01


def _same_figure(one: Figure, other: Figure) -> float:
    return _common([Span(one.start, one.end)], [Span(other.start, other.end)])


def _same_statement(one: Statement, other: Statement) -> float:
    content = _common(one.content, other.content)
    cue = _common(one.cue, other.cue)
    return content + cue if content >= _CONTENT or (content and cue) else 0.0


def _same_event(one: Event, other: Event) -> float:
    overlap = _common([one.trigger], [other.trigger])
    if not overlap and not (one.type == other.type and one.sentence.overlaps(other.sentence)):
        return 0.0
    return 2 * overlap + 0.5 * (one.type == other.type) + 0.2 * (one.status == other.status) + 0.01


def _common(one: Sequence[Span], other: Sequence[Span]) -> float:
    """The share of the characters of both that is common, 0 to 1."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    whole = sum(a.end - a.start for a in (*one, *other)) - shared
    return shared / whole if whole > 0 else 0.0
