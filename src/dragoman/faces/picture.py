"""A picture of a network: actors as discs, what they do to each other as arrows; one SVG that needs nothing else.

Blue is cooperation, red conflict; a whole line is an act, broken ones are promises, threats and demands. The more events, the thicker the
line; the more an actor does and undergoes, the larger the disc. Only the actors with most events are drawn: a picture of all can be
read by nobody.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.case.network import Edge, EdgeKind, Network, Node
from dragoman.reading.wording import shortened

MOST_ACTORS = 24
WIDTH, HEIGHT = 1400, 900
_TOP, _SIDE, _BOTTOM = 110, 130, 90
_LABEL = 30
_STEPS = 700
_GRAVITY = 0.25
"""What keeps actors that nothing links to the others from drifting away."""
_COLOURS = {"cooperation": "#1f6fb4", "conflict": "#b8341b"}
_DASHES: dict[EdgeKind, str] = {"act": "", "threat": "9 5", "promise": "2 5", "demand": "14 4 2 4"}
_WORDS: dict[EdgeKind, str] = {"act": "acts", "threat": "threatens", "promise": "promises, plans", "demand": "demands"}
_SECTORS = {"GOV": "#3d5a80", "MIL": "#5b6b3a", "COP": "#5b6b3a", "REB": "#8a5a2b", "CVL": "#7a7a7a"}
_OTHER = "#6c6384"
Points = NDArray[np.float64]


class Point(NamedTuple):
    """A place in the picture, in its units."""

    x: float
    y: float


@dataclass(frozen=True)
class _Drawn:
    """What is drawn: the actors that fit, the edges among them, where each actor stands and how large it is."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    at: Mapping[str, Point]
    radius: Mapping[str, float]


def picture(network: Network, title: str, note: str = "") -> str:
    """The SVG. `title` and `note` stand at the top; both are text, whatever they hold."""
    drawn = _drawn(network)
    left_out = len(network.nodes) - len(drawn.nodes)
    more = f"the {len(drawn.nodes)} actors with most events; {left_out} others are left out" if left_out else ""
    parts = (*_opening(title, " · ".join(filter(None, (note, more)))), *_arrows(drawn), *_discs(drawn), *_labels(drawn), *_legend())
    return "\n".join((*parts, "</svg>")) + "\n"


def _drawn(network: Network) -> _Drawn:
    nodes = network.nodes[:MOST_ACTORS]
    known = {node.id for node in nodes}
    edges = tuple(edge for edge in network.edges if edge.source in known and edge.target in known)
    linked = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = tuple(node for node in nodes if node.id in linked)
    radius = {node.id: 9 + 4.5 * math.sqrt(node.does + node.undergoes) for node in nodes}
    return _Drawn(nodes, edges, _layout(nodes, edges), radius)


# --- where everything stands


def _layout(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[str, Point]:
    """Places by springs and repulsion (Fruchterman and Reingold), the same at every call; wide, since names are."""
    if not nodes:
        return {}
    index = {node.id: number for number, node in enumerate(nodes)}
    pull = np.zeros((len(nodes), len(nodes)))
    for edge in edges:
        one, other = index[edge.source], index[edge.target]
        pull[one, other] += math.log1p(edge.weight)
        pull[other, one] += math.log1p(edge.weight)
    places = _settled(pull)
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.where(high - low > 0, high - low, 1.0)
    room = np.array([WIDTH - 2 * _SIDE, HEIGHT - _TOP - _BOTTOM - _LABEL])
    placed = _apart((places - low) / span * room + np.array([_SIDE, _TOP]))
    return {node.id: Point(float(x), float(y)) for node, (x, y) in zip(nodes, placed, strict=True)}


def _settled(pull: Points) -> Points:
    count = len(pull)
    turn = np.arange(count) * 2.399963  # the golden angle: no two begin at one place
    places: Points = np.stack([np.cos(turn), np.sin(turn)], axis=1) * np.sqrt(np.arange(count) + 1.0)[:, None] / math.sqrt(count)
    ideal = 1.0 / math.sqrt(count)
    for step in range(_STEPS):
        between = places[:, None, :] - places[None, :, :]
        far = np.maximum(np.linalg.norm(between, axis=2), 1e-3)
        push = ideal**2 / far**2
        draw = np.minimum(pull, 2.0) * far / ideal * 0.5
        move = (between / far[:, :, None] * (push * ideal / far * 4 - draw * far)[:, :, None]).sum(axis=1)
        move -= places * _GRAVITY
        length = np.maximum(np.linalg.norm(move, axis=1), 1e-9)
        heat = 0.15 * (1 - step / _STEPS)
        places += move / length[:, None] * np.minimum(length, heat)[:, None]
    return places


def _apart(places: Points) -> Points:
    """Moves discs from each other until no label covers another: labels are wide and low."""
    room = np.array([150.0, 62.0])
    low, high = np.array([_SIDE, _TOP]), np.array([WIDTH - _SIDE, HEIGHT - _BOTTOM - _LABEL])
    for _ in range(300):
        between = places[:, None, :] - places[None, :, :]
        over = np.clip(room - np.abs(between), 0, None)
        overlap = (over[:, :, 0] > 0) & (over[:, :, 1] > 0) & ~np.eye(len(places), dtype=bool)
        if not overlap.any():
            break
        down = over[:, :, 1] / room[1] <= over[:, :, 0] / room[0]  # the shorter way apart
        sign = np.where(between >= 0, 1.0, -1.0)
        tie = np.sign(np.arange(len(places))[:, None] - np.arange(len(places))[None, :])
        sign = np.where(between == 0, tie[:, :, None], sign)
        move = sign * over * np.stack([~down, down], axis=2) * overlap[:, :, None] * 0.5
        places = np.clip(places + move.sum(axis=1) * 0.6, low, high)
    return places


# --- what is drawn


def _opening(title: str, note: str) -> Iterator[str]:
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img"'
    yield " font-family=\"'DejaVu Sans', Verdana, Arial, Helvetica, sans-serif\">"
    yield f"<title>{_text(title)}</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fffefb"/>'
    yield "<defs>"
    for sign, colour in _COLOURS.items():
        yield f'<marker id="{sign}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse"'
        yield f' orient="auto"><path d="M0 0.8 L10 5 L0 9.2 z" fill="{colour}"/></marker>'
    yield "</defs>"
    yield f'<text x="40" y="44" font-size="24" font-weight="bold" fill="#222">{_text(shortened(title, 90))}</text>'
    yield f'<text x="40" y="70" font-size="14" fill="#555">{_text(shortened(note, 170))}</text>'


def _arrows(drawn: _Drawn) -> Iterator[str]:
    """The thin ones last, so that no thick one hides them; several between two actors lie side by side."""
    seen: dict[tuple[str, str], int] = {}
    for edge in drawn.edges:
        lane = seen[edge.source, edge.target] = seen.get((edge.source, edge.target), 0) + 1
        yield _arrow(drawn, edge, lane)


def _arrow(drawn: _Drawn, edge: Edge, lane: int) -> str:
    one, other = drawn.at[edge.source], drawn.at[edge.target]
    dx, dy = other.x - one.x, other.y - one.y
    far = max(math.hypot(dx, dy), 1.0)
    bend = min(0.10 * far, 40.0) + 15.0 * (lane - 1)
    middle = Point((one.x + other.x) / 2 - dy / far * bend, (one.y + other.y) / 2 + dx / far * bend)
    start = _towards(one, middle, drawn.radius[edge.source] + 2)
    end = _towards(other, middle, drawn.radius[edge.target] + 4)
    dash = f' stroke-dasharray="{_DASHES[edge.kind]}"' if _DASHES[edge.kind] else ""
    width = min(1.3 + 1.5 * math.log2(edge.weight), 9.0)
    names = {node.id: node.name for node in drawn.nodes}
    days = " to ".join(dict.fromkeys(filter(None, (edge.first, edge.last))))
    told = f"{names[edge.source]} → {names[edge.target]}: {edge.weight} × {edge.kind}, {edge.sign} ({days})"
    path = f"M{start.x:.1f} {start.y:.1f} Q{middle.x:.1f} {middle.y:.1f} {end.x:.1f} {end.y:.1f}"
    line = f'fill="none" stroke="{_COLOURS[edge.sign]}" stroke-width="{width:.1f}" stroke-opacity="0.75" marker-end="url(#{edge.sign})"'
    return f'<path d="{path}" {line}{dash}><title>{_text(told)}</title></path>'


def _towards(one: Point, other: Point, steps: float) -> Point:
    far = max(math.hypot(other.x - one.x, other.y - one.y), 1.0)
    return Point(one.x + (other.x - one.x) / far * steps, one.y + (other.y - one.y) / far * steps)


def _discs(drawn: _Drawn) -> Iterator[str]:
    for node in drawn.nodes:
        at = drawn.at[node.id]
        colour = next((_SECTORS[sector] for sector in node.sectors if sector in _SECTORS), _OTHER)
        told = f"{node.name} ({node.id}): does {node.does}, undergoes {node.undergoes}"
        circle = f'<circle cx="{at.x:.1f}" cy="{at.y:.1f}" r="{drawn.radius[node.id]:.1f}" fill="{colour}" stroke="#fff">'
        yield f"{circle}<title>{_text(told)}</title></circle>"


def _labels(drawn: _Drawn) -> Iterator[str]:
    """Names below the discs, with a light edge, so that lines behind them do not make them unreadable."""
    halo = 'paint-order="stroke" stroke="#fffefb" stroke-width="4" stroke-linejoin="round"'
    for node in drawn.nodes:
        at = drawn.at[node.id]
        name = _text(shortened(node.name, 26))
        below = at.y + drawn.radius[node.id] + 15
        yield f'<text x="{at.x:.1f}" y="{below:.1f}" font-size="13" text-anchor="middle" fill="#111" {halo}>{name}</text>'


def _legend() -> Iterator[str]:
    y, x = HEIGHT - 26, 40
    for sign, colour in _COLOURS.items():
        yield f'<line x1="{x}" y1="{y - 5}" x2="{x + 40}" y2="{y - 5}" stroke="{colour}" stroke-width="4"/>'
        yield f'<text x="{x + 48}" y="{y}" font-size="13" fill="#333">{sign}</text>'
        x += 160
    for kind, dash in _DASHES.items():
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        yield f'<line x1="{x}" y1="{y - 5}" x2="{x + 48}" y2="{y - 5}" stroke="#444" stroke-width="2"{dashes}/>'
        yield f'<text x="{x + 56}" y="{y}" font-size="13" fill="#333">{_WORDS[kind]}</text>'
        x += 80 + 9 * len(_WORDS[kind])
    yield f'<text x="{x}" y="{y}" font-size="13" fill="#333">thicker: more events</text>'
    yield from _legend_of_discs(y - 26)


def _legend_of_discs(y: int) -> Iterator[str]:
    x = 46
    for word, colour in (("government", _SECTORS["GOV"]), ("army, police", _SECTORS["MIL"]), ("rebels", _SECTORS["REB"]),
                         ("civilians", _SECTORS["CVL"]), ("others", _OTHER)):  # fmt: skip
        yield f'<circle cx="{x}" cy="{y - 5}" r="7" fill="{colour}"/>'
        yield f'<text x="{x + 14}" y="{y}" font-size="13" fill="#333">{word}</text>'
        x += 40 + 9 * len(word)
    yield f'<text x="{x}" y="{y}" font-size="13" fill="#333">larger: more events</text>'


def _text(text: str) -> str:
    return escape(text, quote=True)
