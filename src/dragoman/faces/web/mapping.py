"""A map of events as SVG: land and borders, and a mark for each place; its size tells how many events, the shapes in it their statuses.

A town is a circle, a part of a country a circle with a broken line, a country a square with a broken line: whoever looks sees that a
country's mark stands for no spot in it. Places that lie too near to each other share a mark with a double line. The picture is for eyes
alone, the table beside it says the same. Degrees become pixels with longitudes shortened as they are in the middle of the view (an
equirectangular projection that is true there).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from markupsafe import Markup, escape

from dragoman.case.places.outlines import Box, Points, outlines
from dragoman.case.places.placing import At
from dragoman.faces.cli.places_command import label
from dragoman.faces.web.shapes import drawn
from dragoman.reading.entries import Status
from dragoman.reading.wording import STATUS_WORDS, listed, printable, shortened

WIDTH, _LOWEST, _HIGHEST = 1120, 440, 700
_FILLED, _SMALLEST, _APART = 0.1, 0.5, 0.72
"""How much of a picture marks may cover before they are drawn smaller, at most by half; and how near they come before they are one."""
_MOST_NAMES = 60
_SMALLEST_BOX = 5.0  # degrees: a case about one town still shows where that lies
_FARTHEST = 28.0  # degrees from where a map writes a country's name: its islands in other oceans are left out
_AROUND = 0.14  # of the view, around the places
_CELL, _LETTER, _LINE = 13.0, 6.3, 14.0
_TINY = 0.8  # pixels: smaller islands are left out
_KM_PER_DEGREE = 111.2
_LENGTHS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world that is drawn: its box in degrees, the pixels of a degree of longitude and latitude, and the height."""

    box: Box
    across: float
    down: float
    height: int

    def x(self, longitude: float) -> float:
        """Pixels from the left."""
        return (longitude - self.box[0]) * self.across

    def y(self, latitude: float) -> float:
        """Pixels from the top."""
        return (self.box[3] - latitude) * self.down

    def holds(self, at: At) -> bool:
        """Whether a place lies in the view."""
        west, south, east, north = self.box
        return west <= at.spot.longitude <= east and south <= at.spot.latitude <= north


def bounds(places: Iterable[At]) -> Box:
    """The smallest box that holds these places."""
    spots = [at.spot for at in places]
    longitudes, latitudes = [spot.longitude for spot in spots], [spot.latitude for spot in spots]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def view_of(places: Iterable[At]) -> View:
    """The view that holds these places, with some land around them."""
    return view_in(bounds(places))


def view_around(at: At) -> View:
    """One place with what lies around it; of a country the country."""
    spot, country = at.spot, outlines().country(at.spot.country)
    far = _FARTHEST if country and spot.kind == "country" else _SMALLEST_BOX
    west, south, east, north = country.box if country and spot.kind == "country" else (spot.longitude, spot.latitude) * 2
    return view_in(
        (max(west, spot.longitude - far), max(south, spot.latitude - far), min(east, spot.longitude + far), min(north, spot.latitude + far))
    )


def view_in(box: Box, smallest: float = _SMALLEST_BOX) -> View:
    """The view of a box with some land around it, at least `smallest` degrees high."""
    west, south, east, north = box
    squeeze = _squeeze((south + north) / 2)
    wide = max((east - west) * (1 + 2 * _AROUND), smallest / squeeze)
    tall = max((north - south) * (1 + 2 * _AROUND), smallest)
    wide, tall = min(wide, 360.0), min(tall, 170.0)
    scale = min(WIDTH / (wide * squeeze), _HIGHEST / tall)
    scale = max(scale, WIDTH / (360.0 * squeeze))
    height = round(min(max(tall * scale, _LOWEST), _HIGHEST))
    wide, tall = WIDTH / (scale * squeeze), height / scale
    left = (west + east) / 2 - wide / 2
    top = min(max((south + north) / 2 + tall / 2, tall - 85.0), 85.0)
    box = (round(left, 2), round(top - tall, 2), round(left + wide, 2), round(top, 2))
    return View(box, scale * squeeze, scale, height)


def core(places: Sequence[At], share: float = 0.8) -> list[At]:
    """The places nearest to where most happens that hold this share of the events; all of them where that gains little."""
    whole = sum(len(at.events) for at in places)
    if len(places) < 3:
        return list(places)
    middle = (
        _median([(at.spot.longitude, len(at.events)) for at in places]),
        _median([(at.spot.latitude, len(at.events)) for at in places]),
    )
    ordered = sorted(places, key=lambda at: _away(at, middle))
    held, kept = 0, list[At]()
    for at in ordered:
        if held >= share * whole:
            break
        kept.append(at)
        held += len(at.events)
    reach = max(_away(at, middle) for at in kept) * 1.6
    kept = [at for at in ordered if _away(at, middle) <= max(reach, _SMALLEST_BOX / 2)]
    return kept if _size(kept) < 0.4 * _size(places) else list(places)


def _away(at: At, middle: tuple[float, float]) -> float:
    return math.hypot((at.spot.longitude - middle[0]) * _squeeze(middle[1]), at.spot.latitude - middle[1])


def _squeeze(latitude: float) -> float:
    """How much shorter a degree of longitude is drawn than one of latitude; near the poles no shorter than at 70 degrees."""
    return math.cos(math.radians(max(-70.0, min(70.0, latitude))))


def _median(values: Iterable[tuple[float, int]]) -> float:
    ordered = sorted(values)
    half, held = sum(weight for _, weight in ordered) / 2, 0
    for value, weight in ordered:
        held += weight
        if held >= half:
            return value
    return ordered[-1][0]


def _size(places: Sequence[At]) -> float:
    west, south, east, north = bounds(places)
    return max(east - west, _SMALLEST_BOX) * max(north - south, _SMALLEST_BOX)


def picture(places: Sequence[At], view: View, links: Links, *, alone: bool = False, title: str = "") -> Markup:
    """The SVG of the places that lie in the view; places too near to each other share a mark.

    `alone`: a file of its own, with its style and without links.
    """
    marks = gathered(places, view)
    land, names = _land(view.box, view.across, view.down)
    head = f'<svg class="map" viewBox="0 0 {WIDTH} {view.height}" xmlns="http://www.w3.org/2000/svg"'
    head += f' width="{WIDTH}" height="{view.height}">{_style()}' if alone else ' aria-hidden="true">'
    parts = [head, f"<title>{_text(title)}</title>" if alone and title else ""]
    parts += [f'<rect class="sea" width="{WIDTH}" height="{view.height}"/>', land]
    parts += [_mark(mark, "" if alone else links(mark)) for mark in sorted(marks, key=lambda mark: -mark.radius)]
    parts += [*_names(marks, names, view), _scale(view), "</svg>"]
    return Markup("".join(parts))


@dataclass(frozen=True, slots=True)
class Mark:
    """One place, or several that lie too near to each other to be told apart, the one with most events first; in pixels."""

    places: tuple[At, ...]
    x: float
    y: float
    radius: float

    @property
    def statuses(self) -> Mapping[Status, int]:
        """How many events have each status."""
        found: Counter[Status] = Counter()
        for at in self.places:
            found.update(at.statuses)
        return found

    @property
    def events(self) -> int:
        """How many events happened there."""
        return sum(len(at.events) for at in self.places)


Links = Callable[[Mark], str]
"""Gives the address to which a mark leads, "" for none."""


def gathered(places: Sequence[At], view: View) -> list[Mark]:
    """The marks of the places in a view, those with most events first."""
    shown = [at for at in places if view.holds(at)]
    area = sum(math.pi * _radius(len(at.events)) ** 2 for at in shown) or 1.0
    small = max(_SMALLEST, min(1.0, math.sqrt(_FILLED * WIDTH * view.height / area)))
    marks: list[Mark] = []
    for at in shown:
        x, y, radius = view.x(at.spot.longitude), view.y(at.spot.latitude), _radius(len(at.events)) * small
        near = next((n for n, one in enumerate(marks) if math.hypot(one.x - x, one.y - y) < _APART * (one.radius + radius)), None)
        if near is None:
            marks.append(Mark((at,), x, y, radius))
        else:
            one = marks[near]
            marks[near] = Mark((*one.places, at), one.x, one.y, _radius(one.events + len(at.events)) * small)
    return sorted(marks, key=lambda mark: -mark.events)


def _radius(events: int) -> float:
    return min(7.0 + 3.2 * math.sqrt(events), 40.0)


def _mark(mark: Mark, href: str) -> str:
    at, radius, several = mark.places[0], mark.radius, len(mark.places) > 1
    counts = listed([f"{count} {STATUS_WORDS[status].word}" for status, count in mark.statuses.items()], most=9)
    where = listed([label(one) for one in mark.places], most=6)
    title = f"<title>{_text(where)}: {_text(counts)}</title>"
    if several:
        edge = f'<circle class="spot several" r="{radius:.1f}"/><circle class="ring" r="{radius + 3:.1f}"/>'
    elif at.spot.kind == "country":
        edge = f'<rect class="spot country" x="{-radius:.1f}" y="{-radius:.1f}" width="{2 * radius:.1f}" height="{2 * radius:.1f}" rx="3"/>'
    else:
        edge = f'<circle class="spot {at.spot.kind}" r="{radius:.1f}"/>'
    shapes = "".join(_shapes(mark.statuses, radius))
    inner = f'<g transform="translate({mark.x:.1f} {mark.y:.1f})" data-x="{mark.x:.1f}" data-y="{mark.y:.1f}">{title}{edge}{shapes}</g>'
    return f'<a href="{escape(href)}" tabindex="-1">{inner}</a>' if href else inner


def _shapes(statuses: Mapping[Status, int], radius: float) -> Iterator[str]:
    """The shapes of the statuses that most events have, as many as fit, with the number of events under them where there is room."""
    room = max(1, int(2 * radius // _CELL))
    most = sorted(statuses, key=lambda status: -statuses[status])[:room]
    count = sum(statuses.values())
    numbered = count > 1 and radius >= 11
    for number, status in enumerate(most):
        x, y = (number - (len(most) - 1) / 2) * _CELL, -4.5 if numbered else 0
        yield f'<g class="shape {STATUS_WORDS[status].family}" transform="translate({x:.1f} {y:.1f}) scale(.82)">{drawn(status)}</g>'
    if numbered:
        yield f'<text class="count" y="{min(radius - 2, 11):.1f}" text-anchor="middle">{count}</text>'


@lru_cache(maxsize=64)
def _land(box: Box, across: float, down: float) -> tuple[str, tuple[tuple[str, float, float], ...]]:
    """The countries as one path each, in tenths of a pixel, and where their names may stand, the largest countries first.

    Where the view goes over the 180th meridian, the world is drawn again.
    """
    import numpy as np  # only a map needs it

    west, south, east, north = box
    beyond_x, beyond_y = 4 / across, 4 / down  # the cut edges lie outside of the picture
    paths, names = list[str](), list[tuple[float, str, float, float]]()
    for turn in (-360.0, 0.0, 360.0):
        view = (west - turn - beyond_x, south - beyond_y, east - turn + beyond_x, north + beyond_y)
        if view[2] <= -180 or view[0] >= 180:
            continue
        for seen in outlines().clipped(view, 0.5 / down):
            if path := "".join(_ring(ring, (west - turn, north), (across, down)) for ring in seen.rings):
                paths.append(f'<path d="{path}"/>')
            one = seen.country
            there = view[0] < one.longitude < view[2] and view[1] < one.latitude < view[3]
            longitude, latitude = (one.longitude, one.latitude) if there else seen.inside
            wide = max(float(np.ptp(ring[:, 0])) for ring in seen.rings) * across
            if wide > 0.8 * (_LETTER + 1) * len(one.name):
                names.append((wide, one.name, (longitude + turn - west) * across, (north - latitude) * down))
    ordered = tuple((name, x, y) for _, name, x, y in sorted(names, reverse=True))
    return f'<g class="land" transform="scale(.1)">{"".join(paths)}</g>', ordered


def _ring(ring: Points, corner: tuple[float, float], scale: tuple[float, float]) -> str:
    """A ring as a path of steps; "" for what is too small to be seen."""
    import numpy as np

    pixels = np.rint((ring - corner) * (scale[0] * 10, -scale[1] * 10)).astype(int)
    if np.ptp(pixels, axis=0).max() < _TINY * 10:
        return ""
    steps = np.diff(pixels, axis=0)
    steps = steps[np.any(steps, axis=1)]
    return f"M{pixels[0][0]} {pixels[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps.tolist()) + "z"


def _names(marks: Sequence[Mark], lands: Iterable[tuple[str, float, float]], view: View) -> Iterator[str]:
    """The names of places beside their marks, and of countries where there is room, none over another."""
    taken = [(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius) for mark in marks]
    for mark in marks[:_MOST_NAMES]:
        more = f" +{len(mark.places) - 1}" if len(mark.places) > 1 else ""
        name = shortened(printable(mark.places[0].name), 28) + more
        wide, gap = len(name) * _LETTER, mark.radius + 4 + 3 * bool(more)
        for x, y, anchor in ((gap, 4, "start"), (-gap, 4, "end"), (0, -gap - 2, "middle"), (0, gap + 10, "middle")):
            left = mark.x + x - (wide if anchor == "end" else wide / 2 if anchor == "middle" else 0)
            box = (left, mark.y + y - _LINE + 2, left + wide, mark.y + y + 3)
            if _free(box, taken, view):
                taken.append(box)
                yield _name(name, (mark.x, mark.y), mark.x + x, mark.y + y, anchor, "place-name")
                break
    there = {at.spot.country_name for mark in marks for at in mark.places if at.spot.kind == "country"}
    for land, x, y in lands:
        name = printable(land)
        wide = len(name) * (_LETTER + 1)
        box = (x - wide / 2, y - _LINE + 2, x + wide / 2, y + 3)
        if land not in there and _free(box, taken, view):
            taken.append(box)
            yield _name(name, (x, y), x, y, "middle", "land-name")


def _free(box: tuple[float, float, float, float], taken: Sequence[tuple[float, float, float, float]], view: View) -> bool:
    left, top, right, bottom = box
    if left < 2 or right > WIDTH - 2 or top < 2 or bottom > view.height - 2:
        return False
    return all(right < other[0] or left > other[2] or bottom < other[1] or top > other[3] for other in taken)


def _name(name: str, at: tuple[float, float], x: float, y: float, anchor: str, kind: str) -> str:
    about = f'data-x="{at[0]:.1f}" data-y="{at[1]:.1f}"'  # the point that stays where it is when the picture is zoomed
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {about}>{escape(name)}</text>'


def _scale(view: View) -> str:
    """A bar with its length in the middle of the view."""
    pixels_per_km = view.down / _KM_PER_DEGREE
    km = max((length for length in _LENGTHS if length * pixels_per_km <= 160), default=_LENGTHS[0])
    wide, y = km * pixels_per_km, view.height - 14
    return (
        f'<g class="scale"><path d="M14 {y - 5} V{y} H{14 + wide:.1f} V{y - 5}"/><text x="{22 + wide:.1f}" y="{y + 2}">{km:,} km</text></g>'
    )


@cache
def _style() -> str:
    """The style of a picture that stands alone: the light colours."""
    return "<style>" + resources.files("dragoman.faces.web").joinpath("static", "map_alone.css").read_text("utf-8") + "</style>"


def _text(text: str) -> str:
    return str(escape(printable(text)))
