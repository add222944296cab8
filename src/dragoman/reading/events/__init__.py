"""Events: acts of PLOVER's types with participants, place, time and status."""

from dragoman.reading.events.builder import read_events

__all__ = ["read_events"]
