"""Events in lanes over time, as SVG: one shape for each, told apart by form; where many fall on one day, one shape with a number.

The picture is for eyes alone: the table under it says the same, and is what a screen reader is given. Time is cut into columns of one or
more days, so that a shape never becomes too small to tell; what lies before or behind the days shown has a column of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from markupsafe import Markup, escape

from dragoman.faces.web.shapes import drawn
from dragoman.reading.entries import Status
from dragoman.reading.plover import STATUSES
from dragoman.reading.wording import STATUS_WORDS, printable, shortened

WIDTH = 1120
_EDGE, _TOP, _LABEL, _CELL, _PAD, _AXIS = 14, 4, 22, 15, 7, 40
_NARROWEST = 30
_MOST_ROWS = 5
Zoom = Callable[[date], str]
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Dot:
    """Something on a day: `count` events of one status, with what a pointer over it tells and where a click leads.

    Without a `label` the count and the status are told, without an `href` a click begins there in time.
    """

    day: date
    lane: str
    status: Status
    label: str = ""
    href: str = ""
    count: int = 1


@dataclass(frozen=True)
class Lane:
    """A lane by its key, with its name."""

    key: str
    name: str


@dataclass(frozen=True)
class Axis:
    """The days shown, both ends included. `today` is marked; `zoom` gives the address that begins at a day."""

    first: date
    last: date
    today: date | None = None
    zoom: Zoom | None = None


@dataclass(frozen=True)
class _Columns:
    """The columns of time: `days` each; an own one for what is `earlier` and what is `later`."""

    axis: Axis
    days: int
    count: int
    earlier: bool
    later: bool

    @classmethod
    def of(cls, axis: Axis, dots: Sequence[Dot]) -> _Columns:
        span = (axis.last - axis.first).days + 1
        earlier, later = any(d.day < axis.first for d in dots), any(d.day > axis.last for d in dots)
        room = int((WIDTH - 2 * _EDGE) // _NARROWEST) - earlier - later
        days = -(-span // room)
        return cls(axis, days, -(-span // days) + earlier + later, earlier, later)

    @property
    def width(self) -> float:
        return (WIDTH - 2 * _EDGE) / self.count

    def of_day(self, day: date) -> int:
        """The column of a day."""
        if day < self.axis.first:
            return 0
        if day > self.axis.last:
            return self.count - 1
        return self.earlier + (day - self.axis.first).days // self.days

    def left(self, column: int) -> float:
        """Where a column begins."""
        return _EDGE + column * self.width

    def begins(self, column: int) -> date:
        """The first day of a column."""
        return self.axis.first + timedelta(days=(column - self.earlier) * self.days)


def days_per_column(axis: Axis, dots: Sequence[Dot]) -> int:
    """How many days stand in one column."""
    return _Columns.of(axis, dots).days


def picture(dots: Sequence[Dot], lanes: Sequence[Lane], axis: Axis) -> Markup:
    """The SVG. Dots of lanes that are not among `lanes` are left out."""
    columns = _Columns.of(axis, dots)
    cells: dict[str, dict[int, list[Dot]]] = {lane.key: {} for lane in lanes}
    for dot in dots:
        if dot.lane in cells:
            cells[dot.lane].setdefault(columns.of_day(dot.day), []).append(dot)
    across = max(1, int((columns.width - 1) // _CELL))
    tops, bottom = [], float(_TOP)
    for lane in lanes:
        tops.append(bottom)
        bottom += _LABEL + _rows(cells[lane.key].values(), across) * _CELL + _PAD
    parts = [f'<svg class="lanes" viewBox="0 0 {WIDTH} {bottom + _AXIS:.0f}" aria-hidden="true">', *_axis(columns, bottom)]
    for lane, top in zip(lanes, tops, strict=True):
        parts.append(f'<path class="grid" d="M0 {top:.1f} H{WIDTH}"/>')
        parts.append(f'<text class="lane" x="{_EDGE}" y="{top + 15:.1f}">{_text(shortened(lane.name, 90))}</text>')
        for column, found in cells[lane.key].items():
            parts += _cell(found, columns.left(column), top + _LABEL, across, axis.zoom)
    return Markup("".join((*parts, "</svg>")))


def _rows(cells: Iterable[Sequence[Dot]], across: int) -> int:
    """How many rows the fullest cell of a lane needs."""
    return max((_depth(_gathered(found, across), across) for found in cells), default=1)


def _depth(shown: Sequence[Dot], across: int) -> int:
    return len(shown) if any(dot.count > 1 for dot in shown) else -(-len(shown) // across)


def _gathered(found: Sequence[Dot], across: int) -> list[Dot]:
    """The dots of a cell; one for each status where they do not fit."""
    if len(found) <= across * _MOST_ROWS and all(dot.count == 1 for dot in found):
        return sorted(found, key=lambda dot: STATUSES.index(dot.status))
    counts = Counter[Status]()
    for dot in found:
        counts[dot.status] += dot.count
    first = {dot.status: dot for dot in sorted(found, key=lambda dot: dot.day, reverse=True)}
    return [
        replace(first[status], label=f"{counts[status]} {STATUS_WORDS[status].word}", count=counts[status])
        for status in STATUSES
        if counts[status]
    ]


def _cell(found: Sequence[Dot], left: float, top: float, across: int, zoom: Zoom | None) -> Iterator[str]:
    shown = _gathered(found, across)
    numbered = any(dot.count > 1 for dot in shown)
    for number, dot in enumerate(shown):
        row, column = (number, 0) if numbered else divmod(number, across)
        x, y = left + 1 + _CELL * (column + 0.5), top + _CELL * (row + 0.5)
        yield _shape(dot, dot.href or (zoom(dot.day) if zoom else ""), x, y)


def _shape(dot: Dot, href: str, x: float, y: float) -> str:
    number = f'<text class="many" x="8" y="4">{dot.count}</text>' if dot.count > 1 else ""
    family = STATUS_WORDS[dot.status].family
    return (
        f'<a href="{escape(href)}" tabindex="-1"><g class="shape {family}" transform="translate({x:.1f} {y:.1f})">'
        f"<title>{_text(dot.label or f'{dot.count} {STATUS_WORDS[dot.status].word}')}</title>"
        f'<rect class="touch" x="-7.5" y="-7.5" width="15" height="15"/>{drawn(dot.status)}{number}</g></a>'
    )


def _axis(columns: _Columns, bottom: float) -> Iterator[str]:
    axis = columns.axis
    if columns.earlier:
        yield _edge("earlier", columns.left(0), columns.width, bottom)
    if columns.later:
        yield _edge("later", columns.left(columns.count - 1), columns.width, bottom)
    inner = range(columns.earlier, columns.count - columns.later)
    every = max(1, -(-52 // int(columns.width)))
    year = 0
    for column in inner[::every]:
        x, day = columns.left(column), columns.begins(column)
        words = f"{day.day} {MONTHS[day.month - 1]}"
        if day.year != year:
            year = day.year
            yield f'<text class="tick" x="{x + 3:.1f}" y="{bottom + 33:.1f}">{year}</text>'
        yield f'<path class="grid" d="M{x:.1f} 0 V{bottom + 6:.1f}"/>'
        tick = f'<text class="tick" x="{x + 3:.1f}" y="{bottom + 20:.1f}">{words}</text>'
        href = axis.zoom(day) if axis.zoom and (axis.today is None or day <= axis.today) else ""
        yield f'<a href="{escape(href)}" tabindex="-1"><title>Begin at {words}</title>{tick}</a>' if href else tick
    if axis.today and axis.first <= axis.today <= axis.last:
        share = ((axis.today - axis.first).days + 1) / columns.days
        x = columns.left(columns.earlier) + share * columns.width
        yield f'<path class="today" d="M{x:.1f} 0 V{bottom:.1f}"/>'


def _edge(words: str, left: float, width: float, bottom: float) -> str:
    return (
        f'<rect class="edge" x="{left:.1f}" y="0" width="{width:.1f}" height="{bottom:.1f}"/>'
        f'<text class="tick" x="{left + width / 2:.1f}" y="{bottom + 20:.1f}" text-anchor="middle">{words}</text>'
    )


def _text(text: str) -> str:
    return str(escape(printable(text)))
