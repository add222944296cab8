"""The reading that a user holds: the entries of one report, with the forms in which they leave the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from dragoman.reading import entries, notebook, rows, wire

Row = dict[str, Any]


@dataclass(frozen=True)
class Reading(entries.Reading):
    """All that was read out of one report: `report`, `actors`, `times`, `figures`, `statements`, `events`, `notices`.

    >>> from dragoman import read
    >>> reading = read("Iran freed two sailors on Friday.", published="2026-01-10")
    >>> [(event.type, event.status) for event in reading.events]
    [('RETREAT', 'occurred')]
    """

    @classmethod
    def of(cls, reading: entries.Reading) -> Reading:
        """The same entries with these methods."""
        return cls(**{field.name: getattr(reading, field.name) for field in fields(entries.Reading)})

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Reading:
        """The reading that `to_dict` gave. Raises SchemaError (path, found, expected) if it does not follow the schema."""
        return cls.of(wire.from_dict(value))

    def to_dict(self) -> dict[str, Any]:
        """Plain values after the schema dragoman.reading/1, ready for `json.dumps`."""
        return wire.to_dict(self)

    def events_frame(self) -> list[Row]:
        """One flat row for each event, for `pandas.DataFrame(...)` or `polars.DataFrame(...)`."""
        return rows.events_frame(self)

    def actors_frame(self) -> list[Row]:
        """One flat row for each actor."""
        return rows.actors_frame(self)

    def statements_frame(self) -> list[Row]:
        """One flat row for each statement."""
        return rows.statements_frame(self)

    def figures_frame(self) -> list[Row]:
        """One flat row for each figure."""
        return rows.figures_frame(self)

    def times_frame(self) -> list[Row]:
        """One flat row for each time expression."""
        return rows.times_frame(self)

    def _repr_html_(self) -> str:
        return notebook.repr_html(self)
