"""What a place is on a map, and what is said of a name that has no place there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SpotKind = Literal["town", "part", "country"]
Reason = Literal["elsewhere", "wide", "unknown", "ambiguous"]
"""Why a name has no point: the words tell not where it happened, it is wider than a country, nobody knows it, several places bear it."""
SOURCES = (
    "Towns: GeoNames (geonames.org), CC BY 4.0. "
    "Coasts, borders and the points of countries: Natural Earth (naturalearthdata.com), public domain; "
    "they show the borders of today, as Natural Earth draws them for German users."
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the map. `key` tells spots apart: "g298795" (GeoNames), "IRQ", "CHN-Jiangxi".

    A `town` stands where it is, a `part` of a country in the middle of its towns, a `country` where a map writes its name.
    `country` is an ISO 3166-1 alpha-3 code; degrees are those of WGS 84, north and east of zero.
    """

    key: str
    name: str
    kind: SpotKind
    country: str
    country_name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Located:
    """What became of the words for a place: the `spot`, or None with a `reason`; `why` tells people how it was decided.

    `core` is the name in the words, which the report may spell otherwise than the gazetteer.
    """

    words: str
    core: str
    spot: Spot | None
    why: str
    reason: Reason | None = None
