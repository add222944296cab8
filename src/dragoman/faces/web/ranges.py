"""Claims of one measured thing over time: each a point or a range at its day, in a row of its own for each claimant.

Values are on the axis across; an open end ("at least 12") is an arrow. The table under the picture says the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from dragoman.faces.web.lanes import MONTHS
from dragoman.reading.wording import first_day, printable, shortened

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP, _BOTTOM = 800, 270, 40, 26, 10, 34
_MOST_ROWS = 30
_TICKS = 5


@dataclass(frozen=True)
class Range:
    """A claim: its ISO day ("" if none), its ends (None: open), who claims it, its words, and the anchor of its row in the table."""

    day: str
    low: float | None
    high: float | None
    who: str
    words: str
    anchor: str


def chart(ranges: Sequence[Range], name: str) -> Markup:
    """The picture as SVG; "" for fewer than two claims. `name` tells its anchors from those of other pictures on the page."""
    shown = ranges[-_MOST_ROWS:]
    if len(shown) < 2:
        return Markup("")
    scale = _Scale.of(shown)
    height = _TOP + _ROW * len(shown) + _BOTTOM
    parts = [
        f'<svg class="ranges" viewBox="0 0 {_WIDTH} {height}" aria-hidden="true">',
        *_axis(scale, height),
        *(line for number, one in enumerate(shown) for line in _row(one, number, scale, name)),
        "</svg>",
    ]
    return Markup("".join(parts))


@dataclass(frozen=True)
class _Scale:
    """From values to places across; by powers of ten where the values lie far apart."""

    low: float
    high: float
    logarithmic: bool

    @classmethod
    def of(cls, ranges: Iterable[Range]) -> _Scale:
        values = [float(v) for one in ranges for v in (one.low, one.high) if v is not None and math.isfinite(v)]
        low, high = min(values, default=0.0), max(values, default=1.0)
        far = low > 0 and high / low > 50
        if far:
            return cls(low / 1.5, high * 1.5, True)
        room = (high - low or abs(high) or 1.0) * 0.12
        return cls(max(low - room, 0.0) if low >= 0 else low - room, high + room, False)

    def at(self, value: float) -> float:
        """The place of a value."""
        low, high, value = (math.log(v) if self.logarithmic else v for v in (self.low, self.high, max(value, self.low)))
        share = (value - low) / ((high - low) or 1.0)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def ticks(self) -> list[float]:
        """Round values along the axis."""
        if self.logarithmic:
            first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
            return [10.0**power for power in range(first, last + 1)][-8:]
        step = _round_step((self.high - self.low) / _TICKS)
        first = math.ceil(self.low / step)
        return [step * n for n in range(first, first + 12) if step * n <= self.high]


def _round_step(about: float) -> float:
    power = 10.0 ** math.floor(math.log10(about)) if about > 0 else 1.0
    return next((power * n for n in (1, 2, 2.5, 5, 10) if power * n >= about), power * 10)


def _axis(scale: _Scale, height: int) -> Iterator[str]:
    for value in scale.ticks():
        x = scale.at(value)
        yield f'<path class="grid" d="M{x:.1f} {_TOP} V{height - _BOTTOM + 4}"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{height - 12}" text-anchor="middle">{_number(value)}</text>'


def _row(one: Range, number: int, scale: _Scale, name: str) -> Iterator[str]:
    y = _TOP + _ROW * number + _ROW / 2
    day = first_day(one.day)
    label = f"{day.day} {MONTHS[day.month - 1]}" if day else ""
    yield f'<a href="#{escape(name)}-{escape(one.anchor)}" tabindex="-1"><title>{escape(printable(f"{one.words}: {one.who}"))}</title>'
    yield f'<text class="tick" x="12" y="{y + 4:.1f}">{escape(label)}</text>'
    yield f'<text class="who" x="64" y="{y + 4:.1f}">{escape(printable(shortened(one.who, 32)))}</text>'
    low = scale.at(one.low) if one.low is not None else float(_LEFT)
    high = scale.at(one.high) if one.high is not None else float(_WIDTH - _RIGHT + 16)
    if high - low > 1:
        yield f'<path class="span" d="M{low:.1f} {y:.1f} H{high:.1f}"/>'
    yield _end(low, y, "open-left" if one.low is None else "point")
    if high - low > 1 or one.high is None:
        yield _end(high, y, "open-right" if one.high is None else "point")
    yield "</a>"


def _end(x: float, y: float, kind: str) -> str:
    if kind == "point":
        return f'<circle class="value" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    turn = -6 if kind == "open-right" else 6
    return f'<path class="arrow" d="M{x + turn:.1f} {y - 5:.1f} L{x:.1f} {y:.1f} L{x + turn:.1f} {y + 5:.1f}"/>'


def _number(value: float) -> str:
    for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if abs(value) >= size:
            return f"{value / size:g}{word}"
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"
