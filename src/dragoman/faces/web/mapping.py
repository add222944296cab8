"""A map of events as SVG: land and borders, and a mark for each place; its size tells how many events, the shapes in it their statuses.

A town is a circle, a part of a country a circle with a broken line, a country a square with a broken line: whoever looks sees that a
country's mark stands for no spot in it. The picture is for eyes alone, the table beside it says the same. Degrees become pixels with
longitudes shortened as they are in the middle of the view (an equirectangular projection that is true there).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np
from markupsafe import Markup, escape

from dragoman.case.places.outlines import Box, Points, outlines
from dragoman.case.places.placing import At
from dragoman.faces.web.shapes import drawn
from dragoman.reading.entries import Status
from dragoman.reading.wording import STATUS_WORDS, listed, printable, shortened

WIDTH, _LOWEST, _HIGHEST = 1120, 440, 700
MOST_MARKS = 150
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


def view_of(places: Iterable[At]) -> View:
    """The view that holds these places, with some land around them."""
    spots = [at.spot for at in places]
    longitudes, latitudes = [spot.longitude for spot in spots], [spot.latitude for spot in spots]
    return _view((min(longitudes), min(latitudes), max(longitudes), max(latitudes)))


def view_around(at: At) -> View:
    """One place with what lies around it; of a country the country."""
    spot, country = at.spot, outlines().country(at.spot.country)
    far = _FARTHEST if country and spot.kind == "country" else _SMALLEST_BOX
    west, south, east, north = country.box if country and spot.kind == "country" else (spot.longitude, spot.latitude) * 2
    return _view(
        (max(west, spot.longitude - far), max(south, spot.latitude - far), min(east, spot.longitude + far), min(north, spot.latitude + far))
    )


def _view(box: Box) -> View:
    west, south, east, north = box
    middle = max(-70.0, min(70.0, (south + north) / 2))
    squeeze = math.cos(math.radians(middle))
    wide = max((east - west) * (1 + 2 * _AROUND), _SMALLEST_BOX / squeeze)
    tall = max((north - south) * (1 + 2 * _AROUND), _SMALLEST_BOX)
    wide, tall = min(wide, 360.0), min(tall, 170.0)
    scale = min(WIDTH / (wide * squeeze), _HIGHEST / tall)
    scale = max(scale, WIDTH / (360.0 * squeeze))
    height = round(min(max(tall * scale, _LOWEST), _HIGHEST))
    wide, tall = WIDTH / (scale * squeeze), height / scale
    left = (west + east) / 2 - wide / 2
    top = min(max((south + north) / 2 + tall / 2, tall - 85.0), 85.0)
    box = (round(left, 2), round(top - tall, 2), round(left + wide, 2), round(top, 2))
    return View(box, scale * squeeze, scale, height)


def core(places: Sequence[At], share: float = 0.75) -> list[At]:
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
    reach = max(_away(at, middle) for at in kept) * 1.3
    kept = [at for at in ordered if _away(at, middle) <= max(reach, _SMALLEST_BOX / 2)]
    return kept if _size(kept) < 0.4 * _size(places) else list(places)


def _away(at: At, middle: tuple[float, float]) -> float:
    squeeze = math.cos(math.radians(max(-70.0, min(70.0, middle[1]))))
    return math.hypot((at.spot.longitude - middle[0]) * squeeze, at.spot.latitude - middle[1])


def _median(values: Iterable[tuple[float, int]]) -> float:
    ordered = sorted(values)
    half, held = sum(weight for _, weight in ordered) / 2, 0
    for value, weight in ordered:
        held += weight
        if held >= half:
            return value
    return ordered[-1][0]


def _size(places: Sequence[At]) -> float:
    longitudes, latitudes = [at.spot.longitude for at in places], [at.spot.latitude for at in places]
    return max(max(longitudes) - min(longitudes), _SMALLEST_BOX) * max(max(latitudes) - min(latitudes), _SMALLEST_BOX)


def picture(places: Sequence[At], view: View, links: Mapping[str, str], *, alone: bool = False, title: str = "") -> Markup:
    """The SVG of the places that lie in the view, those with most events first. `links` are addresses by the keys of spots.

    `alone`: a file of its own, with its style and without links.
    """
    shown = [at for at in places if view.holds(at)][:MOST_MARKS]
    marks = [_Mark.of(at, view) for at in shown]
    head = f'<svg class="map" viewBox="0 0 {WIDTH} {view.height}" xmlns="http://www.w3.org/2000/svg"'
    head += f' width="{WIDTH}" height="{view.height}">{_style()}' if alone else ' aria-hidden="true">'
    parts = [head, f"<title>{_text(title)}</title>" if alone and title else ""]
    parts += [f'<rect class="sea" width="{WIDTH}" height="{view.height}"/>', _land(view.box, view.across, view.down)]
    parts += [_mark(mark, "" if alone else links.get(mark.at.spot.key, "")) for mark in sorted(marks, key=lambda mark: -mark.radius)]
    parts += [*_names(marks, view), _scale(view), "</svg>"]
    return Markup("".join(parts))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place on the picture: its middle and its reach in pixels."""

    at: At
    x: float
    y: float
    radius: float

    @classmethod
    def of(cls, at: At, view: View) -> _Mark:
        radius = min(7.0 + 3.2 * math.sqrt(len(at.events)), 40.0)
        return cls(at, view.x(at.spot.longitude), view.y(at.spot.latitude), radius)


def _mark(mark: _Mark, href: str) -> str:
    at, radius = mark.at, mark.radius
    counts = listed([f"{count} {STATUS_WORDS[status].word}" for status, count in at.statuses.items()], most=9)
    where = at.name if at.spot.kind == "country" else f"{at.name}, {at.spot.country_name}"
    label = f"<title>{_text(where)}: {_text(counts)}</title>"
    edge = (
        f'<rect class="spot {at.spot.kind}" x="{-radius:.1f}" y="{-radius:.1f}" width="{2 * radius:.1f}" height="{2 * radius:.1f}" rx="3"/>'
        if at.spot.kind == "country" else f'<circle class="spot {at.spot.kind}" r="{radius:.1f}"/>'
    )  # fmt: skip
    drawn_shapes = "".join(_shapes(at.statuses, radius))
    inner = (
        f'<g transform="translate({mark.x:.1f} {mark.y:.1f})" data-x="{mark.x:.1f}" data-y="{mark.y:.1f}">{label}{edge}{drawn_shapes}</g>'
    )
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
def _land(box: Box, across: float, down: float) -> str:
    """The countries as one path each, in tenths of a pixel; where the view goes over the 180th meridian the world is drawn again."""
    west, south, east, north = box
    beyond_x, beyond_y = 4 / across, 4 / down  # the cut edges lie outside of the picture
    paths = list[str]()
    for turn in (-360.0, 0.0, 360.0):
        seen = (west - turn - beyond_x, south - beyond_y, east - turn + beyond_x, north + beyond_y)
        if seen[2] > -180 and seen[0] < 180:
            for rings in outlines().clipped(seen, 0.5 / down):
                if path := "".join(_ring(ring, (west - turn, north), (across, down)) for ring in rings):
                    paths.append(f'<path d="{path}"/>')
    return f'<g class="land" transform="scale(.1)">{"".join(paths)}</g>'


def _ring(ring: Points, corner: tuple[float, float], scale: tuple[float, float]) -> str:
    """A ring as a path of steps; "" for what is too small to be seen."""
    pixels = np.rint((ring - corner) * (scale[0] * 10, -scale[1] * 10)).astype(int)
    if np.ptp(pixels, axis=0).max() < _TINY * 10:
        return ""
    steps = np.diff(pixels, axis=0)
    steps = steps[np.any(steps, axis=1)]
    return f"M{pixels[0][0]} {pixels[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps.tolist()) + "z"


def _names(marks: Sequence[_Mark], view: View) -> Iterator[str]:
    """The names of places beside their marks, and of countries where there is room, none over another."""
    taken = [(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius) for mark in marks]
    for mark in marks[:_MOST_NAMES]:
        name = shortened(printable(mark.at.name), 28)
        wide, gap = len(name) * _LETTER, mark.radius + 4
        for x, y, anchor in ((gap, 4, "start"), (-gap, 4, "end"), (0, -gap - 2, "middle"), (0, gap + 10, "middle")):
            left = mark.x + x - (wide if anchor == "end" else wide / 2 if anchor == "middle" else 0)
            box = (left, mark.y + y - _LINE + 2, left + wide, mark.y + y + 3)
            if _free(box, taken, view):
                taken.append(box)
                yield _name(name, (mark.x, mark.y), mark.x + x, mark.y + y, anchor, "place-name")
                break
    drawn_already = {mark.at.spot.name for mark in marks if mark.at.spot.kind == "country"}
    for country in sorted(outlines().countries, key=lambda one: -_extent(one.box)):
        name, x, y = printable(country.name), view.x(country.longitude), view.y(country.latitude)
        wide = len(name) * (_LETTER + 1)
        box = (x - wide / 2, y - _LINE + 2, x + wide / 2, y + 3)
        small = (country.box[2] - country.box[0]) * view.across < wide * 0.8
        if country.name not in drawn_already and not small and _free(box, taken, view):
            taken.append(box)
            yield _name(name, (x, y), x, y, "middle", "land-name")


def _extent(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


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
