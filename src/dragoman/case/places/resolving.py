"""Which place a name means in a report: a list of small, weighted features, and the rule that nothing is better than a guess.

Every feature adds to a candidate. The best one is taken where it leads by `_LEAD` over every place that lies elsewhere and where enough
speaks for it: the smaller a town, the more. Weights and thresholds were set on the reports that docs/method/places.md names, and
are the same for all cases.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.case.places import names
from dragoman.case.places.gazetteer import Gazetteer, Town
from dragoman.case.places.names import LandWord, Name
from dragoman.case.places.outlines import Outlines
from dragoman.case.places.spots import Located, Spot
from dragoman.case.places.telling import Standing
from dragoman.reading.wording import listed

_BESIDE, _SENTENCE, _REPORT, _ACTORS, _PLACES, _LISTED = 6.0, 1.5, 2.0, 1.0, 1.5, 3.0
_PEOPLE, _CAPITAL, _MAIN, _USUAL = 1.2, 2.0, 0.5, 1.5
_LEAD = 1.0
_NEEDED = ((500_000, 0.0), (100_000, 0.5), (15_000, 1.0), (0, 2.0))
"""People of a town, and what must speak for its country; a capital needs nothing."""
_PLAIN = (500_000, 100_000)
"""People of a town that needs no report to speak for it: where its country is not named nearby, and where it is."""
_NEAR_KM = 60.0
_BEHIND = re.compile(r"(,|\s\(|\s(in|of))\s?[^.;:]{0,24}")
_BEFORE = re.compile(r"('s|\u2019s)?(\s[\w-]+){0,3}\s|\s?\(")


@dataclass(frozen=True, slots=True)
class Context:
    """What speaks for a country, by its code: `beside` the name and elsewhere in the `sentence`, the shares of the `report`'s words for
    lands, the `actors` of the event, the other `places` of the report."""

    beside: frozenset[str] = frozenset()
    sentence: frozenset[str] = frozenset()
    report: Mapping[str, float] | None = None
    actors: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A candidate, what speaks for its country, what speaks for it in all, and the words for both."""

    spot: Spot
    people: int
    needs_nothing: bool
    country: float
    total: float
    why: tuple[str, ...]


class Resolver:
    """Finds the spots of names, with the same weights for every report."""

    def __init__(self, gazetteer: Gazetteer, outlines: Outlines) -> None:
        self._gazetteer = gazetteer
        self._outlines = outlines

    def ask(self, wanted: Iterable[Name]) -> None:
        """Looks up what is needed to resolve these names: where the gazetteer is asked for all at once, it is gone through once."""
        self._gazetteer.towns({town for name in wanted for town in _towns_of(name)})

    def needs_report(self, name: Name, context: Context) -> bool:
        """Whether the report has to be asked: several places bear the name, or it is a town that nothing nearer speaks for."""
        if name.what == "shared":
            return not context.beside
        towns = self._gazetteer.towns([name.core])[name.core] if name.what == "town" else ()
        near = context.beside | context.sentence | context.actors | context.places | {name.country}
        return len({town.country for town in towns}) > 1 or any(town.people < _PLAIN[town.country in near] for town in towns)

    def countries(self, name: Name) -> frozenset[str]:
        """The countries in which a name may lie."""
        if name.what in ("part", "country", "house"):
            return frozenset({name.country} - {""})
        towns = self._gazetteer.towns([name.core])[name.core] if name.what == "town" else ()
        return frozenset(town.country for town in towns)

    def locate(self, name: Name, context: Context) -> Located:
        """The spot that a name means, or why it has none."""
        if name.what == "wide":
            return Located(name.words, name.core, None, f"{name.core} is wider than a country", "wide")
        if name.what == "house":
            return Located(name.words, name.core, None, f"{name.core} is a building that stands for a government", "unknown")
        if name.what == "country":
            spot = self._country(name.country)
            why = "the country itself" if spot and spot.name == name.core else f"a name of {spot.name}" if spot else ""
            return Located(name.words, name.core, spot, why) if spot else _unknown(name)
        if name.what == "part":
            return self._part(name)
        candidates = self._shared(name, context) if name.what == "shared" else self._towns(name, context)
        if not candidates and name.country and (spot := self._country(name.country)):
            return Located(name.words, name.core, spot, f"a place in {spot.name} that the gazetteer has no point for")
        return _chosen(name, candidates)

    def _country(self, code: str) -> Spot | None:
        found = self._outlines.country(code)
        if found is None:
            return None
        name = names.country_name(code) or found.name
        return Spot(code, name, "country", code, name, found.latitude, found.longitude)

    def _part(self, name: Name) -> Located:
        country = self._country(name.country)
        if country is None:
            return _unknown(name)
        spot = self._middle(name.core, name.town, country) if name.town else None
        if spot is None:
            return Located(name.words, name.core, country, f"a part of {country.name} that the gazetteer has no point for")
        return Located(name.words, name.core, spot, f"a part of {country.name}, in the middle of its towns")

    def _middle(self, core: str, chief: str, country: Spot) -> Spot | None:
        town = next((one for one in self._gazetteer.towns([chief])[chief] if one.country == country.country), None)
        if town is None:
            return None
        north, east = self._gazetteer.middle(town)
        return Spot(f"{country.country}-{core}", core, "part", country.country, country.name, round(north, 4), round(east, 4))

    def _shared(self, name: Name, context: Context) -> list[_Weighed]:
        found = []
        for state in name.shared:
            country = self._country(state)
            chief = names.part_in(name.core, state)
            spot = self._middle(name.core, chief, country) if country and chief else country
            if spot:
                score, why = _of_country(state, context)
                usual = _USUAL if state == name.country else 0.0
                by_itself = ("what the name means by itself",) if usual else ()
                found.append(_Weighed(spot, 0, bool(usual), score, score + usual, why or by_itself))
        return found

    def _towns(self, name: Name, context: Context) -> list[_Weighed]:
        return [weighed for town in self._gazetteer.towns([name.core])[name.core] if (weighed := self._weighed(town, name, context))]

    def _weighed(self, town: Town, name: Name, context: Context) -> _Weighed | None:
        country = self._country(town.country)
        if country is None:
            return None
        score, why = _of_country(town.country, context)
        if name.country == town.country:
            score, why = score + _LISTED, (*why, "our own list of towns")
        size = _PEOPLE * math.log10(max(town.people, 1000) / 1000)
        total = score + size + _CAPITAL * town.capital + _MAIN * town.main
        about = ("the capital",) if town.capital else ()
        many = (f"{town.people:,} people",) if town.people else ()
        spot = Spot(f"g{town.id}", town.name, "town", town.country, country.name, round(town.latitude, 4), round(town.longitude, 4))
        return _Weighed(spot, town.people, town.capital, score, total, (*why, *about, *many))


def _towns_of(name: Name) -> set[str]:
    """The towns by which the gazetteer knows a name."""
    if name.what == "shared":
        return {town for state in name.shared if (town := names.part_in(name.core, state))}
    return {name.core} if name.what == "town" else {name.town} - {""}


def _of_country(code: str, context: Context) -> tuple[float, tuple[str, ...]]:
    """What speaks for a country, and the words for it."""
    share = (context.report or {}).get(code, 0.0)
    spoken: list[tuple[float, str]] = [
        (_BESIDE * (code in context.beside), "its country is named beside it"),
        (_SENTENCE * (code in context.sentence - context.beside), "its country is named in the sentence"),
        (_REPORT * share + 0.5 * (share > 0), "its country is named in the report"),
        (_ACTORS * (code in context.actors), "its country acts in the event"),
        (_PLACES * (code in context.places), "another place of the report lies there"),
    ]
    return sum(weight for weight, _ in spoken), tuple(words for weight, words in spoken if weight)


def _chosen(name: Name, candidates: Sequence[_Weighed]) -> Located:
    if not candidates:
        return _unknown(name)
    best, *others = sorted(candidates, key=lambda one: (-one.total, -one.people, one.spot.key))
    rivals = [one for one in others if one.total > best.total - _LEAD and distance_km(best.spot, one.spot) > _NEAR_KM]
    if rivals:
        either = listed(list(dict.fromkeys(_label(one.spot) for one in (best, *rivals))))
        return Located(name.words, name.core, None, f"it may be {either}, and nothing in the report decides", "ambiguous")
    needed = 0.0 if best.needs_nothing else next(least for people, least in _NEEDED if best.people >= people)
    if best.country < needed:
        small = f"only a small town, {_label(best.spot)}, is called so, and nothing tells that it is meant"
        return Located(name.words, name.core, None, small, "unknown")
    instead = [one for one in others if distance_km(best.spot, one.spot) > _NEAR_KM and one.spot.country != best.spot.country]
    but = f"; not {_label(instead[0].spot)}" if instead else ""
    only = () if others else ("the only place of this name",)
    return Located(name.words, name.core, best.spot, ", ".join((*only, *best.why)) + but)


def _unknown(name: Name) -> Located:
    return Located(name.words, name.core, None, "the gazetteer has no town of 5,000 people or more of this name", "unknown")


def _label(spot: Spot) -> str:
    return spot.name if spot.kind == "country" else f"{spot.name} in {spot.country_name}"


def distance_km(a: Spot, b: Spot) -> float:
    """Kilometres between two spots."""
    north, south = math.radians(a.latitude), math.radians(b.latitude)
    east = math.radians(b.longitude - a.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))


def beside(stands: Standing, lands: Iterable[LandWord]) -> frozenset[str]:
    """The countries that are named right behind the name ("Tripoli, Lebanon") or before it ("Lebanon's port of Tripoli")."""
    found = set()
    for land in lands:
        if land.use not in ("name", "people"):
            continue
        behind = 0 <= land.start - stands.end <= 28 and _BEHIND.fullmatch(stands.sentence[stands.end : land.start])
        before = 0 <= stands.start - land.end <= 28 and _BEFORE.fullmatch(stands.sentence[land.end : stands.start])
        if behind or before:
            found.add(land.country)
    return frozenset(found)


def shares(lands: Iterable[LandWord], without: Callable[[LandWord], bool]) -> Mapping[str, float]:
    """The shares of countries in the words for lands; a seat ("Paris") counts half, since it may be a place itself."""
    counts: Counter[str] = Counter()
    for land in lands:
        if not without(land):
            counts[land.country] += 1 if land.use in ("name", "people") else 0.5  # type: ignore[assignment]
    whole = sum(counts.values())
    return {code: count / whole for code, count in counts.items()}
