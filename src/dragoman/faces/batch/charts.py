"""A chart of an answer: bars beside names, or lines over months; one SVG that needs nothing else.

What does not fit is left out, the largest kept, and the chart says so. Texts of reports are text in it, whatever they hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from dragoman.faces.batch.schema import UNKNOWN_MONTH
from dragoman.reading.wording import one_line, shortened

WIDTH = 1000
MOST_BARS, MOST_LINES = 20, 6
_TOP, _LEFT, _RIGHT, _BOTTOM = 96, 260, 60, 60
_ROW, _PLOT = 16, 380
_COLOURS = ("#1f6fb4", "#c2571a", "#5b6b3a", "#6c6384", "#8a2f4f", "#3a7d7c")
_DASHES = ("", "8 4", "2 4", "12 3 2 3", "5 2", "1 3")
_LABELS = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """What of an answer is drawn: `values` are columns with numbers over the column `along`; `by` names the columns that make a line."""

    kind: Literal["bars", "lines"]
    along: str
    values: tuple[str, ...]
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class _Drawn:
    places: tuple[str, ...]
    series: tuple[_Series, ...]
    left_out: str

    @property
    def most(self) -> float:
        return _rounded_up(max((value for one in self.series for value in one.values if value is not None), default=0.0))


def chart(columns: Sequence[str], rows: Sequence[Sequence[Any]], shape: Shape, title: str, note: str = "") -> str:
    """The SVG of the rows; `title` and `note` stand at the top."""
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    drawn = _bars(told, shape) if shape.kind == "bars" else _lines(told, shape)
    body, height = (_bar_parts(drawn) if shape.kind == "bars" else _line_parts(drawn)) if drawn.places else ([], 200)
    parts = (*_opening(title, " · ".join(filter(None, (note, drawn.left_out))), height), *_legend(drawn, shape.kind == "lines"), *body)
    if not drawn.places:
        parts = (*parts, _text(_LEFT, 140, "Nothing to draw."))
    return "\n".join((*parts, "</svg>")) + "\n"


# --- what is drawn


def _bars(told: Sequence[dict[str, Any]], shape: Shape) -> _Drawn:
    shown = told[:MOST_BARS]
    series = tuple(_Series(_worded(name), tuple(_number(row[name]) for row in shown)) for name in shape.values)
    left = f"the first {len(shown)} of {len(told)}" if len(shown) < len(told) else ""
    return _Drawn(tuple(str(row[shape.along]) for row in shown), series, left)


def _lines(told: Sequence[dict[str, Any]], shape: Shape) -> _Drawn:
    undated = [row for row in told if row[shape.along] == UNKNOWN_MONTH]
    dated = [row for row in told if row[shape.along] not in (None, UNKNOWN_MONTH)]
    months = tuple(_months(sorted({str(row[shape.along]) for row in dated})))
    lines: dict[str, dict[str, float]] = {}
    for row in dated:
        for value in shape.values:
            name = " → ".join(str(row[part]) for part in shape.by) if shape.by else _worded(value)
            lines.setdefault(name, {})[str(row[shape.along])] = _number(row[value])
    nothing = 0.0 if shape.by else None  # a month without a row counts nothing, but has no median
    ranked = sorted(lines, key=lambda name: (-sum(lines[name].values()), name)) if shape.by else list(lines)
    series = tuple(_Series(name, tuple(lines[name].get(month, nothing) for month in months)) for name in ranked[:MOST_LINES])
    left = f"the {MOST_LINES} largest of {len(ranked)}" if len(ranked) > MOST_LINES else ""
    return _Drawn(months, series, " · ".join(filter(None, (left, "reports without a date left out" if undated else ""))))


def _months(found: Sequence[str]) -> Iterator[str]:
    """All months from the first to the last, also those without a row, unless a strange one would make thousands."""
    if not found:
        return
    first, last = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (found[0], found[-1]))
    if last - first > 600:
        yield from found
        return
    yield from (f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1))


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _worded(column: str) -> str:
    return column.replace("_", " ")


# --- how it is drawn


def _opening(title: str, note: str, height: int) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#222">'
    )
    yield f"<title>{_safe(title, 200)}</title>"
    yield f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
    yield f'<text x="20" y="32" font-size="20" font-weight="bold">{_safe(title, 90)}</text>'
    yield f'<text x="20" y="54" fill="#555">{_safe(note, 160)}</text>'


def _legend(drawn: _Drawn, dashed: bool) -> Iterator[str]:
    at = 20.0
    for number, one in enumerate(drawn.series):
        colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)] if dashed else ""
        yield f'<line x1="{at:.0f}" y1="74" x2="{at + 26:.0f}" y2="74" stroke="{colour}" stroke-width="4" stroke-dasharray="{dash}"/>'
        yield _text(at + 32, 78, shortened(one.name, 24))
        at += 52 + 7.5 * min(24, len(one.name))


def _bar_parts(drawn: _Drawn) -> tuple[list[str], int]:
    """Bars beside each other, one group for each place; a number at the end of each."""
    parts, most = [], drawn.most
    room = WIDTH - _LEFT - _RIGHT - 20
    group = _ROW * len(drawn.series) + 10
    for row, place in enumerate(drawn.places):
        top = _TOP + row * group
        parts.append(_text(_LEFT - 10, top + (group - 10) / 2 + 5, shortened(one_line(place), 34), "end"))
        for number, one in enumerate(drawn.series):
            value = one.values[row] or 0.0
            y, long = top + number * _ROW, value / most * room
            colour = _COLOURS[number % len(_COLOURS)]
            parts.append(f'<rect x="{_LEFT}" y="{y}" width="{long:.1f}" height="{_ROW - 3}" fill="{colour}"/>')
            parts.append(_text(_LEFT + long + 5, y + 11, _short(value)))
    return parts, _TOP + group * len(drawn.places) + 20


def _line_parts(drawn: _Drawn) -> tuple[list[str], int]:
    """Lines with a dot at each month, over a scale of five steps."""
    left, most = 80, drawn.most
    wide = WIDTH - left - _RIGHT
    across = [left + wide * (place + 0.5) / len(drawn.places) for place in range(len(drawn.places))]
    parts = []
    for step in range(6):
        y = _TOP + _PLOT * (1 - step / 5)
        parts.append(f'<line x1="{left}" y1="{y:.0f}" x2="{WIDTH - _RIGHT}" y2="{y:.0f}" stroke="#ddd"/>')
        parts.append(_text(left - 8, y + 4, _short(most * step / 5), "end"))
    every = math.ceil(len(drawn.places) / _LABELS)
    parts += [_text(across[at], _TOP + _PLOT + 22, drawn.places[at], "middle") for at in range(0, len(drawn.places), every)]
    for number, one in enumerate(drawn.series):
        colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
        points = [(x, _TOP + _PLOT * (1 - value / most)) for x, value in zip(across, one.values, strict=True) if value is not None]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    return parts, _TOP + _PLOT + _BOTTOM


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_safe(words, 60)}</text>'


def _safe(words: str, longest: int) -> str:
    return escape(shortened(one_line(words), longest))


def _short(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3g}"


def _rounded_up(value: float) -> float:
    """The next of 1, 2, 5 times a power of ten: the end of a scale."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if value <= step * power * 1.0000001)
