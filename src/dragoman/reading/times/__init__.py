"""Time expressions: TIMEX3 spans and values, by a grammar over the words."""

from dragoman.reading.times.builder import read_times

__all__ = ["read_times"]
