"""Actors: mentions of people, groups, bodies and states, joined into a cast."""

from dragoman.reading.actors.builder import read_actors

__all__ = ["read_actors"]
