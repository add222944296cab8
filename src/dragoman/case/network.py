"""Who acts on whom: a network of a case's actors, signed, weighted by events, and over time.

An edge goes from who acts to whom it is done. It counts events, not reports: an act that six papers tell is one. What was denied, called
off or only supposed makes no edge; threats, promises and demands are edges of their own kinds, so that a threat of force is never
counted as force. The sign is that of PLOVER's class: cooperation (1, 2) or conflict (3, 4); see docs/reference/exports.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations
from typing import Literal, get_args

from dragoman.case.asking import Telling
from dragoman.case.exports.elsewhere import code_of
from dragoman.case.exports.selecting import Selected
from dragoman.case.exports.tables import disputes_of
from dragoman.case.judgements import CaseEvent
from dragoman.reading.entries import Kind
from dragoman.reading.plover import Quad
from dragoman.reading.wording import first_day, one_line

EdgeKind = Literal["act", "threat", "promise", "demand"]
Sign = Literal["cooperation", "conflict"]
Period = Literal["month", "week", "day"]
PERIODS: tuple[Period, ...] = get_args(Period)
_HAPPENED = ("occurred", "ongoing")
_AHEAD = ("planned", "promised")
# Where nobody is told to be acted on, those who do these together do them with each other.
_TOGETHER = ("CONSULT", "AGREE", "COOPERATE")
_MATERIAL = (Quad.MATERIAL_COOPERATION, Quad.MATERIAL_CONFLICT)
_COOPERATION = (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION)


@dataclass(frozen=True, slots=True)
class Act:
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


@dataclass(frozen=True, slots=True)
class Node:
    """An actor with how many events it does to others (`does`) and others to it (`undergoes`)."""

    id: str
    name: str
    kind: Kind
    country: str | None
    sectors: tuple[str, ...]
    does: int
    undergoes: int


@dataclass(frozen=True, slots=True)
class Edge:
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


@dataclass(frozen=True, slots=True)
class Network:
    """Actors, edges over all time, and, if `by` a period was asked for, the edges of each period in the order of time.

    `acts` are the single events that the edges count.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    slices: tuple[Edge, ...]
    acts: tuple[Act, ...]
    by: Period | None = None

    def name(self, actor: str) -> str:
        """The name of an actor of the network."""
        return next((node.name for node in self.nodes if node.id == actor), actor)


def network(selected: Selected, by: Period | None = None) -> Network:
    """The network of the selected events; those who act most come first, and the heaviest edges."""
    disputed = disputes_of(selected)
    found = tuple(act for telling in selected.shared for act in _acts(telling, telling.event.id in disputed))
    slices = tuple(edge for period, acts in _periods(found, by) for edge in _edges(acts, period)) if by else ()
    return Network(_nodes(selected, found), tuple(_edges(found)), slices, found, by)


def kind_of(event: CaseEvent) -> EdgeKind | None:
    """What an event is between two actors; None where it is nothing that one did, threatened, promised or demanded."""
    code = code_of(event)
    if code is None or event.status == "cancelled":
        return None
    if code.type == "REQUEST":
        return "demand"
    if code.type == "THREATEN":
        return "threat"
    if event.status in _AHEAD:
        return "promise" if code.quad in _COOPERATION else "threat"
    return "act" if event.status in _HAPPENED else None


def _acts(telling: Telling, disputed: bool) -> Iterator[Act]:
    event, kind, code = telling.event, kind_of(telling.event), code_of(telling.event)
    if kind is None or code is None:
        return
    sign: Sign = "cooperation" if code.quad in _COOPERATION else "conflict"
    last = event.when.end if event.when else telling.day
    for source, target in _pairs(event):
        yield Act(event.id, source, target, kind, sign, code.quad in _MATERIAL, code.score, telling.day, last, disputed)


def _pairs(event: CaseEvent) -> Iterable[tuple[str, str]]:
    """Who acts on whom; those who meet, agree or work together act on each other."""
    if not event.recipients and event.type in _TOGETHER:
        return permutations(event.initiators, 2)
    return ((one, other) for one in event.initiators for other in event.recipients if one != other)


def _edges(acts: Iterable[Act], period: str = "") -> Iterator[Edge]:
    grouped: dict[tuple[str, str, EdgeKind, Sign], list[Act]] = {}
    for act in acts:
        grouped.setdefault((act.source, act.target, act.kind, act.sign), []).append(act)
    edges = (_edge(key, found, period) for key, found in grouped.items())
    return iter(
        sorted(edges, key=lambda edge: (-edge.weight, edge.first, _number(edge.source), _number(edge.target), edge.kind, edge.sign))
    )


def _edge(key: tuple[str, str, EdgeKind, Sign], acts: list[Act], period: str) -> Edge:
    counts = (len(acts), sum(act.material for act in acts), sum(act.disputed for act in acts))
    days = [act.day for act in acts if act.day]
    ends = [act.last or act.day for act in acts if act.day]
    score = round(sum(act.score for act in acts) / len(acts), 2)
    return Edge(*key, *counts, score, min(days, default=""), max(ends, default=""), tuple(act.event for act in acts), period)


def _number(item: str) -> int:
    return int(item[1:])


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


def _nodes(selected: Selected, acts: Iterable[Act]) -> tuple[Node, ...]:
    does: dict[str, set[str]] = {}
    undergoes: dict[str, set[str]] = {}
    for act in acts:
        does.setdefault(act.source, set()).add(act.event)
        undergoes.setdefault(act.target, set()).add(act.event)
    known = {actor.id: actor for actor in selected.questions.actors_of(sorted(does.keys() | undergoes.keys()), selected.open)}
    nodes = []
    for item in does.keys() | undergoes.keys():
        counts = (len(does.get(item, ())), len(undergoes.get(item, ())))
        actor = known.get(item)
        if actor is not None:
            nodes.append(Node(item, one_line(actor.name), actor.kind, actor.country, actor.sectors, *counts))
    return tuple(sorted(nodes, key=lambda node: (-node.does - node.undergoes, _number(node.id))))


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
