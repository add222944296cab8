"""Who acts on whom: a network of a case's actors, signed, weighted by events, and over time.

An edge goes from who acts to whom it is done. It counts events, not reports: an act that six papers tell is one. What was denied, called
off or only supposed makes no edge; threats, promises and demands are edges of their own kinds, so that a threat of force is never
counted as force. The sign is that of PLOVER's class: cooperation (1, 2) or conflict (3, 4); see docs/reference/exports.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Literal, get_args

import msgspec

from dragoman.case.acting import Deed, pairs
from dragoman.case.agreed import Traits
from dragoman.case.exports.elsewhere import Code, code_for
from dragoman.case.exports.selecting import Selected
from dragoman.reading.entries import EventType, Kind, Status
from dragoman.reading.plover import Quad
from dragoman.reading.wording import first_day

EdgeKind = Literal["act", "threat", "promise", "demand"]
Sign = Literal["cooperation", "conflict"]
Period = Literal["month", "week", "day"]
PERIODS: tuple[Period, ...] = get_args(Period)
_Key = tuple[str, str, EdgeKind, Sign]
_HAPPENED = ("occurred", "ongoing")
_AHEAD = ("planned", "promised")
_MATERIAL = (Quad.MATERIAL_COOPERATION, Quad.MATERIAL_CONFLICT)
_COOPERATION = (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION)


class Act(msgspec.Struct, frozen=True, gc=False):
    """One event between two actors of the case. `day` and `last` are its ISO days (or month, or year); the report's where it has none.

    `score` is PLOVER's, -10 to 10; `disputed`: whether there is a dispute about it.
    """

    event: str
    source: str
    target: str
    kind: EdgeKind
    sign: Sign
    material: bool
    score: float
    day: str
    last: str
    disputed: bool


class Node(msgspec.Struct, frozen=True, gc=False):
    """An actor with how many events it does to others (`does`) and others to it (`undergoes`)."""

    id: str
    name: str
    kind: Kind
    country: str | None
    sectors: tuple[str, ...]
    does: int
    undergoes: int


class Edge(msgspec.Struct, frozen=True, gc=False):
    """All events of one kind and sign that one actor does to another, in `period` ("" for all time).

    `weight` counts the events, `material` those that are deeds, not words, `disputed` those that there is a dispute about. `score` is the
    mean of PLOVER's scores. `first` and `last` are the ISO days that the events reach from and to; `events` their ids.
    """

    source: str
    target: str
    kind: EdgeKind
    sign: Sign
    weight: int
    material: int
    disputed: int
    score: float
    first: str
    last: str
    events: tuple[str, ...]
    period: str = ""


@dataclass(frozen=True)
class Network:
    """Actors, edges over all time, and, if `by` a period was asked for, the edges of each period in the order of time (`slices`).

    `acts` are the single events that the edges count, by day. `known` gives names and traits of actors; it asks the case, which must be
    open when `nodes` or `names` are first wanted: a page of edges needs few of them.
    """

    acts: tuple[Act, ...] = ()
    by: Period | None = None
    known: Callable[[Collection[str]], Mapping[str, tuple[str, Traits]]] = field(default=lambda _: {}, compare=False, repr=False)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The edges over all time, the heaviest first."""
        return (*self._heavy, *_ordered([_single(act, "") for act in self._grouped[0].values()]))

    @cached_property
    def slices(self) -> tuple[Edge, ...]:
        """The edges of each period."""
        return tuple(edge for period, acts in _periods(self.acts, self.by) for edge in _edges(acts, period)) if self.by else ()

    @property
    def count(self) -> int:
        """How many edges there are over all time."""
        alone, several = self._grouped
        return len(alone) + len(several)

    def heaviest(self, limit: int) -> tuple[Edge, ...]:
        """The first edges: of a large network they are found without most others."""
        return self._heavy[:limit] if limit <= len(self._heavy) else self.edges[:limit]

    @cached_property
    def _grouped(self) -> tuple[dict[_Key, Act], dict[_Key, list[Act]]]:
        return _groups(self.acts)

    @cached_property
    def _heavy(self) -> tuple[Edge, ...]:
        return tuple(_ordered([_edge(key, acts, "") for key, acts in self._grouped[1].items()]))

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All actors, those with most events first."""
        does = _events([(act.source, act.event) for act in self.acts])
        undergoes = _events([(act.target, act.event) for act in self.acts])
        known = self.known(does.keys() | undergoes.keys())
        nodes = [Node(item, name, t.kind, t.country, t.sectors, does[item], undergoes[item]) for item, (name, t) in known.items()]
        return tuple(sorted(nodes, key=lambda node: (-node.does - node.undergoes, int(node.id[1:]))))

    def name(self, actor: str) -> str:
        """The name of an actor of the network."""
        return self.known({actor}).get(actor, (actor, None))[0]

    def names(self, edges: Iterable[Edge]) -> dict[str, str]:
        """The names of the actors at both ends of edges, by their ids."""
        return {item: name for item, (name, _) in self.known({end for edge in edges for end in (edge.source, edge.target)}).items()}


def network(selected: Selected, by: Period | None = None) -> Network:
    """The network of the selected events; those who act most come first, and the heaviest edges."""
    disputed = selected.disputed
    found = tuple(act for event, deed in selected.deeds for act in _acts(event, deed, event in disputed))
    return Network(found, by, selected.parties)


@lru_cache(maxsize=4096)
def _coded(type: EventType, mode: str | None, status: Status) -> tuple[EdgeKind, Sign, bool, float] | None:
    """What an event is between two actors: its kind, sign, whether it is a deed, and PLOVER's score.

    None where it is nothing that one did, threatened, promised or demanded.
    """
    code, kind = code_for(type, mode, status), None
    if code is None or (kind := _kind(code, status)) is None:
        return None
    sign: Sign = "cooperation" if code.quad in _COOPERATION else "conflict"
    return kind, sign, code.quad in _MATERIAL, round(code.score, 2)


def _kind(code: Code, status: Status) -> EdgeKind | None:
    if status == "cancelled":
        return None
    if code.type == "REQUEST":
        return "demand"
    if code.type == "THREATEN":
        return "threat"
    if status in _AHEAD:
        return "promise" if code.quad in _COOPERATION else "threat"
    return "act" if status in _HAPPENED else None


def _acts(event: str, deed: Deed, disputed: bool) -> Iterable[Act]:
    coded = _coded(deed.type, deed.mode, deed.status)
    if coded is None:
        return ()
    day, last = deed.day, deed.last
    if len(deed.initiators) == len(deed.recipients) == 1:  # as most have it, and quicker
        return (
            [Act(event, deed.initiators[0], deed.recipients[0], *coded, day, last, disputed)] if deed.initiators != deed.recipients else ()
        )
    return [Act(event, source, target, *coded, day, last, disputed) for source, target in pairs(deed)]


def _groups(acts: Iterable[Act]) -> tuple[dict[_Key, Act], dict[_Key, list[Act]]]:
    """The acts of each edge: those that stand alone, as most do, and those of which there are several."""
    alone: dict[_Key, Act] = {}
    several: dict[_Key, list[Act]] = {}
    for act in acts:
        key = (act.source, act.target, act.kind, act.sign)
        if key in several:
            several[key].append(act)
        elif alone.setdefault(key, act) is not act:
            several[key] = [alone.pop(key), act]
    return alone, several


def _edges(acts: Iterable[Act], period: str) -> list[Edge]:
    alone, several = _groups(acts)
    heavy = _ordered([_edge(key, some, period) for key, some in several.items()])
    return heavy + _ordered([_single(act, period) for act in alone.values()])


def _ordered(edges: list[Edge]) -> list[Edge]:
    """The heaviest first, then by day and by the numbers of both ends."""
    return sorted(edges, key=lambda e: (-e.weight, e.first, int(e.source[1:]), int(e.target[1:]), e.kind, e.sign))


def _single(act: Act, period: str) -> Edge:
    """The edge of one event: most have no other."""
    counts, last = (1, int(act.material), int(act.disputed)), (act.last or act.day) if act.day else ""
    return Edge(act.source, act.target, act.kind, act.sign, *counts, act.score, act.day, last, (act.event,), period)


def _edge(key: tuple[str, str, EdgeKind, Sign], acts: list[Act], period: str) -> Edge:
    counts = (len(acts), sum([act.material for act in acts]), sum([act.disputed for act in acts]))
    days = [act.day for act in acts if act.day]
    ends = [act.last or act.day for act in acts if act.day]
    score = round(sum([act.score for act in acts]) / len(acts), 2)
    return Edge(*key, *counts, score, min(days, default=""), max(ends, default=""), tuple([act.event for act in acts]), period)


def _periods(acts: Iterable[Act], by: Period) -> Iterator[tuple[str, list[Act]]]:
    found: dict[str, list[Act]] = {}
    for act in acts:
        found.setdefault(period_of(act.day, by), []).append(act)
    yield from sorted(found.items())


def period_of(day: str, by: Period) -> str:
    """The period that an event's first day lies in: a day, a month ("1962-10"), or the Monday of a week.

    A date that tells less than that (a month, where days are asked for) is a period of its own.
    """
    if by == "month" or len(day) < 10:
        return day[:7]
    if by == "day":
        return day
    whole = date.fromisoformat(day)
    return (whole - timedelta(days=whole.weekday())).isoformat()


def _events(found: Iterable[tuple[str, str]]) -> Counter[str]:
    """How many events each actor has."""
    return Counter([actor for actor, _ in dict.fromkeys(found)])


def days_of(act: Act) -> tuple[date, date] | None:
    """The first and the last day of an act; None where no day is known."""
    first, last = first_day(act.day), first_day(act.last) if act.last else None
    if first is None:
        return None
    return first, max(first, last or first)


def plain_edge(edge: Edge, names: Mapping[str, str]) -> dict[str, object]:
    """An edge as plain values, with the names of both ends."""
    ends = {"source": edge.source, "source_name": names.get(edge.source), "target": edge.target, "target_name": names.get(edge.target)}
    known = ("kind", "sign", "weight", "material", "disputed", "score", "first", "last")
    found = {**ends, **{name: getattr(edge, name) for name in known}, "events": list(edge.events)}
    return {"period": edge.period, **found} if edge.period else found
