"""Figures: quantities with unit, range, and what is counted."""

from dragoman.reading.figures.builder import read_figures

__all__ = ["read_figures"]
